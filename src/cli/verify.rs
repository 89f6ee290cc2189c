//! `daybook verify`.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use crate::log::Log;
use crate::render;

/// Check the whole log: every line, every reference, the chain
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook verify   (exit code 3 when the log is damaged)")]
pub struct Arguments {}

pub fn run(_: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let verified = Log::open(output.dir())?.verify(&[])?;
    output.say_torn(verified.torn.as_ref());
    for stray in &verified.strays {
        output.say(&format!("note: {} is not part of the log", stray));
    }
    let seal = &verified.seal;
    let text = if output.json {
        let document = json!({
            "query": "verify", "log": {"seq": seal.seq, "id": seal.log}, "ok": true,
            "entries": verified.entries, "events": verified.events, "segments": verified.segments, "bytes": verified.bytes,
            "chain": seal.chain.to_string(), "torn_bytes": verified.torn.as_ref().map(|torn| torn.length),
        });
        format!("{document}\n")
    } else {
        let (entries, events) = (verified.entries, verified.events);
        format!(
            "the log is whole: {}, {}, {} bytes\nlog {}, entry {}, chain {}\n",
            render::counted(entries, "entry", "entries"),
            render::counted(events, "event", "events"),
            verified.bytes,
            seal.log,
            seal.seq,
            seal.chain
        )
    };
    output.print(&text);
    Ok(())
}
