//! What counts under two clocks: the facts that are visible and neither retracted nor replaced.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use chrono::{DateTime, NaiveDate, Utc};

use super::{Claims, Registry, Scope};
use crate::event::{Entry, Event, MeetingId, OfficialId, Position, Reference, TravelCancelled, What};
use crate::time::{Published, Zone};

/// The order of claims: by when they became public, then by their place in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// When it became public.
    pub public: DateTime<Utc>,
    /// Where it stands in the log.
    pub position: Position,
}

/// An event that counts, with its entry.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// Its place in the order of claims.
    pub key: Key,
    /// The entry that it belongs to.
    pub entry: &'a Entry,
    /// What it says.
    pub event: &'a Event,
}

impl Fact<'_> {
    /// The local day of publication of its entry at a place in `zone`.
    #[must_use]
    pub fn published_day(&self, zone: Zone) -> NaiveDate {
        self.entry.published_day(zone)
    }

    /// The instant of publication, if the source gives more than a day.
    #[must_use]
    pub fn published_exactly(&self) -> Option<DateTime<Utc>> {
        self.entry.source.published.map_or(Some(self.entry.recorded), Published::exact)
    }
}

/// What was retracted or replaced, and by what.
type Struck = BTreeMap<Position, Vec<Position>>;

/// What counts of the claims in a scope.
#[derive(Debug)]
pub struct View<'a> {
    claims: &'a Claims,
    scope: Scope,
    facts: Vec<Fact<'a>>,
    struck: Struck,
    registry: Arc<Registry>,
    meetings: BTreeMap<MeetingId, Vec<usize>>,
    officials: HashMap<OfficialId, Vec<usize>>,
    /// The plans called off, by where they stand.
    cancelled: HashMap<Position, Vec<&'a TravelCancelled>>,
}

impl<'a> View<'a> {
    /// Settles what counts: from the last visible event back, an event counts unless a counting event retracts or replaces it.
    #[must_use]
    pub fn new(claims: &'a Claims, scope: Scope) -> Self {
        let held = claims.entries().filter(|entry| scope.held(entry));
        let (mut facts, struck) = settle(claims, held, |key, event| {
            scope.public_by.is_none_or(|by| key.public <= by) || obeys_only_recorded(&event.what)
        });
        facts.reverse();
        let registry = Arc::new(Registry::fold(&facts));
        Self::of(claims, scope, facts, struck, registry)
    }

    /// The part of it that some of its entries make, in log order, as if of their events only those had been reported that `sees` lets
    /// through. The desk's knowledge is that of the whole view.
    #[must_use]
    pub fn part(&self, entries: &[&'a Entry], sees: impl Fn(Position) -> bool) -> Self {
        let (facts, struck) = settle(self.claims, entries.iter().copied(), |key, _| sees(key.position));
        Self::of(self.claims, self.scope, facts, struck, Arc::clone(&self.registry))
    }

    fn of(claims: &'a Claims, scope: Scope, mut facts: Vec<Fact<'a>>, struck: Struck, registry: Arc<Registry>) -> Self {
        facts.sort_by_key(|fact| fact.key);
        let mut view = Self {
            claims,
            scope,
            facts,
            struck,
            registry,
            meetings: BTreeMap::new(),
            officials: HashMap::new(),
            cancelled: HashMap::new(),
        };
        view.group();
        view
    }

    fn group(&mut self) {
        for (at, fact) in self.facts.iter().enumerate() {
            if let Some(meeting) = fact.event.what.meeting() {
                self.meetings.entry(meeting.clone()).or_default().push(at);
            }
            for official in fact.event.what.moves() {
                match self.officials.get_mut(official) {
                    Some(facts) => facts.push(at),
                    None => {
                        self.officials.insert(official.clone(), vec![at]);
                    }
                }
            }
            if let What::TravelCancelled(cancelled) = &fact.event.what {
                for of in cancelled.of.iter().filter_map(|of| self.claims.position(*of)) {
                    self.cancelled.entry(of).or_default().push(cancelled);
                }
            }
        }
    }

    /// The claims that it is a view of.
    #[must_use]
    pub fn claims(&self) -> &'a Claims {
        self.claims
    }

    /// The clocks that bound it.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Everything that counts, in the order of claims.
    #[must_use]
    pub fn facts(&self) -> &[Fact<'a>] {
        &self.facts
    }

    /// The desk's knowledge of officials, parties, places and trips.
    #[must_use]
    pub fn registry(&self) -> &Registry {
        &self.registry
    }

    /// The visible events that retracted or replaced an event.
    #[must_use]
    pub fn struck_by(&self, position: Position) -> &[Position] {
        self.struck.get(&position).map_or(&[], Vec::as_slice)
    }

    /// Whether the clocks let an event be seen, counting or not.
    #[must_use]
    pub fn sees(&self, entry: &Entry, event: &Event) -> bool {
        let in_time = self.scope.public_by.is_none_or(|by| entry.public(self.claims.zone()) <= by);
        self.scope.held(entry) && (in_time || obeys_only_recorded(&event.what))
    }

    /// The meetings that anything counting tells of.
    pub fn meeting_ids(&self) -> impl Iterator<Item = &MeetingId> {
        self.meetings.keys()
    }

    /// What counts about a meeting, in the order of claims.
    #[must_use]
    pub fn meeting_facts(&self, meeting: &MeetingId) -> Vec<Fact<'a>> {
        self.pick(self.meetings.get(meeting))
    }

    /// The travel, presences and absences of an official that count, in the order of claims.
    #[must_use]
    pub fn official_facts(&self, official: &OfficialId) -> Vec<Fact<'a>> {
        self.pick(self.officials.get(official))
    }

    /// Whether a plan was called off for an official, who is not among those who go all the same.
    #[must_use]
    pub fn is_called_off(&self, plan: Position, official: &OfficialId) -> bool {
        self.cancelled.get(&plan).into_iter().flatten().any(|cancelled| !cancelled.officials.contains(official))
    }

    fn pick(&self, indexes: Option<&Vec<usize>>) -> Vec<Fact<'a>> {
        indexes.into_iter().flatten().filter_map(|at| self.facts.get(*at).copied()).collect()
    }
}

/// What counts of some entries in log order, the last first, and what it strikes.
fn settle<'a>(
    claims: &'a Claims,
    entries: impl DoubleEndedIterator<Item = &'a Entry>,
    sees: impl Fn(Key, &Event) -> bool,
) -> (Vec<Fact<'a>>, Struck) {
    let mut struck = Struck::new();
    let mut facts = Vec::new();
    for entry in entries.rev() {
        let public = entry.public(claims.zone());
        for (number, event) in entry.numbered().collect::<Vec<_>>().into_iter().rev() {
            let position = Position { seq: entry.seq, number };
            let key = Key { public, position };
            if !claims.shows(position) || !sees(key, event) || struck.contains_key(&position) {
                continue;
            }
            for target in targets(claims, entry, event) {
                struck.entry(target).or_default().push(position);
            }
            facts.push(Fact { key, entry, event });
        }
    }
    (facts, struck)
}

/// The desk's own knowledge and the taking back of its own errors are not news: they obey only the recorded clock.
fn obeys_only_recorded(what: &What) -> bool {
    what.kind().is_registry() || matches!(what, What::Retraction(retraction) if retraction.reason.is_desk_error())
}

/// The events that a counting event strikes: what it replaces and retracts, as far as these are earlier entries.
fn targets(claims: &Claims, entry: &Entry, event: &Event) -> Vec<Position> {
    let replaced = event.telling.replaces.iter().map(|of| Reference::Event(*of));
    let retracted = if let What::Retraction(retraction) = &event.what { retraction.of.as_slice() } else { &[] };
    let all = replaced.chain(retracted.iter().copied()).flat_map(|reference| claims.positions(reference));
    all.filter(|target| target.seq < entry.seq).collect()
}
