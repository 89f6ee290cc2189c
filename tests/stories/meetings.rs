//! One meeting, one identity: from the first announcement to the outcome.

use serde_json::{Value, json};

use super::{NONE, desk, previous};
use crate::desk::Desk;

/// Rubio and Lavrov are to meet in Ankara on the 20th; both sides say so (entry 2).
fn confirmed() -> Desk {
    desk()
        .told("2025-05-02", "confirm talks --title Talks --when 2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov")
}

#[test]
fn announced_postponed_announced_again_and_held_is_one_meeting_that_slipped_once() {
    let desk = desk()
        .told("2025-05-02", "propose talks --when 2025-05-20 --at ankara --by us --principals rubio,lavrov")
        .told("2025-05-05", "confirm talks --by us --by ru")
        .told("2025-05-10", "postpone talks --by ru --reason illness")
        .told("2025-05-12", "confirm talks --when 2025-06-03 --by us")
        .told("2025-05-14", "confirm talks --by ru")
        .told("2025-06-04", "held talks --when 2025-06-03");
    let statuses: Vec<String> = (2..=7).map(|entry| desk.status(&format!("talks --as-of {entry}"))).collect();
    assert_eq!(statuses, ["proposed", "confirmed", "postponed", "scheduled", "confirmed", "held"]);
    let story = desk.json("meeting talks");
    assert_eq!(story["slips"], 1, "a postponement and the date that follows count once");
    assert_eq!(story["previous"], json!([previous("2025-05-20", "4.1")]));
    assert_eq!(story["when"], "2025-06-03");
    assert_eq!(story["history"].as_array().unwrap().len(), 6);
    assert_eq!(desk.json("summits --all")["meetings"].as_array().unwrap().len(), 1);
    assert_eq!(desk.json("summits")["meetings"], json!([]), "pending is everything but held and cancelled");
}

#[test]
fn one_side_denies_what_the_other_confirmed_until_it_says_yes_itself() {
    let desk = desk()
        .told("2025-05-02", "confirm talks --when 2025-05-20 --at ankara --by us --principals rubio,lavrov")
        .told("2025-05-03", "decline talks --by ru")
        .told("2025-05-04", "confirm talks --by us")
        .told("2025-05-05", "confirm talks --by ru");
    assert_eq!(desk.status("talks --as-of 2"), "scheduled");
    assert_eq!(desk.status("talks --as-of 3"), "at_risk");
    assert_eq!(desk.sides("talks --as-of 3", "declined_by"), ["ru"]);
    assert_eq!(desk.meeting("talks --as-of 3", "eventoccurstatus"), "eos2");
    assert_eq!(desk.there("rubio --on 2025-05-20 --as-of 3"), ["ankara uncertain"]);
    // Rule 13: a party's no stands until its own later yes.
    assert_eq!(desk.status("talks --as-of 4"), "at_risk");
    assert_eq!(desk.status("talks --as-of 5"), "confirmed");
    assert_eq!(desk.sides("talks", "declined_by"), NONE);
}

#[test]
fn rule_13_a_denial_by_nobody_in_particular_ends_with_anyones_yes() {
    let desk = confirmed().told("2025-05-03", "decline talks").told("2025-05-04", "confirm talks --by us");
    assert_eq!(desk.status("talks --as-of 3"), "at_risk");
    assert_eq!(desk.sides("talks --as-of 3", "declined_by"), NONE);
    assert_eq!(desk.status("talks"), "confirmed");
}

#[test]
fn an_old_report_logged_late_overrides_nothing() {
    let desk = desk()
        .told("2025-05-15", "confirm talks --when 2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov")
        .found("2025-05-10", "propose talks --when 2025-05-18 --by us");
    assert_eq!(desk.meeting("talks", "when"), "2025-05-20");
    assert_eq!(desk.status("talks"), "confirmed");
    // Rule 8: all counting events apply in public order; the older date was given up by the newer one.
    assert_eq!(desk.meeting("talks", "previous"), json!([previous("2025-05-18", "2.1")]));
    assert_eq!(desk.meeting("talks --public-by 2025-05-12", "when"), "2025-05-18");
}

#[test]
fn rule_8_a_meeting_exists_only_while_something_introduces_it() {
    let desk = desk()
        .told("2025-05-02", "propose talks --when 2025-05-20 --by us")
        .told("2025-05-03", "change talks --when 2025-05-21")
        .told("2025-05-04", "retract 2.1 --reason wrong");
    desk.refused("meeting talks");
    assert_eq!(desk.json("summits --all")["meetings"], json!([]));
    assert_eq!(desk.meeting("talks --as-of 3", "when"), "2025-05-21");
}

#[test]
fn rule_14_a_cancellation_keeps_the_date_for_whoever_reopens_the_meeting() {
    let desk = confirmed()
        .told("2025-05-05", "cancel talks --by us --reason storm")
        .told("2025-05-06", "change talks --when 2025-05-20")
        .told("2025-05-07", "postpone talks")
        .told("2025-05-08", "propose talks --by ru");
    assert_eq!(desk.status("talks --as-of 3"), "cancelled");
    assert_eq!(desk.meeting("talks --as-of 3", "when"), "2025-05-20");
    assert_eq!(desk.meeting("talks --as-of 3", "eventoccurstatus"), "eos6");
    assert_eq!(desk.json("summits --as-of 3")["meetings"], json!([]));
    assert_eq!(desk.there("rubio --on 2025-05-20 --as-of 3"), NONE);
    assert_eq!(desk.status("talks --as-of 4"), "cancelled", "a dated change ends a postponement, never a cancellation");
    assert_eq!(desk.status("talks --as-of 5"), "cancelled", "cancelled, then postponed to no date, stays cancelled");
    assert_eq!(desk.status("talks"), "proposed", "the cancellation cleared every yes");
    assert_eq!(desk.meeting("talks", "when"), "2025-05-20");
    assert_eq!(desk.meeting("talks", "slips"), 0);
}

#[test]
fn rule_14_a_cancelled_meeting_put_off_to_a_date_is_open_again() {
    let desk = confirmed().told("2025-05-05", "cancel talks").told("2025-05-06", "postpone talks --when 2025-06-01 --by us");
    assert_eq!(desk.status("talks"), "proposed");
    assert_eq!(desk.meeting("talks", "when"), "2025-06-01");
    assert_eq!(desk.meeting("talks", "previous"), json!([previous("2025-05-20", "4.1")]));
}

#[test]
fn rule_14_postponed_undated_has_no_date_and_previous_has_the_old_one() {
    let desk = confirmed()
        .told("2025-05-05", "postpone talks --by ru")
        .told("2025-05-06", "postpone talks --by ru")
        .told("2025-05-07", "change talks --when 2025-05-28");
    assert_eq!(desk.meeting("talks --as-of 3", "when"), Value::Null);
    assert_eq!(desk.meeting("talks --as-of 3", "days_to_go"), Value::Null);
    assert_eq!(desk.meeting("talks --as-of 3", "eventoccurstatus"), "eos1");
    assert_eq!(desk.meeting("talks --as-of 4", "previous"), json!([previous("2025-05-20", "3.1")]), "said twice, slipped once");
    assert_eq!(desk.status("talks"), "proposed", "a dated change ends the postponement; the yes of both was cleared");
    assert_eq!(desk.sides("talks", "silent"), ["ru", "us"]);
    assert_eq!(desk.meeting("talks", "slips"), 1);
}

#[test]
fn a_change_of_date_keeps_confirmations() {
    let desk = confirmed().told("2025-05-05", "change talks --when 2025-05-27");
    assert_eq!(desk.status("talks"), "confirmed");
    assert_eq!(desk.meeting("talks", "slips"), 1);
    assert_eq!(desk.there("rubio --on 2025-05-27"), ["ankara confirmed"]);
    assert_eq!(desk.there("rubio --on 2025-05-20"), NONE);
}

#[test]
fn a_window_that_passed_without_a_report_is_lapsed_and_still_pending() {
    let desk = confirmed();
    assert_eq!(desk.status("talks --on 2025-05-20"), "confirmed");
    assert_eq!(desk.status("talks --on 2025-05-21"), "lapsed");
    assert_eq!(desk.meeting("talks --on 2025-05-21", "days_to_go"), -1);
    // Rule 16: the value that it would have were its window not past.
    assert_eq!(desk.meeting("talks --on 2025-05-21", "eventoccurstatus"), "eos5");
    assert_eq!(desk.json("summits --on 2025-05-21")["meetings"][0]["status"], "lapsed");
    assert_eq!(desk.json("itinerary rubio --on 2025-05-21")["stops"][0]["standing"], "uncertain");
    let desk = desk.told("2025-05-03", "decline talks --by ru");
    assert_eq!(desk.status("talks --on 2025-05-21"), "lapsed", "at risk only while its window is not past");
    assert_eq!(desk.meeting("talks --on 2025-05-21", "eventoccurstatus"), "eos2");
}

#[test]
fn a_window_of_several_days_lapses_after_its_last() {
    let desk =
        desk().told("2025-05-02", "confirm talks --when [2025-05-19..2025-05-23] --at ankara --by us --principals rubio,lavrov");
    assert_eq!(desk.status("talks --on 2025-05-23"), "scheduled");
    assert_eq!(desk.status("talks --on 2025-05-24"), "lapsed");
}

#[test]
fn rule_15_held_stays_held_until_the_report_is_taken_back() {
    let desk = confirmed()
        .told("2025-05-21", "held talks --when 2025-05-21")
        .told("2025-05-22", "cancel talks --by ru")
        .told("2025-05-23", "decline talks --by us")
        .told("2025-05-24", "confirm talks --by ru")
        .told("2025-05-25", "retract 3.1 --reason wrong");
    for entry in 3..=6 {
        assert_eq!(desk.status(&format!("talks --as-of {entry}")), "held");
    }
    assert_eq!(desk.there("rubio --on 2025-05-21 --as-of 6"), ["ankara observed"]);
    assert_eq!(
        desk.meeting("talks --as-of 3", "previous"),
        json!([previous("2025-05-20", "3.1")]),
        "another date in it is a slip"
    );
    // What is left: called off, refused by one side, then confirmed by the other.
    assert_eq!(desk.status("talks --on 2025-05-20"), "at_risk");
    assert_eq!(desk.sides("talks --on 2025-05-20", "declined_by"), ["us"]);
}

#[test]
fn rule_15_what_came_after_does_not_move_those_who_met() {
    for later in ["postpone talks --by ru", "postpone talks --when 2025-06-10 --by ru"] {
        let desk = confirmed().told("2025-05-21", "held talks").told("2025-05-22", later);
        assert_eq!(desk.status("talks"), "held");
        assert_eq!(desk.there("rubio --on 2025-05-20"), ["ankara observed"], "{later}");
        assert_eq!(desk.there("rubio --on 2025-06-10"), NONE, "{later}: nobody can have been seen on a day to come");
    }
}

#[test]
fn rule_9_held_with_names_completes_the_list_and_without_names_removes_nobody() {
    let unsure = || confirmed().told("2025-05-03", "change talks --uncertain waltz");
    let named = unsure().told("2025-05-21", "held talks --principals rubio,lavrov");
    let nobody = unsure().told("2025-05-21", "held talks");
    let count = |desk: &Desk| desk.meeting("talks", "participants").as_array().unwrap().len();
    assert_eq!((count(&named), count(&nobody)), (2, 3));
    assert_eq!(named.there("waltz --on 2025-05-20"), NONE);
    assert_eq!(nobody.there("waltz --on 2025-05-20"), ["ankara uncertain"]);
}

#[test]
fn a_meeting_reported_as_held_before_its_date_is_worth_a_second_look() {
    let desk = desk().told("2025-05-01", "confirm talks --at riyadh --when 2025-05-20 --by us --principals rubio,lavrov");
    let said = desk.at("2025-05-02T12:00:00Z").log(&["source --outlet Wire --published 2025-05-02", "held talks"]);
    assert!(said.out.contains("but: talks is reported as held on a day to come, Tue 20 May 2025"), "{}", said.out);
}

#[test]
fn a_speaker_who_is_spelt_in_another_way_is_said() {
    let said = desk().log(&["source --outlet Wire --published 2025-05-01", "statement Lawrow \"We go on\""]);
    assert!(said.out.contains("\"Lawrow\" is taken as Sergei Lavrov"), "{}", said.out);
}

#[test]
fn a_change_of_plan_after_a_meeting_was_held_is_worth_a_second_look() {
    let desk = desk().told("2025-05-02", "held talks --at riyadh --when 2025-05-02 --principals rubio,lavrov");
    for line in ["change talks --when 2025-05-20", "postpone talks --by ru", "cancel talks --by us"] {
        let said = desk.run(&["log", "-", "--dry-run"], &format!("source --outlet Wire --published 2025-05-03\n{line}\n"));
        assert!(said.out.contains("but: talks was reported as held, and stays so"), "{line}: {}{}", said.out, said.err);
    }
    let said = desk.run(&["log", "-", "--dry-run"], "source --outlet Wire --published 2025-05-03\nchange talks --agenda peace\n");
    assert_eq!((said.code, said.out.contains("but: talks")), (0, false), "{}", said.out);
}
