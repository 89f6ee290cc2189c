//! `daybook backup`.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use crate::intake::Problem;
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
    apart(&to, &arguments.dir, output)?;
    let done = log.back_up(&to)?;
    let seal = &done.seal;
    let text = if output.json {
        let dir = to.to_string_lossy();
        let log = json!({"seq": seal.seq, "id": seal.log});
        format!("{}\n", json!({"query": "backup", "log": log, "dir": dir, "added": done.added, "seal": seal.to_string()}))
    } else {
        render::backup_text(done.added, &arguments.dir.display().to_string(), seal.seq, &seal.to_string())
    };
    output.print(&text);
    Ok(())
}

/// A backup does not lie in the log's own directory, by whatever name.
fn apart(to: &Path, shown: &Path, output: &Output<'_, '_>) -> Result<(), Failure> {
    let log = output.dir().canonicalize();
    // What is not there yet lies where the nearest folder is that is.
    let there = to.ancestors().find_map(|folder| folder.canonicalize().ok());
    if let (Ok(log), Some(there)) = (log, there)
        && there.starts_with(&log)
    {
        let problem = Problem::new(format!("{} lies in the log's own directory", shown.display()));
        return Err(Failure::refused("no_copy", problem.hint("name a folder elsewhere, best on another disk")));
    }
    Ok(())
}
