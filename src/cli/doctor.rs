//! `daybook doctor`.

use clap::Args;

use super::failure::Failure;
use super::output::Output;
use super::{edit, pager};
use crate::book::Book;
use crate::geo;
use crate::intake::Problem;
use crate::log::{Log, LogError};
use crate::projection::{CARRY_DAYS, Scope};
use crate::render::{
    self, CardCheckup, Checkup, ClockCheckup, DraftsCheckup, GazetteerCheckup, Health, HoldsCheckup, LogCheckup, TerminalCheckup,
};
use crate::time::{rules_version, write_instant};

/// What is installed, which log is read and how it is: for when something does not work
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook doctor   (exit code 3 when the log is damaged, else 0, without a log too)")]
pub struct Arguments {}

pub fn run(_: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let (log, error) = examine(output);
    let damage = error.filter(LogError::is_damage).map(Failure::from);
    let edition = geo::edition();
    let checkup = Checkup {
        query: "doctor",
        version: env!("CARGO_PKG_VERSION"),
        zone_rules: rules_version(),
        gazetteer: GazetteerCheckup {
            source: edition.source,
            cities: edition.cities,
            countries: edition.countries,
            names: edition.names,
        },
        clock: clock(&log, output),
        drafts: drafts(output),
        terminal: terminal(output),
        log,
    };
    let text = if output.json {
        let document = serde_json::to_string(&checkup).map_err(|error| {
            Failure::refused("failed", Problem::new(format!("the answer cannot be written as JSON: {error}")))
        })?;
        format!("{document}\n")
    } else {
        render::doctor_text(&checkup, &output.page())
    };
    output.show(&text);
    damage.map_or(Ok(()), Err)
}

/// What can be told of the log, and what kept more from being told.
fn examine(output: &Output<'_, '_>) -> (LogCheckup, Option<LogError>) {
    // Without a working directory a relative path stays what it is.
    let dir = std::path::absolute(output.dir()).unwrap_or_else(|_| output.dir().to_owned());
    let mut found = LogCheckup {
        dir: dir.display().to_string(),
        found_by: output.found_by,
        health: Health::Whole,
        says: None,
        hint: None,
        card: None,
        holds: None,
    };
    match fill(&mut found, output) {
        Ok(()) => (found, None),
        Err(error) => {
            let (health, says, hint) = (health(&error), Some(error.to_string()), error.hint());
            (LogCheckup { health, says, hint, ..found }, Some(error))
        }
    }
}

fn health(error: &LogError) -> Health {
    if error.is_damage() {
        Health::Damaged
    } else if matches!(error, LogError::NoLog { .. }) {
        Health::None
    } else if matches!(error, LogError::Newer { .. }) {
        Health::Newer
    } else {
        Health::Unreadable
    }
}

fn fill(found: &mut LogCheckup, output: &Output<'_, '_>) -> Result<(), LogError> {
    let log = Log::open(output.dir())?;
    found.card = Some(CardCheckup {
        format: log.format(),
        id: log.id().to_string(),
        zone: log.zone().to_string(),
        created: write_instant(log.created()),
        locked: log.is_locked().ok(),
    });
    let holds = holds(&log, output)?;
    found.health = if holds.torn_bytes.is_some() { Health::Torn } else { Health::Whole };
    found.holds = Some(holds);
    Ok(())
}

fn holds(log: &Log, output: &Output<'_, '_>) -> Result<HoldsCheckup, LogError> {
    let verified = log.verify(&[])?;
    let book = Book::open(log.dir())?;
    let asked = book.ask(Scope::default(), book.zone().day_at(output.world.now), CARRY_DAYS);
    let registry = asked.registry();
    let mut entries = book.claims().entries();
    let first = entries.next();
    let last = entries.next_back().or(first);
    Ok(HoldsCheckup {
        bytes: verified.bytes,
        torn_bytes: verified.torn.as_ref().map(|torn| torn.length),
        segments: verified.segments,
        entries: verified.entries,
        events: verified.events,
        officials: registry.officials.len(),
        parties: registry.parties.len(),
        places: registry.places.len(),
        meetings: asked.meetings.len(),
        first_recorded: first.map(|entry| write_instant(entry.recorded)),
        last_recorded: last.map(|entry| write_instant(entry.recorded)),
        strays: verified.strays,
    })
}

/// Where the editor's drafts lie, and whether one of this log is left over.
fn drafts(output: &Output<'_, '_>) -> DraftsCheckup {
    let dir = edit::drafts(output);
    let draft = dir.as_ref().zip(Log::open(output.dir()).ok()).map(|(dir, log)| edit::draft_of(dir, &log));
    let shown = |path: std::path::PathBuf| path.display().to_string();
    DraftsCheckup { left: draft.filter(|draft| draft.exists()).map(shown), dir: dir.map(shown) }
}

fn terminal(output: &Output<'_, '_>) -> TerminalCheckup {
    let world = &output.world;
    let editor = world.named("VISUAL").or_else(|| world.named("EDITOR"));
    TerminalCheckup {
        interactive: world.interactive,
        width: world.width,
        rows: world.rows,
        colour: world.colour,
        pager: pager::chosen(world).map(|words| words.join(" ")),
        editor: editor.map(|editor| editor.to_string_lossy().into_owned()),
    }
}

fn clock(log: &LogCheckup, output: &Output<'_, '_>) -> ClockCheckup {
    let now = output.world.now;
    let last = log.holds.as_ref().and_then(|holds| holds.last_recorded.as_deref());
    let last = last.and_then(|last| crate::time::parse_instant(last).ok());
    let behind = last.map(|last| (last - now).num_seconds()).filter(|seconds| *seconds > 0);
    ClockCheckup { now: write_instant(now), behind_log_seconds: behind }
}
