//! A schedule as an iCalendar feed (RFC 5545, RFC 7986), in the form that real calendar programs subscribe to.
//!
//! The same schedule gives the same bytes: every instant comes from the log, and nothing here is drawn or read. Facts that decided the form:
//!
//! - All-day ends are exclusive (RFC 5545, section 3.6.1): `DTEND` is the day after the last.
//! - A lone exact time has no end. Programs differ about an event without one (nothing, half an hour, an hour), and RFC 5545 forbids an end
//!   that equals the start (section 3.8.2.2): so `DTEND` is always written, an hour later, and the description says that it is assumed.
//! - No ATTENDEE, ORGANIZER or METHOD: they are for mail, and make Outlook ask for an answer.
//! - A calendar must have a component (RFC 5545, section 3.6), so an empty one has the VTIMEZONE of UTC, which no program shows.

use std::collections::BTreeSet;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};

use crate::ical::{Component, one_line, vtimezone};
use crate::query::{Schedule, ScheduleItem, Timing};
use crate::time::{Moment, Zone};

/// Without a version: a new version of the program alone is no change of the feed.
pub(super) const PRODUCT: &str = "-//daybook//daybook//EN";

/// How often a subscriber should look again, as a duration (RFC 5545, section 3.3.6).
const REFRESH: &str = "PT1H";

/// A name of CSS 3, as RFC 7986, section 5.9, has it.
pub(super) const COLOR: &str = "steelblue";

/// The feed of a schedule, under the name by which programs list it. CRLF lines, UTF-8, no byte-order mark.
#[must_use]
pub fn calendar(schedule: &Schedule, name: &str) -> String {
    let mut calendar = frame()
        .text("NAME", &one_line(name))
        .text("X-WR-CALNAME", &one_line(name))
        .typed("REFRESH-INTERVAL", "DURATION", REFRESH)
        .raw("X-PUBLISHED-TTL", REFRESH)
        .raw("COLOR", COLOR);
    for zone in zones(&schedule.items) {
        calendar = calendar.part(zone);
    }
    schedule.items.iter().fold(calendar, |calendar, item| calendar.part(event(item))).to_string()
}

/// A calendar of which nothing is said but who wrote it.
pub(super) fn frame() -> Component {
    Component::new("VCALENDAR").raw("VERSION", "2.0").text("PRODID", PRODUCT).raw("CALSCALE", "GREGORIAN")
}

/// The VTIMEZONE of every zone that a `TZID` names, each from the earliest to the latest event of the calendar.
pub(super) fn zones(items: &[ScheduleItem]) -> Vec<Component> {
    if items.is_empty() {
        return vec![vtimezone(Zone::UTC, DateTime::UNIX_EPOCH, DateTime::UNIX_EPOCH)];
    }
    let exact: Vec<Moment> = items.iter().flat_map(|item| moments(&item.timing)).collect();
    let named: BTreeSet<Zone> = exact.iter().map(|moment| moment.zone()).filter(|zone| *zone != Zone::UTC).collect();
    let days = items.iter().map(|item| item.timing.days());
    let midnight = |day: NaiveDate| day.and_time(NaiveTime::MIN).and_utc();
    let instants: Vec<DateTime<Utc>> =
        days.flat_map(|(from, to)| [midnight(from), midnight(to)]).chain(exact.iter().map(|moment| moment.instant())).collect();
    let (first, last) = (instants.iter().min().copied(), instants.iter().max().copied());
    let Some((first, last)) = first.zip(last) else { return Vec::new() };
    named.into_iter().map(|zone| vtimezone(zone, first, last)).collect()
}

/// The start and the end as they are written: both in their zones, or both in UTC if one of them is a wall clock that is shown twice, of which
/// some programs read the first time and some the second. A mixture is allowed, but programs that compare wall clocks lose an hour over it.
fn moments(timing: &Timing) -> Vec<Moment> {
    match timing {
        Timing::Exact { from, to, .. } => {
            let ends = [*from, *to];
            if ends.iter().any(|end| end.is_ambiguous()) {
                return ends.iter().map(|end| Moment::at(end.instant(), Zone::UTC)).collect();
            }
            ends.to_vec()
        }
        Timing::Days { .. } | Timing::Vague { .. } => Vec::new(),
    }
}

/// One VEVENT (RFC 5545, section 3.6.1).
pub(super) fn event(item: &ScheduleItem) -> Component {
    let mut event = Component::new("VEVENT")
        .text("UID", &one_line(&item.uid))
        .instant("DTSTAMP", item.modified)
        .instant("CREATED", item.created)
        .instant("LAST-MODIFIED", item.modified)
        .raw("SEQUENCE", item.sequence);
    event = match &item.timing {
        Timing::Days { from, to } | Timing::Vague { from, to, .. } => all_day(event, *from, *to),
        Timing::Exact { .. } => timed(event, &moments(&item.timing)),
    };
    event = event.text("SUMMARY", &one_line(&item.summary()));
    if let Some(location) = &item.location {
        event = event.text("LOCATION", &one_line(location));
    }
    if let Some((latitude, longitude)) = item.position {
        event = event.geo(latitude, longitude);
    }
    event = event
        .raw("STATUS", item.status.name())
        .raw("TRANSP", if item.transparent { "TRANSPARENT" } else { "OPAQUE" })
        .texts("CATEGORIES", [item.category()])
        .text("DESCRIPTION", &paragraphs(&item.description));
    match &item.url {
        Some(url) => event.uri("URL", url),
        None => event,
    }
}

/// Whole days; the end is the day after the last. The last day of the calendar, in 9999, has none after it that could be written.
fn all_day(event: Component, from: NaiveDate, to: NaiveDate) -> Component {
    let after = to.succ_opt().filter(|day| day.year() <= 9999);
    let event = event.date("DTSTART", from);
    match after.or(Some(to)).filter(|end| *end > from) {
        Some(end) => event.date("DTEND", end),
        None => event,
    }
}

/// Exact times. An end that is no later than the start is left out: RFC 5545 (section 3.8.2.2) forbids it.
fn timed(event: Component, ends: &[Moment]) -> Component {
    match ends {
        [from, to] if to.instant() > from.instant() => event.date_time("DTSTART", *from).date_time("DTEND", *to),
        [from, ..] => event.date_time("DTSTART", *from),
        [] => event,
    }
}

/// One line each: a line break in a text from outside must not begin a paragraph that looks like ours.
fn paragraphs(lines: &[String]) -> String {
    lines.iter().map(|line| one_line(line)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
#[path = "calendar_tests.rs"]
mod tests;
