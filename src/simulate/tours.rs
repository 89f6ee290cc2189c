//! Tours: officials who go from city to city and home again, as outlets report it before, meanwhile and after; and those who stay at home.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::atlas::told;
use super::recent::{Recent, Report};
use super::scene::{Draft, Scene, Timing, push_number};
use super::words::PURPOSES;
use crate::event::{Event, EventError, EventRef, Presence, Travel, Trip, TripId, What};
use crate::time::{End, Moment, Shape, When};

/// How many officials are on a tour, or have one before them, at most: with this many a fifth of all are abroad.
const TOURING: usize = 610;

/// How many tours are announced in an hour at most, so that those of the first days are spread.
const ANNOUNCED_HOURLY: u32 = 5;

/// The tours that are announced and not over.
#[derive(Default)]
pub(super) struct Tours {
    active: BTreeMap<u32, Tour>,
    /// The reports to come: the hour from which on they are due, the tour, and the step.
    due: BTreeSet<(u32, u32, u8)>,
    count: u32,
    touring: usize,
    /// The hour of the last announcements, and how many there were.
    announced: (u32, u32),
}

struct Tour {
    officials: Vec<usize>,
    stops: Vec<Stop>,
    trip: Option<TripId>,
    purpose: &'static str,
    /// The plans for the stops, as announced.
    plans: Vec<EventRef>,
    /// How many reports are still to come.
    steps: u8,
}

#[derive(Clone, Copy)]
struct Stop {
    place: usize,
    from: NaiveDate,
    to: NaiveDate,
}

impl Tours {
    /// The next report of a tour: one that is due, a new tour, or else of somebody at home.
    ///
    /// # Errors
    /// When a number makes no id, which a test rules out.
    pub fn report(&mut self, scene: &mut Scene, recent: &mut Recent) -> Result<Draft, EventError> {
        while let Some((_, number, step)) = self.due.first().copied().filter(|(hour, ..)| *hour <= scene.hour) {
            self.due.pop_first();
            if let Some(draft) = self.step(number, step, scene, recent) {
                return Ok(draft);
            }
        }
        if self.may_announce(scene.hour)
            && let Some(lead) = scene.free_official(None)
        {
            return self.announce(lead, scene);
        }
        Ok(at_home(scene, recent))
    }

    fn may_announce(&mut self, hour: u32) -> bool {
        if self.announced.0 != hour {
            self.announced = (hour, 0);
        }
        self.touring < TOURING && self.announced.1 < ANNOUNCED_HOURLY
    }

    fn announce(&mut self, lead: usize, scene: &mut Scene) -> Result<Draft, EventError> {
        self.announced.1 += 1;
        self.count += 1;
        let number = self.count;
        let mut officials = vec![lead];
        let country = scene.people.all[lead].country;
        scene.engage(&officials, true);
        while officials.len() < 3 && scene.dice.chance(18) {
            officials.extend(scene.free_official(Some(country)));
            scene.engage(&officials, true);
        }
        self.touring += officials.len();
        let stops = itinerary(scene, country);
        let trip = if stops.len() > 1 && scene.dice.chance(60) { Some(trip_id(number)?) } else { None };
        let purpose = scene.dice.word(PURPOSES);
        let mut tour = Tour { officials, stops, trip, purpose, plans: Vec::new(), steps: 0 };
        let events = tour.announcement(scene);
        self.plan(number, &mut tour, scene);
        self.active.insert(number, tour);
        Ok(Draft { may_wait: true, ..Draft::of(events, scene.base_name(lead)) })
    }

    /// Sets down when the reports of a tour are due: for each stop one of the arrival and one of the stay, and one of the return.
    fn plan(&mut self, number: u32, tour: &mut Tour, scene: &mut Scene) {
        let Some(last) = tour.stops.last().map(|stop| stop.to) else { return };
        for stop in &tour.stops {
            let arrival = scene.hour_of(stop.from) + scene.dice.between(8, 22);
            // After the stay, for what is still going on is no more than planned; some report it much later.
            let late = if scene.dice.chance(10) { scene.dice.between(24, 216) } else { 0 };
            let stay = scene.hour_of(stop.to) + scene.dice.between(32, 46) + late;
            self.due.extend([(arrival, number, tour.steps), (stay, number, tour.steps + 1)]);
            tour.steps += 2;
        }
        self.due.insert((scene.hour_of(last) + scene.dice.between(48, 70), number, tour.steps));
        tour.steps += 1;
    }

    fn step(&mut self, number: u32, step: u8, scene: &mut Scene, recent: &mut Recent) -> Option<Draft> {
        let tour = self.active.get_mut(&number)?;
        tour.steps -= 1;
        let at = usize::from(step / 2);
        let subject = scene.base_name(*tour.officials.first()?);
        let draft = match (tour.stops.get(at).copied(), step % 2) {
            (None, _) => {
                self.touring -= tour.officials.len();
                scene.engage(&tour.officials, false);
                Draft::of(tour.home(scene), subject)
            }
            (Some(stop), 0) => Draft::of(tour.arrival(at, stop, scene), subject),
            (Some(stop), _) => {
                let events = tour.stay(at, stop, scene);
                let Stop { place, from, to } = stop;
                recent.note(scene, Report::Stay { officials: tour.officials.clone(), place, from, to });
                // The source told it soon after; the desk has it now.
                let published = crate::time::shifted(stop.to, 1);
                let is_late = (scene.today - published).num_days() > 1;
                let timing = if is_late { Timing::Late(published) } else { Timing::Usual };
                Draft { timing, ..Draft::of(events, subject) }
            }
        };
        if tour.steps == 0 {
            self.active.remove(&number);
        }
        Some(draft)
    }

    /// Calls off a tour that has not begun, if one is found at once; with the plans that fall with it.
    pub fn call_off(&mut self, scene: &mut Scene) -> Option<Vec<EventRef>> {
        let today = scene.today;
        let newest = self.active.iter().rev().take(64);
        let to_come = |tour: &Tour| tour.stops.first().is_some_and(|stop| stop.from > today);
        let number = newest.filter(|(_, tour)| to_come(tour)).map(|(number, _)| *number).nth(scene.dice.index(8))?;
        let tour = self.active.remove(&number)?;
        self.due.retain(|(_, other, _)| *other != number);
        self.touring -= tour.officials.len();
        scene.engage(&tour.officials, false);
        Some(tour.plans)
    }
}

/// The stops: one to four cities, each for one to four days, from some days after today on.
fn itinerary(scene: &mut Scene, home: usize) -> Vec<Stop> {
    let ahead = scene.dice.between(1, 4);
    let mut from = scene.day(ahead.into());
    let mut stops: Vec<Stop> = Vec::new();
    let count = scene.dice.between(1, 4).min(scene.dice.between(2, 4));
    for _ in 0..count {
        let drawn = scene.city_abroad(home);
        // Nobody leaves for where they are.
        let place = if stops.iter().any(|stop| stop.place == drawn) { continue } else { drawn };
        let to = crate::time::shifted(from, scene.dice.between(1, 3).into());
        stops.push(Stop { place, from, to });
        from = to;
    }
    stops
}

fn trip_id(number: u32) -> Result<TripId, EventError> {
    let mut id = String::from("tour-");
    push_number(&mut id, number);
    Ok(id.parse()?)
}

impl Tour {
    /// The announcement: the name of the tour, the first journey, and the stays that are planned.
    fn announcement(&mut self, scene: &mut Scene) -> Vec<Event> {
        let officials = scene.officials(&self.officials);
        let lead = self.officials.first().copied().unwrap_or_default();
        let mut events = Vec::with_capacity(self.stops.len() + 2);
        if let Some(trip) = self.trip.clone() {
            let title = Some([scene.people.all[lead].name.as_str(), "'s tour"].concat());
            events.push(told(What::Trip(Trip { trip, title, officials: officials.clone() })));
        }
        if let Some(first) = self.stops.first().copied() {
            let travel = self.travel(scene, scene.base(lead), first, false);
            events.push(travel);
        }
        for at in 1..self.stops.len() {
            let Stop { place, from, to } = self.stops[at];
            let presence = self.presence(scene, place, throughout(from, to), &["is to go on to ", scene.place_name(place)]);
            events.push(presence);
        }
        let first = 1 + u32::from(self.trip.is_some());
        self.plans = (first..).take(self.stops.len()).map(|number| scene.reference(number)).collect();
        events
    }

    /// The report of an arrival: the journey, some with exact times, or somebody who is there.
    fn arrival(&self, at: usize, stop: Stop, scene: &mut Scene) -> Vec<Event> {
        let lead = self.officials.first().copied().unwrap_or_default();
        let from = at.checked_sub(1).map_or(scene.base(lead), |before| self.stops[before].place);
        let name = scene.place_name(stop.place);
        match scene.dice.below(10) {
            0..=2 => vec![self.presence(scene, stop.place, When::day(stop.from), &["is in ", name])],
            3 => vec![self.presence(
                scene,
                stop.place,
                Shape::Throughout(End::Day(stop.from), None).into(),
                &["is staying in ", name],
            )],
            4..=6 => vec![self.travel(scene, from, stop, true)],
            _ => vec![self.travel(scene, from, stop, false)],
        }
    }

    /// The report of a stay that is over; it may take the place of the plan.
    fn stay(&self, at: usize, stop: Stop, scene: &mut Scene) -> Vec<Event> {
        let name = scene.place_name(stop.place);
        let mut event = self.presence(scene, stop.place, throughout(stop.from, stop.to), &["has spent some days in ", name]);
        if at > 0 && scene.dice.chance(25) {
            event.telling.replaces.extend(self.plans.get(at));
        }
        vec![event]
    }

    /// The report of the return.
    fn home(&self, scene: &mut Scene) -> Vec<Event> {
        let Some((last, lead)) = self.stops.last().copied().zip(self.officials.first().copied()) else { return Vec::new() };
        let base = scene.base(lead);
        let stop = Stop { place: base, from: last.to, to: last.to };
        let mut events = vec![self.travel(scene, last.place, stop, false)];
        if scene.dice.chance(40) {
            let day = When::day(crate::time::shifted(last.to, 1));
            events.push(self.presence(scene, base, day, &["is back in ", scene.place_name(base)]));
        }
        events
    }

    fn presence(&self, scene: &mut Scene, place: usize, when: When, words: &[&str]) -> Event {
        let lead = self.officials.first().copied().unwrap_or_default();
        let officials = scene.officials(&self.officials);
        let (place, trip) = (scene.place(place), self.trip.clone());
        let purpose = scene.dice.chance(40).then(|| self.purpose.to_owned());
        tell_of(scene, lead, What::Presence(Presence { officials, place, when, trip, purpose }), words)
    }

    fn travel(&self, scene: &mut Scene, from: usize, stop: Stop, is_exact: bool) -> Event {
        let lead = self.officials.first().copied().unwrap_or_default();
        let officials = scene.officials(&self.officials);
        let (depart, arrive) = if is_exact { flight(scene, from, stop) } else { days(scene, from, stop) };
        let words = ["is to fly to ", scene.place_name(stop.place)];
        let (from, to) = (scene.dice.chance(60).then(|| scene.place(from)), scene.place(stop.place));
        let purpose = scene.dice.chance(40).then(|| self.purpose.to_owned());
        let travel = Travel { officials, from, to, depart, arrive, trip: self.trip.clone(), purpose };
        let mut event = tell_of(scene, lead, What::Travel(travel), &words);
        if depart.is_some_and(|when| when.exact_start().is_none()) && scene.dice.chance(20) {
            event.telling.said.insert("depart".to_owned(), stop.from.format("on %A").to_string());
        }
        event
    }
}

/// The day of a journey; the day of the arrival is left open where it may be another one there.
fn days(scene: &mut Scene, from: usize, stop: Stop) -> (Option<When>, Option<When>) {
    let day = Some(When::day(stop.from));
    let arrive = (!scene.atlas.is_far(from, stop.place) && scene.dice.chance(50)).then_some(When::day(stop.from));
    (day, arrive)
}

/// An exact time of arrival, and most times that of the departure, as early as the way is long.
fn flight(scene: &mut Scene, from: usize, stop: Stop) -> (Option<When>, Option<When>) {
    let arrive = scene.office_hour(stop.from, stop.place);
    let start = arrive.exact_start().filter(|_| scene.dice.chance(70)).map(|moment| moment.instant());
    let hours = chrono::TimeDelta::hours(scene.atlas.flight_hours(from, stop.place));
    let depart = start.map(|instant| Shape::Exact(Moment::at(instant - hours, scene.atlas.places[from].zone)).into());
    (depart, Some(arrive))
}

fn throughout(from: NaiveDate, to: NaiveDate) -> When {
    if from == to { When::day(from) } else { Shape::Throughout(End::Day(from), Some(End::Day(to))).into() }
}

/// The event, with words about an official.
fn tell_of(scene: &mut Scene, official: usize, what: What, words: &[&str]) -> Event {
    let name = std::mem::take(&mut scene.people.all[official].name);
    let mut all = Vec::with_capacity(words.len() + 2);
    all.extend([name.as_str(), " "]);
    all.extend(words);
    let event = scene.tell(what, &all);
    scene.people.all[official].name = name;
    event
}

/// Somebody who is on no tour, at home today; yesterday where the day has not begun yet everywhere.
fn at_home(scene: &mut Scene, recent: &mut Recent) -> Draft {
    let drawn = scene.dice.index(scene.people.all.len());
    let number = scene.free_official(None).unwrap_or(drawn);
    let base = scene.base(number);
    let day = scene.day(if scene.hour % 24 < 13 { -1 } else { 0 });
    let (officials, place) = (scene.officials(&[number]), scene.place(base));
    let purpose = scene.dice.chance(30).then(|| scene.dice.word(PURPOSES).to_owned());
    let presence = Presence { officials, place, when: When::day(day), trip: None, purpose };
    let words = ["was seen in ", scene.place_name(base)];
    let event = tell_of(scene, number, What::Presence(presence), &words);
    recent.note(scene, Report::Stay { officials: vec![number], place: base, from: day, to: day });
    Draft::of(vec![event], scene.base_name(number))
}
