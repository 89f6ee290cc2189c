//! `daybook statements`.

use clap::Args;

use super::clocks::ClockArguments;
use super::failure::Failure;
use super::output::Output;
use crate::book::Book;
use crate::event::OfficialId;
use crate::intake::Problem;
use crate::query::{Search, Speaker, StatementsFilter, statements, topic};
use crate::render;

/// What was said, by whom, about what; the newest last
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  daybook statements --by lavrov --about riyadh-talks\n  daybook statements --search 'tensions \"leave behind\"'"
)]
pub struct Arguments {
    /// Only by these: officials, or names as given ("a spokesman")
    #[arg(long, value_name = "WHO")]
    by: Vec<String>,
    /// Only about these meetings, officials, parties or places
    #[arg(long, value_name = "WHAT")]
    about: Vec<String>,
    /// Only with these key words
    #[arg(long, alias = "topics", value_name = "WORDS", value_delimiter = ',')]
    topic: Vec<String>,
    /// Only with all of these words, or words that begin so (from three letters up), in text, quote or note, whatever the case, accents or transliteration; "…" holds a run together
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    #[command(flatten)]
    clocks: ClockArguments,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let is_of_somebody = arguments.topic.is_empty() && !(arguments.by.is_empty() && arguments.about.is_empty());
    let mut book = if is_of_somebody { output.open_part()? } else { output.open()? };
    let settled = arguments.clocks.settle_part(&mut book, output)?;
    reach(arguments, &mut book)?;
    let known = super::ask::known(&book);
    let speaker = |name: &str| {
        let official = known.ask_official(name).map(Speaker::Official);
        official.or_else(|nobody| Speaker::named(book.claims(), name).ok_or(nobody))
    };
    let filter = StatementsFilter {
        by: super::ask::all(&arguments.by, speaker)?,
        about: super::ask::all(&arguments.about, |name| known.ask_subject(name))?,
        topics: super::ask::all(&arguments.topic, |name| topic(book.claims(), name).map_err(|all| no_topic(name, &all)))?,
        search: arguments.search.as_deref().map(|text| Search::read(text).ok_or_else(nothing)).transpose()?,
    };
    let asked = settled.ask(&book);
    let body = statements(&asked, &filter);
    settled.answer("statements", &asked, &[], &body, output, |head, page| render::statements_text(&body, head, page))
}

/// Finds all that was said by or about those named. Who is named as given spoke under many names, and every statement has to be looked at.
fn reach(arguments: &Arguments, book: &mut Book) -> Result<(), Failure> {
    for name in arguments.by.iter().chain(&arguments.about) {
        book.reach_name(name)?;
        book.reach_titled(name)?;
    }
    let known = super::ask::known(book);
    let speakers: Result<Vec<OfficialId>, Problem> = arguments.by.iter().map(|name| known.ask_official(name)).collect();
    let subjects: Result<Vec<String>, Problem> = arguments.about.iter().map(|name| known.ask_subject(name)).collect();
    match (speakers, subjects) {
        (Ok(speakers), Ok(subjects)) if speakers.is_empty() => {
            subjects.iter().try_for_each(|id| book.reach_said_about(id))?;
        }
        (Ok(speakers), Ok(_)) => speakers.iter().try_for_each(|official| book.reach_said(official.as_str()))?,
        (Ok(_) | Err(_), _) => book.reach_all()?,
    }
    Ok(())
}

fn nothing() -> Failure {
    Failure::wrong_usage(Problem::new("there is no word to search for").hint("--search tensions, or --search '\"leave behind\"'"))
}

fn no_topic(typed: &str, all: &[String]) -> Problem {
    let problem = Problem::new(format!("no statement has the topic \"{typed}\"")).about(typed);
    let near = crate::names::nearest(typed, all.iter().map(String::as_str), 3);
    match (near.as_slice(), all) {
        (_, []) => problem.hint("no statement of this log has a topic"),
        ([], _) => problem.hint("`daybook statements` shows each with its topics; --search finds words"),
        (near, _) => problem.hint(format!("close to {}", near.join(", "))),
    }
}
