//! `daybook itinerary`.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use clap::Args;

use super::clocks::{ClockArguments, DayArguments, Settled};
use super::failure::Failure;
use super::output::{Answer, Output};
use crate::book::Book;
use crate::event::OfficialId;
use crate::intake::Problem;
use crate::query::{Asked, ChartOptions, Clocks, Inquiry, Itinerary, chart, itinerary, released};
use crate::render::{self, Heading, Page};

/// An official's stops in order, with legs, distances, meetings, trips and gaps; or several as a timeline
///
/// Stops away from the country of the base with no return home between them are a trip, also where nobody gave it a name (`stats --help` says
/// when a trip ends); its head tells its days away, countries and kilometres, the way from the base and back included, which is assumed
/// where nothing was reported of it. Places that one report names for the same days stand in one line.
#[derive(Debug, Args)]
#[command(after_help = "Examples: daybook itinerary rubio --from 2025-02-14 --to 2025-02-19
          daybook itinerary rubio --trips --from 2025
          daybook itinerary --chart --on 2025-02-17
          daybook itinerary rubio lavrov -o wall.svg")]
pub struct Arguments {
    /// The official; with --chart any number, everybody if nobody is named
    officials: Vec<String>,
    #[command(flatten)]
    days: DayArguments,
    /// One line for each trip, instead of its stops
    #[arg(long, conflicts_with_all = ["chart", "output"])]
    trips: bool,
    /// As a timeline: a row for each official, the days along the top
    #[arg(long)]
    chart: bool,
    /// Draw the timeline to this file, a picture whose name ends with .svg
    ///
    /// The same log and the same options give the same bytes: unless --on is given, it is the day of the last entry. Only embargoes are
    /// judged by the clock.
    #[arg(short, long, value_name = "FILE.svg")]
    output: Option<PathBuf>,
    /// Let entries under embargo into the picture
    #[arg(long, requires = "output")]
    include_embargoed: bool,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let is_timeline = arguments.chart || arguments.output.is_some();
    let mut book = if is_timeline { output.open()? } else { output.open_part()? };
    let settled = arguments.clocks.settle_part(&mut book, output)?;
    let (from, to) = arguments.days.settle(&book, output)?;
    let officials = super::ask::reach_officials(&mut book, &arguments.officials)?;
    if let Some(file) = &arguments.output {
        return picture(arguments, file, ChartOptions { officials, from, to }, &settled, &book, output);
    }
    if arguments.chart {
        return timeline(&ChartOptions { officials, from, to }, &settled, &book, output);
    }
    match officials.as_slice() {
        [one] => {
            let text = if arguments.trips { render::trips_text } else { render::itinerary_text };
            book.reach_official(one, Inquiry::Itinerary { from, to }, settled.scope, settled.on, settled.carry())?;
            stops(one, from, to, text, &settled, &book, output)
        }
        _ => {
            let problem = Problem::new("an itinerary is that of one official");
            Err(Failure::wrong_usage(problem.hint("--chart shows any number side by side, everybody if nobody is named")))
        }
    }
}

fn stops(
    official: &OfficialId,
    from: Option<NaiveDate>,
    to: Option<NaiveDate>,
    text: fn(&Itinerary, &Heading<'_>, &Page) -> String,
    settled: &Settled,
    book: &Book,
    output: &mut Output<'_, '_>,
) -> Result<(), Failure> {
    let asked = settled.ask(book);
    let body = itinerary(&asked, official, from, to);
    settled.answer("itinerary", &asked, &body.findings, &body, output, |head, page| text(&body, head, page))
}

fn timeline(options: &ChartOptions, settled: &Settled, book: &Book, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let asked = settled.ask(book);
    let body = chart(&asked, options);
    settled.answer("chart", &asked, &[], &body, output, |head, page| render::chart_text(&body, head, page))
}

/// Draws the timeline to a file; with --json the chart is printed as well.
fn picture(
    arguments: &Arguments,
    file: &Path,
    options: ChartOptions,
    settled: &Settled,
    book: &Book,
    output: &mut Output<'_, '_>,
) -> Result<(), Failure> {
    if !file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("svg")) {
        let says = format!("{} is no name of a picture: a timeline is drawn as SVG", file.display());
        return Err(Failure::wrong_usage(Problem::new(says).hint("name a file that ends with .svg")));
    }
    let open = if arguments.include_embargoed { Cow::Borrowed(book.claims()) } else { released(book.claims(), output.world.now) };
    if let Cow::Owned(open) = &open {
        let known = super::ask::known_of(open);
        super::ask::released(&options.officials, |name| known.ask_official(name))?;
    }
    if !arguments.include_embargoed {
        output.release();
    }
    let on = settled.lasting_day(&open);
    let asked = Asked::new(&open, settled.scope, on, settled.carry());
    let body = chart(&asked, &options);
    let heading = render::Heading { on, ..settled.heading(&asked) };
    super::file::replace(file, &render::chart_svg(&body, &heading, &output.page()), output)?;
    if output.json {
        let clocks = Clocks { on: Some(on), ..settled.clocks() };
        let answer = Answer { query: "chart", seq: book.claims().last_seq(), clocks, findings: &[], body: &body };
        output.answer(&answer, |_| String::new())?;
    }
    Ok(())
}
