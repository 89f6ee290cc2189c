//! When an item is shown: whole days, exact times, or days of which only some are meant.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, Utc};

use super::words;
use crate::time::{End, Moment, Shape, When, Zone};

/// When an item is shown.
///
/// RFC 5545 has no vague times: the whole range is shown, and the vagueness said in `words`. A lone exact time has no end either, and
/// programs make different things of that (none, half an hour, an hour), so an hour is given and said to be assumed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Timing {
    /// Whole local days of the place, both included.
    Days {
        /// The first.
        from: NaiveDate,
        /// The last.
        to: NaiveDate,
    },
    /// Exact times, each in its own zone; the end is later than the start.
    Exact {
        /// The start.
        from: Moment,
        /// The end.
        to: Moment,
        /// Whether nobody said when it ends: then the end is an hour after the start.
        end_assumed: bool,
    },
    /// Once, at some time between two local days (both included); one bound stands for both where the other is open.
    Vague {
        /// The first day possible.
        from: NaiveDate,
        /// The last day possible.
        to: NaiveDate,
        /// How vague, in words: `some day 10–16 Feb`.
        words: String,
    },
}

impl Timing {
    /// The timing of a when, its days being local to `zone`. An open interval is shown on its first day only.
    pub(super) fn of(when: When, zone: Zone) -> Option<Self> {
        let span = when.span(zone);
        let from = span.from.or(span.to)?;
        let to = span.to.unwrap_or(from).max(from);
        if when.is_uncertain() {
            return Some(Self::Vague { from, to, words: words::vague(when, zone) });
        }
        Some(match when.shape {
            Shape::Exact(start) | Shape::Throughout(End::Exact(start), None) => Self::exact(start, None),
            Shape::Throughout(End::Exact(start), Some(End::Exact(end))) => Self::exact(start, Some(end)),
            // A DTEND must be of the same kind as its DTSTART: with one exact end only, the days are shown.
            Shape::Throughout(..) | Shape::Day(_) | Shape::Month(_) | Shape::Year(_) | Shape::Within(..) => {
                Self::Days { from, to }
            }
        })
    }

    /// Exact times; an end that today's zone rules put before the start counts as unknown. A wall clock that they have come to skip is
    /// moved on by the length of the gap: programs make different things of one that does not exist.
    pub(super) fn exact(from: Moment, to: Option<Moment>) -> Self {
        let existing = |moment: Moment| Moment::at(moment.instant(), moment.zone());
        let from = existing(from);
        if let Some(to) = to.map(existing).filter(|to| to.instant() > from.instant()) {
            return Self::Exact { from, to, end_assumed: false };
        }
        let later = from.instant().checked_add_signed(Duration::hours(1)).map(|end| Moment::at(end, from.zone()));
        // At the end of the calendar, year 9999, there is no hour left.
        let to = later.filter(|to| to.wall().year() <= 9999).unwrap_or(from);
        Self::Exact { from, to, end_assumed: true }
    }

    /// The first and the last local day.
    #[must_use]
    pub fn days(&self) -> (NaiveDate, NaiveDate) {
        match self {
            Self::Days { from, to } | Self::Vague { from, to, .. } => (*from, *to),
            Self::Exact { from, to, .. } => (from.wall().date(), to.wall().date()),
        }
    }

    /// Whether only some time of it is meant.
    #[must_use]
    pub fn is_vague(&self) -> bool {
        match self {
            Self::Vague { .. } => true,
            Self::Days { .. } | Self::Exact { .. } => false,
        }
    }

    /// The instant of an exact start.
    pub(super) fn starts(&self) -> Option<DateTime<Utc>> {
        match self {
            Self::Exact { from, .. } => Some(from.instant()),
            Self::Days { .. } | Self::Vague { .. } => None,
        }
    }

    /// Both ends as the log writes them; of whole days the last day, included.
    pub(super) fn ends(&self) -> (String, String) {
        match self {
            Self::Exact { from, to, .. } => (from.to_string(), to.to_string()),
            Self::Days { from, to } | Self::Vague { from, to, .. } => {
                (from.format("%Y-%m-%d").to_string(), to.format("%Y-%m-%d").to_string())
            }
        }
    }
}
