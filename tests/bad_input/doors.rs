//! The doors to a log, and how a value is brought to each: flags, a words file, an entry as JSON, a file of entries, a line of the log itself.

use std::fmt;
use std::str::FromStr as _;

use daybook::names::quote;
use sha2::{Digest as _, Sha256};

use crate::desk::{Desk, Said};

/// Where input comes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Door {
    /// `daybook log VERB --flag value`
    Flags,
    /// `daybook log FILE`, in words
    Words,
    /// `daybook log FILE`, as JSON
    Json,
    /// `daybook import FILE`
    Lines,
    /// A line of the log, under a chain that is right
    Log,
}

impl Door {
    pub const ALL: &'static [Self] = &[Self::Flags, Self::Words, Self::Json, Self::Lines, Self::Log];
    /// All but the log: for what is resolved at a door, and stands in the log as an id or a date.
    pub const TYPED: &'static [Self] = &[Self::Flags, Self::Words, Self::Json, Self::Lines];
    /// Where JSON is read.
    pub const JSON: &'static [Self] = &[Self::Json, Self::Lines, Self::Log];

    fn code(self) -> u8 {
        if self == Self::Log { 3 } else { 1 }
    }
}

/// Where in an entry a value stands: `@` in the words of a verb and of a source, in what is beside the events, and in an event as JSON.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub name: &'static str,
    pub words: &'static str,
    pub source: &'static str,
    pub head: &'static str,
    pub event: &'static str,
}

impl Slot {
    /// A place in an event.
    pub const fn event(name: &'static str, words: &'static str, event: &'static str) -> Self {
        Self { name, words, source: "", head: "", event }
    }

    /// A place beside the events.
    pub const fn source(name: &'static str, source: &'static str, head: &'static str) -> Self {
        Self { name, words: "party us", source, head, event: r#"{"kind":"party","party":"us"}"# }
    }

    fn arguments(&self, value: &str) -> Vec<String> {
        let words = format!("{} {}", self.joined(), self.source.replace(" @", "=@"));
        words.split(' ').filter(|word| !word.is_empty()).map(|word| word.replace('@', value)).collect()
    }

    /// The words of the verb, the value joined to its flag, since it may begin with a hyphen.
    fn joined(&self) -> String {
        if self.is_bare() { self.words.to_owned() } else { self.words.replace(" @", "=@") }
    }

    /// Whether the value stands behind no flag.
    fn is_bare(&self) -> bool {
        let before = self.words.split(" @").next().unwrap();
        self.words.contains('@') && !before.rsplit(' ').next().unwrap().starts_with("--")
    }

    fn words_file(&self, value: &str) -> String {
        let source = if self.source.is_empty() { String::new() } else { format!("source {}\n", self.source.replace(" @", "=@")) };
        format!("{source}{}\n", self.joined()).replace('@', &quote(value))
    }

    /// The value is a piece of JSON.
    pub fn entry(&self, json: &str) -> String {
        let (head, event) = (self.head.replace('@', json), self.event.replace('@', json));
        if head.is_empty() { format!("{{\"events\":[{event}]}}") } else { format!("{{{head},\"events\":[{event}]}}") }
    }
}

/// A value on its way to a door, and what must be said to it.
pub struct Case {
    pub door: Door,
    pub place: &'static str,
    pub value: String,
    /// The decisive part of the sentence.
    pub says: String,
    /// Part of the hint, where there must be one.
    pub hint: &'static str,
    input: Input,
}

enum Input {
    Arguments(Vec<String>),
    File(&'static str, &'static [&'static str], Vec<u8>),
    Line(Vec<u8>),
}

impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let value: String = self.value.chars().take(100).collect();
        write!(f, "{:?}, {}: {value:?}", self.door, self.place)
    }
}

impl Case {
    /// A text in a slot.
    pub fn new(door: Door, slot: &Slot, value: &str, says: &str) -> Self {
        let json = serde_json::to_string(value).unwrap();
        let input = match door {
            Door::Flags => {
                let verb = ["log".to_owned()].into_iter();
                Input::Arguments(verb.chain(slot.arguments(value)).collect())
            }
            Door::Words => Input::File("entry.day", &["log", "entry.day"], slot.words_file(value).into_bytes()),
            Door::Json | Door::Lines | Door::Log => return Self::json(door, slot.name, &slot.entry(&json), value, says),
        };
        Self { door, place: slot.name, value: value.to_owned(), says: says.to_owned(), hint: "", input }
    }

    /// A whole entry as JSON, which stands as it is in a file or behind the head of a line of the log.
    pub fn json(door: Door, place: &'static str, entry: &str, value: &str, says: &str) -> Self {
        Self::raw(door, place, entry.as_bytes(), value, says)
    }

    /// The same of bytes that may be no text.
    pub fn raw(door: Door, place: &'static str, entry: &[u8], value: &str, says: &str) -> Self {
        let input = match door {
            Door::Json => Input::File("entry.json", &["log", "entry.json"], entry.to_vec()),
            Door::Lines => Input::File("entries.jsonl", &["import", "entries.jsonl"], [entry, b"\n"].concat()),
            Door::Log => Input::Line(line_of(entry)),
            Door::Flags | Door::Words => panic!("{door:?} reads no JSON"),
        };
        Self { door, place, value: value.to_owned(), says: says.to_owned(), hint: "", input }
    }

    /// A words file as it is.
    pub fn words(place: &'static str, file: &str, says: &str) -> Self {
        let input = Input::File("entry.day", &["log", "entry.day"], file.as_bytes().to_vec());
        Self { door: Door::Words, place, value: file.to_owned(), says: says.to_owned(), hint: "", input }
    }

    /// The same with a hint that must be given; damage has a cure of its own.
    pub fn hint(mut self, hint: &'static str) -> Self {
        self.hint = if self.door == Door::Log { "" } else { hint };
        self
    }

    /// What is not as it should be.
    pub fn fault(&self, bench: &Bench) -> Option<String> {
        let (said, unchanged) = match &self.input {
            Input::Arguments(arguments) => bench.typed(&arguments.iter().map(String::as_str).collect::<Vec<_>>(), None),
            Input::File(name, arguments, bytes) => bench.typed(arguments, Some((name, bytes))),
            Input::Line(line) => bench.forged(line),
        };
        let errors = said.err.lines().filter(|line| line.starts_with("error: ")).count();
        let place = if self.door == Door::Log { "events/000001.jsonl:1: " } else { "" };
        let faults = [
            (said.code != self.door.code(), format!("it ends with {}", said.code)),
            (!said.err.contains(&self.says), format!("it does not say {:?}", self.says)),
            (!said.err.contains(place), format!("it does not say {place}")),
            (!said.err.contains(self.hint), format!("it does not hint {:?}", self.hint)),
            (errors != 1, format!("it says {errors} errors")),
            (!said.out.is_empty(), "it answers".to_owned()),
            (!unchanged, "the log is another".to_owned()),
            (acting(&said.err).is_some(), format!("it shows {:?}", acting(&said.err))),
        ];
        let found: Vec<String> = faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, what)| what).collect();
        (!found.is_empty()).then(|| format!("  {}\n  {}{}", found.join("; "), said.err, said.out))
    }
}

/// The text, in every slot, at every door.
pub fn crossed(doors: &[Door], slots: &[Slot], value: &str, says: &str) -> Vec<Case> {
    slots.iter().flat_map(|slot| doors.iter().map(move |door| Case::new(*door, slot, value, says))).collect()
}

/// A piece of JSON, in every slot, where JSON is read.
pub fn pieces(slots: &[Slot], json: &str, says: &str) -> Vec<Case> {
    let at = |slot: &Slot, door: &Door| Case::json(*door, slot.name, &slot.entry(json), json, says);
    slots.iter().flat_map(|slot| Door::JSON.iter().map(move |door| at(slot, door))).collect()
}

/// What could act on a terminal: a control character but the line end, a change of direction, what has no width, marks without end.
pub fn acting(text: &str) -> Option<char> {
    let mut marks = 0;
    text.chars().find(|c| {
        marks = if matches!(c, '\u{300}'..='\u{36f}') { marks + 1 } else { 0 };
        let hidden = matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
            | '\u{e0000}'..='\u{e007f}');
        (c.is_control() && *c != '\n') || hidden || marks > 30
    })
}

/// The id of the log that lines are forged for.
const LOG: &str = "019513c7-8e00-7e37-b9b9-7f4a7c15f39c";

/// The first line of a log: an entry as it is sent, behind the fields that the log puts before it, before those that it puts behind.
fn line_of(entry: &[u8]) -> Vec<u8> {
    let head = br#"{"v":1,"seq":1,"id":"01951511-2500-7c6e-b372-fe94f82be739","recorded":"2025-02-17T18:00:00.000Z""#;
    let fields = entry.strip_prefix(b"{").unwrap_or(entry);
    let fields = fields.strip_suffix(b"}").unwrap_or(fields);
    let between: &[u8] = if fields.is_empty() { b"" } else { b"," };
    let body = [head, between, fields, br#","salt":"0000000000000007""#].concat();
    let start: [u8; 32] = Sha256::digest(uuid::Uuid::from_str(LOG).unwrap().as_bytes()).into();
    let chain = Sha256::digest([start, Sha256::digest(&body).into()].concat());
    let hex: String = chain.iter().map(|byte| format!("{byte:02x}")).collect();
    [body, format!(",\"chain\":\"{hex}\"}}\n").into_bytes()].concat()
}

/// Two desks: one with a log to which things are brought, one whose log is forged.
pub struct Bench {
    typed: Desk,
    forged: Desk,
    log: Vec<u8>,
}

impl Bench {
    pub fn new() -> Self {
        let typed = Desk::new().logged(&[
            "source --outlet AFP --published 2025-02-16",
            "official rubio \"Marco Rubio\" --party us --rank foreign_minister",
            "official lavrov \"Sergei Lavrov\" --party ru --rank foreign_minister",
            "trip tour \"The tour\"",
            "travel lavrov --to riyadh --depart 2025-02-17",
            "propose talks --title \"The talks\" --at riyadh --principals rubio,lavrov",
        ]);
        let log = std::fs::read(typed.path("events/000001.jsonl")).unwrap();
        let forged = Desk::new();
        let card =
            format!("{{\"format\": 1, \"log\": \"{LOG}\", \"zone\": \"UTC\", \"created\": \"2025-02-17T12:00:00.000Z\"}}\n");
        std::fs::write(forged.path("events/log.json"), card).unwrap();
        Self { typed, forged, log }
    }

    /// What the doors say, and whether the log is as it was.
    fn typed(&self, arguments: &[&str], file: Option<(&str, &[u8])>) -> (Said, bool) {
        if let Some((name, bytes)) = file {
            std::fs::write(self.typed.path(name), bytes).unwrap();
        }
        let said = self.typed.run(arguments, "");
        let path = self.typed.path("events/000001.jsonl");
        let unchanged = std::fs::read(&path).unwrap() == self.log;
        // One fault is not to be that of all that follow.
        if !unchanged {
            std::fs::write(path, &self.log).unwrap();
        }
        (said, unchanged)
    }

    /// What a reader of the log says, and whether it left it alone.
    fn forged(&self, line: &[u8]) -> (Said, bool) {
        let path = self.forged.path("events/000001.jsonl");
        std::fs::write(&path, line).unwrap();
        let said = self.forged.run(&["where", "rubio"], "");
        (said, std::fs::read(path).unwrap() == line)
    }
}

#[test]
fn a_forged_line_that_breaks_no_rule_is_read() {
    let bench = Bench::new();
    let entry = br#"{"events":[{"kind":"official","official":"rubio","name":"Marco Rubio"}]}"#;
    let (said, _) = bench.forged(&line_of(entry));
    assert_eq!((said.code, said.err.as_str()), (0, ""));
}

#[test]
fn what_acts_is_seen() {
    for text in ["a\u{1b}[31m", "\u{202e}", "\u{9b}", "\r", "\u{200b}", &"\u{301}".repeat(31)] {
        assert!(acting(text).is_some(), "{text:?}");
    }
    assert_eq!(acting("Zelenský – \u{301}\n"), None);
}
