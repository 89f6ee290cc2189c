//! Travel: arrivals, nights in the air, plans that are off for all or for some (rules 18, 21, 23).

use serde_json::{Value, json};

use super::{NONE, desk};

#[test]
fn over_midnight_they_are_in_transit_and_nowhere() {
    let desk = desk().told("2025-05-10", "travel rubio --from ankara --to riyadh --depart 2025-05-12 --arrive 2025-05-13");
    assert_eq!(desk.there("rubio --on 2025-05-12"), NONE);
    assert_eq!(desk.legs("rubio --on 2025-05-12"), ["riyadh"]);
    assert_eq!(desk.there("rubio --on 2025-05-13"), ["riyadh planned"]);
    assert_eq!(desk.legs("rubio --on 2025-05-13"), ["riyadh"]);
    assert_eq!(desk.legs("rubio --on 2025-05-14"), NONE);
    let leg = &desk.json("where rubio --on 2025-05-12")["legs"][0];
    assert_eq!((&leg["from"], &leg["depart"], &leg["arrive"]), (&json!("ankara"), &json!("2025-05-12"), &json!("2025-05-13")));
}

#[test]
fn rule_21_being_in_transit_suppresses_no_other_claim() {
    let desk = desk()
        .told("2025-05-10", "travel rubio --from ankara --to riyadh --depart 2025-05-12 --arrive 2025-05-13")
        .told("2025-05-10", "presence rubio --at ankara --when 2025-05-12");
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["ankara planned"]);
    assert_eq!(desk.legs("rubio --on 2025-05-12"), ["riyadh"]);
}

#[test]
fn where_one_of_departure_and_arrival_is_missing_the_other_days_stands_in_and_the_leg_shows_null() {
    let leaving = desk().told("2025-05-10", "travel rubio --to riyadh --depart 2025-05-12");
    assert_eq!(leaving.there("rubio --on 2025-05-12"), ["riyadh planned"]);
    assert_eq!(leaving.json("where rubio --on 2025-05-12")["legs"][0]["arrive"], Value::Null);
    let arriving = desk().told("2025-05-10", "travel rubio --to riyadh --arrive 2025-05-12");
    assert_eq!(arriving.there("rubio --on 2025-05-12"), ["riyadh planned"]);
    assert_eq!(arriving.json("where rubio --on 2025-05-12")["legs"][0]["depart"], Value::Null);
    let neither = desk().told("2025-05-10", "travel rubio --to riyadh");
    assert_eq!(neither.there("rubio --on 2025-05-10"), NONE);
    let legs = neither.json("itinerary rubio")["legs"].clone();
    assert_eq!((&legs[0]["to"], &legs[0]["depart"], &legs[0]["arrive"]), (&json!("riyadh"), &Value::Null, &Value::Null));
}

#[test]
fn rule_18_travel_is_observed_only_if_it_was_over_before_publication() {
    let after = desk().told("2025-05-13", "travel rubio --to riyadh --arrive 2025-05-12");
    assert_eq!(after.there("rubio --on 2025-05-12"), ["riyadh observed"]);
    let same_day = desk().told("2025-05-12", "travel rubio --to riyadh --arrive 2025-05-12");
    assert_eq!(same_day.there("rubio --on 2025-05-12"), ["riyadh planned"]);
    // Landed at 9:00 local time, which is 6:00 UTC; published at 7:00 and at 5:00.
    for (published, standing) in [("07", "riyadh observed"), ("05", "riyadh planned")] {
        let desk = desk().at("2025-05-12T12:00:00Z").logged(&[
            &format!("source --outlet Wire --published 2025-05-12T{published}:00:00Z"),
            "travel rubio --to riyadh --arrive 2025-05-12T09:00",
        ]);
        assert_eq!(desk.there("rubio --on 2025-05-12"), [standing]);
    }
}

#[test]
fn a_plan_called_off_for_some_stands_for_those_who_stay_on_it() {
    let desk = desk()
        .told("2025-05-02", "travel rubio waltz --to riyadh --depart 2025-05-12")
        .told("2025-05-05", "cancel-travel 2.1 --stay waltz --reason storm");
    assert_eq!(desk.there("rubio --on 2025-05-12 --as-of 2"), ["riyadh planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-12"), NONE);
    assert_eq!(desk.legs("rubio --on 2025-05-12"), NONE);
    assert_eq!(desk.there("waltz --on 2025-05-12"), ["riyadh planned"]);
}

#[test]
fn rule_23_a_plan_is_off_whichever_was_published_first_and_observed_days_stay() {
    let earlier =
        desk().told("2025-05-08", "travel rubio --to riyadh --depart 2025-05-12").found("2025-05-05", "cancel-travel 2.1");
    assert_eq!(earlier.there("rubio --on 2025-05-12"), NONE);
    let begun = desk()
        .told("2025-05-11", "presence rubio --at riyadh --when 2025-05-10/2025-05-13")
        .told("2025-05-12", "cancel-travel 2.1");
    assert_eq!(begun.there("rubio --on 2025-05-11"), ["riyadh observed"]);
    assert_eq!(begun.there("rubio --on 2025-05-13 --carry 0"), NONE);
}

#[test]
fn rule_23_a_cancellation_does_not_reach_a_replacement_of_its_target() {
    let desk = desk()
        .told("2025-05-02", "travel rubio --to riyadh --depart 2025-05-12")
        .told("2025-05-03", "travel rubio --to riyadh --depart 2025-05-14 --replaces 2.1")
        .told("2025-05-04", "cancel-travel 2.1");
    assert_eq!(desk.there("rubio --on 2025-05-14"), ["riyadh planned"]);
}

#[test]
fn rule_23_a_cancellation_names_journeys_not_entries_nor_meetings() {
    let desk = desk().told("2025-05-02", "propose talks --when 2025-05-20 --by us");
    assert_eq!(desk.log(&["cancel-travel 2"]).code, 1);
    assert_eq!(desk.log(&["cancel-travel 2.1"]).code, 1);
}

#[test]
fn a_cancellation_that_is_itself_retracted_never_was() {
    let desk = desk()
        .told("2025-05-02", "travel rubio --to riyadh --depart 2025-05-12")
        .told("2025-05-03", "cancel-travel 2.1")
        .told("2025-05-04", "retract 3.1 --reason wrong");
    assert_eq!(desk.there("rubio --on 2025-05-12 --as-of 3"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["riyadh planned"]);
}

#[test]
fn the_itinerary_shows_stops_with_distance_trip_and_gap() {
    let desk = desk()
        .told("2025-05-02", "trip tour \"The tour\" --officials rubio")
        .told("2025-05-02", "presence rubio --at ankara --when 2025-05-10/2025-05-11 --trip tour")
        .told("2025-05-02", "travel rubio --from ankara --to riyadh --depart 2025-05-15 --trip tour");
    let answer = desk.json("itinerary rubio");
    let stops: Vec<&Value> = answer["stops"].as_array().unwrap().iter().map(|stop| &stop["place"]).collect();
    assert_eq!(stops, ["ankara", "riyadh"]);
    let [trip] = answer["trips"].as_array().unwrap().as_slice() else { panic!("{answer}") };
    assert_eq!((&trip["trip"], &trip["title"], &trip["stops"]), (&json!("tour"), &json!("The tour"), &json!([0, 1])));
    assert_eq!(trip["kilometres"]["reported"], answer["legs"][0]["km"], "what is unknown of a tour does not end it");
    assert_eq!(answer["gaps"], json!([{"from": "2025-05-12", "to": "2025-05-14"}]));
    let km = answer["legs"][0]["km"].as_u64().unwrap();
    assert!((2_080..2_180).contains(&km), "Ankara to Riyadh is about 2,130 km, not {km}");
}

#[test]
fn no_distance_between_a_country_and_anything_nor_within_a_place() {
    let desk = desk()
        .told("2025-05-02", "place chequers \"Chequers\" --country GB --within london")
        .told("2025-05-03", "travel rubio --from Russia --to Vladivostok --depart 2025-05-03")
        .told("2025-05-04", "travel rubio --from Vladivostok --to Japan --depart 2025-05-04")
        .told("2025-05-05", "travel rubio --from London --to chequers --depart 2025-05-05")
        .told("2025-05-06", "travel rubio --from London --to Singapore --depart 2025-05-06");
    let answer = desk.json("itinerary rubio");
    let km: Vec<&Value> = answer["legs"].as_array().unwrap().iter().map(|leg| &leg["km"]).collect();
    assert_eq!(km[..3], [&Value::Null, &Value::Null, &Value::Null]);
    // The great circle between the two cities is 10,850 km long.
    assert!((10_800..10_900).contains(&km[3].as_u64().unwrap()), "a city that is a country: {}", km[3]);
    // In sums a country stands for its capital: Vladivostok to Tokyo, and Tokyo to London, by hand from their coordinates.
    let stats = desk.json("stats --official rubio");
    assert_eq!(stats["people"][0]["kilometres"]["estimated"], 1_063 + 9_559, "{stats}");
}
