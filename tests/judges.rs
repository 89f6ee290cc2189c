//! Independent programs judge what is answered and exported. Where one cannot be had the test says so; `.ci/run` wants them all.

use std::ffi::OsStr;

use daybook::book::Book;
use daybook::projection::Scope;
use daybook::query::{ScheduleOptions, schedule};
use serde_json::json;

use crate::desk::Desk;
use crate::panel::tools;

/// A log with everything that a calendar can show wrongly: exact times in several zones, a clock change, vague dates, statuses, and text
/// that tries to be more than text.
fn awkward() -> Desk {
    Desk::new().at("2025-03-10T12:00:00Z").logged(&[
        "source --outlet \"A,B;C\" --published 2025-03-01 --url https://example.org/a?b=c,d",
        "official macron \"Emmanuel Macron\" --party fr --rank head_of_state",
        "official meloni \"Giorgia Meloni\" --party it --rank head_of_government",
        "official modi \"Narendra Modi\" --party in --rank head_of_government",
        "confirm rome --at Rome --when 2025-03-30T10:00/2025-03-30T12:30 --by fr --by it --principals macron,meloni",
        "confirm delhi --at \"New Delhi\" --when 2025-10-26T09:00 --by in --principals modi,macron --title \"Talks; with, marks\\nEND:VEVENT\"",
        "propose vague --at Paris --when \"[2025-04-01..2025-04-05]\" --principals macron,modi",
        "propose month --when 2025-05 --principals macron,modi",
        "propose undated --when soon --principals meloni,modi",
        "confirm off --at Paris --when 2025-04-10 --by fr --by it --principals macron,meloni",
        "cancel off --by it --reason \"an election\"",
        "confirm later --at Rome --when 2025-04-11/2025-04-13 --by fr --by it --principals macron,meloni",
        "postpone later --by fr",
        "held done --at Paris --when 2025-02-20 --principals macron,meloni --outcome \"überall 🕊 Frieden\"",
        "travel macron --to Rome --from Paris --depart 2025-03-29T22:00[Europe/Paris] --arrive 2025-03-30T00:10",
        "presence modi --at \"New York\" --when 2025-11-01/2025-11-03",
    ])
}

#[test]
fn other_libraries_read_from_the_feed_what_the_schedule_says() {
    for (desk, events) in [(Desk::shipped(), 3), (awkward(), 7)] {
        for with_travel in [false, true] {
            judged(&desk, with_travel, events);
        }
    }
}

/// Holds an export against the schedule, as other libraries read it; at least so many meetings are in it.
fn judged(desk: &Desk, with_travel: bool, meetings: usize) {
    let book = Book::open(&desk.path("events")).unwrap();
    let mut options = ScheduleOptions::new(book.log().id().to_string(), desk.now);
    options.with_travel = with_travel;
    let on = chrono::NaiveDate::from_ymd_opt(2025, 2, 17).unwrap();
    let schedule = schedule(book.claims(), Scope::default(), on, &options);
    assert!(schedule.items.len() >= meetings + if with_travel { 2 } else { 0 }, "{}", schedule.items.len());
    std::fs::write(desk.path("expected.json"), serde_json::to_string(&schedule).unwrap()).unwrap();
    let travel = if with_travel { " --with travel" } else { "" };
    assert_eq!(desk.ask(&format!("export ics --on 2025-02-17 -o feed.ics{travel}")), "");
    let (expected, feed) = (desk.path("expected.json"), desk.path("feed.ics"));
    let Some(judged) = tools::judged_by("calendars.py", &[expected.as_os_str(), feed.as_os_str()]) else { return };
    let said = tools::said(&judged);
    if said.contains("icalendar: not installed") {
        eprintln!("not judged: python's icalendar is not installed");
        return;
    }
    assert!(judged.status.success() && said.contains("ok"), "{said}");
}

/// A log that is awkward in a table too: names and sources that are more than a cell, or would be a formula, and a place west and south
/// of zero. The door lets no control character into a name, but into a source.
fn hostile() -> Desk {
    let desk = awkward();
    let names = [
        "=HYPERLINK(\"https://evil.example\",\"x\")",
        "+1",
        "-2+3",
        "@SUM(A1)",
        "＝1",
        "\"quoted\", with commas; and; semicolons",
        "🕊 mir",
        "'apostrophe",
    ];
    let sources = ["\t=1", "\r\n=1", "two\nlines\r\nand\u{2028}more", "\u{1b}[31mred\u{7}", "\u{202e}turned", "-Wire, \"Inc\"\n"];
    for (at, name) in names.iter().chain(&sources).enumerate() {
        let title = if at < names.len() { *name } else { "talks" };
        let entry = serde_json::json!({"source": {"outlet": name, "published": "2025-03-02"}, "events": [
            {"kind": "official", "official": "plus", "name": "+meloni", "party": "it"},
            {"kind": "meeting_proposed", "meeting": format!("hostile-{at}"), "title": title, "when": "2025-06-01", "said_by": name,
             "place": "buenos-aires", "by": ["fr"],
             "participants": [{"official": "macron"}, {"official": "plus"}, {"party": "in"}]}]});
        let said = desk.run(&["log", "-"], &entry.to_string());
        assert_eq!(said.code, 0, "{}", said.err);
    }
    desk
}

#[test]
fn other_programs_read_from_the_table_what_questions_answer() {
    for (desk, on) in [(Desk::shipped(), "2025-02-17"), (Desk::shipped(), "2025-03-01"), (hostile(), "2025-04-03")] {
        let Some(said) = judged_by("tables.py", &[desk.path("events").as_os_str(), on.as_ref()]) else { return };
        assert!(said.contains("csv: ok") && said.contains("json: ok"), "{said}");
    }
}

/// Runs a script on the program; `None` where there is no python, or no zones for it, and no judge is wanted.
fn judged_by(script: &str, arguments: &[&OsStr]) -> Option<String> {
    let program = OsStr::new(env!("CARGO_BIN_EXE_daybook"));
    let judged = tools::judged_by(script, &[&[program], arguments].concat())?;
    let said = tools::said(&judged);
    if said.contains("No time zone found") {
        eprintln!("not judged: python has no time zones");
        return None;
    }
    assert!(judged.status.success(), "{said}");
    Some(said)
}

/// The model was written from the documents by somebody who had not read the program; both answer the same random histories.
#[test]
fn an_independent_model_gives_the_same_answers() {
    judged_by("model.py", &["--seed".as_ref(), "70060".as_ref(), "--count".as_ref(), "20".as_ref()]);
}

#[test]
fn changes_are_the_difference_of_the_answers_at_both_moments() {
    let desk = Desk::shipped();
    judged_by("changes.py", &[desk.path("events").as_os_str()]);
    judged_by("changes.py", &["--random".as_ref(), "100".as_ref(), "12".as_ref()]);
}

/// The script knows the format and not the program: it damages copies of a log, and holds what is said and mended against the bytes.
#[test]
fn whatever_is_done_to_a_copy_is_found_and_mended() {
    let desk = (1..=30).fold(Desk::new(), |desk, n| {
        // Each is a write of its own, at its own time.
        let desk = desk.at(&format!("2025-02-17T12:00:{n:02}Z"));
        let entry = json!({"source": {"outlet": format!("Wire {n}"), "published": "2025-02-16"}, "events": [
            {"kind": "official", "official": format!("minister-{n}"), "name": format!("Łukasz “Minister” {n}"), "party": "pl"},
            {"kind": "statement", "speaker": format!("minister-{n}"), "text": "word by word, 1234567 and 🕊 ".repeat(1 + n % 7)},
        ]});
        let said = desk.run(&["log", "-"], &entry.to_string());
        assert_eq!(said.code, 0, "{}", said.err);
        desk
    });
    let log = desk.path("events");
    let Some(said) = judged_by("damage.py", &[log.as_os_str(), "--count".as_ref(), "300".as_ref()]) else { return };
    assert!(said.contains("300 damaged copies, 0 not as they should be"), "{said}");
}
