//! The same counts the other way round: by the year, or by the country visited.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike as _, NaiveDate};
use serde::Serialize;

use super::{clipped, counted_legs, country_name};
use crate::event::{OfficialId, Position};
use crate::projection::Whereabouts;
use crate::query::distance::kilometres;
use crate::query::tally::{Kilometres, Tally};
use crate::query::trips::{Travels, WayBasis, travels};
use crate::query::{Asked, Stretch};
use crate::time::Span;

/// By what counts are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum By {
    /// The calendar year.
    Year,
    /// The country visited.
    Country,
}

/// Counts of several officials together, by year or by country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Breakdown {
    /// By what.
    pub by: By,
    /// The years in order; or the countries, the one with the most days first.
    pub rows: Vec<Counted>,
    /// The events that the counts rest on, for people.
    #[serde(skip)]
    pub evidence: Vec<Position>,
}

/// Counts of a year or of a country.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Counted {
    /// The year, `2013`, or the country, ISO 3166-1 alpha-2.
    pub id: String,
    /// The same for people.
    pub name: String,
    /// How many officials were away then, or there.
    pub officials: u64,
    /// The trips that began in the year, or that led to the country.
    pub trips: Tally,
    /// Days away then, or there; each official's counted for themselves.
    pub days_away: Tally,
    /// Distinct countries; of a country one.
    pub countries: u64,
    /// Distance of the ways that ended in the year; none of a country.
    pub kilometres: Option<Kilometres>,
    /// The first day away.
    pub first: NaiveDate,
    /// The last day away.
    pub last: NaiveDate,
}

/// What is being counted of one row.
#[derive(Default)]
struct Row {
    officials: u64,
    trips: Tally,
    days: Tally,
    countries: BTreeSet<String>,
    kilometres: Kilometres,
    extent: Option<(NaiveDate, NaiveDate)>,
}

impl Row {
    /// Counts the days of one official.
    fn days(&mut self, days: Vec<Stretch>, on: NaiveDate) {
        for run in &days {
            let (first, last) = self.extent.get_or_insert((run.from, run.to));
            (*first, *last) = ((*first).min(run.from), (*last).max(run.to));
        }
        self.officials += u64::from(!days.is_empty());
        self.days.add(Tally::of_days(days, on));
    }
}

/// Counts of the officials named, or of everybody, by year or by country; over the days from `from` to `to` (both included, either may be
/// open).
#[must_use]
pub fn stats_by(asked: &Asked<'_>, by: By, named: &[OfficialId], from: Option<NaiveDate>, to: Option<NaiveDate>) -> Breakdown {
    let span = Span { from, to };
    let officials: Vec<&OfficialId> =
        if named.is_empty() { asked.registry().officials.keys().collect() } else { named.iter().collect() };
    let mut rows: BTreeMap<String, Row> = BTreeMap::new();
    let mut evidence = Vec::new();
    for official in officials {
        let whereabouts = asked.whereabouts(official);
        let travels = travels(asked, official, &whereabouts);
        let told = travels.away.iter().filter(|one| !clipped(&one.days, span).is_empty());
        evidence.extend(told.flat_map(|one| one.stop.evidence()));
        match by {
            By::Year => count_years(&mut rows, asked, &whereabouts, &travels, span),
            By::Country => count_countries(&mut rows, asked, &travels, span),
        }
    }
    let mut rows: Vec<Counted> = rows.into_iter().filter_map(|(id, row)| counted(id, row, by)).collect();
    if by == By::Country {
        rows.sort_by(|a, b| (b.days_away.total(), &a.name).cmp(&(a.days_away.total(), &b.name)));
    }
    Breakdown { by, rows, evidence }
}

fn counted(id: String, row: Row, by: By) -> Option<Counted> {
    let (first, last) = row.extent?;
    Some(Counted {
        name: match by {
            By::Year => id.clone(),
            By::Country => country_name(&id),
        },
        id,
        officials: row.officials,
        trips: row.trips,
        days_away: row.days,
        countries: u64::try_from(row.countries.len()).unwrap_or(u64::MAX),
        kilometres: (by == By::Year).then_some(row.kilometres),
        first,
        last,
    })
}

/// The year of a day, as a key that sorts.
fn year(day: NaiveDate) -> String {
    format!("{:04}", day.year())
}

/// Days in pieces of one year each.
fn by_year(days: &[Stretch]) -> BTreeMap<String, Vec<Stretch>> {
    let mut found: BTreeMap<String, Vec<Stretch>> = BTreeMap::new();
    for run in days {
        for number in run.from.year()..=run.to.year() {
            let ends = NaiveDate::from_ymd_opt(number, 1, 1).zip(NaiveDate::from_ymd_opt(number, 12, 31));
            let Some((first, last)) = ends else { continue };
            let piece = clipped(std::slice::from_ref(run), Span { from: Some(first), to: Some(last) });
            found.entry(year(first)).or_default().extend(piece);
        }
    }
    found
}

fn count_years(
    rows: &mut BTreeMap<String, Row>,
    asked: &Asked<'_>,
    whereabouts: &Whereabouts,
    travels: &Travels<'_>,
    span: Span,
) {
    let mut all: Vec<Stretch> = Vec::new();
    for one in &travels.away {
        let days = clipped(&one.days, span);
        for key in by_year(&days).into_keys() {
            rows.entry(key).or_default().countries.extend(one.country.clone());
        }
        all.extend(days);
    }
    for (key, days) in by_year(&all) {
        rows.entry(key).or_default().days(days, asked.on);
    }
    for trip in travels.trips.iter().filter(|trip| trip.number.is_some()) {
        let days = clipped(&trip.days, span);
        if let Some(first) = days.first() {
            rows.entry(year(first.from)).or_default().trips.count(&days, asked.on);
        }
        for way in trip.ways.iter().filter(|way| way.basis != WayBasis::Reported && span.has(way.day)) {
            rows.entry(year(way.day)).or_default().kilometres.add(way.kilometres());
        }
    }
    for leg in counted_legs(whereabouts, span) {
        let km = kilometres(asked.registry(), leg.from.as_ref(), &leg.to);
        if let Some((km, (_, last))) = km.zip(leg.days) {
            rows.entry(year(last)).or_default().kilometres.reported += km;
        }
    }
}

fn count_countries(rows: &mut BTreeMap<String, Row>, asked: &Asked<'_>, travels: &Travels<'_>, span: Span) {
    let mut there: BTreeMap<&String, Vec<Stretch>> = BTreeMap::new();
    for one in &travels.away {
        if let Some(country) = &one.country {
            there.entry(country).or_default().extend(clipped(&one.days, span));
        }
    }
    for (country, days) in there.into_iter().filter(|(_, days)| !days.is_empty()) {
        let row = rows.entry(country.clone()).or_default();
        row.countries.insert(country.clone());
        for trip in travels.trips.iter().filter(|trip| trip.number.is_some()) {
            let there = travels.away.iter().filter(|one| one.country.as_ref() == Some(country) && trip.stops.contains(&one.at));
            let on_trip: Vec<Stretch> = there.flat_map(|one| clipped(&one.days, span)).collect();
            if !on_trip.is_empty() {
                row.trips.count(&on_trip, asked.on);
            }
        }
        row.days(days, asked.on);
    }
}
