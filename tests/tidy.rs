//! The walls of the house: who may use whom, how long a file may grow, and what must not stand in it.

use std::path::{Path, PathBuf};

use crate::desk::project;

/// Which rooms a room may use. The same table stands in `lib.rs`, for people.
const ROOMS: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("names", &[]),
    ("geo", &["names"]),
    ("event", &["time", "names"]),
    ("log", &["event", "time"]),
    ("projection", &["event", "time", "names"]),
    ("query", &["projection", "event", "time", "geo", "names"]),
    ("ical", &["time", "names"]),
    ("intake", &["projection", "event", "time", "geo", "names", "ical"]),
    ("render", &["query", "intake", "ical", "event", "time", "names"]),
    ("book", &["log", "projection", "query", "event", "time", "names"]),
    ("simulate", &["event", "time"]),
    ("cli", &["book", "event", "geo", "ical", "intake", "log", "names", "projection", "query", "render", "simulate", "time"]),
];

/// The most lines of a file.
const LINES: usize = 500;

/// Files that may be longer, and why.
const LONGER: &[(&str, usize, &str)] = &[];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // A fuzzer that is run by hand builds where its targets are.
            if path.file_name().is_some_and(|name| name == "target") {
                continue;
            }
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn shown(path: &Path) -> String {
    path.strip_prefix(project()).unwrap().display().to_string()
}

/// The room that a source file belongs to.
fn room(path: &Path) -> String {
    let inside = path.strip_prefix(project().join("src")).unwrap();
    inside.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// Tests may make up what they need, and comments may speak of any room.
fn code(path: &Path) -> String {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &Path) -> bool {
    path.components().any(|part| part.as_os_str() == "tests") || shown(path).ends_with("tests.rs")
}

/// The rooms that a text names after `crate::`, in braces too.
fn named(text: &str) -> Vec<String> {
    let mut rooms = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        let rest = &text[at + "crate::".len()..];
        let list = rest.strip_prefix('{').map_or(rest, |inside| inside.split(';').next().unwrap());
        let paths: Vec<&str> = if rest.starts_with('{') { list.split(',').collect() } else { vec![list] };
        for path in paths {
            let word: String = path.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            if !word.is_empty() {
                rooms.push(word);
            }
        }
    }
    rooms
}

#[test]
fn no_room_uses_a_room_that_it_may_not() {
    let mut broken = Vec::new();
    for path in sources(&project().join("src")) {
        let room = room(&path);
        if ["lib", "main", "build"].contains(&room.as_str()) || is_test(&path) {
            continue;
        }
        let (_, allowed) =
            ROOMS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("{room} is no room of the table"));
        for used in named(&code(&path)) {
            if used != room && !allowed.contains(&used.as_str()) {
                broken.push(format!("{} uses {used}; {room} may use {}", shown(&path), allowed.join(", ")));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_wall_test_sees_a_broken_wall() {
    assert_eq!(
        named("use crate::log::Log; fn f() { crate::cli::run() } use crate::{geo, time::When};"),
        ["log", "cli", "geo", "time"]
    );
}

#[test]
fn the_table_of_rooms_is_that_of_the_map() {
    let map = std::fs::read_to_string(project().join("src/lib.rs")).unwrap();
    for (room, allowed) in ROOMS.iter().filter(|(room, _)| *room != "cli") {
        let row = map
            .lines()
            .find(|line| line.starts_with(&format!("//! | [`{room}`]")))
            .unwrap_or_else(|| panic!("{room} is not on the map"));
        let cell = row.rsplit('|').nth(1).unwrap();
        let words: Vec<&str> =
            cell.split(|c: char| !c.is_alphabetic()).filter(|word| ROOMS.iter().any(|(room, _)| room == word)).collect();
        assert_eq!(words, *allowed, "{room}");
    }
}

#[test]
fn only_the_log_opens_its_files_and_only_main_reads_clock_dice_and_environment() {
    for path in sources(&project().join("src")) {
        let text = code(&path);
        let name = shown(&path);
        let outside = |words: &[&'static str]| words.iter().find(|word| text.contains(**word)).copied();
        // A build script is told by its environment what is built.
        if !["main", "build"].contains(&room(&path).as_str()) && !is_test(&path) {
            let found =
                outside(&["Utc::now", "Local::now", "SystemTime::now", "now_v7", "getrandom::", "std::env::", "env::var"]);
            assert_eq!(found, None, "{name}");
        }
        if !["log", "cli", "main"].contains(&room(&path).as_str()) && !is_test(&path) {
            assert_eq!(outside(&["std::fs", "File::open", "OpenOptions"]), None, "{name}");
        }
        if room(&path) == "cli" {
            assert_eq!(outside(&["00000", "OpenOptions", "remove_dir", "log.json"]), None, "{name}");
        }
    }
}

#[test]
fn no_file_grows_past_its_measure() {
    for folder in ["src", "tests"] {
        for path in sources(&project().join(folder)) {
            let lines = std::fs::read_to_string(&path).unwrap().lines().count();
            let name = shown(&path);
            let most = LONGER.iter().find(|(file, ..)| *file == name).map_or(LINES, |(_, most, _)| *most);
            assert!(lines <= most, "{name} has {lines} lines; {most} are its measure");
        }
    }
}

#[test]
fn every_file_says_what_it_is_for() {
    for folder in ["src", "tests"] {
        for path in sources(&project().join(folder)) {
            let text = std::fs::read_to_string(&path).unwrap();
            assert!(text.starts_with("//! "), "{} opens without a line that says what it is for", shown(&path));
        }
    }
}

#[test]
fn every_dependency_says_what_it_is_for() {
    let manifests = ["Cargo.toml", "tests/fuzz/Cargo.toml"].map(|name| std::fs::read_to_string(project().join(name)).unwrap());
    let manifest = manifests.concat();
    let mut within = false;
    let mut seen = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            within = line.contains("dependencies");
        } else if within && line.contains('=') {
            assert!(line.contains(" # "), "{line}");
            seen += 1;
        }
    }
    assert!(seen > 10);
}

#[test]
fn the_project_speaks_only_of_itself() {
    let mut files = sources(&project().join("src"));
    files.extend(sources(&project().join("tests")));
    files.extend(["README.md", "Cargo.toml", ".ci/run", ".ci/fuzz", "tests/fuzz/Cargo.toml"].map(|name| project().join(name)));
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let foreign = ["/wo", "/ro", "/ho"].map(|start| match start {
            "/wo" => format!("{start}rk/"),
            "/ro" => format!("{start}ot/"),
            _ => format!("{start}me/"),
        });
        for word in foreign {
            assert!(!text.contains(&word), "{} names the path {word}", shown(&path));
        }
    }
}

/// What stands at the top: what the project is made of, and what tools want there.
#[test]
fn nothing_else_stands_at_the_top() {
    let known =
        ["Cargo.toml", "Cargo.lock", "LICENSE-APACHE", "LICENSE-MIT", "README.md", "benches", "events", "src", "target", "tests"];
    for entry in std::fs::read_dir(project()).unwrap() {
        let name = entry.unwrap().file_name().to_string_lossy().into_owned();
        assert!(name.starts_with('.') || known.contains(&name.as_str()), "{name} does not belong at the top");
    }
}
