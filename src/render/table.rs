//! The schedule as a table (RFC 4180): a header, one line a row, CRLF, quotes where they are needed.
//!
//! Cells are for spreadsheets as much as for programs: a text that a spreadsheet would take for a formula gets an apostrophe before it, as
//! the advice against CSV injection has it, and texts are in one line without control characters, as in the calendar. Numbers are ours and
//! stay numbers, negative ones too. The JSON of the same rows has every text as it was written.

use std::fmt::Display;

use serde::Serialize;

use crate::ical::one_line;
use crate::query::{Rows, ScheduleRow};

/// Between the values of a cell that has several.
const BETWEEN: &str = "; ";

/// What a cell must not begin with: signs that begin a formula, in their wide forms too, and what spreadsheets skip before one.
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A cell by its column.
struct Cell {
    column: &'static str,
    text: String,
}

/// The rows as a table, its columns named in the first line.
///
/// # Errors
/// When the table cannot be written to memory.
pub fn csv_text(rows: &Rows) -> Result<String, String> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
    writer.write_record(columns()).map_err(|error| error.to_string())?;
    for row in &rows.rows {
        writer.write_record(cells(row).iter().map(|cell| &cell.text)).map_err(|error| error.to_string())?;
    }
    let bytes = writer.into_inner().map_err(|error| error.to_string())?;
    String::from_utf8(bytes).map_err(|error| error.to_string())
}

/// The names of the columns, in order: those of an empty row.
fn columns() -> Vec<&'static str> {
    cells(&ScheduleRow::default()).iter().map(|cell| cell.column).collect()
}

fn cells(row: &ScheduleRow) -> Vec<Cell> {
    let participants = row.participants.iter().map(|one| {
        let party = one.party.as_ref().filter(|_| one.official.is_some()).map_or_else(String::new, |party| format!(" ({party})"));
        format!("{}{party}, {}, {}", one.name, word(&one.role), word(&one.attendance))
    });
    let parties = |parties: &[crate::query::Party]| -> Vec<String> {
        let voice = |party: &crate::query::Party| party.voice.as_ref().map_or_else(String::new, |voice| format!(" ({voice})"));
        parties.iter().map(|party| format!("{}{}", party.party, voice(party))).collect()
    };
    vec![
        text("kind", &word(&row.kind)),
        text("uid", &row.uid),
        text("title", &row.title),
        list("officials", &row.officials),
        list("names", &row.names),
        list("meetings", &row.meetings),
        list("trips", &row.trips),
        text("level", &row.level.map(|level| word(&level)).unwrap_or_default()),
        text("status", &row.status.map(|status| word(&status)).unwrap_or_default()),
        text("eventoccurstatus", row.eventoccurstatus.unwrap_or_default()),
        text("standing", &row.standing.map(|standing| word(&standing)).unwrap_or_default()),
        maybe("when", row.when.as_ref()),
        maybe("depart", row.depart.as_ref()),
        maybe("arrive", row.arrive.as_ref()),
        maybe("from", row.from.as_ref()),
        maybe("to", row.to.as_ref()),
        maybe("start", row.start.as_ref()),
        maybe("start_zone", row.start_zone.as_ref()),
        maybe("end", row.end.as_ref()),
        maybe("end_zone", row.end_zone.as_ref()),
        maybe("place", row.place.as_ref()),
        maybe("place_name", row.place_name.as_ref()),
        number("place_doubtful", Some(row.place_doubtful)),
        maybe("country", row.country.as_ref()),
        number("lat", row.lat),
        number("lon", row.lon),
        maybe("zone", row.zone.as_ref()),
        maybe("from_place", row.from_place.as_ref()),
        maybe("from_name", row.from_name.as_ref()),
        number("km", row.km),
        list("participants", &participants.collect::<Vec<_>>()),
        list("confirmed_by", &parties(&row.confirmed_by)),
        list("silent", &row.silent),
        list("declined_by", &parties(&row.declined_by)),
        number("slips", row.slips),
        number("days_to_go", row.days_to_go),
        number("conflict", Some(row.conflict)),
        list("evidence", &row.evidence),
        list("outlets", &row.outlets),
        list("said_by", &row.said_by),
        maybe("published", row.published.as_ref()),
        maybe("url", row.url.as_ref()),
    ]
}

/// The word that JSON has for a value.
fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        Ok(other) => other.to_string(),
        Err(_) => String::new(),
    }
}

fn text(column: &'static str, text: &str) -> Cell {
    let line = one_line(text);
    let text = if line.starts_with(FORMULA) { format!("'{line}") } else { line.into_owned() };
    Cell { column, text }
}

fn maybe(column: &'static str, value: Option<&impl Display>) -> Cell {
    text(column, &value.map(ToString::to_string).unwrap_or_default())
}

fn list<T: Display>(column: &'static str, values: &[T]) -> Cell {
    let values: Vec<String> = values.iter().map(ToString::to_string).collect();
    text(column, &values.join(BETWEEN))
}

/// A value that is no text from outside, and so no formula.
fn number(column: &'static str, value: Option<impl Display>) -> Cell {
    Cell { column, text: value.map(|value| value.to_string()).unwrap_or_default() }
}
