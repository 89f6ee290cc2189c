//! `daybook seal`, and seals as they are named after `--seal`.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::log::read_text;
use super::output::Output;
use crate::intake::Problem;
use crate::log::{Log, Seal};

/// The most bytes of a file of seals.
const FILE_BYTES: u64 = 1 << 20;

/// How every seal begins.
const WORD: &str = "daybook-seal:";

/// Check the log and print its seal: one line to print, mail or publish, against which it can be held later
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook seal >> seals.txt   (give it to somebody who does not have the log; \
                        daybook verify --seal seals.txt holds the log against it)")]
pub struct Arguments {}

pub fn run(_: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let seal = Log::open(output.dir())?.seal()?;
    let text = if output.json {
        format!("{}\n", json!({"query": "seal", "log": {"seq": seal.seq, "id": seal.log}, "seal": seal.to_string()}))
    } else {
        format!("{seal}\n")
    };
    output.print(&text);
    Ok(())
}

/// The seals that some arguments are, or that the files hold which they name; in a file, whatever else it says.
pub fn named(arguments: &[String], output: &mut Output<'_, '_>) -> Result<Vec<Seal>, Failure> {
    let mut seals = Vec::new();
    for argument in arguments {
        if argument.trim_start().starts_with(WORD) {
            seals.push(read(argument)?);
            continue;
        }
        let text = read_text(argument.as_ref(), argument, FILE_BYTES, output)?;
        let words = text.split_whitespace().filter_map(|word| word.find(WORD).and_then(|at| word.get(at..)));
        let before = seals.len();
        for word in words {
            seals.push(read(word)?);
        }
        if seals.len() == before {
            let problem = Problem::new(format!("there is no seal in {argument}"));
            return Err(Failure::refused("no_seal", problem.hint("a seal is a line of `daybook seal`")));
        }
    }
    Ok(seals)
}

fn read(text: &str) -> Result<Seal, Failure> {
    text.parse::<Seal>().map_err(|error| Failure::refused("no_seal", Problem::new(error.to_string())))
}
