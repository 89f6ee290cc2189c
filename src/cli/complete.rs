//! What a shell asks when somebody presses the key that completes: verbs and flags from the grammar, names and references from the log.
//!
//! The scripts that `daybook completions` prints call the program again with [`VARIABLE`] set to the shell's name and the words typed so
//! far behind `--`. Whatever goes wrong, nothing is completed and nothing is said: a half-typed line is no place for errors.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::sync::Arc;

use clap::{Arg, Command, CommandFactory as _};
use clap_complete::engine::{ArgValueCompleter, CompletionCandidate};
use clap_complete::env::Shells;

use super::candidates::{Candidate, Candidates, Kind};
use super::{World, output};

/// The variable that turns a run into an answer to a shell.
pub const VARIABLE: &str = "DAYBOOK_COMPLETE";

/// What the values of arguments are: verbs, their arguments, and the kind.
const VALUES: &[(&[&str], &[&str], Kind)] = &[
    (&["where", "itinerary", "encounters", "travel", "presence", "absence", "trip"], &["officials"], Kind::Official),
    (&["stats", "ics", "csv", "json", "diary", "import"], &["official"], Kind::Official),
    (&["cancel-travel"], &["stay"], Kind::Official),
    (&["official"], &["id"], Kind::Official),
    (&["statement"], &["speaker"], Kind::Official),
    (&["statements"], &["by"], Kind::Official),
    (
        &["propose", "confirm", "held", "change"],
        &["principals", "delegation", "hosts", "expected", "uncertain", "declined"],
        Kind::Seat,
    ),
    (&["propose", "confirm", "held", "change", "decline", "postpone", "cancel"], &["meeting"], Kind::Meeting),
    (&["propose", "confirm", "held", "change", "decline", "postpone", "cancel"], &["by"], Kind::Party),
    (&["meeting", "absence", "ics", "csv", "json", "diary"], &["meeting"], Kind::Meeting),
    (&["ics", "csv", "json", "diary", "official"], &["party"], Kind::Party),
    (&["party"], &["id"], Kind::Party),
    (&["statement"], &["on_behalf_of"], Kind::Party),
    (&["who", "ics", "csv", "json", "diary"], &["place"], Kind::Place),
    (&["place"], &["id"], Kind::Place),
    (&["place"], &["within"], Kind::Anywhere),
    (&["official"], &["base"], Kind::Anywhere),
    (&["travel"], &["to", "from"], Kind::Anywhere),
    (&["presence", "absence", "statement", "propose", "confirm", "held", "change", "import"], &["at"], Kind::Anywhere),
    (&["travel", "presence", "propose", "confirm", "held", "change"], &["trip"], Kind::Trip),
    (&["trip"], &["id"], Kind::Trip),
    (&["cancel-travel", "retract"], &["of"], Kind::Reference),
    (&["travel", "cancel-travel", "presence", "absence", "decline", "postpone", "cancel"], &["replaces"], Kind::Reference),
    (
        &["propose", "confirm", "held", "change", "statement", "official", "party", "place", "trip", "retract"],
        &["replaces"],
        Kind::Reference,
    ),
    (&["explain"], &["what"], Kind::Subject),
    (&["check", "changes"], &["names"], Kind::OfficialOrMeeting),
    (&["statement", "statements"], &["about"], Kind::Name),
    (&["summits"], &["status"], Kind::Status),
    (&["official"], &["rank"], Kind::Rank),
    (&["propose", "confirm", "held", "change"], &["level"], Kind::Level),
    (&["retract"], &["reason"], Kind::Reason),
];

/// Answers a shell, and says nothing else.
pub fn answer(shell: &OsStr, arguments: &[OsString], world: &mut World<'_>) {
    let typed: Vec<OsString> = arguments.iter().skip_while(|word| *word != "--").skip(1).cloned().collect();
    let shells = Shells::builtins();
    let Some(shell) = shell.to_str().and_then(|name| shells.completer(name)).filter(|_| !typed.is_empty()) else { return };
    let candidates = Candidates::of(output::find_log(named_log(&typed, world), world).1, world);
    let mut command = attach(super::Arguments::command(), &Arc::new(candidates));
    let mut said = Vec::new();
    if shell.write_complete(&mut command, typed, world.directory.as_deref(), &mut said).is_ok() {
        // A shell that went away needs no answer.
        let _ = world.out.write_all(&said).and_then(|()| world.out.flush());
    }
}

/// The log that the line names, in `--log DIR` or `--log=DIR`, as the shell would read it.
fn named_log(typed: &[OsString], world: &World<'_>) -> Option<PathBuf> {
    let words: Vec<&str> = typed.iter().filter_map(|word| word.to_str()).collect();
    let apart = words.windows(2).find(|pair| pair[0] == "--log").map(|pair| pair[1]);
    let joined = words.iter().find_map(|word| word.strip_prefix("--log="));
    let typed = apart.or(joined)?;
    let read = shlex::split(typed).and_then(|words| words.into_iter().next()).unwrap_or_else(|| typed.to_owned());
    // The words are those of the line: no shell has replaced the home directory yet.
    let home = read.strip_prefix("~/").and_then(|rest| Some(PathBuf::from(world.named("HOME")?).join(rest)));
    Some(home.unwrap_or_else(|| PathBuf::from(read)))
}

/// The grammar, with the log's names and references at the arguments that take them.
fn attach(command: Command, candidates: &Arc<Candidates>) -> Command {
    let verb = command.get_name().to_owned();
    let command = command.mut_args(|argument| match kind(&verb, &argument) {
        Some(kind) => {
            let candidates = Arc::clone(candidates);
            argument.add(ArgValueCompleter::new(move |typed: &OsStr| complete(&candidates, kind, typed)))
        }
        None => argument,
    });
    command.mut_subcommands(|verb| attach(verb, candidates))
}

fn kind(verb: &str, argument: &Arg) -> Option<Kind> {
    let takes = |verbs: &[&str], arguments: &[&str]| verbs.contains(&verb) && arguments.contains(&argument.get_id().as_str());
    VALUES.iter().find(|(verbs, arguments, _)| takes(verbs, arguments)).map(|(_, _, kind)| *kind)
}

/// The candidates for a value; in a list, those for its last part.
fn complete(candidates: &Candidates, kind: Kind, typed: &OsStr) -> Vec<CompletionCandidate> {
    let Some(typed) = typed.to_str() else { return Vec::new() };
    let (before, part) = typed.rfind(',').map_or(("", typed), |comma| typed.split_at(comma + 1));
    let shown = |candidate: Candidate| {
        CompletionCandidate::new(format!("{before}{}", candidate.value)).help(candidate.says.map(Into::into))
    };
    candidates.fit(kind, part).into_iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verbs(command: &Command) -> Vec<&Command> {
        command.get_subcommands().flat_map(|verb| std::iter::once(verb).chain(verbs(verb))).collect()
    }

    /// A verb or an argument that got another name would silently complete nothing.
    #[test]
    fn every_verb_and_argument_of_the_table_is_there() {
        let mut command = super::super::Arguments::command();
        command.build();
        for (names, arguments, kind) in VALUES {
            for name in *names {
                let verbs: Vec<&Command> = verbs(&command).into_iter().filter(|verb| verb.get_name() == *name).collect();
                for argument in *arguments {
                    let has = |verb: &&Command| verb.get_arguments().any(|one| one.get_id() == *argument);
                    assert!(verbs.iter().any(has), "{name} has no {argument} ({kind:?})");
                }
            }
        }
    }

    /// Values that the log or a word list has must be in the table: a new argument is thought about here.
    #[test]
    fn every_argument_that_takes_a_name_is_in_the_table() {
        let mut command = super::super::Arguments::command();
        command.build();
        let free = [
            "lat",
            "lon",
            "country",
            "zone",
            "name",
            "title",
            "alias",
            "voice",
            "since",
            "until",
            "wikidata",
            "quote",
            "said_by",
            "via",
            "said",
            "note",
            "depart",
            "arrive",
            "when",
            "purpose",
            "reason",
            "agenda",
            "outcome",
            "text",
            "topics",
            "language",
            "outlet",
            "headline",
            "author",
            "url",
            "published",
            "grade",
            "record",
            "embargo",
            "logged_by",
            "file",
            "files",
            "wait",
            "expect",
            "entry_id",
            "seal",
            "log",
            "tz",
            "on",
            "public_by",
            "as_of",
            "carry",
            "from",
            "to",
            "output",
            "topic",
            "shell",
            "split",
            "what",
            "with",
            "cancelled",
            "dir",
            "search",
            "since",
            "clock",
            "map",
            "rejected",
            "entries",
            "seed",
        ];
        for verb in verbs(&command).into_iter().filter(|verb| verb.get_name() != "help") {
            for argument in verb.get_arguments().filter(|one| one.get_action().takes_values()) {
                // What the grammar itself lists is completed from there.
                let is_listed = !argument.get_possible_values().is_empty();
                let known = is_listed || kind(verb.get_name(), argument).is_some() || free.contains(&argument.get_id().as_str());
                assert!(known, "{} {} is neither completed nor free", verb.get_name(), argument.get_id());
            }
        }
    }
}
