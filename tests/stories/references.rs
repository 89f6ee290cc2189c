//! `last`: the last entry of the log, wherever a reference is taken.

use serde_json::json;

use super::{NONE, desk};
use crate::desk::Desk;

/// Entry 2: Rubio is in Ankara; Lavrov flies to Ankara on the 3rd. The places that the program adds stand behind.
fn told() -> Desk {
    desk().at("2025-05-02T12:00:00Z").logged(&[
        "source --outlet Wire --published 2025-05-02",
        "presence rubio --at ankara --when 2025-05-02",
        "travel lavrov --to ankara --depart 2025-05-03",
    ])
}

const RUBIO: &str = "rubio --on 2025-05-02";
const LAVROV: &str = "lavrov --on 2025-05-03";

#[test]
fn on_the_command_line() {
    let desk = told();
    assert_eq!(
        desk.ask("retract last.2 --reason typo").lines().nth(1),
        Some("  3.1  Report 2.2 is taken back: it was written down wrongly")
    );
    assert_eq!((desk.there(RUBIO), desk.there(LAVROV)), (vec!["ankara observed".to_owned()], vec![]));
    desk.ask("retract last --reason identity");
    assert_eq!(desk.there(LAVROV), ["ankara planned"], "the retraction was the last entry");
    let desk = told();
    desk.ask("log presence rubio --at doha --when 2025-05-02 --replaces last.1");
    assert_eq!(desk.there(RUBIO), ["doha observed"]);
    let desk = told();
    desk.ask("log cancel-travel last.2");
    assert_eq!(desk.there(LAVROV), NONE);
}

#[test]
fn in_words_files_and_in_json() {
    let desk = told().logged(&["cancel-travel last.2", "presence rubio --at doha --when 2025-05-02 --replaces last.1"]);
    assert_eq!((desk.there(RUBIO), desk.there(LAVROV)), (vec!["doha observed".to_owned()], vec![]));
    for (of, left) in [("last", 0), ("last.2", 1)] {
        let desk = told();
        let entry = json!({"events": [{"kind": "retraction", "of": [of], "reason": "wrong"}]});
        assert_eq!(desk.run(&["log", "-"], &entry.to_string()).code, 0);
        assert_eq!((desk.there(RUBIO).len(), desk.there(LAVROV).len()), (left, 0), "{of}");
    }
    let desk = told();
    let entry = json!({"events": [{"kind": "presence", "officials": ["rubio"], "place": "Ankara", "when": "2025-05-01", "replaces": ["last.1"]}]});
    assert_eq!(desk.run(&["log", "-"], &entry.to_string()).code, 0);
    assert_eq!(desk.json("explain last")["deciding"][0]["says"]["replaces"], json!(["2.1"]));
    // A file of many entries means the log as it was before.
    let lines = [1, 2].map(|day| json!({"events": [{"kind": "absence", "officials": ["waltz"], "place": "Ankara", "when": format!("2025-05-0{day}"), "replaces": ["last.1"]}]}).to_string());
    let said = desk.run(&["import", "-"], &lines.join("\n"));
    assert_eq!(said.code, 0, "{}", said.err);
    assert_eq!(desk.json("explain last")["deciding"][0]["says"]["replaces"], json!(["3.1"]));
}

#[test]
fn in_questions() {
    let desk = told();
    assert_eq!(desk.json("explain last")["deciding"][0]["event"], "2.1");
    assert_eq!(desk.json("explain last.2")["deciding"][0]["event"], "2.2");
    desk.ask("retract last --reason typo");
    assert_eq!(desk.json("where rubio --as-of last")["clocks"]["as_of"], 3);
    assert_eq!(desk.there(&format!("{RUBIO} --as-of last")), NONE);
    assert_eq!(desk.there(&format!("{RUBIO} --as-of 2")), ["ankara observed"]);
}

#[test]
fn where_there_is_none() {
    for question in ["retract last --reason typo", "explain last", "where --as-of last", "log cancel-travel last.1"] {
        let said = Desk::new().run(&question.split(' ').collect::<Vec<_>>(), "");
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{question}");
    }
    let said = told().refused("retract last.9 --reason typo");
    assert!(said.err.starts_with("error: there is no event 2.9: entry 2 has 4 events\n"), "{}", said.err);
    for wrong in ["last.", "last.0", "+last", "latest", "last.1.1"] {
        let said = told().refused(&format!("retract {wrong} --reason typo"));
        assert!(said.err.starts_with(&format!("error: \"{wrong}\" is no reference\n")), "{}", said.err);
    }
}

#[test]
fn a_retraction_without_a_reason_says_which_there_are() {
    let reasons = "hint: --reason wrong: the source was wrong\n      --reason source_withdrawn: the source withdrew its story\n      \
                   --reason typo: it was written down wrongly\n      --reason identity: one was taken for another\n      \
                   --reason duplicate: it was there already\n";
    let said = told().refused("retract last");
    assert_eq!(said.err, format!("error: retraction needs `reason`\n{reasons}"));
    let said = told().refused("retract last --reason oops");
    assert!(said.err.ends_with(reasons), "{}", said.err);
    let said = told().log(&["retract last"]);
    assert!(said.err.contains(reasons), "{}", said.err);
}
