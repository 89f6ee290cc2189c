//! `daybook statements`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::{Answer, Output};
use crate::query::{Names, StatementsFilter, statements};
use crate::render;

/// What was said, by whom, about what
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook statements --by lavrov --about riyadh-talks")]
pub struct Arguments {
    /// Only by these officials
    #[arg(long, value_name = "OFFICIAL")]
    by: Vec<String>,
    /// Only about these meetings, officials, parties or places
    #[arg(long, value_name = "WHAT")]
    about: Vec<String>,
    /// Only with these key words
    #[arg(long, alias = "topics", value_name = "WORDS", value_delimiter = ',')]
    topic: Vec<String>,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let known = super::ask::known(&book);
    let filter = StatementsFilter {
        by: super::ask::all(&arguments.by, |name| known.ask_official(name))?,
        about: super::ask::all(&arguments.about, |name| known.ask_subject(name))?,
        topics: arguments.topic.clone(),
    };
    let asked = settled.ask(&book);
    let body = statements(&asked, &filter);
    let heading = settled.heading(&book, Names::of(&asked));
    let answer =
        Answer { query: "statements", seq: book.claims().last_seq(), clocks: settled.clocks(), findings: &[], body: &body };
    output.answer(&answer, |page| render::statements_text(&body, &heading, page))
}
