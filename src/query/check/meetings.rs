//! Meetings of which nobody reported the outcome, and those who are expected at one but reported elsewhere.

use chrono::NaiveDate;

use super::{Derived, Flagged, hints};
use crate::event::{Attendance, Level, OfficialId, PlaceId, Position, Role};
use crate::projection::{Finding, Meeting, Seat, Severity, Standing, Status, Stop, Told, Whereabouts};
use crate::query::{Asked, schedule, typed};
use crate::time::Span;

/// Meetings whose whole window is past and of which nobody said whether they took place. One that nobody ever confirmed is but a note.
pub(super) fn lapsed(asked: &Asked<'_>) -> Vec<Flagged> {
    asked.meetings.iter().filter(|meeting| meeting.status == Status::Lapsed).map(|meeting| lapse(asked, meeting)).collect()
}

fn lapse(asked: &Asked<'_>, meeting: &Meeting) -> Flagged {
    let was_set = matches!(meeting.status_before_lapse, Status::Confirmed | Status::Scheduled);
    let span = meeting.when.map_or(Span { from: None, to: None }, |when| when.span(meeting.zone));
    let when = meeting.when.map(|when| format!(", {}", schedule::when(when))).unwrap_or_default();
    let one_day = meeting.when.filter(|when| span.from == span.to && !when.is_uncertain());
    let day = one_day.map_or_else(|| "DAY".to_owned(), typed::date);
    let since = span.to.map(|last| (asked.on - last).num_days()).map(|days| format!(" ({days} {} ago)", days_word(days)));
    let id = &meeting.id;
    Flagged::from(Finding {
        finding: "lapsed_meeting",
        severity: if was_set { Severity::Warning } else { Severity::Note },
        about: id.to_string(),
        evidence: meeting.evidence.clone(),
        says: format!(
            "{}{when}: nobody reported whether it took place{}",
            meeting.title,
            since.filter(|_| span.from == span.to).unwrap_or_default()
        ),
        hint: format!("`daybook log held {id} --when {day}`, or `daybook log cancel {id}`, or `daybook log postpone {id}`"),
    })
}

fn days_word(days: i64) -> &'static str {
    if days == 1 { "day" } else { "days" }
}

/// The meetings still to come, confirmed or scheduled, at which an official is expected though other reports, at least planned, put them
/// elsewhere on all its days, nothing else puts them where it is, and this is no conflict anyway. A longer stay elsewhere that only
/// ends or begins on those days is a hand-over, and exact times elsewhere that do not touch its own leave room for it.
pub(super) fn elsewhere(derived: &Derived<'_>, official: &OfficialId, whereabouts: &Whereabouts) -> Vec<Flagged> {
    let mut found: Vec<Flagged> = Vec::new();
    for meeting in derived.meetings_of(official) {
        let is_set = matches!(meeting.status, Status::Confirmed | Status::Scheduled) && meeting.level != Level::Call;
        let seat = meeting.seat_of(official).filter(|seat| seat.attendance == Attendance::Expected);
        if let (true, Some(seat)) = (is_set && !meeting.place_doubtful, seat) {
            let odd = away(derived.asked, official, meeting, seat, whereabouts);
            // Two meetings in two places are away from each other, and said once.
            found.extend(odd.filter(|odd| found.iter().all(|known| known.finding.evidence != odd.finding.evidence)));
        }
    }
    found
}

fn away(asked: &Asked<'_>, official: &OfficialId, meeting: &Meeting, seat: &Seat, whereabouts: &Whereabouts) -> Option<Flagged> {
    let registry = asked.registry();
    let (place, when) = (meeting.place.as_ref()?, meeting.when.filter(|when| !when.is_uncertain())?);
    let span = when.span(meeting.zone);
    let (first, last) = (span.from?, span.to?);
    let related = |stop: &&Stop| registry.is_within(&stop.place, place) || registry.is_within(place, &stop.place);
    let told = Told { entry: meeting.told_by(seat), days: Some((first, last)) };
    let other = |stop: &Stop, day: NaiveDate| firm_without(stop, meeting, Some(told), day);
    let days: Vec<NaiveDate> = first.iter_days().take_while(|day| *day <= last).take(366).collect();
    let comes = |stop: &Stop| days.iter().any(|day| !firm_without(stop, meeting, None, *day).is_empty());
    if whereabouts.stops.iter().filter(related).any(comes) {
        return None;
    }
    // Who leaves the meeting's place for the other one that day was there first.
    let near = |place: &PlaceId, other: &PlaceId| registry.is_within(place, other) || registry.is_within(other, place);
    let flies_on = |stop: &Stop| {
        let legs = days.iter().flat_map(|day| whereabouts.legs_on(*day));
        legs.filter(|leg| leg.to == stop.place).any(|leg| leg.from.as_ref().is_some_and(|from| near(from, place)))
    };
    // Both by the clock: what touches is a conflict.
    let leaves_room =
        |stop: &Stop, first, last| is_hand_over(stop, first, last) || (when.exact().is_some() && is_exact(stop, first, last));
    let here: Vec<&Stop> = whereabouts.stops.iter().filter(|stop| stop.place == *place).collect();
    let stop = whereabouts.stops.iter().filter(|stop| !related(stop)).find(|stop| {
        days.iter().all(|day| !other(stop, *day).is_empty())
            && !leaves_room(stop, first, last)
            && !flies_on(stop)
            && !here.iter().any(|here| here.conflicts_anywhere(stop, registry))
    })?;
    let mut evidence: Vec<Position> = days.iter().flat_map(|day| other(stop, *day)).collect();
    evidence.sort_unstable();
    evidence.dedup();
    let ways = hints::take_back_any(asked, official, &evidence);
    evidence.extend(meeting.evidence.iter().chain([&seat.named.position]));
    evidence.sort_unstable();
    evidence.dedup();
    let role = if seat.role == Role::Host { "who hosts" } else { "who is expected at" };
    let (name, id) = (registry.official_name(official), &meeting.id);
    let (there, at) = (registry.place_name(&stop.place), registry.place_name(place));
    let says = format!("{name}, {role} {} in {at}, {}, is reported in {there} then", meeting.title, schedule::when(when));
    let hint =
        format!("if they do not come: `daybook log change {id} --declined {official}` (or --uncertain); if they do: {ways}");
    let (finding, severity, about) = ("participant_elsewhere", Severity::Warning, official.to_string());
    Some(Flagged { finding: Finding { finding, severity, about, evidence, says, hint }, also: Some(id.to_string()) })
}

/// The events other than the meeting's that put the official at a stop on a day, at least planned; without what the same entry says of the
/// same days, if that is given: with no hours it may name two places for one day.
fn firm_without(stop: &Stop, meeting: &Meeting, told: Option<Told>, day: NaiveDate) -> Vec<Position> {
    let on = stop.pieces().iter().filter(|piece| piece.run.from <= day && day <= piece.run.to);
    let firm = on.filter(|piece| piece.run.standing >= Standing::Planned && piece.claim.meeting.as_ref() != Some(&meeting.id));
    let firm = firm.filter(|piece| Some(piece.claim.told) != told || piece.claim.exact.is_some());
    firm.flat_map(|piece| piece.claim.evidence.iter().copied()).collect()
}

/// Whether a stop of several days only ends, or only begins, on the days of a meeting.
fn is_hand_over(stop: &Stop, first: NaiveDate, last: NaiveDate) -> bool {
    (stop.from < first && stop.to == last) || (stop.from == first && stop.to > last)
}

/// Whether all that a stop rests on then has exact times.
fn is_exact(stop: &Stop, first: NaiveDate, last: NaiveDate) -> bool {
    stop.pieces().iter().filter(|piece| piece.run.from <= last && first <= piece.run.to).all(|piece| piece.claim.exact.is_some())
}
