//! What `check` makes of a list whose rows are records of their own: stays recorded twice, and who accompanied somebody that was elsewhere.

use serde_json::{Value, json};

use super::{NONE, desk, text};
use crate::desk::Desk;

impl Desk {
    /// A record of one outlet: who, where in several places, when, and its remarks; each is an entry.
    fn record(self, key: &str, official: &str, places: &[&str], when: &str, remarks: &str) -> Self {
        let stay =
            |place: &&str| json!({"kind": "presence", "officials": [official], "place": place, "when": when, "quote": remarks});
        let entry = json!({
            "source": {"outlet": "Archive", "published": "2025-04-30", "record": key},
            "events": places.iter().map(stay).collect::<Vec<_>>(),
        });
        let said = self.run(&["log", "-"], &entry.to_string());
        assert_eq!(said.code, 0, "{}", said.err);
        self
    }
}

/// What is found of some kind: the sentence, and the records that it names.
fn found(desk: &Desk, kind: &str) -> Vec<(String, Vec<String>)> {
    let findings = desk.json("check")["findings"].clone();
    let of_kind = findings.as_array().unwrap().iter().filter(|finding| finding["finding"] == kind);
    of_kind
        .map(|finding| {
            super::findings::try_hint(desk, &text(&finding["hint"]));
            let reports = finding["reports"].as_array().unwrap();
            (text(&finding["says"]), reports.iter().map(|report| text(&report["record"])).collect())
        })
        .collect()
}

fn says(found: &[(String, Vec<String>)]) -> Vec<&str> {
    found.iter().map(|(says, _)| says.as_str()).collect()
}

/// A president and those who go with them; the names are those of the list.
fn cabinet() -> Desk {
    desk().logged(&[
        "official ford \"Gerald R. Ford\" --party us --rank head_of_state",
        "official kissinger \"Henry A. Kissinger\" --party us --title \"Secretary of State\"",
        "official bush-george-h-w \"George H.W. Bush\" --party us --title President",
        "official bush-george-w \"George W. Bush\" --party us --title President",
        "official sauvagnargues \"Jean Sauvagnargues\" --party fr --rank foreign_minister",
    ])
}

#[test]
fn every_finding_names_the_entries_and_the_records_of_the_outlet() {
    let desk = desk().record("a-1", "rubio", &["Ankara", "Istanbul"], "2025-04-10/2025-04-13", "Official visit.").record(
        "a-2",
        "rubio",
        &["Riyadh"],
        "2025-04-12/2025-04-14",
        "Met the King.",
    );
    let finding = desk.json("check")["findings"][0].clone();
    assert_eq!(
        finding["says"],
        "Marco Rubio is reported in Ankara and Istanbul, and in Riyadh, at the same time, 12–13 Apr 2025"
    );
    let report = |event: &str, record: &str| json!({"event": event, "outlet": "Archive", "record": record});
    assert_eq!(finding["reports"], json!([report("2.1", "a-1"), report("2.2", "a-1"), report("3.1", "a-2")]));
    let shown = desk.ask("check");
    assert!(shown.contains("2.1, 2.2 Archive, record a-1, yesterday; 3.1 Archive, record a-2, yesterday"), "{shown}");
    assert!(
        shown.contains("`daybook retract 2.1 2.2 --reason wrong` or"),
        "what one entry says is taken back in one line: {shown}"
    );
    assert_eq!(finding["severity"], "note", "the days are past");
    assert_eq!(desk.json("where rubio --on 2025-04-12")["findings"][0]["reports"], finding["reports"]);
}

#[test]
fn places_near_each_other_are_said_to_be_so() {
    let at = |place: &str| {
        let desk = desk().record("1", "rubio", &["Jerusalem"], "2025-04-10/2025-04-12", "");
        let found = found(&desk.record("2", "rubio", &[place], "2025-04-11/2025-04-12", ""), "conflict");
        found[0].0.clone()
    };
    assert!(at("Ramallah").ends_with(", 11–12 Apr 2025; they are 15 km apart"), "{}", at("Ramallah"));
    assert!(at("Cairo").ends_with(", 11–12 Apr 2025"), "{}", at("Cairo"));
}

#[test]
fn likely_duplicate_one_stay_under_two_records_of_one_outlet() {
    let first = || desk().record("10", "rubio", &["Tokyo"], "2025-04-10/2025-04-12", "Met the Foreign Minister.");
    let twice = first().record("20", "rubio", &["Tokyo"], "2025-04-10/2025-04-13", "Met the Foreign Minister and the Emperor.");
    assert_eq!(
        found(&twice, "likely_duplicate"),
        [(
            "Marco Rubio is reported twice in Tokyo, 10–13 Apr 2025: records 10 and 20 of Archive".to_owned(),
            vec!["10".into(), "20".into()]
        )]
    );
    let hint = text(&twice.json("check")["findings"][0]["hint"]);
    assert_eq!(hint, "if they are one stay: `daybook retract 3.1 --reason duplicate`");
    let settled = twice.logged(&["retract 3.1 --reason duplicate"]);
    assert_eq!(found(&settled, "likely_duplicate"), []);
    let borne_out = first().told("2025-05-02", "presence rubio --at tokyo --when 2025-04-10/2025-04-12");
    assert_eq!(found(&borne_out, "likely_duplicate"), [], "another outlet bears it out");
    let other = first().record("20", "lavrov", &["Tokyo"], "2025-04-10/2025-04-12", "");
    assert_eq!(found(&other, "likely_duplicate"), []);
}

#[test]
fn likely_duplicate_of_several_places_is_one() {
    let places = ["Tel Aviv", "Jerusalem"];
    let desk = desk().record("1", "rubio", &places, "2025-04-10/2025-04-11", "").record(
        "2",
        "rubio",
        &places,
        "2025-04-10/2025-04-11",
        "x",
    );
    assert_eq!(
        says(&found(&desk, "likely_duplicate")),
        ["Marco Rubio is reported twice in Jerusalem and Tel Aviv, 10–11 Apr 2025: records 1 and 2 of Archive"]
    );
    assert_eq!(found(&desk, "conflict"), []);
}

#[test]
fn likely_duplicate_of_one_day_unless_they_went_and_came_back() {
    let days = |one: &str, other: &str| {
        desk().record("1", "rubio", &["Jerusalem"], one, "Met X.").record("2", "rubio", &["Jerusalem"], other, "Met Y.")
    };
    let trip = |desk: Desk| desk.record("3", "rubio", &["Cairo"], "2025-04-11/2025-04-11", "");
    let same = || days("2025-04-11/2025-04-11", "2025-04-11/2025-04-11");
    assert_eq!(found(&same(), "likely_duplicate").len(), 1);
    assert_eq!(found(&trip(same()), "likely_duplicate"), [], "out to Cairo and back");
    let within = || days("2025-04-10/2025-04-13", "2025-04-11/2025-04-11");
    assert_eq!(found(&within(), "likely_duplicate").len(), 1);
    assert_eq!(found(&trip(within()), "likely_duplicate"), []);
    let handed_over = days("2025-04-10/2025-04-11", "2025-04-11/2025-04-12");
    assert_eq!(found(&handed_over, "likely_duplicate"), [], "the days of a stay, told in two");
    let both_days = trip(days("2025-04-10/2025-04-12", "2025-04-11/2025-04-12"));
    assert_eq!(found(&both_days, "likely_duplicate").len(), 1, "two days are no trip");
}

#[test]
fn companion_elsewhere_by_the_record_of_the_one_accompanied() {
    let told = |days: &str| {
        cabinet()
            .record("1", "kissinger", &["Rome"], "2025-04-10/2025-04-10", "Accompanied President Ford.")
            .record("2", "ford", &["Rome"], days, "Met the Prime Minister.")
            .record("3", "ford", &["Brussels"], "2025-04-09/2025-04-10", "NATO summit.")
    };
    assert_eq!(
        found(&told("2025-04-11/2025-04-12"), "companion_elsewhere"),
        [(
            "Henry A. Kissinger is said to have accompanied Gerald R. Ford in Rome, 10 Apr 2025, but Gerald R. Ford is reported in Brussels \
             then, and in Rome, 11–12 Apr 2025"
                .to_owned(),
            vec!["1".into(), "2".into(), "3".into()]
        )]
    );
    assert_eq!(found(&told("2025-04-10/2025-04-12"), "companion_elsewhere"), [], "one came earlier or left later");
    let finding = told("2025-04-11/2025-04-12").json("check ford")["findings"][0].clone();
    assert_eq!((&finding["about"], &finding["severity"]), (&json!("kissinger"), &json!("note")), "it concerns both");
}

#[test]
fn companion_elsewhere_is_none_in_the_same_country_or_where_one_of_several_places_agrees() {
    let near = |place: &str| {
        cabinet()
            .record(
                "1",
                "kissinger",
                &["Rome", "Vatican City"],
                "2025-04-10/2025-04-11",
                "Accompanied President Ford on a visit.",
            )
            .record("2", "ford", &[place], "2025-04-11/2025-04-12", "")
    };
    for place in ["Milan", "Italy", "Vatican City"] {
        assert_eq!(found(&near(place), "companion_elsewhere"), [], "{place}");
    }
    assert_eq!(
        says(&found(&near("Brussels"), "companion_elsewhere")),
        [
            "Henry A. Kissinger is said to have accompanied Gerald R. Ford in Rome and Vatican City, 10–11 Apr 2025, but Gerald R. Ford is reported in \
          Brussels then"
        ]
    );
}

#[test]
fn companion_elsewhere_says_nothing_of_whom_nothing_is_known_that_year() {
    let desk = cabinet().record("1", "kissinger", &["Rome"], "2025-04-10/2025-04-11", "Accompanied President Ford.");
    assert_eq!(found(&desk, "companion_elsewhere"), []);
    let year_before = || cabinet().record("2", "ford", &["Ottawa"], "2024-12-20/2024-12-21", "");
    let desk = year_before().record("1", "kissinger", &["Rome"], "2025-04-10/2025-04-11", "Accompanied President Ford.");
    assert_eq!(found(&desk, "companion_elsewhere"), []);
    let known = desk.record("3", "ford", &["Ottawa"], "2025-01-02/2025-01-03", "");
    assert_eq!(
        says(&found(&known, "companion_elsewhere")),
        [
            "Henry A. Kissinger is said to have accompanied Gerald R. Ford in Rome, 10–11 Apr 2025, but no report puts Gerald R. Ford there then"
        ]
    );
}

/// Who is found to have been accompanied in Rome on the 10th, whoever was known to be in Ottawa on the 2nd.
fn accompanied(remarks: &str, known: &[&str]) -> Vec<String> {
    let ottawa = |desk: Desk, official: &&str| desk.record(official, official, &["Ottawa"], "2025-04-02/2025-04-03", "");
    let desk = known.iter().fold(cabinet(), ottawa).record("1", "kissinger", &["Rome"], "2025-04-10/2025-04-10", remarks);
    let found = desk.json("check")["findings"].clone();
    let companions = found.as_array().unwrap().iter().filter(|finding| finding["finding"] == "companion_elsewhere");
    let whom = |finding: &Value| {
        text(&finding["says"]).split(" accompanied ").nth(1).unwrap().split(" in Rome").next().unwrap().to_owned()
    };
    companions.map(whom).collect()
}

#[test]
fn companion_elsewhere_reads_names_with_titles_that_are_theirs() {
    for remarks in [
        "Accompanied President Ford on a State visit; met Mr. Brandt.",
        "Accompanied Gerald R. Ford.",
        "Attended the ministerial and accompanied President Ford to the summit.",
        "Met Brandt in the morning. Accompanied by President Ford, addressed the press.",
        "Kissinger accompanied Ford to the funeral.",
        "Accompanied the President to Rome.",
    ] {
        assert_eq!(accompanied(remarks, &["ford"]), ["Gerald R. Ford"], "{remarks}");
    }
    for remarks in [
        "Accompanied Vice President Ford.",
        "Accompanied Prime Minister Ford.",
        "Accompanied the dead back to the United States.",
        "Accompanied the President of Italy.",
        "Accompanied the Prime Minister.",
        "Accompanied President Nixon.",
        "Sauvagnargues accompanied President Ford.",
        "Unaccompanied. President Ford stayed at home.",
        "",
    ] {
        assert_eq!(accompanied(remarks, &["ford", "sauvagnargues"]), NONE, "{remarks}");
    }
}

#[test]
fn companion_elsewhere_takes_the_one_of_a_name_who_is_known_then() {
    assert_eq!(accompanied("Accompanied President Bush.", &["bush-george-h-w"]), ["George H.W. Bush"]);
    assert_eq!(accompanied("Accompanied President Bush.", &["bush-george-w"]), ["George W. Bush"]);
    assert_eq!(accompanied("Accompanied President Bush.", &["bush-george-h-w", "bush-george-w"]), NONE, "either may be meant");
    assert_eq!(accompanied("Accompanied President George W. Bush.", &["bush-george-h-w", "bush-george-w"]), ["George W. Bush"]);
}

#[test]
fn implausible_leg_is_none_to_a_place_of_which_only_the_country_is_known() {
    // In 40 minutes from Ankara: to a base somewhere in Iraq that stands at Baghdad in an older log, as to Iraq itself, nobody knows.
    let flies = |to: &str| {
        let base = json!({"events": [
            {"kind": "place", "place": "iraq", "name": "Iraq", "country": "IQ", "lat": 33.34058, "lon": 44.40088, "zone": "Asia/Baghdad"},
            {"kind": "place", "place": "baghdad", "name": "Baghdad", "country": "IQ", "lat": 33.34058, "lon": 44.40088, "within": "iraq"},
            {"kind": "place", "place": "al-asad", "name": "Al Asad", "country": "IQ", "lat": 33.34058, "lon": 44.40088, "within": "iraq"},
            {"kind": "place", "place": "hangar", "name": "Hangar", "country": "IQ", "lat": 33.34058, "lon": 44.40088, "within": "al-asad"},
        ]});
        let desk = desk();
        assert_eq!(desk.run(&["log", "-"], &base.to_string()).code, 0);
        let leg = format!("travel rubio --from ankara --to {to} --depart 2025-05-10T10:00 --arrive 2025-05-10T10:40");
        let findings = desk.told("2025-05-02", &leg).json("check")["findings"].clone();
        findings.as_array().unwrap().len()
    };
    assert_eq!(["baghdad", "iraq", "al-asad", "hangar"].map(flies), [1, 0, 0, 0]);
}
