//! Repairing a damaged log: what the chain proves stays or is put back, everything else is set aside under a name, and nothing is lost.
//!
//! The chain that the lines at hand can prove, from the first on, is the log: whatever was doubled, swapped, merged, converted by an editor or spread
//! over copies is told from what was written by its hashes alone. What is not part of that chain is copied to `.aside/`, synced, and only
//! then taken away. Entries among it that are authentic themselves can be added again, under new numbers (`daybook import --from FILE`).

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::directory::{damaged_file, list, segment_name, segment_number};
use super::disk::{Kind, system};
use super::gather::{Candidate, Gathered};
use super::rules::{Known, Ties};
use super::{Cause, Chain, Log, LogError, Seal, Waiting, lock};
use crate::event::{Entry, EntryId};

/// What repairing did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repaired {
    /// What the log was found to have: the damage, in words; `None` for a whole one.
    pub found: Option<String>,
    /// How many entries the log has now.
    pub entries: u64,
    /// What was set aside.
    pub aside: Vec<Aside>,
    /// The segments that were written anew with what the chain proves.
    pub anew: Vec<PathBuf>,
    /// The first and the last entry that are known to have been in the log and are not any more.
    pub missing: Option<(u64, u64)>,
    /// How many entries are among what was set aside that are as they were written, and can be added again.
    pub readable: u64,
    /// Whether a failed sync had kept everybody from writing.
    pub poisoned: bool,
}

/// Bytes that were set aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aside {
    /// Where they stood.
    pub from: PathBuf,
    /// At which byte.
    pub offset: u64,
    /// How many they are.
    pub length: u64,
    /// Where they are now; `None` if nothing was done yet.
    pub to: Option<PathBuf>,
}

/// What is to become of a segment.
enum Fate {
    /// Its first bytes stay, the others are set aside.
    Keeps(u64),
    /// It is set aside, and these bytes take its place.
    Becomes(Vec<u8>),
    /// It is set aside.
    Goes,
}

/// The log that the lines at hand can prove.
struct Proven<'a> {
    lines: Vec<&'a Candidate>,
    chain: Chain,
}

impl Log {
    /// Opens a log that is to be repaired: a name card that is lost or damaged is taken from the backup, and the damaged one set aside.
    /// With it, the name card that was put back.
    ///
    /// # Errors
    /// Those of [`Log::open`], where the backup does not help.
    pub fn open_for_repair(dir: &Path, backup: Option<&Path>, dry_run: bool) -> Result<(Self, Option<PathBuf>), LogError> {
        match (Self::open(dir), backup.map(Self::open)) {
            (Err(error), Some(backup)) if error.is_damage() => backup?.lend(dir, dry_run),
            (Ok(log), Some(backup)) => log.under_its_name(&backup?, dry_run),
            (opened, _) => Ok((opened?, None)),
        }
    }

    /// Gives its name card to another copy, or only says what would be.
    fn lend(&self, dir: &Path, dry_run: bool) -> Result<(Self, Option<PathBuf>), LogError> {
        if !dry_run {
            self.lend_card(dir)?;
        }
        let log = self.at(dir);
        let card = log.card();
        Ok((log, Some(card)))
    }

    /// The log under the id that its lines are of, which is that of the backup if the name card was changed.
    fn under_its_name(self, backup: &Self, dry_run: bool) -> Result<(Self, Option<PathBuf>), LogError> {
        if self.id() == backup.id() {
            return Ok((self, None));
        }
        let lines = self.gather(None)?;
        let begins = |id| lines.after(Chain::start(id), 1).is_some();
        if begins(self.id()) || !begins(backup.id()) {
            return Err(LogError::NoCopy { dir: backup.dir().to_owned(), why: format!("it is the log {}", backup.id()) });
        }
        backup.lend(self.dir(), dry_run)
    }

    /// Repairs the log, with the lines of a backup where one is given. With `dry_run`, only says what it would do.
    ///
    /// # Errors
    /// [`LogError::Newer`] when a line is from the future; [`LogError::Damage`] when the log would not extend one of the seals any more;
    /// and those of [`Log::lock`].
    pub fn repair(
        &self,
        backup: Option<&Path>,
        seals: &[Seal],
        dry_run: bool,
        wait: Option<Duration>,
        waiting: &mut dyn FnMut(Waiting),
    ) -> Result<Repaired, LogError> {
        // Who changes nothing needs no lock, and no right to write.
        let _lock = if dry_run { None } else { Some(lock::lock(self.disk(), self.dir(), wait, waiting)?) };
        let poisoned = matches!(self.is_poison_stale(), Err(LogError::Poisoned { .. }) | Ok(true));
        let found = match self.verify(seals) {
            // A backup may have what the end of a whole log lacks.
            Ok(verified) if verified.torn.is_none() && !poisoned && backup.is_none() => {
                return Ok(Repaired { entries: verified.entries, ..Repaired::default() });
            }
            Ok(verified) => {
                verified.torn.map(|torn| format!("{}: its last {} bytes are no whole line", torn.file.display(), torn.length))
            }
            Err(error) if error.is_damage() => Some(error.to_string()),
            Err(error) => return Err(error),
        };
        let gathered = self.gather(backup)?;
        let proven = gathered.proven(self);
        for seal in seals {
            self.keeps(seal, &proven)?;
        }
        self.is_its_own(&proven)?;
        let fates = self.fates(&proven, poisoned)?;
        let mut repaired = Repaired { found, entries: proven.lines.len() as u64, poisoned, ..Repaired::default() };
        let kept: HashSet<EntryId> = proven.lines.iter().map(|line| line.entry.id).collect();
        let authentic: Vec<&Entry> = gathered.authentic().map(|line| &line.entry).collect();
        repaired.readable = authentic.iter().filter(|entry| !kept.contains(&entry.id)).count() as u64;
        repaired.missing = self.missing(repaired.entries, authentic.last().map(|entry| entry.seq));
        if !dry_run {
            self.prepare(&fates)?;
        }
        for (number, fate) in &fates {
            self.tell(*number, fate, dry_run, &mut repaired)?;
        }
        if !dry_run {
            self.meet(&fates)?;
            self.settle(list(self.disk(), self.dir())?.segments.last().copied().unwrap_or(0))?;
            self.unpoison()?;
            self.open_marks().note(&Seal { log: self.id(), seq: repaired.entries, chain: proven.chain });
            // It is said to be whole: so it must be.
            self.verify(seals)?;
        }
        Ok(repaired)
    }

    /// The entries of a file of lines, such as one that was set aside, that are as they were written: by the chain of this log and of
    /// the file itself.
    ///
    /// # Errors
    /// What the system refuses, and [`LogError::Newer`].
    pub fn salvage(&self, path: &Path) -> Result<Vec<Entry>, LogError> {
        let mut gathered = self.gather(None)?.chains_alone();
        gathered.add(self, path, false)?;
        gathered.refuse_the_future()?;
        Ok(gathered.authentic().map(|candidate| candidate.entry.clone()).collect())
    }

    fn gather(&self, backup: Option<&Path>) -> Result<Gathered, LogError> {
        let mut gathered = Gathered::of(self);
        for dir in [self.dir()].into_iter().chain(backup) {
            for path in self.with_lines(dir)? {
                gathered.add(self, &path, dir != self.dir())?;
            }
        }
        gathered.refuse_the_future()?;
        Ok(gathered)
    }

    /// The files of a directory that may have lines of a log: its segments first, then copies of them under other names, and what an
    /// earlier repair had prepared when it was stopped.
    fn with_lines(&self, dir: &Path) -> Result<Vec<PathBuf>, LogError> {
        let mut names = self.disk().names(dir).map_err(system("read", dir))?;
        names.retain(|name| name.contains(".jsonl") && (!name.starts_with('.') || is_prepared(name)));
        names.sort_by_key(|name| (segment_number(name).is_none(), name.clone()));
        let mut paths = Vec::new();
        for name in names {
            let path = dir.join(&name);
            // A folder, a link or a pipe that is named like a copy has no lines of ours.
            let kind = self.disk().kind(&path).map_err(system("look at", &path))?;
            if kind == Some(Kind::File) || segment_number(&name).is_some() {
                paths.push(path);
            }
        }
        Ok(paths)
    }

    /// Refuses to go below a seal.
    fn keeps(&self, seal: &Seal, proven: &Proven<'_>) -> Result<(), LogError> {
        let at = usize::try_from(seal.seq).unwrap_or(usize::MAX);
        let chain = at.checked_sub(1).and_then(|at| proven.lines.get(at)).map(|line| line.chain);
        if seal.seq == 0 || chain == Some(seal.chain) {
            return Ok(());
        }
        let (seq, entries) = (seal.seq, proven.lines.len());
        let says = format!("entry {seq} was sealed, and it is not among the {entries} entries that are proven here");
        Err(damaged_file(self.dir(), says, Cause::Cut { sealed: true }))
    }

    /// Refuses to set everything aside when it is the name card that is another log's, as far as the mark on this machine tells.
    fn is_its_own(&self, proven: &Proven<'_>) -> Result<(), LogError> {
        match self.last_mark().filter(|mark| mark.log != self.id() && proven.lines.is_empty()) {
            None => Ok(()),
            Some(mark) => {
                let says = format!("it names the log {}, but the entries here are those of the log {}", self.id(), mark.log);
                Err(damaged_file(&self.card(), says, Cause::Card))
            }
        }
    }

    /// What is to become of each segment that is not as it is to be.
    fn fates(&self, proven: &Proven<'_>, poisoned: bool) -> Result<Vec<(u32, Fate)>, LogError> {
        let texts = proven.segments();
        let there = list(self.disk(), self.dir())?.segments;
        let last = u32::try_from(texts.len()).unwrap_or(u32::MAX);
        let mut fates = Vec::new();
        for (number, text) in (1..).zip(texts) {
            let path = self.segment(number);
            let bytes = if there.contains(&number) { self.disk().reading(&path)?.all()? } else { Vec::new() };
            let anew = poisoned && number == last;
            if bytes.starts_with(&text) && there.contains(&number) && !anew {
                if bytes.len() > text.len() {
                    fates.push((number, Fate::Keeps(text.len() as u64)));
                }
            } else {
                fates.push((number, Fate::Becomes(text)));
            }
        }
        fates.extend(there.into_iter().filter(|number| *number > last).map(|number| (number, Fate::Goes)));
        Ok(fates)
    }

    /// Puts all that is to take a segment's place beside it, for good: lines may have come from a segment that is to be changed itself.
    fn prepare(&self, fates: &[(u32, Fate)]) -> Result<(), LogError> {
        for (number, fate) in fates {
            let prepared = prepared(self.dir(), *number);
            let Fate::Becomes(text) = fate else { continue };
            // One from a repair that was stopped may have lines that are nowhere else any more.
            if self.disk().exists(&prepared)? && self.disk().reading(&prepared)?.all()? == *text {
                continue;
            }
            self.disk().replacing(&prepared, &prepared.with_extension("part"), text)?;
        }
        self.sync_names()
    }

    /// Sets aside, for good, what is to go of a segment, and notes what is to become of it.
    fn tell(&self, number: u32, fate: &Fate, dry_run: bool, repaired: &mut Repaired) -> Result<(), LogError> {
        let path = self.segment(number);
        let offset = if let Fate::Keeps(bytes) = fate { *bytes } else { 0 };
        if self.disk().exists(&path)? {
            let file = self.disk().reading(&path)?;
            let length = file.length()?.saturating_sub(offset);
            // An empty file, or one that only moves to a new place, has nothing to be kept.
            let is_kept = length == 0 || matches!(fate, Fate::Becomes(text) if file.all()? == *text);
            if !is_kept {
                let name = format!("{number:06}-{offset}");
                let to = if dry_run { None } else { Some(self.disk().set_aside(&self.aside(), &name, &file, offset)?) };
                repaired.aside.push(Aside { from: path.clone(), offset, length, to });
            }
        }
        if matches!(fate, Fate::Becomes(_)) {
            repaired.anew.push(path);
        }
        Ok(())
    }

    /// Does to the segments what is to become of them.
    fn meet(&self, fates: &[(u32, Fate)]) -> Result<(), LogError> {
        for (number, fate) in fates {
            let path = self.segment(*number);
            match fate {
                Fate::Keeps(bytes) => self.cut(&self.disk().appending(&path)?, *bytes)?,
                Fate::Goes => self.disk().take_away(&path)?,
                Fate::Becomes(_) => self.disk().put_in_place(&prepared(self.dir(), *number), &path)?,
            }
        }
        self.sync_names()?;
        // What an earlier repair prepared, and this one did not need.
        for name in self.disk().names(self.dir()).map_err(system("read", self.dir()))? {
            if is_prepared(&name) {
                self.disk().take_away(&self.dir().join(name))?;
            }
        }
        Ok(())
    }

    /// The entries that are known to have been in the log, by the last that was `seen` or acknowledged, and that it will not have.
    fn missing(&self, have: u64, seen: Option<u64>) -> Option<(u64, u64)> {
        let acknowledged = self.acknowledged().map(|seal| seal.seq);
        let last = seen.max(acknowledged)?;
        (last > have).then_some((have + 1, last))
    }
}

/// Where a segment is prepared before it takes its place.
fn prepared(dir: &Path, number: u32) -> PathBuf {
    dir.join(format!(".{}", segment_name(number)))
}

fn is_prepared(name: &str) -> bool {
    name.strip_prefix('.').and_then(segment_number).is_some()
}

impl Gathered {
    /// The longest chain that the lines can prove.
    fn proven(&self, log: &Log) -> Proven<'_> {
        let mut proven = Proven { lines: Vec::new(), chain: Chain::start(log.id()) };
        let mut known = Known::default();
        let mut recorded = None;
        while let Some(next) = self.after(proven.chain, proven.lines.len() as u64 + 1) {
            let falls = recorded.replace(next.entry.recorded).is_some_and(|before| next.entry.recorded < before);
            if falls || known.admit(Ties::of(&next.entry)).is_err() {
                break;
            }
            proven.chain = next.chain;
            proven.lines.push(next);
        }
        proven
    }
}

impl Proven<'_> {
    /// The texts of the segments, divided where the files were.
    fn segments(&self) -> Vec<Vec<u8>> {
        let mut texts: Vec<Vec<u8>> = Vec::new();
        for line in &self.lines {
            let next = u32::try_from(texts.len() + 1).ok();
            if texts.is_empty() || line.segment == next {
                texts.push(Vec::new());
            }
            if let Some(text) = texts.last_mut() {
                text.extend_from_slice(&line.bytes);
                text.push(b'\n');
            }
        }
        texts
    }
}
