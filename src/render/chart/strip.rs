//! A line of a fixed number of columns on which marks and words are put.

use anstyle::Style;
use unicode_width::UnicodeWidthChar as _;

use crate::render::style;
use crate::render::text::{Text, visible};

/// One line of columns; what is put later covers what was there.
#[derive(Clone, Debug)]
pub struct Strip(Vec<Cell>);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Cell {
    Empty,
    Full(Style, char),
    /// The second column of a wide character.
    Covered,
}

impl Strip {
    /// An empty line.
    pub fn new(columns: usize) -> Self {
        Self(vec![Cell::Empty; columns])
    }

    /// Whether nothing stands on these columns.
    pub fn is_free(&self, columns: std::ops::Range<usize>) -> bool {
        columns.end <= self.0.len() && self.0.get(columns).is_some_and(|cells| cells.iter().all(|cell| *cell == Cell::Empty))
    }

    /// Puts a character of one column.
    pub fn mark(&mut self, column: usize, style: Style, mark: char) {
        if let Some(cell) = self.0.get_mut(column) {
            *cell = Cell::Full(style, mark);
        }
    }

    /// Puts words from a column on; what does not fit on the line is left out. Characters without a width are left out, too: they would
    /// stand on a cell that is another's.
    pub fn words(&mut self, column: usize, style: Style, words: &str) {
        let mut at = column;
        for c in visible(words).chars() {
            let width = c.width().unwrap_or(0);
            if width == 0 || at + width > self.0.len() {
                continue;
            }
            self.mark(at, style, c);
            for covered in self.0.iter_mut().skip(at + 1).take(width - 1) {
                *covered = Cell::Covered;
            }
            at += width;
        }
    }

    /// The line without what is empty at its end.
    pub fn into_text(self) -> Text {
        let end =
            self.0.iter().rposition(|cell| *cell != Cell::Empty && !matches!(cell, Cell::Full(_, ' '))).map_or(0, |at| at + 1);
        let mut pieces: Vec<(Style, String)> = Vec::new();
        for cell in self.0.into_iter().take(end) {
            let (style, c) = match cell {
                Cell::Empty => (style::PLAIN, ' '),
                Cell::Full(style, c) => (style, c),
                Cell::Covered => continue,
            };
            match pieces.last_mut() {
                Some((last, text)) if *last == style => text.push(c),
                _ => pieces.push((style, c.to_string())),
            }
        }
        pieces.into_iter().fold(Text::none(), |text, (style, piece)| text.and(style, &piece))
    }
}

/// The columns of a text, as [`Strip::words`] puts it.
pub fn columns(text: &str) -> usize {
    visible(text).chars().map(|c| c.width().unwrap_or(0)).sum()
}
