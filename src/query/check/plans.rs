//! Plans that nobody reported as carried out, and plans for a meeting that has moved since.

use chrono::NaiveDate;

use super::{Derived, Flagged, hints};
use crate::event::{OfficialId, PlaceId, Position};
use crate::projection::{Basis, Claim, Finding, Meeting, Piece, Registry, Severity, Stage, Standing, Status, Stop, Whereabouts};
use crate::query::{Asked, schedule};

/// Stays, planned by journeys or presences, whose days are all past and of which nobody reported that they took place: nothing observed
/// puts the official there, in a place around it or within it, on those days or a day beside them.
pub(super) fn stale(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts) -> Vec<Flagged> {
    let past = whereabouts.stops.iter().filter(|stop| stop.to < asked.on);
    past.filter_map(|stop| stale_stop(asked, official, stop, whereabouts)).collect()
}

fn stale_stop(asked: &Asked<'_>, official: &OfficialId, stop: &Stop, whereabouts: &Whereabouts) -> Option<Flagged> {
    let registry = asked.registry();
    let plans: Vec<&Piece> = stop.pieces().iter().filter(|piece| is_plan(piece)).collect();
    let (first, last) = (plans.iter().map(|plan| plan.run.from).min()?, plans.iter().map(|plan| plan.run.to).max()?);
    let seen = |other: &&Stop| {
        (registry.is_within(&other.place, &stop.place) || registry.is_within(&stop.place, &other.place))
            && other.pieces().iter().any(|piece| {
                piece.run.standing == Standing::Observed
                    && (piece.run.from - last).num_days() <= 1
                    && (first - piece.run.to).num_days() <= 1
            })
    };
    if stop.pieces().iter().any(|piece| piece.run.standing == Standing::Observed) || whereabouts.stops.iter().any(|s| seen(&s)) {
        return None;
    }
    let evidence = evidence(&plans);
    let (name, place) = (registry.official_name(official), registry.place_name(&stop.place));
    let travels = plans.iter().all(|plan| plan.claim.basis == Basis::Travel);
    let verb = if travels { "was to arrive in" } else { "was to be in" };
    let lines: Vec<String> =
        evidence.iter().map(|of| format!("`daybook log cancel-travel {of}{}`", stay(asked, official, *of))).collect();
    Some(Flagged::from(Finding {
        finding: "stale_plan",
        severity: Severity::Note,
        about: official.to_string(),
        says: format!("{name} {verb} {place}, {}: nobody reported it", schedule::days(first, last)),
        hint: format!(
            "if it took place: `daybook log presence {official} --at {} --when {}`; if not: {}",
            stop.place,
            interval(first, last),
            lines.join(" and ")
        ),
        evidence,
    }))
}

/// Whether it comes of a report of a journey or presence that was still to come.
fn is_plan(piece: &Piece) -> bool {
    piece.claim.meeting.is_none() && piece.run.standing == Standing::Planned
}

/// The flags that keep the others on a plan of which one is taken off.
fn stay(asked: &Asked<'_>, official: &OfficialId, position: Position) -> String {
    let officials = hints::event(asked, position).map(|(_, event)| event.what.moves()).unwrap_or_default();
    officials.iter().filter(|one| *one != official).map(|one| format!(" --stay {one}")).collect()
}

fn interval(first: NaiveDate, last: NaiveDate) -> String {
    if first == last { first.to_string() } else { format!("{first}/{last}") }
}

fn evidence(pieces: &[&Piece]) -> Vec<Position> {
    let mut found: Vec<Position> = pieces.iter().flat_map(|piece| piece.claim.evidence.iter().copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}

/// Planned journeys and presences, not yet past, that lead to where a meeting was when they were reported, or has been since, though by
/// a later report it is elsewhere, on other days, postponed or called off.
///
/// A plan leads to a meeting if it puts the official at its place, in it or around it, on one of its days or on the day before the
/// first. The official must still be on its list; a meeting that was held has not moved; and a plan that leads to any other meeting of
/// the official that stands, or that the meeting's own new place and days fit, is none.
pub(super) fn to_moved_meetings(derived: &Derived<'_>, official: &OfficialId, whereabouts: &Whereabouts) -> Vec<Flagged> {
    let mut found = Vec::new();
    let to_come = whereabouts.stops.iter().filter(|stop| stop.to >= derived.asked.on).flat_map(Stop::pieces);
    for plan in to_come.filter(|piece| is_plan(piece) && piece.run.to >= derived.asked.on) {
        let registry = derived.asked.registry();
        let leads = |meeting: &Meeting| leads_to(plan, &standing_stage(meeting), meeting, registry);
        if derived.meetings_of(official).any(leads) {
            continue;
        }
        let moved = derived.meetings_of(official).filter(|meeting| meeting.status != Status::Held).filter_map(|meeting| {
            let change =
                moved_since(&plan.claim, derived.courses.get(&meeting.id)?, |stage| leads_to(plan, stage, meeting, registry))?;
            Some((meeting, change))
        });
        if let Some((meeting, change)) = moved.max_by_key(|(_, change)| change.key) {
            found.push(moved_finding(derived.asked, official, plan, meeting, change));
        }
    }
    found
}

/// The report that ended the last standing of a meeting that fits, if it became public after a claim.
fn moved_since<'t>(claim: &Claim, course: &'t [Stage], fits: impl Fn(&Stage) -> bool) -> Option<&'t Stage> {
    let last = course.iter().rposition(fits)?;
    course.get(last + 1).filter(|change| change.key > claim.key)
}

/// A meeting as it stands, in the form of a stage of its course.
fn standing_stage(meeting: &Meeting) -> Stage {
    Stage { key: meeting.last_report, status: meeting.status, when: meeting.when, place: meeting.place.clone() }
}

fn leads_to(plan: &Piece, stage: &Stage, meeting: &Meeting, registry: &Registry) -> bool {
    let is_off = matches!(stage.status, Status::Cancelled | Status::Postponed);
    let near = |place: &PlaceId| registry.is_within(place, &plan.claim.place) || registry.is_within(&plan.claim.place, place);
    let (Some(place), Some(when), false) = (&stage.place, stage.when, is_off) else { return false };
    let span = when.span(registry.zone_of(Some(place), meeting.zone));
    let begins = span.from.is_none_or(|first| plan.run.to >= first.pred_opt().unwrap_or(first));
    near(place) && begins && span.to.is_none_or(|last| plan.run.from <= last)
}

fn moved_finding(asked: &Asked<'_>, official: &OfficialId, plan: &Piece, meeting: &Meeting, change: &Stage) -> Flagged {
    let registry = asked.registry();
    let name = registry.official_name(official);
    let place = registry.place_name(&plan.claim.place);
    let verb = if plan.claim.journey.is_some() { "travels to" } else { "is to be in" };
    let at = meeting.place.as_ref().map(|place| format!(" in {}", registry.place_name(place))).unwrap_or_default();
    let now = match (meeting.status, meeting.when) {
        (Status::Cancelled, _) => "is called off".to_owned(),
        (Status::Postponed, _) => "is postponed".to_owned(),
        (_, Some(when)) => format!("is now{at}, {}", schedule::when(when)),
        (_, None) => format!("is now{at}, on no date"),
    };
    let days = schedule::days(plan.run.from, plan.run.to);
    let mut evidence: Vec<Position> = plan.claim.evidence.iter().copied().chain([change.key.position]).collect();
    evidence.sort_unstable();
    let says = format!("{name} {verb} {place}, {days}, where {} was to be: it {now}", meeting.title);
    let hint = format!("if they do not go: {}", hints::take_back_any(asked, official, &plan.claim.evidence));
    let (finding, severity, about) = ("travel_to_moved_meeting", Severity::Warning, official.to_string());
    Flagged { finding: Finding { finding, severity, about, evidence, says, hint }, also: Some(meeting.id.to_string()) }
}
