//! The places of a world: 150 countries and 800 cities, from a table of its own.

use crate::event::{Event, EventError, Party, PartyId, Place, PlaceId, Telling, What};
use crate::time::Zone;

const TABLE: &str = include_str!("places.tsv");

/// All countries and cities, by their numbers.
pub(super) struct Atlas {
    pub countries: Vec<Country>,
    pub places: Vec<Spot>,
}

/// A country: a party, and a place.
pub(super) struct Country {
    pub code: &'static str,
    pub name: &'static str,
    pub party: PartyId,
    /// The number of the country as a place; its cities follow it, the capital first.
    pub place: usize,
    /// How many cities it has.
    pub cities: usize,
    /// Whether the log knows it as a party.
    pub is_introduced: bool,
}

/// A place.
pub(super) struct Spot {
    pub id: PlaceId,
    pub name: &'static str,
    pub country: usize,
    /// Degrees north and east, in 1/100,000.
    pub position: (i32, i32),
    pub zone: Zone,
    /// Whether the log knows it.
    pub is_introduced: bool,
}

impl Country {
    /// The number of the capital.
    pub fn capital(&self) -> usize {
        self.place + 1
    }
}

impl Atlas {
    /// Reads the table.
    ///
    /// # Errors
    /// When a line of it names what is no id or no zone, which a test rules out.
    pub fn read() -> Result<Self, EventError> {
        let mut atlas = Self { countries: Vec::new(), places: Vec::new() };
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let fields: Vec<&'static str> = line.split('\t').collect();
            match fields.as_slice() {
                ["", id, name, lat, lon, zone] => atlas.add_city(id, name, (whole(lat), whole(lon)), zone.parse()?)?,
                [code, id, name] => {
                    let (place, party) = (atlas.places.len(), code.to_lowercase().parse()?);
                    let country = atlas.countries.len();
                    atlas.countries.push(Country { code, name, party, place, cities: 0, is_introduced: false });
                    let (id, position, zone) = (id.parse()?, (0, 0), Zone::UTC);
                    atlas.places.push(Spot { id, name, country, position, zone, is_introduced: false });
                }
                _ => {}
            }
        }
        Ok(atlas)
    }

    fn add_city(&mut self, id: &str, name: &'static str, position: (i32, i32), zone: Zone) -> Result<(), EventError> {
        let number = self.countries.len().saturating_sub(1);
        if let Some(country) = self.countries.last_mut() {
            country.cities += 1;
            // A country stands at its capital, and bears the capital's zone.
            if country.cities == 1
                && let Some(place) = self.places.get_mut(country.place)
            {
                (place.position, place.zone) = (position, zone);
            }
        }
        self.places.push(Spot { id: id.parse()?, name, country: number, position, zone, is_introduced: false });
        Ok(())
    }

    /// Puts the events before others that make a place known, with the country that it lies in, unless they are.
    pub fn introduce_place(&mut self, number: usize, added: &mut Vec<Event>) {
        if self.places[number].is_introduced {
            return;
        }
        self.places[number].is_introduced = true;
        let country = &self.countries[self.places[number].country];
        let (code, around) = (country.code, country.place);
        if around != number {
            self.introduce_place(around, added);
        }
        let within = (around != number).then(|| self.places[around].id.clone());
        let Spot { id, name, position: (lat, lon), zone, .. } = &self.places[number];
        added.push(told(What::Place(Place {
            place: id.clone(),
            name: Some((*name).to_owned()),
            country: Some(code.to_owned()),
            lat: Some(degrees(*lat)),
            lon: Some(degrees(*lon)),
            zone: Some(*zone),
            within,
            aliases: Vec::new(),
        })));
    }

    /// The same for a country as a party, with the voice that speaks for it.
    pub fn introduce_party(&mut self, number: usize, added: &mut Vec<Event>) {
        let voice = self.voice(number);
        let country = &mut self.countries[number];
        if !std::mem::replace(&mut country.is_introduced, true) {
            let (party, name) = (country.party.clone(), Some(country.name.to_owned()));
            added.push(told(What::Party(Party { party, name, aliases: vec![voice.to_owned()] })));
        }
    }

    /// The voice of a country: its capital.
    pub fn voice(&self, country: usize) -> &'static str {
        self.places[self.countries[country].capital()].name
    }

    /// How many hours a flight between two places takes, at least: no way is longer than along a meridian and then along the equator.
    pub fn flight_hours(&self, from: usize, to: usize) -> i64 {
        let ((lat, lon), (other_lat, other_lon)) = (self.places[from].position, self.places[to].position);
        let east = lon.abs_diff(other_lon);
        let degrees = (lat.abs_diff(other_lat) + east.min(36_000_000 - east)) / 100_000;
        // 111 km to a degree, 800 km to an hour, and an hour on the ground.
        i64::from(degrees) * 111 / 800 + 1
    }

    /// Whether two places lie a quarter of the world apart: then one who leaves in the morning may not arrive on the same day there.
    pub fn is_far(&self, from: usize, to: usize) -> bool {
        self.places[from].position.1.abs_diff(self.places[to].position.1) > 9_000_000
    }
}

/// What an event says, with nothing about how it was told.
pub(super) fn told(what: What) -> Event {
    Event { what, telling: Telling::default() }
}

/// Exact to the last digit that the table has, on every machine: one division of whole numbers.
fn degrees(hundred_thousandths: i32) -> f64 {
    f64::from(hundred_thousandths) / 100_000.0
}

fn whole(text: &str) -> i32 {
    text.parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::Atlas;

    #[test]
    fn the_table_has_150_countries_with_800_cities() {
        let atlas = Atlas::read().ok();
        let count = atlas.as_ref().map(|atlas| (atlas.countries.len(), atlas.places.len() - atlas.countries.len()));
        assert_eq!(count, Some((150, 800)));
        let cities: Option<usize> = atlas.map(|atlas| atlas.countries.iter().map(|country| country.cities).sum());
        assert_eq!(cities, Some(800));
    }
}
