//! Entries as JSON: what programs send.

use super::{Draft, Problem, Refusal, Spot};
use crate::event::wire::{WireEvent, WireNewEntry};
use crate::event::{LimitError, Shape, find_nul};
use crate::names;

/// Reads one entry; `name` is what it is called in refusals, `line` its line in a file of many.
///
/// # Errors
/// [`Refusal`] with line and column and what was expected.
pub fn read_json_entry(text: &str, name: &str, line: Option<u64>) -> Result<Draft, Refusal> {
    let place = line.map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}"));
    let spot = |number: usize, column: usize| {
        let within = if line.is_some() || number <= 1 { String::new() } else { format!(", line {number}") };
        Some(Spot { place: format!("{place}{within}, column {column}"), line: None })
    };
    if text.starts_with('\u{feff}') {
        let problem = Problem::new("a byte order mark (U+FEFF) stands before the entry");
        return Err(problem.hint("it may stand at the start of a file, once").at(spot(1, 1)).into());
    }
    let entry: WireNewEntry = serde_json::from_str(text).map_err(|error| {
        let shape = Shape::of(&error);
        let at = spot(shape.line, shape.column);
        explain(shape).at(at)
    })?;
    if let Some(at) = find_nul(text) {
        let before = text.get(..at).unwrap_or_default();
        let start = before.rfind('\n').map_or(0, |newline| newline + 1);
        let at = spot(before.matches('\n').count() + 1, at - start + 1);
        return Err(super::sense::limit(&LimitError::Nul).at(at).into());
    }
    let spots = (1..=entry.events.len()).map(|number| Spot { place: format!("{place}, event {number}"), line: None }).collect();
    Ok(Draft { entry, spots, source_spot: Some(Spot { place, line: None }) })
}

/// What is wrong, with the nearest field name.
fn explain(shape: Shape) -> Problem {
    let problem = Problem::new(shape.says);
    if shape.is_no_json {
        return problem.hint("a words file has one event a line, such as: travel lavrov --to riyadh --depart today");
    }
    let Some(field) = shape.unknown_field else {
        return problem.hint("`daybook schema` shows the shape of an entry");
    };
    let problem = problem.about(&field);
    if field == "at" {
        return problem.hint("where something is stands in `place`");
    }
    const ENTRY: &[&str] = &["id", "logged_by", "source", "embargo", "events", "x"];
    const SOURCE: &[&str] = &["outlet", "title", "author", "url", "published", "grade", "archive", "record"];
    const PARTS: &[&str] = &["role", "attendance", "voice", "sha256"];
    let fields = [ENTRY, SOURCE, WireEvent::FIELDS, PARTS].concat();
    let close = names::nearest(&field.replace('_', " "), fields.iter().copied(), 2);
    if close.is_empty() {
        problem.hint("`daybook schema` lists all fields; your own go into \"x\": {…}")
    } else {
        problem.hint(format!("close to {}", close.join(", ")))
    }
}
