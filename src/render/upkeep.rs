//! What was done to keep a log: held against its seals, copied, joined with another, repaired.

use serde::Serialize;
use serde_json::json;

use super::{counted, visible};

/// A log that was found whole.
#[derive(Clone, Debug)]
pub struct Whole {
    /// How many entries it has.
    pub entries: u64,
    /// How many events.
    pub events: u64,
    /// How many bytes.
    pub bytes: u64,
    /// The entries of the seals that it extends.
    pub sealed: Vec<u64>,
    /// Its own seal.
    pub seal: String,
}

/// What was found.
#[must_use]
pub fn whole_text(whole: &Whole) -> String {
    let (entries, events) = (counted(whole.entries, "entry", "entries"), counted(whole.events, "event", "events"));
    let mut text = format!("the log is whole: {entries}, {events}, {} bytes\n", whole.bytes);
    for entry in &whole.sealed {
        text.push_str(&format!("it extends the seal of entry {entry}\n"));
    }
    format!("{text}{}\n", whole.seal)
}

/// How many entries were copied, to where, how many are there now, and their seal.
#[must_use]
pub fn backup_text(added: u64, dir: &str, entries: u64, seal: &str) -> String {
    let added = counted(added, "entry", "entries");
    format!("{added} copied to {}, which has {entries} now and is whole\n{seal}\n", visible(dir))
}

/// What became of the entries of another log.
#[must_use]
pub fn adopted_text(added: u64, already: u64, refused: usize, dry_run: bool) -> String {
    let verb = if dry_run { "would be added" } else { "added" };
    format!("{added} {verb}, {already} there already, {refused} refused\n")
}

/// A repair that was done, or would be.
#[derive(Clone, Debug)]
pub struct Repair {
    /// Whether nothing was done yet.
    pub dry_run: bool,
    /// The name card, where it is put back.
    pub card: Option<String>,
    /// The damage that was found.
    pub found: Option<String>,
    /// How many entries the log has now.
    pub entries: u64,
    /// What is set aside.
    pub aside: Vec<SetAside>,
    /// The files that are written anew.
    pub anew: Vec<String>,
    /// The first and the last entry that are lost to the log.
    pub missing: Option<(u64, u64)>,
    /// How many entries are left over that can be added again.
    pub readable: u64,
    /// Whether a failed sync had kept everybody from writing.
    pub poisoned: bool,
    /// The commands that add what is left over.
    pub import: Vec<String>,
}

/// Bytes of a file of the log that are set aside.
#[derive(Clone, Debug, Serialize)]
pub struct SetAside {
    /// The file.
    pub from: String,
    /// From which byte on.
    pub offset: u64,
    /// How many.
    pub length: u64,
    /// Where they are now, if anything was done yet.
    pub to: Option<String>,
}

/// For people: what was found and done, and what is still to be done.
#[must_use]
pub fn repair_text(repair: &Repair) -> String {
    let would = |done: &'static str, planned: &'static str| if repair.dry_run { planned } else { done };
    let entries = counted(repair.entries, "entry", "entries");
    let mut text = String::new();
    if let Some(card) = &repair.card {
        text.push_str(&format!("{}: {}, from the backup\n", would("put back", "would put back"), visible(card)));
    }
    let readable = counted(repair.readable, "entry", "entries");
    let import = if repair.readable > 0 { import(&repair.import) } else { None };
    let untouched = repair.aside.is_empty() && repair.anew.is_empty();
    if repair.found.is_none() && untouched && !repair.poisoned {
        text.push_str(&format!("the log is whole, with {entries}: there is nothing to repair\n"));
        if let Some(lines) = import {
            text.push_str(&format!("{readable} of the other copy that this log lacks can be added{lines}"));
        }
        return text;
    }
    if let Some(found) = &repair.found {
        text.push_str(&format!("found: {}\n", visible(found)));
    }
    for SetAside { from, offset, length, to } in &repair.aside {
        let to = to.as_ref().map(|to| format!(" in {}", visible(to))).unwrap_or_default();
        let (verb, bytes) = (would("set aside", "would set aside"), counted(*length, "byte", "bytes"));
        text.push_str(&format!("{verb}: {bytes} of {}, from byte {offset} on{to}\n", visible(from)));
    }
    for file in &repair.anew {
        text.push_str(&format!("{}: {}\n", would("written anew", "would write anew"), visible(file)));
    }
    text.push_str(&format!("the log {} whole, with {entries}\n", would("is", "would be")));
    if let Some((from, to)) = repair.missing {
        let what = if from == to { format!("entry {from} is") } else { format!("entries {from} to {to} are") };
        let lacking = would("no longer in it", "then no longer in it");
        text.push_str(&format!("{what} {lacking}; a backup that has more, first of all: `daybook repair --from BACKUP`\n"));
    }
    if repair.readable > 0 {
        let aside = would("is left over", "would be left over");
        let lines = import.unwrap_or_else(|| "\n".to_owned());
        text.push_str(&format!("{readable} of what {aside} can be added again, under new numbers{lines}"));
    }
    text
}

fn import(commands: &[String]) -> Option<String> {
    let lines: String = commands.iter().map(|command| format!("  {command}\n")).collect();
    (!lines.is_empty()).then(|| format!(":\n{lines}"))
}

/// For programs: the same.
#[must_use]
pub fn repair_json(repair: &Repair) -> String {
    let document = json!({
        "query": "repair", "dry_run": repair.dry_run, "card": repair.card.is_some(), "found": repair.found,
        "entries": repair.entries, "aside": repair.aside, "anew": repair.anew,
        "missing": repair.missing.map(|(from, to)| json!({"from": from, "to": to})), "readable": repair.readable,
    });
    format!("{document}\n")
}
