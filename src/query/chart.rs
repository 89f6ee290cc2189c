//! The days of several officials side by side: what a timeline draws.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::itinerary::of_whereabouts;
use super::{Asked, Citation, Days, ItineraryStop, LegAnswer, Stretch};
use crate::event::{Attendance, Level, MeetingId, OfficialId, PartyId, PlaceId, Position};
use crate::projection::{Basis, Meeting, Standing, Status, Whereabouts};
use crate::time::shifted;

/// How many days before the day asked about a chart begins, and how many days after it it ends, unless it is told.
const BEFORE: u64 = 3;
const AFTER: u64 = 14;

/// The most years that a chart shows.
pub const MOST_YEARS: u32 = 40;

/// The stops, journeys and meetings of some officials over some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// The first day shown.
    pub from: NaiveDate,
    /// The last day shown.
    pub to: NaiveDate,
    /// A row for each official: in the order asked; of everybody, by party and then by name, those without a party last. So everybody has
    /// one place whatever the dates, delegations stand together, and a date that slips moves no row.
    pub rows: Vec<ChartRow>,
    /// The days that were asked for and left out because they are too many.
    pub cut: Option<Days>,
    /// From the first to the last day of which anything is known of these officials.
    pub known: Option<Days>,
}

/// The days of one official.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartRow {
    /// The official.
    pub official: OfficialId,
    /// The name.
    pub name: String,
    /// The side acted for.
    pub party: Option<PartyId>,
    /// The stops, in order.
    pub bars: Vec<ChartBar>,
    /// The journeys that can take place on these days, in order.
    pub legs: Vec<ChartLeg>,
    /// The meetings on whose list the official is, but for those that are off, in order.
    pub meetings: Vec<ChartMeeting>,
}

/// A stop, clipped to the days shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartBar {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The first day shown.
    pub from: NaiveDate,
    /// The last day shown.
    pub to: NaiveDate,
    /// Whether reported days of it lie before those shown.
    pub began_before: bool,
    /// Whether reported days of it lie after those shown.
    pub goes_on: bool,
    /// How firmly on which of these days; the days that it is carried on stand at the end as presumed.
    pub stretches: Vec<Stretch>,
    /// The days on which another stop contradicts it.
    pub conflicts: Vec<Days>,
    /// The events that the stop rests on.
    pub evidence: Vec<Position>,
    /// The same with their sources, for people.
    #[serde(skip)]
    pub cited: Vec<Citation>,
}

/// A journey, clipped to the days shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartLeg {
    /// The first day shown on which it can take place.
    pub first_day: NaiveDate,
    /// The last one.
    pub last_day: NaiveDate,
    /// The journey.
    #[serde(flatten)]
    pub leg: LegAnswer,
}

/// A meeting, clipped to the days shown.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChartMeeting {
    /// Its identity.
    pub meeting: MeetingId,
    /// What it is called.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// Where it stands.
    pub status: Status,
    /// Whether the official comes.
    pub attendance: Attendance,
    /// The first day shown.
    pub from: NaiveDate,
    /// The last day shown.
    pub to: NaiveDate,
    /// Whether it is on some day of these, rather than on all.
    pub some_day: bool,
    /// The events that status, date and place rest on.
    pub evidence: Vec<Position>,
    /// The name of its place, for people.
    #[serde(skip)]
    pub place_name: Option<String>,
    /// The events with their sources, for people.
    #[serde(skip)]
    pub cited: Vec<Citation>,
}

/// Who and when a chart is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChartOptions {
    /// Whose days; empty: everybody of whom anything is known on the days shown.
    pub officials: Vec<OfficialId>,
    /// The first day; by default three days before the day asked about, or later if nothing is known before.
    pub from: Option<NaiveDate>,
    /// The last day; by default two weeks after the day asked about, or earlier if nothing is known after.
    pub to: Option<NaiveDate>,
    /// The most days shown; those after them are left out.
    pub most_days: Option<u64>,
}

/// A chart of more years than anybody can look at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a timeline shows {MOST_YEARS} years at most, and {from} to {to} is more")]
pub struct TooManyYears {
    /// The first day asked for.
    pub from: NaiveDate,
    /// The last one.
    pub to: NaiveDate,
}

/// The chart of some officials, or of everybody.
///
/// # Errors
/// [`TooManyYears`] when the days asked for are more than [`MOST_YEARS`] years.
pub fn chart(asked: &Asked<'_>, options: &ChartOptions) -> Result<Chart, TooManyYears> {
    let Days { from, to } = window(asked.on, options);
    if to.years_since(from).is_some_and(|years| years >= MOST_YEARS) {
        return Err(TooManyYears { from, to });
    }
    let everybody = options.officials.is_empty();
    let people: Vec<(OfficialId, Whereabouts)> = if everybody { all(asked) } else { options.officials.clone() }
        .into_iter()
        .map(|official| {
            let whereabouts = asked.whereabouts(&official);
            (official, whereabouts)
        })
        .collect();
    let rows = |days: Days| -> Vec<ChartRow> {
        let rows = people.iter().map(|(official, whereabouts)| row(asked, official, whereabouts, days));
        rows.filter(|row| !everybody || row.extent().is_some()).collect()
    };
    let mut days = window(asked.on, options);
    let mut shown = rows(days);
    if let Some(known) = shown.iter().filter_map(ChartRow::extent).reduce(both) {
        days.from = options.from.unwrap_or(known.from.min(asked.on.max(days.from)));
        days.to = options.to.unwrap_or(known.to.max(asked.on.min(days.to))).max(days.from);
    }
    let last = options.most_days.map(|most| after(days.from, most.max(1) - 1)).filter(|last| *last < days.to);
    let cut = last.map(|last| Days { from: after(last, 1), to: days.to });
    if let Some(last) = last {
        days.to = last;
        shown = rows(days);
    }
    let known = people.iter().flat_map(|(_, whereabouts)| &whereabouts.stops).map(|stop| Days { from: stop.from, to: stop.to });
    Ok(Chart { from: days.from, to: days.to, rows: shown, cut, known: known.reduce(both) })
}

/// Everybody, by party and then by name; those without a party last.
fn all(asked: &Asked<'_>) -> Vec<OfficialId> {
    let registry = asked.registry();
    let mut officials: Vec<&OfficialId> = registry.officials.keys().collect();
    officials.sort_by_key(|official| {
        let party = registry.party_of(official).map(|party| registry.party_name(party));
        (party.is_none(), party, registry.official_name(official), *official)
    });
    officials.into_iter().cloned().collect()
}

/// The days asked for: what is not given lies about the day asked about, or about the end that is given.
fn window(on: NaiveDate, options: &ChartOptions) -> Days {
    let from = options.from.unwrap_or_else(|| match options.to {
        Some(to) if to < on => before(to, BEFORE + AFTER),
        Some(_) | None => before(on, BEFORE),
    });
    let to = options.to.unwrap_or_else(|| if from > on { after(from, BEFORE + AFTER) } else { after(on, AFTER) });
    Days { from, to: to.max(from) }
}

fn before(day: NaiveDate, days: u64) -> NaiveDate {
    shifted(day, i64::try_from(days).map_or(i64::MIN, |days| -days))
}

fn after(day: NaiveDate, days: u64) -> NaiveDate {
    shifted(day, i64::try_from(days).unwrap_or(i64::MAX))
}

/// The days from the earlier first to the later last.
fn both(one: Days, other: Days) -> Days {
    Days { from: one.from.min(other.from), to: one.to.max(other.to) }
}

/// What two ranges of days share.
fn clip(days: Days, from: NaiveDate, to: NaiveDate) -> Option<Days> {
    let shared = Days { from: days.from.max(from), to: days.to.min(to) };
    (shared.from <= shared.to).then_some(shared)
}

impl ChartRow {
    /// The events that the row rests on.
    #[must_use]
    pub fn evidence(&self) -> Vec<Position> {
        let bars = self.bars.iter().flat_map(|bar| &bar.evidence);
        let legs = self.legs.iter().flat_map(|leg| &leg.leg.evidence);
        bars.chain(legs).chain(self.meetings.iter().flat_map(|meeting| &meeting.evidence)).copied().collect()
    }

    /// From the first to the last day of which the row shows anything.
    fn extent(&self) -> Option<Days> {
        let bars = self.bars.iter().map(|bar| Days { from: bar.from, to: bar.to });
        let legs = self.legs.iter().map(|leg| Days { from: leg.first_day, to: leg.last_day });
        let meetings = self.meetings.iter().map(|meeting| Days { from: meeting.from, to: meeting.to });
        bars.chain(legs).chain(meetings).reduce(both)
    }
}

fn row(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts, days: Days) -> ChartRow {
    let carry = u64::try_from(asked.carry).unwrap_or(0);
    let itinerary = of_whereabouts(asked, official, whereabouts, Some(before(days.from, carry)), Some(days.to));
    let legs = whereabouts.legs.iter().filter_map(|leg| {
        let (first, last) = leg.days?;
        let shown = clip(days, first, last)?;
        Some(ChartLeg { first_day: shown.from, last_day: shown.to, leg: LegAnswer::of(asked, leg) })
    });
    let mut meetings: Vec<ChartMeeting> =
        asked.meetings.iter().filter_map(|meeting| chart_meeting(asked, meeting, official, days)).collect();
    meetings.sort_by(|a, b| (a.from, a.to, &a.meeting).cmp(&(b.from, b.to, &b.meeting)));
    ChartRow {
        official: official.clone(),
        name: itinerary.name,
        party: itinerary.party,
        bars: itinerary.stops.into_iter().filter_map(|stop| bar(asked, whereabouts, stop, days)).collect(),
        legs: legs.collect(),
        meetings,
    }
}

fn bar(asked: &Asked<'_>, whereabouts: &Whereabouts, stop: ItineraryStop, days: Days) -> Option<ChartBar> {
    let there = stop.presence;
    let mut stretches: Vec<Stretch> = stop.stretches;
    stretches.extend(presumed(asked, whereabouts, &there.place, there.to, days));
    let (first, last) = (there.from, there.to);
    let clipped: Vec<Stretch> = stretches
        .into_iter()
        .filter_map(|stretch| {
            let shown = clip(days, stretch.from, stretch.to)?;
            Some(Stretch { from: shown.from, to: shown.to, standing: stretch.standing })
        })
        .collect();
    let (from, to) = (clipped.first()?.from, clipped.last()?.to);
    Some(ChartBar {
        conflicts: if there.conflict { conflicts(asked, whereabouts, &there.place, Days { from, to }) } else { Vec::new() },
        name: there.name,
        country: there.country,
        from,
        to,
        began_before: first < from,
        goes_on: last > to,
        stretches: clipped,
        evidence: there.evidence,
        cited: there.deciding,
        place: there.place,
    })
}

/// The days after a stop on which it is presumed to last, as far as they are shown.
fn presumed(asked: &Asked<'_>, whereabouts: &Whereabouts, place: &PlaceId, last: NaiveDate, days: Days) -> Vec<Stretch> {
    let carry = u64::try_from(asked.carry).unwrap_or(0);
    let carried = clip(days, after(last, 1), after(last, carry)).filter(|_| after(last, 1) > last && carry > 0);
    let here = |day: NaiveDate| {
        let there = whereabouts.on(day, asked.registry());
        there.iter().any(|one| one.basis == Basis::Carried && one.place == *place && one.to == last)
    };
    let runs = carried.map_or_else(Vec::new, |carried| runs(carried, whereabouts, here));
    runs.into_iter().map(|run| Stretch { from: run.from, to: run.to, standing: Standing::Presumed }).collect()
}

/// The days of a stop, among those shown, on which another contradicts it.
fn conflicts(asked: &Asked<'_>, whereabouts: &Whereabouts, place: &PlaceId, shown: Days) -> Vec<Days> {
    let registry = asked.registry();
    let touches = |from: NaiveDate, to: NaiveDate| clip(shown, from, to).is_some();
    let here: Vec<_> = whereabouts.stops.iter().filter(|stop| stop.place == *place && touches(stop.from, stop.to)).collect();
    let others: Vec<_> = whereabouts.stops.iter().filter(|stop| stop.place != *place).collect();
    runs(shown, whereabouts, |day| here.iter().any(|stop| others.iter().any(|other| stop.conflicts_with(other, day, registry))))
}

/// The runs of days for which something holds. It changes only where what is known does, or a day beside it: days between are not asked
/// one by one, for there may be centuries of them.
fn runs(days: Days, whereabouts: &Whereabouts, holds: impl Fn(NaiveDate) -> bool) -> Vec<Days> {
    let edges = whereabouts.edges().into_iter().flat_map(|edge| [before(edge, 1), edge, after(edge, 1)]);
    let edges: BTreeSet<NaiveDate> = edges.filter(|edge| days.from < *edge && *edge <= days.to).chain([days.from]).collect();
    let mut edges = edges.into_iter().peekable();
    let mut found: Vec<Days> = Vec::new();
    while let Some(from) = edges.next() {
        let to = edges.peek().map_or(days.to, |next| before(*next, 1));
        match found.last_mut() {
            _ if !holds(from) => {}
            Some(run) if after(run.to, 1) == from => run.to = to,
            _ => found.push(Days { from, to }),
        }
    }
    found
}

/// A meeting that an official may be at on the days shown; `None` for one that is off, or whose time is too vague for any day.
fn chart_meeting(asked: &Asked<'_>, meeting: &Meeting, official: &OfficialId, days: Days) -> Option<ChartMeeting> {
    let seat = meeting.seat_of(official)?;
    let when = meeting.when.filter(|when| !when.is_too_vague())?;
    if matches!(meeting.status, Status::Postponed | Status::Cancelled) {
        return None;
    }
    let span = when.span(meeting.zone);
    let first = span.from?;
    let shown = clip(days, first, span.to.unwrap_or(first))?;
    Some(ChartMeeting {
        meeting: meeting.id.clone(),
        title: meeting.title.clone(),
        level: meeting.level,
        status: meeting.status,
        attendance: seat.attendance,
        from: shown.from,
        to: shown.to,
        some_day: when.is_some_day(),
        evidence: meeting.evidence.clone(),
        place_name: meeting.place.as_ref().map(|place| asked.registry().place_name(place).to_owned()),
        cited: Citation::all(&asked.view, &meeting.evidence),
    })
}
