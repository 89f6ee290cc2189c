//! `daybook stats`.

use clap::Args;

use super::clocks::{ClockArguments, DayArguments};
use super::failure::Failure;
use super::output::Output;
use crate::query::stats;
use crate::render;

/// How much officials travel, where to, and whom they meet
///
/// Away is outside the country of the official's base (`official … --base`); where none is known every place is away. Days away are
/// distinct days with a presence away that is at least planned; a trip is what bears one trip's name, else a run of such days, those in
/// transit included. Observed is what was reported as it was; unverified what was planned for a day before --on; to come what is
/// planned for that day or later. Kilometres are great circles: of the journeys reported, and an estimate between consecutive stops of a trip where none
/// was; the way out and back counts only if it was reported.
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook stats --official rubio --from 2025-01-01")]
pub struct Arguments {
    /// Only these officials, with places, countries, meetings and whom they met; without it, a table of everybody
    #[arg(long, value_name = "OFFICIAL", num_args = 1..)]
    official: Vec<String>,
    #[command(flatten)]
    days: DayArguments,
    /// Show every line instead of the longest lists' first
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let (from, to) = arguments.days.settle(&book, output)?;
    let officials = super::ask::officials(&super::ask::known(&book), &arguments.official)?;
    let asked = settled.ask(&book);
    let body = stats(&asked, &officials, from, to);
    settled.answer("stats", &asked, &[], &body, output, |head, page| {
        if officials.is_empty() {
            render::stats_table(&body, arguments.all, head, page)
        } else {
            render::stats_text(&body, arguments.all, head, page)
        }
    })
}
