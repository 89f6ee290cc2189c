//! Somebody else's calendar, such as an official's public agenda: what takes place when, one event for each time that it does.
//!
//! Takes what real calendars hold: zones by any name, floating times, series with exceptions. What cannot be understood is a fault with
//! its line, and leaves everything else as it is. Bounded: [`MOST_LINES`], [`MOST_EVENTS`], [`MOST_BYTES`], and what one rule may bring about.
//!
//! | file | holds |
//! |---|---|
//! | `event` | one VEVENT as it stands |
//! | `series` | VEVENTs of one UID, to the times that they take place |
//! | `zones` | what a `TZID` stands for |

mod event;
mod series;
mod zones;

use std::sync::Arc;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::recur::Budget;
use super::{Flaw, FlawKind, Node, Reading, unescape};
use crate::time::{Moment, Zone, shifted};
use zones::Zones;

/// The most content lines that a calendar may have.
pub const MOST_LINES: usize = 1_000_000;

/// The most events, repeated ones counted each time, that are taken from a calendar; those outside of the days that are wanted do not count.
pub const MOST_EVENTS: usize = 20_000;

/// The most bytes of a UID, a SUMMARY or a LOCATION, and of a URL that is kept.
const MOST_BYTES: usize = 2_000;

/// For how many days a series without end goes on if nothing is said.
const ENDLESS_DAYS: i64 = 365;

/// What of a calendar is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted {
    /// By whose clock a time in UTC falls on a day, if the calendar does not say.
    pub zone: Zone,
    /// Only what can still be going on, on this local day.
    pub from: Option<NaiveDate>,
    /// Only what can have begun by this local day.
    pub to: Option<NaiveDate>,
    /// From where a series without end is followed for a year, if no last day is given.
    pub today: NaiveDate,
}

/// What a calendar holds.
#[derive(Clone, Debug, Default)]
pub struct Agenda {
    /// What it calls itself (`NAME`, `X-WR-CALNAME`).
    pub name: Option<String>,
    /// The zone for times that name none (`X-WR-TIMEZONE`).
    pub zone: Option<Zone>,
    /// Its events, in the order of the file, those of a series in the order of time. Of what lies outside of the days that are wanted, those
    /// that are not of a series are here too: the log may know them at another time.
    pub events: Vec<AgendaEvent>,
    /// The first of each UID that is a whole series or event, whatever the days and even if nothing of it takes place.
    pub heads: Vec<AgendaEvent>,
    /// What was left out, in the order of the file.
    pub left_out: Vec<LeftOut>,
    /// Up to which day series without end were followed, if there are any and no last day was given.
    pub endless: Option<NaiveDate>,
}

/// One time that something takes place.
#[derive(Clone, Debug, PartialEq)]
pub struct AgendaEvent {
    /// Its identity and, in a series, its day: `UID`, `UID/2025-02-18`, or, where a day has several, `UID/2025-02-18T10:00:00`.
    pub key: String,
    /// The `UID` alone.
    pub uid: String,
    /// The line of its BEGIN.
    pub line: usize,
    /// What it is called.
    pub summary: Arc<str>,
    /// What is said of it.
    pub description: Arc<str>,
    /// Where it is, in words.
    pub location: Arc<str>,
    /// Degrees north and east.
    pub position: Option<(f64, f64)>,
    /// Where it can be read.
    pub url: Option<String>,
    /// How firm it is.
    pub status: AgendaStatus,
    /// When.
    pub time: AgendaTime,
    /// When it was last revised (`LAST-MODIFIED`, else `DTSTAMP`).
    pub revised: Option<DateTime<Utc>>,
    /// Whether it lies within the days that are wanted.
    pub wanted: bool,
}

/// How firm an event is, as its calendar says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgendaStatus {
    /// Nothing is said.
    #[default]
    Unsaid,
    /// `CONFIRMED`
    Confirmed,
    /// `TENTATIVE`
    Tentative,
    /// `CANCELLED`
    Cancelled,
}

/// When an event takes place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AgendaTime {
    /// Whole days, the last included.
    Days(NaiveDate, NaiveDate),
    /// From a time to a later one, if one is given.
    Exact(AgendaClock, Option<AgendaClock>),
}

/// A time as a calendar gives it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AgendaClock {
    /// In a zone that has a name.
    In(Moment),
    /// An instant, in UTC or by the calendar's own rules: its zone is that of the place.
    At(DateTime<Utc>),
    /// What clocks show at the place, wherever that is.
    Floating(NaiveDateTime),
}

/// Something that is not in [`Agenda::events`], and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The line of its BEGIN, or the line that is wrong.
    pub line: usize,
    /// What it is called, or what kind of component it is.
    pub what: Arc<str>,
    /// Why, in one sentence.
    pub why: Why,
}

/// Why something is left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Why {
    /// No event: a to-do, a journal entry, free and busy times.
    #[error("no event")]
    Kind,
    /// Before or after the days that are wanted.
    #[error("not within the days asked for")]
    Days,
    /// Another VEVENT of the same identity was revised later.
    #[error("an older revision: the newest in the file counts")]
    Older,
    /// A line that is none of a calendar.
    #[error("{0}")]
    Line(FlawKind),
    /// It cannot be understood.
    #[error("{0}")]
    Fault(String),
}

impl Why {
    /// Whether something is wrong, and not only unwanted.
    #[must_use]
    pub fn is_fault(&self) -> bool {
        matches!(self, Self::Fault(_))
    }
}

/// Reads the events of a calendar.
#[must_use]
pub fn agenda(reading: &Reading, wanted: Wanted) -> Agenda {
    let mut agenda = Agenda::default();
    let mut budget = Budget::default();
    let last = wanted.to.unwrap_or_else(|| shifted(wanted.today, ENDLESS_DAYS));
    // One UID is one event, in whichever calendar of the file it stands.
    let mut read = Vec::new();
    for calendar in reading.components.iter().filter(|component| component.name == "VCALENDAR") {
        let named = |name: &str| calendar.property(name).filter(|line| line.value.len() <= MOST_BYTES);
        let text = |name: &str| named(name).map(|line| unescape(&line.value)).filter(|text| !text.trim().is_empty());
        agenda.name = agenda.name.take().or_else(|| text("NAME")).or_else(|| text("X-WR-CALNAME"));
        agenda.zone = agenda.zone.or_else(|| zones::iana(&text("X-WR-TIMEZONE")?));
        let zones = Zones::of(calendar, last, &mut budget);
        let off = text("METHOD").is_some_and(|method| method.eq_ignore_ascii_case("CANCEL"));
        for part in &calendar.parts {
            match part.name.as_str() {
                "VTIMEZONE" => {}
                "VEVENT" => match event::read(part, &zones, off) {
                    Ok(event) => read.push(event),
                    Err(says) => agenda.left_out.push(fault(part, says)),
                },
                name => agenda.left_out.push(LeftOut { line: part.line, what: name.into(), why: Why::Kind }),
            }
        }
    }
    series::unroll(read, wanted, last, &mut budget, &mut agenda);
    agenda.left_out.extend(reading.flaws.iter().map(flaw));
    agenda.left_out.sort_by_key(|left| left.line);
    agenda
}

/// A line that cannot be read is left out; a component that never ends is the mark of a file that was cut.
fn flaw(flaw: &Flaw) -> LeftOut {
    let why = match flaw.kind {
        FlawKind::Open => Why::Fault("the file ends inside of what begins here: it was cut off; fetch it again".to_owned()),
        kind @ (FlawKind::Line(_) | FlawKind::Outside | FlawKind::End | FlawKind::Deep) => Why::Line(kind),
    };
    LeftOut { line: flaw.line, what: "".into(), why }
}

fn fault(part: &Node, says: String) -> LeftOut {
    let what = part.property("SUMMARY").map_or_else(|| part.name.clone(), |line| unescape(&line.value));
    LeftOut { line: part.line, what: what.into(), why: Why::Fault(says) }
}

impl AgendaTime {
    /// The first and the last local day; a floating time counts by what it shows, an instant by the clock of `zone`.
    #[must_use]
    pub fn days(&self, zone: Zone) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Days(first, last) => (*first, *last),
            Self::Exact(from, to) => (from.day(zone), to.unwrap_or(*from).day(zone)),
        }
    }
}

impl AgendaClock {
    /// The moment that it is at a place in `zone`.
    #[must_use]
    pub fn at(self, zone: Zone) -> Moment {
        match self {
            Self::In(moment) => moment,
            Self::At(instant) => Moment::at(instant, zone),
            Self::Floating(wall) => Moment::at(zone.instant(wall), zone),
        }
    }

    fn day(self, zone: Zone) -> NaiveDate {
        self.at(zone).wall().date()
    }
}
