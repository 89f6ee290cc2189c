//! Words files: one entry, in the words of the command line. A line is an event; a line that begins with white space goes on with the
//! one before; `#` before a word begins a comment, which ends with its line. Words are split as a shell splits them.

use clap::{Args, Command, FromArgMatches as _, Subcommand as _};

use super::split::split;
use super::{Draft, Problem, Refusal, SourceWords, Spot, Words};
use crate::event::LimitError;
use crate::event::wire::{WireEvent, WireNewEntry};

/// Reads a words file; `name` is what it is called in refusals.
///
/// # Errors
/// [`Refusal`] with every line that cannot be read.
pub fn read_words_file(text: &str, name: &str) -> Result<Draft, Refusal> {
    let mut draft = Draft::default();
    let mut problems = Vec::new();
    let mut source: Option<usize> = None;
    for (number, line) in lines(text) {
        let spot = Spot { place: format!("{name}, line {number}"), line: Some(line.replace('\n', " ")) };
        match read_line(&line) {
            Ok(None) => {}
            Ok(Some(Line::Source(words))) => match source.replace(number) {
                None => {
                    put_source(&mut draft.entry, &words);
                    draft.source_spot = Some(spot);
                }
                Some(first) => {
                    let says = format!("a second source: the entry has one already, in line {first}");
                    problems
                        .push(Problem::new(says).hint("one entry has one source: put the rest into another file").at(Some(spot)));
                }
            },
            Ok(Some(Line::Event(event))) => {
                draft.entry.events.push(*event);
                draft.spots.push(spot);
            }
            Err(problem) => problems.push(problem.at(Some(spot))),
        }
    }
    if problems.is_empty() { Ok(draft) } else { Err(Refusal { problems }) }
}

fn put_source(entry: &mut WireNewEntry, words: &SourceWords) {
    entry.source = words.source();
    entry.embargo = words.embargo();
    entry.logged_by = words.logged_by();
}

enum Line {
    Source(Box<SourceWords>),
    Event(Box<WireEvent>),
}

/// The lines with their numbers, continuations joined.
fn lines(text: &str) -> Vec<(usize, String)> {
    let mut joined: Vec<(usize, String)> = Vec::new();
    for (at, line) in text.trim_start_matches('\u{feff}').lines().enumerate() {
        let continues = line.starts_with([' ', '\t']) && !line.trim().is_empty();
        match joined.last_mut() {
            Some((_, before)) if continues => {
                // A comment ends with its line, so the line ends stay until the words are split.
                before.push('\n');
                before.push_str(line.trim());
            }
            _ => joined.push((at + 1, line.trim().to_owned())),
        }
    }
    joined
}

fn read_line(line: &str) -> Result<Option<Line>, Problem> {
    let Some(words) = split(line) else {
        return Err(Problem::new("a quotation mark is not closed")
            .hint("quotes are \"…\" or '…'; an apostrophe stands within double quotes"));
    };
    let Some(verb) = words.first() else { return Ok(None) };
    let read = if verb == "source" { read_source(&words, line) } else { read_event(&words, line) }?;
    // No entry holds a NUL, not even where a name is understood in spite of it.
    if words.iter().any(|word| word.contains('\0')) {
        return Err(super::sense::limit(&LimitError::Nul));
    }
    Ok(Some(read))
}

fn read_source(words: &[String], line: &str) -> Result<Line, Problem> {
    let command =
        SourceWords::augment_args(Command::new("source")).mut_arg("headline", |headline| headline.visible_alias("title"));
    let matches = grammar(command).try_get_matches_from(words);
    let source = matches.and_then(|matches| SourceWords::from_arg_matches(&matches)).map_err(|error| refuse(&error, line))?;
    Ok(Line::Source(Box::new(source)))
}

fn read_event(words: &[String], line: &str) -> Result<Line, Problem> {
    let command = grammar(Words::augment_subcommands(Command::new("line").no_binary_name(true).subcommand_required(true)));
    let matches = command.try_get_matches_from(words).and_then(|matches| Words::from_arg_matches(&matches));
    let words = matches.map_err(|error| refuse(&error, line))?;
    Ok(Line::Event(Box::new(words.event()?)))
}

fn grammar(command: Command) -> Command {
    command.disable_help_flag(true).disable_help_subcommand(true).color(clap::ColorChoice::Never)
}

/// The first sentence of clap's message, and its tip.
fn refuse(error: &clap::Error, line: &str) -> Problem {
    let text = error.to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let says = first.strip_prefix("error: ").unwrap_or(first).trim_end_matches(':');
    let details: Vec<&str> = lines.clone().take_while(|line| line.starts_with("--") || line.starts_with('<')).collect();
    let says = if details.is_empty() { says.to_owned() } else { format!("{says}: {}", details.join(", ")) };
    let mut problem = Problem::new(says.replace("unrecognized subcommand", "no such verb:"));
    if let Some(wrong) = first.split('\'').nth(1) {
        problem = problem.about(wrong);
    }
    if let Some(tip) = lines.find_map(|line| line.strip_prefix("tip: ")) {
        problem = problem.hint(tip.to_owned());
    } else if line.contains(['“', '”', '„']) {
        problem = problem.hint("curly quotes do not hold words together here: use \"…\"");
    } else {
        problem = problem.hint("`daybook log --help` lists the verbs, `daybook log VERB --help` their words");
    }
    problem
}
