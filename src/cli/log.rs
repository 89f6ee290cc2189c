//! `daybook log`.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::failure::Failure;
use super::output::Output;
use super::writing::{FILE_BYTES, Writing, parse, text_of, write};
use crate::event::wire::WireNewEntry;
use crate::intake::{Draft, Problem, SourceWords, Spot, Words};

/// Write down a development: in words, or from a file
///
/// Each verb is one event; FILE is one entry, as a words file (one event a line, in the same words, and a `source` line) or as JSON.
#[derive(Debug, Args)]
#[command(subcommand_precedence_over_arg = true)]
#[command(
    after_help = "Examples:\n  daybook log travel lavrov --to riyadh --depart today --said-by \"Dmitry Peskov\" --outlet TASS\n  daybook log riyadh.day --dry-run\n  daybook log - < entry.json\n  daybook log --edit"
)]
pub struct Arguments {
    /// A words file or a JSON file; - is standard input
    file: Option<PathBuf>,
    /// Write the entry in $VISUAL or $EDITOR, the last source filled in; FILE, if one is named, is what is edited
    #[arg(long)]
    edit: bool,
    #[command(flatten)]
    writing: Writing,
    #[command(subcommand)]
    words: Option<Sourced>,
}

/// One event in words, with its source.
#[derive(Debug)]
struct Sourced {
    words: Words,
    source: SourceWords,
}

impl FromArgMatches for Sourced {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let words = Words::from_arg_matches(matches)?;
        let source = match matches.subcommand() {
            Some((_, verb)) => SourceWords::from_arg_matches(verb)?,
            None => SourceWords::default(),
        };
        Ok(Self { words, source })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Subcommand for Sourced {
    /// Every verb takes the source's flags besides its own; `--title` is the source's where the verb has none itself.
    fn augment_subcommands(command: Command) -> Command {
        let verbs: Vec<Command> = Words::augment_subcommands(Command::new("log")).get_subcommands().cloned().collect();
        command.subcommands(verbs.into_iter().map(|verb| {
            let titled = verb.get_arguments().any(|argument| argument.get_long() == Some("title"));
            let about = verb.get_about().cloned().unwrap_or_default();
            // The flags bring their own description along, which is not that of the verb.
            let verb = SourceWords::augment_args(verb).about(about).long_about(None);
            if titled { verb } else { verb.mut_arg("headline", |headline| headline.visible_alias("title")) }
        }))
    }

    fn augment_subcommands_for_update(command: Command) -> Command {
        Self::augment_subcommands(command)
    }

    fn has_subcommand(name: &str) -> bool {
        Words::has_subcommand(name)
    }
}

pub fn run(arguments: Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    if arguments.edit {
        return match (arguments.words, arguments.file) {
            (Some(_), _) => Err(Failure::wrong_usage(Problem::new("either a verb or --edit: an editor takes the whole entry"))),
            (None, Some(file)) if file == Path::new("-") => {
                Err(Failure::wrong_usage(Problem::new("standard input cannot be edited: name a file, or none")))
            }
            (None, file) => super::edit::run(file.as_deref(), &arguments.writing, output),
        };
    }
    let draft = match (arguments.words, arguments.file) {
        (Some(_), Some(file)) => {
            let says = format!("either a verb or a file: {} stands before the verb", file.display());
            return Err(Failure::wrong_usage(Problem::new(says)));
        }
        (Some(sourced), None) => in_words(sourced.words, &sourced.source)?,
        (None, Some(file)) => read(&file, output)?,
        (None, None) => {
            let problem = Problem::new("nothing to log: name a verb or a file");
            let problem = problem.hint("`daybook log --help` lists the verbs; `daybook log --edit` opens an editor");
            return Err(Failure::wrong_usage(problem));
        }
    };
    write(&draft, &arguments.writing, output)
}

/// A draft of one event typed as flags.
pub fn in_words(words: Words, source: &SourceWords) -> Result<Draft, Problem> {
    let entry = WireNewEntry {
        source: source.source(),
        embargo: source.embargo(),
        logged_by: source.logged_by(),
        events: vec![words.event()?],
        ..WireNewEntry::default()
    };
    Ok(Draft { entry, spots: vec![Spot::default()], source_spot: None })
}

fn read(file: &Path, output: &mut Output<'_, '_>) -> Result<Draft, Failure> {
    let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    let text = read_text(file, &name, FILE_BYTES, output)?;
    Ok(parse(&text, &name)?)
}

/// The text of a file, or of standard input.
pub fn read_text(file: &Path, name: &str, most: u64, output: &mut Output<'_, '_>) -> Result<String, Failure> {
    let cannot = |error: std::io::Error| {
        let verb = name.split('.').next().unwrap_or(name);
        let verbs = verbs();
        let close = crate::names::nearest(verb, verbs.iter().map(String::as_str), 1);
        let mut failure = Failure::unreadable(name, &error);
        if let (Some(verb), false, Some(problem)) = (close.first(), name.contains(['/', '.']), failure.problems.first_mut()) {
            problem.hints.push(format!("did you mean the verb `{verb}`?"));
        }
        failure
    };
    let mut bytes = Vec::new();
    if file == Path::new("-") {
        (&mut *output.world.input).take(most + 1).read_to_end(&mut bytes).map_err(cannot)?;
    } else {
        let path = output.world.path(file);
        std::fs::File::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes)).map_err(cannot)?;
    }
    text_of(bytes, name, most)
}

/// The verbs, for "did you mean".
fn verbs() -> Vec<String> {
    Words::augment_subcommands(Command::new("log")).get_subcommands().map(|verb| verb.get_name().to_owned()).collect()
}

/// The failure behind words after `log` that are neither a verb nor a file alone.
pub fn mistyped(arguments: &[OsString]) -> Option<Failure> {
    let mut words = arguments.iter().skip(1).filter_map(|word| word.to_str()).skip_while(|word| *word != "log").skip(1);
    let verb = words.find(|word| !word.starts_with('-'))?;
    if Words::has_subcommand(verb) || verb.contains(['/', '.']) || words.next().is_none() {
        return None;
    }
    let verbs = verbs();
    let close = crate::names::nearest(verb, verbs.iter().map(String::as_str), 2);
    let problem = Problem::new(format!("there is no verb \"{verb}\""));
    let problem = if close.is_empty() { problem } else { problem.hint(format!("close to {}", close.join(", "))) };
    Some(Failure::wrong_usage(problem.hint("`daybook log --help` lists the verbs")))
}
