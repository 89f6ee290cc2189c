//! The set of entries that a question is answered from, and the two clocks that bound it.

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::event::{Entry, EntryId, Event, EventRef, NewEntry, Position, Reference};
use crate::time::Zone;

/// Entries as a set that only grows, keyed by their place in the log.
///
/// Order-independent and mergeable: `insert` and `merge` may come in any order, and an entry twice is an entry once.
#[derive(Clone, Debug)]
pub struct Claims {
    zone: Zone,
    /// In log order.
    entries: Vec<Entry>,
    numbers: HashMap<EntryId, u64>,
    /// The number of the last entry of the log.
    last: u64,
    /// Of a part of a log, the events that the part is made of: what else stands in their entries is not all there is of its kind.
    shown: Option<HashSet<Position>>,
}

/// The recorded clock of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AsOf {
    /// What the log held up to this entry.
    Seq(u64),
    /// What the log held at this instant.
    At(DateTime<Utc>),
}

/// The two clocks that bound what a question may know. The third, the day asked about, hides nothing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Scope {
    /// What the log held then.
    pub as_of: Option<AsOf>,
    /// What the public could know by then.
    pub public_by: Option<DateTime<Utc>>,
}

impl Scope {
    /// Whether the log held the entry.
    #[must_use]
    pub fn held(&self, entry: &Entry) -> bool {
        match self.as_of {
            None => true,
            Some(AsOf::Seq(seq)) => entry.seq <= seq,
            Some(AsOf::At(at)) => entry.recorded <= at,
        }
    }
}

impl Claims {
    /// No claims; a day of publication ends in `zone`, the zone of the log.
    #[must_use]
    pub fn new(zone: Zone) -> Self {
        Self { zone, entries: Vec::new(), numbers: HashMap::new(), last: 0, shown: None }
    }

    /// A part of a log that ends with the entry `last`: what is put into it says nothing before it is shown.
    #[must_use]
    pub fn part(zone: Zone, last: u64) -> Self {
        Self { last, shown: Some(HashSet::new()), ..Self::new(zone) }
    }

    /// Lets an event of a part be seen; whether it was not before.
    pub fn show(&mut self, position: Position) -> bool {
        self.shown.as_mut().is_some_and(|shown| shown.insert(position))
    }

    /// Whether an event is among those that the claims are made of.
    #[must_use]
    pub fn shows(&self, position: Position) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown.contains(&position))
    }

    /// The claims of some entries.
    #[must_use]
    pub fn of(zone: Zone, entries: impl IntoIterator<Item = Entry>) -> Self {
        let mut claims = Self::new(zone);
        for entry in entries {
            claims.insert(entry);
        }
        claims
    }

    /// Adds an entry.
    pub fn insert(&mut self, entry: Entry) {
        self.numbers.insert(entry.id, entry.seq);
        self.last = self.last.max(entry.seq);
        match self.entries.last() {
            Some(last) if last.seq >= entry.seq => match self.entries.binary_search_by_key(&entry.seq, |entry| entry.seq) {
                Ok(at) => self.entries[at] = entry,
                Err(at) => self.entries.insert(at, entry),
            },
            Some(_) | None => self.entries.push(entry),
        }
    }

    /// Adds an entry of which all is to be seen.
    pub fn insert_shown(&mut self, entry: Entry) {
        let seq = entry.seq;
        let numbers: Vec<u32> = entry.numbered().map(|(number, _)| number).collect();
        self.insert(entry);
        for number in numbers {
            self.show(Position { seq, number });
        }
    }

    /// Adds all entries of another set.
    pub fn merge(&mut self, other: Self) {
        self.numbers.extend(other.numbers);
        self.entries.extend(other.entries);
        self.entries.sort_by_key(|entry| entry.seq);
        self.entries.dedup_by_key(|entry| entry.seq);
        self.last = self.last.max(other.last);
        self.shown = self.shown.take().zip(other.shown).map(|(shown, others)| &shown | &others);
    }

    /// The zone of the log.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// The entries in log order.
    pub fn entries(&self) -> impl DoubleEndedIterator<Item = &Entry> {
        self.entries.iter()
    }

    /// An entry by its number.
    #[must_use]
    pub fn entry(&self, seq: u64) -> Option<&Entry> {
        // In a whole log each stands at its number.
        let at = usize::try_from(seq).ok()?.checked_sub(1)?;
        if let Some(entry) = self.entries.get(at).filter(|entry| entry.seq == seq) {
            return Some(entry);
        }
        self.entries.binary_search_by_key(&seq, |entry| entry.seq).ok().and_then(|at| self.entries.get(at))
    }

    /// The entry that says the same from the same source, apart from what the program added to it.
    #[must_use]
    pub fn same_as(&self, entry: &NewEntry) -> Option<u64> {
        let reports = |events: &[Event]| -> Vec<Event> {
            events.iter().filter(|event| !event.what.kind().is_registry()).cloned().collect()
        };
        let told = reports(&entry.events);
        let same = |known: &&Entry| known.source == entry.source && reports(&known.events) == told;
        if told.is_empty() { None } else { self.entries.iter().find(same).map(|known| known.seq) }
    }

    /// The number of an entry.
    #[must_use]
    pub fn seq(&self, id: EntryId) -> Option<u64> {
        self.numbers.get(&id).copied()
    }

    /// Where an event stands.
    #[must_use]
    pub fn position(&self, event: EventRef) -> Option<Position> {
        self.seq(event.entry).map(|seq| Position { seq, number: event.number })
    }

    /// Where the events stand that a reference points to: one, or all of an entry; none that the claims do not hold.
    #[must_use]
    pub fn positions(&self, reference: Reference) -> Vec<Position> {
        let Some(entry) = self.seq(reference.entry()).and_then(|seq| self.entry(seq)) else { return Vec::new() };
        match reference {
            Reference::Event(event) => vec![Position { seq: entry.seq, number: event.number }],
            Reference::Entry(_) => entry.numbered().map(|(number, _)| Position { seq: entry.seq, number }).collect(),
        }
    }

    /// The number of the last entry of the log; 0 when there is none.
    #[must_use]
    pub fn last_seq(&self) -> u64 {
        self.last
    }
}
