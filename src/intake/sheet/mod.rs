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
mod rows;
mod template;

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::lines::{NAMESPACE, located};
use super::told::{Claim, Told, published};
use super::{Admitted, Door, Draft, Known, Problem, Refusal};
use crate::event::wire::{WireEvent, WireNewEntry, WireSource};
use crate::event::{EntryId, Event, EventRef, Kind, MeetingId, NewEntry, Position, Reference, Retraction, Telling, What, Why};
use crate::time::Published;
use atlas::Atlas;
use cells::{Cells, Header};

pub use atlas::Unplaced;
pub use map::Map;
pub use rows::{Dialect, Row, Rows};

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
    /// The rows that cannot be understood or stored, by their number in the table from 0.
    pub refused: Vec<(usize, Refusal)>,
    /// Names of places that no place is known by.
    pub unplaced: Vec<Unplaced>,
    /// What the log has of this list and the table no longer: the keys of the rows.
    pub missing: Vec<String>,
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
        done: Sifted::default(),
    };
    for (number, row) in table.rows.iter().enumerate() {
        progress(number);
        let (keys, refused) = (sieve.seen.len(), sieve.row(&header, row, told));
        if let Err(refusal) = refused {
            let refusal = located(refusal, name, row.line);
            if sieve.seen.len() == keys {
                sieve.unkeyed = sieve.unkeyed.take().or_else(|| refusal.problems.first().cloned());
            }
            sieve.done.refused.push((number, refusal));
        }
    }
    progress(table.rows.len());
    sieve.done.rows = table.rows.len();
    sieve.missing()?;
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
    /// The keys of the rows by outlet, with the lines and what they say.
    seen: HashMap<(String, String), (u64, WireNewEntry)>,
    done: Sifted,
}

/// What an outlet told, and under which titles this table speaks.
struct List {
    told: Told,
    titles: Vec<Option<String>>,
}

impl Sieve<'_, '_> {
    fn row(&mut self, header: &Header, row: &Row, told: &mut dyn FnMut(&str) -> Told) -> Result<(), Refusal> {
        if let Some(problem) = &row.wrong {
            return Err(problem.clone().into());
        }
        let many = |problems| Refusal { problems };
        let cells = Cells::read(header, &row.cells).map_err(|wrong| many(wrong.into_iter().map(Problem::new).collect()))?;
        let mut source = fill::source(self.map, &cells).map_err(many)?;
        let (outlet, record) = (source.outlet.clone().unwrap_or_default(), source.record.clone().unwrap_or_default());
        let list = self.lists.entry(outlet.clone()).or_insert_with(|| List { told: told(&outlet), titles: Vec::new() });
        if !list.titles.contains(&source.title) {
            list.titles.push(source.title.clone());
        }
        if let Some(at) = self.edition.published {
            source.published = Some(at.to_string());
        }
        let key = (outlet, record);
        let filled = fill::events(self.map, &cells, self.known, &mut self.atlas).map_err(|problems| {
            // It is not missing, even if it cannot be understood.
            self.seen.entry(key.clone()).or_insert_with(|| (row.line, WireNewEntry::default()));
            many(problems)
        })?;
        let Some(key) = self.own_key(key, &filled.entry)? else {
            self.done.already += 1;
            return Ok(());
        };
        source.record = Some(key.1.clone());
        self.seen.insert(key.clone(), (row.line, filled.entry.clone()));
        self.admit(&key, source, &filled)?;
        for spot in &filled.spots {
            self.atlas.learn(spot, row.line);
        }
        Ok(())
    }

    /// The key of a row: where another row of the table bears it too, the second is "4113 (2)". Nothing for a row that says what that one says.
    fn own_key(&mut self, mut key: (String, String), entry: &WireNewEntry) -> Result<Option<(String, String)>, Refusal> {
        let record = key.1.clone();
        for bearer in 2..=MOST_BEARERS {
            match self.seen.get(&key) {
                None => {
                    self.done.doubled += usize::from(bearer > 2);
                    return Ok(Some(key));
                }
                Some((_, first)) if first.events == entry.events => return Ok(None),
                Some(_) => key.1 = format!("{record} ({bearer})"),
            }
        }
        let problem = Problem::new(format!("{MOST_BEARERS} rows and more bear the key {record}"));
        Err(problem.hint("source.record of the map names the columns that make a key of its own for each row").into())
    }

    /// Takes a row through the door, and decides what becomes of it.
    fn admit(&mut self, (outlet, record): &(String, String), source: WireSource, filled: &fill::Filled) -> Result<(), Refusal> {
        let Some(list) = self.lists.get(outlet) else { return Ok(()) };
        let claims = list.told.of_record(record);
        let mut draft = Draft { entry: filled.entry.clone(), ..Draft::default() };
        draft.entry.events.retain(|event| is_news(event, self.known, claims));
        if draft.entry.events.is_empty() {
            self.done.already += 1;
            return Ok(());
        }
        draft.entry.source = Some(source);
        draft.entry.embargo = self.edition.embargo.clone().or_else(|| self.map.embargo.clone());
        draft.entry.logged_by = self.edition.logged_by.clone().or_else(|| self.map.logged_by.clone());
        let id = id(outlet, record, claims.len(), &filled.entry);
        let mut door = Door { known: self.known, now: self.now, create: false, lines: &|_| None };
        let Admitted { mut entry, .. } = door.admit(&draft, id, (self.salt)())?;
        // What it says of who is who it may have said before.
        entry.events.retain(|event| !event.what.kind().is_registry() || !is_told(&event.what, claims));
        let public = published(&entry.source, self.now, self.known.zone);
        let fate = match decide(claims, &entry.events, public, |claim| list.told.is_withdrawn(claim)) {
            Decision::Already => {
                self.done.already += 1;
                return Ok(());
            }
            Decision::Older => {
                self.done.older.extend(self.seen.get(&(outlet.clone(), record.clone())).map(|(line, _)| *line));
                return Ok(());
            }
            Decision::New => Fate::New,
            Decision::Changed => {
                let last = claims
                    .iter()
                    .rfind(|claim| claim.counts && !claim.says.what.kind().is_registry())
                    .and_then(|claim| claim.position);
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

    /// Finds what the log has of this list and the table no longer, and takes it back if that is wanted.
    fn missing(&mut self) -> Result<(), Refusal> {
        let until = self.edition.published.map_or(self.now, |published| published.instant(self.known.zone));
        let mut missing: Vec<(String, String, Vec<EventRef>)> = Vec::new();
        for (outlet, list) in &self.lists {
            for record in list.told.records().filter(|record| !self.seen.contains_key(&(outlet.clone(), (*record).to_owned()))) {
                let told = list.told.of_record(record);
                let claims: Vec<&Claim> = told.iter().filter(|claim| !claim.says.what.kind().is_registry()).collect();
                let is_ours = |claim: &Claim| list.titles.contains(&claim.title) && claim.published <= until;
                if claims.iter().any(|claim| claim.counts) && claims.iter().all(|claim| is_ours(claim)) {
                    let all = claims.iter().map(|claim| claim.event).collect();
                    missing.push((outlet.clone(), record.to_owned(), all));
                }
            }
        }
        missing.sort();
        self.done.missing = missing.iter().map(|(_, record, _)| record.clone()).collect();
        if !self.edition.retract_missing || missing.is_empty() {
            return Ok(());
        }
        if let Some((_, refusal)) = self.done.refused.iter().find(|(_, refusal)| !refusal.problems.is_empty()) {
            let says =
                "some rows cannot be read, so that it is not known which are missing: --retract-missing takes back nothing";
            let mut problems = vec![Problem::new(says).hint("mend the rows, or leave --retract-missing away")];
            problems.extend(refusal.problems.first().cloned());
            return Err(Refusal { problems });
        }
        for (outlet, record, of) in missing {
            self.retract(&outlet, &record, of);
        }
        Ok(())
    }

    fn retract(&mut self, outlet: &str, record: &str, of: Vec<EventRef>) {
        let title =
            self.lists.get(outlet).and_then(|list| list.told.of_record(record).last()).and_then(|claim| claim.title.clone());
        let source = crate::event::Source {
            outlet: Some(outlet.to_owned()),
            title,
            published: self.edition.published,
            record: Some(record.to_owned()),
            ..crate::event::Source::default()
        };
        let digest = of.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
        let id = EntryId(Uuid::new_v5(&NAMESPACE, format!("sheet\n{outlet}\n{record}\nmissing\n{digest}").as_bytes()));
        let retraction = Retraction { of: of.into_iter().map(Reference::Event).collect(), reason: Why::SourceWithdrawn };
        let entry = NewEntry {
            id,
            logged_by: self.edition.logged_by.clone().or_else(|| self.map.logged_by.clone()),
            source,
            embargo: None,
            events: vec![Event { what: What::Retraction(retraction), telling: Telling::default() }],
            x: None,
            salt: (self.salt)(),
        };
        self.write(outlet, entry, Fate::Retracted(record.to_owned()));
    }
}

/// What becomes of a row.
#[derive(Debug, PartialEq, Eq)]
enum Decision {
    New,
    Changed,
    Already,
    Older,
}

/// What becomes of a row that says these events now, and said those claims before.
fn decide(claims: &[Claim], events: &[Event], public: DateTime<Utc>, is_withdrawn: impl Fn(&Claim) -> bool) -> Decision {
    let said: Vec<&Event> = events.iter().filter(|event| !event.what.kind().is_registry()).collect();
    let told: Vec<&Claim> = claims.iter().filter(|claim| !claim.says.what.kind().is_registry()).collect();
    let counting: Vec<&Claim> = told.iter().copied().filter(|claim| claim.counts).collect();
    if said.len() < events.len() && is_same(&counting, &said) {
        // Only who is who is said otherwise than before.
        return if claims.is_empty() { Decision::New } else { Decision::Changed };
    }
    if !counting.is_empty() {
        let is_older = counting.iter().any(|claim| claim.published > public);
        return match is_same(&counting, &said) {
            true => Decision::Already,
            false if is_older => Decision::Older,
            false => Decision::Changed,
        };
    }
    // Nothing of it counts: what somebody took back is not told again, what the list itself let fall is.
    let Some(last) = told.last() else { return if said.is_empty() { Decision::Already } else { Decision::New } };
    let last: Vec<&Claim> = told.iter().copied().filter(|claim| claim.event.entry == last.event.entry).collect();
    if is_same(&last, &said) && !last.iter().all(|claim| is_withdrawn(claim)) { Decision::Already } else { Decision::New }
}

/// Whether a row says what some claims say, in whatever order.
fn is_same(claims: &[&Claim], said: &[&Event]) -> bool {
    let like = |claim: &Event, event: &Event| {
        let (before, now) = (&claim.telling, &event.telling);
        claim.what == event.what && (&before.quote, &before.said, &before.note) == (&now.quote, &now.said, &now.note)
    };
    let mut rest: Vec<&Event> = said.to_vec();
    let all = claims.iter().all(|claim| {
        let at = rest.iter().position(|event| like(&claim.says, event));
        at.map(|at| rest.swap_remove(at)).is_some()
    });
    all && rest.is_empty()
}

/// Lets the events of a row take over everything that it said before; what none of them can take over is taken back.
fn replace(claims: &[Claim], events: &mut Vec<Event>) {
    let claims: Vec<&Claim> = claims.iter().filter(|claim| !claim.says.what.kind().is_registry()).collect();
    let mut left: Vec<EventRef> = claims.iter().map(|claim| claim.event).collect();
    for event in events.iter_mut().filter(|event| !event.what.kind().is_registry()) {
        let meeting = meeting(event).cloned();
        let of = claims.iter().filter(|claim| self::meeting(&claim.says) == meeting.as_ref()).map(|claim| claim.event);
        event.telling.replaces = of.collect();
        left.retain(|event_ref| !event.telling.replaces.contains(event_ref));
    }
    if !left.is_empty() {
        let retraction = Retraction { of: left.into_iter().map(Reference::Event).collect(), reason: Why::SourceWithdrawn };
        // The given events keep their numbers, whatever is added.
        events.push(Event { what: What::Retraction(retraction), telling: Telling::default() });
    }
}

/// The meeting that an event is one of; an absence from a meeting is none of its events.
fn meeting(event: &Event) -> Option<&MeetingId> {
    event.what.meeting().filter(|_| event.what.kind().is_of_meeting())
}

/// Whether an event is to be looked at: what says who or what an id is counts if nobody said so yet, or this very row did. Rows say it again
/// and again, and the desk may know better.
fn is_news(event: &WireEvent, known: &Known, claims: &[Claim]) -> bool {
    let Some((kind, id)) = defined(event) else { return true };
    let own = |claim: &Claim| claim.says.what.kind() == kind && claim.says.what.defines().as_deref() == Some(id);
    !known.has(kind, id) || claims.iter().any(own)
}

/// The kind and id that an event of the registry defines.
fn defined(event: &WireEvent) -> Option<(Kind, &str)> {
    let kind = event.kind.parse().ok()?;
    let id = match kind {
        Kind::Official => &event.official,
        Kind::Party => &event.party,
        Kind::Place => &event.place,
        Kind::Trip => &event.trip,
        Kind::Travel | Kind::TravelCancelled | Kind::Presence | Kind::Absence | Kind::Statement | Kind::Retraction => {
            return None;
        }
        Kind::MeetingProposed | Kind::MeetingConfirmed | Kind::MeetingHeld | Kind::MeetingChanged => return None,
        Kind::MeetingDeclined | Kind::MeetingPostponed | Kind::MeetingCancelled => return None,
    };
    Some((kind, id.as_deref()?))
}

/// Whether the last that a row said of an id is this.
fn is_told(what: &What, claims: &[Claim]) -> bool {
    let same_id = |claim: &&Claim| claim.says.what.kind() == what.kind() && claim.says.what.defines() == what.defines();
    claims.iter().rfind(same_id).is_some_and(|claim| claim.says.what == *what)
}

/// The id of the next revision of a row: the same for everybody who takes the same row into the same log.
fn id(outlet: &str, record: &str, before: usize, entry: &WireNewEntry) -> EntryId {
    let says = serde_json::to_string(&entry.events).unwrap_or_default();
    EntryId(Uuid::new_v5(&NAMESPACE, format!("sheet\n{outlet}\n{record}\n{before}\n{says}").as_bytes()))
}
