//! Files of many entries: which line is which entry, so that importing again adds nothing.

use std::collections::BTreeMap;
use std::io::{self, BufRead, Read as _};

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Admitted, Door, Draft, Known, Problem, Refusal, Spot, read_json_entry, sense};
use crate::event::{EntryId, LINE_BYTES, LimitError, NewEntry};

/// The name space of ids that are made from a source's key or from a file and a line (UUID v5, RFC 9562). Drawn once.
pub(super) const NAMESPACE: Uuid = Uuid::from_u128(0x6d1c_2a2e_8f0b_4c57_9a55_2f1f_7be0_64d1);

/// The lines of a file of entries, read in bounded memory: of a line that is longer than any entry only its length is kept.
#[derive(Debug)]
pub struct Lines {
    /// The digest of the whole file (SHA-256, in hexadecimal digits).
    digest: String,
    /// Those that are not blank, with their numbers from 1; or what is wrong with them.
    lines: Vec<(u64, Result<String, Problem>)>,
    /// How many bytes were read.
    bytes: u64,
}

impl Lines {
    /// Reads a file, up to the first line if that shows that it is none of entries; `name` is what it is called in refusals.
    ///
    /// # Errors
    /// Those of the reader.
    pub fn read(reader: &mut dyn BufRead, name: &str) -> io::Result<Self> {
        let (mut digest, mut line) = (Sha256::new(), Vec::new());
        let mut read = Self { digest: String::new(), lines: Vec::new(), bytes: 0 };
        for number in 1.. {
            let start = read.bytes;
            let length = next_line(reader, &mut digest, &mut line)?;
            if length == 0 {
                break;
            }
            read.bytes += length;
            let Some(kept) = keep(&line, length, name, number, start) else { continue };
            let is_foreign = read.lines.is_empty() && kept.as_ref().is_ok_and(|line| !line.trim_start().starts_with('{'));
            read.lines.push((number, kept));
            if is_foreign {
                break;
            }
        }
        read.digest = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        Ok(read)
    }

    /// How many bytes were read.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.bytes
    }
}

/// Reads a line of any length into `line`, cut behind what an entry may have; returns its length with its line end, 0 at the end.
fn next_line(mut reader: &mut dyn BufRead, digest: &mut Sha256, line: &mut Vec<u8>) -> io::Result<u64> {
    // One byte more than may be kept tells a line that is too long.
    let room = LINE_BYTES as u64 + 1;
    line.clear();
    let mut length = (&mut reader).take(room).read_until(b'\n', line)? as u64;
    digest.update(&*line);
    let mut beyond = Vec::new();
    while length >= room && beyond.last().or(line.last()) != Some(&b'\n') {
        beyond.clear();
        let more = (&mut reader).take(room).read_until(b'\n', &mut beyond)? as u64;
        if more == 0 {
            break;
        }
        digest.update(&beyond);
        length += more;
    }
    Ok(length)
}

/// A line as text, or what is wrong with it; `None` if it is blank. It begins at a byte of the file, counted from 0.
fn keep(line: &[u8], length: u64, name: &str, number: u64, start: u64) -> Option<Result<String, Problem>> {
    if length > LINE_BYTES as u64 {
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        return Some(Err(sense::limit(&LimitError::TooLong(length))));
    }
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Ok(text) => {
            let text = if number == 1 { text.strip_prefix('\u{feff}').unwrap_or(text) } else { text };
            (!text.trim().is_empty()).then(|| Ok(text.to_owned()))
        }
        Err(error) => {
            let before = error.valid_up_to() as u64;
            Some(Err(Problem::no_utf8(name, start + before + 1, number, before + 1)))
        }
    }
}

/// A file of entries, checked.
#[derive(Debug, Default)]
pub struct Checked {
    /// The entries to be written, in order.
    pub entries: Vec<NewEntry>,
    /// How many lines are in the log already.
    pub already: u64,
    /// What is wrong with the others.
    pub refusals: Vec<Refusal>,
    /// What was understood, by line.
    pub echoes: Vec<(u64, Vec<super::Echo>)>,
}

/// Checks all lines of a file of JSON entries against what the log knows; nothing is written. `create` adds officials that nobody knows.
pub fn check_lines(
    file: &Lines,
    name: &str,
    known: &mut Known,
    now: DateTime<Utc>,
    create: bool,
    salt: &mut dyn FnMut() -> u64,
) -> Checked {
    let mut ids: BTreeMap<u64, EntryId> = BTreeMap::new();
    let mut checked = Checked::default();
    known.freeze_numbers();
    if let Some((_, Ok(first))) = file.lines.first()
        && !first.trim_start().starts_with('{')
    {
        let problem = Problem::new(format!("{name} is no file of JSON entries"));
        checked.refusals.push(problem.hint(format!("a words file is one entry: daybook log {name}")).into());
        return checked;
    }
    let mut seen: BTreeMap<EntryId, (u64, Draft)> = BTreeMap::new();
    for (number, line) in &file.lines {
        let number = *number;
        let text = line.as_deref().map_err(|problem| Refusal::from(problem.clone()));
        let result = text.and_then(|text| read_json_entry(text, name, Some(number))).and_then(|draft| {
            let id = identity(&draft, &file.digest, number)?;
            let first = seen.get(&id).filter(|(_, first)| first.entry.events != draft.entry.events);
            if let Some((line, _)) = first {
                let problem = Problem::new(format!("it bears the id or record of line {line}, and says something else"));
                return Err(problem.hint("give it an id or record of its own").into());
            }
            seen.entry(id).or_insert_with(|| (number, draft.clone()));
            if known.seq_of(id).is_some() || is_recorded(known, &draft) {
                ids.insert(number, id);
                return Ok(None);
            }
            let lines = |line: u64| ids.get(&line).copied();
            let admitted = Door { known, now, create, lines: &lines }.admit(&draft, id, salt())?;
            ids.insert(number, id);
            Ok(Some(admitted))
        });
        match result {
            Ok(None) => checked.already += 1,
            Ok(Some(Admitted { entry, echoes })) => {
                known.admit(&entry.clone().numbered(known.last_seq + 1, now));
                checked.entries.push(entry);
                checked.echoes.push((number, echoes));
            }
            Err(refusal) => checked.refusals.push(located(refusal, name, number)),
        }
    }
    checked
}

/// A line is known again by its own id, else by the source's key, else by the file and its number.
fn identity(draft: &Draft, digest: &str, line: u64) -> Result<EntryId, Refusal> {
    if let Some(id) = draft.entry.id.as_ref().filter(|id| !id.is_empty()) {
        return id.parse().map_err(|error: crate::event::IdError| Problem::new(error.to_string()).about(id).into());
    }
    let source = draft.entry.source.as_ref();
    let name = match source
        .and_then(|source| Some((source.outlet.as_ref(), source.record.as_ref().filter(|record| !record.is_empty())?)))
    {
        Some((outlet, record)) => format!("record\n{}\n{record}", outlet.map_or("", String::as_str)),
        None => format!("line\n{digest}\n{line}"),
    };
    Ok(EntryId(Uuid::new_v5(&NAMESPACE, name.as_bytes())))
}

/// Whether the source's record was written down by other means.
fn is_recorded(known: &Known, draft: &Draft) -> bool {
    draft.entry.id.is_none()
        && draft.entry.source.as_ref().is_some_and(|source| {
            source.record.as_ref().is_some_and(|record| !record.is_empty() && known.has_record(source.outlet.as_ref(), record))
        })
}

pub(super) fn located(refusal: Refusal, name: &str, line: u64) -> Refusal {
    let spot = Spot { place: format!("{name}, line {line}"), line: None };
    Refusal { problems: refusal.problems.into_iter().map(|problem| problem.at(Some(spot.clone()))).collect() }
}
