//! `daybook import` of a table: the map of its columns, what is refused, and how far it is.

use std::cell::RefCell;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::Args;

use super::failure::Failure;
use super::import::{Arguments, Parts, carry_out, refuse, too_long};
use super::output::Output;
use super::progress::Bar;
use super::writing::{text_of, utf8};
use crate::event::NewEntry;
use crate::intake::{Edition, Known, Map, Problem, REASON, Rows, Sifted, Told, check_sheet};
use crate::projection::{Claims, Scope, View};
use crate::query::worded;
use crate::render;

/// The most bytes that an imported table may have.
const TABLE_BYTES: u64 = 256 << 20;
/// The most bytes of a map.
const MAP_BYTES: u64 = 4 << 20;
/// From so many rows on, somebody who watches is shown how far it is.
const MANY_ROWS: usize = 1_000;

/// What a table needs.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Tables (.csv, .tsv)")]
pub struct SheetArguments {
    /// What the columns mean: a file in TOML (see the README, "A table of your own")
    #[arg(long, value_name = "MAP.toml")]
    pub map: Option<PathBuf>,
    /// Take back what this list said before and does not say any more
    #[arg(long)]
    pub retract_missing: bool,
    /// With --keep-going: where the rejected rows are written, with the reasons [default: beside the table, FILE.rejected.csv]
    #[arg(long, value_name = "FILE")]
    pub rejected: Option<PathBuf>,
}

impl SheetArguments {
    /// Whether any of them was given.
    pub fn are_given(&self) -> bool {
        self.map.is_some() || self.retract_missing || self.rejected.is_some()
    }

    /// Refuses a file that is a table by its name, and comes without a map.
    pub fn needs_map(&self, file: &Path) -> Result<(), Failure> {
        let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_ascii_lowercase();
        if !["csv", "tsv", "tab"].contains(&&*ending) {
            return Ok(());
        }
        let problem = Problem::new(format!("{} is a table, and it is not said what its columns mean", file.display()));
        Err(Failure::wrong_usage(problem.hint("--map MAP.toml says it: the README has an example under \"A table of your own\"")))
    }
}

/// Imports a table by a map; `name` is what the file is called.
pub fn run(file: &Path, name: &str, map: &Path, arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    if file == Path::new("-") && map == Path::new("-") {
        return Err(Failure::wrong_usage(Problem::new("the table and its map cannot both come from standard input")));
    }
    match arguments.sheet.rejected.as_deref() {
        Some(_) if !arguments.keep_going => {
            let problem = Problem::new("--rejected says where --keep-going writes the rows that it leaves out");
            return Err(Failure::wrong_usage(problem.hint("without --keep-going one bad row keeps all from being written")));
        }
        Some(rejected) if rejected == Path::new("-") => {
            return Err(Failure::wrong_usage(Problem::new("--rejected names a file: standard output has the answer")));
        }
        Some(_) | None => {}
    }
    let map_name = map.display().to_string();
    let map = Map::read(&text_of(read(map, &map_name, MAP_BYTES, output)?, &map_name, MAP_BYTES)?, &map_name)?;
    let table = utf8(read(file, name, TABLE_BYTES, output)?, name).map_err(|problem| Failure::refused("refused", problem))?;
    let rows = Rows::read(&table, name, &map)?;
    let check = |claims: &Claims, output: &mut Output<'_, '_>| sift(&rows, &map, name, claims, arguments, output);
    let parts: Parts<(Sifted, Vec<Vec<String>>)> = |(sifted, _)| (&mut sifted.entries, sifted.refused.is_empty());
    // What is rejected is safe before anything is written.
    let before =
        |(sifted, _): &(Sifted, Vec<Vec<String>>), output: &Output<'_, '_>| reject(&rows, sifted, file, arguments, output);
    let ((sifted, first), written) = carry_out(arguments, output, check, parts, before)?;
    finish(&sifted, &first, written, name, arguments, output)
}

fn read(file: &Path, name: &str, most: u64, output: &mut Output<'_, '_>) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    let mut input = super::file::open(file, name, output)?.take(most + 1);
    input.read_to_end(&mut bytes).map_err(|error| Failure::unreadable(name, &error))?;
    if bytes.len() as u64 > most { Err(too_long(name, most)) } else { Ok(bytes) }
}

/// Checks a table against a log.
fn sift(
    rows: &Rows,
    map: &Map,
    name: &str,
    claims: &Claims,
    arguments: &Arguments,
    output: &mut Output<'_, '_>,
) -> Result<(Sifted, Vec<Vec<String>>), Failure> {
    let view = View::new(claims, Scope::default());
    let mut known = Known::of(claims, &view);
    known.freeze_numbers();
    let edition = Edition {
        published: arguments.edition.check(claims.zone())?,
        embargo: arguments.edition.embargo.clone(),
        logged_by: arguments.edition.logged_by.clone(),
        retract_missing: arguments.sheet.retract_missing,
    };
    let (now, total) = (output.world.now, rows.rows.len());
    let mut bar = Bar::new(total, "rows", MANY_ROWS, output);
    let shared = RefCell::new(&mut *output);
    let mut progress = |done: usize| bar.show(done, &mut shared.borrow_mut());
    let mut salt = || shared.borrow_mut().world.new_salt();
    let mut told = |outlet: &str| Told::of(&view, Some(outlet));
    let sifted = check_sheet(rows, map, name, &edition, &mut known, &mut told, now, &mut salt, &mut progress);
    bar.clear(output);
    let sifted = sifted?;
    let words = |entry: &NewEntry| entry.events.iter().filter_map(|event| worded(event, &known.registry)).collect();
    let first = sifted.entries.iter().take(render::FIRST).map(words).collect();
    Ok((sifted, first))
}

/// Writes the rejected rows to a file, with the line and the reason of each, so that they can be mended there and imported by the same map.
fn reject(rows: &Rows, sifted: &Sifted, file: &Path, arguments: &Arguments, output: &Output<'_, '_>) -> Result<(), Failure> {
    if sifted.refused.is_empty() {
        return Ok(());
    }
    let target = rejected_file(file, arguments);
    let path = output.world.path(&target);
    let is_rejected = |text: String| text.lines().next().unwrap_or_default().contains(REASON);
    let is_own = std::fs::read_to_string(&path).is_ok_and(is_rejected);
    if path.exists() && (!is_own || is_same_file(&path, &output.world.path(file))) {
        let problem = Problem::new(format!("{} is in the way of the rejected rows, and is something else", target.display()));
        return Err(Failure::refused("refused", problem.hint("--rejected FILE writes them elsewhere")));
    }
    super::file::replace(&target, &render::rejected(rows, &sifted.refused), output)
}

fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

fn rejected_file(file: &Path, arguments: &Arguments) -> PathBuf {
    let ending = file.extension().and_then(|ending| ending.to_str()).unwrap_or("csv");
    let beside =
        if file == Path::new("-") { PathBuf::from("rejected.csv") } else { file.with_extension(format!("rejected.{ending}")) };
    arguments.sheet.rejected.clone().unwrap_or(beside)
}

fn finish(
    sifted: &Sifted,
    first: &[Vec<String>],
    written: usize,
    name: &str,
    arguments: &Arguments,
    output: &mut Output<'_, '_>,
) -> Result<(), Failure> {
    let failed = !sifted.refused.is_empty() && !arguments.keep_going;
    let refusals: Vec<_> = sifted.refused.iter().map(|refused| refused.refusal.clone()).collect();
    if !failed {
        let rejected =
            (!refusals.is_empty() && !arguments.dry_run).then(|| rejected_file(Path::new(name), arguments).display().to_string());
        let rejected = rejected.as_deref();
        let sheet = render::SheetAnswer { sifted, first, written, dry_run: arguments.dry_run, rejected };
        let text = if output.json { sheet.json() } else { sheet.text(&output.page()) };
        output.print(&text);
        if !output.json {
            output.say(&sheet.notes());
        }
    }
    refuse(&refusals, failed, "row", "rows")
}
