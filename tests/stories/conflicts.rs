//! Sources that contradict each other: both are shown, marked, never resolved (rules 24 and 25).

use serde_json::json;

use super::{NONE, desk};
use crate::desk::Desk;

/// Two outlets report Rubio at two places.
fn reported(one: (&str, &str), other: (&str, &str)) -> Desk {
    [one, other]
        .iter()
        .fold(desk(), |desk, (place, when)| desk.told("2025-05-02", &format!("presence rubio --at {place} --when {when}")))
}

/// The places that are marked on a day.
fn marked(desk: &Desk, day: &str) -> Vec<String> {
    let answer = desk.json(&format!("where rubio --on {day}"));
    let presences = answer["presences"].as_array().unwrap().iter();
    let clashing = presences.filter(|presence| presence["conflict"] == json!(true));
    let mut places: Vec<String> = clashing.map(|presence| super::text(&presence["place"])).collect();
    places.sort();
    assert_eq!(!places.is_empty(), answer["findings"] != json!([]), "a conflict is a finding");
    places
}

#[test]
fn two_sources_on_two_days_contradict_each_other_on_both_and_neither_wins() {
    let desk = reported(("ankara", "2025-05-10/2025-05-12"), ("riyadh", "2025-05-11/2025-05-13"));
    assert_eq!(marked(&desk, "2025-05-10"), NONE);
    assert_eq!(marked(&desk, "2025-05-11"), ["ankara", "riyadh"]);
    assert_eq!(marked(&desk, "2025-05-12"), ["ankara", "riyadh"]);
    assert_eq!(marked(&desk, "2025-05-13"), NONE);
    let later = desk.told("2025-05-05", "presence rubio --at riyadh --when 2025-05-11/2025-05-13");
    assert_eq!(marked(&later, "2025-05-11"), ["ankara", "riyadh"], "saying it again resolves nothing");
}

#[test]
fn a_hand_over_day_is_no_conflict() {
    let desk = reported(("ankara", "2025-05-10/2025-05-12"), ("riyadh", "2025-05-12/2025-05-14"));
    assert_eq!(marked(&desk, "2025-05-12"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["ankara planned", "riyadh planned"], "both, in the order of the day");
}

#[test]
fn a_day_trip_is_no_conflict_but_a_night_away_is() {
    let day_trip = reported(("ankara", "2025-05-10/2025-05-14"), ("riyadh", "2025-05-12"));
    assert_eq!(marked(&day_trip, "2025-05-12"), NONE);
    let night = reported(("ankara", "2025-05-10/2025-05-14"), ("riyadh", "2025-05-12/2025-05-13"));
    assert_eq!(marked(&night, "2025-05-12"), ["ankara", "riyadh"]);
}

#[test]
fn a_country_beside_a_city_in_it_is_no_conflict() {
    let desk = reported(("saudi-arabia", "2025-05-10/2025-05-12"), ("riyadh", "2025-05-10/2025-05-12"));
    assert_eq!(marked(&desk, "2025-05-11"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-11").len(), 2);
}

#[test]
fn what_is_only_uncertain_contradicts_nothing() {
    let desk = reported(("ankara", "2025-05-10/2025-05-12"), ("riyadh", "2025-05-10/2025-05-12?"));
    assert_eq!(marked(&desk, "2025-05-11"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-11").len(), 2);
}

#[test]
fn overlapping_exact_times_on_one_day_contradict_each_other() {
    let over = reported(("ankara", "2025-05-10T10:00/2025-05-10T12:00"), ("riyadh", "2025-05-10T11:00/2025-05-10T13:00"));
    assert_eq!(marked(&over, "2025-05-10"), ["ankara", "riyadh"]);
    let after = reported(("ankara", "2025-05-10T08:00/2025-05-10T10:00"), ("riyadh", "2025-05-10T15:00/2025-05-10T17:00"));
    assert_eq!(marked(&after, "2025-05-10"), NONE);
    assert_eq!(after.there("rubio --on 2025-05-10"), ["ankara planned", "riyadh planned"]);
}

#[test]
fn rule_6_a_lone_exact_time_lasts_one_minute() {
    let within = reported(("ankara", "2025-05-10T10:00/2025-05-10T12:00"), ("riyadh", "2025-05-10T11:00"));
    assert_eq!(marked(&within, "2025-05-10"), ["ankara", "riyadh"]);
    let at_the_end = reported(("ankara", "2025-05-10T10:00/2025-05-10T12:00"), ("riyadh", "2025-05-10T12:00"));
    assert_eq!(marked(&at_the_end, "2025-05-10"), NONE);
}

#[test]
fn a_plan_on_one_of_two_days_only_is_no_conflict() {
    // Rule 24: the day next to it must be covered by both at planned or better.
    let desk = reported(("ankara", "2025-05-10/2025-05-12"), ("riyadh", "2025-05-11"))
        .told("2025-05-03", "presence rubio --at riyadh --when 2025-05-12?");
    assert_eq!(marked(&desk, "2025-05-11"), NONE);
    assert_eq!(marked(&desk, "2025-05-12"), NONE);
}

#[test]
fn reports_of_one_place_that_touch_are_one_stop_at_the_firmest_standing() {
    let desk = reported(("ankara", "2025-05-01/2025-05-02"), ("ankara", "2025-05-03/2025-05-04"))
        .told("2025-05-02", "presence rubio --at ankara --when 2025-05-04?");
    let answer = desk.json("where rubio --on 2025-05-04");
    let stop = &answer["presences"][0];
    assert_eq!((&stop["from"], &stop["to"]), (&json!("2025-05-01"), &json!("2025-05-04")));
    assert_eq!(stop["evidence"], json!(["2.1", "3.1", "4.1"]));
    assert_eq!(desk.there("rubio --on 2025-05-02"), ["ankara observed"]);
    assert_eq!(desk.there("rubio --on 2025-05-04"), ["ankara planned"]);
}
