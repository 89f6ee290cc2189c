//! A log that is asked twice: by its index, and as a whole.

use std::cell::Cell;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use daybook::cli::{World, run};
use daybook::log::Log;
use tempfile::TempDir;

use crate::desk::{Said, instant};
use crate::program::copy_into;

/// A working directory with a log in `events`, and the clock of its desk.
pub struct Ground {
    home: PathBuf,
    _throw_away: Option<TempDir>,
    pub now: DateTime<Utc>,
}

/// How the log is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Index,
    Whole,
}

impl Ground {
    /// A directory without a log.
    pub fn bare() -> Self {
        let home = tempfile::tempdir().unwrap();
        Self { home: home.path().to_owned(), _throw_away: Some(home), now: instant("2025-07-01T12:00:00Z") }
    }

    /// A directory that somebody else keeps.
    pub fn at(home: &Path, now: DateTime<Utc>) -> Self {
        Self { home: home.to_owned(), _throw_away: None, now }
    }

    /// The same log somewhere else, its index and what was acknowledged too.
    pub fn copy(&self) -> Self {
        let copy = Self { now: self.now, ..Self::bare() };
        copy_into(&self.home, &copy.home);
        copy
    }

    pub fn home(&self) -> &Path {
        &self.home
    }

    pub fn file(&self, name: &str) -> PathBuf {
        self.home.join("events").join(name)
    }

    pub fn log(&self) -> Log {
        Log::open(&self.file("")).unwrap()
    }

    /// Runs a command; dice that are loaded alike fall alike.
    pub fn run(&self, by: By, dice: u64, arguments: &[String]) -> Said {
        let (mut out, mut err) = (Vec::new(), Vec::new());
        let rolls = Cell::new(u128::from(dice) << 32);
        let mut dice = || {
            rolls.set(rolls.get() + 1);
            rolls.get().wrapping_mul(0x9e37_79b9_7f4a_7c15_f39c_c060_5ced_c835).to_be_bytes()
        };
        let mut world = World {
            now: self.now,
            dice: &mut dice,
            variable: &|name| (by == By::Whole && name == "DAYBOOK_NO_INDEX").then(|| "1".into()),
            directory: Some(self.home.clone()),
            input: &mut std::io::empty(),
            out: &mut out,
            err: &mut err,
            width: 100,
            rows: 40,
            interactive: false,
            colour: false,
            error_colour: false,
            watched: false,
        };
        let words = std::iter::once("daybook".into()).chain(arguments.iter().map(Into::into));
        let code = run(words, &mut world);
        let home = self.home.display().to_string();
        let tidy = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap().replace(&home, "");
        Said { out: tidy(out), err: tidy(err), code }
    }

    /// The answer by the index.
    pub fn ask(&self, arguments: &[String]) -> Said {
        self.run(By::Index, 7, arguments)
    }

    /// The answer of the whole log.
    pub fn whole(&self, arguments: &[String]) -> Said {
        self.run(By::Whole, 7, arguments)
    }

    /// Asks both ways; what differs is told, else the answer is given.
    pub fn both(&self, arguments: &[String]) -> Result<Said, String> {
        let (found, whole) = (self.ask(arguments), self.whole(arguments));
        agree(arguments, &found, &whole).map(|()| whole)
    }

    /// The runs of the index, in the order of their first entries.
    pub fn runs(&self) -> Vec<(u64, u64)> {
        let names = std::fs::read_dir(self.file(".index")).into_iter().flatten();
        let stretch = |name: &str| {
            let (first, last) = name.strip_suffix(".run")?.split_once('-')?;
            Some((first.parse().ok()?, last.parse().ok()?))
        };
        let mut runs: Vec<_> = names.filter_map(|entry| stretch(entry.unwrap().file_name().to_str()?)).collect();
        runs.sort_unstable();
        runs
    }

    pub fn run_file(&self, (first, last): (u64, u64)) -> PathBuf {
        self.file(&format!(".index/{first}-{last}.run"))
    }

    /// The bytes of all segments, one after the other.
    pub fn bytes(&self) -> Vec<u8> {
        let segments = (1..).map(|number| self.file(&format!("{number:06}.jsonl")));
        segments.map_while(|path| std::fs::read(path).ok()).flatten().collect()
    }
}

/// That two answers are one, in every byte.
pub fn agree(arguments: &[String], found: &Said, whole: &Said) -> Result<(), String> {
    if found == whole {
        return Ok(());
    }
    let shown = |said: &Said| format!("exit {}\n{}{}", said.code, said.out.replace(",\"", ",\n\""), said.err);
    let (found, whole) = (shown(found), shown(whole));
    let (found, whole): (Vec<&str>, Vec<&str>) = (found.lines().collect(), whole.lines().collect());
    let mut differs: Vec<String> = Vec::new();
    for at in (0..found.len().max(whole.len())).filter(|at| found.get(*at) != whole.get(*at)).take(6) {
        let line = |lines: &[&str]| lines.get(at).copied().unwrap_or("(nothing)").to_owned();
        differs.push(format!("index {}\nwhole {}", line(&found), line(&whole)));
    }
    Err(format!("daybook {}\n{}", arguments.join(" "), differs.join("\n")))
}

/// Words that need no quotes.
pub fn words(text: &str) -> Vec<String> {
    text.split(' ').map(ToOwned::to_owned).collect()
}
