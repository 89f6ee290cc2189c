//! The morning meeting's page: what is coming by date, what has no date, what changed since yesterday, what to chase.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;

use super::{Asked, Change, Changes, Citation, Late, MeetingAnswer, Since, changes_since};
use crate::event::{Level, OfficialId, PlaceId, Position};
use crate::projection::{Basis, Leg, Registry, Scope, Standing, Status, Whereabouts};
use crate::time::{Span, When, Zone, shifted};

mod chase;

pub use chase::{Chase, Lifting, Odd, Wanting};

/// How many days after the day asked about are told.
const DAYS_AHEAD: i64 = 7;

/// The day's page.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Brief {
    /// Who is where that day, by place: the places with the most people first.
    pub there: Vec<There>,
    /// Of whom nothing is known that day.
    pub unknown: Vec<Named>,
    /// What that day and the next seven bring, in order of time.
    pub coming: Vec<Coming>,
    /// Pending meetings without a date, or with one too vague for any day.
    pub undated: Vec<MeetingAnswer>,
    /// How many pending meetings are later than that.
    pub later: usize,
    /// The moment since which changes are told.
    #[serde(serialize_with = "super::changes::instant")]
    pub since: DateTime<Utc>,
    /// What changed since then, by the published clock.
    pub changes: Vec<Change>,
    /// What was public before and recorded since.
    pub late: Vec<Late>,
    /// What somebody should look after, the most pressing first.
    pub chase: Vec<Chase>,
}

impl Brief {
    /// Whether it tells of nobody and of nothing, as on a log that was just made.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let people = self.there.is_empty() && self.unknown.is_empty();
        let meetings = self.coming.is_empty() && self.undated.is_empty() && self.later == 0;
        people && meetings && self.changes.is_empty() && self.late.is_empty() && self.chase.is_empty()
    }
}

/// An official by id and name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Named {
    /// The official.
    pub official: OfficialId,
    /// The name.
    pub name: String,
}

/// Who is at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct There {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Who is there, the firmest first.
    pub people: Vec<Standee>,
    /// The newest of the deciding reports, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
}

/// Somebody at a place.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Standee {
    /// The official.
    pub official: OfficialId,
    /// The name.
    pub name: String,
    /// How firmly.
    pub standing: Standing,
    /// Whether another presence contradicts it that day.
    pub conflict: bool,
    /// The events that decide the day.
    pub evidence: Vec<Position>,
}

/// Something that a day brings.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Coming {
    /// The day; of what may be on any of several days, the first that is not past.
    pub day: NaiveDate,
    /// What it is.
    #[serde(flatten)]
    pub what: Agenda,
}

/// What a day brings.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Agenda {
    /// A meeting; also one that is off, so that nobody goes there.
    Meeting(Box<MeetingAnswer>),
    /// Somebody arrives, leaves, or both on one day.
    Movement(Box<Movement>),
}

/// A movement of some officials who go together, by the same report.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Movement {
    /// Whether they leave or arrive that day.
    pub kind: Going,
    /// Who.
    pub officials: Vec<Named>,
    /// Where to.
    pub to: PlaceId,
    /// The name of that place.
    pub to_name: String,
    /// When, as reported; `None` where only a stay that begins that day is reported.
    pub when: Option<When>,
    /// The last day of the stay, where one is reported.
    pub until: Option<NaiveDate>,
    /// How firmly.
    pub standing: Standing,
    /// The events that it rests on.
    pub evidence: Vec<Position>,
    /// The newest of them, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
    /// The zone in which the time is local, for people.
    #[serde(skip)]
    pub zone: Zone,
}

/// What of a journey a day brings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Going {
    /// Leaves that day, and arrives on a later day or nobody said when.
    Departure,
    /// Leaves and arrives that day.
    Journey,
    /// Arrives that day.
    Arrival,
}

/// What a brief may know that was asked for on a day: it is the brief of that day, and knows what was public by then.
#[must_use]
pub fn brief_scope(scope: Scope, on: NaiveDate, zone: Zone) -> Scope {
    Scope { public_by: scope.public_by.or(Some(zone.end_of_day(on))), ..scope }
}

/// The brief on the day asked about, with what changed since a moment; if none is given, since the end of the day before.
#[must_use]
pub fn brief(asked: &Asked<'_>, since: Option<DateTime<Utc>>) -> Brief {
    let yesterday = asked.on.pred_opt().map_or(DateTime::<Utc>::MIN_UTC, |yesterday| asked.zone().end_of_day(yesterday));
    let since = since.unwrap_or(yesterday);
    let Changes { changes, late } = changes_since(asked, Since::Published(since), &[]);
    let registry = asked.registry();
    let everybody: Vec<(&OfficialId, Whereabouts)> =
        registry.officials.keys().map(|official| (official, asked.whereabouts(official))).collect();
    let (there, unknown) = standing(asked, &everybody);
    let last = shifted(asked.on, DAYS_AHEAD);
    let week = Span { from: Some(asked.on), to: Some(last) };
    let mut coming = movements(asked, &everybody, week);
    coming.extend(asked.meetings.iter().filter_map(|meeting| {
        let day = day_of(meeting.when.filter(|when| !when.is_too_vague())?.span(meeting.zone), week)?;
        Some(Coming { day, what: Agenda::Meeting(Box::new(MeetingAnswer::of(asked, meeting))) })
    }));
    coming.sort_by_cached_key(order);
    Brief {
        there,
        unknown,
        coming,
        undated: undated(asked),
        later: asked.meetings.iter().filter(|meeting| meeting.status.is_pending() && is_after(meeting, last)).count(),
        since,
        changes,
        late,
        chase: chase::chase(asked, &everybody, since),
    }
}

fn is_after(meeting: &crate::projection::Meeting, day: NaiveDate) -> bool {
    let when = meeting.when.filter(|when| !when.is_too_vague());
    when.and_then(|when| when.span(meeting.zone).from).is_some_and(|from| from > day)
}

/// The day on which something stands in a week: its first day that is not past.
fn day_of(span: Span, week: Span) -> Option<NaiveDate> {
    let day = span.from.max(week.from)?;
    (week.has(day) && span.has(day)).then_some(day)
}

/// What is settled comes after what is still to come; then exact times first, meetings by level, and who moves.
fn order(coming: &Coming) -> (NaiveDate, bool, bool, Option<DateTime<Utc>>, u8, String) {
    let (settled, when, rank, name) = match &coming.what {
        Agenda::Meeting(meeting) => {
            let rank = match meeting.level {
                Level::Summit => 0,
                Level::Ministerial => 1,
                Level::Talks => 2,
                Level::Call => 3,
            };
            (!meeting.status.is_pending(), meeting.when, rank, meeting.meeting.to_string())
        }
        Agenda::Movement(movement) => {
            let first = movement.officials.first().map_or("", |one| one.official.as_str());
            (false, movement.when, 4, format!("{}{first}", movement.to))
        }
    };
    let start = when.and_then(|when| when.exact_start()).map(|at| at.instant());
    (coming.day, settled, start.is_none(), start, rank, name)
}

fn undated(asked: &Asked<'_>) -> Vec<MeetingAnswer> {
    let vague = |when: Option<When>| when.is_none_or(|when| when.is_too_vague());
    let open = asked.meetings.iter().filter(|meeting| meeting.status.is_pending() && vague(meeting.when));
    let mut found: Vec<MeetingAnswer> =
        open.filter(|meeting| meeting.status != Status::Lapsed).map(|meeting| MeetingAnswer::of(asked, meeting)).collect();
    found.sort_by(|a, b| {
        let key = |one: &MeetingAnswer| (one.level, std::cmp::Reverse(one.last_report));
        (key(a), &a.meeting).cmp(&(key(b), &b.meeting))
    });
    found
}

/// Who is where, and of whom nothing is known.
fn standing(asked: &Asked<'_>, everybody: &[(&OfficialId, Whereabouts)]) -> (Vec<There>, Vec<Named>) {
    let registry = asked.registry();
    let mut places: BTreeMap<PlaceId, Vec<Standee>> = BTreeMap::new();
    let mut unknown = Vec::new();
    for (official, whereabouts) in everybody {
        let presences = whereabouts.on(asked.on, registry);
        if presences.is_empty() && whereabouts.legs_on(asked.on).is_empty() {
            unknown.push(named(registry, official));
        }
        for presence in presences {
            places.entry(presence.place).or_default().push(Standee {
                official: (*official).clone(),
                name: registry.official_name(official).to_owned(),
                standing: presence.standing,
                conflict: presence.conflict,
                evidence: presence.deciding,
            });
        }
    }
    let there = places.into_iter().map(|(place, mut people)| {
        let rank = |one: &Standee| registry.officials.get(&one.official).and_then(|record| record.rank);
        people.sort_by_key(|one| (std::cmp::Reverse(one.standing), rank(one).is_none(), rank(one), one.official.clone()));
        let cited = Citation::newest(&asked.view, people.iter().flat_map(|one| &one.evidence));
        There { name: registry.place_name(&place).to_owned(), place, people, cited }
    });
    let mut there: Vec<There> = there.collect();
    there.sort_by_key(|there| (std::cmp::Reverse(there.people.len()), there.place.clone()));
    (there, unknown)
}

fn named(registry: &Registry, official: &OfficialId) -> Named {
    Named { official: official.clone(), name: registry.official_name(official).to_owned() }
}

/// Who leaves and who arrives in a week; those who go together by the same report stand together.
fn movements(asked: &Asked<'_>, everybody: &[(&OfficialId, Whereabouts)], week: Span) -> Vec<Coming> {
    let registry = asked.registry();
    let mut found: Vec<(NaiveDate, Movement)> = Vec::new();
    for (official, whereabouts) in everybody {
        let mut own: Vec<(NaiveDate, Movement)> =
            whereabouts.legs.iter().flat_map(|leg| of_leg(asked, official, leg, week)).collect();
        own.extend(of_stays(asked, official, whereabouts, week));
        for (day, movement) in own {
            let same = |(on, other): &&mut (NaiveDate, Movement)| {
                (*on, other.kind, &other.to, other.when, other.until, other.standing, &other.evidence)
                    == (day, movement.kind, &movement.to, movement.when, movement.until, movement.standing, &movement.evidence)
            };
            match found.iter_mut().find(same) {
                Some((_, together)) => together.officials.push(named(registry, official)),
                None => found.push((day, movement)),
            }
        }
    }
    found.into_iter().map(|(day, movement)| Coming { day, what: Agenda::Movement(Box::new(movement)) }).collect()
}

/// What a journey brings: one line where it begins and ends on the same day, or nobody said when it ends; else one for each end.
fn of_leg(asked: &Asked<'_>, official: &OfficialId, leg: &Leg, week: Span) -> Vec<(NaiveDate, Movement)> {
    let registry = asked.registry();
    let zone_of = |place: Option<&PlaceId>| registry.zone_of(place, asked.zone());
    let day = |when: Option<When>, zone: Zone| {
        let span = when.filter(|when| !when.is_too_vague())?.span(zone);
        day_of(span, week)
    };
    let movement = |kind, when, zone| Movement {
        kind,
        officials: vec![named(registry, official)],
        to: leg.to.clone(),
        to_name: registry.place_name(&leg.to).to_owned(),
        when,
        until: None,
        standing: leg.standing,
        cited: Citation::newest(&asked.view, leg.evidence.iter()),
        evidence: leg.evidence.clone(),
        zone,
    };
    let (left, reached) = (zone_of(leg.from.as_ref()), zone_of(Some(&leg.to)));
    let (departs, arrives) = (day(leg.depart, left), day(leg.arrive, reached));
    match (departs, arrives) {
        (Some(out), Some(there)) if out == there => vec![(out, movement(Going::Journey, leg.arrive, reached))],
        (out, there) => {
            let out = out.map(|day| (day, movement(Going::Departure, leg.depart, left)));
            out.into_iter().chain(there.map(|day| (day, movement(Going::Arrival, leg.arrive, reached)))).collect()
        }
    }
}

/// Stays that are reported to begin in the week, without a journey there and not for a meeting's sake alone.
fn of_stays(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts, week: Span) -> Vec<(NaiveDate, Movement)> {
    let registry = asked.registry();
    let planned = whereabouts.stops.iter().filter(|stop| {
        let first = stop.standing_on(stop.from);
        week.has(stop.from) && stop.basis_on(stop.from) == Some(Basis::Presence) && first != Some(Standing::Observed)
    });
    let travelled = |place: &PlaceId, day: NaiveDate| whereabouts.legs_on(day).iter().any(|leg| leg.to == *place);
    let begins = planned.filter(|stop| !travelled(&stop.place, stop.from));
    begins
        .map(|stop| {
            let evidence = stop.evidence_on(stop.from);
            let movement = Movement {
                kind: Going::Arrival,
                officials: vec![named(registry, official)],
                to: stop.place.clone(),
                to_name: registry.place_name(&stop.place).to_owned(),
                when: None,
                until: stop.end_is_given().then_some(stop.to),
                standing: stop.standing_on(stop.from).unwrap_or(Standing::Uncertain),
                cited: Citation::newest(&asked.view, evidence.iter()),
                evidence,
                zone: registry.zone_of(Some(&stop.place), asked.zone()),
            };
            (stop.from, movement)
        })
        .collect()
}
