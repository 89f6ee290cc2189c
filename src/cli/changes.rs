//! `daybook changes`.

use chrono::{DateTime, Utc};
use clap::{Args, ValueEnum};
use serde::Serialize;

use super::clocks::{ClockArguments, moment};
use super::failure::Failure;
use super::output::{Answer, Output};
use crate::intake::Problem;
use crate::projection::{AsOf, Scope};
use crate::query::{Changes, Clock, Names, changes, late};
use crate::render;
use crate::time::write_instant;

/// What changed in the answers since a moment: before, after, and the report that caused it
///
/// Meetings and movements are compared as they were known at both moments, seen from the same day. What was public before and logged only
/// since is listed apart.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  daybook changes --since yesterday\n  daybook changes --clock recorded --since 17")]
pub struct Arguments {
    /// The moment: a day (its end), a time, or with `--clock recorded` the number of an entry
    #[arg(long, value_name = "TIME|ENTRY")]
    since: String,
    /// By when reports were published, or by when this log recorded them
    #[arg(long, value_enum, default_value = "published")]
    clock: Which,
    #[command(flatten)]
    clocks: ClockArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Which {
    Published,
    Recorded,
}

#[derive(Serialize)]
struct Body<'a> {
    since: String,
    clock: &'static str,
    #[serde(flatten)]
    changes: &'a Changes,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let since = moment(&arguments.since, &book, output)?;
    let at = instant(since, &book);
    let (clock, name) = match arguments.clock {
        Which::Published => (Clock::Published, "published"),
        Which::Recorded => (Clock::Recorded, "recorded"),
    };
    let Scope { as_of, public_by } = settled.scope;
    let earlier = match (clock, since) {
        (Clock::Recorded, since) => Scope { as_of: Some(since), public_by },
        (Clock::Published, AsOf::At(at)) => Scope { as_of, public_by: Some(public_by.map_or(at, |by| by.min(at))) },
        (Clock::Published, AsOf::Seq(seq)) => {
            let problem =
                Problem::new(format!("--since {seq} is the number of an entry, and entries are numbered as they were recorded"));
            return Err(Failure::wrong_usage(problem.hint("add --clock recorded, or give a day or a time")));
        }
    };
    let before = book.ask(earlier, settled.on, settled.carry());
    let after = settled.ask(&book);
    let body = Changes { changes: changes(&before, &after, clock), late: late(&after, at) };
    let heading = settled.heading(&book, Names::of(&after));
    let answer = Answer {
        query: "changes",
        seq: book.claims().last_seq(),
        clocks: settled.clocks(),
        findings: &[],
        body: &Body { since: write_instant(at), clock: name, changes: &body },
    };
    output.answer(&answer, |page| render::changes_text(&body, clock, since, &heading, page))
}

/// The moment as a time: an entry's is when it was recorded.
fn instant(since: AsOf, book: &crate::book::Book) -> DateTime<Utc> {
    match since {
        AsOf::At(at) => at,
        AsOf::Seq(seq) => book.claims().entry(seq).map_or(DateTime::<Utc>::MIN_UTC, |entry| entry.recorded),
    }
}
