//! Places as people name them: the registry's own first, then the gazetteer.

use std::collections::HashMap;

use super::add::Additions;
use super::{Known, Problem};
use crate::event::PlaceId;
use crate::geo::{self, Found, Place};
use crate::names;
use crate::projection::{Match, Registry};

/// The place that a text means; a city of the gazetteer is added. In this order: an id; a name of a place that only this log knows; the
/// gazetteer (where it is in doubt, the one that the log names already); a run of words of a place that the log knows.
pub(super) fn find(known: &mut Known, additions: &mut Additions, text: &str) -> Result<PlaceId, Problem> {
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
        return take(known, additions, &place);
    }
    match geo::find(text) {
        Found::One(place) => take(known, additions, &place),
        Found::Several(places) => {
            let mentioned: Vec<&Place> = places
                .iter()
                .filter(|place| place.id().parse().is_ok_and(|id| known.registry.places.contains_key(&id)))
                .collect();
            match mentioned.as_slice() {
                [one] => take(known, additions, one),
                _ => Err(ambiguous(text, &places)),
            }
        }
        Found::Nothing => match known.registry.find_place(text) {
            Match::One(id) => Ok(id),
            Match::Several(ids) => Err(several(known, text, &ids)),
            Match::None => Err(unknown(known, text)),
        },
    }
}

fn take(known: &mut Known, additions: &mut Additions, place: &Place) -> Result<PlaceId, Problem> {
    additions.place(&mut known.registry, place);
    place.id().parse().map_err(|error: crate::event::IdError| Problem::new(error.to_string()))
}

/// The whole names of the places that a log knows, each looked up at once: a calendar may have thousands.
#[derive(Clone, Debug, Default)]
pub(super) struct WholeNames(HashMap<String, Vec<PlaceId>>);

impl WholeNames {
    /// Those of a registry.
    pub fn of(registry: &Registry) -> Self {
        let mut names = Self::default();
        for (id, record) in &registry.places {
            names.learn(id, std::iter::once(&record.name).chain(&record.aliases));
        }
        names
    }

    /// Takes in the names of one more place.
    pub fn learn<'n>(&mut self, id: &PlaceId, names: impl Iterator<Item = &'n String>) {
        for name in names {
            let bearers = self.0.entry(names::key(name)).or_default();
            if !bearers.contains(id) {
                bearers.push(id.clone());
            }
        }
    }

    /// The places that bear a whole name.
    pub fn bearers(&self, name: &str) -> &[PlaceId] {
        self.0.get(&names::key(name)).map_or(&[][..], Vec::as_slice)
    }

    /// The place that a text of somebody else means, in the order of [`find`], but only by a whole name: some words of one would be a guess.
    pub fn find(&self, known: &Known, text: &str) -> Option<PlaceId> {
        let is_known = |id: &PlaceId| known.registry.places.contains_key(id);
        if let Ok(id) = text.parse::<PlaceId>()
            && is_known(&id)
        {
            return Some(id);
        }
        let bearers = self.bearers(text);
        if let [only] = bearers
            && geo::place(only.as_str()).is_none()
        {
            return Some(only.clone());
        }
        if let Some(place) = geo::place(text) {
            return place.id().parse().ok();
        }
        match geo::find(text) {
            Found::One(place) => place.id().parse().ok(),
            Found::Several(places) => {
                let ids = places.iter().filter_map(|place| place.id().parse().ok()).filter(is_known);
                <[PlaceId; 1]>::try_from(ids.collect::<Vec<_>>()).ok().map(|[only]| only)
            }
            Found::Nothing => <[PlaceId; 1]>::try_from(bearers.to_vec()).ok().map(|[only]| only),
        }
    }
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
