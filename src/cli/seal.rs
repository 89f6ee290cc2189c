//! `daybook seal`, and seals as they are named after `--seal`.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::log::read_text;
use super::output::Output;
use crate::intake::Problem;
use crate::log::{Log, Seal, SealError};

/// The most bytes of a file of seals.
const FILE_BYTES: u64 = 1 << 20;

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
        let given = argument.contains(Seal::START);
        let text = if given { argument.clone() } else { read_text(argument.as_ref(), argument, FILE_BYTES, output)? };
        let found = within(&text)?;
        if found.is_empty() {
            let problem = Problem::new(format!("there is no seal in {argument}"));
            return Err(Failure::refused("no_seal", problem.hint("a seal is a line of `daybook seal`")));
        }
        seals.extend(found);
    }
    Ok(seals)
}

/// The seals of a text, also where a mail program has wrapped and quoted them.
fn within(text: &str) -> Result<Vec<Seal>, Failure> {
    let joined: String = text.chars().filter(|c| !c.is_whitespace() && !['>', '='].contains(c)).collect();
    let belongs = |c: char| c.is_ascii_hexdigit() || c == '-' || c == ':';
    let mut seals = Vec::new();
    for (at, _) in joined.match_indices(Seal::START) {
        let rest = joined.get(at + Seal::START.len()..).unwrap_or_default();
        let body = rest.find(|c| !belongs(c)).and_then(|end| rest.get(..end)).unwrap_or(rest);
        // The last part has 64 digits; what follows may be digits by chance.
        let digits = body.match_indices(':').nth(1).map_or(body.len(), |(colon, _)| colon + 1 + 64);
        let seal = format!("{}{}", Seal::START, body.get(..digits).unwrap_or(body));
        let wrong = |error: SealError| {
            Failure::refused("no_seal", Problem::new(error.to_string()).hint("print it again: `daybook seal`"))
        };
        seals.push(seal.parse().map_err(wrong)?);
    }
    Ok(seals)
}
