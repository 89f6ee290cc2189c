//! Reading: every line checked before it is believed. Takes no lock, writes nothing.

use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};

use super::diagnose::{Fault, diagnose};
use super::lines::{Lines, Next};
use super::rules::Known;
use super::{Cause, Chain, LINE_BYTES, Log, LogError, disk};
use crate::event::{Entry, parse_line, split_chain};

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
}

/// What a writer left that died while it wrote: bytes after the last newline of the last segment. Never acknowledged, but for one
/// case: a line that is whole by its chain and lacks only its newline, which an editor may have taken away.
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
            let scan = Scan::of(self, &mut |entry| entries.push(entry))?;
            Ok(Reading { entries, tip: scan.tip, torn: scan.torn, known: scan.known })
        })
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

/// A walk over all lines.
pub(super) struct Scan {
    pub(super) tip: Tip,
    pub(super) torn: Option<Torn>,
    pub(super) known: Known,
    pub(super) events: u64,
    pub(super) bytes: u64,
    pub(super) strays: Vec<String>,
}

impl Scan {
    /// Walks over a log and hands out its entries in order.
    pub(super) fn of(log: &Log, each: &mut dyn FnMut(Entry)) -> Result<Self, LogError> {
        let files = log.files()?;
        let tip = Tip { seq: 0, chain: Chain::start(log.id()), recorded: None, segment: 0, length: 0 };
        let mut scan = Self { tip, torn: None, known: Known::default(), events: 0, bytes: 0, strays: files.strays };
        let last = files.segments.last().copied();
        for number in files.segments {
            let path = log.segment(number);
            scan.tip.segment = number;
            scan.tip.length = 0;
            scan.segment(&path, Some(number) == last, each)?;
        }
        Ok(scan)
    }

    fn segment(&mut self, path: &Path, last: bool, each: &mut dyn FnMut(Entry)) -> Result<(), LogError> {
        let mut lines = Lines::new(disk::open_read(path)?);
        loop {
            match lines.advance().map_err(disk::system("read", path))? {
                Next::End => return Ok(()),
                Next::Line => match self.check(lines.bytes()) {
                    Ok((entry, chain)) => {
                        self.take(&entry, chain, lines.bytes().len() as u64 + 1);
                        each(entry);
                    }
                    Err(fault) => return Err(diagnose(fault, self, lines, path)),
                },
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
                    self.torn = Some(Torn { file: path.to_owned(), offset: lines.offset(), length, whole });
                    return Ok(());
                }
                Next::Tail(_) => {
                    let says = "the line has no end, but another segment follows".to_owned();
                    return Err(at(path, &lines, says, Cause::CutSegment));
                }
            }
        }
    }

    /// Whether a line is the one that follows: its chain first, since that tells what was written from what was made of it later.
    fn check(&self, line: &[u8]) -> Result<(Entry, Chain), Fault> {
        let (body, written) = split_chain(line).ok_or(Fault::NoChain)?;
        let chain = self.tip.chain.next(body);
        if !chain.is_written(written) {
            return Err(Fault::Chain);
        }
        let entry = parse_line(line).map_err(Fault::Words)?;
        if entry.seq != self.tip.seq + 1 {
            return Err(Fault::Number(entry.seq));
        }
        if self.tip.recorded.is_some_and(|before| entry.recorded < before) {
            return Err(Fault::Recorded(entry.recorded));
        }
        self.known.check(&entry).map_err(Fault::Rule)?;
        Ok((entry, chain))
    }

    fn take(&mut self, entry: &Entry, chain: Chain, bytes: u64) {
        self.known.insert(entry);
        self.events += entry.events.len() as u64;
        self.bytes += bytes;
        self.tip.seq = entry.seq;
        self.tip.chain = chain;
        self.tip.recorded = Some(entry.recorded);
        self.tip.length += bytes;
    }
}

fn at(path: &Path, lines: &Lines, says: String, cause: Cause) -> LogError {
    LogError::Damage { file: path.to_owned(), line: lines.number(), byte: lines.offset(), says, cause: Some(cause) }
}
