//! The trips of an official: stops away from home, one after the other, with no return home between them.
//!
//! Itineraries and counts have one definition of a trip, and it is here. *Away* is outside the country of the official's base; where no
//! base is known every place is away. Only what is at least planned makes a trip. A trip ends where
//!
//! - the official is reported at home,
//! - nothing is known of some days, unless these are too few to have been at home in them: at [`FLIGHT_KM`] a day, before
//!   [`FIRST_FLIGHT`] at [`VOYAGE_KM`], for nobody sails home from Athens and back to Tunis in a day; where no base is known any such
//!   day ends it, or
//! - stops bear the name of another trip, or of none; a trip that was named goes on whatever is unknown of it.

mod ways;

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate};

use super::distance::roughly;
use super::holes::{between, holes};
use super::stats::country_name;
use super::tally::{firmest, length};
use super::{Asked, Days, Stretch};
use crate::event::{OfficialId, PlaceId, TripId};
use crate::names::listed;
use crate::projection::{Registry, Standing, Stop, Whereabouts};

pub use ways::{Way, WayBasis};

/// How far somebody can get on a day of which nothing is known, in kilometres.
pub const FLIGHT_KM: f64 = 10_000.0;
/// The same before officials flew: a fast steamer.
pub const VOYAGE_KM: f64 = 1_000.0;
/// The year in which a head of government first crossed an ocean on duty by air and was soon followed by the others.
pub const FIRST_FLIGHT: i32 = 1943;
/// From how many countries on they are counted instead of named.
const NAMED: usize = 3;

/// All trips of an official, and what they are made of.
pub(super) struct Travels<'a> {
    /// The stops as they were made, as indexes of the stops known: those of the same days as they were reported.
    pub order: Vec<usize>,
    /// The stops away with a day that is at least planned, in that order.
    pub away: Vec<Away<'a>>,
    /// The trips, by their first day.
    pub trips: Vec<Trip>,
    /// The country of the base, ISO 3166-1 alpha-2.
    pub home: Option<String>,
}

/// A stop away with a day that is at least planned.
pub(super) struct Away<'a> {
    /// Its index among the stops known.
    pub at: usize,
    /// The stop.
    pub stop: &'a Stop,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Its days that are at least planned.
    pub days: Vec<Stretch>,
}

/// A trip.
pub(super) struct Trip {
    /// Which of the trips of the official it is, by the first day, from 1 on; none for one that only names stops of another once more.
    pub number: Option<usize>,
    /// Its name, if one was logged.
    pub trip: Option<TripId>,
    /// Its stops, as indexes of the stops known, as they were made.
    pub stops: Vec<usize>,
    /// Its days away that are at least planned, each once, as the firmest stop has it.
    pub days: Vec<Stretch>,
    /// Its countries, in the order of the stops.
    pub countries: Vec<String>,
    /// The ways to, between and from its stops.
    pub ways: Vec<Way>,
}

/// Stops away, as indexes of [`Travels::away`], with no return home between them.
#[derive(Debug, Default)]
struct Absence {
    stops: Vec<usize>,
    /// The place in the home country where the official was reported directly before.
    before: Option<PlaceId>,
    /// The same directly after.
    after: Option<PlaceId>,
}

/// Some of the stops of an absence that bear one name, or none.
#[derive(Debug)]
struct Part {
    trip: Option<TripId>,
    stops: Vec<usize>,
}

impl Trip {
    /// From the first to the last day away.
    pub fn extent(&self) -> Option<Days> {
        Some(Days { from: self.days.first()?.from, to: self.days.last()?.to })
    }

    /// How many days away it has.
    pub fn length(&self) -> u64 {
        self.days.iter().map(|run| length(run.from, run.to)).sum()
    }
}

/// Where an official is at home.
struct Home<'a> {
    base: Option<&'a PlaceId>,
    country: Option<&'a str>,
}

impl<'a> Home<'a> {
    fn of(registry: &'a Registry, official: &OfficialId) -> Self {
        let base = registry.officials.get(official).and_then(|record| record.base.as_ref());
        Self { base, country: base.and_then(|base| registry.country_of(base)) }
    }

    /// Whether a country is that of the base; of an unknown one nobody can tell.
    fn is(&self, country: Option<&str>) -> bool {
        self.country.is_some() && country == self.country
    }

    fn is_away(&self, country: Option<&str>) -> bool {
        self.country.is_none() || country.is_some_and(|country| Some(country) != self.country)
    }
}

/// The trips of an official.
pub(super) fn travels<'a>(asked: &Asked<'_>, official: &OfficialId, whereabouts: &'a Whereabouts) -> Travels<'a> {
    let registry = asked.registry();
    let home = Home::of(registry, official);
    let order = as_made(&whereabouts.stops);
    let firm = order.iter().filter_map(|at| whereabouts.stops.get(*at).map(|stop| (*at, stop))).map(|(at, stop)| {
        let country = registry.country_of(&stop.place).map(str::to_owned);
        Away { at, stop, country, days: firm_days(stop) }
    });
    let firm: Vec<Away<'_>> = firm.filter(|one| !one.days.is_empty()).collect();
    let known = known(registry, whereabouts, &home);
    let (absences, away) = Absences { asked, whereabouts, home: &home, known }.of(firm);
    let ways = ways::Ways { asked, whereabouts, away: &away, base: home.base };
    let mut trips: Vec<Trip> = Vec::new();
    for (at, absence) in absences.iter().enumerate() {
        let next = absences.get(at + 1).and_then(|next| next.stops.first()).and_then(|first| away.get(*first));
        let mut ways = ways.of(absence, next.map(|next| next.stop.from));
        for part in parts(absence, &away) {
            let last = part.stops.last() == absence.stops.last();
            let own: Vec<usize> = part.stops.iter().filter_map(|stop| away.get(*stop)).map(|one| one.at).collect();
            let (of_part, others) = ways.into_iter().partition(|way: &Way| way.to_stop.map_or(last, |to| own.contains(&to)));
            ways = others;
            add(&mut trips, part, of_part, &away);
        }
    }
    complete(&mut trips, whereabouts, &away, &order);
    Travels { order, away, trips, home: home.country.map(str::to_owned) }
}

/// The days of a stop that are at least planned.
fn firm_days(stop: &Stop) -> Vec<Stretch> {
    let firm = stop.stretches().into_iter().filter(|run| run.standing >= Standing::Planned);
    firm.map(|run| Stretch { from: run.from, to: run.to, standing: run.standing }).collect()
}

/// The indexes of stops in the order in which they were made: stops of the same days, of which no hour is known, as they were reported.
pub(super) fn as_made(stops: &[Stop]) -> Vec<usize> {
    let mut order: Vec<usize> = Vec::new();
    let is_dated = |stop: &Stop| stop.pieces().iter().all(|piece| piece.claim.exact.is_none());
    for alike in stops.chunk_by(|a, b| (a.from, a.to) == (b.from, b.to) && is_dated(a) && is_dated(b)) {
        let mut of_these: Vec<usize> = (order.len()..order.len() + alike.len()).collect();
        of_these.sort_by_key(|at| stops.get(*at).and_then(|stop| stop.pieces().iter().map(|piece| piece.claim.key).min()));
        order.extend(of_these);
    }
    order
}

/// Whether one report tells of two stops for common days: then nobody knows which comes first.
pub(super) fn are_told_together(one: &Stop, other: &Stop) -> bool {
    let shares = |stop: &Stop| -> BTreeSet<u64> { stop.evidence().iter().map(|at| at.seq).collect() };
    one.from <= other.to && other.from <= one.to && !shares(one).is_disjoint(&shares(other))
}

/// How the stops of an official fall apart into absences.
struct Absences<'q, 'a> {
    asked: &'q Asked<'q>,
    whereabouts: &'a Whereabouts,
    home: &'q Home<'q>,
    /// The days on which the official was elsewhere than at home, or on the way.
    known: Vec<Days>,
}

impl<'a> Absences<'_, 'a> {
    /// The absences, and the stops away.
    fn of(&self, firm: Vec<Away<'a>>) -> (Vec<Absence>, Vec<Away<'a>>) {
        let (at_home, elsewhere): (Vec<_>, Vec<_>) = firm.into_iter().partition(|one| self.home.is(one.country.as_deref()));
        let is_away = |one: &Away<'_>| self.home.is_away(one.country.as_deref());
        let away: Vec<Away<'a>> = elsewhere.into_iter().filter(is_away).collect();
        let mut absences: Vec<Absence> = Vec::new();
        let mut last: Option<&Away<'a>> = None;
        for (at, one) in away.iter().enumerate() {
            let returned = last.is_none_or(|last| self.returned(last, one, &at_home));
            match absences.last_mut().filter(|_| !returned) {
                Some(absence) => absence.stops.push(at),
                None => {
                    if let (Some(absence), Some(last)) = (absences.last_mut(), last) {
                        absence.after = self.first_at_home(last, Some(one), &at_home);
                    }
                    let before = self.last_at_home(last, one, &at_home);
                    absences.push(Absence { stops: vec![at], before, after: None });
                }
            }
            if returned || last.is_none_or(|last| one.stop.to >= last.stop.to) {
                last = Some(one);
            }
        }
        if let (Some(absence), Some(last)) = (absences.last_mut(), last) {
            absence.after = self.first_at_home(last, None, &at_home);
        }
        (absences, away)
    }

    /// Whether an official was home, or can have been, between two stops away.
    fn returned(&self, last: &Away<'_>, next: &Away<'_>, at_home: &[Away<'_>]) -> bool {
        let (left, reached) = (last.stop.to, next.stop.from.max(last.stop.to));
        let is_between = |home: &Away<'_>| {
            let covers =
                |run: &Stretch| run.from <= reached && left <= run.to && (home.stop.from >= last.stop.from || run.to > left);
            home.days.iter().any(covers)
        };
        if at_home.iter().any(is_between) {
            return true;
        }
        // A tour goes on whatever is unknown of it.
        if last.stop.trips().iter().any(|trip| next.stop.trips().contains(trip)) {
            return false;
        }
        let days = self.unknown(left, reached);
        days > 0 && self.reaches_home(&last.stop.place, &next.stop.place, left, days)
    }

    /// Whether so many days are enough to go home from one place and on to another; if nobody can tell, they are.
    fn reaches_home(&self, from: &PlaceId, to: &PlaceId, left: NaiveDate, days: u64) -> bool {
        let registry = self.asked.registry();
        let way = |base| Some(roughly(registry, from, base)? + roughly(registry, base, to)?);
        let a_day = if left.year() < FIRST_FLIGHT { VOYAGE_KM } else { FLIGHT_KM };
        #[expect(clippy::cast_precision_loss, reason = "days of a calendar of 10,000 years")]
        let most = a_day * days as f64;
        self.home.base.and_then(way).is_none_or(|km| km <= most)
    }

    /// Where in the home country an official was reported first after a stop away, up to the next one.
    fn first_at_home(&self, last: &Away<'_>, next: Option<&Away<'_>>, at_home: &[Away<'_>]) -> Option<PlaceId> {
        let is_next = |home: &&Away<'_>| {
            home.stop.from >= last.stop.from
                && home.stop.to >= last.stop.to
                && next.is_none_or(|next| home.stop.from <= next.stop.from)
        };
        let found = at_home.iter().find(is_next)?;
        (self.unknown(last.stop.to, found.stop.from) == 0).then(|| found.stop.place.clone())
    }

    /// Where in the home country an official was reported last before a stop away, since the one before.
    fn last_at_home(&self, last: Option<&Away<'_>>, next: &Away<'_>, at_home: &[Away<'_>]) -> Option<PlaceId> {
        let is_before =
            |home: &&Away<'_>| home.stop.from <= next.stop.from && last.is_none_or(|last| home.stop.to >= last.stop.to);
        let found = at_home.iter().rfind(is_before)?;
        (self.unknown(found.stop.to, next.stop.from) == 0).then(|| found.stop.place.clone())
    }

    /// Of how many days between two nothing is known.
    fn unknown(&self, left: NaiveDate, reached: NaiveDate) -> u64 {
        let holes = between(left, reached).map_or_else(Vec::new, |days| holes(self.asked, self.whereabouts, days, &self.known));
        holes.iter().map(|hole| length(hole.from, hole.to)).sum()
    }
}

/// The days on which an official was reported elsewhere than at home, or on the way; in order.
fn known(registry: &Registry, whereabouts: &Whereabouts, home: &Home<'_>) -> Vec<Days> {
    let legs = whereabouts.legs.iter().filter_map(|leg| leg.days).map(|(from, to)| Days { from, to });
    let elsewhere = whereabouts.stops.iter().filter(|stop| !home.is(registry.country_of(&stop.place)));
    let mut known: Vec<Days> = legs.chain(elsewhere.map(|stop| Days { from: stop.from, to: stop.to })).collect();
    known.sort_unstable_by_key(|days| (days.from, days.to));
    known
}

/// An absence in parts of one name each.
fn parts(absence: &Absence, away: &[Away<'_>]) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for at in &absence.stops {
        let trip = away.get(*at).and_then(|one| one.stop.trips().into_iter().next());
        match parts.last_mut() {
            Some(part) if part.trip == trip => part.stops.push(*at),
            _ => parts.push(Part { trip, stops: vec![*at] }),
        }
    }
    parts
}

/// Adds a part of an absence to the trips; one with the name of a trip that is there already, to that.
fn add(trips: &mut Vec<Trip>, part: Part, ways: Vec<Way>, away: &[Away<'_>]) {
    let of_part = || part.stops.iter().filter_map(|at| away.get(*at));
    let known = trips.iter().position(|trip| trip.trip.is_some() && trip.trip == part.trip);
    let mut trip = known.map_or_else(
        || Trip {
            number: None,
            trip: part.trip.clone(),
            stops: Vec::new(),
            days: Vec::new(),
            countries: Vec::new(),
            ways: Vec::new(),
        },
        |at| trips.remove(at),
    );
    trip.stops.extend(of_part().map(|one| one.at));
    trip.days = firmest(trip.days.iter().copied().chain(of_part().flat_map(|one| one.days.iter().copied())));
    for country in of_part().filter_map(|one| one.country.as_ref()) {
        if !trip.countries.contains(country) {
            trip.countries.push(country.clone());
        }
    }
    trip.ways.extend(ways);
    trips.push(trip);
}

/// Orders the trips, gives them their numbers, and takes in the stops that make no trip: those that bear its name, and those
/// away on its days that are less than planned.
fn complete(trips: &mut Vec<Trip>, whereabouts: &Whereabouts, away: &[Away<'_>], order: &[usize]) {
    trips.sort_by_key(|trip| trip.extent().map(|days| (days.from, days.to)));
    let firm: BTreeSet<usize> = away.iter().map(|one| one.at).collect();
    for (at, trip) in trips.iter_mut().enumerate() {
        trip.number = Some(at + 1);
        let Some(extent) = trip.extent() else { continue };
        let belongs = |at: &usize| {
            let Some(stop) = whereabouts.stops.get(*at) else { return false };
            let names = stop.trips();
            let weak = !stop.is_planned() && names.is_empty() && extent.from <= stop.from && stop.to <= extent.to;
            trip.stops.contains(at)
                || trip.trip.as_ref().is_some_and(|trip| names.contains(trip))
                || (trip.trip.is_none() && weak)
        };
        trip.stops = order.iter().copied().filter(belongs).collect();
    }
    // What bears a name without a day away, or a second one, is told of but not counted.
    let others: BTreeSet<TripId> = whereabouts.stops.iter().flat_map(Stop::trips).collect();
    for name in others.into_iter().filter(|name| !trips.iter().any(|trip| trip.trip.as_ref() == Some(name))).collect::<Vec<_>>() {
        let bears = |at: &usize| whereabouts.stops.get(*at).is_some_and(|stop| stop.trips().contains(&name));
        let stops: Vec<usize> = order.iter().copied().filter(bears).collect();
        let of_trip = || away.iter().filter(|one| stops.contains(&one.at) && firm.contains(&one.at));
        let days = firmest(of_trip().flat_map(|one| one.days.iter().copied()));
        let mut countries: Vec<String> = of_trip().filter_map(|one| one.country.clone()).collect();
        countries.dedup();
        trips.push(Trip { number: None, trip: Some(name), stops, days, countries, ways: Vec::new() });
    }
}

/// What a trip is called: as logged, else "Israel, Jordan and Iraq, 6 days", "10 countries, 10 days".
pub(super) fn title(trip: &Trip, registry: &Registry, whereabouts: &Whereabouts) -> String {
    if let Some(id) = &trip.trip {
        return registry.trips.get(id).map_or_else(|| id.to_string(), |record| record.title.clone());
    }
    let mut names: Vec<String> = trip.countries.iter().map(|code| country_name(code)).collect();
    let mut what = "countries";
    if names.is_empty() {
        what = "places";
        names = trip
            .stops
            .iter()
            .filter_map(|at| whereabouts.stops.get(*at))
            .map(|stop| registry.place_name(&stop.place).to_owned())
            .collect();
        names.dedup();
    }
    let where_to = if names.len() > NAMED { format!("{} {what}", names.len()) } else { listed(&names) };
    let days = trip.length();
    format!("{where_to}, {days} {}", if days == 1 { "day" } else { "days" })
}
