//! Finding the place that a text means.

use super::country::{country, named, with_initials_joined};
use super::gazetteer;
use super::place::{City, Country, Found, Place};
use super::region;
use crate::names::fold;

/// How many times the people of another a city must have to be taken without asking, or to be asked about.
const FAR_LARGER: u64 = 5;
/// From so many people on, a city's own name is not made doubtful by another's alternate one.
const WELL_KNOWN: u32 = 250_000;
/// A place is written with no more commas than these; the rest of a longer text is not tried.
const MOST_COMMAS: usize = 6;
/// How many are named when the country has to be asked for; capitals come on top.
const LARGEST_FEW: usize = 5;

/// The place that a text means.
///
/// The whole text is looked up as a name first ("Washington, D.C.", "Korea, South"), then as a name and the country
/// or region it is in: "Paris, France", "Paris, FR", "Paris, TX", "Paris, Texas, United States", "Paris (Texas)",
/// "Bonn, Germany, Federal Republic of". Regions are those of the United States, Canada, Australia and the United
/// Kingdom. A code alone is no place ("LA" is not Laos); ask [`country`](super::country()).
///
/// **A country's name, of now or of the past, means the country**, unless its capital bears the very same name:
/// then it means the city (Singapore, Luxembourg, Djibouti).
///
/// **The largest bearer of a name is taken if it is a capital or has five times the people of the next; else the
/// country is asked for.** A name may be a city's own (GeoNames' name, or the English one where that differs; with
/// St. and Saint alike) or an alternate one (a former name, or that in another language). Where cities bear the
/// name as their own, the rule is applied among those: an alternate name never beats them ("Geneva", "New Delhi").
/// It only makes them doubtful, and only if its bearer has five times the people of the largest of them, which is
/// no capital and has fewer than 250,000: "Odessa" is asked about (Odesa, Ukraine, or Odessa, Texas), and
/// "Salisbury" (England, or Harare, once Salisbury). Where no city bears the name as its own, the rule is applied
/// among those that have it as an alternate one ("Bombay", "Peking", "Київ").
///
/// With a country or region behind the name, the same is done among its cities alone.
pub fn find(text: &str) -> Found {
    whole(text).or_else(|| qualified(text))
}

/// The city of this place id.
pub fn city(id: &str) -> Option<City> {
    match gazetteer::place(id)? {
        Place::City(city) => Some(city),
        Place::Country(_) => None,
    }
}

/// The city or country of this place id.
pub fn place(id: &str) -> Option<Place> {
    gazetteer::place(id)
}

/// The cities and countries whose place ids begin like this, by id.
pub fn places_from(id: &str) -> impl Iterator<Item = Place> {
    gazetteer::places_from(id)
}

fn whole(text: &str) -> Found {
    let folded = fold(text);
    let joined = with_initials_joined(&folded);
    exact(&folded)
        .or_else(|| if joined == folded { Found::Nothing } else { exact(&joined) })
        .or_else(|| named(text).map_or(Found::Nothing, |country| Found::One(Place::Country(country))))
}

/// The place of just this folded name.
fn exact(folded: &str) -> Found {
    let mut cities = Vec::new();
    for bearer in gazetteer::bearers(folded) {
        match bearer.place {
            Place::City(city) => cities.push(CityBearer { city, own: bearer.own }),
            Place::Country(country) => {
                // Cities come first, so the capital is known by now if it bears the name.
                let capital = cities.iter().find(|bearer| bearer.own && Some(bearer.city.id) == country.capital);
                return Found::One(capital.map_or(Place::Country(country), |bearer| Place::City(bearer.city)));
            }
        }
    }
    decided(&cities)
}

/// "Name (country or region)", or "Name, country or region": split at each comma in turn, until both sides are known.
fn qualified(text: &str) -> Found {
    in_parentheses(text).or_else(|| {
        text.match_indices(',')
            .take(MOST_COMMAS)
            .filter_map(|(at, comma)| Some((text.get(..at)?, text.get(at + comma.len()..)?)))
            .map(|(name, rest)| within(name, rest))
            .find(|found| *found != Found::Nothing)
            .unwrap_or(Found::Nothing)
    })
}

fn in_parentheses(text: &str) -> Found {
    let parts = text.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    parts.map_or(Found::Nothing, |(name, rest)| within(name, rest))
}

/// The city of this name in the country or region; or the country itself ("Jamaica, Jamaica"); or the city that
/// says more of where it is ("Halifax (Nova Scotia), Canada").
pub(super) fn within(name: &str, rest: &str) -> Found {
    let areas = areas(rest);
    if areas.is_empty() {
        return Found::Nothing;
    }
    let holds = |city: &City| areas.iter().any(|area| area.holds(city));
    let within: Vec<CityBearer> = bearers(name).into_iter().filter(|bearer| holds(&bearer.city)).collect();
    decided(&within)
        .or_else(|| {
            let country = named(name).filter(|country| areas.iter().any(|area| area.is(country)));
            country.map_or(Found::Nothing, |country| Found::One(Place::Country(country)))
        })
        .or_else(|| match in_parentheses(name) {
            Found::One(Place::City(city)) if holds(&city) => Found::One(Place::City(city)),
            Found::One(_) | Found::Several(_) | Found::Nothing => Found::Nothing,
        })
}

/// A country, or a region of one.
struct Area {
    country: &'static str,
    region: Option<&'static str>,
}

impl Area {
    fn holds(&self, city: &City) -> bool {
        city.country == self.country && self.region.is_none_or(|region| city.region == region)
    }

    fn is(&self, country: &Country) -> bool {
        self.region.is_none() && self.country == country.code
    }
}

/// What a text may mean behind a city's name: "Georgia" is the country or the state, "CA" Canada or California.
fn areas(text: &str) -> Vec<Area> {
    let mut areas = regions(text);
    if let Some(country) = country(text) {
        // "Scotland" is a name of the United Kingdom too, but says where within it.
        if areas.iter().all(|area| area.country != country.code) {
            areas.push(Area { country: country.code, region: None });
        }
    }
    if areas.is_empty()
        && let Some((region, rest)) = text.split_once(',')
        && let Some(country) = country(rest)
    {
        areas = regions(region);
        areas.retain(|area| area.country == country.code);
    }
    areas
}

fn regions(text: &str) -> Vec<Area> {
    region::named(text).map(|region| Area { country: region.country, region: Some(region.code) }).collect()
}

/// A city that bears a name.
#[derive(Clone, Copy)]
struct CityBearer {
    city: City,
    own: bool,
}

/// The cities that bear a name, the largest first.
fn bearers(name: &str) -> Vec<CityBearer> {
    let cities = |folded: &str| -> Vec<CityBearer> {
        gazetteer::bearers(folded)
            .filter_map(|bearer| match bearer.place {
                Place::City(city) => Some(CityBearer { city, own: bearer.own }),
                Place::Country(_) => None,
            })
            .collect()
    };
    let folded = fold(name);
    let found = cities(&folded);
    if found.is_empty() { cities(&with_initials_joined(&folded)) } else { found }
}

/// The rule of [`find`], over the bearers of one name, the largest first.
fn decided(bearers: &[CityBearer]) -> Found {
    let own: Vec<City> = bearers.iter().filter(|bearer| bearer.own).map(|bearer| bearer.city).collect();
    let Some(largest_own) = own.first() else {
        let all: Vec<City> = bearers.iter().map(|bearer| bearer.city).collect();
        return if leads(&all) { first(&all) } else { several(&all) };
    };
    if largest_own.capital {
        return first(&own);
    }
    let well_known = largest_own.population >= WELL_KNOWN;
    let contenders: Vec<City> = bearers
        .iter()
        .filter(|bearer| bearer.own || (!well_known && far_larger(&bearer.city, largest_own)))
        .map(|bearer| bearer.city)
        .collect();
    if leads(&own) && contenders.len() == own.len() { first(&own) } else { several(&contenders) }
}

/// Whether the first of these, the largest, is taken.
fn leads(cities: &[City]) -> bool {
    match cities {
        [] => false,
        [_] => true,
        [largest, next, ..] => largest.capital || far_larger(largest, next),
    }
}

pub(super) fn far_larger(city: &City, other: &City) -> bool {
    u64::from(city.population) >= FAR_LARGER * u64::from(other.population).max(1)
}

fn first(cities: &[City]) -> Found {
    cities.first().map_or(Found::Nothing, |city| Found::One(Place::City(*city)))
}

fn several(cities: &[City]) -> Found {
    let few: Vec<Place> = cities
        .iter()
        .enumerate()
        .filter(|(order, city)| *order < LARGEST_FEW || city.capital)
        .map(|(_, city)| Place::City(*city))
        .collect();
    if few.is_empty() { Found::Nothing } else { Found::Several(few) }
}
