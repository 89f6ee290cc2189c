//! Stops that contradict each other: nobody spends one night at two places, or is at both by the clock.
//!
//! Days are as vague as their sources. An entry that names several places for the same days says of none where the nights were spent, and
//! contradicts neither itself nor whoever names but one of them; nor does it mean a night between two stays that the first is said to end on
//! the evening before, as of a shuttle told stay by stay. So a night is contested where each of two places is claimed for both its days,
//! without such an end between them, by what is not also said of the other. By the clock nobody is at two places, whoever says so.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::presence::{Standing, Told};
use super::runs::{next, previous};
use super::stop::{Piece, Stop};
use super::{Claim, Registry};
use crate::event::Position;
use crate::time::Zone;

/// Days in a row on which two stops contradict each other, local to the first of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The events that put the official at the first stop then and contradict the other, in log order.
    pub here: Vec<Position>,
    /// Those of the other stop.
    pub there: Vec<Position>,
}

impl Stop {
    /// Whether two stops contradict each other on a day: neither place within the other, and a night before or after it contested, or
    /// exact times, at least planned, that overlap on it.
    #[must_use]
    pub fn conflicts_with(&self, other: &Self, day: NaiveDate, registry: &Registry) -> bool {
        if self.is_far_from(other) || self.is_nested(other, registry) {
            return false;
        }
        let contested = |night| !self.contesting(other, night).is_empty() && !other.contesting(self, night).is_empty();
        contested(previous(day)) || contested(day) || overlaps(self, other, registry).any(|one| one.is_on(day))
    }

    /// Whether two stops contradict each other on any day.
    #[must_use]
    pub fn conflicts_anywhere(&self, other: &Self, registry: &Registry) -> bool {
        !self.clashes(other, registry).is_empty()
    }

    /// All days on which two stops contradict each other, in order of time; days in a row are one clash.
    #[must_use]
    pub fn clashes(&self, other: &Self, registry: &Registry) -> Vec<Clash> {
        if self.is_far_from(other) || self.is_nested(other, registry) {
            return Vec::new();
        }
        let mut found: Vec<Clash> = nights(self, other).into_iter().chain(overlaps(self, other, registry)).collect();
        found.sort_by_key(|clash| (clash.from, clash.to));
        let mut merged: Vec<Clash> = Vec::new();
        for clash in found {
            match merged.last_mut() {
                Some(last) if clash.from <= last.to => last.add(clash),
                _ => merged.push(clash),
            }
        }
        merged
    }

    /// Whether no instant can be a day of both: across the date line one instant bears dates that are up to two days apart.
    fn is_far_from(&self, other: &Self) -> bool {
        (other.from - self.to).num_days().max((self.from - other.to).num_days()) > 2
    }

    fn is_nested(&self, other: &Self, registry: &Registry) -> bool {
        registry.is_within(&self.place, &other.place) || registry.is_within(&other.place, &self.place)
    }

    /// What puts the official here on both days of the night that begins on a day, and is not also said of the other stop.
    fn contesting(&self, other: &Self, night: NaiveDate) -> Vec<[Told; 2]> {
        let also = other.told(night);
        self.told(night).into_iter().filter(|told| !also.contains(told)).collect()
    }

    /// What puts the official here, at least planned, on the evening and the morning of a night: one claim of both days, or one that goes up to
    /// the evening, though it is not said to end then, and one that begins in the morning.
    fn told(&self, night: NaiveDate) -> Vec<[Told; 2]> {
        let Some(morning) = Some(next(night)).filter(|morning| *morning > night) else { return Vec::new() };
        let on = |day| self.on(day).filter(is_firm).map(|piece| &piece.claim);
        let has = |day, claim: &Claim| on(day).any(|other| other.told == claim.told);
        let throughout = on(night).filter(|claim| has(morning, claim)).map(|claim| [claim.told; 2]);
        let before = on(night).filter(|claim| claim.given_end != Some(night) && !has(morning, claim));
        let after = || on(morning).filter(|claim| !has(night, claim));
        throughout.chain(before.flat_map(|claim| after().map(|other| [claim.told, other.told]))).collect()
    }

    /// The events behind that on the days from `from` to `to`.
    fn events(&self, told: &[[Told; 2]], from: NaiveDate, to: NaiveDate) -> Vec<Position> {
        let within = self.pieces.iter().filter(|piece| piece.run.from <= to && from <= piece.run.to);
        positions(
            within
                .filter(is_firm)
                .filter(|piece| told.iter().any(|night| night.contains(&piece.claim.told)))
                .map(|piece| &piece.claim),
        )
    }
}

impl Clash {
    /// Whether a day is one of its own.
    #[must_use]
    pub fn is_on(&self, day: NaiveDate) -> bool {
        self.from <= day && day <= self.to
    }

    /// Takes in another one that begins on one of its days.
    fn add(&mut self, other: Self) {
        self.to = self.to.max(other.to);
        for (mine, more) in [(&mut self.here, other.here), (&mut self.there, other.there)] {
            mine.extend(more);
            mine.sort_unstable();
            mine.dedup();
        }
    }
}

fn is_firm(piece: &&Piece) -> bool {
    piece.run.standing >= Standing::Planned
}

/// The contested nights of two stops; those in a row between the same claims are one.
fn nights(one: &Stop, other: &Stop) -> Vec<Clash> {
    let (first, last) = (one.from.max(other.from), one.to.min(other.to));
    if first >= last {
        return Vec::new();
    }
    // Who tells of a night can change only where a claim begins or ends, on that day or the one before.
    let edge = |piece: &Piece| [previous(piece.run.from), piece.run.from, piece.run.to, next(piece.run.to)];
    let edges = one.pieces.iter().chain(&other.pieces).flat_map(edge);
    let edges: BTreeSet<NaiveDate> = edges.filter(|edge| first <= *edge && *edge <= last).collect();
    let after = edges.iter().skip(1).copied().chain([NaiveDate::MAX]);
    let contested = |(from, to): (&NaiveDate, NaiveDate)| {
        let (here, there) = (one.contesting(other, *from), other.contesting(one, *from));
        let both = !here.is_empty() && !there.is_empty();
        both.then(|| Clash { from: *from, to, here: one.events(&here, *from, to), there: other.events(&there, *from, to) })
    };
    edges.iter().zip(after).filter_map(contested).collect()
}

/// Where exact times of two stops overlap, each pair of claims for itself. At the other one the same time may bear another date.
fn overlaps<'s>(one: &'s Stop, other: &'s Stop, registry: &Registry) -> impl Iterator<Item = Clash> + use<'s> {
    let zone = registry.zone_of(Some(&one.place), Zone::UTC);
    one.pieces.iter().filter(is_firm).flat_map(move |mine| {
        other.pieces.iter().filter(is_firm).filter_map(move |theirs| {
            let ((from, to), (start, end)) = (mine.claim.exact?, theirs.claim.exact?);
            let (first, last) = (from.max(start), to.min(end));
            let (from, to) = (zone.day_at(first).max(mine.run.from), zone.day_at(last).min(mine.run.to));
            let clash = || Clash { from, to, here: positions([&mine.claim]), there: positions([&theirs.claim]) };
            (first < last && from <= to).then(clash)
        })
    })
}

/// The events that some claims rest on, in log order.
fn positions<'c>(claims: impl IntoIterator<Item = &'c Claim>) -> Vec<Position> {
    let mut found: Vec<Position> = claims.into_iter().flat_map(|claim| claim.evidence.iter().copied()).collect();
    found.sort_unstable();
    found.dedup();
    found
}
