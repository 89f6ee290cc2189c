//! Where something is by the words of somebody else: a place that is known, a venue in one, or a place of the name that was given.

use std::collections::HashMap;
use std::sync::Arc;

use crate::event::PlaceId;
use crate::event::wire::WireEvent;
use crate::geo;
use crate::intake::Known;
use crate::intake::places::WholeNames;
use crate::names;
use crate::time::Zone;

/// How many parts of an address, the last ones, may name the place that it is in.
const MOST_PARTS: usize = 6;

/// What stands for a place that is none, or that is not known yet.
const NOWHERE: &[&str] = &[
    "tbc",
    "tbd",
    "tba",
    "to be confirmed",
    "to be determined",
    "to be announced",
    "online",
    "virtual",
    "remote",
    "zoom",
    "zoom meeting",
    "microsoft teams",
    "microsoft teams meeting",
    "teams",
    "google meet",
    "webex",
    "skype",
    "video conference",
    "videoconference",
    "video call",
    "conference call",
    "phone",
    "phone call",
    "telephone",
    "by phone",
    "n/a",
    "none",
    "various",
];

/// Where an event is.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Location {
    /// The place.
    pub place: PlaceId,
    /// What says who it is, if nobody has said so yet.
    pub new: Option<WireEvent>,
    /// Its zone, as far as one is known.
    pub zone: Option<Zone>,
    /// Whether it is a place of which only the name is known.
    pub as_given: bool,
}

/// The locations of a calendar, each looked up once.
#[derive(Debug)]
pub(super) struct Locations {
    found: HashMap<Arc<str>, Option<Location>>,
    names: WholeNames,
}

impl Locations {
    /// With the places that the log knows.
    pub fn of(known: &Known) -> Self {
        Self { found: HashMap::new(), names: WholeNames::of(&known.registry) }
    }

    /// Takes in the place that an entry tells of.
    pub fn learn(&mut self, location: &Location) {
        if let Some(new) = &location.new {
            self.names.learn(&location.place, new.name.iter().chain(new.aliases.iter().flatten()));
        }
    }

    /// Where something is by the words of a LOCATION, and by its position if it has one; `None` for no place (empty, or a link).
    pub fn find(&mut self, known: &Known, words: &Arc<str>, position: Option<(f64, f64)>) -> Option<Location> {
        if let Some(found) = self.found.get(words) {
            return found.clone().map(|found| found.unless_known(known));
        }
        let found = look(known, &self.names, words, position);
        self.found.insert(words.clone(), found.clone());
        found
    }
}

impl Location {
    /// Once an entry has said who a place is, no other need.
    fn unless_known(self, known: &Known) -> Self {
        let new = self.new.filter(|_| !known.registry.places.contains_key(&self.place));
        Self { new, ..self }
    }
}

fn look(known: &Known, names: &WholeNames, words: &str, position: Option<(f64, f64)>) -> Option<Location> {
    let text = crate::ical::one_line(words);
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.is_empty() || is_link(&text) || NOWHERE.contains(&text.to_lowercase().as_str()) {
        return None;
    }
    if let Some(place) = names.find(known, &text) {
        return Some(Location { zone: zone(known, &place), place, new: None, as_given: false });
    }
    let outer = around(known, names, &text);
    venue(known, &text, position, outer)
}

fn is_link(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(scheme, _)| ["http", "https", "tel", "sip", "mailto"].contains(&scheme.to_lowercase().as_str()))
}

/// The place that the end of an address names: "Diriyah Palace, Riyadh" is in Riyadh. Post codes are left out.
fn around(known: &Known, names: &WholeNames, text: &str) -> Option<PlaceId> {
    let parts: Vec<String> = text.split([',', ';']).map(without_numbers).filter(|part| !part.is_empty()).collect();
    (parts.len().saturating_sub(MOST_PARTS).max(1)..parts.len())
        .find_map(|from| names.find(known, &parts.get(from..)?.join(", ")))
}

fn without_numbers(part: &str) -> String {
    let words = part.split_whitespace().filter(|word| !word.contains(|c: char| c.is_ascii_digit()));
    words.collect::<Vec<_>>().join(" ")
}

/// A place of its own. Within another it is called by the beginning of its address, is known by the whole, and has that one's country,
/// zone and, unless it has its own, position; else by the name that was given.
pub(super) fn venue(known: &Known, text: &str, position: Option<(f64, f64)>, outer: Option<PlaceId>) -> Option<Location> {
    let begin = text.split([',', ';']).next().unwrap_or(text).trim();
    let name = if outer.is_some() && !begin.starts_with(|c: char| c.is_ascii_digit()) { begin } else { text };
    let within = outer.as_ref().map(|outer| format!(" {outer}")).unwrap_or_default();
    let slug = names::slug(&format!("{name}{within}"))?;
    let zone = outer.as_ref().and_then(|outer| zone(known, outer));
    let is_it = |id: &PlaceId| {
        known.registry.places.get(id).is_some_and(|record| record.within == outer && names::key(&record.name) == names::key(name))
    };
    let there = slug.parse().ok().filter(|id| outer.is_some() && is_it(id));
    let as_given = outer.is_none();
    if let Some(place) = there {
        return Some(Location { place, new: None, zone, as_given });
    }
    let place = free_id(known, &slug)?;
    let new = WireEvent {
        kind: "place".to_owned(),
        place: Some(place.to_string()),
        name: Some(name.to_owned()),
        aliases: (name != text).then(|| vec![text.to_owned()]),
        within: outer.as_ref().map(ToString::to_string),
        lat: position.map(|(latitude, _)| latitude),
        lon: position.map(|(_, longitude)| longitude),
        ..WireEvent::default()
    };
    Some(Location { place, new: Some(new), zone, as_given })
}

/// An id like this that no place of the log or of the gazetteer has.
fn free_id(known: &Known, slug: &str) -> Option<PlaceId> {
    let numbered = (2..1_000).map(|number| {
        let room = slug.get(..60).unwrap_or(slug).trim_end_matches('-');
        format!("{room}-{number}")
    });
    let ids = std::iter::once(slug.to_owned()).chain(numbered).filter_map(|id| id.parse::<PlaceId>().ok());
    let mut free = ids.filter(|id| !known.registry.places.contains_key(id) && geo::place(id.as_str()).is_none());
    free.next()
}

/// The zone of a place, of the log or of the gazetteer.
pub(super) fn zone(known: &Known, place: &PlaceId) -> Option<Zone> {
    known.registry.known_zone(place).or_else(|| match geo::place(place.as_str())? {
        geo::Place::City(city) => city.zone.parse().ok(),
        geo::Place::Country(country) => country.zone.parse().ok(),
    })
}
