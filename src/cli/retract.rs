//! `daybook retract`.

use clap::Args;

use super::failure::Failure;
use super::log::in_words;
use super::output::Output;
use super::writing::{Writing, write};
use crate::intake::{RetractWords, SourceWords, Words};

/// Take back events or whole entries; nothing is deleted, and a retraction can itself be retracted
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook retract 17.2 --reason typo")]
pub struct Arguments {
    #[command(flatten)]
    words: RetractWords,
    #[command(flatten)]
    source: SourceWords,
    #[command(flatten)]
    writing: Writing,
}

pub fn run(arguments: Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    write(&in_words(Words::Retract(arguments.words), &arguments.source)?, &arguments.writing, output)
}
