//! `daybook summits`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::Output;
use crate::intake::Problem;
use crate::projection::Status;
use crate::query::{SummitsFilter, summits};
use crate::render;

/// Meetings that are pending: who, where, when, who confirmed and who is silent
#[derive(Debug, Args)]
#[command(after_help = "Example: daybook summits --public-by 2025-02-17")]
pub struct Arguments {
    /// Only those of these statuses: held, cancelled, postponed, at_risk, lapsed, confirmed, scheduled, proposed
    #[arg(long, value_delimiter = ',', conflicts_with = "all")]
    status: Vec<String>,
    /// Held and cancelled ones too
    #[arg(long)]
    all: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let filter = match (arguments.all, arguments.status.as_slice()) {
        (true, _) => SummitsFilter::All,
        (false, []) => SummitsFilter::Pending,
        (false, names) => SummitsFilter::Status(names.iter().map(|name| status(name)).collect::<Result<_, _>>()?),
    };
    let mut book = if filter == SummitsFilter::Pending { output.open_part()? } else { output.open()? };
    let settled = arguments.clocks.settle_part(&mut book, output)?;
    book.reach_pending(settled.scope)?;
    let asked = settled.ask(&book);
    let body = summits(&asked, &filter);
    settled.answer("summits", &asked, &[], &body, output, |head, page| render::summits_text(&body, head, page))
}

fn status(name: &str) -> Result<Status, Failure> {
    let word = name.trim().to_lowercase().replace([' ', '-'], "_");
    Status::ALL.iter().copied().find(|status| status.name() == word).ok_or_else(|| {
        let all: Vec<&str> = Status::ALL.iter().map(|status| status.name()).collect();
        Failure::wrong_usage(Problem::new(format!("\"{name}\" is no status of a meeting: it is one of {}", all.join(", "))))
    })
}
