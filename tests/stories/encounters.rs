//! When officials are together: at a meeting, or on the same day at the same place; as firmly as the weaker of them.

use serde_json::{Value, json};

use super::{desk, text};
use crate::desk::Desk;

/// "lavrov meeting riyadh 2025-05-10 2025-05-12 planned" for each encounter.
fn told(desk: &Desk, question: &str) -> Vec<String> {
    let answer = desk.json(&format!("encounters {question}"));
    let words = |one: &Value| {
        let with: Vec<String> = one["people"].as_array().unwrap().iter().skip(1).map(|who| text(&who["official"])).collect();
        let field = |name: &str| one[name].as_str().unwrap_or("nowhere").to_owned();
        format!("{} {}", with.join("+"), ["together", "place", "from", "to", "standing"].map(field).join(" "))
    };
    answer["encounters"].as_array().unwrap().iter().map(words).collect()
}

#[test]
fn days_at_one_place_that_overlap_are_one_encounter_as_firm_as_the_weaker() {
    let desk = desk()
        .told("2025-05-02", "presence rubio --at ankara --when 2025-05-10/2025-05-12")
        .told("2025-05-11", "presence fidan --at ankara --when 2025-05-11/2025-05-14");
    assert_eq!(told(&desk, "rubio"), ["fidan place ankara 2025-05-11 2025-05-12 planned"]);
    let stretches = &desk.json("encounters fidan rubio")["encounters"][0];
    assert_eq!(stretches["stretches"], json!([{"from": "2025-05-11", "to": "2025-05-12", "standing": "planned"}]));
    assert_eq!(stretches["evidence"], json!(["2.1", "3.1"]));
    assert_eq!(told(&desk, "rubio --to 2025-05-11"), ["fidan place ankara 2025-05-11 2025-05-11 planned"]);
    assert_eq!(told(&desk, "rubio --from 2025-05-13"), super::NONE);
    assert_eq!(told(&desk, "rubio --public-by 2025-05-10"), super::NONE);
}

#[test]
fn a_country_is_too_wide_but_a_meeting_in_it_is_not() {
    let desk = desk()
        .told("2025-05-02", "presence rubio --at \"saudi arabia\" --when 2025-05-10/2025-05-12")
        .told("2025-05-02", "presence lavrov --at riyadh --when 2025-05-10/2025-05-12")
        .told("2025-05-02", "presence waltz --at \"saudi arabia\" --when 2025-05-10/2025-05-12");
    assert_eq!(told(&desk, "rubio"), super::NONE);
    let met = desk
        .told("2025-05-03", "confirm talks --when 2025-05-20 --at \"saudi arabia\" --by us --by ru --principals rubio,lavrov");
    assert_eq!(
        told(&met, "rubio"),
        ["lavrov meeting saudi-arabia 2025-05-20 2025-05-20 confirmed"],
        "its carried days are too wide"
    );
}

#[test]
fn one_place_within_the_other_is_together_in_the_narrower() {
    let desk = desk()
        .told("2025-05-02", "place hall \"The hall\" --country SA --within riyadh --zone Asia/Riyadh")
        .told("2025-05-02", "presence rubio --at riyadh --when 2025-05-10/2025-05-12")
        .told("2025-05-02", "presence lavrov --at hall --when 2025-05-11");
    assert_eq!(told(&desk, "rubio lavrov")[0], "lavrov place hall 2025-05-11 2025-05-12 planned");
    let days = &desk.json("encounters rubio lavrov")["encounters"][0]["stretches"];
    assert_eq!(days[1], json!({"from": "2025-05-12", "to": "2025-05-12", "standing": "presumed"}), "carried from the hall");
}

#[test]
fn doubt_stays_doubt_and_who_stays_away_meets_nobody() {
    let desk = desk()
        .told("2025-05-02", "confirm talks --when 2025-05-10 --at riyadh --by us --by ru --principals rubio,lavrov --uncertain waltz --declined fidan");
    assert_eq!(
        told(&desk, "rubio --carry 0"),
        ["lavrov meeting riyadh 2025-05-10 2025-05-10 confirmed", "waltz meeting riyadh 2025-05-10 2025-05-10 uncertain",]
    );
    let off = desk.told("2025-05-03", "cancel talks --by ru");
    assert_eq!(told(&off, "rubio"), super::NONE);
}

#[test]
fn of_several_only_the_times_count_when_all_are_there() {
    let desk = desk()
        .told("2025-05-02", "presence rubio lavrov --at riyadh --when 2025-05-10/2025-05-12")
        .told("2025-05-02", "presence fidan --at riyadh --when 2025-05-12/2025-05-13");
    assert_eq!(told(&desk, "rubio lavrov fidan"), ["lavrov+fidan place riyadh 2025-05-12 2025-05-12 planned"]);
    assert_eq!(told(&desk, "rubio lavrov"), ["lavrov place riyadh 2025-05-10 2025-05-12 planned"]);
    assert_eq!(told(&desk, "rubio lavrov grossi"), super::NONE);
    assert_eq!(told(&desk, "rubio rubio").len(), 2, "named twice is named once");
}

#[test]
fn a_call_and_a_meeting_whose_place_nobody_knows_are_encounters_without_a_place() {
    let desk = desk()
        .told("2025-05-02", "held ring --level call --when 2025-05-01 --principals rubio,lavrov")
        .told("2025-05-02", "confirm talks --when 2025-05-10 --by us --principals rubio,lavrov")
        .told("2025-05-02", "confirm other --when 2025-05-11 --at riyadh --level call --by us --principals rubio,fidan");
    assert_eq!(
        told(&desk, "rubio"),
        [
            "lavrov call nowhere 2025-05-01 2025-05-01 observed",
            "lavrov meeting nowhere 2025-05-10 2025-05-10 planned",
            "fidan call nowhere 2025-05-11 2025-05-11 planned",
        ]
    );
}

#[test]
fn among_eight_it_is_a_gathering() {
    let seven =
        (0..5).fold(desk(), |desk, at| desk.told("2025-05-01", &format!("official guest-{at} \"Guest {at}\" --party fr")));
    let seven =
        seven.told("2025-05-02", "presence rubio lavrov guest-0 guest-1 guest-2 guest-3 guest-4 --at geneva --when 2025-05-10");
    let gathering = |desk: &Desk| desk.json("encounters rubio lavrov")["encounters"][0]["gathering"].clone();
    assert_eq!(gathering(&seven), json!(null));
    let eight = seven.told("2025-05-03", "presence fidan --at geneva --when 2025-05-10");
    assert_eq!(gathering(&eight), json!(8));
    assert!(eight.ask("encounters rubio lavrov").contains("gathering of 8"));
}

#[test]
fn the_report_that_is_named_is_the_newest_of_the_weakest_claim() {
    let desk = Desk::shipped();
    let line = |day: &str| {
        let text = desk.run(&["encounters", "rubio", "--on", "2025-03-01"], "").out;
        text.lines().find(|line| line.contains("Zelensky") && line.contains(day)).unwrap_or_else(|| panic!("{text}")).to_owned()
    };
    // Rubio was seen in Riyadh; that Zelensky comes, only a spokesman said.
    assert!(line("19 Feb").trim_end().ends_with(" 2.8"), "{}", line("19 Feb"));
}
