//! Reports of one day of which the later decides, though nobody knows which was the later: one of them bears no hour.

use super::{Derived, Flagged, hints};
use crate::event::{Absence, Attendance, By, OfficialId, PlaceId, What, Who};
use crate::projection::{Fact, Finding, Meeting, Registry, Severity, Status, same_window};
use crate::query::{Asked, schedule, typed};
use crate::time::{Published, Span, When, Zone};

/// Two reports of a meeting, of which the later one decides its date, its place or its status as it stands, that contradict each other
/// in just that and whose order rests on a missing hour. Of a meeting that is past, or was held, nobody needs to know any more.
pub(super) fn meetings(asked: &Asked<'_>) -> Vec<Flagged> {
    let mut found = Vec::new();
    for meeting in asked.meetings.iter().filter(|meeting| !is_past(asked, meeting)) {
        let facts = asked.view.meeting_facts(&meeting.id);
        for (at, later) in facts.iter().enumerate() {
            if !meeting.evidence.contains(&later.key.position) {
                continue;
            }
            // Reports of the same day stand together in the order of claims.
            let earlier = facts.iter().take(at).rev().take_while(|earlier| same_day(earlier, later, asked.zone()));
            for earlier in earlier.filter(|earlier| rests_on_missing_hour(earlier, later)) {
                if let Some(what) = contradiction(meeting, earlier, later, asked.registry()) {
                    found.push(finding(asked, meeting.id.to_string(), &meeting.title, what, earlier, later));
                    break;
                }
            }
        }
    }
    found
}

/// Whether a meeting was held, or its window is past.
fn is_past(asked: &Asked<'_>, meeting: &Meeting) -> bool {
    meeting.status == Status::Held || meeting.when.is_some_and(|when| when.span(meeting.zone).is_before(asked.on))
}

/// An absence of an official and a report that they will come, in either order, about days that are not past.
pub(super) fn absences(derived: &Derived<'_>, official: &OfficialId) -> Vec<Flagged> {
    let asked = derived.asked;
    let mut found = Vec::new();
    let facts = asked.view.official_facts(official);
    for fact in &facts {
        let What::Absence(absence) = &fact.event.what else { continue };
        let mut others: Vec<Fact<'_>> = match &absence.from {
            Who::Place(_) => facts.clone(),
            Who::Meeting(id) if asked.meeting(id).is_none_or(|meeting| is_past(asked, meeting)) => continue,
            Who::Meeting(id) => asked.view.meeting_facts(id),
        };
        others.retain(|other| same_day(other, fact, asked.zone()) && comes(asked, official, absence, other));
        for other in &others {
            let (earlier, later) = if other.key < fact.key { (other, fact) } else { (fact, other) };
            if rests_on_missing_hour(earlier, later) {
                let name = asked.registry().official_name(official);
                found.push(finding(asked, official.to_string(), name, "whether they come", earlier, later));
            }
        }
    }
    found
}

/// Whether a report says that the official will be where the absence says they will not.
fn comes(asked: &Asked<'_>, official: &OfficialId, absence: &Absence, report: &Fact<'_>) -> bool {
    let registry = asked.registry();
    let place_of = |place| registry.zone_of(Some(place), asked.zone());
    let still_to_come = |when: Option<When>, zone: Zone| {
        let days = when.map_or(Span { from: None, to: None }, |when| when.span(zone));
        let off = absence.when.map_or(Span { from: None, to: None }, |when| when.span(zone));
        days.to.is_none_or(|last| last > report.published_day(zone))
            && days.overlaps(off)
            && !days.is_before(asked.on)
            && !off.is_before(asked.on)
    };
    match (&report.event.what, &absence.from) {
        (What::Travel(travel), Who::Place(place)) => {
            registry.is_within(&travel.to, place) && still_to_come(travel.arrive.or(travel.depart), place_of(&travel.to))
        }
        (What::Presence(presence), Who::Place(place)) => {
            registry.is_within(&presence.place, place) && still_to_come(Some(presence.when), place_of(&presence.place))
        }
        (what, Who::Meeting(_)) => what.of_meeting().is_some_and(|told| {
            told.participants
                .iter()
                .any(|one| one.who.as_ref() == Ok(official) && one.attendance.is_none_or(|how| how == Attendance::Expected))
        }),
        (_, Who::Place(_)) => false,
    }
}

fn same_day(one: &Fact<'_>, other: &Fact<'_>, zone: Zone) -> bool {
    one.published_day(zone) == other.published_day(zone)
}

/// Whether one of the two bears a day only. What one source says, it says in its own order.
fn rests_on_missing_hour(one: &Fact<'_>, other: &Fact<'_>) -> bool {
    let is_day = |fact: &Fact<'_>| matches!(fact.entry.source.published, Some(Published::Day(_)));
    one.entry.seq != other.entry.seq && (is_day(one) || is_day(other))
}

/// In what a later report of a meeting contradicts an earlier one.
fn contradiction(meeting: &Meeting, earlier: &Fact<'_>, later: &Fact<'_>, registry: &Registry) -> Option<&'static str> {
    let (old, new) = (&earlier.event.what, &later.event.what);
    let dates = date(old).zip(date(new)).filter(|(_, new)| Some(*new) == meeting.when);
    if dates.is_some_and(|(old, new)| !same_window(old, new, meeting.zone)) {
        return Some("its date");
    }
    let apart = |old, new| !registry.is_within(old, new) && !registry.is_within(new, old);
    if place(old).zip(place(new)).is_some_and(|(old, new)| Some(new) == meeting.place.as_ref() && apart(old, new)) {
        return Some("its place");
    }
    let wanted = |what: &What| matches!(what, What::MeetingProposed(_) | What::MeetingConfirmed(_)) || date(what).is_some();
    let off = |what: &What, yes: &What| match what {
        What::MeetingCancelled(_) => true,
        What::MeetingPostponed(postponed) => postponed.when.is_none(),
        What::MeetingDeclined(declined) => declined.by.is_empty() || declined.by.iter().any(|no| says(yes, no)),
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => false,
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::Travel(_) => false,
        What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) | What::Statement(_) | What::Retraction(_) => false,
    };
    let both_ways = (wanted(old) && off(new, old)) || (wanted(new) && off(old, new));
    both_ways.then_some("whether it takes place")
}

/// Whether a report is a yes of a party.
fn says(yes: &What, party: &By) -> bool {
    yes.of_meeting().is_some_and(|told| told.by.iter().any(|one| one.party == party.party))
}

fn date(what: &What) -> Option<When> {
    if let What::MeetingPostponed(postponed) = what { postponed.when } else { what.of_meeting().and_then(|told| told.when) }
}

fn finding(asked: &Asked<'_>, about: String, name: &str, what: &str, earlier: &Fact<'_>, later: &Fact<'_>) -> Flagged {
    let (first, second) = (earlier.key.position, later.key.position);
    let day = later.published_day(asked.zone());
    // With its hour the one that was older comes before the end of the day, where a report without one stands.
    let hour = format!("{}THH:MM", day.format("%Y-%m-%d"));
    let hint = typed::retold_of(later.event, later.entry, asked.registry(), Some(hour)).map_or_else(
        || format!("if {first} is the newer: {}", hints::retract(second)),
        |again| format!("if {first} is the newer, give {second} its hour: `daybook log {again} --replaces {second}`"),
    );
    Flagged::from(Finding {
        finding: "order_by_missing_hour",
        severity: Severity::Note,
        about,
        evidence: vec![first.min(second), first.max(second)],
        says: format!(
            "{name}: {what} rests on {second}, taken as newer than {first}; both are of {}, and an hour is missing",
            schedule::days(day, day)
        ),
        hint,
    })
}

fn place(what: &What) -> Option<&PlaceId> {
    what.of_meeting().and_then(|told| told.place.as_ref())
}
