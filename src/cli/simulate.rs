//! `daybook simulate`.

use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use super::progress::Bar;
use crate::intake::Problem;
use crate::log::{Log, Verified};
use crate::render::{self, Whole};
use crate::simulate::World;
use crate::time::Zone;

/// The most entries: two hundred years.
const MOST_ENTRIES: u64 = 100_000_000;

/// From how many entries on somebody who watches is shown how far it is.
const MANY_ENTRIES: usize = 20_000;

/// Write a new log of a made-up world, for measuring: the same bytes for the same seed on every machine
///
/// About 1,370 entries a day from 2005-01-01 on: 2,000 officials tour 800 cities, meet, and speak; outlets report it, some of them late or
/// wrongly. Ten million entries are twenty years. Fewer entries are the beginning of more with the same seed.
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook --log /tmp/world simulate --entries 25000 --seed 1")]
pub struct Arguments {
    /// How many entries
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=MOST_ENTRIES))]
    entries: u64,
    /// What the world is drawn from: another number is another world
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
}

/// How many hours of the made-up world are put on the disk at once.
const HOURS_AT_ONCE: usize = 96;

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let dir = output.dir().to_owned();
    let taken = std::fs::read_dir(&dir).map_or_else(|_| dir.exists(), |mut names| names.next().is_some());
    if taken {
        let problem = Problem::new(format!("{} is there already", render::visible(&dir.display().to_string())));
        return Err(Failure::refused(
            "exists",
            problem.hint("a made-up world gets a directory of its own: `daybook --log DIR simulate …`"),
        ));
    }
    let failed = |error: crate::event::EventError| Failure::refused("failed", Problem::new(error.to_string()));
    let mut world = World::new(arguments.seed).map_err(failed)?;
    let log = Log::init(&dir, Zone::UTC, world.id(), World::start())?;
    let mut writer = log.lock_indexed(Some(Duration::from_secs(10)), &mut |_| {})?;
    let total = usize::try_from(arguments.entries).unwrap_or(usize::MAX);
    let mut bar = Bar::new(total, "entries", MANY_ENTRIES, output);
    let mut written = 0;
    while written < total {
        let mut hours = Vec::new();
        for _ in 0..HOURS_AT_ONCE {
            let mut hour = world.hour().map_err(failed)?;
            hour.entries.truncate(total - written);
            written += hour.entries.len();
            hours.push((hour.entries, hour.recorded));
        }
        writer.append_all(&hours)?;
        bar.show(written, output);
    }
    bar.clear(output);
    drop(writer);
    finish(&log, output)
}

/// Says what was written, as it is read back: entries, events, bytes and the seal.
fn finish(log: &Log, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let Verified { entries, events, bytes, seal, .. } = log.verify(&[])?;
    let text = if output.json {
        let document = json!({
            "query": "simulate", "log": {"seq": seal.seq, "id": seal.log},
            "entries": entries, "events": events, "bytes": bytes, "seal": seal.to_string(),
        });
        format!("{document}\n")
    } else {
        render::whole_text(&Whole { entries, events, bytes, sealed: Vec::new(), seal: seal.to_string() })
    };
    output.print(&text);
    Ok(())
}
