//! Presences that contradict each other.

use chrono::NaiveDate;

use super::{Flagged, hints};
use crate::event::{OfficialId, PlaceId, Position};
use crate::names::listed;
use crate::projection::{Clash, Finding, Registry, Severity, Whereabouts};
use crate::query::{Asked, distance, schedule};

/// Places less than this far apart are said to be near: a guest in the one may well sleep in the other.
const NEAR_KM: u64 = 100;

/// The finding behind presences at some places that contradict each other; `days` where the answer is not about one day anyway.
pub(in crate::query) fn finding(
    asked: &Asked<'_>,
    official: &OfficialId,
    places: &[&str],
    evidence: Vec<Position>,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Finding {
    let whereabouts = match places {
        // Far zones: the other presence bears another date.
        [one] => format!("{one} and elsewhere"),
        _ => places.join(" and "),
    };
    reported(asked, official, &whereabouts, evidence, days)
}

fn reported(
    asked: &Asked<'_>,
    official: &OfficialId,
    whereabouts: &str,
    mut evidence: Vec<Position>,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Finding {
    evidence.sort_unstable();
    evidence.dedup();
    let name = asked.registry().official_name(official);
    let days = days.map(|(from, to)| format!(", {}", schedule::days(from, to))).unwrap_or_default();
    let says = format!("{name} is reported in {whereabouts} at the same time{days}");
    let hint = format!("take back what does not hold: {}", hints::take_back_any(asked, official, &evidence));
    Finding { finding: "conflict", severity: Severity::Warning, about: official.to_string(), evidence, says, hint }
}

/// The events that two stops contradict each other by, on the day asked about.
pub(in crate::query) fn evidence_on_the_day(asked: &Asked<'_>, whereabouts: &Whereabouts) -> Vec<Position> {
    let mut found = Vec::new();
    // From both sides: across the date line the same time bears another date.
    for stop in whereabouts.stops.iter().filter(|stop| stop.standing_on(asked.on).is_some()) {
        for other in whereabouts.stops.iter().filter(|other| other.place != stop.place) {
            let clashes = stop.clashes(other, asked.registry()).into_iter().filter(|clash| clash.is_on(asked.on));
            found.extend(clashes.flat_map(|clash| [clash.here, clash.there]).flatten());
        }
    }
    found
}

/// Reports of some entries that contradict those of others, with all the places at which they do.
struct Contest<'w> {
    sides: [Side<'w>; 2],
    days: (NaiveDate, NaiveDate),
}

/// What one side of them says.
struct Side<'w> {
    evidence: Vec<Position>,
    places: Vec<&'w PlaceId>,
}

/// All that contradicts itself about an official, with the days and the firm claims on them; what is past is but a note. A report that
/// names several places contradicts another one once.
pub(super) fn of(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts) -> Vec<Flagged> {
    let registry = asked.registry();
    let mut found: Vec<Contest<'_>> = Vec::new();
    for (at, stop) in whereabouts.stops.iter().enumerate() {
        // In order of time: what begins more than two days after this one ends is far off, even across the date line.
        let near = whereabouts.stops.iter().skip(at + 1).take_while(|other| (other.from - stop.to).num_days() <= 2);
        for other in near.filter(|other| other.place != stop.place) {
            for clash in stop.clashes(other, registry) {
                let contest = Contest::of(clash, &stop.place, &other.place);
                match found.iter_mut().find(|known| known.is_of_same_entries(&contest)) {
                    Some(known) => known.add(contest),
                    None => found.push(contest),
                }
            }
        }
    }
    found.iter().map(|contest| Flagged::from(told(asked, official, contest))).collect()
}

fn told(asked: &Asked<'_>, official: &OfficialId, contest: &Contest<'_>) -> Finding {
    let registry = asked.registry();
    let (from, to) = contest.days;
    let [one, other] = &contest.sides;
    let names = |side: &Side<'_>| listed(&side.closest(registry));
    let several = contest.sides.iter().any(|side| side.closest(registry).len() > 1);
    let whereabouts = if several {
        format!("{}, and in {},", names(one), names(other))
    } else {
        format!("{} and {}", names(one), names(other))
    };
    let evidence = [one.evidence.as_slice(), &other.evidence].concat();
    let mut finding = reported(asked, official, &whereabouts, evidence, Some((from, to)));
    let pairs = one.places.iter().flat_map(|place| other.places.iter().map(move |there| (*place, *there)));
    let apart = pairs.filter_map(|(place, there)| distance::kilometres(registry, Some(place), there)).min();
    if let Some(km) = apart.filter(|km| *km < NEAR_KM) {
        let nearest = if one.places.len() + other.places.len() == 2 { "they" } else { "the nearest of them" };
        finding.says.push_str(&format!("; {nearest} are {km} km apart"));
    }
    // Shuttles of long ago, told as two stays at once, are no work for today.
    if to < asked.on {
        finding.severity = Severity::Note;
    }
    finding
}

impl<'w> Contest<'w> {
    fn of(clash: Clash, place: &'w PlaceId, other: &'w PlaceId) -> Self {
        let mut sides = [Side { evidence: clash.here, places: vec![place] }, Side { evidence: clash.there, places: vec![other] }];
        // Whichever stop was first: the older report is the first side.
        sides.sort_by(|a, b| a.evidence.cmp(&b.evidence));
        Self { sides, days: (clash.from, clash.to) }
    }

    fn is_of_same_entries(&self, other: &Self) -> bool {
        let entries = |contest: &Self| contest.sides.each_ref().map(Side::entries);
        self.days == other.days && entries(self) == entries(other)
    }

    fn add(&mut self, other: Self) {
        for (mine, more) in self.sides.iter_mut().zip(other.sides) {
            mine.evidence.extend(more.evidence);
            mine.places.extend(more.places.into_iter().filter(|place| !mine.places.contains(place)).collect::<Vec<_>>());
        }
    }
}

impl<'w> Side<'w> {
    /// The names of its places; not of a country beside a city in it.
    fn closest(&self, registry: &'w Registry) -> Vec<&'w str> {
        let has_closer = |place: &&PlaceId| self.places.iter().any(|other| other != place && registry.is_within(other, place));
        self.places.iter().filter(|place| !has_closer(place)).map(|place| registry.place_name(place)).collect()
    }

    fn entries(&self) -> Vec<u64> {
        let mut found: Vec<u64> = self.evidence.iter().map(|position| position.seq).collect();
        found.sort_unstable();
        found.dedup();
        found
    }
}
