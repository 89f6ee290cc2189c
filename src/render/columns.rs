//! Columns that fit the page: the text column wraps; where it would get too narrow, what stands after it follows in the same column,
//! and at last rows become paragraphs. Nothing is cut.

use super::style;
use super::text::Text;

/// How wide a column may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    /// As wide as its widest cell, but no wider than this; wraps.
    UpTo(usize),
    /// What the others leave; wraps. One column of a table.
    Rest,
}

/// The columns between two columns.
const GAP: usize = 3;
/// The text column is not squeezed below this, unless the table asks for more.
const NARROW: usize = 22;

/// Rows of cells under common columns, indented by two.
#[derive(Clone, Debug)]
pub struct Table {
    columns: Vec<Column>,
    rows: Vec<Row>,
    narrow: usize,
}

#[derive(Clone, Debug)]
enum Row {
    /// Cells, with a mark before the first.
    Cells { mark: Text, cells: Vec<Text> },
    /// A line over the rows that follow; without a text, an empty line.
    Heading(Text),
    /// The same without an empty line before it.
    Title(Text),
}

/// A table laid out: where each column begins and how wide it is; columns without a word take no room.
struct Layout {
    places: Vec<(usize, usize)>,
    rest: usize,
    width: usize,
}

impl Table {
    /// The columns before the first cell, where a mark stands.
    const INDENT: usize = 2;

    /// A table without rows.
    pub fn new(columns: &[Column]) -> Self {
        Self { columns: columns.to_vec(), rows: Vec::new(), narrow: NARROW }
    }

    /// The same table with a text column of at least so many columns; where there is less room, what stands after the text follows it.
    pub fn roomy(mut self, columns: usize) -> Self {
        self.narrow = columns;
        self
    }

    /// The same table without its rows, with one more column before the others.
    pub fn led_by(mut self, column: Column) -> Self {
        self.columns.insert(0, column);
        self.rows.clear();
        self
    }

    /// Adds a row.
    pub fn row(&mut self, cells: Vec<Text>) {
        self.marked(Text::none(), cells);
    }

    /// Adds a row with a mark before it.
    pub fn marked(&mut self, mark: Text, cells: Vec<Text>) {
        self.rows.push(Row::Cells { mark, cells });
    }

    /// Adds a line over the rows that follow.
    pub fn heading(&mut self, text: Text) {
        self.rows.push(Row::Heading(text));
    }

    /// Adds a line over the rows that follow, close to those before.
    pub fn title(&mut self, text: Text) {
        self.rows.push(Row::Title(text));
    }

    /// The table on a page of `width` columns.
    pub fn lines(&self, width: usize) -> Vec<Text> {
        let rest = self.rest();
        for kept in (rest + 1..=self.columns.len()).rev() {
            let table = self.folded(rest, kept);
            if let Some(layout) = table.layout(width) {
                return table.rows.iter().flat_map(|row| layout.lines(row)).collect();
            }
        }
        self.folded(rest, rest + 1).rows.iter().flat_map(|row| row.paragraph(rest, width)).collect()
    }

    fn rest(&self) -> usize {
        self.columns.iter().position(|column| *column == Column::Rest).unwrap_or(self.columns.len())
    }

    /// The table with only the first `kept` columns; what stood in the others follows the text.
    fn folded(&self, rest: usize, kept: usize) -> Self {
        let mut table = self.clone();
        table.columns.truncate(kept);
        for row in &mut table.rows {
            if let Row::Cells { cells, .. } = row {
                let tail = cells.split_off(kept.min(cells.len()));
                if let Some(text) = cells.get_mut(rest) {
                    *text = tail.into_iter().fold(std::mem::take(text), |text, cell| text.join(" · ", cell));
                }
            }
        }
        table
    }

    /// The widest cell of a column. A text that nothing follows may run on to the edge, so it asks for no room.
    fn natural(&self, at: usize, rest: usize) -> usize {
        let asks = |row: &Row| match row {
            Row::Heading(_) | Row::Title(_) => 0,
            Row::Cells { cells, .. } if at == rest && ends_with(cells, rest) => 0,
            Row::Cells { cells, .. } => cells.get(at).map_or(0, Text::width),
        };
        self.rows.iter().map(asks).max().unwrap_or(0)
    }

    /// Where the columns stand, if the text keeps enough room.
    fn layout(&self, width: usize) -> Option<Layout> {
        let rest = self.rest();
        let mut widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| match column {
                Column::UpTo(most) => self.natural(at, rest).min(*most),
                Column::Rest => self.natural(at, rest),
            })
            .collect();
        let room = |columns: &mut dyn Iterator<Item = &usize>| -> usize {
            columns.filter(|width| **width > 0).map(|width| *width + GAP).sum()
        };
        let before = room(&mut widths.iter().take(rest));
        let after = room(&mut widths.iter().skip(rest + 1));
        let left = width.saturating_sub(Self::INDENT + before + after);
        let runs_on = width.saturating_sub(Self::INDENT + before);
        if let Some(text) = widths.get_mut(rest) {
            if left < self.narrow.min(*text) || runs_on < NARROW {
                return None;
            }
            *text = left.min(*text);
        }
        let mut start = Self::INDENT;
        let mut places = Vec::new();
        for width in widths {
            places.push((start, width));
            start += if width > 0 { width + GAP } else { 0 };
        }
        Some(Layout { places, rest, width })
    }
}

/// Whether nothing stands after the text of a row.
fn ends_with(cells: &[Text], rest: usize) -> bool {
    cells.iter().skip(rest + 1).all(Text::is_empty)
}

impl Layout {
    /// The lines of a row.
    fn lines(&self, row: &Row) -> Vec<Text> {
        let (mark, cells) = match row {
            Row::Heading(text) => return heading(text, self.width),
            Row::Title(text) => return text.wrap(self.width),
            Row::Cells { mark, cells } => (mark, cells),
        };
        let runs_on = ends_with(cells, self.rest);
        let wrapped: Vec<(usize, Vec<Text>)> = cells
            .iter()
            .zip(&self.places)
            .enumerate()
            .filter(|(_, (cell, _))| !cell.is_empty())
            .map(|(at, (cell, (start, width)))| {
                let width = if at == self.rest && runs_on { self.width.saturating_sub(*start) } else { *width };
                (*start, cell.wrap(width))
            })
            .collect();
        let height = wrapped.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        (0..height)
            .map(|at| {
                let first = if at == 0 { mark.clone() } else { Text::none() };
                wrapped.iter().fold(first, |line, (start, lines)| match lines.get(at) {
                    Some(text) => pad(line, *start).join("", text.clone()),
                    None => line,
                })
            })
            .collect()
    }
}

impl Row {
    /// The row as a paragraph: what stands before the text on one line, the text below it.
    fn paragraph(&self, rest: usize, width: usize) -> Vec<Text> {
        let (mark, cells) = match self {
            Self::Heading(text) => return heading(text, width),
            Self::Title(text) => return text.wrap(width),
            Self::Cells { mark, cells } => (mark, cells),
        };
        let first = cells.iter().take(rest).fold(Text::none(), |line, cell| line.join("  ", cell.clone()));
        let mut lines = Vec::new();
        for (at, line) in first.wrap(width.saturating_sub(Table::INDENT)).into_iter().enumerate() {
            let start = if at == 0 { mark.clone() } else { Text::none() };
            lines.push(pad(start, Table::INDENT).join("", line));
        }
        let inner = Table::INDENT + 2;
        for line in cells.get(rest).map(|text| text.wrap(width.saturating_sub(inner))).unwrap_or_default() {
            lines.push(pad(Text::none(), inner).join("", line));
        }
        lines
    }
}

/// An empty line, and the heading if there is a text.
fn heading(text: &Text, width: usize) -> Vec<Text> {
    std::iter::once(Text::none()).chain(text.wrap(width)).collect()
}

/// A text filled up with spaces to a width.
fn pad(text: Text, width: usize) -> Text {
    let missing = width.saturating_sub(text.width());
    text.and(style::PLAIN, &" ".repeat(missing))
}
