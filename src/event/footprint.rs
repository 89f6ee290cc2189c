//! The footprint of an entry: what it is about, and on which days, as keys and days that an index can sort.
//!
//! A footprint may be wider than the entry, never narrower: whoever looks something up reads every line that could matter, and the fold
//! decides. So days are widened by what zones can shift them, a meeting belongs to everybody who was ever on its list, and two subjects
//! whose keys collide only cost time.

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::{Entry, EntryId, Event, Kind, Reference, Source, Telling, What, Who};
use crate::names;
use crate::time::{Published, When};

/// The version of keys and days: an index of another is built anew.
///
/// | version | since | change |
/// |---|---|---|
/// | 1 | 0.1.0 | the first |
pub const FOOTPRINT: u32 = 1;

/// Up to how many days a footprint counts as short: the short ones are found by their first day alone.
pub const SHORT: i32 = 40;

/// By how many days zones can shift a day, the day itself and the hour of publication included.
const SHIFT: i32 = 2;

/// Days since 1970-01-01, both ends included; the least and the greatest number stand for an open end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Days {
    /// The first.
    pub from: i32,
    /// The last.
    pub to: i32,
}

impl Days {
    /// Every day.
    pub const ALL: Self = Self { from: i32::MIN, to: i32::MAX };

    /// A day alone.
    #[must_use]
    pub fn one(day: i32) -> Self {
        Self { from: day, to: day }
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// Whether they are so many that the first one alone does not find them.
    #[must_use]
    pub fn are_long(self) -> bool {
        self.to.checked_sub(self.from).is_none_or(|length| length > SHORT)
    }

    fn widened(self) -> Self {
        let from = if self.from == i32::MIN { self.from } else { self.from.saturating_sub(SHIFT) };
        let to = if self.to == i32::MAX { self.to } else { self.to.saturating_add(SHIFT) };
        Self { from, to }
    }

    fn around(self, other: Self) -> Self {
        Self { from: self.from.min(other.from), to: self.to.max(other.to) }
    }
}

/// The number of a day, from 1970-01-01 on.
#[must_use]
pub fn day_number(day: NaiveDate) -> i32 {
    day.num_days_from_ce() - 719_163
}

/// The day of a number; the ends of the calendar for those beyond.
#[must_use]
pub fn numbered_day(number: i32) -> NaiveDate {
    let end = if number < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    number.checked_add(719_163).and_then(NaiveDate::from_num_days_from_ce_opt).unwrap_or(end)
}

/// What entries are looked up by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject<'a> {
    /// Who moves or is there, or is said not to be: on these days.
    Official(&'a str),
    /// Who is on the list of a meeting: on the days that it was ever given.
    Seat(&'a str),
    /// Where somebody moves to or is, or a meeting is to be: on these days.
    Place(&'a str),
    /// The same without any day: journeys whose time is too vague.
    Undated(&'a str),
    /// What a meeting's events tell, and absences from it.
    Meeting(&'a str),
    /// What somebody said.
    Speaker(&'a str),
    /// What was said about something.
    About(&'a str),
    /// What is part of a trip.
    Trip(&'a str),
    /// Who or what an id is.
    Defines(Kind, &'a str),
    /// The places that lie in one.
    Within(&'a str),
    /// A name of an official, party, place or trip, as names are compared, or one of its words.
    Word(&'a str),
    /// The same of the ids and titles of meetings.
    Title(&'a str),
    /// Whatever says who or what an official, a party or a place is; trips are as many as there are journeys.
    Registry,
    /// An entry by its id.
    Entry(EntryId),
    /// What replaces, cancels or takes back something of an entry.
    Refers(EntryId),
    /// A record of a source.
    Record(Option<&'a str>, &'a str),
    /// What is under an embargo that ends on a day.
    Embargo,
}

impl Subject<'_> {
    /// The key: 64 bits, evenly spread. Keys of days beyond [`SHORT`] are others: see [`Key::long`].
    #[must_use]
    pub fn key(self) -> Key {
        Key(match self {
            Self::Official(id) => hash(1, id.as_bytes()),
            Self::Seat(id) => hash(43, id.as_bytes()),
            Self::Place(id) => hash(2, id.as_bytes()),
            Self::Undated(id) => hash(3, id.as_bytes()),
            Self::Meeting(id) => hash(4, id.as_bytes()),
            Self::Speaker(name) => hash(5, name.as_bytes()),
            Self::About(id) => hash(6, id.as_bytes()),
            Self::Trip(id) => hash(7, id.as_bytes()),
            Self::Defines(kind, id) => hash(16 + kind as u64, id.as_bytes()),
            Self::Within(id) => hash(8, id.as_bytes()),
            Self::Word(word) => hash(9, word.as_bytes()),
            Self::Entry(id) => hash(10, id.0.as_bytes()),
            Self::Refers(id) => hash(11, id.0.as_bytes()),
            Self::Record(outlet, record) => {
                let outlet = outlet.map_or(0, |outlet| hash(12, outlet.as_bytes()));
                hash(outlet.wrapping_add(13), record.as_bytes())
            }
            Self::Embargo => hash(14, b""),
            Self::Title(word) => hash(41, word.as_bytes()),
            Self::Registry => hash(42, b""),
        })
    }
}

/// A subject as an index knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key(pub u64);

impl Key {
    /// Where footprints of more than [`SHORT`] days stand.
    #[must_use]
    pub fn long(self) -> Self {
        Self(hash(15, &self.0.to_le_bytes()))
    }

    /// Where a footprint of these days stands.
    #[must_use]
    pub fn of(self, days: Days) -> Self {
        if days.are_long() { self.long() } else { self }
    }
}

fn hash(tag: u64, bytes: &[u8]) -> u64 {
    xxh3_64_with_seed(bytes, tag)
}

/// Hands out what an entry is about, each with its days. What meetings place is not among it: that takes all events of a meeting, see
/// [`seats`], [`dates`] and the index.
pub fn footprint(entry: &Entry, each: &mut dyn FnMut(Key, Days)) {
    let told = told_day(entry);
    let once = Days::one(told);
    each(Subject::Entry(entry.id).key(), once);
    if let Some(until) = entry.embargo {
        each(Subject::Embargo.key(), Days::one(day_of(until) + 1));
    }
    if let Some(record) = &entry.source.record {
        each(Subject::Record(entry.source.outlet.as_deref(), record).key(), once);
    }
    each(likeness(&entry.source, &entry.events), once);
    for event in &entry.events {
        of_event(event, told, each);
    }
}

fn of_event(event: &Event, told: i32, each: &mut dyn FnMut(Key, Days)) {
    let once = Days::one(told);
    for reference in references(event) {
        each(Subject::Refers(reference.entry()).key(), once);
    }
    if let Some(meeting) = event.what.meeting() {
        each(Subject::Meeting(meeting.as_str()).key(), once);
        let title = event.what.of_meeting().and_then(|meeting| meeting.title.as_deref());
        if title.is_some() || event.what.kind().introduces_meeting() {
            each_word(std::iter::once(meeting.as_str()).chain(title), &mut |word| each(Subject::Title(word).key(), once));
        }
    }
    if let Some(trip) = trip(&event.what) {
        each(Subject::Trip(trip).key(), once);
    }
    if let Some(id) = event.what.defines() {
        let kind = event.what.kind();
        each(Subject::Defines(kind, &id).key(), once);
        if kind != Kind::Trip {
            each(Subject::Registry.key(), once);
        }
        words(&event.what, &id, &mut |word| each(Subject::Word(word).key(), once));
    }
    match &event.what {
        What::Presence(presence) => {
            let days = presence_days(presence.when);
            for official in &presence.officials {
                each_on(Subject::Official(official.as_str()), Subject::Undated(official.as_str()), days, each);
            }
            if let Some(days) = days {
                each(Subject::Place(presence.place.as_str()).key().of(days), days);
            }
        }
        What::Travel(travel) => {
            let (depart, arrive) = (travel.depart.map(days_of), travel.arrive.or(travel.depart).map(days_of));
            let dated = [depart, arrive].into_iter().flatten().flatten().reduce(Days::around);
            let undated = arrive.is_none_or(|days| days.is_none()) || depart == Some(None);
            for official in &travel.officials {
                each_on(Subject::Official(official.as_str()), Subject::Undated(official.as_str()), dated, each);
                if undated && dated.is_some() {
                    each(Subject::Undated(official.as_str()).key(), once);
                }
            }
            if let Some(days) = dated {
                each(Subject::Place(travel.to.as_str()).key().of(days), days);
            }
        }
        What::Absence(absence) => {
            let days = absence.when.map_or(Days::ALL, |when| span(when).widened());
            for official in &absence.officials {
                each(Subject::Official(official.as_str()).key().of(days), days);
            }
            if let Who::Meeting(meeting) = &absence.from {
                each(Subject::Meeting(meeting.as_str()).key(), once);
            }
        }
        What::Statement(statement) => {
            each(Subject::Speaker(&statement.speaker).key(), once);
            for id in &statement.about {
                each(Subject::About(id).key(), once);
            }
        }
        What::Place(place) => {
            if let Some(outer) = &place.within {
                each(Subject::Within(outer.as_str()).key(), once);
            }
        }
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => {}
        What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => {}
        What::Official(_) | What::Party(_) | What::Trip(_) | What::TravelCancelled(_) | What::Retraction(_) => {}
    }
}

fn each_on(subject: Subject<'_>, undated: Subject<'_>, days: Option<Days>, each: &mut dyn FnMut(Key, Days)) {
    match days {
        Some(days) => each(subject.key().of(days), days),
        None => each(undated.key(), Days::ALL),
    }
}

/// Hands out the days on which an entry moves somebody, or says where they are not.
pub fn moved_days(entry: &Entry, each: &mut dyn FnMut(Days)) {
    let told = told_day(entry);
    for event in &entry.events {
        for official in event.what.moves() {
            let keys = [Subject::Official(official.as_str()).key(), Subject::Official(official.as_str()).key().long()];
            of_event(event, told, &mut |key, days| {
                if keys.contains(&key) {
                    each(days);
                }
            });
        }
    }
}

/// What a second telling of the same is known by: entries of one source that begin with the same report have one key.
#[must_use]
pub fn likeness(source: &Source, events: &[Event]) -> Key {
    let mut key = hash(40, source.outlet.as_deref().unwrap_or_default().as_bytes());
    for text in [&source.title, &source.url, &source.author, &source.record] {
        key = hash(key, text.as_deref().unwrap_or_default().as_bytes());
    }
    key = match source.published {
        Some(Published::Day(day)) => key.rotate_left(1) ^ u64::from(day_number(day).unsigned_abs()),
        Some(Published::At(_)) | None => key,
    };
    if let Some(event) = events.iter().find(|event| !event.what.kind().is_registry()) {
        let Telling { quote, note, .. } = &event.telling;
        key =
            hash(key.wrapping_add(event.what.kind() as u64), quote.as_deref().or(note.as_deref()).unwrap_or_default().as_bytes());
        let subject = event.what.meeting().map(super::MeetingId::as_str);
        let subject = subject.or_else(|| event.what.moves().first().map(super::OfficialId::as_str));
        let said = if let What::Statement(statement) = &event.what { Some(statement.text.as_str()) } else { None };
        key = hash(key, subject.or(said).unwrap_or_default().as_bytes());
    }
    Key(key)
}

/// The officials whom a meeting's event names, and its place.
#[must_use]
pub fn seats(what: &What) -> (Vec<&str>, Option<&str>) {
    let Some(meeting) = what.of_meeting() else { return (Vec::new(), None) };
    let officials = meeting.participants.iter().filter_map(|participant| participant.who.as_ref().ok());
    (officials.map(super::OfficialId::as_str).collect(), meeting.place.as_ref().map(super::PlaceId::as_str))
}

/// The days that a meeting's event gives it.
#[must_use]
pub fn dates(what: &What) -> Option<Days> {
    let when = if let What::MeetingPostponed(postponed) = what { postponed.when } else { what.of_meeting()?.when };
    when.map(|when| span(when).widened())
}

/// All that an event points to.
#[must_use]
pub fn references(event: &Event) -> Vec<Reference> {
    let mut found: Vec<Reference> = event.telling.replaces.iter().copied().map(Reference::Event).collect();
    match &event.what {
        What::TravelCancelled(cancelled) => found.extend(cancelled.of.iter().copied().map(Reference::Event)),
        What::Retraction(retraction) => found.extend(&retraction.of),
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) => {}
        What::Travel(_) | What::Presence(_) | What::Absence(_) | What::Statement(_) => {}
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => {}
        What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => {}
    }
    found
}

/// The names of what a registry event defines, and their words, as names are compared.
fn words(what: &What, id: &str, each: &mut dyn FnMut(&str)) {
    let (name, aliases): (Option<&String>, &[String]) = match what {
        What::Official(official) => (official.name.as_ref(), &official.aliases),
        What::Party(party) => (party.name.as_ref(), &party.aliases),
        What::Place(place) => (place.name.as_ref(), &place.aliases),
        What::Trip(trip) => (trip.title.as_ref(), &[]),
        What::Travel(_) | What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) => (None, &[]),
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => (None, &[]),
        What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => (None, &[]),
        What::Statement(_) | What::Retraction(_) => (None, &[]),
    };
    each_word(std::iter::once(id).chain(name.map(String::as_str)).chain(aliases.iter().map(String::as_str)), each);
}

fn each_word<'t>(texts: impl Iterator<Item = &'t str>, each: &mut dyn FnMut(&str)) {
    let mut seen: Vec<String> = Vec::new();
    for text in texts {
        for word in name_words(text) {
            if !seen.contains(&word) {
                each(&word);
                seen.push(word);
            }
        }
    }
}

/// What a name is looked up by: its words as names are compared, and itself as a whole.
#[must_use]
pub fn name_words(text: &str) -> Vec<String> {
    let mut found: Vec<String> = names::words(text).iter().map(|word| names::key(word)).collect();
    found.push(names::key(text));
    found.push(names::fold(text));
    found.retain(|word| !word.is_empty());
    found.sort_unstable();
    found.dedup();
    found
}

fn trip(what: &What) -> Option<&str> {
    let trip = match what {
        What::Travel(travel) => travel.trip.as_ref(),
        What::Presence(presence) => presence.trip.as_ref(),
        What::MeetingProposed(m) | What::MeetingConfirmed(m) | What::MeetingHeld(m) | What::MeetingChanged(m) => m.trip.as_ref(),
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::TravelCancelled(_) => None,
        What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => None,
        What::Absence(_) | What::Statement(_) | What::Retraction(_) => None,
    };
    trip.map(super::TripId::as_str)
}

/// The day on which an entry was told: published or, where nothing was said of that, recorded; give or take a zone.
fn told_day(entry: &Entry) -> i32 {
    match entry.source.published {
        Some(Published::Day(day)) => day_number(day),
        Some(published @ Published::At(_)) => published.exact().map_or_else(|| day_of(entry.recorded), day_of),
        None => day_of(entry.recorded),
    }
}

/// The number of the day of an instant, in UTC.
#[must_use]
pub fn day_of(at: DateTime<Utc>) -> i32 {
    day_number(at.date_naive())
}

/// The days on which a presence can put somebody somewhere; none where it puts nobody anywhere.
fn presence_days(when: When) -> Option<Days> {
    let days = span(when);
    if when.is_too_vague() || days.from == i32::MIN {
        return None;
    }
    Some(days.widened())
}

/// The days of a journey's end; none where they are too vague to show.
fn days_of(when: When) -> Option<Days> {
    let days = span(when);
    (!when.is_too_vague() && days.from != i32::MIN && days.to != i32::MAX).then(|| days.widened())
}

fn span(when: When) -> Days {
    let span = when.span(crate::time::Zone::UTC);
    Days { from: span.from.map_or(i32::MIN, day_number), to: span.to.map_or(i32::MAX, day_number) }
}
