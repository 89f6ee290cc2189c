//! What each record of a source has told so far, so that its next revision takes over what the last one said and doubles nothing.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};

use crate::event::{Entry, Event, EventRef, NewEntry, OfficialId, Position, Source, What};
use crate::projection::View;
use crate::time::Zone;

/// What the records of one outlet told, by the outlet's key of the record.
#[derive(Clone, Debug, Default)]
pub struct Told {
    records: BTreeMap<String, Vec<Claim>>,
    /// The plans that were called off, and when that came out.
    called_off: HashMap<EventRef, DateTime<Utc>>,
    /// Whom else the records are known from.
    elsewhere: HashMap<String, String>,
}

/// A presence that a record told of.
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
}

/// How a record stands with some officials.
#[derive(Clone, Debug)]
pub(super) enum Standing<'t> {
    /// It never told of them.
    New,
    /// Its last word stands.
    Stands(&'t Claim),
    /// Its last word was a plan, and the plan was called off.
    Off(&'t Claim),
    /// Its last word was retracted by somebody.
    Retracted(&'t Claim),
}

impl Told {
    /// What the records of an outlet told, under a view of the whole log.
    #[must_use]
    pub fn of(view: &View<'_>, outlet: Option<&str>) -> Self {
        let counting: HashSet<Position> = view.facts().iter().map(|fact| fact.key.position).collect();
        let zone = view.claims().zone();
        let mut told = Self::default();
        for entry in view.claims().entries() {
            match (entry.source.outlet.as_deref() == outlet, &entry.source.record, &entry.source.outlet) {
                (true, Some(record), _) => told.remember(record, entry, zone, |position| counting.contains(&position)),
                (false, Some(record), Some(other)) => told.elsewhere.extend([(record.clone(), other.clone())]),
                (true | false, None, _) | (false, Some(_), None) => {}
            }
        }
        for fact in view.facts() {
            if let What::TravelCancelled(cancelled) = &fact.event.what
                && cancelled.officials.is_empty()
            {
                let published = published(&fact.entry.source, fact.entry.recorded, zone);
                told.called_off.extend(cancelled.of.iter().map(|of| (*of, published)));
            }
        }
        told
    }

    fn remember(&mut self, record: &str, entry: &Entry, zone: Zone, counts: impl Fn(Position) -> bool) {
        for (number, event) in entry.numbered().filter(|(_, event)| matches!(event.what, What::Presence(_))) {
            let position = Position { seq: entry.seq, number };
            self.records.entry(record.to_owned()).or_default().push(Claim {
                event: EventRef { entry: entry.id, number },
                position: Some(position),
                says: event.clone(),
                counts: counts(position),
                published: published(&entry.source, entry.recorded, zone),
            });
        }
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
            if let What::TravelCancelled(cancelled) = &event.what {
                self.called_off.extend(cancelled.of.iter().map(|of| (*of, published)));
            }
            if let What::Presence(_) = &event.what {
                let event_ref = EventRef { entry: entry.id, number };
                claims.push(Claim { event: event_ref, position: None, says: event.clone(), counts: true, published });
            }
        }
    }

    /// How a record stands with these officials.
    pub(super) fn standing(&self, record: &str, officials: &[OfficialId]) -> Standing<'_> {
        let claims = self.records.get(record).into_iter().flatten().filter(|claim| is_of(claim, officials));
        let (mut last, mut counting) = (None, None);
        for claim in claims {
            last = Some(claim);
            counting = if claim.counts { Some(claim) } else { counting };
        }
        match (counting, last) {
            (Some(claim), _) if self.called_off.contains_key(&claim.event) => Standing::Off(claim),
            (Some(claim), _) => Standing::Stands(claim),
            (None, Some(claim)) => Standing::Retracted(claim),
            (None, None) => Standing::New,
        }
    }

    /// When the last word on a claim came out: its own, or that it is off.
    pub(super) fn last_word(&self, claim: &Claim) -> DateTime<Utc> {
        self.called_off.get(&claim.event).map_or(claim.published, |off| claim.published.max(*off))
    }

    /// Another outlet that told the same record.
    pub(super) fn elsewhere(&self, record: &str) -> Option<&str> {
        self.elsewhere.get(record).map(String::as_str)
    }

    /// Every record.
    pub(super) fn records(&self) -> impl Iterator<Item = &str> {
        self.records.keys().map(String::as_str)
    }

    /// Everything that a record told of these officials. What takes over the last of it takes over all: were only the last replaced, what that
    /// had replaced would count again.
    pub(super) fn all(&self, record: &str, officials: &[OfficialId]) -> Vec<EventRef> {
        let claims = self.records.get(record).into_iter().flatten();
        claims.filter(|claim| is_of(claim, officials)).map(|claim| claim.event).collect()
    }

    /// The records of a series: its key itself, and those of its days.
    pub(super) fn series<'t>(&'t self, uid: &'t str) -> impl Iterator<Item = &'t str> {
        let from = self.records.range(uid.to_owned()..).map(|(record, _)| record.as_str());
        let begun = from.take_while(move |record| record.starts_with(uid));
        begun.filter(move |record| record.len() == uid.len() || record.get(uid.len()..).is_some_and(|rest| rest.starts_with('/')))
    }
}

/// When a source came out, else when it was written down.
fn published(source: &Source, recorded: DateTime<Utc>, zone: Zone) -> DateTime<Utc> {
    source.published.map_or(recorded, |published| published.instant(zone))
}

fn is_of(claim: &Claim, officials: &[OfficialId]) -> bool {
    let What::Presence(presence) = &claim.says.what else { return false };
    presence.officials.len() == officials.len() && presence.officials.iter().all(|one| officials.contains(one))
}
