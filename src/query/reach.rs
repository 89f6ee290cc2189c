//! How far an answer about an official reaches: over which days everything must be known for it to be the same as if all were.

use chrono::{NaiveDate, TimeDelta};

use super::Asked;
use super::trips::travels;
use crate::event::{OfficialId, TripId};
use crate::projection::{Leg, Stop, Whereabouts};
use crate::time::Span;

/// Days beyond a stop that are looked at too: whatever joins or contradicts it touches them.
const MARGIN: i64 = 3;

/// What is asked about an official.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Inquiry {
    /// Where the official is on the day asked about.
    Presence,
    /// The same, with where the official was last and will be next.
    Where,
    /// The stops, legs and trips of some days; either end may be open.
    Itinerary {
        /// The first day.
        from: Option<NaiveDate>,
        /// The last day.
        to: Option<NaiveDate>,
    },
}

/// What else must be known in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Further {
    /// Nothing.
    Enough,
    /// All up to this day.
    To(NaiveDate),
    /// At least one thing more, whenever it was.
    Next,
}

/// What else must be known for an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct More {
    /// Of earlier days.
    pub back: Further,
    /// Of later days.
    pub forward: Further,
    /// Of the meetings of later days.
    pub meetings: Further,
    /// Of these trips.
    pub trips: Vec<TripId>,
}

/// Days of which everything is known, none of them at the edge.
struct Inside(Span);

impl Inside {
    fn after_start(&self, day: NaiveDate) -> bool {
        self.0.from.is_none_or(|from| shifted(from, MARGIN) <= day)
    }

    fn before_end(&self, day: NaiveDate) -> bool {
        self.0.to.is_none_or(|to| day <= shifted(to, -MARGIN))
    }
}

fn shifted(day: NaiveDate, days: i64) -> NaiveDate {
    let end = if days < 0 { NaiveDate::MIN } else { NaiveDate::MAX };
    TimeDelta::try_days(days).and_then(|days| day.checked_add_signed(days)).unwrap_or(end)
}

impl Inquiry {
    /// The days to begin with.
    #[must_use]
    pub fn first(self, on: NaiveDate, carry: i64, around: i64) -> Span {
        let (from, to) = match self {
            Self::Presence | Self::Where => (Some(shifted(on, -carry)), Some(on)),
            Self::Itinerary { from, to } => (from, to),
        };
        Span { from: from.map(|day| shifted(day, -around)), to: to.map(|day| shifted(day, around)) }
    }

    /// What else must be known, where everything of the days `known` is, and of meetings up to `meetings_to`; `None` where the answer is what it would be if all were.
    #[must_use]
    pub fn more(self, asked: &Asked<'_>, official: &OfficialId, known: Span, meetings_to: Option<NaiveDate>) -> Option<More> {
        let whereabouts = asked.whereabouts(official);
        let inside = Inside(known);
        let mut more = match self {
            Self::Presence => around_the_day(asked, &whereabouts, &inside),
            Self::Where => {
                let mut more = around_the_day(asked, &whereabouts, &inside);
                more.back = more.back.or(before(asked, &whereabouts, &inside));
                more.forward = more.forward.or(next_leg(asked, &whereabouts, &inside));
                more.meetings = next_meeting(asked, official, &Inside(Span { from: None, to: meetings_to }));
                more
            }
            Self::Itinerary { from, to } => itinerary(asked, official, &whereabouts, Span { from, to }, &inside),
        };
        for (end, further) in [(known.from, &mut more.back), (known.to, &mut more.forward), (meetings_to, &mut more.meetings)] {
            *further = if end.is_none() { Further::Enough } else { *further };
        }
        let enough = [more.back, more.forward, more.meetings].iter().all(|further| *further == Further::Enough);
        (!enough || !more.trips.is_empty()).then_some(more)
    }
}

impl Further {
    fn or(self, other: Self) -> Self {
        if self == Self::Enough { other } else { self }
    }

    fn unless(is_enough: bool) -> Self {
        if is_enough { Self::Enough } else { Self::Next }
    }
}

/// The stops that touch the day, or are carried to it, as a whole.
fn around_the_day(asked: &Asked<'_>, whereabouts: &Whereabouts, inside: &Inside) -> More {
    let (first, last) = (shifted(asked.on, -asked.carry - MARGIN), shifted(asked.on, MARGIN));
    let touching = whereabouts.stops.iter().filter(|stop| stop.from <= last && first <= stop.to);
    let (from, to) = touching.fold((first, last), |(from, to), stop| (from.min(stop.from), to.max(stop.to)));
    whole(from, to, inside)
}

/// All from one day to another, and what joins it.
fn whole(from: NaiveDate, to: NaiveDate, inside: &Inside) -> More {
    let back = if inside.after_start(from) { Further::Enough } else { Further::To(shifted(from, -2 * MARGIN)) };
    let forward = if inside.before_end(to) { Further::Enough } else { Further::To(shifted(to, 2 * MARGIN)) };
    More { back, forward, meetings: Further::Enough, trips: Vec::new() }
}

/// Where the official was last, and whence the legs lead that do not say so.
fn before(asked: &Asked<'_>, whereabouts: &Whereabouts, inside: &Inside) -> Further {
    let last = whereabouts.last_known(asked.on).is_some_and(|stop| inside.after_start(stop.from));
    let mut legs = whereabouts.legs_on(asked.on).into_iter().chain(whereabouts.next_leg(asked.on));
    Further::unless(last && legs.all(|leg| is_begun(leg, whereabouts, inside)))
}

/// Whether it is known where a leg begins.
fn is_begun(leg: &Leg, whereabouts: &Whereabouts, inside: &Inside) -> bool {
    let Some((day, _)) = leg.days else { return true };
    let is_before = |stop: &Stop| stop.place != leg.to && stop.from <= day && stop.is_planned() && inside.after_start(stop.from);
    leg.reported_from.is_some() || whereabouts.stops.iter().any(is_before)
}

/// The first journey after the day.
fn next_leg(asked: &Asked<'_>, whereabouts: &Whereabouts, inside: &Inside) -> Further {
    let days = whereabouts.next_leg(asked.on).and_then(|leg| leg.days);
    Further::unless(days.is_some_and(|(from, _)| inside.before_end(from)))
}

/// The first meeting after the day.
fn next_meeting(asked: &Asked<'_>, official: &OfficialId, inside: &Inside) -> Further {
    let day = super::who::next_meeting(asked, official).and_then(|meeting| meeting.when?.span(meeting.zone).from);
    Further::unless(day.is_some_and(|day| inside.before_end(day)))
}

/// The trips of some days as a whole, with the stops before and after them, which tell where they begin and end.
fn itinerary(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts, days: Span, inside: &Inside) -> More {
    let travels = travels(asked, official, whereabouts);
    let is_asked = |stop: &Stop| days.overlaps(Span { from: Some(stop.from), to: Some(stop.to) });
    let kept: Vec<usize> = (0..whereabouts.stops.len()).filter(|at| whereabouts.stops.get(*at).is_some_and(is_asked)).collect();
    let of_trips = travels.trips.iter().filter(|trip| trip.stops.iter().any(|stop| kept.contains(stop)));
    let stops: Vec<&Stop> =
        of_trips.flat_map(|trip| &trip.stops).chain(&kept).filter_map(|at| whereabouts.stops.get(*at)).collect();
    let legs = || {
        whereabouts
            .legs
            .iter()
            .filter_map(|leg| Some((leg, leg.days?)))
            .filter(|(_, (from, to))| days.overlaps(Span { from: Some(*from), to: Some(*to) }))
    };
    let touched = stops.iter().map(|stop| (stop.from, stop.to)).chain(legs().map(|(_, days)| days));
    let asked_for = days.from.or(days.to).map(|from| (from, days.to.unwrap_or(from)));
    let Some((from, to)) = touched.chain(asked_for).reduce(|(from, to), (other, until)| (from.min(other), to.max(until))) else {
        return whole(asked.on, asked.on, inside);
    };
    let firm = |stop: &&Stop| stop.is_planned();
    let is_before = whereabouts.stops.iter().filter(firm).any(|stop| stop.to < from && inside.after_start(stop.from));
    let is_after = whereabouts.stops.iter().filter(firm).any(|stop| to < stop.from && inside.before_end(stop.to));
    let begun = legs().all(|(leg, _)| is_begun(leg, whereabouts, inside));
    let more = whole(from, to, inside);
    let mut trips: Vec<TripId> = stops.iter().flat_map(|stop| stop.trips()).collect();
    trips.sort_unstable();
    trips.dedup();
    let (back, forward) = (more.back.or(Further::unless(is_before && begun)), more.forward.or(Further::unless(is_after)));
    More { back, forward, trips, ..more }
}
