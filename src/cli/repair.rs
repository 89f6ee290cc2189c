//! `daybook repair`.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use super::seal;
use crate::log::{Log, Repaired};
use crate::render::{counted, visible};

/// Mend a damaged log: what the hash chain proves stays or is put back, all else is set aside in a named file
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook repair --from /media/stick/events --dry-run\n\n\
                        Line ends that an editor converted, lines that were doubled, sorted or merged are put right. Nothing is \
                        deleted: what is no part of the log is in events/.aside/ afterwards.")]
pub struct Arguments {
    /// A backup or another copy of this log, whose lines fill in what is missing or wrong
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,
    /// A seal, or a file of seals, below which nothing is cut
    #[arg(long, value_name = "FILE|TEXT")]
    seal: Vec<String>,
    /// Say what would be done; change nothing
    #[arg(long)]
    dry_run: bool,
    /// Wait at most this long for a writer, in seconds; 0 refuses at once
    #[arg(long, value_name = "SECONDS")]
    wait: Option<u64>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let seals = seal::named(&arguments.seal, output)?;
    let from = arguments.from.as_ref().map(|from| output.world.path(from));
    let (log, card) = Log::open_for_repair(output.dir(), from.as_deref(), arguments.dry_run)?;
    let wait = arguments.wait.map(Duration::from_secs);
    let repaired = log.repair(from.as_deref(), &seals, arguments.dry_run, wait, &mut |waiting| output.say_waiting(&waiting))?;
    let text = if output.json {
        document(&repaired, card.is_some(), arguments.dry_run)
    } else {
        let card = card.map(|card| format!("put back: {}, from the backup\n", shown(&card))).unwrap_or_default();
        format!("{card}{}", told(&repaired, arguments.dry_run))
    };
    output.print(&text);
    Ok(())
}

fn shown(path: &std::path::Path) -> String {
    visible(&path.display().to_string()).into_owned()
}

fn document(repaired: &Repaired, card: bool, dry_run: bool) -> String {
    let plain = |path: &PathBuf| path.display().to_string();
    let aside: Vec<_> = repaired
        .aside
        .iter()
        .map(
            |one| json!({"from": plain(&one.from), "offset": one.offset, "length": one.length, "to": one.to.as_ref().map(plain)}),
        )
        .collect();
    let document = json!({
        "query": "repair", "dry_run": dry_run, "card": card, "found": repaired.found, "entries": repaired.entries, "aside": aside,
        "anew": repaired.anew.iter().map(plain).collect::<Vec<_>>(),
        "missing": repaired.missing.map(|(from, to)| json!({"from": from, "to": to})), "readable": repaired.readable,
    });
    format!("{document}\n")
}

fn told(repaired: &Repaired, dry_run: bool) -> String {
    let entries = counted(repaired.entries, "entry", "entries");
    let untouched = repaired.aside.is_empty() && repaired.anew.is_empty();
    if repaired.found.is_none() && untouched && !repaired.poisoned {
        return format!("the log is whole, with {entries}: there is nothing to repair in it\n");
    }
    let would = |done: &'static str, planned: &'static str| if dry_run { planned } else { done };
    let mut text = String::new();
    if let Some(found) = &repaired.found {
        text.push_str(&format!("found: {}\n", visible(found)));
    }
    for one in &repaired.aside {
        let bytes = counted(one.length, "byte", "bytes");
        let to = one.to.as_ref().map(|to| format!(" in {}", shown(to))).unwrap_or_default();
        let verb = would("set aside", "would set aside");
        text.push_str(&format!("{verb}: {bytes} of {}, from byte {} on{to}\n", shown(&one.from), one.offset));
    }
    for path in &repaired.anew {
        text.push_str(&format!("{}: {}\n", would("written anew", "would write anew"), shown(path)));
    }
    text.push_str(&format!("the log {} whole, with {entries}\n", would("is", "would be")));
    if let Some((from, to)) = repaired.missing {
        let what = if from == to { format!("entry {from} is") } else { format!("entries {from} to {to} are") };
        let lacking = would("no longer in it", "then no longer in it");
        text.push_str(&format!("{what} {lacking}; a backup that has more: `daybook repair --from BACKUP`\n"));
    }
    if repaired.readable > 0 {
        let readable = if repaired.readable == 1 { "1 entry".to_owned() } else { format!("{} entries", repaired.readable) };
        text.push_str(&format!(
            "{readable} of what {} aside can be added again, under new numbers",
            would("was set", "would be set")
        ));
        let files: Vec<String> = repaired.aside.iter().filter_map(|one| one.to.as_deref()).map(shown).collect();
        let lines: String = files.iter().map(|file| format!("\n  daybook import --from {file} --keep-going")).collect();
        text.push_str(&format!("{}{lines}\n", if lines.is_empty() { "" } else { ":" }));
    }
    text
}
