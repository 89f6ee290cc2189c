//! `daybook export`.

use std::borrow::Cow;
use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::clocks::{ClockArguments, DayArguments, Settled, instant};
use super::failure::Failure;
use super::output::Output;
use crate::book::Book;
use crate::event::MeetingId;
use crate::intake::{Known, Problem};
use crate::query::{Cancelled, DiaryWindow, ScheduleOptions, diary, rows, schedule};
use crate::render;
use crate::time::shifted;

/// How many days a diary has if nothing is said: two weeks, the first day included.
const DIARY_DAYS: i64 = 14;

/// What makes a spreadsheet read a table as UTF-8.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// Write the schedule for other programs
///
/// The same log and the same options give the same bytes, on any machine and at any time: unless --on is given, the day from which lapsing
/// is counted is that of the last entry. Only embargoes are judged by the clock.
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook export ics --official rubio -o rubio.ics")]
pub struct Arguments {
    #[command(subcommand)]
    form: Form,
}

#[derive(Debug, Subcommand)]
enum Form {
    Ics(Ics),
    Csv(Csv),
    Json(Json),
    Diary(Diary),
}

/// As an iCalendar feed (RFC 5545) that calendar programs subscribe to
///
/// The same log and the same options give the same bytes, on any machine and at any time: unless --on is given, the day from which lapsing
/// is counted is that of the last entry. Only embargoes are judged by the clock.
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook export ics --official rubio --with travel -o rubio.ics")]
struct Ics {
    #[command(flatten)]
    selection: Selection,
    /// Stops and legs too
    #[arg(long, value_enum)]
    with: Option<With>,
    /// What becomes of cancelled meetings
    #[arg(long, value_enum, default_value = "keep")]
    cancelled: Off,
    /// The name of the calendar [default: after what is asked for]
    #[arg(long)]
    name: Option<String>,
    /// Write each event to a file of its own in this directory, a vdir (khal, vdirsyncer); what is no longer exported is removed from it
    #[arg(long, value_name = "DIR", conflicts_with = "output")]
    split: Option<PathBuf>,
}

/// As a table (RFC 4180): one row for each meeting, stop and leg
///
/// A cell with several values has them divided by "; ". A text that a spreadsheet would take for a formula gets an apostrophe before it,
/// and texts are in one line; `daybook export json` has the same rows with every text as it was written.
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook export csv --official rubio --from 2025-02-01 -o rubio.csv")]
struct Csv {
    #[command(flatten)]
    selection: Selection,
    /// Begin with a byte-order mark, by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
}

/// As one JSON document on one line: the rows of the table, typed
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook export json --party us | jq '.rows[] | select(.kind == \"meeting\")'")]
struct Json {
    #[command(flatten)]
    selection: Selection,
}

/// As a wire service's diary: plain text, day by day, what has no day last
///
/// From --from (default: the day asked about) to --to (default: two weeks, the first day included). With --since, what was not public by
/// then, or has changed since, begins with **.
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook export diary --on 2025-02-17 --public-by 2025-02-17 --since 2025-02-16")]
struct Diary {
    #[command(flatten)]
    selection: Selection,
    /// Mark what became public or changed after this: a day (its end) or a time
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
}

/// What is exported, and where to.
#[derive(Debug, Args)]
struct Selection {
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
    #[command(flatten)]
    days: DayArguments,
    /// Let entries under embargo leave the desk
    #[arg(long)]
    include_embargoed: bool,
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

/// A selection, resolved against a book.
struct Selected {
    book: Book,
    known: Known,
    settled: Settled,
    options: ScheduleOptions,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    match &arguments.form {
        Form::Ics(arguments) => ics(arguments, output),
        Form::Csv(arguments) => csv(arguments, output),
        Form::Json(arguments) => json(&arguments.selection, output),
        Form::Diary(arguments) => wire(arguments, output),
    }
}

fn ics(arguments: &Ics, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let mut selected = arguments.selection.settle(output)?;
    selected.options.with_travel = arguments.with.is_some();
    selected.options.cancelled = match arguments.cancelled {
        Off::Keep => Cancelled::Keep,
        Off::Drop => Cancelled::Drop,
    };
    let Selected { book, known, settled, options } = &selected;
    let schedule = schedule(book.claims(), settled.scope, settled.on, options);
    let name = name(arguments, known, options);
    for (count, what) in [(schedule.undated, "meeting"), (schedule.undated_legs, "journey")] {
        if count > 0 {
            output.say(&format!("note: {} without a date left out", render::counted(count, what, &format!("{what}s"))));
        }
    }
    if schedule.items.is_empty() && !options.with_travel {
        output.say("note: no meeting matches; journeys and stays are exported with --with travel");
    }
    match &arguments.split {
        Some(dir) => super::vdir::write(dir, &schedule, &name, &options.log, output),
        None => arguments.selection.deliver(&render::calendar(&schedule, &name), output),
    }
}

fn csv(arguments: &Csv, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let Selected { book, settled, options, .. } = arguments.selection.settle(output)?;
    let rows = rows(book.claims(), settled.scope, settled.on, &options);
    let table = render::csv_text(&rows)
        .map_err(|error| Failure::refused("failed", Problem::new(format!("the table cannot be written: {error}"))))?;
    if rows.rows.is_empty() {
        output.say("note: nothing matches: the table is empty");
    }
    let mark = arguments.bom.then_some(BYTE_ORDER_MARK);
    arguments.selection.deliver(&mark.into_iter().chain(table.chars()).collect::<String>(), output)
}

fn json(selection: &Selection, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let Selected { book, settled, options, .. } = selection.settle(output)?;
    let rows = rows(book.claims(), settled.scope, settled.on, &options);
    let clocks = settled.clocks();
    let document = render::document("export", book.claims().last_seq(), &clocks, &[], &output.embargoed(&clocks), &rows);
    let document = document
        .map_err(|error| Failure::refused("failed", Problem::new(format!("the rows cannot be written as JSON: {error}"))))?;
    selection.deliver(&document, output)
}

fn wire(arguments: &Diary, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let Selected { book, settled, options, .. } = arguments.selection.settle(output)?;
    let from = options.from.unwrap_or(settled.on);
    let to = options.to.unwrap_or_else(|| shifted(from, DIARY_DAYS - 1));
    if to < from {
        return Err(Failure::wrong_usage(
            Problem::new(format!("--to {to} is before the day asked about, {from}"))
                .hint("say with --from where the diary begins"),
        ));
    }
    let since = arguments.since.as_deref().map(|text| instant(text, &book, output)).transpose()?;
    let window = DiaryWindow { from, to, since };
    let diary = diary(book.claims(), settled.scope, settled.on, &options, window);
    if diary.days.is_empty() && diary.undated.is_empty() {
        output.say(&format!("note: nothing is reported for {from} to {to}"));
    }
    let zone = output.page().zone;
    arguments.selection.deliver(&render::diary_text(&diary, zone), output)
}

impl Selection {
    /// Opens the log and finds what is named.
    fn settle(&self, output: &mut Output<'_, '_>) -> Result<Selected, Failure> {
        let book = output.open()?;
        let mut settled = self.clocks.settle(&book, output)?;
        let mut known = super::ask::known(&book);
        let mut options = ScheduleOptions::new(book.log().id().to_string(), output.world.now);
        options.include_embargoed = self.include_embargoed;
        options.officials = super::ask::officials(&known, &self.official)?;
        options.meetings = super::ask::meetings(&known, &self.meeting)?;
        options.places = super::ask::places(&known, &self.place)?;
        options.parties = super::ask::all(&self.party, |name| known.ask_party(name))?;
        (options.from, options.to) = self.days.settle(&book, output)?;
        if !self.include_embargoed {
            output.release();
        }
        let open = options.open(book.claims());
        settled.on = settled.lasting_day(&open);
        if let Cow::Owned(open) = &open {
            // Names are found in the whole log; what is exported bears only those that may leave the desk.
            known = super::ask::known_of(open);
            super::ask::released(&options.officials, |name| known.ask_official(name))?;
            super::ask::released(&options.meetings, |name| known.ask_meeting(name))?;
            super::ask::released(&options.places, |name| known.ask_place(name))?;
            super::ask::released(&options.parties, |name| known.ask_party(name))?;
        }
        drop(open);
        Ok(Selected { book, known, settled, options })
    }

    /// Prints an export, or writes it to the file that was named.
    fn deliver(&self, text: &str, output: &mut Output<'_, '_>) -> Result<(), Failure> {
        match &self.output {
            None => output.print(text),
            Some(file) => super::file::replace(file, text, output)?,
        }
        Ok(())
    }
}

/// The name of a calendar: after what is asked for, by its names that may leave the desk.
fn name(arguments: &Ics, known: &Known, options: &ScheduleOptions) -> String {
    if let Some(name) = &arguments.name {
        return name.clone();
    }
    let registry = &known.registry;
    let mut names: Vec<&str> = options.officials.iter().map(|id| registry.official_name(id)).collect();
    names.extend(options.meetings.iter().map(MeetingId::as_str));
    names.extend(options.parties.iter().map(|id| registry.party_name(id)));
    names.extend(options.places.iter().map(|id| registry.place_name(id)));
    if names.is_empty() { "daybook".to_owned() } else { names.join(", ") }
}
