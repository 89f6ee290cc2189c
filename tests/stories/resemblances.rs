//! What `log` says of a development that is there already: a warning with a line to type, never a refusal.

use serde_json::Value;

use super::{desk, text};
use crate::desk::Desk;

const TALKS: &str = "confirm talks --when 2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov";

fn entry(day: &str, line: &str) -> Vec<String> {
    vec![format!("source --outlet Wire --published {day}"), line.to_owned()]
}

/// What an entry of an outlet would resemble; it must be admitted.
fn resembles(desk: &Desk, outlet: &str, line: &str) -> Vec<Value> {
    let entry = format!("source --outlet {outlet} --published 2025-05-04\n{line}\n");
    let said = desk.run(&["log", "-", "--dry-run", "--json"], &entry);
    assert_eq!(said.code, 0, "{}", said.err);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    let found = answer["resembles"].as_array().unwrap().clone();
    for hint in found.iter().map(|one| text(&one["hint"])).filter(|hint| hint.contains("`daybook ")) {
        // The entry itself is not there yet.
        super::findings::try_hint(desk, &hint.replace(&format!(" --replaces {}.1`", answer["entry"]), "`"));
    }
    found
}

fn quiet(desk: &Desk, outlet: &str, line: &str) {
    assert_eq!(resembles(desk, outlet, line), Vec::<Value>::new(), "{line}");
}

/// Event, sentence and hint of the only resemblance.
fn only(desk: &Desk, outlet: &str, line: &str) -> [String; 3] {
    let found = resembles(desk, outlet, line);
    assert_eq!(found.len(), 1, "{line}: {found:?}");
    ["event", "says", "hint"].map(|field| text(&found[0][field]))
}

#[test]
fn a_new_meeting_that_looks_like_an_older_one() {
    let desk = desk().told("2025-05-02", TALKS);
    let again = "propose rubio-lavrov --when 2025-05-21 --by ru --principals rubio,lavrov";
    assert_eq!(
        only(&desk, "Wire", again),
        [
            "2.1",
            "2.1 (Wire, 2 May 2025) already tells of Rubio–Lavrov meeting (talks, 20 May 2025, in Ankara), which rubio-lavrov looks like",
            "if it is the same meeting: `daybook log propose talks --when 2025-05-21 --by ru --principals rubio,lavrov --outlet Wire \
         --published 2025-05-04`",
        ]
    );
    let said = desk.run(&["log", "propose", "talk", "--principals", "rubio,lavrov", "--dry-run"], "");
    assert_eq!((said.code, said.out.matches("talks").count() > 0), (0, true), "{}", said.out);
    assert!(said.out.contains("talk is a new meeting\n"), "said once: {}", said.out);
    for other in [
        "propose rubio-lavrov --when 2025-05-28 --principals rubio,lavrov",
        "propose rubio-fidan --when 2025-05-20 --principals rubio,fidan",
        "propose call --when 2025-05-20 --principals rubio,lavrov --level call",
        "confirm talks --by tr --principals fidan",
    ] {
        quiet(&desk, "Wire", other);
    }
}

#[test]
fn a_journey_that_is_there_already_can_be_updated_in_one_line() {
    let desk = desk().told("2025-05-02", "travel lavrov --to riyadh --depart 2025-05-10");
    let moved = "travel lavrov --to riyadh --depart 2025-05-11 --quote 'on Sunday'";
    assert_eq!(
        only(&desk, "TASS", moved),
        [
            "2.1",
            "2.1 (Wire, 2 May 2025) already says that Sergei Lavrov travels to Riyadh, 10 May 2025",
            "to update it: `daybook log travel lavrov --to riyadh --depart 2025-05-11 --quote \"on Sunday\" --outlet TASS \
         --published 2025-05-04 --replaces 2.1`",
        ]
    );
    let [.., hint] = only(&desk, "TASS", &format!("{moved}\ntravel rubio --to doha --depart 2025-05-12"));
    assert_eq!(hint, "to update it, add `--replaces 2.1` to that line");
    let written = desk.at("2025-05-04T12:00:00Z").run(&["log", "-"], &entry("2025-05-04", moved).join("\n"));
    assert!(written.out.replace("\n    ", " ").contains("--replaces 2.1 --replaces 3.1`"), "{}", written.out);
}

#[test]
fn an_update_takes_nobody_else_off_the_old_plan() {
    let desk = desk().told("2025-05-02", "travel lavrov rubio --to riyadh --depart 2025-05-10");
    let moved = "travel lavrov --to riyadh --depart 2025-05-11";
    let [.., hint] = only(&desk, "TASS", moved);
    assert_eq!(hint, "to update it: log it, then `daybook log cancel-travel 2.1 --stay rubio`");
    let desk = desk.told("2025-05-04", moved).told("2025-05-04", "cancel-travel 2.1 --stay rubio");
    assert_eq!(desk.there("lavrov --on 2025-05-10"), super::NONE);
    assert_eq!(
        (desk.there("rubio --on 2025-05-10"), desk.there("lavrov --on 2025-05-11")),
        (vec!["riyadh planned".to_owned()], vec!["riyadh planned".to_owned()])
    );
}

#[test]
fn a_second_source_is_welcome() {
    let desk = desk().told("2025-05-02", "travel lavrov --to riyadh --depart 2025-05-10");
    let again = "travel lavrov --to riyadh --depart 2025-05-10 --said-by Peskov";
    let [event, _, hint] = only(&desk, "TASS", again);
    assert_eq!((event.as_str(), hint.as_str()), ("2.1", "a second source is welcome: nothing to do"));
    let [.., hint] = only(&desk, "Wire", again);
    assert_eq!(hint, "if nothing is new, there is nothing to log");
}

#[test]
fn an_older_plan_never_takes_over_what_is_newer_or_was_seen() {
    let newer = desk().told("2025-05-08", "travel lavrov --to riyadh --depart 2025-05-10");
    let [.., hint] = only(&newer, "TASS", "travel lavrov --to riyadh --depart 2025-05-11");
    assert!(hint.starts_with("an earlier report of other days; if 2.1 is what became of them: log it, then"), "{hint}");
    let seen = desk().told("2025-05-03", "presence lavrov --at riyadh --when 2025-05-03/2025-05-06");
    let [.., hint] = only(&seen, "TASS", "travel lavrov --to riyadh --depart 2025-05-05");
    assert_eq!(hint, "a second source is welcome: nothing to do");
}

#[test]
fn news_resembles_nothing() {
    let desk = desk().told("2025-05-02", "travel lavrov --to riyadh --depart 2025-05-03");
    for news in [
        "presence lavrov --at riyadh --when 2025-05-03",
        "travel lavrov --to riyadh --depart 2025-05-06",
        "travel lavrov --to doha --depart 2025-05-03",
        "travel rubio --to riyadh --depart 2025-05-03",
        "travel lavrov --to riyadh --depart 2025-05-04 --replaces 2.1",
        "absence lavrov --at riyadh",
    ] {
        quiet(&desk, "Wire", news);
    }
    let stays = desk.told("2025-05-03", "presence lavrov --at riyadh --when 2025-05-03");
    quiet(&stays, "Wire", "presence lavrov --at riyadh --when 2025-05-04");
}

#[test]
fn the_same_word_of_the_same_party() {
    let desk = desk().told("2025-05-02", TALKS);
    assert_eq!(
        only(&desk, "TASS", "confirm talks --by ru --when 2025-05-20"),
        [
            "2.1",
            "2.1 (Wire, 2 May 2025) already says that Russia confirmed Rubio–Lavrov meeting",
            "a second source is welcome: nothing to do",
        ]
    );
    for news in [
        "confirm talks --by tr",
        "confirm talks --by ru --when 2025-05-21",
        "confirm talks --by ru --at doha",
        "confirm talks --by ru --delegation waltz",
        "decline talks --by ru",
        "held talks",
    ] {
        quiet(&desk, "TASS", news);
    }
    let off = desk.told("2025-05-03", "cancel talks");
    quiet(&off, "TASS", "confirm talks --by ru --by us");
}

#[test]
fn what_says_the_very_same_is_said_once() {
    let desk = desk().told("2025-05-02", "travel lavrov --to riyadh --depart 2025-05-10");
    let said =
        desk.run(&["log", "-", "--dry-run"], &entry("2025-05-02", "travel lavrov --to riyadh --depart 2025-05-10").join("\n"));
    assert_eq!(said.out.matches("but:").count(), 1, "{}", said.out);
    assert!(said.out.contains("but: entry 2 says the same, from the same source"), "{}", said.out);
}

#[test]
fn the_line_to_paste_keeps_embargo_and_source() {
    let desk = desk().told("2025-05-02", "travel rubio --to riyadh --depart 2025-05-10");
    let source = "source --outlet Desk --title 'Not yet' --author Ann --grade b2 --record r-1 --published 2025-05-04 --embargo 2026-12-01T06:00Z";
    let entry = format!("{source}\ntravel rubio --to riyadh --depart 2025-05-11 --quote='-5C, said he'\n");
    let said = desk.run(&["log", "-", "--dry-run", "--json"], &entry);
    let answer: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        answer["resembles"][0]["hint"],
        "to update it: `daybook log travel rubio --to riyadh --depart 2025-05-11 --quote=\"-5C, said he\" --outlet Desk --headline \"Not yet\" \
         --author Ann --published 2025-05-04 --grade B2 --record r-1 --embargo 2026-12-01T06:00:00.000Z --replaces 2.1`"
    );
}

#[test]
fn an_earlier_report_of_other_days_is_no_second_source_of_the_same() {
    let desk = desk().told("2025-05-02", "travel rubio --to riyadh --depart 2025-05-10");
    let told = |day: &str, on: &str| {
        let entry = format!("source --outlet Archive --published {on}\ntravel rubio --to riyadh --depart {day}\n");
        let said = desk.run(&["log", "-", "--dry-run", "--json"], &entry);
        let hint = text(&serde_json::from_str::<Value>(&said.out).unwrap()["resembles"][0]["hint"]);
        super::findings::try_hint(&desk, &hint.replace(" --replaces 3.1`", "`"));
        hint
    };
    assert_eq!(told("2025-05-10", "2025-05-01"), "a second source is welcome: nothing to do");
    assert_eq!(
        told("2025-05-09", "2025-05-01"),
        "an earlier report of other days; if 2.1 is what became of them: log it, then `daybook log travel rubio --to riyadh \
         --depart 2025-05-10 --outlet Wire --published 2025-05-02 --replaces 2.1 --replaces 3.1`"
    );
}

/// Two outlets told of one journey; the first moves it, and the second still says the old day.
#[test]
fn a_journey_that_moves_leaves_no_second_report_behind_unsaid() {
    let desk = desk()
        .told("2025-05-02", "travel rubio --to oslo --depart 2025-05-10")
        .told("2025-05-03", "travel rubio --to oslo --depart 2025-05-10");
    let log = |entry: &str| -> Value {
        let said =
            desk.run(&["log", "-", "--dry-run", "--json"], &format!("source --outlet Herald --published 2025-05-04\n{entry}\n"));
        serde_json::from_str(&said.out).unwrap()
    };
    let answer = log("travel rubio --to oslo --depart 2025-05-12 --replaces 2.1");
    assert_eq!(
        text(&answer["resembles"][0]["says"]),
        "3.1 (Wire, 3 May 2025) still says that Marco Rubio travels to Oslo, 10 May 2025"
    );
    let hint = text(&answer["resembles"][0]["hint"]);
    assert_eq!(
        hint,
        "to update it: `daybook log travel rubio --to oslo --depart 2025-05-12 --outlet Herald --published 2025-05-04 --replaces 2.1 \
         --replaces 3.1`"
    );
    super::findings::try_hint(&desk, &hint);
    assert_eq!(
        log("travel rubio --to oslo --depart 2025-05-10 --replaces 2.1")["resembles"],
        serde_json::json!([]),
        "the same day"
    );
    assert_eq!(
        log("travel rubio --to oslo --depart 2025-05-12 --replaces 2.1 --replaces 3.1")["resembles"],
        serde_json::json!([])
    );
}
