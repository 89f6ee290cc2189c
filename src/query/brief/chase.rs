//! What somebody should look after: sides that say nothing, silence, closing windows, contradictions, embargoes that lift.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;

use super::Asked;
use crate::event::{Entry, MeetingId, OfficialId, PartyId, Position};
use crate::projection::{Finding, Meeting, Severity, Status, Whereabouts};
use crate::query::explain::telling;
use crate::query::{Citation, Telling};

/// After how many days without a report a pending meeting is asked after.
const QUIET_DAYS: i64 = 5;
/// How many days ahead a window is said to close.
const CLOSING_DAYS: i64 = 3;
/// How many days ahead the silence of a side matters; undated meetings always do.
const SILENT_DAYS: i64 = 14;
/// For how many days it is pressing that nobody reported an outcome.
const RECENT_DAYS: i64 = 3;
/// How many days ahead an embargo is said to lift.
const EMBARGO_DAYS: u64 = 7;

/// Something to chase.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "what", rename_all = "lowercase")]
pub enum Chase {
    /// What contradicts itself or cannot be so.
    Finding(Odd),
    /// A pending meeting about which something is missing.
    Meeting(Wanting),
    /// Something that may be told soon.
    Embargo(Box<Lifting>),
}

/// A finding with the newest report that it rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Odd {
    /// The finding.
    #[serde(flatten)]
    pub finding: Finding,
    /// The report, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
}

/// What is missing about a pending meeting.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Wanting {
    /// The meeting.
    pub meeting: MeetingId,
    /// Its title.
    pub title: String,
    /// Days to its first possible day; negative once that is past.
    pub days_to_go: Option<i64>,
    /// Whether a party refused, or a report denies it.
    pub at_risk: bool,
    /// The parties that refused.
    pub declined: Vec<PartyId>,
    /// The required parties that said nothing.
    pub silent: Vec<PartyId>,
    /// For how many days nothing was reported, if for five or more.
    pub quiet_days: Option<i64>,
    /// The last day of its window, if that is near and only some day of it is meant.
    pub closes: Option<NaiveDate>,
    /// The last report.
    pub evidence: Vec<Position>,
    /// The same with its source, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
}

/// An embargo that ends soon.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Lifting {
    /// The entry.
    pub entry: u64,
    /// When it ends.
    #[serde(serialize_with = "crate::query::changes::instant")]
    pub until: DateTime<Utc>,
    /// Its first report.
    pub evidence: Vec<Position>,
    /// The same as it was told, for people.
    #[serde(skip)]
    pub telling: Option<Telling>,
}

/// What to chase on the day asked about, the most pressing first; embargoes count that lift after `since`.
pub(super) fn chase(asked: &Asked<'_>, everybody: &[(&OfficialId, Whereabouts)], since: DateTime<Utc>) -> Vec<Chase> {
    let mut found: Vec<(Urgency, Chase)> = Vec::new();
    for finding in crate::query::check(asked, &[]) {
        if let Some(urgency) = urgency(asked, everybody, &finding) {
            let cited = Citation::newest(&asked.view, finding.evidence.iter());
            found.push((urgency, Chase::Finding(Odd { finding, cited })));
        }
    }
    let days = |day: NaiveDate| (day - asked.on).num_days().abs();
    for one in asked.meetings.iter().filter_map(|meeting| wanting(asked, meeting)) {
        let urgency = match (one.at_risk, one.closes, one.days_to_go) {
            (true, _, ahead) => (1, ahead.unwrap_or(i64::MAX)),
            (false, Some(day), _) => (2, days(day)),
            (false, None, Some(ahead)) => (3, ahead.abs()),
            (false, None, None) => (5, 0),
        };
        found.push((urgency, Chase::Meeting(one)));
    }
    found.extend(
        lifting(asked, since).into_iter().map(|one| ((2, days(asked.zone().day_at(one.until))), Chase::Embargo(Box::new(one)))),
    );
    // Equals stay as they came: findings and meetings by what they are about.
    found.sort_by_key(|(urgency, _)| *urgency);
    found.into_iter().map(|(_, chase)| chase).collect()
}

/// What cannot be so, then what is at risk, closes or lifts, what is near, what has just passed without a word; what has no date can wait, and
/// what lapsed long ago has waited already. Among equals the nearer day.
type Urgency = (u8, i64);

/// How urgent a finding is; `None` where it can wait for `check`.
fn urgency(asked: &Asked<'_>, everybody: &[(&OfficialId, Whereabouts)], finding: &Finding) -> Option<Urgency> {
    let ago = |day: NaiveDate| (asked.on - day).num_days();
    match (finding.finding, finding.severity) {
        ("lapsed_meeting", _) => {
            let meeting = asked.meetings.iter().find(|meeting| meeting.id.as_str() == finding.about)?;
            let ago = ago(meeting.when?.span(meeting.zone).to?);
            Some((if ago <= RECENT_DAYS { 4 } else { 6 }, ago))
        }
        ("stale_plan", _) => {
            let (_, whereabouts) = everybody.iter().find(|(official, _)| official.as_str() == finding.about)?;
            let own = |at: &Position| finding.evidence.contains(at);
            let stops = whereabouts.stops.iter().filter(|stop| stop.to < asked.on && stop.evidence().iter().any(own));
            let ago = ago(stops.map(|stop| stop.to).max()?);
            (ago <= RECENT_DAYS).then_some((4, ago))
        }
        (_, Severity::Error) => Some((0, 0)),
        (_, Severity::Warning) => Some((1, 0)),
        (_, Severity::Note) => None,
    }
}

fn wanting(asked: &Asked<'_>, meeting: &Meeting) -> Option<Wanting> {
    // What lapsed is a finding of its own.
    if !meeting.status.is_pending() || meeting.status == Status::Lapsed {
        return None;
    }
    let days_to_go = meeting.days_to_go(asked.on);
    let is_near = days_to_go.is_none_or(|days| days <= SILENT_DAYS);
    let silent = if is_near { meeting.silent.clone() } else { Vec::new() };
    let quiet = (asked.on - meeting.last_report_day).num_days();
    let last = meeting.when.filter(|when| when.is_some_day()).and_then(|when| when.span(meeting.zone).to);
    let closes = last.filter(|last| (0..=CLOSING_DAYS).contains(&(*last - asked.on).num_days()));
    let quiet_days = (quiet >= QUIET_DAYS).then_some(quiet);
    let at_risk = meeting.status == Status::AtRisk;
    if silent.is_empty() && quiet_days.is_none() && closes.is_none() && !at_risk {
        return None;
    }
    let position = meeting.last_report.position;
    Some(Wanting {
        meeting: meeting.id.clone(),
        title: meeting.title.clone(),
        days_to_go,
        at_risk,
        declined: meeting.declined_by.iter().map(|party| party.party.clone()).collect(),
        silent,
        quiet_days,
        closes,
        evidence: vec![position],
        cited: Citation::at(&asked.view, position),
    })
}

/// The desk knows of embargoes before the public knows what they hold back; but not of what its source published only after the question.
fn lifting(asked: &Asked<'_>, since: DateTime<Utc>) -> Vec<Lifting> {
    let last = asked.on.checked_add_days(Days::new(EMBARGO_DAYS)).map(|day| asked.zone().end_of_day(day));
    let scope = asked.view.scope();
    let known = |entry: &&Entry| scope.held(entry) && scope.public_by.is_none_or(|by| entry.published(asked.zone()) <= by);
    let held = asked.view.claims().entries().filter(known);
    held.filter_map(|entry| {
        let until = entry.embargo.filter(|until| *until > since && last.is_none_or(|last| *until <= last))?;
        let (number, _) = entry.numbered().find(|(_, event)| !event.what.kind().is_registry())?;
        let position = Position { seq: entry.seq, number };
        let telling = telling(asked, entry, position);
        Some(Lifting { entry: entry.seq, until, evidence: vec![position], telling })
    })
    .collect()
}
