//! Runs of days at one standing: what a single claim covers.

use chrono::NaiveDate;

use super::Standing;
use crate::time::Span;

/// A run of local days, both ends included, at one standing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first day.
    pub from: NaiveDate,
    /// The last day.
    pub to: NaiveDate,
    /// How firmly.
    pub standing: Standing,
}

/// The day after; at the end of the calendar, the same.
pub fn next(day: NaiveDate) -> NaiveDate {
    day.succ_opt().unwrap_or(day)
}

/// The day before; at the start of the calendar, the same.
pub fn previous(day: NaiveDate) -> NaiveDate {
    day.pred_opt().unwrap_or(day)
}

/// The days from `from` to `to`, observed up to `observed_until` and planned after it.
pub fn split(from: NaiveDate, to: NaiveDate, observed_until: NaiveDate) -> Vec<Run> {
    let mut runs = Vec::new();
    if from <= observed_until {
        runs.push(Run { from, to: to.min(observed_until), standing: Standing::Observed });
    }
    if to > observed_until {
        runs.push(Run { from: from.max(next(observed_until)), to, standing: Standing::Planned });
    }
    runs
}

/// Takes away what is not observed on the days of `span`.
pub fn cut(runs: &[Run], span: Span) -> Vec<Run> {
    let mut kept = Vec::new();
    for run in runs {
        let days = Span { from: Some(run.from), to: Some(run.to) };
        if run.standing == Standing::Observed || !span.overlaps(days) {
            kept.push(*run);
            continue;
        }
        if let Some(first) = span.from.filter(|first| *first > run.from) {
            kept.push(Run { to: previous(first), ..*run });
        }
        if let Some(last) = span.to.filter(|last| *last < run.to) {
            kept.push(Run { from: next(last), ..*run });
        }
    }
    kept
}
