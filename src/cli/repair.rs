//! `daybook repair`.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use super::seal;
use crate::log::{Log, Repaired};
use crate::render::{FoundBy, counted, visible};

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
    /// Wait at most this long for a writer, in seconds; 0 refuses at once [default: as long as it takes]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
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
        let import = import(arguments, &repaired, output);
        let card = card
            .map(|card| {
                format!("{}: {}, from the backup\n", if arguments.dry_run { "would put back" } else { "put back" }, shown(&card))
            })
            .unwrap_or_default();
        format!("{card}{}", told(&repaired, import.as_deref(), arguments.dry_run))
    };
    output.print(&text);
    Ok(())
}

fn shown(path: &Path) -> String {
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

/// The lines that add what is left over, as they are to be typed.
fn import(arguments: &Arguments, repaired: &Repaired, output: &Output<'_, '_>) -> Option<String> {
    let quoted =
        |path: &Path| shlex::try_quote(&path.display().to_string()).map_or_else(|_| shown(path), std::borrow::Cow::into_owned);
    let log = match output.found_by {
        FoundBy::Flag => format!(" --log {}", quoted(output.dir())),
        FoundBy::Variable | FoundBy::Default => String::new(),
    };
    let aside = repaired.aside.iter().filter_map(|one| one.to.as_deref());
    let lines: Vec<String> = arguments
        .from
        .as_deref()
        .into_iter()
        .chain(aside)
        .map(|from| format!("  daybook{log} import --from {} --keep-going\n", quoted(from)))
        .collect();
    (repaired.readable > 0 && !lines.is_empty()).then(|| lines.concat())
}

fn told(repaired: &Repaired, import: Option<&str>, dry_run: bool) -> String {
    let entries = counted(repaired.entries, "entry", "entries");
    let untouched = repaired.aside.is_empty() && repaired.anew.is_empty();
    if repaired.found.is_none() && untouched && !repaired.poisoned {
        let nothing = format!("the log is whole, with {entries}: there is nothing to repair\n");
        return match import {
            None => nothing,
            Some(lines) => {
                format!("{nothing}{} of the other copy that this log lacks can be added:\n{lines}", readable(repaired))
            }
        };
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
        text.push_str(&format!("{what} {lacking}; a backup that has more, first of all: `daybook repair --from BACKUP`\n"));
    }
    if repaired.readable > 0 {
        let aside = would("is left over", "would be left over");
        text.push_str(&format!("{} of what {aside} can be added again, under new numbers", readable(repaired)));
        text.push_str(&import.map_or("\n".to_owned(), |lines| format!(":\n{lines}")));
    }
    text
}

fn readable(repaired: &Repaired) -> String {
    if repaired.readable == 1 { "1 entry".to_owned() } else { format!("{} entries", repaired.readable) }
}
