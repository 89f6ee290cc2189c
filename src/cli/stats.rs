//! `daybook stats`.

use clap::{Args, ValueEnum};

use super::clocks::{ClockArguments, DayArguments};
use super::failure::Failure;
use super::output::Output;
use crate::query::{By, stats, stats_by};
use crate::render;

/// How much officials travel, where to, and whom they meet
///
/// Away is outside the country of the official's base (`official … --base`); where none is known every place is away. Days away are
/// distinct days with a presence away that is at least planned; a trip is what bears one trip's name, else stops away with no return home
/// between them: days of which nothing is known end it, unless they are too few to go home in (10,000 km a day, before 1943 by sea 1,000).
/// Observed is what was reported as it was; unverified what was planned for a day before --on; to come what is
/// planned for that day or later. Kilometres are great circles: of the journeys reported, an estimate between consecutive stops of a trip
/// where none was, and the way from the base and back, which is assumed where nothing was reported of it. A country stands for its capital.
#[derive(Debug, Args)]
#[command(after_help = "Examples: daybook stats --official rubio --from 2025
          daybook stats --by year")]
pub struct Arguments {
    /// Only these officials, with places, countries, meetings and whom they met; without it, a table of everybody
    #[arg(long, value_name = "OFFICIAL", num_args = 1..)]
    official: Vec<String>,
    /// Of all of them together, by year or by country
    #[arg(long, value_name = "WHAT")]
    by: Option<Counting>,
    #[command(flatten)]
    days: DayArguments,
    /// Show every line instead of the longest lists' first
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

/// By what counts are told apart.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Counting {
    /// The calendar year
    Year,
    /// The country visited
    Country,
}

impl From<Counting> for By {
    fn from(by: Counting) -> Self {
        match by {
            Counting::Year => Self::Year,
            Counting::Country => Self::Country,
        }
    }
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let (from, to) = arguments.days.settle(&book, output)?;
    let officials = super::ask::some_officials(&book, &arguments.official)?;
    let asked = settled.ask(&book);
    if let Some(by) = arguments.by {
        let body = stats_by(&asked, by.into(), &officials, from, to);
        return settled.answer("stats_by", &asked, &[], &body, output, |head, page| {
            render::stats_by_table(&body, arguments.all, head, page)
        });
    }
    let body = stats(&asked, &officials, from, to);
    settled.answer("stats", &asked, &[], &body, output, |head, page| {
        if officials.is_empty() {
            render::stats_table(&body, arguments.all, head, page)
        } else {
            render::stats_text(&body, arguments.all, head, page)
        }
    })
}
