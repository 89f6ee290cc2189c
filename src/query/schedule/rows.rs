//! The schedule as rows, for those who count and compare: one for each meeting, stop and leg, as `summits` and `itinerary` answer them.
//!
//! A calendar leaves out what has no date; here it stays, because a table can have empty cells.

use chrono::NaiveDate;
use serde::Serialize;

use super::movements::{Ground, Uids, exact, leg_timing};
use super::trail::Trails;
use super::{ScheduleOptions, Subject, Timing, meetings, words};
use crate::event::{Attendance, Kind, Level, MeetingId, OfficialId, PartyId, PlaceId, Position, TripId};
use crate::projection::{CARRY_DAYS, Claims, Leg, Meeting, Party, Scope, Standing, Status, Stop, Whereabouts};
use crate::query::itinerary::itinerary_stop;
use crate::query::meetings::called_off;
use crate::query::{Asked, LegAnswer, MeetingAnswer, ParticipantAnswer};
use crate::time::{Moment, When};

/// The rows that match, by their first day, undated last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Rows {
    /// The rows; no UID comes twice.
    pub rows: Vec<ScheduleRow>,
}

/// What a row is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// A meeting.
    #[default]
    Meeting,
    /// An official's stay at a place.
    Stop,
    /// An official's journey.
    Leg,
}

/// A meeting, a stop or a leg. What does not apply to its kind, and what is not known, is null or empty.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct ScheduleRow {
    /// What it is about.
    pub kind: RowKind,
    /// Its identity for good, that of the same thing in the calendar.
    pub uid: String,
    /// What it is called.
    pub title: String,
    /// Who: of a meeting all but those who declined.
    pub officials: Vec<OfficialId>,
    /// Their names.
    pub names: Vec<String>,
    /// The meeting, or those that a stop rests on.
    pub meetings: Vec<MeetingId>,
    /// The tours that it is part of.
    pub trips: Vec<TripId>,
    /// The level of a meeting.
    pub level: Option<Level>,
    /// Where a meeting stands.
    pub status: Option<Status>,
    /// The value of IPTC's `eventoccurstatus` for a meeting.
    pub eventoccurstatus: Option<&'static str>,
    /// How firmly a stop or leg is known.
    pub standing: Option<Standing>,
    /// The date of a meeting, as vague as it is.
    pub when: Option<When>,
    /// When a leg begins, as reported.
    pub depart: Option<When>,
    /// When it ends.
    pub arrive: Option<When>,
    /// The first local day possible.
    pub from: Option<NaiveDate>,
    /// The last one, included.
    pub to: Option<NaiveDate>,
    /// The exact start (RFC 3339), where it is given and sure.
    pub start: Option<String>,
    /// The zone of the start.
    pub start_zone: Option<&'static str>,
    /// The exact end.
    pub end: Option<String>,
    /// The zone of the end.
    pub end_zone: Option<&'static str>,
    /// Where; of a leg, where to.
    pub place: Option<PlaceId>,
    /// Its name.
    pub place_name: Option<String>,
    /// Whether a meeting's place is only probable.
    pub place_doubtful: bool,
    /// Its country (ISO 3166-1 alpha-2).
    pub country: Option<String>,
    /// Degrees north (WGS 84).
    pub lat: Option<f64>,
    /// Degrees east.
    pub lon: Option<f64>,
    /// The zone of its days.
    pub zone: Option<&'static str>,
    /// Where a leg begins.
    pub from_place: Option<PlaceId>,
    /// The name of that place.
    pub from_name: Option<String>,
    /// The length of a leg's great circle in kilometres.
    pub km: Option<u64>,
    /// Who takes part in a meeting, and who declined.
    pub participants: Vec<ParticipantAnswer>,
    /// Parties that count as confirming it.
    pub confirmed_by: Vec<Party>,
    /// Required parties that said nothing.
    pub silent: Vec<PartyId>,
    /// Parties that refused.
    pub declined_by: Vec<Party>,
    /// How many dates of a meeting were given up.
    pub slips: Option<usize>,
    /// Days from the day asked about to a meeting's first possible day; negative once past.
    pub days_to_go: Option<i64>,
    /// Whether another stop contradicts this one.
    pub conflict: bool,
    /// The events that it rests on.
    pub evidence: Vec<Position>,
    /// Where these come from, the newest first.
    pub outlets: Vec<String>,
    /// Who said so, the newest first.
    pub said_by: Vec<String>,
    /// The day on which the newest of them was published, in the zone of the log.
    pub published: Option<NaiveDate>,
    /// The newest source on the web.
    pub url: Option<String>,
    /// When a calendar shows it: for what is off, at its last date.
    #[serde(skip)]
    pub(super) shown: Option<Timing>,
    /// The source's words for a meeting's time, where they are all that is known.
    #[serde(skip)]
    pub(super) said: Option<String>,
    /// Who called a meeting off, or put it off, and why.
    #[serde(skip)]
    pub(super) called_off: (Vec<Party>, Option<String>),
    /// Whether somebody said that the official is, was or will be there, and not only when they arrive or whom they meet.
    #[serde(skip)]
    pub(super) presence_reported: bool,
}

/// The meetings, stops and legs that the options let through, under the clocks of `scope`, as they stand on the day `on`.
///
/// Stops and legs are in it whatever [`ScheduleOptions::with_travel`] says. What has no date is in it unless days are asked for.
#[must_use]
pub fn rows(claims: &Claims, scope: Scope, on: NaiveDate, options: &ScheduleOptions) -> Rows {
    let open = options.open(claims);
    let asked = Asked::new(&open, scope, on, CARRY_DAYS);
    Rows { rows: gather(&asked, options) }
}

/// The rows of a question.
pub(super) fn gather(asked: &Asked<'_>, options: &ScheduleOptions) -> Vec<ScheduleRow> {
    let registry = asked.registry();
    let trails = Trails::new(&asked.view, options.include_embargoed);
    let meetings = asked.meetings.iter().filter(|meeting| options.wants_meeting(meeting, registry));
    let mut rows: Vec<ScheduleRow> = meetings.map(|meeting| of_meeting(asked, meeting, options)).collect();
    for official in trails.officials().into_iter().filter(|official| options.wants_official(official, registry)) {
        let ground = Ground::new(&asked.view, &trails, official, &options.log);
        rows.extend(movements(asked, &ground, official, options));
    }
    let undated = options.from.is_none() && options.to.is_none();
    rows.retain(|row| row.shown.as_ref().map_or(undated, |shown| options.wants_timing(shown)));
    rows.sort_by(|a, b| {
        let order = |row: &ScheduleRow| {
            let shown = row.shown.as_ref();
            (shown.is_none(), shown.map(Timing::days), shown.and_then(Timing::starts), row.kind)
        };
        (order(a), &a.uid).cmp(&(order(b), &b.uid))
    });
    rows
}

impl ScheduleRow {
    /// A row of which only the kind and the identity are known.
    fn blank(kind: RowKind, uid: String, title: String) -> Self {
        Self { kind, uid, title, ..Self::default() }
    }

    /// With what is known of a place.
    fn at(self, asked: &Asked<'_>, place: &PlaceId) -> Self {
        let registry = asked.registry();
        let record = registry.places.get(place);
        let position = record.and_then(|record| record.position);
        Self {
            place: Some(place.clone()),
            place_name: Some(registry.place_name(place).to_owned()),
            country: record.and_then(|record| record.country.clone()),
            lat: position.map(|(lat, _)| lat),
            lon: position.map(|(_, lon)| lon),
            zone: record.and_then(|record| record.zone).map(crate::time::Zone::name),
            ..self
        }
    }

    /// With the events that it rests on.
    fn resting_on(self, asked: &Asked<'_>, evidence: Vec<Position>) -> Self {
        let reports = words::Reports::of(&asked.view, &evidence);
        Self {
            outlets: reports.sources(),
            said_by: reports.speakers(),
            published: reports.published(),
            url: reports.newest_link(),
            presence_reported: reports.has(Kind::Presence),
            evidence,
            ..self
        }
    }

    /// With exact times, where they were given.
    fn timed(self, start: Option<Moment>, end: Option<Moment>) -> Self {
        let (start_zone, end_zone) = (start.map(|start| start.zone().name()), end.map(|end| end.zone().name()));
        Self { start: start.map(rfc3339), start_zone, end: end.map(rfc3339), end_zone, ..self }
    }

    /// With the one who moves.
    fn of_official(self, asked: &Asked<'_>, official: &OfficialId) -> Self {
        Self { officials: vec![official.clone()], names: vec![asked.registry().official_name(official).to_owned()], ..self }
    }
}

/// The date, the clock and the offset; the zone stands beside it.
fn rfc3339(moment: Moment) -> String {
    let text = moment.to_string();
    text.split('[').next().unwrap_or_default().to_owned()
}

fn ends(timing: Option<&Timing>) -> (Option<Moment>, Option<Moment>) {
    match timing {
        Some(Timing::Exact { from, to, end_assumed }) => (Some(*from), (!end_assumed).then_some(*to)),
        Some(Timing::Days { .. } | Timing::Vague { .. }) | None => (None, None),
    }
}

fn of_meeting(asked: &Asked<'_>, meeting: &Meeting, options: &ScheduleOptions) -> ScheduleRow {
    let answer = MeetingAnswer::of(asked, meeting);
    let span = meeting.when.map(|when| when.span(meeting.zone));
    let timing = meeting.when.and_then(|when| Timing::of(when, meeting.zone));
    let (start, end) = ends(timing.as_ref());
    let coming = answer.participants.iter().filter(|participant| participant.attendance != Attendance::Declined);
    let facts: Vec<Position> = asked.view.meeting_facts(&meeting.id).iter().map(|fact| fact.key.position).collect();
    let row = ScheduleRow {
        officials: coming.clone().filter_map(|participant| participant.official.clone()).collect(),
        names: coming.filter(|participant| participant.official.is_some()).map(|one| one.name.clone()).collect(),
        meetings: vec![meeting.id.clone()],
        trips: meeting.trip.iter().cloned().collect(),
        level: Some(meeting.level),
        status: Some(meeting.status),
        eventoccurstatus: Some(answer.eventoccurstatus),
        when: meeting.when,
        from: span.and_then(|span| span.from),
        to: span.and_then(|span| span.to),
        place_doubtful: meeting.place_doubtful,
        participants: answer.participants,
        confirmed_by: answer.confirmed_by,
        silent: answer.silent,
        declined_by: answer.declined_by,
        slips: Some(answer.slips),
        days_to_go: answer.days_to_go,
        shown: meetings::when(meeting).and_then(|when| Timing::of(when, meeting.zone)),
        said: meeting.said.clone(),
        called_off: called_off(&asked.view, meeting),
        ..ScheduleRow::blank(RowKind::Meeting, format!("{}@{}", meeting.id, options.log), meeting.title.clone())
    };
    let row = row.timed(start, end).resting_on(asked, answer.evidence);
    let row = ScheduleRow { url: words::Reports::of(&asked.view, &facts).newest_link(), ..row };
    match &meeting.place {
        Some(place) => row.at(asked, place),
        None => ScheduleRow { zone: Some(meeting.zone.name()), ..row },
    }
}

/// The stops and legs of an official that the options let through, whatever their time.
fn movements(asked: &Asked<'_>, ground: &Ground<'_, '_>, official: &OfficialId, options: &ScheduleOptions) -> Vec<ScheduleRow> {
    let whereabouts = asked.whereabouts(official);
    let mut uids = Uids::default();
    // Numbered as the calendar numbers them, which has no legs without days: these come last.
    let (dated, undated): (Vec<&Leg>, Vec<&Leg>) = whereabouts.legs.iter().partition(|leg| leg.days.is_some());
    let mut rows: Vec<(Subject, ScheduleRow)> = Vec::new();
    for stop in &whereabouts.stops {
        rows.push(of_stop(asked, ground, official, &whereabouts, stop, uids.take(&ground.stop_uid(stop))));
    }
    for leg in dated.into_iter().chain(undated) {
        rows.push(of_leg(asked, ground, official, leg, uids.take(&ground.leg_uid(leg))));
    }
    let wanted = |subject: &Subject| options.wants_movement(subject, asked.registry());
    rows.into_iter().filter(|(subject, _)| wanted(subject)).map(|(_, row)| row).collect()
}

fn of_stop(
    asked: &Asked<'_>,
    ground: &Ground<'_, '_>,
    official: &OfficialId,
    whereabouts: &Whereabouts,
    stop: &Stop,
    uid: String,
) -> (Subject, ScheduleRow) {
    let presence = itinerary_stop(asked, whereabouts, stop).presence;
    let exact_stay = ground.exact_stay(&presence.evidence);
    let (start, end) = ends(exact_stay.as_ref());
    let row = ScheduleRow {
        meetings: stop.meetings(),
        trips: stop.trips(),
        standing: Some(presence.standing),
        from: Some(stop.from),
        to: Some(stop.to),
        conflict: presence.conflict,
        shown: exact_stay.or(Some(Timing::Days { from: stop.from, to: stop.to })),
        ..ScheduleRow::blank(RowKind::Stop, uid, ground.stop_title(stop))
    };
    let row = row.of_official(asked, official).at(asked, &stop.place).timed(start, end).resting_on(asked, presence.evidence);
    let (official, place) = (official.clone(), stop.place.clone());
    (Subject::Stop { official, place, meetings: stop.meetings(), standing: presence.standing }, row)
}

fn of_leg(asked: &Asked<'_>, ground: &Ground<'_, '_>, official: &OfficialId, leg: &Leg, uid: String) -> (Subject, ScheduleRow) {
    let answer = LegAnswer::of(asked, leg);
    let row = ScheduleRow {
        standing: Some(leg.standing),
        depart: leg.depart,
        arrive: leg.arrive,
        from: leg.days.map(|(from, _)| from),
        to: leg.days.map(|(_, to)| to),
        from_place: leg.from.clone(),
        from_name: answer.from_name,
        km: answer.km,
        shown: leg.days.map(|(from, to)| leg_timing(leg, from, to)),
        ..ScheduleRow::blank(RowKind::Leg, uid, ground.leg_title(leg))
    };
    let row = row.of_official(asked, official).at(asked, &leg.to).timed(exact(leg.depart), exact(leg.arrive));
    let (official, from, to) = (official.clone(), leg.from.clone(), leg.to.clone());
    (Subject::Leg { official, from, to, standing: leg.standing }, row.resting_on(asked, answer.evidence))
}
