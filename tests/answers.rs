//! The answers that the shipped log must give, field by field, through `--json`.
//!
//! What was public on 17 February 2025 is the article; what the whole log holds is the Office of the Historian's record besides.

use serde_json::{Value, json};

use crate::desk::Desk;

fn places(answer: &Value) -> Vec<(&str, &str)> {
    let presences = answer["presences"].as_array().unwrap();
    presences.iter().map(|p| (p["place"].as_str().unwrap(), p["standing"].as_str().unwrap())).collect()
}

fn names(people: &Value) -> Vec<&str> {
    let mut names: Vec<&str> = people.as_array().unwrap().iter().map(|p| p["official"].as_str().unwrap()).collect();
    names.sort_unstable();
    names
}

/// The words of the event that a reference names, as the log has them.
fn explained(desk: &Desk, reference: &Value) -> Value {
    desk.json(&format!("explain {}", reference.as_str().unwrap()))["deciding"][0].clone()
}

#[test]
fn on_the_16th_rubio_was_in_jerusalem_and_met_netanyahu() {
    let answer = Desk::shipped().json("where rubio --on 2025-02-16");
    assert_eq!(places(&answer), [("jerusalem", "observed")]);
    assert_eq!(answer["presences"][0]["meeting"], "netanyahu-rubio");
    assert_eq!(answer["presences"][0]["zone"], "Asia/Jerusalem");
}

#[test]
fn on_the_17th_rubio_was_in_riyadh_as_the_public_knew_that_day() {
    let answer = Desk::shipped().json("where rubio --on 2025-02-17 --public-by 2025-02-17");
    assert_eq!(places(&answer), [("riyadh", "observed")]);
    assert_eq!(answer["last_known"], json!({"place": "jerusalem", "name": "Jerusalem", "on": "2025-02-16", "days_ago": 1}));
    assert_eq!(answer["clocks"], json!({"on": "2025-02-17", "as_of": null, "public_by": "2025-02-17T23:59:59.999Z"}));
    assert_eq!(answer["next"]["meeting"], "riyadh-talks");
}

#[test]
fn on_the_18th_he_was_to_be_at_the_confirmed_talks() {
    let desk = Desk::shipped();
    let answer = desk.json("where rubio --on 2025-02-18 --public-by 2025-02-17");
    assert_eq!(places(&answer), [("riyadh", "confirmed")]);
    let presence = &answer["presences"][0];
    assert_eq!((&presence["basis"], &presence["meeting"]), (&json!("meeting"), &json!("riyadh-talks")));
    assert_eq!((&presence["from"], &presence["to"]), (&json!("2025-02-17"), &json!("2025-02-18")));
    assert_eq!(presence["conflict"], false);
    let talks = desk.json("meeting riyadh-talks --on 2025-02-18 --public-by 2025-02-17");
    assert_eq!(talks["confirmed_by"], json!([{"party": "us", "voice": "White House"}, {"party": "ru", "voice": "Kremlin"}]));
}

#[test]
fn on_the_19th_he_was_presumed_to_be_still_there() {
    let answer = Desk::shipped().json("where rubio --on 2025-02-19 --public-by 2025-02-17");
    assert_eq!(places(&answer), [("riyadh", "presumed")]);
    assert_eq!((&answer["presences"][0]["basis"], &answer["presences"][0]["to"]), (&json!("carried"), &json!("2025-02-18")));
}

#[test]
fn the_record_of_the_historian_has_him_in_riyadh_and_abu_dhabi_that_day() {
    let desk = Desk::shipped();
    let answer = desk.json("where rubio --on 2025-02-19");
    assert_eq!(places(&answer), [("riyadh", "observed"), ("abu-dhabi", "observed")]);
    for presence in answer["presences"].as_array().unwrap() {
        let sources: Vec<Value> = presence["evidence"].as_array().unwrap().iter().map(|at| explained(&desk, at)).collect();
        assert!(sources.iter().any(|event| event["outlet"] == "Office of the Historian"));
        // A hand-over day is no conflict.
        assert_eq!(presence["conflict"], false);
    }
}

#[test]
fn lavrov_was_travelling_to_riyadh_and_there_from_then_on() {
    let desk = Desk::shipped();
    let answer = desk.json("where lavrov --on 2025-02-17 --public-by 2025-02-17");
    assert_eq!(places(&answer), [("riyadh", "planned")]);
    let leg = &answer["legs"][0];
    assert_eq!((&leg["to"], &leg["depart"], &leg["arrive"]), (&json!("riyadh"), &json!("2025-02-17"), &json!(null)));
    assert_eq!(leg["standing"], "planned");
    assert_eq!(explained(&desk, &leg["evidence"][0])["said_by"], "Dmitry Peskov");
}

#[test]
fn zelensky_was_to_travel_to_riyadh_as_a_spokesman_said_through_afp() {
    let desk = Desk::shipped();
    let answer = desk.json("where zelensky --on 2025-02-19 --public-by 2025-02-17");
    let leg = &answer["legs"][0];
    assert_eq!((&leg["to"], &leg["depart"], &leg["standing"]), (&json!("riyadh"), &json!("2025-02-19"), &json!("planned")));
    let report = explained(&desk, &leg["evidence"][0]);
    assert_eq!((&report["said_by"], &report["via"]), (&json!("a spokesman"), &json!("AFP")));
    assert_eq!(report["says"]["said"]["depart"], "Wednesday");
}

#[test]
fn the_table_of_the_18th_has_those_expected_and_apart_from_them_the_uncertain() {
    let answer = Desk::shipped().json("who riyadh --on 2025-02-18 --public-by 2025-02-17");
    assert_eq!(names(&answer["people"]), ["lavrov", "rubio", "ushakov", "waltz", "witkoff"]);
    assert_eq!(names(&answer["uncertain"]), ["putin", "trump"]);
    // A country includes its places.
    let country = Desk::shipped().json("who saudi-arabia --on 2025-02-18 --public-by 2025-02-17");
    assert_eq!(names(&country["people"]), names(&answer["people"]));
}

#[test]
fn two_meetings_were_pending_on_the_17th() {
    let answer = Desk::shipped().json("summits --public-by 2025-02-17");
    let meetings = answer["meetings"].as_array().unwrap();
    assert_eq!(meetings.len(), 2);
    let (talks, summit) = (&meetings[0], &meetings[1]);
    assert_eq!(
        (&talks["meeting"], &talks["status"], &talks["days_to_go"]),
        (&json!("riyadh-talks"), &json!("confirmed"), &json!(1))
    );
    assert_eq!((&talks["when"], &talks["silent"], &talks["slips"]), (&json!("2025-02-18"), &json!([]), &json!(0)));
    assert_eq!(talks["eventoccurstatus"], "eos5");
    assert_eq!(
        (&summit["meeting"], &summit["status"], &summit["level"]),
        (&json!("trump-putin"), &json!("proposed"), &json!("summit"))
    );
    assert_eq!((&summit["when"], &summit["said"]), (&json!(null), &json!("very soon")));
    assert_eq!((&summit["place"], &summit["place_doubtful"]), (&json!("saudi-arabia"), &json!(true)));
    assert_eq!(summit["silent"], json!(["us", "ru"]));
}

#[test]
fn by_march_the_talks_are_held_and_the_summit_still_pends() {
    let desk = Desk::shipped();
    let pending = desk.json("summits --on 2025-03-01");
    let ids: Vec<&str> = pending["meetings"].as_array().unwrap().iter().map(|m| m["meeting"].as_str().unwrap()).collect();
    assert_eq!(ids, ["trump-putin"]);
    let talks = desk.json("meeting riyadh-talks --on 2025-03-01");
    assert_eq!(talks["status"], "held");
    let last = talks["history"].as_array().unwrap().last().unwrap();
    assert_eq!((&last["kind"], &last["outlet"]), (&json!("meeting_held"), &json!("Office of the Historian")));
    // Those of whom it was unknown whether they would come, and whom the record does not name, are off the list.
    let people: Vec<&str> = talks["participants"].as_array().unwrap().iter().map(|p| p["official"].as_str().unwrap()).collect();
    assert_eq!(people, ["rubio", "lavrov", "waltz", "witkoff", "ushakov"]);
}
