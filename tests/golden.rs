//! Bytes are for ever: golden lines of every format version, one for each kind of event with all its fields, and the files beside the log.
//!
//! The lines of `golden/1.jsonl` were made by a program of their own from `formats.md` and `log.md`; daybook must read them and write the
//! same bytes. A line is never changed: a new format version gets a file of its own.

use std::collections::BTreeSet;
use std::str::FromStr as _;

use daybook::event::{Kind, LineError, compose, parse_line, split_chain};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use crate::desk::{Desk, Said};

const VERSION_1: &str = include_str!("golden/1.jsonl");

/// The log that the chain of the golden lines begins with.
const LOG: &str = "019513c7-8e00-7e37-b9b9-7f4a7c15f39c";

/// The event of a golden line as plain JSON.
fn event(line: &str) -> Value {
    let line: Value = serde_json::from_str(line).unwrap();
    line["events"][0].clone()
}

fn kind(line: &str) -> Kind {
    Kind::from_str(event(line)["kind"].as_str().unwrap()).unwrap()
}

/// A desk whose log holds these bytes.
fn holding(bytes: &str) -> Desk {
    let desk = Desk::new();
    let card = format!("{{\"format\": 1, \"log\": \"{LOG}\", \"zone\": \"UTC\", \"created\": \"2025-02-17T12:00:00.000Z\"}}\n");
    std::fs::write(desk.path("events/log.json"), card).unwrap();
    std::fs::write(desk.path("events/000001.jsonl"), bytes).unwrap();
    desk
}

#[test]
fn every_golden_line_is_read_and_written_back_byte_for_byte() {
    for line in VERSION_1.lines() {
        let entry = parse_line(line.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{line}"));
        let salt = serde_json::from_str::<Value>(line).unwrap()["salt"].as_str().map(|hex| u64::from_str_radix(hex, 16).unwrap());
        let (body, _) = split_chain(line.as_bytes()).unwrap();
        assert_eq!(compose(&entry, salt.unwrap()).unwrap(), std::str::from_utf8(body).unwrap());
    }
}

#[test]
fn the_chain_of_the_golden_lines_is_that_of_the_document() {
    let mut chain: [u8; 32] = Sha256::digest(uuid::Uuid::from_str(LOG).unwrap().as_bytes()).into();
    for line in VERSION_1.lines() {
        let (body, hex) = split_chain(line.as_bytes()).unwrap();
        let both = [chain, Sha256::digest(body).into()].concat();
        chain = Sha256::digest(both).into();
        let expected: String = chain.iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(std::str::from_utf8(hex).unwrap(), expected);
    }
}

#[test]
fn every_kind_has_a_golden_line_and_every_field_stands_in_one() {
    let golden: BTreeSet<Kind> = VERSION_1.lines().map(kind).collect();
    assert_eq!(golden, Kind::ALL.iter().copied().collect());
    for kind_wanted in Kind::ALL {
        let lines = VERSION_1.lines().filter(|line| kind(line) == *kind_wanted).map(event);
        let fields: BTreeSet<String> =
            lines.flat_map(|event| event.as_object().unwrap().keys().cloned().collect::<Vec<_>>()).collect();
        for field in kind_wanted.must().iter().chain(kind_wanted.may()) {
            assert!(fields.contains(*field), "no golden {kind_wanted} has `{field}`");
        }
        for field in ["quote", "said", "said_by", "via", "replaces", "note", "x"] {
            assert!(fields.contains(field), "no golden {kind_wanted} has `{field}`");
        }
    }
}

#[test]
fn a_line_of_a_newer_format_is_told_from_damage() {
    let line = VERSION_1.lines().next().unwrap();
    for (newer, what) in [
        (line.replacen("{\"v\":1,", "{\"v\":2,", 1), "format 2"),
        (line.replacen("{\"v\":1,", "{\"v\":2,\"mood\":\"bright\",", 1), "format 2"),
        ("{\"v\":3}".to_owned(), "format 3"),
        (line.replacen("\"kind\":\"official\"", "\"kind\":\"coronation\"", 1), "kind \"coronation\""),
    ] {
        let error = parse_line(newer.as_bytes()).unwrap_err();
        assert_eq!(error, LineError::Newer(what.to_owned()));
        assert_eq!(error.to_string(), format!("it was written by a newer daybook ({what}): upgrade to read it"));
    }
    let damaged = parse_line(line.replacen("\"seq\":1", "\"seq\":true", 1).as_bytes()).unwrap_err();
    assert!(!matches!(damaged, LineError::Newer(_)), "{damaged}");
}

/// A kind that this program does not know brings fields that it does not know; that is no damage.
#[test]
fn an_unknown_kind_with_fields_of_its_own_is_from_the_future_too() {
    let line = VERSION_1.lines().next().unwrap();
    let newer = line.replacen("\"kind\":\"official\",\"official\":\"rubio\"", "\"kind\":\"coronation\",\"crown\":\"rubio\"", 1);
    assert_eq!(parse_line(newer.as_bytes()).unwrap_err(), LineError::Newer("kind \"coronation\"".to_owned()));
}

/// A lone line of version 1 under a chain of its own, as a newer program would have written it.
fn sealed(body: &str) -> String {
    let start: [u8; 32] = Sha256::digest(uuid::Uuid::from_str(LOG).unwrap().as_bytes()).into();
    let chain = Sha256::digest([start, Sha256::digest(body.as_bytes()).into()].concat());
    let hex: String = chain.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{body},\"chain\":\"{hex}\"}}\n")
}

#[test]
fn a_log_from_the_future_is_refused_politely_and_nothing_is_skipped() {
    let line = "{\"v\":1,\"seq\":1,\"id\":\"01951511-2500-7c6e-b372-fe94f82be739\",\"recorded\":\"2025-02-17T18:00:00.000Z\",\
                \"events\":[{\"kind\":\"official\",\"official\":\"rubio\"}],\"salt\":\"0000000000000007\"";
    assert_eq!(holding(&sealed(line)).ask("verify").lines().next().unwrap().split(',').next(), Some("the log is whole: 1 entry"));
    for (newer, what) in [
        (line.replacen("\"v\":1", "\"v\":2", 1), "format 2"),
        (
            line.replacen("\"kind\":\"official\",\"official\"", "\"kind\":\"coronation\",\"official\"", 1),
            "kind \\\"coronation\\\"",
        ),
    ] {
        let Said { out, err, code } = holding(&sealed(&newer)).run(&["verify", "--json"], "");
        assert_eq!((out.as_str(), code), ("", 1), "not damage, but not answered either: {err}");
        let error: Value = serde_json::from_str(&err).unwrap();
        let says = error["error"]["says"].as_str().unwrap().replace('"', "\\\"");
        assert!(says.contains("written by a newer daybook") && says.contains(what), "{says}");
        assert!(error["error"].to_string().contains("upgrade"), "{error}");
    }
}

#[test]
fn the_files_beside_the_log_read_exactly_so() {
    let desk = Desk::bare();
    assert_eq!(desk.run(&["init", "--zone", "Europe/Madrid"], "").code, 0);
    let read = |name: &str| std::fs::read_to_string(desk.path("events").join(name)).unwrap();
    let card = read("log.json");
    let id = card.split('"').nth(5).unwrap();
    assert_eq!(uuid::Uuid::from_str(id).unwrap().get_version_num(), 7, "a UUID, drawn once");
    assert_eq!(
        card,
        format!("{{\"format\": 1, \"log\": \"{id}\", \"zone\": \"Europe/Madrid\", \"created\": \"2025-02-17T12:00:00.000Z\"}}\n")
    );
    assert_eq!(read(".gitattributes"), "* -text -merge\n");
}
