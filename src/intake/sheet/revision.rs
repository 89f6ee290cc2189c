//! What becomes of a row that the log knows already: nothing, or an update of everything that it said before.

use chrono::{DateTime, Utc};
use serde_json::Value;

use crate::event::wire::WireEvent;
use crate::event::{Event, EventRef, Kind, Meeting, MeetingId, Reference, Retraction, Telling, What, Why};
use crate::intake::Known;
use crate::intake::told::Claim;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Decision {
    New,
    Changed,
    Already,
    Older,
}

/// What becomes of a row that came out now and says these events, and said those claims before; `withdrawn` is when its list let a claim fall.
pub(super) fn decide(
    claims: &[Claim],
    events: &[Event],
    public: DateTime<Utc>,
    withdrawn: impl Fn(&Claim) -> Option<DateTime<Utc>>,
) -> Decision {
    let said: Vec<&Event> = events.iter().filter(|event| !event.what.kind().is_registry()).collect();
    let told: Vec<&Claim> = claims.iter().filter(|claim| is_report(claim)).collect();
    let counting: Vec<&Claim> = told.iter().copied().filter(|claim| claim.counts).collect();
    if said.len() < events.len() && is_same(&counting, &said) {
        // Only who is who is said otherwise than before.
        return if claims.is_empty() { Decision::New } else { Decision::Changed };
    }
    if !counting.is_empty() {
        let is_older = counting.iter().any(|claim| claim.published > public);
        return match is_same(&counting, &said) {
            true => Decision::Already,
            false if is_older => Decision::Older,
            false => Decision::Changed,
        };
    }
    // Nothing of it counts: what somebody took back is not told again, what the list itself let fall is.
    let Some(last) = told.last() else { return if said.is_empty() { Decision::Already } else { Decision::New } };
    let last: Vec<&Claim> = told.iter().copied().filter(|claim| claim.event.entry == last.event.entry).collect();
    let fell = last.iter().map(|claim| withdrawn(claim)).collect::<Option<Vec<_>>>().and_then(|all| all.into_iter().max());
    match fell {
        Some(fell) if public < fell => Decision::Older,
        None if is_same(&last, &said) => Decision::Already,
        Some(_) | None => Decision::New,
    }
}

/// Whether a claim reports something, and does not say who or what an id is.
pub(super) fn is_report(claim: &Claim) -> bool {
    !claim.says.what.kind().is_registry()
}

/// Whether a row says what some claims say, in whatever order.
fn is_same(claims: &[&Claim], said: &[&Event]) -> bool {
    let told = |telling: &Telling| {
        let Telling { quote, said, said_by, via, note, replaces: _, x: _ } = telling;
        (quote.clone(), said.clone(), said_by.clone(), via.clone(), note.clone())
    };
    let like = |claim: &Event, event: &Event| claim.what == event.what && told(&claim.telling) == told(&event.telling);
    let mut rest: Vec<&Event> = said.to_vec();
    let all = claims.iter().all(|claim| {
        let at = rest.iter().position(|event| like(&claim.says, event));
        at.map(|at| rest.swap_remove(at)).is_some()
    });
    all && rest.is_empty()
}

/// Gives the meetings of a row the title and level that the door gave them when the row introduced them.
pub(super) fn complete(claims: &[Claim], events: &mut [Event]) {
    for event in events {
        let own = claims
            .iter()
            .rev()
            .filter(|claim| meeting(&claim.says) == meeting(event))
            .find_map(|claim| claim.says.what.of_meeting());
        let Some(Meeting { title, level, .. }) = own.cloned() else { continue };
        if let What::MeetingProposed(now) | What::MeetingConfirmed(now) | What::MeetingHeld(now) = &mut event.what {
            now.title = now.title.take().or(title);
            now.level = now.level.or(level);
        }
    }
}

/// Lets the events of a row take over everything that it said before; what none of them can take over is taken back.
pub(super) fn replace(claims: &[Claim], events: &mut Vec<Event>) {
    let mut left: Vec<&Claim> = claims.iter().filter(|claim| is_report(claim)).collect();
    for event in events.iter_mut().filter(|event| !event.what.kind().is_registry()) {
        let of = meeting(event).cloned();
        // The first that can takes over all: whichever of them was replaced alone would bring back what it had replaced itself.
        let (taken, rest) = left.into_iter().partition(|claim| meeting(&claim.says) == of.as_ref());
        let taken: Vec<&Claim> = taken;
        event.telling.replaces = taken.iter().map(|claim| claim.event).collect();
        left = rest;
    }
    if !left.is_empty() {
        // The given events keep their numbers, whatever is added.
        events.push(retraction(left.iter().map(|claim| claim.event).collect()));
    }
}

/// What a list no longer says.
pub(super) fn retraction(of: Vec<EventRef>) -> Event {
    let retraction = Retraction { of: of.into_iter().map(Reference::Event).collect(), reason: Why::SourceWithdrawn };
    Event { what: What::Retraction(retraction), telling: Telling::default() }
}

/// The meeting that an event is one of; an absence from a meeting is none of its events.
fn meeting(event: &Event) -> Option<&MeetingId> {
    event.what.meeting().filter(|_| event.what.kind().is_of_meeting())
}

/// Whether an event is to be looked at: what says who or what an id is counts if nobody said so yet, or this very row did. Rows say it again
/// and again, and the desk may know better.
pub(super) fn is_news(event: &WireEvent, known: &Known, claims: &[Claim]) -> bool {
    let Some((kind, id)) = defined(event) else { return true };
    let own = |claim: &Claim| claim.says.what.kind() == kind && claim.says.what.defines().as_deref() == Some(id);
    !known.has(kind, id) || claims.iter().any(own)
}

/// The kind and id that an event of the registry defines.
fn defined(event: &WireEvent) -> Option<(Kind, &str)> {
    let kind = event.kind.parse().ok()?;
    let id = match kind {
        Kind::Official => &event.official,
        Kind::Party => &event.party,
        Kind::Place => &event.place,
        Kind::Trip => &event.trip,
        Kind::Travel | Kind::TravelCancelled | Kind::Presence | Kind::Absence | Kind::Statement | Kind::Retraction => {
            return None;
        }
        Kind::MeetingProposed | Kind::MeetingConfirmed | Kind::MeetingHeld | Kind::MeetingChanged => return None,
        Kind::MeetingDeclined | Kind::MeetingPostponed | Kind::MeetingCancelled => return None,
    };
    Some((kind, id.as_deref()?))
}

/// Whether the last that a row said of an id holds all that it says now; the first time the door may have added what the row left open.
pub(super) fn is_told(event: &Event, claims: &[Claim]) -> bool {
    let same_id =
        |claim: &&Claim| claim.says.what.kind() == event.what.kind() && claim.says.what.defines() == event.what.defines();
    let fields = |event: &Event| serde_json::to_value(WireEvent::from(event)).unwrap_or_default();
    let Some(before) = claims.iter().rfind(same_id).map(|claim| fields(&claim.says)) else { return false };
    match fields(event) {
        Value::Object(now) => now.iter().all(|(field, value)| before.get(field) == Some(value)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => false,
    }
}
