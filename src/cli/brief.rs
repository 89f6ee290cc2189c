//! `daybook brief`.

use chrono::{DateTime, Utc};
use clap::Args;

use super::clocks::{ClockArguments, instant};
use super::failure::Failure;
use super::output::{Answer, Output};
use crate::projection::Scope;
use crate::query::{Names, brief};
use crate::render;

/// The morning meeting's page: who is where, what is coming, what changed, what to chase
///
/// It tells of the day and the seven after it, of what has no date, of what changed since yesterday, and of what somebody should look
/// after. It fits the screen; what is cut is counted. `brief --on D` knows what was public by the end of that day.
#[derive(Debug, Default, Args)]
#[command(after_help = "Example: daybook brief --on 2025-02-17")]
pub struct Arguments {
    /// Tell what changed since this moment instead of since yesterday: a day (its end) or a time
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Everything, however long it gets
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    // A brief on a day is the brief of that day: it knows what was public by then.
    let mut settled = arguments.clocks.settle(&book, output)?;
    if !settled.by_default {
        settled.scope.public_by = settled.scope.public_by.or(Some(book.zone().end_of_day(settled.on)));
    }
    let since = match &arguments.since {
        Some(text) => instant(text, &book, output)?,
        None => settled.on.pred_opt().map_or(DateTime::<Utc>::MIN_UTC, |yesterday| book.zone().end_of_day(yesterday)),
    };
    let public_by = settled.scope.public_by.map_or(since, |by| by.min(since));
    let before = book.ask(Scope { public_by: Some(public_by), ..settled.scope }, settled.on, settled.carry());
    let asked = settled.ask(&book);
    let body = brief(&asked, &before, since);
    let heading = settled.heading(&book, Names::of(&asked));
    let answer = Answer { query: "brief", seq: book.claims().last_seq(), clocks: settled.clocks(), findings: &[], body: &body };
    output.answer(&answer, |page| render::brief_text(&body, arguments.all, &heading, page))
}
