//! Dates and times of properties: read strictly, told apart by their form, and compared.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::{Wrong, quoted};
use crate::ical::{Line, value};
use crate::time::Zone;

/// A value of DATE or DATE-TIME.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    pub date: NaiveDate,
    /// None for a date alone. A leap second is taken for the one before it.
    pub time: Option<NaiveTime>,
    /// Whether it ends with `Z`.
    pub utc: bool,
}

/// The forms of a date or time (RFC 5545, sections 3.3.4 and 3.3.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Date,
    /// Local time of wherever the reader is.
    Floating,
    Utc,
    /// Local time with a `TZID`.
    Zoned,
}

impl Form {
    /// Whether both are dates or neither is, and both float or neither does: UTC and a zone can name the same instant.
    pub fn goes_with(self, other: Self) -> bool {
        let alike = |form: Self| (self == form) == (other == form);
        alike(Self::Date) && alike(Self::Floating)
    }

    /// In words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Date => "a date",
            Self::Floating => "local time without a zone",
            Self::Utc => "UTC",
            Self::Zoned => "local time with TZID",
        }
    }
}

impl Stamp {
    /// What a wall clock shows; midnight for a date.
    pub fn wall(&self) -> NaiveDateTime {
        self.date.and_time(self.time.unwrap_or(NaiveTime::MIN))
    }

    /// Its form, in a property that has a `TZID` or not.
    pub fn form(&self, has_zone: bool) -> Form {
        match self.time {
            None => Form::Date,
            Some(_) if self.utc => Form::Utc,
            Some(_) if has_zone => Form::Zoned,
            Some(_) => Form::Floating,
        }
    }
}

/// The first value of a property, with its form; none if it is not read.
pub(super) fn of(line: &Line) -> Option<(Stamp, Form)> {
    let stamp = read(line.value.split(',').next().unwrap_or_default()).ok()?;
    Some((stamp, stamp.form(line.parameter("TZID").is_some())))
}

/// Reads `20250218`, `20250218T090000` or `20250218T090000Z`: real days and hours.
pub(super) fn read(text: &str) -> Result<Stamp, Wrong> {
    let (date, time) = text.split_once(['T', 't']).map_or((text, None), |(date, time)| (date, Some(time)));
    let wrong = |section, says: &str| Err(Wrong::error(section, format!("{} {says}", quoted(text))));
    if date.len() != 8 || !date.bytes().all(|byte| byte.is_ascii_digit()) {
        return wrong(if time.is_some() { "RFC 5545, 3.3.5" } else { "RFC 5545, 3.3.4" }, "is no date; one is written 20250218");
    }
    let Some(date) = value::date(date) else {
        return wrong("RFC 5545, 3.3.4", "is a day that does not exist");
    };
    let Some(time) = time else { return Ok(Stamp { date, time: None, utc: false }) };
    let Some((time, utc)) = read_time(time) else {
        return wrong("RFC 5545, 3.3.12", "is no time; hours go from 00 to 23, as in 20250218T093000, and only Z may follow");
    };
    Ok(Stamp { date, time: Some(time), utc })
}

/// Reads `093000` or `093000Z`.
pub(super) fn read_time(value: &str) -> Option<(NaiveTime, bool)> {
    let (digits, utc) = value.strip_suffix(['Z', 'z']).map_or((value, false), |digits| (digits, true));
    if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let number = |at: usize| digits.get(at..at + 2).and_then(|part| part.parse::<u32>().ok());
    let second = number(4).filter(|second| *second <= 60)?.min(59);
    Some((NaiveTime::from_hms_opt(number(0)?, number(2)?, second)?, utc))
}

/// Whether one property comes later than another of the same form; none if their zones cannot be compared.
pub(super) fn is_later(line: &Line, than: &Line) -> Option<bool> {
    let ((later, form), (earlier, other)) = (of(line)?, of(than)?);
    let same_zone = line.parameter("TZID") == than.parameter("TZID");
    if form == other && (same_zone || form == Form::Utc) {
        return Some(later.wall() > earlier.wall());
    }
    Some(instant(line, later, form)? > instant(than, earlier, other)?)
}

fn instant(line: &Line, stamp: Stamp, form: Form) -> Option<DateTime<Utc>> {
    match form {
        Form::Utc => Some(stamp.wall().and_utc()),
        Form::Zoned => line.parameter("TZID")?.parse::<Zone>().ok().map(|zone| zone.instant(stamp.wall())),
        Form::Date | Form::Floating => None,
    }
}
