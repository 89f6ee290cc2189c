//! `daybook backup`.

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use crate::log::Log;
use crate::render;

/// Copy the log, whole and checked, while others write to it; into an older backup, what is new
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook backup /media/stick/events   (the copy is a log itself: daybook --log DIR verify)")]
pub struct Arguments {
    /// An empty or new folder, or an older backup of this log
    dir: PathBuf,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let to = output.world.path(&arguments.dir);
    let log = Log::open(output.dir())?;
    let done = log.back_up(&to)?;
    let seal = &done.seal;
    let text = if output.json {
        let dir = to.to_string_lossy();
        let log = json!({"seq": seal.seq, "id": seal.log});
        format!("{}\n", json!({"query": "backup", "log": log, "dir": dir, "added": done.added, "seal": seal.to_string()}))
    } else {
        let dir = render::visible(&arguments.dir.display().to_string()).into_owned();
        let added = render::counted(done.added, "entry", "entries");
        format!("{added} copied to {dir}, which has {} now and is whole\n{seal}\n", seal.seq)
    };
    output.print(&text);
    Ok(())
}
