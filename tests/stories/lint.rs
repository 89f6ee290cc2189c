//! Calendars that are checked: what daybook writes is without fault, and what others write is told by line.

use serde_json::{Value, json};

use crate::desk::{Desk, project};

/// Exports a calendar and holds it against lint: neither an error nor a warning.
fn exports_well(desk: &Desk, arguments: &[&str]) -> String {
    let said = desk.run(&[&["export", "ics"], arguments].concat(), "");
    assert_eq!(said.code, 0, "{arguments:?}: {}", said.err);
    let checked = desk.run(&["lint", "-"], &said.out);
    assert_eq!(
        (checked.code, checked.out.as_str(), checked.err.as_str()),
        (0, "-: no fault found\n", ""),
        "{arguments:?}\n{}",
        said.out
    );
    said.out
}

/// Every selection of the shipped log.
const SELECTIONS: &[&[&str]] = &[
    &[],
    &["--with", "travel"],
    &["--official", "rubio"],
    &["--official", "lavrov", "--with", "travel"],
    &["--meeting", "riyadh-talks"],
    &["--party", "us", "--with", "travel"],
    &["--place", "saudi-arabia", "--with", "travel"],
    &["--from", "2025-02-18"],
    &["--to", "2025-02-18", "--with", "travel"],
    &["--cancelled", "drop"],
    &["--include-embargoed"],
    &["--on", "2025-06-01", "--with", "travel"],
    &["--as-of", "2"],
    &["--public-by", "2025-02-17"],
    &["--place", "paris"],
    &["--name", "A, B; C\\ \"D\" — überall, with words enough to be folded into a second line of its own"],
];

#[test]
fn every_selection_of_the_shipped_log_is_without_fault() {
    for selection in SELECTIONS {
        exports_well(&Desk::shipped(), selection);
    }
}

/// Statuses, clock changes, vague days, links and texts that try to be more than texts.
#[test]
fn a_log_of_awkward_reports_is_exported_without_fault() {
    let desk = Desk::new().at("2025-03-10T12:00:00Z").logged(&[
        "source --outlet \"A,B;C\" --published 2025-03-01 --url \"https://example.org/ü?b=c,d&e={f}|100%\"",
        "official macron \"Emmanuel Macron\" --party fr --rank head_of_state",
        "official meloni \"Giorgia Meloni\" --party it --rank head_of_government",
        "official modi \"Narendra Modi\" --party in --rank head_of_government",
        "confirm rome --at Rome --when 2025-03-30T01:30/2025-03-30T12:30 --by fr --by it --principals macron,meloni",
        "confirm night --at \"New York\" --when 2025-11-02T01:30-05:00[America/New_York] --by fr --by in --principals macron,modi",
        "confirm delhi --at \"New Delhi\" --when 2025-10-26T09:00 --by in --principals modi,macron --title \"Talks; with, marks\\nEND:VEVENT\"",
        "propose vague --at Paris --when \"[2025-04-01..2025-04-05]\" --principals macron,modi",
        "propose month --when 2025-05 --principals macron,modi",
        "propose last --when 9999-12-31 --principals macron,modi",
        "confirm off --at Paris --when 2025-04-10 --by fr --by it --principals macron,meloni",
        "cancel off --by it --reason \"an election\"",
        "confirm later --at Rome --when 2025-04-11/2025-04-13 --by fr --by it --principals macron,meloni",
        "postpone later --by fr",
        "held done --at Paris --when 2025-02-20 --principals macron,meloni --outcome \"überall 🕊 Frieden\"",
        "travel macron --to Rome --from Paris --depart 2025-03-29T22:00[Europe/Paris] --arrive 2025-03-30T00:10",
        "travel modi --to Casablanca --depart 2025-03-01T10:00[Asia/Kolkata] --arrive 2025-03-02T04:00[Africa/Casablanca]",
        "presence modi --at \"New York\" --when 2025-11-01/2025-11-03",
    ]);
    let names = ["+1", "＝1", "\"quoted\", with commas; and; semicolons", "🕊 mir", "a\\nb \\ c^n", "BEGIN:VEVENT"];
    let sources =
        ["\t=1", "\r\n=1", "two\nlines\r\nand\u{2028}more", "\u{1b}[31mred\u{7}", "\u{202e}turned", "-Wire, \"Inc\"\n\u{85}"];
    for (at, name) in names.iter().chain(&sources).enumerate() {
        let title = if at < names.len() { *name } else { "talks" };
        let entry = json!({"source": {"outlet": name, "author": name, "title": name, "published": "2025-03-02"}, "events": [
            {"kind": "meeting_proposed", "meeting": format!("hostile-{at}"), "title": title, "when": "2025-06-01", "said_by": name,
             "place": "buenos-aires", "by": ["fr"], "agenda": name, "participants": [{"official": "macron"}, {"party": "in"}]}]});
        let said = desk.run(&["log", "-"], &entry.to_string());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    for arguments in [&[][..], &["--with", "travel"], &["--official", "modi", "--with", "travel"], &["--on", "2030-01-01"]] {
        let feed = exports_well(&desk, arguments);
        assert!(feed.contains("BEGIN:VTIMEZONE"), "exact times are among them");
    }
    // RFC 3987, section 3.1: the link of the source, in ASCII.
    let feed = exports_well(&desk, &["--meeting", "rome"]).replace("\r\n ", "");
    assert!(feed.contains("\r\nURL:https://example.org/%C3%BC?b=c,d&e=%7Bf%7D%7C100%25\r\n"), "{feed}");
}

#[test]
fn an_empty_log_is_exported_without_fault() {
    exports_well(&Desk::new(), &["--with", "travel"]);
}

/// The one log of the repository whose names nobody chose for a test.
#[test]
fn the_shipped_feed_with_another_line_end_is_one_error() {
    let desk = Desk::shipped();
    let feed = desk.ask("export ics").replace("\r\n", "\n");
    let said = desk.run(&["lint", "-"], &feed);
    assert_eq!((said.code, said.out.lines().count(), said.err.as_str()), (1, 1, "error: 1 error in 1 file\n"));
    assert!(said.out.starts_with("-:1: the line ends with LF alone, and so do "), "{}", said.out);
}

/// No log is opened, so a damaged one is no hindrance.
#[test]
fn a_damaged_log_does_not_keep_a_calendar_from_being_checked() {
    let desk = Desk::shipped();
    std::fs::write(desk.path("feed.ics"), desk.ask("export ics")).unwrap();
    std::fs::write(desk.path("events/000001.jsonl"), "no log\n").unwrap();
    assert_eq!(desk.ask("lint feed.ics"), "feed.ics: no fault found\n");
}

/// Nothing of a hostile file moves a cursor, in the sentence, in the name or in the count.
#[test]
fn what_a_hostile_file_says_is_shown_as_text() {
    let desk = Desk::bare();
    let hostile = "BEGIN:VCALENDAR\r\n\u{1b}[31mX:1\r\nBEGIN:\u{202e}V\r\nTRANSP\u{7}:1\r\nVERSION:\u{1b}]0;x\u{7}\u{202e}\r\n\
                   X;\u{9b}=1:2\r\nDTSTART;TZID=\u{1b}[2J:20250218T090000\r\nURL:http://a\u{202e}b\r\n";
    std::fs::write(desk.path("a\u{1b}[31m.ics"), hostile).unwrap();
    let said = desk.run(&["lint", "a\u{1b}[31m.ics"], "");
    assert_eq!(said.code, 1);
    for text in [&said.out, &said.err] {
        let moves = text.chars().find(|c| *c != '\n' && (c.is_control() || ('\u{202a}'..='\u{202e}').contains(c)));
        assert_eq!(moves, None, "{text:?}");
    }
    assert!(said.out.contains("a\\u{1b}[31m.ics:2:"), "{}", said.out);
}

/// A hundred are shown; programs are told of all, and of what was left out.
#[test]
fn many_faults_are_counted_and_not_all_shown() {
    let desk = Desk::bare();
    let calendar = |faults: usize| {
        let lines = "X-OK:1\r\nNO COLON\r\n".repeat(faults);
        format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{lines}BEGIN:X-A\r\nEND:X-A\r\nEND:VCALENDAR\r\n")
    };
    let said = desk.run(&["lint", "-"], &calendar(150));
    assert_eq!((said.code, said.out.lines().count()), (1, 101));
    assert!(said.out.ends_with("-: and 50 more faults\n"), "{}", said.out);
    assert_eq!(said.err, "error: 150 errors in 1 file\n");
    let said = desk.run(&["lint", "-", "--json"], &calendar(10_001));
    let document: Value = serde_json::from_str(&said.out).unwrap();
    let file = &document["files"][0];
    assert_eq!((&document["errors"], &file["left_out"]), (&json!(10_001), &json!(1)));
    assert_eq!(file["faults"].as_array().map(Vec::len), Some(10_000));
}

/// A file that is no calendar at all costs no more than its length.
#[test]
fn any_file_can_be_checked() {
    let desk = Desk::bare();
    for file in ["Cargo.lock", "LICENSE-APACHE", "events/000001.jsonl"] {
        let path = project().join(file);
        let said = desk.run(&["lint", path.to_str().unwrap()], "");
        assert_eq!(said.code, 1, "{file}");
        assert!(said.out.contains("the file holds no calendar"), "{file}: {}", said.out);
    }
}
