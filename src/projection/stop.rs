//! Stops and legs: what the claims about one official add up to.

use chrono::NaiveDate;

use super::Basis;
use super::presence::{Claim, Standing};
use super::runs::{Run, next, previous};
use crate::event::{MeetingId, PlaceId, Position, TripId};
use crate::time::When;

/// A stay at one place: all presences there that touch or overlap.
#[derive(Clone, Debug)]
pub struct Stop {
    /// Where.
    pub place: PlaceId,
    /// The first day reported.
    pub from: NaiveDate,
    /// The last day reported, whether the end is known or not.
    pub to: NaiveDate,
    pub(super) pieces: Vec<Piece>,
}

/// A run of one claim within a stop.
#[derive(Clone, Debug)]
pub struct Piece {
    /// The days.
    pub run: Run,
    /// The claim.
    pub claim: Claim,
}

/// A journey of an official.
#[derive(Clone, Debug, PartialEq)]
pub struct Leg {
    /// From where: as reported, else the last known stop, else nowhere known.
    pub from: Option<PlaceId>,
    /// Where to.
    pub to: PlaceId,
    /// When they leave, as reported.
    pub depart: Option<When>,
    /// When they arrive, as reported.
    pub arrive: Option<When>,
    /// The first and last day on which it can take place.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// How firmly.
    pub standing: Standing,
    /// The events that it rests on.
    pub evidence: Vec<Position>,
    /// Where from, as reported: decides whether it ends a carry.
    pub reported_from: Option<PlaceId>,
    /// What for.
    pub purpose: Option<String>,
}

impl Stop {
    /// How firmly the official is here on a day; `None` when no claim covers it.
    #[must_use]
    pub fn standing_on(&self, day: NaiveDate) -> Option<Standing> {
        self.on(day).map(|piece| piece.run.standing).max()
    }

    /// Whether a day is covered by a claim that is at least planned.
    #[must_use]
    pub fn is_planned_on(&self, day: NaiveDate) -> bool {
        self.standing_on(day) >= Some(Standing::Planned)
    }

    /// Whether any day of it is at least planned: only such a stop is carried, or ends a carry.
    #[must_use]
    pub fn is_planned(&self) -> bool {
        self.pieces.iter().any(|piece| piece.run.standing >= Standing::Planned)
    }

    /// The firmest standing of any of its days.
    #[must_use]
    pub fn best_standing(&self) -> Standing {
        self.pieces.iter().map(|piece| piece.run.standing).max().unwrap_or(Standing::Presumed)
    }

    /// Whether a report says that its last day is the last.
    #[must_use]
    pub fn end_is_given(&self) -> bool {
        self.pieces.iter().any(|piece| piece.run.to == self.to && piece.claim.given_end == Some(self.to))
    }

    /// The days of one standing and basis each, in order.
    #[must_use]
    pub fn stretches(&self) -> Vec<Run> {
        let mut edges: Vec<NaiveDate> = self.pieces.iter().flat_map(|piece| [piece.run.from, next(piece.run.to)]).collect();
        edges.sort_unstable();
        edges.dedup();
        let mut found: Vec<Run> = Vec::new();
        for pair in edges.windows(2) {
            let [from, to] = [pair[0], previous(pair[1])];
            let Some(standing) = self.standing_on(from) else { continue };
            match found.last_mut() {
                Some(last) if last.standing == standing && next(last.to) == from => last.to = to,
                _ => found.push(Run { from, to, standing }),
            }
        }
        found
    }

    /// What it rests on that day: the firmest report, and among equals the most direct.
    #[must_use]
    pub fn basis_on(&self, day: NaiveDate) -> Option<Basis> {
        let best = self.standing_on(day)?;
        self.on(day).filter(|piece| piece.run.standing == best).map(|piece| piece.claim.basis).min()
    }

    /// The meetings here that day, the firmest first.
    #[must_use]
    pub fn meetings_on(&self, day: NaiveDate) -> Vec<MeetingId> {
        let mut pieces: Vec<&Piece> = self.on(day).filter(|piece| piece.claim.meeting.is_some()).collect();
        pieces.sort_by_key(|piece| (std::cmp::Reverse(piece.run.standing), piece.claim.exact, piece.claim.key));
        distinct(pieces.into_iter().filter_map(|piece| piece.claim.meeting.clone()))
    }

    /// All meetings of the stop, in order of time.
    #[must_use]
    pub fn meetings(&self) -> Vec<MeetingId> {
        let mut pieces: Vec<&Piece> = self.pieces.iter().filter(|piece| piece.claim.meeting.is_some()).collect();
        pieces.sort_by_key(|piece| (piece.run.from, piece.claim.exact, piece.claim.key));
        distinct(pieces.into_iter().filter_map(|piece| piece.claim.meeting.clone()))
    }

    /// The trips that it is part of.
    #[must_use]
    pub fn trips(&self) -> Vec<TripId> {
        distinct(self.pieces.iter().filter_map(|piece| piece.claim.trip.clone()))
    }

    /// The events that the whole stop rests on, in log order.
    #[must_use]
    pub fn evidence(&self) -> Vec<Position> {
        let mut found: Vec<Position> = self.pieces.iter().flat_map(|piece| piece.claim.evidence.iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The events that a day of it rests on, the deciding ones only, in log order.
    #[must_use]
    pub fn evidence_on(&self, day: NaiveDate) -> Vec<Position> {
        let best = self.standing_on(day);
        let deciding = self.on(day).filter(|piece| Some(piece.run.standing) == best);
        let mut found: Vec<Position> = deciding.flat_map(|piece| piece.claim.evidence.iter().copied()).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// Whether every claim on that day rests on uncertain attendance.
    #[must_use]
    pub fn is_attendance_uncertain_on(&self, day: NaiveDate) -> bool {
        self.on(day).all(|piece| piece.claim.attendance_uncertain)
    }

    /// The runs of single claims that it is made of, in order of time.
    #[must_use]
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    pub(super) fn on(&self, day: NaiveDate) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter(move |piece| piece.run.from <= day && day <= piece.run.to)
    }

    /// The earliest exact time on a day, for the order of the day.
    pub(super) fn starts_on(&self, day: NaiveDate) -> Option<chrono::DateTime<chrono::Utc>> {
        self.on(day).filter_map(|piece| piece.claim.exact.map(|(start, _)| start)).min()
    }
}

/// Groups claims into stops: by place, then wherever days touch or overlap. In order of time.
pub(super) fn group(claims: &[Claim]) -> Vec<Stop> {
    let mut pieces: Vec<Piece> =
        claims.iter().flat_map(|claim| claim.runs.iter().map(|run| Piece { run: *run, claim: claim.clone() })).collect();
    pieces.sort_by(|a, b| {
        (&a.claim.place, a.run.from, a.run.to, a.claim.key).cmp(&(&b.claim.place, b.run.from, b.run.to, b.claim.key))
    });
    let mut stops: Vec<Stop> = Vec::new();
    for piece in pieces {
        match stops.last_mut() {
            Some(stop) if stop.place == piece.claim.place && piece.run.from <= next(stop.to) => {
                stop.to = stop.to.max(piece.run.to);
                stop.pieces.push(piece);
            }
            _ => {
                stops.push(Stop {
                    place: piece.claim.place.clone(),
                    from: piece.run.from,
                    to: piece.run.to,
                    pieces: vec![piece],
                });
            }
        }
    }
    stops.sort_by(|a, b| (a.from, a.starts_on(a.from), a.to, &a.place).cmp(&(b.from, b.starts_on(b.from), b.to, &b.place)));
    stops
}

fn distinct<T: PartialEq>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut found = Vec::new();
    for item in items {
        if !found.contains(&item) {
            found.push(item);
        }
    }
    found
}
