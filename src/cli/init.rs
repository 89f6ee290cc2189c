//! `daybook init`.

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use crate::log::Log;
use crate::time::Zone;

/// Make a new, empty log
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook --log events init --zone Europe/Madrid")]
pub struct Arguments {
    /// The log's zone, in which a day as a bound ends [default: UTC]
    #[arg(long)]
    zone: Option<String>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let zone: Zone = arguments.zone.as_deref().map(str::parse).transpose()?.unwrap_or(Zone::UTC);
    let id = output.world.new_id();
    let dir = output.dir().to_owned();
    let log = Log::init(&dir, zone, id, output.world.now)?;
    let text = if output.json {
        format!(
            "{}\n",
            json!({"query": "init", "log": {"id": log.id(), "zone": log.zone().name(), "dir": dir.to_string_lossy()}})
        )
    } else {
        format!("a new log in {}, zone {}\n", crate::render::visible(&dir.display().to_string()), log.zone())
    };
    output.print(&text);
    Ok(())
}
