//! Spoken dates resolved at the door, against the day on which the source was published.

use chrono::NaiveDate;

use super::Problem;
use crate::event::Kind;
use crate::time::{Direction, Spoken, TimeError, When, Zone, read_words};

/// A date as it was understood.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Understood {
    /// Written as a date: nothing to keep.
    Written(When),
    /// Spoken: the words are kept beside it.
    Spoken(When),
    /// Words that name no date: only they are kept.
    Vague,
}

/// The way a verb looks for the nearest day: plans forward, what happened back.
pub(super) fn direction(kind: Kind) -> Direction {
    match kind {
        Kind::Presence | Kind::MeetingHeld | Kind::Statement | Kind::Retraction => Direction::Back,
        Kind::Official | Kind::Party | Kind::Place | Kind::Trip => Direction::Back,
        Kind::Travel | Kind::TravelCancelled | Kind::Absence => Direction::Forward,
        Kind::MeetingProposed | Kind::MeetingConfirmed | Kind::MeetingChanged => Direction::Forward,
        Kind::MeetingDeclined | Kind::MeetingPostponed | Kind::MeetingCancelled => Direction::Forward,
    }
}

/// Understands a date; exact times without a zone are completed from `zone`, that of the place.
pub(super) fn understand(text: &str, kind: Kind, published: NaiveDate, zone: Option<Zone>) -> Result<Understood, Problem> {
    if let Ok(when) = When::read_typed(text, zone) {
        return Ok(Understood::Written(when));
    }
    match read_words(text, published, direction(kind), zone) {
        Ok(Spoken::When(when)) => Ok(Understood::Spoken(when)),
        Ok(Spoken::Vague) => Ok(Understood::Vague),
        Err(error @ TimeError::Words(_)) => {
            Err(refuse(text, &error).hint(format!("words that name no date are kept with: --said when=\"{text}\"")))
        }
        Err(error) => Err(refuse(text, &error)),
    }
}

/// What is wrong with a date.
pub(super) fn refuse(text: &str, error: &TimeError) -> Problem {
    let problem = Problem::new(error.to_string()).about(text);
    if matches!(error, TimeError::NoSuchDay { .. } | TimeError::Skipped { .. }) {
        problem.hint("days and hours are never moved: check what the source says")
    } else {
        problem
    }
}
