//! What can stand at an argument: ids of the log with their names, references with what they say, cities of the gazetteer.

use std::path::PathBuf;
use std::sync::OnceLock;

use super::World;
use crate::book::Book;
use crate::event::{Level, MeetingId, Rank, Why};
use crate::geo;
use crate::projection::{Scope, Status, View};
use crate::query::Citation;

/// From how many letters on the gazetteer is asked: fewer fit thousands of cities.
const LETTERS: usize = 3;

/// The most cities that are shown, the largest first.
const CITIES: usize = 20;

/// The most entries that are shown, the newest first.
const ENTRIES: usize = 50;

/// The most characters of a quote in a menu.
const QUOTE: usize = 60;

/// What an argument takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// An official.
    Official,
    /// A party.
    Party,
    /// An official or a party.
    Seat,
    /// A place of the log.
    Place,
    /// A place of the log or of the gazetteer.
    Anywhere,
    /// A tour.
    Trip,
    /// A meeting.
    Meeting,
    /// An entry or an event.
    Reference,
    /// An official or a meeting.
    OfficialOrMeeting,
    /// A meeting, an official, an entry or an event.
    Subject,
    /// Anything that has an id.
    Name,
    /// The status of a meeting.
    Status,
    /// The rank of an official.
    Rank,
    /// The level of a meeting.
    Level,
    /// The reason of a retraction.
    Reason,
}

/// A value, and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// What is typed.
    pub value: String,
    /// What it is.
    pub says: Option<String>,
}

/// The candidates of a log, which is read when the first of them is asked for. A log that cannot be read has none.
pub struct Candidates {
    dir: PathBuf,
    read: OnceLock<Read>,
}

#[derive(Default)]
struct Read {
    officials: Vec<Candidate>,
    parties: Vec<Candidate>,
    places: Vec<Candidate>,
    trips: Vec<Candidate>,
    meetings: Vec<Candidate>,
    /// The newest first.
    entries: Vec<Entry>,
}

struct Entry {
    itself: Candidate,
    events: Vec<Candidate>,
}

impl Candidates {
    /// The candidates of the log of a directory, as it was named.
    pub fn of(dir: PathBuf, world: &World<'_>) -> Self {
        Self { dir: world.path(&dir), read: OnceLock::new() }
    }

    /// Those of a kind that begin with what is typed.
    pub fn fit(&self, kind: Kind, typed: &str) -> Vec<Candidate> {
        let read = || self.read.get_or_init(|| Book::open(&self.dir).map(|book| Read::of(&book)).unwrap_or_default());
        let fitting = |lists: &[&[Candidate]]| -> Vec<Candidate> {
            lists.iter().copied().flatten().filter(|one| one.value.starts_with(typed)).cloned().collect()
        };
        match kind {
            Kind::Official => fitting(&[&read().officials]),
            Kind::Party => fitting(&[&read().parties]),
            Kind::Seat => fitting(&[&read().officials, &read().parties]),
            Kind::Place => fitting(&[&read().places]),
            Kind::Anywhere => {
                let mut found = fitting(&[&read().places]);
                let cities = cities(typed).into_iter().filter(|city| found.iter().all(|one| one.value != city.value));
                let cities: Vec<Candidate> = cities.collect();
                found.extend(cities);
                found
            }
            Kind::Trip => fitting(&[&read().trips]),
            Kind::Meeting => fitting(&[&read().meetings]),
            Kind::Reference => read().references(typed),
            Kind::OfficialOrMeeting => fitting(&[&read().officials, &read().meetings]),
            Kind::Subject => {
                let mut found = fitting(&[&read().meetings, &read().officials]);
                found.extend(read().references(typed));
                found
            }
            Kind::Name => fitting(&[&read().officials, &read().meetings, &read().parties, &read().places]),
            Kind::Status => words(Status::ALL.iter().map(|status| status.name()), typed),
            Kind::Rank => words(Rank::ALL.iter().map(|rank| rank.name()), typed),
            Kind::Level => words(Level::ALL.iter().map(|level| level.name()), typed),
            Kind::Reason => words(Why::ALL.iter().map(|reason| reason.name()), typed),
        }
    }
}

impl Candidate {
    fn new(value: impl ToString, says: &str) -> Self {
        // A menu of a shell is a terminal too.
        let says = crate::render::visible(says).into_owned();
        Self { value: value.to_string(), says: (!says.is_empty()).then_some(says) }
    }
}

impl Read {
    fn of(book: &Book) -> Self {
        let view = View::new(book.claims(), Scope::default());
        let registry = view.registry();
        Self {
            officials: registry.officials.iter().map(|(id, record)| Candidate::new(id, &record.name)).collect(),
            parties: registry.parties.iter().map(|(id, record)| Candidate::new(id, &record.name)).collect(),
            places: registry.places.iter().map(|(id, record)| Candidate::new(id, &record.name)).collect(),
            trips: registry.trips.iter().map(|(id, record)| Candidate::new(id, &record.title)).collect(),
            meetings: view.meeting_ids().map(|id| Candidate::new(id, &title(&view, id))).collect(),
            entries: book.claims().entries().rev().map(entry).collect(),
        }
    }

    /// Entries by their number; with a dot behind it, the events of the one.
    fn references(&self, typed: &str) -> Vec<Candidate> {
        if let Some((number, _)) = typed.split_once('.') {
            let entry = self.entries.iter().find(|entry| entry.itself.value == number);
            let events = entry.into_iter().flat_map(|entry| &entry.events);
            return events.filter(|event| event.value.starts_with(typed)).cloned().collect();
        }
        let last = self.entries.first().map(|entry| Candidate { value: "last".to_owned(), ..entry.itself.clone() });
        let all = last.into_iter().chain(self.entries.iter().map(|entry| entry.itself.clone()));
        let mut found: Vec<Candidate> = all.filter(|one| one.value.starts_with(typed)).take(ENTRIES).collect();
        // The number is whole: what stands in it is next.
        if let Some(entry) = self.entries.iter().find(|entry| entry.itself.value == typed) {
            found.extend(entry.events.iter().cloned());
        }
        found
    }
}

/// The newest title of a meeting.
fn title(view: &View<'_>, id: &MeetingId) -> String {
    let facts = view.meeting_facts(id);
    facts.iter().rev().find_map(|fact| fact.event.what.of_meeting()?.title.clone()).unwrap_or_default()
}

fn entry(entry: &crate::event::Entry) -> Entry {
    let outlet = Citation::source_of(&entry.source);
    let events = entry.numbered().map(|(number, event)| {
        let kind = event.what.kind().name().replace('_', " ");
        let quote = event.telling.quote.as_ref().map_or_else(String::new, |quote| format!(": {}", beginning(quote)));
        Candidate::new(format!("{}.{number}", entry.seq), &format!("{kind}{quote}"))
    });
    let itself = Candidate::new(entry.seq, &format!("{outlet}, {}", entry.recorded.format("%-d %b %Y")));
    Entry { itself, events: events.collect() }
}

/// As much of a quote as a menu has room for.
fn beginning(quote: &str) -> String {
    let start: String = quote.chars().take(QUOTE).collect();
    let more = if start.len() < quote.len() { "…" } else { "" };
    format!("\"{}{more}\"", start.trim_end())
}

/// Cities and countries of the gazetteer, the largest first, countries before them.
fn cities(typed: &str) -> Vec<Candidate> {
    if typed.chars().count() < LETTERS {
        return Vec::new();
    }
    let mut found: Vec<geo::Place> = geo::places_from(typed).collect();
    found.sort_by_key(|place| match place {
        geo::Place::Country(_) => 0,
        geo::Place::City(city) => u32::MAX - city.population,
    });
    let says = |place: &geo::Place| match place {
        geo::Place::Country(country) => country.name.to_owned(),
        geo::Place::City(city) => {
            let country = geo::country_by_code(city.country).map_or(city.country, |country| country.name);
            format!("{}, {country}", city.name)
        }
    };
    found.iter().take(CITIES).map(|place| Candidate::new(place.id(), &says(place))).collect()
}

fn words<'w>(words: impl Iterator<Item = &'w str>, typed: &str) -> Vec<Candidate> {
    words.filter(|word| word.starts_with(typed)).map(|word| Candidate::new(word, "")).collect()
}
