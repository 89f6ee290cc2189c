//! A table as entries: each row is one, as a map of its columns says, known again by its key.
//!
//! | in the table | in the log |
//! |---|---|
//! | a row that is new | an entry |
//! | a row that says something else than before | an entry whose events replace what the row said |
//! | a row that vanished | nothing; or a retraction, if that is wanted |
//! | a row that vanished and is back | an entry |
//! | a row that the desk took back | nothing, until it says something else |

mod atlas;
mod cells;
mod fill;
mod map;
mod missing;
mod revision;
mod rows;
mod template;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::lines::{NAMESPACE, located};
use super::told::{Told, published};
use super::{Admitted, Door, Draft, Known, Problem, Refusal};
use crate::event::wire::{WireNewEntry, WireSource};
use crate::event::{EntryId, NewEntry, Position};
use crate::time::Published;
use atlas::Atlas;
use cells::{Cells, Header};
use revision::{Decision, complete, decide, is_news, is_report, is_told, replace};

pub use atlas::Unplaced;
pub use map::Map;
pub use rows::{Dialect, Row, Rows};

/// The columns of a file of rejected rows that are not the table's own: the key that a row was given there, its line, and the reason. A row with
/// a key keeps it when it is imported from there, and what is not there is not missing.
pub const RECORD: &str = "daybook_record";
/// See [`RECORD`].
pub const LINE: &str = "daybook_line";
/// See [`RECORD`].
pub const REASON: &str = "daybook_reason";

/// So many rows of a table may bear one key before it is taken for none.
const MOST_BEARERS: usize = 100;

/// What is said of a whole table beside its map.
#[derive(Clone, Debug, Default)]
pub struct Edition {
    /// When it came out; without it, as the map says of each row.
    pub published: Option<Published>,
    /// Until when it must not leave the desk.
    pub embargo: Option<String>,
    /// Who writes it down.
    pub logged_by: Option<String>,
    /// Whether what is no longer in it is taken back.
    pub retract_missing: bool,
}

/// A table, checked.
#[derive(Debug, Default)]
pub struct Sifted {
    /// How many rows it has.
    pub rows: usize,
    /// The entries to be written, in order.
    pub entries: Vec<NewEntry>,
    /// What each of them does.
    pub fates: Vec<Fate>,
    /// How many rows are in the log as they are.
    pub already: usize,
    /// How many rows bear the key of another and say something else: they are told apart by their order.
    pub doubled: usize,
    /// The lines of rows of which the log has a later revision.
    pub older: Vec<u64>,
    /// How many rows no event of the map is about.
    pub passed: usize,
    /// The rows that cannot be understood or stored.
    pub refused: Vec<Refused>,
    /// Names of places that no place is known by.
    pub unplaced: Vec<Unplaced>,
    /// What the log has of this list and the table no longer: the keys of the rows.
    pub missing: Vec<String>,
}

/// A row that cannot be understood or stored.
#[derive(Debug)]
pub struct Refused {
    /// Its number in the table, from 0.
    pub row: usize,
    /// Its key, if that can be read.
    pub record: Option<String>,
    /// Why.
    pub refusal: Refusal,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq)]
pub enum Fate {
    /// It says a row for the first time, or again after it was gone.
    New,
    /// It takes over what the row of this key said, the last time in this event.
    Changed(String, Option<Position>),
    /// It takes back what the row of this key said.
    Retracted(String),
}

/// Checks a table against what the log knows and what its source told; nothing is written. `name` is what the file is called, `told` what its
/// outlet told by now, and `progress` hears how many rows are done.
///
/// # Errors
/// [`Refusal`] of a map that does not fit the table; what is wrong with single rows is in [`Sifted::refused`].
#[expect(clippy::too_many_arguments, reason = "each is another thing, and every import takes most of them")]
pub fn check_sheet(
    table: &Rows,
    map: &Map,
    name: &str,
    edition: &Edition,
    known: &mut Known,
    told: &mut dyn FnMut(&str) -> Told,
    now: DateTime<Utc>,
    salt: &mut dyn FnMut() -> u64,
    progress: &mut dyn FnMut(usize),
) -> Result<Sifted, Refusal> {
    let header = Header::of(table.header.clone(), &map.columns);
    let atlas = Atlas::of(known, &map.places);
    let mut problems = map.check(&header);
    problems.extend(atlas.check(known));
    if !problems.is_empty() {
        return Err(Refusal { problems });
    }
    let mut sieve = Sieve {
        map,
        edition,
        known,
        now,
        salt,
        atlas,
        lists: HashMap::new(),
        unkeyed: None,
        seen: HashMap::new(),
        done: Sifted { rows: table.rows.len(), ..Sifted::default() },
    };
    for (number, row) in table.rows.iter().enumerate() {
        progress(number);
        let mut record = None;
        if let Err(refusal) = sieve.row(&header, row, told, &mut record) {
            let refusal = located(refusal, name, row.line);
            if record.is_none() {
                sieve.unkeyed = sieve.unkeyed.take().or_else(|| refusal.problems.first().cloned());
            }
            sieve.done.refused.push(Refused { row: number, record, refusal });
        }
    }
    progress(table.rows.len());
    sieve.missing(header.has(REASON))?;
    sieve.done.unplaced = sieve.atlas.unplaced();
    Ok(sieve.done)
}

/// A table on its way through the door.
struct Sieve<'r, 's> {
    map: &'r Map,
    edition: &'r Edition,
    known: &'r mut Known,
    now: DateTime<Utc>,
    salt: &'s mut dyn FnMut() -> u64,
    atlas: Atlas<'r>,
    /// What each outlet told: nearly always one.
    lists: HashMap<String, List>,
    /// The first row of which not even the key can be read.
    unkeyed: Option<Problem>,
    /// The keys of the rows by outlet, with the digest of what each says; nothing for a row that was refused.
    seen: HashMap<(String, String), Option<Uuid>>,
    done: Sifted,
}

/// What an outlet told, and under which titles the rows of this table stand, here or in the log.
struct List {
    told: Told,
    titles: HashSet<Option<String>>,
}

impl Sieve<'_, '_> {
    /// Takes a row in; `record` becomes its key as soon as it is known.
    fn row(
        &mut self,
        header: &Header,
        row: &Row,
        told: &mut dyn FnMut(&str) -> Told,
        record: &mut Option<String>,
    ) -> Result<(), Refusal> {
        if let Some(problem) = &row.wrong {
            return Err(problem.clone().into());
        }
        let many = |problems| Refusal { problems };
        let (cells, wrong) = Cells::read(header, &row.cells);
        let mut source = fill::source(self.map, &cells).map_err(many)?;
        let outlet = source.outlet.clone().unwrap_or_default();
        let list = self.lists.entry(outlet.clone()).or_insert_with(|| List { told: told(&outlet), titles: HashSet::new() });
        list.titles.insert(source.title.clone());
        if let Some(at) = self.edition.published {
            source.published = Some(at.to_string());
        }
        let key = (outlet, source.record.clone().unwrap_or_default());
        let read = if wrong.is_empty() { fill::events(self.map, &cells, self.known, &mut self.atlas) } else { Err(wrong) };
        let filled = match read {
            Ok(Some(filled)) => filled,
            Ok(None) => {
                self.done.passed += 1;
                return Ok(());
            }
            Err(problems) => {
                // It is not missing, even if it cannot be understood.
                *record = self.own_key(key, None)?.map(|key| key.1);
                return Err(many(problems));
            }
        };
        let Some(key) = self.own_key(key, Some(digest(&filled.entry)))? else {
            self.done.already += 1;
            return Ok(());
        };
        source.record = Some(key.1.clone());
        *record = Some(key.1.clone());
        self.admit(&key, source, &filled, row.line)?;
        for spot in &filled.spots {
            self.atlas.learn(spot, row.line);
        }
        Ok(())
    }

    /// The key of a row: where another row of the table bears it too, the second is "4113 (2)". Nothing for a row that says what that one says.
    fn own_key(&mut self, mut key: (String, String), says: Option<Uuid>) -> Result<Option<(String, String)>, Refusal> {
        let record = key.1.clone();
        for bearer in 2..=MOST_BEARERS {
            match self.seen.get(&key) {
                None => {
                    self.done.doubled += usize::from(bearer > 2);
                    self.seen.insert(key.clone(), says);
                    return Ok(Some(key));
                }
                Some(first) if says.is_some() && *first == says => return Ok(None),
                Some(_) => key.1 = format!("{record} ({bearer})"),
            }
        }
        let problem = Problem::new(format!("{MOST_BEARERS} rows and more bear the key {record}"));
        Err(problem.hint("source.record of the map names the columns that make a key of its own for each row").into())
    }

    /// Takes a row through the door, and decides what becomes of it.
    fn admit(
        &mut self,
        (outlet, record): &(String, String),
        source: WireSource,
        filled: &fill::Filled,
        line: u64,
    ) -> Result<(), Refusal> {
        let (embargo, logged_by) = (self.embargo(), self.logged_by());
        let Some(list) = self.lists.get_mut(outlet) else { return Ok(()) };
        let claims = list.told.of_record(record);
        list.titles.extend(claims.iter().filter(|claim| claim.counts).map(|claim| claim.title.clone()));
        let mut draft = Draft { entry: filled.entry.clone(), ..Draft::default() };
        draft.entry.events.retain(|event| is_news(event, self.known, claims));
        if draft.entry.events.is_empty() {
            self.done.already += 1;
            return Ok(());
        }
        (draft.entry.source, draft.entry.embargo, draft.entry.logged_by) = (Some(source), embargo, logged_by);
        let id = id(outlet, record, claims.len(), &filled.entry);
        let mut door = Door { known: self.known, now: self.now, create: false, lines: &|_| None };
        let Admitted { mut entry, .. } = door.admit(&draft, id, (self.salt)())?;
        // What it says of who is who it may have said before.
        entry.events.retain(|event| !event.what.kind().is_registry() || !is_told(event, claims));
        complete(claims, &mut entry.events);
        let public = published(&entry.source, self.now, self.known.zone);
        let fate = match decide(claims, &entry.events, public, |claim| list.told.withdrawn(claim)) {
            Decision::Already => {
                self.done.already += 1;
                return Ok(());
            }
            Decision::Older => {
                self.done.older.push(line);
                return Ok(());
            }
            Decision::New => Fate::New,
            Decision::Changed => {
                let last = claims.iter().rfind(|claim| claim.counts && is_report(claim)).and_then(|claim| claim.position);
                replace(claims, &mut entry.events);
                Fate::Changed(record.clone(), last)
            }
        };
        self.write(outlet, entry, fate);
        Ok(())
    }

    fn write(&mut self, outlet: &str, entry: NewEntry, fate: Fate) {
        self.known.admit(&entry.clone().numbered(self.known.last_seq + 1, self.now));
        if let Some(list) = self.lists.get_mut(outlet) {
            list.told.admit(&entry, self.now, self.known.zone);
        }
        self.done.entries.push(entry);
        self.done.fates.push(fate);
    }

    fn embargo(&self) -> Option<String> {
        self.edition.embargo.clone().or_else(|| self.map.embargo.clone())
    }

    fn logged_by(&self) -> Option<String> {
        self.edition.logged_by.clone().or_else(|| self.map.logged_by.clone())
    }
}

/// The id of the next revision of a row: the same for everybody who takes the same row into the same log.
fn id(outlet: &str, record: &str, before: usize, entry: &WireNewEntry) -> EntryId {
    let says = serde_json::to_string(&entry.events).unwrap_or_default();
    EntryId(Uuid::new_v5(&NAMESPACE, format!("sheet\n{outlet}\n{record}\n{before}\n{says}").as_bytes()))
}

/// What a row says, in few bytes.
fn digest(entry: &WireNewEntry) -> Uuid {
    Uuid::new_v5(&NAMESPACE, serde_json::to_string(&entry.events).unwrap_or_default().as_bytes())
}
