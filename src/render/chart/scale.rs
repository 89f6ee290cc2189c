//! Where a day stands: so many columns for each, or so many days in one.

use chrono::NaiveDate;

/// The fewest columns of a day that bears its own name.
pub const NARROWEST_DAY: usize = 3;
/// The most columns of a day.
const WIDEST_DAY: usize = 12;

/// Days laid out on columns.
#[derive(Clone, Copy, Debug)]
pub struct Scale {
    from: NaiveDate,
    days: usize,
    columns: usize,
}

/// How much of a day a column shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// A day has room for its number.
    Wide,
    /// A day has a column at least.
    Narrow,
    /// A column has several days.
    Dense,
}

impl Scale {
    /// The days from one to another (both included) on as many of the columns as they need.
    pub fn new(from: NaiveDate, to: NaiveDate, room: usize) -> Self {
        let days = usize::try_from((to - from).num_days() + 1).unwrap_or(1).max(1);
        let a_day = (room / days).min(WIDEST_DAY);
        Self { from, days, columns: if a_day >= NARROWEST_DAY { days * a_day } else { room.max(1) } }
    }

    pub fn columns(&self) -> usize {
        self.columns
    }

    /// The columns of each day, at the least.
    pub fn a_day(&self) -> usize {
        self.columns / self.days
    }

    pub fn grain(&self) -> Grain {
        match self.a_day() {
            0 => Grain::Dense,
            1 | 2 => Grain::Narrow,
            _ => Grain::Wide,
        }
    }

    /// How many days a column has, rounded.
    pub fn days_in_column(&self) -> usize {
        (self.days + self.columns / 2) / self.columns
    }

    /// The first column of a day; beyond the last day, the end.
    pub fn start(&self, day: NaiveDate) -> usize {
        let offset = usize::try_from((day - self.from).num_days()).unwrap_or(0).min(self.days);
        offset * self.columns / self.days
    }

    /// Where a day ends: at least a column behind where it begins.
    pub fn end(&self, day: NaiveDate) -> usize {
        let next = day.succ_opt().map_or(self.columns, |next| self.start(next));
        next.max(self.start(day) + 1).min(self.columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn every_day_has_a_column_and_no_column_is_beyond_the_room() {
        let first = day(1866, 1, 9);
        for (last, room, grain) in [
            (day(1866, 1, 9), 12, Grain::Wide),
            (day(1866, 1, 22), 45, Grain::Wide),
            (day(1866, 2, 9), 45, Grain::Narrow),
            (day(1867, 1, 8), 60, Grain::Dense),
            (day(2025, 2, 19), 12, Grain::Dense),
            (day(2025, 2, 19), 270, Grain::Dense),
        ] {
            let scale = Scale::new(first, last, room);
            assert_eq!(scale.grain(), grain, "{last}");
            assert!(scale.columns() <= room);
            let mut reached = 0;
            for day in first.iter_days().take_while(|day| *day <= last) {
                let (start, end) = (scale.start(day), scale.end(day));
                assert!(start < end && end <= scale.columns(), "{day}: {start}..{end}");
                assert!(start <= reached && start + 1 >= reached, "no column is left out before {day}");
                reached = end;
            }
            assert_eq!(reached, scale.columns(), "the last day ends where the columns do");
        }
    }
}
