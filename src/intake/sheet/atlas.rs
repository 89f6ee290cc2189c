//! Where the places of a table are: names as they were, in countries as they were, and where that lies now.

use std::collections::{BTreeMap, HashMap};

use crate::event::PlaceId;
use crate::event::wire::WireEvent;
use crate::geo::{self, Country, Found};
use crate::intake::location::{self, Location};
use crate::intake::places::{self, WholeNames};
use crate::intake::{Known, Problem};
use crate::names;

/// For so many names it is looked up what they perhaps mean.
const MOST_NEAR: usize = 50;

/// The places of a table, each cell looked up once.
#[derive(Debug)]
pub(super) struct Atlas<'m> {
    /// What the map says of names, which goes before everything.
    corrections: &'m HashMap<String, String>,
    names: WholeNames,
    found: HashMap<(Vec<String>, String), Vec<Spot>>,
    unplaced: BTreeMap<(String, String), Unplaced>,
    /// The places that stand for such names.
    own: HashMap<PlaceId, (String, String)>,
}

/// A place of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spot {
    pub place: PlaceId,
    /// What says who it is, if nobody has said so yet.
    pub new: Option<WireEvent>,
    /// The words of the table, if they are others than the place has now.
    pub said: Option<String>,
    /// The name as a key of [`Atlas::unplaced`], if only the name is known.
    unplaced: Option<(String, String)>,
}

/// A name that no place is known by: it stands as a place of its own in the country that was named.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unplaced {
    /// The name as it was given.
    pub name: String,
    /// The country as it was given.
    pub country: String,
    /// The place that stands for it.
    pub place: PlaceId,
    /// The first row that names it, by its line.
    pub line: u64,
    /// How many rows name it.
    pub rows: usize,
    /// What is perhaps meant: places of such a name in the country; looked up for the most frequent names only.
    pub near: Vec<String>,
}

impl<'m> Atlas<'m> {
    /// With the places that the log knows, and what the map says of names.
    pub fn of(known: &Known, corrections: &'m HashMap<String, String>) -> Self {
        let names = WholeNames::of(&known.registry);
        Self { corrections, names, found: HashMap::new(), unplaced: BTreeMap::new(), own: HashMap::new() }
    }

    /// What is wrong with what the map says of names: what it means must be known.
    pub fn check(&self, known: &Known) -> Vec<Problem> {
        let is_known = |text: &str| self.corrected(known, text).is_some() || !geo::lands(text).is_empty();
        let mut unknown: Vec<&String> = self.corrections.values().filter(|means| !is_known(means)).collect();
        unknown.sort();
        unknown.into_iter().map(|means| places::unknown(known, means)).collect()
    }

    /// The places that the parts of a cell name within a country; the country itself where no part is given.
    pub fn find(&mut self, known: &Known, parts: &[String], country: &str) -> Result<Vec<Spot>, Problem> {
        let key = (parts.to_vec(), country.to_owned());
        if let Some(found) = self.found.get(&key) {
            return Ok(found.clone());
        }
        let found = self.look(known, parts, country)?;
        self.found.insert(key, found.clone());
        Ok(found)
    }

    /// Takes in the places of a row that was admitted.
    pub fn learn(&mut self, spot: &Spot, line: u64) {
        if let Some(new) = &spot.new {
            self.names.learn(&spot.place, new.name.iter().chain(new.aliases.iter().flatten()));
        }
        let Some((name, country)) = spot.unplaced.as_ref().or_else(|| self.own.get(&spot.place)) else { return };
        let unplaced = self.unplaced.entry((name.clone(), country.clone())).or_insert_with(|| Unplaced {
            name: name.clone(),
            country: country.clone(),
            place: spot.place.clone(),
            line,
            rows: 0,
            near: Vec::new(),
        });
        unplaced.rows += 1;
        self.own.insert(spot.place.clone(), (unplaced.name.clone(), unplaced.country.clone()));
    }

    /// The names that no place is known by, the most frequent first.
    pub fn unplaced(self) -> Vec<Unplaced> {
        let mut all: Vec<Unplaced> = self.unplaced.into_values().collect();
        all.sort_by_key(|one| (std::cmp::Reverse(one.rows), one.line));
        for one in all.iter_mut().take(MOST_NEAR) {
            one.near = near(&one.name, &one.country);
        }
        all
    }

    fn look(&self, known: &Known, parts: &[String], country: &str) -> Result<Vec<Spot>, Problem> {
        let lands = self.lands(country)?;
        if parts.is_empty() {
            let land = lands.first().ok_or_else(|| no_country(country))?;
            let place = id(land.place_id)?;
            return Ok(vec![Spot { place, new: None, said: said("", country, "", land.code), unplaced: None }]);
        }
        let mut spots: Vec<Spot> = Vec::new();
        let mut rest = parts;
        while let Some((first, _)) = rest.split_first() {
            // Parts that only together are a name stay together: "Mexico, D.F.".
            let together = (2..=rest.len()).rev().find_map(|count| {
                let (name, tail) = (rest.get(..count)?.join(", "), rest.get(count - 1)?);
                let is_own = matches!(geo::find_in(tail, &lands), Found::Nothing);
                let known = self.known(known, &name, country, &lands).transpose()?;
                is_own.then(|| known.map(|spot| (count, spot)))
            });
            let together = together.transpose()?;
            let is_region = |part: &String| lands.iter().any(|land| geo::is_region(part, land.code));
            let (count, spot) = match (together, rest.get(1)) {
                (Some(together), _) => together,
                // A region behind a name that nobody knows says where that is: "Montebello, Quebec".
                (None, Some(region)) if is_region(region) && geo::find_in(first, &lands) == Found::Nothing => {
                    (2, self.one(known, &format!("{first}, {region}"), None, country, &lands)?)
                }
                (None, _) => (1, self.one(known, first, qualifier(parts), country, &lands)?),
            };
            if !spots.iter().any(|other| other.place == spot.place) {
                spots.push(spot);
            }
            rest = rest.get(count..).unwrap_or_default();
        }
        Ok(spots)
    }

    /// The countries in whose land a country's places lie today.
    fn lands(&self, country: &str) -> Result<Vec<Country>, Problem> {
        let corrected = self.corrections.get(&names::fold(country)).map_or(country, String::as_str);
        let lands = geo::lands(corrected);
        if lands.is_empty() { Err(no_country(country)) } else { Ok(lands) }
    }

    /// A part of a cell: a place that is known, or one of its own.
    fn one(&self, known: &Known, part: &str, shared: Option<&str>, country: &str, lands: &[Country]) -> Result<Spot, Problem> {
        let (name, within) = in_parentheses(part).map_or((part, shared), |(name, within)| (name, Some(within)));
        let inner = within.map(geo::lands).unwrap_or_default();
        let around: Vec<Country> = geo::lands(name).into_iter().chain(inner.clone()).chain(lands.iter().copied()).collect();
        if let Some(found) = self.known(known, part, country, lands)?.or_else(|| self.of_log(known, part, country, &around)) {
            return Ok(found);
        }
        // A region that is named, and does not hold it, is another's.
        let is_of_region = within.is_some_and(|within| lands.iter().any(|land| geo::is_region(within, land.code)));
        let found = found(geo::find_in(name, &inner))
            .or_else(|| found(geo::find_in(name, lands)))
            .or_else(|| found(geo::find_overseas(name, lands)))
            .filter(|_| !is_of_region);
        if let Some(place) = found {
            return Ok(Spot { place: id(place.id())?, new: None, said: told(part, country, &place), unplaced: None });
        }
        let land = around.first().ok_or_else(|| no_country(country))?;
        let outer = id(land.place_id)?;
        let Location { place, new, .. } = location::venue(known, part, None, Some(outer))
            .ok_or_else(|| Problem::new(format!("\"{part}\" names no place")).about(part))?;
        let name = new.as_ref().and_then(|new| new.name.as_deref()).unwrap_or_else(|| known.registry.place_name(&place));
        let said = said(part, country, name, land.code);
        Ok(Spot { place, new, said, unplaced: Some((part.to_owned(), country.to_owned())) })
    }

    /// The place that is known by a name: to the map, to the log, or to the gazetteer.
    fn known(&self, known: &Known, name: &str, country: &str, lands: &[Country]) -> Result<Option<Spot>, Problem> {
        let whole = format!("{name}, {country}");
        let corrected = [&*whole, name].iter().find_map(|text| self.corrections.get(&names::fold(text)));
        if let Some(means) = corrected {
            let Corrected { place, new } = self.corrected(known, means).ok_or_else(|| places::unknown(known, means))?;
            return Ok(Some(Spot { place, new, said: Some(whole), unplaced: None }));
        }
        if let Some(found) = self.of_log(known, name, country, lands) {
            return Ok(Some(found));
        }
        let Some(place) = found(geo::find_in(name, lands)) else { return Ok(None) };
        Ok(Some(Spot { place: id(place.id())?, new: None, said: told(name, country, &place), unplaced: None }))
    }

    /// What the map says that a name means: a place that is known, or one of its own in a country: "Brijuni, Croatia".
    fn corrected(&self, known: &Known, means: &str) -> Option<Corrected> {
        if let Some(place) = self.names.find(known, means) {
            return Some(Corrected { place, new: None });
        }
        let (name, country) = means.rsplit_once(',')?;
        let land = geo::country(country.trim())?;
        let Location { place, new, .. } = location::venue(known, name.trim(), None, id(land.place_id).ok())?;
        Some(Corrected { place, new })
    }

    /// A place that only the log knows, of this whole name, in one of the countries.
    fn of_log(&self, known: &Known, name: &str, country: &str, lands: &[Country]) -> Option<Spot> {
        let in_lands = |id: &&PlaceId| {
            let country = known.registry.places.get(*id).and_then(|record| record.country.as_deref());
            let is_there = country.is_some_and(|code| lands.iter().any(|land| land.code == code));
            geo::place(id.as_str()).is_none() && is_there && is_named(known, id, name)
        };
        let bearers: Vec<&PlaceId> = self.names.bearers(name).iter().filter(in_lands).collect();
        let [place] = bearers.as_slice() else { return None };
        let record = known.registry.places.get(*place)?;
        let said = said(name, country, &record.name, record.country.as_deref().unwrap_or_default());
        Some(Spot { place: (*place).clone(), new: None, said, unplaced: None })
    }
}

/// What a name means by the map.
struct Corrected {
    place: PlaceId,
    new: Option<WireEvent>,
}

/// Whether a place bears a name letter by letter: a misspelt one must not take the place of the right one.
fn is_named(known: &Known, id: &PlaceId, name: &str) -> bool {
    let Some(record) = known.registry.places.get(id) else { return false };
    std::iter::once(&record.name).chain(&record.aliases).any(|one| names::fold(one) == names::fold(name))
}

impl Spot {
    /// Once an entry has said who a place is, no other need.
    pub fn unless_known(mut self, known: &Known) -> Self {
        self.new = self.new.filter(|_| !known.registry.places.contains_key(&self.place));
        self
    }
}

/// What stands in parentheses behind the last part, and so for all: "St. Thomas, St. Croix (Virgin Islands)".
fn qualifier(parts: &[String]) -> Option<&str> {
    let (_, within) = in_parentheses(parts.last()?)?;
    Some(within).filter(|within| !geo::lands(within).is_empty())
}

/// "Calgary (Alberta)" as name and what it lies in.
fn in_parentheses(part: &str) -> Option<(&str, &str)> {
    let (name, within) = part.trim_end().strip_suffix(')')?.rsplit_once('(')?;
    Some((name.trim(), within.trim())).filter(|(name, _)| !name.is_empty())
}

fn found(found: Found) -> Option<geo::Place> {
    match found {
        Found::One(place) => Some(place),
        Found::Several(_) | Found::Nothing => None,
    }
}

fn id(text: &str) -> Result<PlaceId, Problem> {
    text.parse().map_err(|error: crate::event::IdError| Problem::new(error.to_string()))
}

/// The words of the table for a place of the gazetteer, if they are others than it has now.
fn told(part: &str, country: &str, place: &geo::Place) -> Option<String> {
    said(part, country, place.name(), place.country_code())
}

/// The words of the table for a place, if they are others than those that it and its country (ISO 3166) have now.
fn said(part: &str, country: &str, name: &str, code: &str) -> Option<String> {
    let now = geo::country_by_code(code).map_or("", |country| country.name);
    let is_now = names::fold(part) == names::fold(name) && names::fold(country) == names::fold(now);
    (!is_now).then(|| if part.is_empty() { country.to_owned() } else { format!("{part}, {country}") })
}

fn near(name: &str, country: &str) -> Vec<String> {
    let lands = geo::lands(country);
    let name = in_parentheses(name).map_or(name, |(name, _)| name);
    let close = geo::nearest(name, 12).into_iter().filter(|place| lands.iter().any(|land| land.code == place.country_code()));
    close.take(3).map(|place| place.name().to_owned()).collect()
}

fn no_country(text: &str) -> Problem {
    let problem = Problem::new(format!("\"{text}\" is no country")).about(text);
    problem.hint(format!("the map says what it means: [places] \"{text}\" = \"…\""))
}
