//! The places that were perhaps meant by a name that is not known.

use strsim::osa_distance;

use super::gazetteer;
use super::place::Place;
use crate::names::fold;

/// Each letter wrong counts as ten times fewer people.
const PER_LETTER: f64 = 10.0;
/// A country counts as this many people, so as to go before its cities.
const COUNTRY_WEIGHT: f64 = 1e9;

/// At most `n` places that were perhaps meant, for "did you mean": those with a name that begins with the same
/// letter and differs in few letters (one in four, at least one and at most three; a letter changed, left out,
/// added, or swapped with its neighbour counts once). The largest first, each letter wrong counting as ten times
/// fewer people.
pub fn nearest(text: &str, n: usize) -> Vec<Place> {
    let typed = fold(text);
    let Some(initial) = typed.chars().next() else {
        return Vec::new();
    };
    let length = typed.chars().count();
    let allowed = (length / 4).clamp(1, 3);
    let mut near: Vec<(f64, Place)> = Vec::new();
    let mut before = ("", None);
    for (name, reference) in gazetteer::names_from(initial.encode_utf8(&mut [0; 4])) {
        if !name.starts_with(initial) {
            break;
        }
        if name != before.0 {
            let likely = name.chars().count().abs_diff(length) <= allowed;
            before = (name, likely.then(|| osa_distance(&typed, name)).filter(|distance| *distance <= allowed));
        }
        if let Some(distance) = before.1
            && let Some(bearer) = gazetteer::bearer(reference)
        {
            let weight = match bearer.place {
                Place::City(city) => f64::from(city.population.max(1)),
                Place::Country(_) => COUNTRY_WEIGHT,
            };
            let wrong = i32::try_from(distance).unwrap_or(i32::MAX);
            near.push((weight / PER_LETTER.powi(wrong), bearer.place));
        }
    }
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.id().cmp(b.1.id())));
    let mut places: Vec<Place> = Vec::new();
    for (_, place) in near {
        if places.len() == n {
            break;
        }
        if !places.iter().any(|known| known.id() == place.id()) {
            places.push(place);
        }
    }
    places
}
