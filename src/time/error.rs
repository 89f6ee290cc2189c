//! What can be wrong with a time: one rule, one sentence.

use chrono::{FixedOffset, NaiveDate, NaiveDateTime, Timelike as _};

use super::Zone;

/// Why a text is not a time that the log can hold.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// Not one of the forms at all.
    #[error(
        "\"{0}\" is no date: a day is written 2025-02-18, a time 2025-02-18T10:00, some day of a range [2025-02-10..2025-02-16]"
    )]
    Form(String),
    /// A calendar day that does not exist.
    #[error("\"{text}\" does not exist: {month} has {days} days")]
    NoSuchDay {
        /// The text as given.
        text: String,
        /// Month and year in words.
        month: String,
        /// The number of days of that month.
        days: u32,
    },
    /// A month or year outside the calendar that EDTF level 0 can write.
    #[error("\"{0}\" is no date: months go from 01 to 12 and years from 0001 to 9999")]
    Range(String),
    /// An hour or minute outside the day.
    #[error("\"{0}\" is no time of day: hours go from 00 to 23, minutes and seconds from 00 to 59")]
    Clock(String),
    /// Something behind the day that is not written like a time.
    #[error(
        "\"{0}\" has a time of day that cannot be read: it is written 10:00 or 10:00:00, and right behind it the offset (Z, +03:00) \
         or the zone ([Asia/Riyadh]), if any"
    )]
    ClockForm(String),
    /// A fraction of a second that is not written as RFC 3339 has it.
    #[error("\"{0}\" has a fraction of a second that cannot be read: it is a full stop and 1 to 9 digits, such as 10:00:00.125")]
    Fraction(String),
    /// A fraction of a second where whole seconds are kept.
    #[error("\"{0}\" has a fraction of a second: that is kept of publication only; what happens does so at a whole second")]
    TooExact(String),
    /// An interval or range whose end is before its start.
    #[error("\"{0}\" ends before it begins")]
    Reversed(String),
    /// An interval whose end is not a day or an exact time, or that has no start.
    #[error("\"{0}\" is no interval: its ends are days or exact times, and only the later one may be open (2025-02-17/..)")]
    Interval(String),
    /// `depart` and `arrive` are single times.
    #[error("\"{0}\" is an interval; a departure or arrival is one time")]
    NoInterval(String),
    /// A name that is not in the IANA list.
    #[error("\"{0}\" is no time zone: zones are named as in the IANA list, such as Europe/Madrid")]
    Zone(String),
    /// An exact time of which nobody said where.
    #[error("\"{0}\" has no time zone and the place is not known: write {0}[Area/City]")]
    NoZone(String),
    /// An offset that is not written as RFC 3339 has it.
    #[error("\"{0}\" has an offset that cannot be read: it is Z, or hours and minutes such as +03:00 and -04:00")]
    OffsetForm(String),
    /// An offset that nobody uses.
    #[error("\"{0}\" has an impossible offset: offsets go from -14:00 to +14:00")]
    Offset(String),
    /// An offset that the zone did not have then.
    #[error("\"{text}\" contradicts itself: clocks in {zone} show {expected} at that time")]
    Contradiction {
        /// The text as given.
        text: String,
        /// The zone named.
        zone: Zone,
        /// The offset it has then.
        expected: FixedOffset,
    },
    /// A wall clock that the zone jumps over.
    #[error("{} does not exist in {zone}: clocks are put forward over it, from {before} to {after}", wall_text(wall))]
    Skipped {
        /// The wall clock.
        wall: NaiveDateTime,
        /// The zone.
        zone: Zone,
        /// The offset before the gap.
        before: FixedOffset,
        /// The offset after it.
        after: FixedOffset,
    },
    /// A wall clock that the zone shows twice.
    #[error("{clock} exists twice in {zone}: write {clock}{before} for the first or {clock}{after} for the second", clock = wall_text(wall))]
    Twice {
        /// The wall clock.
        wall: NaiveDateTime,
        /// The zone.
        zone: Zone,
        /// The offset the first time.
        before: FixedOffset,
        /// The offset the second time.
        after: FixedOffset,
    },
    /// A day of the week that does not belong to the date beside it.
    #[error("\"{text}\" contradicts itself: {} is a {}", .day.format("%Y-%m-%d"), .day.format("%A"))]
    Weekday {
        /// The text as given.
        text: String,
        /// The date in it.
        day: NaiveDate,
    },
    /// Words that name no date, and that are not known to be vague either.
    #[error("\"{0}\" is no date that daybook understands: try 18 Feb, this Tuesday, last week, by 1 March, or 2025-02-18")]
    Words(String),
}

/// A wall clock as people type it: seconds only where there are any.
fn wall_text(wall: &NaiveDateTime) -> String {
    let form = if wall.second() == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    wall.format(form).to_string()
}
