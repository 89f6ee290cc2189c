//! Entries as JSON: what programs send.

use super::{Draft, Problem, Refusal, Spot};
use crate::event::wire::{WireEvent, WireNewEntry};
use crate::names;

/// Reads one entry; `name` is what it is called in refusals, `line` its line in a file of many.
///
/// # Errors
/// [`Refusal`] with line and column and what was expected.
pub fn read_json_entry(text: &str, name: &str, line: Option<u64>) -> Result<Draft, Refusal> {
    let place = line.map_or_else(|| name.to_owned(), |line| format!("{name}, line {line}"));
    let entry: WireNewEntry = serde_json::from_str(text.trim_start_matches('\u{feff}')).map_err(|error| {
        let at = if line.is_some() || error.line() <= 1 {
            format!("{place}, column {}", error.column())
        } else {
            format!("{place}, line {}, column {}", error.line(), error.column())
        };
        Refusal::from(explain(&error).at(Some(Spot { place: at, line: None })))
    })?;
    let spots = (1..=entry.events.len()).map(|number| Spot { place: format!("{place}, event {number}"), line: None }).collect();
    Ok(Draft { entry, spots, source_spot: Some(Spot { place, line: None }) })
}

/// serde's message as one sentence, with the nearest field name.
fn explain(error: &serde_json::Error) -> Problem {
    let text = error.to_string();
    let says = text.rfind(" at line ").and_then(|at| text.get(..at)).unwrap_or(&text);
    if let Some(field) = says.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
        const ENTRY: &[&str] = &["id", "logged_by", "source", "embargo", "events", "x"];
        const SOURCE: &[&str] = &["outlet", "title", "author", "url", "published", "grade", "archive", "record"];
        let fields = ENTRY.iter().chain(SOURCE).chain(WireEvent::FIELDS).copied();
        if field == "at" {
            return Problem::new("there is no field \"at\" here").about(field).hint("where something is stands in `place`");
        }
        let close = names::nearest(&field.replace('_', " "), fields, 2);
        let problem = Problem::new(format!("there is no field \"{field}\" here")).about(field);
        return if close.is_empty() {
            problem.hint("`daybook schema` lists all fields; your own go into \"x\": {…}")
        } else {
            problem.hint(format!("close to {}", close.join(", ")))
        };
    }
    if says.starts_with("expected") {
        return Problem::new("this is not JSON")
            .hint("a words file has one event a line, such as: travel lavrov --to riyadh --depart today");
    }
    let says = says.replace("struct WireSource", "an object").replace("struct WireEvent", "an object").replace("f64", "a number");
    let says = says.replace("a sequence", "a list").replace("a borrowed string", "text").replace("a string", "text");
    let says = says.replace("invalid type: ", "").replace(", expected ", " instead of ");
    Problem::new(format!("this is no entry: {says}")).hint("`daybook schema` shows the shape of an entry")
}
