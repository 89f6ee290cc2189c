//! `daybook who`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::Output;
use crate::query::who;
use crate::render;

/// Who is at a place on a day, and how firmly; a country includes its places
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook who riyadh --on 2025-02-18 --public-by 2025-02-17")]
pub struct Arguments {
    /// A city, country or venue
    place: String,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let mut book = output.open_part()?;
    let settled = arguments.clocks.settle_part(&mut book, output)?;
    book.reach_name(&arguments.place)?;
    if super::ask::known(&book).ask_place(&arguments.place).is_err() {
        // What is near shows among all names.
        book.reach_registry()?;
    }
    let place = super::ask::known(&book).ask_place(&arguments.place)?;
    let among = book.reach_people(&place, settled.scope, settled.on, settled.carry())?;
    let asked = settled.ask(&book);
    let body = who(&asked, &place, among.as_deref());
    settled.answer("who", &asked, &[], &body, output, |head, page| render::who_text(&body, head, page))
}
