//! Verifying: the same reading, summed up, and held against what the log is known to have been.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::read::{ACKNOWLEDGED, Line, Rules, SEALED, Scan};
use super::rules::Ties;
use super::{Cause, Chain, LINE_BYTES, Log, LogError, Seal, Tip, Torn};
use crate::event::{Entry, parse_line, split_chain};

/// A log in which every line is as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// How many entries it has.
    pub entries: u64,
    /// How many events.
    pub events: u64,
    /// How many segments.
    pub segments: u32,
    /// The length of its whole lines in bytes.
    pub bytes: u64,
    /// What it is now, to be given away.
    pub seal: Seal,
    /// What follows the last whole line, if anything does.
    pub torn: Option<Torn>,
    /// Files that look like the log's and are not: copies, and leftovers of a merge or a synchroniser. They are not read.
    pub strays: Vec<String>,
}

impl Log {
    /// Checks every line through the same code as [`Log::read`], without keeping the entries, and that the log extends the one that
    /// each seal was made of.
    ///
    /// A log that was cut exactly at the end of a line looks like one that was never longer: only a seal tells, or the high-water mark
    /// of the machine that wrote it.
    ///
    /// # Errors
    /// Those of [`Log::read`]; [`LogError::Damage`] too when the log does not extend a seal, or does not have what was acknowledged on
    /// this machine; [`LogError::OtherSeal`] when a seal is of another log.
    pub fn verify(&self, seals: &[Seal]) -> Result<Verified, LogError> {
        if let Some(seal) = seals.iter().find(|seal| seal.log != self.id()) {
            return Err(LogError::OtherSeal { seal: *seal, log: self.id() });
        }
        self.look_again(|| {
            let mut start = Scan::from_start(self);
            start.marked.extend(seals.iter().map(|seal| (seal.seq, None)));
            // Side by side it is only seen that all is well; what is wrong, and where, is told by going through it in order.
            if let Some(scan) = side_by_side(&start, None)? {
                return scan.verified(seals);
            }
            start.run(&mut |_| {})?;
            start.verified(seals)
        })
    }

    /// What the log is now, from its start.
    ///
    /// All of it is on the disk when this returns.
    ///
    /// # Errors
    /// Those of [`Log::verify`]; [`LogError::Poisoned`] when it is not known what the disk has.
    pub fn seal(&self) -> Result<Seal, LogError> {
        self.is_poison_stale()?;
        let Verified { seal, segments, .. } = self.verify(&[])?;
        self.settle(segments)?;
        Ok(seal)
    }
}

/// Walks over all segments but the last side by side, then over the last: each is checked on its own from the line that it follows, and
/// follows it if the one before ends so. `None` if anything is not as it should be, or there is but one segment. The entries are kept where there
/// is a place for them.
pub(super) fn side_by_side<'a>(start: &Scan<'a>, mut keep: Option<&mut Vec<Entry>>) -> Result<Option<Scan<'a>>, LogError> {
    let log = start.log;
    let files = log.files()?;
    let Some((last, full)) = files.segments.split_last().filter(|(_, full)| !full.is_empty()) else { return Ok(None) };
    let next = AtomicUsize::new(0);
    let keeps = keep.is_some();
    let walk = || {
        let mut walked = Vec::new();
        while let Some(number) = full.get(next.fetch_add(1, Ordering::Relaxed)) {
            walked.push((*number, alone(start, *number, keeps)));
        }
        walked
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from).min(full.len());
    let mut walked: Vec<(u32, Option<Walked>)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(walk)).collect();
        threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect()
    });
    walked.sort_by_key(|(number, _)| *number);
    let mut scan = start.clone();
    for (_, walked) in walked {
        let Some(mut walked) = walked.filter(|walked| walked.follows(&scan.tip)) else { return Ok(None) };
        if let Some(kept) = &mut keep {
            kept.append(&mut walked.entries);
        }
        if !scan.take_on(walked) {
            return Ok(None);
        }
    }
    if scan.tip.segment + 1 != *last {
        return Ok(None);
    }
    let rest = scan.run(&mut |entry| {
        if let Some(kept) = &mut keep {
            kept.push(entry);
        }
    });
    Ok(rest.ok().map(|()| scan))
}

/// What a walk over one segment has seen.
struct Walked {
    /// The line that it follows, as the file before has it.
    after: Tip,
    tip: Tip,
    events: u64,
    bytes: u64,
    ties: Vec<Ties>,
    marked: BTreeMap<u64, Option<Line>>,
    entries: Vec<Entry>,
}

/// Walks over one segment, which is not the last.
fn alone(start: &Scan<'_>, number: u32, keeps: bool) -> Option<Walked> {
    let after = if number == 1 { start.tip } else { start.log.end_of(number - 1)? };
    let tip = Tip { segment: number, length: 0, lines: 0, ..after };
    let mut scan = Scan { tip, rules: Rules::PutOff(Vec::new()), ..start.clone() };
    let mut entries = Vec::new();
    let mut each = |entry, _| {
        if keeps {
            entries.push(entry);
        }
    };
    scan.segment(&start.log.segment(number), false, &mut each).ok()?;
    let Scan { tip, events, bytes, rules, marked, .. } = scan;
    let Rules::PutOff(ties) = rules else { return None };
    Some(Walked { after, tip, events, bytes, ties, marked, entries })
}

impl Log {
    /// Where a segment says that it ends; it is not believed until the segment was walked over.
    fn end_of(&self, number: u32) -> Option<Tip> {
        let file = self.disk().reading(&self.segment(number)).ok()?;
        let length = file.length().ok()?;
        let most = LINE_BYTES as u64 + 1;
        let bytes = file.bytes(length.saturating_sub(most), usize::try_from(most).ok()?).ok()?;
        let line = bytes.strip_suffix(b"\n")?.rsplit(|byte| *byte == b'\n').next()?;
        let (_, chain) = split_chain(line)?;
        let entry = parse_line(line).ok()?;
        let recorded = Some(entry.recorded);
        Some(Tip { seq: entry.seq, chain: Chain::read(chain)?, recorded, segment: number, length, lines: 0 })
    }
}

impl Walked {
    fn follows(&self, tip: &Tip) -> bool {
        (self.after.seq, self.after.chain, self.after.recorded) == (tip.seq, tip.chain, tip.recorded)
    }
}

impl Scan<'_> {
    /// Goes on behind a segment that was walked over, if it keeps the rules.
    fn take_on(&mut self, walked: Walked) -> bool {
        self.tip = walked.tip;
        self.events += walked.events;
        self.bytes += walked.bytes;
        let found = walked.marked.into_iter().filter(|(_, line)| line.is_some());
        self.marked.extend(found);
        walked.ties.into_iter().all(|ties| self.known.admit(ties).is_ok())
    }

    fn verified(self, seals: &[Seal]) -> Result<Verified, LogError> {
        for seal in seals {
            self.extends(seal, SEALED)?;
        }
        let log = self.log.id();
        let (events, bytes, torn, strays) = (self.events, self.bytes, self.torn.clone(), self.strays.clone());
        let tip = self.whole()?;
        let seal = Seal { log, seq: tip.seq, chain: tip.chain };
        Ok(Verified { entries: tip.seq, events, segments: tip.segment, bytes, seal, torn, strays })
    }

    /// Where the log ends, if it has what was acknowledged on this machine.
    pub(super) fn whole(self) -> Result<Tip, LogError> {
        match &self.behind {
            Some(acknowledged) => self.extends(acknowledged, ACKNOWLEDGED).map(|()| self.tip),
            None => Ok(self.tip),
        }
    }

    /// Whether the log is the one that a seal names, or extends it.
    fn extends(&self, seal: &Seal, why: &str) -> Result<(), LogError> {
        if !self.departs(seal) {
            return Ok(());
        }
        let Some(Some(line)) = self.marked.get(&seal.seq) else { return Err(self.ends_before(seal, why)) };
        Err(LogError::Damage {
            file: line.file.clone(),
            line: line.number,
            byte: line.byte,
            says: format!("entry {} is not the one that {why}, or an entry before it is not", seal.seq),
            cause: Some(Cause::Replaced { sealed: why == SEALED }),
        })
    }
}
