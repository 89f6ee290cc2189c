//! What each record of a source has told so far, so that its next revision takes over what the last one said and doubles nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::event::{Entry, Event, EventRef, Kind, NewEntry, OfficialId, Position, Reference, Source, What};
use crate::projection::View;
use crate::time::{Zone, parse_day};

/// What the records of one outlet told, by the outlet's key of the record.
#[derive(Clone, Debug, Default)]
pub struct Told {
    records: BTreeMap<String, Vec<Claim>>,
    /// The plans that are off, whoever said so, and when that came out.
    called_off: HashMap<EventRef, DateTime<Utc>>,
    /// The plans that a record of the outlet called off, even if somebody has taken that back.
    off_by_record: HashSet<EventRef>,
    /// What a record took back itself, when it was no longer in its list.
    withdrawn: HashSet<EventRef>,
    /// The last other outlet that told of somebody under the key of a record.
    elsewhere: HashMap<String, (String, Vec<OfficialId>)>,
}

/// What a record told: a presence, a journey, a meeting, who is who; not that something is off or taken back.
#[derive(Clone, Debug)]
pub(super) struct Claim {
    /// Where it stands.
    pub event: EventRef,
    /// The same for people, once it is in the log.
    pub position: Option<Position>,
    /// What it says.
    pub says: Event,
    /// Whether it counts: nobody retracted or replaced it.
    pub counts: bool,
    /// When it came out.
    pub published: DateTime<Utc>,
    /// The title of its source: which of an outlet's lists it is from.
    pub title: Option<String>,
}

/// How a record stands with some officials.
#[derive(Clone, Debug)]
pub(super) enum Standing<'t> {
    /// It never told of them.
    New,
    /// A word of it counts, even if the plan was called off.
    Counts(&'t Claim),
    /// All its words were retracted by somebody.
    Retracted,
}

impl Told {
    /// What the records of an outlet told, under a view of the whole log.
    #[must_use]
    pub fn of(view: &View<'_>, outlet: Option<&str>) -> Self {
        let counting: HashSet<Position> = view.facts().iter().map(|fact| fact.key.position).collect();
        let zone = view.claims().zone();
        let mut told = Self::default();
        for entry in view.claims().entries() {
            if entry.source.outlet.as_deref() == outlet {
                told.remember(entry, zone, |position| counting.contains(&position));
            } else {
                told.remember_other(entry);
            }
        }
        for fact in view.facts() {
            let published = published(&fact.entry.source, fact.entry.recorded, zone);
            told.called_off.extend(called_off(fact.event).iter().map(|of| (*of, published)));
        }
        told
    }

    fn remember(&mut self, entry: &Entry, zone: Zone, counts: impl Fn(Position) -> bool) {
        let Some(record) = &entry.source.record else { return };
        self.off_by_record.extend(entry.events.iter().flat_map(called_off));
        self.withdrawn.extend(entry.events.iter().flat_map(taken_back));
        for (number, event) in entry.numbered().filter(|(_, event)| is_claim(event)) {
            let position = Position { seq: entry.seq, number };
            self.records.entry(record.clone()).or_default().push(Claim {
                event: EventRef { entry: entry.id, number },
                position: Some(position),
                says: event.clone(),
                counts: counts(position),
                published: published(&entry.source, entry.recorded, zone),
                title: entry.source.title.clone(),
            });
        }
    }

    fn remember_other(&mut self, entry: &Entry) {
        let (Some(record), Some(outlet)) = (&entry.source.record, &entry.source.outlet) else { return };
        for event in &entry.events {
            if let What::Presence(presence) = &event.what {
                self.elsewhere.insert(record.clone(), (outlet.clone(), presence.officials.clone()));
            }
        }
    }

    /// Another outlet that told of these officials under the same key: perhaps the same calendar by another name.
    pub(super) fn other_outlet(&self, record: &str, officials: &[OfficialId]) -> Option<&str> {
        let (outlet, of) = self.elsewhere.get(record)?;
        is_same_people(of, officials).then_some(outlet)
    }

    /// Takes in an entry that was admitted and is not in the log yet.
    pub(super) fn admit(&mut self, entry: &NewEntry, now: DateTime<Utc>, zone: Zone) {
        let Some(record) = &entry.source.record else { return };
        let published = published(&entry.source, now, zone);
        let claims = self.records.entry(record.clone()).or_default();
        for (number, event) in (1..).zip(&entry.events) {
            for replaced in &event.telling.replaces {
                claims.iter_mut().filter(|claim| claim.event == *replaced).for_each(|claim| claim.counts = false);
            }
            self.called_off.extend(called_off(event).iter().map(|of| (*of, published)));
            self.off_by_record.extend(called_off(event));
            if is_claim(event) {
                let (event_ref, title) = (EventRef { entry: entry.id, number }, entry.source.title.clone());
                claims.push(Claim { event: event_ref, position: None, says: event.clone(), counts: true, published, title });
            }
        }
    }

    /// How a record stands with these officials.
    pub(super) fn standing(&self, record: &str, officials: &[OfficialId]) -> Standing<'_> {
        match (self.claims(record, officials).rfind(|claim| claim.counts), self.claims(record, officials).next()) {
            (Some(claim), _) => Standing::Counts(claim),
            (None, Some(_)) => Standing::Retracted,
            (None, None) => Standing::New,
        }
    }

    /// Whether a record says nothing new by a word that `is_same` as an earlier one: it stands, somebody took it back, or another source called
    /// the plan off. Only what the record itself called off is news when it is told again.
    pub(super) fn knows(&self, record: &str, officials: &[OfficialId], is_same: impl Fn(&Claim) -> bool) -> bool {
        let was_off = |claim: &Claim| self.called_off.contains_key(&claim.event) && self.off_by_record.contains(&claim.event);
        let counting = self.claims(record, officials).rfind(|claim| claim.counts).filter(|claim| !was_off(claim));
        let taken_back = self.claims(record, officials).next_back().filter(|claim| !claim.counts);
        counting.into_iter().chain(taken_back).any(is_same)
    }

    /// The plan of a record that it may call off: one that is not off, and of which it has not said so before in vain.
    pub(super) fn plan(&self, record: &str, officials: &[OfficialId]) -> Option<&Claim> {
        let plan = self.claims(record, officials).rfind(|claim| claim.counts)?;
        (!self.called_off.contains_key(&plan.event) && !self.off_by_record.contains(&plan.event)).then_some(plan)
    }

    /// When the last word on a claim came out: its own, or that it is off.
    pub(super) fn last_word(&self, claim: &Claim) -> DateTime<Utc> {
        self.called_off.get(&claim.event).map_or(claim.published, |off| claim.published.max(*off))
    }

    /// Every record.
    pub(super) fn records(&self) -> impl Iterator<Item = &str> {
        self.records.keys().map(String::as_str)
    }

    fn claims(&self, record: &str, officials: &[OfficialId]) -> impl DoubleEndedIterator<Item = &Claim> {
        self.records.get(record).into_iter().flatten().filter(|claim| is_of(claim, officials))
    }

    /// Everything that a record told of these officials. What takes over the last of it takes over all: were only the last replaced, what that
    /// had replaced would count again.
    pub(super) fn all(&self, record: &str, officials: &[OfficialId]) -> Vec<EventRef> {
        self.claims(record, officials).map(|claim| claim.event).collect()
    }

    /// Everything that a record told, of whomever, the earliest first.
    pub(super) fn of_record(&self, record: &str) -> &[Claim] {
        self.records.get(record).map_or(&[], Vec::as_slice)
    }

    /// Whether a record took a claim back itself.
    pub(super) fn is_withdrawn(&self, claim: &Claim) -> bool {
        self.withdrawn.contains(&claim.event)
    }

    /// The records of a series: its key itself, and those of its days.
    pub(super) fn series<'t>(&'t self, uid: &'t str) -> impl Iterator<Item = &'t str> {
        let from = self.records.range(uid.to_owned()..).map(|(record, _)| record.as_str());
        let begun = from.take_while(move |record| record.starts_with(uid));
        // Behind the slash of a day stands a date; of another UID anything may.
        let is_day = |rest: &str| rest.strip_prefix('/').and_then(|day| day.get(..10)).is_some_and(|day| parse_day(day).is_ok());
        begun.filter(move |record| record.get(uid.len()..).is_some_and(|rest| rest.is_empty() || is_day(rest)))
    }
}

/// Whether an event tells of something that a later revision of its record may tell otherwise.
fn is_claim(event: &Event) -> bool {
    !matches!(event.what.kind(), Kind::TravelCancelled | Kind::Retraction)
}

/// The events that a retraction names.
fn taken_back(event: &Event) -> Vec<EventRef> {
    let of = |reference: Reference| match reference {
        Reference::Event(event) => Some(event),
        Reference::Entry(_) => None,
    };
    let What::Retraction(retraction) = &event.what else { return Vec::new() };
    retraction.of.iter().copied().filter_map(of).collect()
}

/// The plans that an event calls off for everybody.
fn called_off(event: &Event) -> &[EventRef] {
    if let What::TravelCancelled(cancelled) = &event.what
        && cancelled.officials.is_empty()
    {
        return &cancelled.of;
    }
    &[]
}

/// When a source came out, else when it was written down.
pub(super) fn published(source: &Source, recorded: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    source.published.map_or(recorded, |published| published.instant(zone))
}

fn is_of(claim: &Claim, officials: &[OfficialId]) -> bool {
    let What::Presence(presence) = &claim.says.what else { return false };
    is_same_people(&presence.officials, officials)
}

fn is_same_people(some: &[OfficialId], others: &[OfficialId]) -> bool {
    some.len() == others.len() && some.iter().all(|one| others.contains(one))
}
