//! What the program finds about itself, its log and its terminal.

use serde::Serialize;

use super::columns::{Column, Table};
use super::page::{Page, Sheet};
use super::style;
use super::text::{Text, counted};

/// Everything that is asked for when something does not work.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Checkup {
    /// Always `doctor`.
    pub query: &'static str,
    /// The version of the program.
    pub version: &'static str,
    /// The release of the bundled time-zone rules.
    pub zone_rules: &'static str,
    /// The bundled gazetteer.
    pub gazetteer: GazetteerCheckup,
    /// The log.
    pub log: LogCheckup,
    /// The drafts of `log --edit`.
    pub drafts: DraftsCheckup,
    /// The terminal.
    pub terminal: TerminalCheckup,
    /// The clock.
    pub clock: ClockCheckup,
}

/// The bundled gazetteer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GazetteerCheckup {
    /// The package that its cities come from, and its version.
    pub source: &'static str,
    /// Cities.
    pub cities: usize,
    /// Countries and territories.
    pub countries: usize,
    /// Names that these bear.
    pub names: usize,
}

/// The log, as far as it can be read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct LogCheckup {
    /// Where it is looked for, from the root of the file system.
    pub dir: String,
    /// What names that directory.
    pub found_by: FoundBy,
    /// How it is.
    pub health: Health,
    /// What is wrong.
    pub says: Option<String>,
    /// What to do about it.
    pub hint: Option<String>,
    /// What its name card says.
    pub card: Option<CardCheckup>,
    /// What it holds.
    pub holds: Option<HoldsCheckup>,
}

/// What names the directory of the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FoundBy {
    /// The flag `--log`.
    Flag,
    /// The variable `DAYBOOK_LOG`.
    Variable,
    /// Nobody: `events` in the working directory.
    Default,
}

/// How a log is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Health {
    /// Every line is as it was written.
    Whole,
    /// The same, and an unfinished line follows, which the next append sets aside.
    Torn,
    /// Something is not as it was written.
    Damaged,
    /// A newer program wrote it.
    Newer,
    /// The system lets nobody read it.
    Unreadable,
    /// There is none.
    None,
}

/// The name card of a log, and its lock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CardCheckup {
    /// The version of its format.
    pub format: u64,
    /// Its id.
    pub id: String,
    /// Its zone.
    pub zone: String,
    /// When it was made.
    pub created: String,
    /// Whether somebody is writing to it; unknown where the lock cannot be looked at.
    pub locked: Option<bool>,
}

/// What a readable log holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct HoldsCheckup {
    /// Its length in bytes, without an unfinished line.
    pub bytes: u64,
    /// The length of an unfinished line.
    pub torn_bytes: Option<u64>,
    /// Files of entries.
    pub segments: u32,
    /// Entries.
    pub entries: u64,
    /// Events.
    pub events: u64,
    /// Officials.
    pub officials: usize,
    /// Parties.
    pub parties: usize,
    /// Places.
    pub places: usize,
    /// Meetings.
    pub meetings: usize,
    /// When the first entry was recorded.
    pub first_recorded: Option<String>,
    /// When the last one was.
    pub last_recorded: Option<String>,
    /// Files that look like the log's and are not.
    pub strays: Vec<String>,
}

/// The drafts of `log --edit`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct DraftsCheckup {
    /// The directory that they lie in; none where the environment names none.
    pub dir: Option<String>,
    /// The one of this log that is left over.
    pub left: Option<String>,
}

/// The terminal, and the programs that are started at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TerminalCheckup {
    /// Whether input and output are one.
    pub interactive: bool,
    /// Columns.
    pub width: usize,
    /// Rows.
    pub rows: usize,
    /// Whether answers are coloured.
    pub colour: bool,
    /// What long answers are read in.
    pub pager: Option<String>,
    /// The editor of the environment.
    pub editor: Option<String>,
}

/// The clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ClockCheckup {
    /// What it shows.
    pub now: String,
    /// By how many seconds it is behind the last entry, where it is.
    pub behind_log_seconds: Option<i64>,
}

/// The checkup for people.
#[must_use]
pub fn doctor_text(checkup: &Checkup, page: &Page) -> String {
    let mut sheet = Sheet::new(page);
    let gazetteer = &checkup.gazetteer;
    section(
        &mut sheet,
        "program",
        vec![
            ("version", plain(checkup.version)),
            ("time zones", plain(&format!("rules of release {}, bundled", checkup.zone_rules))),
            (
                "gazetteer",
                plain(&format!(
                    "GeoNames by {}: {} cities, {} countries, {} names",
                    gazetteer.source, gazetteer.cities, gazetteer.countries, gazetteer.names
                )),
            ),
        ],
    );
    section(&mut sheet, "log", log_rows(&checkup.log));
    section(&mut sheet, "drafts", draft_rows(&checkup.drafts));
    section(&mut sheet, "terminal", terminal_rows(&checkup.terminal));
    let clock = &checkup.clock;
    let mut rows = vec![("now", plain(&clock.now))];
    rows.extend(clock.behind_log_seconds.map(|seconds| {
        let late = late(seconds);
        let says = format!("{late} behind the last entry: it went backwards, or that of another machine was ahead");
        ("clock", Text::styled(style::ALARM, &says))
    }));
    section(&mut sheet, "clock", rows);
    sheet.finish()
}

/// A length of time in the unit that says enough.
fn late(seconds: i64) -> String {
    match seconds {
        ..7_200 => format!("{seconds} seconds"),
        7_200..172_800 => format!("{} hours", seconds / 3_600),
        172_800.. => format!("{} days", seconds / 86_400),
    }
}

fn plain(text: &str) -> Text {
    Text::plain(text)
}

fn section(sheet: &mut Sheet<'_>, heading: &str, rows: Vec<(&str, Text)>) {
    sheet.blank();
    sheet.line(0, &Text::styled(style::STRONG, heading));
    let mut table = Table::new(&[Column::UpTo(12), Column::Rest]);
    for (label, text) in rows {
        table.row(vec![Text::styled(style::FAINT, label), text]);
    }
    sheet.table(&table);
}

fn log_rows(log: &LogCheckup) -> Vec<(&'static str, Text)> {
    let by = match log.found_by {
        FoundBy::Flag => "named by --log",
        FoundBy::Variable => "named by DAYBOOK_LOG",
        FoundBy::Default => "the default: neither --log nor DAYBOOK_LOG names another",
    };
    let mut rows = vec![("directory", plain(&log.dir)), ("", Text::styled(style::FAINT, by)), ("health", health(log))];
    rows.extend(log.hint.as_ref().map(|hint| ("hint", plain(hint))));
    if let Some(card) = &log.card {
        let lock = match card.locked {
            Some(true) => "held: somebody is writing",
            Some(false) => "free",
            None => "cannot be looked at",
        };
        rows.push(("id", plain(&card.id)));
        rows.push(("format", plain(&card.format.to_string())));
        rows.push(("zone", plain(&card.zone)));
        rows.push(("created", plain(&card.created)));
        rows.push(("lock", plain(lock)));
    }
    rows.extend(log.holds.iter().flat_map(holds));
    rows
}

fn health(log: &LogCheckup) -> Text {
    let (style, word) = match log.health {
        Health::Whole => (style::YES, "whole"),
        Health::Torn => (style::OPEN, "whole, with an unfinished line behind it"),
        Health::Damaged => (style::ALARM, "damaged"),
        Health::Newer => (style::ALARM, "written by a newer daybook"),
        Health::Unreadable => (style::ALARM, "cannot be read"),
        Health::None => (style::OPEN, "no log there"),
    };
    let says = log.says.as_ref().filter(|_| log.health != Health::None).map_or_else(Text::none, |says| plain(says));
    Text::styled(style, word).join(": ", says)
}

fn holds(holds: &HoldsCheckup) -> Vec<(&'static str, Text)> {
    let torn = holds.torn_bytes.map_or_else(String::new, |bytes| format!(", and {bytes} unfinished"));
    let mut rows = vec![
        ("size", plain(&format!("{} bytes in {}{torn}", holds.bytes, counted(u64::from(holds.segments), "file", "files")))),
        (
            "holds",
            plain(&format!(
                "{}, {}; {} officials, {} parties, {} places, {} meetings",
                counted(holds.entries, "entry", "entries"),
                counted(holds.events, "event", "events"),
                holds.officials,
                holds.parties,
                holds.places,
                holds.meetings
            )),
        ),
    ];
    if let (Some(first), Some(last)) = (&holds.first_recorded, &holds.last_recorded) {
        rows.push(("recorded", plain(&format!("{first} to {last}"))));
    }
    rows.extend((!holds.strays.is_empty()).then(|| ("strays", plain(&holds.strays.join(", ")))));
    rows
}

fn draft_rows(drafts: &DraftsCheckup) -> Vec<(&'static str, Text)> {
    let none = "none: neither $XDG_STATE_HOME nor $HOME names one";
    let left = drafts.left.as_ref().map_or_else(
        || plain("none"),
        |left| Text::styled(style::OPEN, left).and(style::PLAIN, "; `daybook log --edit` goes on with it"),
    );
    vec![("directory", plain(drafts.dir.as_deref().unwrap_or(none))), ("left over", left)]
}

fn terminal_rows(terminal: &TerminalCheckup) -> Vec<(&'static str, Text)> {
    let yes = |yes: bool| if yes { "yes" } else { "no" };
    let or_none = |name: &Option<String>| plain(name.as_deref().unwrap_or("none"));
    vec![
        ("interactive", plain(yes(terminal.interactive))),
        ("size", plain(&format!("{} columns, {} rows", terminal.width, terminal.rows))),
        ("colour", plain(yes(terminal.colour))),
        ("pager", or_none(&terminal.pager)),
        ("editor", or_none(&terminal.editor)),
    ]
}
