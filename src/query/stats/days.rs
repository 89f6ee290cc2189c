//! Days at their firmest standing, kept as runs: a stay of a thousand years counts as fast as one of a day.

use chrono::NaiveDate;

use crate::projection::{Run, Standing};

/// Distinct days in order, as runs that do not overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Days(Vec<Run>);

impl Days {
    /// The days of some runs; where they overlap, the firmest standing counts. Runs that end before they begin have none.
    pub fn of(runs: impl IntoIterator<Item = Run>) -> Self {
        let mut runs: Vec<Run> = runs.into_iter().filter(|run| run.from <= run.to).collect();
        runs.sort_by_key(|run| run.from);
        let mut edges: Vec<NaiveDate> = runs.iter().flat_map(|run| [Some(run.from), run.to.succ_opt()]).flatten().collect();
        edges.sort_unstable();
        edges.dedup();
        let mut found = Vec::new();
        let (mut running, mut waiting) = (Vec::<Run>::new(), runs.into_iter().peekable());
        for pair in edges.windows(2) {
            let (from, after) = (pair[0], pair[1]);
            running.retain(|run| run.to >= from);
            while let Some(run) = waiting.next_if(|run| run.from <= from) {
                running.push(run);
            }
            let firmest = running.iter().map(|run| run.standing).max();
            found.extend(firmest.zip(after.pred_opt()).map(|(standing, to)| Run { from, to, standing }));
        }
        Self(found)
    }

    /// The runs, in order.
    pub fn runs(&self) -> &[Run] {
        &self.0
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether one of them was observed.
    pub fn has_observed(&self) -> bool {
        self.0.iter().any(|run| run.standing == Standing::Observed)
    }

    /// The last of them.
    pub fn last(&self) -> Option<NaiveDate> {
        self.0.last().map(|run| run.to)
    }

    /// How many there are.
    pub fn count(&self) -> u64 {
        self.0.iter().map(|run| days(run.from, run.to)).sum()
    }
}

/// How many days there are from one to another, both included; none if they are in the wrong order.
pub fn days(from: NaiveDate, to: NaiveDate) -> u64 {
    u64::try_from((to - from).num_days() + 1).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::day;

    fn run(from: u32, to: u32, standing: Standing) -> Run {
        Run { from: day(2025, 5, from), to: day(2025, 5, to), standing }
    }

    #[test]
    fn a_day_counts_once_and_at_its_firmest() {
        use Standing::{Observed, Planned};
        let found =
            Days::of([run(3, 9, Planned), run(1, 2, Planned), run(5, 6, Observed), run(20, 19, Observed), run(12, 12, Planned)]);
        let runs = [run(1, 2, Planned), run(3, 4, Planned), run(5, 6, Observed), run(7, 9, Planned), run(12, 12, Planned)];
        assert_eq!(found.runs(), runs);
        assert_eq!((found.count(), found.has_observed(), found.last()), (10, true, Some(day(2025, 5, 12))));
    }
}
