//! The three clocks of a question, as flags.

use chrono::{DateTime, NaiveDate, Utc};
use clap::Args;
use serde::Serialize;

use super::failure::Failure;
use super::output::{Answer, Output, read_day, read_days, read_moment};
use crate::book::Book;
use crate::intake::Problem;
use crate::projection::{AsOf, CARRY_DAYS, Claims, Finding, Scope};
use crate::query::{Asked, Clocks, Names, Reported};
use crate::render::{Heading, Page};
use crate::time::{Zone, bound};

/// The clocks of a question.
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Clocks")]
pub struct ClockArguments {
    /// The day asked about: 2025-02-18, today, yesterday [default: the earliest of now and the other clocks]
    #[arg(long, value_name = "DATE")]
    on: Option<String>,
    /// What the public could know by then: a day (its end) or a time
    #[arg(long, value_name = "TIME")]
    public_by: Option<String>,
    /// What this log held then: a day (its end), a time, the number of an entry, or last
    #[arg(long, value_name = "TIME|ENTRY", allow_negative_numbers = true)]
    as_of: Option<String>,
    /// For how many days a stop without a known end is carried on [default: 3]
    #[arg(long, value_name = "DAYS", allow_negative_numbers = true)]
    carry: Option<u16>,
}

/// The days of a question, as flags.
#[derive(Clone, Debug, Default, Args)]
pub struct DayArguments {
    /// From this day on, or from the first of this month or year: 2025-02-14, 2025-02, 2025
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Up to this day, or to the last of this month or year
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
}

impl DayArguments {
    /// The first and the last day; the first must not be after the last.
    pub fn settle(&self, book: &Book, output: &Output<'_, '_>) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Failure> {
        days(self.from.as_deref(), self.to.as_deref(), book.zone().day_at(output.world.now), book.zone())
    }
}

/// The first and the last day as typed, a month or a year from its first to its last day; the first must not be after the last.
pub fn days(
    from: Option<&str>,
    to: Option<&str>,
    today: NaiveDate,
    zone: Zone,
) -> Result<(Option<NaiveDate>, Option<NaiveDate>), Failure> {
    let days = |text: Option<&str>| text.map(|text| read_days(text, today, zone)).transpose();
    match (days(from)?.map(|(first, _)| first), days(to)?.map(|(_, last)| last)) {
        (Some(first), Some(last)) if last < first => {
            let problem = Problem::new(format!("--from {first} is after --to {last}"));
            Err(Failure::wrong_usage(problem.hint("the first day comes first: exchange them")))
        }
        days => Ok(days),
    }
}

/// A question's clocks, resolved against a book.
pub struct Settled {
    /// What may be known.
    pub scope: Scope,
    /// The day asked about.
    pub on: NaiveDate,
    /// Whether the day was left to the default.
    pub by_default: bool,
    /// The moment of asking, by which embargoes are judged.
    now: DateTime<Utc>,
    carry: i64,
}

impl ClockArguments {
    /// Resolves them against a book that finds what it needs.
    pub fn settle_part(&self, book: &mut Book, output: &Output<'_, '_>) -> Result<Settled, Failure> {
        if let Some(AsOf::Seq(seq)) = self.as_of.as_deref().map(|text| moment(text, book, output)).transpose()? {
            book.reach_entry(seq)?;
        }
        self.settle(book, output)
    }

    /// Resolves them.
    pub fn settle(&self, book: &Book, output: &Output<'_, '_>) -> Result<Settled, Failure> {
        let (zone, now) = (book.zone(), output.world.now);
        let today = zone.day_at(now);
        let public_by = self.public_by.as_deref().map(|text| instant(text, book, output)).transpose()?;
        let as_of = self.as_of.as_deref().map(|text| moment(text, book, output)).transpose()?;
        let scope = Scope { as_of, public_by };
        let on = self.on.as_deref().map(|text| read_day(text, today, zone)).transpose()?;
        Ok(Settled {
            scope,
            on: on.unwrap_or_else(|| book.default_day(scope, now)),
            by_default: on.is_none(),
            now,
            carry: self.carry.map_or(CARRY_DAYS, i64::from),
        })
    }
}

/// A moment as typed: the number of an entry, or a time. Four digits are an entry, too: a year is no moment.
pub fn moment(text: &str, book: &Book, output: &Output<'_, '_>) -> Result<AsOf, Failure> {
    if text == "last" {
        return Ok(AsOf::Seq(entry_number(&book.claims().last_seq().to_string(), book)?));
    }
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(AsOf::Seq(entry_number(text, book)?));
    }
    Ok(AsOf::At(instant(text, book, output)?))
}

/// A moment as typed: a day means its end. Words mean the past, for nobody has known anything in the future.
pub fn instant(text: &str, book: &Book, output: &Output<'_, '_>) -> Result<DateTime<Utc>, Failure> {
    let zone = book.zone();
    if let Ok(at) = bound(text, zone) {
        return Ok(at);
    }
    read_moment(text, zone.day_at(output.world.now), zone)
}

fn entry_number(text: &str, book: &Book) -> Result<u64, Failure> {
    let last = book.claims().last_seq();
    match text.parse() {
        Ok(seq) if (1..=last).contains(&seq) => Ok(seq),
        _ => {
            let says = if last == 0 { "the log is empty".to_owned() } else { format!("the log ends with entry {last}") };
            Err(Failure::refused("no_such_entry", Problem::new(format!("there is no entry {text}: {says}"))))
        }
    }
}

impl Settled {
    /// The day for what lasts: unless it was given, that of the last entry, so that the same log gives the same bytes on any day.
    pub fn lasting_day(&self, claims: &Claims) -> NaiveDate {
        if !self.by_default {
            return self.on;
        }
        let last = claims.entries().next_back();
        last.map_or(self.on, |entry| claims.zone().day_at(entry.recorded)).min(self.on)
    }

    /// For how many days a stop without a known end is carried on.
    pub fn carry(&self) -> i64 {
        self.carry
    }

    /// Puts the question.
    pub fn ask<'b>(&self, book: &'b Book) -> Asked<'b> {
        book.ask(self.scope, self.on, self.carry)
    }

    /// The clocks as the answer shows them.
    pub fn clocks(&self) -> Clocks {
        Clocks { on: Some(self.on), as_of: self.scope.as_of, public_by: self.scope.public_by }
    }

    /// The first line of an answer for people.
    pub fn heading<'n>(&self, asked: &'n Asked<'_>) -> Heading<'n> {
        let Scope { as_of, public_by } = self.scope;
        let (zone, names) = (asked.zone(), Names::of(asked));
        Heading { on: self.on, today: self.by_default, public_by, as_of, zone, now: self.now, names }
    }

    /// Prints the answer to a question: as JSON with its head, or for people, under the heading of the question.
    pub fn answer<B: Serialize>(
        &self,
        query: &'static str,
        asked: &Asked<'_>,
        findings: &[Finding],
        body: &B,
        output: &mut Output<'_, '_>,
        text: impl FnOnce(&Heading<'_>, &Page) -> String,
    ) -> Result<(), Failure> {
        let seq = asked.view.claims().last_seq();
        let heading = self.heading(asked);
        let findings = Reported::all(asked, findings);
        output.answer(&Answer { query, seq, clocks: self.clocks(), findings: &findings, body }, |page| text(&heading, page))
    }
}
