//! Three clocks: the day asked about, what was public, what this log held (rules 1 to 4).

use serde_json::json;

use super::{NONE, desk, text};
use crate::desk::Desk;

/// Rubio was in Ankara on the 10th, published and logged on that day at noon (entry 2).
fn seen() -> Desk {
    desk().told("2025-05-10", "presence rubio --at ankara --when 2025-05-10")
}

#[test]
fn the_default_day_is_the_earliest_of_now_and_the_other_clocks() {
    let desk = seen().at("2025-06-01T12:00:00Z");
    let on = |clocks: &str| text(&desk.json(&format!("where rubio{clocks}"))["clocks"]["on"]);
    assert_eq!(on(""), "2025-06-01");
    assert_eq!(on(" --public-by 2025-05-20"), "2025-05-20");
    assert_eq!(on(" --as-of 2"), "2025-05-10", "when entry 2 was recorded");
    assert_eq!(on(" --as-of 2025-05-15 --public-by 2025-05-20"), "2025-05-15");
    assert_eq!(on(" --public-by 2025-07-01"), "2025-06-01");
    assert_eq!(on(" --public-by 2025-05-20 --on 2025-08-01"), "2025-08-01");
}

#[test]
fn the_resolved_clocks_are_in_the_answer_and_null_where_not_bounded() {
    let desk = seen();
    assert_eq!(desk.json("where rubio")["clocks"], json!({"on": "2025-05-10", "as_of": null, "public_by": null}));
    let clocks = desk.json("where rubio --as-of 2 --public-by 2025-05-10")["clocks"].clone();
    // Rule 1: the end of a day is its last millisecond.
    assert_eq!(clocks, json!({"on": "2025-05-10", "as_of": 2, "public_by": "2025-05-10T23:59:59.999Z"}));
}

#[test]
fn bare_digits_are_an_entry_even_four_of_them() {
    let desk = seen();
    let said = desk.refused("where rubio --as-of 2025");
    assert!(said.err.contains("2025") && said.err.contains("entry 2"), "{}", said.err);
}

#[test]
fn on_never_hides_a_report() {
    let desk = desk().told("2025-05-10", "confirm talks --when 2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov");
    assert_eq!(desk.status("talks --on 2025-05-03"), "confirmed");
    assert_eq!(desk.meeting("talks --on 2025-05-03", "days_to_go"), 17);
    desk.refused("meeting talks --public-by 2025-05-03");
}

#[test]
fn a_bare_day_is_public_at_its_end_or_when_it_was_recorded_if_that_was_earlier() {
    let same_day = seen();
    let question = "rubio --on 2025-05-10 --public-by";
    assert_eq!(same_day.there(&format!("{question} 2025-05-10T11:59:59Z")), NONE);
    assert_eq!(same_day.there(&format!("{question} 2025-05-10T12:00:00Z")), ["ankara observed"], "rule 1: bounds are inclusive");
    let later = desk().at("2025-05-12T12:00:00Z").found("2025-05-10", "presence rubio --at ankara --when 2025-05-10");
    assert_eq!(later.there(&format!("{question} 2025-05-10T23:59:59Z")), NONE);
    assert_eq!(later.there(&format!("{question} 2025-05-10")), ["ankara observed"]);
}

#[test]
fn a_day_ends_in_the_zone_of_the_log() {
    let desk = Desk::bare().at("2025-05-12T12:00:00Z");
    assert_eq!(desk.run(&["init", "--zone", "Europe/Madrid"], "").code, 0);
    let desk = desk
        .logged(&["official rubio \"Marco Rubio\" --party us"])
        .found("2025-05-10", "presence rubio --at ankara --when 2025-05-10");
    assert_eq!(desk.there("rubio --on 2025-05-10 --public-by 2025-05-10T21:59:59Z"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-10 --public-by 2025-05-10T22:00:00Z"), ["ankara observed"]);
    assert_eq!(desk.json("where rubio --public-by 2025-05-10")["clocks"]["public_by"], "2025-05-10T21:59:59.999Z");
}

#[test]
fn without_a_date_a_source_is_public_when_it_was_recorded() {
    let desk =
        desk().at("2025-05-10T12:00:00Z").logged(&["source --outlet Wire", "presence rubio --at ankara --when 2025-05-10"]);
    assert_eq!(desk.there("rubio --on 2025-05-10 --public-by 2025-05-10T11:59:59Z"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-10 --public-by 2025-05-10T12:00:00Z"), ["ankara observed"]);
}

#[test]
fn claims_are_ordered_by_when_they_became_public_and_then_by_number() {
    let desk = desk()
        .at("2025-05-12T12:00:00Z")
        .logged(&["source --outlet A --published 2025-05-10T09:00:00Z", "propose talks --when 2025-05-20 --by us"])
        .logged(&["source --outlet B --published 2025-05-10T07:00:00Z", "propose talks --when 2025-05-21 --by us"])
        .logged(&["source --outlet C --published 2025-05-10T09:00:00Z", "propose talks --when 2025-05-22 --by us"]);
    let given_up: Vec<String> =
        desk.meeting("talks", "previous").as_array().unwrap().iter().map(|old| text(&old["when"])).collect();
    assert_eq!(given_up, ["2025-05-21", "2025-05-20"]);
    assert_eq!(desk.meeting("talks", "when"), "2025-05-22");
}

#[test]
fn an_embargoed_entry_is_public_at_the_later_of_published_and_embargo() {
    let desk = desk().at("2025-05-10T12:00:00Z").logged(&[
        "source --outlet Wire --published 2025-05-10 --embargo 2025-05-12T06:00:00Z",
        "presence rubio --at ankara --when 2025-05-11",
    ]);
    assert_eq!(desk.there("rubio --on 2025-05-11 --public-by 2025-05-11"), NONE);
    // Rule 3: the publication day is the 10th; embargo plays no part in it, so the 11th was still to come.
    assert_eq!(desk.there("rubio --on 2025-05-11 --public-by 2025-05-12T06:00:00Z"), ["ankara planned"]);
    assert_eq!(desk.there("rubio --on 2025-05-11"), ["ankara planned"], "the desk's own question");
}

#[test]
fn what_the_desk_knows_obeys_only_as_of() {
    let desk = seen().at("2025-05-15T12:00:00Z").logged(&["official rubio --title \"Secretary of State\""]);
    let title = |clocks: &str| desk.json(&format!("where rubio --on 2025-05-10 {clocks}"))["title"].clone();
    assert_eq!(title("--public-by 2025-05-10"), "Secretary of State");
    assert_eq!(title("--as-of 2"), json!(null));
    assert_eq!(title("--as-of 2025-05-15"), "Secretary of State");
}

#[test]
fn names_in_a_question_resolve_against_the_whole_log() {
    let desk = seen().at("2025-05-15T12:00:00Z").logged(&["official rubio --alias Marquito"]);
    assert_eq!(desk.there("Marquito --on 2025-05-10 --as-of 2"), ["ankara observed"]);
    assert_eq!(desk.there("Marquito --on 2025-05-10 --public-by 2025-05-10"), ["ankara observed"]);
}

/// The whole log, with what was taken back since: else what the desk held then could not be asked for.
#[test]
fn names_resolve_though_they_were_taken_back_since() {
    let desk = seen().logged(&["official miller \"Jo Miller\""]).logged(&["retract 3.1 --reason identity"]);
    assert_eq!(desk.json("where miller --as-of 3")["name"], "Jo Miller");
}

#[test]
fn everybody_is_everybody_whom_the_log_knew_then() {
    let desk = seen().at("2025-05-15T12:00:00Z").logged(&["official miller \"Jo Miller\""]);
    let many = |clocks: &str| desk.json(&format!("where{clocks}"))["answers"].as_array().unwrap().len();
    assert_eq!((many(""), many(" --as-of 2"), many(" --public-by 2025-05-10")), (7, 6, 7));
}

#[test]
fn a_day_is_the_places_own_local_day() {
    // Half past nine in the evening, UTC, is half past midnight in Riyadh.
    let desk = desk().told("2025-05-20", "presence rubio --at riyadh --when 2025-05-10T21:30:00+00:00[UTC]");
    assert_eq!(desk.there("rubio --on 2025-05-10"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-11"), ["riyadh observed"]);
    let typed = super::desk().told("2025-05-20", "presence rubio --at riyadh --when 2025-05-11T00:30");
    assert_eq!(typed.there("rubio --on 2025-05-11"), ["riyadh observed"], "completed from the place's zone");
    assert_eq!(typed.there("rubio --on 2025-05-10"), NONE);
}

#[test]
fn rule_3_the_publication_day_is_the_local_day_at_the_place_in_question() {
    // Published when it is the 11th in Riyadh and still the 10th in Washington.
    for (place, standing) in [("riyadh", "riyadh observed"), ("washington", "washington planned")] {
        let desk = desk().at("2025-05-20T12:00:00Z").logged(&[
            "source --outlet Wire --published 2025-05-10T21:30:00Z",
            &format!("presence rubio --at {place} --when 2025-05-11"),
        ]);
        assert_eq!(desk.there("rubio --on 2025-05-11"), [standing]);
    }
}

#[test]
fn rule_6_an_exact_start_after_an_exact_publication_of_the_same_day_is_still_to_come() {
    for (start, standing) in [("10:00", "riyadh observed"), ("18:00", "riyadh planned")] {
        let desk = desk().at("2025-05-10T12:00:00Z").logged(&[
            "source --outlet Wire --published 2025-05-10T11:00:00Z",
            &format!("presence rubio --at riyadh --when 2025-05-10T{start}"),
        ]);
        assert_eq!(desk.there("rubio --on 2025-05-10"), [standing]);
    }
}

#[test]
fn the_brief_of_a_day_knows_what_was_public_by_then() {
    let desk = seen().told("2025-05-12", "presence lavrov --at ankara --when 2025-05-10");
    let brief = desk.json("brief --on 2025-05-10");
    assert_eq!(brief["clocks"]["public_by"], "2025-05-10T23:59:59.999Z");
    let unknown = brief["unknown"].as_array().unwrap();
    assert!(unknown.iter().any(|one| one["official"] == "lavrov"), "it was reported two days later: {brief}");
}

#[test]
fn recorded_never_decreases_along_the_log() {
    let desk = seen().at("2025-05-08T12:00:00Z").found("2025-05-08", "presence lavrov --at ankara --when 2025-05-08");
    assert_eq!(desk.there("lavrov --on 2025-05-08 --as-of 2025-05-09"), NONE, "the clock went back; the log did not");
    assert_eq!(desk.there("lavrov --on 2025-05-08 --as-of 2025-05-10"), ["ankara observed"]);
}
