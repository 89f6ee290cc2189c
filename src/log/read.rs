//! Reading: every line checked before it is believed. Takes no lock, writes nothing.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::diagnose::{Fault, diagnose};
use super::lines::{Lines, Next};
use super::mutant::Mutant;
use super::rules::{Known, Ties};
use super::verify::side_by_side;
use super::{Cause, Chain, LINE_BYTES, Log, LogError, Seal, disk};
use crate::event::{Entry, EntryId, parse_line, split_chain};

/// How often a reader looks again before it calls something damage: a writer beside it may have cut a torn tail and written over it
/// while the reader was in the middle of it.
const LOOKS: usize = 3;

/// The whole log, checked.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The entries: the one with number `n` stands at `n - 1`.
    pub entries: Vec<Entry>,
    /// Where the log ends.
    pub tip: Tip,
    /// What follows the last whole line, if anything does. Not an error: the next writer mends it.
    pub torn: Option<Torn>,
    /// The last entry that was acknowledged on this machine, if the log does not have it: an older copy or another branch stands in
    /// its place, or the end was cut off. Not an error, since git does so too; [`Log::verify`] calls it damage.
    pub behind: Option<Seal>,
    /// All ids with their numbers.
    pub(super) known: Known,
}

/// Where a log ends: all that the next line builds on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tip {
    /// The number of the last entry; 0 in an empty log.
    pub seq: u64,
    /// The chain over all lines.
    pub chain: Chain,
    /// When the last entry was recorded.
    pub recorded: Option<DateTime<Utc>>,
    /// The number of the last segment; 0 where there is none yet.
    pub segment: u32,
    /// The length of its whole lines in bytes.
    pub length: u64,
    /// How many lines these are.
    pub lines: u64,
}

/// What a writer left that died while it wrote: bytes after the last newline of the last segment, or a last write with lost sectors.
/// Never acknowledged, but for one case: a line that is whole by its chain and lacks only its newline, which an editor may have taken
/// away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Torn {
    /// The segment.
    pub file: PathBuf,
    /// Where it begins in it, in bytes.
    pub offset: u64,
    /// How many bytes it has.
    pub length: u64,
    /// Whether it is a line with the right chain that lacks only its newline.
    pub whole: bool,
}

impl Reading {
    /// The entry with this id.
    #[must_use]
    pub fn entry(&self, id: EntryId) -> Option<&Entry> {
        self.entries.get(usize::try_from(self.known.seq(id)?).ok()?.checked_sub(1)?)
    }
}

impl Log {
    /// Reads and checks the whole log.
    ///
    /// A reader beside a writer sees a checked prefix; the writer's unfinished line may show as torn.
    ///
    /// # Errors
    /// [`LogError::Damage`] at the first line that is not as it was written, [`LogError::Newer`] at the first from the future, and
    /// what the system refuses.
    pub fn read(&self) -> Result<Reading, LogError> {
        self.look_again(|| {
            let mut entries = Vec::new();
            let mut scan = Scan::from_start(self);
            // Side by side it is only seen that all is well; what is wrong, and where, is told by going through it in order.
            if let Some(scan) = side_by_side(&scan, Some(&mut entries))? {
                return Ok(scan.reading(entries));
            }
            entries.clear();
            scan.run(&mut |entry| entries.push(entry))?;
            Ok(scan.reading(entries))
        })
    }

    /// Reads what was added since an earlier reading of this log; all of it, where the log is not what it was then.
    ///
    /// # Errors
    /// Those of [`Log::read`].
    pub fn read_on(&self, before: Reading) -> Result<Reading, LogError> {
        if !self.ends_so(&before.tip)? {
            return self.read();
        }
        let Reading { mut entries, tip, torn: _, behind: _, known } = before;
        let mut scan = Scan { known, ..Scan::from_start(self) };
        // What the earlier reading had was held against the mark then.
        scan.acknowledged = scan.acknowledged.filter(|seal| seal.seq > tip.seq);
        scan.tip = tip;
        match scan.run(&mut |entry| entries.push(entry)) {
            Ok(()) => Ok(scan.reading(entries)),
            Err(error) if error.is_damage() => self.read(),
            Err(error) => Err(error),
        }
    }

    /// Whether the last line of an earlier reading still stands where it stood.
    pub(super) fn ends_so(&self, tip: &Tip) -> Result<bool, LogError> {
        let end = format!("{}\"}}\n", tip.chain);
        let path = self.segment(tip.segment);
        if tip.length < end.len() as u64 || !self.disk().exists(&path)? {
            return Ok(false);
        }
        Ok(self.disk().reading(&path)?.bytes(tip.length - end.len() as u64, end.len())? == end.as_bytes())
    }

    /// Tells damage from a tail that was mended under the reader's eyes.
    pub(super) fn look_again<T>(&self, look: impl Fn() -> Result<T, LogError>) -> Result<T, LogError> {
        let mut found = look();
        for _ in 1..LOOKS {
            match &found {
                Err(error) if error.is_damage() => found = look(),
                Ok(_) | Err(_) => break,
            }
        }
        found
    }
}

/// How an entry is known to have been there.
pub(super) const SEALED: &str = "was sealed";
/// The same, by the mark.
pub(super) const ACKNOWLEDGED: &str = "was acknowledged on this machine";

/// A walk over the lines that follow a tip.
#[derive(Clone)]
pub(super) struct Scan<'a> {
    pub(super) log: &'a Log,
    pub(super) tip: Tip,
    pub(super) torn: Option<Torn>,
    pub(super) known: Known,
    pub(super) events: u64,
    pub(super) bytes: u64,
    pub(super) strays: Vec<String>,
    /// The last entry that was acknowledged on this machine before the walk began.
    pub(super) acknowledged: Option<Seal>,
    pub(super) behind: Option<Seal>,
    /// Whether the rules between entries are held against each line.
    pub(super) rules: Rules,
    /// The lines that a seal was asked about, by number; filled as they go by.
    pub(super) marked: BTreeMap<u64, Option<Line>>,
}

/// What a walk does about the rules between entries.
#[derive(Clone, Debug)]
pub(super) enum Rules {
    /// Holds each line against them.
    Held,
    /// Keeps what is to be held against them, since not everything before is known to it.
    PutOff(Vec<Ties>),
    /// Leaves them to those who read everything: whoever wrote the lines held them.
    LeftAside,
}

/// Where a line stands that goes by, in bytes, and where the walk is behind it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stood {
    pub(super) segment: u32,
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) tip: Tip,
}

/// Where a line stands, and its chain.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) file: PathBuf,
    pub(super) segment: u32,
    pub(super) number: u64,
    /// Where it begins, and where the next one does.
    pub(super) byte: u64,
    pub(super) end: u64,
    pub(super) chain: Chain,
}

impl<'a> Scan<'a> {
    pub(super) fn from_start(log: &'a Log) -> Self {
        // Read first: what was acknowledged before must be in what is read after.
        let acknowledged = log.acknowledged();
        let tip = Tip { seq: 0, chain: Chain::start(log.id()), recorded: None, segment: 0, length: 0, lines: 0 };
        Self {
            log,
            tip,
            torn: None,
            known: Known::default(),
            events: 0,
            bytes: 0,
            strays: Vec::new(),
            acknowledged,
            behind: None,
            rules: Rules::Held,
            marked: acknowledged.iter().map(|seal| (seal.seq, None)).collect(),
        }
    }

    /// A walk from a place on that is known to end a line. The rules between entries are not looked at: not all entries before are known.
    pub(super) fn from(log: &'a Log, tip: Tip) -> Self {
        let mut scan = Self::from_start(log);
        scan.acknowledged = scan.acknowledged.filter(|seal| seal.seq > tip.seq);
        scan.marked.retain(|seq, _| *seq > tip.seq);
        Self { tip, rules: Rules::LeftAside, ..scan }
    }

    fn reading(self, entries: Vec<Entry>) -> Reading {
        Reading { entries, tip: self.tip, torn: self.torn, behind: self.behind, known: self.known }
    }

    /// Walks over a log from the tip on, and hands out its entries in order.
    pub(super) fn run(&mut self, each: &mut dyn FnMut(Entry)) -> Result<(), LogError> {
        self.run_with(&mut |entry, _| each(entry))
    }

    /// The same, with where each stands.
    pub(super) fn run_with(&mut self, each: &mut dyn FnMut(Entry, Stood)) -> Result<(), LogError> {
        let files = self.log.files()?;
        self.strays = files.strays;
        let last = files.segments.last().copied();
        let done = self.tip.segment;
        for number in files.segments.into_iter().filter(|number| *number >= done) {
            if number > self.tip.segment {
                self.tip = Tip { segment: number, length: 0, lines: 0, ..self.tip };
            }
            let path = self.log.segment(number);
            self.segment(&path, Some(number) == last, each)?;
        }
        // A line that lacks only its newline is there.
        let last = self.tip.seq + u64::from(self.torn.as_ref().is_some_and(|torn| torn.whole));
        self.behind = self.acknowledged.filter(|seal| self.departs(seal) && !(last > self.tip.seq && seal.seq == last));
        match (&self.torn, &self.behind) {
            // What was acknowledged had its newline, and is not for a writer to cut off.
            (Some(_), Some(seal)) if seal.seq > last => Err(self.ends_before(seal, ACKNOWLEDGED)),
            (Some(_) | None, _) => Ok(()),
        }
    }

    /// Whether the log is not one that extends what a seal names.
    pub(super) fn departs(&self, seal: &Seal) -> bool {
        let chain = self.marked.get(&seal.seq).and_then(Option::as_ref).map(|line| line.chain);
        chain != Some(seal.chain) && !(seal.seq == 0 && seal.chain == Chain::start(self.log.id()))
    }

    /// The damage of a log that ends before an entry that is known to have been there.
    pub(super) fn ends_before(&self, seal: &Seal, why: &str) -> LogError {
        LogError::Damage {
            file: if self.tip.segment == 0 { self.log.dir().to_owned() } else { self.log.segment(self.tip.segment) },
            line: self.tip.lines + u64::from(self.torn.is_some()),
            byte: self.tip.length,
            says: format!("the log ends with entry {}, but entry {} {why}", self.tip.seq, seal.seq),
            cause: Some(Cause::Cut { sealed: why == SEALED }),
        }
    }

    pub(super) fn segment(&mut self, path: &Path, last: bool, each: &mut dyn FnMut(Entry, Stood)) -> Result<(), LogError> {
        let mut lines = Lines::after(self.log.disk().reading(path)?, self.tip.length, self.tip.lines);
        loop {
            match lines.advance().map_err(disk::system("read", path))? {
                Next::End => return Ok(()),
                Next::Line => match self.check(lines.bytes()).and_then(|line| self.admit(line)) {
                    Ok((entry, chain)) => {
                        let offset = self.tip.length;
                        self.take(&entry, chain, path, &lines);
                        each(entry, Stood { segment: self.tip.segment, offset, length: self.tip.length - offset, tip: self.tip });
                    }
                    Err(_) if last && self.is_lost_write(path, &lines)? => return self.tear(path, lines.offset(), false),
                    Err(fault) => return Err(diagnose(fault, self, lines, path)),
                },
                Next::TooLong(_) if last && self.is_lost_write(path, &lines)? => return self.tear(path, lines.offset(), false),
                Next::TooLong(length) => {
                    let says = format!("the line has {length} bytes: a line has at most {LINE_BYTES}");
                    return Err(at(path, &lines, says, Cause::Garbage));
                }
                // Daybook writes no carriage return: these are whole lines whose ends were converted, not an unfinished one.
                Next::Tail(_) if lines.bytes().windows(3).any(|bytes| bytes == b"\"}\r") => {
                    return Err(at(path, &lines, "the line ends with a carriage return".to_owned(), Cause::LineEnds));
                }
                Next::Tail(length) if last => {
                    let whole = length == lines.bytes().len() as u64 && self.check(lines.bytes()).is_ok();
                    return self.tear(path, lines.offset(), whole);
                }
                Next::Tail(_) => {
                    let says = "the line has no end, but another segment follows".to_owned();
                    return Err(at(path, &lines, says, Cause::CutSegment));
                }
            }
        }
    }

    fn is_lost_write(&self, path: &Path, lines: &Lines) -> Result<bool, LogError> {
        if self.log.has(Mutant::CutsAtTheFirstBadLine) {
            return Ok(true);
        }
        if !lines.bytes().contains(&0) {
            return Ok(false);
        }
        self.log.is_lost_write(self.log.disk().reading(path)?, lines.offset(), lines.number() - 1)
    }

    fn tear(&mut self, path: &Path, offset: u64, whole: bool) -> Result<(), LogError> {
        let length = self.log.disk().reading(path)?.length()?.saturating_sub(offset);
        self.torn = Some(Torn { file: path.to_owned(), offset, length, whole });
        Ok(())
    }

    /// Whether a line is the one that follows: its chain first, since that tells what was written from what was made of it later.
    pub(super) fn check(&self, line: &[u8]) -> Result<(Entry, Chain), Fault> {
        let (body, written) = split_chain(line).ok_or(Fault::NoChain)?;
        let chain = self.tip.chain.next(body);
        if !chain.is_written(written) && !self.log.has(Mutant::ChecksNoChain) {
            return Err(Fault::Chain);
        }
        let entry = parse_line(line).map_err(Fault::Words)?;
        if entry.seq != self.tip.seq + 1 {
            return Err(Fault::Number(entry.seq));
        }
        if self.tip.recorded.is_some_and(|before| entry.recorded < before) {
            return Err(Fault::Recorded(entry.recorded));
        }
        Ok((entry, chain))
    }

    /// Whether a line that follows keeps the rules between entries.
    fn admit(&mut self, (entry, chain): (Entry, Chain)) -> Result<(Entry, Chain), Fault> {
        match &mut self.rules {
            Rules::Held => self.known.admit(Ties::of(&entry)).map_err(Fault::Rule)?,
            Rules::PutOff(put_off) => put_off.push(Ties::of(&entry)),
            Rules::LeftAside => {}
        }
        Ok((entry, chain))
    }

    fn take(&mut self, entry: &Entry, chain: Chain, path: &Path, lines: &Lines) {
        let bytes = lines.bytes().len() as u64 + 1;
        self.events += entry.events.len() as u64;
        self.bytes += bytes;
        self.tip.seq = entry.seq;
        self.tip.chain = chain;
        self.tip.recorded = Some(entry.recorded);
        self.tip.length += bytes;
        self.tip.lines += 1;
        if let Some(line) = self.marked.get_mut(&entry.seq) {
            let (segment, end) = (self.tip.segment, self.tip.length);
            *line = Some(Line { file: path.to_owned(), segment, number: lines.number(), byte: lines.offset(), end, chain });
        }
    }
}

fn at(path: &Path, lines: &Lines, says: String, cause: Cause) -> LogError {
    LogError::Damage { file: path.to_owned(), line: lines.number(), byte: lines.offset(), says, cause: Some(cause) }
}
