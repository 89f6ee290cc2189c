//! The index: where in the log the entries stand that are about something, so that a question reads a handful of lines.
//!
//! ```text
//! 000001.jsonl 000002.jsonl …            the log
//! ├──────────── run ───────────┼─ run ─┼── tail ──┤
//! .index/1-120000.run           …-121000.run      read as it stands
//! ```
//!
//! A [`run`] is made of a stretch of entries and never changes. The tail behind the last run is short; when it has grown, a run is made of it,
//! and runs of like size are merged, so that there are few. Anybody who reads the log may do so: a run is written under another name
//! and put in its place at once, and two who do the same write the same bytes.
//!
//! Nothing here is believed. A run names the log, the chain value before its stretch and the one at its end, which must stand in the log;
//! its blocks bear checksums; each line that it leads to is held against the chain. What does not fit is [`Broken`]: the log is then read as a
//! whole, which says what is wrong if anything is. Whoever deletes `.index` loses time, and no answer.

mod collect;
mod grow;
mod keep;
mod meetings;
mod run;
#[cfg(test)]
mod tests;
mod write;

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::disk::Open;
use super::read::Scan;
use super::{Chain, LINE_BYTES, Log, LogError, Seal, Tip, Torn};
use crate::event::{Days, Entry, EntryId, Key, SHORT, Subject, parse_line, split_chain};
use meetings::{Earlier, OVER, PENDING};
use run::{Posting, Run};

pub(super) use grow::Growing;
pub use run::Spot;

/// From how many bytes on the tail becomes a run.
const TAIL: u64 = 16 << 10;

/// How many bytes a log has at most that needs no index.
const SHORT_LOG: u64 = 64 << 10;

/// How many entries a run has at most before it is merged: what is collected is kept in memory.
const AT_ONCE: usize = 1 << 18;

/// A run is merged with the one before unless that has so many times as many entries.
const TIMES: u64 = 8;

/// An index that is not what was written, or not of this log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the index is not that of the log")]
pub struct Broken;

/// Where a stretch of the log begins or ends: behind an entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stand {
    seq: u64,
    chain: Chain,
    recorded: Option<DateTime<Utc>>,
    segment: u32,
    length: u64,
    lines: u64,
}

impl From<Tip> for Stand {
    fn from(tip: Tip) -> Self {
        let Tip { seq, chain, recorded, segment, length, lines } = tip;
        Self { seq, chain, recorded, segment, length, lines }
    }
}

impl From<Stand> for Tip {
    fn from(stand: Stand) -> Self {
        let Stand { seq, chain, recorded, segment, length, lines } = stand;
        Self { seq, chain, recorded, segment, length, lines }
    }
}

/// A log and its index, as far as they go together.
#[derive(Debug)]
pub struct Index {
    log: Log,
    runs: Vec<Run>,
    tail: Vec<(Spot, Entry)>,
    tip: Tip,
    torn: Option<Torn>,
    behind: Option<Seal>,
    segments: RefCell<HashMap<u32, Arc<Open>>>,
}

impl Log {
    /// Opens the log by its index for somebody who holds the lock.
    pub(super) fn growing(&self) -> Result<Growing, LogError> {
        let (runs, bytes) = self.runs()?.unwrap_or_default();
        let runs = if bytes > 2 * TAIL { self.indexed(runs, bytes, &mut |_, _| {})? } else { runs };
        Index::open(self, runs).map(Growing::new)
    }

    /// Opens the log by its index, which is brought up to date where it is not; `None` where the log is too short to need one.
    ///
    /// `progress` is told now and then how many of how many bytes were indexed.
    ///
    /// # Errors
    /// [`LogError`]: as far as the log was read, those of [`Log::read`]. A broken index is none: the log is then indexed anew.
    pub fn index(&self, progress: &mut dyn FnMut(u64, u64)) -> Result<Option<Index>, LogError> {
        let Some((runs, bytes)) = self.runs()? else { return Ok(None) };
        if bytes <= TAIL {
            return Index::open(self, runs).map(Some);
        }
        let runs = self.indexed(runs, bytes, progress)?;
        Index::open(self, runs).map(Some)
    }
}

/// Before the first entry.
struct Nothing;

impl Earlier for Nothing {
    fn of_meeting(&self, _: Key) -> Result<Vec<(Spot, Entry, bool)>, Broken> {
        Ok(Vec::new())
    }

    fn entry(&self, _: Key) -> Result<Option<Entry>, Broken> {
        Ok(None)
    }

    fn pending(&self) -> Result<Vec<Posting>, Broken> {
        Ok(Vec::new())
    }
}

impl Earlier for Index {
    fn of_meeting(&self, key: Key) -> Result<Vec<(Spot, Entry, bool)>, Broken> {
        let mut found = Vec::new();
        for at in self.find_all(key)? {
            let entry = self.entry(at)?;
            let is_struck = !self.find_all(Subject::Refers(entry.id).key())?.is_empty();
            found.push((at, entry, is_struck));
        }
        Ok(found)
    }

    fn entry(&self, key: Key) -> Result<Option<Entry>, Broken> {
        let at = self.find_all(key)?.into_iter().next();
        at.map(|at| self.entry(at)).transpose()
    }

    fn pending(&self) -> Result<Vec<Posting>, Broken> {
        let mut found = Vec::new();
        if let Some(run) = self.runs.last() {
            run.find(PENDING, i32::MIN, i32::MAX, &mut found)?;
        }
        Ok(found)
    }
}

impl Index {
    fn of(log: &Log, runs: Vec<Run>, tip: Tip) -> Self {
        Self { log: log.clone(), runs, tail: Vec::new(), tip, torn: None, behind: None, segments: RefCell::default() }
    }

    /// Opens runs and reads what follows them.
    fn open(log: &Log, runs: Vec<Run>) -> Result<Self, LogError> {
        let acknowledged = log.acknowledged();
        let end = runs.last().map_or_else(|| log.start(), |run| run.footer.end);
        let mut index = Self::of(log, runs, end.into());
        let mut tail = Vec::new();
        let mut scan = Scan::from(log, end.into());
        scan.run_with(&mut |entry, line| tail.push((Spot::new(line.segment, line.offset), entry)))?;
        index.tail = tail;
        index.tip = scan.tip;
        index.torn = scan.torn.take();
        index.behind = scan.behind;
        // What was acknowledged within the runs stands there, or the log is not what it was.
        if let Some(seal) = acknowledged.filter(|seal| seal.seq <= end.seq && seal.seq > 0) {
            match index.chain(seal.seq) {
                Ok(chain) if chain == seal.chain => {}
                Ok(_) => index.behind = Some(seal),
                // Where it stood cannot be told by these runs.
                Err(Broken) => return Self::open(log, Vec::new()),
            }
        }
        Ok(index)
    }

    /// Where the log ends.
    #[must_use]
    pub fn tip(&self) -> &Tip {
        &self.tip
    }

    /// What follows the last whole line, if anything does.
    #[must_use]
    pub fn torn(&self) -> Option<&Torn> {
        self.torn.as_ref()
    }

    /// The last entry that is known to have been acknowledged here, if the log does not have it.
    #[must_use]
    pub fn behind(&self) -> Option<&Seal> {
        self.behind.as_ref()
    }

    /// The entries that are in no run; they are found by nobody, and everybody has to look at them.
    #[must_use]
    pub fn tail(&self) -> &[(Spot, Entry)] {
        &self.tail
    }

    /// Where the entries stand that are about something on some of these days, each once, in log order. Those of the tail are not among them.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn find(&self, key: Key, days: Days) -> Result<Vec<Spot>, Broken> {
        let mut found = Vec::new();
        for run in &self.runs {
            run.find(key, days.from.saturating_sub(SHORT), days.to, &mut found)?;
            run.find(key.long(), i32::MIN, days.to, &mut found)?;
        }
        let overlaps = |posting: &Posting| Days { from: posting.from, to: posting.to }.overlaps(days);
        let mut spots: Vec<Spot> = found.iter().filter(|posting| overlaps(posting)).map(|posting| posting.at).collect();
        spots.sort_unstable();
        spots.dedup();
        Ok(spots)
    }

    /// The same of what has no days: where the entries stand that are about something at all.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn find_all(&self, key: Key) -> Result<Vec<Spot>, Broken> {
        let mut found = Vec::new();
        self.runs.iter().try_for_each(|run| run.find(key, i32::MIN, i32::MAX, &mut found))?;
        let mut spots: Vec<Spot> = found.iter().map(|posting| posting.at).collect();
        spots.sort_unstable();
        spots.dedup();
        Ok(spots)
    }

    /// Where the entries stand that are about something on more than [`SHORT`] days, whichever.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn find_long(&self, key: Key) -> Result<Vec<Spot>, Broken> {
        let mut found = Vec::new();
        self.runs.iter().try_for_each(|run| run.find(key.long(), i32::MIN, i32::MAX, &mut found))?;
        let mut spots: Vec<Spot> = found.iter().map(|posting| posting.at).collect();
        spots.sort_unstable();
        spots.dedup();
        Ok(spots)
    }

    /// The last day before `day` on which something short of a key begins; the tail is left out.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn before(&self, key: Key, day: i32) -> Result<Option<i32>, Broken> {
        let days: Result<Vec<_>, Broken> = self.runs.iter().map(|run| run.before(key, day)).collect();
        Ok(days?.into_iter().flatten().max())
    }

    /// The first day after `day` on which something short of a key begins; the tail is left out.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn after(&self, key: Key, day: i32) -> Result<Option<i32>, Broken> {
        let days: Result<Vec<_>, Broken> = self.runs.iter().map(|run| run.after(key, day)).collect();
        Ok(days?.into_iter().flatten().min())
    }

    /// An event each of the meetings that may be pending for somebody who knows what was known up to a day, in UTC; the greatest number means
    /// all there is. Those that only the tail tells of are not among them.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn pending(&self, last: i32) -> Result<Vec<Spot>, Broken> {
        let open = Earlier::pending(self)?;
        let mut spots: Vec<Spot> = open.into_iter().filter(|posting| posting.from <= last).map(|posting| posting.at).collect();
        spots.extend(self.find(OVER, Days::one(last))?);
        spots.sort_unstable();
        spots.dedup();
        Ok(spots)
    }

    /// Where an entry stands, by its number; `None` for one of the tail or none at all.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn spot(&self, seq: u64) -> Result<Option<Spot>, Broken> {
        let run = self.runs.iter().find(|run| run.footer.after.seq < seq && seq <= run.footer.end.seq);
        run.map(|run| run.spot(seq)).transpose()
    }

    /// The number of an entry, by its id.
    ///
    /// # Errors
    /// [`Broken`].
    pub fn seq(&self, id: EntryId) -> Result<Option<u64>, Broken> {
        if let Some((_, entry)) = self.tail.iter().find(|(_, entry)| entry.id == id) {
            return Ok(Some(entry.seq));
        }
        for at in self.find_all(Subject::Entry(id).key())? {
            let entry = self.entry(at)?;
            if entry.id == id {
                return Ok(Some(entry.seq));
            }
        }
        Ok(None)
    }

    /// The value of the chain at an entry of the runs.
    fn chain(&self, seq: u64) -> Result<Chain, Broken> {
        let at = self.spot(seq)?.ok_or(Broken)?;
        let line = self.line(at)?;
        split_chain(&line.1).and_then(|(_, chain)| Chain::read(chain)).ok_or(Broken)
    }

    /// An entry by its place: its line is held against the chain value before it.
    ///
    /// # Errors
    /// [`Broken`], where no such line stands there.
    pub fn entry(&self, at: Spot) -> Result<Entry, Broken> {
        let (before, line) = self.line(at)?;
        let (body, written) = split_chain(&line).ok_or(Broken)?;
        if !before.next(body).is_written(written) {
            return Err(Broken);
        }
        parse_line(&line).map_err(|_| Broken)
    }

    fn segment(&self, number: u32) -> Result<Arc<Open>, Broken> {
        if let Some(open) = self.segments.borrow().get(&number) {
            return Ok(Arc::clone(open));
        }
        let open = Arc::new(self.log.disk().reading(&self.log.segment(number)).map_err(|_| Broken)?);
        self.segments.borrow_mut().insert(number, Arc::clone(&open));
        Ok(open)
    }

    /// A line, and the value of the chain before it.
    fn line(&self, at: Spot) -> Result<(Chain, Vec<u8>), Broken> {
        /// The end of the line before: 64 digits and `"}\n`.
        const BEFORE: u64 = 67;
        let file = self.segment(at.segment())?;
        let lead = at.offset().min(BEFORE);
        let mut bytes = file.upto(at.offset() - lead, 2048).map_err(|_| Broken)?;
        let start = usize::try_from(lead).map_err(|_| Broken)?;
        let mut end = newline(&bytes, start);
        if end.is_none() {
            bytes = file.upto(at.offset() - lead, LINE_BYTES + 2048).map_err(|_| Broken)?;
            end = newline(&bytes, start);
        }
        let line = bytes.get(start..end.ok_or(Broken)?).ok_or(Broken)?.to_vec();
        let chain = if lead == BEFORE { bytes.get(..64).and_then(Chain::read) } else { self.chain_before(at.segment()) };
        Ok((chain.ok_or(Broken)?, line))
    }

    /// The value of the chain before the first line of a segment.
    fn chain_before(&self, segment: u32) -> Option<Chain> {
        if segment <= 1 {
            return Some(Chain::start(self.log.id()));
        }
        let file = self.segment(segment - 1).ok()?;
        let length = file.length().ok()?;
        let bytes = file.upto(length.checked_sub(67)?, 64).ok()?;
        Chain::read(&bytes)
    }
}

fn newline(bytes: &[u8], from: usize) -> Option<usize> {
    bytes.get(from..)?.iter().position(|byte| *byte == b'\n').map(|at| from + at)
}
