//! Stays that one outlet likely recorded twice.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Flagged, hints};
use crate::event::{OfficialId, PlaceId, Position};
use crate::names::listed;
use crate::projection::{Basis, Finding, Severity, Standing, Stop, Whereabouts};
use crate::query::{Asked, schedule};

/// A stay at one place as one record of an outlet tells it.
struct Record<'a> {
    outlet: &'a str,
    key: &'a str,
    position: Position,
    from: NaiveDate,
    to: NaiveDate,
}

/// What two records of an outlet tell twice.
struct Repeat<'a> {
    outlet: &'a str,
    keys: [&'a str; 2],
    events: [Vec<Position>; 2],
    places: Vec<&'a PlaceId>,
    from: NaiveDate,
    to: NaiveDate,
}

/// Every two records of one outlet, told apart by its own keys, that report an official in one place on the same two days in a row; or on
/// one day alone, which is the whole of one of them and on which nothing else puts the official elsewhere, for then they may have come
/// back. Another outlet that reports the same bears it out.
pub(super) fn likely(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts) -> Vec<Flagged> {
    let mut found: BTreeMap<[u64; 2], Repeat<'_>> = BTreeMap::new();
    for stop in &whereabouts.stops {
        let records = records(asked, stop);
        for (at, one) in records.iter().enumerate() {
            let near = records.iter().skip(at + 1).take_while(|other| other.from <= one.to);
            for other in near.filter(|other| one.outlet == other.outlet && one.key != other.key) {
                if is_repeat(asked, whereabouts, stop, one, other) {
                    let (older, newer) = if one.position < other.position { (one, other) } else { (other, one) };
                    let repeat =
                        found.entry([older.position.seq, newer.position.seq]).or_insert_with(|| Repeat::of(older, newer));
                    repeat.add(older, newer, &stop.place);
                }
            }
        }
    }
    found.into_values().map(|repeat| Flagged::from(told(asked, official, repeat))).collect()
}

/// The presences of a stop that bear the key of a record, in order of time.
fn records<'a>(asked: &Asked<'a>, stop: &Stop) -> Vec<Record<'a>> {
    let mut found: BTreeMap<Position, Record<'a>> = BTreeMap::new();
    for piece in stop.pieces().iter().filter(|piece| piece.claim.basis == Basis::Presence) {
        let position = piece.claim.key.position;
        let source = asked.view.claims().entry(position.seq).map(|entry| &entry.source);
        let named = source.and_then(|source| source.outlet.as_deref().zip(source.record.as_deref()));
        if let Some((outlet, key)) = named.filter(|_| piece.run.standing >= Standing::Planned) {
            let (from, to) = (piece.run.from, piece.run.to);
            let record = found.entry(position).or_insert(Record { outlet, key, position, from, to });
            (record.from, record.to) = (record.from.min(from), record.to.max(to));
        }
    }
    let mut found: Vec<Record<'a>> = found.into_values().collect();
    found.sort_by_key(|record| (record.from, record.to, record.position));
    found
}

fn is_repeat(asked: &Asked<'_>, whereabouts: &Whereabouts, stop: &Stop, one: &Record<'_>, other: &Record<'_>) -> bool {
    let (first, last) = (one.from.max(other.from), one.to.min(other.to));
    let is_whole = |record: &Record<'_>| record.from == first && record.to == last;
    let entries = [one.position.seq, other.position.seq];
    first < last
        || (first == last && (is_whole(one) || is_whole(other)) && !is_elsewhere(asked, whereabouts, stop, first, entries))
}

/// Whether a report other than those of some entries puts the official outside a stop on a day.
fn is_elsewhere(asked: &Asked<'_>, whereabouts: &Whereabouts, stop: &Stop, day: NaiveDate, entries: [u64; 2]) -> bool {
    let registry = asked.registry();
    let outside =
        |other: &&Stop| !registry.is_within(&other.place, &stop.place) && !registry.is_within(&stop.place, &other.place);
    let on_the_day = whereabouts.stops.iter().filter(|other| other.from <= day && day <= other.to).filter(outside);
    on_the_day.flat_map(Stop::pieces).any(|piece| {
        let firm = piece.run.standing >= Standing::Planned && piece.run.from <= day && day <= piece.run.to;
        firm && !entries.contains(&piece.claim.told.entry)
    })
}

fn told(asked: &Asked<'_>, official: &OfficialId, repeat: Repeat<'_>) -> Finding {
    let registry = asked.registry();
    let name = registry.official_name(official);
    let places: Vec<&str> = repeat.places.iter().map(|place| registry.place_name(place)).collect();
    let [older, newer] = repeat.keys;
    let [earlier, later] = repeat.events;
    Finding {
        finding: "likely_duplicate",
        severity: if repeat.to < asked.on { Severity::Note } else { Severity::Warning },
        about: official.to_string(),
        says: format!(
            "{name} is reported twice in {}, {}: records {older} and {newer} of {}",
            listed(&places),
            schedule::days(repeat.from, repeat.to),
            repeat.outlet
        ),
        hint: format!("if they are one stay: {}", hints::retracted(&later, "duplicate")),
        evidence: [earlier, later].concat(),
    }
}

impl<'a> Repeat<'a> {
    fn of(older: &Record<'a>, newer: &Record<'a>) -> Self {
        let (from, to) = (older.from.min(newer.from), older.to.max(newer.to));
        let keys = [older.key, newer.key];
        Self { outlet: older.outlet, keys, events: [Vec::new(), Vec::new()], places: Vec::new(), from, to }
    }

    fn add(&mut self, older: &Record<'a>, newer: &Record<'a>, place: &'a PlaceId) {
        for (events, record) in self.events.iter_mut().zip([older, newer]) {
            if !events.contains(&record.position) {
                events.push(record.position);
                events.sort_unstable();
            }
        }
        (self.from, self.to) = (self.from.min(older.from).min(newer.from), self.to.max(older.to).max(newer.to));
        if !self.places.contains(&place) {
            self.places.push(place);
        }
    }
}
