//! The map of a table: what its columns mean (TOML).

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;
use toml::{Spanned, Value};

use super::cells::{Column, Header};
use super::template::Template;
use crate::event::Kind;
use crate::event::wire::WireEvent;
use crate::intake::{Problem, Refusal, Spot};
use crate::names;

/// What the columns of a table mean.
#[derive(Clone, Debug)]
pub struct Map {
    /// What divides the cells, if not what the file's name and first line say.
    pub(super) delimiter: Option<u8>,
    /// Whether `"…"` around a cell holds it together, if not what the file's name says.
    pub(super) quote: Option<bool>,
    pub(super) columns: BTreeMap<String, Column>,
    /// What is said of the source, by field.
    pub(super) source: BTreeMap<String, Vec<Template>>,
    pub(super) events: Vec<EventMap>,
    /// Names of places as they stand in the table, folded, and what they mean.
    pub(super) places: HashMap<String, String>,
    pub(super) logged_by: Option<String>,
    pub(super) embargo: Option<String>,
}

/// What a row says in one kind of event.
#[derive(Clone, Debug)]
pub(super) struct EventMap {
    pub kind: Kind,
    /// Columns and what must stand in one of their values; nothing named: anything but nothing.
    pub only_if: Vec<(String, Vec<String>)>,
    pub fields: Vec<(String, Says)>,
}

/// What a field says.
#[derive(Clone, Debug)]
pub(super) enum Says {
    /// In a field of one value the first text that says something, in a list all of them.
    Words(Vec<Template>),
    /// Places by name, within a country by the name that it has or had.
    Place { name: Vec<Template>, country: Vec<Template> },
}

/// The fields of a source that a map may give.
const SOURCE: &[&str] = &["outlet", "title", "author", "url", "published", "grade", "record"];
/// The fields of an event that take a list.
pub(super) const LISTS: &[&str] = &["officials", "aliases", "about", "topics", "by", "participants"];
/// The fields that name a place.
const PLACES: &[&str] = &["place", "from", "to", "base", "within"];
/// What an import says itself: which earlier events a row takes over, and the words that it found.
const OWN: &[&str] = &["kind", "of", "replaces", "said", "x"];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MapForm {
    delimiter: Option<Spanned<String>>,
    quote: Option<bool>,
    logged_by: Option<String>,
    embargo: Option<String>,
    #[serde(default)]
    columns: BTreeMap<String, ColumnForm>,
    source: Spanned<BTreeMap<String, Spanned<Value>>>,
    event: Vec<Spanned<BTreeMap<String, Spanned<Value>>>>,
    #[serde(default)]
    places: BTreeMap<String, String>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ColumnForm {
    split: Option<OneOrMore>,
    date: Option<OneOrMore>,
    values: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged, expecting = "expected a text or a list of texts")]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl OneOrMore {
    fn all(self) -> Vec<String> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
}

impl Map {
    /// Reads a map; `name` is what it is called in refusals.
    ///
    /// # Errors
    /// [`Refusal`] with line and column of everything that is wrong.
    pub fn read(text: &str, name: &str) -> Result<Self, Refusal> {
        let at = |span: std::ops::Range<usize>| spot(text, name, span.start);
        let form: MapForm = toml::from_str(text).map_err(|error| {
            let says = error.message().replace('`', "\"");
            let problem = Problem::new(says).at(error.span().map(at));
            Refusal::from(problem.hint("the shape of a map: README, \"A table of your own\""))
        })?;
        let mut problems = Vec::new();
        let mut check = |result: Result<(), Problem>, span: std::ops::Range<usize>| {
            problems.extend(result.err().map(|problem| problem.at(Some(at(span)))));
        };
        let mut map = Self {
            delimiter: None,
            quote: form.quote,
            columns: BTreeMap::new(),
            source: BTreeMap::new(),
            events: Vec::new(),
            places: form.places.into_iter().map(|(name, means)| (names::fold(&name), means)).collect(),
            logged_by: form.logged_by,
            embargo: form.embargo,
        };
        if let Some(delimiter) = &form.delimiter {
            check(map.set_delimiter(delimiter.get_ref()), delimiter.span());
        }
        for (name, column) in form.columns {
            let split = column.split.map(OneOrMore::all).unwrap_or_default();
            let dates = column.date.map(OneOrMore::all).unwrap_or_default();
            map.columns.insert(
                name,
                Column { split: split.into_iter().filter(|one| !one.is_empty()).collect(), dates, values: column.values },
            );
        }
        for (field, value) in form.source.get_ref() {
            check(map.set_source(field, value.get_ref()), value.span());
        }
        for needed in ["outlet", "record"] {
            if !map.source.contains_key(needed) {
                check(Err(missing(needed)), form.source.span());
            }
        }
        for event in &form.event {
            let mut read = EventMap { kind: Kind::Presence, only_if: Vec::new(), fields: Vec::new() };
            if !event.get_ref().contains_key("kind") {
                check(Err(Problem::new("an event of the map has no kind").hint("such as: kind = \"presence\"")), event.span());
            }
            for (field, value) in event.get_ref() {
                check(read.set(field, value.get_ref()), value.span());
            }
            map.events.push(read);
        }
        if problems.is_empty() { Ok(map) } else { Err(Refusal { problems }) }
    }

    /// What is wrong with it beside this header: columns that are not there.
    pub(super) fn check(&self, header: &Header) -> Vec<Problem> {
        let mut named: Vec<&str> = self.columns.keys().map(String::as_str).collect();
        named.extend(self.source.values().flatten().flat_map(Template::columns));
        for event in &self.events {
            named.extend(event.only_if.iter().map(|(column, _)| column.as_str()));
            named.extend(event.fields.iter().flat_map(|(_, says)| says.templates()).flat_map(Template::columns));
        }
        named.sort_unstable();
        named.dedup();
        let absent = named.into_iter().filter(|name| !header.has(name));
        absent
            .map(|name| {
                let problem = Problem::new(format!("the map names a column \"{name}\", and the table has none")).about(name);
                let close = names::nearest(name, header.names.iter().map(String::as_str), 3);
                let close = if close.is_empty() { header.names.iter().map(String::as_str).collect() } else { close };
                problem.hint(format!("its columns: {}", close.join(", ")))
            })
            .collect()
    }

    fn set_delimiter(&mut self, text: &str) -> Result<(), Problem> {
        match text.as_bytes() {
            [one] if one.is_ascii() && !b"\"\r\n".contains(one) => self.delimiter = Some(*one),
            _ => return Err(Problem::new(format!("\"{text}\" divides no cells: one character does, such as \",\" or \"\\t\""))),
        }
        Ok(())
    }

    fn set_source(&mut self, field: &str, value: &Value) -> Result<(), Problem> {
        if !SOURCE.contains(&field) {
            return Err(unknown(field, SOURCE, "of a source"));
        }
        self.source.insert(field.to_owned(), templates(value)?);
        Ok(())
    }
}

impl EventMap {
    fn set(&mut self, field: &str, value: &Value) -> Result<(), Problem> {
        match (field, value) {
            ("kind", Value::String(kind)) => {
                self.kind = kind.parse().map_err(|_| crate::intake::draft::unknown_kind(kind))?;
                if matches!(self.kind, Kind::Retraction | Kind::TravelCancelled) {
                    return Err(Problem::new(format!("{kind} names events of the log, which no table knows")));
                }
            }
            ("only_if", Value::Table(table)) => {
                for (column, wanted) in table {
                    let wanted = if wanted.as_str() == Some("*") { Vec::new() } else { texts(wanted)? };
                    self.only_if.push((column.clone(), wanted));
                }
            }
            _ if OWN.contains(&field) => {
                return Err(Problem::new(format!("\"{field}\" is not said by a map: the import says it itself")));
            }
            _ if !WireEvent::FIELDS.contains(&field) => return Err(unknown(field, WireEvent::FIELDS, "of an event")),
            (_, Value::Table(table)) if PLACES.contains(&field) => {
                let part = |part: &str| table.get(part).map_or(Ok(Vec::new()), templates);
                if let Some(other) = table.keys().find(|key| !["name", "country"].contains(&key.as_str())) {
                    return Err(unknown(other, &["name", "country"], "of a place"));
                }
                self.fields.push((field.to_owned(), Says::Place { name: part("name")?, country: part("country")? }));
            }
            _ => self.fields.push((field.to_owned(), Says::Words(templates(value)?))),
        }
        Ok(())
    }
}

impl Says {
    fn templates(&self) -> impl Iterator<Item = &Template> {
        let (words, more) = match self {
            Self::Words(words) => (words, None),
            Self::Place { name, country } => (name, Some(country)),
        };
        words.iter().chain(more.into_iter().flatten())
    }
}

fn missing(field: &str) -> Problem {
    let (why, example) = match field {
        "outlet" => ("who publishes it", "outlet = \"Office of the Historian\""),
        _ => ("which columns are the key of a row, so that the next import knows it again", "record = \"{id}\""),
    };
    Problem::new(format!("[source] does not say {why}")).hint(example)
}

fn unknown(field: &str, known: &[&str], of: &str) -> Problem {
    let close = names::nearest(&field.replace('_', " "), known.iter().copied(), 3);
    let close = if close.is_empty() { known.to_vec() } else { close };
    Problem::new(format!("\"{field}\" is no field {of}")).about(field).hint(format!("close to {}", close.join(", ")))
}

/// A text, or a list of them, with columns in braces.
fn templates(value: &Value) -> Result<Vec<Template>, Problem> {
    let read = |text: String| Template::read(&text).map_err(|error| Problem::new(error.to_string()).about(text));
    texts(value)?.into_iter().map(read).collect()
}

/// A text or number, or a list of them.
fn texts(value: &Value) -> Result<Vec<String>, Problem> {
    let one = |value: &Value| match value {
        Value::String(text) => Ok(text.clone()),
        Value::Integer(number) => Ok(number.to_string()),
        Value::Float(number) => Ok(number.to_string()),
        Value::Boolean(yes) => Ok(yes.to_string()),
        Value::Datetime(time) => Ok(time.to_string()),
        Value::Array(_) | Value::Table(_) => Err(Problem::new("a text is wanted here, such as \"{column}\"")),
    };
    match value {
        Value::Array(values) => values.iter().map(one).collect(),
        Value::String(_) | Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) | Value::Table(_) => {
            Ok(vec![one(value)?])
        }
    }
}

/// Line and column of a byte of a map.
fn spot(text: &str, name: &str, at: usize) -> Spot {
    let before = text.get(..at).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Spot { place: format!("{name}, line {line}, column {column}"), line: text.lines().nth(line - 1).map(str::to_owned) }
}
