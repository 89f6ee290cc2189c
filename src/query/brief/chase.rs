//! What somebody should look after: sides that say nothing, silence, closing windows, contradictions, embargoes that lift.

use chrono::{DateTime, Days, NaiveDate, Utc};
use serde::Serialize;

use super::Asked;
use crate::event::{MeetingId, PartyId, Position};
use crate::projection::{Finding, Meeting, Severity, Status};
use crate::query::Citation;

/// After how many days without a report a pending meeting is asked after.
const QUIET_DAYS: i64 = 5;
/// How many days ahead a window is said to close.
const CLOSING_DAYS: i64 = 3;
/// How many days ahead the silence of a side matters; undated meetings always do.
const SILENT_DAYS: i64 = 14;
/// For how many days what lapsed is pressing.
const RECENT_DAYS: i64 = 7;
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
    Embargo(Lifting),
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
    /// The same with its source, for people.
    #[serde(skip)]
    pub cited: Option<Citation>,
}

/// What to chase on the day asked about, the most pressing first; embargoes count that lift after `since`.
pub(super) fn chase(asked: &Asked<'_>, since: DateTime<Utc>) -> Vec<Chase> {
    let odd = crate::query::check(asked, &[]).into_iter().filter(|finding| finding.severity >= Severity::Warning);
    let mut found: Vec<Chase> = odd
        .map(|finding| {
            let cited = super::newest(asked, finding.evidence.iter());
            Chase::Finding(Odd { finding, cited })
        })
        .collect();
    found.extend(asked.meetings.iter().filter_map(|meeting| wanting(asked, meeting)).map(Chase::Meeting));
    found.extend(lifting(asked, since).into_iter().map(Chase::Embargo));
    found.sort_by_cached_key(|chase| urgency(asked, chase));
    found
}

/// What cannot be so, then what closes or lifts, what is near, what has just lapsed; what has no date can wait, and what lapsed long ago has
/// waited already. Among equals the nearer day.
fn urgency(asked: &Asked<'_>, chase: &Chase) -> (u8, i64, String) {
    let days = |day: NaiveDate| (day - asked.on).num_days().abs();
    match chase {
        Chase::Finding(Odd { finding, .. }) => {
            let lapsed = asked.meetings.iter().find(|meeting| {
                finding.finding == "lapsed_meeting" && meeting.status == Status::Lapsed && meeting.id.as_str() == finding.about
            });
            let ended = lapsed.and_then(|meeting| meeting.when?.span(meeting.zone).to).map(days);
            let rank = match (finding.severity, ended) {
                (Severity::Error, _) => 0,
                (Severity::Warning | Severity::Note, None) => 1,
                (Severity::Warning | Severity::Note, Some(ago)) if ago <= RECENT_DAYS => 4,
                (Severity::Warning | Severity::Note, Some(_)) => 6,
            };
            (rank, ended.unwrap_or(0), finding.about.clone())
        }
        Chase::Meeting(one) => match (one.closes, one.days_to_go) {
            (Some(day), _) => (2, days(day), one.meeting.to_string()),
            (None, Some(ahead)) => (3, ahead.abs(), one.meeting.to_string()),
            (None, None) => (5, 0, one.meeting.to_string()),
        },
        Chase::Embargo(one) => (2, days(asked.zone().day_at(one.until)), one.entry.to_string()),
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
    if silent.is_empty() && quiet_days.is_none() && closes.is_none() {
        return None;
    }
    let position = meeting.last_report.position;
    Some(Wanting {
        meeting: meeting.id.clone(),
        title: meeting.title.clone(),
        days_to_go,
        silent,
        quiet_days,
        closes,
        evidence: vec![position],
        cited: Citation::at(&asked.view, position),
    })
}

/// Embargoes end whether the public clock of the question lets their entries be seen or not: the desk knows them.
fn lifting(asked: &Asked<'_>, since: DateTime<Utc>) -> Vec<Lifting> {
    let last = asked.on.checked_add_days(Days::new(EMBARGO_DAYS)).map(|day| asked.zone().end_of_day(day));
    let held = asked.view.claims().entries().filter(|entry| asked.view.scope().held(entry));
    held.filter_map(|entry| {
        let until = entry.embargo.filter(|until| *until > since && last.is_none_or(|last| *until <= last))?;
        let (number, event) = entry.numbered().find(|(_, event)| !event.what.kind().is_registry())?;
        let position = Position { seq: entry.seq, number };
        let cited = Some(Citation::of(&asked.view, entry, event, position));
        Some(Lifting { entry: entry.seq, until, evidence: vec![position], cited })
    })
    .collect()
}
