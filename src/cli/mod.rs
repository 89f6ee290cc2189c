//! The command line: one file per verb, its arguments and `run`. Holds no rule: what it refuses, a library caller is refused too.

mod agenda;
mod ask;
mod backup;
mod brief;
mod candidates;
mod changes;
mod check;
mod clocks;
mod complete;
mod completions;
mod doctor;
mod edit;
mod encounters;
mod explain;
mod export;
mod failure;
mod file;
mod import;
mod init;
mod itinerary;
mod lint;
mod log;
mod man;
mod meeting;
mod merge;
mod output;
mod pager;
mod progress;
mod reach;
mod repair;
mod retract;
mod schema;
mod seal;
mod sheet;
mod simulate;
mod statements;
mod stats;
mod summits;
mod vdir;
mod verify;
mod wherever;
mod who;
mod world;
mod writing;

pub use world::World;

use std::ffi::OsString;
use std::path::PathBuf;

use clap::{CommandFactory as _, FromArgMatches as _, Parser, Subcommand};

use failure::Failure;
use output::Output;

/// Who is where, who meets whom, who said so, and since when it is known: a daybook of officials' diplomacy.
///
/// An append-only log of reports, replayed into itineraries and pending meetings. Without a command it prints the brief for today.
#[derive(Debug, Parser)]
#[command(name = "daybook", version, propagate_version = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 answered, 1 refused or failed, 2 wrong usage, 3 the log is damaged.")]
struct Arguments {
    // Shown after the arguments of each verb, which count from zero.
    /// The log's directory [default: $DAYBOOK_LOG, else events]
    #[arg(long, global = true, value_name = "DIR", display_order = 901)]
    log: Option<PathBuf>,
    /// Print the answer as one JSON document on one line
    #[arg(long, global = true, display_order = 902)]
    json: bool,
    /// Show exact times in this zone instead of each place's own, such as Europe/Madrid
    #[arg(long, global = true, value_name = "ZONE", display_order = 903)]
    tz: Option<String>,
    /// Print long answers at once, not in $DAYBOOK_PAGER, $PAGER or less
    #[arg(long, global = true, display_order = 904)]
    no_pager: bool,
    #[command(subcommand)]
    verb: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    Init(init::Arguments),
    Log(Box<log::Arguments>),
    Retract(retract::Arguments),
    Import(import::Arguments),
    Where(wherever::Arguments),
    Itinerary(itinerary::Arguments),
    Encounters(encounters::Arguments),
    Who(who::Arguments),
    Summits(summits::Arguments),
    Meeting(meeting::Arguments),
    Statements(statements::Arguments),
    Changes(changes::Arguments),
    Stats(stats::Arguments),
    Explain(explain::Arguments),
    Brief(brief::Arguments),
    Check(check::Arguments),
    Export(export::Arguments),
    Lint(lint::Arguments),
    Verify(verify::Arguments),
    Seal(seal::Arguments),
    Backup(backup::Arguments),
    Repair(repair::Arguments),
    Doctor(doctor::Arguments),
    Completions(completions::Arguments),
    Man(man::Arguments),
    Schema(schema::Arguments),
    #[command(hide = true)]
    Simulate(simulate::Arguments),
}

/// Runs the program on its arguments (the first is its name) and returns its exit code.
pub fn run(arguments: impl IntoIterator<Item = OsString>, world: &mut World<'_>) -> u8 {
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    if let Some(shell) = world.named(complete::VARIABLE) {
        complete::answer(&shell, &arguments, world);
        return 0;
    }
    let json = arguments.iter().any(|argument| argument == "--json");
    let command = Arguments::command().term_width(world.width).color(clap::ColorChoice::Never);
    let parsed = command.try_get_matches_from(&arguments).and_then(|matches| Arguments::from_arg_matches(&matches));
    let mut output = Output::new(world, json);
    match parsed {
        Ok(parsed) => match dispatch(parsed, &mut output).and_then(|()| output.lost().map_or(Ok(()), Err)) {
            Ok(()) => 0,
            Err(failure) => output.fail(&failure),
        },
        // A verb without its second word gets its help, as the error that it is.
        Err(error) if error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand && !json => {
            output.say(error.to_string().trim_end());
            2
        }
        Err(error) if error.use_stderr() => output.fail(&log::mistyped(&arguments).unwrap_or_else(|| Failure::usage(&error))),
        Err(help) => {
            output.print(&help.to_string());
            0
        }
    }
}

fn dispatch(arguments: Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    output.settle(arguments.log, arguments.tz.as_deref(), arguments.no_pager)?;
    match arguments.verb {
        None => brief::run(&brief::Arguments::default(), output),
        Some(Verb::Init(arguments)) => init::run(&arguments, output),
        Some(Verb::Log(arguments)) => log::run(*arguments, output),
        Some(Verb::Retract(arguments)) => retract::run(arguments, output),
        Some(Verb::Import(arguments)) => import::run(&arguments, output),
        Some(Verb::Where(arguments)) => wherever::run(&arguments, output),
        Some(Verb::Itinerary(arguments)) => itinerary::run(&arguments, output),
        Some(Verb::Encounters(arguments)) => encounters::run(&arguments, output),
        Some(Verb::Who(arguments)) => who::run(&arguments, output),
        Some(Verb::Summits(arguments)) => summits::run(&arguments, output),
        Some(Verb::Meeting(arguments)) => meeting::run(&arguments, output),
        Some(Verb::Statements(arguments)) => statements::run(&arguments, output),
        Some(Verb::Changes(arguments)) => changes::run(&arguments, output),
        Some(Verb::Stats(arguments)) => stats::run(&arguments, output),
        Some(Verb::Explain(arguments)) => explain::run(&arguments, output),
        Some(Verb::Brief(arguments)) => brief::run(&arguments, output),
        Some(Verb::Check(arguments)) => check::run(&arguments, output),
        Some(Verb::Export(arguments)) => export::run(&arguments, output),
        Some(Verb::Lint(arguments)) => lint::run(&arguments, output),
        Some(Verb::Verify(arguments)) => verify::run(&arguments, output),
        Some(Verb::Seal(arguments)) => seal::run(&arguments, output),
        Some(Verb::Backup(arguments)) => backup::run(&arguments, output),
        Some(Verb::Repair(arguments)) => repair::run(&arguments, output),
        Some(Verb::Doctor(arguments)) => doctor::run(&arguments, output),
        Some(Verb::Completions(arguments)) => completions::run(&arguments, output),
        Some(Verb::Man(arguments)) => man::run(&arguments, output),
        Some(Verb::Schema(arguments)) => schema::run(&arguments, output),
        Some(Verb::Simulate(arguments)) => simulate::run(&arguments, output),
    }
}
