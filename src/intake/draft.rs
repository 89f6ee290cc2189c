//! A draft as it comes: in which order its events are read, what an empty string means, and kinds that are none.

use super::Problem;
use crate::event::Kind;
use crate::event::wire::WireEvent;

/// The order in which events are resolved: what the desk knows first (parties, places, people, trips), so that an entry may name what it
/// declares further down.
pub(super) fn order(events: &[WireEvent]) -> Vec<usize> {
    let depth = |at: usize| within_depth(events, at);
    let rank = |at: &usize| match events.get(*at).and_then(|wire| wire.kind.parse::<Kind>().ok()) {
        Some(Kind::Place) => (0, depth(*at)),
        Some(Kind::Party) => (1, 0),
        Some(Kind::Official) => (2, 0),
        Some(Kind::Trip) => (3, 0),
        _ => (4, 0),
    };
    let mut order: Vec<usize> = (0..events.len()).collect();
    order.sort_by_key(rank);
    order
}

/// How many places of this entry lie around a place of this entry: the outer ones come first.
fn within_depth(events: &[WireEvent], at: usize) -> usize {
    let outer = |at: usize| {
        let within = events.get(at)?.within.as_ref()?;
        events.iter().position(|event| event.kind == "place" && event.place.as_ref() == Some(within))
    };
    std::iter::successors(Some(at), |at| outer(*at)).skip(1).take(16).count()
}

/// An empty string in an optional field is the field absent.
pub(super) fn blank(wire: &mut WireEvent) {
    for field in [
        &mut wire.name,
        &mut wire.title,
        &mut wire.party,
        &mut wire.rank,
        &mut wire.base,
        &mut wire.since,
        &mut wire.until,
        &mut wire.wikidata,
        &mut wire.country,
        &mut wire.zone,
        &mut wire.within,
        &mut wire.from,
        &mut wire.depart,
        &mut wire.arrive,
        &mut wire.when,
        &mut wire.purpose,
        &mut wire.level,
        &mut wire.agenda,
        &mut wire.outcome,
        &mut wire.on_behalf_of,
        &mut wire.language,
        &mut wire.quote,
        &mut wire.said_by,
        &mut wire.via,
        &mut wire.note,
        &mut wire.trip,
        &mut wire.place,
        &mut wire.meeting,
        &mut wire.reason,
        &mut wire.text,
        &mut wire.speaker,
    ] {
        if field.as_deref().is_some_and(|text| text.trim().is_empty()) {
            *field = None;
        }
    }
    for seat in wire.participants.iter_mut().flatten() {
        for field in [&mut seat.official, &mut seat.party, &mut seat.role, &mut seat.attendance] {
            *field = field.take().filter(|text| !text.is_empty());
        }
    }
    for list in [&mut wire.officials, &mut wire.aliases, &mut wire.about, &mut wire.topics, &mut wire.of, &mut wire.replaces] {
        list.iter_mut().for_each(|list| list.retain(|text| !text.is_empty()));
    }
}

pub(super) fn unknown_kind(kind: &str) -> Problem {
    let problem = Problem::new(format!("\"{kind}\" is no kind of event")).about(kind);
    let verb = Kind::ALL.iter().find(|known| verb_of(**known) == kind);
    if let Some(known) = verb {
        return problem.hint(format!("the verb `{kind}` writes the kind {known}"));
    }
    let close = crate::names::nearest(&kind.replace('_', " "), Kind::ALL.iter().map(|kind| kind.name()), 3);
    if close.is_empty() {
        let all: Vec<&str> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        return problem.hint(format!("kinds are {}", all.join(", ")));
    }
    problem.hint(format!("close to {}", close.join(", ")))
}

/// The verb that writes a kind.
fn verb_of(kind: Kind) -> &'static str {
    match kind {
        Kind::TravelCancelled => "cancel-travel",
        Kind::MeetingProposed => "propose",
        Kind::MeetingConfirmed => "confirm",
        Kind::MeetingHeld => "held",
        Kind::MeetingChanged => "change",
        Kind::MeetingDeclined => "decline",
        Kind::MeetingPostponed => "postpone",
        Kind::MeetingCancelled => "cancel",
        Kind::Retraction => "retract",
        Kind::Official
        | Kind::Party
        | Kind::Place
        | Kind::Trip
        | Kind::Travel
        | Kind::Presence
        | Kind::Absence
        | Kind::Statement => kind.name(),
    }
}
