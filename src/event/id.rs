//! Names of things: ids of officials, parties, places, meetings and trips, and references to entries and events.

use std::fmt;
use std::str::FromStr;

use compact_str::CompactString;
use uuid::Uuid;

/// Why a text is not an id.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// Not lower-case ASCII words joined by hyphens, or too long.
    #[error(
        "\"{text}\" is no id of {what}: ids are lower-case ASCII words joined by hyphens, such as {example}, at most 64 characters"
    )]
    Form {
        /// What it should have named.
        what: &'static str,
        /// The text as given.
        text: String,
        /// A good one.
        example: &'static str,
    },
    /// Not a reference to an entry or an event.
    #[error("\"{0}\" is no reference: an entry is written 17, its second event 17.2")]
    Reference(String),
}

/// Whether a text is lower-case ASCII words and digits joined by single hyphens, at most 64 characters.
#[must_use]
pub fn check_id(text: &str) -> bool {
    // A hyphen stands only behind a word, and no text ends in one.
    let mut in_word = false;
    let plain = text.bytes().all(|byte| {
        let hyphen = byte == b'-';
        let fits = if hyphen { in_word } else { byte.is_ascii_lowercase() || byte.is_ascii_digit() };
        in_word = !hyphen;
        fits
    });
    text.len() <= 64 && plain && in_word
}

macro_rules! id {
    ($(#[$meta:meta])* $name:ident, $what:literal, $example:literal) => {
        $(#[$meta])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(CompactString);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                if check_id(text) {
                    Ok(Self(CompactString::from(text)))
                } else {
                    Err(IdError::Form { what: $what, text: text.to_owned(), example: $example })
                }
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&self.0)
            }
        }
    };
}

id!(
    /// A person whose movements are tracked, such as `rubio`.
    OfficialId, "an official", "rubio"
);
id!(
    /// A side that officials act for: a country by its ISO code (`us`), or a movement, alliance or institution (`eu`).
    PartyId, "a party", "us"
);
id!(
    /// A country, city or venue, such as `riyadh`.
    PlaceId, "a place", "riyadh"
);
id!(
    /// One encounter from first rumour to outcome, such as `riyadh-talks`.
    MeetingId, "a meeting", "riyadh-talks"
);
id!(
    /// A tour: several stops under one name, such as `rubio-middle-east`.
    TripId, "a trip", "rubio-middle-east"
);

/// The name of an entry for good: it survives a merge, which may give the entry another number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntryId(pub Uuid);

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.as_hyphenated())
    }
}

impl FromStr for EntryId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        Uuid::try_parse(text).map(Self).map_err(|_| IdError::Reference(text.to_owned()))
    }
}

/// One event of an entry, stored as `<entry id>.2`; numbers count from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventRef {
    /// The entry.
    pub entry: EntryId,
    /// Which of its events, from 1.
    pub number: u32,
}

impl fmt::Display for EventRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.entry, self.number)
    }
}

impl FromStr for EventRef {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.parse()? {
            Reference::Event(event) => Ok(event),
            Reference::Entry(_) => Err(IdError::Reference(text.to_owned())),
        }
    }
}

/// What a retraction points to: an event, or an entry with all its events.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reference {
    /// One event.
    Event(EventRef),
    /// A whole entry.
    Entry(EntryId),
}

impl Reference {
    /// The entry pointed to or into.
    #[must_use]
    pub fn entry(self) -> EntryId {
        match self {
            Self::Event(event) => event.entry,
            Self::Entry(entry) => entry,
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(event) => write!(f, "{event}"),
            Self::Entry(entry) => write!(f, "{entry}"),
        }
    }
}

impl FromStr for Reference {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let wrong = || IdError::Reference(text.to_owned());
        match text.split_once('.') {
            None => text.parse().map(Self::Entry),
            Some((entry, number)) => {
                let digits = !number.starts_with('0') && number.bytes().all(|b| b.is_ascii_digit());
                let number = number.parse().ok().filter(|_| digits).ok_or_else(wrong)?;
                Ok(Self::Event(EventRef { entry: entry.parse().map_err(|_| wrong())?, number }))
            }
        }
    }
}
