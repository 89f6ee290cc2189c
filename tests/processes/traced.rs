//! The real program under strace: killed at every system call that changes a file, and given an error at every one.

use std::fs;
use std::os::unix::process::ExitStatusExt as _;
use std::process::Command;

use crate::program::{Folder, PROGRAM, Ran, copy_into, entry, fed, has, id, large, tell};

/// The calls that change files, or decide who may; which of them a system uses differs.
const CHANGING: [&str; 13] = [
    "openat",
    "write",
    "ftruncate",
    "fdatasync",
    "fsync",
    "flock",
    "mkdir",
    "mkdirat",
    "rename",
    "renameat",
    "renameat2",
    "unlink",
    "unlinkat",
];

/// Errors of calls, as disks and systems give them.
const ERRORS: [(&str, &str); 16] = [
    ("openat", "EMFILE"),
    ("openat", "EACCES"),
    ("openat", "EIO"),
    ("write", "ENOSPC"),
    ("write", "EIO"),
    ("write", "EINTR"),
    ("fdatasync", "EIO"),
    ("fdatasync", "ENOSPC"),
    ("fsync", "EIO"),
    ("ftruncate", "EIO"),
    ("flock", "ENOLCK"),
    ("mkdir", "ENOSPC"),
    ("mkdirat", "ENOSPC"),
    ("pread64", "EIO"),
    ("getdents64", "EIO"),
    ("statx", "EIO"),
];

/// Whether strace can do here what these tests want of it.
fn is_traceable() -> bool {
    let mut probe = Command::new("strace");
    probe.args(["-f", "-qq", "-o", "/dev/null", "-e", "inject=fsync:error=EIO:when=1", "true"]);
    has("strace", &mut probe, "errors and kills at every system call")
}

/// Runs the program under strace; each rule is a call and what is done to it.
fn traced(folder: &Folder, rules: &[(&str, String)], arguments: &[&str], input: &str) -> (Ran, bool) {
    let mut command = folder.command("strace");
    let calls: Vec<String> = rules.iter().map(|(call, _)| format!("?{call}")).collect();
    command.args(["-f", "-qq", "-o", "trace", "-e", &format!("trace={}", calls.join(","))]);
    for (call, rule) in rules {
        command.args(["-e", &format!("inject=?{call}:{rule}")]);
    }
    let ran = Ran::of(fed(command.arg(PROGRAM).args(arguments), input));
    let injected = fs::read_to_string(folder.path("trace")).unwrap().contains("(INJECTED)");
    (ran, injected)
}

/// Kills a command at each of its calls, on a fresh copy of a folder each time, and looks at what is left. Returns how often.
fn killed_everywhere(folder: &Folder, arguments: &[&str], input: &str, look: &dyn Fn(&Folder)) -> u64 {
    let mut kills = 0;
    for call in CHANGING {
        for when in 1.. {
            let copy = folder.copy();
            let (ran, _) = traced(&copy, &[(call, format!("signal=KILL:when={when}"))], arguments, input);
            let killed = ran.status.signal() == Some(9);
            assert!(killed || ran.status.success(), "{call} {when}: {ran:?}");
            look(&copy);
            if !killed {
                break;
            }
            kills += 1;
        }
    }
    kills
}

/// The entries that were acknowledged are there in their places, and the one that was being logged can be, once; then others.
fn nothing_is_lost(folder: &Folder, before: u64) {
    let reading = folder.log().read().unwrap();
    assert!(reading.entries.iter().map(|entry| entry.id).take(usize::try_from(before).unwrap()).eq((1..=before).map(id)));
    assert!(reading.entries.len() as u64 <= before + 1 && reading.behind.is_none());
    folder.verified();
    folder.entered(before + 1).fine();
    folder.entered(before + 2).fine();
    let reading = folder.log().read().unwrap();
    assert!(reading.entries.iter().map(|entry| entry.id).eq((1..=before + 2).map(id)));
    assert_eq!(folder.verified().torn, None);
}

/// Leaves some bytes at the end of a log, as a writer does that died.
fn lengthen(folder: &Folder, tail: &[u8]) {
    let whole = fs::read(folder.file("000001.jsonl")).unwrap();
    fs::write(folder.file("000001.jsonl"), [whole.as_slice(), tail].concat()).unwrap();
}

/// What stands in `.aside`, all of it.
fn aside(folder: &Folder) -> Vec<Vec<u8>> {
    let files = fs::read_dir(folder.file(".aside")).into_iter().flatten();
    files.map(|file| fs::read(file.unwrap().path()).unwrap()).collect()
}

#[test]
fn a_kill_at_any_call_of_an_append_loses_nothing() {
    if !is_traceable() {
        return;
    }
    let log = ["log", "-"];
    let first = killed_everywhere(&Folder::new(), &log, &entry(1, "").to_string(), &|left| nothing_is_lost(left, 0));
    let further = killed_everywhere(&Folder::of(3), &log, &entry(4, "word 4").to_string(), &|left| nothing_is_lost(left, 3));
    let torn = Folder::of(3);
    let tail = b"{\"v\":1,\"seq\":4,\"id\":\"0195";
    lengthen(&torn, tail);
    let mended = killed_everywhere(&torn, &log, &entry(4, "word 4").to_string(), &|left| {
        nothing_is_lost(left, 3);
        assert!(aside(left).iter().any(|bytes| bytes == tail), "what was cut off is set aside");
    });
    let ended = Folder::of(3);
    let whole = fs::read(ended.file("000001.jsonl")).unwrap();
    fs::write(ended.file("000001.jsonl"), &whole[..whole.len() - 1]).unwrap();
    let unended = killed_everywhere(&ended, &log, &entry(4, "word 4").to_string(), &|left| {
        // A reader does not see a line without its newline; the next writer gives it one.
        left.entered(4).fine();
        nothing_is_lost(left, 4);
    });
    tell(&format!(
        "killed at {first} calls of a first append, {further} of a further one, {mended} and {unended} of mending a tail"
    ));
    assert!(first > 15 && further > 10 && mended > 15 && unended > 10);
}

#[test]
fn a_kill_at_any_call_of_making_a_log_leaves_none_or_a_whole_one() {
    if !is_traceable() {
        return;
    }
    let kills = killed_everywhere(&Folder::bare(), &["init"], "", &|left| {
        let again = left.run(&["init"], "");
        assert!(again.status.success() || again.err.contains("there is a log in"), "{again:?}");
        assert_eq!(fs::read_to_string(left.file(".gitattributes")).unwrap(), "* -text -merge\n");
        nothing_is_lost(left, 0);
    });
    assert!(kills > 15, "{kills}");
}

#[test]
fn a_kill_at_any_call_of_a_repair_is_repaired_by_the_same_command() {
    if !is_traceable() {
        return;
    }
    let folder = Folder::of(6);
    folder.run(&["backup", "copy"], "").fine();
    let whole = fs::read_to_string(folder.file("000001.jsonl")).unwrap();
    let harmed = whole.replace("word 4", "ward 4");
    fs::write(folder.file("000001.jsonl"), &harmed).unwrap();
    let from_copy = killed_everywhere(&folder, &["repair", "--from", "copy"], "", &|left| {
        left.run(&["repair", "--from", "copy"], "").fine();
        assert_eq!(fs::read_to_string(left.file("000001.jsonl")).unwrap(), whole);
        assert!(aside(left).iter().any(|bytes| bytes == harmed.as_bytes()));
        nothing_is_lost(left, 6);
    });
    let alone = killed_everywhere(&folder, &["repair"], "", &|left| {
        left.run(&["repair"], "").fine();
        let (kept, cut) = harmed.split_at(harmed.match_indices('\n').nth(2).unwrap().0 + 1);
        assert_eq!(fs::read_to_string(left.file("000001.jsonl")).unwrap(), kept);
        assert!(aside(left).iter().any(|bytes| bytes == cut.as_bytes()));
        nothing_is_lost(left, 3);
    });
    // The name card can be lent by the backup only.
    fs::write(folder.file("000001.jsonl"), &whole).unwrap();
    fs::remove_file(folder.file("log.json")).unwrap();
    let card = killed_everywhere(&folder, &["repair", "--from", "copy"], "", &|left| {
        left.run(&["repair", "--from", "copy"], "").fine();
        nothing_is_lost(left, 6);
    });
    assert!(from_copy > 15 && alone > 12 && card > 8, "{from_copy} {alone} {card}");
}

/// Lines stand in the wrong one of three segments, so that each of them is written anew from lines of the others.
#[test]
fn a_kill_while_three_segments_are_repaired_loses_no_line_of_any() {
    if !is_traceable() {
        return;
    }
    let folder = Folder::of(9);
    let whole = fs::read_to_string(folder.file("000001.jsonl")).unwrap();
    let lines: Vec<&str> = whole.split_inclusive('\n').collect();
    let segments = |order: [usize; 9]| {
        for (number, three) in (1..).zip(order.chunks(3)) {
            let text: String = three.iter().map(|at| lines[*at]).collect();
            fs::write(folder.file(&format!("{number:06}.jsonl")), text).unwrap();
        }
    };
    segments([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    folder.run(&["backup", "copy"], "").fine();
    let divided = folder.files();
    segments([8, 0, 4, 2, 6, 7, 1, 3, 5]);
    let mut kills = Vec::new();
    for command in [&["repair"][..], &["repair", "--from", "copy"]] {
        kills.push(killed_everywhere(&folder, command, "", &|left| {
            left.run(command, "").fine();
            if command.len() > 1 {
                assert_eq!(left.files(), divided);
            }
            let after = left.files().into_iter().filter(|(name, _)| !name.starts_with('.') && name != "log.json");
            assert_eq!(after.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect::<String>(), whole);
            nothing_is_lost(left, 9);
        }));
    }
    tell(&format!("killed at {} and {} calls of a repair of three segments, alone and from a backup", kills[0], kills[1]));
    assert!(kills.iter().all(|kills| *kills > 20), "{kills:?}");
}

#[test]
fn a_kill_while_another_branch_is_added_is_finished_by_the_same_command() {
    if !is_traceable() {
        return;
    }
    let folder = Folder::of(3);
    copy_into(&folder.path("events"), &folder.path("theirs"));
    let lines: String = (4..8).map(|n| format!("{}\n", entry(n, "theirs"))).collect();
    folder.run(&["--log", "theirs", "import", "-"], &lines).fine();
    folder.entered(9).fine();
    let kills = killed_everywhere(&folder, &["import", "--from", "theirs"], "", &|left| {
        left.run(&["import", "--from", "theirs"], "").fine();
        let reading = left.log().read().unwrap();
        assert!(reading.entries.iter().map(|entry| entry.id).eq([1, 2, 3, 9, 4, 5, 6, 7].map(id)));
        left.verified();
    });
    assert!(kills > 10, "{kills}");
}

/// What is on the way when a segment of 64 MiB is full: at each of these calls the program is killed, and some fail.
#[test]
fn a_kill_or_an_error_at_any_call_of_a_roll_over_loses_nothing() {
    if !is_traceable() {
        return;
    }
    let folder = Folder::of(1);
    let text = "word ".repeat(12_800);
    let large = |n| large(n, &text);
    let lines: String = (2..=66).map(|n| large(n) + "\n").collect();
    folder.run(&["import", "-"], &lines).fine();
    let first = fs::read(folder.file("000001.jsonl")).unwrap();
    let (next, two) = (large(67), folder.file("000002.jsonl"));
    assert!(!two.exists() && first.len() + next.len() > 64 << 20);
    let (mut kills, mut errors) = (0, 0);
    for (path, call, rule) in [
        ("events/000002.jsonl", "openat", "signal=KILL"),
        ("events/000002.jsonl", "fdatasync", "signal=KILL"),
        ("events/000002.jsonl", "write", "signal=KILL"),
        ("events", "fsync", "signal=KILL"),
        ("events/000002.jsonl", "openat", "error=ENOSPC"),
        ("events/000002.jsonl", "write", "error=ENOSPC"),
    ] {
        for when in 1.. {
            let rule = format!("inject={call}:{rule}:when={when}");
            let mut command = folder.command("strace");
            // The name as it is given, and as the system knows it once it is open.
            command.args(["-f", "-qq", "-o", "trace", "-P", path, "-P"]).arg(folder.path(path));
            command.args(["-e", &format!("trace={call}"), "-e", &rule, PROGRAM, "log", "-"]);
            let ran = Ran::of(fed(&mut command, &next));
            let injected = fs::read_to_string(folder.path("trace")).unwrap().contains("(INJECTED)");
            let killed = ran.status.signal() == Some(9);
            kills += u64::from(killed);
            errors += u64::from(injected && !killed);
            if injected && !killed {
                ran.refused(1, "nothing was stored");
            }
            // The same command reads and checks all of it, and stores the entry once.
            folder.run(&["log", "-"], &next).fine();
            let second = fs::read_to_string(&two).unwrap();
            assert!(
                second.ends_with('\n') && second.matches(&id(67).to_string()).count() == 1 && second.lines().count() == 1,
                "{rule}"
            );
            assert!(fs::read(folder.file("000001.jsonl")).unwrap() == first, "{rule}");
            if !killed && !injected {
                break;
            }
            fs::remove_file(&two).unwrap();
            fs::remove_dir_all(folder.file(".index")).unwrap();
        }
        fs::remove_file(&two).unwrap();
        fs::remove_dir_all(folder.file(".index")).unwrap();
    }
    tell(&format!("killed at {kills} calls of a roll-over; {errors} errors"));
    assert!(kills >= 7 && errors >= 3, "{kills} {errors}");
}

#[test]
fn a_kill_at_any_call_of_a_backup_is_finished_by_the_same_command() {
    if !is_traceable() {
        return;
    }
    let folder = Folder::of(5);
    let whole = fs::read(folder.file("000001.jsonl")).unwrap();
    let look = |left: &Folder| {
        left.run(&["backup", "copy"], "").fine();
        assert_eq!(fs::read(left.path("copy/000001.jsonl")).unwrap(), whole);
        left.run(&["--log", "copy", "verify"], "").fine();
    };
    let new = killed_everywhere(&folder, &["backup", "copy"], "", &look);
    // An older backup that the kill must leave at least as it was.
    let older = Folder::new();
    fs::write(folder.file("000001.jsonl"), whole.split_inclusive(|byte| *byte == b'\n').take(2).collect::<Vec<_>>().concat())
        .unwrap();
    fs::remove_dir_all(folder.file(".index")).unwrap();
    folder.run(&["backup", "copy"], "").fine();
    copy_into(&folder.path("copy"), &older.path("copy"));
    copy_into(&folder.path("events"), &older.path("events"));
    fs::write(older.file("000001.jsonl"), &whole).unwrap();
    let extended = killed_everywhere(&older, &["backup", "copy"], "", &look);
    assert!(new > 20 && extended > 10, "{new} {extended}");
}

/// A sync that fails once and then "succeeds": nobody believes the second.
#[test]
fn a_failed_sync_is_unknown_and_poison_until_it_is_repaired() {
    if !is_traceable() {
        return;
    }
    let folder = Folder::of(3);
    let four = entry(4, "word 4").to_string();
    let (ran, injected) = traced(&folder, &[("fdatasync", "error=EIO:when=2".to_owned())], &["log", "-"], &four);
    assert!(injected);
    let said = ran.refused(1, &format!("it is unknown whether entry {} was stored", id(4)));
    assert!(said.err.contains("log the same again with `--id` and the id above: it is stored once"), "{}", said.err);
    let refused = folder.entered(5).refused(1, "the disk failed to keep what was written to");
    assert!(refused.err.contains("start the machine anew, or run `daybook repair`"), "{}", refused.err);
    for reading in ["verify", "officials", "who riyadh"] {
        let words: Vec<&str> = reading.split(' ').collect();
        assert_ne!(folder.run(&words, "").code(), Some(3), "{reading}");
    }
    folder.run(&["verify"], "").fine();
    folder.run(&["where", "rubio"], "").fine();
    let (bytes, poison) = (fs::read(folder.file("000001.jsonl")).unwrap(), fs::read(folder.file(".poison")).unwrap());
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").unwrap();
    assert!(String::from_utf8(poison).unwrap().contains(boot.trim()), "it is of this run of the machine");
    folder.run(&["repair"], "").fine();
    assert_eq!(fs::read(folder.file("000001.jsonl")).unwrap(), bytes);
    for _ in 0..2 {
        folder.run(&["log", "-"], &four).fine();
        assert_eq!(folder.count(4), 1);
    }
    folder.entered(5).fine();
    assert_eq!(folder.verified().entries, 5);
}

/// Neither written nor taken back: what is there cannot be known.
#[test]
fn a_write_that_fails_and_cannot_be_undone_is_unknown() {
    if !is_traceable() {
        return;
    }
    let folder = Folder::of(3);
    let rules = [("write", "error=ENOSPC:when=1".to_owned()), ("ftruncate", "error=EIO:when=1".to_owned())];
    let (ran, injected) = traced(&folder, &rules, &["log", "-"], &entry(4, "word 4").to_string());
    assert!(injected);
    ran.refused(1, &format!("it is unknown whether entry {} was stored", id(4)));
    folder.entered(4).refused(1, "the disk failed to keep");
    folder.run(&["repair"], "").fine();
    nothing_is_lost(&folder, 3);
}

/// What a run says, and what is there, whatever fails.
fn says_what_is(folder: &Folder, ran: &Ran, before: u64, at: &str) {
    let reading = folder.log().read().unwrap();
    assert!(reading.entries.iter().map(|entry| entry.id).take(usize::try_from(before).unwrap()).eq((1..=before).map(id)), "{at}");
    let there = folder.count(before + 1);
    match ran.code() {
        Some(0) => assert_eq!(there, 1, "{at}: {ran:?}"),
        // The loader of the system found its libraries no more than we our files.
        Some(127) => assert_eq!(there, 0, "{at}: {ran:?}"),
        Some(1) => {
            assert_eq!(ran.err.matches("error:").count(), 1, "{at}: {ran:?}");
            if ran.err.contains("the answer could not be written") {
                assert_eq!(there, 1, "{at}: {ran:?}");
            } else if !ran.err.contains("it is unknown whether") {
                assert_eq!(there, 0, "{at}: {ran:?}");
            }
        }
        Some(_) | None => panic!("{at}: {ran:?}"),
    }
}

#[test]
fn an_error_at_any_call_is_told_and_mended() {
    if !is_traceable() {
        return;
    }
    let plain = Folder::of(3);
    let torn = Folder::of(3);
    lengthen(&torn, b"{\"v\":1,\"seq\":4,\"id\":\"0195");
    let (mut errors, mut refused, mut unknown, mut poisoned) = (0, 0, 0, 0);
    for (folder, before) in [(&Folder::new(), 0), (&plain, 3), (&torn, 3)] {
        for (call, error) in ERRORS {
            for when in 1.. {
                let (copy, at) = (folder.copy(), format!("{error} at {call} {when} after {before} entries"));
                let rule = [(call, format!("error={error}:when={when}"))];
                let (ran, injected) =
                    traced(&copy, &rule, &["log", "-"], &entry(before + 1, &format!("word {}", before + 1)).to_string());
                if !injected {
                    ran.fine();
                    break;
                }
                errors += 1;
                refused += u64::from(ran.code() == Some(1));
                unknown += u64::from(ran.err.contains("it is unknown whether"));
                says_what_is(&copy, &ran, before, &at);
                let next = copy.entered(before + 1);
                if next.err.contains("the disk failed to keep") {
                    assert!(["fdatasync", "fsync", "ftruncate"].contains(&call), "{at}: {next:?}");
                    poisoned += 1;
                    copy.run(&["repair"], "").fine();
                } else {
                    next.fine();
                }
                nothing_is_lost(&copy, before);
            }
        }
    }
    tell(&format!("{errors} errors at system calls: {refused} refused, {unknown} of them unknown, {poisoned} cleared by repair"));
    assert!(errors > 100 && unknown >= 6 && poisoned >= 6, "{errors} {unknown} {poisoned}");
}
