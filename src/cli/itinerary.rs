//! `daybook itinerary`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::{Answer, Output, read_day};
use crate::intake::Problem;
use crate::query::{Names, itinerary};
use crate::render;

/// An official's stops in order, with legs, distances, meetings, trips and gaps
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook itinerary rubio --from 2025-02-14 --to 2025-02-19")]
pub struct Arguments {
    /// The official
    official: String,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let today = book.zone().day_at(output.world.now);
    let day = |text: &Option<String>| text.as_deref().map(|text| read_day(text, today, book.zone())).transpose();
    let (from, to) = (day(&arguments.from)?, day(&arguments.to)?);
    if let (Some(first), Some(last)) = (from, to)
        && last < first
    {
        return Err(Failure::wrong_usage(Problem::new(format!("--from {first} is after --to {last}"))));
    }
    let official = super::ask::known(&book).ask_official(&arguments.official)?;
    let asked = settled.ask(&book);
    let body = itinerary(&asked, &official, from, to);
    let heading = settled.heading(&book, Names::of(&asked));
    let answer = Answer {
        query: "itinerary",
        seq: book.claims().last_seq(),
        clocks: settled.clocks(),
        findings: &body.findings,
        body: &body,
    };
    output.answer(&answer, |page| render::itinerary_text(&body, &heading, page))
}
