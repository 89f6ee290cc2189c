//! Stories and laws of the log: what is kept, what is mended, and what is called by its name when it was tampered with.

use std::fs;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use uuid::Uuid;

use super::*;
use crate::event::{Entry, EntryId, EventRef, NewEntry, Reference, compose};
use crate::time::{Zone, parse_instant};

mod crashes;
mod damaged;
mod desk;
#[path = "../../tests/dice.rs"]
mod dice;
mod disks;
mod explore;
mod repairs;
mod simulated;

use desk::*;

#[test]
fn a_log_is_made_once_and_says_what_git_must_know() {
    let desk = desk();
    let card = "{\"format\": 1, \"log\": \"6f1c1f0e-0000-4000-8000-000000000001\", \"zone\": \"UTC\", \
                \"created\": \"2025-02-18T09:00:00.123Z\"}\n";
    assert_eq!(fs::read_to_string(desk.path("log.json")).unwrap(), card);
    assert_eq!(fs::read_to_string(desk.path(".gitattributes")).unwrap(), "* -text -merge\n");
    assert_eq!(fs::read_to_string(desk.path(".gitignore")).unwrap(), ".lock\n.poison\n.aside/\n.index/\n");
    let again = Log::init(desk.log.dir(), Zone::UTC, Uuid::nil(), now()).unwrap_err();
    assert!(matches!(again, LogError::Exists { .. }));
    let open = Log::open(desk.log.dir()).unwrap();
    assert_eq!((open.id(), open.zone(), open.created()), (ID, Zone::UTC, parse_instant("2025-02-18T09:00:00.123Z").unwrap()));
    assert_eq!(desk.log.verify(&[]).unwrap().entries, 0);
}

#[test]
fn a_folder_without_log_a_newer_log_and_a_lost_name_card_are_told_apart() {
    let desk = desk_of(1);
    let none = Log::open(desk.home.path()).unwrap_err();
    assert!(matches!(none, LogError::NoLog { .. }) && none.hint().unwrap().contains("daybook init"));
    fs::write(desk.path("log.json"), "{\"format\": 2, \"shape\": \"unknown\"}").unwrap();
    let newer = Log::open(desk.log.dir()).unwrap_err();
    assert!(newer.to_string().ends_with("was written by a newer daybook (format 2): upgrade to read it"), "{newer}");
    assert!(!newer.is_damage());
    fs::write(desk.path("log.json"), "{\"format\": 1, \"log\": ").unwrap();
    assert!(Log::open(desk.log.dir()).unwrap_err().is_damage());
    fs::remove_file(desk.path("log.json")).unwrap();
    assert!(Log::open(desk.log.dir()).unwrap_err().is_damage(), "entries without their id");
    assert!(Log::init(desk.log.dir(), Zone::UTC, ID, now()).unwrap_err().is_damage(), "a new id would make them wrong");
}

#[test]
fn what_is_appended_is_read_again() {
    let desk = desk();
    let stored = desk.append(vec![said(1, "one"), retracted(2, Reference::Event(EventRef { entry: id(1), number: 1 }))]);
    desk.append(vec![retracted(3, Reference::Entry(id(2)))]);
    let reading = desk.log.read().unwrap();
    assert_eq!(reading.entries[..2], stored.iter().map(|stored| stored.entry().clone()).collect::<Vec<Entry>>());
    assert_eq!(reading.entries.iter().map(|entry| entry.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((reading.tip.seq, reading.tip.segment, reading.torn), (3, 1, None));
    let verified = desk.log.verify(&[]).unwrap();
    assert_eq!((verified.entries, verified.events, verified.segments, verified.bytes), (3, 3, 1, desk.bytes().len() as u64));
    assert_eq!(verified.seal, Seal { log: ID, seq: 3, chain: reading.tip.chain });
}

/// The chain values are those of Python: `c = sha256(log.bytes)`, then for each line `c = sha256(c + sha256(body).digest())`.
#[test]
fn a_line_has_exactly_these_bytes() {
    let desk = desk();
    desk.append(vec![said(1, "“one”"), said(2, "line\nbreak")]);
    let lines = [
        r#"{"v":1,"seq":1,"id":"01950000-0000-7000-8000-000000000001","recorded":"2025-02-18T09:00:00.123Z","logged_by":"desk","events":[{"kind":"statement","speaker":"rubio","text":"“one”"}],"salt":"0000000000000001","chain":"5478242fa3bd6d56aa29d887a58c00e1d0f84a780255ebef7ab8423ecd3b766b"}"#,
        r#"{"v":1,"seq":2,"id":"01950000-0000-7000-8000-000000000002","recorded":"2025-02-18T09:00:00.123Z","logged_by":"desk","events":[{"kind":"statement","speaker":"rubio","text":"line\nbreak"}],"salt":"0000000000000002","chain":"53c2f6eb02836dedc0f0ef35ef43753bd75b52d61fcdc793f3c1dfa614939946"}"#,
    ];
    assert_eq!(desk.lines(), lines);
}

#[test]
fn cutting_the_file_anywhere_loses_only_the_tail() {
    let desk = desk_of(3);
    let whole = desk.bytes();
    let ends: Vec<usize> = (0..whole.len()).filter(|at| whole[*at] == b'\n').collect();
    for cut in 0..whole.len() {
        desk.write(&whole[..cut]);
        if cut < whole.len() - 1 {
            let at_an_end = cut == 0 || ends.contains(&(cut - 1));
            assert_eq!(desk.log.read().is_ok_and(|reading| reading.behind.is_some()), at_an_end, "git does so too: cut at {cut}");
            let says = desk.log.verify(&[]).unwrap_err().to_string();
            assert!(says.contains(", but entry 3 was acknowledged"), "cut at {cut}: {says}");
        }
        desk.forget_what_was_acknowledged();
        let kept = ends.iter().filter(|end| **end < cut).count();
        let lost_newline = ends.contains(&cut);
        let reading = desk.log.read().unwrap();
        assert_eq!(reading.entries.len(), kept, "cut at {cut}");
        let start = if kept == 0 { 0 } else { ends[kept - 1] + 1 };
        let torn = reading.torn.map(|torn| (torn.offset, torn.length, torn.whole));
        assert_eq!(torn, (start < cut).then_some((start as u64, (cut - start) as u64, lost_newline)));
        assert_eq!(desk.bytes(), &whole[..cut], "a reader writes nothing");

        let mut writer = desk.writer();
        let kept = kept + usize::from(lost_newline);
        assert_eq!(writer.whole().unwrap().entries.len(), kept);
        if let Some(Mended { mending: Mending::SetAside(aside), .. }) = writer.mended() {
            assert_eq!(fs::read(aside).unwrap(), &whole[start..cut]);
        }
        writer.append(vec![said(9, "after")], now()).unwrap();
        let reading = desk.log.read().unwrap();
        assert_eq!((reading.entries.len(), reading.torn), (kept + 1, None));
        fs::remove_dir_all(desk.path(".aside")).ok();
        drop(writer);
        desk.forget_what_was_acknowledged();
        desk.write(&whole);
        desk.append(vec![said(3, "word 3")]);
    }
}

#[test]
fn nuls_at_the_end_are_a_torn_tail() {
    let desk = desk_of(2);
    let mut bytes = desk.bytes();
    bytes.extend(b"{\"v\":1,\"seq\":3,");
    bytes.resize(bytes.len().next_multiple_of(512) + 3 * 1024 * 1024, 0);
    desk.write(&bytes);
    assert_eq!(desk.log.verify(&[]).unwrap().torn.unwrap().length, bytes.len() as u64 - desk.log.verify(&[]).unwrap().bytes);
    assert_eq!(desk.append(vec![said(3, "three")])[0].entry().seq, 3);
    assert_eq!(desk.log.verify(&[]).unwrap().torn, None);
}

#[test]
fn damage_is_called_by_its_name() {
    let desk = desk_of(4);
    let lines = desk.lines();
    let [a, b, c, d] = [0, 1, 2, 3].map(|at| lines[at].as_str());
    let whole = desk.bytes();
    let says = |change: &dyn Fn()| {
        change();
        desk.damage()
    };
    let b_at = a.len() + 1;
    assert_eq!(
        says(&|| desk.write_lines(&[a, b, b, c, d])),
        format!(
            "000001.jsonl:3: it is entry 2 again where entry 3 belongs (byte {}); likely cause: entry 2 is there twice: \
             a line or a whole segment was copied",
            b_at * 2
        )
    );
    assert_eq!(
        says(&|| desk.write_lines(&[a, c, d])),
        format!("000001.jsonl:2: it is entry 3 where entry 2 belongs (byte {b_at}); likely cause: entry 2 is missing")
    );
    let says = |change: &dyn Fn(), ends: &str| {
        change();
        let says = desk.damage();
        assert!(says.ends_with(ends), "{says}");
    };
    says(&|| desk.write_lines(&[a, d]), "likely cause: entries 2 to 3 are missing");
    says(&|| desk.write_lines(&[a, c, b, d]), "lines were swapped or sorted: entry 2 stands further down");
    says(&|| desk.write_lines(&[a, &b.replace("word 2", "word 5"), c, d]), "the line was edited, or a bit of it has flipped");
    says(
        &|| desk.write_lines(&[a, &b.replace("\"seq\":2", "\"seq\":3"), c, d]),
        "the line was edited, or a bit of it has flipped",
    );
    says(
        &|| desk.write_lines(&[a, &b.replace("\"seq\":2", "\"seq\": 2"), c, d]),
        "the line was edited, or a bit of it has flipped",
    );
    says(
        &|| desk.write_lines(&[a, b, &d.replace("\"seq\":4", "\"seq\":2")]),
        "two branches were merged, or a number was edited: line 3 bears the number 2 again",
    );
    says(&|| desk.write_lines(&[a, "hello", c]), "another program or a failing disk wrote over it");
    says(&|| desk.write_lines(&[a, "", b]), "another program or a failing disk wrote over it");
    says(&|| desk.write_lines(&[a, "<<<<<<< HEAD", b]), "git left the marks of a merge conflict");
    says(&|| desk.write(String::from_utf8_lossy(&whole).replace('\n', "\r\n")), "an editor or git converted the line ends");
    says(&|| desk.write(String::from_utf8_lossy(&whole).replace('\n', "\r")), "an editor or git converted the line ends");
    says(&|| desk.write([b"\xef\xbb\xbf", &whole[..]].concat()), "an editor put a byte order mark at the start of the file");
    let mut lost = whole.clone();
    lost[512..600].fill(0);
    says(&|| desk.write(&lost), "the disk lost what was there: a power failure or a failing disk");
    desk.write(&whole);
    fs::write(desk.path("log.json"), fs::read_to_string(desk.path("log.json")).unwrap().replace("6f1c", "6f1d")).unwrap();
    let other = Log::open(desk.log.dir()).unwrap().read().unwrap_err().to_string();
    assert!(other.ends_with("the line was edited, or `log.json` is that of another log"), "{other}");
}

#[test]
fn a_line_from_the_future_is_not_damage() {
    for (body, what) in [
        (r#"{"v":2,"seq":2,"shape":"unknown"#.to_owned() + "\"", "format 2"),
        (compose(&said(2, "x").numbered(2, now()), 2).unwrap().replace("\"statement\"", "\"audience\""), "kind \"audience\""),
    ] {
        let desk = desk_of(1);
        desk.forge(&body);
        let error = desk.log.read().unwrap_err();
        assert!(!error.is_damage());
        let expected = format!("000001.jsonl:2 was written by a newer daybook ({what}): upgrade to read it");
        assert!(error.to_string().ends_with(&expected), "{error}");
        assert!(desk.log.lock(None, &mut |_| {}).is_err(), "nothing is built on what cannot be read");
    }
}

#[test]
fn a_chained_line_that_breaks_a_rule_is_damage_too() {
    let line = |n: u64, seq, at: &str| compose(&said(n, "x").numbered(seq, parse_instant(at).unwrap()), 0).unwrap();
    let late = "2025-03-01T00:00:00Z";
    let backwards = retracted(2, Reference::Entry(id(7))).numbered(2, now());
    for (body, says) in [
        (line(2, 5, late), "it has the number 5, not 2"),
        (line(1, 2, late), "its id 01950000-0000-7000-8000-000000000001 is that of entry 1"),
        (line(2, 2, "2025-02-18T09:00:00.122Z"), "it was recorded at 2025-02-18T09:00:00.122Z, before the line above"),
        (compose(&backwards, 0).unwrap(), "which is no earlier entry"),
    ] {
        let desk = desk_of(1);
        desk.forge(&body);
        let found = desk.damage();
        assert!(found.contains(says) && found.starts_with("000001.jsonl:2: "), "{found}");
    }
}

#[test]
fn segments_roll_over_and_must_all_be_there() {
    let mut desk = desk();
    desk.log = desk.log.clone().with_segments_of(600);
    let mut writer = desk.writer();
    for n in 1..=7 {
        writer.append(vec![said(n, "word")], now()).unwrap();
    }
    drop(writer);
    let verified = desk.log.verify(&[]).unwrap();
    assert_eq!((verified.entries, verified.segments), (7, 4));
    fs::copy(desk.path("000001.jsonl"), desk.path("000001 (copy).jsonl")).unwrap();
    assert_eq!(desk.log.verify(&[]).unwrap().strays, ["000001 (copy).jsonl"]);

    let second = fs::read(desk.path("000002.jsonl")).unwrap();
    fs::write(desk.path("000002.jsonl"), &second[..second.len() - 1]).unwrap();
    assert!(desk.damage().ends_with("likely cause: the end of the segment was cut off"));
    fs::write(desk.path("000002.jsonl"), desk.bytes()).unwrap();
    assert!(desk.damage().starts_with("000002.jsonl:1: it is entry 1 again where entry 3 belongs"));
    fs::remove_file(desk.path("000002.jsonl")).unwrap();
    assert!(desk.damage().starts_with("000002.jsonl: is missing, but 000003.jsonl is there"));
}

#[test]
fn recorded_never_falls_when_the_clock_goes_back() {
    let desk = desk_of(1);
    let earlier = parse_instant("2025-02-18T08:00:00Z").unwrap();
    let mut writer = desk.writer();
    let stored = writer.append(vec![said(2, "two")], earlier).unwrap();
    assert_eq!(stored[0].entry().recorded, parse_instant("2025-02-18T09:00:00.123Z").unwrap());
    assert_eq!(desk.log.read().unwrap().entries[1].recorded, stored[0].entry().recorded);
}

#[test]
fn an_id_is_stored_once() {
    let desk = desk_of(2);
    let mut writer = desk.writer();
    let before = desk.bytes();
    let again = writer.append(vec![NewEntry { salt: 77, ..said(2, "word 2") }], now()).unwrap();
    assert!(matches!(&again[..], [Stored::Already(entry)] if entry.seq == 2));
    let other = refused(writer.append(vec![said(3, "new"), said(2, "something else")], now()));
    assert_eq!(
        other,
        format!(
            "the entry cannot be stored (number 2 of those given): its id {} is that of entry 2, which says something else",
            id(2)
        )
    );
    assert_eq!(desk.bytes(), before, "all or none");
    let twice = writer.append(vec![said(3, "new"), said(3, "new")], now()).unwrap();
    assert!(matches!(&twice[..], [Stored::New(_), Stored::Already(entry)] if entry.seq == 3));
    assert_eq!(desk.log.read().unwrap().entries.len(), 3);
}

#[test]
fn references_point_back() {
    let desk = desk_of(1);
    let mut writer = desk.writer();
    let later = refused(writer.append(vec![retracted(2, Reference::Entry(id(3))), said(3, "x")], now()));
    assert!(later.ends_with("which is no earlier entry"), "{later}");
    let itself = refused(writer.append(vec![retracted(2, Reference::Entry(id(2)))], now()));
    assert!(itself.ends_with("which is no earlier entry"), "{itself}");
    let event = refused(writer.append(vec![retracted(2, Reference::Event(EventRef { entry: id(1), number: 2 }))], now()));
    assert!(event.ends_with("but entry 1 has 1 events"), "{event}");
    writer.append(vec![said(2, "x"), retracted(3, Reference::Entry(id(2)))], now()).unwrap();
}

#[test]
fn limits_are_held_before_anything_is_written() {
    let desk = desk();
    let mut writer = desk.writer();
    let many = |n: usize, text: &str| {
        let entry = said(1, text);
        NewEntry { events: vec![entry.events[0].clone(); n], ..entry }
    };
    let refuse = |writer: &mut Writer, entry, says: &str| {
        let found = refused(writer.append(vec![entry], now()));
        assert!(found.contains(says), "{found}");
    };
    refuse(&mut writer, many(0, ""), "it has no events");
    refuse(&mut writer, many(1_001, ""), "at most 1,000");
    refuse(&mut writer, many(1, &"x".repeat(TEXT_BYTES + 1)), "`text` has 65537 bytes");
    refuse(&mut writer, many(20, &"x".repeat(TEXT_BYTES)), "a line has at most 1 MiB");
    let deep = (0..200).fold(serde_json::json!({}), |value, _| serde_json::json!({ "x": value }));
    refuse(&mut writer, NewEntry { x: Some(deep), ..said(1, "") }, "could not be read again");
    assert!(!desk.path("000001.jsonl").exists());
    writer.append(vec![many(15, &"x".repeat(TEXT_BYTES))], now()).unwrap();
    drop(writer);
    desk.write("x".repeat(3 * LINE_BYTES) + "\n");
    assert!(desk.damage().starts_with("000001.jsonl:1: the line has 3145729 bytes: a line has at most 1048576"));
}

#[test]
fn two_writers_and_a_reader_beside_them() {
    let desk = desk();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let writers = [0, 1].map(|which| {
            let log = &desk.log;
            scope.spawn(move || {
                for n in 0..200 {
                    log.lock(None, &mut |_| {}).unwrap().append(vec![said(1 + which * 1000 + n, "word")], now()).unwrap();
                }
            })
        });
        scope.spawn(|| {
            let mut before: Vec<Entry> = Vec::new();
            while !done.load(Ordering::Relaxed) {
                let reading = desk.log.read().unwrap();
                assert!(reading.entries.starts_with(&before));
                before = reading.entries;
            }
        });
        for writer in writers {
            writer.join().unwrap();
        }
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(desk.log.verify(&[]).unwrap().entries, 400);
}

#[test]
fn who_waits_is_told_once_and_who_will_not_wait_is_refused() {
    let desk = desk();
    let writer = desk.writer();
    let refused = desk.log.lock(Some(Duration::ZERO), &mut |_| panic!("no time to tell")).unwrap_err();
    assert!(matches!(refused, LogError::Locked { .. }) && refused.hint().is_some());
    let mut told = 0;
    desk.log.lock(Some(Duration::from_millis(1300)), &mut |_| told += 1).unwrap_err();
    assert_eq!(told, 1);
    let (mut first, mut third) = (Some(writer), None);
    let second = desk.log.lock(Some(Duration::from_millis(1300)), &mut |_| {
        fs::remove_file(desk.path(".lock")).unwrap();
        first = None;
        third = Some(desk.writer());
    });
    assert!(matches!(second, Err(LogError::Locked { .. })), "the second has locked a file that is not `.lock` any more");
    third.unwrap().append(vec![said(1, "one")], now()).unwrap();
}

#[test]
fn a_lock_whose_file_was_replaced_is_not_trusted_and_a_changed_file_is_not_built_on() {
    let desk = desk_of(1);
    let mut first = desk.writer();
    fs::remove_file(desk.path(".lock")).unwrap();
    desk.append(vec![said(2, "two")]);
    let error = first.append(vec![said(3, "three")], now()).unwrap_err();
    assert!(matches!(error, LogError::Disturbed { .. }), "{error}");
    assert!(matches!(first.append(vec![said(3, "three")], now()), Err(LogError::Closed)));
    assert_eq!(desk.log.verify(&[]).unwrap().entries, 2);
}

#[cfg(unix)]
#[test]
fn what_cannot_be_written_or_is_no_file_gives_one_clear_error() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = desk_of(1);
    fs::rename(desk.path("000001.jsonl"), desk.path("elsewhere")).unwrap();
    symlink(desk.path("elsewhere"), desk.path("000001.jsonl")).unwrap();
    assert!(desk.log.read().unwrap_err().to_string().ends_with("000001.jsonl is a symbolic link, not a file"));
    fs::remove_file(desk.path("000001.jsonl")).unwrap();
    fs::rename(desk.path("elsewhere"), desk.path("000001.jsonl")).unwrap();
    fs::remove_file(desk.path(".lock")).unwrap();
    fs::create_dir(desk.path(".lock")).unwrap();
    let error = desk.log.lock(None, &mut |_| {}).unwrap_err();
    assert!(error.to_string().ends_with(".lock is a directory, not a file"), "{error}");
    fs::remove_dir(desk.path(".lock")).unwrap();

    fs::set_permissions(desk.log.dir(), fs::Permissions::from_mode(0o555)).unwrap();
    let root = fs::write(desk.path("probe"), "").is_ok();
    let locked = desk.log.lock(None, &mut |_| {}).map(|_| ());
    assert_eq!(desk.log.read().unwrap().entries.len(), 1, "reading needs no right to write");
    fs::set_permissions(desk.log.dir(), fs::Permissions::from_mode(0o755)).unwrap();
    if !root {
        let error = locked.unwrap_err();
        assert!(error.to_string().contains("cannot lock") && error.hint().is_some(), "{error}");
    }
}
