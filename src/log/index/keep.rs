//! Keeping the runs: which there are, what is made of what follows them, and which are merged.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use super::collect::Collected;
use super::run::{Footer, Run};
use super::{Broken, Growing, Index, SHORT_LOG, Spot, Stand, TIMES, write};
use crate::log::read::Scan;
use crate::log::{Chain, Log, LogError};

impl Log {
    fn index_directory(&self) -> PathBuf {
        self.dir().join(".index")
    }

    /// The runs that fit the log and each other, and how many bytes of the log follow them; `None` where all of it is short.
    pub(super) fn runs(&self) -> Result<Option<(Vec<Run>, u64)>, LogError> {
        let segments = self.files()?.segments;
        let runs = self.fitting(self.start());
        let end = runs.last().map_or_else(|| self.start(), |run| run.footer.end);
        let mut bytes = 0;
        for number in segments.into_iter().filter(|number| *number >= end.segment) {
            let size = self.disk().reading(&self.segment(number))?.length()?;
            bytes += if number == end.segment { size.saturating_sub(end.length) } else { size };
        }
        Ok((!runs.is_empty() || bytes > SHORT_LOG).then_some((runs, bytes)))
    }

    pub(super) fn start(&self) -> Stand {
        Stand { seq: 0, chain: Chain::start(self.id()), recorded: None, segment: 0, length: 0, lines: 0 }
    }

    /// The runs behind a place that follow each other, of each the longest, up to where the log agrees.
    pub(super) fn fitting(&self, mut end: Stand) -> Vec<Run> {
        let mut names = self.stretches();
        names.sort_unstable_by_key(|(first, last)| (*first, std::cmp::Reverse(*last)));
        let mut runs: Vec<Run> = Vec::new();
        for (first, last) in names {
            if first != end.seq + 1 {
                continue;
            }
            let run = Run::open(self.disk(), &self.run_path(first, last), self.id());
            let Ok(run) = run else { continue };
            // The value of the chain at its end commits to all before it.
            let stands = || self.ends_so(&run.footer.end.into()).unwrap_or(false);
            if run.footer.after == end && run.footer.end.seq == last && stands() {
                end = run.footer.end;
                runs.push(run);
            }
        }
        runs
    }

    /// Takes away all runs, for one of them is not what was written: they are made anew when they are needed.
    pub fn forget_index(&self) {
        for (first, last) in self.stretches() {
            // One that cannot be taken away costs time again.
            let _ = self.disk().take_away(&self.run_path(first, last));
        }
    }

    /// The stretches that the names of runs tell, in no order.
    fn stretches(&self) -> Vec<(u64, u64)> {
        let names = self.disk().names(&self.index_directory()).unwrap_or_default();
        names.iter().filter_map(|name| stretch(name)).collect()
    }

    fn run_path(&self, first: u64, last: u64) -> PathBuf {
        self.index_directory().join(format!("{first}-{last}.run"))
    }

    /// Makes runs of what follows those that are there. Where they cannot be written, those that could be are kept, and what follows is read
    /// as it stands.
    pub(super) fn indexed(&self, runs: Vec<Run>, bytes: u64, progress: &mut dyn FnMut(u64, u64)) -> Result<Vec<Run>, LogError> {
        let end = runs.last().map_or_else(|| self.start(), |run| run.footer.end);
        let mut growing = Growing::new(Index::of(self, runs, end.into()));
        let mut scan = Scan::from(self, end.into());
        let mut read = 0;
        scan.run_with(&mut |entry, line| {
            read += line.length;
            growing.take_old(&entry, Spot::new(line.segment, line.offset), line.length, line.tip);
            if entry.seq % 4096 == 0 {
                progress(read, bytes);
            }
        })?;
        progress(bytes, bytes);
        growing.settle();
        Ok(growing.index.runs)
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

/// The stretch that the name of a run tells.
fn stretch(name: &str) -> Option<(u64, u64)> {
    let (first, last) = name.strip_suffix(".run")?.split_once('-')?;
    Some((first.parse().ok()?, last.parse().ok()?))
}
