//! What changed since a moment: before, after, and the event that caused it. `tests/judges/changes.py` holds the same answers against the
//! difference of the answers at both moments.

use serde_json::Value;

use super::desk;
use crate::desk::Desk;

/// What changed about one subject, as `what field: before -> after (cause)`.
fn changed(desk: &Desk, question: &str, subject: &str) -> Vec<String> {
    let answer = desk.json(&format!("changes {question}"));
    let changes = answer["changes"].as_array().unwrap().iter();
    let own = changes.filter(|one| one["subject"]["meeting"] == subject || one["subject"]["official"] == subject);
    own.map(|one| {
        let field = one["field"].as_str().map_or_else(String::new, |field| format!(" {field}"));
        format!("{}{field}: {} -> {} ({})", word(&one["what"]), value(&one["before"]), value(&one["after"]), word(&one["cause"]))
    })
    .collect()
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// A value in a few words: a date, a status, the place, those on a list, stays and journeys.
fn value(one: &Value) -> String {
    match one {
        Value::Null => "-".to_owned(),
        Value::String(text) => text.clone(),
        Value::Array(list) => list.iter().map(item).collect::<Vec<_>>().join(", "),
        Value::Object(fields) if fields.contains_key("status") => {
            format!("{} {}", word(&one["status"]), one["when"].as_str().unwrap_or("undated"))
        }
        Value::Object(_) => format!("{}{}", word(&one["place"]), if one["place_doubtful"] == true { "?" } else { "" }),
        Value::Bool(_) | Value::Number(_) => panic!("no value of a change: {one}"),
    }
}

fn item(one: &Value) -> String {
    if one["arrive"].is_string() || one["depart"].is_string() {
        return format!("to {} {}", word(&one["to"]), word(&one["standing"]));
    }
    if let Some(standing) = one["standing"].as_str() {
        return format!("{} {}..{} {standing}", word(&one["place"]), word(&one["from"]), word(&one["to"]));
    }
    match one["attendance"].as_str() {
        Some(attendance) => format!("{} {attendance}", one["official"].as_str().unwrap_or("?")),
        None => word(&one["party"]).to_owned(),
    }
}

/// A desk with talks on the 20th that one side confirmed on the 2nd (entry 2).
fn talks() -> Desk {
    desk().at("2025-05-02T12:00:00Z").logged(&[
        "source --outlet Wire --published 2025-05-02",
        "confirm talks --at riyadh --when 2025-05-20 --by us --principals rubio,lavrov",
    ])
}

/// The same, with what an outlet published on the 5th (entry 3).
fn then(lines: &[&str]) -> Desk {
    let all: Vec<&str> = ["source --outlet Gazette --published 2025-05-05"].iter().chain(lines).copied().collect();
    talks().at("2025-05-05T12:00:00Z").logged(&all)
}

#[test]
fn a_meeting_that_was_not_there_is_new_and_is_one_change() {
    assert_eq!(changed(&talks(), "--since 2025-05-01", "talks"), ["new: - -> scheduled 2025-05-20 (2.1)"]);
    assert_eq!(changed(&talks(), "--since 2025-05-02", "talks"), [""; 0], "the end of that day is after the report");
}

#[test]
fn another_day_is_a_move_a_day_within_the_window_is_firmer_and_around_it_weaker() {
    for (when, what) in [("2025-05-21", "moved"), ("2025-05-20T10:00", "firmer"), ("[2025-05-19..2025-05-22]", "weaker")] {
        let desk = then(&[&format!("change talks --when {when}")]);
        let found = changed(&desk, "--since 2025-05-04", "talks");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].starts_with(&format!("{what} when: 2025-05-20 -> ")) && found[0].ends_with("(3.1)"), "{found:?}");
    }
}

#[test]
fn a_yes_more_is_firmer_and_a_no_weaker_field_by_field() {
    assert_eq!(
        changed(&then(&["confirm talks --by ru"]), "--since 2025-05-04", "talks"),
        ["firmer status: scheduled -> confirmed (3.1)", "firmer confirmed_by: us -> us, ru (3.1)"]
    );
    assert_eq!(
        changed(&then(&["decline talks --by us"]), "--since 2025-05-04", "talks"),
        ["weaker status: scheduled -> at_risk (3.1)", "weaker confirmed_by: us -> - (3.1)", "weaker declined_by: - -> us (3.1)"]
    );
}

#[test]
fn held_and_cancelled_are_said_in_their_own_words() {
    assert_eq!(
        changed(&then(&["cancel talks --by us"]), "--since 2025-05-04", "talks"),
        ["cancelled status: scheduled -> cancelled (3.1)", "weaker confirmed_by: us -> - (3.1)"]
    );
    assert_eq!(
        changed(&then(&["held talks --when 2025-05-04"]), "--since 2025-05-04", "talks"),
        ["held status: scheduled -> held (3.1)", "moved when: 2025-05-20 -> 2025-05-04 (3.1)"]
    );
}

#[test]
fn those_who_come_and_go_are_participants() {
    assert_eq!(
        changed(&then(&["change talks --delegation waltz --uncertain lavrov"]), "--since 2025-05-04", "talks"),
        ["participants participants: rubio expected, lavrov expected -> rubio expected, lavrov uncertain, waltz expected (3.1)"]
    );
}

#[test]
fn a_report_that_is_taken_back_retracts_what_rested_on_it() {
    assert_eq!(
        changed(&then(&["retract 2 --reason source_withdrawn"]), "--since 2025-05-04", "talks"),
        ["retracted: scheduled 2025-05-20 -> - (3.1)"]
    );
    assert_eq!(
        changed(&then(&["retract 2 --reason source_withdrawn"]), "--since 2025-05-04", "rubio"),
        ["retracted stays: riyadh 2025-05-20..2025-05-20 planned -> - (3.1)"]
    );
}

/// A desk's own slip of the pen was never public: by the published clock it was never there, by the log's own clock it was.
#[test]
fn a_typo_that_is_retracted_is_a_change_only_by_the_clock_of_the_log() {
    let desk = then(&["retract 2.1 --reason typo"]);
    assert_eq!(changed(&desk, "--since 2025-05-04", "talks"), [""; 0]);
    assert_eq!(changed(&desk, "--clock recorded --since 2", "talks"), ["retracted: scheduled 2025-05-20 -> - (3.1)"]);
}

#[test]
fn a_meeting_that_moves_moves_those_who_go_there() {
    let desk = then(&["change talks --when 2025-05-22 --at ankara"]);
    assert_eq!(
        changed(&desk, "--since 2025-05-04", "lavrov"),
        ["moved stays: riyadh 2025-05-20..2025-05-20 planned -> ankara 2025-05-22..2025-05-22 planned (3.1)"]
    );
}

#[test]
fn a_journey_that_replaces_another_is_one_move() {
    let desk = desk().logged(&["source --outlet Wire --published 2025-05-01", "travel rubio --to riyadh --depart 2025-05-08"]);
    let desk = desk.at("2025-05-05T12:00:00Z").logged(&[
        "source --outlet Gazette --published 2025-05-05",
        "travel rubio --to ankara --depart 2025-05-10 --replaces 2.1",
    ]);
    assert_eq!(
        changed(&desk, "--since 2025-05-04", "rubio"),
        [
            "moved stays: riyadh 2025-05-08..2025-05-08 planned -> ankara 2025-05-10..2025-05-10 planned (3.1)",
            "moved journeys: to riyadh planned -> to ankara planned (3.1)",
        ]
    );
}

#[test]
fn a_plan_that_came_true_is_firmer_and_one_that_is_off_is_cancelled() {
    let planned = || {
        desk().logged(&["source --outlet Wire --published 2025-05-01", "presence rubio --at riyadh --when 2025-05-03/2025-05-04"])
    };
    let seen = planned()
        .at("2025-05-05T12:00:00Z")
        .logged(&["source --outlet Gazette --published 2025-05-05", "presence rubio --at riyadh --when 2025-05-03/2025-05-05"]);
    assert_eq!(
        changed(&seen, "--since 2025-05-04", "rubio"),
        ["firmer stays: riyadh 2025-05-03..2025-05-04 planned -> riyadh 2025-05-03..2025-05-05 observed (3.1)"]
    );
    let off =
        planned().at("2025-05-02T12:00:00Z").logged(&["source --outlet Gazette --published 2025-05-02", "cancel-travel 2.1"]);
    assert_eq!(
        changed(&off, "--since 2025-05-01", "rubio"),
        ["cancelled stays: riyadh 2025-05-03..2025-05-04 planned -> - (3.1)"]
    );
}

/// An entry is one act: what one of its events says and a later one of the same moment outdoes is not the cause.
#[test]
fn the_cause_is_the_report_that_brought_the_value_to_what_it_is() {
    let desk = then(&["change talks --when 2025-05-21"])
        .at("2025-05-06T12:00:00Z")
        .logged(&["source --outlet Wire --published 2025-05-06", "change talks --when 2025-05-23"]);
    assert_eq!(changed(&desk, "--since 2025-05-04", "talks"), ["moved when: 2025-05-20 -> 2025-05-23 (4.1)"]);
    assert_eq!(changed(&desk, "--since 2025-05-05", "talks"), ["moved when: 2025-05-21 -> 2025-05-23 (4.1)"]);
}

#[test]
fn there_and_back_again_is_no_change() {
    let desk = then(&["change talks --when 2025-05-21"])
        .at("2025-05-06T12:00:00Z")
        .logged(&["source --outlet Wire --published 2025-05-06", "change talks --when 2025-05-20"]);
    assert_eq!(changed(&desk, "--since 2025-05-04", "talks"), [""; 0]);
}

#[test]
fn what_was_public_before_and_logged_since_is_listed_apart() {
    let desk = then(&["confirm talks --by ru"])
        .at("2025-05-09T12:00:00Z")
        .logged(&["source --outlet Archive --published 2025-05-03", "presence waltz --at doha --when 2025-05-03"]);
    let answer = desk.json("changes --since 2025-05-08");
    assert_eq!(answer["changes"], serde_json::json!([]), "it was public before");
    let late = &answer["late"][0];
    assert_eq!((late["entry"].as_u64(), word(&late["source"]), word(&late["published"])), (Some(4), "Archive", "2025-05-03"));
    assert_eq!(answer["late"].as_array().unwrap().len(), 1);
    // By the clock of the log it is a change like any other.
    assert_eq!(
        changed(&desk, "--clock recorded --since 2025-05-08", "waltz"),
        ["new stays: - -> doha 2025-05-03..2025-05-03 observed (4.1)"]
    );
    assert_eq!(desk.json("changes --since 2025-05-02")["late"], serde_json::json!([]), "it was not public yet");
}

#[test]
fn passing_time_changes_nothing_by_itself() {
    let desk = talks();
    assert_eq!(changed(&desk, "--since 2025-05-10 --on 2025-06-01", "talks"), [""; 0], "it has lapsed, and no report says so");
}

#[test]
fn who_acts_for_whom_can_change_an_answer_too() {
    let desk = talks().at("2025-05-05T12:00:00Z").logged(&["official lavrov --party cn"]);
    let found = changed(&desk, "--clock recorded --since 2", "talks");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("participants participants: ") && found[0].ends_with("(3.1)"), "{found:?}");
}

#[test]
fn a_moment_that_is_none_is_refused_with_what_to_type() {
    let desk = talks();
    for (question, says) in [
        ("changes --since 2", "add --clock recorded"),
        ("changes --clock recorded --since 9", "the log ends with entry 2"),
        ("changes --since someday", "someday"),
        ("changes", "--since"),
    ] {
        let said = desk.run(&question.split(' ').collect::<Vec<_>>(), "");
        assert!(said.code > 0 && said.err.contains(says), "{question}: {}", said.err);
    }
}

/// The year was mistyped: the correction is told at once.
#[test]
fn a_stay_of_thousands_of_years_is_corrected_at_once() {
    let desk = desk()
        .told("2025-05-01", "presence rubio --at ankara --when 2025-05-03/9025-05-05")
        .told("2025-05-02", "presence rubio --at ankara --when 2025-05-03/2025-05-05 --replaces 2.1");
    let begun = std::time::Instant::now();
    let changes = desk.json("changes --since 2 --clock recorded --on 2025-05-02")["changes"].clone();
    assert_eq!((&changes[0]["what"], &changes[0]["cause"]), (&"weaker".into(), &"3.1".into()), "{changes}");
    assert!(begun.elapsed().as_secs() < 2, "{:?}", begun.elapsed());
}

/// The place of departure that one report leaves out is found to be the one that the other gives.
#[test]
fn of_two_journeys_in_the_same_terms_the_new_one_is_the_cause() {
    let desk = desk()
        .told("2025-05-01", "presence rubio --at ankara --when 2025-05-02")
        .told("2025-05-01", "travel rubio --to riyadh --depart 2025-05-03")
        .logged(&[
            "source --outlet Court --published 2025-05-01",
            "travel rubio --to riyadh --from ankara --depart 2025-05-03",
            "presence rubio --at doha --when 2025-05-09",
        ]);
    let changes = desk.json("changes --since 3 --clock recorded --on 2025-05-02")["changes"].clone();
    let journeys: Vec<_> = changes.as_array().unwrap().iter().filter(|one| one["field"] == "journeys").collect();
    assert!(journeys.len() == 1 && journeys[0]["cause"] == "4.1", "{journeys:?}");
}
