//! Seals, backups and repairs: what was written is told from what was made of it, and nothing is lost.

use std::fs;

use super::*;
use crate::event::Entry;

/// A log of several segments.
fn several(entries: u64) -> Desk {
    let mut desk = desk();
    desk.log = desk.log.clone().with_segments_of(1_000);
    desk.append((1..=entries).map(|n| said(n, &format!("word {n}"))).collect());
    desk
}

fn files(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<(String, Vec<u8>)> = fs::read_dir(desk.log.dir())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| !entry.file_name().to_string_lossy().starts_with('.'))
        .map(|entry| (entry.file_name().to_string_lossy().into_owned(), fs::read(entry.path()).unwrap()))
        .collect();
    files.sort();
    files
}

fn repair(desk: &Desk, backup: Option<&Path>) -> Repaired {
    desk.log.repair(backup, &[], false, Some(Duration::ZERO), &mut |_| {}).unwrap()
}

fn ids(entries: &[Entry]) -> Vec<EntryId> {
    entries.iter().map(|entry| entry.id).collect()
}

#[test]
fn a_seal_is_text_and_holds_for_every_log_that_extends_it() {
    let desk = several(9);
    let seal = desk.log.seal().unwrap();
    let text = seal.to_string();
    assert!(text.starts_with("daybook-seal:6f1c1f0e-0000-4000-8000-000000000001:9:") && text.len() < 125, "{text}");
    assert_eq!(text.parse(), Ok(seal));
    assert_eq!(format!(" {}\n", text.to_uppercase().replace("DAYBOOK-SEAL", "daybook-seal")).parse(), Ok(seal));
    for wrong in ["", "daybook-seal", &text[1..], &text[..text.len() - 1], &format!("{text}0"), &text.replace(":9:", ":x:")] {
        assert!(wrong.parse::<Seal>().is_err(), "{wrong}");
    }
    desk.append(vec![said(10, "more")]);
    assert_eq!(desk.log.verify(&[seal]).unwrap().entries, 10);
    let empty = Seal { log: ID, seq: 0, chain: Chain::start(ID) };
    desk.log.verify(&[empty, seal]).unwrap();
    let later = Seal { seq: 11, ..seal };
    let short = desk.log.verify(&[seal, later]).unwrap_err();
    assert!(short.is_damage() && short.to_string().contains("ends with entry 10, but entry 11 was sealed"), "{short}");
    for other in [Seal { seq: 8, ..seal }, Seal { chain: Chain::start(ID), ..seal }] {
        let error = desk.log.verify(&[other]).unwrap_err();
        assert!(error.is_damage() && error.to_string().contains("is not the one that was sealed"), "{error}");
    }
    assert!(matches!(desk.log.verify(&[Seal { log: Uuid::nil(), ..seal }]), Err(LogError::OtherSeal { .. })));
}

/// Segments side by side or one after the other, the answer is the same; also where the parts are whole and do not follow each other.
#[test]
fn segments_that_are_each_whole_must_follow_each_other() {
    let desk = several(12);
    assert!(desk.log.verify(&[]).unwrap().segments > 3);
    let twice = several(12);
    let (one, two) = (desk.path("000002.jsonl"), desk.path("000003.jsonl"));
    fs::rename(&one, desk.path("x")).unwrap();
    fs::rename(&two, &one).unwrap();
    fs::rename(desk.path("x"), &two).unwrap();
    assert!(desk.damage().starts_with("000002.jsonl:1: it is entry 7 where entry 4 belongs"), "{}", desk.damage());
    // A line that follows by its chain and takes the id of another segment's.
    let chain = twice.log.read().unwrap().tip.chain;
    let body = compose(&said(1, "again").numbered(13, now()), 0).unwrap();
    fs::write(twice.path("000005.jsonl"), format!("{body},\"chain\":\"{}\"}}\n", chain.next(body.as_bytes()))).unwrap();
    fs::write(twice.path("000006.jsonl"), "").unwrap();
    assert!(twice.damage().contains("that of entry 1, which says something else"), "{}", twice.damage());
}

#[test]
fn a_backup_is_a_log_and_the_next_one_adds_what_is_new() {
    let desk = several(5);
    let copy = desk.home.path().join("copies/events");
    let done = desk.log.back_up(&copy).unwrap();
    assert_eq!((done.added, done.seal), (5, desk.log.seal().unwrap()));
    desk.append((6..=9).map(|n| said(n, "later")).collect());
    assert_eq!(desk.log.back_up(&copy).unwrap().added, 4);
    assert_eq!(desk.log.back_up(&copy).unwrap().added, 0);
    let backup = Log::open(&copy).unwrap();
    assert_eq!(ids(&backup.read().unwrap().entries), ids(&desk.log.read().unwrap().entries));
    for (name, bytes) in files(&desk) {
        assert_eq!(fs::read(copy.join(&name)).unwrap(), bytes, "{name}");
    }

    // Divided into other files here than there: still what is new, and nothing twice.
    let first = [fs::read(desk.path("000001.jsonl")).unwrap(), fs::read(desk.path("000002.jsonl")).unwrap()].concat();
    fs::write(desk.path("000001.jsonl"), &first).unwrap();
    for number in 3..=u32::try_from(files(&desk).len() - 1).unwrap() {
        fs::rename(desk.path(&format!("{number:06}.jsonl")), desk.path(&format!("{:06}.jsonl", number - 1))).unwrap();
    }
    desk.append(vec![said(20, "later still")]);
    assert_eq!(desk.log.back_up(&copy).unwrap().added, 1);
    assert_eq!(ids(&backup.read().unwrap().entries), ids(&desk.log.read().unwrap().entries));

    // What is no older copy is left alone.
    backup.lock(None, &mut |_| {}).unwrap().append(vec![said(77, "of its own")], now()).unwrap();
    let before = fs::read(copy.join("000004.jsonl")).unwrap();
    desk.append(vec![said(10, "here")]);
    let refused = desk.log.back_up(&copy).unwrap_err();
    assert!(matches!(refused, LogError::NoCopy { .. }), "{refused}");
    assert_eq!(fs::read(copy.join("000004.jsonl")).unwrap(), before);
    let full = desk.home.path().join("full");
    fs::create_dir(&full).unwrap();
    fs::write(full.join("photo.jpg"), "").unwrap();
    assert!(matches!(desk.log.back_up(&full), Err(LogError::NoCopy { .. })));
    let cut = several(3);
    cut.write(&cut.bytes()[..cut.bytes().iter().position(|byte| *byte == b'\n').unwrap() + 1]);
    assert!(cut.log.back_up(&cut.home.path().join("copy")).unwrap_err().is_damage(), "it is not what was acknowledged");
    assert!(!cut.home.path().join("copy").exists());
    let stranger = desk.home.path().join("stranger");
    Log::init(&stranger, Zone::UTC, Uuid::nil(), now()).unwrap();
    assert!(matches!(desk.log.back_up(&stranger), Err(LogError::NoCopy { .. })));
    desk.write("damaged\n");
    assert!(desk.log.back_up(&desk.home.path().join("third")).unwrap_err().is_damage());
}

/// What editors, sorters and synchronisers do is undone byte for byte, for the chain proves which bytes are right.
#[test]
fn what_moved_or_doubled_lines_is_undone() {
    type Change = fn(&[String]) -> String;
    let changes: [(&str, Change); 8] = [
        ("white space", |lines| lines.iter().map(|line| format!("  {line} \t\n")).collect()),
        ("line ends", |lines| lines.join("\r\n") + "\r\n"),
        ("old line ends", |lines| lines.join("\r") + "\r"),
        ("a byte order mark", |lines| format!("\u{feff}{}\n", lines.join("\n"))),
        ("sorted backwards", |lines| lines.iter().rev().map(|line| format!("{line}\n")).collect()),
        ("doubled", |lines| lines.iter().map(|line| format!("{line}\n{line}\n")).collect()),
        ("marks of a merge", |lines| format!("<<<<<<< HEAD\n{}\n=======\n{}\n>>>>>>> other\n", lines.join("\n"), lines[2])),
        ("words between", |lines| lines.join("\nhello\n\n") + "\n"),
    ];
    for (name, change) in changes {
        let desk = desk_of(6);
        let whole = desk.bytes();
        desk.write(change(&desk.lines()));
        let spoilt = desk.bytes();
        assert!(desk.log.verify(&[]).unwrap_err().is_damage(), "{name}");
        let repaired = repair(&desk, None);
        assert_eq!((repaired.entries, repaired.missing, repaired.readable), (6, None, 0), "{name}");
        assert!(desk.bytes() == whole, "{name}");
        assert_eq!(fs::read(repaired.aside[0].to.as_ref().unwrap()).unwrap(), spoilt, "{name}");
        desk.log.verify(&[]).unwrap();
    }
}

#[test]
fn an_edited_line_goes_aside_with_what_follows_and_what_is_authentic_can_be_added_again() {
    let desk = desk_of(6);
    let whole = desk.bytes();
    let edited = String::from_utf8(whole.clone()).unwrap().replace("word 3", "word X");
    desk.write(&edited);
    let tried = desk.log.repair(None, &[], true, Some(Duration::ZERO), &mut |_| {}).unwrap();
    assert_eq!(desk.bytes(), edited.as_bytes(), "only tried");
    let repaired = repair(&desk, None);
    assert_eq!((repaired.entries, repaired.missing, repaired.readable), (2, Some((3, 6)), 3));
    assert_eq!((tried.found, tried.entries, tried.missing), (repaired.found, repaired.entries, repaired.missing));
    let [Aside { offset, to: Some(to), .. }] = &repaired.aside[..] else { panic!("{:?}", repaired.aside) };
    let kept = [&desk.bytes()[..], &fs::read(to).unwrap()].concat();
    assert_eq!((kept.as_slice(), *offset), (edited.as_bytes(), desk.bytes().len() as u64), "no byte is lost");
    assert_eq!(desk.log.verify(&[]).unwrap().entries, 2, "what was acknowledged is no longer asked for");
    let salvaged = desk.log.salvage(to).unwrap();
    assert_eq!(ids(&salvaged), [id(4), id(5), id(6)], "not the edited one");

    // With a copy, all is as it was.
    let (copy, damaged) = (desk_of(6), desk_of(6));
    damaged.write(&edited);
    let repaired = damaged.log.repair(Some(copy.log.dir()), &[], false, Some(Duration::ZERO), &mut |_| {}).unwrap();
    assert_eq!((repaired.entries, repaired.missing), (6, None));
    assert_eq!(damaged.bytes(), whole);
}

#[test]
fn nothing_is_cut_below_a_seal_nor_judged_that_is_from_the_future() {
    let desk = desk_of(4);
    let seal = desk.log.seal().unwrap();
    desk.write(String::from_utf8(desk.bytes()).unwrap().replace("word 3", "word X"));
    let before = desk.bytes();
    let refused = desk.log.repair(None, &[seal], false, None, &mut |_| {}).unwrap_err();
    assert!(refused.is_damage() && refused.to_string().contains("entry 4 was sealed"), "{refused}");
    assert_eq!(desk.bytes(), before);

    let desk = desk_of(2);
    desk.forge(r#"{"v":2,"seq":3,"shape":"unknown""#);
    let before = desk.bytes();
    assert!(matches!(desk.log.repair(None, &[], false, None, &mut |_| {}), Err(LogError::Newer { .. })));
    desk.write([b"garbage\n", &before[..]].concat());
    assert!(matches!(desk.log.repair(None, &[], false, None, &mut |_| {}), Err(LogError::Newer { .. })));
}

#[test]
fn a_missing_segment_and_a_lost_name_card_come_back_from_a_backup() {
    let desk = several(12);
    let copy = desk.home.path().join("copy");
    desk.log.back_up(&copy).unwrap();
    let whole = files(&desk);
    fs::remove_file(desk.path("000002.jsonl")).unwrap();
    fs::write(desk.path("log.json"), "{\"format\": 1, \"log\": \"").unwrap();
    assert!(Log::open_for_repair(desk.log.dir(), None, false).unwrap_err().is_damage());
    let (tried, card) = Log::open_for_repair(desk.log.dir(), Some(&copy), true).unwrap();
    assert_eq!(card, Some(desk.path("log.json")));
    assert_eq!(tried.repair(Some(&copy), &[], true, None, &mut |_| {}).unwrap().entries, 12);
    assert!(Log::open(desk.log.dir()).unwrap_err().is_damage(), "only tried");
    let stranger = desk.home.path().join("stranger");
    Log::init(&stranger, Zone::UTC, Uuid::nil(), now()).unwrap();
    assert!(matches!(Log::open_for_repair(&copy, Some(&stranger), true), Err(LogError::NoCopy { .. })));
    let (log, card) = Log::open_for_repair(desk.log.dir(), Some(&copy), false).unwrap();
    assert_eq!(card, Some(desk.path("log.json")));
    let repaired = log.repair(Some(&copy), &[], false, None, &mut |_| {}).unwrap();
    assert_eq!((repaired.entries, repaired.anew.len(), repaired.aside.len()), (12, 1, 0));
    assert_eq!(files(&desk), whole);
    assert_eq!(fs::read(desk.path(".aside/log.json")).unwrap(), b"{\"format\": 1, \"log\": \"");
    let untouched = repair(&desk, None);
    assert_eq!((untouched.found, untouched.entries, untouched.aside.len()), (None, 12, 0));
}

#[test]
fn two_branches_in_one_file_are_named_and_taken_apart() {
    let (ours, theirs) = (desk_of(2), desk_of(2));
    ours.append(vec![said(3, "ours"), said(4, "ours too")]);
    theirs.append(vec![said(5, "theirs"), said(6, "theirs too"), said(7, "and more")]);
    let merged = [&ours.bytes()[..], &theirs.bytes()[desk_of(2).bytes().len()..]].concat();
    let desk = desk_of(2);
    desk.write(&merged);
    let says = desk.damage();
    assert!(says.contains("000001.jsonl:5") && says.ends_with("lines 5 to 6 bear the numbers 3 to 4 again"), "{says}");
    let repaired = repair(&desk, None);
    assert_eq!((repaired.entries, repaired.readable), (4, 3));
    assert_eq!(desk.bytes(), ours.bytes(), "the branch that stands first");
    let aside = desk.log.salvage(repaired.aside[0].to.as_ref().unwrap()).unwrap();
    assert_eq!(ids(&aside), [id(5), id(6), id(7)]);
}
