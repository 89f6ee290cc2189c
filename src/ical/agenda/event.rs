//! One VEVENT as it stands in somebody's calendar.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{DateTime, Days, Duration, NaiveDate, NaiveDateTime, NaiveTime, Utc};

use super::zones::{Clock, Zones};
use super::{AgendaClock, AgendaStatus, AgendaTime, MOST_BYTES};
use crate::ical::component::is_on_earth;
use crate::ical::value::{date, date_time, duration, instant};
use crate::ical::{Line, Node, unescape};
use crate::time::Moment;

/// A VEVENT: the first time that it takes place, how it repeats, and what it says.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub uid: String,
    pub line: usize,
    pub summary: Arc<str>,
    pub description: Arc<str>,
    pub location: Arc<str>,
    pub position: Option<(f64, f64)>,
    pub url: Option<String>,
    pub status: AgendaStatus,
    pub revised: Option<DateTime<Utc>>,
    /// Which revision it is.
    pub sequence: u64,
    pub start: Start,
    pub length: Length,
    /// Which time of a series it stands for (`RECURRENCE-ID`).
    pub instead_of: Option<Start>,
    /// Whether it stands for all later times of the series too.
    pub and_later: bool,
    pub rules: Vec<String>,
    pub more: Vec<NaiveDateTime>,
    /// Days on which it does not take place, and times.
    pub but_days: BTreeSet<NaiveDate>,
    pub but_times: BTreeSet<NaiveDateTime>,
}

/// When something begins: a wall clock, and how it is read.
#[derive(Clone, Debug)]
pub(super) struct Start {
    pub wall: NaiveDateTime,
    pub kind: Kind,
}

#[derive(Clone, Debug)]
pub(super) enum Kind {
    Day,
    Floating,
    Utc,
    In(Clock),
}

/// How long it lasts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Length {
    /// So many days after the first.
    Days(u64),
    /// So long, if that is said.
    Exact(Option<Duration>),
}

/// Reads a VEVENT; `off` says that its whole calendar is a cancellation.
///
/// # Errors
/// One sentence on what cannot be understood.
pub(super) fn read(node: &Node, zones: &Zones, off: bool) -> Result<Event, String> {
    let text = |name: &str| node.property(name).map(|line| unescape(&line.value)).unwrap_or_default();
    for name in ["UID", "SUMMARY", "LOCATION"] {
        is_short(node, name)?;
    }
    let uid = text("UID").trim().to_owned();
    if uid.is_empty() {
        return Err("it has no UID: nothing would tell its next revision from another event".to_owned());
    }
    let start = node.property("DTSTART").ok_or("it has no DTSTART")?;
    let start = Start::read(start, zones)?;
    let length = length(node, &start, zones)?;
    let recurrence = node.property("RECURRENCE-ID");
    let (but, more) = (dates(node, "EXDATE", zones)?, dates(node, "RDATE", zones)?);
    Ok(Event {
        line: node.line,
        summary: text("SUMMARY").into(),
        description: text("DESCRIPTION").into(),
        location: text("LOCATION").into(),
        position: node.property("GEO").and_then(|line| position(&line.value)),
        url: node
            .property("URL")
            .map(|line| line.value.trim())
            .filter(|url| (1..=MOST_BYTES).contains(&url.len()))
            .map(str::to_owned),
        status: if off { AgendaStatus::Cancelled } else { status(&text("STATUS")) },
        revised: ["LAST-MODIFIED", "DTSTAMP"].iter().find_map(|name| instant(node.property(name)?.value.trim())),
        sequence: text("SEQUENCE").trim().parse().unwrap_or(0),
        instead_of: recurrence.map(|line| Start::read(line, zones)).transpose()?,
        and_later: recurrence.is_some_and(|line| line.parameter("RANGE").is_some_and(|range| range == "THISANDFUTURE")),
        rules: node.all("RRULE").map(|line| line.value.clone()).collect(),
        more: more.iter().map(|time| start.show(time)).collect(),
        but_days: but.iter().filter(|time| matches!(time.kind, Kind::Day)).map(|time| time.wall.date()).collect(),
        but_times: but.iter().filter(|time| !matches!(time.kind, Kind::Day)).map(|time| start.show(time)).collect(),
        uid,
        start,
        length,
    })
}

/// Every time of a series bears these texts: a book would be written a thousandfold.
fn is_short(node: &Node, name: &str) -> Result<(), String> {
    match node.property(name).map(|line| line.value.len()) {
        Some(length) if length > MOST_BYTES => Err(format!("its {name} has {length} bytes: one has at most {MOST_BYTES}")),
        Some(_) | None => Ok(()),
    }
}

/// Each date of the lists of a property; of a period its start.
fn dates(node: &Node, name: &str, zones: &Zones) -> Result<Vec<Start>, String> {
    let values = node.all(name).flat_map(|line| line.value.split(',').map(move |value| (line, value)));
    values.map(|(line, value)| Start::of(line, value.split_once('/').map_or(value, |(start, _)| start), zones)).collect()
}

impl Start {
    fn read(line: &Line, zones: &Zones) -> Result<Self, String> {
        Self::of(line, &line.value, zones)
    }

    /// One value of a line.
    fn of(line: &Line, value: &str, zones: &Zones) -> Result<Self, String> {
        let value = value.trim();
        if let Some(day) = date(value) {
            return Ok(Self { wall: day.and_time(NaiveTime::MIN), kind: Kind::Day });
        }
        let (wall, zulu) = date_time(value).ok_or_else(|| format!("its {} is no date: {value}", line.name))?;
        let kind = match line.parameter("TZID").filter(|name| !name.trim().is_empty()) {
            _ if zulu => Kind::Utc,
            None => Kind::Floating,
            Some(name) => Kind::In(
                zones.find(name).ok_or_else(|| format!("its {} is in a zone that nothing describes: {name}", line.name))?,
            ),
        };
        Ok(Self { wall, kind })
    }

    /// The instant; of a day or a floating time, what it would be in UTC.
    fn instant(&self, wall: NaiveDateTime) -> DateTime<Utc> {
        match &self.kind {
            Kind::Day | Kind::Floating | Kind::Utc => wall.and_utc(),
            Kind::In(clock) => clock.instant(wall),
        }
    }

    /// What the clock of this start shows at an instant.
    pub fn wall_at(&self, at: DateTime<Utc>) -> NaiveDateTime {
        match &self.kind {
            Kind::Day | Kind::Floating | Kind::Utc => at.naive_utc(),
            Kind::In(clock) => clock.wall(at),
        }
    }

    /// Another time as the clock of this start shows it.
    pub fn show(&self, other: &Self) -> NaiveDateTime {
        match (&self.kind, &other.kind) {
            (Kind::Utc | Kind::In(_), Kind::Utc | Kind::In(_)) => self.wall_at(other.instant(other.wall)),
            (Kind::Day, _) => other.wall.date().and_time(NaiveTime::MIN),
            (Kind::Floating | Kind::Utc | Kind::In(_), _) => other.wall,
        }
    }

    /// Another wall clock of the same kind.
    pub fn at(&self, wall: NaiveDateTime) -> Self {
        Self { wall, kind: self.kind.clone() }
    }

    fn clock(&self, wall: NaiveDateTime) -> AgendaClock {
        match &self.kind {
            Kind::Day | Kind::Floating => AgendaClock::Floating(wall),
            Kind::Utc => AgendaClock::At(wall.and_utc()),
            Kind::In(clock) => self.shown(clock.instant(wall)),
        }
    }

    fn shown(&self, at: DateTime<Utc>) -> AgendaClock {
        match &self.kind {
            Kind::Day | Kind::Floating => AgendaClock::Floating(at.naive_utc()),
            Kind::Utc => AgendaClock::At(at),
            Kind::In(clock) => clock.zone().map_or(AgendaClock::At(at), |zone| AgendaClock::In(Moment::at(at, zone))),
        }
    }
}

impl Event {
    /// When it takes place if it begins at another wall clock of the same kind.
    pub fn time(&self, wall: NaiveDateTime) -> AgendaTime {
        match (&self.start.kind, self.length) {
            (_, Length::Days(more)) => {
                let first = wall.date();
                AgendaTime::Days(first, first.checked_add_days(Days::new(more)).unwrap_or(first))
            }
            (_, Length::Exact(length)) => {
                let end = length.and_then(|length| self.start.instant(wall).checked_add_signed(length));
                AgendaTime::Exact(self.start.clock(wall), end.map(|end| self.start.shown(end)))
            }
        }
    }
}

/// How long it lasts: by its end, which is after its last day or instant, or by its DURATION; else a day, or an unknown time.
fn length(node: &Node, start: &Start, zones: &Zones) -> Result<Length, String> {
    let is_day = matches!(start.kind, Kind::Day);
    let exact = match (node.property("DTEND"), node.property("DURATION")) {
        (Some(line), _) => {
            let end = Start::read(line, zones)?;
            Some(end.instant(end.wall).signed_duration_since(start.instant(start.wall)))
        }
        (None, Some(line)) => Some(duration(line.value.trim()).ok_or_else(|| format!("its DURATION is none: {}", line.value))?),
        (None, None) => None,
    };
    if exact.is_some_and(|length| length < Duration::zero()) {
        return Err("it ends before it begins".to_owned());
    }
    if !is_day {
        return Ok(Length::Exact(exact.filter(|length| *length > Duration::zero())));
    }
    // Some calendars end a day on the day itself; it lasts that day all the same.
    let days = exact.map_or(1, |length| (length.num_seconds() + 86_399) / 86_400).max(1);
    Ok(Length::Days(u64::try_from(days - 1).unwrap_or(0)))
}

fn status(text: &str) -> AgendaStatus {
    match text.trim().to_ascii_uppercase().as_str() {
        "CONFIRMED" => AgendaStatus::Confirmed,
        "TENTATIVE" => AgendaStatus::Tentative,
        // With one L it is no word of RFC 5545, and still no plan.
        "CANCELLED" | "CANCELED" => AgendaStatus::Cancelled,
        _ => AgendaStatus::Unsaid,
    }
}

fn position(value: &str) -> Option<(f64, f64)> {
    let (latitude, longitude) = value.split_once(';')?;
    let (latitude, longitude): (f64, f64) = (latitude.trim().parse().ok()?, longitude.trim().parse().ok()?);
    is_on_earth(latitude, longitude).then_some((latitude, longitude))
}
