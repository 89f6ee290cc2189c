//! What the log knows already, as far as the door asks: names, meetings, and where entries stand. It learns with every admitted entry.

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::event::{Entry, EntryId, Event, EventRef, Kind, MeetingId, PlaceId, Position, Reference, What};
use crate::projection::{Claims, Match, Registry, View};
use crate::time::{When, Zone};

/// What the log knows, as an argument of the [`super::Door`].
#[derive(Clone, Debug)]
pub struct Known {
    /// Officials, parties, places and trips.
    pub registry: Registry,
    /// The zone of the log.
    pub zone: Zone,
    /// The number of the last entry.
    pub last_seq: u64,
    /// Up to where typed numbers may point; during an import, the log as it was before.
    pub(super) numbers_end: Option<u64>,
    /// What `last` means, if not the last entry.
    pub(super) last: Option<u64>,
    pub(super) meetings: BTreeMap<MeetingId, KnownMeeting>,
    pub(super) entries: HashMap<EntryId, KnownEntry>,
    pub(super) numbers: HashMap<u64, EntryId>,
    records: HashSet<(Option<String>, String)>,
    /// Which counting events name each registry id, for the rule that what others name is not retracted.
    named: HashMap<(Kind, String), HashSet<Position>>,
    /// Which counting events say who or what each registry id is.
    defined: HashMap<(Kind, String), HashSet<Position>>,
}

/// A meeting, as far as the door asks.
#[derive(Clone, Debug, Default)]
pub(super) struct KnownMeeting {
    pub title: Option<String>,
    pub place: Option<PlaceId>,
    /// The date that was logged last.
    pub when: Option<When>,
    /// Whether it was reported as held.
    pub held: bool,
    /// Whether an event that counts introduces it.
    pub introduced: bool,
    /// Whether any event of the log introduces it, taken back since or not: then a question may name it.
    pub told: bool,
}

/// An entry, as far as the door asks.
#[derive(Clone, Debug)]
pub(super) struct KnownEntry {
    pub seq: u64,
    /// Kind, meeting and registry id of each event.
    pub events: Vec<KnownEvent>,
}

#[derive(Clone, Debug)]
pub(super) struct KnownEvent {
    pub kind: Kind,
    pub meeting: Option<MeetingId>,
    /// The id that a registry event defines.
    pub defines: Option<String>,
}

impl Known {
    /// Everything that a log's claims hold, whatever its age.
    #[must_use]
    pub fn of(claims: &Claims, view: &View<'_>) -> Self {
        let mut known = Self {
            registry: view.registry().clone(),
            zone: claims.zone(),
            last_seq: 0,
            numbers_end: None,
            last: None,
            meetings: BTreeMap::new(),
            entries: HashMap::new(),
            numbers: HashMap::new(),
            records: HashSet::new(),
            named: HashMap::new(),
            defined: HashMap::new(),
        };
        for entry in claims.entries() {
            known.remember(entry);
        }
        for fact in view.facts() {
            known.learn(fact.event, fact.key.position);
        }
        known
    }

    /// For questions: who and what was taken back since can still be named, so that the past can be asked about.
    pub fn recall(&mut self, claims: &Claims) {
        let counting = self.registry.clone();
        let numbered = claims.entries().flat_map(|entry| entry.numbered().map(|(number, event)| (entry.seq, number, event)));
        for (_, _, event) in numbered.filter(|(seq, number, _)| claims.shows(Position { seq: *seq, number: *number })) {
            let gone = match &event.what {
                What::Official(official) => !counting.officials.contains_key(&official.official),
                What::Party(party) => !counting.parties.contains_key(&party.party),
                What::Place(place) => !counting.places.contains_key(&place.place),
                What::Trip(trip) => !counting.trips.contains_key(&trip.trip),
                What::Travel(_) | What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) => false,
                What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => false,
                What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => false,
                What::Statement(_) | What::Retraction(_) => false,
            };
            if gone {
                self.registry.learn(&event.what);
            }
        }
    }

    /// From here on typed numbers mean what the log holds now, whatever is admitted.
    pub fn freeze_numbers(&mut self) {
        self.numbers_end = Some(self.last_seq);
    }

    /// Whether many entries are admitted at once, of which nothing but the number is told.
    pub(super) fn is_import(&self) -> bool {
        self.numbers_end.is_some()
    }

    /// From here on `last` means this entry: the one that was last when somebody began to write.
    pub fn last_is(&mut self, seq: u64) {
        self.last = Some(seq);
    }

    /// Takes in an entry that was admitted.
    pub fn admit(&mut self, entry: &Entry) {
        self.remember(entry);
        for (number, event) in entry.numbered() {
            self.registry.learn(&event.what);
            self.learn(event, Position { seq: entry.seq, number });
        }
    }

    fn remember(&mut self, entry: &Entry) {
        let events = entry
            .events
            .iter()
            .map(|event| KnownEvent {
                kind: event.what.kind(),
                meeting: event.what.meeting().cloned(),
                defines: event.what.defines(),
            })
            .collect();
        for what in entry.events.iter().map(|event| &event.what).filter(|what| what.kind().introduces_meeting()) {
            if let Some(id) = what.meeting() {
                self.meetings.entry(id.clone()).or_default().told = true;
            }
        }
        self.last_seq = self.last_seq.max(entry.seq);
        self.numbers.insert(entry.seq, entry.id);
        self.entries.insert(entry.id, KnownEntry { seq: entry.seq, events });
        if let Some(record) = &entry.source.record {
            self.records.insert((entry.source.outlet.clone(), record.clone()));
        }
    }

    fn learn(&mut self, event: &Event, position: Position) {
        if let Some(id) = event.what.meeting() {
            let meeting = self.meetings.entry(id.clone()).or_default();
            meeting.introduced |= event.what.kind().introduces_meeting();
            meeting.held |= event.what.kind() == Kind::MeetingHeld;
            if let What::MeetingProposed(m) | What::MeetingConfirmed(m) | What::MeetingHeld(m) | What::MeetingChanged(m) =
                &event.what
            {
                meeting.title = m.title.clone().or(meeting.title.take());
                meeting.place = m.place.clone().or(meeting.place.take());
                meeting.when = m.when.or(meeting.when);
            }
            if let What::MeetingPostponed(postponed) = &event.what {
                meeting.when = postponed.when;
            }
        }
        if let Some(id) = event.what.defines() {
            self.defined.entry((event.what.kind(), id)).or_default().insert(position);
        }
        for named in event.what.names() {
            self.named.entry(named).or_default().insert(position);
        }
    }

    /// Whether a record of a source is in the log.
    #[must_use]
    pub fn has_record(&self, outlet: Option<&String>, record: &str) -> bool {
        self.records.contains(&(outlet.cloned(), record.to_owned()))
    }

    /// Whether an entry is in the log.
    #[must_use]
    pub fn seq_of(&self, id: EntryId) -> Option<u64> {
        self.entries.get(&id).map(|entry| entry.seq)
    }

    /// The number of an event, for people.
    #[must_use]
    pub fn position(&self, event: EventRef) -> Option<Position> {
        self.seq_of(event.entry).map(|seq| Position { seq, number: event.number })
    }

    /// A reference as people write it.
    #[must_use]
    pub fn show(&self, reference: Reference) -> String {
        match reference {
            Reference::Event(event) => self.position(event).map_or_else(|| event.to_string(), |position| position.to_string()),
            Reference::Entry(entry) => self.seq_of(entry).map_or_else(|| entry.to_string(), |seq| seq.to_string()),
        }
    }

    pub(super) fn event(&self, event: EventRef) -> Option<&KnownEvent> {
        let at = usize::try_from(event.number).ok()?.checked_sub(1)?;
        self.entries.get(&event.entry)?.events.get(at)
    }

    /// Whether a text is the very id of a meeting, an official, a party or a place.
    pub fn is_id(&self, text: &str) -> bool {
        let registry = &self.registry;
        text.parse().is_ok_and(|id| registry.officials.contains_key(&id))
            || text.parse().is_ok_and(|id| registry.parties.contains_key(&id))
            || text.parse().is_ok_and(|id| registry.places.contains_key(&id))
            || text.parse().is_ok_and(|id| self.meetings.get(&id).is_some_and(|meeting| meeting.introduced))
    }

    /// Whether somebody said who or what the id of a registry event is.
    pub(super) fn has(&self, kind: Kind, id: &str) -> bool {
        self.defined.get(&(kind, id.to_owned())).is_some_and(|by| !by.is_empty())
    }

    /// Whether anything outside the entry and the events given names what a registry event defines.
    pub(super) fn is_named_elsewhere(&self, kind: Kind, id: &str, seq: u64) -> bool {
        self.named.get(&(kind, id.to_owned())).is_some_and(|by| by.iter().any(|position| position.seq != seq))
    }

    /// Whether anything but the events given names what a registry event defines.
    pub(super) fn is_named_besides(&self, kind: Kind, id: &str, besides: &[Position]) -> bool {
        self.named.get(&(kind, id.to_owned())).is_some_and(|by| by.iter().any(|position| !besides.contains(position)))
    }

    /// Whether another event that counts says who or what an id is: then taking one back leaves the other.
    pub(super) fn is_defined_besides(&self, kind: Kind, id: &str, besides: &[Position]) -> bool {
        self.defined.get(&(kind, id.to_owned())).is_some_and(|by| by.iter().any(|position| !besides.contains(position)))
    }

    /// The meeting that a typed name means: by id, by title, or by a run of whole words of these.
    #[must_use]
    pub fn find_meeting(&self, typed: &str) -> Match<MeetingId> {
        let none: Vec<String> = Vec::new();
        let known = self.meetings.iter().filter(|(_, meeting)| meeting.introduced);
        let rows: Vec<(&MeetingId, &str, &str, &Vec<String>)> =
            known.map(|(id, meeting)| (id, id.as_str(), meeting.title.as_deref().unwrap_or(id.as_str()), &none)).collect();
        crate::projection::find(typed, rows.iter().copied())
    }

    /// The ids and titles of all meetings, for "did you mean".
    pub fn meeting_names(&self) -> impl Iterator<Item = &str> {
        self.meetings.iter().filter(|(_, meeting)| meeting.introduced).map(|(id, _)| id.as_str())
    }
}
