//! One stretch of days by name: "tomorrow", "Tuesday", "18 Feb", "March", "last week". What leaves something out recurs, and the
//! nearest one is meant.

use chrono::{Datelike as _, Duration, NaiveDate, Weekday};

use super::Direction;
use super::token::{Word, day_number, month, ordinal, weekday, without_article, year};
use crate::time::{Shape, TimeError, parse_day};

/// What words name, before it is settled which one of its kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    /// Settled: nothing was left out.
    Settled(Shape),
    /// A day of some week.
    Weekday(Weekday),
    /// A month of some year.
    Month(u32),
    /// A day of a month, of which the month or the year may be left out.
    Date(Date),
}

/// The parts of a date that were said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Date {
    /// The day of the month.
    pub day: u32,
    /// Whether the day was said as an ordinal ("18th"), which may stand alone; a bare number needs a month.
    pub ordinal: bool,
    /// The month.
    pub month: Option<u32>,
    /// The year.
    pub year: Option<i32>,
    /// The day of the week that was said beside it.
    pub weekday: Option<Weekday>,
}

/// Reads points, and settles them.
#[derive(Clone, Copy)]
pub(super) struct Points<'t> {
    /// The whole text, for refusals.
    pub text: &'t str,
    /// The day of publication.
    pub today: NaiveDate,
    /// Which way the verb looks.
    pub direction: Direction,
}

impl Points<'_> {
    fn unknown(self) -> TimeError {
        TimeError::Words(self.text.to_owned())
    }

    /// Reads all of these words as one point.
    pub(super) fn read(self, words: &[Word<'_>]) -> Result<Point, TimeError> {
        let words = without_article(words);
        let spelt: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
        // "Later this week" narrows the words by less than a day, and the record has no form for that.
        let narrowed = matches!(spelt.as_slice(), ["later" | "earlier", "today" | "this", ..]);
        self.read_spelt(spelt.get(usize::from(narrowed)..).unwrap_or_default())
    }

    fn read_spelt(self, spelt: &[&str]) -> Result<Point, TimeError> {
        let day = |days| Ok(Point::Settled(Shape::Day(self.shift(self.today, days)?)));
        match spelt {
            ["today" | "tonight"] | ["this", "morning" | "afternoon" | "evening"] => day(0),
            ["tomorrow"] => day(1),
            ["yesterday"] | ["last", "night"] => day(-1),
            ["day", "after", "tomorrow"] => day(2),
            ["day", "before", "yesterday"] => day(-2),
            [day @ .., "morning" | "afternoon" | "evening" | "night"] if names_day(day) => self.read_spelt(day),
            ["this", "coming", name] => self.coming(name),
            ["coming", name] => self.coming(name),
            ["weekend"] => self.this("weekend"),
            ["this", name] => self.this(name),
            ["last", name] => self.beside(name, -1),
            ["next", name] => self.beside(name, 1),
            [name] => self.single(name),
            _ => self.date(spelt),
        }
    }

    fn single(self, name: &str) -> Result<Point, TimeError> {
        if let Some(day) = weekday(name) {
            return Ok(Point::Weekday(day));
        }
        if let Some(month) = month(name) {
            return Ok(Point::Month(month));
        }
        if let Some(year) = year(name) {
            return self.first_of(year, 1).map(|first| Point::Settled(Shape::Year(first)));
        }
        if let Some((year_said, rest)) = name.split_once('-').filter(|(said, _)| year(said).is_some()) {
            // A written day or month among words: "by 2025-03-01".
            let form = if rest.len() == 2 { parse_day(&format!("{year_said}-{rest}-01"))? } else { parse_day(name)? };
            return Ok(Point::Settled(if rest.len() == 2 { Shape::Month(form) } else { Shape::Day(form) }));
        }
        self.date(&[name])
    }

    fn coming(self, name: &str) -> Result<Point, TimeError> {
        let day = weekday(name).ok_or_else(|| self.unknown())?;
        let tomorrow = self.shift(self.today, 1)?;
        self.nearest_weekday(day, tomorrow, Direction::Forward).map(|day| Point::Settled(Shape::Day(day)))
    }

    fn this(self, name: &str) -> Result<Point, TimeError> {
        let monday = self.monday(0)?;
        match name {
            "week" => self.clipped(monday, self.shift(monday, 6)?),
            "weekend" => {
                let saturday = self.shift(monday, 5)?;
                // Looking back, the weekend of this week is still to come until it is Saturday.
                let back = if self.direction == Direction::Back && saturday > self.today { -7 } else { 0 };
                self.clipped(self.shift(saturday, back)?, self.shift(saturday, back + 1)?)
            }
            "month" => self.first_of(self.today.year(), self.today.month()).map(|first| Point::Settled(Shape::Month(first))),
            "year" => self.first_of(self.today.year(), 1).map(|first| Point::Settled(Shape::Year(first))),
            _ if weekday(name).is_some() || month(name).is_some() => self.single(name),
            _ => Err(self.unknown()),
        }
    }

    /// "last" (-1) or "next" (1) of a day of the week, a week, a weekend, a month by name or not, a year.
    fn beside(self, name: &str, step: i32) -> Result<Point, TimeError> {
        let monday = self.monday(step)?;
        let shape = match name {
            "week" => Shape::Within(Some(monday), Some(self.shift(monday, 6)?)),
            "weekend" => Shape::Within(Some(self.shift(monday, 5)?), Some(self.shift(monday, 6)?)),
            "month" => Shape::Month(self.month_beside(step)?),
            "year" => Shape::Year(self.first_of(self.today.year().saturating_add(step), 1)?),
            _ => {
                if let Some(day) = weekday(name) {
                    if step > 0 {
                        Shape::Day(self.shift(monday, i64::from(day.num_days_from_monday()))?)
                    } else {
                        Shape::Day(self.nearest_weekday(day, self.shift(self.today, -1)?, Direction::Back)?)
                    }
                } else if let Some(month) = month(name) {
                    let direction = if step > 0 { Direction::Forward } else { Direction::Back };
                    Shape::Month(self.nearest_month(month, self.month_beside(step)?, direction)?)
                } else {
                    return Err(self.unknown());
                }
            }
        };
        Ok(Point::Settled(shape))
    }

    /// The forms of a date, in either order, with "of", a year or a day of the week beside it.
    fn date(self, spelt: &[&str]) -> Result<Point, TimeError> {
        let (weekday, spelt) = match spelt {
            [name, "the", rest @ ..] | [name, rest @ ..] if weekday(name).is_some() && !rest.is_empty() => (weekday(name), rest),
            all => (None, all),
        };
        let (day, month_name, year_name) = match spelt {
            [day] => (*day, None, None),
            [name, year_name] if month(name).is_some() && year(year_name).is_some() => {
                let first = year(year_name).zip(month(name)).ok_or_else(|| self.unknown())?;
                return match weekday {
                    None => self.first_of(first.0, first.1).map(|first| Point::Settled(Shape::Month(first))),
                    Some(_) => Err(self.unknown()),
                };
            }
            [name, day] | [name, "the", day] if month(name).is_some() => (*day, Some(*name), None),
            [name, day, year_name] | [name, "the", day, year_name] if month(name).is_some() => {
                (*day, Some(*name), Some(*year_name))
            }
            // Only the later end of a range may do without a month: "Feb 18-20, 2025".
            [day, year_name] if year(year_name).is_some() => (*day, None, Some(*year_name)),
            [day, "of", name] | [day, name] => (*day, Some(*name), None),
            [day, "of", name, year_name] | [day, name, year_name] => (*day, Some(*name), Some(*year_name)),
            _ => return Err(self.unknown()),
        };
        let numbered = ordinal(day).or_else(|| day_number(day)).ok_or_else(|| self.unknown())?;
        Ok(Point::Date(Date {
            day: numbered,
            ordinal: ordinal(day).is_some(),
            month: month_name.map(|name| month(name).ok_or_else(|| self.unknown())).transpose()?,
            year: year_name.map(|name| year(name).ok_or_else(|| self.unknown())).transpose()?,
            weekday,
        }))
    }

    /// Settles a point: the last one that begins on or before `anchor`, or the first one that ends on or after it.
    pub(super) fn nearest(self, point: Point, anchor: NaiveDate, direction: Direction) -> Result<Shape, TimeError> {
        match point {
            Point::Settled(shape) => Ok(shape),
            Point::Weekday(day) => self.nearest_weekday(day, anchor, direction).map(Shape::Day),
            Point::Month(month) => self.nearest_month(month, anchor, direction).map(Shape::Month),
            Point::Date(date) => {
                let day = self.nearest_date(date, anchor, direction)?;
                if date.weekday.is_some_and(|said| said != day.weekday()) {
                    return Err(TimeError::Weekday { text: self.text.to_owned(), day });
                }
                Ok(Shape::Day(day))
            }
        }
    }

    fn nearest_weekday(self, day: Weekday, anchor: NaiveDate, direction: Direction) -> Result<NaiveDate, TimeError> {
        match direction {
            Direction::Forward => self.shift(anchor, i64::from(day.days_since(anchor.weekday()))),
            Direction::Back => self.shift(anchor, -i64::from(anchor.weekday().days_since(day))),
        }
    }

    fn nearest_month(self, month: u32, anchor: NaiveDate, direction: Direction) -> Result<NaiveDate, TimeError> {
        let year = match direction {
            Direction::Forward => anchor.year().saturating_add(i32::from(month < anchor.month())),
            Direction::Back => anchor.year().saturating_sub(i32::from(month > anchor.month())),
        };
        self.first_of(year, month)
    }

    fn nearest_date(self, date: Date, anchor: NaiveDate, direction: Direction) -> Result<NaiveDate, TimeError> {
        let candidates: Vec<NaiveDate> = match (date.month, date.year) {
            (Some(month), Some(year)) => return self.day_of(year, month, date.day),
            (None, Some(_)) => return Err(self.unknown()),
            (None, None) if !date.ordinal => return Err(self.unknown()),
            // Every month is within one of another that has 31 days.
            (None, None) => (-2..=2)
                .filter_map(|step| self.months_from(anchor, step).ok())
                .filter_map(|first| first.with_day(date.day))
                .collect(),
            (Some(month), None) => {
                if date.day > longest(month) {
                    return Err(self.no_such_day(month_name(month), longest(month)));
                }
                // 29 February comes every fourth year, and once a century waits for eight.
                (-8..=8).filter_map(|step| NaiveDate::from_ymd_opt(anchor.year().saturating_add(step), month, date.day)).collect()
            }
        };
        let found = match direction {
            Direction::Forward => candidates.into_iter().find(|day| *day >= anchor),
            Direction::Back => candidates.into_iter().rev().find(|day| *day <= anchor),
        };
        found.ok_or_else(|| self.unknown()).and_then(|day| self.writable(day))
    }

    fn day_of(self, year: i32, month: u32, day: u32) -> Result<NaiveDate, TimeError> {
        let first = self.first_of(year, month)?;
        first
            .with_day(day)
            .ok_or_else(|| self.no_such_day(first.format("%B %Y").to_string(), u32::from(first.num_days_in_month())))
    }

    /// Refuses a day that a month lacks.
    fn no_such_day(self, month: String, days: u32) -> TimeError {
        TimeError::NoSuchDay { text: self.text.to_owned(), month, days }
    }

    /// The part of a stretch of days that lies in the direction of the verb.
    fn clipped(self, from: NaiveDate, to: NaiveDate) -> Result<Point, TimeError> {
        let (from, to) = match self.direction {
            Direction::Forward => (from.max(self.today), to),
            Direction::Back => (from, to.min(self.today)),
        };
        Ok(Point::Settled(Shape::Within(Some(from), Some(to))))
    }

    /// Monday of this ISO week, or of one so many weeks away.
    fn monday(self, weeks: i32) -> Result<NaiveDate, TimeError> {
        let into_week = i64::from(self.today.weekday().num_days_from_monday());
        self.shift(self.today, i64::from(weeks) * 7 - into_week)
    }

    fn month_beside(self, step: i32) -> Result<NaiveDate, TimeError> {
        self.months_from(self.today, step)
    }

    /// The first day of the month so many months away.
    fn months_from(self, anchor: NaiveDate, step: i32) -> Result<NaiveDate, TimeError> {
        let month = anchor.year().saturating_mul(12).saturating_add_unsigned(anchor.month0()).saturating_add(step);
        self.first_of(month.div_euclid(12), month.rem_euclid(12).unsigned_abs() + 1)
    }

    fn first_of(self, year: i32, month: u32) -> Result<NaiveDate, TimeError> {
        let first = NaiveDate::from_ymd_opt(year, month, 1).ok_or_else(|| TimeError::Range(self.text.to_owned()))?;
        self.writable(first)
    }

    /// A day so many days away.
    pub(super) fn shift(self, day: NaiveDate, days: i64) -> Result<NaiveDate, TimeError> {
        let shifted = day.checked_add_signed(Duration::days(days)).ok_or_else(|| TimeError::Range(self.text.to_owned()))?;
        self.writable(shifted)
    }

    /// Days outside the years 0001 to 9999 have no written form.
    fn writable(self, day: NaiveDate) -> Result<NaiveDate, TimeError> {
        if (1..=9999).contains(&day.year()) { Ok(day) } else { Err(TimeError::Range(self.text.to_owned())) }
    }
}

/// Whether these words name a day whose morning or evening may be named.
fn names_day(spelt: &[&str]) -> bool {
    matches!(spelt, ["tomorrow" | "yesterday"] | ["day", "after", "tomorrow"] | ["day", "before", "yesterday"])
        || spelt.last().is_some_and(|name| weekday(name).is_some())
}

/// The most days that a month ever has.
fn longest(month: u32) -> u32 {
    NaiveDate::from_ymd_opt(2024, month, 1).map_or(31, |first| u32::from(first.num_days_in_month()))
}

fn month_name(month: u32) -> String {
    NaiveDate::from_ymd_opt(2024, month, 1).map_or(String::new(), |first| first.format("%B").to_string())
}
