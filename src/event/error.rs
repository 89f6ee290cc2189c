//! What can be wrong with an event or a line of the log: one rule, one sentence, the same at every door.

use super::{IdError, Kind, LimitError};
use crate::names::MOST_MARKS;
use crate::time::TimeError;

/// Why something is not an event.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EventError {
    /// A word that is not in its list.
    #[error("\"{text}\" is no {what}: it is one of {known}")]
    Word {
        /// Which list.
        what: &'static str,
        /// The text as given.
        text: String,
        /// The words of the list.
        known: String,
    },
    /// Not a kind of event.
    #[error("\"{0}\" is no kind of event")]
    Kind(String),
    /// Not an Admiralty grade.
    #[error("\"{0}\" is no grade: the Admiralty grade is a letter A to F and a digit 1 to 6, such as B2")]
    Grade(String),
    /// A field that this kind does not have.
    #[error("{kind} has no `{field}` (that belongs to {owners}); it has {has}")]
    Stray {
        /// The kind.
        kind: Kind,
        /// The field.
        field: &'static str,
        /// The kinds that have it.
        owners: String,
        /// The fields of the kind.
        has: String,
    },
    /// A field that this kind must have.
    #[error("{kind} needs `{field}`")]
    Missing {
        /// The kind.
        kind: Kind,
        /// The field.
        field: &'static str,
    },
    /// An id that is none.
    #[error(transparent)]
    Id(#[from] IdError),
    /// A time that is none.
    #[error(transparent)]
    Time(#[from] TimeError),
    /// Either a place or a meeting.
    #[error("an absence is from a place or from a meeting: give exactly one of `place` and `meeting`")]
    AbsenceFrom,
    /// Either an official or a party.
    #[error("a participant is an official or a party: give exactly one of `official` and `party`")]
    Participant,
    /// A list that must not be empty.
    #[error("{kind} needs at least one of `{field}`")]
    Empty {
        /// The kind.
        kind: Kind,
        /// The field.
        field: &'static str,
    },
    /// A doubt about a place that is not given.
    #[error("`place_doubtful` needs `place`")]
    DoubtWithoutPlace,
    /// A country code that is none.
    #[error("\"{0}\" is no country code: countries are named by two capital letters of ISO 3166-1, such as SA")]
    Country(String),
    /// Coordinates that are not on Earth.
    #[error("lat {0}, lon {1} is nowhere: latitude goes from -90 to 90, longitude from -180 to 180")]
    Coordinates(String, String),
    /// One of two that go together.
    #[error("`lat` and `lon` go together")]
    HalfPosition,
    /// Words kept for something that is no time.
    #[error(
        "`said` keeps words for a time or place, and \"{0}\" is none: it is one of when, depart, arrive, since, until, place, from, to"
    )]
    Said(String),
    /// A Wikidata item that is none.
    #[error("\"{0}\" is no Wikidata item: items are written Q324546")]
    Wikidata(String),
    /// A name in which something hides, or is piled up.
    #[error("\"{text}\" is no name: it holds {}", unshown(*character))]
    Name {
        /// The text as given.
        text: String,
        /// The first character of it that may not be shown as it is.
        character: char,
    },
    /// `x` is an object.
    #[error("`x` is an object: {{\"key\": \"value\"}}")]
    Extra,
    /// More than a line can hold, or less.
    #[error(transparent)]
    Limit(#[from] LimitError),
}

/// A character that no name holds, by its code point.
fn unshown(character: char) -> String {
    let point = format!("U+{:04X}", u32::from(character));
    if crate::names::is_hidden(character) {
        format!("the invisible character {point}")
    } else {
        format!("more than {MOST_MARKS} combining marks in a row ({point})")
    }
}

/// Why a line is no entry of the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// Not JSON, or not of the shape of an entry; with the column, from 1.
    #[error("{says} (column {column})")]
    Shape {
        /// What is wrong.
        says: String,
        /// Where.
        column: usize,
    },
    /// A format that this program does not know.
    #[error("it was written by a newer daybook ({0}): upgrade to read it")]
    Newer(String),
    /// One of its events is none.
    #[error("event {number}: {error}")]
    Event {
        /// Which event, from 1.
        number: usize,
        /// Why.
        error: EventError,
    },
    /// Source, ids, times or measure of the entry itself.
    #[error(transparent)]
    Entry(#[from] EventError),
}
