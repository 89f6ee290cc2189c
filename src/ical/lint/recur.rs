//! Recurrence rules (RFC 5545, section 3.3.10, with RSCALE of RFC 7529).

use super::stamps::{self, Stamp};
use super::values::integer;
use super::{Wrong, is_one_of, quoted, short};
use crate::ical::recur::FREQUENCIES;

const SECTION: &str = "RFC 5545, 3.3.10";
const WEEKDAYS: &[&str] = &["MO", "TU", "WE", "TH", "FR", "SA", "SU"];

/// The parts that hold lists of numbers: the last number, whether they count from the end too, and whether zero is one.
const NUMBERS: &[(&str, i32, bool, bool)] = &[
    ("BYSECOND", 60, false, true),
    ("BYMINUTE", 59, false, true),
    ("BYHOUR", 23, false, true),
    ("BYMONTHDAY", 31, true, false),
    ("BYYEARDAY", 366, true, false),
    ("BYWEEKNO", 53, true, false),
    ("BYMONTH", 12, false, false),
    ("BYSETPOS", 366, true, false),
];

/// The parts that do not go with some frequencies.
const NOT_WITH: &[(&str, &[&str])] = &[
    ("BYMONTHDAY", &["WEEKLY"]),
    ("BYYEARDAY", &["DAILY", "WEEKLY", "MONTHLY"]),
    ("BYWEEKNO", &["SECONDLY", "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY"]),
];

/// A rule, taken apart.
pub(super) struct Rule<'v>(Vec<(&'v str, &'v str)>);

impl<'v> Rule<'v> {
    /// The parts of a rule, as far as they are written NAME=value.
    pub fn of(value: &'v str) -> Self {
        Self(value.split(';').filter_map(|part| part.split_once('=')).collect())
    }

    fn get(&self, name: &str) -> Option<&'v str> {
        self.0.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// The end of the rule, if it is written well.
    pub fn until(&self) -> Option<Stamp> {
        self.get("UNTIL").and_then(|until| stamps::read(until).ok())
    }

    /// The first part that only a rule with hours can have.
    pub fn of_hours(&self) -> Option<&'static str> {
        ["BYSECOND", "BYMINUTE", "BYHOUR"].into_iter().find(|name| self.get(name).is_some())
    }
}

/// Checks a rule by itself; what it has to do with its DTSTART is another matter.
pub(super) fn check(value: &str) -> Result<(), Wrong> {
    let wrong = |says: String| Err(Wrong::error(SECTION, says));
    if let Some(part) = value.split(';').find(|part| !part.contains('=')) {
        return wrong(format!("{} is no part of a rule; one is written NAME=value", quoted(part)));
    }
    let rule = Rule::of(value);
    // No rule has more parts than there are names.
    for (at, (name, value)) in rule.0.iter().enumerate().take(64) {
        if rule.0.iter().take(at).any(|(other, _)| other.eq_ignore_ascii_case(name)) {
            return wrong(format!("{} stands twice in the rule", short(name)));
        }
        part(name, value, rule.get("RSCALE").is_some())?;
    }
    let Some(frequency) = rule.get("FREQ") else { return wrong("the rule has no FREQ".to_owned()) };
    if rule.get("UNTIL").is_some() && rule.get("COUNT").is_some() {
        return wrong("UNTIL and COUNT exclude each other: leave one away".to_owned());
    }
    together(&rule, frequency)?;
    if rule.0.first().is_some_and(|(name, _)| !is_one_of(name, &["FREQ", "RSCALE"])) {
        return Err(Wrong::warning(SECTION, "FREQ comes first in a rule; old programs read no other order"));
    }
    Ok(())
}

/// One part by itself; the months of other calendars (`RSCALE`) have other numbers and days, and a leap month has an L (RFC 7529, section 4.2).
fn part(name: &str, value: &str, scaled: bool) -> Result<(), Wrong> {
    let wrong = |says: String| Err(Wrong::error(SECTION, says));
    let shown = quoted(value);
    if let Some((name, last, backwards, zero)) = NUMBERS.iter().find(|(known, ..)| known.eq_ignore_ascii_case(name)) {
        let first = i32::from(!zero);
        let fits = |number: i32| {
            let inside = (first..=*last).contains(&number) || (*backwards && (-last..=-1).contains(&number));
            inside || (scaled && number != 0 && (*backwards || number > 0))
        };
        let bare = |number: &str| if scaled { number.trim_end_matches(['L', 'l']).to_owned() } else { number.to_owned() };
        let signed = |number: &str| number.starts_with(['+', '-']) && !backwards;
        return match value.split(',').find(|number| signed(number) || !integer(&bare(number)).is_some_and(fits)) {
            None => Ok(()),
            Some(bad) => {
                let back = if *backwards { format!(", or -{last} to -1") } else { String::new() };
                wrong(format!("{name} holds {}; its numbers are {first} to {last}{back}", quoted(bad)))
            }
        };
    }
    let is_good = match name.to_ascii_uppercase().as_str() {
        "FREQ" => is_one_of(value, FREQUENCIES),
        "UNTIL" => return stamps::read(value).map(|_| ()),
        "COUNT" | "INTERVAL" => !value.starts_with(['+', '-']) && integer(value).is_some_and(|number| number > 0),
        "WKST" => is_one_of(value, WEEKDAYS),
        "BYDAY" => value.split(',').all(|day| weekday(day).is_some()),
        "RSCALE" => !value.is_empty(),
        "SKIP" => is_one_of(value, &["OMIT", "BACKWARD", "FORWARD"]),
        _ => return wrong(format!("a rule has no part {}", short(name))),
    };
    if is_good { Ok(()) } else { wrong(format!("{} cannot be {shown}", name.to_ascii_uppercase())) }
}

/// The number before a day of the week: 0 in `MO`, -1 in `-1MO`. None if it is no such day.
fn weekday(day: &str) -> Option<i32> {
    let (number, name) = day.split_at_checked(day.len().checked_sub(2)?)?;
    if !is_one_of(name, WEEKDAYS) {
        return None;
    }
    if number.is_empty() { Some(0) } else { integer(number).filter(|number| *number != 0 && number.abs() <= 53) }
}

/// What parts have to do with each other.
fn together(rule: &Rule<'_>, frequency: &str) -> Result<(), Wrong> {
    let wrong = |says: String| Err(Wrong::error(SECTION, says));
    for (name, frequencies) in NOT_WITH {
        if rule.get(name).is_some() && is_one_of(frequency, frequencies) {
            return wrong(format!("{name} does not go with FREQ={frequency}"));
        }
    }
    let numbered =
        rule.get("BYDAY").is_some_and(|days| days.split(',').any(|day| weekday(day).is_some_and(|number| number != 0)));
    if numbered && !is_one_of(frequency, &["MONTHLY", "YEARLY"]) {
        return wrong(format!("a number before a day of BYDAY goes with FREQ=MONTHLY or YEARLY, not {frequency}"));
    }
    if numbered && rule.get("BYWEEKNO").is_some() {
        return wrong("a number before a day of BYDAY does not go with BYWEEKNO".to_owned());
    }
    let others = rule.0.iter().any(|(name, _)| name.to_ascii_uppercase().starts_with("BY") && !is_one_of(name, &["BYSETPOS"]));
    if rule.get("BYSETPOS").is_some() && !others {
        return wrong("BYSETPOS goes only with another part that begins with BY".to_owned());
    }
    if rule.get("SKIP").is_some() && rule.get("RSCALE").is_none() {
        return Err(Wrong::error("RFC 7529, 4.1", "SKIP goes only with RSCALE"));
    }
    Ok(())
}
