//! Real processes write to one log at once, and are killed: what was acknowledged is there, once, and nothing else is.

#[cfg(target_os = "linux")]
mod traced;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::str::FromStr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use daybook::event::wire::WireEvent;
use daybook::event::{EntryId, Event, NewEntry, Source};
use daybook::log::{Log, LogError, Reading, Writer};
use daybook::time::parse_instant;
use uuid::Uuid;

use crate::dice::Dice;
use crate::program::{Folder, Ran, entry, fed, id, tell};

/// The directory of the log, for a writer that this binary is when it starts itself again.
const DIR: &str = "DAYBOOK_TEST_DIR";
/// The number of the writer, and the seed of its dice.
const WRITER: &str = "DAYBOOK_TEST_WRITER";
/// After how many entries it ends.
const ENTRIES: &str = "DAYBOOK_TEST_ENTRIES";
/// How many bytes its longest text has.
const LONGEST: &str = "DAYBOOK_TEST_LONGEST";

/// What a writer writes as its `n`th entry: its text and so its length follow from both numbers and the longest.
fn said(writer: u64, n: u64, longest: usize) -> NewEntry {
    let length = Dice::of(writer << 32 | n).below(longest);
    let text = format!("{writer} {n} {}", "word ".repeat(length / 5));
    let statement =
        WireEvent { kind: "statement".into(), speaker: Some("rubio".into()), text: Some(text), ..WireEvent::default() };
    NewEntry {
        id: name(writer, n),
        logged_by: None,
        source: Source::default(),
        embargo: None,
        events: vec![Event::try_from(&statement).unwrap()],
        x: None,
        salt: n,
    }
}

/// The id of a writer's `n`th entry.
fn name(writer: u64, n: u64) -> EntryId {
    EntryId(Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0000 | u128::from(writer << 24 | n)))
}

/// Whose entry it is, and which.
fn whose(id: EntryId) -> (u64, u64) {
    let low = u64::try_from(id.0.as_u128() & 0xffff_ffff_ffff).unwrap();
    (low >> 24, low & 0xff_ffff)
}

fn variable<T: FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// One of several writers, in a process of its own: appends, and says what was acknowledged, until it is killed or has written enough.
#[test]
#[ignore = "a part of other tests, which start it in a process of its own"]
fn a_writer() {
    let (Some(dir), Some(writer)) = (std::env::var_os(DIR), variable(WRITER)) else { return };
    let (entries, longest) = (variable(ENTRIES).unwrap_or(u64::MAX), variable(LONGEST).unwrap());
    let log = Log::open(Path::new(&dir)).unwrap();
    let mut reading = log.read().unwrap();
    let mut dice = Dice::of(writer);
    let mut out = std::io::stdout();
    let mut n = 0;
    while n < entries {
        let batch = if dice.below(2) == 0 { 1 } else { 2 + dice.below(4) as u64 }.min(entries - n);
        let mut open = log.lock_on(reading, None, &mut |_| {}).unwrap();
        let batch = (1..=batch).map(|more| said(writer, n + more, longest)).collect();
        let stored = append(&mut open, batch);
        n += stored;
        let yes: String = (n - stored + 1..=n).map(|n| format!("\nyes {n}\n")).collect();
        out.write_all(yes.as_bytes()).unwrap();
        out.flush().unwrap();
        reading = open.unlock().unwrap();
    }
}

fn append(open: &mut Writer, batch: Vec<NewEntry>) -> u64 {
    let now = parse_instant("2025-02-17T12:00:00Z").unwrap();
    u64::try_from(open.append(batch, now).unwrap().len()).unwrap()
}

/// Starts a writer; what it says goes to a file, which is there after it was killed.
fn writer(folder: &Folder, number: u64, longest: usize, entries: Option<u64>) -> (Child, PathBuf) {
    let says = folder.path(&format!("writer-{number}"));
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "processes::a_writer", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env(DIR, folder.path("events")).env(WRITER, number.to_string()).env(LONGEST, longest.to_string());
    command.envs(entries.map(|entries| (ENTRIES, entries.to_string())));
    command.stdin(Stdio::null()).stdout(File::create(&says).unwrap()).stderr(Stdio::piped());
    (command.spawn().unwrap(), says)
}

/// The number of the last entry that a writer called acknowledged; they come in order.
fn acknowledged(says: &Path) -> u64 {
    let text = String::from_utf8(std::fs::read(says).unwrap()).unwrap();
    let whole = text.rsplit_once('\n').map_or("", |(whole, _)| whole);
    let yes: Vec<u64> = whole.lines().filter_map(|line| line.strip_prefix("yes ")).map(|n| n.parse().unwrap()).collect();
    assert!(yes.iter().copied().eq(1..=yes.len() as u64), "{text}");
    yes.len() as u64
}

fn wait_for(is_so: impl Fn() -> bool) {
    for _ in 0..30_000 {
        if is_so() {
            return;
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    panic!("it did not come about in half a minute");
}

/// Holds a log against what its writers said: each wrote its entries one after the other, each once, as they are, all that were
/// acknowledged, and at most one batch more.
fn holds(reading: &Reading, said_by: &BTreeMap<u64, (u64, usize)>) {
    let mut written: BTreeMap<u64, u64> = BTreeMap::new();
    for (seq, stored) in (1..).zip(&reading.entries) {
        let (writer, n) = whose(stored.id);
        let (_, longest) = said_by[&writer];
        let count = written.entry(writer).or_default();
        *count += 1;
        assert_eq!((stored.seq, n), (seq, *count), "writer {writer}");
        let expected = said(writer, n, longest);
        assert_eq!((stored.id, &stored.events), (expected.id, &expected.events));
    }
    for (writer, (acknowledged, _)) in said_by {
        let written = written.get(writer).copied().unwrap_or_default();
        assert!((*acknowledged..=acknowledged + 5).contains(&written), "writer {writer}: {written} of {acknowledged}");
    }
}

/// How many rounds share a log, so that a killed writer's leavings are built upon by the next.
const ROUNDS_A_LOG: u64 = 12;

#[test]
fn writers_killed_at_any_moment_lose_nothing_that_was_acknowledged() {
    let rounds = variable("DAYBOOK_KILL_ROUNDS").unwrap_or(300);
    let mut dice = Dice::of(u64::from(std::process::id()));
    let (mut total, mut torn, mut unsaid) = (0, 0, 0);
    let mut folder = Folder::new();
    let mut said_by = BTreeMap::new();
    for round in 0..rounds {
        if round % ROUNDS_A_LOG == 0 {
            folder = Folder::new();
            said_by = BTreeMap::new();
        }
        // Long texts make writes of up to 300 KB, which a kill can interrupt.
        let longest = if round % 3 == 2 { 60_000 } else { 600 };
        let first = 1 + round % ROUNDS_A_LOG * 5;
        let writers: Vec<(u64, Child, PathBuf)> = (first..first + 4)
            .map(|number| {
                let (child, says) = writer(&folder, number, longest, None);
                (number, child, says)
            })
            .collect();
        if round % 2 == 0 {
            // However slow the machine is: half of the kills come after something was acknowledged.
            wait_for(|| writers.iter().any(|(_, _, says)| acknowledged(says) > 0));
        }
        std::thread::sleep(Duration::from_micros(2_000 + dice.below(45_000) as u64));
        let mut children = Vec::new();
        for (number, mut child, says) in writers {
            child.kill().unwrap();
            children.push((number, child, says));
        }
        for (number, child, says) in children {
            let ran = Ran::of(child);
            assert_eq!((ran.code(), ran.err.as_str()), (None, ""), "writer {number} ended by itself");
            said_by.insert(number, (acknowledged(&says), longest));
        }
        let log = folder.log();
        let reading = log.read().unwrap();
        log.verify(&[]).unwrap();
        assert_eq!(reading.behind, None);
        torn += u64::from(reading.torn.is_some());
        // A line that lacks only its newline is there as soon as somebody writes on.
        let mut open = log.lock_on(reading, Some(Duration::ZERO), &mut |_| {}).unwrap();
        append(&mut open, vec![said(first + 4, 1, 600)]);
        said_by.insert(first + 4, (1, 600));
        let reading = log.read().unwrap();
        assert_eq!((reading.torn.as_ref(), &reading.entries), (None, &open.whole().unwrap().entries));
        holds(&reading, &said_by);
        let there = reading.entries.len() as u64;
        let yes: u64 = said_by.values().map(|(yes, _)| yes).sum();
        if (round + 1) % ROUNDS_A_LOG == 0 || round + 1 == rounds {
            total += yes;
            unsaid += there - yes;
        }
    }
    tell(&format!(
        "{rounds} rounds, {} writers killed: {total} entries acknowledged, 0 lost; {unsaid} more stored; {torn} torn tails",
        rounds * 4
    ));
    assert!(total > rounds / 2, "the writers were killed before they wrote anything: {total} entries in {rounds} rounds");
}

/// Reads on and anew as long as others write, and never sees anything but a verified prefix of what will be.
fn watch(log: &Log, done: &AtomicBool) -> (u64, Vec<EntryId>) {
    let mut seen: Vec<EntryId> = Vec::new();
    let mut reading = log.read().unwrap();
    let mut looks = 0;
    loop {
        let last = done.load(Ordering::SeqCst);
        reading = if looks % 4 == 0 { log.read().unwrap() } else { log.read_on(reading).unwrap() };
        let ids: Vec<EntryId> = reading.entries.iter().map(|entry| entry.id).collect();
        assert!(ids.starts_with(&seen) && reading.behind.is_none());
        seen = ids;
        looks += 1;
        if last {
            return (looks, seen);
        }
    }
}

/// Says that all is over, also when it ends because an expectation is not met: whoever watches would go on for ever.
struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}

#[test]
fn eight_processes_write_a_thousand_entries_each_and_readers_see_a_prefix() {
    let folder = Folder::new();
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(&folder.log(), &done));
        let asker = scope.spawn(|| {
            let mut seen = vec![0];
            while !done.load(Ordering::SeqCst) {
                let answer = folder.run(&["verify", "--json"], "").fine();
                let answer: serde_json::Value = serde_json::from_str(&answer.out).unwrap();
                seen.push(answer["entries"].as_u64().unwrap());
                std::thread::sleep(Duration::from_millis(100));
            }
            seen
        });
        let over = Over(&done);
        let writers: Vec<(Child, PathBuf)> = (1..=8).map(|number| writer(&folder, number, 400, Some(1000))).collect();
        let mut said_by = BTreeMap::new();
        for (number, (child, says)) in (1..).zip(writers) {
            Ran::of(child).fine();
            said_by.insert(number, (acknowledged(&says), 400));
        }
        drop(over);
        assert!(said_by.values().all(|(yes, _)| *yes == 1000));
        let reading = folder.log().read().unwrap();
        assert_eq!((reading.entries.len(), reading.torn.as_ref()), (8000, None));
        holds(&reading, &said_by);
        assert_eq!(folder.verified().entries, 8000);
        let (looks, seen) = watcher.join().unwrap();
        let asked = asker.join().unwrap();
        assert_eq!(seen.len(), 8000);
        assert!(asked.is_sorted() && looks > 10, "{looks} looks, {asked:?}");
        tell(&format!(
            "8 × 1,000 entries; beside them {looks} readings and {} runs of `verify`, each a whole prefix",
            asked.len() - 1
        ));
    });
}

#[test]
fn eight_runs_of_the_program_at_once_and_each_logs_once() {
    let folder = Folder::of(1);
    std::thread::scope(|scope| {
        for process in 1..=8 {
            let folder = &folder;
            scope.spawn(move || {
                for n in 1..=25 {
                    folder.entered(process * 1000 + n).fine();
                }
            });
        }
    });
    let reading = folder.log().read().unwrap();
    assert_eq!((reading.entries.len(), folder.verified().entries), (201, 201));
    for process in 1..=8 {
        // What one caller logged one after the other stands in that order.
        let own: Vec<EntryId> = reading
            .entries
            .iter()
            .map(|entry| entry.id)
            .filter(|found| (1..=25).any(|n| *found == id(process * 1000 + n)))
            .collect();
        assert!(own.iter().copied().eq((1..=25).map(|n| id(process * 1000 + n))));
    }
}

#[test]
fn eight_imports_of_a_thousand_lines_at_once_and_all_of_them_again() {
    let folder = Folder::of(1);
    let files: Vec<String> = (1..=8)
        .map(|process| {
            let lines: String = (1..=1000).map(|n| format!("{}\n", entry(process * 10_000 + n, &format!("line {n}")))).collect();
            let name = format!("{process}.jsonl");
            std::fs::write(folder.path(&name), lines).unwrap();
            name
        })
        .collect();
    let import = || {
        let started: Vec<Child> = files.iter().map(|name| folder.start(&["import", name], "")).collect();
        started.into_iter().map(|child| Ran::of(child).fine().out).collect::<Vec<String>>()
    };
    assert_eq!(import(), vec!["1000 added, 0 there already, 0 refused\n"; 8]);
    assert_eq!(import(), vec!["0 added, 1000 there already, 0 refused\n"; 8]);
    let reading = folder.log().read().unwrap();
    assert_eq!((reading.entries.len(), folder.verified().entries), (8001, 8001));
    // One import is one batch, which nobody else's lines divide.
    for import in reading.entries[1..].chunks(1000) {
        let first = import[0].id.0.as_u128();
        assert!(import.iter().map(|entry| entry.id.0.as_u128()).eq(first..first + 1000));
    }
}

#[test]
fn an_import_that_is_killed_is_finished_by_the_same_command() {
    let mut dice = Dice::of(7);
    let lines: String =
        (2..=1500).map(|n| format!("{}\n", entry(n, &"word ".repeat(usize::try_from(1 + n % 300).unwrap())))).collect();
    let (mut killed, mut before) = (0, 0);
    for _ in 0..12 {
        let folder = Folder::of(1);
        std::fs::write(folder.path("all.jsonl"), &lines).unwrap();
        let mut child = fed(folder.command(crate::program::PROGRAM).args(["import", "all.jsonl"]), "");
        std::thread::sleep(Duration::from_millis(dice.below(400) as u64));
        child.kill().unwrap();
        killed += u64::from(Ran::of(child).code().is_none());
        folder.log().read().unwrap();
        before += u64::from(folder.verified().entries == 1);
        folder.run(&["import", "all.jsonl"], "").fine();
        let reading = folder.log().read().unwrap();
        assert!(reading.entries.iter().map(|entry| entry.id).eq((1..=1500).map(id)));
    }
    tell(&format!("12 imports, {killed} of them killed, {before} before anything was stored"));
}

/// Whoever deletes `.lock` lets two writers in; the one whose file grew under its hands says so and writes nothing.
#[test]
fn a_lock_deleted_under_a_writer_is_noticed_before_anything_is_overwritten() {
    let folder = Folder::of(2);
    let mut open = folder.log().lock(None, &mut |_| {}).unwrap();
    folder.run(&["log", "-", "--wait", "0"], &entry(3, "no").to_string()).refused(1, "another process is writing");
    std::fs::remove_file(folder.file(".lock")).unwrap();
    folder.entered(3).fine();
    let error = open.append(vec![said(1, 1, 600)], parse_instant("2025-02-17T12:00:00Z").unwrap()).unwrap_err();
    assert!(matches!(error, LogError::Disturbed { .. }), "{error}");
    drop(open);
    assert_eq!(folder.verified().entries, 3);
    folder.entered(4).fine();
}
