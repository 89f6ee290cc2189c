//! One line of the log as this program itself writes it, read in one pass.
//!
//! Most lines that are ever read were written by [`super::compose`]: no white space, keys in the order of the wire structs, absent fields left
//! out. The scanner knows that one form, builds the entry from it directly, and holds every rule of the validating way
//! ([`super::validate_line`]): each value goes through the parser of its own type. Whatever is not exactly as expected it leaves to the
//! validating way, which accepts or explains. So it may be stricter than that one, and is never laxer; a law in the tests says so.
//!
//! Fields are asked for in the order of the wire: Rust reads the fields of a struct expression in the order in which they stand there.

mod cursor;
mod kinds;

use chrono::{DateTime, Utc};

use super::limits::TEXT_BYTES;
use super::source::Archive;
use super::{ENTRY_EVENTS, Entry, Event, LINE_BYTES, Source, Telling, find_nul};
use crate::time::parse_instant;
use cursor::Cursor;

/// What stands behind the salt of a line at most: the chain value and its key.
const CHAIN_BYTES: usize = 80;

/// How many brackets the objects `x` may have; JSON may be nested deeper than that, but not much.
const MOST_BRACKETS: usize = 64;

/// Reads a line (without its newline), if it is written as [`super::compose`] writes it, with its chain or closed without one.
///
/// `None` says nothing about the line but that it is not in that form.
#[must_use]
pub fn scan_line(line: &[u8]) -> Option<Entry> {
    if line.len() + CHAIN_BYTES > LINE_BYTES {
        return None;
    }
    let mut line = Cursor::new(line)?;
    line.expect(b"{\"v\":1,\"seq\":")?;
    let entry = Entry {
        seq: line.number()?,
        id: line.needed("id")?,
        recorded: parse_instant(line.plain("recorded")?).ok()?,
        logged_by: line.text("logged_by")?,
        source: if line.field("source") { source(&mut line)? } else { Source::default() },
        embargo: embargo(&mut line)?,
        events: events(&mut line)?,
        x: extra(&mut line)?,
    };
    line.plain("salt")?;
    line.plain_or_none("chain")?;
    line.close()?;
    line.is_at_end().then_some(entry)
}

fn embargo(line: &mut Cursor<'_>) -> Option<Option<DateTime<Utc>>> {
    match line.plain_or_none("embargo")? {
        Some(text) => parse_instant(text).ok().map(Some),
        None => Some(None),
    }
}

fn source(line: &mut Cursor<'_>) -> Option<Source> {
    line.open()?;
    let source = Source {
        outlet: line.text("outlet")?,
        title: line.text("title")?,
        author: line.text("author")?,
        url: line.text("url")?,
        published: line.parsed("published")?,
        grade: line.parsed("grade")?,
        archive: if line.field("archive") { Some(archive(line)?) } else { None },
        record: line.text("record")?,
    };
    line.close()?;
    Some(source)
}

fn archive(line: &mut Cursor<'_>) -> Option<Archive> {
    line.open()?;
    let archive = Archive { sha256: line.text("sha256")?, url: line.text("url")? };
    line.close()?;
    Some(archive)
}

fn events(line: &mut Cursor<'_>) -> Option<Vec<Event>> {
    if !line.field("events") {
        return None;
    }
    let events = line.list(event)?;
    (1..=ENTRY_EVENTS).contains(&events.len()).then_some(events)
}

fn event(line: &mut Cursor<'_>) -> Option<Event> {
    line.open()?;
    let kind = line.plain("kind")?;
    let event = Event { what: kinds::what(kind, line)?, telling: telling(line)? };
    line.close()?;
    Some(event)
}

fn telling(line: &mut Cursor<'_>) -> Option<Telling> {
    Some(Telling {
        quote: line.text("quote")?,
        said: kinds::said(line)?,
        said_by: line.text("said_by")?,
        via: line.text("via")?,
        replaces: line.ids("replaces")?,
        note: line.text("note")?,
        x: extra(line)?,
    })
}

/// An object that daybook ignores: read by the validating way's own reader, which keeps it exactly.
fn extra(line: &mut Cursor<'_>) -> Option<Option<serde_json::Value>> {
    if !line.field("x") {
        return Some(None);
    }
    let rest = line.rest();
    let mut values = serde_json::Deserializer::from_str(rest).into_iter::<super::extra::Exact>();
    let value = values.next()?.ok()?.into_value();
    let written = rest.get(..values.byte_offset())?;
    let deep = written.bytes().filter(|byte| matches!(byte, b'{' | b'[')).count() > MOST_BRACKETS;
    if !value.is_object() || deep || written.len() > TEXT_BYTES || find_nul(written).is_some() {
        return None;
    }
    line.skip(written.len());
    Some(Some(value))
}
