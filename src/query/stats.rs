//! How much officials travel, where to, and whom they meet: counts over the days asked about.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Serialize;

use super::distance::kilometres;
use super::encounters::Everybody;
use super::{Asked, Somebody, Stretch};
use crate::event::{OfficialId, PartyId, Position, TripId};
use crate::geo;
use crate::projection::{Leg, Meeting, Standing, Stop, Whereabouts};
use crate::time::Span;

/// Counts of several officials.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Stats {
    /// Of each; of everybody, who was away longest stands first, and who was never away is left out.
    pub people: Vec<OfficialStats>,
    /// Of all of them.
    pub totals: Totals,
}

/// Counts by how they are known. Each thing counts once: as observed if any of its days is, else as still to come if any of its days is
/// the day asked about or later, else as unverified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Reported as it was, or after.
    pub observed: u64,
    /// Planned or confirmed for a day before the one asked about, and nobody reported that it was so.
    pub unverified: u64,
    /// Planned or confirmed for the day asked about or a later one.
    pub coming: u64,
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
    /// Trips: the days away of one named trip; else a run of days away one after the other, those in transit between them included.
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

/// How far, in kilometres of great circles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kilometres {
    /// Of journeys that were reported.
    pub reported: u64,
    /// Between consecutive stops of one trip between which no journey was reported. The way out and back counts only if it was reported.
    pub estimated: u64,
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

impl Tally {
    /// All together.
    #[must_use]
    pub fn total(self) -> u64 {
        self.observed + self.unverified + self.coming
    }

    fn add(&mut self, other: Self) {
        self.observed += other.observed;
        self.unverified += other.unverified;
        self.coming += other.coming;
    }

    /// Counts one thing that has these days.
    fn count(&mut self, days: &[Stretch], on: NaiveDate) {
        if days.iter().any(|run| run.standing == Standing::Observed) {
            self.observed += 1;
        } else if days.iter().any(|run| run.to >= on) {
            self.coming += 1;
        } else {
            self.unverified += 1;
        }
    }

    /// Counts days one by one; where runs overlap, as the firmest has them.
    fn of_days(days: impl IntoIterator<Item = Stretch>, on: NaiveDate) -> Self {
        let mut tally = Self::default();
        for run in firmest(days) {
            let days = length(run.from, run.to);
            let coming = length(run.from.max(on), run.to);
            if run.standing == Standing::Observed {
                tally.observed += days;
            } else {
                tally.coming += coming;
                tally.unverified += days - coming;
            }
        }
        tally
    }
}

impl Kilometres {
    /// Both together.
    #[must_use]
    pub fn total(self) -> u64 {
        self.reported + self.estimated
    }
}

/// How many days there are from one to another, both included.
fn length(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days() + 1).unwrap_or(0)
}

/// Runs that overlap as runs that do not, in order: each day as the firmest of them has it. However long they are, none is counted out.
fn firmest(runs: impl IntoIterator<Item = Stretch>) -> Vec<Stretch> {
    let mut edges: BTreeMap<NaiveDate, Vec<(Standing, bool)>> = BTreeMap::new();
    for run in runs {
        edges.entry(run.from).or_default().push((run.standing, true));
        edges.entry(run.to.succ_opt().unwrap_or(run.to)).or_default().push((run.standing, false));
    }
    let mut open: BTreeMap<Standing, u64> = BTreeMap::new();
    let mut found: Vec<Stretch> = Vec::new();
    let mut days = edges.into_iter().peekable();
    while let Some((from, changes)) = days.next() {
        for (standing, begins) in changes {
            let many = open.entry(standing).or_default();
            *many = if begins { *many + 1 } else { many.saturating_sub(1) };
        }
        open.retain(|_, many| *many > 0);
        let to = days.peek().and_then(|(next, _)| next.pred_opt());
        if let (Some((standing, _)), Some(to)) = (open.last_key_value(), to) {
            found.push(Stretch { from, to, standing: *standing });
        }
    }
    found
}

/// A stop away, with its days among those asked about.
struct Away<'a> {
    stop: &'a Stop,
    country: Option<String>,
    days: Vec<Stretch>,
}

/// A trip: its days, and which of the stops away it consists of, in order.
#[derive(Default)]
struct Trip {
    days: Vec<Stretch>,
    stops: Vec<usize>,
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
        totals.kilometres.reported += one.kilometres.reported;
        totals.kilometres.estimated += one.kilometres.estimated;
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
    let home = record.and_then(|record| record.base.as_ref()).and_then(|base| registry.country_of(base)).map(str::to_owned);
    let away = away(asked, whereabouts, home.as_deref(), span);
    let trips = trips(&away, whereabouts);
    let mut tally = Tally::default();
    trips.iter().for_each(|trip| tally.count(&trip.days, asked.on));
    let (by_status, by_level) = meetings(asked, official, span);
    OfficialStats {
        official: official.clone(),
        name: registry.official_name(official).to_owned(),
        title: record.and_then(|record| record.title.clone()),
        party: record.and_then(|record| record.party.clone()),
        home,
        trips: tally,
        days_away: Tally::of_days(away.iter().flat_map(|one| one.days.iter().copied()), asked.on),
        countries: visited(asked, &away, |one| {
            let code = one.country.clone()?;
            let name = geo::country_by_code(&code).map_or_else(|| code.clone(), |country| country.name.to_owned());
            Some((code, name))
        }),
        places: visited(asked, &away, |one| Some((one.stop.place.to_string(), registry.place_name(&one.stop.place).to_owned()))),
        kilometres: distance(asked, whereabouts, &trips, &away, span),
        meetings_by_status: by_status,
        meetings_by_level: by_level,
        evidence: evidence(asked, official, whereabouts, &away, span),
        met: Vec::new(),
    }
}

/// The stops away that have a day that is at least planned, in order.
fn away<'a>(asked: &Asked<'_>, whereabouts: &'a Whereabouts, home: Option<&str>, span: Span) -> Vec<Away<'a>> {
    let found = whereabouts.stops.iter().map(|stop| {
        let firm = stop.stretches().into_iter().filter(|run| run.standing >= Standing::Planned);
        let asked_about = firm.map(|run| Stretch {
            from: span.from.map_or(run.from, |from| from.max(run.from)),
            to: span.to.map_or(run.to, |to| to.min(run.to)),
            standing: run.standing,
        });
        let days = asked_about.filter(|run| run.from <= run.to).collect();
        Away { stop, country: asked.registry().country_of(&stop.place).map(str::to_owned), days }
    });
    let is_away = |one: &Away<'_>| home.is_none() || one.country.as_deref().is_some_and(|country| Some(country) != home);
    found.filter(|one| !one.days.is_empty() && is_away(one)).collect()
}

/// The trips: the named ones, then the runs of days.
fn trips(away: &[Away<'_>], whereabouts: &Whereabouts) -> Vec<Trip> {
    let mut named: BTreeMap<TripId, Trip> = BTreeMap::new();
    let mut runs: Vec<(NaiveDate, Trip)> = Vec::new();
    let mut unnamed: Vec<(Stretch, usize)> = Vec::new();
    for (at, one) in away.iter().enumerate() {
        if let Some(trip) = one.stop.trips().into_iter().next() {
            let trip = named.entry(trip).or_default();
            trip.days.extend(&one.days);
            trip.stops.push(at);
        } else {
            unnamed.extend(one.days.iter().map(|days| (*days, at)));
        }
    }
    unnamed.sort_by_key(|(days, at)| (days.from, *at));
    let mut transit: Vec<(NaiveDate, NaiveDate)> = whereabouts.legs.iter().filter_map(|leg| leg.days).collect();
    transit.sort_unstable();
    for (days, at) in unnamed {
        let joined = runs.last_mut().filter(|(last, _)| is_covered(&transit, *last, days.from));
        match joined {
            Some((last, run)) => {
                *last = days.to.max(*last);
                run.days.push(days);
                if !run.stops.contains(&at) {
                    run.stops.push(at);
                }
            }
            None => runs.push((days.to, Trip { days: vec![days], stops: vec![at] })),
        }
    }
    named.into_values().chain(runs.into_iter().map(|(_, run)| run)).collect()
}

/// Whether runs of days, in order, cover every day between two others.
fn is_covered(runs: &[(NaiveDate, NaiveDate)], last: NaiveDate, next: NaiveDate) -> bool {
    let mut reached = last;
    for (from, to) in runs {
        if reached.succ_opt().is_some_and(|open| *from <= open) {
            reached = reached.max(*to);
        }
    }
    reached.succ_opt().is_none_or(|open| next <= open)
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
    let own = asked.meetings.iter().filter(move |meeting| meeting.seat_of(official).is_some());
    own.filter(move |meeting| is_all || meeting.when.is_some_and(|when| when.span(meeting.zone).overlaps(span)))
}

fn distance(asked: &Asked<'_>, whereabouts: &Whereabouts, trips: &[Trip], away: &[Away<'_>], span: Span) -> Kilometres {
    let registry = asked.registry();
    let legs: Vec<&Leg> = counted_legs(whereabouts, span).collect();
    let km = |leg: &&Leg| kilometres(registry, leg.from.as_ref(), &leg.to);
    let reported = legs.iter().filter_map(km).sum();
    let mut estimated = 0;
    for trip in trips {
        for pair in trip.stops.windows(2) {
            let [Some(one), Some(next)] = [pair[0], pair[1]].map(|at| away.get(at).map(|away| away.stop)) else { continue };
            let between = Span { from: Some(one.from), to: Some(next.to) };
            let leads_there = |leg: &&Leg| {
                leg.to == next.place
                    && leg.days.is_some_and(|(from, to)| between.overlaps(Span { from: Some(from), to: Some(to) }))
            };
            if !legs.iter().filter(|leg| km(leg).is_some()).any(leads_there) {
                estimated += kilometres(registry, Some(&one.place), &next.place).unwrap_or(0);
            }
        }
    }
    Kilometres { reported, estimated }
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
