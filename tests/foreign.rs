//! Calendars of others, whole and broken in thousands of ways: never a panic, nothing lost without a word, and a second import changes nothing.

use std::collections::BTreeSet;

use daybook::ical::{Agenda, MOST_EVENTS, Reading, Wanted, agenda, read};
use daybook::time::{Zone, day};
use proptest::prelude::*;
use serde_json::Value;

use crate::desk::{Desk, project};
use crate::panel::tools::{judged_by, said, tools};

/// Calendars as other programs write them, made up for these tests.
fn seeds() -> Vec<String> {
    let files = std::fs::read_dir(project().join("tests/data/agendas")).unwrap();
    let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// Words that are more than text, or numbers at the ends of what can be.
const ODD: &[&str] = &[
    "99991231T235959Z",
    "00010101",
    "00000000",
    "20250230T250000",
    "-P1D",
    "P99999999999W",
    "PT",
    "FREQ=SECONDLY",
    "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2",
    "FREQ=DAILY;COUNT=4294967296",
    "FREQ=DAILY;INTERVAL=0",
    "FREQ=MONTHLY;BYSETPOS=-366;BYDAY=MO",
    "UNTIL=20200101",
    ";TZID=Europe/Paris",
    ";TZID=",
    ";VALUE=DATE",
    ";RANGE=THISANDFUTURE",
    "BEGIN:VEVENT",
    "END:VEVENT",
    "END:VCALENDAR",
    "BEGIN:VALARM",
    "\u{0}",
    "\u{202e}",
    "\u{feff}",
    "\r",
    "\n",
    "\r\n ",
    "\\",
    "\\n",
    ",",
    ";",
    ":",
    "\"",
    "^n",
    "=",
    "é",
    "🕊",
    "x\u{301}\u{301}",
    "STATUS:CANCELLED",
    "RECURRENCE-ID:20250221T093000Z",
    "LOCATION:",
    "UID:",
    "SUMMARY:",
    "DTSTART:20250218",
    "DTEND:20250101",
    "DURATION:P1W",
    "+1400",
    "-2400",
    "1e999",
    "NaN;inf",
];

/// What is done to a calendar: where, as a part of its length or lines, and what.
#[derive(Clone, Debug)]
enum Harm {
    Drop(prop::sample::Index),
    Double(prop::sample::Index),
    Swap(prop::sample::Index, prop::sample::Index),
    Cut(prop::sample::Index),
    Put(prop::sample::Index, prop::sample::Index),
    /// The value of a line becomes something else.
    Say(prop::sample::Index, prop::sample::Index),
    Flip(prop::sample::Index, u8),
}

fn harm() -> impl Strategy<Value = Harm> {
    let at = || any::<prop::sample::Index>();
    prop_oneof![
        at().prop_map(Harm::Drop),
        at().prop_map(Harm::Double),
        (at(), at()).prop_map(|(a, b)| Harm::Swap(a, b)),
        at().prop_map(Harm::Cut),
        (at(), at()).prop_map(|(a, what)| Harm::Put(a, what)),
        (at(), at()).prop_map(|(a, what)| Harm::Say(a, what)),
        (at(), 0..8_u8).prop_map(|(a, bit)| Harm::Flip(a, bit)),
    ]
}

fn harmed(calendar: &str, harms: &[Harm]) -> String {
    harms.iter().fold(calendar.to_owned(), |text, harm| {
        let mut lines: Vec<&str> = text.split_inclusive('\n').collect();
        if lines.is_empty() {
            return text;
        }
        match harm {
            Harm::Drop(at) => drop(lines.remove(at.index(lines.len()))),
            Harm::Double(at) => lines.insert(at.index(lines.len()), lines[at.index(lines.len())]),
            Harm::Swap(a, b) => {
                let (a, b) = (a.index(lines.len()), b.index(lines.len()));
                lines.swap(a, b);
            }
            Harm::Cut(at) => return text.chars().take(at.index(text.chars().count())).collect(),
            Harm::Put(at, what) => {
                let at = text.char_indices().nth(at.index(text.chars().count())).unwrap().0;
                return format!("{}{}{}", &text[..at], ODD[what.index(ODD.len())], &text[at..]);
            }
            Harm::Say(at, what) => {
                let line = at.index(lines.len());
                let name = lines[line].split(':').next().unwrap().to_owned();
                let said = format!("{name}:{}\r\n", ODD[what.index(ODD.len())]);
                lines[line] = &said;
                return lines.concat();
            }
            Harm::Flip(at, bit) => {
                let mut bytes = text.clone().into_bytes();
                let at = at.index(bytes.len());
                bytes[at] ^= 1 << bit;
                return String::from_utf8_lossy(&bytes).into_owned();
            }
        }
        lines.concat()
    })
}

/// A calendar of some VEVENTs.
fn calendar(parts: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{parts}END:VCALENDAR\r\n")
}

fn event(lines: &str) -> String {
    format!("BEGIN:VEVENT\r\n{lines}\r\nEND:VEVENT\r\n")
}

/// What is large stands once in the file, and would fill any memory if each time or event that it goes with had one of its own.
#[test]
fn what_is_large_is_not_held_for_each_event() {
    let start = "DTSTART:20250210T100000Z\r\nSUMMARY:x\r\nLOCATION:Rome";
    let hourly = format!("{start}\r\nRRULE:FREQ=HOURLY;COUNT=5000");
    let large = "x".repeat(4 << 20);
    let excepted =
        event(&format!("UID:1\r\n{hourly}\r\nEXDATE;X-A={large}:{}20250210T100000Z", "20250211T100000Z,".repeat(50_000)));
    // Daily changes of the clocks for hundreds of years, which every event would have of its own: 50 GB.
    let zone = "BEGIN:VTIMEZONE\r\nTZID:Z\r\nBEGIN:STANDARD\r\nDTSTART:17600101T000000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n\
                RRULE:FREQ=DAILY\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";
    let zoned: String = (0..MOST_EVENTS).map(|uid| event(&format!("UID:{uid}\r\nDTSTART;TZID=Z:20250210T100000"))).collect();
    for (text, events, left_out) in [(excepted, 4_998, 0), (format!("{zone}{zoned}"), MOST_EVENTS, 0)] {
        let agenda = agenda(&read(&calendar(&text)), wanted());
        assert_eq!((agenda.events.len(), agenda.left_out.len()), (events, left_out));
    }
    for name in ["UID", "SUMMARY", "LOCATION"] {
        let long = event(&format!("UID:1\r\n{hourly}").replace(&format!("{name}:"), &format!("{name}:{large}")));
        let agenda = agenda(&read(&calendar(&long)), wanted());
        let why = agenda.left_out.iter().map(|left| left.why.to_string()).collect::<Vec<_>>();
        assert_eq!(agenda.events.len(), 0);
        assert!(why.len() == 1 && why[0].starts_with(&format!("its {name} has 41943")), "{why:?}");
    }
}

#[test]
fn a_full_calendar_comes_in_and_one_more_event_is_said_to_be_too_many() {
    let whole = |count: usize, day: &str| -> String {
        (0..count).map(|uid| event(&format!("UID:{day}-{uid}\r\nDTSTART:{day}T100000Z"))).collect()
    };
    // What lies outside of the days that are wanted takes no room: else --from and --to would not help.
    let full = agenda(&read(&calendar(&format!("{}{}", whole(9, "20240210"), whole(MOST_EVENTS, "20250210")))), wanted());
    assert_eq!((full.events.len(), full.left_out.len()), (MOST_EVENTS + 9, 0));
    let over = agenda(&read(&calendar(&whole(MOST_EVENTS + 1, "20250210"))), wanted());
    assert_eq!((over.events.len(), &*over.left_out[0].what), (MOST_EVENTS, "what follows"));
    assert_eq!(over.heads.len(), MOST_EVENTS, "nothing is missed of what did not come in");
}

#[test]
fn a_rule_that_is_wrong_is_told_with_the_line_of_its_series() {
    let single = event("UID:1\r\nRECURRENCE-ID:20250211T100000Z\r\nDTSTART:20250212T100000Z");
    let series = event("UID:1\r\nDTSTART:20250210T100000Z\r\nRRULE:FREQ=SOMETIMES");
    let agenda = agenda(&read(&calendar(&format!("{single}{series}"))), wanted());
    assert_eq!((agenda.events.len(), agenda.left_out.len(), agenda.left_out[0].line), (1, 1, 8));
}

#[test]
fn lines_that_end_as_on_old_macs_are_lines() {
    let text = calendar(&event("UID:1\r\nDTSTART:20250210T100000Z")).replace("\r\n", "\r");
    assert_eq!(agenda(&read(&text), wanted()).events.len(), 1);
}

fn wanted() -> Wanted {
    Wanted { zone: Zone::UTC, from: Some(day(2025, 1, 1)), to: Some(day(2025, 12, 31)), today: day(2025, 2, 17) }
}

/// Every VEVENT of a calendar is among its events, heads one of its series, or was left out with its line.
fn nothing_is_lost(reading: &Reading, agenda: &Agenda) {
    let mut told: BTreeSet<usize> = agenda.left_out.iter().map(|left| left.line).collect();
    told.extend(agenda.events.iter().chain(&agenda.heads).map(|event| event.line));
    if agenda.left_out.iter().any(|left| &*left.what == "what follows") {
        return;
    }
    for event in reading.components.iter().filter(|part| part.name == "VCALENDAR").flat_map(|calendar| &calendar.parts) {
        let is_rule = event.name == "VTIMEZONE";
        assert!(is_rule || told.contains(&event.line), "{} of line {} is lost without a word", event.name, event.line);
    }
    assert!(agenda.events.iter().filter(|event| event.wanted).count() <= MOST_EVENTS);
    for event in &agenda.events {
        let (first, last) = event.time.days(Zone::UTC);
        assert!(first <= last, "{}: {first} to {last}", event.key);
    }
}

#[test]
fn whole_calendars_of_others_come_in() {
    for (seed, expected) in seeds().iter().zip([
        // By hand from the files: apple's visit and the one year of three that is asked for; google's audience, visit, and a series of
        // seven less one; outlook's talks and five dinners; plain's talks, ten sessions and two more dates.
        (2, 1),
        (8, 0),
        (6, 1),
        (13, 2),
    ]) {
        let desk = desk();
        std::fs::write(desk.path("agenda.ics"), seed).unwrap();
        let said = desk.json("import agenda.ics --official macron --from 2025-01-01 --to 2025-12-31");
        let counts = (said["written"].as_u64().unwrap(), said["left_out"].as_array().unwrap().len());
        assert_eq!(counts, expected, "{said:#}");
        let again = desk.json("import agenda.ics --official macron --from 2025-01-01 --to 2025-12-31");
        assert_eq!((again["written"].as_u64(), again["already"].as_u64()), (Some(0), Some(expected.0)), "{again:#}");
    }
}

/// Another library expands random calendars, series of every frequency in several zones, to the same times.
#[test]
fn another_library_expands_calendars_to_the_same_times() {
    if tools().python().is_none() {
        return;
    }
    let program = std::ffi::OsStr::new(env!("CARGO_BIN_EXE_daybook"));
    let judged = judged_by("agendas.py", &[program, "--seed".as_ref(), "20250217".as_ref(), "--count".as_ref(), "40".as_ref()]);
    let said = said(&judged.unwrap());
    assert!(said.contains(", 0 calendars differ"), "{said}");
}

fn desk() -> Desk {
    Desk::new().at("2025-02-17T12:00:00Z").logged(&["official macron \"Emmanuel Macron\" --party fr --rank head_of_state"])
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(4_000) })]

    #[test]
    fn no_broken_calendar_is_lost_without_a_word(seed: prop::sample::Index, harms in proptest::collection::vec(harm(), 1..6)) {
        let seeds = seeds();
        let text = harmed(&seeds[seed.index(seeds.len())], &harms);
        let reading = read(&text);
        nothing_is_lost(&reading, &agenda(&reading, wanted()));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    /// Whatever a calendar holds, the program takes it or says why not; it then knows it again, and the log is whole.
    #[test]
    fn a_second_import_changes_nothing(seed: prop::sample::Index, harms in proptest::collection::vec(harm(), 0..6)) {
        let seeds = seeds();
        let desk = desk();
        std::fs::write(desk.path("agenda.ics"), harmed(&seeds[seed.index(seeds.len())], &harms)).unwrap();
        let import = || {
            let words = ["import", "agenda.ics", "--official", "macron", "--keep-going", "--from", "2025-01-01", "--to", "2025-12-31", "--json"];
            let said = desk.run(&words, "");
            assert!(said.code <= 1, "{}", said.err);
            (said.code, serde_json::from_str::<Value>(&said.out).unwrap_or_default())
        };
        let first = import();
        let second = import();
        prop_assert_eq!(first.0, second.0);
        let known = first.1["written"].as_u64().unwrap_or(0) + first.1["already"].as_u64().unwrap_or(0);
        prop_assert_eq!(second.1["written"].as_u64().unwrap_or(0), 0, "{:#}", second.1);
        prop_assert_eq!(second.1["already"].as_u64().unwrap_or(0), known, "{:#}", second.1);
        prop_assert_eq!(&first.1["left_out"], &second.1["left_out"]);
        prop_assert_eq!(desk.run(&["verify"], "").code, 0);
    }
}
