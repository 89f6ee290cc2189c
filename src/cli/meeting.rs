//! `daybook meeting`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::Output;
use crate::event::MeetingId;
use crate::intake::Problem;
use crate::query::meeting;
use crate::render;

/// A meeting's whole story, from first report to outcome
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook meeting riyadh-talks")]
pub struct Arguments {
    /// The meeting
    meeting: String,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let mut book = output.open_part()?;
    let settled = arguments.clocks.settle_part(&mut book, output)?;
    book.reach_meeting_named(&arguments.meeting)?;
    if super::ask::known(&book).ask_meeting(&arguments.meeting).is_err() {
        // What is near shows among all meetings.
        book.reach_all()?;
    }
    let id = super::ask::known(&book).ask_meeting(&arguments.meeting)?;
    let asked = settled.ask(&book);
    let body = meeting(&asked, &id).ok_or_else(|| not_yet(&id))?;
    settled.answer("meeting", &asked, &[], &body, output, |head, page| render::meeting_text(&body, head, page))
}

/// The refusal of a meeting that the clocks do not show.
pub fn not_yet(id: &MeetingId) -> Failure {
    let problem = Problem::new(format!("nothing that counts tells of {id} under these clocks"));
    Failure::refused("unknown_meeting", problem.hint("ask without --as-of and --public-by, or see `daybook summits --all`"))
}
