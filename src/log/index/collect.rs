//! Collecting what a stretch of the log is about.

use super::Broken;
use super::meetings::{Earlier, Meetings};
use super::run::{Posting, Spot};
use crate::event::{Entry, footprint};
use crate::time::Zone;

/// What was collected of a stretch.
#[derive(Debug)]
pub(super) struct Collected {
    /// In order.
    pub postings: Vec<Posting>,
    /// Those of the entries, in log order.
    pub spots: Vec<Spot>,
}

/// Collects entries, in log order, stretch by stretch.
#[derive(Debug)]
pub(super) struct Collector {
    zone: Zone,
    postings: Vec<Posting>,
    spots: Vec<Spot>,
    meetings: Meetings,
}

impl Collector {
    /// For a log whose days of publication end in `zone`.
    /// `from_start` if nothing stands before the first entry.
    pub fn new(zone: Zone, from_start: bool) -> Self {
        Self { zone, postings: Vec::new(), spots: Vec::new(), meetings: Meetings::new(from_start) }
    }

    /// How many entries were taken since the last stretch ended.
    pub fn len(&self) -> usize {
        self.spots.len()
    }

    /// Takes in the next entry.
    pub fn take(&mut self, entry: &Entry, at: Spot, earlier: &dyn Earlier) -> Result<(), Broken> {
        self.spots.push(at);
        let postings = &mut self.postings;
        footprint(entry, &mut |key, days| postings.push(Posting { key, from: days.from, to: days.to, at }));
        self.meetings.take(entry, at, self.zone, earlier)
    }

    /// Ends a stretch. The meetings that are pending go on to be known.
    pub fn end(&mut self, earlier: &dyn Earlier) -> Result<Collected, Broken> {
        let mut postings = std::mem::take(&mut self.postings);
        self.meetings.end(earlier, &mut postings)?;
        postings.sort_unstable();
        postings.dedup();
        Ok(Collected { postings, spots: std::mem::take(&mut self.spots) })
    }
}
