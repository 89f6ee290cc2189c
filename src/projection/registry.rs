//! The desk's own knowledge: officials, parties, places and trips, as the log's registry events amended them, and how names find them.

use std::collections::BTreeMap;

use super::Fact;
use super::lookup::Lazy;
use crate::event::{Official, OfficialId, Party, PartyId, Place, PlaceId, Rank, Trip, TripId, What};
use crate::names;
use crate::time::{When, Zone};

/// What is known of an official.
#[derive(Clone, Debug, PartialEq)]
pub struct OfficialRecord {
    /// The full name; the id where none was given.
    pub name: String,
    /// Other names and spellings.
    pub aliases: Vec<String>,
    /// The office in words.
    pub title: Option<String>,
    /// The side acted for.
    pub party: Option<PartyId>,
    /// The kind of office.
    pub rank: Option<Rank>,
    /// Where the official is at home.
    pub base: Option<PlaceId>,
    /// Since when the office is held.
    pub since: Option<When>,
    /// Until when.
    pub until: Option<When>,
    /// The Wikidata item.
    pub wikidata: Option<String>,
}

/// What is known of a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyRecord {
    /// The name; the id where none was given.
    pub name: String,
    /// Other names, and the voices that speak for it.
    pub aliases: Vec<String>,
}

/// What is known of a place.
#[derive(Clone, Debug, PartialEq)]
pub struct PlaceRecord {
    /// The name; the id where none was given.
    pub name: String,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<String>,
    /// Latitude and longitude in degrees (WGS 84).
    pub position: Option<(f64, f64)>,
    /// Its time zone.
    pub zone: Option<Zone>,
    /// The place that it lies in.
    pub within: Option<PlaceId>,
    /// Other names.
    pub aliases: Vec<String>,
}

/// What is known of a trip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TripRecord {
    /// What it is called; the id where nothing was given.
    pub title: String,
    /// Who is on it, if that was said.
    pub officials: Vec<OfficialId>,
}

/// What a typed name fits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Match<T> {
    /// Exactly one.
    One(T),
    /// Several: it must be said more closely.
    Several(Vec<T>),
    /// Nothing.
    None,
}

/// Everything that the desk knows by name, folded in log order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Registry {
    /// Officials by id.
    pub officials: BTreeMap<OfficialId, OfficialRecord>,
    /// Parties by id.
    pub parties: BTreeMap<PartyId, PartyRecord>,
    /// Places by id.
    pub places: BTreeMap<PlaceId, PlaceRecord>,
    /// Trips by id.
    pub trips: BTreeMap<TripId, TripRecord>,
    official_names: Lazy<OfficialId>,
    party_names: Lazy<PartyId>,
    place_names: Lazy<PlaceId>,
}

/// All names of something.
fn texts<'t>(id: &'t str, name: &'t str, aliases: &'t [String]) -> impl Iterator<Item = &'t str> {
    [id, name].into_iter().chain(aliases.iter().map(String::as_str))
}

impl Registry {
    /// Folds facts in log order; each amends only the fields that it gives.
    #[must_use]
    pub fn fold(facts: &[Fact<'_>]) -> Self {
        let mut registry = Self::default();
        for fact in facts {
            registry.learn(&fact.event.what);
        }
        registry
    }

    /// Takes in one event; what is not the desk's own knowledge passes by.
    pub fn learn(&mut self, what: &What) {
        match what {
            What::Official(official) => self.learn_official(official),
            What::Party(party) => self.learn_party(party),
            What::Place(place) => self.learn_place(place),
            What::Trip(trip) => self.learn_trip(trip),
            What::Travel(_) | What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) => {}
            What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => {}
            What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => {}
            What::Statement(_) | What::Retraction(_) => {}
        }
    }

    fn learn_official(&mut self, event: &Official) {
        let record = self.officials.entry(event.official.clone()).or_insert_with(|| OfficialRecord {
            name: event.official.to_string(),
            aliases: Vec::new(),
            title: None,
            party: None,
            rank: None,
            base: None,
            since: None,
            until: None,
            wikidata: None,
        });
        rename(&mut record.name, &mut record.aliases, event.name.as_ref(), event.official.as_str());
        add(&mut record.aliases, &event.aliases);
        self.official_names.learn(&event.official, texts(event.official.as_str(), &record.name, &record.aliases));
        amend(&mut record.title, &event.title);
        amend(&mut record.party, &event.party);
        amend(&mut record.rank, &event.rank);
        amend(&mut record.base, &event.base);
        amend(&mut record.since, &event.since);
        amend(&mut record.until, &event.until);
        amend(&mut record.wikidata, &event.wikidata);
    }

    fn learn_party(&mut self, event: &Party) {
        let record = self
            .parties
            .entry(event.party.clone())
            .or_insert_with(|| PartyRecord { name: event.party.to_string(), aliases: Vec::new() });
        rename(&mut record.name, &mut record.aliases, event.name.as_ref(), event.party.as_str());
        add(&mut record.aliases, &event.aliases);
        self.party_names.learn(&event.party, texts(event.party.as_str(), &record.name, &record.aliases));
    }

    fn learn_place(&mut self, event: &Place) {
        let record = self.places.entry(event.place.clone()).or_insert_with(|| PlaceRecord {
            name: event.place.to_string(),
            country: None,
            position: None,
            zone: None,
            within: None,
            aliases: Vec::new(),
        });
        rename(&mut record.name, &mut record.aliases, event.name.as_ref(), event.place.as_str());
        add(&mut record.aliases, &event.aliases);
        self.place_names.learn(&event.place, texts(event.place.as_str(), &record.name, &record.aliases));
        amend(&mut record.country, &event.country);
        amend(&mut record.position, &event.lat.zip(event.lon));
        amend(&mut record.zone, &event.zone);
        amend(&mut record.within, &event.within);
    }

    fn learn_trip(&mut self, event: &Trip) {
        let record = self
            .trips
            .entry(event.trip.clone())
            .or_insert_with(|| TripRecord { title: event.trip.to_string(), officials: Vec::new() });
        if let Some(title) = &event.title {
            record.title.clone_from(title);
        }
        for official in &event.officials {
            if !record.officials.contains(official) {
                record.officials.push(official.clone());
            }
        }
    }

    /// The name of an official for people; the id where nothing is known.
    #[must_use]
    pub fn official_name<'a>(&'a self, id: &'a OfficialId) -> &'a str {
        self.officials.get(id).map_or(id.as_str(), |record| &record.name)
    }

    /// The name of a place for people; the id where nothing is known.
    #[must_use]
    pub fn place_name<'a>(&'a self, id: &'a PlaceId) -> &'a str {
        self.places.get(id).map_or(id.as_str(), |record| &record.name)
    }

    /// The name of a party for people; the id where nothing is known.
    #[must_use]
    pub fn party_name<'a>(&'a self, id: &'a PartyId) -> &'a str {
        self.parties.get(id).map_or(id.as_str(), |record| &record.name)
    }

    /// The party of an official.
    #[must_use]
    pub fn party_of(&self, id: &OfficialId) -> Option<&PartyId> {
        self.officials.get(id).and_then(|record| record.party.as_ref())
    }

    /// The zone of a place, or of the nearest place around it that has one.
    #[must_use]
    pub fn known_zone(&self, place: &PlaceId) -> Option<Zone> {
        self.around(place).find_map(|id| self.places.get(id).and_then(|record| record.zone))
    }

    /// The zone of a place; `otherwise` where none is known.
    #[must_use]
    pub fn zone_of(&self, place: Option<&PlaceId>, otherwise: Zone) -> Zone {
        place.and_then(|place| self.known_zone(place)).unwrap_or(otherwise)
    }

    /// The country of a place (ISO 3166-1 alpha-2): its own, else that of the nearest place around it that has one.
    #[must_use]
    pub fn country_of(&self, place: &PlaceId) -> Option<&str> {
        self.around(place).find_map(|id| self.places.get(id)?.country.as_deref())
    }

    /// Whether a place is another or lies in it.
    #[must_use]
    pub fn is_within(&self, place: &PlaceId, outer: &PlaceId) -> bool {
        self.around(place).any(|id| id == outer)
    }

    /// A place, the place that it lies in, and so on outwards. Circles end after 16 steps.
    fn around<'a>(&'a self, place: &'a PlaceId) -> impl Iterator<Item = &'a PlaceId> {
        std::iter::successors(Some(place), |id| self.places.get(*id).and_then(|record| record.within.as_ref())).take(16)
    }

    /// The official that a typed name means.
    #[must_use]
    pub fn find_official(&self, typed: &str) -> Match<OfficialId> {
        if let Some(id) = by_id(typed, &self.officials) {
            return Match::One(id);
        }
        let all = self.officials.iter().map(|(id, record)| (id, texts(id.as_str(), &record.name, &record.aliases)));
        let found = self.official_names.candidates(typed, all);
        let known = found.iter().filter_map(|id| Some((id, self.officials.get(id)?)));
        find(typed, known.map(|(id, record)| (id, id.as_str(), record.name.as_str(), &record.aliases)))
    }

    /// The party that a typed name or voice means.
    #[must_use]
    pub fn find_party(&self, typed: &str) -> Match<PartyId> {
        if let Some(id) = by_id(typed, &self.parties) {
            return Match::One(id);
        }
        let all = self.parties.iter().map(|(id, record)| (id, texts(id.as_str(), &record.name, &record.aliases)));
        let found = self.party_names.candidates(typed, all);
        let known = found.iter().filter_map(|id| Some((id, self.parties.get(id)?)));
        find(typed, known.map(|(id, record)| (id, id.as_str(), record.name.as_str(), &record.aliases)))
    }

    /// The place that a typed name means, among those that the log knows.
    #[must_use]
    pub fn find_place(&self, typed: &str) -> Match<PlaceId> {
        if let Some(id) = by_id(typed, &self.places) {
            return Match::One(id);
        }
        let all = self.places.iter().map(|(id, record)| (id, texts(id.as_str(), &record.name, &record.aliases)));
        let found = self.place_names.candidates(typed, all);
        let known = found.iter().filter_map(|id| Some((id, self.places.get(id)?)));
        find(typed, known.map(|(id, record)| (id, id.as_str(), record.name.as_str(), &record.aliases)))
    }

    /// The trip that a typed name means.
    #[must_use]
    pub fn find_trip(&self, typed: &str) -> Match<TripId> {
        if let Some(id) = by_id(typed, &self.trips) {
            return Match::One(id);
        }
        find(typed, self.trips.iter().map(|(id, record)| (id, id.as_str(), record.title.as_str(), &record.officials)))
    }
}

/// What a text is the very id of.
fn by_id<I: std::str::FromStr + Ord, R>(typed: &str, known: &BTreeMap<I, R>) -> Option<I> {
    typed.parse().ok().filter(|id| known.contains_key(id))
}

/// The thing that a typed name means: by id, else by whole name or alias, else by any run of whole words of these that fits exactly one;
/// whatever the case, accents or transliteration.
pub fn find<'a, T: Clone + Eq + 'a, A: ToString + 'a>(
    typed: &str,
    known: impl Iterator<Item = (&'a T, &'a str, &'a str, &'a Vec<A>)> + Clone,
) -> Match<T> {
    let folded = names::fold(typed);
    if let Some((id, ..)) = known.clone().find(|(_, id, ..)| *id == typed || names::fold(id) == folded) {
        return Match::One(id.clone());
    }
    let turned = names::reordered(typed);
    let ways: Vec<&str> = std::iter::once(typed).chain(turned.as_deref()).collect();
    // Once for all names that are known, which may be thousands.
    let (keys, runs): (Vec<String>, Vec<Vec<String>>) = ways.iter().map(|way| (names::key(way), words_of(way))).unzip();
    let whole = |text: &str| keys.contains(&names::key(text));
    let run = |text: &str| {
        let words = words_of(text);
        runs.iter().any(|way| names::has_run(&words, way))
    };
    for fits in [&whole as &dyn Fn(&str) -> bool, &run] {
        let mut found: Vec<T> = Vec::new();
        for (id, text, name, aliases) in known.clone() {
            let fit = fits(text) || fits(name) || aliases.iter().any(|alias| fits(&alias.to_string()));
            if fit && !found.contains(id) {
                found.push(id.clone());
            }
        }
        match (found.pop(), found.is_empty()) {
            (None, _) => {}
            (Some(one), true) => return Match::One(one),
            (Some(last), false) => {
                found.push(last);
                return Match::Several(found);
            }
        }
    }
    Match::None
}

/// The words of a name as they are compared: whatever the transliteration, hyphenated words as one.
pub(super) fn words_of(text: &str) -> Vec<String> {
    names::words(text).iter().map(|word| names::key(word)).collect()
}

/// A new name keeps the old one as an alias, so that what was typed yesterday still finds it.
fn rename(name: &mut String, aliases: &mut Vec<String>, new: Option<&String>, id: &str) {
    let Some(new) = new.filter(|new| *new != name) else { return };
    let old = std::mem::replace(name, new.clone());
    if old != id {
        add(aliases, &[old]);
    }
}

fn add(list: &mut Vec<String>, new: &[String]) {
    for text in new {
        if !list.contains(text) {
            list.push(text.clone());
        }
    }
}

fn amend<T: Clone>(field: &mut Option<T>, new: &Option<T>) {
    if new.is_some() {
        field.clone_from(new);
    }
}
