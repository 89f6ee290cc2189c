//! What stands over a timeline: days, weeks, months, years or centuries, whichever has room for its name.

use chrono::{Datelike as _, Months, NaiveDate, Weekday};

use super::scale::{Grain, Scale};
use super::strip::{Strip, columns};
use crate::render::style;

/// A unit of time whose beginnings are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    /// Weeks, from Monday on.
    Weeks,
    /// So many months, from January on.
    Months(u32),
    /// So many years, from such a year on as they divide.
    Years(i32),
}

/// From the finest on.
const UNITS: [Unit; 15] = [
    Unit::Weeks,
    Unit::Months(1),
    Unit::Months(3),
    Unit::Years(1),
    Unit::Years(2),
    Unit::Years(5),
    Unit::Years(10),
    Unit::Years(20),
    Unit::Years(50),
    Unit::Years(100),
    Unit::Years(200),
    Unit::Years(500),
    Unit::Years(1000),
    Unit::Years(2000),
    Unit::Years(5000),
];

impl Unit {
    /// The columns that the name of one takes, with a space behind it.
    fn wide(self) -> usize {
        match self {
            Self::Weeks => 3,
            Self::Months(_) => 4,
            Self::Years(_) => 5,
        }
    }

    /// How many days one has, about.
    fn days(self) -> usize {
        match self {
            Self::Weeks => 7,
            Self::Months(months) => 30 * usize::try_from(months).unwrap_or(1),
            Self::Years(years) => 365 * usize::try_from(years).unwrap_or(1),
        }
    }

    /// The first beginning on a day or after it.
    fn first(self, from: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Weeks => from.iter_days().take(7).find(|day| day.weekday() == Weekday::Mon),
            Self::Months(months) => {
                let first = if from.day() == 1 { from } else { from.with_day(1)?.checked_add_months(Months::new(1))? };
                first.checked_add_months(Months::new((months - first.month0() % months) % months))
            }
            Self::Years(years) => {
                let year = if from.ordinal() == 1 { from.year() } else { from.year() + 1 };
                NaiveDate::from_ymd_opt(year + (years - year.rem_euclid(years)) % years, 1, 1)
            }
        }
    }

    fn next(self, day: NaiveDate) -> Option<NaiveDate> {
        match self {
            Self::Weeks => day.checked_add_days(chrono::Days::new(7)),
            Self::Months(months) => day.checked_add_months(Months::new(months)),
            Self::Years(years) => NaiveDate::from_ymd_opt(day.year() + years, 1, 1),
        }
    }

    fn name(self, day: NaiveDate) -> String {
        match self {
            Self::Weeks => day.day().to_string(),
            Self::Months(_) => day.format("%b").to_string(),
            Self::Years(_) => day.year().to_string(),
        }
    }

    /// What stands above it.
    fn above(self) -> Option<Self> {
        match self {
            Self::Weeks => Some(Self::Months(1)),
            Self::Months(_) => Some(Self::Years(1)),
            Self::Years(_) => None,
        }
    }
}

/// The unit of an axis: the finest that has room for its names on so many columns.
fn unit(days: usize, columns: usize) -> Unit {
    let fits = |unit: &&Unit| unit.days().min(days) * columns >= unit.wide() * days;
    UNITS.iter().find(fits).copied().unwrap_or(Unit::Years(5000))
}

/// The beginnings that are marked on a scale without room for each day, in order.
fn ticks(unit: Unit, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = NaiveDate> {
    std::iter::successors(unit.first(from), move |day| unit.next(*day)).take_while(move |day| *day <= to)
}

/// A beginning of a unit.
pub struct Tick {
    pub day: NaiveDate,
    pub name: String,
}

fn named(unit: Unit, from: NaiveDate, to: NaiveDate) -> Vec<Tick> {
    ticks(unit, from, to).map(|day| Tick { day, name: unit.name(day) }).collect()
}

/// The beginnings of the finest unit that has room for its names on so many columns, if it is finer than a year.
pub fn ticks_below(from: NaiveDate, to: NaiveDate, columns: usize) -> Vec<Tick> {
    let unit = unit(length(from, to), columns);
    unit.above().map_or_else(Vec::new, |_| named(unit, from, to))
}

/// The beginnings of the unit above that, or of years.
pub fn ticks_above(from: NaiveDate, to: NaiveDate, columns: usize) -> Vec<Tick> {
    let unit = unit(length(from, to), columns);
    named(unit.above().unwrap_or(unit), from, to)
}

/// The columns on which a unit begins, to be followed down the page; on a scale with room for each day there are none.
pub fn guides(scale: &Scale, from: NaiveDate, to: NaiveDate) -> Vec<usize> {
    match scale.grain() {
        Grain::Wide => Vec::new(),
        Grain::Narrow | Grain::Dense => {
            ticks(unit(length(from, to), scale.columns()), from, to).map(|day| scale.start(day)).collect()
        }
    }
}

/// The lines over a scale without room for each day: the coarser unit first.
pub fn lines(scale: &Scale, from: NaiveDate, to: NaiveDate) -> Vec<Strip> {
    let unit = unit(length(from, to), scale.columns());
    let above = unit.above().map(|above| line(scale, above, from, to, true));
    above.into_iter().chain([line(scale, unit, from, to, false)]).collect()
}

fn length(from: NaiveDate, to: NaiveDate) -> usize {
    usize::try_from((to - from).num_days() + 1).unwrap_or(1)
}

/// The names of a unit, each where it begins, as far as there is room; before the first one, that of the one under way.
fn line(scale: &Scale, unit: Unit, from: NaiveDate, to: NaiveDate, is_above: bool) -> Strip {
    let mut strip = Strip::new(scale.columns());
    let mut begins: Vec<(usize, NaiveDate)> = ticks(unit, from, to).map(|day| (scale.start(day), day)).collect();
    if begins.first().is_none_or(|(at, _)| *at > 0) && unit != Unit::Weeks {
        begins.insert(0, (0, from));
    }
    let mut free = 0;
    for (at, (column, day)) in begins.iter().enumerate() {
        let room = begins.get(at + 1).map_or(scale.columns(), |(next, _)| next.saturating_sub(1)).saturating_sub(*column);
        let short = unit.name(*day);
        let long = if unit == Unit::Months(1) && is_above { day.format("%B %Y").to_string() } else { short.clone() };
        let fitting = [long, short].into_iter().find(|name| columns(name) <= room);
        if let Some(name) = fitting.filter(|_| *column >= free) {
            strip.words(*column, if is_above { style::STRONG } else { style::PLAIN }, &name);
            free = column + columns(&name) + 1;
        }
    }
    strip
}

#[cfg(test)]
mod tests {
    use super::*;

    fn over(from: (i32, u32, u32), to: (i32, u32, u32), room: usize) -> Vec<String> {
        let day = |(year, month, day)| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let scale = Scale::new(day(from), day(to), room);
        lines(&scale, day(from), day(to)).into_iter().map(|strip| strip.into_text().into_string()).collect()
    }

    #[test]
    fn weeks_stand_under_months_and_months_under_years() {
        // Two columns a day: Monday 4 February is the fourth of them.
        let weeks = over((2013, 2, 1), (2013, 3, 10), 76);
        assert_eq!(
            weeks,
            [
                format!("{:<56}March 2013", "February 2013"),
                "      4             11            18            25            4".to_owned()
            ]
        );
        let months = over((2012, 11, 20), (2013, 6, 30), 40);
        assert_eq!(months, ["2012   2013", " Dec   Jan   Feb  Mar  Apr   May  Jun"]);
    }

    #[test]
    fn years_stand_alone_and_are_as_far_apart_as_they_need() {
        assert_eq!(over((1866, 1, 9), (2025, 2, 19), 60), ["1866 1880   1900    1920   1940    1960   1980    2000"]);
        // 1866 would touch 1900, and 2000 begins two columns before the end.
        assert_eq!(over((1866, 1, 9), (2025, 2, 19), 12), ["  1900"]);
        assert_eq!(over((1, 1, 1), (9999, 12, 31), 12), ["1    5000"]);
    }
}
