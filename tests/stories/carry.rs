//! What is presumed after a stop of which nobody said when it ended (rules 18 to 21), and what is known when nothing is.

use serde_json::{Value, json};

use super::{NONE, desk};
use crate::desk::Desk;

/// Rubio was in Ankara on the 10th (entry 2).
fn in_ankara() -> Desk {
    desk().told("2025-05-10", "presence rubio --at ankara --when 2025-05-10")
}

#[test]
fn a_stop_of_unknown_end_is_presumed_to_last_three_days() {
    let desk = in_ankara();
    assert_eq!(desk.there("rubio --on 2025-05-09"), NONE);
    for day in 11..=13 {
        assert_eq!(desk.there(&format!("rubio --on 2025-05-{day}")), ["ankara presumed"]);
    }
    assert_eq!(desk.there("rubio --on 2025-05-14"), NONE);
    let carried = &desk.json("where rubio --on 2025-05-12")["presences"][0];
    assert_eq!(carried["basis"], "carried");
    assert_eq!(
        (&carried["from"], &carried["to"]),
        (&json!("2025-05-10"), &json!("2025-05-10")),
        "rule 19: the last day reported"
    );
}

#[test]
fn the_days_of_the_carry_can_be_asked_for() {
    let desk = in_ankara();
    assert_eq!(desk.there("rubio --on 2025-05-11 --carry 1"), ["ankara presumed"]);
    assert_eq!(desk.there("rubio --on 2025-05-12 --carry 1"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-11 --carry 0"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-20 --carry 10"), ["ankara presumed"]);
}

#[test]
fn unknown_is_an_answer_with_the_last_stop_and_its_age() {
    let answer = in_ankara().json("where rubio --on 2025-05-14");
    assert_eq!((&answer["presences"], &answer["legs"]), (&json!([]), &json!([])));
    assert_eq!(answer["last_known"], json!({"place": "ankara", "name": "Ankara", "on": "2025-05-10", "days_ago": 4}));
    assert_eq!(answer["next"], json!({"leg": null, "meeting": null}));
    assert_eq!(in_ankara().json("where lavrov --on 2025-05-10")["last_known"], Value::Null);
}

#[test]
fn a_given_end_carries_nothing() {
    let desk = desk().told("2025-05-10", "presence rubio --at ankara --when 2025-05-09/2025-05-10");
    assert_eq!(desk.there("rubio --on 2025-05-11"), NONE);
    assert_eq!(desk.json("where rubio --on 2025-05-11")["last_known"]["on"], "2025-05-10");
}

#[test]
fn rule_19_exact_times_and_meetings_do_not_tell_when_a_stop_ends() {
    let exact = desk().told("2025-05-10", "presence rubio --at ankara --when 2025-05-10T09:00/2025-05-10T11:00");
    assert_eq!(exact.there("rubio --on 2025-05-11"), ["ankara presumed"]);
    let meeting =
        desk().told("2025-05-02", "confirm talks --when 2025-05-10 --at ankara --by us --by ru --principals rubio,lavrov");
    assert_eq!(meeting.there("lavrov --on 2025-05-10"), ["ankara confirmed"]);
    // The day asked about is past the meeting's window: lapsed, hence uncertain, hence not carried.
    assert_eq!(meeting.there("lavrov --on 2025-05-11"), NONE);
    let held = meeting.told("2025-05-11", "held talks");
    assert_eq!(held.there("lavrov --on 2025-05-11"), ["ankara presumed"]);
}

#[test]
fn an_open_interval_is_observed_up_to_publication_and_carried_from_there() {
    let desk = desk().told("2025-05-12", "presence rubio --at ankara --when 2025-05-10/..");
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["ankara observed"]);
    assert_eq!(desk.there("rubio --on 2025-05-15"), ["ankara presumed"]);
    assert_eq!(desk.there("rubio --on 2025-05-16"), NONE);
}

#[test]
fn a_departure_ends_it() {
    let desk = in_ankara().told("2025-05-11", "travel rubio --to riyadh --depart 2025-05-12 --arrive 2025-05-13");
    assert_eq!(desk.there("rubio --on 2025-05-11"), ["ankara presumed"]);
    assert_eq!(desk.there("rubio --on 2025-05-12"), NONE, "in transit");
    assert_eq!(desk.there("rubio --on 2025-05-13"), ["riyadh planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-14"), ["riyadh presumed"], "the end is not known: carried from there");
}

#[test]
fn an_arrival_elsewhere_ends_it() {
    let desk = in_ankara().told("2025-05-12", "presence rubio --at riyadh --when 2025-05-12");
    assert_eq!(desk.there("rubio --on 2025-05-11"), ["ankara presumed"]);
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["riyadh observed"]);
    assert_eq!(desk.there("rubio --on 2025-05-13"), ["riyadh presumed"]);
}

#[test]
fn an_absence_ends_it() {
    let desk = in_ankara().told("2025-05-11", "absence rubio --at ankara --when 2025-05-12");
    assert_eq!(desk.there("rubio --on 2025-05-11"), ["ankara presumed"]);
    assert_eq!(desk.there("rubio --on 2025-05-12"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-13"), NONE);
}

#[test]
fn rule_20_a_stop_made_only_of_uncertain_days_neither_carries_nor_ends_a_carry() {
    let desk = in_ankara().told("2025-05-11", "presence rubio --at riyadh --when 2025-05-11?");
    assert_eq!(desk.there("rubio --on 2025-05-11"), ["riyadh uncertain"], "only on days with no other presence");
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["ankara presumed"]);
    assert_eq!(desk.json("where rubio --on 2025-05-12")["last_known"]["place"], "ankara", "rule 27");
}

#[test]
fn rule_20_of_two_stops_with_the_same_last_day_each_is_carried_and_a_given_end_stops_only_its_own() {
    let both = in_ankara().told("2025-05-10", "presence rubio --at doha --when 2025-05-10");
    let mut there = both.there("rubio --on 2025-05-11");
    there.sort();
    assert_eq!(there, ["ankara presumed", "doha presumed"]);
    let one = in_ankara().told("2025-05-10", "presence rubio --at doha --when 2025-05-09/2025-05-10");
    assert_eq!(one.there("rubio --on 2025-05-11"), ["ankara presumed"]);
}

#[test]
fn rule_21_on_its_last_day_only_a_leg_from_there_or_from_nowhere_ends_it() {
    let from = |origin: &str| {
        let desk = in_ankara().told("2025-05-11", &format!("travel rubio --to doha {origin} --depart 2025-05-10"));
        let mut there = desk.there("rubio --on 2025-05-11");
        there.sort();
        there
    };
    assert_eq!(from("--from ankara"), ["doha presumed"]);
    assert_eq!(from(""), ["doha presumed"]);
    assert_eq!(from("--from riyadh"), ["ankara presumed", "doha presumed"]);
}

#[test]
fn last_known_is_before_the_day_and_next_is_after_it() {
    let desk = in_ankara()
        .told("2025-05-11", "travel rubio --to riyadh --depart 2025-05-16")
        .told("2025-05-11", "confirm talks --when 2025-05-20 --at doha --by us --principals rubio,lavrov");
    let answer = desk.json("where rubio --on 2025-05-14");
    assert_eq!(answer["next"]["leg"]["to"], "riyadh");
    assert_eq!(answer["next"]["leg"]["from"], "ankara", "where nothing was reported, the last known stop");
    assert_eq!(answer["next"]["meeting"], "talks");
    let on_the_way = desk.json("where rubio --on 2025-05-16");
    assert_eq!((&on_the_way["next"]["leg"], &on_the_way["next"]["meeting"]), (&Value::Null, &json!("talks")));
    assert_eq!(on_the_way["last_known"]["place"], "ankara");
}
