//! Embargoes: what rests on an entry under embargo is marked at the desk, to the minute, and does not leave it.

use serde_json::{Value, json};

use super::desk;
use crate::desk::Desk;

const MARK: &str = "EMBARGO until 4 May 06:00 (UTC)";
const BEFORE: &str = "2025-05-04T05:59:59Z";
const AFTER: &str = "2025-05-04T06:00:00Z";

impl Desk {
    /// A report under embargo until the 4th of May, 06:00.
    fn secret(self, line: &str) -> Self {
        self.at("2025-05-02T12:00:00Z")
            .logged(&["source --outlet Court --published 2025-05-02 --embargo 2025-05-04T06:00Z", line])
    }

    /// The lines of an answer that bear a mark, in words alone.
    fn marked(&self, question: &str) -> Vec<String> {
        marked(&self.ask(question))
    }

    fn embargoed(&self, question: &str) -> Value {
        self.json(question).get("embargoed").cloned().unwrap_or(Value::Null)
    }

    fn feed(&self, options: &str) -> String {
        // Lines are folded at 75 bytes.
        self.ask(&format!("export ics --with travel --on 2025-05-04{options}")).replace("\r\n ", "")
    }
}

fn marked(text: &str) -> Vec<String> {
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    text.lines().filter(|line| line.contains("EMBARGO")).map(words).collect()
}

fn until(entry: u64) -> Value {
    json!([{"entry": entry, "until": "2025-05-04T06:00:00.000Z"}])
}

/// The 3rd is known only under embargo; the 1st is public.
fn stop() -> Desk {
    desk()
        .told("2025-05-01", "presence rubio --at ankara --when 2025-05-01/2025-05-02")
        .secret("presence rubio --at ankara --when 2025-05-02/2025-05-05 --quote \"stays\"")
        .wide(160)
}

#[test]
fn a_stop_that_rests_on_a_public_entry_and_on_one_under_embargo() {
    let desk = stop().at(BEFORE);
    let both = desk.ask("where rubio --on 2025-05-02");
    assert!(both.contains(MARK), "{both}");
    // The line of the stop and the line of the report each say so; the public report's does not.
    assert!(desk.marked("where rubio --on 2025-05-02").iter().all(|line| !line.contains("Wire")), "{both}");
    for question in [
        "where --on 2025-05-04",
        "where rubio --on 2025-05-01",
        "itinerary rubio",
        "who ankara --on 2025-05-04",
        "brief",
        "explain rubio",
    ] {
        assert!(!desk.marked(question).is_empty(), "{question}");
        assert_eq!(desk.embargoed(question), until(3), "{question}");
    }
    let desk = desk.at(AFTER);
    for question in [
        "where --on 2025-05-04",
        "where rubio --on 2025-05-01",
        "itinerary rubio",
        "who ankara --on 2025-05-04",
        "brief",
        "explain rubio",
    ] {
        assert_eq!((desk.marked(question), desk.embargoed(question)), (vec![], Value::Null), "{question}");
    }
    // That it was under embargo stands in the report for good.
    assert_eq!(desk.json("explain 3")["deciding"][0]["embargo"], "2025-05-04T06:00:00.000Z");
    assert_eq!(desk.json("explain 2")["deciding"][0].get("embargo"), None);
}

/// The clocks decide what is seen: what was not public then, and what the log did not hold, needs no mark.
#[test]
fn answers_without_the_entry_bear_no_mark() {
    let desk = stop().at(BEFORE);
    for question in ["where rubio --on 2025-05-02 --public-by 2025-05-03", "where rubio --on 2025-05-02 --as-of 2", "where waltz"]
    {
        assert_eq!(desk.marked(question), super::NONE, "{question}");
    }
    assert_eq!(desk.embargoed("where rubio --on 2025-05-02 --public-by 2025-05-03"), Value::Null);
    assert_eq!(desk.embargoed("where rubio --on 2025-05-02 --as-of 2"), Value::Null);
    assert_eq!(desk.embargoed("where rubio --on 2025-05-02 --as-of 2025-05-02"), until(3));
}

#[test]
fn a_meeting_whose_newest_date_is_under_embargo() {
    let desk = desk()
        .told("2025-05-01", "confirm oslo --when 2025-05-20 --at oslo --by us --principals rubio,lavrov")
        .secret("change oslo --when 2025-05-22")
        .wide(160)
        .at(BEFORE);
    assert_eq!(desk.meeting("oslo", "when"), "2025-05-22");
    assert_eq!(desk.marked("summits"), [format!("last report 2 days ago: Court 3.1 {MARK}")]);
    let story = desk.marked("meeting oslo");
    assert_eq!(story[0], format!("last report 2 days ago: Court, 2 May 3.1 {MARK}"));
    assert_eq!(story[1], format!("2 May changed to Thu 22 May {MARK} 3.1 Court"));
    assert_eq!(story.len(), 2, "the public report is not marked");
    assert_eq!(desk.marked("explain oslo").len(), 2, "the date that stands, and the report");
    assert!(!desk.marked("where rubio").is_empty(), "what is next");
    assert_eq!(desk.json("meeting oslo")["history"][1]["embargo"], "2025-05-04T06:00:00.000Z");
    // A public report of the day after: what is under embargo becomes public later still, and stays the last report.
    let desk = desk
        .at("2025-05-03T12:00:00Z")
        .logged(&["source --outlet Wire --published 2025-05-03", "confirm oslo --by ru"])
        .at(BEFORE);
    assert_eq!(desk.marked("summits"), [format!("last report 2 days ago: Court 3.1 {MARK}")]);
    assert_eq!(desk.at(AFTER).marked("meeting oslo"), super::NONE);
}

#[test]
fn a_retracted_entry_under_embargo() {
    let desk = stop().at("2025-05-03T12:00:00Z");
    desk.ask("retract 3.1 --reason wrong");
    assert_eq!(desk.marked("where rubio --on 2025-05-02"), super::NONE, "nothing rests on it");
    let told = desk.marked("explain 3.1");
    assert_eq!(told.len(), 1, "it is shown struck out, and must not leave the desk either: {told:?}");
    let desk =
        super::desk().told("2025-05-01", "propose oslo --when 2025-05-20").secret("change oslo --when 2025-05-22").wide(160);
    desk.ask("retract last --reason wrong");
    assert_eq!(desk.marked("meeting oslo"), [format!("✗ 2 May changed to Thu 22 May {MARK} 3.1 Court")]);
    assert_eq!(desk.marked("summits"), super::NONE);
}

#[test]
fn journeys_and_statements() {
    let desk = desk().secret("travel rubio --to doha --depart 2025-05-06").wide(160);
    for question in [
        "where rubio --on 2025-05-06",
        "where --on 2025-05-06",
        "where rubio --on 2025-05-04",
        "where --on 2025-05-04",
        "itinerary rubio",
    ] {
        assert!(!desk.marked(question).is_empty(), "{question}");
    }
    let desk = desk.secret("statement rubio \"We go\"");
    assert_eq!(desk.marked("statements").len(), 1);
    assert_eq!(desk.at(AFTER).marked("statements"), super::NONE);
}

/// What is carried from a stop under embargo, and the last stop before the day, tell where somebody was.
#[test]
fn the_last_stop_known() {
    let desk = desk().secret("presence rubio --at ankara --when 2025-05-02").at("2025-05-04T05:00:00Z");
    assert_eq!(desk.marked("where rubio --on 2025-05-04").len(), 1, "carried");
    assert_eq!(desk.marked("where rubio --on 2025-05-20").len(), 1, "unknown; last known Ankara");
}

/// A bare day ends with its last minute, in the zone of the log or of --tz.
#[test]
fn the_mark_is_written_in_the_zone_that_is_asked_for() {
    let desk = desk()
        .at("2025-05-02T12:00:00Z")
        .logged(&["source --embargo 2025-05-04", "presence rubio --at ankara --when 2025-05-02"]);
    let desk = desk.wide(160);
    assert!(desk.ask("where rubio").contains("EMBARGO until the end of 4 May (UTC)"));
    let desk = stop().at(BEFORE);
    assert!(desk.ask("where rubio --tz Europe/Madrid").contains("EMBARGO until 4 May 08:00 (Europe/Madrid)"));
}

/// Encounters, counts, timelines, what is to be checked, and what a new entry changes.
#[test]
fn every_other_answer_is_marked_too() {
    let desk = desk()
        .told("2025-05-01", "presence waltz --at ankara --when 2025-05-04")
        .secret("presence rubio --at ankara --when 2025-05-03/2025-05-05")
        .told("2025-05-03", "presence rubio --at doha --when 2025-05-04/2025-05-06")
        .wide(160)
        .at(BEFORE);
    let questions = [
        "encounters rubio",
        "encounters rubio waltz",
        "stats",
        "stats --official rubio",
        "itinerary rubio waltz --chart",
        "itinerary rubio",
        "check",
        "check rubio",
        "where rubio --on 2025-05-04",
    ];
    for question in questions {
        assert!(!desk.marked(question).is_empty(), "{question}");
        assert_eq!(desk.embargoed(question), until(3), "{question}");
    }
    // The line of the conflict, and not only those of the stops.
    let marked = desk.marked("where rubio --on 2025-05-04");
    assert!(marked.iter().any(|line| line.starts_with("! ") && line.ends_with(&format!("{MARK}: entry 3"))), "{marked:?}");
    // Where Waltz is does not rest on it; so neither his row nor his page is marked.
    assert_eq!(desk.marked("itinerary waltz --chart"), super::NONE);
    assert_eq!(desk.marked("stats --official waltz"), super::NONE, "whom he is to meet he has not met");
    let desk = desk.at(AFTER);
    for question in questions {
        assert_eq!((desk.marked(question), desk.embargoed(question)), (vec![], Value::Null), "{question}");
    }
}

#[test]
fn what_a_new_entry_changes() {
    let desk = stop().at(BEFORE);
    let marked = self::marked(
        &desk
            .log(&["source --outlet Wire --published 2025-05-03", "presence rubio --at ankara --when 2025-05-03/2025-05-06"])
            .out,
    );
    assert_eq!(marked.len(), 1, "a public report, whose effect tells of what is under embargo: {marked:?}");
    assert!(marked[0].starts_with("rubio: Ankara") && marked[0].ends_with(&format!("{MARK}: entry 3")), "{marked:?}");
    let own = ["source --outlet Court --embargo 2025-05-04T06:00Z", "travel waltz --to doha --depart 2025-05-06"];
    let marked = self::marked(&desk.log(&own).out);
    assert_eq!(marked[0], format!("entry 5 {MARK}"));
    assert_eq!(marked.len(), 2, "{marked:?}");
}

#[test]
fn exports_leave_it_out_to_the_minute() {
    let desk = stop().secret("confirm oslo --when 2025-05-22 --at oslo --by us --principals rubio").at(BEFORE);
    let feed = desk.feed("");
    assert!(feed.contains("DTEND;VALUE=DATE:20250503") && !feed.contains("DTEND;VALUE=DATE:20250506"), "{feed}");
    assert!(!feed.contains("Oslo") && !feed.contains("Court"), "{feed}");
    let desk = desk.at(AFTER);
    let feed = desk.feed("");
    assert!(feed.contains("DTEND;VALUE=DATE:20250506") && feed.contains("Oslo"), "{feed}");
    let desk = desk.at(BEFORE);
    assert!(desk.feed(" --include-embargoed").contains("Oslo"));
}

/// An open report that names somebody who stands under embargo alone says what was said of her first, and no later secret.
#[test]
fn an_open_report_of_somebody_who_is_under_embargo() {
    let desk = desk()
        .secret("official arcane \"Ada Arcane\" --party us")
        .secret("official arcane --title \"Secret Envoy\" --alias Nightjar")
        .told("2025-05-03", "presence arcane --at ankara --when 2025-05-03")
        .at(BEFORE);
    for export in ["export csv", "export json", "export ics --with travel", "export diary --to 2025-06-01"] {
        let told = desk.ask(export).replace("\r\n ", "");
        assert!(told.contains("Arcane"), "{export}\n{told}");
        assert!(!told.contains("Envoy") && !told.contains("Nightjar") && !told.contains("Court"), "{export}\n{told}");
    }
    assert!(desk.at(AFTER).ask("export diary --to 2025-06-01").contains("Secret Envoy Ada Arcane"));
}

/// What is known publicly, and the same with an entry under embargo that brings an official, a venue and a meeting of its own, and that moves
/// what was known before.
fn open_and_secret() -> [Desk; 2] {
    let open = || {
        desk()
            .told("2025-05-01", "confirm oslo --when 2025-05-20 --at oslo --by us --principals rubio,lavrov")
            .told("2025-05-01", "presence rubio --at ankara --when 2025-05-01/2025-05-02")
    };
    let secret = open().at("2025-05-02T12:00:00Z").logged(&[
        "source --outlet Court --url https://court.example --published 2025-05-02 --embargo 2025-05-04T06:00Z",
        "official arcane \"Ada Arcane\" --party us",
        "place villa \"Villa Silenzio\" --country IT --lat 45.1 --lon 9.1 --zone Europe/Rome",
        "propose hush --title \"Hush round\" --when 2025-05-12 --at villa --by us --principals rubio,arcane",
        "presence arcane --at villa --when 2025-05-11 --said-by \"an equerry\"",
        "change oslo --when 2025-05-22 --delegation arcane --agenda whispers",
        "official rubio --alias Marcus",
    ]);
    [open(), secret]
}

const TRACES: [&str; 11] =
    ["arcane", "Arcane", "villa", "Silenzio", "hush", "Hush", "Court", "court", "equerry", "whispers", "Marcus"];

/// To the minute before the end an export reads as if the entry had never been written; then it has all of it.
fn holds_back(export: impl Fn(&Desk) -> String, then: &[&str]) {
    let [open, secret] = open_and_secret().map(|desk| desk.at(BEFORE));
    let (known, told) = (export(&open), export(&secret));
    assert_eq!(told, known);
    let found: Vec<&str> = TRACES.into_iter().filter(|word| told.contains(word)).collect();
    assert_eq!(found, super::NONE);
    let secret = secret.at(AFTER);
    let told = export(&secret);
    let missing: Vec<&&str> = then.iter().filter(|word| !told.contains(**word)).collect();
    assert!(missing.is_empty(), "{missing:?}\n{told}");
}

#[test]
fn a_feed_to_the_minute() {
    let feed = |desk: &Desk| desk.ask("export ics --with travel").replace("\r\n ", "");
    holds_back(feed, &["Ada Arcane", "Villa Silenzio", "Hush round", "court.example", "whispers", "20250522", "SEQUENCE:1"]);
    let [_, secret] = open_and_secret();
    let before = feed(&secret.at(BEFORE));
    assert!(before.contains("SEQUENCE:0") && !before.contains("SEQUENCE:1"), "{before}");
}

#[test]
fn a_table_to_the_minute() {
    let table = |desk: &Desk| desk.ask("export csv");
    holds_back(table, &["Ada Arcane", "Villa Silenzio", "Hush round", "court.example", "2025-05-22", "an equerry"]);
}

#[test]
fn a_document_to_the_minute() {
    // The head says how many entries the log has: a number, and nothing else.
    let document = |desk: &Desk| {
        let mut answer = desk.json("export json");
        answer["log"] = Value::Null;
        answer.to_string()
    };
    holds_back(document, &["Ada Arcane", "Villa Silenzio", "Hush round", "court.example", "2025-05-22", "an equerry"]);
}

#[test]
fn a_diary_to_the_minute() {
    let diary = |desk: &Desk| desk.ask("export diary --to 2025-06-01");
    holds_back(diary, &["Ada Arcane", "VILLA SILENZIO", "Hush round", "equerry", "THURSDAY, MAY 22"]);
}

#[test]
fn a_picture_to_the_minute() {
    let picture = |desk: &Desk| {
        desk.ask("itinerary -o wall.svg");
        std::fs::read_to_string(desk.path("wall.svg")).unwrap()
    };
    holds_back(picture, &["Ada Arcane", "Villa Silenzio", "Hush round"]);
    // What is printed beside it leaves the desk with it.
    let [_, secret] = open_and_secret();
    let secret = secret.at(BEFORE);
    assert_eq!(secret.embargoed("itinerary -o wall.svg"), Value::Null);
    assert_eq!(secret.embargoed("itinerary -o wall.svg --include-embargoed"), until(4));
}

/// A document that is named after what is asked for must not tell of it either.
#[test]
fn what_only_an_embargo_knows_cannot_be_asked_out() {
    let [_, secret] = open_and_secret();
    let secret = secret.at(BEFORE);
    for question in [
        "export ics --official arcane",
        "export ics --meeting hush",
        "export csv --place villa",
        "export diary --official rubio,arcane",
        "itinerary arcane -o wall.svg",
    ] {
        let said = secret.run(&question.split(' ').collect::<Vec<_>>(), "");
        assert_eq!((said.out.as_str(), said.code), ("", 1), "{question}");
        assert!(said.err.contains("is known only from entries under embargo"), "{question}: {}", said.err);
    }
    assert!(secret.feed(" --official Marcus").contains("NAME:Marco Rubio"));
    assert!(secret.feed(" --official arcane --include-embargoed").contains("NAME:Ada Arcane"));
    let secret = secret.at(AFTER);
    assert!(secret.feed(" --official arcane").contains("NAME:Ada Arcane"));
}

/// What the program adds, and who somebody is, may stand first in an entry under embargo; an open report that names it later is told whole.
#[test]
fn an_open_report_is_told_whole_though_its_place_and_people_were_first_named_under_embargo() {
    let desk = desk()
        .secret("official sanchez \"Pedro Sanchez\" --party es --title \"Prime Minister\"\npresence sanchez,rubio --at seville --when 2025-05-06")
        .told("2025-05-03", "presence sanchez --at seville --when 2025-05-03/2025-05-05")
        .at(BEFORE);
    let alone = super::desk()
        .told("2025-05-03", "official sanchez \"Pedro Sanchez\" --party es --title \"Prime Minister\"")
        .told("2025-05-03", "presence sanchez --at seville --when 2025-05-03/2025-05-05")
        .at(BEFORE);
    let told = |desk: &Desk| -> Vec<String> {
        let feed = desk.feed("");
        let kept =
            feed.lines().filter(|line| ["SUMMARY", "LOCATION", "GEO", "DTSTART"].iter().any(|field| line.starts_with(field)));
        kept.map(str::to_owned).collect()
    };
    assert_eq!(told(&desk), told(&alone));
    assert!(told(&desk).contains(&"LOCATION:Seville\\, Spain".to_owned()), "{:?}", told(&desk));
    let rows = desk.ask("export csv --place spain");
    assert!(rows.contains("Pedro Sanchez in Seville") && !rows.contains("2025-05-06"), "{rows}");
}
