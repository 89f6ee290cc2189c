//! Dates for people: weekdays and months in words, ranges, vague times in plain words, days to go.

use chrono::{Datelike as _, NaiveDate};

use crate::time::{End, Moment, Qualifier, Shape, Span, When, Zone};

/// How dates are written on a page: seen from a day, whose year goes without saying in short forms.
#[derive(Clone, Copy, Debug)]
pub struct Dates {
    /// The day asked about.
    pub on: NaiveDate,
    /// The zone of all exact times, if one is wanted (`--tz`).
    pub zone: Option<Zone>,
}

impl Dates {
    /// "Tue 18 Feb 2025"
    #[must_use]
    pub fn long(self, day: NaiveDate) -> String {
        day.format("%a %-d %b %Y").to_string()
    }

    /// "Tue 18 Feb", with the year where it is another than that of the day asked about.
    #[must_use]
    pub fn short(self, day: NaiveDate) -> String {
        day.format(if self.is_near(day) { "%a %-d %b" } else { "%a %-d %b %Y" }).to_string()
    }

    /// "18 Feb", with the year where it is another.
    #[must_use]
    pub fn brief(self, day: NaiveDate) -> String {
        day.format(if self.is_near(day) { "%-d %b" } else { "%-d %b %Y" }).to_string()
    }

    /// "the 17th" in the month of the day asked about, else "Fri 31 Jan".
    #[must_use]
    pub fn near(self, day: NaiveDate) -> String {
        if !self.is_near(day) || day.month() != self.on.month() {
            return self.short(day);
        }
        let ending = match (day.day() % 10, day.day() / 10) {
            (1, 0 | 2 | 3) => "st",
            (2, 0 | 2) => "nd",
            (3, 0 | 2) => "rd",
            _ => "th",
        };
        format!("the {}{ending}", day.day())
    }

    /// "17–18 Feb 2025", "28 Feb – 2 Mar 2025", "18 Feb 2025"
    #[must_use]
    pub fn range(self, from: NaiveDate, to: NaiveDate) -> String {
        range(from, to, true)
    }

    /// The same without the year, where it is that of the day asked about.
    #[must_use]
    pub fn short_range(self, from: NaiveDate, to: NaiveDate) -> String {
        range(from, to, !self.is_near(from) || !self.is_near(to))
    }

    fn is_near(self, day: NaiveDate) -> bool {
        day.year() == self.on.year()
    }

    /// A time as vague as the source left it; exact times in the zone of the page, else in `place`, else in their own.
    #[must_use]
    pub fn when(self, when: When, place: Option<Zone>) -> String {
        self.write(when, place, true)
    }

    /// The same, without the year of the day asked about.
    #[must_use]
    pub fn short_when(self, when: When, place: Option<Zone>) -> String {
        self.write(when, place, false)
    }

    fn write(self, when: When, place: Option<Zone>, years: bool) -> String {
        let day = |day: NaiveDate| if years { self.long(day) } else { self.short(day) };
        let plain_day = |day: NaiveDate| range(day, day, years || !self.is_near(day));
        let ends = |from, to| if years { self.range(from, to) } else { self.short_range(from, to) };
        let zone = |moment: Moment| self.zone.or(place).unwrap_or(moment.zone());
        let said = match when.shape {
            Shape::Day(on) => day(on),
            Shape::Exact(moment) => {
                let clock = Clock::of(moment, zone(moment));
                format!("{} {} ({})", day(clock.day), clock.time, clock.zone)
            }
            Shape::Month(first) => {
                let with_year = years || !self.is_near(first);
                first.format(if with_year { "in %B %Y" } else { "in %B" }).to_string()
            }
            Shape::Year(first) => first.format("in %Y").to_string(),
            Shape::Within(Some(from), Some(to)) if from == to => day(from),
            Shape::Within(Some(from), Some(to)) => format!("some day {}", ends(from, to)),
            Shape::Within(Some(from), None) => format!("not before {}", plain_day(from)),
            Shape::Within(None, Some(to)) => format!("by {}", plain_day(to)),
            Shape::Within(None, None) => "some day".to_owned(),
            Shape::Throughout(End::Day(from), Some(End::Day(to))) if from == to => day(from),
            Shape::Throughout(End::Day(from), Some(End::Day(to))) => ends(from, to),
            Shape::Throughout(End::Exact(from), Some(End::Exact(to))) => {
                let (start, end) = (Clock::of(from, zone(from)), Clock::of(to, zone(from)));
                if start.day == end.day {
                    format!("{} {}–{} ({})", day(start.day), start.time, end.time, start.zone)
                } else {
                    format!("{} {} – {} {} ({})", day(start.day), start.time, day(end.day), end.time, start.zone)
                }
            }
            Shape::Throughout(from, to) => {
                let end = |end: End| match end {
                    End::Day(on) => day(on),
                    End::Exact(moment) => {
                        let clock = Clock::of(moment, zone(moment));
                        format!("{} {} ({})", day(clock.day), clock.time, clock.zone)
                    }
                };
                to.map_or_else(|| format!("from {} on", end(from)), |to| format!("{} – {}", end(from), end(to)))
            }
        };
        match when.qualifier {
            Qualifier::Plain => said,
            Qualifier::Approximate => format!("about {said}"),
            Qualifier::Doubtful => format!("{said} (doubtful)"),
        }
    }

    /// The clock of an exact time, "10:00 (Asia/Riyadh)"; of an interval, its start.
    #[must_use]
    pub fn clock(self, when: When, place: Option<Zone>) -> Option<String> {
        let start = when.exact_start()?;
        let clock = Clock::of(start, self.zone.or(place).unwrap_or(start.zone()));
        Some(format!("{} ({})", clock.time, clock.zone))
    }

    /// The day alone, of an exact time too; the year where it is another.
    #[must_use]
    pub fn day_of(self, when: When, place: Option<Zone>) -> String {
        match (when.shape, when.exact_start()) {
            (Shape::Exact(_), Some(start)) => {
                let clock = Clock::of(start, self.zone.or(place).unwrap_or(start.zone()));
                self.short_when(When { shape: Shape::Day(clock.day), ..when }, None)
            }
            (Shape::Throughout(from, to), Some(start)) => {
                let zone = self.zone.or(place).unwrap_or(start.zone());
                let day = |end: End| match end {
                    End::Day(day) => End::Day(day),
                    End::Exact(moment) => End::Day(Clock::of(moment, zone).day),
                };
                self.short_when(When { shape: Shape::Throughout(day(from), to.map(day)), ..when }, None)
            }
            (_, _) => self.short_when(when, None),
        }
    }

    /// How far away a time is: "tomorrow", "in 12 days", "in 3 days at the earliest", "any day now", "under way".
    #[must_use]
    pub fn to_go(self, when: When, zone: Zone) -> Option<String> {
        let Span { from, to } = when.span(zone);
        let Some(from) = from else {
            return to.map(|to| if to < self.on { distance(to, self.on) } else { "any day now".to_owned() });
        };
        let is_over = to.is_some_and(|to| to < self.on);
        let lasts = to != Some(from) && from <= self.on && !is_over;
        Some(match (lasts, when.is_some_day()) {
            (true, true) => "any day now".to_owned(),
            (true, false) if from == self.on => "from today".to_owned(),
            (true, false) => "under way".to_owned(),
            (false, true) if from > self.on && to != Some(from) => format!("{} at the earliest", distance(from, self.on)),
            (false, _) => distance(if is_over { to.unwrap_or(from) } else { from }, self.on),
        })
    }

    /// How old a report is: "today", "3 days ago"; one from after the day asked about bears its date.
    #[must_use]
    pub fn age(self, day: NaiveDate) -> String {
        if day > self.on { format!("on {}", self.short(day)) } else { distance(day, self.on) }
    }
}

/// A wall clock with its zone.
struct Clock {
    day: NaiveDate,
    time: String,
    zone: Zone,
}

impl Clock {
    fn of(moment: Moment, zone: Zone) -> Self {
        let wall = if zone == moment.zone() { moment.wall() } else { zone.wall_at(moment.instant()) };
        Self { day: wall.date(), time: wall.format("%H:%M").to_string(), zone }
    }
}

/// "today", "tomorrow", "in 12 days", "yesterday", "3 days ago"
fn distance(day: NaiveDate, on: NaiveDate) -> String {
    match (day - on).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        -1 => "yesterday".to_owned(),
        days if days > 0 => format!("in {days} days"),
        days => format!("{} days ago", -days),
    }
}

fn range(from: NaiveDate, to: NaiveDate, years: bool) -> String {
    let end = |day: NaiveDate| day.format(if years { "%-d %b %Y" } else { "%-d %b" }).to_string();
    if from == to {
        return end(to);
    }
    let start = if from.year() != to.year() {
        from.format("%-d %b %Y – ").to_string()
    } else if from.month() != to.month() {
        from.format("%-d %b – ").to_string()
    } else {
        from.format("%-d–").to_string()
    };
    start + &end(to)
}
