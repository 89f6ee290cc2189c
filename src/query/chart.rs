//! The days of several officials side by side: what a timeline draws.

use chrono::NaiveDate;
use serde::Serialize;

use super::itinerary::itinerary_stop;
use super::trips::as_made;
use super::{Asked, Citation, Days, LegAnswer, Stretch};
use crate::event::{Attendance, Level, MeetingId, OfficialId, PartyId, PlaceId, Position};
use crate::projection::{Basis, Meeting, Standing, Status, Stop, Whereabouts};
use crate::time::shifted;

/// How many days before the day asked about a chart begins, and how many days after it it ends, unless it is told.
const BEFORE: u64 = 3;
const AFTER: u64 = 14;

/// From how many days on a chart is one of careers, which is read as a succession.
const CAREERS_DAYS: i64 = 5 * 365;

/// The stops, journeys and meetings of some officials over some days.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Chart {
    /// The first day shown.
    pub from: NaiveDate,
    /// The last day shown.
    pub to: NaiveDate,
    /// A row for each official: in the order asked; of everybody, by party and then by name, those without a party last. So everybody has
    /// one place whatever the dates, delegations stand together, and a date that slips moves no row. Over five years and more, by the first
    /// day shown: one after the other in office.
    pub rows: Vec<ChartRow>,
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
}

/// The chart of some officials, or of everybody.
#[must_use]
pub fn chart(asked: &Asked<'_>, options: &ChartOptions) -> Chart {
    let everybody = options.officials.is_empty();
    let people: Vec<(OfficialId, Whereabouts)> = if everybody { all(asked) } else { options.officials.clone() }
        .into_iter()
        .map(|official| {
            let whereabouts = asked.whereabouts(&official);
            (official, whereabouts)
        })
        .collect();
    let mut days = window(asked.on, options);
    let rows = people.iter().map(|(official, whereabouts)| row(asked, official, whereabouts, days));
    let mut rows: Vec<ChartRow> = rows.filter(|row| !everybody || row.extent().is_some()).collect();
    if everybody && (days.to - days.from).num_days() >= CAREERS_DAYS {
        rows.sort_by_key(|row| row.extent().map(|days| (days.from, days.to)));
    }
    if let Some(known) = rows.iter().filter_map(ChartRow::extent).reduce(both) {
        days.from = options.from.unwrap_or(known.from.min(asked.on.max(days.from)));
        days.to = options.to.unwrap_or(known.to.max(asked.on.min(days.to))).max(days.from);
    }
    let known = people.iter().flat_map(|(_, whereabouts)| &whereabouts.stops).map(|stop| Days { from: stop.from, to: stop.to });
    Chart { from: days.from, to: days.to, rows, known: known.reduce(both) }
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
    let registry = asked.registry();
    let row = Row { asked, whereabouts, edges: whereabouts.edges().into_iter().collect(), days };
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
        name: registry.official_name(official).to_owned(),
        party: registry.party_of(official).cloned(),
        bars: as_made(&whereabouts.stops).into_iter().filter_map(|at| row.bar(whereabouts.stops.get(at)?)).collect(),
        legs: legs.collect(),
        meetings,
    }
}

/// What the bars of an official are made of.
struct Row<'a> {
    asked: &'a Asked<'a>,
    whereabouts: &'a Whereabouts,
    /// The days on which what is known can change, in order.
    edges: Vec<NaiveDate>,
    /// The days shown.
    days: Days,
}

impl Row<'_> {
    /// A stop, as far as it is shown.
    fn bar(&self, stop: &Stop) -> Option<ChartBar> {
        let carry = u64::try_from(self.asked.carry).unwrap_or(0);
        clip(self.days, stop.from, after(stop.to, carry))?;
        let there = itinerary_stop(self.asked, self.whereabouts, stop);
        let mut stretches: Vec<Stretch> = there.stretches;
        stretches.extend(self.presumed(stop));
        let clipped: Vec<Stretch> = stretches
            .into_iter()
            .filter_map(|stretch| {
                let shown = clip(self.days, stretch.from, stretch.to)?;
                Some(Stretch { from: shown.from, to: shown.to, standing: stretch.standing })
            })
            .collect();
        let (from, to) = (clipped.first()?.from, clipped.last()?.to);
        let there = there.presence;
        Some(ChartBar {
            conflicts: if there.conflict { self.conflicts(stop, Days { from, to }) } else { Vec::new() },
            name: there.name,
            country: there.country,
            from,
            to,
            began_before: stop.from < from,
            goes_on: stop.to > to,
            stretches: clipped,
            evidence: there.evidence,
            cited: there.deciding,
            place: there.place,
        })
    }

    /// The days after a stop on which it is presumed to last, as far as they are shown. Whether it does changes only where what is known
    /// does: days between are not asked one by one, for there may be centuries of them.
    fn presumed(&self, stop: &Stop) -> Vec<Stretch> {
        if stop.end_is_given() {
            return Vec::new();
        }
        let carry = u64::try_from(self.asked.carry).unwrap_or(0);
        let first = after(stop.to, 1);
        let carried = clip(self.days, first, after(stop.to, carry)).filter(|_| first > stop.to && carry > 0);
        let Some(carried) = carried else { return Vec::new() };
        let lasts = |day: NaiveDate| {
            let there = self.whereabouts.on(day, self.asked.registry());
            there.iter().any(|one| one.basis == Basis::Carried && one.place == stop.place && one.to == stop.to)
        };
        let later = self.edges.iter().copied().filter(|edge| carried.from < *edge && *edge <= carried.to);
        let starts: Vec<NaiveDate> = std::iter::once(carried.from).chain(later).collect();
        let ends = starts.iter().skip(1).map(|next| before(*next, 1)).chain([carried.to]);
        let runs = starts.iter().zip(ends).filter(|(from, _)| lasts(**from)).map(|(from, to)| Days { from: *from, to });
        joined(runs).into_iter().map(|run| Stretch { from: run.from, to: run.to, standing: Standing::Presumed }).collect()
    }

    /// The days of a stop, among those shown, on which another contradicts it.
    fn conflicts(&self, stop: &Stop, shown: Days) -> Vec<Days> {
        let others = self.whereabouts.stops.iter().filter(|other| other.place != stop.place);
        let clashes = others.flat_map(|other| stop.clashes(other, self.asked.registry()));
        let mut days: Vec<Days> = clashes.filter_map(|clash| clip(shown, clash.from, clash.to)).collect();
        days.sort_unstable_by_key(|days| (days.from, days.to));
        joined(days)
    }
}

/// Runs of days in order, those that touch or overlap as one.
fn joined(days: impl IntoIterator<Item = Days>) -> Vec<Days> {
    let mut found: Vec<Days> = Vec::new();
    for run in days {
        match found.last_mut() {
            Some(last) if run.from <= after(last.to, 1) => last.to = last.to.max(run.to),
            _ => found.push(run),
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
