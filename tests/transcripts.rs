//! The manual is the test: every `$ daybook …` in `tests/cli/**/*.md` and in the README is run, and must print what stands below it.
//!
//! A block begins with ```console and may name its desk: `log=shipped` (the default), `log=empty`, `log=none`, `log=list` (the journeys
//! of 150 years), `now=…`, `width=…`, `rows=…` and
//! `editor=SCRIPT`, a shell script of the desk. Blocks of a
//! file that say nothing go on at the desk of the block before. Within a block `$ cat > FILE <<'END'` makes a file, `? 1` is an exit code
//! other than 0. Errors stand where they are printed, after the answer. `UPDATE_TRANSCRIPTS=1` writes what is printed, to be reviewed.

use std::path::{Path, PathBuf};

use crate::desk::{Desk, project};

/// A console block being replayed.
struct Replay {
    desk: Desk,
    printed: String,
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "md") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn desk(header: &str, before: Option<Desk>) -> Desk {
    let setting = |key: &str| header.split(' ').find_map(|word| word.strip_prefix(key));
    let desk = match (setting("log="), before) {
        (None, Some(desk)) => desk,
        (None | Some("shipped"), _) => Desk::shipped(),
        (Some("empty"), _) => Desk::new(),
        (Some("none"), _) => Desk::bare(),
        (Some("list"), _) => crate::lives::desk(),
        (Some(other), _) => panic!("no such log: {other}"),
    };
    let desk = match setting("now=") {
        Some(now) => desk.at(now),
        None => desk,
    };
    let desk = match setting("width=") {
        Some(width) => desk.wide(width.parse().unwrap()),
        None => desk,
    };
    let desk = match setting("editor=") {
        Some(script) => desk.edited_by(&format!("sh {script}")),
        None => desk,
    };
    match setting("rows=") {
        Some(rows) => desk.tall(rows.parse().unwrap()),
        None => desk,
    }
}

/// Replays the text of a block and returns what it should read.
fn replay(block: &str, replay: &mut Replay) {
    let mut lines = block.lines().peekable();
    while let Some(line) = lines.next() {
        let Some(command) = line.strip_prefix("$ ") else { continue };
        replay.printed.push_str(&format!("{line}\n"));
        let mut input = String::new();
        if command.contains("<<'END'") {
            for line in lines.by_ref() {
                replay.printed.push_str(&format!("{line}\n"));
                if line == "END" {
                    break;
                }
                input.push_str(&format!("{line}\n"));
            }
        }
        let command = command.trim_end_matches("<<'END'").trim();
        if let Some(file) = command.strip_prefix("cat > ") {
            std::fs::write(replay.desk.path(file), input).unwrap();
            continue;
        }
        let words = shlex::split(command).unwrap_or_else(|| panic!("cannot split: {command}"));
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        assert_eq!(words[0], "daybook", "only daybook is run: {command}");
        let said = replay.desk.run(&words[1..], &input);
        replay.printed.push_str(&said.out);
        replay.printed.push_str(&said.err);
        if said.code != 0 {
            replay.printed.push_str(&format!("? {}\n", said.code));
        }
        let more = lines.clone().any(|line| line.starts_with("$ "));
        if more {
            replay.printed.push('\n');
        }
    }
}

/// What a whole file should read.
fn replayed(text: &str) -> String {
    let mut whole = String::new();
    let mut before: Option<Desk> = None;
    let mut rest = text;
    while let Some(at) = rest.find("```console") {
        let (prose, block) = rest.split_at(at);
        whole.push_str(prose);
        let (header, body) = block.split_once('\n').unwrap();
        let end = body.find("```").expect("a block ends");
        let mut state = Replay { desk: desk(header.trim_start_matches("```console").trim(), before), printed: String::new() };
        replay(&body[..end], &mut state);
        whole.push_str(&format!("{header}\n{}```", state.printed));
        before = Some(state.desk);
        rest = &body[end + 3..];
    }
    whole.push_str(rest);
    whole
}

fn check(path: &Path) -> Option<String> {
    let text = std::fs::read_to_string(path).unwrap();
    assert!(text.contains("$ "), "{} runs nothing", path.display());
    let should = replayed(&text);
    if text == should {
        return None;
    }
    if std::env::var_os("UPDATE_TRANSCRIPTS").is_some() {
        std::fs::write(path, should).unwrap();
        return None;
    }
    let differs = text.lines().zip(should.lines()).enumerate().find(|(_, (old, new))| old != new);
    let (at, (old, new)) = differs.unwrap_or((text.lines().count().min(should.lines().count()), ("", "")));
    Some(format!("{}:{}\n  stands   {old}\n  printed  {new}", path.display(), at + 1))
}

#[test]
fn every_transcript_is_what_the_program_prints() {
    let failed: Vec<String> = files(&project().join("tests/cli")).iter().filter_map(|path| check(path)).collect();
    assert!(failed.is_empty(), "{}\n(UPDATE_TRANSCRIPTS=1 writes what is printed)", failed.join("\n"));
}

#[test]
fn the_tour_of_the_readme_is_what_the_program_prints() {
    let failed = check(&project().join("README.md"));
    assert!(failed.is_none(), "{}", failed.unwrap_or_default());
}

/// The first of the two commands stands in the README as a newcomer types it, through cargo.
#[test]
fn the_first_command_of_the_readme_shows_everybody_and_what_is_pending() {
    let readme = std::fs::read_to_string(project().join("README.md")).unwrap();
    let command = readme.lines().find_map(|line| line.strip_prefix("cargo run --release -- ")).expect("the first command");
    let said = Desk::shipped().run(&command.split(' ').collect::<Vec<_>>(), "");
    assert_eq!((said.code, said.err.as_str()), (0, ""));
    for shown in
        ["Marco Rubio", "Sergei Lavrov", "Riyadh", "unknown", "US–Russia talks", "Trump–Putin meeting", "confirmed", "proposed"]
    {
        assert!(said.out.contains(shown), "{shown} is missing in\n{}", said.out);
    }
}
