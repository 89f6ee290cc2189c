//! What cannot be so, whatever the source says, or is worth a second look: arrivals before departures, meetings held in the future,
//! entries beyond all measure.

use chrono::{DateTime, NaiveDate, Utc};

use super::{Echo, Known, Problem, Refusal};
use crate::event::{Event, LimitError, NewEntry, Travel, What, check_limits, compose};
use crate::time::When;

/// The last day that can have begun anywhere when it is `today` somewhere.
pub(super) fn latest_day(today: NaiveDate) -> NaiveDate {
    today.succ_opt().unwrap_or(today)
}

/// Holds one event against what is possible.
pub(super) fn check(event: &Event, known: &Known) -> Option<Problem> {
    let What::Travel(travel) = &event.what else { return None };
    backwards(travel, known)
}

/// A meeting that is reported as held on a day after its report: worth a second look.
pub(super) fn held_ahead(event: &Event, published: NaiveDate, known: &Known) -> Option<Echo> {
    let What::MeetingHeld(meeting) = &event.what else { return None };
    let before = known.meetings.get(&meeting.meeting);
    let when = meeting.when.or_else(|| before?.when)?;
    let place = meeting.place.as_ref().or_else(|| before?.place.as_ref());
    let first = when.span(known.registry.zone_of(place, known.zone)).from?;
    (first > latest_day(published)).then(|| Echo::HeldAhead(meeting.meeting.clone(), when))
}

/// A change of plan for a meeting that took place already: it stays held, so somebody may mean another one.
pub(super) fn after_held(event: &Event, known: &Known) -> Option<Echo> {
    let plans = match &event.what {
        What::MeetingChanged(meeting) => meeting.when.is_some(),
        What::MeetingPostponed(_) | What::MeetingCancelled(_) | What::MeetingDeclined(_) => true,
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::Travel(_) | What::TravelCancelled(_) => false,
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) => false,
        What::Presence(_) | What::Absence(_) | What::Statement(_) | What::Retraction(_) => false,
    };
    let id = event.what.meeting().filter(|id| plans && known.meetings.get(*id).is_some_and(|meeting| meeting.held))?;
    Some(Echo::AfterHeld(id.clone()))
}

/// Nobody arrives before leaving: by the clock where both times are exact, else by more than the day that the date line takes.
fn backwards(travel: &Travel, known: &Known) -> Option<Problem> {
    let (depart, arrive) = (travel.depart?, travel.arrive?);
    let zone = known.registry.zone_of(Some(&travel.to), known.zone);
    let exact = |when: When| when.exact().map(|(start, _)| start);
    let wrong = match (exact(depart), exact(arrive)) {
        (Some(leaves), Some(arrives)) => arrives < leaves,
        _ => depart.span(zone).from.zip(arrive.span(zone).to).is_some_and(|(leaves, arrives)| latest_day(arrives) < leaves),
    };
    wrong.then(|| Problem::new(format!("the arrival, {arrive}, is before the departure, {depart}")).about(arrive.to_string()))
}

/// Holds a whole entry against the limits of the log.
pub(super) fn check_size(entry: &NewEntry, now: DateTime<Utc>) -> Result<(), Refusal> {
    let composed = compose(&entry.clone().numbered(u64::MAX, now), entry.salt)
        .map_err(|error| Problem::new(format!("the entry cannot be written as JSON: {error}")))?;
    check_limits(entry.events.len(), &composed).map_err(|error| limit(&error).into())
}

/// A limit as a problem.
pub(super) fn limit(error: &LimitError) -> Problem {
    let problem = match error {
        LimitError::NoEvents => Problem::new("the entry has no events"),
        LimitError::Nul => Problem::new(error.to_string().replacen("it", "the entry", 1)),
        LimitError::TooManyEvents(_) | LimitError::TooLong(_) | LimitError::TextTooLong { .. } => {
            Problem::new(format!("the entry is too large: {error}"))
        }
    };
    match error.hint() {
        Some(hint) => problem.hint(hint),
        None => problem,
    }
}
