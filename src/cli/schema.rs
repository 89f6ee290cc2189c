//! `daybook schema`.

use clap::Args;

use super::failure::Failure;
use super::output::Output;
use crate::render;

/// Print the JSON Schema of entries as programs send them, or of the answers (`daybook schema answers`)
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook schema > entry.schema.json")]
pub struct Arguments {
    /// What to describe
    #[arg(value_parser = ["entry", "answers"], default_value = "entry")]
    what: String,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let text = if arguments.what == "answers" { render::ANSWERS_SCHEMA.to_owned() } else { render::entry_schema() };
    output.print(&text);
    Ok(())
}
