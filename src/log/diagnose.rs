//! What has happened to a line that is not as it was written: said in words, with the likely cause.

use std::path::Path;

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::lines::{Lines, Next};
use super::read::Scan;
use super::torn::SECTOR;
use super::{Cause, LogError, Refusal};
use crate::event::{Entry, LineError, parse_line};
use crate::time::write_instant;

/// Which check a line has failed.
pub(super) enum Fault {
    /// It does not end with a chain value.
    NoChain,
    /// Its chain value is not that of its bytes and the lines before.
    Chain,
    /// The chain is right, but it is no entry.
    Words(LineError),
    /// The chain is right, but the number is another.
    Number(u64),
    /// The chain is right, but it was recorded before the line above.
    Recorded(DateTime<Utc>),
    /// The chain is right, but it breaks a rule between entries.
    Rule(Refusal),
}

/// The marks of a git merge conflict.
const MARKS: [&[u8]; 4] = [b"<<<<<<< ", b"=======", b">>>>>>> ", b"||||||| "];

/// A finding in a line: what, at which of its bytes, and how that comes about.
struct Finding {
    says: String,
    byte: usize,
    cause: Option<Cause>,
}

/// Tells what is wrong with the line that failed a check. Reads on, where that tells a missing line from a swapped one.
pub(super) fn diagnose(fault: Fault, scan: &Scan, lines: Lines, path: &Path) -> LogError {
    let (line, start) = (lines.number(), lines.offset());
    let newer = |what: String| LogError::Newer { file: path.to_owned(), line, what };
    let finding = match fault {
        Fault::Words(LineError::Newer(what)) => return newer(what),
        Fault::NoChain => match bytes(lines.bytes(), start) {
            Some(finding) => finding,
            None => match parse_line(lines.bytes()) {
                Err(LineError::Newer(what)) => return newer(what),
                parsed => words(parsed, "it does not end with a chain value", scan, lines),
            },
        },
        Fault::Chain => match bytes(lines.bytes(), start) {
            Some(finding) => finding,
            None => words(parse_line(lines.bytes()), "its chain value is not that of its words", scan, lines),
        },
        // What follows was chained by a program that did not keep the rules: nothing in the file has changed since.
        Fault::Words(error) => Finding { says: error.to_string(), byte: column(&error), cause: None },
        Fault::Number(seq) => plain(format!("it has the number {seq}, not {}", scan.tip.seq + 1)),
        Fault::Recorded(at) => plain(format!("it was recorded at {}, before the line above", write_instant(at))),
        Fault::Rule(refusal) => plain(refusal.to_string()),
    };
    let Finding { says, byte, cause } = finding;
    LogError::Damage { file: path.to_owned(), line, byte: start + byte as u64, says, cause }
}

fn plain(says: String) -> Finding {
    Finding { says, byte: 0, cause: None }
}

/// What the bare bytes tell.
fn bytes(line: &[u8], start: u64) -> Option<Finding> {
    let found = |says: &str, byte, cause| Some(Finding { says: says.to_owned(), byte, cause: Some(cause) });
    if line.starts_with("\u{feff}".as_bytes()) {
        return found("it begins with a byte order mark", 0, Cause::ByteOrderMark);
    }
    if MARKS.iter().any(|mark| line.starts_with(mark)) {
        return found("it is no entry", 0, Cause::Conflict);
    }
    if line.ends_with(b"\r") {
        return found("it ends with a carriage return", line.len() - 1, Cause::LineEnds);
    }
    if let Some(at) = line.iter().position(|byte| *byte == 0) {
        let run = line[at..].iter().take_while(|byte| **byte == 0).count() as u64;
        let lost =
            run >= SECTOR || (start + at as u64).is_multiple_of(SECTOR) || (start + at as u64 + run).is_multiple_of(SECTOR);
        let says = format!("it has {run} NUL bytes");
        return found(&says, at, if lost { Cause::Nuls } else { Cause::Garbage });
    }
    match std::str::from_utf8(line) {
        Ok(_) => None,
        Err(error) => found("it is not UTF-8", error.valid_up_to(), Cause::Garbage),
    }
}

/// What the words tell, of a line whose chain value is absent or wrong.
fn words(parsed: Result<Entry, LineError>, chain: &str, scan: &Scan, lines: Lines) -> Finding {
    let entry = match parsed {
        Ok(entry) => entry,
        Err(LineError::Newer(what)) => {
            return Finding { says: format!("it claims {what}, but {chain}"), byte: 0, cause: Some(Cause::Edited) };
        }
        Err(error @ (LineError::Shape { .. } | LineError::Event { .. } | LineError::Entry(_))) => {
            let ours = lines.bytes().starts_with(b"{\"v\":");
            let cause = if ours { Cause::Edited } else { Cause::Garbage };
            return Finding { says: error.to_string(), byte: column(&error), cause: Some(cause) };
        }
    };
    let expected = scan.tip.seq + 1;
    let (says, cause) = if entry.seq == expected {
        (chain.to_owned(), if expected == 1 { Cause::OtherLog } else { Cause::Edited })
    } else if entry.seq < expected {
        let again = scan.known.seq(entry.id) == Some(entry.seq);
        let cause = if again { Cause::Doubled(entry.seq) } else { collision(entry.seq, scan.tip.seq, lines) };
        (format!("it is entry {} again where entry {expected} belongs", entry.seq), cause)
    } else {
        (format!("it is entry {} where entry {expected} belongs", entry.seq), displaced(expected, entry.seq, lines))
    };
    Finding { says, byte: 0, cause: Some(cause) }
}

/// How far the numbers go on that are in the log already.
fn collision(seq: u64, last: u64, mut rest: Lines) -> Cause {
    let from = rest.number();
    let (mut to, mut until) = (from, seq);
    while let Ok(Next::Line) = rest.advance() {
        match number(rest.bytes()) {
            Some(found) if found == until + 1 && found <= last => (to, until) = (rest.number(), found),
            Some(_) | None => break,
        }
    }
    Cause::Merged { from, to, numbers: (seq, until) }
}

/// Why a later entry stands here: the one that belongs here may stand further down, be gone, or be this one with another number.
fn displaced(expected: u64, seq: u64, mut rest: Lines) -> Cause {
    let (mut first, mut renumbered) = (true, false);
    while let Ok(Next::Line) = rest.advance() {
        match number(rest.bytes()) {
            Some(found) if found == expected => return Cause::Swapped(expected),
            found => renumbered |= first && found == Some(expected + 1) && expected < seq,
        }
        first = false;
    }
    if renumbered { Cause::Edited } else { Cause::Missing { from: expected, to: seq - 1 } }
}

/// The number of a line, whatever else it says.
fn number(line: &[u8]) -> Option<u64> {
    #[derive(Deserialize)]
    struct Number {
        seq: u64,
    }
    serde_json::from_slice::<Number>(line).ok().map(|number| number.seq)
}

fn column(error: &LineError) -> usize {
    match error {
        LineError::Shape { column, .. } => column.saturating_sub(1),
        LineError::Newer(_) | LineError::Event { .. } | LineError::Entry(_) => 0,
    }
}
