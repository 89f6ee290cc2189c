//! The rules between entries: every id once, and references only to what is earlier.

use std::collections::HashMap;

use super::Refusal;
use crate::event::{Entry, EntryId, Reference, references};

/// The ids that were read so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Known(HashMap<EntryId, Place>);

#[derive(Clone, Copy, Debug)]
struct Place {
    seq: u64,
    events: u32,
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
        let events = u32::try_from(entry.events.len()).unwrap_or(u32::MAX);
        let references = entry.events.iter().flat_map(references).collect();
        Self { id: entry.id, place: Place { seq: entry.seq, events }, references }
    }
}

impl Known {
    /// The number of the entry with this id.
    pub(super) fn seq(&self, id: EntryId) -> Option<u64> {
        self.0.get(&id).map(|place| place.seq)
    }

    /// Takes an entry in that keeps the rules.
    pub(super) fn admit(&mut self, ties: Ties) -> Result<(), Refusal> {
        if let Some(seq) = self.seq(ties.id) {
            return Err(Refusal::OtherContent { id: ties.id, seq });
        }
        ties.references.iter().try_for_each(|reference| self.check_reference(*reference))?;
        self.0.insert(ties.id, ties.place);
        Ok(())
    }

    /// Forgets an entry that was not stored after all.
    pub(super) fn remove(&mut self, id: EntryId) {
        self.0.remove(&id);
    }

    fn check_reference(&self, reference: Reference) -> Result<(), Refusal> {
        let Some(Place { seq, events }) = self.0.get(&reference.entry()).copied() else {
            return Err(Refusal::NotEarlier(reference));
        };
        match reference {
            Reference::Event(event) if !(1..=events).contains(&event.number) => {
                Err(Refusal::NoSuchEvent { reference, seq, events })
            }
            Reference::Event(_) | Reference::Entry(_) => Ok(()),
        }
    }
}
