//! The gazetteer's bytes are whole, sorted, folded as `names::fold` folds, and of real zones.

use std::collections::HashSet;

use super::*;
use crate::names::{fold, slug};

fn cities() -> impl Iterator<Item = City> {
    (0..section(CITIES).1).map(|index| city_at(index).unwrap())
}

fn countries() -> impl Iterator<Item = Country> {
    (0..section(COUNTRIES).1).map(|index| country_at(index).unwrap())
}

#[test]
fn every_name_is_folded_and_in_its_place() {
    assert!(BYTES.starts_with(MAGIC));
    let mut before = "";
    let mut count = 0;
    for (name, reference) in names_from("") {
        assert!(bearer(reference).is_some(), "{name}");
        assert!(before.as_bytes() <= name.as_bytes(), "{before} stands before {name}");
        if name != before {
            assert_eq!(fold(name), name);
        }
        before = name;
        count += 1;
    }
    assert_eq!(count, section(ENTRIES).1, "every entry can be read");
    assert!(count > 300_000);
}

#[test]
fn every_name_at_a_landmark_and_beside_it_is_found() {
    let (_, count) = section(ENTRIES);
    for landmark in (0..count).step_by(STRIDE) {
        for entry in landmark.saturating_sub(1)..(landmark + 2).min(count) {
            let name = name_of(entry).unwrap();
            assert_eq!(names_from(name).next().unwrap().0, name);
        }
    }
    assert!(bearers("no such place").next().is_none());
    assert!(bearers("").next().is_none());
    assert!(bearers("\u{10FFFF}").next().is_none());
}

#[test]
fn every_city_is_on_the_map_and_found_by_its_id() {
    let mut population = u32::MAX;
    let mut ids = HashSet::new();
    let codes: HashSet<&str> = countries().map(|country| country.code).collect();
    for city in cities() {
        assert!(city.population <= population, "{} is larger than those before it", city.id);
        population = city.population;
        assert!((-90.0..=90.0).contains(&city.lat) && (-180.0..=180.0).contains(&city.lon), "{}", city.id);
        assert!(city.id.starts_with(slug(city.name).unwrap().as_str()), "{} is no id for {}", city.id, city.name);
        assert!(codes.contains(city.country), "{} is in no country", city.id);
        assert!(ids.insert(city.id), "{} twice", city.id);
    }
    assert_eq!(ids.len(), 69_472);
    for id in ids.iter().take(5_000).copied().chain(["riyadh", "paris", "washington"]) {
        assert_eq!(place(id).unwrap().id(), id);
    }
}

#[test]
fn every_country_is_found_by_its_id_and_codes_and_its_capital_lies_in_it() {
    let mut capitals = 0;
    for known in countries() {
        assert_eq!(place(known.place_id), Some(Place::Country(known)));
        assert_eq!(country(known.code), Some(known));
        assert_eq!(country_of_alpha3(known.alpha3), Some(known));
        let Some(capital) = known.capital.and_then(place) else {
            assert_eq!(known.capital, None);
            continue;
        };
        assert_eq!(capital.country_code(), known.code);
        assert_eq!(capital.coordinates(), (known.lat, known.lon));
        capitals += 1;
    }
    assert_eq!(cities().filter(|city| city.capital).count(), capitals);
    assert!(capitals > 240);
}

#[test]
fn every_zone_is_in_the_time_zone_database() {
    for index in 0..section(ZONES).1 {
        let name = text(number(record(ZONES, index, ZONE_SIZE).unwrap(), 0).unwrap()).unwrap();
        assert!(jiff::tz::db().get(name).is_ok(), "{name} is no IANA zone");
    }
}

#[test]
fn the_table_of_countries_is_the_one_in_the_gazetteer() {
    let rows = include_str!("countries.tsv").lines().filter(|line| !line.starts_with('#')).skip(1);
    let mut seen = 0;
    for row in rows {
        let fields: Vec<&str> = row.split('\t').collect();
        let [code, alpha3, name, _, also, formerly] = fields[..] else {
            panic!("six fields: {row}");
        };
        let known = country(code).unwrap();
        assert_eq!((known.alpha3, known.name), (alpha3, name), "run build.py again");
        for name in [name].into_iter().chain(also.split('|')).chain(formerly.split('|')).filter(|name| !name.is_empty()) {
            let found = bearers(&fold(name)).any(|bearer| bearer.place == Place::Country(known));
            assert!(found, "{name} is not {code}: run build.py again");
        }
        seen += 1;
    }
    assert_eq!(seen, countries().count());
}

/// The documents that name the source must name the one that the bytes were made of.
#[test]
fn the_source_is_the_one_that_is_named() {
    let edition = edition();
    let (package, version) = edition.source.split_once(' ').unwrap();
    assert!(include_str!("build.py").contains(&format!("pip install {package}=={version}\n")));
    let map = include_str!("../mod.rs");
    assert!(map.contains(&format!("the Python package {}: 69,472 cities", edition.source)));
    assert_eq!((edition.cities, edition.countries), (69_472, 250));
    assert_eq!((cities().count(), countries().count(), names_from("").count()), (69_472, 250, edition.names));
}
