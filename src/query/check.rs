//! What looks odd: everything that a desk should look at, each with its evidence and the line that settles it.

mod clock;
mod companions;
mod duplicates;
mod hints;
mod meetings;
mod order;
mod plans;
mod repeats;
mod speed;

pub(super) mod conflicts;

pub use clock::clock_jumps;
pub(super) use speed::implausible_legs;

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Asked, Citation};
use crate::event::{MeetingId, OfficialId, Position};
use crate::projection::{Finding, Meeting, Severity, Stage};

/// A finding, and the other official or meeting that it concerns besides what it is about.
struct Flagged {
    finding: Finding,
    also: Option<String>,
}

/// What is the same for all findings: derived once.
struct Derived<'a> {
    asked: &'a Asked<'a>,
    /// The meetings that each official is on the list of.
    seats: BTreeMap<&'a OfficialId, Vec<&'a Meeting>>,
    /// How the meetings came to stand where they do, as far as they have changed at all.
    courses: BTreeMap<&'a MeetingId, Vec<Stage>>,
}

/// Everything that looks odd about the officials and meetings with these ids; with none, about all of them. Errors first, then
/// warnings, then notes; among these by what they are about, and by evidence.
///
/// Findings never change an answer. A damaged log is no log to be asked: that finding is [`damaged_line`].
#[must_use]
pub fn check(asked: &Asked<'_>, about: &[String]) -> Vec<Finding> {
    let derived = Derived::new(asked);
    let mut companions = companions::Companions::new(asked);
    let mut odd = meetings::lapsed(asked);
    odd.extend(duplicates::likely(asked));
    odd.extend(order::meetings(asked));
    for official in asked.registry().officials.keys() {
        let whereabouts = asked.whereabouts(official);
        odd.extend(whereabouts.findings(None, None).into_iter().map(Flagged::from));
        odd.extend(conflicts::of(asked, official, &whereabouts));
        odd.extend(implausible_legs(asked, official, &whereabouts, &whereabouts.legs).into_iter().map(Flagged::from));
        odd.extend(repeats::likely(asked, official, &whereabouts));
        odd.extend(companions.elsewhere(official, &whereabouts));
        odd.extend(plans::stale(asked, official, &whereabouts));
        odd.extend(plans::to_moved_meetings(&derived, official, &whereabouts));
        odd.extend(meetings::elsewhere(&derived, official, &whereabouts));
        odd.extend(order::absences(&derived, official));
    }
    let asked_for = |odd: &Flagged| {
        let is_named = |id: &String| *id == odd.finding.about || Some(id) == odd.also.as_ref();
        about.is_empty() || about.iter().any(is_named)
    };
    let mut findings: Vec<Finding> = odd.into_iter().filter(asked_for).map(|odd| odd.finding).collect();
    findings.sort_by(|a, b| {
        let order = |one: &Finding| std::cmp::Reverse(one.severity);
        (order(a), &a.about, &a.evidence, a.finding, &a.says).cmp(&(order(b), &b.about, &b.evidence, b.finding, &b.says))
    });
    findings.dedup();
    findings
}

/// The finding of a log that is not as it was written: `place` is file and line, `says` what is wrong there, with the byte. Nothing else
/// can be asked of such a log.
#[must_use]
pub fn damaged_line(place: String, says: String, hint: String) -> Finding {
    Finding { finding: "damaged_line", severity: Severity::Error, about: place, evidence: Vec::new(), says, hint }
}

/// A finding with the reports that it rests on, for programs: each by its place in the log, and as its outlet knows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reported<'f> {
    /// The finding.
    #[serde(flatten)]
    pub finding: &'f Finding,
    /// The reports that its evidence names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<Report>,
}

/// Where a report is found: in the log, and at its outlet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Where it stands, `17.2`.
    pub event: Position,
    /// The outlet.
    pub outlet: Option<String>,
    /// The outlet's own key of the record.
    pub record: Option<String>,
}

impl<'f> Reported<'f> {
    /// Looks up the reports behind findings.
    #[must_use]
    pub fn all(asked: &Asked<'_>, findings: &'f [Finding]) -> Vec<Self> {
        let report = |event: &Position| {
            let source = &asked.view.claims().entry(event.seq)?.source;
            Some(Report { event: *event, outlet: source.outlet.clone(), record: source.record.clone() })
        };
        let one = |finding: &'f Finding| Self { finding, reports: finding.evidence.iter().filter_map(report).collect() };
        findings.iter().map(one).collect()
    }
}

impl<'f> From<&'f Finding> for Reported<'f> {
    /// A finding that rests on no report.
    fn from(finding: &'f Finding) -> Self {
        Self { finding, reports: Vec::new() }
    }
}

/// A finding with the reports that it rests on, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// The finding.
    pub finding: Finding,
    /// The reports.
    pub cited: Vec<Citation>,
}

impl Checked {
    /// Looks up the reports behind findings.
    #[must_use]
    pub fn all(asked: &Asked<'_>, findings: &[Finding]) -> Vec<Self> {
        let cite = |finding: &Finding| Self { cited: Citation::all(&asked.view, &finding.evidence), finding: finding.clone() };
        findings.iter().map(cite).collect()
    }
}

impl From<Finding> for Flagged {
    fn from(finding: Finding) -> Self {
        Self { finding, also: None }
    }
}

impl<'a> Derived<'a> {
    fn new(asked: &'a Asked<'a>) -> Self {
        let mut derived = Self { asked, seats: BTreeMap::new(), courses: BTreeMap::new() };
        for meeting in &asked.meetings {
            for official in meeting.seats.iter().filter_map(|seat| seat.who.as_ref().ok()) {
                derived.seats.entry(official).or_default().push(meeting);
            }
            let course: Vec<Stage> = Meeting::course(&asked.view, &meeting.id, asked.on).into_iter().flatten().collect();
            if course.len() > 1 {
                derived.courses.insert(&meeting.id, course);
            }
        }
        derived
    }

    /// The meetings that an official is expected at, or perhaps comes to.
    fn meetings_of(&self, official: &OfficialId) -> impl Iterator<Item = &'a Meeting> {
        let all = self.seats.get(official).into_iter().flatten().copied();
        all.filter(|meeting| meeting.seat_of(official).is_some())
    }
}
