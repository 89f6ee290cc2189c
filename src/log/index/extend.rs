//! Making runs: of what follows those that are there, and of several that follow each other.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::collect::{Collected, Collector};
use super::meetings::Earlier;
use super::run::{Footer, Posting, Run};
use super::{AT_ONCE, Broken, Index, Spot, Stand, TIMES, write};
use crate::event::{Entry, Key};
use crate::log::read::Scan;
use crate::log::{Log, LogError, Tip};

impl Log {
    /// Makes runs of what follows those that are there. Where they cannot be written, those that could be are kept, and what follows is read
    /// as it stands.
    pub(super) fn indexed(&self, runs: Vec<Run>, bytes: u64, progress: &mut dyn FnMut(u64, u64)) -> Result<Vec<Run>, LogError> {
        let mut extension = Extension::new(self, runs, bytes);
        extension.walk(progress)?;
        let Extension { mut runs, .. } = extension;
        self.merge(&mut runs);
        Ok(runs)
    }

    /// Merges the last runs, as far as each is not much longer than those behind it together.
    pub(super) fn merge(&self, runs: &mut Vec<Run>) {
        let mut from = runs.len();
        let mut entries = 0;
        for (at, run) in runs.iter().enumerate().rev() {
            if at + 1 == runs.len() || run.footer.entries() < TIMES * entries {
                from = at;
            } else {
                break;
            }
            entries += run.footer.entries();
        }
        if runs.len() - from < 2 {
            return;
        }
        let merged = runs.get(from..).and_then(|runs| self.merged(runs).ok());
        if let Some(run) = merged {
            runs.truncate(from);
            runs.push(run);
        }
    }

    /// Writes a run of what was collected.
    pub(super) fn make_run(&self, after: Stand, end: Stand, collected: &Collected) -> Result<Run, Broken> {
        let footer = Footer::new(self.id(), after, end, collected.postings.len() as u64);
        let unfinished = self.unfinished();
        self.disk().directory(&self.index_directory()).map_err(|_| Broken)?;
        write::write(self.disk(), &unfinished, &footer, &collected.postings, &collected.spots)?;
        self.in_place(&unfinished, after, end)
    }

    fn merged(&self, runs: &[Run]) -> Result<Run, Broken> {
        let (first, last) = runs.first().zip(runs.last()).ok_or(Broken)?;
        let unfinished = self.unfinished();
        write::merge(self.disk(), &unfinished, runs, self.id())?;
        self.in_place(&unfinished, first.footer.after, last.footer.end)
    }

    /// Gives a run its name and opens it: what stands there must be of this very stretch, whoever else wrote under the same name.
    fn in_place(&self, unfinished: &Path, after: Stand, end: Stand) -> Result<Run, Broken> {
        let path = self.run_path(after.seq + 1, end.seq);
        self.disk().put_in_place(unfinished, &path).map_err(|_| Broken)?;
        let run = Run::open(self.disk(), &path, self.id())?;
        if (run.footer.after, run.footer.end) != (after, end) {
            return Err(Broken);
        }
        self.take_away_within(after.seq + 1, end.seq);
        Ok(run)
    }

    /// Takes away the runs of parts of a stretch that has one: those that it was merged of, and what was left of broken ones.
    fn take_away_within(&self, first: u64, last: u64) {
        for part in self.stretches().into_iter().filter(|part| *part != (first, last)) {
            if first <= part.0 && part.1 <= last {
                // Who still reads it has it open.
                let _ = self.disk().take_away(&self.run_path(part.0, part.1));
            }
        }
    }

    /// A name that nobody else writes under, be it another thread of this process.
    fn unfinished(&self) -> PathBuf {
        static MADE: AtomicU64 = AtomicU64::new(0);
        let number = MADE.fetch_add(1, Ordering::Relaxed);
        self.index_directory().join(format!(".{}-{number}.unfinished", std::process::id()))
    }
}

/// Runs that are being made of what follows others.
struct Extension<'l> {
    log: &'l Log,
    /// Those that were there, through which earlier entries are found.
    earlier: Option<Index>,
    runs: Vec<Run>,
    collector: Collector,
    after: Stand,
    bytes: u64,
    /// Whether something could not be written or found: nothing more is.
    failed: bool,
}

impl<'l> Extension<'l> {
    fn new(log: &'l Log, runs: Vec<Run>, bytes: u64) -> Self {
        let after = runs.last().map_or_else(|| log.start(), |run| run.footer.end);
        let earlier = (!runs.is_empty()).then(|| Index::of(log, log.fitting(log.start()), after.into()));
        // Those that were there may have been merged or deleted since; through fewer of them less would be found.
        let reaches = |index: &Index| index.runs.last().is_some_and(|run| run.footer.end.seq >= after.seq);
        let failed = earlier.as_ref().is_some_and(|index| !reaches(index));
        Self { log, earlier, runs, collector: Collector::new(log.zone()), after, bytes, failed }
    }

    fn walk(&mut self, progress: &mut dyn FnMut(u64, u64)) -> Result<(), LogError> {
        let all = self.bytes;
        let mut scan = Scan::from(self.log, self.after.into());
        let mut read = 0;
        scan.run_with(&mut |entry, line| {
            read += line.length;
            let at = Spot::new(line.segment, line.offset);
            self.take(&entry, at, line.tip);
            if entry.seq % 4096 == 0 {
                progress(read, all);
            }
        })?;
        self.end_stretch(scan.tip.into());
        progress(all, all);
        Ok(())
    }

    fn take(&mut self, entry: &Entry, at: Spot, tip: Tip) {
        if self.failed {
            return;
        }
        let earlier = self.earlier.as_ref().map_or(&Nothing as &dyn Earlier, |index| index);
        self.failed = self.collector.take(entry, at, earlier).is_err();
        if self.collector.len() >= AT_ONCE {
            self.end_stretch(tip.into());
        }
    }

    fn end_stretch(&mut self, end: Stand) {
        if self.failed || self.collector.len() == 0 {
            return;
        }
        match self.write(end) {
            Ok(run) => {
                self.after = end;
                self.runs.push(run);
            }
            Err(Broken) => self.failed = true,
        }
    }

    fn write(&mut self, end: Stand) -> Result<Run, Broken> {
        let earlier = self.earlier.as_ref().map_or(&Nothing as &dyn Earlier, |index| index);
        let collected = self.collector.end(earlier)?;
        self.log.make_run(self.after, end, &collected)
    }
}

/// Before the first entry.
pub(super) struct Nothing;

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
