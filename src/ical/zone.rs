//! VTIMEZONE (RFC 5545, section 3.6.5) from the rules of a zone: rules where they come again every year, dates where they do not.

use chrono::{DateTime, Datelike as _, Days, FixedOffset, NaiveDate, Utc};

use super::component::{Component, local};
use super::rule::{Onset, Run};
use crate::time::{Transition, Zone};

/// Rules are judged by what the zone does up to this year; what still holds then is taken to go on.
const JUDGED_UNTIL: i32 = 2037;

/// The kind of a change: what an observance says of it besides its date.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Kind {
    from: FixedOffset,
    to: FixedOffset,
    abbreviation: String,
    dst: bool,
}

/// An observance, with what decides its place in the component.
struct Observance {
    at: DateTime<Utc>,
    kind: Kind,
    begins: String,
    /// By which it begins again.
    rule: Option<String>,
}

/// The VTIMEZONE of a zone, right for all instants from `from` to `to` (both included, with a day to spare at both ends).
///
/// Its `TZID` is the IANA name. Changes that come again in the same week of the year are written as RRULE, with UNTIL if they end
/// before 2037; others, such as those around Ramadan, one by one. A zone whose clocks never change in that time has one STANDARD.
#[must_use]
pub fn vtimezone(zone: Zone, from: DateTime<Utc>, to: DateTime<Utc>) -> Component {
    let from = from.checked_sub_days(Days::new(1)).unwrap_or(from);
    let to = to.checked_add_days(Days::new(1)).unwrap_or(to).max(from);
    let horizon = to.year().max(JUDGED_UNTIL);
    let mut observances = Vec::new();
    let in_force = zone.transitions(year_start(1800), from).pop();
    let mut changes = zone.transitions(from, year_start(horizon.saturating_add(1)));
    match in_force {
        // A first onset before 1970 is more than some programs can read.
        Some(before) if before.at >= year_start(1970) || from < year_start(1970) => changes.insert(0, before),
        before => observances.push(since_ever(zone, from, before)),
    }
    let kinds: Vec<(Kind, Vec<Run>)> = by_kind(&changes).into_iter().map(|(kind, onsets)| (kind, runs(&onsets))).collect();
    // A rule that begins in the year after is shown too, so that a calendar of one summer day has both halves of the year.
    let soon = to.checked_add_days(Days::new(366)).unwrap_or(to);
    // Where half of the changes follow an endless rule, the dates of the other half go on as far as the zone is judged.
    let endless = kinds.iter().flat_map(|(_, runs)| runs).any(|run| run.first().at <= soon && run.is_endless(horizon));
    let until = if endless { year_start(horizon.saturating_add(1)) } else { to };
    for (kind, runs) in &kinds {
        observances.extend(observances_of(kind, runs, soon, until, horizon));
    }
    // One observance alone is the standard, even in a summer without end.
    if let [only] = observances.as_mut_slice() {
        only.kind.dst = false;
    }
    observances.sort_by_key(|observance| observance.at);
    let component = Component::new("VTIMEZONE").text("TZID", zone.name());
    observances.iter().fold(component, |component, observance| component.part(observance.component()))
}

/// The observance of a zone that has kept its offset since before 1970.
fn since_ever(zone: Zone, from: DateTime<Utc>, before: Option<Transition>) -> Observance {
    let at = year_start(1970).min(from).max(year_start(1));
    let offset = zone.offset_at(from);
    let dst = before.is_some_and(|before| before.dst);
    let kind = Kind { from: offset, to: offset, abbreviation: zone.abbreviation_at(from), dst };
    Observance { at, kind, begins: local(at.naive_utc()), rule: None }
}

/// The changes, those of one kind together, in the order of their first.
fn by_kind(changes: &[Transition]) -> Vec<(Kind, Vec<Onset>)> {
    let mut kinds: Vec<(Kind, Vec<Onset>)> = Vec::new();
    for change in changes {
        let kind = Kind { from: change.from, to: change.to, abbreviation: change.abbreviation.clone(), dst: change.dst };
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, onsets)) => onsets.push(Onset::of(change)),
            None => kinds.push((kind, vec![Onset::of(change)])),
        }
    }
    kinds
}

/// The observances of one kind: one for each stretch of years with a rule that begins by `soon`, and one for each of the rest that comes by
/// `until`.
fn observances_of(kind: &Kind, runs: &[Run], soon: DateTime<Utc>, until: DateTime<Utc>, horizon: i32) -> Vec<Observance> {
    let begun = |onset: &Onset, rule| Observance { at: onset.at, kind: kind.clone(), begins: local(onset.wall), rule };
    let mut observances = Vec::new();
    for run in runs {
        match run.recurrence(horizon) {
            Some(rule) if run.first().at <= soon => observances.push(begun(&run.first(), Some(rule))),
            Some(_) | None => {
                observances.extend(run.onsets.iter().filter(|onset| onset.at <= until).map(|onset| begun(onset, None)))
            }
        }
    }
    observances
}

fn runs(onsets: &[Onset]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for onset in onsets {
        let extended = runs.last_mut().is_some_and(|run| run.extend(*onset));
        if !extended {
            runs.push(Run::new(*onset));
        }
    }
    runs
}

impl Observance {
    fn component(&self) -> Component {
        let component = Component::new(if self.kind.dst { "DAYLIGHT" } else { "STANDARD" })
            .raw("DTSTART", &self.begins)
            .raw("TZOFFSETFROM", offset_text(self.kind.from))
            .raw("TZOFFSETTO", offset_text(self.kind.to))
            .text("TZNAME", &self.kind.abbreviation);
        match &self.rule {
            Some(rule) => component.raw("RRULE", rule),
            None => component,
        }
    }
}

/// A UTC offset (RFC 5545, section 3.3.14): `+0130`, with seconds only where there are any.
fn offset_text(offset: FixedOffset) -> String {
    let seconds = offset.local_minus_utc();
    let sign = if seconds < 0 { '-' } else { '+' };
    let (hours, minutes, rest) = (seconds.abs() / 3600, seconds.abs() / 60 % 60, seconds.abs() % 60);
    let rest = if rest == 0 { String::new() } else { format!("{rest:02}") };
    format!("{sign}{hours:02}{minutes:02}{rest}")
}

fn year_start(year: i32) -> DateTime<Utc> {
    let first = NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc());
    first.unwrap_or(if year < 0 { DateTime::<Utc>::MIN_UTC } else { DateTime::<Utc>::MAX_UTC })
}
