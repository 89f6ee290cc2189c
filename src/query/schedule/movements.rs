//! Stops and legs as calendar items, for feeds with travel.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate};

use super::history::Past;
use super::trail::Trails;
use super::{CalendarStatus, ScheduleItem, ScheduleOptions, Subject, Timing, words};
use crate::event::{MeetingId, OfficialId, Position, What};
use crate::projection::{CARRY_DAYS, Leg, Meetings, Standing, Stop, View, Whereabouts};
use crate::query::Asked;
use crate::time::{End, Moment, Shape, When};

/// The stops and legs that the options let through, and how many of the legs show on no day.
pub(super) fn items(asked: &Asked<'_>, trails: &Trails<'_>, options: &ScheduleOptions) -> (Vec<ScheduleItem>, usize) {
    let registry = asked.registry();
    let mut items = Vec::new();
    let mut undated = 0;
    for official in trails.officials().into_iter().filter(|official| options.wants_official(official, registry)) {
        let ground = Ground::new(&asked.view, trails, official, &options.log);
        let (shown, vague) = ground.movements(&asked.meetings);
        undated += vague.iter().filter(|subject| options.wants_movement(subject, registry)).count();
        let wanted = |item: &ScheduleItem| options.wants_movement(&item.subject, registry) && options.wants_timing(&item.timing);
        if !shown.values().any(wanted) {
            continue;
        }
        let pasts = pasts(trails, official, &options.log);
        let past = |item: ScheduleItem| match pasts.get(&item.uid) {
            Some(past) => past.complete(item),
            None => item,
        };
        items.extend(shown.into_values().filter(wanted).map(past));
    }
    (items, undated)
}

/// The pasts of all stops and legs of an official, by UID; told as from before all days, like those of meetings.
fn pasts(trails: &Trails<'_>, official: &OfficialId, log: &str) -> BTreeMap<String, Past> {
    let mut pasts: BTreeMap<String, Past> = BTreeMap::new();
    let show = |view: &View<'_>| {
        let meetings = Meetings::of(view, NaiveDate::MIN);
        Ground::new(view, trails, official, log).movements(&meetings).0
    };
    for mut state in trails.of_official(official).walk(show) {
        for uid in state.shown.keys() {
            pasts.entry(uid.clone()).or_default();
        }
        for (uid, past) in &mut pasts {
            // A report about an official touches only those movements that it changes.
            past.step(state.at, false, state.shown.remove(uid));
        }
    }
    pasts
}

/// What the movements of an official are derived from.
pub(super) struct Ground<'g, 'a> {
    view: &'g View<'g>,
    trails: &'g Trails<'a>,
    official: &'g OfficialId,
    log: &'g str,
}

/// The UIDs of one official's movements. One report may leave several stays at one place (an absence in between): they are numbered, in
/// order of time.
#[derive(Default)]
pub(super) struct Uids(BTreeSet<String>);

impl Uids {
    /// A UID of its own for what is known by `whole`.
    pub(super) fn take(&mut self, whole: &str) -> String {
        let numbered = (2..).map(|number| whole.replacen('@', &format!(".{number}@"), 1));
        let free = std::iter::once(whole.to_owned()).chain(numbered).find(|uid| !self.0.contains(uid)).unwrap_or_default();
        self.0.insert(free.clone());
        free
    }
}

impl<'g, 'a> Ground<'g, 'a> {
    pub(super) fn new(view: &'g View<'g>, trails: &'g Trails<'a>, official: &'g OfficialId, log: &'g str) -> Self {
        Self { view, trails, official, log }
    }

    /// The stops and legs by UID, without their pasts, and the legs that are too vague for any day.
    fn movements(&self, meetings: &Meetings) -> (BTreeMap<String, ScheduleItem>, Vec<Subject>) {
        let whereabouts = Whereabouts::derive(self.view, meetings, self.official, CARRY_DAYS);
        let mut vague = Vec::new();
        let mut items = Vec::new();
        for stop in &whereabouts.stops {
            items.push(self.stop(stop, meetings));
        }
        for leg in &whereabouts.legs {
            match self.leg(leg) {
                Ok(item) => items.push(item),
                Err(subject) => vague.push(subject),
            }
        }
        let mut uids = Uids::default();
        let named = |item: ScheduleItem| {
            let uid = uids.take(&item.uid);
            (uid.clone(), ScheduleItem { uid, ..item })
        };
        (items.into_iter().map(named).collect(), vague)
    }

    /// `rubio.at.riyadh.<entry id>.2@<log id>`: dots divide it, for no id has any.
    fn uid(&self, how: &str, place: &crate::event::PlaceId, evidence: &[Position]) -> String {
        format!("{}.{how}.{place}.{}@{}", self.official, self.trails.root(evidence), self.log)
    }

    /// What a stop is known by, before it is numbered.
    pub(super) fn stop_uid(&self, stop: &Stop) -> String {
        self.uid("at", &stop.place, &stop.evidence())
    }

    /// What a leg is known by, before it is numbered.
    pub(super) fn leg_uid(&self, leg: &Leg) -> String {
        self.uid("to", &leg.to, &sorted(&leg.evidence))
    }

    pub(super) fn stop_title(&self, stop: &Stop) -> String {
        let registry = self.view.registry();
        format!("{} in {}", registry.official_name(self.official), registry.place_name(&stop.place))
    }

    pub(super) fn leg_title(&self, leg: &Leg) -> String {
        let registry = self.view.registry();
        let (name, to) = (registry.official_name(self.official), registry.place_name(&leg.to));
        match &leg.from {
            Some(from) => format!("{name}: {} to {to}", registry.place_name(from)),
            None => format!("{name}: to {to}"),
        }
    }

    fn stop(&self, stop: &Stop, meetings: &Meetings) -> ScheduleItem {
        let registry = self.view.registry();
        let standing = stop.best_standing();
        let evidence = stop.evidence();
        let timing = self.exact_stay(&evidence).unwrap_or(Timing::Days { from: stop.from, to: stop.to });
        let there = stop.meetings();
        let known: Vec<String> =
            stop.stretches().iter().map(|run| format!("{} {}", run.standing.name(), words::days(run.from, run.to))).collect();
        let mut description = vec![format!("Known as: {}", known.join(", "))];
        let mut by_id: Vec<&MeetingId> = there.iter().collect();
        by_id.sort_unstable();
        let titles = by_id.into_iter().filter_map(|id| meetings.get(id)).map(|meeting| &meeting.title);
        description.extend(titles.map(|title| format!("Meeting: {title}")));
        description.extend(self.appointments(&evidence));
        let trips = stop.trips();
        let trips = trips.iter().filter_map(|trip| registry.trips.get(trip));
        description.extend(trips.map(|trip| format!("Part of: {}", trip.title)));
        let subject = Subject::Stop { official: self.official.clone(), place: stop.place.clone(), meetings: there, standing };
        let (uid, title) = (self.stop_uid(stop), self.stop_title(stop));
        self.item(Draft { uid, subject, title, timing, standing, description }, &stop.place, &evidence)
    }

    /// What somebody is there for, as far as it was reported, with its hours.
    fn appointments(&self, evidence: &[Position]) -> Vec<String> {
        let purpose = |position: &Position| {
            let What::Presence(presence) = &self.trails.event(*position)?.what else { return None };
            Some((presence.when, presence.purpose.as_ref()?))
        };
        let mut purposes: Vec<(When, &String)> = evidence.iter().filter_map(purpose).collect();
        purposes.sort_by_cached_key(|(when, purpose)| (when.to_string(), (*purpose).clone()));
        purposes.dedup();
        purposes.iter().map(|(when, purpose)| format!("{}: {purpose}", words::when(*when))).collect()
    }

    /// The times of a stay that rests on one report of exact times; stays of several reports are shown by days.
    pub(super) fn exact_stay(&self, evidence: &[Position]) -> Option<Timing> {
        let [only] = evidence else { return None };
        let What::Presence(presence) = &self.trails.event(*only)?.what else { return None };
        match presence.when.shape {
            Shape::Throughout(End::Exact(from), Some(End::Exact(to))) if !presence.when.is_uncertain() => {
                Some(Timing::exact(from, Some(to)))
            }
            Shape::Throughout(..) | Shape::Day(_) | Shape::Exact(_) | Shape::Month(_) | Shape::Year(_) | Shape::Within(..) => {
                None
            }
        }
    }

    fn leg(&self, leg: &Leg) -> Result<ScheduleItem, Subject> {
        let subject =
            Subject::Leg { official: self.official.clone(), from: leg.from.clone(), to: leg.to.clone(), standing: leg.standing };
        let Some((from, to)) = leg.days else { return Err(subject) };
        let mut description = vec![format!("Known as: {}", leg.standing.name())];
        description.extend(leg.depart.map(|when| format!("Departs: {}", words::when(when))));
        description.extend(leg.arrive.map(|when| format!("Arrives: {}", words::when(when))));
        description.extend(leg.purpose.as_ref().map(|purpose| format!("Purpose: {purpose}")));
        let (uid, title, timing) = (self.leg_uid(leg), self.leg_title(leg), leg_timing(leg, from, to));
        Ok(self.item(Draft { uid, subject, title, timing, standing: leg.standing, description }, &leg.to, &sorted(&leg.evidence)))
    }

    fn item(&self, draft: Draft, place: &crate::event::PlaceId, evidence: &[Position]) -> ScheduleItem {
        let Draft { uid, subject, title, timing, standing, mut description } = draft;
        let registry = self.view.registry();
        let reports = words::Reports::of(self.view, evidence);
        description.extend(reports.lines());
        // As for meetings: what is confirmed or was seen stands, what is announced or doubtful may change.
        let status = match standing {
            Standing::Observed | Standing::Confirmed if !timing.is_vague() => CalendarStatus::Confirmed,
            Standing::Observed | Standing::Confirmed => CalendarStatus::Tentative,
            Standing::Planned | Standing::Uncertain | Standing::Presumed => CalendarStatus::Tentative,
        };
        ScheduleItem {
            uid,
            subject,
            title,
            status,
            timing,
            transparent: true,
            location: Some(words::location(registry, place)),
            position: registry.places.get(place).and_then(|record| record.position),
            description,
            url: reports.newest_link(),
            created: DateTime::UNIX_EPOCH,
            modified: DateTime::UNIX_EPOCH,
            sequence: 0,
        }
    }
}

/// What a stop or a leg brings to its item.
struct Draft {
    uid: String,
    subject: Subject,
    title: String,
    timing: Timing,
    standing: Standing,
    description: Vec<String>,
}

fn sorted(evidence: &[Position]) -> Vec<Position> {
    let mut sorted = evidence.to_vec();
    sorted.sort_unstable();
    sorted
}

/// The exact time of a departure or an arrival, where it is given and sure.
pub(super) fn exact(when: Option<When>) -> Option<Moment> {
    when.filter(|when| !when.is_uncertain()).and_then(|when| when.exact_start())
}

/// When a journey is shown that takes place on these days.
pub(super) fn leg_timing(leg: &Leg, from: NaiveDate, to: NaiveDate) -> Timing {
    exact_journey(leg).unwrap_or_else(|| days_of(leg, from, to))
}

/// From departure to arrival, where both are exact.
fn exact_journey(leg: &Leg) -> Option<Timing> {
    let (depart, arrive) = exact(leg.depart).zip(exact(leg.arrive))?;
    (arrive.instant() > depart.instant()).then(|| Timing::exact(depart, Some(arrive)))
}

/// The days of a journey; vague if its departure or arrival is.
fn days_of(leg: &Leg, from: NaiveDate, to: NaiveDate) -> Timing {
    let vague = leg.depart.iter().chain(&leg.arrive).find(|when| when.is_uncertain());
    match vague {
        // The days are those of the leg already, whatever the zone.
        Some(when) => Timing::Vague { from, to, words: words::vague(*when, crate::time::Zone::UTC) },
        None => Timing::Days { from, to },
    }
}
