//! Files of many entries: which line is which entry, so that importing again adds nothing.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{Admitted, Door, Draft, Known, Problem, Refusal, Spot, read_json_entry};
use crate::event::{EntryId, NewEntry};

/// The name space of ids that are made from a source's key or from a file and a line (UUID v5, RFC 9562). Drawn once.
const NAMESPACE: Uuid = Uuid::from_u128(0x6d1c_2a2e_8f0b_4c57_9a55_2f1f_7be0_64d1);

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
    text: &str,
    name: &str,
    known: &mut Known,
    now: DateTime<Utc>,
    create: bool,
    salt: &mut dyn FnMut() -> u64,
) -> Checked {
    let digest: String = Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let mut ids: BTreeMap<u64, EntryId> = BTreeMap::new();
    let mut checked = Checked::default();
    known.freeze_numbers();
    if !text.trim_start_matches('\u{feff}').trim_start().starts_with('{') && !text.trim().is_empty() {
        let problem = Problem::new(format!("{name} is no file of JSON entries"));
        checked.refusals.push(problem.hint(format!("a words file is one entry: daybook log {name}")).into());
        return checked;
    }
    let mut seen: BTreeMap<EntryId, (u64, Draft)> = BTreeMap::new();
    for (number, line) in (1_u64..).zip(text.trim_start_matches('\u{feff}').lines()) {
        if line.trim().is_empty() {
            continue;
        }
        let result = read_json_entry(line, name, Some(number)).and_then(|draft| {
            let id = identity(&draft, &digest, number)?;
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

fn located(refusal: Refusal, name: &str, line: u64) -> Refusal {
    let spot = Spot { place: format!("{name}, line {line}"), line: None };
    Refusal { problems: refusal.problems.into_iter().map(|problem| problem.at(Some(spot.clone()))).collect() }
}
