//! Which of some lines are authentic: told by the chain alone, whatever file they stand in and in whatever order.
//!
//! A line's own chain value is made of its bytes and of the value of the line before. So a line is as it was written if some value at
//! hand, with its bytes, gives the value that it bears; and two lines follow each other if the second is so by the value of the first.

use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

use super::chain::Digest;
use super::directory::segment_number;
use super::lines::{Lines, Next};
use super::{Chain, Log, LogError, disk};
use crate::event::{Entry, LineError, parse_line, split_chain};

/// The byte order mark that some editors put in front.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// Lines from anywhere, and the chain values that are known.
#[derive(Debug)]
pub(super) struct Gathered {
    /// What can be read as an entry that bears a chain value, by number. Of twins, one.
    lines: BTreeMap<u64, Vec<Candidate>>,
    /// The values at hand, by the number of their line; 0 is that before the first line, and of lines whose number cannot be read.
    chains: BTreeMap<u64, HashSet<Chain>>,
    /// The lines that claim to be from the future.
    newer: Vec<Newer>,
}

/// A line that claims something that this version does not know: it is from the future, or a bit of it has flipped.
#[derive(Debug)]
struct Newer {
    path: PathBuf,
    what: String,
    digest: Digest,
    chain: Chain,
}

/// A line that may be authentic.
#[derive(Debug)]
pub(super) struct Candidate {
    /// Its bytes, without a line end.
    pub(super) bytes: Vec<u8>,
    /// The chain value that it bears.
    pub(super) chain: Chain,
    pub(super) entry: Entry,
    /// The number of the segment that it was found in, if it was one.
    pub(super) segment: Option<u32>,
    digest: Digest,
}

impl Gathered {
    /// No lines yet, and the value before the first line of a log.
    pub(super) fn of(log: &Log) -> Self {
        let start = HashSet::from([Chain::start(log.id())]);
        Self { lines: BTreeMap::new(), chains: BTreeMap::from([(0, start)]), newer: Vec::new() }
    }

    /// Takes in the lines of a file. What an editor does to line ends, with white space around them and at the start of a file is undone: the chain tells whether
    /// that was right. Of twins in two segments, that of the file which `divides` is believed.
    pub(super) fn add(&mut self, log: &Log, path: &Path, divides: bool) -> Result<(), LogError> {
        let segment = path.file_name().and_then(|name| segment_number(&name.to_string_lossy()));
        let mut lines = Lines::after(log.disk().reading(path)?, 0, 0);
        loop {
            match lines.advance().map_err(disk::system("read", path))? {
                Next::End => return Ok(()),
                Next::Line | Next::Tail(_) => {
                    lines.bytes().split(|byte| *byte == b'\r').for_each(|line| self.add_line(line, path, segment, divides))
                }
                Next::TooLong(_) => {}
            }
        }
    }

    fn add_line(&mut self, line: &[u8], path: &Path, segment: Option<u32>, divides: bool) {
        let line = line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line).trim_ascii();
        let Some((body, written)) = split_chain(line) else { return };
        // Capital letters are the same value, but not what was written.
        let Some(chain) = Chain::read(written).filter(|chain| chain.is_written(written)) else { return };
        let digest = Digest::of(body);
        let parsed = parse_line(line);
        self.chains.entry(parsed.as_ref().map_or(0, |entry| entry.seq)).or_default().insert(chain);
        let entry = match parsed {
            Ok(entry) => entry,
            Err(LineError::Newer(what)) => return self.newer.push(Newer { path: path.to_owned(), what, digest, chain }),
            Err(LineError::Shape { .. } | LineError::Event { .. } | LineError::Entry(_)) => return,
        };
        let twins = self.lines.entry(entry.seq).or_default();
        match twins.iter_mut().find(|twin| twin.bytes == line) {
            Some(twin) if divides => twin.segment = segment.or(twin.segment),
            Some(_) => {}
            None => twins.push(Candidate { bytes: line.to_vec(), chain, entry, segment, digest }),
        }
    }

    /// The chain values of all lines, without the lines.
    pub(super) fn chains_alone(self) -> Self {
        Self { lines: BTreeMap::new(), ..self }
    }

    /// Whoever cannot read a line from the future must not judge it. One that the chain does not prove was not written so.
    pub(super) fn refuse_the_future(&self) -> Result<(), LogError> {
        let is_written =
            |newer: &&Newer| self.chains.values().flatten().any(|before| before.next_by(newer.digest) == newer.chain);
        match self.newer.iter().find(is_written) {
            None => Ok(()),
            Some(Newer { path, what, .. }) => Err(LogError::Newer { file: path.clone(), line: 0, what: what.clone() }),
        }
    }

    /// The line with this number that follows a chain value.
    pub(super) fn after(&self, chain: Chain, seq: u64) -> Option<&Candidate> {
        self.lines.get(&seq)?.iter().find(|candidate| candidate.follows(chain))
    }

    /// The lines that are as they were written, in the order of their numbers.
    pub(super) fn authentic(&self) -> impl Iterator<Item = &Candidate> {
        let before = |seq: u64| [seq.saturating_sub(1), 0].into_iter().filter_map(|number| self.chains.get(&number)).flatten();
        self.lines.values().flatten().filter(move |line| before(line.entry.seq).any(|chain| line.follows(*chain)))
    }
}

impl Candidate {
    /// Whether the line is as it was written if it follows this value.
    fn follows(&self, before: Chain) -> bool {
        before.next_by(self.digest) == self.chain
    }
}
