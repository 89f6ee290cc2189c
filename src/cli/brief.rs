//! `daybook brief`.

use clap::Args;

use super::clocks::{ClockArguments, instant};
use super::failure::Failure;
use super::output::Output;
use crate::query::{brief, brief_scope};
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
    let mut settled = arguments.clocks.settle(&book, output)?;
    if !settled.by_default {
        settled.scope = brief_scope(settled.scope, settled.on, book.zone());
    }
    let since = arguments.since.as_deref().map(|text| instant(text, &book, output)).transpose()?;
    let asked = settled.ask(&book);
    let body = brief(&asked, since);
    settled.answer("brief", &asked, &[], &body, output, |head, page| render::brief_text(&body, arguments.all, head, page))
}
