//! Bad questions: days that are none, a first day behind the last, entries beyond the end of the log, limits that are none.

use std::time::{Duration, Instant};

use super::doors::acting;
use crate::desk::Desk;

/// What is said to a date that is none, by whatever flag it is asked about.
const DATES: &[(&str, &str)] = &[
    ("2025-02-30", "\"2025-02-30\" does not exist: February 2025 has 28 days"),
    ("0000-01-01", "months go from 01 to 12 and years from 0001 to 9999"),
    ("2025-13-01", "months go from 01 to 12 and years from 0001 to 9999"),
    ("10000-01-01", "is no date"),
    ("2025-02-18T24:00", "is no time of day: hours go from 00 to 23"),
    ("2025-02-18T10:60", "is no time of day: hours go from 00 to 23"),
    ("2025-02-18T10:00:60Z", "is no time of day: hours go from 00 to 23"),
    ("2025-02-18T10:00:00+15:00", "offsets go from -14:00 to +14:00"),
    ("2025-02-18T10:00:00-23:59", "offsets go from -14:00 to +14:00"),
    ("2025-02-18\u{1b}[31m", "is no date"),
    ("\u{202e}2025-02-18", "is no date"),
    ("very soon", "is not one day"),
    ("2025", "not one day"),
    ("[..2025-03-01]", "is not one day"),
    ("-1", "is no date"),
];

const FLAGS: &[&[&str]] = &[
    &["where", "rubio", "--on"],
    &["who", "riyadh", "--on"],
    &["brief", "--on"],
    &["summits", "--on"],
    &["where", "rubio", "--public-by"],
    &["where", "rubio", "--as-of"],
    &["itinerary", "rubio", "--from"],
    &["itinerary", "rubio", "--to"],
    &["encounters", "rubio", "lavrov", "--from"],
    &["changes", "--since"],
    &["stats", "--from"],
    &["export", "ics", "--from"],
    &["export", "csv", "--to"],
];

/// Whole questions: what they end with, and what is said.
const QUESTIONS: &[(&[&str], u8, &str)] = &[
    (&["itinerary", "rubio", "--from", "2025-02-19", "--to", "2025-02-17"], 2, "--from 2025-02-19 is after --to 2025-02-17"),
    (&["encounters", "rubio", "lavrov", "--from", "2025-02-19", "--to", "2025-02-17"], 2, "is after --to 2025-02-17"),
    (&["stats", "--from", "2025-02-19", "--to", "2025-02-17"], 2, "is after --to 2025-02-17"),
    (&["export", "ics", "--from", "2025-02-19", "--to", "2025-02-17"], 2, "is after --to 2025-02-17"),
    (&["export", "csv", "--from", "2025-02-19", "--to", "2025-02-17"], 2, "is after --to 2025-02-17"),
    (&["where", "rubio", "--as-of", "8"], 1, "there is no entry 8: the log ends with entry 6"),
    (&["where", "rubio", "--as-of", "0"], 1, "there is no entry 0: the log ends with entry 6"),
    (&["where", "rubio", "--as-of", "1000000000"], 1, "there is no entry 1000000000: the log ends with entry 6"),
    (
        &["where", "rubio", "--as-of", "18446744073709551616"],
        1,
        "there is no entry 18446744073709551616: the log ends with entry 6",
    ),
    (&["where", "rubio", "--carry", "1000000000"], 2, "1000000000 is not in 0..=65535"),
    (&["where", "rubio", "--carry", "-1"], 2, "-1 is not in 0..=65535"),
    (&["where", "rubio", "--carry", "1e400"], 2, "invalid value '1e400' for '--carry <DAYS>'"),
    (&["where", "rubio", "--carry", "\u{1b}[31m"], 2, "for '--carry <DAYS>'"),
    (&["log", "party", "us", "--wait", "-1"], 2, "invalid value '-1' for '--wait <SECONDS>'"),
    (&["import", "x.jsonl", "--wait", "18446744073709551616"], 2, "invalid value '18446744073709551616' for '--wait <SECONDS>'"),
    (&["explain", "99.1"], 1, "there is no 99.1 in this log"),
    (&["explain", "1.99"], 1, "there is no 1.99 in this log"),
    (&["where", "../../etc/passwd"], 1, "no official is called \"../../etc/passwd\""),
    (&["where", "\u{1b}]52;c;eA==\u{7}"], 1, "no official is called \"\\u{1b}]52;c;eA==\\u{7}\""),
    (&["where", "L\u{430}vrov"], 1, "it looks like lavrov (Sergei Lavrov, Russia), but is spelt with other letters"),
    (&["who", "\u{202e}hdayir"], 1, "no place is called \"\\u{202e}hdayir\""),
    (&["meeting", "\u{9b}2J"], 1, "no meeting is called \"\\u{9b}2J\""),
    (&["explain", "\u{200b}"], 1, "nothing is called \"\\u{200b}\""),
    (&["export", "ics", "--meeting", "../../zzqx"], 1, "no meeting is called \"../../zzqx\""),
    (&["export", "ics", "--official", "\u{feff}"], 1, "no official is called \"\\u{feff}\""),
    (&["where", "rubio", "--tz", "Mars/\u{1b}[1mOlympus"], 2, "\"Mars/\\u{1b}[1mOlympus\" is no time zone"),
    (&["init", "--zone", "../../etc"], 2, "\"../../etc\" is no time zone"),
    (&["where", "rubio", "--log", "no\u{1b}[31mwhere"], 1, "there is no log in no\\u{1b}[31mwhere"),
    (&["where", "rubio", "--\u{202e}no"], 2, "unexpected argument '--\\u{202e}no'"),
    (&["\u{202e}where"], 2, "unrecognized subcommand '\\u{202e}where'"),
    (&["log", "tra\u{1b}vel", "rubio"], 2, "there is no verb \"tra\\u{1b}vel\""),
];

/// Within 50 ms each on a program as it is shipped; this one is not made for speed, and may share its machine.
const PATIENCE: Duration = Duration::from_secs(2);

fn refused(desk: &Desk, arguments: &[&str], code: u8, says: &str) {
    let before = std::fs::read(desk.path("events/000001.jsonl")).unwrap();
    let start = Instant::now();
    let said = desk.run(arguments, "");
    assert!(start.elapsed() < PATIENCE, "{arguments:?} took {:?}", start.elapsed());
    assert_eq!((said.code, said.out.as_str()), (code, ""), "{arguments:?}: {}", said.err);
    assert!(said.err.contains(says), "{arguments:?}: {says:?} is not in {}", said.err);
    assert_eq!(said.err.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{arguments:?}: {}", said.err);
    assert_eq!(acting(&said.err), None, "{arguments:?}");
    assert_eq!(std::fs::read(desk.path("events/000001.jsonl")).unwrap(), before);
}

#[test]
fn a_date_that_is_none_is_no_day_to_ask_about() {
    let desk = Desk::shipped();
    for flag in FLAGS {
        for (date, says) in DATES {
            // A number is an entry there, and a time says what was known.
            let is_moment = flag.contains(&"--as-of") || flag.contains(&"--public-by") || flag.contains(&"--since");
            // A year is no day, but days go from its first to its last.
            let is_bound = flag.contains(&"--from") || flag.contains(&"--to");
            if (is_moment && ["2025", "-1"].contains(date)) || (is_bound && *date == "2025") {
                continue;
            }
            let joined = format!("{}={date}", flag.last().unwrap());
            let arguments = [&flag[..flag.len() - 1], &[joined.as_str()]].concat();
            refused(&desk, &arguments, 2, says);
        }
    }
}

#[test]
fn a_question_that_cannot_be_answered_gets_its_rule() {
    let desk = Desk::shipped();
    for (arguments, code, says) in QUESTIONS {
        refused(&desk, arguments, *code, says);
    }
}
