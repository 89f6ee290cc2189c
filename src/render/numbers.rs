//! Tables of numbers: a name and its numbers, these at the right of their columns; where a page is too narrow for that, the numbers stand
//! below the name, each with its word.

use super::columns::{Column, Table};
use super::page::{Page, Sheet};
use super::style;
use super::text::{GLUE, Text};

/// The columns that the name must have.
const NAME: usize = 20;
/// The columns between two columns of a table, and before the first.
const GAP: usize = 3;

/// The words of a number: over its column, and beside it where it stands in a row of numbers.
#[derive(Clone, Copy)]
pub struct Word {
    /// Over the column.
    pub head: &'static str,
    /// Before the number.
    pub before: &'static str,
    /// Behind a one.
    pub one: &'static str,
    /// Behind another number.
    pub more: &'static str,
}

impl Word {
    /// Words behind a number: for one, and for another, which stands over the column, too.
    pub const fn behind(one: &'static str, more: &'static str) -> Self {
        Self { head: more, before: "", one, more }
    }

    /// A word over a column and before what stands in it.
    pub const fn before(word: &'static str) -> Self {
        Self { head: word, before: word, one: "", more: "" }
    }
}

/// Rows of names and numbers under common words.
pub struct Numbers {
    /// What the names are.
    what: &'static str,
    words: Vec<Word>,
    rows: Vec<(Text, Vec<String>)>,
}

impl Numbers {
    /// A table without rows.
    pub fn new(what: &'static str, words: &[Word]) -> Self {
        Self { what, words: words.to_vec(), rows: Vec::new() }
    }

    /// Adds a row; a number that is not there is empty.
    pub fn row(&mut self, name: Text, numbers: Vec<String>) {
        self.rows.push((name, numbers));
    }

    /// Writes the table; a column without a number is left out.
    pub fn write(&self, sheet: &mut Sheet<'_>, page: &Page) {
        let used: Vec<usize> =
            (0..self.words.len()).filter(|at| self.rows.iter().any(|(_, numbers)| !number(numbers, *at).is_empty())).collect();
        let room: usize = used.iter().map(|at| self.wide(*at) + GAP).sum();
        if page.columns() < GAP + NAME + room { self.below(sheet, &used) } else { sheet.table(&self.beside(&used)) }
    }

    fn wide(&self, at: usize) -> usize {
        let head = self.words.get(at).map_or(0, |word| word.head.len());
        self.rows.iter().map(|(_, numbers)| number(numbers, at).chars().count()).max().unwrap_or(0).max(head)
    }

    fn beside(&self, used: &[usize]) -> Table {
        let columns = used.iter().map(|at| Column::UpTo(self.wide(*at)));
        let mut table = Table::new(&std::iter::once(Column::Rest).chain(columns).collect::<Vec<_>>()).roomy(NAME);
        let right = |at: usize, text: &str| {
            let missing = self.wide(at).saturating_sub(text.chars().count());
            Text::plain(&GLUE.to_string().repeat(missing)).and(style::PLAIN, &text.replace(' ', &GLUE.to_string()))
        };
        let heads = used.iter().map(|at| right(*at, self.words.get(*at).map_or("", |word| word.head)).dimmed());
        table.row(std::iter::once(Text::styled(style::FAINT, self.what)).chain(heads).collect());
        for (name, numbers) in &self.rows {
            let cell = |at: &usize| if number(numbers, *at).is_empty() { Text::none() } else { right(*at, number(numbers, *at)) };
            table.row(std::iter::once(name.clone()).chain(used.iter().map(cell)).collect());
        }
        table
    }

    fn below(&self, sheet: &mut Sheet<'_>, used: &[usize]) {
        for (name, numbers) in &self.rows {
            sheet.paragraph(2, name);
            let word = |at: &usize| {
                let said = number(numbers, *at);
                let word = self.words.get(*at)?;
                let words = format!("{} {said} {}", word.before, if said == "1" { word.one } else { word.more });
                (!said.is_empty()).then(|| words.trim().replace(' ', &GLUE.to_string()))
            };
            let words: Vec<String> = used.iter().filter_map(word).collect();
            if !words.is_empty() {
                sheet.paragraph(4, &Text::plain(&words.join(", ")));
            }
        }
    }
}

fn number(numbers: &[String], at: usize) -> &str {
    numbers.get(at).map_or("", String::as_str)
}
