//! `daybook import` of a calendar: whose it is, and which of its days are wanted.

use clap::Args;

use super::clocks::days;
use super::failure::Failure;
use super::import::{Arguments, Parts, carry_out};
use super::output::Output;
use crate::event::Grade;
use crate::event::wire::WireSource;
use crate::ical::{self, Agenda, MOST_LINES, Reading, Wanted};
use crate::intake::{Known, Problem, Reviewed, Told, Whose, check_calendar};
use crate::projection::{Claims, Scope, View};
use crate::render;
use crate::time::{Published, TimeError, Zone, bound};

/// The most bytes that an imported calendar may have.
pub const CALENDAR_BYTES: u64 = 16 << 20;

/// What a calendar does not say itself.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Calendars (.ics)")]
pub struct CalendarArguments {
    /// Whose calendar it is: each event is a presence of these
    #[arg(long, value_name = "OFFICIAL")]
    official: Vec<String>,
    /// Only what begins by this day; a series without end is followed for a year if it is not given
    #[arg(long, value_name = "DATE")]
    to: Option<String>,
    /// Where events that name no place are
    #[arg(long, value_name = "PLACE")]
    at: Option<String>,
    /// It is a record of what took place: without this, what had begun when it was last revised is in doubt, for an agenda tells what was planned
    #[arg(long)]
    took_place: bool,
    /// Who publishes it [default: the name of the calendar]; with it, each event is known again by its UID
    #[arg(long)]
    outlet: Option<String>,
    /// Where it can be read
    #[arg(long)]
    url: Option<String>,
    /// The Admiralty grade, such as B2
    #[arg(long)]
    grade: Option<String>,
}

/// What is said of one edition of a calendar or table.
#[derive(Debug, Default, Args)]
#[command(next_help_heading = "Calendars and tables")]
pub struct EditionArguments {
    /// When it came out [default: when each event was last revised; when the map says that a row came out]
    #[arg(long, value_name = "TIME")]
    pub published: Option<String>,
    /// Until when it must not leave the desk
    #[arg(long, value_name = "TIME")]
    pub embargo: Option<String>,
    /// Who writes it down
    #[arg(long)]
    pub logged_by: Option<String>,
}

impl CalendarArguments {
    /// Whether any of them was given.
    pub fn are_given(&self) -> bool {
        let texts = [&self.to, &self.at, &self.outlet, &self.url, &self.grade];
        !self.official.is_empty() || self.took_place || texts.iter().any(|text| text.is_some())
    }

    /// Refuses here what is typed wrongly, so that the file is not blamed for it.
    fn check(&self) -> Result<(), Failure> {
        let grade = self.grade.as_deref().and_then(|text| text.parse::<Grade>().err());
        grade.map_or(Ok(()), |error| Err(Failure::wrong_usage(Problem::new(error.to_string()))))
    }
}

impl EditionArguments {
    /// Whether any of them was given.
    pub fn are_given(&self) -> bool {
        [&self.published, &self.embargo, &self.logged_by].iter().any(|text| text.is_some())
    }

    /// Refuses here what is typed wrongly, so that the file is not blamed for it; when it came out.
    pub fn check(&self, zone: Zone) -> Result<Option<Published>, Failure> {
        let wrong = |error: TimeError| Failure::wrong_usage(Problem::new(error.to_string()));
        self.embargo.as_deref().map(|text| bound(text, zone)).transpose().map_err(wrong)?;
        self.published.as_deref().map(|text| Published::read_typed(text, zone)).transpose().map_err(wrong)
    }
}

/// Imports the text of a calendar; `name` is what the file is called.
pub fn run(text: &str, name: &str, arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    check_lines(text.as_bytes(), name)?;
    let reading = ical::read(text);
    let check = |claims: &Claims, output: &mut Output<'_, '_>| review(&reading, name, claims, arguments, output);
    let parts: Parts<(Agenda, Reviewed)> = |(_, reviewed)| (&mut reviewed.entries, reviewed.refusals.is_empty());
    let (reviewed, written) = carry_out(arguments, output, check, parts, |_, _| Ok(()))?;
    finish(&reviewed, written, arguments, output)
}

/// A calendar is held in memory line by line.
pub fn check_lines(calendar: &[u8], name: &str) -> Result<(), Failure> {
    let end = if calendar.contains(&b'\n') { b'\n' } else { b'\r' };
    if calendar.iter().filter(|byte| **byte == end).count() <= MOST_LINES {
        return Ok(());
    }
    let problem = Problem::new(format!("{name} has more than {MOST_LINES} lines"));
    Err(Failure::refused("too_long", problem.hint("split it into several files")))
}

/// Checks a calendar against a log.
fn review(
    reading: &Reading,
    name: &str,
    claims: &Claims,
    arguments: &Arguments,
    output: &mut Output<'_, '_>,
) -> Result<(Agenda, Reviewed), Failure> {
    let words = &arguments.calendar;
    let view = View::new(claims, Scope::default());
    let mut known = Known::of(claims, &view);
    known.freeze_numbers();
    let now = output.world.now;
    let (zone, today) = (claims.zone(), claims.zone().day_at(now));
    let (from, to) = days(arguments.from.as_deref(), words.to.as_deref(), today, zone)?;
    words.check()?;
    let edition = &arguments.edition;
    edition.check(zone)?;
    if !reading.components.iter().any(|component| component.name == "VCALENDAR") {
        let problem = Problem::new(format!("{name} holds no calendar: no VCALENDAR begins in it"));
        return Err(Failure::refused("refused", problem.hint("a web page that was saved instead of the feed looks like this")));
    }
    let agenda = ical::agenda(reading, Wanted { zone, from, to, today });
    let officials = super::ask::officials(&known, &words.official)?;
    if officials.is_empty() {
        let problem = Problem::new(format!("{name} is a calendar, and it is not said whose"));
        return Err(Failure::wrong_usage(problem.hint("--official X, once for each whose calendar it is")));
    }
    // A name in which nothing shows is none.
    let named = words.outlet.iter().chain(&agenda.name).map(|name| ical::one_line(name)).find(|name| !name.trim().is_empty());
    let otherwise = words.at.iter().cloned().collect::<Vec<_>>();
    let source = WireSource {
        outlet: Some(named.unwrap_or_else(|| ical::one_line(name)).into_owned()),
        published: edition.published.clone(),
        url: words.url.clone(),
        grade: words.grade.clone(),
        ..WireSource::default()
    };
    let whose = Whose {
        officials,
        embargo: edition.embargo.clone(),
        logged_by: edition.logged_by.clone(),
        otherwise: super::ask::places(&known, &otherwise)?.pop(),
        days: (from, to),
        is_record: words.took_place,
        source,
    };
    let mut told = Told::of(&view, whose.source.outlet.as_deref());
    let reviewed = check_calendar(&agenda, name, &whose, &mut known, &mut told, now, &mut || output.world.new_salt());
    Ok((agenda, reviewed))
}

fn finish(
    (agenda, reviewed): &(Agenda, Reviewed),
    written: usize,
    arguments: &Arguments,
    output: &mut Output<'_, '_>,
) -> Result<(), Failure> {
    let failed = !reviewed.refusals.is_empty() && !arguments.keep_going;
    if !failed {
        let today = output.world.now.date_naive();
        let imported = render::Imported { agenda, reviewed, written, dry_run: arguments.dry_run };
        let text = if output.json { imported.json() } else { imported.text(today, &output.page()) };
        output.print(&text);
        let page = output.page();
        output.say(&imported.notes(today, &page));
    }
    super::import::refuse(&reviewed.refusals, failed, "event", "events")
}
