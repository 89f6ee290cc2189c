//! Presences and legs in the shape of the answers.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Asked, Citation, distance};
use crate::event::{MeetingId, PlaceId, Position};
use crate::projection::{Basis, Leg, Presence, Standing};
use crate::time::When;

/// A presence on a day.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PresenceAnswer {
    /// The place.
    pub place: PlaceId,
    /// Its name.
    pub name: String,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// Its zone.
    pub zone: Option<&'static str>,
    /// The first day reported of the whole stop.
    pub from: NaiveDate,
    /// The last day reported of the whole stop.
    pub to: NaiveDate,
    /// How firmly, that day.
    pub standing: Standing,
    /// From what.
    pub basis: Basis,
    /// The meeting there that day, the firmest first.
    pub meeting: Option<MeetingId>,
    /// All meetings there that day.
    pub meetings: Vec<MeetingId>,
    /// The events that the stop rests on.
    pub evidence: Vec<Position>,
    /// Whether another presence contradicts it that day.
    pub conflict: bool,
    /// The events that decide the day, with their sources.
    #[serde(skip)]
    pub deciding: Vec<Citation>,
    /// The other events of the stop, with their sources.
    #[serde(skip)]
    pub others: Vec<Citation>,
}

/// A journey.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LegAnswer {
    /// From where: as reported, else the last known stop.
    pub from: Option<PlaceId>,
    /// Where to.
    pub to: PlaceId,
    /// When they leave, as reported.
    pub depart: Option<When>,
    /// When they arrive, as reported.
    pub arrive: Option<When>,
    /// How firmly.
    pub standing: Standing,
    /// The events that it rests on.
    pub evidence: Vec<Position>,
    /// Great-circle distance in kilometres, where both ends are known and neither is a country or lies in the other.
    pub km: Option<u64>,
    /// The name of where it begins.
    #[serde(skip)]
    pub from_name: Option<String>,
    /// The name of where it ends.
    #[serde(skip)]
    pub to_name: String,
    /// The first day on which it can take place.
    #[serde(skip)]
    pub day: Option<NaiveDate>,
    /// The events with their sources.
    #[serde(skip)]
    pub cited: Vec<Citation>,
}

impl PresenceAnswer {
    pub(super) fn of(asked: &Asked<'_>, presence: Presence) -> Self {
        let registry = asked.registry();
        let record = registry.places.get(&presence.place);
        let others: Vec<Position> = presence.evidence.iter().copied().filter(|at| !presence.deciding.contains(at)).collect();
        Self {
            name: registry.place_name(&presence.place).to_owned(),
            country: registry.country_of(&presence.place).map(str::to_owned),
            zone: record.and_then(|record| record.zone).map(crate::time::Zone::name),
            from: presence.from,
            to: presence.to,
            standing: presence.standing,
            basis: presence.basis,
            meeting: presence.meetings.first().cloned(),
            deciding: Citation::all(&asked.view, &presence.deciding),
            others: Citation::all(&asked.view, &others),
            place: presence.place,
            meetings: presence.meetings,
            evidence: presence.evidence,
            conflict: presence.conflict,
        }
    }
}

impl LegAnswer {
    pub(super) fn of(asked: &Asked<'_>, leg: &Leg) -> Self {
        let registry = asked.registry();
        let mut evidence = leg.evidence.clone();
        evidence.sort_unstable();
        Self {
            from_name: leg.from.as_ref().map(|place| registry.place_name(place).to_owned()),
            to_name: registry.place_name(&leg.to).to_owned(),
            km: distance::kilometres(registry, leg.from.as_ref(), &leg.to),
            day: leg.days.map(|(from, _)| from),
            cited: Citation::all(&asked.view, &evidence),
            from: leg.from.clone(),
            to: leg.to.clone(),
            depart: leg.depart,
            arrive: leg.arrive,
            standing: leg.standing,
            evidence,
        }
    }
}
