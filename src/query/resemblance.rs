//! When two developments look like one: the same people at the same time in the same place, under two names.

mod already;

pub use already::{Resemblance, resembling};

use std::collections::{BTreeMap, BTreeSet};

use crate::event::{Attendance, OfficialId, Role};
use crate::projection::{Meeting, Registry, Status};
use crate::time::Span;

/// A meeting as resemblance looks at it.
pub(super) struct Sketch<'a> {
    /// The meeting.
    pub meeting: &'a Meeting,
    /// Its days; none where it has no date.
    pub days: Option<Span>,
    /// Those who are expected, in whatever role.
    expected: BTreeSet<&'a OfficialId>,
    /// The sides of principals and hosts, each with those who lead it; an official of no party is a side alone.
    sides: BTreeMap<&'a str, BTreeSet<&'a OfficialId>>,
}

impl<'a> Sketch<'a> {
    /// Looks at a meeting.
    pub fn of(meeting: &'a Meeting) -> Self {
        let mut sketch = Self {
            meeting,
            days: meeting.when.map(|when| when.span(meeting.zone)),
            expected: BTreeSet::new(),
            sides: BTreeMap::new(),
        };
        for seat in meeting.seats.iter().filter(|seat| seat.attendance == Attendance::Expected) {
            let official = seat.who.as_ref().ok();
            sketch.expected.extend(official);
            let side = seat.party.as_ref().map(|party| party.as_str()).or(official.map(|official| official.as_str()));
            if let (Some(side), Role::Principal | Role::Host) = (side, seat.role) {
                sketch.sides.entry(side).or_default().extend(official);
            }
        }
        sketch
    }

    /// Whether two meetings look like one: both stand, they are of the same level, their days overlap or lie side by side (without a
    /// date on one of them, neither is over), their places do not contradict each other, and they bring together the same company.
    pub fn is_like(&self, other: &Self, registry: &Registry) -> bool {
        let stands = |sketch: &Self| !matches!(sketch.meeting.status, Status::Cancelled | Status::Postponed);
        stands(self)
            && stands(other)
            && self.meeting.level == other.meeting.level
            && self.is_near(other)
            && !self.is_apart(other, registry)
            && self.has_the_company_of(other)
    }

    fn is_near(&self, other: &Self) -> bool {
        let is_over = |sketch: &Self| matches!(sketch.meeting.status, Status::Held | Status::Lapsed);
        match (self.days, other.days) {
            (Some(days), Some(others)) => beside(days).overlaps(others),
            (None, _) | (_, None) => !is_over(self) && !is_over(other),
        }
    }

    fn is_apart(&self, other: &Self, registry: &Registry) -> bool {
        let places = self.meeting.place.as_ref().zip(other.meeting.place.as_ref());
        places.is_some_and(|(here, there)| !registry.is_within(here, there) && !registry.is_within(there, here))
    }

    /// Two officials or the leading sides of two parties are on both lists, these sides are at least half of all, and no party is led by
    /// other people: the talks of two ministers are neither the meeting of their presidents nor the summit on whose margin they meet.
    fn has_the_company_of(&self, other: &Self) -> bool {
        let common: Vec<&&str> = self.sides.keys().filter(|side| other.sides.contains_key(*side)).collect();
        let all = self.sides.len() + other.sides.len() - common.len();
        let is_led_otherwise = common.iter().any(|side| {
            let leaders = |sketch: &Self| sketch.sides.get(**side).cloned().unwrap_or_default();
            let (ours, theirs) = (leaders(self), leaders(other));
            !ours.is_empty() && !theirs.is_empty() && ours.is_disjoint(&theirs)
        });
        let shared = self.expected.intersection(&other.expected).count();
        (shared >= 2 || common.len() >= 2) && common.len() * 2 >= all && !is_led_otherwise
    }
}

/// The days with those beside them.
pub(super) fn beside(days: Span) -> Span {
    Span { from: days.from.map(|from| from.pred_opt().unwrap_or(from)), to: days.to.map(|to| to.succ_opt().unwrap_or(to)) }
}
