//! The rows of a table: comma- or tab-separated text (RFC 4180, and what spreadsheets make of it).

use std::path::Path;

use super::Map;
use crate::event::LINE_BYTES;
use crate::intake::{Problem, Refusal, Spot};

/// The rows of a table, and what was wrong with some.
#[derive(Debug, Default)]
pub struct Rows {
    /// The names of the columns.
    pub header: Vec<String>,
    /// The rows with their lines, from 1; or why one is none, with its cells.
    pub rows: Vec<Row>,
    /// What divides the cells, and whether quotation marks hold one together.
    pub dialect: Dialect,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line that it begins in.
    pub line: u64,
    /// Its cells.
    pub cells: csv::StringRecord,
    /// Why it is no row of this table.
    pub wrong: Option<Problem>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// What divides the cells.
    pub delimiter: u8,
    /// Whether `"…"` holds a cell together that has such a character in it, or a line end.
    pub quote: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: b',', quote: true }
    }
}

impl Rows {
    /// Reads a table; `name` is the file's, whose ending `.tsv` or `.tab` says that tabs divide its cells and quotation marks mean nothing.
    ///
    /// # Errors
    /// [`Refusal`] of a table without columns or with two of one name.
    pub fn read(text: &str, name: &str, map: &Map) -> Result<Self, Refusal> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let dialect = Dialect::of(text, name, map);
        let mut reader = csv::ReaderBuilder::new();
        reader.delimiter(dialect.delimiter).quoting(dialect.quote).flexible(true).has_headers(false);
        let mut reader = reader.from_reader(text.as_bytes());
        let mut read = Self { dialect, ..Self::default() };
        let mut cells = csv::StringRecord::new();
        while reader.read_record(&mut cells).map_err(|error| Problem::new(format!("{name} cannot be read: {error}")))? {
            let line = cells.position().map_or(0, csv::Position::line);
            if cells.iter().all(|cell| cell.trim().is_empty()) {
                continue;
            }
            if read.header.is_empty() {
                read.header = header(&cells, name, line)?;
                continue;
            }
            let wrong = wrong(&cells, &read.header);
            read.rows.push(Row { line, cells: cells.clone(), wrong });
        }
        if read.header.is_empty() {
            let problem = Problem::new(format!("{name} is empty"));
            return Err(problem.hint("its first line names the columns").into());
        }
        Ok(read)
    }
}

impl Dialect {
    /// As the map says, else as the file's name and first line do.
    fn of(text: &str, name: &str, map: &Map) -> Self {
        let ending = Path::new(name).extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        let tabs = ["tsv", "tab"].contains(&&*ending);
        let first = text.lines().next().unwrap_or_default();
        // Spreadsheets write semicolons where the comma divides the whole from the tenth.
        let most = [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|one| first.bytes().filter(|byte| byte == one).count());
        let guessed = if tabs { b'\t' } else { most.unwrap_or(b',') };
        Self { delimiter: map.delimiter.unwrap_or(guessed), quote: map.quote.unwrap_or(!tabs) }
    }
}

fn header(cells: &csv::StringRecord, name: &str, line: u64) -> Result<Vec<String>, Refusal> {
    let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut seen = std::collections::HashSet::new();
    let twice = names.iter().find(|one| !one.is_empty() && !seen.insert(*one));
    if let Some(one) = twice {
        let problem = Problem::new(format!("two columns are called \"{one}\"")).about(one);
        let spot = Spot { place: format!("{name}, line {line}"), line: None };
        return Err(problem.at(Some(spot)).hint("each column has a name of its own").into());
    }
    Ok(names)
}

/// Why a row is none of the table.
fn wrong(cells: &csv::StringRecord, header: &[String]) -> Option<Problem> {
    let (count, columns) = (cells.len(), header.len());
    // Spreadsheets add empty cells at the end. A row with too few was perhaps cut.
    let beyond = count < columns || cells.iter().skip(columns).any(|cell| !cell.trim().is_empty());
    if cells.as_slice().len() > LINE_BYTES {
        return Some(
            Problem::new(format!("the row has more than {LINE_BYTES} bytes"))
                .hint("a quotation mark that is not closed does this"),
        );
    }
    if beyond {
        let problem = Problem::new(format!("the row has {count} cells, and the table {columns} columns"));
        return Some(problem.hint(
            "a cell with the divider in it stands in \"…\"; `delimiter` and `quote` of the map say how cells are divided",
        ));
    }
    let nul = cells.iter().any(|cell| cell.contains('\0'));
    nul.then(|| crate::intake::sense::limit(&crate::event::LimitError::Nul))
}
