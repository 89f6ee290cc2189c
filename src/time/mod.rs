//! Time as people report it: partial dates, exact times with zones, instants that bound a question, and the words of a report.
//!
//! Knows no other room and reads no clock. Four notions, never mixed:
//!
//! | type | is | zone |
//! |---|---|---|
//! | [`When`] | when something happens, as vague as the source | local days of the place it belongs to |
//! | [`Moment`] | an exact wall clock | its own, kept |
//! | [`Published`] | when a source came out: a day, or an instant | a day means the end of that day in the log's zone |
//! | `DateTime<Utc>` | an instant: recorded, embargo, bounds of a question | UTC |

mod error;
mod human;
mod instant;
mod moment;
mod when;
mod zone;

#[cfg(test)]
mod tests;

pub use error::TimeError;
pub use human::{Direction, Spoken, VAGUE_WORDS, read_words};
use instant::writable;
pub use instant::{Published, bound, parse_instant, write_instant};
pub use moment::Moment;
pub use when::{End, Qualifier, Shape, Span, When, parse_day};
pub use zone::{Transition, Wall, Zone, rules_version};

use chrono::NaiveDate;

/// A calendar day. A date that does not exist gives the first day of the calendar; meant for literals in examples and tests.
#[must_use]
pub fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap_or(NaiveDate::MIN)
}

/// The day so many days after another, or before it if negative, within the years 0001 to 9999, which alone can be written.
#[must_use]
pub fn shifted(from: NaiveDate, days: i64) -> NaiveDate {
    let end = if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    in_calendar(chrono::TimeDelta::try_days(days).and_then(|days| from.checked_add_signed(days)).unwrap_or(end))
}

/// The day itself, or the nearest that can be written.
fn in_calendar(found: NaiveDate) -> NaiveDate {
    found.clamp(day(1, 1, 1), day(9999, 12, 31))
}
