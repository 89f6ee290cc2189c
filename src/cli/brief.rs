//! `daybook brief`.

use clap::Args;
use serde::Serialize;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::{Answer, Output};
use crate::projection::Finding;
use crate::query::{MeetingAnswer, Names, SummitsFilter, WhereAnswer, summits, where_is};
use crate::render;

/// The day on one page: where everybody is, and which meetings are pending
#[derive(Debug, Default, Args)]
#[command(after_help = "Example: daybook brief --on 2025-02-17")]
pub struct Arguments {
    #[command(flatten)]
    clocks: ClockArguments,
}

#[derive(Serialize)]
struct Brief {
    answers: Vec<WhereAnswer>,
    meetings: Vec<MeetingAnswer>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let book = output.open()?;
    // A brief on a day is the brief of that day: it knows what was public by then.
    let mut settled = arguments.clocks.settle(&book, output)?;
    if !settled.by_default {
        settled.scope.public_by = settled.scope.public_by.or(Some(book.zone().end_of_day(settled.on)));
    }
    let asked = settled.ask(&book);
    let answers: Vec<WhereAnswer> = asked.registry().officials.keys().map(|official| where_is(&asked, official)).collect();
    let findings: Vec<Finding> = answers.iter().flat_map(|answer| answer.findings.iter().cloned()).collect();
    let pending = summits(&asked, &SummitsFilter::Pending);
    let heading = settled.heading(&book, Names::of(&asked));
    let (seq, clocks) = (book.claims().last_seq(), settled.clocks());
    let body = Brief { answers, meetings: pending.meetings.clone() };
    output.answer(&Answer { query: "brief", seq, clocks, findings: &findings, body: &body }, |page| {
        render::brief_text(&body.answers, &pending, &heading, page)
    })
}
