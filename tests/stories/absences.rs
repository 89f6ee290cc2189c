//! "Will not be there": what an absence takes away, and what it does not (rule 22).

use serde_json::json;

use super::{NONE, desk, text};
use crate::desk::Desk;

fn planned() -> Desk {
    desk().told("2025-05-02", "presence rubio --at riyadh --when 2025-05-10/2025-05-12")
}

#[test]
fn an_absence_takes_away_older_plans_on_its_days() {
    let desk = planned().told("2025-05-05", "absence rubio --at riyadh --when 2025-05-11");
    assert_eq!(desk.there("rubio --on 2025-05-10"), ["riyadh planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-11 --carry 0"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["riyadh planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-11 --public-by 2025-05-04"), ["riyadh planned"]);
}

#[test]
fn without_days_it_is_about_all_of_them_and_about_every_place_within() {
    for place in ["riyadh", "saudi-arabia"] {
        let desk = planned().told("2025-05-05", &format!("absence rubio --at {place}"));
        for day in 10..=12 {
            assert_eq!(desk.there(&format!("rubio --on 2025-05-{day}")), NONE, "{place}");
        }
    }
    let elsewhere = planned().told("2025-05-05", "absence rubio --at doha");
    assert_eq!(elsewhere.there("rubio --on 2025-05-11"), ["riyadh planned"]);
}

#[test]
fn a_later_report_that_they_will_come_stands() {
    let desk = planned()
        .told("2025-05-05", "absence rubio --at riyadh")
        .told("2025-05-06", "presence rubio --at riyadh --when 2025-05-12");
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["riyadh planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-10"), NONE);
    let found_late = planned()
        .told("2025-05-05", "absence rubio --at riyadh")
        .found("2025-05-03", "presence rubio --at riyadh --when 2025-05-12");
    assert_eq!(found_late.there("rubio --on 2025-05-12"), NONE, "older than the absence, though logged after it");
}

#[test]
fn against_an_observation_it_is_a_finding_and_removes_nothing() {
    let desk = desk()
        .told("2025-05-10", "presence rubio --at riyadh --when 2025-05-10")
        .told("2025-05-11", "absence rubio --at riyadh --when 2025-05-10");
    assert_eq!(desk.there("rubio --on 2025-05-10"), ["riyadh observed"]);
    let finding = &desk.json("where rubio --on 2025-05-10")["findings"][0];
    assert_eq!(finding["about"], "rubio");
    assert_eq!(finding["evidence"], json!(["2.1", "3.1"]));
    assert!(text(&finding["says"]).contains("Riyadh"), "{finding}");
}

#[test]
fn a_leg_goes_with_its_arrival() {
    let desk = desk()
        .told("2025-05-02", "travel rubio --to riyadh --depart 2025-05-10")
        .told("2025-05-03", "absence rubio --at riyadh --when 2025-05-10");
    assert_eq!(desk.there("rubio --on 2025-05-10"), NONE);
    assert_eq!(desk.legs("rubio --on 2025-05-10"), NONE);
}

#[test]
fn an_absence_from_a_meeting_takes_away_that_meetings_presence_only() {
    let desk = desk()
        .told("2025-05-02", "confirm talks --when 2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov")
        .told("2025-05-03", "presence lavrov --at ankara --when 2025-05-19")
        .told("2025-05-04", "absence lavrov --meeting talks");
    assert_eq!(desk.there("lavrov --on 2025-05-20 --carry 0"), NONE);
    assert_eq!(desk.there("lavrov --on 2025-05-19"), ["ankara planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-20"), ["ankara confirmed"]);
    // A meeting's presence is as old as the last event that names the official.
    let named_again = desk.told("2025-05-05", "change talks --principals lavrov");
    assert_eq!(named_again.there("lavrov --on 2025-05-20"), ["ankara confirmed"]);
}

#[test]
fn a_new_date_of_the_meeting_that_does_not_name_them_does_not_bring_them_back() {
    let desk = desk()
        .told("2025-05-02", "confirm talks --when 2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov")
        .told("2025-05-04", "absence lavrov --at ankara")
        .told("2025-05-05", "change talks --when 2025-05-21");
    assert_eq!(desk.there("lavrov --on 2025-05-21"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-21"), ["ankara confirmed"]);
}
