//! `daybook export`.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::{Output, read_day};
use crate::book::Book;
use crate::intake::{Known, Problem};
use crate::query::{Cancelled, ScheduleOptions, schedule};
use crate::render;

/// Write the schedule for other programs
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook export ics --official rubio -o rubio.ics")]
pub struct Arguments {
    #[command(subcommand)]
    form: Form,
}

#[derive(Debug, Subcommand)]
enum Form {
    Ics(Ics),
}

/// As an iCalendar feed (RFC 5545) that calendar programs subscribe to
///
/// The same log and the same options give the same bytes, on any machine and at any time: unless --on is given, the day from which lapsing
/// is counted is that of the last entry. Only embargoes are judged by the clock.
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook export ics --official rubio --with travel -o rubio.ics")]
struct Ics {
    /// Only meetings and movements of these officials
    #[arg(long, value_name = "OFFICIAL")]
    official: Vec<String>,
    /// Only these meetings
    #[arg(long, value_name = "MEETING")]
    meeting: Vec<String>,
    /// Only what these parties take part in
    #[arg(long, value_name = "PARTY")]
    party: Vec<String>,
    /// Only what is at these places, or within them
    #[arg(long, value_name = "PLACE")]
    place: Vec<String>,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    from: Option<String>,
    /// Up to this day
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Stops and legs too
    #[arg(long, value_enum)]
    with: Option<With>,
    /// What becomes of cancelled meetings
    #[arg(long, value_enum, default_value = "keep")]
    cancelled: Off,
    /// Let entries under embargo leave the desk
    #[arg(long)]
    include_embargoed: bool,
    /// The name of the calendar [default: after what is asked for]
    #[arg(long)]
    name: Option<String>,
    /// Write to this file instead of standard output
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    clocks: ClockArguments,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum With {
    Travel,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Off {
    Keep,
    Drop,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    match &arguments.form {
        Form::Ics(arguments) => ics(arguments, output),
    }
}

fn ics(arguments: &Ics, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    let settled = arguments.clocks.settle(&book, output)?;
    let known = super::ask::known(&book);
    let options = options(arguments, &book, &known, output)?;
    let on = if settled.by_default { last_day(&book).min(settled.on) } else { settled.on };
    let schedule = schedule(book.claims(), settled.scope, on, &options);
    let text = render::calendar(&schedule, &name(arguments, &known));
    for (count, what) in [(schedule.undated, "meeting"), (schedule.undated_legs, "journey")] {
        if count > 0 {
            let plural = if count == 1 { "" } else { "s" };
            output.say(&format!("note: {count} {what}{plural} without a date left out"));
        }
    }
    if schedule.items.is_empty() && !options.with_travel {
        output.say("note: no meeting matches; journeys and stays are exported with --with travel");
    }
    match &arguments.output {
        None => output.print(&text),
        Some(file) => {
            let path = output.world.path(file);
            guard(&path, file, output.dir())?;
            write(&path, &text).map_err(|error| {
                Failure::refused("failed", Problem::new(format!("{} cannot be written: {error}", file.display())))
            })?;
        }
    }
    Ok(())
}

fn options(arguments: &Ics, book: &Book, known: &Known, output: &Output<'_, '_>) -> Result<ScheduleOptions, Failure> {
    let today = book.zone().day_at(output.world.now);
    let day = |text: &Option<String>| text.as_deref().map(|text| read_day(text, today, book.zone())).transpose();
    let mut options = ScheduleOptions::new(book.log().id().to_string(), output.world.now);
    if !arguments.official.is_empty() {
        options.officials = super::ask::officials(known, &arguments.official)?;
    }
    options.meetings = super::ask::meetings(known, &arguments.meeting)?;
    options.places = super::ask::places(known, &arguments.place)?;
    options.parties = super::ask::all(&arguments.party, |name| known.ask_party(name))?;
    (options.from, options.to) = (day(&arguments.from)?, day(&arguments.to)?);
    if let (Some(from), Some(to)) = (options.from, options.to)
        && to < from
    {
        return Err(Failure::wrong_usage(Problem::new(format!("--from {from} is after --to {to}"))));
    }
    options.with_travel = arguments.with.is_some();
    options.cancelled = match arguments.cancelled {
        Off::Keep => Cancelled::Keep,
        Off::Drop => Cancelled::Drop,
    };
    options.include_embargoed = arguments.include_embargoed;
    Ok(options)
}

/// The day on which the last entry was recorded, in the zone of the log.
fn last_day(book: &Book) -> chrono::NaiveDate {
    let last = book.claims().entries().next_back();
    last.map_or(chrono::NaiveDate::MIN, |entry| book.zone().day_at(entry.recorded))
}

fn name(arguments: &Ics, known: &Known) -> String {
    if let Some(name) = &arguments.name {
        return name.clone();
    }
    let asked = [&arguments.official, &arguments.meeting, &arguments.party, &arguments.place];
    let names: Vec<String> = asked
        .into_iter()
        .flatten()
        .map(|name| known.ask_official(name).map_or_else(|_| name.clone(), |id| known.registry.official_name(&id).to_owned()))
        .collect();
    if names.is_empty() { "daybook".to_owned() } else { names.join(", ") }
}

/// An export replaces a file, never the log and never a device or a pipe.
pub fn guard(path: &Path, shown: &Path, log: &Path) -> Result<(), Failure> {
    let refuse = |why: &str| {
        let says = format!("{} cannot be written: {why}", shown.display());
        Err(Failure::refused("failed", Problem::new(says).hint("name another file, or leave -o away and redirect the output")))
    };
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let (Ok(parent), Ok(log)) = (parent.canonicalize(), log.canonicalize())
        && parent.starts_with(&log)
    {
        return refuse("it lies in the log's own directory");
    }
    match std::fs::metadata(path) {
        Ok(there) if !there.is_file() => refuse("it is no ordinary file"),
        _ => Ok(()),
    }
}

/// Writes a whole file beside its place and moves it there, so that a subscriber never reads half of it.
pub fn write(path: &Path, text: &str) -> std::io::Result<()> {
    // A link is written through; the name beside is our own, and nobody's file is taken for it.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.part", std::process::id()));
    let beside = PathBuf::from(beside);
    let mut file = std::fs::File::create_new(&beside)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let moved = written.and_then(|()| std::fs::rename(&beside, path));
    if moved.is_err() {
        // What is left of it is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
    }
    moved
}
