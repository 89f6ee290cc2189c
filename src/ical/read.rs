//! The way back: a small reader that takes what it can and says what is odd, with line numbers. For tests and for lint.

use super::line::{Line, LineError};

/// Components within components beyond this depth are not followed: no calendar needs more than four.
pub const MOST_NESTED: usize = 16;

/// A component as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Its name in capitals, such as `VEVENT`.
    pub name: String,
    /// The line of its BEGIN, counted from 1.
    pub line: usize,
    /// Its properties, in order.
    pub properties: Vec<Property>,
    /// The components within it, in order.
    pub parts: Vec<Node>,
}

/// A property as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Property {
    /// The line it begins on, counted from 1 before unfolding.
    pub line: usize,
    /// What it says, its name in capitals.
    pub content: Line,
}

/// What a file holds, and what is wrong with its lines.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The outermost components.
    pub components: Vec<Node>,
    /// What was odd, in the order of the lines.
    pub flaws: Vec<Flaw>,
}

/// Something odd about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {kind}")]
pub struct Flaw {
    /// The line, counted from 1 before unfolding.
    pub line: usize,
    /// What is odd.
    pub kind: FlawKind,
}

/// What can be odd about a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FlawKind {
    /// The line is no content line.
    #[error("{0}")]
    Line(LineError),
    /// A property outside every component.
    #[error("a property outside of every component")]
    Outside,
    /// An END without its BEGIN.
    #[error("END of a component that is not the one open")]
    End,
    /// A BEGIN without its END.
    #[error("what begins here never ends: its END is missing, or the file was cut off")]
    Open,
    /// Components nested beyond [`MOST_NESTED`].
    #[error("components nested too deep to follow")]
    Deep,
}

impl Node {
    /// Its first property of a name in capitals.
    #[must_use]
    pub fn property(&self, name: &str) -> Option<&Line> {
        self.properties.iter().map(|property| &property.content).find(|line| line.name == name)
    }

    /// All its properties of a name in capitals.
    pub fn all<'n>(&'n self, name: &'n str) -> impl Iterator<Item = &'n Line> {
        self.properties.iter().map(|property| &property.content).filter(move |line| line.name == name)
    }
}

/// Reads a file: unfolds it, splits it into content lines and builds the components. Never refuses; see [`Reading::flaws`].
#[must_use]
pub fn read(text: &str) -> Reading {
    assemble(&unfold(text))
}

/// Builds the components from content lines that are unfolded, each with the number of the line that it begins on.
pub(super) fn assemble(lines: &[(usize, String)]) -> Reading {
    let mut reading = Reading::default();
    let mut open: Vec<Node> = Vec::new();
    let mut too_deep = 0_usize;
    for (number, content) in lines {
        let number = *number;
        let mut flaw = |kind| reading.flaws.push(Flaw { line: number, kind });
        let mut line = match Line::parse(content) {
            Ok(line) => line,
            Err(error) => {
                flaw(FlawKind::Line(error));
                continue;
            }
        };
        line.name.make_ascii_uppercase();
        match line.name.as_str() {
            "BEGIN" if too_deep > 0 || open.len() >= MOST_NESTED => {
                flaw(FlawKind::Deep);
                too_deep += 1;
            }
            "BEGIN" => open.push(Node {
                name: line.value.trim().to_ascii_uppercase(),
                line: number,
                properties: Vec::new(),
                parts: Vec::new(),
            }),
            "END" if too_deep > 0 => too_deep -= 1,
            "END" => match open.iter().rposition(|node| node.name.eq_ignore_ascii_case(line.value.trim())) {
                Some(depth) => {
                    // What is still open within it has lost its own END.
                    close_down_to(depth + 1, &mut open, &mut reading);
                    close(&mut open, &mut reading.components);
                }
                None => flaw(FlawKind::End),
            },
            _ if too_deep > 0 => {}
            _ => match open.last_mut() {
                Some(node) => node.properties.push(Property { line: number, content: line }),
                None => flaw(FlawKind::Outside),
            },
        }
    }
    // What never ended is still worth looking at.
    close_down_to(0, &mut open, &mut reading);
    reading.flaws.sort_by_key(|flaw| flaw.line);
    reading
}

/// Closes the components that nothing ended, until so many are open.
fn close_down_to(depth: usize, open: &mut Vec<Node>, reading: &mut Reading) {
    while open.len() > depth {
        reading.flaws.extend(open.last().map(|node| Flaw { line: node.line, kind: FlawKind::Open }));
        close(open, &mut reading.components);
    }
}

fn close(open: &mut Vec<Node>, outermost: &mut Vec<Node>) {
    let Some(node) = open.pop() else { return };
    match open.last_mut() {
        Some(parent) => parent.parts.push(node),
        None => outermost.push(node),
    }
}

/// The content lines with the number of the line that each begins on. Lines may end with CR LF or LF, or in a file that has no LF with CR;
/// empty ones are skipped.
fn unfold(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    let end = if text.contains('\n') { '\n' } else { '\r' };
    for (index, line) in text.strip_prefix('\u{FEFF}').unwrap_or(text).split(end).enumerate() {
        let line = line.strip_suffix('\r').unwrap_or(line);
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, begun))) => begun.push_str(rest),
            (Some(_), None) | (None, _) if line.is_empty() => {}
            (Some(_), None) | (None, _) => lines.push((index + 1, line.to_owned())),
        }
    }
    lines
}
