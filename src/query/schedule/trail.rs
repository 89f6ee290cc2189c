//! The entries that a meeting or an official's movements rest on, in the order in which they could be exported, and what was exported
//! after each of them.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};

use crate::event::{Entry, Event, MeetingId, OfficialId, PartyId, PlaceId, Position, Reference, What, Who};
use crate::projection::{Claims, Scope, View};

/// Somebody or something that the desk's own knowledge amends.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Name {
    Official(OfficialId),
    Party(PartyId),
    Place(PlaceId),
}

/// Which events tell of what, of all that the clocks let be seen, counting or not.
pub(super) struct Trails<'a> {
    claims: &'a Claims,
    scope: Scope,
    embargo_plays: bool,
    meetings: BTreeMap<MeetingId, Vec<Position>>,
    movements: BTreeMap<OfficialId, Vec<Position>>,
    seats: BTreeMap<OfficialId, BTreeSet<MeetingId>>,
    names: BTreeMap<Name, Vec<Position>>,
    /// By the event: those that retract, replace or call it off, whether they count or not.
    strikers: BTreeMap<Position, Vec<Position>>,
}

/// The entries of one trail.
pub(super) struct Trail<'a> {
    claims: &'a Claims,
    scope: Scope,
    /// What the desk knew before the first step.
    ground: Vec<&'a Entry>,
    /// The entries from the first report on.
    steps: Vec<Step<'a>>,
}

/// An entry that touches the subject of a trail.
struct Step<'a> {
    /// From when it could be exported.
    at: DateTime<Utc>,
    /// Whether it tells of the subject or strikes what does, and not only of somebody or some place named there.
    reports: bool,
    entry: &'a Entry,
}

/// What was exported after a step.
pub(super) struct State<T> {
    /// From when.
    pub at: DateTime<Utc>,
    /// Whether the step told of the subject itself.
    pub reported: bool,
    /// What was exported then.
    pub shown: T,
}

impl<'a> Trails<'a> {
    /// Indexes what a view lets be seen. If `include_embargoed`, an entry is there from when it was recorded; else not before its embargo
    /// has ended.
    pub(super) fn new(view: &View<'a>, include_embargoed: bool) -> Self {
        let mut trails = Self {
            claims: view.claims(),
            scope: view.scope(),
            embargo_plays: !include_embargoed,
            meetings: BTreeMap::new(),
            movements: BTreeMap::new(),
            seats: BTreeMap::new(),
            names: BTreeMap::new(),
            strikers: BTreeMap::new(),
        };
        for entry in view.claims().entries() {
            for (number, event) in entry.numbered() {
                if view.sees(entry, event) {
                    trails.note(Position { seq: entry.seq, number }, event);
                }
            }
        }
        trails
    }

    fn note(&mut self, at: Position, event: &Event) {
        let mut strikes: Vec<Reference> = event.telling.replaces.iter().map(|of| Reference::Event(*of)).collect();
        match &event.what {
            What::Official(official) => push(&mut self.names, Name::Official(official.official.clone()), at),
            What::Party(party) => push(&mut self.names, Name::Party(party.party.clone()), at),
            What::Place(place) => push(&mut self.names, Name::Place(place.place.clone()), at),
            What::MeetingProposed(meeting)
            | What::MeetingConfirmed(meeting)
            | What::MeetingHeld(meeting)
            | What::MeetingChanged(meeting) => {
                for official in meeting.participants.iter().filter_map(|participant| participant.who.as_ref().ok()) {
                    self.seats.entry(official.clone()).or_default().insert(meeting.meeting.clone());
                }
            }
            What::MeetingDeclined(_) | What::MeetingPostponed(_) | What::MeetingCancelled(_) => {}
            What::Travel(_) | What::Presence(_) | What::Absence(_) | What::TravelCancelled(_) | What::Retraction(_) => {}
            What::Trip(_) | What::Statement(_) => {}
        }
        strikes.extend(event.what.takes_back());
        for official in event.what.moves() {
            push(&mut self.movements, official.clone(), at);
        }
        if let Some(meeting) = event.what.meeting() {
            push(&mut self.meetings, meeting.clone(), at);
        }
        let targets: Vec<Position> = strikes.into_iter().flat_map(|reference| self.claims.positions(reference)).collect();
        for target in targets.into_iter().filter(|target| target.seq < at.seq) {
            push(&mut self.strikers, target, at);
        }
    }

    /// Everybody whom a report moves or seats.
    pub(super) fn officials(&self) -> BTreeSet<&OfficialId> {
        self.movements.keys().chain(self.seats.keys()).collect()
    }

    /// The trail of a meeting.
    pub(super) fn of_meeting(&self, id: &MeetingId) -> Trail<'a> {
        self.trail(listed(&self.meetings, id), Vec::new())
    }

    /// The trail of an official's movements: journeys, presences, absences, and the meetings that name them.
    pub(super) fn of_official(&self, id: &OfficialId) -> Trail<'a> {
        let mut own = listed(&self.movements, id).to_vec();
        for meeting in self.seats.get(id).into_iter().flatten() {
            own.extend(listed(&self.meetings, meeting));
        }
        self.trail(&own, vec![Name::Official(id.clone())])
    }

    /// Everything that can change what is shown: the events themselves, what the desk knows of whom and what they name, and whatever
    /// strikes any of these, and so on.
    fn trail(&self, own: &[Position], mut names: Vec<Name>) -> Trail<'a> {
        let own = self.with_strikers(own);
        let mut known = own.clone();
        let mut named: BTreeSet<Name> = BTreeSet::new();
        names.extend(own.iter().flat_map(|at| self.names_at(*at)));
        while let Some(name) = names.pop() {
            if !named.contains(&name) {
                let told = self.with_strikers(listed(&self.names, &name));
                names.extend(told.iter().flat_map(|at| self.names_at(*at)));
                known.extend(told);
                named.insert(name);
            }
        }
        let reports: BTreeSet<u64> = own.iter().map(|at| at.seq).collect();
        let all: BTreeSet<u64> = known.iter().map(|at| at.seq).collect();
        let step = |entry: &'a Entry| Step { at: self.open_from(entry), reports: reports.contains(&entry.seq), entry };
        let mut steps: Vec<Step<'a>> = all.iter().filter_map(|seq| self.claims.entry(*seq)).map(step).collect();
        steps.sort_by_key(|step| (step.at, step.entry.seq));
        let first = steps.iter().position(|step| step.reports).unwrap_or(steps.len());
        let later = steps.split_off(first);
        let ground = steps.into_iter().map(|step| step.entry).collect();
        Trail { claims: self.claims, scope: self.scope, ground, steps: later }
    }

    /// Events with those that strike them, those that strike these, and so on.
    fn with_strikers(&self, events: &[Position]) -> BTreeSet<Position> {
        let mut known = BTreeSet::new();
        let mut found = events.to_vec();
        while let Some(at) = found.pop() {
            if known.insert(at) {
                found.extend(listed(&self.strikers, &at));
            }
        }
        known
    }

    fn names_at(&self, at: Position) -> Vec<Name> {
        self.event(at).map(|event| names_in(&event.what)).unwrap_or_default()
    }

    /// From when an entry could be exported: recorded, and no longer under embargo. Never before an entry that the log had earlier, unless
    /// that one was held back; so what is exported later only adds steps at the end of a trail.
    fn open_from(&self, entry: &Entry) -> DateTime<Utc> {
        entry.embargo.filter(|_| self.embargo_plays).map_or(entry.recorded, |embargo| embargo.max(entry.recorded))
    }

    fn order(&self, at: Position) -> Option<(DateTime<Utc>, Position)> {
        self.claims.entry(at.seq).map(|entry| (self.open_from(entry), at))
    }

    pub(super) fn event(&self, at: Position) -> Option<&'a Event> {
        self.claims.entry(at.seq)?.event(at.number)
    }

    /// What a movement is known by for good: of the events that it rests on, the first that could be exported. A meeting's event stands for
    /// the meeting, a replacement for the event that it first took the place of, so that a new date is no new movement.
    pub(super) fn root(&self, evidence: &[Position]) -> String {
        let roots = evidence.iter().filter_map(|at| {
            let event = self.event(*at)?;
            if let Some(meeting) = event.what.meeting() {
                let first = listed(&self.meetings, meeting).iter().filter_map(|at| self.order(*at)).min()?;
                return Some((first, meeting.to_string()));
            }
            let origin = self.origin(*at);
            let entry = self.claims.entry(origin.seq)?;
            Some((self.order(origin)?, entry.event_ref(origin.number).to_string()))
        });
        roots.min().map(|(_, name)| name).unwrap_or_default()
    }

    fn origin(&self, at: Position) -> Position {
        let replaced = |at: Position| {
            let event = self.event(at)?;
            event.telling.replaces.iter().filter_map(|of| self.claims.position(*of)).filter(|of| of.seq < at.seq).min()
        };
        // It ends: every step goes to an earlier entry.
        std::iter::successors(Some(at), |at| replaced(*at)).last().unwrap_or(at)
    }
}

impl Trail<'_> {
    /// What is shown after each step, by `show`.
    ///
    /// [`Claims`] is a set that only grows, and a view of the entries of a trail answers for its subject as a view of the whole log
    /// would: so each step costs a view of the trail alone, whatever the size of the log.
    pub(super) fn walk<T>(&self, show: impl Fn(&View<'_>) -> T) -> Vec<State<T>> {
        let mut claims = Claims::of(self.claims.zone(), self.ground.iter().map(|entry| (*entry).clone()));
        let mut states = Vec::with_capacity(self.steps.len());
        for step in &self.steps {
            claims.insert(step.entry.clone());
            states.push(State { at: step.at, reported: step.reports, shown: show(&View::new(&claims, self.scope)) });
        }
        states
    }
}

fn push<K: Ord>(map: &mut BTreeMap<K, Vec<Position>>, key: K, at: Position) {
    map.entry(key).or_default().push(at);
}

fn listed<'m, K: Ord>(map: &'m BTreeMap<K, Vec<Position>>, key: &K) -> &'m [Position] {
    map.get(key).map_or(&[], Vec::as_slice)
}

/// Whom and what an event names, as far as the answer depends on what is known of them.
fn names_in(what: &What) -> Vec<Name> {
    let (mut officials, mut parties, mut places) = (Vec::new(), Vec::new(), Vec::new());
    match what {
        What::Official(official) => parties.extend(&official.party),
        What::Place(place) => places.extend(&place.within),
        What::Travel(travel) => places.extend(travel.from.iter().chain([&travel.to])),
        What::Presence(presence) => places.push(&presence.place),
        What::Absence(absence) => match &absence.from {
            Who::Place(place) => places.push(place),
            Who::Meeting(_) => {}
        },
        What::MeetingProposed(meeting)
        | What::MeetingConfirmed(meeting)
        | What::MeetingHeld(meeting)
        | What::MeetingChanged(meeting) => {
            places.extend(&meeting.place);
            parties.extend(meeting.by.iter().map(|by| &by.party));
            for participant in &meeting.participants {
                match &participant.who {
                    Ok(official) => officials.push(official),
                    Err(party) => parties.push(party),
                }
            }
        }
        What::MeetingDeclined(declined) => parties.extend(declined.by.iter().map(|by| &by.party)),
        What::MeetingPostponed(postponed) => parties.extend(postponed.by.iter().map(|by| &by.party)),
        What::MeetingCancelled(cancelled) => parties.extend(cancelled.by.iter().map(|by| &by.party)),
        What::Party(_) | What::Trip(_) | What::TravelCancelled(_) | What::Statement(_) | What::Retraction(_) => {}
    }
    let officials = officials.into_iter().cloned().map(Name::Official);
    let parties = parties.into_iter().cloned().map(Name::Party);
    officials.chain(parties).chain(places.into_iter().cloned().map(Name::Place)).collect()
}
