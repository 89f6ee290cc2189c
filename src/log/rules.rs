//! The rules between entries: every id once, and references only to what is earlier.

use std::collections::HashMap;

use super::Refusal;
use crate::event::{Entry, EntryId, Reference, references};

/// The ids that were read so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(HashMap<EntryId, Place>);

/// Where an entry stands, and how many events it has.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub seq: u64,
    events: u32,
}

impl Place {
    pub fn of(entry: &Entry) -> Self {
        Self { seq: entry.seq, events: u32::try_from(entry.events.len()).unwrap_or(u32::MAX) }
    }
}

/// What the rules ask of an entry, and nothing else of it.
#[derive(Clone, Debug)]
pub(super) struct Ties {
    id: EntryId,
    place: Place,
    references: Vec<Reference>,
}

impl Ties {
    pub(super) fn of(entry: &Entry) -> Self {
        let references = entry.events.iter().flat_map(references).collect();
        Self { id: entry.id, place: Place::of(entry), references }
    }

    /// Holds an entry against what is there.
    pub(super) fn check(&self, place: impl Fn(EntryId) -> Option<Place>) -> Result<(), Refusal> {
        if let Some(Place { seq, .. }) = place(self.id) {
            return Err(Refusal::OtherContent { id: self.id, seq });
        }
        self.references.iter().try_for_each(|reference| check_reference(*reference, place(reference.entry())))
    }
}

impl Known {
    /// The number of the entry with this id.
    pub(super) fn seq(&self, id: EntryId) -> Option<u64> {
        self.0.get(&id).map(|place| place.seq)
    }

    /// Where an entry stands.
    pub(super) fn place(&self, id: EntryId) -> Option<Place> {
        self.0.get(&id).copied()
    }

    /// Takes in an entry that was held against the rules.
    pub(super) fn insert(&mut self, entry: &Entry) {
        self.0.insert(entry.id, Place::of(entry));
    }

    /// Takes an entry in that keeps the rules.
    pub(super) fn admit(&mut self, ties: Ties) -> Result<(), Refusal> {
        ties.check(|id| self.place(id))?;
        self.0.insert(ties.id, ties.place);
        Ok(())
    }
}

fn check_reference(reference: Reference, place: Option<Place>) -> Result<(), Refusal> {
    let Some(Place { seq, events }) = place else { return Err(Refusal::NotEarlier(reference)) };
    match reference {
        Reference::Event(event) if !(1..=events).contains(&event.number) => Err(Refusal::NoSuchEvent { reference, seq, events }),
        Reference::Event(_) | Reference::Entry(_) => Ok(()),
    }
}
