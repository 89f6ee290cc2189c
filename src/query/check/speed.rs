//! Journeys that no aircraft could make.

use chrono::{DateTime, Utc};

use super::hints;
use crate::event::{OfficialId, PlaceId};
use crate::names::thousands;
use crate::projection::{Finding, Leg, Registry, Severity, Whereabouts};
use crate::query::distance::kilometres;
use crate::query::{Asked, distance, schedule, typed};
use crate::time::{Qualifier, When, Zone};

/// Faster than this, in kilometres an hour along the great circle, goes no aircraft that carries officials.
const FASTEST_KMH: f64 = 1000.0;

/// An exact time lasts a minute.
const MINUTE_HOURS: f64 = 1.0 / 60.0;

/// Those of some legs of an official that are faster than any aircraft, read most favourably: from the first instant on which they can leave, in
/// the zone of the place left, to the last on which they can arrive. A leg without one of the two times, with a doubtful one, or between places of which one
/// is a country or has no position, is never one. Where the report does not say from where, it counts only if the official was last
/// known to be there on the very day.
pub(in crate::query) fn implausible_legs<'l>(
    asked: &Asked<'_>,
    official: &OfficialId,
    whereabouts: &Whereabouts,
    legs: impl IntoIterator<Item = &'l Leg>,
) -> Vec<Finding> {
    let registry = asked.registry();
    let mut found = Vec::new();
    for leg in legs {
        let Some(from) = leg.from.as_ref().filter(|from| leaves(leg, from, whereabouts)) else { continue };
        let Some((km, hours)) = flight(leg, from, registry, asked.zone()) else { continue };
        if km <= FASTEST_KMH * (hours + MINUTE_HOURS).max(0.0) {
            continue;
        }
        let mut evidence = leg.evidence.clone();
        evidence.sort_unstable();
        let name = registry.official_name(official);
        let (left, reached) = (registry.place_name(from), registry.place_name(&leg.to));
        let far = thousands(kilometres(registry, Some(from), &leg.to).unwrap_or(0));
        let time = if hours > 0.0 { format!("in at most {}", lasting(hours)) } else { "in no time".to_owned() };
        let when = leg.depart.map(|when| format!(", leaving {}", schedule::when(when))).unwrap_or_default();
        found.push(Finding {
            finding: "implausible_leg",
            severity: Severity::Error,
            about: official.to_string(),
            says: format!("{name} cannot go from {left} to {reached}, {far} km, {time}{when}"),
            hint: format!("correct the times: {}", corrected(asked, official, leg, &evidence)),
            evidence,
        });
    }
    found
}

/// Whether the official was where the leg is said, or taken, to begin.
fn leaves(leg: &Leg, from: &PlaceId, whereabouts: &Whereabouts) -> bool {
    let on = |day| whereabouts.stops.iter().any(|stop| stop.place == *from && stop.is_planned_on(day));
    leg.reported_from.is_some() || leg.days.is_some_and(|(day, _)| on(day))
}

/// The kilometres of a leg, and the most hours that it can take.
fn flight(leg: &Leg, from: &PlaceId, registry: &Registry, log_zone: Zone) -> Option<(f64, f64)> {
    let plain = |when: &When| when.qualifier == Qualifier::Plain;
    let leaves = earliest(leg.depart.filter(plain)?, registry.zone_of(Some(from), log_zone))?;
    let arrives = latest(leg.arrive.filter(plain)?, registry.zone_of(Some(&leg.to), log_zone))?;
    let km = distance::between(registry, from, &leg.to)?;
    #[expect(clippy::cast_precision_loss, reason = "seconds of a journey")]
    let hours = (arrives - leaves).num_seconds() as f64 / 3600.0;
    Some((km, hours))
}

fn earliest(when: When, zone: Zone) -> Option<DateTime<Utc>> {
    when.exact().map(|(start, _)| start).or_else(|| Some(zone.start_of_day(when.span(zone).from?)))
}

fn latest(when: When, zone: Zone) -> Option<DateTime<Utc>> {
    when.exact().map(|(start, _)| start).or_else(|| Some(zone.end_of_day(when.span(zone).to?)))
}

/// "2 h 10 min"
fn lasting(hours: f64) -> String {
    #[expect(clippy::cast_possible_truncation, reason = "minutes of a journey")]
    let minutes = (hours * 60.0).ceil() as i64;
    match (minutes / 60, minutes % 60) {
        (0, minutes) => format!("{minutes} min"),
        (hours, 0) => format!("{hours} h"),
        (hours, minutes) => format!("{hours} h {minutes} min"),
    }
}

/// The line that tells the same journey with other times, else the one that takes it back.
fn corrected(asked: &Asked<'_>, official: &OfficialId, leg: &Leg, evidence: &[crate::event::Position]) -> String {
    let [one] = evidence else { return hints::take_back_any(asked, official, evidence) };
    let retold = hints::event(asked, *one).and_then(|(entry, event)| typed::retold(event, entry, asked.registry()));
    match (retold, leg.arrive) {
        (Some(line), Some(arrive)) => {
            let line = line.replacen(&format!("--arrive {}", typed::date(arrive)), "--arrive WHEN", 1);
            format!("`daybook log {line} --replaces {one}`")
        }
        _ => hints::retract(*one),
    }
}
