//! Values that are no TEXT, read: dates, times and durations (RFC 5545, sections 3.3.4 to 3.3.6).

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// A DATE, `20250218`.
pub(super) fn date(text: &str) -> Option<NaiveDate> {
    let year = digits(text, 0, 4)?;
    let day = NaiveDate::from_ymd_opt(i32::try_from(year).ok()?, digits(text, 4, 2)?, digits(text, 6, 2)?)?;
    (text.len() == 8 && year > 0).then_some(day)
}

/// A DATE-TIME, `20250218T100000`, and whether it is in UTC, with `Z`. A leap second counts as the second before it.
pub(super) fn date_time(text: &str) -> Option<(NaiveDateTime, bool)> {
    let (local, zulu) = text.strip_suffix('Z').map_or((text, false), |local| (local, true));
    let (day, clock) = local.split_once('T')?;
    let second = digits(clock, 4, 2).filter(|second| *second <= 60)?.min(59);
    let time = NaiveTime::from_hms_opt(digits(clock, 0, 2)?, digits(clock, 2, 2)?, second)?;
    (clock.len() == 6).then_some((date(day)?.and_time(time), zulu))
}

/// A DATE-TIME in UTC.
pub(super) fn instant(text: &str) -> Option<DateTime<Utc>> {
    date_time(text).filter(|(_, zulu)| *zulu).map(|(wall, _)| wall.and_utc())
}

/// A DURATION, `P1DT2H` or `-PT15M` or `P2W`.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let (sign, rest) = match text.strip_prefix('-') {
        Some(rest) => (-1, rest),
        None => (1, text.strip_prefix('+').unwrap_or(text)),
    };
    let rest = rest.strip_prefix('P')?;
    let (days, clock) = rest.split_once('T').map_or((rest, None), |(days, clock)| (days, Some(clock)));
    let date = parts(days, &[('W', 7 * 86_400), ('D', 86_400)])?;
    let time = clock.map(|clock| parts(clock, &[('H', 3_600), ('M', 60), ('S', 1)])).unwrap_or(Some((0, 0)))?;
    let empty = date.1 + time.1 == 0 || clock.is_some() && time.1 == 0;
    (!empty).then_some(())?;
    Duration::try_seconds(date.0.checked_add(time.0)?.checked_mul(sign)?)
}

/// The seconds of numbers with their units, each at most once and in this order, and how many there are.
fn parts(text: &str, units: &[(char, i64)]) -> Option<(i64, usize)> {
    let (mut rest, mut seconds, mut found) = (text, 0_i64, 0);
    for (unit, worth) in units {
        let Some((number, after)) = rest.split_once(*unit) else { continue };
        let all_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        let number: i64 = number.parse().ok().filter(|_| all_digits)?;
        (seconds, rest, found) = (seconds.checked_add(number.checked_mul(*worth)?)?, after, found + 1);
    }
    rest.is_empty().then_some((seconds, found))
}

/// A UTC-OFFSET, `+0130` or `-033045`, in seconds.
pub(super) fn offset(text: &str) -> Option<i32> {
    let (sign, rest) =
        text.strip_prefix('-').map_or_else(|| text.strip_prefix('+').map(|rest| (1, rest)), |rest| Some((-1, rest)))?;
    let (hours, minutes) = (digits(rest, 0, 2)?, digits(rest, 2, 2)?);
    let seconds = if rest.len() == 6 { digits(rest, 4, 2)? } else { 0 };
    let whole = matches!(rest.len(), 4 | 6) && hours < 24 && minutes < 60 && seconds < 60;
    whole.then_some(())?;
    i32::try_from(hours * 3_600 + minutes * 60 + seconds).ok().map(|seconds| sign * seconds)
}

fn digits(text: &str, from: usize, count: usize) -> Option<u32> {
    let part = text.get(from..from + count)?;
    part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse().ok())?
}
