//! `daybook encounters`.

use clap::Args;

use super::clocks::{ClockArguments, DayArguments};
use super::failure::Failure;
use super::output::Output;
use crate::query::encounters;
use crate::render;

/// When and where officials were or will be together
///
/// Of one official: everybody they meet. Of several: the times when all of them are together. Nobody named: each two of everybody. Together are those who are at one meeting, or on
/// the same day at the same place or one within the other (a country is too wide for that, but for one like Malta); consecutive days are one encounter. It is as
/// firm as the weakest of their presences. Calls count, without a place. Where eight or more officials are there or on the list it is
/// marked as a gathering.
#[derive(Debug, Args)]
#[command(after_help = "Examples: daybook encounters rubio lavrov --from 2025
          daybook encounters --to 2020")]
pub struct Arguments {
    /// One official, or several who must all be there; everybody if nobody is named
    officials: Vec<String>,
    #[command(flatten)]
    days: DayArguments,
    /// Show each, however many there are; otherwise many are told by year and by whom they are with
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let (from, to) = arguments.days.settle(&book, output)?;
    let officials = super::ask::some_officials(&book, &arguments.officials)?;
    let asked = settled.ask(&book);
    let body = encounters(&asked, &officials, from, to);
    settled
        .answer("encounters", &asked, &[], &body, output, |head, page| render::encounters_text(&body, arguments.all, head, page))
}
