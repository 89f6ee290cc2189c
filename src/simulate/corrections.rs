//! Corrections: reports taken back or replaced, tours called off, and people who will not come after all.

use super::atlas::told;
use super::meetings::Meetings;
use super::recent::{Past, Recent, Report};
use super::scene::{Draft, Scene, Timing};
use super::tours::Tours;
use super::words::REASONS;
use crate::event::{Event, Presence, Reference, Retraction, TravelCancelled, What, Why};
use crate::time::{End, Shape, When, shifted};

/// The next correction; `None` where nothing is there yet that could be corrected.
pub(super) fn correction(scene: &mut Scene, tours: &mut Tours, meetings: &mut Meetings, recent: &mut Recent) -> Option<Draft> {
    let events = match scene.dice.below(10) {
        0..=2 => replacement(scene, recent),
        3 | 4 => cancellation(scene, tours),
        5 | 6 => meetings.absence(scene),
        _ => None,
    };
    let events = events.or_else(|| retraction(scene, recent))?;
    Some(Draft { timing: Timing::Soon, ..Draft::of(events, "") })
}

/// A report is taken back: the event, or the whole entry where it made nothing known.
fn retraction(scene: &mut Scene, recent: &mut Recent) -> Option<Vec<Event>> {
    let Past { first, introduces, .. } = recent.take(&mut scene.dice)?;
    let is_whole = !introduces && scene.dice.chance(30);
    let of = vec![if is_whole { Reference::Entry(first.entry) } else { Reference::Event(first) }];
    let reason = match scene.dice.below(10) {
        0..=2 => Why::Wrong,
        3 | 4 => Why::SourceWithdrawn,
        5 | 6 => Why::Typo,
        7 => Why::Identity,
        _ => Why::Duplicate,
    };
    Some(vec![told(What::Retraction(Retraction { of, reason }))])
}

/// A stay is told again, with its last day taken off: it takes the place of the first report.
fn replacement(scene: &mut Scene, recent: &mut Recent) -> Option<Vec<Event>> {
    let Past { first, says, .. } = recent.take_stay(&mut scene.dice)?;
    let Report::Stay { officials, place, from, to } = says else { return None };
    let last = shifted(to, -1);
    let when = if last > from { Shape::Throughout(End::Day(from), Some(End::Day(last))).into() } else { When::day(from) };
    let (officials, place) = (scene.officials(&officials), scene.place(place));
    let presence = Presence { officials, place, when, trip: None, purpose: None };
    let mut event = scene.tell(What::Presence(presence), &["The visit ended earlier than was reported"]);
    event.telling.replaces.push(first);
    Some(vec![event])
}

/// A tour does not take place.
fn cancellation(scene: &mut Scene, tours: &mut Tours) -> Option<Vec<Event>> {
    let plans = tours.call_off(scene)?;
    let reason = Some(scene.dice.word(REASONS).to_owned());
    let cancelled = TravelCancelled { of: plans, officials: Vec::new(), reason };
    Some(vec![scene.tell(What::TravelCancelled(cancelled), &["The visit has been called off"])])
}
