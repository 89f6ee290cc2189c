//! A table of the parameters that RFCs know, and a check of each.

use super::values::{self, Kind};
use super::{Wrong, either, is_one_of, is_private, quoted, short};
use crate::ical::{Line, Parameter};

/// What a parameter may hold.
enum Holds {
    Anything,
    /// One of these words, and no others.
    OneOf(&'static [&'static str]),
    /// Addresses in quotation marks.
    Uri,
    /// A media type, such as `image/png`.
    Media,
    /// A language tag (RFC 5646), such as `pt-BR`.
    Language,
    Duration,
}

/// Name, section, what it holds, and whether it may have several values.
type Known = (&'static str, &'static str, Holds, bool);

const KNOWN: &[Known] = &[
    ("ALTREP", "RFC 5545, 3.2.1", Holds::Uri, false),
    ("CN", "RFC 5545, 3.2.2", Holds::Anything, false),
    ("CUTYPE", "RFC 5545, 3.2.3", Holds::Anything, false),
    ("DELEGATED-FROM", "RFC 5545, 3.2.4", Holds::Uri, true),
    ("DELEGATED-TO", "RFC 5545, 3.2.5", Holds::Uri, true),
    ("DIR", "RFC 5545, 3.2.6", Holds::Uri, false),
    ("ENCODING", "RFC 5545, 3.2.7", Holds::OneOf(&["8BIT", "BASE64"]), false),
    ("FMTTYPE", "RFC 5545, 3.2.8", Holds::Media, false),
    ("FBTYPE", "RFC 5545, 3.2.9", Holds::Anything, false),
    ("LANGUAGE", "RFC 5545, 3.2.10", Holds::Language, false),
    ("MEMBER", "RFC 5545, 3.2.11", Holds::Uri, true),
    ("PARTSTAT", "RFC 5545, 3.2.12", Holds::Anything, false),
    ("RANGE", "RFC 5545, 3.2.13", Holds::OneOf(&["THISANDFUTURE"]), false),
    ("RELATED", "RFC 5545, 3.2.14", Holds::OneOf(&["START", "END"]), false),
    ("RELTYPE", "RFC 5545, 3.2.15", Holds::Anything, false),
    ("ROLE", "RFC 5545, 3.2.16", Holds::Anything, false),
    ("RSVP", "RFC 5545, 3.2.17", Holds::OneOf(&["TRUE", "FALSE"]), false),
    ("SENT-BY", "RFC 5545, 3.2.18", Holds::Uri, false),
    ("TZID", "RFC 5545, 3.2.19", Holds::Anything, false),
    ("VALUE", "RFC 5545, 3.2.20", Holds::Anything, false),
    ("DISPLAY", "RFC 7986, 6.1", Holds::Anything, true),
    ("EMAIL", "RFC 7986, 6.2", Holds::Anything, false),
    ("FEATURE", "RFC 7986, 6.3", Holds::Anything, true),
    ("LABEL", "RFC 7986, 6.4", Holds::Anything, false),
    ("SCHEDULE-AGENT", "RFC 6638, 7.1", Holds::Anything, false),
    ("SCHEDULE-FORCE-SEND", "RFC 6638, 7.2", Holds::Anything, false),
    ("SCHEDULE-STATUS", "RFC 6638, 7.3", Holds::Anything, true),
    ("SIZE", "RFC 8607, 4.1", Holds::Anything, false),
    ("FILENAME", "RFC 8607, 4.2", Holds::Anything, false),
    ("MANAGED-ID", "RFC 8607, 4.3", Holds::Anything, false),
    ("ORDER", "RFC 9073, 5.1", Holds::Anything, false),
    ("SCHEMA", "RFC 9073, 5.2", Holds::Uri, false),
    ("DERIVED", "RFC 9073, 5.3", Holds::OneOf(&["TRUE", "FALSE"]), false),
    ("LINKREL", "RFC 9253, 6.1", Holds::Anything, false),
    ("GAP", "RFC 9253, 6.2", Holds::Duration, false),
];

/// All parameters of a line: their names, how often they stand there, what they hold.
pub(super) fn check(line: &Line) -> Result<(), Wrong> {
    for (at, parameter) in line.parameters.iter().enumerate() {
        let name = &parameter.name;
        // A line has few parameters, or is not worth looking at all of them.
        let before = line.parameters.get(..at).unwrap_or_default().iter().rev().take(MOST);
        let known = KNOWN.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name));
        if before.map(|other| &other.name).any(|other| other.eq_ignore_ascii_case(name)) {
            let (name, section) =
                known.map_or((short(name), "RFC 5545, 3.2"), |(name, section, ..)| ((*name).to_owned(), section));
            return Err(Wrong::error(section, format!("the parameter {name} stands twice on the line")));
        }
        match known {
            Some(known) => one(parameter, known)?,
            None if is_private(name) => {}
            None => {
                let says = format!("no RFC knows the parameter {}; a name of one's own begins with X-", short(name));
                return Err(Wrong::warning("RFC 5545, 3.2", says));
            }
        }
    }
    Ok(())
}

/// The most parameters that are compared with one another.
const MOST: usize = 64;

fn one(parameter: &Parameter, (name, section, holds, many): &Known) -> Result<(), Wrong> {
    let wrong = |says: String| Err(Wrong::error(section, says));
    if parameter.values.len() > 1 && !many {
        return wrong(format!("the parameter {name} has one value; quote one that holds a comma"));
    }
    for value in &parameter.values {
        let shown = quoted(value);
        match holds {
            Holds::Anything => {}
            Holds::OneOf(words) if is_one_of(value, words) => {}
            Holds::OneOf(words) => return wrong(format!("{name} is {}, not {shown}", either(words))),
            Holds::Uri if values::check(Kind::Uri, value).is_ok() => {}
            Holds::Uri => {
                return wrong(format!(
                    "{name} holds an address in quotation marks, such as \"mailto:a@example.org\", not {shown}"
                ));
            }
            Holds::Media if is_media(value) => {}
            Holds::Media => return wrong(format!("{name} is a media type, such as image/png, not {shown}")),
            Holds::Language if is_language(value) => {}
            Holds::Language => return wrong(format!("{name} is a language tag, such as pt-BR, not {shown}")),
            Holds::Duration => values::check(Kind::Duration, value)?,
        }
    }
    Ok(())
}

fn is_media(value: &str) -> bool {
    let is_name = |name: &str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$&.+-^_".contains(&b));
    let value = value.split(';').next().unwrap_or_default();
    value.split_once('/').is_some_and(|(kind, of)| is_name(kind) && is_name(of))
}

fn is_language(value: &str) -> bool {
    value.split('-').all(|part| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric()))
}
