//! The words of a report that name a day: "today", "this Tuesday", "last week", "by 1 March".
//!
//! One small grammar. Everything is counted from the day on which the source was published. A date that leaves something out (the
//! year, the month, the week) is the nearest one in the direction of the verb, the day of publication included: plans look forward,
//! what happened looks back. Weeks are ISO weeks, from Monday to Sunday. Capitals, spare white space, commas, the full stop of an
//! abbreviation, and a leading "on", "in", "at" or "the" make no difference.
//!
//! | words | meaning, published on Monday 2025-02-17 |
//! |---|---|
//! | today, this morning, this afternoon, this evening, tonight | `2025-02-17` |
//! | tomorrow, yesterday, last night | `2025-02-18`, `2025-02-16`, `2025-02-16` |
//! | the day after tomorrow, the day before yesterday | `2025-02-19`, `2025-02-15` |
//! | Tuesday, Tue, on Tuesday, this Tuesday | the nearest: `2025-02-18` forward, `2025-02-11` back; said on a Tuesday, that day |
//! | coming Tuesday, this coming Tuesday | the nearest after today: `2025-02-18`; said on a Tuesday, a week later |
//! | last Sunday | the nearest before today: `2025-02-16`; said on a Sunday, a week earlier |
//! | next Tuesday | the Tuesday of the next ISO week: `2025-02-25` |
//! | last week, next week | `[2025-02-10..2025-02-16]`, `[2025-02-24..2025-03-02]` |
//! | this week | what is left of it forward, `[2025-02-17..2025-02-23]`; what is past of it back, `[2025-02-17..2025-02-17]` |
//! | last weekend, next weekend | Saturday and Sunday of the last or next ISO week: `[2025-02-15..2025-02-16]`, `[2025-03-01..2025-03-02]` |
//! | weekend, this weekend | the nearest, up to today or from today on: `[2025-02-22..2025-02-23]` forward, `[2025-02-15..2025-02-16]` back |
//! | last month, this month, next month | `2025-01`, `2025-02`, `2025-03` |
//! | last year, this year, next year | `2024`, `2025`, `2026` |
//! | March, in March, this March | the nearest: `2025-03` forward, `2024-03` back; said in March, that month |
//! | last March, next March | the nearest whole March before or after this month: `2024-03`, `2025-03` |
//! | March 2026, in 2026 | `2026-03`, `2026` |
//! | 18 Feb, 18 February, February 18, the 18th of February | the nearest: `2025-02-18` forward, `2024-02-18` back |
//! | 18 February 2025, February 18, 2025 | `2025-02-18` |
//! | the 18th | the nearest 18th of a month: `2025-02-18` forward, `2025-01-18` back |
//! | Tuesday 18 February | that date, refused if it is no Tuesday |
//! | Tuesday evening, tomorrow morning | the day |
//! | later today, later this week, earlier this month … | as without the "later" or "earlier" |
//! | 10-14 March, 10 to 14 March, from 10 to 14 March, March 10 through 14 | `2025-03-10/2025-03-14`; forward it ends today or later, back it begins today or earlier |
//! | 10 March to 2 April, Monday to Wednesday | the same with two days of any form |
//! | between 10 and 14 March, between March and May | once in that range: `[2025-03-10..2025-03-14]`, `[2025-03-01..2025-05-31]` |
//! | by 1 March, before 1 March | `[..2025-03-01]`, `[..2025-02-28]` |
//! | not before 1 March, after 1 March | `[2025-03-01..]`, `[2025-03-02..]` |
//! | any single day and a clock: tomorrow at 15:30, Tuesday 10:00, 2025-02-18 at 10:00 | exact, in the zone of the place, or of its own: tomorrow at 15:30[Europe/Madrid] |
//! | around or about any of these; a `~` or `?` at the end | the qualifier `~`; that qualifier |
//! | any form of [`When`] | itself |
//! | the words of [`VAGUE_WORDS`] | [`Spoken::Vague`] |
//!
//! By, before, after and not before take anything that names one stretch of days: a day, a week, a month, a year.

mod clock;
mod phrase;
mod point;
mod token;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;

use super::{Qualifier, TimeError, When, Zone};

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
///
/// Compared like all words: capitals, spare white space and a leading "in", "at", "on" or "the" make no difference.
pub const VAGUE_WORDS: &[&str] = &[
    "soon",
    "very soon",
    "quite soon",
    "fairly soon",
    "as soon as possible",
    "sooner or later",
    "shortly",
    "imminent",
    "imminently",
    "in the coming hours",
    "in the coming days",
    "in the coming weeks",
    "in the coming months",
    "in the coming days or weeks",
    "in the coming weeks or months",
    "in the next few days",
    "in the next few weeks",
    "in the next few months",
    "in a few days",
    "in a few weeks",
    "in a few months",
    "in the near future",
    "in the nearest future",
    "in the foreseeable future",
    "in the future",
    "recently",
    "in recent days",
    "in recent weeks",
    "later",
    "at a later date",
    "at a later stage",
    "at a later time",
    "at some point",
    "at some stage",
    "in due course",
    "in due time",
    "when the time comes",
    "when the time is right",
    "when conditions allow",
    "sometime",
    "sometime soon",
    "some day",
    "someday",
    "one day",
    "eventually",
    "no date",
    "no date set",
    "no date yet",
    "no date has been set",
    "date not set",
    "not set",
    "not yet set",
    "not fixed",
    "not decided",
    "not yet decided",
    "undecided",
    "undated",
    "to be agreed",
    "to be announced",
    "to be confirmed",
    "to be decided",
    "to be determined",
    "tba",
    "tbc",
    "tbd",
    "unclear",
    "unknown",
    "not known",
    "not yet known",
    "unspecified",
];

/// Reads a date in the words of a report, or in any form of [`When`]; the table of this file's head has all of them.
///
/// `today` is the day on which the source was published, local to the place. `zone` completes a time that names no zone.
///
/// # Errors
/// [`TimeError::Words`] for words that are not in the table, [`TimeError::NoZone`] for a time of which nobody said where, and what
/// [`When::read_typed`] says of a text that tries to be one of its forms.
pub fn read_words(text: &str, today: NaiveDate, direction: Direction, zone: Option<Zone>) -> Result<Spoken, TimeError> {
    let typed = text.trim();
    let written = match When::read_typed(typed, zone) {
        Ok(when) => return Ok(Spoken::When(when)),
        Err(error) => error,
    };
    let (body, doubt) = token::doubt(typed);
    let words = token::words(body);
    if is_vague(&words) {
        return Ok(Spoken::Vague);
    }
    let spoken = phrase::Phrase { text: typed, today, direction, zone }.read(&words);
    match spoken {
        Ok(when) => match (doubt, when.qualifier) {
            (Qualifier::Plain, _) => Ok(Spoken::When(when)),
            (Qualifier::Approximate | Qualifier::Doubtful, Qualifier::Plain) => {
                Ok(Spoken::When(When { qualifier: doubt, ..when }))
            }
            // "around 18 Feb?" would need both marks, and the log has room for one.
            (Qualifier::Approximate | Qualifier::Doubtful, Qualifier::Approximate | Qualifier::Doubtful) => {
                Err(TimeError::Words(typed.to_owned()))
            }
        },
        Err(TimeError::Words(_) | TimeError::Form(_) | TimeError::Range(_)) if is_attempt_at_when(typed) => Err(written),
        Err(error) => Err(error),
    }
}

/// Whether somebody meant to write one of the forms of [`When`], so that the broken rule explains more than "not understood".
fn is_attempt_at_when(text: &str) -> bool {
    text.starts_with('[') || (text.starts_with(|first: char| first.is_ascii_digit()) && text.contains('-'))
}

fn is_vague(words: &[token::Word<'_>]) -> bool {
    let spelt: Vec<&str> = token::without_article(words).iter().map(|word| word.lower.as_str()).collect();
    !spelt.is_empty()
        && VAGUE_WORDS.iter().any(|vague| {
            let vague = token::words(vague);
            token::without_article(&vague).iter().map(|word| word.lower.as_str()).eq(spelt.iter().copied())
        })
}
