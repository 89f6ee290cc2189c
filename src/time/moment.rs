//! Exact times with their zone (RFC 9557, the extended form of RFC 3339).

use std::fmt;

use chrono::{DateTime, Datelike as _, FixedOffset, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::when::{pair, plain_day};
use super::zone::{at_offset, whole_minutes};
use super::{TimeError, Wall, Zone};

/// An exact wall clock in a zone, such as `2025-02-18T10:00:00+03:00[Asia/Riyadh]`.
///
/// The wall clock and the zone are what was meant; the offset records what was believed when it was written down and only decides
/// between the two readings of an hour that exists twice. Whole seconds; an offset of whole minutes, as RFC 3339 has it, even where
/// a local mean time of long ago has seconds.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Moment {
    wall: NaiveDateTime,
    zone: Zone,
    offset: FixedOffset,
}

impl Moment {
    /// The moment that a clock on a wall in `zone` shows.
    ///
    /// # Errors
    /// [`TimeError::Skipped`] or [`TimeError::Twice`] where the clocks are put forward over it or back over it.
    pub fn of_wall(wall: NaiveDateTime, zone: Zone) -> Result<Self, TimeError> {
        match zone.wall(wall) {
            Wall::Once(offset) => Ok(Self { wall, zone, offset: whole_minutes(offset) }),
            Wall::Skipped(before, after) => Err(TimeError::Skipped { wall, zone, before, after }),
            Wall::Twice(before, after) => Err(TimeError::Twice { wall, zone, before, after }),
        }
    }

    /// An instant, as the clocks of `zone` show it.
    #[must_use]
    pub fn at(instant: DateTime<Utc>, zone: Zone) -> Self {
        Self { wall: zone.wall_at(instant), zone, offset: whole_minutes(zone.offset_at(instant)) }
    }

    /// Reads the stored form. The wall clock in the zone wins over the offset, whatever the rules say by now.
    ///
    /// # Errors
    /// [`TimeError`] unless date, time, offset and `[zone]` are all there and well formed.
    pub fn read_stored(text: &str) -> Result<Self, TimeError> {
        let parts = Parts::read(text)?.of_whole_seconds(text)?;
        match (parts.offset, parts.zone) {
            (Some(offset), Some(zone)) => Ok(Self { wall: parts.wall, zone, offset }),
            _ => Err(TimeError::NoZone(text.to_owned())),
        }
    }

    /// A moment in the very form in which it is written; whatever is in another, or is none, is read elsewhere.
    pub(super) fn as_written(text: &str) -> Option<Self> {
        let parts = Parts::as_written(text)?;
        Some(Self { wall: parts.wall, zone: parts.zone?, offset: parts.offset? })
    }

    /// Reads what somebody typed: an absent zone is that of the place (`at`), an offset without zone is moved to it, and an offset
    /// that contradicts the zone is refused.
    ///
    /// # Errors
    /// [`TimeError`] with the rule that is broken; an hour that does not exist is never moved.
    pub fn read_typed(text: &str, at: Option<Zone>) -> Result<Self, TimeError> {
        Self::of_parts(&Parts::read(text)?.of_whole_seconds(text)?, text, at)
    }

    /// The same of the pieces of a text, whatever fraction of a second they have.
    pub(super) fn of_parts(parts: &Parts, text: &str, at: Option<Zone>) -> Result<Self, TimeError> {
        let zone = parts.zone.or(at).ok_or_else(|| TimeError::NoZone(text.to_owned()))?;
        let Some(offset) = parts.offset else { return Self::of_wall(parts.wall, zone) };
        if parts.zone.is_none() || parts.zulu {
            let moment = Self::at(at_offset(parts.wall, offset), zone);
            let writable = (1..=9999).contains(&moment.wall.year());
            return if writable { Ok(moment) } else { Err(TimeError::Range(text.to_owned())) };
        }
        // Judged by the wall clock, so that the offset named in a refusal is the one that will be taken.
        let expected = match zone.wall(parts.wall) {
            Wall::Once(expected) => whole_minutes(expected),
            Wall::Twice(first, second) => {
                let (first, second) = (whole_minutes(first), whole_minutes(second));
                if second == offset { second } else { first }
            }
            Wall::Skipped(before, after) => return Err(TimeError::Skipped { wall: parts.wall, zone, before, after }),
        };
        if expected == offset {
            return Ok(Self { wall: parts.wall, zone, offset });
        }
        Err(TimeError::Contradiction { text: text.to_owned(), zone, expected })
    }

    /// Whether clocks in the zone show this wall clock twice.
    #[must_use]
    pub fn is_ambiguous(self) -> bool {
        matches!(self.zone.wall(self.wall), Wall::Twice(..))
    }

    /// The wall clock.
    #[must_use]
    pub fn wall(self) -> NaiveDateTime {
        self.wall
    }

    /// The zone that was named.
    #[must_use]
    pub fn zone(self) -> Zone {
        self.zone
    }

    /// The instant by today's rules of the zone.
    #[must_use]
    pub fn instant(self) -> DateTime<Utc> {
        match self.zone.wall(self.wall) {
            Wall::Twice(_, second) if whole_minutes(second) == self.offset => at_offset(self.wall, second),
            Wall::Once(offset) | Wall::Skipped(offset, _) | Wall::Twice(offset, _) => at_offset(self.wall, offset),
        }
    }

    /// The instant that was believed when it was written down: what the text alone says, whatever the rules say by now.
    pub(super) fn believed(self) -> DateTime<Utc> {
        at_offset(self.wall, self.offset)
    }

    /// The local day at a place in `zone`.
    #[must_use]
    pub fn day_in(self, zone: Zone) -> NaiveDate {
        if zone == self.zone { self.wall.date() } else { zone.day_at(self.instant()) }
    }
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}[{}]", self.wall.format("%Y-%m-%dT%H:%M:%S"), self.offset, self.zone)
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The pieces of a written time, before anybody asks whether they agree.
pub(super) struct Parts {
    /// In whole seconds.
    pub wall: NaiveDateTime,
    /// The rest of the second, cut to milliseconds as all instants of the log are.
    pub milliseconds: u16,
    /// Whether anything of a second was written behind the whole ones.
    exact: bool,
    pub offset: Option<FixedOffset>,
    pub zone: Option<Zone>,
    /// Whether the offset was written `Z` or `-00:00`: UTC without a claim about local time (RFC 9557, section 2).
    pub zulu: bool,
}

impl Parts {
    pub fn read(text: &str) -> Result<Self, TimeError> {
        if let Some(parts) = Self::as_written(text) {
            return Ok(parts);
        }
        let form = || TimeError::Form(text.to_owned());
        let (rest, zone) = match text.split_once('[') {
            Some((rest, bracket)) => {
                let name = bracket.strip_suffix(']').ok_or_else(form)?;
                (rest, Some(name.parse::<Zone>()?))
            }
            None => (text, None),
        };
        let (date, rest) = rest.split_once(['T', 't', ' ']).ok_or_else(form)?;
        let date = super::parse_day(date)?;
        let (clock, zulu, offset) = match rest.find(['Z', 'z', '+', '-']) {
            Some(at) => {
                let (clock, offset) = rest.split_at(at);
                (clock, matches!(offset, "Z" | "z" | "-00:00"), Some(parse_offset(offset, zone, text)?))
            }
            None => (rest, false, None),
        };
        let (clock, fraction) = match clock.split_once(['.', ',']) {
            Some((whole, digits)) => (whole, Some((digits, clock.contains('.') && whole.matches(':').count() == 2))),
            None => (clock, None),
        };
        let wall = date.and_time(parse_clock(clock, text)?);
        let milliseconds = match fraction {
            None => 0,
            Some((digits, true)) => parse_fraction(digits, text)?,
            // A comma, or part of a minute.
            Some((_, false)) => return Err(TimeError::Fraction(text.to_owned())),
        };
        let exact = fraction.is_some_and(|(digits, _)| digits.bytes().any(|digit| digit != b'0'));
        Ok(Self { wall, milliseconds, exact, offset, zone, zulu })
    }

    /// The form that exact times and instants without a fraction are written in: `2025-02-18T10:00:00+03:00`, with or without a zone behind it.
    fn as_written(text: &str) -> Option<Self> {
        let (wall, rest) = text.split_at_checked(19)?;
        let (offset, bracket) = rest.split_at_checked(if rest.starts_with('Z') { 1 } else { 6 })?;
        let zone = match bracket {
            "" => None,
            _ => Some(bracket.strip_prefix('[')?.strip_suffix(']')?.parse::<Zone>().ok()?),
        };
        Some(Self {
            wall: plain_wall(wall)?,
            milliseconds: 0,
            exact: false,
            offset: Some(parse_offset(offset, zone, text).ok()?),
            zone,
            zulu: matches!(offset, "Z" | "-00:00"),
        })
    }

    /// Refuses what a time of whole seconds would lose; `.000` says nothing more.
    fn of_whole_seconds(self, text: &str) -> Result<Self, TimeError> {
        if self.exact { Err(TimeError::TooExact(text.to_owned())) } else { Ok(self) }
    }
}

/// A wall clock of whole seconds as `2025-02-18T10:00:00`; whatever is none is explained elsewhere.
pub(super) fn plain_wall(text: &str) -> Option<NaiveDateTime> {
    let (day, clock) = text.split_at_checked(10)?;
    let [b'T', h1, h2, b':', m1, m2, b':', s1, s2] = clock.as_bytes() else { return None };
    plain_day(day)?.and_hms_opt(pair(*h1, *h2)?, pair(*m1, *m2)?, pair(*s1, *s2)?)
}

fn parse_clock(clock: &str, text: &str) -> Result<NaiveTime, TimeError> {
    let form = || TimeError::ClockForm(text.to_owned());
    let mut parts = clock.split(':').map(two_digits);
    let hour = parts.next().flatten().ok_or_else(form)?;
    let minute = parts.next().flatten().ok_or_else(form)?;
    let second = parts.next().unwrap_or(Some(0)).ok_or_else(form)?;
    if parts.next().is_some() {
        return Err(form());
    }
    NaiveTime::from_hms_opt(hour, minute, second).ok_or_else(|| TimeError::Clock(text.to_owned()))
}

/// Milliseconds from the 1 to 9 digits of a fraction; what is finer is cut off, so that no second and no day becomes the next one.
fn parse_fraction(digits: &str, text: &str) -> Result<u16, TimeError> {
    let well_formed = (1..=9).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    let kept: String = digits.chars().chain("00".chars()).take(3).collect();
    kept.parse().ok().filter(|_| well_formed).ok_or_else(|| TimeError::Fraction(text.to_owned()))
}

fn parse_offset(offset: &str, zone: Option<Zone>, text: &str) -> Result<FixedOffset, TimeError> {
    let (wrong, form) = (|| TimeError::Offset(text.to_owned()), || TimeError::OffsetForm(text.to_owned()));
    if offset.eq_ignore_ascii_case("Z") {
        return FixedOffset::east_opt(0).ok_or_else(wrong);
    }
    let (sign, rest) = if let Some(rest) = offset.strip_prefix('+') {
        (1, rest)
    } else if let Some(rest) = offset.strip_prefix('-') {
        (-1, rest)
    } else {
        return Err(form());
    };
    let (hours, minutes) = rest.split_once(':').ok_or_else(form)?;
    let (hours, minutes) = (two_digits(hours).ok_or_else(form)?, two_digits(minutes).ok_or_else(form)?);
    // Manila kept -15:56 until 1844 and Sitka +14:59 until 1867: where a zone is named, it is the judge.
    let most = if zone.is_some() { 16 * 60 } else { 14 * 60 };
    if minutes > 59 || hours * 60 + minutes > most {
        return Err(wrong());
    }
    i32::try_from(hours * 3600 + minutes * 60).ok().and_then(|seconds| FixedOffset::east_opt(sign * seconds)).ok_or_else(wrong)
}

/// Exactly two digits: neither a sign nor any other script's numerals.
fn two_digits(part: &str) -> Option<u32> {
    let plain = part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|_| plain)
}
