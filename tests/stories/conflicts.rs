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
fn rule_24_a_report_that_names_several_places_for_the_same_days_contradicts_nobody_who_names_one_of_them() {
    let both = |desk: Desk, outlet: &str| {
        let source = format!("source --outlet {outlet} --published 2025-05-02");
        let at = |place: &str| format!("presence rubio --at {place} --when 2025-05-10/2025-05-12");
        desk.logged(&[&source, &at("ankara"), &at("istanbul")])
    };
    let one = both(desk(), "Wire");
    assert_eq!(marked(&one, "2025-05-11"), NONE, "who slept where it does not say");
    assert_eq!(one.there("rubio --on 2025-05-11"), ["ankara planned", "istanbul planned"]);
    let again = both(one, "Gazette");
    assert_eq!(marked(&again, "2025-05-11"), NONE, "two who say the same agree");
    let borne_out = again.told("2025-05-03", "presence rubio --at ankara --when 2025-05-10/2025-05-13");
    assert_eq!(marked(&borne_out, "2025-05-11"), NONE, "one who names one of the two agrees with both");
    let elsewhere = borne_out.told("2025-05-03", "presence rubio --at riyadh --when 2025-05-11/2025-05-12");
    assert_eq!(marked(&elsewhere, "2025-05-11"), ["ankara", "istanbul", "riyadh"]);
    assert_eq!(marked(&elsewhere, "2025-05-10"), NONE);
}

#[test]
fn an_entry_that_gives_other_days_or_hours_contradicts_itself() {
    let days = desk().logged(&[
        "source --outlet Wire --published 2025-05-02",
        "presence rubio --at ankara --when 2025-05-10/2025-05-12",
        "presence rubio --at riyadh --when 2025-05-11/2025-05-13",
    ]);
    assert_eq!(marked(&days, "2025-05-11"), ["ankara", "riyadh"], "two stays, each with its own days");
    let hours = desk().logged(&[
        "source --outlet Wire --published 2025-05-02",
        "presence rubio --at ankara --when 2025-05-10T10:00/2025-05-10T12:00",
        "presence rubio --at riyadh --when 2025-05-10T10:00/2025-05-10T12:00",
    ]);
    assert_eq!(marked(&hours, "2025-05-10"), ["ankara", "riyadh"], "nobody is at two places by the clock");
}

#[test]
fn rule_24_to_and_fro_told_stay_by_stay_is_no_conflict() {
    // A shuttle: every stay hands over to the next, though those at one place touch each other.
    let stays = [("jerusalem", "10", "11"), ("damascus", "11", "12"), ("jerusalem", "12", "13"), ("damascus", "13", "13")];
    let told = |desk: Desk, (place, from, to): (&str, &str, &str)| {
        desk.told("2025-05-02", &format!("presence rubio --at {place} --when 2025-05-{from}/2025-05-{to}"))
    };
    let shuttle = stays.into_iter().fold(desk(), told);
    for day in ["2025-05-11", "2025-05-12", "2025-05-13"] {
        assert_eq!(marked(&shuttle, day), NONE, "{day}");
        assert_eq!(shuttle.there(&format!("rubio --on {day}")), ["jerusalem planned", "damascus planned"], "{day}");
    }
    // Days alone do not say that the stay ended there (rule 19): two in a row mean the night, too.
    let amman = || desk().told("2025-05-02", "presence rubio --at amman --when 2025-05-10/2025-05-13");
    let days = amman()
        .told("2025-05-02", "presence rubio --at jerusalem --when 2025-05-11")
        .told("2025-05-03", "presence rubio --at jerusalem --when 2025-05-12");
    assert_eq!(marked(&days, "2025-05-11"), ["amman", "jerusalem"]);
    let trips = amman()
        .told("2025-05-02", "presence rubio --at jerusalem --when 2025-05-11/2025-05-11")
        .told("2025-05-03", "presence rubio --at jerusalem --when 2025-05-12/2025-05-12");
    assert_eq!(marked(&trips, "2025-05-11"), NONE);
}

#[test]
fn a_meeting_moved_onto_days_elsewhere_contradicts_them_even_within_one_schedule() {
    let desk = desk()
        .logged(&[
            "source --outlet Wire --published 2025-05-01",
            "presence rubio --at riyadh --when 2025-05-10/2025-05-12",
            "confirm talks --when 2025-05-18/2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov",
        ])
        .told("2025-05-02", "confirm talks --by tr");
    assert_eq!(marked(&desk, "2025-05-11"), NONE);
    let moved = desk.told("2025-05-03", "change talks --when 2025-05-10/2025-05-12");
    assert_eq!(marked(&moved, "2025-05-11"), ["ankara", "riyadh"]);
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
