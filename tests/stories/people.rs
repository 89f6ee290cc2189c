//! Who takes part and how surely: attendance, roles, doubtful places, and who is at a place.

use serde_json::json;

use super::{NONE, desk};
use crate::desk::Desk;

fn confirmed(more: &str) -> Desk {
    let line = format!("confirm talks --when 2025-05-20 --by us --by ru --principals rubio,lavrov {more}");
    desk().told("2025-05-02", &line)
}

#[test]
fn attendance_decides_how_firmly_a_meeting_places_somebody() {
    let desk = confirmed("--at ankara --delegation waltz --uncertain waltz --declined fidan");
    assert_eq!(desk.there("rubio --on 2025-05-20"), ["ankara confirmed"]);
    assert_eq!(desk.there("waltz --on 2025-05-20"), ["ankara uncertain"]);
    assert_eq!(desk.there("fidan --on 2025-05-20"), NONE);
}

#[test]
fn rule_26_who_keeps_uncertain_attendance_apart() {
    let desk = confirmed("--at riyadh --delegation waltz --uncertain waltz")
        .told("2025-05-03", "presence fidan --at jeddah --when 2025-05-20?")
        .told("2025-05-03", "presence grossi --at riyadh --when 2025-05-19");
    let mut people = desk.who("riyadh --on 2025-05-20", "people");
    people.sort();
    assert_eq!(people, ["grossi", "lavrov", "rubio"], "the presumed are people");
    assert_eq!(desk.who("riyadh --on 2025-05-20", "uncertain"), ["waltz"]);
    let mut country = desk.who("saudi-arabia --on 2025-05-20", "people");
    country.sort();
    assert_eq!(
        country,
        ["fidan", "grossi", "lavrov", "rubio"],
        "a country includes its places; a doubtful date is another doubt"
    );
    assert_eq!(desk.who("jeddah --on 2025-05-20", "uncertain"), NONE);
    assert_eq!(desk.who("ankara --on 2025-05-20", "people"), NONE);
    let seen = desk.told("2025-05-20", "presence waltz --at riyadh --when 2025-05-20");
    assert_eq!(seen.who("riyadh --on 2025-05-20", "uncertain"), NONE, "not all of the claims there rest on uncertain attendance");
}

#[test]
fn rule_17_a_doubtful_place_places_at_most_uncertain() {
    let desk = confirmed("--at riyadh?");
    assert_eq!(desk.status("talks"), "confirmed");
    assert_eq!(desk.meeting("talks", "place_doubtful"), true);
    assert_eq!(desk.there("rubio --on 2025-05-20"), ["riyadh uncertain"]);
    assert_eq!(desk.who("riyadh --on 2025-05-20", "uncertain"), NONE);
    let sure = desk.told("2025-05-03", "change talks --at riyadh");
    assert_eq!(sure.meeting("talks", "place_doubtful"), false);
    assert_eq!(sure.there("rubio --on 2025-05-20"), ["riyadh confirmed"]);
}

#[test]
fn a_call_places_nobody_and_a_meeting_without_a_place_neither() {
    assert_eq!(confirmed("--at ankara --level call").there("rubio --on 2025-05-20"), NONE);
    assert_eq!(confirmed("").there("rubio --on 2025-05-20"), NONE);
}

#[test]
fn a_meeting_places_as_firmly_as_its_status() {
    let line = |verb: &str, by: &str| format!("{verb} talks --when 2025-05-20 --at ankara {by} --principals rubio,lavrov");
    for (verb, by, standing) in [
        ("propose", "--by us", "ankara uncertain"),
        ("confirm", "--by us", "ankara planned"),
        ("confirm", "--by us --by ru", "ankara confirmed"),
    ] {
        assert_eq!(desk().told("2025-05-02", &line(verb, by)).there("rubio --on 2025-05-20"), [standing]);
    }
    let held = desk().told("2025-05-21", &line("held", ""));
    assert_eq!(held.there("rubio --on 2025-05-20"), ["ankara observed"]);
    assert_eq!(confirmed("--at ankara").told("2025-05-03", "postpone talks").there("rubio --on 2025-05-20"), NONE);
}

#[test]
fn rule_9_participants_amend_one_by_one() {
    let desk = confirmed("--at ankara --delegation waltz")
        .told("2025-05-03", "change talks --uncertain waltz")
        .told("2025-05-04", "change talks --declined lavrov")
        .told("2025-05-05", "change talks --delegation waltz --principals fidan");
    let seats = |question: &str| -> Vec<String> {
        let participants = desk.meeting(question, "participants");
        let words =
            |seat: &serde_json::Value| ["official", "role", "attendance"].map(|field| super::text(&seat[field])).join(" ");
        participants.as_array().unwrap().iter().map(words).collect()
    };
    assert_eq!(
        seats("talks --as-of 3"),
        ["rubio principal expected", "lavrov principal expected", "waltz delegation uncertain"],
        "a role not given keeps the old one"
    );
    assert_eq!(
        seats("talks"),
        ["rubio principal expected", "lavrov principal declined", "waltz delegation expected", "fidan principal expected"],
        "an attendance not given means expected"
    );
    assert_eq!(desk.sides("talks", "silent"), ["tr"], "leaving requires nothing, joining does");
}

#[test]
fn a_party_can_take_part_when_nobody_is_named() {
    let desk = desk().told("2025-05-02", "propose talks --when 2025-05-20 --at ankara --principals us,ru --by us");
    let seat = &desk.meeting("talks", "participants")[1];
    assert_eq!((&seat["official"], &seat["party"]), (&json!(null), &json!("ru")));
    assert_eq!(desk.sides("talks", "silent"), ["ru"]);
    assert_eq!(desk.who("ankara --on 2025-05-20", "people"), NONE);
}
