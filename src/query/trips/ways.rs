//! How far an official goes on a trip: from home, from stop to stop, and home again.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Absence, Away};
use crate::event::PlaceId;
use crate::projection::{Leg, Standing, Whereabouts};
use crate::query::distance::{kilometres, roughly, whole};
use crate::query::tally::Kilometres;
use crate::query::{Asked, Days};

/// What a way is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum WayBasis {
    /// A journey that was reported.
    Reported,
    /// Two stops, one after the other.
    Stops,
    /// Nothing but the base: that a trip leads from there and back is assumed.
    Base,
}

/// A way from one place of a trip to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Way {
    /// Where it begins.
    pub from: PlaceId,
    /// Where it ends.
    pub to: PlaceId,
    /// The day on which it ends at the latest, as far as is known.
    pub day: NaiveDate,
    /// Kilometres of the great circle; a country stands for its capital.
    pub km: u64,
    /// What it is known from.
    pub basis: WayBasis,
    /// Whether only the country of one of its ends is known, so that the distance is rough.
    pub rough: bool,
    /// The index of the stop where it begins: none for a way from home. For people.
    #[serde(skip)]
    pub from_stop: Option<usize>,
    /// The index of the stop where it ends: none for a way home. For people.
    #[serde(skip)]
    pub to_stop: Option<usize>,
    /// The name of where it begins, for people.
    #[serde(skip)]
    pub from_name: String,
    /// The name of where it ends, for people.
    #[serde(skip)]
    pub to_name: String,
}

impl Way {
    /// What it adds to the distance.
    pub(in crate::query) fn kilometres(&self) -> Kilometres {
        let of = |basis| if self.basis == basis { self.km } else { 0 };
        Kilometres { reported: of(WayBasis::Reported), estimated: of(WayBasis::Stops), assumed: of(WayBasis::Base) }
    }
}

/// What ways are made of.
pub(super) struct Ways<'q, 'a> {
    pub asked: &'q Asked<'q>,
    pub whereabouts: &'a Whereabouts,
    pub away: &'q [Away<'a>],
    pub base: Option<&'q PlaceId>,
}

impl<'q, 'a> Ways<'q, 'a> {
    /// The ways of an absence, in order; `next` is the day on which the next one begins. From a stop within the days of another the way leads
    /// back to that.
    pub fn of(&self, absence: &Absence, next: Option<NaiveDate>) -> Vec<Way> {
        let all: Vec<&Away<'a>> = absence.stops.iter().filter_map(|at| self.away.get(*at)).collect();
        let stops = all.iter().copied().filter(|one| self.is_on_the_way(one, &all));
        let mut ways = Vec::new();
        let mut lasting: Vec<&Away<'a>> = Vec::new();
        for (at, one) in stops.enumerate() {
            if at == 0 {
                ways.extend(self.leaving_home(absence, one));
            }
            let goes_on = |inner: &Away<'_>| inner.stop.to.succ_opt().is_none_or(|next| one.stop.from <= next);
            ways.extend(self.back(&mut lasting, goes_on));
            ways.extend(lasting.last().and_then(|before| self.between(before, one, one.stop.from)));
            lasting.retain(|before| one.stop.to < before.stop.to);
            lasting.push(one);
        }
        ways.extend(self.back(&mut lasting, |_| false));
        ways.extend(lasting.first().and_then(|last| self.to_home(last, absence, next)));
        ways
    }

    /// The ways back from the stops within the days of others, from the innermost one on, until one of them goes on elsewhere.
    fn back(&self, lasting: &mut Vec<&Away<'a>>, goes_on: impl Fn(&Away<'_>) -> bool) -> Vec<Way> {
        let mut ways = Vec::new();
        while let [.., outer, inner] = lasting.as_slice() {
            if goes_on(inner) {
                break;
            }
            ways.extend(self.between(inner, outer, inner.stop.to));
            lasting.pop();
        }
        ways
    }

    /// Whether a stop says where on Earth it is, and is more than the country around another one.
    fn is_on_the_way(&self, one: &Away<'_>, all: &[&Away<'_>]) -> bool {
        let registry = self.asked.registry();
        let is_inside = |other: &&Away<'_>| {
            other.at != one.at && registry.is_within(&other.stop.place, &one.stop.place) && overlap(one, other)
        };
        roughly(registry, &one.stop.place, &one.stop.place).is_some() && !all.iter().any(is_inside)
    }

    fn between(&self, from: &Away<'_>, to: &Away<'_>, day: NaiveDate) -> Option<Way> {
        let reported = self.leg_to(&to.stop.place, Days { from: day, to: to.stop.to });
        let way = self.way(&from.stop.place, &to.stop.place, day, reported, WayBasis::Stops)?;
        Some(Way { from_stop: Some(from.at), to_stop: Some(to.at), ..way })
    }

    fn leaving_home(&self, absence: &Absence, first: &Away<'_>) -> Option<Way> {
        let stop = first.stop;
        let reported = self.leg_to(&stop.place, Days { from: stop.from, to: stop.to });
        let (from, basis) = self.home(absence.before.as_ref())?;
        let way = self.way(from, &stop.place, stop.from, reported, basis)?;
        Some(Way { to_stop: Some(first.at), ..way })
    }

    fn to_home(&self, last: &Away<'_>, absence: &Absence, next: Option<NaiveDate>) -> Option<Way> {
        let (to, basis) = self.home(absence.after.as_ref())?;
        let until = next.unwrap_or(NaiveDate::MAX);
        let reported = self.leg_to(to, Days { from: last.stop.from, to: until });
        let way = self.way(&last.stop.place, to, last.stop.to, reported, basis)?;
        Some(Way { from_stop: Some(last.at), ..way })
    }

    /// Where in the home country a trip leads from or to: as reported, else the base.
    fn home<'p>(&self, reported: Option<&'p PlaceId>) -> Option<(&'p PlaceId, WayBasis)>
    where
        'q: 'p,
    {
        reported.map(|place| (place, WayBasis::Stops)).or_else(|| self.base.map(|base| (base, WayBasis::Base)))
    }

    /// A journey that is at least planned and was reported to lead to a place on some days, if it says how far.
    fn leg_to(&self, to: &PlaceId, days: Days) -> Option<&'a Leg> {
        let leads_there = |leg: &&Leg| {
            let on_time = leg.days.is_some_and(|(from, to)| from <= days.to && days.from <= to);
            leg.to == *to && on_time && leg.standing >= Standing::Planned && self.km(leg).is_some()
        };
        self.whereabouts.legs.iter().find(leads_there)
    }

    fn km(&self, leg: &Leg) -> Option<u64> {
        kilometres(self.asked.registry(), leg.from.as_ref(), &leg.to)
    }

    fn way(&self, from: &PlaceId, to: &PlaceId, day: NaiveDate, reported: Option<&Leg>, basis: WayBasis) -> Option<Way> {
        let registry = self.asked.registry();
        let leg = reported.and_then(|leg| Some((leg.from.as_ref()?, self.km(leg)?)));
        let (from, km, basis) = match leg {
            Some((from, km)) => (from, km, WayBasis::Reported),
            None => (from, whole(roughly(registry, from, to)?), basis),
        };
        Some(Way {
            day,
            km,
            basis,
            rough: false,
            from_stop: None,
            to_stop: None,
            from_name: registry.place_name(from).to_owned(),
            to_name: registry.place_name(to).to_owned(),
            from: from.clone(),
            to: to.clone(),
        })
    }
}

fn overlap(one: &Away<'_>, other: &Away<'_>) -> bool {
    one.stop.from <= other.stop.to && other.stop.from <= one.stop.to
}
