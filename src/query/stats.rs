//! How much officials travel, where to, and whom they meet: counts over the days asked about.

mod by;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::distance::kilometres;
use super::encounters::Everybody;
use super::tally::{Kilometres, Tally, firmest, length};
use super::trips::{Away, Travels, WayBasis, travels};
use super::{Asked, Somebody, Stretch};
use crate::event::{OfficialId, PartyId, Position};
use crate::geo;
use crate::projection::{Leg, Meeting, Standing, Whereabouts};
use crate::time::Span;

pub use by::{Breakdown, By, Counted, stats_by};

/// Counts of several officials.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// Of each; of everybody, who was away longest stands first, and who was never away is left out.
    pub people: Vec<OfficialStats>,
    /// Of all of them.
    pub totals: Totals,
}

/// The sums over several officials.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Trips.
    pub trips: Tally,
    /// Days away, each official's counted for themselves.
    pub days_away: Tally,
    /// Distinct countries.
    pub countries: u64,
    /// Distance.
    pub kilometres: Kilometres,
}

/// Counts of one official.
///
/// *Away* is outside the country of the official's base; where no base is known every place is away. Only what is at least planned
/// counts: neither what is uncertain nor what is presumed.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct OfficialStats {
    /// The official.
    pub official: OfficialId,
    /// The name.
    pub name: String,
    /// The office in words, for people.
    #[serde(skip)]
    pub title: Option<String>,
    /// The side acted for.
    pub party: Option<PartyId>,
    /// The country of the base, ISO 3166-1 alpha-2; none where no base is known.
    pub home: Option<String>,
    /// Trips with a day among those asked about; what a trip is stands at `query/trips.rs`.
    pub trips: Tally,
    /// Distinct days with a presence away.
    pub days_away: Tally,
    /// The countries visited, by days.
    pub countries: Vec<Visited>,
    /// The places visited, by days.
    pub places: Vec<Visited>,
    /// Distance.
    pub kilometres: Kilometres,
    /// Meetings on whose list the official is, by status; with days asked about, those that can be on one of them.
    pub meetings_by_status: BTreeMap<&'static str, u64>,
    /// The same by level.
    pub meetings_by_level: BTreeMap<&'static str, u64>,
    /// Whom they met most: encounters that were observed of both, but for gatherings. Empty where nobody was named.
    pub met: Vec<Met>,
    /// The events that the counts rest on, for people.
    #[serde(skip)]
    pub evidence: Vec<Position>,
}

/// A country or place, and how long it was visited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Visited {
    /// The country's code (ISO 3166-1 alpha-2), or the place's id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Distinct days there.
    pub days: Tally,
    /// Stops there.
    pub stops: u64,
}

/// Somebody met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Met {
    /// Whom.
    #[serde(flatten)]
    pub who: Somebody,
    /// How many encounters.
    pub encounters: u64,
    /// On how many days.
    pub days: u64,
}

/// Counts of the officials named, or of everybody; over the days from `from` to `to` (both included, either may be open).
#[must_use]
pub fn stats(asked: &Asked<'_>, named: &[OfficialId], from: Option<NaiveDate>, to: Option<NaiveDate>) -> Stats {
    let span = Span { from, to };
    let officials: Vec<&OfficialId> =
        if named.is_empty() { asked.registry().officials.keys().collect() } else { named.iter().collect() };
    // Whom somebody met needs the whereabouts of everybody, which are derived once.
    let everybody = (!named.is_empty()).then(|| Everybody::new(asked, from, to));
    let known = |official: &OfficialId| everybody.as_ref().and_then(|everybody| everybody.whereabouts(official).cloned());
    let counted = |official: &OfficialId| {
        let whereabouts = known(official).unwrap_or_else(|| asked.whereabouts(official));
        of_official(asked, official, &whereabouts, span)
    };
    let mut people: Vec<OfficialStats> = officials.into_iter().map(counted).collect();
    if named.is_empty() {
        people.retain(|one| one.days_away.total() > 0);
        people.sort_by(|a, b| (b.days_away.total(), &a.name, &a.official).cmp(&(a.days_away.total(), &b.name, &b.official)));
    }
    if let Some(everybody) = &everybody {
        for one in &mut people {
            let (met, evidence) = met(everybody, &one.official);
            one.met = met;
            one.evidence.extend(evidence);
        }
    }
    let mut totals = Totals::default();
    for one in &people {
        totals.trips.add(one.trips);
        totals.days_away.add(one.days_away);
        totals.kilometres.add(one.kilometres);
    }
    let countries: BTreeSet<&str> = people.iter().flat_map(|one| &one.countries).map(|visited| visited.id.as_str()).collect();
    totals.countries = count(countries.len());
    Stats { people, totals }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

fn of_official(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts, span: Span) -> OfficialStats {
    let registry = asked.registry();
    let record = registry.officials.get(official);
    let mut travels = travels(asked, official, whereabouts);
    for one in &mut travels.away {
        one.days = clipped(&one.days, span);
    }
    travels.away.retain(|one| !one.days.is_empty());
    let mut trips = Tally::default();
    for trip in travels.trips.iter().filter(|trip| trip.number.is_some()) {
        let days = clipped(&trip.days, span);
        if !days.is_empty() {
            trips.count(&days, asked.on);
        }
    }
    let away = &travels.away;
    let (by_status, by_level) = meetings(asked, official, span);
    OfficialStats {
        official: official.clone(),
        name: registry.official_name(official).to_owned(),
        title: record.and_then(|record| record.title.clone()),
        party: record.and_then(|record| record.party.clone()),
        trips,
        days_away: Tally::of_days(away.iter().flat_map(|one| one.days.iter().copied()), asked.on),
        countries: visited(asked, away, |one| {
            let code = one.country.clone()?;
            let name = country_name(&code);
            Some((code, name))
        }),
        places: visited(asked, away, |one| Some((one.stop.place.to_string(), registry.place_name(&one.stop.place).to_owned()))),
        kilometres: distance(asked, whereabouts, &travels, span),
        meetings_by_status: by_status,
        meetings_by_level: by_level,
        evidence: evidence(asked, official, whereabouts, away, span),
        met: Vec::new(),
        home: travels.home,
    }
}

/// The name of a country; its code where that is none.
pub(super) fn country_name(code: &str) -> String {
    geo::country_by_code(code).map_or_else(|| code.to_owned(), |country| country.name.to_owned())
}

/// The part of some days that is asked about.
pub(super) fn clipped(days: &[Stretch], span: Span) -> Vec<Stretch> {
    let asked_about = days.iter().map(|run| Stretch {
        from: span.from.map_or(run.from, |from| from.max(run.from)),
        to: span.to.map_or(run.to, |to| to.min(run.to)),
        standing: run.standing,
    });
    asked_about.filter(|run| run.from <= run.to).collect()
}

/// What was visited, by days and then by name.
fn visited(asked: &Asked<'_>, away: &[Away<'_>], what: impl Fn(&Away<'_>) -> Option<(String, String)>) -> Vec<Visited> {
    let mut found: BTreeMap<(String, String), (Vec<Stretch>, u64)> = BTreeMap::new();
    for one in away {
        if let Some(key) = what(one) {
            let (days, stops) = found.entry(key).or_default();
            days.extend(&one.days);
            *stops += 1;
        }
    }
    let visited =
        |((id, name), (days, stops)): (_, (Vec<Stretch>, u64))| Visited { id, name, days: Tally::of_days(days, asked.on), stops };
    let mut found: Vec<Visited> = found.into_iter().map(visited).collect();
    found.sort_by(|a, b| (b.days.total(), b.stops, &a.name, &a.id).cmp(&(a.days.total(), a.stops, &b.name, &b.id)));
    found
}

/// What the counts of an official rest on: stops away, journeys, meetings.
fn evidence(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts, away: &[Away<'_>], span: Span) -> Vec<Position> {
    let mut evidence: Vec<Position> = away.iter().flat_map(|one| one.stop.evidence()).collect();
    evidence.extend(counted_legs(whereabouts, span).flat_map(|leg| &leg.evidence));
    evidence.extend(counted_meetings(asked, official, span).flat_map(|meeting| &meeting.evidence));
    evidence
}

/// The journeys that are at least planned, as far as they can be on one of the days.
fn counted_legs(whereabouts: &Whereabouts, span: Span) -> impl Iterator<Item = &Leg> {
    let counts = move |leg: &&Leg| {
        let days = leg.days.map(|(from, to)| Span { from: Some(from), to: Some(to) });
        leg.standing >= Standing::Planned && days.is_some_and(|days| days.overlaps(span))
    };
    whereabouts.legs.iter().filter(counts)
}

/// The meetings on whose list an official is, as far as they can be on one of the days.
fn counted_meetings<'a>(asked: &'a Asked<'_>, official: &'a OfficialId, span: Span) -> impl Iterator<Item = &'a Meeting> {
    let is_all = span.from.is_none() && span.to.is_none();
    let own = asked.meetings.with(official).filter(move |meeting| meeting.seat_of(official).is_some());
    own.filter(move |meeting| is_all || meeting.when.is_some_and(|when| when.span(meeting.zone).overlaps(span)))
}

/// Of the journeys reported, and of the ways of which nothing was, each on the day on which it ends.
fn distance(asked: &Asked<'_>, whereabouts: &Whereabouts, travels: &Travels<'_>, span: Span) -> Kilometres {
    let mut kilometres = Kilometres::default();
    let ways = travels.trips.iter().flat_map(|trip| &trip.ways).filter(|way| way.basis != WayBasis::Reported);
    ways.filter(|way| span.has(way.day)).for_each(|way| kilometres.add(way.kilometres()));
    let km = |leg: &Leg| self::kilometres(asked.registry(), leg.from.as_ref(), &leg.to);
    kilometres.reported = counted_legs(whereabouts, span).filter_map(km).sum();
    kilometres
}

/// The meetings of an official, by status and by level.
fn meetings(asked: &Asked<'_>, official: &OfficialId, span: Span) -> (BTreeMap<&'static str, u64>, BTreeMap<&'static str, u64>) {
    let (mut by_status, mut by_level) = (BTreeMap::new(), BTreeMap::new());
    for meeting in counted_meetings(asked, official, span) {
        *by_status.entry(meeting.status.name()).or_default() += 1;
        *by_level.entry(meeting.level.name()).or_default() += 1;
    }
    (by_status, by_level)
}

/// Whom an official met, most often first: what was observed of both, for a plan is no meeting yet.
fn met(everybody: &Everybody<'_>, official: &OfficialId) -> (Vec<Met>, Vec<Position>) {
    let mut evidence = Vec::new();
    let mut found: BTreeMap<OfficialId, (Somebody, u64, Vec<Stretch>)> = BTreeMap::new();
    for one in everybody.encounters(std::slice::from_ref(official)).encounters {
        let Some(other) = one.people.get(1) else { continue };
        let observed: Vec<Stretch> =
            one.stretches.iter().filter(|stretch| stretch.standing == Standing::Observed).copied().collect();
        if observed.is_empty() || one.gathering.is_some() {
            continue;
        }
        let (_, many, known) = found.entry(other.official.clone()).or_insert_with(|| (other.clone(), 0, Vec::new()));
        *many += 1;
        known.extend(observed);
        evidence.extend(one.evidence);
    }
    let days = |known: Vec<Stretch>| firmest(known).iter().map(|run| length(run.from, run.to)).sum();
    let mut met: Vec<Met> =
        found.into_values().map(|(who, encounters, known)| Met { who, encounters, days: days(known) }).collect();
    met.sort_by(|a, b| (b.encounters, b.days, &a.who).cmp(&(a.encounters, a.days, &b.who)));
    (met, evidence)
}
