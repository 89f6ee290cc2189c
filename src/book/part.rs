//! A part of a log: what a question needs of it, found by the index, and nothing else.
//!
//! Whatever is asked, the same folds answer it, from the same events: those that a part shows are all there is of their kind. What a part
//! holds of a meeting is all of it; of an official, all that touches the days that were asked for; of an id, all that says who or what it is.
//! An entry that is needed for one of its events shows that event alone. What takes something back stands wherever it stands.

use std::collections::{HashMap, HashSet};

use crate::event::{
    Days, EntryId, Event, Key, Kind, MeetingId, Position, Reference, Subject, What, Who, likeness, name_words, references, seats,
};
use crate::log::{Broken, Index, Spot};
use crate::projection::Claims;

/// What was found of a log so far.
#[derive(Debug)]
pub(super) struct Part {
    pub index: Index,
    loaded: HashMap<Spot, u64>,
    looked_up: HashSet<Key>,
    /// Whether all that says who or what any id is was found.
    knows_all: bool,
    /// What the tail says about earlier entries.
    tail: HashMap<EntryId, Vec<Position>>,
}

/// A part and the claims that are made of it.
pub(super) struct Gathering<'p> {
    pub part: &'p mut Part,
    pub claims: &'p mut Claims,
}

impl Part {
    /// The part of a log that holds its tail, of which nothing is shown yet.
    pub fn new(index: Index, zone: crate::time::Zone) -> Result<(Self, Claims), Broken> {
        let mut claims = Claims::part(zone, index.tip().seq);
        let mut tail: HashMap<EntryId, Vec<Position>> = HashMap::new();
        for (_, entry) in index.tail() {
            for (number, event) in entry.numbered() {
                for reference in references(event) {
                    tail.entry(reference.entry()).or_default().push(Position { seq: entry.seq, number });
                }
            }
            claims.insert(entry.clone());
        }
        let loaded = index.tail().iter().map(|(spot, entry)| (*spot, entry.seq)).collect();
        let mut part = Self { index, loaded, looked_up: HashSet::new(), knows_all: false, tail };
        // The last entry says when the log was written to last.
        let last = part.index.tip().seq;
        Gathering { part: &mut part, claims: &mut claims }.entry(last)?;
        Ok((part, claims))
    }
}

impl Gathering<'_> {
    /// Reads an entry, and shows what refers to it.
    fn load(&mut self, at: Spot) -> Result<u64, Broken> {
        if let Some(seq) = self.part.loaded.get(&at) {
            return Ok(*seq);
        }
        let entry = self.part.index.entry(at)?;
        let (seq, id) = (entry.seq, entry.id);
        self.claims.insert(entry);
        self.part.loaded.insert(at, seq);
        self.taken_back(id)?;
        Ok(seq)
    }

    /// Shows what refers to an entry, and what refers to that.
    fn taken_back(&mut self, id: EntryId) -> Result<(), Broken> {
        if !self.is_new(Subject::Refers(id).key()) {
            return Ok(());
        }
        let mut positions = self.part.tail.get(&id).cloned().unwrap_or_default();
        // What takes something back may be taken back itself.
        let own: Vec<EntryId> =
            positions.iter().filter_map(|position| self.claims.entry(position.seq)).map(|entry| entry.id).collect();
        own.into_iter().try_for_each(|id| self.taken_back(id))?;
        for spot in self.part.index.find_all(Subject::Refers(id).key())? {
            let seq = self.load(spot)?;
            positions.extend(self.pick(seq, |event| references(event).iter().any(|to| to.entry() == id)));
        }
        positions.into_iter().try_for_each(|position| self.show(position))
    }

    /// The places of the events of an entry that are wanted.
    fn pick(&self, seq: u64, wanted: impl Fn(&Event) -> bool) -> Vec<Position> {
        let Some(entry) = self.claims.entry(seq) else { return Vec::new() };
        entry.numbered().filter(|(_, event)| wanted(event)).map(|(number, _)| Position { seq, number }).collect()
    }

    /// The same of entries that are read first, and of the tail.
    fn pick_all(&mut self, spots: Vec<Spot>, wanted: impl Fn(&Event) -> bool) -> Result<Vec<Position>, Broken> {
        let mut found = Vec::new();
        for spot in spots {
            let seq = self.load(spot)?;
            found.extend(self.pick(seq, &wanted));
        }
        let tail: Vec<u64> = self.part.index.tail().iter().map(|(_, entry)| entry.seq).collect();
        for seq in tail {
            for position in self.pick(seq, &wanted) {
                if let Some(id) = self.claims.entry(seq).map(|entry| entry.id) {
                    self.taken_back(id)?;
                }
                found.push(position);
            }
        }
        Ok(found)
    }

    /// Shows an event, with all that says who and what it names, and all of its meeting.
    fn show(&mut self, position: Position) -> Result<(), Broken> {
        if !self.claims.show(position) {
            return Ok(());
        }
        let Some(event) = self.claims.entry(position.seq).and_then(|entry| entry.event(position.number)) else { return Ok(()) };
        let mut named = event.what.names();
        named.extend(event.telling.said_by.as_ref().map(|who| (Kind::Official, who.clone())));
        let meeting = event.what.meeting().map(ToString::to_string);
        let from = if let What::Absence(absence) = &event.what { Some(&absence.from) } else { None };
        let from = from.and_then(|from| if let Who::Meeting(id) = from { Some(id.to_string()) } else { None });
        // What it takes over or back is told by its number.
        let targets: Vec<EntryId> = references(event).into_iter().map(Reference::entry).collect();
        for id in targets {
            self.by_id(id)?;
        }
        for (kind, id) in named {
            self.define(kind, &id)?;
        }
        meeting.into_iter().chain(from).try_for_each(|id| self.meeting(&id))
    }

    fn show_all(&mut self, positions: Vec<Position>) -> Result<(), Broken> {
        positions.into_iter().try_for_each(|position| self.show(position))
    }

    /// Whether something is looked up for the first time.
    fn is_new(&mut self, key: Key) -> bool {
        self.part.looked_up.insert(key)
    }

    /// All that says who or what an id is.
    pub fn define(&mut self, kind: Kind, id: &str) -> Result<(), Broken> {
        let key = Subject::Defines(kind, id).key();
        if (self.part.knows_all && kind != Kind::Trip) || !self.is_new(key) {
            return Ok(());
        }
        let spots = self.part.index.find_all(key)?;
        let defines = |event: &Event| event.what.kind() == kind && event.what.defines().as_deref() == Some(id);
        let found = self.pick_all(spots, defines)?;
        self.show_all(found)
    }

    /// All of a meeting.
    pub fn meeting(&mut self, id: &str) -> Result<(), Broken> {
        let key = Subject::Meeting(id).key();
        if !self.is_new(key) {
            return Ok(());
        }
        let spots = self.part.index.find_all(key)?;
        let is_of = |event: &Event| {
            let absent = if let What::Absence(absence) = &event.what { Some(&absence.from) } else { None };
            let absent = absent.is_some_and(|from| matches!(from, Who::Meeting(meeting) if meeting.as_str() == id));
            absent || event.what.meeting().is_some_and(|meeting| meeting.as_str() == id)
        };
        let found = self.pick_all(spots, is_of)?;
        self.show_all(found)
    }

    /// All that is known of an official on some days, and of the meetings of some days that they are on the list of; with `undated`, also the
    /// journeys that show on no day.
    pub fn official(&mut self, id: &str, days: Days, seated: Days, undated: bool) -> Result<(), Broken> {
        self.define(Kind::Official, id)?;
        let mut spots = self.part.index.find(Subject::Official(id).key(), days)?;
        // What lasts long is little, and may matter far from its days.
        spots.extend(self.part.index.find_long(Subject::Official(id).key())?);
        spots.extend(self.part.index.find_long(Subject::Seat(id).key())?);
        spots.extend(self.part.index.find(Subject::Seat(id).key(), seated)?);
        if undated {
            spots.extend(self.part.index.find_all(Subject::Undated(id).key())?);
        }
        self.moves(spots, |official| official == id)?;
        let is_listed = |list: &[&str]| list.iter().copied().filter(|official| *official == id).count() > 0;
        self.meetings_of_tail(&is_listed)
    }

    /// The journeys and stays of an official that show on no day.
    pub fn undated(&mut self, id: &str) -> Result<(), Broken> {
        let spots = self.part.index.find_all(Subject::Undated(id).key())?;
        self.moves(spots, |official| official == id)
    }

    /// Shows what moves officials in some entries, and their meetings; of the tail too.
    fn moves(&mut self, spots: Vec<Spot>, whom: impl Fn(&str) -> bool) -> Result<(), Broken> {
        let moved = |event: &Event| event.what.moves().iter().any(|official| whom(official.as_str()));
        let found = self.pick_all(spots.clone(), moved)?;
        self.show_all(found)?;
        for spot in spots {
            let seq = self.load(spot)?;
            self.meetings_of(seq)?;
        }
        Ok(())
    }

    /// All of those meetings that the tail tells of on whose lists somebody is or was: the list may stand elsewhere than the date.
    fn meetings_of_tail(&mut self, is_wanted: &dyn Fn(&[&str]) -> bool) -> Result<(), Broken> {
        let events = || self.part.index.tail().iter().flat_map(|(_, entry)| &entry.events);
        let mut meetings: Vec<&str> = events().filter_map(|event| event.what.meeting()).map(MeetingId::as_str).collect();
        meetings.sort_unstable();
        meetings.dedup();
        let mut wanted: Vec<String> = Vec::new();
        for id in meetings {
            let key = Subject::Meeting(id).key();
            if self.part.looked_up.contains(&key) {
                continue;
            }
            let mut earlier = Vec::new();
            for spot in self.part.index.find_all(key)? {
                earlier.push(self.part.index.entry(spot)?);
            }
            let mut list = listed(earlier.iter().flat_map(|entry| &entry.events), id);
            list.extend(listed(events(), id));
            if is_wanted(&list) {
                wanted.push(id.to_owned());
            }
        }
        wanted.iter().try_for_each(|id| self.meeting(id))
    }

    fn meetings_of(&mut self, seq: u64) -> Result<(), Broken> {
        let Some(entry) = self.claims.entry(seq) else { return Ok(()) };
        let meetings: Vec<String> =
            entry.events.iter().filter_map(|event| event.what.meeting()).map(ToString::to_string).collect();
        meetings.iter().try_for_each(|id| self.meeting(id))
    }

    /// The officials who may be in a place, or in one within it, on some days.
    pub fn people(&mut self, place: &str, days: Days) -> Result<Vec<String>, Broken> {
        let mut places = vec![place.to_owned()];
        let mut at = 0;
        while let Some(outer) = places.get(at).cloned() {
            self.define(Kind::Place, &outer)?;
            let spots = self.part.index.find_all(Subject::Within(&outer).key())?;
            let lies = |event: &Event| matches!(&event.what, What::Place(inner) if inner.within.as_ref().is_some_and(|within| within.as_str() == outer));
            for position in self.pick_all(spots, lies)? {
                let inner = self.claims.entry(position.seq).and_then(|entry| entry.event(position.number)?.what.defines());
                let inner: Vec<String> = inner.into_iter().filter(|inner| !places.contains(inner)).collect();
                places.extend(inner);
            }
            at += 1;
        }
        let mut spots = Vec::new();
        for place in &places {
            spots.extend(self.part.index.find(Subject::Place(place).key(), days)?);
        }
        spots.sort_unstable();
        spots.dedup();
        let mut officials: Vec<String> = Vec::new();
        let mut seqs: Vec<u64> = self.part.index.tail().iter().map(|(_, entry)| entry.seq).collect();
        for spot in spots {
            seqs.push(self.load(spot)?);
        }
        self.meetings_of_tail(&|_| true)?;
        for seq in seqs {
            self.meetings_of(seq)?;
            let Some(entry) = self.claims.entry(seq) else { continue };
            let moved = entry.events.iter().flat_map(|event| event.what.moves().iter().map(ToString::to_string));
            officials.extend(moved);
            let meetings: Vec<String> =
                entry.events.iter().filter_map(|event| event.what.meeting()).map(ToString::to_string).collect();
            officials.extend(meetings.iter().flat_map(|id| self.listed(id)));
        }
        officials.sort_unstable();
        officials.dedup();
        Ok(officials)
    }

    /// Everybody who was ever on the list of a meeting.
    fn listed(&self, id: &str) -> Vec<String> {
        let events = self.claims.entries().flat_map(|entry| &entry.events);
        listed(events, id).into_iter().map(str::to_owned).collect()
    }

    /// The meetings that may be pending for somebody who knows what was known up to a day.
    pub fn pending(&mut self, last: i32) -> Result<(), Broken> {
        for spot in self.part.index.pending(last)? {
            let seq = self.load(spot)?;
            self.meetings_of(seq)?;
        }
        self.meetings_of_tail(&|_| true)?;
        // What the tail takes back may have been the end of a meeting.
        let targets: Vec<EntryId> = self.part.tail.keys().copied().collect();
        for id in targets {
            for spot in self.part.index.find_all(Subject::Entry(id).key())? {
                let seq = self.load(spot)?;
                self.meetings_of(seq)?;
            }
        }
        Ok(())
    }

    /// What somebody said, or, of several, what all of them said.
    pub fn said(&mut self, speaker: &str) -> Result<(), Broken> {
        let spots = self.part.index.find_all(Subject::Speaker(speaker).key())?;
        let found =
            self.pick_all(spots, |event| matches!(&event.what, What::Statement(statement) if statement.speaker == speaker))?;
        self.statements(found)
    }

    /// What was said about something.
    pub fn said_about(&mut self, id: &str) -> Result<(), Broken> {
        let spots = self.part.index.find_all(Subject::About(id).key())?;
        let about =
            |event: &Event| matches!(&event.what, What::Statement(statement) if statement.about.iter().any(|about| about == id));
        let found = self.pick_all(spots, about)?;
        self.statements(found)
    }

    /// Shows statements, with the meetings that they are about.
    fn statements(&mut self, found: Vec<Position>) -> Result<(), Broken> {
        for position in found {
            let event = self.claims.entry(position.seq).and_then(|entry| entry.event(position.number));
            let about =
                event.and_then(|event| if let What::Statement(said) = &event.what { Some(said.about.clone()) } else { None });
            self.show(position)?;
            about.unwrap_or_default().iter().try_for_each(|id| self.meeting(id))?;
        }
        Ok(())
    }

    /// An entry by its number, with all that it says and refers to.
    pub fn whole(&mut self, seq: u64) -> Result<(), Broken> {
        self.entry(seq)?;
        let found = self.pick(seq, |_| true);
        let targets: Vec<EntryId> = self
            .claims
            .entry(seq)
            .map_or_else(Vec::new, |entry| entry.events.iter().flat_map(references).map(Reference::entry).collect());
        if let Some(id) = self.claims.entry(seq).map(|entry| entry.id) {
            self.taken_back(id)?;
        }
        for id in targets {
            self.by_id(id)?;
        }
        self.show_all(found)
    }

    /// An entry by its id; its number.
    pub fn by_id(&mut self, id: EntryId) -> Result<Option<u64>, Broken> {
        if let Some(seq) = self.claims.seq(id) {
            return Ok(Some(seq));
        }
        for spot in self.part.index.find_all(Subject::Entry(id).key())? {
            self.load(spot)?;
        }
        Ok(self.claims.seq(id))
    }

    /// An entry by its number, of which nothing is shown.
    pub fn entry(&mut self, seq: u64) -> Result<(), Broken> {
        match self.part.index.spot(seq)? {
            Some(spot) => self.load(spot).map(|_| ()),
            None => Ok(()),
        }
    }

    /// What is under embargo after a day.
    pub fn under_embargo(&mut self, day: i32) -> Result<(), Broken> {
        let spots = self.part.index.find(Subject::Embargo.key(), Days { from: day, to: i32::MAX })?;
        spots.into_iter().try_for_each(|spot| self.load(spot).map(|_| ()))
    }

    /// Whoever and whatever may be meant by a name; whether anything may.
    pub fn named(&mut self, typed: &str) -> Result<bool, Broken> {
        let found = self.by_words(typed, |word| Subject::Word(word).key())?;
        let mut any = false;
        for seq in found {
            let words = name_words(typed);
            let Some(entry) = self.claims.entry(seq) else { continue };
            let defined: Vec<(Kind, String)> =
                entry.events.iter().filter_map(|event| Some((event.what.kind(), event.what.defines()?))).collect();
            any |= !defined.is_empty() && !words.is_empty();
            defined.iter().try_for_each(|(kind, id)| self.define(*kind, id))?;
        }
        Ok(any)
    }

    /// The same of meetings.
    pub fn titled(&mut self, typed: &str) -> Result<bool, Broken> {
        let found = self.by_words(typed, |word| Subject::Title(word).key())?;
        let any = !found.is_empty();
        found.into_iter().try_for_each(|seq| self.meetings_of(seq))?;
        Ok(any)
    }

    /// The meetings that share a word with the id of another, as far as these are not many.
    pub fn titles_like(&mut self, id: &str) -> Result<(), Broken> {
        /// A word that so many share tells nothing.
        const MANY: usize = 40;
        for word in name_words(&id.replace('-', " ")) {
            let found = self.part.index.find_all(Subject::Title(&word).key())?;
            if found.len() <= MANY {
                for spot in found {
                    let seq = self.load(spot)?;
                    self.meetings_of(seq)?;
                }
            }
        }
        Ok(())
    }

    /// The entries that bear a name as a whole, or the rarest of its words; and the tail.
    fn by_words(&mut self, typed: &str, key: impl Fn(&str) -> Key) -> Result<Vec<u64>, Broken> {
        let mut spots = Vec::new();
        for whole in [crate::names::key(typed), crate::names::fold(typed)] {
            spots.extend(self.part.index.find_all(key(&whole))?);
        }
        let mut rarest: Option<Vec<Spot>> = None;
        for word in crate::names::words(typed) {
            let found = self.part.index.find_all(key(&crate::names::key(&word)))?;
            rarest = Some(rarest.filter(|rarest| rarest.len() <= found.len()).unwrap_or(found));
        }
        spots.extend(rarest.unwrap_or_default());
        let mut seqs = Vec::new();
        for spot in spots {
            seqs.push(self.load(spot)?);
        }
        seqs.extend(self.part.index.tail().iter().map(|(_, entry)| entry.seq));
        Ok(seqs)
    }

    /// All that says who or what any official, party or place is.
    pub fn registry(&mut self) -> Result<(), Broken> {
        let spots = self.part.index.find_all(Subject::Registry.key())?;
        let found = self.pick_all(spots, |event| event.what.kind().is_registry() && event.what.kind() != Kind::Trip)?;
        self.part.knows_all = true;
        self.show_all(found)
    }

    /// What bears the name of a trip.
    pub fn trip(&mut self, id: &str) -> Result<(), Broken> {
        let spots = self.part.index.find_all(Subject::Trip(id).key())?;
        self.moves(spots, |_| true)
    }

    /// The entries of one source that begin with the same report.
    pub fn like(&mut self, entry: &crate::event::NewEntry) -> Result<(), Broken> {
        let spots = self.part.index.find_all(likeness(&entry.source, &entry.events))?;
        spots.into_iter().try_for_each(|spot| self.load(spot).map(|_| ()))
    }
}

/// Everybody on the list of a meeting, as some events tell it.
fn listed<'e>(events: impl Iterator<Item = &'e Event>, meeting: &str) -> Vec<&'e str> {
    let of = events.filter(|event| event.what.meeting().is_some_and(|id| id.as_str() == meeting));
    of.flat_map(|event| seats(&event.what).0).collect()
}
