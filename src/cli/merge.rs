//! `daybook import --from`: two logs that both grew.

use std::path::Path;

use serde_json::json;

use super::failure::Failure;
use super::import::Arguments;
use super::output::Output;
use super::writing::overtaken;
use crate::book::{Adopted, Book};
use crate::event::Entry;
use crate::intake::Problem;
use crate::log::Log;
use crate::render;

/// Adds the entries of another log, or of a file of its lines, that this log lacks.
pub fn run(from: &Path, arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let theirs = entries(&output.world.path(from), output)?;
    if arguments.dry_run {
        let ours = Book::open(output.dir())?;
        ours.expect(arguments.expect).map_err(|error| overtaken(error, ours.claims(), output))?;
        return finish(&ours.try_to_adopt(&theirs), true, output);
    }
    let mut open = output.lock(arguments.wait)?;
    open.expect(arguments.expect).map_err(|error| overtaken(error, open.claims(), output))?;
    let now = output.world.now;
    let adopted = open.adopt(theirs, arguments.keep_going, now, &mut || output.world.new_salt())?;
    finish(&adopted, false, output)
}

/// The entries of a log, which must be whole; of a file, those lines that are as they were written.
fn entries(from: &Path, output: &mut Output<'_, '_>) -> Result<Vec<Entry>, Failure> {
    let shown = from.display();
    if !from.is_dir() {
        let entries = Log::open(output.dir())?.salvage(from)?;
        if entries.is_empty() {
            let problem = Problem::new(format!("no line of {shown} is one of a log as it was written"));
            return Err(Failure::refused(
                "nothing",
                problem.hint(format!("a file of entries is imported without --from: `daybook import {shown}`")),
            ));
        }
        return Ok(entries);
    }
    let read = Log::open(from).and_then(|log| Ok((log.id(), log.read()?.entries)));
    let (id, entries) = read.map_err(|error| {
        if !error.is_damage() {
            return Failure::from(error);
        }
        let problem = Problem::new(format!("the log in {shown} is damaged: {error}"));
        Failure::refused(
            "no_copy",
            problem.hint(format!("repair it first: `daybook --log {shown} repair`; this log is untouched")),
        )
    })?;
    if Log::open(output.dir())?.id() != id {
        output.say(&format!("note: {shown} is another log ({id}), not a branch or a copy of this one"));
    }
    Ok(entries)
}

fn finish(adopted: &Adopted, dry_run: bool, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let Adopted { added, already, refused } = adopted;
    let refusals: Vec<String> = refused.iter().map(|(seq, why)| format!("entry {seq} there: {why}")).collect();
    let text = if output.json {
        let refused = refusals.len();
        let document = json!({
            "query": "import", "dry_run": dry_run, "written": added, "already": already, "refused": refused, "refusals": refusals,
        });
        format!("{document}\n")
    } else {
        render::adopted_text(*added, *already, refusals.len(), dry_run)
    };
    output.print(&text);
    let problems: Vec<Problem> = refusals.into_iter().map(Problem::new).collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::of("refused", 1, problems)) }
}
