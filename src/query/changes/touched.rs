//! What new reports can touch: the events between two moments, and the entries that matter to a meeting or an official.

use std::collections::{BTreeMap, BTreeSet};

use crate::event::{Entry, MeetingId, OfficialId, Position, Reference, What};
use crate::query::Asked;

/// The events that count under the later clocks and could not be seen under the earlier.
pub(super) struct News {
    /// Where they stand, in log order.
    pub events: BTreeSet<Position>,
    /// Those of them that say something new about who or what something is that was known already.
    pub amending: Vec<Position>,
}

impl News {
    /// What is seen after and was not before.
    pub fn between(before: &Asked<'_>, after: &Asked<'_>) -> Self {
        let mut news = Self { events: BTreeSet::new(), amending: Vec::new() };
        for entry in after.view.claims().entries() {
            let known = before.view.claims().entry(entry.seq).is_some();
            for (number, event) in entry.numbered() {
                if !after.view.sees(entry, event) || (known && before.view.sees(entry, event)) {
                    continue;
                }
                let position = Position { seq: entry.seq, number };
                news.events.insert(position);
                if amends(before, &event.what) {
                    news.amending.push(position);
                }
            }
        }
        news
    }

    /// The meetings and officials of which the answers can differ.
    pub fn subjects(
        &self,
        before: &Asked<'_>,
        after: &Asked<'_>,
        footprints: &Footprints<'_>,
    ) -> (BTreeSet<MeetingId>, BTreeSet<OfficialId>) {
        // Who or what something is can matter to everything that was ever said of it; that is rare, and everything is compared.
        if !self.amending.is_empty() {
            return footprints.all();
        }
        let (mut meetings, mut officials) = (BTreeSet::new(), BTreeSet::new());
        let claims = after.view.claims();
        let mut open: Vec<Position> = self.events.iter().copied().collect();
        let mut seen: BTreeSet<Position> = open.iter().copied().collect();
        while let Some(position) = open.pop() {
            let Some((entry, event)) = claims.entry(position.seq).and_then(|entry| Some((entry, entry.event(position.number)?)))
            else {
                continue;
            };
            meetings.extend(event.what.meeting().cloned());
            officials.extend(event.what.moves().iter().cloned());
            officials.extend(
                event
                    .what
                    .of_meeting()
                    .into_iter()
                    .flat_map(|told| &told.participants)
                    .filter_map(|participant| participant.who.as_ref().ok().cloned()),
            );
            let replaced = event.telling.replaces.iter().copied().map(Reference::Event);
            let targets = event.what.takes_back().into_iter().chain(replaced).flat_map(|of| claims.positions(of));
            open.extend(targets.filter(|target| target.seq < entry.seq && seen.insert(*target)));
        }
        for meeting in meetings.iter().flat_map(|id| before.meeting(id).into_iter().chain(after.meeting(id))) {
            officials.extend(meeting.seats.iter().filter_map(|seat| seat.who.as_ref().ok().cloned()));
        }
        (meetings, officials)
    }
}

/// Whether an event of the registry says something new about what was known already, and can so change answers about it.
fn amends(before: &Asked<'_>, what: &What) -> bool {
    let registry = before.registry();
    match what {
        What::Official(official) => registry.officials.contains_key(&official.official),
        What::Party(party) => registry.parties.contains_key(&party.party),
        What::Place(place) => registry.places.contains_key(&place.place),
        What::Trip(trip) => registry.trips.contains_key(&trip.trip),
        What::Travel(_) | What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) | What::Statement(_) => false,
        What::MeetingProposed(_) | What::MeetingConfirmed(_) | What::MeetingHeld(_) | What::MeetingChanged(_) => false,
        What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) | What::Retraction(_) => false,
    }
}

/// Which entries matter to what: those that tell of it, and those that take such entries back, replace or call them off, to any depth.
pub(super) struct Footprints<'a> {
    entries: BTreeMap<u64, &'a Entry>,
    meetings: BTreeMap<&'a MeetingId, BTreeSet<u64>>,
    officials: BTreeMap<&'a OfficialId, BTreeSet<u64>>,
    lists: BTreeMap<&'a OfficialId, BTreeSet<&'a MeetingId>>,
    pointing: BTreeMap<u64, BTreeSet<u64>>,
}

impl<'a> Footprints<'a> {
    /// The footprints in the entries that a question may see.
    pub fn of(asked: &Asked<'a>) -> Self {
        let claims = asked.view.claims();
        let mut found = Self {
            entries: claims.entries().filter(|entry| asked.view.scope().held(entry)).map(|entry| (entry.seq, entry)).collect(),
            meetings: BTreeMap::new(),
            officials: BTreeMap::new(),
            lists: BTreeMap::new(),
            pointing: BTreeMap::new(),
        };
        for (seq, entry) in &found.entries {
            for event in &entry.events {
                for official in event.what.moves() {
                    found.officials.entry(official).or_default().insert(*seq);
                }
                if let Some(meeting) = event.what.meeting() {
                    found.meetings.entry(meeting).or_default().insert(*seq);
                    for official in event
                        .what
                        .of_meeting()
                        .into_iter()
                        .flat_map(|told| &told.participants)
                        .filter_map(|participant| participant.who.as_ref().ok())
                    {
                        found.lists.entry(official).or_default().insert(meeting);
                    }
                }
                let replaced = event.telling.replaces.iter().map(|of| of.entry);
                let targets = event.what.takes_back().into_iter().map(Reference::entry).chain(replaced);
                for target in targets.filter_map(|id| claims.seq(id)) {
                    found.pointing.entry(target).or_default().insert(*seq);
                }
            }
        }
        found
    }

    /// Everything that has a footprint.
    fn all(&self) -> (BTreeSet<MeetingId>, BTreeSet<OfficialId>) {
        let officials = self.officials.keys().chain(self.lists.keys());
        (self.meetings.keys().map(|id| (*id).clone()).collect(), officials.map(|id| (*id).clone()).collect())
    }

    /// The entries that matter to a meeting, in log order.
    pub fn meeting(&self, id: &MeetingId) -> Vec<&'a Entry> {
        self.closed(self.meetings.get(id).cloned().unwrap_or_default())
    }

    /// The entries that matter to where an official is, in log order: with those of every meeting that ever named them.
    pub fn official(&self, id: &OfficialId) -> Vec<&'a Entry> {
        let mut own = self.officials.get(id).cloned().unwrap_or_default();
        for meeting in self.lists.get(id).into_iter().flatten() {
            own.extend(self.meetings.get(*meeting).into_iter().flatten());
        }
        self.closed(own)
    }

    /// The entries that matter to any of some officials and meetings, by their ids.
    pub fn told_of(&self, about: &[String]) -> BTreeSet<u64> {
        let meetings = self.meetings.keys().filter(|id| about.iter().any(|one| one == id.as_str()));
        let officials = self.officials.keys().chain(self.lists.keys()).filter(|id| about.iter().any(|one| one == id.as_str()));
        let entries = meetings.flat_map(|id| self.meeting(id)).chain(officials.flat_map(|id| self.official(id)));
        entries.map(|entry| entry.seq).collect()
    }

    fn closed(&self, mut own: BTreeSet<u64>) -> Vec<&'a Entry> {
        let mut open: Vec<u64> = own.iter().copied().collect();
        while let Some(seq) = open.pop() {
            open.extend(self.pointing.get(&seq).into_iter().flatten().filter(|pointing| own.insert(**pointing)));
        }
        own.iter().filter_map(|seq| self.entries.get(seq).copied()).collect()
    }
}
