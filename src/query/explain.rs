//! Why we say so: the deciding events, with their quotes.

use serde::Serialize;

use super::{Asked, Citation, MeetingAnswer, WhereAnswer, meeting, where_is};
use crate::event::wire::WireEvent;
use crate::event::{Entry, MeetingId, OfficialId, Position, Reference, What};
use crate::time::write_instant;

/// An explanation: what is explained, what is said of it, and the events that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// What is explained.
    pub about: Explained,
    /// The events that decide, the latest public first.
    pub deciding: Vec<Telling>,
}

/// What is explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Explained {
    /// Where an official is.
    Official(Box<WhereAnswer>),
    /// A meeting.
    Meeting(Box<MeetingAnswer>),
    /// An event or an entry, by what was typed.
    Event(String),
}

/// An event with everything about how it was told.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Telling {
    /// The report.
    #[serde(flatten)]
    pub citation: Citation,
    /// When it was recorded.
    pub recorded: String,
    /// The Admiralty grade.
    pub grade: Option<String>,
    /// Whether it counts under the clocks of the question.
    pub counts: bool,
    /// The events that retracted or replaced it.
    pub struck_by: Vec<Position>,
    /// The same with their sources, for people.
    #[serde(skip)]
    pub strikers: Vec<Citation>,
    /// The events and entries that it cancels or takes back, as people type them, for people.
    #[serde(skip)]
    pub refers_to: Vec<String>,
    /// The events whose claim it takes over, for people.
    #[serde(skip)]
    pub replaces: Vec<Position>,
    /// The event as it stands in the log.
    pub says: WireEvent,
}

/// Why an official is said to be where they are, on the day asked about.
#[must_use]
pub fn explain_official(asked: &Asked<'_>, official: &OfficialId) -> Explanation {
    let answer = where_is(asked, official);
    let mut events: Vec<Position> = answer.presences.iter().flat_map(|presence| presence.evidence.iter().copied()).collect();
    events.extend(answer.legs.iter().flat_map(|leg| leg.evidence.iter().copied()));
    if let (true, Some(last)) = (events.is_empty(), asked.whereabouts(official).last_known(asked.on)) {
        events.extend(last.evidence());
    }
    Explanation { about: Explained::Official(Box::new(answer)), deciding: tellings(asked, events) }
}

/// Why a meeting is said to stand where it does; `None` while nothing that counts introduces it.
#[must_use]
pub fn explain_meeting(asked: &Asked<'_>, id: &MeetingId) -> Option<Explanation> {
    let story = meeting(asked, id)?;
    let events = story.meeting.evidence.clone();
    Some(Explanation { about: Explained::Meeting(Box::new(story.meeting)), deciding: tellings(asked, events) })
}

/// What an event or a whole entry says, and whether it counts; `None` if the clocks hide it or the log has none such.
#[must_use]
pub fn explain_event(asked: &Asked<'_>, seq: u64, number: Option<u32>) -> Option<Explanation> {
    let entry = asked.view.claims().entry(seq)?;
    let events: Vec<Position> = entry
        .numbered()
        .filter(|(at, event)| number.is_none_or(|number| number == *at) && asked.view.sees(entry, event))
        .map(|(number, _)| Position { seq, number })
        .collect();
    if events.is_empty() {
        return None;
    }
    let typed = number.map_or_else(|| seq.to_string(), |number| Position { seq, number }.to_string());
    let mut deciding = tellings(asked, events);
    deciding.sort_by_key(|telling| telling.citation.event);
    Some(Explanation { about: Explained::Event(typed), deciding })
}

fn tellings(asked: &Asked<'_>, mut events: Vec<Position>) -> Vec<Telling> {
    events.sort_unstable();
    events.dedup();
    let mut found: Vec<(_, Telling)> = events
        .into_iter()
        .filter_map(|position| {
            let entry = asked.view.claims().entry(position.seq)?;
            Some(((entry.public(asked.zone()), position), telling(asked, entry, position)?))
        })
        .collect();
    found.sort_by(|(a, _), (b, _)| b.cmp(a));
    found.into_iter().map(|(_, telling)| telling).collect()
}

/// An event as it was told.
pub(super) fn telling(asked: &Asked<'_>, entry: &Entry, position: Position) -> Option<Telling> {
    let event = entry.event(position.number)?;
    let struck_by = asked.view.struck_by(position).to_vec();
    let refers_to = refers_to(asked, &event.what);
    let replaces: Vec<Position> =
        event.telling.replaces.iter().filter_map(|event| asked.view.claims().position(*event)).collect();
    // Answers show references as people type them.
    let mut says = WireEvent::from(event);
    says.of = says.of.map(|_| refers_to.clone());
    says.replaces = says.replaces.map(|_| replaces.iter().map(ToString::to_string).collect());
    Some(Telling {
        citation: Citation::of(&asked.view, entry, event, position),
        recorded: write_instant(entry.recorded),
        grade: entry.source.grade.map(|grade| grade.to_string()),
        counts: struck_by.is_empty() && asked.view.sees(entry, event),
        strikers: Citation::all(&asked.view, &struck_by),
        struck_by,
        refers_to,
        replaces,
        says,
    })
}

/// What a cancellation or retraction is about, in the numbers of the log.
fn refers_to(asked: &Asked<'_>, what: &What) -> Vec<String> {
    let claims = asked.view.claims();
    what.takes_back()
        .iter()
        .filter_map(|reference| match reference {
            Reference::Event(event) => claims.position(*event).map(|position| position.to_string()),
            Reference::Entry(entry) => claims.seq(*entry).map(|seq| seq.to_string()),
        })
        .collect()
}
