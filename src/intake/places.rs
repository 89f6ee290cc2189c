//! Places as people name them: the registry's own first, then the gazetteer.

use super::add::Additions;
use super::{Known, Problem};
use crate::event::PlaceId;
use crate::geo::{self, Found, Place};
use crate::names;
use crate::projection::Match;

/// The place that a text means; a city of the gazetteer is added. In this order: an id; a name of a place that only this log knows; the
/// gazetteer (where it is in doubt, the one that the log names already); a run of words of a place that the log knows.
pub(super) fn find(known: &mut Known, additions: &mut Additions, text: &str) -> Result<PlaceId, Problem> {
    look(known, additions, text).map_err(|unfound| match unfound {
        Unfound::Listed(places) => ambiguous(text, &places),
        Unfound::Known(ids) => several(known, text, &ids),
        Unfound::Nothing => unknown(known, text),
    })
}

/// Why a text means no place. Apart from its [`Problem`], for which all names are looked through for the nearest.
enum Unfound {
    /// Places of the gazetteer have this name.
    Listed(Vec<Place>),
    /// Places of the log have these words in their names.
    Known(Vec<PlaceId>),
    /// Nothing is called so.
    Nothing,
}

fn look(known: &mut Known, additions: &mut Additions, text: &str) -> Result<PlaceId, Unfound> {
    if let Ok(id) = text.parse::<PlaceId>()
        && known.registry.places.contains_key(&id)
    {
        return Ok(id);
    }
    if let Match::One(id) = known.registry.find_place(text)
        && geo::place(id.as_str()).is_none()
        && is_named(known, &id, text)
    {
        return Ok(id);
    }
    if let Some(place) = geo::place(text) {
        return take(known, additions, &place).ok_or(Unfound::Nothing);
    }
    match geo::find(text) {
        Found::One(place) => take(known, additions, &place).ok_or(Unfound::Nothing),
        Found::Several(places) => {
            let mentioned: Vec<&Place> = places
                .iter()
                .filter(|place| place.id().parse().is_ok_and(|id| known.registry.places.contains_key(&id)))
                .collect();
            match mentioned.as_slice() {
                [one] => take(known, additions, one).ok_or(Unfound::Nothing),
                _ => Err(Unfound::Listed(places)),
            }
        }
        Found::Nothing => match known.registry.find_place(text) {
            Match::One(id) => Ok(id),
            Match::Several(ids) => Err(Unfound::Known(ids)),
            Match::None => Err(Unfound::Nothing),
        },
    }
}

/// A place of the gazetteer, added; each has an id that is one.
fn take(known: &mut Known, additions: &mut Additions, place: &Place) -> Option<PlaceId> {
    additions.place(&mut known.registry, place);
    place.id().parse().ok()
}

/// The place that a text of somebody else means, if it is a whole name: some words of a name would be a guess. Nothing is added yet.
pub(super) fn whole(known: &mut Known, text: &str) -> Option<PlaceId> {
    let mut additions = Additions::default();
    let found = look(known, &mut additions, text).ok();
    additions.undo(&mut known.registry);
    let is_listed = geo::place(text).is_some() || !matches!(geo::find(text), Found::Nothing);
    found.filter(|id| is_listed || id.as_str() == text || is_named(known, id, text))
}

/// Whether a text is a whole name of a place, not only some words of it.
fn is_named(known: &Known, id: &PlaceId, text: &str) -> bool {
    known.registry.places.get(id).is_some_and(|record| {
        std::iter::once(&record.name).chain(&record.aliases).any(|name| names::key(name) == names::key(text))
    })
}

pub(super) fn ambiguous(text: &str, places: &[Place]) -> Problem {
    let one = |place: &Place| match place {
        Place::City(city) => {
            let region = geo::region_name(city.country, city.region).map(|region| format!("{region}, ")).unwrap_or_default();
            let country = geo::country_by_code(city.country).map_or(city.country, |country| country.name);
            format!("{} ({}{}, {} people)", city.id, region, country, names::thousands(city.population.into()))
        }
        Place::Country(country) => format!("{} (the country)", country.place_id),
    };
    let list: Vec<String> = places.iter().take(5).map(one).collect();
    // The country tells them apart, unless they all lie in one: then the region does.
    let one_country = places.windows(2).all(|pair| pair[0].country_code() == pair[1].country_code());
    let area = places.first().and_then(|place| match place {
        Place::City(city) if one_country => geo::region_name(city.country, city.region),
        Place::City(_) | Place::Country(_) => geo::country_by_code(place.country_code()).map(|country| country.name),
    });
    let example = area.map(|area| format!("the country or region (\"{text}, {area}\"), or ")).unwrap_or_default();
    Problem::new(format!("\"{text}\" is several places: {}", list.join(", "))).about(text).hint(format!("name {example}the id"))
}

pub(super) fn several(known: &Known, text: &str, ids: &[PlaceId]) -> Problem {
    let list: Vec<String> = ids.iter().map(|id| format!("{id} ({})", known.registry.place_name(id))).collect();
    Problem::new(format!("\"{text}\" fits several places: {}", list.join(", "))).about(text).hint("name one of them by its id")
}

pub(super) fn unknown(known: &Known, text: &str) -> Problem {
    let mut close: Vec<String> = Vec::new();
    let registry = known.registry.places.values().map(|record| record.name.as_str());
    close.extend(names::nearest(text, registry, 3).into_iter().map(str::to_owned));
    for place in geo::nearest(text, 3) {
        let country = geo::country_by_code(place.country_code()).map_or("", |country| country.name);
        let shown = format!("{}, {country}", place.name());
        if close.len() < 3 && !close.iter().any(|known| shown.starts_with(known.as_str())) {
            close.push(shown);
        }
    }
    let id = names::slug(text).unwrap_or_else(|| "new-place".to_owned());
    let problem = Problem::new(format!("no place is called \"{text}\"")).about(text);
    let problem = if close.is_empty() { problem } else { problem.hint(format!("close to {}", close.join("; "))) };
    let problem = if text.split(',').count() > 2 {
        problem.hint("if these are several places, each has an event of its own")
    } else {
        problem
    };
    problem.hint(format!("a venue or small place is added by the line: place {id} \"{text}\" --within CITY"))
}
