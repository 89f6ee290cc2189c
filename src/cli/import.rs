//! `daybook import`.

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::failure::Failure;
use super::output::Output;
use super::writing::overtaken;
use crate::book::Book;
use crate::intake::{Checked, Known, Lines, Problem, check_lines};
use crate::projection::{Claims, Scope, View};

/// The most bytes that an imported file may have; those of lines that are too long count, too.
const FILE_BYTES: u64 = 4 << 30;

/// Add a file of entries, one JSON object on each line; importing it again adds nothing
#[derive(Debug, Args)]
#[command(after_help = "Examples: daybook import reports.jsonl --dry-run\n          \
                        daybook import --from ../other/events   (a branch of this log that grew too)")]
pub struct Arguments {
    /// The file; - is standard input
    #[arg(required_unless_present = "from")]
    file: Option<PathBuf>,
    /// Add the entries of another branch or copy that this log lacks, with the ids they have; or those of a file that was set aside
    #[arg(long, value_name = "DIR|FILE", conflicts_with_all = ["file", "create"])]
    from: Option<PathBuf>,
    /// Check every line and count; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the good lines and list the others; without it, one bad line keeps all from being written
    #[arg(long)]
    pub keep_going: bool,
    /// Add officials that nobody knows, by the name given
    #[arg(long)]
    create: bool,
    /// Refuse unless this is the number of the log's last entry
    #[arg(long, value_name = "SEQ")]
    pub expect: Option<u64>,
    /// Wait at most this long for another writer, in seconds; 0 refuses at once [default: as long as it takes]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub wait: Option<u64>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    if let Some(from) = &arguments.from {
        return super::merge::run(from, arguments, output);
    }
    let file = arguments.file.clone().unwrap_or_default();
    let name = file.display().to_string();
    let lines = read(&file, &name, output)?;
    let dir = output.dir().to_owned();
    if arguments.dry_run {
        let book = Book::open(&dir)?;
        book.expect(arguments.expect).map_err(|error| overtaken(error, book.claims(), output))?;
        let checked = check(&lines, &name, book.claims(), arguments, output);
        return finish(&checked, checked.entries.len(), arguments, output);
    }
    let mut open = output.lock(arguments.wait)?;
    open.expect(arguments.expect).map_err(|error| overtaken(error, open.claims(), output))?;
    let mut checked = check(&lines, &name, open.claims(), arguments, output);
    if !checked.refusals.is_empty() && !arguments.keep_going {
        return finish(&checked, 0, arguments, output);
    }
    let entries = std::mem::take(&mut checked.entries);
    let written = open.write(entries, output.world.now)?.len();
    finish(&checked, written, arguments, output)
}

/// The lines of a file, or of standard input.
fn read(file: &Path, name: &str, output: &mut Output<'_, '_>) -> Result<Lines, Failure> {
    let mut input: Box<dyn Read> = if file == Path::new("-") {
        Box::new(&mut *output.world.input)
    } else {
        Box::new(File::open(output.world.path(file)).map_err(|error| Failure::unreadable(name, &error))?)
    };
    let mut reader = BufReader::new((&mut input).take(FILE_BYTES + 1));
    let lines = Lines::read(&mut reader, name).map_err(|error| Failure::unreadable(name, &error))?;
    if lines.bytes() > FILE_BYTES {
        let problem = Problem::new(format!("{name} is longer than {FILE_BYTES} bytes"));
        return Err(Failure::refused("too_long", problem.hint("split it into several files")));
    }
    Ok(lines)
}

fn check(lines: &Lines, name: &str, claims: &Claims, arguments: &Arguments, output: &mut Output<'_, '_>) -> Checked {
    let mut known = Known::of(claims, &View::new(claims, Scope::default()));
    let now = output.world.now;
    check_lines(lines, name, &mut known, now, arguments.create, &mut || output.world.new_salt())
}

fn finish(checked: &Checked, written: usize, arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let refused = checked.refusals.len();
    let failed = refused > 0 && !arguments.keep_going;
    if !failed {
        let text = if output.json {
            let refusals: Vec<String> = checked.refusals.iter().map(ToString::to_string).collect();
            let document = json!({
                "query": "import", "dry_run": arguments.dry_run, "written": written, "already": checked.already,
                "refused": refused, "refusals": refusals,
            });
            format!("{document}\n")
        } else {
            let verb = if arguments.dry_run { "would be added" } else { "added" };
            format!("{written} {verb}, {} there already, {refused} refused\n", checked.already)
        };
        output.print(&text);
    }
    let mut problems: Vec<Problem> = checked.refusals.iter().flat_map(|refusal| refusal.problems.clone()).collect();
    if failed && let Some(problem) = problems.last_mut() {
        let lines = crate::render::counted(refused, "line is refused", "lines are refused");
        problem.hints.push(format!("{lines}; nothing was written. --keep-going writes the others"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::of("refused", 1, problems)) }
}
