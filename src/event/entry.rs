//! The entry: the unit of writing.

use chrono::{DateTime, NaiveDate, Utc};

use super::{EntryId, Event, EventRef, Source};
use crate::time::{Published, Zone};

/// One line of the log: what one person wrote down at one moment from one source.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Its place in the log: 1, 2, 3 … without gaps.
    pub seq: u64,
    /// Its name for good.
    pub id: EntryId,
    /// When it was written down; never decreases along the log.
    pub recorded: DateTime<Utc>,
    /// Who wrote it down.
    pub logged_by: Option<String>,
    /// Where it comes from.
    pub source: Source,
    /// Until when it must not leave the desk.
    pub embargo: Option<DateTime<Utc>>,
    /// What it says; at least one event.
    pub events: Vec<Event>,
    /// An object that daybook ignores.
    pub x: Option<serde_json::Value>,
}

/// An entry that the log has not numbered yet.
#[derive(Clone, Debug, PartialEq)]
pub struct NewEntry {
    /// Its name for good.
    pub id: EntryId,
    /// Who wrote it down.
    pub logged_by: Option<String>,
    /// Where it comes from.
    pub source: Source,
    /// Until when it must not leave the desk.
    pub embargo: Option<DateTime<Utc>>,
    /// What it says; at least one event.
    pub events: Vec<Event>,
    /// An object that daybook ignores.
    pub x: Option<serde_json::Value>,
    /// 64 random bits that keep the words from being guessed from their digest.
    pub salt: u64,
}

/// Where an event stands in the log, shown and typed as `17.2`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The number of the entry.
    pub seq: u64,
    /// The number of the event in it, from 1.
    pub number: u32,
}

impl std::fmt::Display for Position {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.seq, self.number)
    }
}

impl serde::Serialize for Position {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl Entry {
    /// When it became public: as published, but not before an embargo ends.
    #[must_use]
    pub fn public(&self, zone: Zone) -> DateTime<Utc> {
        let published = self.published(zone);
        self.embargo.map_or(published, |embargo| published.max(embargo))
    }

    /// When its source published it, whatever its embargo: a bare day at its end in the log's zone or when it was recorded if that was
    /// earlier; when it was recorded if nothing was said.
    #[must_use]
    pub fn published(&self, zone: Zone) -> DateTime<Utc> {
        match self.source.published {
            None => self.recorded,
            Some(day @ Published::Day(_)) => day.instant(zone).min(self.recorded),
            Some(at @ Published::At(_)) => at.instant(zone),
        }
    }

    /// The local day of publication at a place in `zone`; the day of recording if the source bears no date. An embargo plays no part.
    #[must_use]
    pub fn published_day(&self, zone: Zone) -> NaiveDate {
        self.source.published.map_or_else(|| zone.day_at(self.recorded), |published| published.day_in(zone))
    }

    /// The events with their numbers, from 1.
    pub fn numbered(&self) -> impl Iterator<Item = (u32, &Event)> {
        (1..).zip(&self.events)
    }

    /// One of its events by its number, from 1.
    #[must_use]
    pub fn event(&self, number: u32) -> Option<&Event> {
        self.events.get(usize::try_from(number).ok()?.checked_sub(1)?)
    }

    /// The reference to one of its events.
    #[must_use]
    pub fn event_ref(&self, number: u32) -> EventRef {
        EventRef { entry: self.id, number }
    }
}

impl NewEntry {
    /// The entry in its place.
    #[must_use]
    pub fn numbered(self, seq: u64, recorded: DateTime<Utc>) -> Entry {
        let Self { id, logged_by, source, embargo, events, x, salt: _ } = self;
        Entry { seq, id, recorded, logged_by, source, embargo, events, x }
    }
}
