//! How far it is from one place to another, and which places are too wide for that.

use crate::event::PlaceId;
use crate::geo;
use crate::projection::Registry;

/// Kilometres of the great circle between two places. `None` where a position is not known, where one of them is a country, which stands
/// at its capital and says nothing of distances, or has its position from a country, and where one lies in the other: nobody knows where
/// in it.
pub(super) fn between(registry: &Registry, from: &PlaceId, to: &PlaceId) -> Option<f64> {
    if from != to && (registry.is_within(from, to) || registry.is_within(to, from)) {
        return None;
    }
    let is_known = |place: &PlaceId| !is_country(registry, place) && !stands_at_capital(registry, place);
    let position = |place: &PlaceId| registry.places.get(place)?.position.filter(|_| is_known(place));
    Some(geo::distance_km(position(from)?, position(to)?))
}

/// The same in whole kilometres.
pub(super) fn kilometres(registry: &Registry, from: Option<&PlaceId>, to: &PlaceId) -> Option<u64> {
    Some(whole(between(registry, from?, to)?))
}

/// Kilometres between two places as an estimate: a place without a position is taken to be where the one around it is, and a country at its
/// capital, for that is where most visits lead; from a place to one in it is no way at all. `None` only where nothing around has a position.
pub(super) fn roughly(registry: &Registry, from: &PlaceId, to: &PlaceId) -> Option<f64> {
    let km = geo::distance_km(somewhere(registry, from)?, somewhere(registry, to)?);
    Some(if registry.is_within(from, to) || registry.is_within(to, from) { 0.0 } else { km })
}

/// The position of a place, or of the nearest around it that has one.
fn somewhere(registry: &Registry, place: &PlaceId) -> Option<(f64, f64)> {
    let mut place = place;
    // Circles end.
    for _ in 0..16 {
        let record = registry.places.get(place)?;
        if record.position.is_some() {
            return record.position;
        }
        place = record.within.as_ref()?;
    }
    None
}

/// A distance in whole kilometres.
pub(super) fn whole(km: f64) -> u64 {
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance on Earth: 0 to 20,037")]
    let km = km.round() as u64;
    km
}

/// Whether a place of which only the country is known was put where the country stands, at its capital, though it is not there: in older logs
/// new places took the position of the country around them, and a journey to a base a thousand kilometres off would look too fast.
fn stands_at_capital(registry: &Registry, place: &PlaceId) -> bool {
    let mut place = place;
    // Circles end.
    for _ in 0..16 {
        let Some(record) = registry.places.get(place) else { return false };
        let outer = record.within.as_ref().and_then(|id| Some((id, registry.places.get(id)?)));
        let Some((outer, _)) = outer.filter(|(_, outer)| outer.position == record.position) else { return false };
        if is_country(registry, outer) {
            let country = record.country.as_deref().and_then(geo::country_by_code);
            return country.and_then(|country| country.capital) != Some(place.as_str());
        }
        place = outer;
    }
    false
}

/// Whether a place is a whole country, in which two people may be far apart; one that bears the name of its capital is but a city.
pub(super) fn is_country(registry: &Registry, place: &PlaceId) -> bool {
    let code = registry.places.get(place).and_then(|record| record.country.as_deref());
    code.and_then(geo::country_by_code).is_some_and(|country| country.place_id == place.as_str() && !is_city(country))
}

/// Whether two people at a place may well not meet: a whole country, but for one that is smaller than many a city.
pub(super) fn is_wide(registry: &Registry, place: &PlaceId) -> bool {
    is_country(registry, place) && registry.country_of(place).is_none_or(|code| !SMALL.contains(&code))
}

/// Countries of less than 1,200 km² in one piece (ISO 3166-1): who was on Bermuda, or on Malta, was where the others were.
const SMALL: [&str; 30] = [
    "AD", "AI", "AW", "BB", "BH", "BL", "BM", "CW", "DM", "GD", "GG", "GI", "GU", "HK", "IM", "JE", "KN", "LC", "LI", "MC", "MF",
    "MO", "MQ", "MS", "MT", "NR", "SG", "SM", "SX", "VA",
];

/// Singapore, Monaco, Luxembourg.
fn is_city(country: geo::Country) -> bool {
    country.capital.and_then(geo::place).is_some_and(|capital| capital.name() == country.name)
}
