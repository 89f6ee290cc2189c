//! What ids are called, and which entries are under embargo, for those who print answers.

use chrono::{DateTime, Utc};

use super::Asked;
use crate::event::PartyId;
use crate::projection::{Claims, Meetings, Registry};

/// The names behind the ids of an answer; an id that nobody named stands for itself.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    registry: &'a Registry,
    meetings: &'a Meetings,
    claims: &'a Claims,
}

impl<'a> Names<'a> {
    /// The names that the desk knows under the clocks of a question.
    #[must_use]
    pub fn of(asked: &'a Asked<'_>) -> Self {
        Self { registry: asked.registry(), meetings: &asked.meetings, claims: asked.view.claims() }
    }

    /// The name of an official; also of anybody who is named as given.
    #[must_use]
    pub fn official(&self, id: &str) -> String {
        id.parse().map_or_else(|_| id.to_owned(), |id| self.registry.official_name(&id).to_owned())
    }

    /// The name of a place.
    #[must_use]
    pub fn place(&self, id: &str) -> String {
        id.parse().map_or_else(|_| id.to_owned(), |id| self.registry.place_name(&id).to_owned())
    }

    /// The name of a party.
    #[must_use]
    pub fn party(&self, id: &str) -> String {
        id.parse().map_or_else(|_| id.to_owned(), |id| self.registry.party_name(&id).to_owned())
    }

    /// The title of a meeting.
    #[must_use]
    pub fn meeting(&self, id: &str) -> String {
        let known = id.parse().ok().and_then(|id| self.meetings.get(&id));
        known.map_or_else(|| id.to_owned(), |meeting| meeting.title.clone())
    }

    /// The name of a meeting, an official, a party or a place, whichever bears the id.
    #[must_use]
    pub fn anything(&self, id: &str) -> String {
        let found = [self.meeting(id), self.official(id), self.party(id), self.place(id)];
        found.into_iter().find(|name| name != id).unwrap_or_else(|| id.to_owned())
    }

    /// The title of a trip.
    #[must_use]
    pub fn trip(&self, id: &str) -> String {
        let known = id.parse().ok().and_then(|id| self.registry.trips.get(&id));
        known.map_or_else(|| id.to_owned(), |record| record.title.clone())
    }

    /// Until when an entry must not leave the desk; over or not.
    #[must_use]
    pub fn embargo(&self, seq: u64) -> Option<DateTime<Utc>> {
        self.claims.entry(seq)?.embargo
    }

    /// A party in a few letters: codes in capitals (`US`, `EU`), others by name.
    #[must_use]
    pub fn side(&self, party: &PartyId) -> String {
        let id = party.as_str();
        if id.len() <= 3 { id.to_ascii_uppercase() } else { self.registry.party_name(party).to_owned() }
    }
}
