//! Jumps of the clock that entries were recorded by: the log keeps its order, and says that its times do not hold.

use chrono::{DateTime, TimeDelta, Utc};

use crate::event::{Entry, EntryId, Position};
use crate::projection::{Finding, Severity};
use crate::query::Asked;

/// How far an id and the time of recording may lie apart that are drawn in one run: a writer may have waited for another.
const SLACK: TimeDelta = TimeDelta::minutes(5);

/// Each run of entries that were written while the clock said an earlier time than the entry before them bears. The log does not let
/// `recorded` fall, so all of them bear that entry's time; when they were really written is told by their ids (UUID v7, RFC 9562).
/// Either the clock had gone back, or it had been ahead before.
#[must_use]
pub fn clock_jumps(asked: &Asked<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = Vec::new();
    // The last entry whose own clock said what it bears, and the last of the run behind it.
    let mut honest: Option<&Entry> = None;
    let mut run: Option<u64> = None;
    for entry in asked.view.claims().entries().filter(|entry| is_seen(asked, entry)) {
        let Some(drawn) = drawn(entry.id) else { continue };
        let lag = entry.recorded - drawn;
        if lag <= SLACK {
            (honest, run) = (Some(entry), None);
            continue;
        }
        let Some(ahead) = honest.filter(|before| before.recorded == entry.recorded) else { continue };
        if run.replace(entry.seq).is_none() {
            found.push(finding(ahead, entry, lag));
        }
    }
    found
}

/// When an id was drawn, if it says so.
fn drawn(id: EntryId) -> Option<DateTime<Utc>> {
    let (seconds, nanoseconds) = id.0.get_timestamp().filter(|_| id.0.get_version_num() == 7)?.to_unix();
    DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
}

fn is_seen(asked: &Asked<'_>, entry: &Entry) -> bool {
    entry.events.first().is_some_and(|event| asked.view.sees(entry, event))
}

fn finding(ahead: &Entry, entry: &Entry, lag: TimeDelta) -> Finding {
    let (before, after) = (ahead.seq, entry.seq);
    let says = format!(
        "the clock went back by {} between entries {before} and {after}, or had been ahead: from {after} on they bear the time of {before}",
        length(lag)
    );
    let hint = format!(
        "ask by number, not by time: `daybook changes --clock recorded --since {before}`; `daybook doctor` shows the clock"
    );
    let evidence = [before, after].map(|seq| Position { seq, number: 1 }).to_vec();
    Finding { finding: "clock_jump", severity: Severity::Note, about: "log".to_owned(), evidence, says, hint }
}

/// A length of time in the unit that says enough.
fn length(time: TimeDelta) -> String {
    match (time.num_days(), time.num_hours()) {
        (2.., _) => format!("{} days", time.num_days()),
        (_, 2..) => format!("{} hours", time.num_hours()),
        _ => format!("{} minutes", time.num_minutes()),
    }
}
