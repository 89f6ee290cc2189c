//! `daybook import`.

use std::io::{BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::agenda::{CALENDAR_BYTES, CalendarArguments, EditionArguments};
use super::failure::Failure;
use super::output::Output;
use super::sheet::SheetArguments;
use super::writing::{overtaken, utf8};
use crate::book::Book;
use crate::event::NewEntry;
use crate::intake::{Checked, Known, Lines, Problem, Refusal, check_lines};
use crate::projection::{Claims, Scope, View};

/// The most bytes that an imported file may have; those of lines that are too long count, too.
const FILE_BYTES: u64 = 4 << 30;

/// Add a file of entries, one JSON object on each line, a calendar (.ics), or a table (.csv, .tsv) with a map of its columns; importing it again adds nothing
#[derive(Debug, Args)]
#[command(after_help = "Examples: daybook import reports.jsonl --dry-run\n          \
                        daybook import agenda.ics --official macron --from 2025-02-01 --to 2025-03-31 --dry-run\n          \
                        daybook import travels.tsv --map travels.toml --dry-run\n          \
                        daybook import --from ../other/events   (a branch of this log that grew too)")]
pub struct Arguments {
    /// The file: JSON lines, an iCalendar file, or a table; - is standard input
    #[arg(required_unless_present = "from")]
    file: Option<PathBuf>,
    /// Without FILE: add the entries of another branch or copy that this log lacks, with the ids they have, or those of a file that was set aside. With a calendar: only what still goes on, on this day
    #[arg(long, value_name = "DIR|FILE|DATE")]
    pub from: Option<String>,
    /// Check everything and show what would be done; write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the good lines and list the others; without it, one bad line keeps all from being written
    #[arg(long)]
    pub keep_going: bool,
    /// Add officials that nobody knows, by the name given
    #[arg(long)]
    pub create: bool,
    /// Refuse unless this is the number of the log's last entry
    #[arg(long, value_name = "SEQ")]
    pub expect: Option<u64>,
    /// Wait at most this long for another writer, in seconds; 0 refuses at once [default: as long as it takes]
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true)]
    pub wait: Option<u64>,
    #[command(flatten)]
    pub edition: EditionArguments,
    #[command(flatten)]
    pub calendar: CalendarArguments,
    #[command(flatten)]
    pub sheet: SheetArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let Some(file) = &arguments.file else {
        let from = PathBuf::from(arguments.from.as_deref().unwrap_or_default());
        stray(arguments, "--from DIR")?;
        no_create(arguments, "another log", "its entries say who is who")?;
        return super::merge::run(&from, arguments, output);
    };
    let name = file.display().to_string();
    if let Some(map) = &arguments.sheet.map {
        if arguments.calendar.are_given() || arguments.from.is_some() {
            let problem =
                Problem::new("what is said of a calendar (--official, --from, --to, --at, --outlet …) does not go with --map");
            return Err(Failure::wrong_usage(problem.hint("the map says it, in [source] and [[event]]")));
        }
        no_create(arguments, "a table", "an event of the map says who somebody is: kind = \"official\"")?;
        return super::sheet::run(file, &name, map, arguments, output);
    }
    arguments.sheet.needs_map(file)?;
    let lines = match read(file, &name, arguments, output)? {
        Content::Calendar(text) => {
            no_create(arguments, "a calendar", "--official X says whose calendar it is")?;
            no_sheet(arguments, "a calendar")?;
            return super::agenda::run(&text, &name, arguments, output);
        }
        Content::Lines(lines) => lines,
    };
    stray(arguments, "a file of entries")?;
    if arguments.from.is_some() {
        let problem = Problem::new(format!("{name} is no calendar: --from goes with a calendar, or without a file"));
        return Err(Failure::wrong_usage(problem.hint("another log is added by: daybook import --from DIR")));
    }
    let check = |claims: &Claims, output: &mut Output<'_, '_>| Ok(check(&lines, &name, claims, arguments, output));
    let parts: Parts<Checked> = |checked| (&mut checked.entries, checked.refusals.is_empty());
    let (checked, written) = carry_out(arguments, output, check, parts, |_, _| Ok(()))?;
    finish(&checked, written, arguments, output)
}

/// What is written of a file that was checked, and whether all of it is good.
pub type Parts<C> = for<'c> fn(&'c mut C) -> (&'c mut Vec<NewEntry>, bool);

/// Checks a file against the log and writes what came of it, or only looks; with how many entries were written, or would be. Where something of it
/// is not good, none is, unless the others are wanted. `before` is done right before anything is written.
pub fn carry_out<C>(
    arguments: &Arguments,
    output: &mut Output<'_, '_>,
    check: impl FnOnce(&Claims, &mut Output<'_, '_>) -> Result<C, Failure>,
    parts: Parts<C>,
    before: impl FnOnce(&C, &Output<'_, '_>) -> Result<(), Failure>,
) -> Result<(C, usize), Failure> {
    if arguments.dry_run {
        let book = Book::open(output.dir())?;
        book.expect(arguments.expect).map_err(|error| overtaken(error, book.claims(), output))?;
        let mut checked = check(book.claims(), output)?;
        let count = parts(&mut checked).0.len();
        return Ok((checked, count));
    }
    let mut open = output.lock(arguments.wait)?;
    open.expect(arguments.expect).map_err(|error| overtaken(error, open.claims(), output))?;
    let mut checked = check(open.claims(), output)?;
    if !parts(&mut checked).1 && !arguments.keep_going {
        return Ok((checked, 0));
    }
    before(&checked, output)?;
    let entries = std::mem::take(parts(&mut checked).0);
    let written = open.write(entries, output.world.now)?.len();
    Ok((checked, written))
}

/// Refuses what is only said of tables.
fn no_sheet(arguments: &Arguments, with: &str) -> Result<(), Failure> {
    if !arguments.sheet.are_given() {
        return Ok(());
    }
    let problem = Problem::new(format!("what is said of a table (--map, --retract-missing, --rejected) does not go with {with}"));
    Err(Failure::wrong_usage(problem.hint("a table is imported by: daybook import FILE.csv --map MAP.toml")))
}

/// Refuses what is only said of calendars and tables.
fn stray(arguments: &Arguments, with: &str) -> Result<(), Failure> {
    no_sheet(arguments, with)?;
    if !arguments.calendar.are_given() && !arguments.edition.are_given() {
        return Ok(());
    }
    let problem =
        Problem::new(format!("what is said of a calendar (--official, --to, --at, --outlet …) does not go with {with}"));
    Err(Failure::wrong_usage(problem.hint("each line of a file of entries says it itself, in \"source\" and \"events\"")))
}

/// Refuses `--create` where nobody is named whom it could add.
fn no_create(arguments: &Arguments, with: &str, hint: &str) -> Result<(), Failure> {
    if !arguments.create {
        return Ok(());
    }
    let problem = Problem::new(format!("--create goes with a file of entries, not with {with}"));
    Err(Failure::wrong_usage(problem.hint(hint)))
}

/// What a file holds.
enum Content {
    Lines(Lines),
    Calendar(String),
}

/// The content of a file, or of standard input. A calendar is known by how it begins, by its name, or by what is said of it.
fn read(file: &Path, name: &str, arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<Content, Failure> {
    let mut input = super::file::open(file, name, output)?;
    let unreadable = |error: std::io::Error| Failure::unreadable(name, &error);
    let mut reader = BufReader::new(&mut input);
    let begin = reader.fill_buf().map_err(unreadable)?;
    let is_calendar = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("ics"))
        || begins_calendar(begin)
        || (arguments.calendar.are_given() || arguments.edition.are_given()) && !begin.trim_ascii_start().starts_with(b"{");
    let most = if is_calendar { CALENDAR_BYTES } else { FILE_BYTES };
    let mut reader = BufReader::new((&mut reader).take(most + 1));
    let (content, bytes) = if is_calendar {
        let text = |bytes| utf8(bytes, name).map_err(|problem| Failure::refused("refused", problem));
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(unreadable)?;
        let length = bytes.len() as u64;
        if length > most { (Content::Calendar(String::new()), length) } else { (Content::Calendar(text(bytes)?), length) }
    } else {
        let lines = Lines::read(&mut reader, name).map_err(unreadable)?;
        let length = lines.bytes();
        (Content::Lines(lines), length)
    };
    if bytes > most {
        return Err(too_long(name, most));
    }
    Ok(content)
}

/// The refusal of a file that has more bytes than it may.
pub fn too_long(name: &str, most: u64) -> Failure {
    let problem = Problem::new(format!("{name} is longer than {most} bytes"));
    Failure::refused("too_long", problem.hint("split it into several files"))
}

/// Whether the first bytes of a file are those of a calendar, behind white space and a byte-order mark.
fn begins_calendar(bytes: &[u8]) -> bool {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes).trim_ascii_start();
    bytes.get(..15).is_some_and(|begin| begin.eq_ignore_ascii_case(b"BEGIN:VCALENDAR"))
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
    refuse(&checked.refusals, failed, "line", "lines")
}

/// Ends with what was refused, if anything was; `one` and `many` are what is refused.
pub fn refuse(refusals: &[Refusal], failed: bool, one: &str, many: &str) -> Result<(), Failure> {
    let mut problems: Vec<Problem> = refusals.iter().flat_map(|refusal| refusal.problems.clone()).collect();
    if failed && let Some(problem) = problems.last_mut() {
        let counted = crate::render::counted(refusals.len(), &format!("{one} is refused"), &format!("{many} are refused"));
        problem.hints.push(format!("{counted}; nothing was written. --keep-going writes the others"));
    }
    if problems.is_empty() { Ok(()) } else { Err(Failure::of("refused", 1, problems)) }
}
