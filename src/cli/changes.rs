//! `daybook changes`.

use clap::{Args, ValueEnum};
use serde::Serialize;

use super::clocks::{ClockArguments, moment};
use super::failure::Failure;
use super::output::Output;
use crate::intake::Problem;
use crate::projection::AsOf;
use crate::query::{Changes, Clock, Since, changes_since};
use crate::render;
use crate::time::write_instant;

/// What changed in the answers since a moment: before, after, and the report that caused it
///
/// Meetings and movements are compared as they were known at both moments, seen from the same day. What was public before and logged only
/// since is listed apart.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  daybook changes --since yesterday\n  daybook changes rubio --clock recorded --since 17")]
pub struct Arguments {
    /// Only of these officials and meetings
    names: Vec<String>,
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
    clock: Clock,
    #[serde(flatten)]
    changes: &'a Changes,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let since = match (arguments.clock, moment(&arguments.since, &book, output)?) {
        (Which::Recorded, since) => Since::Recorded(since),
        (Which::Published, AsOf::At(at)) => Since::Published(at),
        (Which::Published, AsOf::Seq(seq)) => {
            let says = format!("--since {seq} is the number of an entry, and entries are numbered as they were recorded");
            return Err(Failure::wrong_usage(Problem::new(says).hint("add --clock recorded, or give a day or a time")));
        }
    };
    let about = super::ask::some_subjects(&book, &arguments.names)?;
    let asked = settled.ask(&book);
    let body = changes_since(&asked, since, &about);
    let told = Body { since: write_instant(since.at(book.claims())), clock: since.clock(), changes: &body };
    settled.answer("changes", &asked, &[], &told, output, |head, page| render::changes_text(&body, since, head, page))
}
