//! What can go wrong with a log: what is wrong, where, and what to type.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use uuid::Uuid;

use super::Seal;
use crate::event::{EntryId, LimitError, LineError, Reference};

/// Why the log could not be read or written.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// The directory holds no log.
    #[error("there is no log in {}", dir.display())]
    NoLog {
        /// Where it was looked for.
        dir: PathBuf,
    },
    /// A log cannot be made where one is.
    #[error("there is a log in {} already", dir.display())]
    Exists {
        /// Where.
        dir: PathBuf,
    },
    /// The log, or a line of it, is from the future. Not damage.
    #[error("{}{} was written by a newer daybook ({what}): upgrade to read it", file.display(), at_line(*line))]
    Newer {
        /// The file.
        file: PathBuf,
        /// The line, from 1; 0 for the file as a whole.
        line: u64,
        /// What is not known: a format or a kind.
        what: String,
    },
    /// Something is not as it was written. Nothing after it may be trusted, and nothing is skipped.
    #[error("{}{}: {says} (byte {byte}){}", file.display(), at_line(*line), likely(cause.as_ref()))]
    Damage {
        /// The file.
        file: PathBuf,
        /// The line, from 1; 0 for the file as a whole.
        line: u64,
        /// The first byte that is known to be wrong, else the first of the line, counted from 0 in the file.
        byte: u64,
        /// What is wrong.
        says: String,
        /// How that usually comes about.
        cause: Option<Cause>,
    },
    /// The system refused.
    #[error("cannot {doing} {}: {source}", path.display())]
    System {
        /// What was tried.
        doing: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// Something else stands where a file of the log belongs.
    #[error("{} is {what}, not a file", path.display())]
    NotAFile {
        /// Where.
        path: PathBuf,
        /// What it is.
        what: &'static str,
    },
    /// Another process is writing.
    #[error("another process is writing to {} (waited {} ms)", dir.display(), waited.as_millis())]
    Locked {
        /// The log.
        dir: PathBuf,
        /// How long it was waited for.
        waited: Duration,
    },
    /// A sync has failed, and what is shown of the log may not be on the disk.
    #[error("the disk failed to keep what was written to {}, and it is not known what it holds", dir.display())]
    Poisoned {
        /// The log.
        dir: PathBuf,
    },
    /// A seal that proves nothing here.
    #[error("the seal is of the log {}, and this is the log {log}", seal.log)]
    OtherSeal {
        /// The seal.
        seal: Seal,
        /// The log that was to be held against it.
        log: Uuid,
    },
    /// A place that cannot be the log's backup.
    #[error("{} cannot be a backup of this log: {why}", dir.display())]
    NoCopy {
        /// The place.
        dir: PathBuf,
        /// Why not.
        why: String,
    },
    /// The log has gone on, or never went as far.
    #[error("the last entry is {last}, not {expected}: nothing was stored")]
    Unexpected {
        /// The number that was expected to be the last.
        expected: u64,
        /// The number that is.
        last: u64,
    },
    /// A file under the lock is not as it was a moment ago.
    #[error("{} was changed by another program while daybook held the lock: nothing was stored", file.display())]
    Disturbed {
        /// The file.
        file: PathBuf,
    },
    /// An entry breaks a rule; nothing of the batch was stored, and the writer may go on.
    #[error("the entry cannot be stored (number {number} of those given): {refusal}")]
    Refused {
        /// Which of the entries given, from 1.
        number: usize,
        /// The rule.
        refusal: Refusal,
    },
    /// Writing failed and was undone.
    #[error("nothing was stored: {0}")]
    NotStored(#[source] Box<LogError>),
    /// Writing failed, and whether the entries are there cannot be known before the log is opened again.
    #[error("it is unknown whether {} stored: {source}", ids(entries))]
    Unknown {
        /// The entries.
        entries: Vec<EntryId>,
        /// What the system said.
        source: Box<LogError>,
    },
    /// Some of the entries are stored for good, and then writing failed.
    #[error("the first {stored} entries are stored; of the others: {source}")]
    Midway {
        /// How many.
        stored: u64,
        /// What happened to the next.
        source: Box<LogError>,
    },
    /// The writer failed before and must not go on from what it remembers.
    #[error("this writer has failed before: open the log again")]
    Closed,
}

/// The rule that an entry breaks.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The id stands for something else.
    #[error("its id {id} is that of entry {seq}, which says something else")]
    OtherContent {
        /// The id.
        id: EntryId,
        /// Where it stands.
        seq: u64,
    },
    /// It points to an entry that is not earlier.
    #[error("it refers to {0}, which is no earlier entry")]
    NotEarlier(Reference),
    /// It points to an event that its entry does not have.
    #[error("it refers to {reference}, but entry {seq} has {events} events")]
    NoSuchEvent {
        /// The reference.
        reference: Reference,
        /// The number of the entry.
        seq: u64,
        /// How many events it has.
        events: u32,
    },
    /// It is one of another log.
    #[error("entry {seq} there: {source}")]
    Adopted {
        /// Its number in the other log.
        seq: u64,
        /// The rule.
        source: Box<Refusal>,
    },
    /// It is too large.
    #[error(transparent)]
    Limit(#[from] LimitError),
    /// What would be written could not be read again.
    #[error("its line could not be read again: {0}")]
    Unreadable(#[from] LineError),
    /// It cannot be written as JSON.
    #[error("it cannot be written as JSON: {0}")]
    Unwritable(#[from] serde_json::Error),
}

/// How damage usually comes about.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Cause {
    /// `\n` became `\r\n`.
    #[error("an editor or git converted the line ends")]
    LineEnds,
    /// U+FEFF at the start.
    #[error("an editor put a byte order mark at the start of the file")]
    ByteOrderMark,
    /// NUL bytes.
    #[error("the disk lost what was there: a power failure or a failing disk")]
    Nuls,
    /// `<<<<<<<` and its kin.
    #[error("git left the marks of a merge conflict")]
    Conflict,
    /// The line is there twice.
    #[error("entry {0} is there twice: a line or a whole segment was copied")]
    Doubled(u64),
    /// Another entry has the number.
    #[error("two branches were merged, or a number was edited: {}", collide(*from, *to, *numbers))]
    Merged {
        /// The first line that bears a number which an earlier line has.
        from: u64,
        /// The last of them that follow each other.
        to: u64,
        /// The first and the last of these numbers.
        numbers: (u64, u64),
    },
    /// Lines are gone.
    #[error("{}", missing(*from, *to))]
    Missing {
        /// The first number that is missing.
        from: u64,
        /// The last.
        to: u64,
    },
    /// The log is shorter than it was.
    #[error("the end was cut off, or an older copy was put in its place")]
    Cut {
        /// Whether a seal tells.
        sealed: bool,
    },
    /// The log has other entries than it had.
    #[error("another branch or another copy was put in its place, or the log was written anew from there on")]
    Replaced {
        /// Whether a seal tells.
        sealed: bool,
    },
    /// Lines have changed places.
    #[error("lines were swapped or sorted: entry {0} stands further down")]
    Swapped(u64),
    /// The line is readable, but not what was written.
    #[error("the line was edited, or a bit of it has flipped")]
    Edited,
    /// The first line does not go with the id of the log.
    #[error("the line was edited, or `log.json` is that of another log")]
    OtherLog,
    /// `log.json` is not what daybook writes.
    #[error("the file was edited, or a failing disk wrote over it")]
    Card,
    /// A segment ends inside a line though another follows.
    #[error("the end of the segment was cut off")]
    CutSegment,
    /// A file is gone.
    #[error("the file was deleted, or not copied with the others")]
    MissingFile,
    /// Anything else.
    #[error("another program or a failing disk wrote over it")]
    Garbage,
}

fn at_line(line: u64) -> String {
    if line == 0 { String::new() } else { format!(":{line}") }
}

fn likely(cause: Option<&Cause>) -> String {
    cause.map(|cause| format!("; likely cause: {cause}")).unwrap_or_default()
}

fn missing(from: u64, to: u64) -> String {
    if from == to { format!("entry {from} is missing") } else { format!("entries {from} to {to} are missing") }
}

fn collide(from: u64, to: u64, (first, last): (u64, u64)) -> String {
    if from == to {
        format!("line {from} bears the number {first} again")
    } else {
        format!("lines {from} to {to} bear the numbers {first} to {last} again")
    }
}

fn ids(entries: &[EntryId]) -> String {
    match entries {
        [one] => format!("entry {one} was"),
        [first, rest @ ..] => format!("entry {first} and {} more were", rest.len()),
        [] => "anything was".to_owned(),
    }
}

impl Cause {
    /// The kind of damage in one word, for programs.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::LineEnds => "line_ends",
            Self::ByteOrderMark => "byte_order_mark",
            Self::Nuls => "nuls",
            Self::Conflict => "conflict",
            Self::Doubled(_) => "doubled",
            Self::Merged { .. } => "merged",
            Self::Missing { .. } => "missing",
            Self::Cut { .. } => "cut",
            Self::Replaced { .. } => "replaced",
            Self::Swapped(_) => "swapped",
            Self::Edited => "edited",
            Self::OtherLog => "other_log",
            Self::Card => "name_card",
            Self::CutSegment => "cut_segment",
            Self::MissingFile => "missing_file",
            Self::Garbage => "garbage",
        }
    }
}

impl LogError {
    /// Whether the log is not as it was written: exit code 3.
    #[must_use]
    pub fn is_damage(&self) -> bool {
        matches!(self, Self::Damage { .. })
    }

    /// Whether an entry broke a rule: the log is as before and the writer may go on.
    #[must_use]
    pub fn is_refusal(&self) -> bool {
        matches!(self, Self::Refused { .. })
    }

    /// What went wrong, in one word for programs.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Self::NoLog { .. } => "no_log",
            Self::Exists { .. } => "exists",
            Self::Newer { .. } => "newer",
            Self::Damage { .. } => "damaged",
            Self::System { .. } => "system",
            Self::NotAFile { .. } => "not_a_file",
            Self::Locked { .. } => "locked",
            Self::Poisoned { .. } => "poisoned",
            Self::OtherSeal { .. } => "other_seal",
            Self::NoCopy { .. } => "no_copy",
            Self::Unexpected { .. } => "overtaken",
            Self::Disturbed { .. } => "disturbed",
            Self::Refused { .. } => "refused",
            Self::NotStored(_) => "not_stored",
            Self::Unknown { .. } => "unknown",
            Self::Midway { .. } => "midway",
            Self::Closed => "closed",
        }
    }

    /// Whether it was the disk that did not keep what it was given.
    pub(super) fn is_of_sync(&self) -> bool {
        matches!(self, Self::System { doing: "sync", .. })
    }

    /// What to type, or to do, about it.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoLog { .. } => "make one with `daybook init`, or name another place with `--log DIR`",
            Self::Exists { .. } => "it can be used as it is; `daybook verify` checks it",
            Self::Newer { .. } => "install the newest daybook; this one has changed nothing",
            Self::Damage { cause, .. } => return Some(cure(cause.as_ref()).to_owned()),
            Self::System { source, .. } => return system_hint(source).map(ToOwned::to_owned),
            Self::NotAFile { .. } => "put the file back, from git or a backup",
            Self::Locked { .. } => "try again, or wait longer with `--wait`; readers need not wait",
            Self::Poisoned { .. } => {
                "check the disk; then start the machine anew, or run `daybook repair`, which writes the last file to a new place; \
                 reading works meanwhile"
            }
            Self::OtherSeal { .. } => "name the log that it was made of with `--log DIR`",
            Self::NoCopy { .. } => {
                "name an empty folder, or an older backup of this log; one that is damaged: `daybook --log DIR repair --from LOG`"
            }
            Self::Unexpected { expected, last } if expected < last => {
                return Some(format!(
                    "`daybook changes --clock recorded --since {expected}` shows what they changed; came between:"
                ));
            }
            Self::Unexpected { .. } => "the log has not come so far: is it the right one, or an older copy?",
            Self::Disturbed { .. } => "stop the other program, then run `daybook verify`",
            Self::Refused { refusal, .. } => return refusal.hint().map(ToOwned::to_owned),
            Self::NotStored(source) => return source.hint(),
            Self::Midway { source, .. } => {
                let hint = "the same command again adds the others".to_owned();
                return Some(source.hint().map_or(hint.clone(), |first| format!("{first}; {hint}")));
            }
            Self::Unknown { .. } => {
                "check the disk, then start the machine anew or run `daybook repair`; nothing can be added before. Then log the same \
                 again with `--id` and the id above: it is stored once"
            }
            Self::Closed => "open the log again",
        };
        Some(hint.to_owned())
    }

    pub(super) fn refused(index: usize, refusal: Refusal) -> Self {
        Self::Refused { number: index + 1, refusal }
    }
}

impl Refusal {
    fn hint(&self) -> Option<&'static str> {
        match self {
            Self::OtherContent { .. } => Some("give it another id; to correct the earlier entry, replace its events"),
            Self::NotEarlier(_) | Self::NoSuchEvent { .. } => Some("`daybook explain 17.2` shows what stands under a number"),
            Self::Adopted { .. } => Some("--keep-going adds the others"),
            Self::Limit(limit) => limit.hint(),
            Self::Unreadable(_) | Self::Unwritable(_) => None,
        }
    }
}

fn cure(cause: Option<&Cause>) -> &'static str {
    match cause {
        Some(Cause::LineEnds | Cause::ByteOrderMark | Cause::Doubled(_) | Cause::Swapped(_)) => {
            "`daybook repair` undoes that; keep `* -text -merge` in `.gitattributes`, and do not open the file in an editor"
        }
        Some(Cause::Conflict | Cause::Merged { .. }) => {
            "go back to one of the two branches, then add the other's entries with `daybook import --from DIR`; `daybook repair` \
             keeps the branch that stands first, and sets the other aside for that"
        }
        Some(Cause::Missing { .. } | Cause::MissingFile | Cause::CutSegment | Cause::Card) => {
            "put it back with `daybook repair --from BACKUP`, or from git; then `daybook verify`"
        }
        Some(Cause::Cut { sealed: true } | Cause::Replaced { sealed: true }) => {
            "put the files back that were sealed, from git or with `daybook repair --from BACKUP`; look at `git log events` for what happened"
        }
        Some(Cause::Cut { .. } | Cause::Replaced { .. }) => {
            "put the newer files back, from git or with `daybook repair --from BACKUP`; if the log is meant to be as it is, `daybook repair` \
             accepts it"
        }
        Some(Cause::Nuls | Cause::Edited) | Some(Cause::OtherLog | Cause::Garbage) | None => {
            "put the file back as it was, from git or with `daybook repair --from BACKUP`; `daybook repair` alone sets aside what is wrong"
        }
    }
}

fn system_hint(error: &io::Error) -> Option<&'static str> {
    use io::ErrorKind::{FileTooLarge, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    // The standard library has no name for ENFILE and EMFILE, which have these numbers on every Unix.
    if cfg!(unix) && matches!(error.raw_os_error(), Some(23 | 24)) {
        return Some("the system allows no more open files: close some programs, or allow more with `ulimit -n`");
    }
    let hints = [
        (PermissionDenied, "check who owns the folder and its files, and who may write there"),
        (ReadOnlyFilesystem, "the disk is mounted read-only: reading works, writing needs another place"),
        (StorageFull, "make room on the disk, then try again"),
        (FileTooLarge, "the system allows no larger files: `ulimit -f` shows the limit"),
        (QuotaExceeded, "make room on the disk, then try again"),
    ];
    hints.into_iter().find(|(kind, _)| *kind == error.kind()).map(|(_, hint)| hint)
}
