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
    let km = between(registry, from?, to)?.round();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a distance on Earth: 0 to 20,037")]
    Some(km as u64)
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

/// Singapore, Monaco, Luxembourg.
fn is_city(country: geo::Country) -> bool {
    country.capital.and_then(geo::place).is_some_and(|capital| capital.name() == country.name)
}
