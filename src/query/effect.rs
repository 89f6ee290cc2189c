//! What an entry changes in the answers: stops of officials and meetings, before and after.

use chrono::NaiveDate;
use serde::Serialize;

use super::{Asked, MeetingAnswer};
use crate::event::{Entry, MeetingId, OfficialId, Reference, What};
use crate::projection::{Standing, Stop};

/// One difference that an entry makes.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Effect {
    /// A stop of an official came, went or changed.
    Stop {
        /// The official.
        official: OfficialId,
        /// The official's name.
        name: String,
        /// The stop before; none: unknown.
        before: Option<StopBrief>,
        /// The stop now; none: no longer said.
        after: Option<StopBrief>,
    },
    /// A meeting came, went or changed.
    Meeting {
        /// The meeting.
        meeting: MeetingId,
        /// Before; none: not known.
        before: Option<Box<MeetingAnswer>>,
        /// Now; none: no longer said.
        after: Option<Box<MeetingAnswer>>,
    },
}

/// A stop in a few words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StopBrief {
    /// The name of the place.
    pub place: String,
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// The firmest standing of any day.
    pub standing: Standing,
    /// Whether the end is known.
    pub end_known: bool,
}

/// What the entries numbered after those of `before` change, for the officials and meetings that they touch.
#[must_use]
pub fn effect(before: &Asked<'_>, after: &Asked<'_>) -> Vec<Effect> {
    let last = before.view.claims().last_seq();
    let new: Vec<&Entry> = after.view.claims().entries().filter(|entry| entry.seq > last).collect();
    let (officials, meetings) = touched(before, after, &new);
    let mut effects: Vec<Effect> = meetings.iter().filter_map(|id| meeting_effect(before, after, id)).collect();
    for official in &officials {
        effects.extend(stop_effects(before, after, official));
    }
    effects
}

/// Everybody and every meeting that some entries tell of, and those that they take back, to any depth.
fn touched(before: &Asked<'_>, after: &Asked<'_>, entries: &[&Entry]) -> (Vec<OfficialId>, Vec<MeetingId>) {
    let claims = after.view.claims();
    let mut told: Vec<&What> = Vec::new();
    let mut open: Vec<&Entry> = entries.to_vec();
    let mut seen: Vec<u64> = Vec::new();
    while let Some(entry) = open.pop() {
        if seen.contains(&entry.seq) {
            continue;
        }
        seen.push(entry.seq);
        for event in &entry.events {
            told.push(&event.what);
            let replaced = event.telling.replaces.iter().map(|of| of.entry);
            let taken_back = event.what.takes_back().into_iter().map(Reference::entry);
            open.extend(taken_back.chain(replaced).filter_map(|id| claims.entry(claims.seq(id)?)));
        }
    }
    let mut meetings: Vec<MeetingId> = told.iter().filter_map(|what| what.meeting().cloned()).collect();
    meetings.sort();
    meetings.dedup();
    let mut officials: Vec<OfficialId> = told.iter().flat_map(|what| what.moves()).cloned().collect();
    for id in &meetings {
        officials.extend(
            before
                .meeting(id)
                .into_iter()
                .chain(after.meeting(id))
                .flat_map(|m| &m.seats)
                .filter_map(|seat| seat.who.as_ref().ok().cloned()),
        );
    }
    officials.sort();
    officials.dedup();
    (officials, meetings)
}

fn meeting_effect(before: &Asked<'_>, after: &Asked<'_>, id: &MeetingId) -> Option<Effect> {
    let answer = |asked: &Asked<'_>| asked.meeting(id).map(|meeting| Box::new(MeetingAnswer::of(asked, meeting)));
    let (before, after) = (answer(before), answer(after));
    let brief = |answer: &Option<Box<MeetingAnswer>>| {
        answer.as_ref().map(|m| {
            (
                m.status,
                m.when,
                m.said.clone(),
                m.place.clone(),
                m.place_doubtful,
                m.confirmed_by.clone(),
                m.participants.clone(),
                m.slips,
            )
        })
    };
    (brief(&before) != brief(&after)).then(|| Effect::Meeting { meeting: id.clone(), before, after })
}

fn stop_effects(before: &Asked<'_>, after: &Asked<'_>, official: &OfficialId) -> Vec<Effect> {
    let stops = |asked: &Asked<'_>| -> Vec<StopBrief> {
        asked.whereabouts(official).stops.iter().map(|stop| brief(asked, stop)).collect()
    };
    let (old, new) = (stops(before), stops(after));
    let gone: Vec<&StopBrief> = old.iter().filter(|stop| !new.contains(stop)).collect();
    let came: Vec<&StopBrief> = new.iter().filter(|stop| !old.contains(stop)).collect();
    let touches = |a: &StopBrief, b: &StopBrief| a.place == b.place && a.from <= b.to && b.from <= a.to;
    let name = after.registry().official_name(official).to_owned();
    let effect = |before: Option<&StopBrief>, after: Option<&StopBrief>| Effect::Stop {
        official: official.clone(),
        name: name.clone(),
        before: before.cloned(),
        after: after.cloned(),
    };
    let mut effects: Vec<Effect> =
        came.iter().map(|stop| effect(gone.iter().find(|old| touches(old, stop)).copied(), Some(*stop))).collect();
    effects.extend(gone.iter().filter(|old| !came.iter().any(|stop| touches(old, stop))).map(|old| effect(Some(*old), None)));
    effects
}

fn brief(asked: &Asked<'_>, stop: &Stop) -> StopBrief {
    StopBrief {
        place: asked.registry().place_name(&stop.place).to_owned(),
        from: stop.from,
        to: stop.to,
        standing: stop.best_standing(),
        end_known: stop.end_is_given(),
    }
}
