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
        let lines = self.ask(question);
        let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
        lines.lines().filter(|line| line.contains("EMBARGO")).map(words).collect()
    }

    fn embargoed(&self, question: &str) -> Value {
        self.json(question).get("embargoed").cloned().unwrap_or(Value::Null)
    }

    fn feed(&self, options: &str) -> String {
        // Lines are folded at 75 bytes.
        self.ask(&format!("export ics --with travel --on 2025-05-04{options}")).replace("\r\n ", "")
    }
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
