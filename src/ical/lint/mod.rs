//! Lint: a strict check of a calendar against RFC 5545 and RFC 7986, for the faults that readers forgive and other programs do not.
//!
//! Total and linear: any bytes give an answer, in time and memory that grow with their number. Every rule stands where it is checked, with
//! its sentence and its section; what is wrong once is said once.
//!
//! | file | holds |
//! |---|---|
//! | `bytes` | physical lines: how they end, how long they are, UTF-8, folds |
//! | `grammar` | content lines and the tree of components, as the reader found them |
//! | `properties`, `parameters`, `colors` | tables: what each property and parameter may hold |
//! | `content` | one property held against the tables |
//! | `values`, `recur` | one checker for each type of value |
//! | `stamps` | dates and times, and which of two comes later |
//! | `components` | a table: which properties each component must and may have, and how often |
//! | `relations` | what properties of one component must have to do with each other |
//! | `calendar` | what components of one calendar must: zones, identities |

mod bytes;
mod calendar;
mod colors;
mod components;
mod content;
mod grammar;
mod parameters;
mod properties;
mod recur;
mod relations;
mod stamps;
mod values;

use serde::Serialize;

use super::read::{Node, assemble};

/// The most faults that are kept, the first ones of the file; more are only counted.
pub const MOST_FAULTS: usize = 10_000;

/// The most characters that are shown of a text of the file.
const SHOWN: usize = 40;

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A rule that must be kept.
    Error,
    /// A rule that should be kept, or what is allowed but read differently by different programs.
    Warning,
}

/// A rule that is broken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// The line, counted from 1 before unfolding.
    pub line: usize,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one sentence. It may quote the file, and is made visible before a terminal gets it.
    pub says: String,
    /// The RFC and its section, such as `RFC 5545, 3.8.7.2`.
    pub section: &'static str,
}

/// What was found in a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Linted {
    /// The first [`MOST_FAULTS`], in the order of the lines.
    pub faults: Vec<Fault>,
    /// How many errors there are in all.
    pub errors: usize,
    /// How many warnings there are in all.
    pub warnings: usize,
}

/// Checks a file strictly.
///
/// ```
/// # use daybook::ical::lint;
/// let text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nBEGIN:VEVENT\r\nUID:1\r\nDTSTAMP:20250218T090000\r\n\
///             DTSTART:20250218T070000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
/// let fault = &lint(text.as_bytes()).faults[0];
/// assert_eq!((fault.line, fault.section), (6, "RFC 5545, 3.8.7.2"));
/// assert_eq!(fault.says, "DTSTAMP is local time; it is written in UTC, with Z");
/// ```
#[must_use]
pub fn lint(bytes: &[u8]) -> Linted {
    let mut faults = Faults::default();
    let lines = bytes::content_lines(bytes, &mut faults);
    grammar::lines(&lines, &mut faults);
    let reading = assemble(&lines);
    drop(lines);
    let open = grammar::tree(&reading, &mut faults);
    for component in &reading.components {
        walk(component, None, &open, &mut faults);
    }
    calendar::only_one(&reading.components, &mut faults);
    faults.finish()
}

/// A component and those within it; `open` are the lines of those that never end, of which it is not known what lies in them.
fn walk(node: &Node, parent: Option<&Node>, open: &[usize], faults: &mut Faults) {
    if parent.is_none_or(|parent| open.binary_search(&parent.line).is_err()) {
        components::place(node, parent, faults);
    }
    for property in &node.properties {
        if let Err(wrong) = content::property(&property.content, &node.name) {
            faults.add(property.line, wrong);
        }
    }
    components::counts(node, faults);
    relations::check(node, parent, faults);
    if node.name == "VCALENDAR" {
        calendar::check(node, faults);
    }
    for part in &node.parts {
        walk(part, Some(node), open, faults);
    }
}

/// A rule that is broken, before it is known where.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Wrong {
    severity: Severity,
    section: &'static str,
    says: String,
}

impl Wrong {
    fn error(section: &'static str, says: impl Into<String>) -> Self {
        Self { severity: Severity::Error, section, says: says.into() }
    }

    fn warning(section: &'static str, says: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, section, says: says.into() }
    }
}

/// What was found so far.
#[derive(Default)]
struct Faults {
    kept: Vec<Fault>,
    errors: usize,
    warnings: usize,
}

impl Faults {
    fn add(&mut self, line: usize, wrong: Wrong) {
        let Wrong { severity, section, says } = wrong;
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
        }
        // The rules are checked one after another and not line by line: the first lines are known only now and then.
        if self.kept.len() >= 2 * MOST_FAULTS {
            self.keep_first();
        }
        self.kept.push(Fault { line, severity, says, section });
    }

    fn error(&mut self, line: usize, section: &'static str, says: impl Into<String>) {
        self.add(line, Wrong::error(section, says));
    }

    fn warning(&mut self, line: usize, section: &'static str, says: impl Into<String>) {
        self.add(line, Wrong::warning(section, says));
    }

    fn keep_first(&mut self) {
        self.kept.sort_by_key(|fault| fault.line);
        self.kept.truncate(MOST_FAULTS);
    }

    fn finish(mut self) -> Linted {
        self.keep_first();
        Linted { faults: self.kept, errors: self.errors, warnings: self.warnings }
    }
}

/// A text of the file, cut where it is long.
fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}…", text.get(..cut).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The same in quotation marks.
fn quoted(text: &str) -> String {
    format!("\"{}\"", short(text))
}

/// "A, B or C"
fn either(words: &[&str]) -> String {
    match words.split_last() {
        Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => String::new(),
    }
}

/// Whether a name is a private one, of which no RFC speaks.
fn is_private(name: &str) -> bool {
    name.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("X-"))
}

/// Whether a word is one of a list; words know no capitals (RFC 5545, section 2).
fn is_one_of(word: &str, words: &[&str]) -> bool {
    words.iter().any(|known| known.eq_ignore_ascii_case(word))
}
