//! The page that an answer is written on: its width, whether it has colour, and a sheet that fills up line by line.

use super::columns::Table;
use super::text::Text;
use crate::time::Zone;

/// What the reader looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// Columns of the terminal. Lines fit it from 20 columns up.
    pub width: usize,
    /// Rows of the terminal, for pages that are cut to fit.
    pub rows: usize,
    /// Whether colours are wanted.
    pub colour: bool,
    /// The zone in which exact times are shown (`--tz`); absent: that of the place.
    pub zone: Option<Zone>,
}

impl Page {
    /// The fewest columns that anything is laid out for.
    const NARROWEST: usize = 20;

    /// The columns that lines may fill.
    pub(super) fn columns(&self) -> usize {
        self.width.max(Self::NARROWEST)
    }
}

/// A page being written.
pub struct Sheet<'a> {
    page: &'a Page,
    written: String,
}

impl<'a> Sheet<'a> {
    /// An empty sheet.
    pub fn new(page: &'a Page) -> Self {
        Self { page, written: String::new() }
    }

    /// A paragraph, wrapped; further lines stand two columns deeper.
    pub fn paragraph(&mut self, indent: usize, text: &Text) {
        for (at, line) in text.wrap(self.page.columns().saturating_sub(indent + 2)).iter().enumerate() {
            self.line(if at == 0 { indent } else { indent + 2 }, line);
        }
    }

    /// One line as it is.
    pub fn line(&mut self, indent: usize, text: &Text) {
        self.written.extend(std::iter::repeat_n(' ', indent));
        text.write(&mut self.written, self.page.colour);
        self.written.push('\n');
    }

    /// An empty line, but never two and never at the top.
    pub fn blank(&mut self) {
        if !self.written.is_empty() && !self.written.ends_with("\n\n") {
            self.written.push('\n');
        }
    }

    /// A table; where it begins with an empty line, not a second one.
    pub fn table(&mut self, table: &Table) {
        let stands = self.written.ends_with("\n\n");
        for line in table.lines(self.page.columns()).iter().skip_while(|line| stands && line.is_empty()) {
            self.line(0, line);
        }
    }

    /// What was written.
    pub fn finish(self) -> String {
        let mut written = self.written;
        while written.ends_with("\n\n") {
            written.pop();
        }
        written
    }
}
