//! Somebody's calendar as entries: each event is a presence of those whose calendar it is, known again by its UID.
//!
//! | in the calendar | in the log |
//! |---|---|
//! | an event with a place | a presence there; SUMMARY is its purpose, DESCRIPTION its quote |
//! | STATUS:TENTATIVE | the same, its time in doubt (`?`) |
//! | STATUS:CANCELLED, or a time that its series no longer has | the plan is called off, if there was one |
//! | another revision | a presence that replaces the one before |
//! | an event that had begun when it was last revised | a presence in doubt: an agenda tells what was planned, and not that it took place |
//! | an event without a place | left out, unless it is said where such events are |

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use super::lines::{NAMESPACE, located};
use super::location::{self, Location, Locations};
use super::told::{Claim, Standing, Told};
use super::{Admitted, Door, Draft, Known, Problem, Refusal};
use crate::event::wire::{WireEvent, WireSource};
use crate::event::{EntryId, Event, NewEntry, OfficialId, PlaceId, Position, What};
use crate::ical::{Agenda, AgendaClock, AgendaEvent, AgendaStatus, AgendaTime, LeftOut, Why, is_safe_uri, one_line};
use crate::time::{End, Qualifier, Shape, When, Zone, write_instant};

/// The most characters of a DESCRIPTION that are quoted.
pub const QUOTED: usize = 2_000;

/// Whose calendar it is, and what its events do not say themselves.
#[derive(Clone, Debug)]
pub struct Whose {
    /// Those who are where its events are.
    pub officials: Vec<OfficialId>,
    /// The source: its outlet tells records of the same UID apart. What an event says of itself goes before.
    pub source: WireSource,
    /// Until when it must not leave the desk.
    pub embargo: Option<String>,
    /// Who writes it down.
    pub logged_by: Option<String>,
    /// Where events without a place are.
    pub otherwise: Option<PlaceId>,
    /// The days that were asked for; what is not in them is not missed.
    pub days: (Option<NaiveDate>, Option<NaiveDate>),
    /// Whether it is a record of what took place, and not only of what was planned.
    pub is_record: bool,
}

/// A calendar, checked.
#[derive(Debug, Default)]
pub struct Reviewed {
    /// The entries to be written, in order.
    pub entries: Vec<NewEntry>,
    /// What each of them does, in the same order.
    pub acts: Vec<Act>,
    /// How many events are in the log as they are.
    pub already: usize,
    /// What was left out, with the lines.
    pub left_out: Vec<LeftOut>,
    /// What cannot be understood or stored.
    pub refusals: Vec<Refusal>,
    /// Places of which only the name is known: their ids, and the names as they were given.
    pub as_given: Vec<(PlaceId, String)>,
    /// How many descriptions were cut at [`QUOTED`] characters.
    pub cut: usize,
    /// How many times name no zone and are at a place that has none: they count in the zone of the log.
    pub floating: usize,
    /// How many of its events were over before they were last revised: an agenda tells what was planned, so they are in doubt.
    pub late: usize,
    /// Plans of this source that stand, lie ahead, and are no longer in the calendar at all.
    pub gone: Vec<Act>,
    /// How many of the new events another outlet told of under the same UID: if it is the same calendar, they are in the log twice.
    pub elsewhere: BTreeMap<String, usize>,
}

/// What an entry does.
#[derive(Clone, Debug, PartialEq)]
pub struct Act {
    /// The line of the event.
    pub line: usize,
    /// What it is called.
    pub summary: String,
    /// The name of the place; of what is called off, as it was planned.
    pub place: String,
    /// When; of what is called off, as it was planned.
    pub when: When,
    /// When it was, if that is another.
    pub before: Option<When>,
    /// What became of it.
    pub deed: Deed,
}

/// What becomes of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// It is new.
    New,
    /// It takes over what an earlier revision said.
    Changed(Option<Position>),
    /// It is off.
    CalledOff(Option<Position>),
}

/// Checks a calendar against what the log knows and what its source told; nothing is written. `name` is what the file is called.
pub fn check_calendar(
    agenda: &Agenda,
    name: &str,
    whose: &Whose,
    known: &mut Known,
    told: &mut Told,
    now: DateTime<Utc>,
    salt: &mut dyn FnMut() -> u64,
) -> Reviewed {
    let locations = Locations::of(known);
    let mut review = Review { name, whose, agenda, known, told, now, salt, locations, done: Reviewed::default() };
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for left in &agenda.left_out {
        match left.why.is_fault() {
            true if left.what.is_empty() => review.refuse(left.line, Problem::new(left.why.to_string()).into()),
            true => review.refuse(left.line, Problem::new(format!("\"{}\": {}", one_line(&left.what), left.why)).into()),
            false => review.done.left_out.push(left.clone()),
        }
    }
    for event in &agenda.events {
        match seen.insert(&event.key, event.line) {
            None => review.event(event),
            Some(line) => {
                let problem = Problem::new(format!("it bears the UID of the event in line {line}"));
                review.refuse(event.line, problem.hint("each event has a UID of its own").into());
            }
        }
    }
    review.missed(&seen.into_keys().collect());
    review.gone();
    review.done.left_out.sort_by_key(|left| left.line);
    review.done
}

/// A calendar on its way through the door.
struct Review<'r, 's> {
    name: &'r str,
    whose: &'r Whose,
    agenda: &'r Agenda,
    known: &'r mut Known,
    told: &'r mut Told,
    now: DateTime<Utc>,
    salt: &'s mut dyn FnMut() -> u64,
    locations: Locations,
    done: Reviewed,
}

impl Review<'_, '_> {
    fn refuse(&mut self, line: usize, refusal: Refusal) {
        self.done.refusals.push(located(refusal, self.name, u64::try_from(line).unwrap_or(u64::MAX)));
    }

    fn leave(&mut self, event: &AgendaEvent, why: &str) {
        let why = Why::Fault(why.to_owned());
        self.done.left_out.push(LeftOut { line: event.line, what: event.summary.clone(), why });
    }

    fn event(&mut self, event: &AgendaEvent) {
        // Which days are wanted says what is taken in; what was taken in before is followed wherever it goes.
        if !event.wanted && matches!(self.told.standing(&event.key, &self.whose.officials), Standing::New) {
            return self.done.left_out.push(LeftOut { line: event.line, what: event.summary.clone(), why: Why::Days });
        }
        if event.status == AgendaStatus::Cancelled {
            return self.cancelled(event);
        }
        let Some(location) = self.location(event) else {
            return self.leave(event, "it names no place: --at PLACE says where such events are");
        };
        let says = self.presence(event, &location);
        let doubted = WireEvent { when: Some(when(event, self.zone(&location), true).to_string()), ..says.clone() };
        if self.told.knows(&event.key, &self.whose.officials, |claim| is_same(claim, &says) || is_same(claim, &doubted)) {
            self.done.already += 1;
            return;
        }
        let (deed, before) = match self.told.standing(&event.key, &self.whose.officials) {
            Standing::New | Standing::Retracted => (Deed::New, None),
            Standing::Counts(claim) if self.is_older(event, claim) => {
                return self.leave(event, "the log has a later revision of it");
            }
            Standing::Counts(claim) => (Deed::Changed(claim.position), Some(claim.says.clone())),
        };
        let is_late = !self.whose.is_record && self.is_late(event, &location);
        let says = if is_late { doubted } else { says };
        let is_cut = says.quote.as_ref().is_some_and(|quote| quote.ends_with('…'));
        self.remark(event, &location, is_late, is_cut);
        let earlier = || self.told.all(&event.key, &self.whose.officials).iter().map(ToString::to_string).collect();
        let replaces = matches!(deed, Deed::Changed(_)).then(earlier);
        let wire = WireEvent { replaces, ..says };
        let events = std::iter::once(wire).chain(location.new.clone()).collect();
        if !self.admit(&event.key, event, events, deed) {
            return;
        }
        if let (Some(act), Some(What::Presence(before))) = (self.done.acts.last_mut(), before.map(|before| before.what)) {
            act.before = Some(before.when).filter(|when| *when != act.when);
        }
        if deed == Deed::New
            && let Some(outlet) = self.told.other_outlet(&event.key, &self.whose.officials)
        {
            *self.done.elsewhere.entry(outlet.to_owned()).or_default() += 1;
        }
        self.locations.learn(&location);
        if location.as_given && location.new.is_some() {
            self.done.as_given.push((location.place, one_line(&event.location).into_owned()));
        }
    }

    /// An event that is off: so is the plan, if it told of one that stands.
    fn cancelled(&mut self, event: &AgendaEvent) {
        if let Some(claim) = self.told.plan(&event.key, &self.whose.officials).cloned() {
            if self.is_older(event, &claim) {
                return self.leave(event, "the log has a later revision of it");
            }
            return self.call_off(&event.key, event, &claim);
        }
        match self.told.standing(&event.key, &self.whose.officials) {
            Standing::Counts(_) | Standing::Retracted => self.done.already += 1,
            Standing::New => self.leave(event, "cancelled, and the log has no plan of it"),
        }
    }

    /// Calls off the times that a series of this calendar told of and no longer has, from today on.
    fn missed(&mut self, seen: &HashSet<&str>) {
        for event in &self.agenda.heads {
            let records: Vec<String> =
                self.told.series(&event.uid).filter(|record| !seen.contains(record)).map(str::to_owned).collect();
            for record in records {
                let Some(claim) = self.told.plan(&record, &self.whose.officials).cloned() else { continue };
                if self.is_awaited(&claim) {
                    self.call_off(&record, event, &claim);
                }
            }
        }
    }

    /// Finds the plans of this source that are not in the calendar under any day: a feed may have let them fall, or may begin later now.
    fn gone(&mut self) {
        let there: HashSet<&str> = self.agenda.events.iter().chain(&self.agenda.heads).map(|event| event.uid.as_str()).collect();
        let is_there =
            |record: &str| there.contains(record) || record.rsplit_once('/').is_some_and(|(uid, _)| there.contains(uid));
        let mut gone = Vec::new();
        for record in self.told.records().filter(|record| !is_there(record)) {
            let Some(claim) = self.told.plan(record, &self.whose.officials) else { continue };
            if self.is_awaited(claim) {
                gone.extend(self.planned(0, &claim.says, Deed::CalledOff(claim.position)));
            }
        }
        self.done.gone = gone;
    }

    /// Whether an event was revised before the last word that the log has of it.
    fn is_older(&self, event: &AgendaEvent, claim: &Claim) -> bool {
        event.revised.is_some_and(|revised| revised < self.told.last_word(claim)) && self.whose.source.published.is_none()
    }

    /// Whether it had begun when it was last revised, so that it would count as seen there.
    fn is_late(&self, event: &AgendaEvent, location: &Location) -> bool {
        let zone = self.zone(location);
        let revised = event.revised.map_or(self.now, |at| at.min(self.now));
        match event.time {
            AgendaTime::Days(first, _) => first <= zone.day_at(revised),
            AgendaTime::Exact(from, _) => from.at(zone).instant() <= revised,
        }
    }

    /// Counts what should be said of an event beside what becomes of it.
    fn remark(&mut self, event: &AgendaEvent, location: &Location, is_late: bool, is_cut: bool) {
        let is_floating = matches!(event.time, AgendaTime::Exact(AgendaClock::Floating(_), _));
        self.done.floating += usize::from(is_floating && location.zone.is_none() && self.agenda.zone.is_none());
        self.done.late += usize::from(is_late);
        self.done.cut += usize::from(is_cut);
    }

    /// Whether a plan lies wholly ahead, and in the days that were asked for.
    fn is_awaited(&self, claim: &Claim) -> bool {
        let What::Presence(presence) = &claim.says.what else { return false };
        let span = presence.when.span(self.known.registry.zone_of(Some(&presence.place), self.known.zone));
        let (Some(first), Some(last)) = (span.from, span.to) else { return false };
        let until = self.whose.days.1.or(self.agenda.endless);
        let today = self.known.zone.day_at(self.now);
        first > today && self.whose.days.0.is_none_or(|from| from <= first) && until.is_none_or(|until| last <= until)
    }

    fn call_off(&mut self, record: &str, event: &AgendaEvent, claim: &Claim) {
        let wire =
            WireEvent { kind: "travel_cancelled".to_owned(), of: Some(vec![claim.event.to_string()]), ..WireEvent::default() };
        if self.admit(record, event, vec![wire], Deed::CalledOff(claim.position)) {
            // What is called off is shown as it was planned.
            let planned = self.planned(event.line, &claim.says, Deed::CalledOff(claim.position));
            self.done.acts.extend(planned);
        }
    }

    fn planned(&self, line: usize, says: &Event, deed: Deed) -> Option<Act> {
        let What::Presence(presence) = &says.what else { return None };
        let place = self.known.registry.place_name(&presence.place).to_owned();
        Some(Act { line, summary: presence.purpose.clone().unwrap_or_default(), place, when: presence.when, before: None, deed })
    }

    /// Takes an entry through the door; says whether it may be written.
    fn admit(&mut self, record: &str, event: &AgendaEvent, events: Vec<WireEvent>, deed: Deed) -> bool {
        let id = self.id(record, event, matches!(deed, Deed::CalledOff(_)));
        let mut draft = Draft::default();
        draft.entry.events = events;
        draft.entry.embargo.clone_from(&self.whose.embargo);
        draft.entry.logged_by.clone_from(&self.whose.logged_by);
        draft.entry.source = Some(self.source(record, event));
        let mut door = Door { known: self.known, now: self.now, create: false, lines: &|_| None };
        match door.admit(&draft, id, (self.salt)()) {
            Err(refusal) => {
                self.refuse(event.line, refusal);
                false
            }
            Ok(Admitted { entry, .. }) => {
                self.known.admit(&entry.clone().numbered(self.known.last_seq + 1, self.now));
                self.told.admit(&entry, self.now, self.known.zone);
                let act = entry.events.first().and_then(|says| self.planned(event.line, says, deed));
                self.done.acts.extend(act);
                self.done.entries.push(entry);
                true
            }
        }
    }

    /// The id of the next revision of a record: the same for everybody who takes the same revision into the same log.
    fn id(&self, record: &str, event: &AgendaEvent, off: bool) -> EntryId {
        let outlet = self.whose.source.outlet.as_deref().unwrap_or_default();
        let officials: Vec<&str> = self.whose.officials.iter().map(OfficialId::as_str).collect();
        let number = self.told.all(record, &self.whose.officials).len();
        let off = if off { "off" } else { "on" };
        let revised = event.revised.map(write_instant).unwrap_or_default();
        let name = format!("calendar\n{outlet}\n{record}\n{}\n{number}\n{off}\n{revised}", officials.join(","));
        EntryId(Uuid::new_v5(&NAMESPACE, name.as_bytes()))
    }

    fn source(&self, record: &str, event: &AgendaEvent) -> WireSource {
        let mut source = self.whose.source.clone();
        source.record = Some(record.to_owned());
        if let Some(url) = event.url.clone().filter(|url| is_safe_uri(url)) {
            source.url = Some(url);
        }
        // A calendar cannot have come out after it was read, whatever its clock said.
        let revised = event.revised.map(|at| write_instant(at.min(self.now)));
        source.published = source.published.or(revised);
        source
    }

    fn location(&mut self, event: &AgendaEvent) -> Option<Location> {
        if let Some(found) = self.locations.find(self.known, &event.location, event.position) {
            return Some(found);
        }
        let place = self.whose.otherwise.clone()?;
        let zone = location::zone(self.known, &place);
        Some(Location { place, new: None, zone, as_given: false })
    }

    fn zone(&self, location: &Location) -> Zone {
        location.zone.or(self.agenda.zone).unwrap_or(self.known.zone)
    }

    fn presence(&self, event: &AgendaEvent, location: &Location) -> WireEvent {
        WireEvent {
            kind: "presence".to_owned(),
            officials: Some(self.whose.officials.iter().map(ToString::to_string).collect()),
            place: Some(location.place.to_string()),
            when: Some(when(event, self.zone(location), false).to_string()),
            purpose: Some(one_line(&event.summary).into_owned()).filter(|summary| !summary.trim().is_empty()),
            quote: quoted(&event.description),
            ..WireEvent::default()
        }
    }
}

/// Whether a presence says what a claim says, whatever it replaces.
fn is_same(claim: &Claim, says: &WireEvent) -> bool {
    Event::try_from(says).is_ok_and(|event| event.what == claim.says.what && event.telling.quote == claim.says.telling.quote)
}

/// When an event takes place at a place in `zone`; if it is tentative, that is in doubt anyway.
fn when(event: &AgendaEvent, zone: Zone, in_doubt: bool) -> When {
    let shape = match event.time {
        AgendaTime::Days(first, last) if first == last => Shape::Day(first),
        AgendaTime::Days(first, last) => Shape::Throughout(End::Day(first), Some(End::Day(last))),
        AgendaTime::Exact(from, None) => Shape::Exact(from.at(zone)),
        AgendaTime::Exact(from, Some(to)) => Shape::Throughout(End::Exact(from.at(zone)), Some(End::Exact(to.at(zone)))),
    };
    let qualifier = if in_doubt || event.status == AgendaStatus::Tentative { Qualifier::Doubtful } else { Qualifier::Plain };
    When { shape, qualifier }
}

/// The beginning of a description, as a quotation.
fn quoted(description: &Arc<str>) -> Option<String> {
    // Some of what is looked at shows nothing, so more than what is wanted is looked at, but never all of a book.
    let head: String = description.trim_start().chars().take(4 * QUOTED).collect();
    let text = crate::ical::tidy(head.trim_end());
    let cut = text.char_indices().nth(QUOTED).map(|(at, _)| at);
    let text = match cut.and_then(|at| text.get(..at)) {
        Some(head) => format!("{}…", head.trim_end()),
        None => text.into_owned(),
    };
    (!text.is_empty()).then_some(text)
}
