//! `daybook verify`.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use super::seal;
use crate::log::Log;
use crate::render::{self, Whole};

/// Check the whole log: every line, every reference, the chain; and that it extends what was sealed
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook verify --seal seals.txt   (exit code 3 when the log is damaged)\n\n\
                        A log that was cut exactly at the end of a line looks like one that was never longer: only a seal tells, \
                        or the mark of what was acknowledged on this machine (events/.index).")]
pub struct Arguments {
    /// A seal, or a file of seals: the log must be the one that was sealed, or extend it
    #[arg(long, value_name = "FILE|TEXT")]
    seal: Vec<String>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let seals = seal::named(&arguments.seal, output)?;
    let verified = Log::open(output.dir())?.verify(&seals)?;
    output.say_torn(verified.torn.as_ref());
    for stray in &verified.strays {
        output.say(&format!("note: {} is not part of the log", render::visible(stray)));
    }
    let seal = &verified.seal;
    let text = if output.json {
        let document = json!({
            "query": "verify", "log": {"seq": seal.seq, "id": seal.log}, "ok": true,
            "entries": verified.entries, "events": verified.events, "segments": verified.segments, "bytes": verified.bytes,
            "chain": seal.chain.to_string(), "seal": seal.to_string(), "seals": seals.len(),
            "torn_bytes": verified.torn.as_ref().map(|torn| torn.length),
        });
        format!("{document}\n")
    } else {
        render::whole_text(&Whole {
            entries: verified.entries,
            events: verified.events,
            bytes: verified.bytes,
            sealed: seals.iter().map(|seal| seal.seq).collect(),
            seal: seal.to_string(),
        })
    };
    output.print(&text);
    Ok(())
}
