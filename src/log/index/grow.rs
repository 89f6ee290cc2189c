//! An index that grows with the log, under the writer's lock.

use std::cell::Cell;
use std::collections::HashMap;

use super::collect::Collector;
use super::meetings::Earlier;
use super::{AT_ONCE, Broken, Index, Nothing, SHORT_LOG, Spot, Stand, TAIL};
use crate::event::{Entry, EntryId, Subject};
use crate::log::Tip;
use crate::log::rules::Place;

/// What a writer knows of a log that it did not read as a whole.
#[derive(Debug)]
pub(in crate::log) struct Growing {
    pub index: Index,
    collector: Collector,
    /// The entries behind the runs.
    fresh: HashMap<EntryId, (Place, Spot)>,
    /// Where the runs end, and how many bytes follow.
    after: Stand,
    bytes: u64,
    /// Whether the index turned out to be another than it should be.
    broken: Cell<bool>,
}

impl Growing {
    /// Grows from where an index ends.
    pub fn new(mut index: Index) -> Self {
        let after = index.runs.last().map_or_else(|| index.log.start(), |run| run.footer.end);
        let tail = std::mem::take(&mut index.tail);
        let collector = Collector::new(index.log.zone(), index.runs.is_empty());
        let mut growing = Self { collector, index, fresh: HashMap::new(), after, bytes: 0, broken: Cell::new(false) };
        for (spot, entry) in &tail {
            growing.add(entry, *spot);
            growing.fresh.insert(entry.id, (Place::of(entry), *spot));
        }
        growing.bytes = tail.iter().map(|(spot, _)| spot.offset()).max().map_or(0, |last| {
            // As far as it tells: what of the tail lies in an earlier segment was long enough to be a run before.
            (last + 1).saturating_sub(if tail.first().map(|(spot, _)| spot.segment()) == Some(after.segment) {
                after.length
            } else {
                0
            })
        });
        growing.index.tail = tail;
        growing
    }

    /// Whether an answer was not to be believed.
    pub fn is_broken(&self) -> bool {
        self.broken.get()
    }

    /// Where an entry stands in the log, by its id.
    pub fn place(&self, id: EntryId) -> Option<Place> {
        match self.fresh.get(&id) {
            Some((place, _)) => Some(*place),
            None => self.stored(id).map(|entry| Place::of(&entry)),
        }
    }

    /// An entry by its id.
    pub fn entry(&self, id: EntryId) -> Option<Entry> {
        match self.fresh.get(&id) {
            Some((_, spot)) => self.believed(self.index.entry(*spot)),
            None => self.stored(id),
        }
    }

    /// An entry of the runs.
    fn stored(&self, id: EntryId) -> Option<Entry> {
        let spots = self.believed(self.index.find_all(Subject::Entry(id).key()))?;
        let mut entries = spots.into_iter().filter_map(|spot| self.believed(self.index.entry(spot)));
        entries.find(|entry| entry.id == id)
    }

    fn believed<T>(&self, found: Result<T, Broken>) -> Option<T> {
        found.inspect_err(|Broken| self.broken.set(true)).ok()
    }

    /// Takes in entries that were stored; `tip` is where the log ends now.
    pub fn take<'e>(&mut self, entries: impl Iterator<Item = (&'e Entry, Spot, u64)>, tip: Tip) {
        for (entry, spot, bytes) in entries {
            self.add(entry, spot);
            self.fresh.insert(entry.id, (Place::of(entry), spot));
            self.bytes += bytes;
        }
        self.index.tip = tip;
        self.end_if_long();
    }

    /// Takes in an entry of the log that is in no run yet, for somebody who does not write.
    pub fn take_old(&mut self, entry: &Entry, spot: Spot, bytes: u64, tip: Tip) {
        self.add(entry, spot);
        self.bytes += bytes;
        self.index.tip = tip;
        self.end_if_long();
    }

    fn end_if_long(&mut self) {
        if self.collector.len() >= AT_ONCE {
            self.end_stretch();
        }
    }

    fn add(&mut self, entry: &Entry, spot: Spot) {
        let earlier: &dyn Earlier = if self.index.runs.is_empty() { &Nothing } else { &self.index };
        let taken = self.collector.take(entry, spot, earlier);
        self.believed(taken);
    }

    /// Makes a run of what follows the runs, if that is long enough. Where it cannot be made, there is none.
    pub fn settle(&mut self) {
        let least = if self.index.runs.is_empty() { SHORT_LOG } else { TAIL };
        if self.bytes > least {
            self.end_stretch();
            self.index.log.merge(&mut self.index.runs);
        }
    }

    fn end_stretch(&mut self) {
        let end = self.index.tip.into();
        if self.is_broken() {
            return;
        }
        let log = self.index.log.clone();
        let earlier: &dyn Earlier = if self.index.runs.is_empty() { &Nothing } else { &self.index };
        let run = self.collector.end(earlier).and_then(|collected| log.make_run(self.after, end, &collected));
        if let Some(run) = self.believed(run) {
            self.index.runs.push(run);
            self.index.tail.clear();
            self.fresh.clear();
            self.after = end;
            self.bytes = 0;
        }
    }
}
