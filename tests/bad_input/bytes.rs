//! Files by their bytes: what is no UTF-8, byte order marks, other line ends, and what is larger than an entry may be.

use super::doors::{Bench, Case, Door};
use crate::desk::{Desk, Said};

const GOOD: &str = "{\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]}";

/// A desk on which a file was brought to a door.
fn brought(arguments: &[&str], name: &str, bytes: &[u8]) -> (Desk, Said) {
    let desk = Desk::new();
    std::fs::write(desk.path(name), bytes).unwrap();
    let said = desk.run(arguments, "");
    (desk, said)
}

fn refused(arguments: &[&str], name: &str, bytes: &[u8], says: &[&str]) {
    let (desk, said) = brought(arguments, name, bytes);
    assert_eq!((said.code, said.out.as_str()), (1, ""), "{}", said.err);
    assert_eq!(said.err.matches("error: ").count(), 1, "{}", said.err);
    for says in says {
        assert!(said.err.contains(says), "{says:?} is not in {}", said.err);
    }
    assert!(!desk.path("events/000001.jsonl").exists());
}

#[test]
fn bytes_that_are_no_text_are_told_by_line_and_column() {
    // Lone continuation, cut sequence, overlong slash, surrogate, beyond the last character, Latin-1.
    let broken: [&[u8]; 6] = [b"\x80", b"\xe2\x82", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"caf\xe9 "];
    for bytes in broken {
        let before = if bytes.starts_with(b"caf") { 3 } else { 0 };
        let words = [b"source --outlet AFP\nparty us --quote \"", bytes, b"\"\n".as_slice()].concat();
        let (at, column) = (39 + before, 19 + before);
        refused(
            &["log", "x.day"],
            "x.day",
            &words,
            &[&format!("x.day is no UTF-8 text: byte {at}\n  x.day, line 2, column {column}\n"), "hint: save it as UTF-8"],
        );
        let json = [b"{\"events\":[{\"kind\":\"party\",\"party\":\"us\",\"quote\":\"", bytes, b"\"}]}".as_slice()].concat();
        let column = 50 + before;
        refused(
            &["log", "x.json"],
            "x.json",
            &json,
            &[&format!("x.json is no UTF-8 text: byte {column}\n  x.json, line 1, column {column}\n")],
        );
        let lines = [GOOD.as_bytes(), b"\n\n", &json, b"\n"].concat();
        let at = GOOD.len() + 2 + column;
        refused(
            &["import", "x.jsonl"],
            "x.jsonl",
            &lines,
            &[&format!("x.jsonl is no UTF-8 text: byte {at}\n  x.jsonl, line 3, column {column}\n")],
        );
        let forged = Case::raw(Door::Log, "quote", &json, "", "it is no UTF-8 text");
        assert_eq!(forged.fault(&Bench::new()), None);
    }
}

#[test]
fn the_good_lines_beside_one_that_is_no_text_are_kept_if_that_is_wanted() {
    let lines = [GOOD.as_bytes(), b"\n{\"\xff\"}\n", GOOD.as_bytes(), b"\n"].concat();
    let (desk, said) = brought(&["import", "--keep-going", "x.jsonl"], "x.jsonl", &lines);
    assert_eq!((said.code, said.out.as_str()), (1, "2 added, 0 there already, 1 refused\n"));
    assert!(said.err.contains("x.jsonl, line 2, column 3"), "{}", said.err);
    assert!(desk.ask("verify").starts_with("the log is whole: 2 entries"));
}

#[test]
fn what_editors_leave_at_the_start_and_at_line_ends_is_read_over() {
    for (arguments, name, bytes) in [
        (["log", "x.day"], "x.day", "\u{feff}source --outlet AFP\r\nparty us --quote \"a\"\r\n".to_owned()),
        (["log", "x.json"], "x.json", format!("\u{feff}{}\r\n", GOOD.replace(',', ",\r\n"))),
        (["import", "x.jsonl"], "x.jsonl", format!("\u{feff}{GOOD}\r\n\r\n{GOOD}\r\n")),
    ] {
        let (desk, said) = brought(&arguments, name, bytes.as_bytes());
        assert_eq!(said.code, 0, "{}", said.err);
        let log = std::fs::read_to_string(desk.path("events/000001.jsonl")).unwrap();
        assert!(!log.contains(['\r', '\u{feff}']) && !log.contains("\\r"), "{log}");
    }
}

#[test]
fn a_byte_order_mark_elsewhere_is_told() {
    let lines = format!("{GOOD}\n\u{feff}{GOOD}\n");
    refused(
        &["import", "x.jsonl"],
        "x.jsonl",
        lines.as_bytes(),
        &["a byte order mark (U+FEFF) stands before the entry\n  x.jsonl, line 2, column 1"],
    );
    let forged = Case::raw(Door::Log, "", format!("{{\u{feff}{}", &GOOD[1..]).as_bytes(), "", "(column ");
    assert_eq!(forged.fault(&Bench::new()), None);
}

#[test]
fn an_entry_of_too_many_events_is_refused_at_every_door() {
    let says = "it has 1001 events: an entry has at most 1,000";
    let json = format!("{{\"events\":[{}]}}", vec!["{\"kind\":\"party\",\"party\":\"us\"}"; 1_001].join(","));
    refused(&["log", "x.day"], "x.day", "party us\n".repeat(1_001).as_bytes(), &[says, "hint: split it into several entries"]);
    refused(&["log", "x.json"], "x.json", json.as_bytes(), &[says]);
    refused(&["import", "x.jsonl"], "x.jsonl", json.as_bytes(), &[says, "x.jsonl, line 1"]);
    assert_eq!(Case::raw(Door::Log, "", json.as_bytes(), "", says).fault(&Bench::new()), None);
    let (_, said) = brought(&["log", "x.day"], "x.day", "party us\n".repeat(1_000).as_bytes());
    assert_eq!(said.code, 0, "a thousand are allowed: {}", said.err);
}

#[test]
fn a_line_that_is_too_long_is_refused_at_every_door() {
    let event = format!("{{\"kind\":\"party\",\"party\":\"us\",\"quote\":\"{}\"}}", "x".repeat(60_000));
    let json = format!("{{\"events\":[{}]}}", vec![event.as_str(); 18].join(","));
    let limit = "bytes: a line has at most 1 MiB (1048576 bytes)";
    let words = format!("party us --quote {}\n", "x".repeat(60_000)).repeat(18);
    refused(&["log", "x.day"], "x.day", words.as_bytes(), &["the entry is too large: its line has", limit, "hint: split it"]);
    refused(&["log", "x.json"], "x.json", json.as_bytes(), &["the entry is too large: its line has", limit]);
    let length = format!("the entry is too large: its line has {} {limit}\n  x.jsonl, line 1", json.len() + 1);
    refused(&["import", "x.jsonl"], "x.jsonl", format!("{json}\n").as_bytes(), &[&length]);
    assert_eq!(Case::raw(Door::Log, "", json.as_bytes(), "", "a line has at most 1").fault(&Bench::new()), None);
    refused(&["log", "x.day"], "x.day", "# \n".repeat(700_000).as_bytes(), &["x.day is longer than 2097152 bytes"]);
}

#[test]
fn files_that_are_something_else_are_told_so() {
    for (bytes, says) in [
        ("[]", "is no file of JSON entries"),
        ("null", "is no file of JSON entries"),
        ("\"text\"", "is no file of JSON entries"),
        ("a,b,c\n1,2,3\n", "is no file of JSON entries"),
        ("\0\0\0\0", "is no file of JSON entries"),
        ("\u{1b}]52;c;x\u{7}", "is no file of JSON entries"),
    ] {
        refused(&["import", "x.jsonl"], "x.jsonl", bytes.as_bytes(), &[says, "a words file is one entry"]);
    }
    let (_, said) = brought(&["log", "no\u{1b}[31msuch.day"], "x.day", b"");
    assert!(said.code == 1 && said.err.contains("no\\u{1b}[31msuch.day cannot be read"), "{}", said.err);
    let (_, said) = brought(&["import", "no\u{202e}such"], "x.day", b"");
    assert!(said.code == 1 && said.err.contains("no\\u{202e}such cannot be read"), "{}", said.err);
}
