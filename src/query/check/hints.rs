//! The lines that settle a finding, with their references and ids filled in.

use crate::event::{Entry, Event, OfficialId, Position, What};
use crate::query::{Asked, typed};

/// The line that takes back what an event says of one official: a plan is called off, a meeting goes on without them, and what is said
/// to have been so is retracted, or said again of the others alone.
pub(in crate::query) fn take_back(asked: &Asked<'_>, official: &OfficialId, position: Position) -> Option<String> {
    let (entry, event) = event(asked, position)?;
    if let Some(meeting) = event.what.meeting() {
        return Some(format!("`daybook log change {meeting} --declined {official}`"));
    }
    let others: Vec<OfficialId> = event.what.moves().iter().filter(|one| *one != official).cloned().collect();
    if is_to_come(asked, &event.what) {
        let stay: String = others.iter().map(|one| format!(" --stay {one}")).collect();
        return Some(format!("`daybook log cancel-travel {position}{stay}`"));
    }
    if others.is_empty() {
        return Some(retract(position));
    }
    let told = Event { what: of_others(&event.what, others), telling: event.telling.clone() };
    let line = typed::retold(&told, entry, asked.registry())?;
    Some(format!("`daybook log {line} --replaces {position}`"))
}

/// The lines that take back any of some events in log order, each once: "`…` or `…`". What one entry says wrong of several places is
/// retracted in one line.
pub(in crate::query) fn take_back_any(asked: &Asked<'_>, official: &OfficialId, positions: &[Position]) -> String {
    let mut lines: Vec<String> = Vec::new();
    for told in positions.chunk_by(|one, other| one.seq == other.seq) {
        let each: Vec<String> = told.iter().filter_map(|position| take_back(asked, official, *position)).collect();
        let wrong = |position: &Position| each.contains(&retract(*position));
        let of_entry = if told.len() > 1 && told.iter().all(wrong) { vec![retracted(told, "wrong")] } else { each };
        for line in of_entry {
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
    }
    lines.join(" or ")
}

/// The line that says that a report was wrong.
pub(super) fn retract(position: Position) -> String {
    retracted(&[position], "wrong")
}

/// The line that retracts some events for one reason.
pub(super) fn retracted(positions: &[Position], reason: &str) -> String {
    let references: Vec<String> = positions.iter().map(ToString::to_string).collect();
    format!("`daybook retract {} --reason {reason}`", references.join(" "))
}

/// The event at a position, and its entry.
pub(super) fn event<'a>(asked: &Asked<'a>, position: Position) -> Option<(&'a Entry, &'a Event)> {
    let entry = asked.view.claims().entry(position.seq)?;
    Some((entry, entry.event(position.number)?))
}

/// Whether a journey or presence has days that are not past.
fn is_to_come(asked: &Asked<'_>, what: &What) -> bool {
    let (when, place) = match what {
        What::Travel(travel) => (travel.arrive.or(travel.depart), &travel.to),
        What::Presence(presence) => (Some(presence.when), &presence.place),
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::TravelCancelled(_) => return false,
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => return false,
        What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => return false,
        What::Absence(_) | What::Statement(_) | What::Retraction(_) => return false,
    };
    let zone = asked.registry().zone_of(Some(place), asked.zone());
    when.is_none_or(|when| when.span(zone).to.is_none_or(|last| last >= asked.on))
}

/// The same journey, presence or absence of other officials.
fn of_others(what: &What, others: Vec<OfficialId>) -> What {
    let mut what = what.clone();
    if let What::Travel(crate::event::Travel { officials, .. })
    | What::Presence(crate::event::Presence { officials, .. })
    | What::Absence(crate::event::Absence { officials, .. }) = &mut what
    {
        *officials = others;
    }
    what
}
