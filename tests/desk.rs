//! A desk with its own log and a clock that stands still: what stories and transcripts are told with.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use daybook::cli::{World, run};
use tempfile::TempDir;

/// What a command said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub code: u8,
}

/// A working directory, a frozen clock and loaded dice.
pub struct Desk {
    home: TempDir,
    pub now: DateTime<Utc>,
    rolls: Cell<u64>,
    variables: BTreeMap<String, OsString>,
    width: usize,
    rows: usize,
    interactive: bool,
}

/// The root of the project.
pub fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

impl Desk {
    /// A desk without a log; it is noon of 17 February 2025.
    pub fn bare() -> Self {
        Self {
            home: tempfile::tempdir().unwrap(),
            now: instant("2025-02-17T12:00:00Z"),
            rolls: Cell::new(0),
            variables: BTreeMap::new(),
            width: 100,
            rows: 40,
            interactive: false,
        }
    }

    /// A desk with an empty log.
    pub fn new() -> Self {
        let desk = Self::bare();
        assert_eq!(desk.run(&["init"], "").code, 0);
        desk
    }

    /// A desk with a copy of the shipped log.
    pub fn shipped() -> Self {
        let desk = Self::bare();
        std::fs::create_dir(desk.path("events")).unwrap();
        for file in std::fs::read_dir(project().join("events")).unwrap() {
            let file = file.unwrap();
            if file.file_type().unwrap().is_file() {
                std::fs::copy(file.path(), desk.path("events").join(file.file_name())).unwrap();
            }
        }
        desk
    }

    /// The same desk at another time.
    pub fn at(mut self, now: &str) -> Self {
        self.now = instant(now);
        self
    }

    /// The same desk with a terminal of another width.
    pub fn wide(mut self, width: usize) -> Self {
        self.width = width;
        self
    }

    /// The same desk with a terminal of another height.
    pub fn tall(mut self, rows: usize) -> Self {
        self.rows = rows;
        self
    }

    /// The same desk with somebody at its terminal.
    pub fn interactive(mut self) -> Self {
        self.interactive = true;
        self
    }

    /// The same desk with a variable of the environment.
    pub fn with(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.variables.insert(name.to_owned(), value.into());
        self
    }

    /// The same desk with an editor, a shell script that gets the file as its last argument; drafts are kept in `state`.
    pub fn edited_by(self, command: &str) -> Self {
        let state = self.path("state");
        self.with("EDITOR", command).with("XDG_STATE_HOME", state)
    }

    /// A path in the working directory.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// Runs a command with some standard input.
    pub fn run(&self, arguments: &[&str], input: &str) -> Said {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let mut dice = || {
            self.rolls.set(self.rolls.get() + 1);
            u128::from(self.rolls.get()).wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes()
        };
        let mut world = World {
            now: self.now,
            dice: &mut dice,
            variable: &|name| self.variables.get(name).cloned(),
            directory: Some(self.home.path().to_owned()),
            input: &mut input.as_bytes(),
            out: &mut out,
            err: &mut err,
            width: self.width,
            rows: self.rows,
            interactive: self.interactive,
            colour: false,
            error_colour: false,
            watched: false,
        };
        let arguments = std::iter::once("daybook").chain(arguments.iter().copied()).map(Into::into);
        let code = run(arguments, &mut world);
        // The working directory has another name on every run.
        let tidy = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&format!("{}/", self.home.path().display()), "");
        Said { out: tidy(out), err: tidy(err), code }
    }

    /// The lines of a file of JSON lines.
    pub fn lines_of(&self, name: &str) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.path(name)).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }

    /// Logs an entry in words; it must be admitted.
    pub fn logged(self, lines: &[&str]) -> Self {
        let said = self.log(lines);
        assert_eq!(said.code, 0, "{}", said.err);
        self
    }

    /// Logs an entry in words.
    pub fn log(&self, lines: &[&str]) -> Said {
        std::fs::write(self.path("entry.day"), lines.join("\n")).unwrap();
        self.run(&["log", "entry.day"], "")
    }

    /// A question's answer for people; it must be answered.
    pub fn ask(&self, question: &str) -> String {
        let said = self.run(&words(question), "");
        assert_eq!(said.code, 0, "{}", said.err);
        said.out
    }

    /// A question's answer as JSON; it must be answered.
    pub fn json(&self, question: &str) -> serde_json::Value {
        let words = words(question);
        let arguments: Vec<&str> = words.iter().copied().chain(["--json"]).collect();
        let said = self.run(&arguments, "");
        assert_eq!(said.code, 0, "{}", said.err);
        serde_json::from_str(&said.out).unwrap()
    }
}

pub fn instant(text: &str) -> DateTime<Utc> {
    DateTime::parse_from_rfc3339(text).unwrap().to_utc()
}

/// Words that need no quotes.
fn words(text: &str) -> Vec<&str> {
    text.split(' ').collect()
}
