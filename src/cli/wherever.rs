//! `daybook where`.

use clap::Args;
use serde::Serialize;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::Output;
use crate::projection::Finding;
use crate::query::{Inquiry, WhereAnswer, where_is};
use crate::render;

/// Where officials are, were or will be on a day, and why we say so
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook where rubio lavrov --on 2025-02-18 --public-by 2025-02-17")]
pub struct Arguments {
    /// Officials; everybody if nobody is named
    officials: Vec<String>,
    /// All reports that each stop rests on, not only the deciding one and one more
    #[arg(long, requires = "officials")]
    why: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

#[derive(Serialize)]
struct Several {
    answers: Vec<WhereAnswer>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let mut book = if arguments.officials.is_empty() { output.open()? } else { output.open_part()? };
    let settled = arguments.clocks.settle_part(&mut book, output)?;
    let mut officials = super::ask::reach_officials(&mut book, &arguments.officials)?;
    for official in &officials {
        book.reach_official(official, Inquiry::Where, settled.scope, settled.on, settled.carry())?;
    }
    let asked = settled.ask(&book);
    if officials.is_empty() {
        // Everybody whom the log knew then.
        officials.extend(asked.registry().officials.keys().cloned());
    }
    let answers: Vec<WhereAnswer> = officials.iter().map(|official| where_is(&asked, official)).collect();
    let findings: Vec<Finding> = answers.iter().flat_map(|answer| answer.findings.iter().cloned()).collect();
    match (answers.as_slice(), arguments.officials.is_empty()) {
        ([one], false) => settled.answer("where", &asked, &findings, one, output, |head, page| {
            render::where_text(std::slice::from_ref(one), arguments.why, head, page)
        }),
        (_, everybody) => {
            let body = Several { answers };
            settled.answer("where", &asked, &findings, &body, output, |head, page| {
                if everybody {
                    render::everybody_text(&body.answers, head, page)
                } else {
                    render::where_text(&body.answers, arguments.why, head, page)
                }
            })
        }
    }
}
