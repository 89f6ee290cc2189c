//! Presences that contradict each other.

use chrono::NaiveDate;

use super::{Flagged, hints};
use crate::event::{OfficialId, Position};
use crate::projection::{Finding, Severity, Standing, Stop, Whereabouts};
use crate::query::{Asked, schedule};

/// The finding behind presences at some places that contradict each other; `days` where the answer is not about one day anyway.
pub(in crate::query) fn finding(
    asked: &Asked<'_>,
    official: &OfficialId,
    places: &[&str],
    mut evidence: Vec<Position>,
    days: Option<(NaiveDate, NaiveDate)>,
) -> Finding {
    evidence.sort_unstable();
    evidence.dedup();
    let name = asked.registry().official_name(official);
    let days = days.map(|(from, to)| format!(", {}", schedule::days(from, to))).unwrap_or_default();
    let says = match places {
        // Far zones: the other presence bears another date.
        [one] => format!("{name} is reported in {one} and elsewhere at the same time{days}"),
        _ => format!("{name} is reported in {} at the same time{days}", places.join(" and ")),
    };
    let hint = format!("take back what does not hold: {}", hints::take_back_any(asked, official, &evidence));
    Finding { finding: "conflict", severity: Severity::Warning, about: official.to_string(), evidence, says, hint }
}

/// Every two stops of an official that contradict each other, with the days and the firm claims on them; what is past is but a
/// note.
pub(super) fn of(asked: &Asked<'_>, official: &OfficialId, whereabouts: &Whereabouts) -> Vec<Flagged> {
    let registry = asked.registry();
    let mut found = Vec::new();
    for (at, stop) in whereabouts.stops.iter().enumerate() {
        // In order of time: what begins more than a day after this one ends is far off, even across the date line.
        let near = whereabouts.stops.iter().skip(at + 1).take_while(|other| (other.from - stop.to).num_days() <= 1);
        for other in near.filter(|other| other.place != stop.place) {
            if let Some((from, to)) = stop.conflict_days(other, registry) {
                let places = [registry.place_name(&stop.place), registry.place_name(&other.place)];
                let evidence = [firm(stop, from, to), firm(other, from, to)].concat();
                let mut finding = finding(asked, official, &places, evidence, Some((from, to)));
                // Shuttles of long ago, told as two stays at once, are no work for today.
                if to < asked.on {
                    finding.severity = Severity::Note;
                }
                found.push(Flagged::from(finding));
            }
        }
    }
    found
}

/// The events that put the official there on the days from `from` to `to`, at least planned; a date line may lie between the two stops.
fn firm(stop: &Stop, from: NaiveDate, to: NaiveDate) -> Vec<Position> {
    let on = |slack: i64| -> Vec<Position> {
        let near = |day: NaiveDate, other: NaiveDate| (day - other).num_days() <= slack;
        let pieces = stop.pieces().iter().filter(|piece| piece.run.standing >= Standing::Planned);
        let pieces = pieces.filter(|piece| near(piece.run.from, to) && near(from, piece.run.to));
        pieces.flat_map(|piece| piece.claim.evidence.iter().copied()).collect()
    };
    let found = on(0);
    if found.is_empty() { on(1) } else { found }
}
