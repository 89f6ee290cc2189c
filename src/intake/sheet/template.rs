//! What a field says, with columns in braces: `"{start}/{end}"`.

use super::cells::Cells;

/// A text in which columns stand in braces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Template(Vec<Part>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    Text(String),
    Column(String),
}

/// Why a text is no template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum TemplateError {
    #[error("\"{0}\": a brace is opened and not closed; a column stands as {{name}}, a brace itself as {{{{")]
    Open(String),
    #[error("\"{0}\": a brace is closed that was not opened; a brace itself is written }}}}")]
    Close(String),
    #[error("\"{0}\": braces with no column in them")]
    Empty(String),
}

impl Template {
    /// Reads a text; `{{` and `}}` are the braces themselves.
    pub fn read(text: &str) -> Result<Self, TemplateError> {
        let (mut parts, mut plain) = (Vec::new(), String::new());
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let (before, from) = rest.split_at(at);
            plain.push_str(before);
            if let Some(behind) = from.strip_prefix("{{").or_else(|| from.strip_prefix("}}")) {
                plain.push_str(from.get(..1).unwrap_or_default());
                rest = behind;
                continue;
            }
            let behind = from.strip_prefix('{').ok_or_else(|| TemplateError::Close(text.to_owned()))?;
            let (column, behind) = behind.split_once('}').ok_or_else(|| TemplateError::Open(text.to_owned()))?;
            if column.trim().is_empty() {
                return Err(TemplateError::Empty(text.to_owned()));
            }
            parts.extend((!plain.is_empty()).then(|| Part::Text(std::mem::take(&mut plain))));
            parts.push(Part::Column(column.trim().to_owned()));
            rest = behind;
        }
        plain.push_str(rest);
        parts.extend((!plain.is_empty()).then_some(Part::Text(plain)));
        Ok(Self(parts))
    }

    /// The columns that it names.
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|part| match part {
            Part::Column(column) => Some(column.as_str()),
            Part::Text(_) => None,
        })
    }

    /// What it says of a row: nothing if a column that it names is empty, and several texts if a column holds several values. Where two
    /// columns do, the first goes with the first, and they must be as many.
    pub fn fill(&self, cells: &Cells<'_>) -> Result<Vec<String>, String> {
        let mut several: Option<(&str, usize)> = None;
        for column in self.columns() {
            match (cells.values(column).len(), several) {
                (0, _) => return Ok(Vec::new()),
                (1, _) => {}
                (count, Some((other, others))) if count != others => {
                    return Err(format!("{other} holds {others} values, and {column} {count}: they go together one by one"));
                }
                (count, _) => several = Some((column, count)),
            }
        }
        let one = |at: usize| -> String {
            let text = |part: &Part| match part {
                Part::Text(text) => text.clone(),
                Part::Column(column) => {
                    let values = cells.values(column);
                    values.get(at).or_else(|| values.first()).cloned().unwrap_or_default()
                }
            };
            self.0.iter().map(text).collect()
        };
        Ok((0..several.map_or(1, |(_, count)| count)).map(one).collect())
    }
}
