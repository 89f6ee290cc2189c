//! One line of the log: an entry as canonical JSON, keys in the order of the format, the chain last.

use std::borrow::Cow;

use chrono::{DateTime, Utc};
use serde::de::MapAccess;
use serde::de::value::MapAccessDeserializer;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::object::Fields;
use super::wire::{WireEvent, WireSource};
use super::{Entry, EntryId, Event, EventError, Kind, LineError, NewEntry, Shape, Source, check_limits};
use crate::time::{parse_instant, write_instant};

/// The version of the line format.
///
/// | version | since | change |
/// |---|---|---|
/// | 1 | 0.1.0 | the first |
pub const FORMAT: u32 = 1;

/// What stands between an entry and its chain value.
const CHAIN: &[u8] = b",\"chain\":\"";

/// What is read again and again, and never kept, is borrowed from the line.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Self", deny_unknown_fields)]
struct WireEntry<'a> {
    v: u32,
    seq: u64,
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    recorded: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    logged_by: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<WireSource>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    embargo: Option<String>,
    events: Vec<WireEvent>,
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "super::extra::read")]
    x: Option<serde_json::Value>,
    #[serde(borrow)]
    salt: Cow<'a, str>,
    #[serde(default, borrow, rename = "chain", skip_serializing)]
    _chain: Cow<'a, str>,
}

impl<'de: 'a, 'a> Fields<'de> for WireEntry<'a> {
    fn fields<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
        Self::deserialize(MapAccessDeserializer::new(object))
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for WireEntry<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        super::object::read(deserializer)
    }
}

impl Serialize for WireEntry<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

/// The version alone, for lines whose shape is not known.
#[derive(Deserialize)]
struct Version {
    v: u32,
}

/// The kinds alone, for lines with fields that this program does not know.
#[derive(Deserialize)]
struct Kinds {
    events: Vec<KindAlone>,
}

#[derive(Deserialize)]
struct KindAlone {
    kind: String,
}

/// Writes an entry as the text of its line up to, and without, the comma before `chain`: the bytes that the chain is over.
///
/// # Errors
/// When `x` cannot be written as JSON.
pub fn compose(entry: &Entry, salt: u64) -> Result<String, serde_json::Error> {
    let Entry { seq, id, recorded, logged_by, source, embargo, events, x } = entry.clone();
    compose_new(&NewEntry { id, logged_by, source, embargo, events, x, salt }, seq, recorded)
}

/// The same of an entry that gets its place.
///
/// # Errors
/// When `x` cannot be written as JSON.
pub fn compose_new(entry: &NewEntry, seq: u64, recorded: DateTime<Utc>) -> Result<String, serde_json::Error> {
    let source = WireSource::from(&entry.source);
    let wire = WireEntry {
        v: FORMAT,
        seq,
        id: entry.id.to_string().into(),
        recorded: write_instant(recorded).into(),
        logged_by: entry.logged_by.clone(),
        source: (source != WireSource::default()).then_some(source),
        embargo: entry.embargo.map(write_instant),
        events: entry.events.iter().map(WireEvent::from).collect(),
        x: entry.x.clone(),
        salt: format!("{:016x}", entry.salt).into(),
        _chain: Cow::default(),
    };
    let mut text = serde_json::to_string(&wire)?;
    text.pop();
    Ok(text)
}

/// Splits a line (without its newline) into the bytes that the chain is over and the chain value, 64 hex digits.
#[must_use]
pub fn split_chain(line: &[u8]) -> Option<(&[u8], &[u8])> {
    let at = line.len().checked_sub(CHAIN.len() + 64 + 2)?;
    let (body, rest) = line.split_at(at);
    let chain = rest.strip_prefix(CHAIN)?.strip_suffix(b"\"}")?;
    chain.iter().all(u8::is_ascii_hexdigit).then_some((body, chain))
}

/// Reads a line (without its newline). The chain is the log's business.
///
/// # Errors
/// [`LineError`]: what is wrong and where; a line from the future is told from a damaged one.
pub fn parse_line(line: &[u8]) -> Result<Entry, LineError> {
    super::scan_line(line).map_or_else(|| validate_line(line), Ok)
}

/// Reads a line in whatever order its keys are and however it is written: what [`parse_line`] does with lines that the scanner leaves to it.
///
/// # Errors
/// As [`parse_line`].
pub fn validate_line(line: &[u8]) -> Result<Entry, LineError> {
    // Known to be a text as a whole, each of its strings need not be looked at again.
    let text = std::str::from_utf8(line).unwrap_or_default();
    let parsed = if text.is_empty() { serde_json::from_slice(line) } else { serde_json::from_str(text) };
    let wire: WireEntry = parsed.map_err(|error| explain(line, &error))?;
    if wire.v != FORMAT {
        return Err(LineError::Newer(format!("format {}", wire.v)));
    }
    let length = split_chain(line).map_or(line.len(), |(body, _)| body.len());
    check_limits(wire.events.len(), text.get(..length).unwrap_or_default()).map_err(EventError::from)?;
    if wire.x.as_ref().is_some_and(|x| !x.is_object()) {
        return Err(EventError::Extra.into());
    }
    let mut events = Vec::with_capacity(wire.events.len());
    for (at, event) in wire.events.iter().enumerate() {
        let event = Event::try_from(event).map_err(|error| {
            if let EventError::Kind(kind) = &error {
                return LineError::Newer(format!("kind \"{kind}\""));
            }
            LineError::Event { number: at + 1, error }
        })?;
        events.push(event);
    }
    Ok(Entry {
        seq: wire.seq,
        id: wire.id.parse::<EntryId>().map_err(EventError::from)?,
        recorded: instant(&wire.recorded)?,
        logged_by: wire.logged_by,
        source: wire.source.as_ref().map(Source::try_from).transpose()?.unwrap_or_default(),
        embargo: wire.embargo.as_deref().map(instant).transpose()?,
        events,
        x: wire.x,
    })
}

fn instant(text: &str) -> Result<DateTime<Utc>, EventError> {
    parse_instant(text).map_err(EventError::from)
}

fn explain(line: &[u8], error: &serde_json::Error) -> LineError {
    match serde_json::from_slice::<Version>(line) {
        Ok(Version { v }) if v != FORMAT => LineError::Newer(format!("format {v}")),
        _ => {
            // A kind of the future has fields of the future.
            let unknown = |event: &KindAlone| event.kind.parse::<Kind>().is_err();
            if let Ok(Kinds { events }) = serde_json::from_slice::<Kinds>(line)
                && let Some(event) = events.iter().find(|event| unknown(event))
            {
                return LineError::Newer(format!("kind \"{}\"", event.kind));
            }
            let Shape { says, column, .. } = Shape::of(error);
            LineError::Shape { says, column }
        }
    }
}
