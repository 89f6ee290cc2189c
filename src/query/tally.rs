//! Counts by how firmly they are known: of days, of trips, of kilometres.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Serialize;

use super::Stretch;
use crate::projection::Standing;

/// Counts by how they are known. Each thing counts once: as observed if any of its days is, else as still to come if any of its days is
/// the day asked about or later, else as unverified.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Reported as it was, or after.
    pub observed: u64,
    /// Planned or confirmed for a day before the one asked about, and nobody reported that it was so.
    pub unverified: u64,
    /// Planned or confirmed for the day asked about or a later one.
    pub coming: u64,
}

/// How far, in kilometres of great circles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kilometres {
    /// Of journeys that were reported.
    pub reported: u64,
    /// Between consecutive stops of one trip between which no journey was reported.
    pub estimated: u64,
    /// From the base to a trip and back from it, where nothing was reported of it: assumed.
    pub assumed: u64,
}

impl Tally {
    /// All together.
    #[must_use]
    pub fn total(self) -> u64 {
        self.observed + self.unverified + self.coming
    }

    pub(super) fn add(&mut self, other: Self) {
        self.observed += other.observed;
        self.unverified += other.unverified;
        self.coming += other.coming;
    }

    /// Counts one thing that has these days.
    pub(super) fn count(&mut self, days: &[Stretch], on: NaiveDate) {
        if days.iter().any(|run| run.standing == Standing::Observed) {
            self.observed += 1;
        } else if days.iter().any(|run| run.to >= on) {
            self.coming += 1;
        } else {
            self.unverified += 1;
        }
    }

    /// Counts days one by one; where runs overlap, as the firmest has them.
    pub(super) fn of_days(days: impl IntoIterator<Item = Stretch>, on: NaiveDate) -> Self {
        let mut tally = Self::default();
        for run in firmest(days) {
            let days = length(run.from, run.to);
            let coming = length(run.from.max(on), run.to);
            if run.standing == Standing::Observed {
                tally.observed += days;
            } else {
                tally.coming += coming;
                tally.unverified += days - coming;
            }
        }
        tally
    }
}

impl Kilometres {
    pub(super) fn add(&mut self, other: Self) {
        self.reported += other.reported;
        self.estimated += other.estimated;
        self.assumed += other.assumed;
    }

    /// All together.
    #[must_use]
    pub fn total(self) -> u64 {
        self.reported + self.estimated + self.assumed
    }
}

/// How many days there are from one to another, both included.
pub(super) fn length(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days() + 1).unwrap_or(0)
}

/// Runs that overlap as runs that do not, in order: each day as the firmest of them has it. However long they are, none is counted out.
pub(super) fn firmest(runs: impl IntoIterator<Item = Stretch>) -> Vec<Stretch> {
    let mut edges: BTreeMap<NaiveDate, Vec<(Standing, bool)>> = BTreeMap::new();
    for run in runs {
        edges.entry(run.from).or_default().push((run.standing, true));
        edges.entry(run.to.succ_opt().unwrap_or(run.to)).or_default().push((run.standing, false));
    }
    let mut open: BTreeMap<Standing, u64> = BTreeMap::new();
    let mut found: Vec<Stretch> = Vec::new();
    let mut days = edges.into_iter().peekable();
    while let Some((from, changes)) = days.next() {
        for (standing, begins) in changes {
            let many = open.entry(standing).or_default();
            *many = if begins { *many + 1 } else { many.saturating_sub(1) };
        }
        open.retain(|_, many| *many > 0);
        let to = days.peek().and_then(|(next, _)| next.pred_opt());
        if let (Some((standing, _)), Some(to)) = (open.last_key_value(), to) {
            found.push(Stretch { from, to, standing: *standing });
        }
    }
    found
}
