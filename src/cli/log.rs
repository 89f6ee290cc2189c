//! `daybook log`.

use std::ffi::OsString;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{ArgMatches, Args, Command, FromArgMatches, Subcommand};

use super::failure::Failure;
use super::output::Output;
use crate::book::Book;
use crate::event::EntryId;
use crate::event::wire::WireNewEntry;
use crate::intake::{Admitted, Door, Draft, Known, Problem, Refusal, SourceWords, Spot, Words, read_json_entry, read_words_file};
use crate::log::Stored;
use crate::projection::{CARRY_DAYS, Claims, Scope, View};
use crate::query::{Asked, Clock, changes, explain_event, resembling};
use crate::render::{self, Logged};

/// The most bytes that an entry file may have: an entry has at most one MiB, and words are shorter than their JSON.
pub const FILE_BYTES: u64 = 2 << 20;

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

/// How an entry is written.
#[derive(Clone, Debug, Default, Args)]
pub struct Writing {
    /// Show the entry and what it would change in the answers; write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Wait at most this long for another writer, in seconds; 0 refuses at once
    #[arg(long, global = true, value_name = "SECONDS")]
    pub wait: Option<u64>,
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
        (Some(sourced), None) => in_words(sourced.words, &sourced.source),
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
pub fn in_words(words: Words, source: &SourceWords) -> Draft {
    let entry = WireNewEntry {
        source: source.source(),
        embargo: source.embargo(),
        logged_by: source.logged_by(),
        events: vec![words.event()],
        ..WireNewEntry::default()
    };
    Draft { entry, spots: vec![Spot::default()], source_spot: None }
}

fn read(file: &Path, output: &mut Output<'_, '_>) -> Result<Draft, Failure> {
    let name = if file == Path::new("-") { "standard input".to_owned() } else { file.display().to_string() };
    let text = read_text(file, &name, FILE_BYTES, output)?;
    Ok(parse(&text, &name)?)
}

/// The draft that a text is, as words or as JSON; above either may stand `#!` lines, which an editor's draft bears when it is refused.
pub fn parse(text: &str, name: &str) -> Result<Draft, Refusal> {
    let text = text.trim_start_matches('\u{feff}');
    let on_top: Vec<&str> = text.split_inclusive('\n').take_while(|line| line.starts_with("#!")).collect();
    let below = text.get(on_top.concat().len()..).unwrap_or_default();
    if below.trim_start().starts_with(['{', '[']) {
        // JSON has no comments; without their words the lines still count from the top.
        return read_json_entry(&format!("{}{below}", "\n".repeat(on_top.len())), name, None);
    }
    read_words_file(text, name)
}

/// The text of a file, or of standard input.
pub fn read_text(file: &Path, name: &str, most: u64, output: &mut Output<'_, '_>) -> Result<String, Failure> {
    let cannot = |error: std::io::Error| {
        let problem = Problem::new(format!("{name} cannot be read: {error}"));
        let verb = name.split('.').next().unwrap_or(name);
        let verbs = verbs();
        let close = crate::names::nearest(verb, verbs.iter().map(String::as_str), 1);
        let problem = match close.first() {
            Some(verb) if !name.contains(['/', '.']) => problem.hint(format!("did you mean the verb `{verb}`?")),
            _ => problem,
        };
        Failure::refused("unreadable", problem)
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

/// The text that some bytes are, of which there may be so many.
pub fn text_of(bytes: Vec<u8>, name: &str, most: u64) -> Result<String, Failure> {
    if bytes.len() as u64 > most {
        return Err(Failure::refused(
            "too_long",
            Problem::new(format!("{name} is longer than {most} bytes")).hint("split it into several entries"),
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = 1 + error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        let spot = Spot { place: format!("{name}, line {line}"), line: None };
        let problem = Problem::new(format!("{name} is no UTF-8 text: byte {}", at + 1)).at(Some(spot));
        Failure::refused("unreadable", problem.hint("save it as UTF-8"))
    })
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

/// Admits and writes a draft, or shows what it would do.
pub fn write(draft: &Draft, writing: &Writing, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let recorded = record(draft, writing, None, output)?;
    show(recorded, output)
}

/// An entry that was written, or would be, and the claims on both sides of it.
pub struct Recorded {
    before: Claims,
    after: Claims,
    logged: Logged,
}

impl Recorded {
    /// How many entries stand between this one and entry `last`; `None` if it was only tried.
    pub fn written_after(&self, last: u64) -> Option<u64> {
        (!self.logged.dry_run).then(|| self.logged.entry.seq.saturating_sub(last + 1))
    }
}

/// Admits a draft and writes it, or only tries; `last` is the entry that the word means, if not the last one.
pub fn record(draft: &Draft, writing: &Writing, last: Option<u64>, output: &mut Output<'_, '_>) -> Result<Recorded, Failure> {
    if writing.dry_run {
        let book = Book::open(output.dir())?;
        let admitted = admit(draft, book.claims(), last, output)?;
        let seq = book.claims().last_seq() + 1;
        let recorded = book.claims().entries().next_back().map_or(output.world.now, |last| last.recorded.max(output.world.now));
        let same_as = book.claims().same_as(&admitted.entry);
        let entry = admitted.entry.numbered(seq, recorded);
        let after = book.with([entry.clone()]);
        let logged = Logged { entry, echoes: admitted.echoes, dry_run: true, already: false, same_as, resembles: Vec::new() };
        return Ok(Recorded { before: book.claims().clone(), after, logged });
    }
    let mut open = output.lock(writing.wait)?;
    let admitted = admit(draft, open.claims(), last, output)?;
    let before = open.claims().clone();
    let same_as = before.same_as(&admitted.entry);
    let stored = open.write(vec![admitted.entry], output.world.now)?;
    let stored = stored.into_iter().next().ok_or_else(|| Failure::refused("failed", Problem::new("nothing was written")))?;
    let already = matches!(stored, Stored::Already(_));
    let logged = Logged {
        entry: stored.entry().clone(),
        echoes: admitted.echoes,
        dry_run: false,
        already,
        same_as: same_as.filter(|_| !already),
        resembles: Vec::new(),
    };
    Ok(Recorded { before, after: open.claims().clone(), logged })
}

fn admit(draft: &Draft, claims: &Claims, last: Option<u64>, output: &mut Output<'_, '_>) -> Result<Admitted, Failure> {
    let mut known = Known::of(claims, &View::new(claims, Scope::default()));
    if let Some(last) = last {
        known.last_is(last);
    }
    let id = match &draft.entry.id {
        Some(text) => text.parse::<EntryId>().map_err(|error| Failure::refused("refused", Problem::new(error.to_string())))?,
        None => EntryId(output.world.new_id()),
    };
    let salt = output.world.new_salt();
    let now = output.world.now;
    let mut door = Door { known: &mut known, now, create: false, lines: &|_| None };
    Ok(door.admit(draft, id, salt)?)
}

/// Shows an entry, and what it changes in the answers.
pub fn show(Recorded { before, after, mut logged }: Recorded, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let on = after.zone().day_at(logged.entry.public(after.zone()).min(output.world.now));
    let before = Asked::new(&before, Scope::default(), on, CARRY_DAYS);
    let after = Asked::new(&after, Scope::default(), on, CARRY_DAYS);
    let effects = changes(&before, &after, Clock::Recorded);
    // What says the very same is said to do so, and what was there already is nothing new.
    if logged.same_as.is_none() && !logged.already {
        logged.resembles = resembling(&before, &after, &logged.entry, !logged.dry_run);
    }
    let text = if output.json {
        render::logged_json(&logged, &effects)
            .map_err(|error| Failure::refused("failed", Problem::new(format!("the entry cannot be shown as JSON: {error}"))))?
    } else {
        let told = explain_event(&after, logged.entry.seq, None).map(|explanation| explanation.deciding).unwrap_or_default();
        let (zone, now, names) = (after.zone(), output.world.now, crate::query::Names::of(&after));
        let head = render::Heading { on, today: false, public_by: None, as_of: None, zone, now, names };
        render::logged_text(&logged, &told, &effects, &head, &output.page())
    };
    output.print(&text);
    Ok(())
}
