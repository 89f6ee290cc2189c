//! Officials who, by the words of a report, accompanied another one who was reported elsewhere.

mod named;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};

use super::{Flagged, hints};
use crate::event::{OfficialId, PlaceId, Position};
use crate::names::listed;
use crate::projection::{Finding, Registry, Severity, Standing, Stop, Whereabouts};
use crate::query::{Asked, schedule};
use named::Names;

/// How many days before or after a stay of the other one in the same country is still said to be what may be meant.
const NEAR_DAYS: i64 = 7;

/// What is known of those whom reports name as accompanied: looked up once.
pub(super) struct Companions<'a> {
    asked: &'a Asked<'a>,
    names: Names<'a>,
    whereabouts: BTreeMap<&'a OfficialId, Whereabouts>,
}

/// What one entry says of the stays on which somebody accompanied another.
#[derive(Default)]
struct Company<'w> {
    evidence: BTreeSet<Position>,
    stays: Vec<(&'w PlaceId, NaiveDate, NaiveDate)>,
}

impl<'a> Companions<'a> {
    pub fn new(asked: &'a Asked<'a>) -> Self {
        Self { asked, names: Names::new(asked.registry()), whereabouts: BTreeMap::new() }
    }

    /// Every report by which an official accompanied another one, though of none of its days and places does any report of the other say the
    /// same, not even of the country; where somebody came or left a day apart, nothing is said.
    ///
    /// Nothing is said either of an official of whom nothing is known in that year, and where the words fit several who are.
    pub fn elsewhere(&mut self, official: &'a OfficialId, whereabouts: &Whereabouts) -> Vec<Flagged> {
        let mut found: BTreeMap<(u64, &OfficialId), Company<'_>> = BTreeMap::new();
        for stop in &whereabouts.stops {
            // A meeting's report may tell of any of those who take part.
            let own = stop.pieces().iter().filter(|piece| piece.claim.meeting.is_none());
            for piece in own.filter(|piece| piece.run.standing == Standing::Observed) {
                for position in &piece.claim.evidence {
                    if let Some(other) = self.accompanied(official, *position, piece.run.from.year()) {
                        let company = found.entry((position.seq, other)).or_default();
                        company.evidence.insert(*position);
                        company.stays.push((&stop.place, piece.run.from, piece.run.to));
                    }
                }
            }
        }
        found.into_iter().filter_map(|((_, other), company)| self.finding(official, other, &company)).collect()
    }

    /// The one official of whom something is known in a year and whom the words of a report name as accompanied.
    fn accompanied(&mut self, official: &OfficialId, position: Position, year: i32) -> Option<&'a OfficialId> {
        let (_, event) = hints::event(self.asked, position)?;
        let words = [event.telling.quote.as_deref(), event.what.purpose()];
        let mut fits = words.into_iter().flatten().find_map(|words| self.names.accompanied(words, official))?;
        fits.retain(|other| !event.what.moves().contains(other) && self.is_known_in(other, year));
        if let [one] = fits.as_slice() { Some(*one) } else { None }
    }

    fn is_known_in(&mut self, official: &'a OfficialId, year: i32) -> bool {
        let stops = &self.whereabouts_of(official).stops;
        stops.iter().any(|stop| stop.from.year() <= year && year <= stop.to.year() && stop.is_planned())
    }

    fn whereabouts_of(&mut self, official: &'a OfficialId) -> &Whereabouts {
        let asked = self.asked;
        self.whereabouts.entry(official).or_insert_with(|| asked.whereabouts(official))
    }

    fn finding(&mut self, official: &OfficialId, other: &'a OfficialId, company: &Company<'_>) -> Option<Flagged> {
        let asked = self.asked;
        let registry = asked.registry();
        let (first, last) = (company.stays.iter().map(|stay| stay.1).min()?, company.stays.iter().map(|stay| stay.2).max()?);
        let stops = &self.whereabouts_of(other).stops;
        let is_same =
            |stop: &Stop| company.stays.iter().any(|(place, from, to)| alike(registry, stop, place) && is_firm(stop, *from, *to));
        if stops.iter().any(is_same) {
            return None;
        }
        let elsewhere: Vec<&Stop> = stops.iter().filter(|stop| is_firm(stop, first, last)).collect();
        let then = stops.iter().filter(|stop| company.stays.iter().any(|(place, ..)| alike(registry, stop, place)));
        let apart = |stop: &&Stop| (stop.from - last).num_days().max((first - stop.to).num_days());
        let beside = then.filter(|stop| apart(stop) <= NEAR_DAYS && stop.is_planned()).min_by_key(apart);
        let name = |id| registry.official_name(id);
        let (who, whom) = (name(official), name(other));
        let mut places: Vec<&str> = company.stays.iter().map(|(place, ..)| registry.place_name(place)).collect();
        places.dedup();
        let says = format!(
            "{who} is said to have accompanied {whom} in {}, {}, but {}",
            listed(&places),
            schedule::days(first, last),
            where_else(registry, whom, &elsewhere, beside)
        );
        let own: Vec<Position> = company.evidence.iter().copied().collect();
        let mut evidence = own.clone();
        let theirs = elsewhere.iter().flat_map(|stop| told(stop, first, last));
        evidence.extend(theirs.chain(beside.into_iter().flat_map(|stop| told(stop, stop.from, stop.to))));
        evidence.sort_unstable();
        evidence.dedup();
        let (place, from, to) = company.stays.first()?;
        let days = if from == to { from.to_string() } else { format!("{from}/{to}") };
        let hint = format!(
            "if they were there together: `daybook log presence {other} --at {place} --when {days}`; if not: {}",
            hints::take_back_any(asked, official, &own)
        );
        let (finding, severity, about) = ("companion_elsewhere", Severity::Note, official.to_string());
        Some(Flagged { finding: Finding { finding, severity, about, evidence, says, hint }, also: Some(other.to_string()) })
    }
}

/// What is known of the other one instead.
fn where_else(registry: &Registry, whom: &str, elsewhere: &[&Stop], beside: Option<&Stop>) -> String {
    let mut places: Vec<&str> = elsewhere.iter().map(|stop| registry.place_name(&stop.place)).collect();
    places.dedup();
    let beside = beside.map(|stop| format!("{}, {}", registry.place_name(&stop.place), schedule::days(stop.from, stop.to)));
    match (places.is_empty(), beside) {
        (true, None) => format!("no report puts {whom} there then"),
        (true, Some(beside)) => format!("{whom} is reported in {beside}"),
        (false, None) => format!("{whom} is reported in {} then", listed(&places)),
        (false, Some(beside)) => format!("{whom} is reported in {} then, and in {beside}", listed(&places)),
    }
}

/// Whether a stop is at a place, around it or within it, or at least in the same country.
fn alike(registry: &Registry, stop: &Stop, place: &PlaceId) -> bool {
    let country = |place| registry.country_of(place);
    registry.is_within(&stop.place, place)
        || registry.is_within(place, &stop.place)
        || country(&stop.place).is_some_and(|code| country(place) == Some(code))
}

/// Whether a stop is at least planned on one of the days from `from` to `to`.
fn is_firm(stop: &Stop, from: NaiveDate, to: NaiveDate) -> bool {
    !told(stop, from, to).is_empty()
}

/// The events that put somebody at a stop, at least planned, on the days from `from` to `to`.
fn told(stop: &Stop, from: NaiveDate, to: NaiveDate) -> Vec<Position> {
    let pieces = stop.pieces().iter().filter(|piece| piece.run.standing >= Standing::Planned);
    let then = pieces.filter(|piece| piece.run.from <= to && from <= piece.run.to);
    then.flat_map(|piece| piece.claim.evidence.iter().copied()).collect()
}
