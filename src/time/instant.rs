//! Instants and days as bounds: when a source came out, and the moments that a question is limited to.

use std::fmt;

use chrono::{DateTime, FixedOffset, NaiveDate, SecondsFormat, TimeDelta, Utc};

use super::moment::{Parts, plain_wall};
use super::when::pair;
use super::zone::{at_offset, whole_minutes};
use super::{Moment, TimeError, Zone, parse_day};

/// When a source was published: a day, or an instant with the offset it was written with.
///
/// An instant is kept to the millisecond, as all instants of the log are. A day counts as public at its end in the log's zone; see [`Published::instant`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    /// Only the day is known.
    Day(NaiveDate),
    /// The hour is known.
    At(DateTime<FixedOffset>),
}

impl Published {
    /// Reads a day or an RFC 3339 time, its fraction of a second cut to milliseconds; a time without offset is completed from `zone`.
    ///
    /// # Errors
    /// [`TimeError`] with the rule that is broken.
    pub fn read_typed(text: &str, zone: Zone) -> Result<Self, TimeError> {
        if text.len() <= 10 {
            return parse_day(text).map(Self::Day);
        }
        let parts = Parts::read(text)?;
        let (whole, offset) = match (parts.offset, parts.zone) {
            (Some(offset), None) => (at_offset(parts.wall, offset), offset),
            (_, named) => {
                let moment = Moment::of_parts(&parts, text, Some(named.unwrap_or(zone)))?;
                (moment.instant(), whole_minutes(moment.zone().offset_at(moment.instant())))
            }
        };
        let at = whole + TimeDelta::milliseconds(i64::from(parts.milliseconds));
        Ok(Self::At(at.fixed_offset().with_offset(offset)))
    }

    /// The instant by which it was public, the end of the day where only the day is known; as far as it can be written.
    #[must_use]
    pub fn instant(self, zone: Zone) -> DateTime<Utc> {
        match self {
            Self::Day(day) => zone.end_of_day(day),
            Self::At(at) => writable(at.to_utc()),
        }
    }

    /// The local day of publication at a place in `zone`: the day given, or the day that it was there at that instant.
    #[must_use]
    pub fn day_in(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::At(at) => zone.day_at(at.to_utc()),
        }
    }

    /// The exact instant, if it is known.
    #[must_use]
    pub fn exact(self) -> Option<DateTime<Utc>> {
        match self {
            Self::Day(_) => None,
            Self::At(at) => Some(writable(at.to_utc())),
        }
    }
}

/// The same instant, written at another offset. (`DateTime::with_timezone` is disallowed for the sake of named zones.)
trait WithOffset {
    fn with_offset(self, offset: FixedOffset) -> DateTime<FixedOffset>;
}

impl WithOffset for DateTime<FixedOffset> {
    fn with_offset(self, offset: FixedOffset) -> DateTime<FixedOffset> {
        use chrono::TimeZone as _;
        offset.from_utc_datetime(&self.naive_utc())
    }
}

impl std::str::FromStr for Published {
    type Err = TimeError;

    /// Reads the stored form, in which a time bears its offset.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::read_typed(text, Zone::UTC)
    }
}

impl fmt::Display for Published {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::At(at) => f.write_str(&at.to_rfc3339_opts(SecondsFormat::AutoSi, true)),
        }
    }
}

/// An instant as the log writes it: UTC, milliseconds, `Z` (RFC 3339).
#[must_use]
pub fn write_instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Reads an instant: an RFC 3339 time with any offset that exists, its fraction of a second cut to milliseconds. What is read can be
/// written; no second is a 61st, which would have to be moved.
///
/// # Errors
/// [`TimeError`] with the rule that is broken; [`TimeError::Range`] outside of the years 0001 to 9999 of UTC.
pub fn parse_instant(text: &str) -> Result<DateTime<Utc>, TimeError> {
    if let Some(at) = as_written(text) {
        return Ok(at);
    }
    let parts = Parts::read(text)?;
    let Some(offset) = parts.offset.filter(|_| parts.zone.is_none()) else { return Err(TimeError::Form(text.to_owned())) };
    let at = at_offset(parts.wall, offset) + TimeDelta::milliseconds(i64::from(parts.milliseconds));
    if writable(at) == at { Ok(at) } else { Err(TimeError::Range(text.to_owned())) }
}

/// An instant in the very form of [`write_instant`], which most are: `2025-02-18T09:00:00.123Z`.
fn as_written(text: &str) -> Option<DateTime<Utc>> {
    let (whole, fraction) = text.split_at_checked(19)?;
    let [b'.', hundreds, tens, ones, b'Z'] = fraction.as_bytes() else { return None };
    let milliseconds = pair(*hundreds, *tens)? * 10 + pair(b'0', *ones)?;
    Some((plain_wall(whole)? + TimeDelta::milliseconds(i64::from(milliseconds))).and_utc())
}

/// The instant itself, or the nearest in the years 0001 to 9999 of UTC, which alone can be written.
pub(super) fn writable(at: DateTime<Utc>) -> DateTime<Utc> {
    let (first, after) = (super::day(1, 1, 1), super::day(10_000, 1, 1));
    let [first, after] = [first, after].map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc());
    at.clamp(first, after - chrono::TimeDelta::milliseconds(1))
}

/// Reads a bound of a question, to the millisecond: a day means its last millisecond in `zone`, a time without offset is one of `zone`.
///
/// # Errors
/// [`TimeError`] with the rule that is broken.
pub fn bound(text: &str, zone: Zone) -> Result<DateTime<Utc>, TimeError> {
    Published::read_typed(text, zone).map(|published| published.instant(zone))
}
