//! `daybook check`.

use clap::Args;
use serde::Serialize;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::{Answer, Output};
use crate::intake::Problem;
use crate::log::LogError;
use crate::query::{Checked, Clocks, Reported, check, clock_jumps, damaged_line};
use crate::render;

/// What looks odd, with its evidence and the line that settles it
///
/// Conflicts, implausible legs, travel to meetings that have moved, participants and companions elsewhere, meetings and plans of which nobody
/// reported the outcome, likely duplicates, absences against observations, orders that rest on a missing hour, damaged lines.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  daybook check\n  daybook check rubio riyadh-talks --on 2025-03-01")]
pub struct Arguments {
    /// Only about these officials and meetings
    names: Vec<String>,
    /// Show every finding, not only the first few of each kind
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

/// All that is said stands in the head.
#[derive(Serialize)]
struct Nothing {}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = match output.read() {
        Ok(book) => book,
        Err(error) => return Err(unreadable(error, output)),
    };
    let settled = arguments.clocks.settle(&book, output)?;
    let about = super::ask::some_subjects(&book, &arguments.names)?;
    let asked = settled.ask(&book);
    let mut findings = check(&asked, &about);
    if about.is_empty() {
        findings.extend(clock_jumps(&asked));
    }
    let all = arguments.all || !about.is_empty();
    settled.answer("check", &asked, &findings, &Nothing {}, output, |head, page| {
        render::check_text(&Checked::all(&asked, &findings), all, head, page)
    })
}

/// A damaged log is itself the finding, and the only one.
fn unreadable(error: LogError, output: &mut Output<'_, '_>) -> Failure {
    let LogError::Damage { file, line, byte, says, cause } = &error else { return error.into() };
    let place = if *line == 0 { file.display().to_string() } else { format!("{}:{line}", file.display()) };
    let likely = cause.as_ref().map(|cause| format!("; likely cause: {cause}")).unwrap_or_default();
    let says = format!("{says} (byte {byte}){likely}");
    let finding = damaged_line(place, says, error.hint().unwrap_or_default());
    let clocks = Clocks { on: None, as_of: None, public_by: None };
    let answer = Answer { query: "check", seq: 0, clocks, findings: &[Reported::from(&finding)], body: &Nothing {} };
    if let Err(failure) = output.answer(&answer, |page| render::damage_text(&finding, page)) {
        return failure;
    }
    let problem = Problem::new("the log is damaged: nothing else could be checked");
    let problem = problem.hint("`daybook repair` mends what can be mended; `daybook verify` checks it again");
    Failure { problems: vec![problem], ..error.into() }
}
