//! What is a slip and what is only firmer (rule 10), and how vague a time may be and still place somebody (rules 5 and 7).

use serde_json::json;

use super::{NONE, desk, previous};
use crate::desk::Desk;

fn dated(when: &str) -> Desk {
    desk().told("2025-05-02", &format!("confirm talks --when {when} --at ankara --by us --by ru --principals rubio,lavrov"))
}

#[test]
fn a_date_within_the_old_one_is_firmer_and_one_around_it_vaguer_neither_slips() {
    let desk = dated("2025-05")
        .told("2025-05-03", "change talks --when 2025-05-20")
        .told("2025-05-04", "change talks --when 2025-05")
        .told("2025-05-05", "change talks --when 2025-06-02");
    assert_eq!(desk.meeting("talks --as-of 4", "slips"), 0);
    assert_eq!(desk.meeting("talks --as-of 4", "when"), "2025-05", "the newest date stands");
    assert_eq!(desk.meeting("talks", "previous"), json!([previous("2025-05", "5.1")]));
}

#[test]
fn an_exact_time_on_the_announced_day_is_no_slip() {
    let desk = dated("2025-05-20").told("2025-05-03", "change talks --when 2025-05-20T10:00");
    assert_eq!(desk.meeting("talks", "slips"), 0);
    assert_eq!(desk.meeting("talks", "when"), "2025-05-20T10:00:00+03:00[Europe/Istanbul]");
}

#[test]
fn overlapping_windows_of_which_neither_holds_the_other_are_a_slip() {
    let desk = dated("[2025-05-10..2025-05-14]").told("2025-05-03", "change talks --when [2025-05-12..2025-05-16]");
    assert_eq!(desk.meeting("talks", "slips"), 1);
}

#[test]
fn a_postponement_to_a_date_within_the_old_one_is_no_slip_and_said_twice_it_slips_once() {
    let within = dated("2025-05").told("2025-05-03", "postpone talks --when 2025-05-28");
    assert_eq!(within.meeting("talks", "slips"), 0);
    let twice = dated("2025-05-20")
        .told("2025-05-03", "postpone talks --when 2025-05-28")
        .told("2025-05-04", "postpone talks --when 2025-05-28");
    assert_eq!(twice.meeting("talks", "slips"), 1);
}

#[test]
fn a_date_taken_over_by_replaces_was_never_given_up() {
    let desk = dated("2025-05-20").told("2025-05-03", "confirm talks --when 2025-05-22 --by us --by ru --replaces 2.1");
    assert_eq!(desk.meeting("talks", "when"), "2025-05-22");
    assert_eq!(desk.meeting("talks", "previous"), json!([]));
}

#[test]
fn a_retracted_date_never_counted() {
    let desk =
        dated("2025-05-20").told("2025-05-03", "change talks --when 2025-05-27").told("2025-05-04", "retract 3.1 --reason wrong");
    assert_eq!(desk.meeting("talks --as-of 3", "slips"), 1);
    assert_eq!((desk.meeting("talks", "slips"), desk.meeting("talks", "when")), (json!(0), json!("2025-05-20")));
}

#[test]
fn words_that_name_no_date_are_kept_and_the_meeting_is_undated() {
    let desk = desk().told("2025-05-02", "propose talks --when \"very soon\" --by us --principals rubio,lavrov");
    assert_eq!(desk.meeting("talks", "said"), "very soon");
    assert_eq!(desk.meeting("talks", "when"), json!(null));
    assert_eq!(desk.status("talks --on 2026-05-02"), "proposed", "what has no window does not lapse");
}

#[test]
fn rule_5_any_when_is_a_date_even_one_without_an_end() {
    let desk = dated("[2025-05-20..]");
    assert_eq!(desk.status("talks"), "confirmed");
    assert_eq!(desk.there("rubio --on 2025-05-20"), NONE, "rule 7: without a bound it places nobody");
}

#[test]
fn rule_7_a_day_among_seven_places_at_most_uncertain_and_among_eight_nobody() {
    let seven = desk().told("2025-05-20", "presence rubio --at ankara --when [2025-05-10..2025-05-16]");
    let eight = desk().told("2025-05-20", "presence rubio --at ankara --when [2025-05-10..2025-05-17]");
    assert_eq!(seven.there("rubio --on 2025-05-10"), ["ankara uncertain"]);
    assert_eq!(seven.there("rubio --on 2025-05-16"), ["ankara uncertain"]);
    assert_eq!(eight.there("rubio --on 2025-05-12"), NONE);
    assert_eq!(dated("[2025-05-10..2025-05-16]").there("rubio --on 2025-05-12"), ["ankara uncertain"]);
    assert_eq!(dated("[2025-05-10..2025-05-17]").there("rubio --on 2025-05-12"), NONE);
}

#[test]
fn rule_7_a_month_places_nobody_but_a_closed_interval_is_never_vague() {
    let month = desk().told("2025-05-02", "presence rubio --at ankara --when 2025-05");
    let throughout = desk().told("2025-05-02", "presence rubio --at ankara --when 2025-05-10/2025-06-10");
    assert_eq!(month.there("rubio --on 2025-05-12"), NONE);
    assert_eq!(throughout.there("rubio --on 2025-06-01"), ["ankara planned"]);
}

#[test]
fn rule_7_a_leg_with_a_vague_time_shows_on_no_day_but_in_the_itinerary() {
    let desk = desk().told("2025-05-02", "travel rubio --to ankara --depart 2025-05");
    assert_eq!(desk.legs("rubio --on 2025-05-12"), NONE);
    assert_eq!(desk.there("rubio --on 2025-05-12"), NONE);
    assert_eq!(desk.json("itinerary rubio")["legs"][0]["depart"], "2025-05");
}

#[test]
fn an_approximate_or_doubtful_time_is_at_most_uncertain() {
    for mark in ["~", "?"] {
        let desk = desk().told("2025-05-20", &format!("presence rubio --at ankara --when 2025-05-10{mark}"));
        assert_eq!(desk.there("rubio --on 2025-05-10"), ["ankara uncertain"], "{mark}");
    }
}

/// The calendar ends with the year 9999: what lies beyond cannot be written, in a zone behind UTC either.
#[test]
fn no_answer_has_a_day_or_a_moment_beyond_the_calendar() {
    for zone in ["America/New_York", "Asia/Tokyo"] {
        let desk = Desk::bare();
        assert_eq!(desk.run(&["init", "--zone", zone], "").code, 0);
        let desk = desk.logged(&["official rubio \"Marco Rubio\" --party us", "presence rubio --at riyadh --when 9999-12-31"]);
        for question in [
            "itinerary --chart --on 9999-12-31",
            "itinerary --chart rubio --from 9999-12-30",
            "brief --on 9999-12-31",
            "summits --public-by 9999-12-31T23:59:59-12:00",
            "summits --as-of 9999-12-31",
            "changes --since 9999-12-31",
            "itinerary --chart --on 0001-01-01",
            "brief --on 0001-01-01",
            "summits --public-by 0001-01-01T00:00:00+14:00",
        ] {
            let answer = desk.json(question).to_string();
            assert!(!answer.contains("10000-") && !answer.contains("0000-"), "{zone}: {question}: {answer}");
        }
        let diary = desk.run(&["export", "diary", "--on", "9999-12-31"], "");
        assert!(diary.code == 0 && !format!("{diary:?}").contains("10000"), "{diary:?}");
    }
}
