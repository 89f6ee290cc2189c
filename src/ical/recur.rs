//! When something comes again: recurrence rules (RFC 5545, section 3.3.10), followed on the wall clock.
//!
//! Rules are followed by `calcard`, without any zone: what a wall clock stands for is asked of [`crate::time::Zone`] alone.

use calcard::common::timezone::Tz;
use calcard::icalendar::ICalendar;
use chrono::{DateTime, NaiveDateTime, NaiveTime, Utc};

use super::component::local;
use super::value::{date, date_time};

/// The most times that one rule is followed.
const MOST_TIMES: usize = 100_000;

/// How many times all rules of a file may be followed together, and what a rule counts that comes true at most once: looking through
/// eight thousand years for another takes as long as finding so many.
const MOST_STEPS: usize = 2_000_000;
const FRUITLESS: usize = 20_000;

/// How many more times the rules of a file are followed: a hostile one costs no more than some seconds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget(usize);

impl Default for Budget {
    fn default() -> Self {
        Self(MOST_STEPS)
    }
}

/// Why a rule cannot be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum RuleError {
    #[error("its RRULE is no recurrence rule: `daybook lint` says why")]
    Form,
    #[error("its RRULE comes true more than 100,000 times: say with --from and --to which days are wanted")]
    TooOften,
    #[error("following the rules of the calendar takes more than 2,000,000 steps: --to says to which day they are followed")]
    Spent,
}

/// The parts that a rule may have (RFC 5545, section 3.3.10).
const PARTS: &[&str] = &[
    "FREQ",
    "UNTIL",
    "COUNT",
    "INTERVAL",
    "BYSECOND",
    "BYMINUTE",
    "BYHOUR",
    "BYDAY",
    "BYMONTHDAY",
    "BYYEARDAY",
    "BYWEEKNO",
    "BYMONTH",
    "BYSETPOS",
    "WKST",
];

/// How often a rule comes true, by its word.
pub(super) const FREQUENCIES: &[&str] = &["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"];

/// The wall clocks at which something takes place that begins at `start` and comes again by a rule, up to `until`, in order. The start is
/// always the first (section 3.8.5.3). `wall` tells what an UNTIL in UTC shows on the clock of the start.
///
/// # Errors
/// [`RuleError`].
pub(super) fn follow(
    start: NaiveDateTime,
    rule: &str,
    until: NaiveDateTime,
    budget: &mut Budget,
    wall: impl Fn(DateTime<Utc>) -> NaiveDateTime,
) -> Result<Vec<NaiveDateTime>, RuleError> {
    let rule = rule.trim().trim_end_matches(';').to_ascii_uppercase();
    let mut last = until;
    let mut kept: Vec<&str> = Vec::new();
    for part in rule.split(';') {
        let (name, value) = part.split_once('=').filter(|(name, _)| PARTS.contains(name)).ok_or(RuleError::Form)?;
        match name {
            "UNTIL" => last = last.min(end(value, &wall).ok_or(RuleError::Form)?),
            "FREQ" if !FREQUENCIES.contains(&value) => return Err(RuleError::Form),
            "COUNT" | "INTERVAL" if value.parse::<u32>().ok().is_none_or(|number| number == 0) => return Err(RuleError::Form),
            _ if value.bytes().all(is_plain) => kept.push(part),
            _ => return Err(RuleError::Form),
        }
    }
    if !rule.contains("FREQ=") {
        return Err(RuleError::Form);
    }
    let mut times = vec![start];
    if last > start {
        times.extend(expand(start, &kept.join(";"), last, budget)?.into_iter().filter(|time| *time > start));
    }
    Ok(times)
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b',' | b'-' | b'+')
}

/// The last wall clock of a rule with an UNTIL; a day means its end.
fn end(value: &str, wall: impl Fn(DateTime<Utc>) -> NaiveDateTime) -> Option<NaiveDateTime> {
    if let Some(day) = date(value) {
        return Some(day.and_time(NaiveTime::from_hms_opt(23, 59, 59)?));
    }
    let (time, zulu) = date_time(value)?;
    Some(if zulu { wall(time.and_utc()) } else { time })
}

fn expand(start: NaiveDateTime, rule: &str, last: NaiveDateTime, budget: &mut Budget) -> Result<Vec<NaiveDateTime>, RuleError> {
    if budget.0 == 0 {
        return Err(RuleError::Spent);
    }
    let (start, last) = (local(start), local(last));
    let event = format!("BEGIN:VEVENT\r\nUID:1\r\nDTSTART:{start}\r\nRRULE:{rule};UNTIL={last}\r\nEND:VEVENT\r\n");
    let calendar = ICalendar::parse(format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{event}END:VCALENDAR\r\n"));
    let found = calendar.map_err(|_| RuleError::Form)?.expand_dates(Tz::Floating, MOST_TIMES + 1);
    if !found.errors.is_empty() {
        return Err(RuleError::Form);
    }
    let steps = if found.events.len() > 1 { found.events.len() } else { FRUITLESS };
    budget.0 = budget.0.saturating_sub(steps);
    if found.events.len() > MOST_TIMES {
        return Err(RuleError::TooOften);
    }
    Ok(found.events.into_iter().map(|event| event.start.naive_local()).collect())
}
