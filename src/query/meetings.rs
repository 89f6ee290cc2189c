//! Meetings as answers: the pending ones, and one with its whole story.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::{Asked, Citation};
use crate::event::{Attendance, Level, MeetingId, OfficialId, PartyId, PlaceId, Position, Role, TripId, What};
use crate::projection::{Meeting, Party, Previous, Registry, Seat, Status, View};
use crate::time::When;

/// A meeting as it stands.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeetingAnswer {
    /// Its identity.
    pub meeting: MeetingId,
    /// What it is called.
    pub title: String,
    /// Its level.
    pub level: Level,
    /// Where it stands.
    pub status: Status,
    /// The date that stands.
    pub when: Option<When>,
    /// The source's words for the time, where they are all that is known.
    pub said: Option<String>,
    /// Where.
    pub place: Option<PlaceId>,
    /// The name of the place.
    pub place_name: Option<String>,
    /// Whether the place is only probable.
    pub place_doubtful: bool,
    /// Who takes part.
    pub participants: Vec<ParticipantAnswer>,
    /// Parties that count as confirming.
    pub confirmed_by: Vec<Party>,
    /// Required parties that said nothing.
    pub silent: Vec<PartyId>,
    /// Parties that refused.
    pub declined_by: Vec<Party>,
    /// Dates given up, oldest first.
    pub previous: Vec<Previous>,
    /// How many dates were given up.
    pub slips: usize,
    /// Days from the day asked about to its first possible day; negative once past.
    pub days_to_go: Option<i64>,
    /// The day of the last report, local to the meeting's place.
    pub last_report: NaiveDate,
    /// The value of IPTC's `eventoccurstatus`.
    pub eventoccurstatus: &'static str,
    /// What is to be talked about.
    pub agenda: Option<String>,
    /// What came of it.
    pub outcome: Option<String>,
    /// The tour that it is part of.
    pub trip: Option<TripId>,
    /// The events that status, date and place rest on.
    pub evidence: Vec<Position>,
    /// The parties whose yes is needed, for people.
    #[serde(skip)]
    pub required: Vec<PartyId>,
    /// The last report, for people.
    #[serde(skip)]
    pub last: Option<Citation>,
    /// The first possible day, for the order of lists.
    #[serde(skip)]
    pub first_day: Option<NaiveDate>,
    /// The zone of its days, for people.
    #[serde(skip)]
    pub zone: crate::time::Zone,
}

/// Somebody on the list of a meeting.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ParticipantAnswer {
    /// The official; none where only the party is named.
    pub official: Option<OfficialId>,
    /// The official's name, or the party's.
    pub name: String,
    /// The side.
    pub party: Option<PartyId>,
    /// What for.
    pub role: Role,
    /// Whether they come.
    pub attendance: Attendance,
}

/// The meetings that match, by date, undated last.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Summits {
    /// The meetings.
    pub meetings: Vec<MeetingAnswer>,
}

/// Which meetings are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum SummitsFilter {
    /// Everything but held and cancelled.
    #[default]
    Pending,
    /// Those of some statuses.
    Status(Vec<Status>),
    /// All.
    All,
}

/// A meeting with everything that was reported of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MeetingStory {
    /// As it stands.
    #[serde(flatten)]
    pub meeting: MeetingAnswer,
    /// Every visible event of it, in the order in which they became public.
    pub history: Vec<History>,
}

/// One report of a meeting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct History {
    /// The report.
    #[serde(flatten)]
    pub citation: Citation,
    /// The date that it gave.
    pub when: Option<When>,
    /// The source's words for times.
    pub said: BTreeMap<String, String>,
    /// The parties that spoke.
    pub by: Vec<Party>,
    /// Why, where a reason was given.
    pub reason: Option<String>,
    /// What the meeting's status was from this report on, under the same clocks; null for a report that does not count.
    pub status: Option<Status>,
    /// Whether it counts.
    pub counts: bool,
    /// The events that retracted or replaced it.
    pub struck_by: Vec<Position>,
    /// The same with their sources, for people.
    #[serde(skip)]
    pub strikers: Vec<Citation>,
}

impl ParticipantAnswer {
    /// The list of a meeting.
    pub(super) fn all(registry: &Registry, meeting: &Meeting) -> Vec<Self> {
        let answer = |seat: &Seat| Self {
            official: seat.who.as_ref().ok().cloned(),
            name: match &seat.who {
                Ok(official) => registry.official_name(official).to_owned(),
                Err(party) => registry.party_name(party).to_owned(),
            },
            party: seat.party.clone(),
            role: seat.role,
            attendance: seat.attendance,
        };
        meeting.seats.iter().map(answer).collect()
    }
}

impl MeetingAnswer {
    /// The meeting as it stands on the day asked about.
    #[must_use]
    pub fn of(asked: &Asked<'_>, meeting: &Meeting) -> Self {
        let registry = asked.registry();
        Self {
            meeting: meeting.id.clone(),
            title: meeting.title.clone(),
            level: meeting.level,
            status: meeting.status,
            when: meeting.when,
            said: meeting.said.clone(),
            place_name: meeting.place.as_ref().map(|place| registry.place_name(place).to_owned()),
            place: meeting.place.clone(),
            place_doubtful: meeting.place_doubtful,
            participants: ParticipantAnswer::all(registry, meeting),
            confirmed_by: meeting.confirmed_by.clone(),
            silent: meeting.silent.clone(),
            declined_by: meeting.declined_by.clone(),
            previous: meeting.previous.clone(),
            slips: meeting.previous.len(),
            days_to_go: meeting.days_to_go(asked.on),
            last_report: meeting.last_report_day,
            eventoccurstatus: meeting.eventoccurstatus(),
            agenda: meeting.agenda.clone(),
            outcome: meeting.outcome.clone(),
            trip: meeting.trip.clone(),
            evidence: meeting.evidence.clone(),
            required: meeting.required.clone(),
            last: Citation::at(&asked.view, meeting.last_report.position),
            first_day: meeting.when.and_then(|when| {
                let span = when.span(meeting.zone);
                span.from.or(span.to)
            }),
            zone: meeting.zone,
        }
    }

    /// Whether its window is past and nobody reported that it took place.
    #[must_use]
    pub fn is_unverified(&self) -> bool {
        self.status == Status::Lapsed
    }
}

/// The meetings that a filter lets through, by date, undated last.
#[must_use]
pub fn summits(asked: &Asked<'_>, filter: &SummitsFilter) -> Summits {
    let wanted = |status: Status| match filter {
        SummitsFilter::Pending => status.is_pending(),
        SummitsFilter::Status(statuses) => statuses.contains(&status),
        SummitsFilter::All => true,
    };
    let mut meetings: Vec<MeetingAnswer> =
        asked.meetings.iter().filter(|meeting| wanted(meeting.status)).map(|meeting| MeetingAnswer::of(asked, meeting)).collect();
    meetings.sort_by(|a, b| {
        let order =
            |answer: &MeetingAnswer| (answer.first_day.is_none(), answer.first_day, answer.when.and_then(|when| when.exact()));
        (order(a), &a.meeting).cmp(&(order(b), &b.meeting))
    });
    Summits { meetings }
}

/// A meeting with its whole story; `None` while nothing that counts introduces it.
#[must_use]
pub fn meeting(asked: &Asked<'_>, id: &MeetingId) -> Option<MeetingStory> {
    let answer = MeetingAnswer::of(asked, asked.meeting(id)?);
    let view = &asked.view;
    let zone = view.claims().zone();
    let counting = view.meeting_facts(id);
    let course = Meeting::course(view, id, asked.on);
    let mut reports = Vec::new();
    for entry in view.claims().entries() {
        for (number, event) in entry.numbered() {
            let position = Position { seq: entry.seq, number };
            if event.what.meeting() == Some(id) && view.sees(entry, event) {
                let (when, by, reason) = told(&event.what);
                let counts = counting.iter().position(|fact| fact.key.position == position);
                let report = History {
                    citation: Citation::of(view, entry, event, position),
                    when,
                    said: event.telling.said.clone(),
                    by,
                    reason,
                    status: counts.and_then(|at| course.get(at)?.as_ref()).map(|turn| turn.status),
                    counts: counts.is_some(),
                    struck_by: view.struck_by(position).to_vec(),
                    strikers: Citation::all(view, view.struck_by(position)),
                };
                reports.push((entry.public(zone), position, report));
            }
        }
    }
    reports.sort_by_key(|(public, position, _)| (*public, *position));
    Some(MeetingStory { meeting: answer, history: reports.into_iter().map(|(_, _, report)| report).collect() })
}

/// Who called a meeting off, or put it off without a new date, and why, as far as anybody said.
pub(super) fn called_off(view: &View<'_>, meeting: &Meeting) -> (Vec<Party>, Option<String>) {
    let event = meeting.off.and_then(|off| view.claims().entry(off.seq)?.event(off.number));
    event.map(|event| told(&event.what)).map_or_else(Default::default, |(_, by, reason)| (by, reason))
}

/// Date, parties and reason of a meeting's event.
fn told(what: &What) -> (Option<When>, Vec<Party>, Option<String>) {
    let (when, by, reason) = match what {
        What::MeetingProposed(m) | What::MeetingConfirmed(m) | What::MeetingHeld(m) | What::MeetingChanged(m) => {
            (m.when, &m.by[..], None)
        }
        What::MeetingDeclined(m) => (None, &m.by[..], None),
        What::MeetingPostponed(m) => (m.when, &m.by[..], m.reason.clone()),
        What::MeetingCancelled(m) => (None, &m.by[..], m.reason.clone()),
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::Travel(_) => (None, &[][..], None),
        What::TravelCancelled(_) | What::Presence(_) | What::Absence(_) | What::Statement(_) | What::Retraction(_) => {
            (None, &[][..], None)
        }
    };
    (when, by.iter().map(|by| Party { party: by.party.clone(), voice: by.voice.clone() }).collect(), reason)
}
