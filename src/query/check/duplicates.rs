//! Meetings under two ids that are likely one, each reported by another outlet.

use std::collections::BTreeSet;

use super::{Flagged, hints};
use crate::event::Position;
use crate::projection::{Fact, Finding, Severity};
use crate::query::resemblance::{Sketch, beside};
use crate::query::{Asked, Citation};

/// Every two meetings that look like one ([`Sketch::is_like`]), of which no single entry tells as of two, and which not one outlet
/// alone reported.
pub(super) fn likely(asked: &Asked<'_>) -> Vec<Flagged> {
    let mut sketches: Vec<Sketch<'_>> = asked.meetings.iter().map(Sketch::of).collect();
    // In order of time, those without a beginning first: then only neighbours can overlap.
    sketches.sort_by_key(|sketch| (sketch.days.and_then(|days| days.from), &sketch.meeting.id));
    let mut found = Vec::new();
    for (at, one) in sketches.iter().enumerate() {
        let reach = one.days.and_then(|days| beside(days).to);
        let begins_in_reach = |other: &&Sketch<'_>| match (reach, other.days.and_then(|days| days.from)) {
            (Some(last), Some(first)) => first <= last,
            (None, _) | (_, None) => true,
        };
        let near = sketches.iter().skip(at + 1).take_while(begins_in_reach);
        found.extend(near.filter(|other| one.is_like(other, asked.registry())).filter_map(|other| pair(asked, one, other)));
    }
    found
}

fn pair(asked: &Asked<'_>, one: &Sketch<'_>, other: &Sketch<'_>) -> Option<Flagged> {
    let facts = |sketch: &Sketch<'_>| asked.view.meeting_facts(&sketch.meeting.id);
    let (first, second) = (facts(one), facts(other));
    let ((older, earlier), (newer, later)) = if first.first()?.key < second.first()?.key {
        ((one.meeting, first), (other.meeting, second))
    } else {
        ((other.meeting, second), (one.meeting, first))
    };
    let told_apart = earlier.iter().any(|fact| later.iter().any(|other| other.entry.seq == fact.entry.seq));
    let outlets: BTreeSet<String> = earlier.iter().chain(&later).filter_map(|fact| outlet(asked, fact)).collect();
    if told_apart || outlets.len() < 2 {
        return None;
    }
    let mut evidence: Vec<Position> = earlier.first().into_iter().chain(later.first()).map(|fact| fact.key.position).collect();
    evidence.sort_unstable();
    let references: Vec<Position> = later.iter().map(|fact| fact.key.position).collect();
    Some(Flagged {
        finding: Finding {
            finding: "likely_duplicate",
            severity: Severity::Warning,
            about: older.id.to_string(),
            says: format!("{} ({}) looks like {} ({})", newer.title, newer.id, older.title, older.id),
            hint: format!(
                "if they are one: log what is new under {}, then {}",
                older.id,
                hints::retracted(&references, "duplicate")
            ),
            evidence,
        },
        also: Some(newer.id.to_string()),
    })
}

/// Who reports it.
fn outlet(asked: &Asked<'_>, fact: &Fact<'_>) -> Option<String> {
    Citation::at(&asked.view, fact.key.position).map(|cited| cited.source().to_owned())
}
