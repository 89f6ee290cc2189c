//! Events that the program adds by itself: a place from the gazetteer, a country as a party, so that replay depends on neither.

use crate::event::{Event, EventError, OfficialId, PartyId, PlaceId, TripId, What};
use std::collections::BTreeMap;

use crate::event::wire::WireEvent;
use crate::geo::{City, Country, Place};
use crate::projection::{OfficialRecord, PartyRecord, PlaceRecord, Registry, TripRecord};

/// What was added to an entry, after the events that were given; and what the registry knew before it learnt from the entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Additions {
    pub events: Vec<WireEvent>,
    before: Vec<Before>,
}

/// A record of the registry as it was; `None` where there was none.
#[derive(Clone, Debug)]
enum Before {
    Official(OfficialId, Option<OfficialRecord>),
    Party(PartyId, Option<PartyRecord>),
    Place(PlaceId, Option<PlaceRecord>),
    Trip(TripId, Option<TripRecord>),
}

impl Additions {
    /// Adds an event, and lets the registry know it.
    pub fn add(&mut self, registry: &mut Registry, wire: WireEvent) {
        if let Ok(Event { what, .. }) = Event::try_from(&wire) {
            self.learn(registry, &what);
            self.events.push(wire);
        }
    }

    /// Lets the registry know an event, in a way that can be undone.
    pub fn learn(&mut self, registry: &mut Registry, what: &What) {
        self.before.extend(match what {
            What::Official(o) => Some(Before::Official(o.official.clone(), registry.officials.get(&o.official).cloned())),
            What::Party(p) => Some(Before::Party(p.party.clone(), registry.parties.get(&p.party).cloned())),
            What::Place(p) => Some(Before::Place(p.place.clone(), registry.places.get(&p.place).cloned())),
            What::Trip(t) => Some(Before::Trip(t.trip.clone(), registry.trips.get(&t.trip).cloned())),
            What::Travel(_) | What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) => None,
            What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => None,
            What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => None,
            What::Statement(_) | What::Retraction(_) => None,
        });
        registry.learn(what);
    }

    /// Puts the registry back as it was before the entry, which is refused.
    pub fn undo(self, registry: &mut Registry) {
        for before in self.before.into_iter().rev() {
            match before {
                Before::Official(id, record) => restore(&mut registry.officials, id, record),
                Before::Party(id, record) => restore(&mut registry.parties, id, record),
                Before::Place(id, record) => restore(&mut registry.places, id, record),
                Before::Trip(id, record) => restore(&mut registry.trips, id, record),
            }
        }
    }

    /// Adds a place of the gazetteer, and the country that it lies in, unless they are known.
    pub fn place(&mut self, registry: &mut Registry, place: &Place) {
        if is_known_place(registry, place.id()) {
            return;
        }
        match place {
            Place::City(city) => {
                if let Some(country) = crate::geo::country_by_code(city.country) {
                    self.place(registry, &Place::Country(country));
                }
                self.add(registry, city_event(city));
            }
            Place::Country(country) => self.add(registry, country_event(country)),
        }
    }

    /// Adds a country as a party, unless it is known.
    pub fn party(&mut self, registry: &mut Registry, country: &Country) {
        let id = country.code.to_lowercase();
        if id.parse().is_ok_and(|id| !registry.parties.contains_key(&id)) {
            let wire = WireEvent { party: Some(id), name: Some(country.name.to_owned()), ..kind("party") };
            self.add(registry, wire);
        }
    }

    /// Adds an official by name alone, if it is a name.
    pub fn official(&mut self, registry: &mut Registry, id: &str, name: &str) -> Result<(), EventError> {
        let wire = WireEvent { official: Some(id.to_owned()), name: Some(name.to_owned()), ..kind("official") };
        Event::try_from(&wire)?;
        self.add(registry, wire);
        Ok(())
    }
}

fn restore<K: Ord, R>(records: &mut BTreeMap<K, R>, id: K, record: Option<R>) {
    match record {
        Some(record) => records.insert(id, record),
        None => records.remove(&id),
    };
}

fn is_known_place(registry: &Registry, id: &str) -> bool {
    id.parse().is_ok_and(|id| registry.places.contains_key(&id))
}

fn kind(name: &str) -> WireEvent {
    WireEvent { kind: name.to_owned(), ..WireEvent::default() }
}

/// A city of the gazetteer as an event; it lies in its country.
pub(super) fn city_event(city: &City) -> WireEvent {
    WireEvent {
        place: Some(city.id.to_owned()),
        name: Some(city.name.to_owned()),
        country: Some(city.country.to_owned()),
        lat: Some(city.lat),
        lon: Some(city.lon),
        zone: Some(city.zone.to_owned()),
        within: crate::geo::country_by_code(city.country).map(|country| country.place_id.to_owned()),
        ..kind("place")
    }
}

/// A country of the gazetteer as an event; it stands at its capital, and bears the capital's zone.
pub(super) fn country_event(country: &Country) -> WireEvent {
    WireEvent {
        place: Some(country.place_id.to_owned()),
        name: Some(country.name.to_owned()),
        country: Some(country.code.to_owned()),
        lat: Some(country.lat),
        lon: Some(country.lon),
        zone: Some(country.zone.to_owned()),
        ..kind("place")
    }
}

/// What an event of the registry says of a place that the gazetteer knows, filled up from there, though not from a namesake in another
/// country. What it lies in is left to the caller, who adds that place too.
pub(super) fn fill_place(wire: &mut WireEvent) {
    let Some(place) = wire.place.as_deref().and_then(crate::geo::place) else { return };
    let known = match &place {
        Place::City(city) => city_event(city),
        Place::Country(country) => country_event(country),
    };
    if wire.country.is_some() && wire.country != known.country {
        return;
    }
    wire.name = wire.name.take().or(known.name);
    wire.country = wire.country.take().or(known.country);
    if wire.lat.is_none() && wire.lon.is_none() {
        (wire.lat, wire.lon) = (known.lat, known.lon);
    }
    wire.zone = wire.zone.take().or(known.zone);
}
