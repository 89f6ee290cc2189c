//! Who must say yes, and what counts as one (rules 11, 12 and 16).

use serde_json::json;

use super::{NONE, desk};
use crate::desk::Desk;

/// A meeting in Ankara on the 20th with these people, confirmed by one party after the other.
fn confirmed_by(people: &str, parties: &[&str]) -> Desk {
    parties.iter().fold(desk(), |desk, party| {
        desk.told("2025-05-02", &format!("confirm talks --when 2025-05-20 --at ankara --by {party} {people}"))
    })
}

/// The status after each of these parties has said yes.
fn statuses(people: &str, parties: &[&str]) -> Vec<String> {
    let desk = confirmed_by(people, parties);
    (2..2 + parties.len()).map(|entry| desk.status(&format!("talks --as-of {entry}"))).collect()
}

#[test]
fn every_expected_principals_party_must_say_yes() {
    assert_eq!(statuses("--principals rubio,lavrov", &["us", "ru"]), ["scheduled", "confirmed"]);
    assert_eq!(statuses("--principals rubio,lavrov,fidan", &["us", "ru", "tr"]), ["scheduled", "scheduled", "confirmed"]);
    let desk = confirmed_by("--principals rubio,lavrov", &["us"]);
    assert_eq!(desk.sides("talks", "silent"), ["ru"]);
    assert_eq!(desk.sides("talks", "confirmed_by"), ["us"]);
}

#[test]
fn a_host_counts_only_where_fewer_than_two_parties_have_principals() {
    assert_eq!(statuses("--principals rubio,lavrov --hosts bin-farhan", &["us", "ru"]), ["scheduled", "confirmed"]);
    assert_eq!(statuses("--principals rubio --hosts fidan", &["us", "tr"]), ["scheduled", "confirmed"]);
    assert_eq!(confirmed_by("--principals rubio --hosts fidan", &["us"]).sides("talks", "silent"), ["tr"]);
}

#[test]
fn the_uncertain_and_the_declined_require_nothing() {
    // One expected person is no known list: then at least two parties must have confirmed.
    assert_eq!(statuses("--principals rubio,lavrov --uncertain lavrov", &["us", "ru"]), ["scheduled", "confirmed"]);
    let desk = confirmed_by("--principals rubio,lavrov,fidan --declined fidan", &["us", "ru"]);
    assert_eq!(desk.status("talks"), "confirmed");
    assert_eq!(desk.sides("talks", "silent"), NONE);
}

#[test]
fn a_known_list_of_one_party_needs_that_party_only() {
    assert_eq!(statuses("--principals rubio,waltz", &["us"]), ["confirmed"]);
}

#[test]
fn with_somebody_of_no_party_two_parties_must_have_confirmed() {
    assert_eq!(statuses("--principals rubio,grossi", &["us", "tr"]), ["scheduled", "confirmed"]);
}

#[test]
fn with_no_required_party_known_it_is_scheduled_at_most() {
    assert_eq!(statuses("", &["us", "ru"]), ["scheduled", "scheduled"]);
    assert_eq!(statuses("--delegation rubio,lavrov", &["us", "ru"]), ["scheduled", "scheduled"]);
}

#[test]
fn without_a_date_nothing_is_confirmed() {
    let desk = desk().told("2025-05-02", "confirm talks --at ankara --by us --by ru --principals rubio,lavrov");
    assert_eq!(desk.status("talks"), "proposed");
    assert_eq!(desk.meeting("talks", "eventoccurstatus"), "eos3");
}

#[test]
fn rule_12_a_proposer_counts_once_another_required_party_confirms() {
    let desk = desk()
        .told("2025-05-02", "propose talks --when 2025-05-20 --at ankara --by us --principals rubio,lavrov")
        .told("2025-05-03", "confirm talks --by ru");
    assert_eq!(desk.status("talks --as-of 2"), "proposed");
    assert_eq!(desk.sides("talks --as-of 2", "confirmed_by"), NONE);
    assert_eq!(desk.sides("talks --as-of 2", "silent"), ["ru"], "who proposed is not silent");
    assert_eq!(desk.meeting("talks --as-of 2", "eventoccurstatus"), "eos3", "rule 16: one party's proposal");
    assert_eq!(desk.status("talks"), "confirmed");
    assert_eq!(desk.sides("talks", "confirmed_by"), ["ru", "us"]);
}

#[test]
fn rule_12_the_other_must_be_required_the_proposer_need_not_be() {
    let desk = desk()
        .told("2025-05-02", "propose talks --when 2025-05-20 --at ankara --by sa --principals rubio,lavrov")
        .told("2025-05-03", "confirm talks --by tr")
        .told("2025-05-04", "confirm talks --by us");
    assert_eq!(desk.sides("talks --as-of 3", "confirmed_by"), ["tr"]);
    assert_eq!(desk.sides("talks", "confirmed_by"), ["sa", "tr", "us"]);
    assert_eq!(desk.status("talks"), "scheduled", "Russia is required and silent");
}

#[test]
fn rule_12_two_proposals_confirm_nothing() {
    let desk = desk()
        .told("2025-05-02", "propose talks --when 2025-05-20 --at ankara --by us --principals rubio,lavrov")
        .told("2025-05-03", "propose talks --by ru");
    assert_eq!(desk.status("talks"), "proposed");
    assert_eq!(desk.sides("talks", "silent"), NONE);
}

#[test]
fn rule_12_a_later_proposal_is_a_yes_again_and_never_weakens_one() {
    let desk = confirmed_by("--principals rubio,lavrov", &["us", "ru"])
        .told("2025-05-05", "decline talks --by ru")
        .told("2025-05-06", "propose talks --by ru")
        .told("2025-05-07", "propose talks --by us");
    assert_eq!(desk.status("talks --as-of 4"), "at_risk");
    assert_eq!(desk.status("talks --as-of 5"), "confirmed");
    assert_eq!(desk.status("talks"), "confirmed");
    assert_eq!(desk.sides("talks", "confirmed_by"), ["ru", "us"]);
}

#[test]
fn rule_12_whoever_postpones_to_a_new_date_proposes_it() {
    let desk = confirmed_by("--principals rubio,lavrov", &["us", "ru"])
        .told("2025-05-05", "postpone talks --when 2025-05-27 --by ru")
        .told("2025-05-06", "confirm talks --by us");
    assert_eq!(desk.status("talks --as-of 4"), "proposed");
    assert_eq!(desk.sides("talks --as-of 4", "silent"), ["us"]);
    assert_eq!(desk.status("talks"), "confirmed");
    assert_eq!(desk.meeting("talks", "when"), "2025-05-27");
}

#[test]
fn a_postponement_clears_refusals_too() {
    let desk = confirmed_by("--principals rubio,lavrov", &["us"])
        .told("2025-05-05", "decline talks --by ru")
        .told("2025-05-06", "postpone talks --when 2025-05-27 --by us");
    assert_eq!(desk.status("talks"), "proposed");
    assert_eq!(desk.sides("talks", "silent"), ["ru"]);
}

#[test]
fn a_party_is_remembered_with_the_voice_that_spoke() {
    let desk = desk()
        .logged(&["party ru --voice Kremlin"])
        .told("2025-05-02", "confirm talks --when 2025-05-20 --at ankara --by Kremlin --principals rubio,lavrov");
    assert_eq!(desk.meeting("talks", "confirmed_by"), json!([{"party": "ru", "voice": "Kremlin"}]));
}
