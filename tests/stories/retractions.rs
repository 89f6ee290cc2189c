//! Taking back: desk errors and source errors, retractions of retractions, replacements.

use super::{NONE, desk, text};
use crate::desk::Desk;

/// Rubio was in Ankara on the 3rd (entry 2).
fn seen() -> Desk {
    desk().told("2025-05-03", "presence rubio --at ankara --when 2025-05-03")
}

const SEEN: [&str; 1] = ["ankara observed"];

#[test]
fn a_story_that_its_outlet_withdraws_was_public_until_then() {
    let desk = seen().told("2025-05-08", "retract 2.1 --reason source_withdrawn");
    assert_eq!(desk.there("rubio --on 2025-05-03 --public-by 2025-05-07"), SEEN);
    assert_eq!(desk.there("rubio --on 2025-05-03 --public-by 2025-05-08"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-03 --as-of 2"), SEEN);
    assert_eq!(desk.there("rubio --on 2025-05-03"), NONE);
}

#[test]
fn a_typo_of_the_desk_was_never_public_and_obeys_only_as_of() {
    for reason in ["typo", "identity", "duplicate"] {
        let desk = seen().told("2025-05-08", &format!("retract 2.1 --reason {reason}"));
        assert_eq!(desk.there("rubio --on 2025-05-03 --public-by 2025-05-04"), NONE, "{reason}");
        assert_eq!(desk.there("rubio --on 2025-05-03 --as-of 2"), SEEN, "{reason}");
        assert_eq!(desk.there("rubio --on 2025-05-03 --as-of 2025-05-07"), SEEN, "{reason}");
        assert_eq!(desk.there("rubio --on 2025-05-03 --as-of 2025-05-08"), NONE, "{reason}");
    }
}

#[test]
fn a_withdrawn_entry_goes_whole_but_the_place_that_others_name_stays() {
    // Entry 2 brought Ankara with it from the gazetteer; entry 3 names it.
    let desk = desk()
        .at("2025-05-03T12:00:00Z")
        .logged(&[
            "source --outlet Wire --published 2025-05-03",
            "presence rubio --at ankara --when 2025-05-03",
            "propose talks --when 2025-05-20 --at ankara --by us --principals rubio,lavrov",
        ])
        .told("2025-05-04", "presence lavrov --at ankara --when 2025-05-04")
        .told("2025-05-08", "retract 2 --reason source_withdrawn");
    assert_eq!(desk.there("rubio --on 2025-05-03 --public-by 2025-05-07"), SEEN);
    assert_eq!(desk.there("rubio --on 2025-05-03"), NONE);
    desk.refused("meeting talks");
    let lavrov = desk.json("where lavrov --on 2025-05-04");
    assert_eq!((text(&lavrov["presences"][0]["name"]), text(&lavrov["presences"][0]["country"])), ("Ankara".into(), "TR".into()));
}

#[test]
fn rule_4_what_says_who_somebody_is_cannot_be_taken_back_while_others_name_them() {
    let desk = seen();
    let said = desk.run(&["retract", "1.1", "--reason", "identity"], "");
    assert_eq!(said.code, 1);
    assert!(said.err.contains("rubio"), "{}", said.err);
    assert_eq!(desk.there("rubio --on 2025-05-03"), SEEN);
}

#[test]
fn a_retracted_retraction_restores() {
    for reason in ["wrong", "source_withdrawn", "typo"] {
        let desk = seen()
            .told("2025-05-08", &format!("retract 2.1 --reason {reason}"))
            .told("2025-05-09", "retract 3.1 --reason typo")
            .told("2025-05-10", "retract 4.1 --reason typo");
        let there = |entry: u32| desk.there(&format!("rubio --on 2025-05-03 --as-of {entry}"));
        assert_eq!((there(2), there(4)), (SEEN.map(str::to_owned).to_vec(), SEEN.map(str::to_owned).to_vec()), "{reason}");
        assert_eq!((there(3), there(5)), (Vec::new(), Vec::new()), "{reason}: and so on, turn by turn");
    }
}

#[test]
fn a_replaced_journey_is_one_journey() {
    let desk = desk()
        .told("2025-05-02", "travel rubio --to ankara --depart 2025-05-10")
        .told("2025-05-05", "travel rubio --to ankara --depart 2025-05-12 --replaces 2.1");
    assert_eq!(desk.legs("rubio --on 2025-05-10 --public-by 2025-05-04"), ["ankara"]);
    assert_eq!(desk.legs("rubio --on 2025-05-10"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-10"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-12"), ["ankara planned"]);
    assert_eq!(desk.json("itinerary rubio")["legs"].as_array().unwrap().len(), 1);
}

#[test]
fn a_retracted_replacement_brings_the_original_back() {
    let desk = desk()
        .told("2025-05-02", "travel rubio --to ankara --depart 2025-05-10")
        .told("2025-05-05", "travel rubio --to doha --depart 2025-05-10 --replaces 2.1")
        .told("2025-05-06", "retract 3.1 --reason wrong");
    assert_eq!(desk.there("rubio --on 2025-05-10 --as-of 3"), ["doha planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-10"), ["ankara planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-10 --public-by 2025-05-05"), ["doha planned"]);
}

#[test]
fn two_replacements_of_one_journey_both_count() {
    let desk = desk()
        .told("2025-05-02", "travel rubio --to ankara --depart 2025-05-10")
        .told("2025-05-05", "travel rubio --to doha --depart 2025-05-10 --replaces 2.1")
        .told("2025-05-06", "travel rubio --to riyadh --depart 2025-05-10 --replaces 2.1");
    let mut there = desk.there("rubio --on 2025-05-10");
    there.sort();
    assert_eq!(there, ["doha planned", "riyadh planned"]);
}

#[test]
fn what_no_longer_counts_stays_in_the_history_struck_out() {
    let desk = desk()
        .told("2025-05-02", "propose talks --when 2025-05-20 --by us --principals rubio,lavrov")
        .told("2025-05-03", "change talks --when 2025-05-27")
        .told("2025-05-04", "retract 3.1 --reason wrong");
    let history = desk.meeting("talks", "history");
    assert_eq!((&history[0]["counts"], &history[1]["counts"]), (&true.into(), &false.into()));
    assert_eq!(history[1]["struck_by"], serde_json::json!(["4.1"]));
}
