//! What a `TZID` of somebody else's calendar stands for: an IANA zone wherever one can be told, else what the file's VTIMEZONE says.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{DateTime, Duration, NaiveDate, NaiveDateTime, Utc};

use crate::ical::recur::{Budget, follow};
use crate::ical::value::{date_time, offset};
use crate::ical::{Node, unescape};
use crate::time::{Zone, shifted};

/// The zones of a calendar by `TZID`.
#[derive(Debug, Default)]
pub(super) struct Zones {
    known: HashMap<String, Clock>,
}

/// How a wall clock becomes an instant.
#[derive(Clone, Debug)]
pub(super) enum Clock {
    /// By the rules of an IANA zone.
    Iana(Zone),
    /// By the onsets of a VTIMEZONE, in order; shared by all times in that zone.
    Onsets(Arc<[Onset]>),
}

/// From when on an offset holds; the wall clock is that of the offset before.
#[derive(Clone, Copy, Debug)]
pub(super) struct Onset {
    wall: NaiveDateTime,
    before: i32,
    after: i32,
}

impl Zones {
    /// Those that the VTIMEZONEs of a calendar describe, with their changes until a day.
    pub(super) fn of(calendar: &Node, until: NaiveDate, budget: &mut Budget) -> Self {
        let mut known = HashMap::new();
        for zone in calendar.parts.iter().filter(|part| part.name == "VTIMEZONE") {
            let Some(name) = zone.property("TZID").map(|line| unescape(&line.value)) else { continue };
            let alias = ["X-LIC-LOCATION", "TZID-ALIAS-OF"].iter().find_map(|alias| iana(&zone.property(alias)?.value));
            let clock = match iana(&name).or(alias) {
                Some(zone) => Some(Clock::Iana(zone)),
                None => Some(onsets(zone, until, budget))
                    .filter(|onsets| !onsets.is_empty())
                    .map(|onsets| Clock::Onsets(onsets.into())),
            };
            known.extend(clock.map(|clock| (name, clock)));
        }
        Self { known }
    }

    /// The clock of a `TZID`.
    pub(super) fn find(&self, name: &str) -> Option<Clock> {
        self.known.get(name).cloned().or_else(|| iana(name).map(Clock::Iana))
    }
}

impl Clock {
    /// The instant of a wall clock: the first of two; a skipped one counts on from before the gap.
    pub(super) fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        match self {
            Self::Iana(zone) => zone.instant(wall),
            Self::Onsets(onsets) => {
                let after = onsets.partition_point(|onset| onset.wall <= wall);
                back(wall, in_force(onsets, after)).and_utc()
            }
        }
    }

    /// The wall clock at an instant.
    pub(super) fn wall(&self, at: DateTime<Utc>) -> NaiveDateTime {
        match self {
            Self::Iana(zone) => zone.wall_at(at),
            Self::Onsets(onsets) => {
                let after = onsets.partition_point(|onset| back(onset.wall, onset.before).and_utc() <= at);
                back(at.naive_utc(), -in_force(onsets, after))
            }
        }
    }

    /// The zone, if it has a name.
    pub(super) fn zone(&self) -> Option<Zone> {
        match self {
            Self::Iana(zone) => Some(*zone),
            Self::Onsets(_) => None,
        }
    }
}

/// The offset after so many onsets, in seconds; before the first, the one that it ends.
fn in_force(onsets: &[Onset], after: usize) -> i32 {
    match after.checked_sub(1).and_then(|last| onsets.get(last)) {
        Some(onset) => onset.after,
        None => onsets.first().map_or(0, |onset| onset.before),
    }
}

fn back(wall: NaiveDateTime, offset: i32) -> NaiveDateTime {
    wall.checked_sub_signed(Duration::seconds(i64::from(offset))).unwrap_or(wall)
}

/// The IANA zone that a name means: the name itself, its end (`/example.org/20240101_1/Europe/Berlin`), or a name of Windows.
pub(super) fn iana(name: &str) -> Option<Zone> {
    let name = name.trim().trim_matches('"');
    let ends = name.char_indices().filter(|(_, c)| *c == '/').filter_map(|(at, _)| name.get(at + 1..));
    std::iter::once(name).chain(ends).filter(|end| !end.is_empty()).find_map(|end| end.parse().ok()).or_else(|| windows(name))
}

/// The zone that a name of Windows means, such as "W. Europe Standard Time" (CLDR's mapping, as `calcard` has it).
fn windows(name: &str) -> Option<Zone> {
    let known: calcard::common::timezone::Tz = name.parse().ok()?;
    known.name()?.parse().ok()
}

/// The changes that a VTIMEZONE tells of (RFC 5545, section 3.6.5), until a day.
fn onsets(zone: &Node, until: NaiveDate, budget: &mut Budget) -> Vec<Onset> {
    let until = shifted(until, 366).and_time(chrono::NaiveTime::MIN);
    let mut onsets: Vec<Onset> = zone.parts.iter().filter_map(|part| observance(part, until, budget)).flatten().collect();
    onsets.sort_by_key(|onset| onset.wall);
    onsets
}

fn observance(part: &Node, until: NaiveDateTime, budget: &mut Budget) -> Option<Vec<Onset>> {
    let value = |name: &str| part.property(name).map(|line| line.value.as_str());
    let (before, after) = (offset(value("TZOFFSETFROM")?)?, offset(value("TZOFFSETTO")?)?);
    let (start, _) = date_time(value("DTSTART")?)?;
    let mut walls = match value("RRULE") {
        Some(rule) => follow(start, rule, until, budget, |at| back(at.naive_utc(), -before)).ok()?,
        None => vec![start],
    };
    let dates = part.all("RDATE").flat_map(|line| line.value.split(','));
    walls.extend(dates.filter_map(|text| Some(date_time(text)?.0)));
    Some(walls.into_iter().map(|wall| Onset { wall, before, after }).collect())
}
