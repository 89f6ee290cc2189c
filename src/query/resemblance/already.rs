//! What a new entry says that is there already: a warning at the door, never a refusal.

use serde::Serialize;

use super::{Sketch, beside};
use crate::event::{Entry, Event, Kind, Meeting as Report, MeetingId, OfficialId, PlaceId, Position, What};
use crate::projection::{Fact, Meeting, Registry, Status};
use crate::query::{Asked, Citation, schedule, typed};
use crate::time::{Span, Zone};

/// An event of the log that says what a new one says again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Resemblance {
    /// The event that is there already.
    pub event: Position,
    /// One sentence.
    pub says: String,
    /// What to do about it.
    pub hint: String,
    /// The new meeting that looks like an older one.
    #[serde(skip)]
    pub new_meeting: Option<MeetingId>,
}

/// The development that a new event tells again.
struct Found {
    event: Position,
    tells: String,
    /// The line that would tell it as news of the old one: where it updates, it replaces it.
    line: Option<String>,
    /// Whether the new event is the newer word on the same plan.
    updates: bool,
    /// The line that tells the old event once more, where the new one is an earlier report of other days.
    newer: Option<String>,
    /// Those of whom only the old event tells: an update must not take them off it.
    others: Vec<OfficialId>,
    /// Whether it stands beside one that the new event takes over, and says what that one said.
    left: bool,
    new_meeting: Option<MeetingId>,
}

/// What of the entry that `after` has and `before` has not looks like a development that is there already; at most one for each of its
/// events. `written` says whether the entry stands in the log by now, or only would.
///
/// - A new meeting that looks like an older one (same company, days, place and level).
/// - A journey or presence of an official in a place, in it or around it, on the same days; plans also where the days lie side by side.
///   What is seen where only a plan was known is news.
/// - A proposal, confirmation or report of a meeting held, by parties who had said so, without any date, place or person that is new.
///
/// An event that names what it replaces resembles nothing; but where it moves a journey or stay of which another report tells, too, that
/// report still stands.
#[must_use]
pub fn resembling(before: &Asked<'_>, after: &Asked<'_>, entry: &Entry, written: bool) -> Vec<Resemblance> {
    let told = entry.numbered().filter(|(_, event)| !event.what.kind().is_registry());
    let alone = entry.events.iter().filter(|event| !event.what.kind().is_registry()).count() == 1;
    let mut found: Vec<Resemblance> = Vec::new();
    for (number, event) in told {
        let new = Position { seq: entry.seq, number };
        let one = if event.telling.replaces.is_empty() {
            let meeting = old_meeting(before, after, entry, event);
            meeting.or_else(|| same_stay(before, after, entry, event)).or_else(|| same_word(before, event))
        } else {
            left_behind(before, after, entry, event)
        };
        let Some(one) = one else { continue };
        // Several reports of one new meeting in an entry are one question.
        if one.new_meeting.is_none() || found.iter().all(|known| known.new_meeting != one.new_meeting) {
            found.push(one.resemblance(after, Stand { new, written, alone }));
        }
    }
    found
}

/// Where the new event stands.
#[derive(Clone, Copy)]
struct Stand {
    new: Position,
    written: bool,
    alone: bool,
}

impl Found {
    fn resemblance(self, after: &Asked<'_>, place: Stand) -> Resemblance {
        let cited = Citation::at(&after.view, self.event);
        let source = cited.as_ref().map_or("the desk", Citation::source).to_owned();
        let day = cited.map(|cited| format!(", {}", cited.published.format("%-d %b %Y"))).unwrap_or_default();
        let ours = Citation::at(&after.view, place.new).map(|cited| cited.source().to_owned());
        let hint = self.hint(place, ours.as_deref() == Some(&source));
        let says = format!("{} ({source}{day}) {} {}", self.event, if self.left { "still" } else { "already" }, self.tells);
        Resemblance { event: self.event, says, hint, new_meeting: self.new_meeting }
    }

    fn hint(&self, place: Stand, same_source: bool) -> String {
        let (old, new) = (self.event, place.new);
        let first = if place.written { "" } else { "log it, then " };
        if let Some(line) = &self.newer {
            let again = format!("{first}`daybook log {line} --replaces {old} --replaces {new}`");
            return format!("an earlier report of other days; if {old} is what became of them: {again}");
        }
        match (&self.new_meeting, &self.line) {
            (Some(_), Some(line)) if place.written => {
                format!("if it is the same meeting: `daybook retract {new} --reason duplicate`, then `daybook log {line}`")
            }
            (Some(_), Some(line)) => format!("if it is the same meeting: `daybook log {line}`"),
            (None, _) if !self.updates && !same_source => "a second source is welcome: nothing to do".to_owned(),
            (None, _) if !self.updates && place.written => {
                format!("if nothing is new: `daybook retract {new} --reason duplicate`")
            }
            (None, _) if self.updates && !self.others.is_empty() => {
                let stay: String = self.others.iter().map(|one| format!(" --stay {one}")).collect();
                format!("to update it: {first}`daybook log cancel-travel {old}{stay}`")
            }
            (None, Some(line)) if self.updates && place.written => {
                format!("to update it: `daybook log {line} --replaces {old} --replaces {new}`")
            }
            (None, Some(line)) if self.updates && place.alone => format!("to update it: `daybook log {line} --replaces {old}`"),
            (None, _) if self.updates => format!("to update it, add `--replaces {old}` to that line"),
            (_, _) => "if nothing is new, there is nothing to log".to_owned(),
        }
    }
}

/// The older meeting that a meeting looks like which nobody told of before.
fn old_meeting(before: &Asked<'_>, after: &Asked<'_>, entry: &Entry, event: &Event) -> Option<Found> {
    let id = event.what.meeting().filter(|id| event.what.kind().introduces_meeting() && before.meeting(id).is_none())?;
    let new = Sketch::of(after.meeting(id)?);
    let old = before.meetings.iter().find(|old| Sketch::of(old).is_like(&new, after.registry()))?;
    let first = before.view.meeting_facts(&old.id).first()?.key.position;
    let when = old.when.map(|when| format!(", {}", schedule::when(when))).unwrap_or_default();
    let place = old.place.as_ref().map(|place| format!(", in {}", before.registry().place_name(place))).unwrap_or_default();
    let tells = format!("tells of {} ({}{when}{place}), which {id} looks like", old.title, old.id);
    let told = Event { what: under(&event.what, &old.id), telling: event.telling.clone() };
    let line = typed::retold(&told, entry, after.registry());
    Some(Found {
        event: first,
        tells,
        line,
        updates: false,
        newer: None,
        others: Vec::new(),
        left: false,
        new_meeting: Some(id.clone()),
    })
}

/// The same report of a meeting, under another id and without the title that went with its own.
fn under(what: &What, id: &MeetingId) -> What {
    let mut what = what.clone();
    if let What::MeetingProposed(m) | What::MeetingConfirmed(m) | What::MeetingHeld(m) | What::MeetingChanged(m) = &mut what {
        m.meeting = id.clone();
        m.title = None;
        m.level = None;
    }
    what
}

/// What a report of a journey or presence tells: who, where, on which days, and whether it was seen.
struct Told<'a> {
    officials: &'a [OfficialId],
    place: &'a PlaceId,
    days: Span,
    seen: bool,
    verb: &'static str,
}

impl<'a> Told<'a> {
    fn of(event: &'a Event, published: impl Fn(Zone) -> chrono::NaiveDate, registry: &Registry, log_zone: Zone) -> Option<Self> {
        let (officials, place, when, verb) = match &event.what {
            What::Travel(travel) => (&travel.officials, &travel.to, travel.arrive.or(travel.depart)?, "travels to"),
            What::Presence(presence) => (&presence.officials, &presence.place, presence.when, "is in"),
            What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::TravelCancelled(_) => return None,
            What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => return None,
            What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => return None,
            What::Absence(_) | What::Statement(_) | What::Retraction(_) => return None,
        };
        let zone = registry.zone_of(Some(place), log_zone);
        let days = when.span(zone);
        let seen = days.from.is_some_and(|first| first <= published(zone)) && matches!(event.what, What::Presence(_));
        let vague = when.is_too_vague();
        (!vague).then_some(Self { officials, place, days, seen, verb })
    }

    fn is_like(&self, old: &Self, registry: &Registry) -> bool {
        let near = registry.is_within(self.place, old.place) || registry.is_within(old.place, self.place);
        let days = if self.seen || old.seen { old.days } else { beside(old.days) };
        near && days.overlaps(self.days) && (old.seen || !self.seen)
    }
}

/// The latest report that puts some of the same officials there at that time.
fn same_stay(before: &Asked<'_>, after: &Asked<'_>, entry: &Entry, event: &Event) -> Option<Found> {
    let registry = after.registry();
    let zone = after.zone();
    let new = Told::of(event, |zone| entry.published_day(zone), registry, zone)?;
    let facts: Vec<Fact<'_>> = new.officials.iter().flat_map(|official| before.view.official_facts(official)).collect();
    let stays = facts.iter().filter_map(|fact| {
        let stay = Told::of(fact.event, |zone| fact.published_day(zone), registry, zone)?;
        new.is_like(&stay, registry).then_some((fact, stay))
    });
    let (fact, old) = stays.max_by_key(|(fact, _)| fact.key)?;
    let tells = tells(&new, &old, registry);
    let updates = new.days != old.days || new.place != old.place || new.verb != old.verb;
    // Only a plan is taken over, and only by what is newer: what was seen stands beside other reports of it.
    let is_newer = fact.key.public <= entry.public(zone);
    let updates = updates && !old.seen && is_newer;
    let other_days = new.days != old.days && !old.seen && !is_newer;
    let newer = if other_days { typed::retold(fact.event, fact.entry, registry) } else { None };
    let line = typed::retold(event, entry, registry);
    let others = old.officials.iter().filter(|one| !new.officials.contains(one)).cloned().collect();
    Some(Found { event: fact.key.position, tells, line, updates, newer, others, left: false, new_meeting: None })
}

/// The latest other report of the plan that an event moves to other days: it still says what was said before.
fn left_behind(before: &Asked<'_>, after: &Asked<'_>, entry: &Entry, event: &Event) -> Option<Found> {
    let (registry, zone) = (after.registry(), after.zone());
    let new = Told::of(event, |zone| entry.published_day(zone), registry, zone)?;
    let taken: Vec<Position> = event.telling.replaces.iter().filter_map(|of| before.view.claims().position(*of)).collect();
    let facts: Vec<Fact<'_>> = new.officials.iter().flat_map(|official| before.view.official_facts(official)).collect();
    let moved = facts.iter().find(|fact| taken.contains(&fact.key.position)).copied()?;
    // Reports of other events belong to another story.
    let old = Told::of(moved.event, |zone| moved.published_day(zone), registry, zone)?;
    let others = facts.iter().filter(|fact| !taken.contains(&fact.key.position) && fact.key.public <= entry.public(zone));
    let stays = others.filter_map(|fact| {
        let stay = Told::of(fact.event, |zone| fact.published_day(zone), registry, zone)?;
        let same = stay.days == old.days && stay.place == old.place && !stay.seen;
        (same && (stay.days != new.days || stay.place != new.place)).then_some(fact)
    });
    let fact = stays.max_by_key(|fact| fact.key)?;
    let stay = Told::of(fact.event, |zone| fact.published_day(zone), registry, zone)?;
    let tells = tells(&new, &stay, registry);
    let taken: String = taken.iter().map(|of| format!(" --replaces {of}")).collect();
    let line = typed::retold(event, entry, registry).map(|line| line + &taken);
    let others = stay.officials.iter().filter(|one| !new.officials.contains(one)).cloned().collect();
    Some(Found { event: fact.key.position, tells, line, updates: true, newer: None, others, left: true, new_meeting: None })
}

/// "says that Marco Rubio travels to Oslo, 28 Nov 2025", of those of whom the new report tells, too.
fn tells(new: &Told<'_>, old: &Told<'_>, registry: &Registry) -> String {
    let names: Vec<&str> =
        new.officials.iter().filter(|one| old.officials.contains(one)).map(|one| registry.official_name(one)).collect();
    let days = old.days.from.zip(old.days.to).map(|(from, to)| format!(", {}", schedule::days(from, to))).unwrap_or_default();
    let verb = match (old.verb, names.len()) {
        (verb, 1) => verb,
        ("is in", _) => "are in",
        (_, _) => "travel to",
    };
    format!("says that {} {verb} {}{days}", names.join(" and "), registry.place_name(old.place))
}

/// The latest report in which the same parties said the same of a meeting, if nothing about it is new.
fn same_word(before: &Asked<'_>, event: &Event) -> Option<Found> {
    let kind = event.what.kind();
    let report = event.what.of_meeting().filter(|_| kind != Kind::MeetingChanged)?;
    let meeting = before.meeting(&report.meeting)?;
    if has_news(report, meeting, kind) {
        return None;
    }
    let said = before.view.meeting_facts(&meeting.id).into_iter().rev().find(|fact| {
        let by = fact.event.what.of_meeting().map(|told| told.by.as_slice()).unwrap_or_default();
        fact.event.what.kind() == kind && report.by.iter().all(|one| by.iter().any(|other| other.party == one.party))
    })?;
    let parties: Vec<&str> = report.by.iter().map(|by| before.registry().party_name(&by.party)).collect();
    let said_so = match (kind, parties.is_empty()) {
        (Kind::MeetingHeld, _) => format!("{} took place", meeting.title),
        (Kind::MeetingProposed, true) => format!("{} is proposed", meeting.title),
        (Kind::MeetingProposed, false) => format!("{} proposed {}", parties.join(" and "), meeting.title),
        (_, true) => format!("{} is confirmed", meeting.title),
        (_, false) => format!("{} confirmed {}", parties.join(" and "), meeting.title),
    };
    let tells = format!("says that {said_so}");
    Some(Found {
        event: said.key.position,
        tells,
        line: None,
        updates: false,
        newer: None,
        others: Vec::new(),
        left: false,
        new_meeting: None,
    })
}

/// Whether a report says anything of a meeting that does not stand so already.
fn has_news(report: &Report, meeting: &Meeting, kind: Kind) -> bool {
    let changes_status = if kind == Kind::MeetingHeld {
        meeting.status != Status::Held
    } else {
        matches!(meeting.status, Status::Cancelled | Status::Postponed | Status::AtRisk | Status::Held)
    };
    let seated = |one: &crate::event::Participant| {
        let attendance = one.attendance.unwrap_or(crate::event::Attendance::Expected);
        let same = |seat: &&crate::projection::Seat| seat.who == one.who && seat.attendance == attendance;
        meeting.seats.iter().find(same).is_some_and(|seat| one.role.is_none_or(|role| role == seat.role))
    };
    let voices =
        kind == Kind::MeetingConfirmed && report.by.iter().any(|by| meeting.confirmed_by.iter().all(|yes| yes.party != by.party));
    changes_status
        || voices
        || (report.when.is_some() && report.when != meeting.when)
        || (report.place.is_some() && report.place != meeting.place)
        || report.place.is_some() && report.place_doubtful != meeting.place_doubtful
        || report.agenda.is_some() && report.agenda != meeting.agenda
        || report.outcome.is_some() && report.outcome != meeting.outcome
        || !report.participants.iter().all(seated)
}
