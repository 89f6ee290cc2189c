//! What `check` finds: for every finding the smallest log that has it, and its near miss that has not.

use serde_json::Value;

use super::{NONE, desk, text};
use crate::desk::Desk;

/// Findings as "kind about evidence", such as "conflict rubio 2.1 3.1". Every line that a hint tells to type is tried, and admitted.
fn found(desk: &Desk, question: &str) -> Vec<String> {
    let question = format!("check {question}");
    let findings = desk.json(question.trim())["findings"].clone();
    let one = |finding: &Value| {
        let hint = text(&finding["hint"]);
        assert!(hint.contains("`daybook "), "{hint}");
        try_hint(desk, &hint);
        let evidence: Vec<String> = finding["evidence"].as_array().unwrap().iter().map(text).collect();
        format!("{} {} {}", text(&finding["finding"]), text(&finding["about"]), evidence.join(" "))
    };
    findings.as_array().unwrap().iter().map(one).collect()
}

/// Types every line of a hint, and writes nothing.
pub(super) fn try_hint(desk: &Desk, hint: &str) {
    for line in hint.split('`').skip(1).step_by(2) {
        let typed = line.replace("HH:MM", "18:00").replace("WHEN", "2025-06-30").replace("DAY", "2025-05-01");
        let words = shlex::split(&typed).unwrap();
        let writes = ["log", "retract"].contains(&words[1].as_str());
        let words: Vec<&str> = words.iter().skip(1).map(String::as_str).chain(writes.then_some("--dry-run")).collect();
        let said = desk.run(&words, "");
        assert_eq!(said.code, 0, "{line}: {}", said.err);
    }
}

/// The desk after the first line of a hint was typed.
fn typed(desk: Desk, question: &str) -> Desk {
    let hint = hint(&desk, question).replace("HH:MM", "09:00");
    let line = hint.split('`').nth(1).unwrap();
    let words = shlex::split(line).unwrap();
    let said = desk.run(&words.iter().skip(1).map(String::as_str).collect::<Vec<_>>(), "");
    assert_eq!(said.code, 0, "{line}: {}", said.err);
    desk
}

/// What the only finding says.
fn says(desk: &Desk, question: &str) -> String {
    let findings = desk.json(&format!("check {question}"))["findings"].clone();
    assert_eq!(findings.as_array().unwrap().len(), 1, "{findings}");
    text(&findings[0]["says"])
}

fn hint(desk: &Desk, question: &str) -> String {
    text(&desk.json(&format!("check {question}"))["findings"][0]["hint"])
}

const TALKS: &str = "confirm talks --when 2025-05-20 --at ankara --by us --by ru --principals rubio,lavrov --hosts fidan";

#[test]
fn a_clean_log_has_nothing_to_check() {
    let desk = desk().told("2025-05-02", "presence rubio --at riyadh --when 2025-05-02");
    assert_eq!(found(&desk, ""), NONE);
    assert!(desk.ask("check").contains("nothing to check"));
}

#[test]
fn conflict_two_nights_in_two_places_and_not_a_hand_over_day() {
    let first = || desk().told("2025-05-02", "presence rubio --at ankara --when 2025-05-10/2025-05-12");
    let clash = first().told("2025-05-03", "presence rubio --at riyadh --when 2025-05-11/2025-05-13");
    assert_eq!(found(&clash, ""), ["conflict rubio 2.1 3.1"]);
    assert_eq!(says(&clash, ""), "Marco Rubio is reported in Ankara and Riyadh at the same time, 11–12 May 2025");
    assert_eq!(
        hint(&clash, ""),
        "take back what does not hold: `daybook log cancel-travel 2.1` or `daybook log cancel-travel 3.1`"
    );
    let hand_over = first().told("2025-05-03", "presence rubio --at riyadh --when 2025-05-12/2025-05-13");
    assert_eq!(found(&hand_over, ""), NONE);
}

#[test]
fn conflict_of_what_was_seen_is_taken_back_for_one_alone() {
    let desk = desk()
        .told("2025-05-13", "presence rubio waltz --at ankara --when 2025-05-10/2025-05-12")
        .told("2025-05-14", "presence rubio --at riyadh --when 2025-05-11/2025-05-12");
    assert_eq!(found(&desk, ""), ["conflict rubio 2.1 3.1"]);
    assert_eq!(
        hint(&desk, ""),
        "take back what does not hold: `daybook log presence waltz --at ankara --when 2025-05-10/2025-05-12 --outlet Wire --published 2025-05-13 --replaces 2.1` \
         or `daybook retract 3.1 --reason wrong`"
    );
}

#[test]
fn conflict_is_said_in_the_same_words_where_the_day_is_asked_about() {
    let desk = desk()
        .told("2025-05-02", "presence rubio --at ankara --when 2025-05-10/2025-05-12")
        .told("2025-05-03", "presence rubio --at riyadh --when 2025-05-11/2025-05-13");
    let there = desk.json("where rubio --on 2025-05-11")["findings"][0].clone();
    assert_eq!(format!("{}, 11–12 May 2025", text(&there["says"])), says(&desk, ""));
    assert_eq!(text(&there["hint"]), hint(&desk, ""));
}

#[test]
fn implausible_leg_faster_than_any_aircraft() {
    // Ankara to Riyadh: 2,140 km. In two hours no aircraft flies that; in two and a half it is 856 km/h.
    let flies = |arrive: &str| {
        let line = format!("travel rubio --from ankara --to riyadh --depart 2025-05-10T10:00 --arrive {arrive}");
        desk().told("2025-05-02", &line)
    };
    let fast = flies("2025-05-10T12:00");
    assert_eq!(found(&fast, ""), ["implausible_leg rubio 2.1"]);
    assert_eq!(fast.json("check")["findings"][0]["severity"], "error");
    assert_eq!(fast.json("itinerary rubio")["findings"][0]["finding"], "implausible_leg");
    assert_eq!(fast.json("itinerary rubio --to 2025-05-09")["findings"], serde_json::json!([]));
    assert_eq!(found(&flies("2025-05-10T12:30"), ""), NONE);
}

#[test]
fn implausible_leg_reads_vague_times_most_favourably() {
    let flies = |line: &str| desk().told("2025-05-02", &format!("travel rubio {line}"));
    // Within one day anything on Earth is reached: from the first minute of the day here to the last of it there.
    assert_eq!(found(&flies("--from ankara --to wellington --depart 2025-05-10 --arrive 2025-05-11"), ""), NONE);
    assert_eq!(
        found(&flies("--from ankara --to riyadh --depart 2025-05-10T22:30 --arrive 2025-05-10"), ""),
        ["implausible_leg rubio 2.1"]
    );
    assert_eq!(found(&flies("--from ankara --to riyadh --depart 2025-05-10T22:30 --arrive 2025-05-10~"), ""), NONE);
    assert_eq!(found(&flies("--from ankara --to riyadh --depart 2025-05-10T22:30"), ""), NONE);
    assert_eq!(found(&flies("--from turkey --to riyadh --depart 2025-05-10T22:30 --arrive 2025-05-10"), ""), NONE);
}

#[test]
fn implausible_leg_from_where_the_official_was_that_day() {
    let leaves = "travel rubio --to riyadh --depart 2025-05-10T22:30[Asia/Riyadh] --arrive 2025-05-10";
    let there = desk().told("2025-05-02", "presence rubio --at ankara --when 2025-05-09/2025-05-10").told("2025-05-03", leaves);
    assert_eq!(found(&there, ""), ["implausible_leg rubio 3.1"]);
    let before = desk().told("2025-05-02", "presence rubio --at ankara --when 2025-05-08/2025-05-09").told("2025-05-03", leaves);
    assert_eq!(found(&before, ""), NONE);
}

#[test]
fn travel_to_a_moved_meeting() {
    let set_out = || desk().told("2025-05-02", TALKS).told("2025-05-03", "travel lavrov --to ankara --depart 2025-05-19");
    assert_eq!(found(&set_out(), ""), NONE);
    for (change, now) in [
        ("change talks --at doha", "is now in Doha, 20 May 2025"),
        ("postpone talks --when 2025-05-27 --by us", "is now in Ankara, 27 May 2025"),
        ("postpone talks --by us", "is postponed"),
        ("cancel talks --by us", "is called off"),
    ] {
        let desk = set_out().told("2025-05-04", change);
        assert_eq!(found(&desk, "lavrov"), ["travel_to_moved_meeting lavrov 3.1 4.1"], "{change}");
        assert!(says(&desk, "lavrov").ends_with(now), "{}", says(&desk, "lavrov"));
        assert_eq!(hint(&desk, "lavrov"), "if they do not go: `daybook log cancel-travel 3.1`");
        assert_eq!(found(&desk, "talks"), found(&desk, "lavrov"), "it concerns the meeting, too");
        assert_eq!(found(&desk, "rubio"), NONE);
    }
    let later = set_out().told("2025-05-04", "change talks --at doha --when 2025-05-21");
    assert!(says(&later, "lavrov").ends_with("is now in Doha, 21 May 2025"));
}

#[test]
fn travel_reported_after_the_change_or_that_fits_it_is_none() {
    let after = desk()
        .told("2025-05-02", TALKS)
        .told("2025-05-03", "change talks --at doha")
        .told("2025-05-04", "travel lavrov --to ankara --depart 2025-05-19");
    assert_eq!(found(&after, "--on 2025-05-05"), NONE, "whoever reported it knew of the change");
    let arrives = || desk().told("2025-05-02", TALKS).told("2025-05-03", "travel lavrov --to ankara --depart 2025-05-19");
    let by_an_hour = arrives().told("2025-05-04", "change talks --when 2025-05-20T15:00");
    assert_eq!(found(&by_an_hour, ""), NONE, "a firmer date is no other date");
    let other = arrives().told("2025-05-04", "cancel talks --by us").told(
        "2025-05-05",
        "confirm dinner --title Dinner --when 2025-05-19 --at ankara --by ru --by tr --principals lavrov,fidan",
    );
    assert_eq!(found(&other, ""), NONE, "another meeting there is what it leads to");
    let off_the_list = arrives().told("2025-05-04", "change talks --declined lavrov").told("2025-05-05", "cancel talks --by us");
    assert_eq!(found(&off_the_list, ""), NONE);
    let past = arrives().told("2025-05-04", "cancel talks --by us");
    assert_eq!(found(&past, "--on 2025-05-25"), ["stale_plan lavrov 3.1"], "what is past leads nowhere");
}

#[test]
fn participant_elsewhere_for_the_whole_meeting() {
    let desk = || desk().told("2025-05-02", TALKS);
    let away = desk().told("2025-05-03", "presence lavrov --at doha --when 2025-05-20");
    assert_eq!(found(&away, ""), ["participant_elsewhere lavrov 2.1 3.1"]);
    assert_eq!(found(&away, "talks"), found(&away, ""));
    assert_eq!(
        says(&away, ""),
        "Sergei Lavrov, who is expected at Lavrov–Rubio meeting in Ankara, 20 May 2025, is reported in Doha then"
            .replace("Lavrov–Rubio", "Rubio–Lavrov")
    );
    let host = desk().told("2025-05-03", "presence fidan --at doha --when 2025-05-18/2025-05-22");
    assert!(says(&host, "").starts_with("Hakan Fidan, who hosts Rubio–Lavrov meeting"), "{}", says(&host, ""));
    assert_eq!(found(&host, ""), ["participant_elsewhere fidan 2.1 3.1"]);
}

#[test]
fn participant_elsewhere_is_none_where_they_can_come() {
    let desk = || desk().told("2025-05-02", TALKS);
    for line in [
        "presence lavrov --at doha --when 2025-05-18/2025-05-20",
        "presence lavrov --at doha --when 2025-05-20/2025-05-22",
        "presence lavrov --at turkey --when 2025-05-18/2025-05-22",
        "presence lavrov --at doha --when 2025-05-20?",
        "presence grossi --at doha --when 2025-05-20",
    ] {
        assert_eq!(found(&desk().told("2025-05-03", line), ""), NONE, "{line}");
    }
    let arrives = desk()
        .told("2025-05-03", "presence lavrov --at doha --when 2025-05-18/2025-05-21")
        .told("2025-05-04", "travel lavrov --to ankara --depart 2025-05-20");
    assert_eq!(found(&arrives, ""), NONE, "a day trip that is reported");
    let doubtful = desk()
        .told("2025-05-03", "change talks --uncertain lavrov")
        .told("2025-05-04", "presence lavrov --at doha --when 2025-05-20");
    assert_eq!(found(&doubtful, ""), NONE);
    let long = desk()
        .told("2025-05-03", "change talks --when 2025-05-20/2025-05-21")
        .told("2025-05-04", "presence lavrov --at doha --when 2025-05-19/2025-05-22");
    assert_eq!(found(&long, ""), ["conflict lavrov 2.1 3.1 4.1"], "two days in a row are a conflict, said once");
}

#[test]
fn lapsed_meeting_once_its_window_is_past() {
    let desk = desk().told("2025-05-02", TALKS);
    assert_eq!(found(&desk, "--on 2025-05-20"), NONE);
    assert_eq!(found(&desk, "--on 2025-05-21"), ["lapsed_meeting talks 2.1"]);
    assert_eq!(
        says(&desk, "--on 2025-05-22"),
        "Rubio–Lavrov meeting, 20 May 2025: nobody reported whether it took place (2 days ago)"
    );
    assert_eq!(
        hint(&desk, "--on 2025-05-21"),
        "`daybook log held talks --when 2025-05-20`, or `daybook log cancel talks`, or `daybook log postpone talks`"
    );
    assert_eq!(desk.json("check --on 2025-05-21")["findings"][0]["severity"], "warning");
    let told = desk.told("2025-05-21", "held talks");
    assert_eq!(found(&told, "--on 2025-05-22"), NONE);
}

#[test]
fn lapsed_meeting_that_nobody_confirmed_is_but_a_note() {
    let desk = desk().told("2025-05-02", "propose talks --when 2025-05 --principals rubio,lavrov");
    assert_eq!(found(&desk, "--on 2025-06-02"), ["lapsed_meeting talks 2.1"]);
    let finding = desk.json("check --on 2025-06-02")["findings"][0].clone();
    assert_eq!(finding["severity"], "note");
    assert!(text(&finding["hint"]).starts_with("`daybook log held talks --when DAY`"), "{finding}");
}

#[test]
fn stale_plan_of_which_nobody_said_that_it_took_place() {
    let plan = || desk().told("2025-05-02", "travel lavrov rubio --to ankara --depart 2025-05-10");
    assert_eq!(found(&plan(), "--on 2025-05-10"), NONE, "its day is not over");
    assert_eq!(found(&plan(), "--on 2025-05-11"), ["stale_plan lavrov 2.1", "stale_plan rubio 2.1"]);
    assert_eq!(
        hint(&plan(), "--on 2025-05-11"),
        "if it took place: `daybook log presence lavrov --at ankara --when 2025-05-10`; \
         if not: `daybook log cancel-travel 2.1 --stay rubio`"
    );
    for seen in [
        "presence lavrov rubio --at ankara --when 2025-05-10",
        "presence lavrov rubio --at turkey --when 2025-05-11",
        "held talks --when 2025-05-11 --at ankara --principals lavrov,rubio",
    ] {
        assert_eq!(found(&plan().told("2025-05-12", seen), "--on 2025-05-13"), NONE, "{seen}");
    }
    let too_late = plan().told("2025-05-14", "presence lavrov rubio --at ankara --when 2025-05-13");
    assert_eq!(found(&too_late, ""), ["stale_plan lavrov 2.1", "stale_plan rubio 2.1"], "another visit");
    let off = plan().told("2025-05-09", "cancel-travel 2.1");
    assert_eq!(found(&off, "--on 2025-05-20"), NONE);
    let doubtful = desk().told("2025-05-02", "travel lavrov --to ankara --depart 2025-05-10?");
    assert_eq!(found(&doubtful, "--on 2025-05-20"), NONE, "nobody was held to it");
}

#[test]
fn stale_plan_of_two_reports_is_one() {
    let desk = desk()
        .told("2025-05-02", "travel lavrov --to ankara --depart 2025-05-10")
        .told("2025-05-03", "presence lavrov --at ankara --when 2025-05-10/2025-05-12");
    assert_eq!(found(&desk, "--on 2025-05-13"), ["stale_plan lavrov 2.1 3.1"]);
    assert_eq!(says(&desk, "--on 2025-05-13"), "Sergei Lavrov was to be in Ankara, 10–12 May 2025: nobody reported it");
}

#[test]
fn likely_duplicate_of_two_outlets() {
    let desk = || desk().told("2025-05-02", TALKS);
    let again = "confirm ankara-meeting --when 2025-05-21 --at turkey --by us --principals rubio,lavrov --delegation waltz";
    let twice = desk().found("2025-05-03", again);
    assert_eq!(found(&twice, ""), ["likely_duplicate talks 2.1 3.1"]);
    assert_eq!(found(&twice, "ankara-meeting"), found(&twice, "talks"));
    assert!(hint(&twice, "").ends_with("`daybook retract 3.1 --reason duplicate`"));
    assert_eq!(found(&desk().told("2025-05-03", again), ""), NONE, "one outlet knows what it tells apart");
    for other in [
        "confirm ankara-meeting --when 2025-05-22 --at ankara --by us --principals rubio,lavrov",
        "confirm ankara-meeting --when 2025-05-20 --at doha --by us --principals rubio,lavrov",
        "confirm ankara-meeting --when 2025-05-20 --at ankara --by us --principals rubio,lavrov --level call",
        "confirm ankara-meeting --when 2025-05-20 --at ankara --by us --principals waltz,lavrov",
        "confirm ankara-meeting --when 2025-05-20 --at ankara --by us --principals rubio,bin-farhan",
    ] {
        let likes: Vec<String> = found(&desk().found("2025-05-03", other), "");
        assert_eq!(likes.iter().filter(|one| one.starts_with("likely_duplicate")).count(), 0, "{other}: {likes:?}");
    }
    let off = desk().found("2025-05-03", again).told("2025-05-04", "cancel talks --by us");
    assert_eq!(found(&off, ""), NONE);
}

#[test]
fn likely_duplicate_without_a_date_only_while_neither_is_over() {
    let rumour = "propose rumour --principals us,ru --level ministerial";
    let desk = desk().told("2025-05-02", TALKS).found("2025-05-03", rumour);
    assert_eq!(found(&desk, ""), ["likely_duplicate talks 2.1 3.1"]);
    let after = desk.told("2025-05-21", "held talks");
    assert_eq!(found(&after, ""), NONE, "the next meeting of the same people is another one");
}

#[test]
fn absence_against_an_observation() {
    let seen = || desk().told("2025-05-10", "presence rubio --at riyadh --when 2025-05-10");
    let denied = seen().told("2025-05-11", "absence rubio --at riyadh --when 2025-05-10");
    assert_eq!(found(&denied, ""), ["absence_against_observation rubio 2.1 3.1"]);
    assert_eq!(
        hint(&denied, ""),
        "if they came: `daybook retract 3.1 --reason wrong`; if not: `daybook retract 2.1 --reason wrong`"
    );
    assert_eq!(found(&seen().told("2025-05-11", "absence rubio --at riyadh --when 2025-05-11"), ""), NONE);
}

#[test]
fn order_by_a_missing_hour_decides_date_place_and_status() {
    for (later, what) in [
        ("change talks --when 2025-05-22", "its date"),
        ("change talks --at doha", "its place"),
        ("postpone talks --by us", "whether it takes place"),
        ("cancel talks", "whether it takes place"),
        ("decline talks --by ru", "whether it takes place"),
    ] {
        let desk = desk().told("2025-05-02", TALKS).told("2025-05-02", later);
        assert_eq!(found(&desk, ""), ["order_by_missing_hour talks 2.1 3.1"], "{later}");
        assert!(says(&desk, "").contains(&format!(": {what} rests on 3.1, taken as newer than 2.1;")), "{}", says(&desk, ""));
        let next_day = super::desk().told("2025-05-02", TALKS).told("2025-05-03", later);
        assert_eq!(found(&next_day, ""), NONE, "{later}");
    }
}

#[test]
fn order_by_a_missing_hour_is_settled_by_the_hour() {
    let moved = "change talks --when 2025-05-22 --quote \"on Thursday\"";
    let desk = desk().told("2025-05-02", TALKS).told("2025-05-02", moved);
    assert_eq!(desk.meeting("talks", "when"), "2025-05-22");
    assert_eq!(
        hint(&desk, ""),
        "if 2.1 is the newer, give 3.1 its hour: `daybook log change talks --when 2025-05-22 --quote \"on Thursday\" --outlet Wire \
         --published 2025-05-02THH:MM --replaces 3.1`"
    );
    let settled = typed(desk, "");
    assert_eq!(settled.meeting("talks", "when"), "2025-05-20");
}

#[test]
fn what_a_hint_tells_to_type_settles_the_finding() {
    let conflict = desk()
        .told("2025-05-02", "presence rubio waltz --at ankara --when 2025-05-10/2025-05-12")
        .told("2025-05-03", "presence rubio --at riyadh --when 2025-05-11/2025-05-13");
    let stale = desk().told("2025-05-02", "travel lavrov --to ankara --depart 2025-05-03").at("2025-05-10T12:00:00Z");
    let lapsed = desk().told("2025-05-02", TALKS).at("2025-05-22T12:00:00Z");
    let away = desk().told("2025-05-02", TALKS).told("2025-05-03", "presence lavrov --at doha --when 2025-05-20");
    for desk in [conflict, stale, lapsed, away] {
        assert_eq!(found(&desk, "").len(), 1);
        assert_eq!(found(&typed(desk, ""), ""), NONE);
    }
}

#[test]
fn order_by_hours_that_are_known_or_without_contradiction_is_none() {
    let hour = |at: &str, line: &str| [format!("source --outlet Wire --published 2025-05-02T{at}Z"), line.to_owned()];
    let logged = |desk: Desk, lines: &[String]| desk.logged(&lines.iter().map(String::as_str).collect::<Vec<_>>());
    let known = logged(desk().at("2025-05-02T20:00:00Z"), &hour("09:00", TALKS));
    let known = logged(known, &hour("18:00", "postpone talks --by us"));
    assert_eq!(found(&known, ""), NONE);
    for later in [
        "change talks --when 2025-05-20T15:00",
        "confirm talks --by tr",
        "change talks --delegation waltz",
        "decline talks --by tr",
    ] {
        assert_eq!(found(&desk().told("2025-05-02", TALKS).told("2025-05-02", later), ""), NONE, "{later}");
    }
    let replaced = desk()
        .told("2025-05-02", TALKS)
        .told("2025-05-02", &format!("{TALKS} --when 2025-05-23 --replaces 2.1").replacen("--when 2025-05-20 ", "", 1));
    assert_eq!(found(&replaced, ""), NONE);
    let settled = desk()
        .told("2025-05-02", TALKS)
        .told("2025-05-02", "postpone talks --by us")
        .told("2025-05-05", "confirm talks --when 2025-05-28 --by us");
    assert_eq!(found(&settled, ""), NONE, "a newer report decides");
}

#[test]
fn order_of_an_absence_and_a_plan_of_one_day() {
    let plan = || desk().told("2025-05-02", "presence rubio --at riyadh --when 2025-05-10/2025-05-12");
    let same_day = plan().told("2025-05-02", "absence rubio --at saudi-arabia");
    assert_eq!(found(&same_day, ""), ["order_by_missing_hour rubio 2.1 3.1"]);
    assert_eq!(found(&plan().told("2025-05-03", "absence rubio --at saudi-arabia"), ""), NONE);
    assert_eq!(found(&plan().told("2025-05-02", "absence rubio --at saudi-arabia --when 2025-05-14"), ""), NONE);
    let meeting = desk()
        .told("2025-05-02", "absence lavrov --at ankara")
        .told("2025-05-02", TALKS)
        .told("2025-05-02", "absence lavrov --meeting talks");
    assert_eq!(found(&meeting, ""), ["order_by_missing_hour lavrov 3.1 4.1"]);
}

#[test]
fn a_damaged_line_is_the_only_finding_and_the_exit_code_3() {
    let desk = desk().told("2025-05-02", TALKS);
    let file = desk.path("events/000001.jsonl");
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("2025-05-20", "2025-05-21")).unwrap();
    let said = desk.run(&["check"], "");
    assert_eq!(said.code, 3);
    assert!(said.out.contains("events/000001.jsonl:2: ") && said.out.contains("(byte "), "{}", said.out);
    assert!(said.out.ends_with("nothing else could be checked\n"), "{}", said.out);
    let document: Value = serde_json::from_str(&desk.run(&["check", "--json"], "").out).unwrap();
    let findings = document["findings"].as_array().unwrap();
    assert_eq!((findings.len(), &findings[0]["finding"], &findings[0]["severity"]), (1, &"damaged_line".into(), &"error".into()));
}

/// The log keeps its order whatever the clock does, and says that its times do not hold.
#[test]
fn a_clock_that_went_back_or_had_been_ahead_is_found() {
    let told = |desk: Desk, at: &str, line: &str| desk.at(at).logged(&[line]);
    let desk = told(desk(), "2025-05-02T12:00:00Z", "presence rubio --at ankara --when 2025-05-02");
    // An hour back: two entries bear the time of the one before, and a third has caught up.
    let desk = told(desk, "2025-05-02T11:00:00Z", "presence rubio --at ankara --when 2025-05-01");
    let desk = told(desk, "2025-05-02T11:30:00Z", "presence lavrov --at ankara --when 2025-05-01");
    let desk = told(desk, "2025-05-02T12:10:00Z", "presence lavrov --at ankara --when 2025-05-02");
    assert_eq!(found(&desk, ""), ["clock_jump log 2.1 3.1"]);
    assert_eq!(
        says(&desk, ""),
        "the clock went back by 60 minutes between entries 2 and 3, or had been ahead: from 3 on they bear the time of 2"
    );
    assert_eq!(found(&desk, "rubio"), NONE);
    // A year ahead, and right again.
    let desk = told(desk, "2026-05-02T12:00:00Z", "presence rubio --at doha --when 2025-05-03");
    let desk = told(desk, "2025-05-03T12:00:00Z", "presence lavrov --at doha --when 2025-05-03");
    assert_eq!(found(&desk, "--on 2025-05-03"), ["clock_jump log 2.1 3.1", "clock_jump log 6.1 7.1"]);
    let recorded: Vec<String> = desk.lines_of("events/000001.jsonl").iter().map(|line| text(&line["recorded"])).collect();
    assert!(recorded.is_sorted(), "{recorded:?}");
    // Near misses: a few minutes, and an import of ids that were drawn long before.
    let near = told(super::desk(), "2025-05-02T12:00:00Z", "presence rubio --at ankara --when 2025-05-02");
    let near = told(near, "2025-05-02T11:55:30Z", "presence lavrov --at ankara --when 2025-05-02");
    let line = |id: u32| {
        format!(
            "{{\"id\": \"01950000-0000-7000-8000-0000000000{id}\", \"events\": [{{\"kind\": \"presence\", \
             \"officials\": [\"rubio\"], \"place\": \"Doha\", \"when\": \"2025-05-{id}\"}}]}}\n"
        )
    };
    let near = near.at("2025-05-02T12:01:00Z");
    assert_eq!(near.run(&["import", "-"], &(line(10) + &line(11))).code, 0);
    assert_eq!(found(&near, "--on 2025-05-03"), NONE);
}

#[test]
fn errors_stand_before_warnings_and_these_before_notes() {
    let desk = desk()
        .told("2025-05-02", "travel waltz --to doha --depart 2025-05-03")
        .told("2025-05-03", "presence rubio --at ankara --when 2025-05-10/2025-05-12")
        .told("2025-05-04", "presence rubio --at riyadh --when 2025-05-11/2025-05-13")
        .told("2025-05-05", "travel lavrov --from ankara --to riyadh --depart 2025-05-10T10:00 --arrive 2025-05-10T11:00");
    assert_eq!(found(&desk, ""), ["implausible_leg lavrov 5.1", "conflict rubio 3.1 4.1", "stale_plan waltz 2.1"]);
    assert_eq!(found(&desk, "waltz,rubio"), ["conflict rubio 3.1 4.1", "stale_plan waltz 2.1"]);
    assert_eq!(found(&desk, "--public-by 2025-05-03 --on 2025-05-05"), ["stale_plan waltz 2.1"]);
    assert_eq!(found(&desk, "--as-of 2 --on 2025-05-03"), NONE);
}

#[test]
fn of_many_findings_of_one_kind_the_first_five_are_shown() {
    let mut desk = desk();
    for day in 3..10 {
        let place = ["ankara", "doha", "riyadh", "paris", "rome", "berlin", "cairo"][day - 3];
        desk = desk.told("2025-05-02", &format!("travel waltz --to {place} --depart 2025-05-{day:02}"));
    }
    let shown = |question: &str| desk.ask(question).matches("nobody reported it").count();
    assert_eq!(shown("check --on 2025-05-20"), 5);
    assert!(desk.ask("check --on 2025-05-20").contains("and 2 more: name officials or meetings, or add --all"));
    assert_eq!((shown("check --on 2025-05-20 --all"), shown("check waltz --on 2025-05-20")), (7, 7));
    assert_eq!(desk.json("check --on 2025-05-20")["findings"].as_array().unwrap().len(), 7);
}
