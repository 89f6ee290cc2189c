//! The schedule as a table, as JSON and as a diary: what is in it, what is marked, and what must not leave the desk.

use std::collections::BTreeSet;

use serde_json::Value;

use super::desk;
use crate::desk::Desk;

fn rows(desk: &Desk, more: &str) -> Vec<Value> {
    let answer: Value = serde_json::from_str(&desk.ask(&format!("export json{more}"))).unwrap();
    answer["rows"].as_array().unwrap().clone()
}

/// The first column and the title of every row.
fn titles(desk: &Desk, more: &str) -> Vec<String> {
    let title = |row: &Value| format!("{} {}", row["kind"].as_str().unwrap(), row["title"].as_str().unwrap());
    rows(desk, more).iter().map(title).collect()
}

/// The lines of a diary, each whole again, with the headings.
fn diary(desk: &Desk, more: &str) -> Vec<String> {
    let text = desk.ask(&format!("export diary{more}"));
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.is_empty()) {
        match (line.strip_prefix("   "), lines.last_mut()) {
            (Some(rest), Some(last)) => last.push_str(&format!(" {rest}")),
            _ => lines.push(line.to_owned()),
        }
    }
    lines
}

fn toured() -> Desk {
    desk()
        .told("2025-05-02", "confirm talks --title Talks --at Ankara --when 2025-05-20 --by us --by ru --principals rubio,lavrov")
        .told("2025-05-03", "travel rubio --to Ankara --from Washington --depart 2025-05-19 --arrive 2025-05-20")
}

#[test]
fn a_row_an_event_of_the_calendar_and_an_answer_bear_the_same_identity() {
    let desk = toured().told("2025-05-04", "presence fidan --at Doha --when 2025-05-06/2025-05-07");
    let calendar = desk.ask("export ics --with travel").replace("\r\n ", "");
    let uids: BTreeSet<&str> = calendar.lines().filter_map(|line| line.strip_prefix("UID:")).map(str::trim_end).collect();
    let rows = rows(&desk, "");
    assert_eq!(rows.iter().map(|row| row["uid"].as_str().unwrap()).collect::<BTreeSet<_>>(), uids);
    assert_eq!(
        titles(&desk, ""),
        [
            "stop Hakan Fidan in Doha",
            "leg Marco Rubio: Washington to Ankara",
            "meeting Talks",
            "stop Sergei Lavrov in Ankara",
            "stop Marco Rubio in Ankara"
        ]
    );
    assert_eq!(
        titles(&desk, " --official rubio --from 2025-05-20 --party us"),
        ["leg Marco Rubio: Washington to Ankara", "meeting Talks", "stop Marco Rubio in Ankara"]
    );
    assert_eq!(titles(&desk, " --place qatar"), ["stop Hakan Fidan in Doha"]);
    assert_eq!(titles(&desk, " --to 2025-05-10"), ["stop Hakan Fidan in Doha"]);
}

#[test]
fn what_has_no_date_is_a_row_but_on_no_days() {
    let desk = desk().told("2025-05-02", "propose talks --title Talks --when soon --principals rubio,lavrov");
    assert_eq!(titles(&desk, ""), ["meeting Talks"]);
    assert_eq!(titles(&desk, " --from 2025-01-01"), [""; 0]);
    assert_eq!(
        diary(&desk, ""),
        [
            "UNDATED",
            "PLACE NOT KNOWN - TENTATIVE: Marco Rubio (United States) may meet Sergei Lavrov (Russia): Talks (\"soon\"; proposed; nothing \
         heard from United States and Russia; Wire)."
        ]
    );
    let held = desk.told("2025-05-05", "held talks");
    assert_eq!(diary(&held, ""), [""; 0], "what is over and has no day is left out");
    assert_eq!(diary(&held, " --since 2025-05-04").len(), 2, "but not while it is new");
}

#[test]
fn the_same_log_gives_the_same_bytes_at_any_time() {
    let desk = toured();
    let forms = ["export csv", "export json", "export diary", "export diary --since 2025-05-02"];
    let before = forms.map(|form| desk.ask(form));
    let desk = desk.at("2026-01-01T00:00:00Z");
    assert_eq!(forms.map(|form| desk.ask(form)), before);
    assert!(before[1].contains("\"on\":\"2025-05-03\""), "the day of the last entry");
}

#[test]
fn what_is_under_embargo_does_not_leave_the_desk() {
    let embargoed = |desk: Desk| {
        desk.at("2025-05-03T12:00:00Z").logged(&[
            "source --outlet Wire --published 2025-05-03 --embargo 2025-05-05T06:00:00Z",
            "presence rubio --at Doha --when 2025-05-06",
        ])
    };
    let desk = embargoed(desk());
    for form in ["csv", "json", "diary --from 2025-05-01"] {
        assert!(!desk.ask(&format!("export {form}")).to_uppercase().contains("DOHA"), "{form}");
        let all = desk.ask(&format!("export {form} --include-embargoed"));
        assert!(all.to_uppercase().contains("DOHA"), "{form}");
    }
    let lifted = desk.at("2025-05-05T07:00:00Z");
    assert_eq!(
        diary(&lifted, " --since 2025-05-04"),
        ["TUESDAY, MAY 6", "** DOHA - Marco Rubio (United States) visits (planned, Wire)."],
        "it became public when the embargo ended"
    );
    assert!(!diary(&lifted, " --since 2025-05-05T06:30:00Z")[1].starts_with("**"));
}

#[test]
fn a_diary_marks_what_reads_otherwise_than_before_and_nothing_else() {
    let meets =
        "ANKARA - Marco Rubio (United States) meets Sergei Lavrov (Russia): Talks (confirmed by United States and Russia).";
    let rubio = "ANKARA - Marco Rubio (United States) arrives from Washington (planned, Wire).";
    let leaves = "WASHINGTON - Marco Rubio (United States) leaves for Ankara (planned, Wire).";
    let asked = " --from 2025-05-15 --since 2025-05-04";
    let before = ["MONDAY, MAY 19", leaves, "TUESDAY, MAY 20", rubio, meets];
    assert_eq!(diary(&toured(), asked), before);
    let again = toured().told("2025-05-05", "confirm talks --by us --by ru --when 2025-05-20");
    assert_eq!(diary(&again, asked), before, "told again in the same words is not new");
    let moved = again.told("2025-05-06", "change talks --when 2025-05-21");
    let meets = format!("** {meets}");
    assert_eq!(diary(&moved, asked), ["MONDAY, MAY 19", leaves, "TUESDAY, MAY 20", rubio, "WEDNESDAY, MAY 21", &meets]);
}

#[test]
fn a_day_is_in_order_of_time_and_then_of_place() {
    let desk = desk()
        .told("2025-05-02", "presence fidan --at Doha --when 2025-05-06")
        .told("2025-05-02", "presence grossi --at Ankara --when 2025-05-06")
        .told(
            "2025-05-02",
            "confirm late --title Late --at Doha --when 2025-05-06T09:00 --by us --by ru --principals rubio,lavrov",
        )
        .told(
            "2025-05-02",
            "confirm early --title Early --at Rome --when 2025-05-06T07:30 --by us --by ru --principals rubio,lavrov",
        );
    let places: Vec<String> = diary(&desk, "").iter().skip(1).map(|line| line.split(" - ").next().unwrap().to_owned()).collect();
    // 07:30 in Rome is 05:30 GMT, 09:00 in Doha is 06:00 GMT.
    assert_eq!(places, ["ROME", "DOHA", "ANKARA", "DOHA"]);
    assert!(diary(&desk, "")[1].contains(": Early, 0730 local/0530 GMT (confirmed"));
}

#[test]
fn a_file_is_written_whole_and_with_the_mark_that_was_asked_for() {
    let desk = toured();
    assert_eq!(desk.ask("export csv -o a.csv"), "");
    assert_eq!(desk.ask("export csv --bom -o b.csv"), "");
    let (plain, marked) = (std::fs::read(desk.path("a.csv")).unwrap(), std::fs::read(desk.path("b.csv")).unwrap());
    assert_eq!(plain, desk.ask("export csv").as_bytes());
    assert_eq!(marked, [b"\xef\xbb\xbf", plain.as_slice()].concat());
    assert_eq!(desk.ask("export diary -o d.txt"), "");
    assert_eq!(std::fs::read_to_string(desk.path("d.txt")).unwrap(), desk.ask("export diary"));
}

#[cfg(unix)]
#[test]
fn no_link_leads_into_the_log() {
    use std::os::unix::fs::symlink;
    let desk = toured();
    let held = |desk: &Desk| ["000001.jsonl", "log.json"].map(|name| std::fs::read(desk.path("events").join(name)).unwrap());
    let before = held(&desk);
    symlink("events/000001.jsonl", desk.path("segment.svg")).unwrap();
    symlink("events/log.json", desk.path("card.svg")).unwrap();
    symlink("segment.svg", desk.path("twice.svg")).unwrap();
    std::fs::hard_link(desk.path("events/000001.jsonl"), desk.path("hard.svg")).unwrap();
    let desk = desk.edited_by("true");
    for file in ["segment.svg", "card.svg", "twice.svg", "hard.svg"] {
        let commands =
            [&["itinerary", "--chart", "-o", file] as &[&str], &["export", "json", "-o", file], &["log", "--edit", file]];
        for command in commands {
            let said = desk.run(command, "");
            assert_eq!(said.code, 1, "{command:?}");
            assert!(said.err.starts_with(&format!("error: {file} cannot be written: it ")), "{}", said.err);
        }
    }
    assert_eq!(held(&desk), before);
    symlink("elsewhere.json", desk.path("export")).unwrap();
    std::fs::write(desk.path("elsewhere.json"), "").unwrap();
    assert_eq!(desk.run(&["export", "json", "-o", "export"], "").code, 0);
    assert!(desk.path("export").is_symlink(), "any other link is written through");
    assert_ne!(std::fs::read(desk.path("elsewhere.json")).unwrap(), b"");
}

/// The lines of a diary by their text: those with a mark, and those without.
fn marked(desk: &Desk, more: &str) -> (BTreeSet<String>, BTreeSet<String>) {
    let (new, old): (Vec<String>, Vec<String>) = diary(desk, more).into_iter().partition(|line| line.starts_with("** "));
    (new.iter().map(|line| line["** ".len()..].to_owned()).collect(), old.into_iter().collect())
}

#[test]
fn a_mark_stands_on_a_line_whose_text_was_not_in_the_diary_before() {
    let desk = toured()
        .told("2025-05-04", "propose lunch --when 2025-05-06 --at Doha --principals rubio,fidan --by us")
        .told("2025-05-05", "travel fidan --to Doha --depart 2025-05-06")
        // Another speaker confirms what two sides confirmed: nobody is named for it in the diary.
        .told("2025-05-06", "confirm talks --by us --said-by 'a spokesman' --level ministerial")
        .told("2025-05-07", "held lunch --when 2025-05-06 --principals rubio,fidan")
        .told("2025-05-08", "confirm solo --title Solo --when 2025-05-21 --at Doha --by tr --principals fidan")
        .told("2025-05-22", "held solo --when 2025-05-21");
    for day in 2..=9 {
        let days = "--from 2025-05-01 --to 2025-06-01 --on 2025-05-23";
        let since = format!("2025-05-{day:02}T23:00:00Z");
        let (new, old) = marked(&desk, &format!(" {days} --since {since}"));
        let (_, before) = marked(&desk, &format!(" {days} --public-by {since}"));
        assert_eq!(new.intersection(&before).collect::<Vec<_>>(), Vec::<&String>::new(), "{since}");
        assert_eq!(
            old.difference(&before).filter(|line| line.contains(" - ")).collect::<Vec<_>>(),
            Vec::<&String>::new(),
            "{since}"
        );
    }
}

#[test]
fn a_journey_without_a_day_is_forgotten_after_thirty_days() {
    let desk =
        desk().told("2025-05-02", "travel rubio --to Ankara").told("2025-05-20", "travel fidan --to Doha --depart 2025-04");
    let undated = |on: &str| diary(&desk, &format!(" --on {on} --from 2025-05-01 --to 2025-07-01"));
    assert_eq!(undated("2025-06-01"), ["UNDATED", "ANKARA - Marco Rubio (United States) arrives (planned, Wire)."]);
    assert_eq!(undated("2025-06-02"), Vec::<String>::new());
}

/// The description of the one event of a calendar whose summary has these words, line by line.
fn described(desk: &Desk, summary: &str) -> Vec<String> {
    let calendar = desk.ask("export ics --with travel").replace("\r\n ", "");
    let event = calendar.split("BEGIN:VEVENT").find(|event| event.contains(&format!("SUMMARY:{summary}"))).unwrap();
    let description = event.lines().find_map(|line| line.strip_prefix("DESCRIPTION:")).unwrap();
    description.replace("\\,", ",").trim_end().split("\\n").map(str::to_owned).collect()
}

#[test]
fn a_calendar_says_what_somebody_is_there_for_and_at_which_hours() {
    let desk = desk()
        .told("2025-05-02", "presence fidan --at Doha --when 2025-05-06T10:00/2025-05-06T11:00 --purpose \"Cabinet breakfast\"")
        .told("2025-05-02", "presence fidan --at Doha --when 2025-05-06T08:00/2025-05-06T09:00 --purpose \"A walk\"");
    assert_eq!(
        described(&desk, "[tentative] Hakan Fidan in Doha"),
        [
            "Known as: planned 6 May 2025",
            "08:00 on 6 May 2025 (Asia/Qatar) to 09:00 on 6 May 2025 (Asia/Qatar): A walk",
            "10:00 on 6 May 2025 (Asia/Qatar) to 11:00 on 6 May 2025 (Asia/Qatar): Cabinet breakfast",
            "Reports:",
            "- Wire, 2 May 2025"
        ]
    );
}

#[test]
fn a_calendar_says_who_called_a_meeting_off_and_why_and_waits_for_no_word_on_it() {
    let desk = toured().told("2025-05-04", "cancel talks --by \"White House\" --reason \"an election\"");
    let off = described(&desk, "CANCELLED: Talks");
    assert!(off.contains(&"Called off by: United States (White House)".to_owned()), "{off:#?}");
    assert!(off.contains(&"Reason: an election".to_owned()), "{off:#?}");
    assert!(!off.iter().any(|line| line.starts_with("Nothing heard")), "{off:#?}");
    let put_off = toured().told("2025-05-04", "postpone talks --by ru --reason illness");
    let put_off = described(&put_off, "POSTPONED: Talks");
    assert!(
        put_off.contains(&"Put off by: Russia".to_owned()) && put_off.contains(&"Reason: illness".to_owned()),
        "{put_off:#?}"
    );
}
