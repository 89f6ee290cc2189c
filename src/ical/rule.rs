//! Changes of a zone's clocks that come again every year, as a recurrence rule (RFC 5545, section 3.3.10).

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveDateTime, Utc, Weekday};

use super::component::local;
use crate::time::Transition;

/// A change of the clocks, as a wall clock shows its onset: in the offset before it (RFC 5545, section 3.6.5).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Onset {
    /// The instant.
    pub at: DateTime<Utc>,
    /// The wall clock in the offset before.
    pub wall: NaiveDateTime,
}

impl Onset {
    /// The onset of a transition. At the ends of chrono's calendar, where no wall clock goes, the one of UTC.
    pub(super) fn of(transition: &Transition) -> Self {
        let utc = transition.at.naive_utc();
        Self { at: transition.at, wall: utc.checked_add_offset(transition.from).unwrap_or(utc) }
    }
}

/// Changes of one kind in one year after another, on the same day of the week in the same part of the same month at the same hour.
#[derive(Clone, Debug)]
pub(super) struct Run {
    /// The changes, in order; at least one.
    pub onsets: Vec<Onset>,
    first: Onset,
    last: Onset,
    /// The earliest and the latest day of the month so far.
    days: (u32, u32),
    /// Whether each was the last such day of the week in its month.
    all_last: bool,
}

/// Which of a month's days of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Week {
    Last,
    Nth(u32),
    /// The one in the seven days that end with this day of the month.
    UpTo(u32),
}

impl Run {
    pub(super) fn new(onset: Onset) -> Self {
        let day = onset.wall.day();
        Self { onsets: vec![onset], first: onset, last: onset, days: (day, day), all_last: is_last(onset.wall.date()) }
    }

    /// Adds the next change if one rule still holds for all; says whether it did.
    pub(super) fn extend(&mut self, onset: Onset) -> bool {
        let (first, last, wall) = (self.first.wall, self.last.wall, onset.wall);
        let same = wall.year() == last.year() + 1
            && wall.month() == first.month()
            && wall.weekday() == first.weekday()
            && wall.time() == first.time();
        let days = (self.days.0.min(wall.day()), self.days.1.max(wall.day()));
        let all_last = self.all_last && is_last(wall.date());
        if !same || week(days, all_last).is_none() {
            return false;
        }
        (self.last, self.days, self.all_last) = (onset, days, all_last);
        self.onsets.push(onset);
        true
    }

    /// The first change.
    pub(super) fn first(&self) -> Onset {
        self.first
    }

    /// Whether it is a rule that still holds in the year `horizon`.
    pub(super) fn is_endless(&self, horizon: i32) -> bool {
        self.last.wall.year() >= horizon && self.recurrence(horizon).is_some()
    }

    /// The rule, if there are enough years to call it one. A rule that is not seen until `horizon` ends with its last change.
    pub(super) fn recurrence(&self, horizon: i32) -> Option<String> {
        let week = week(self.days, self.all_last)?;
        let open = self.last.wall.year() >= horizon;
        // Less than all seven days seen leaves it open where the seven begin, which only matters if the rule goes on.
        let settled = match week {
            Week::Last | Week::Nth(_) => true,
            Week::UpTo(_) => !open || self.days.1 - self.days.0 == 6,
        };
        if self.onsets.len() < 3 || !settled {
            return None;
        }
        let name = weekday_name(self.first.wall.weekday());
        let day = match week {
            Week::Last => format!("BYDAY=-1{name}"),
            Week::Nth(nth) => format!("BYDAY={nth}{name}"),
            Week::UpTo(end) => {
                let days: Vec<String> = (end.saturating_sub(6)..=end).map(|day| day.to_string()).collect();
                format!("BYMONTHDAY={};BYDAY={name}", days.join(","))
            }
        };
        // UNTIL in a VTIMEZONE is in UTC (RFC 5545, section 3.3.10).
        let until = if open { String::new() } else { format!(";UNTIL={}Z", local(self.last.at.naive_utc())) };
        Some(format!("FREQ=YEARLY;BYMONTH={};{day}{until}", self.first.wall.month()))
    }
}

/// The narrowest name for days of the month that all bear the same name of the week; none if they are more than a week apart.
fn week((earliest, latest): (u32, u32), all_last: bool) -> Option<Week> {
    let nth = latest.div_ceil(7);
    if all_last {
        Some(Week::Last)
    } else if earliest.div_ceil(7) == nth {
        Some(Week::Nth(nth))
    } else if latest - earliest <= 6 {
        Some(Week::UpTo(latest.max(7)))
    } else {
        None
    }
}

fn is_last(day: NaiveDate) -> bool {
    day.day() + 7 > u32::from(day.num_days_in_month())
}

fn weekday_name(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "MO",
        Weekday::Tue => "TU",
        Weekday::Wed => "WE",
        Weekday::Thu => "TH",
        Weekday::Fri => "FR",
        Weekday::Sat => "SA",
        Weekday::Sun => "SU",
    }
}
