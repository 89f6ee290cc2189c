//! What trust costs: a durable append beside a bare write and sync, and checking a log beside hashing its bytes.
//!
//! Both sides of a pair are measured in turns in the same run: a disk or a processor that was idle, or that others use, is slower by
//! more than what is looked for. Only the ratios last.

#![expect(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark ends where something fails"
)]

use std::fs::OpenOptions;
use std::io::Write as _;
use std::time::{Duration, Instant};

use daybook::event::{EntryId, Event, NewEntry, Source, Telling, What, wire::WireEvent};
use daybook::log::Log;
use daybook::time::Zone;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

/// How many appends, and how many rounds of checking.
const APPENDS: usize = 1_000;
const ROUNDS: usize = 7;

fn main() {
    append();
    verify();
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn entry(n: u64) -> NewEntry {
    let wire = WireEvent {
        kind: "statement".into(),
        speaker: Some("rubio".into()),
        text: Some(format!("Report {n}: the talks will go on, and nobody knows how long they will take.")),
        ..WireEvent::default()
    };
    let what: What = Event::try_from(&wire).unwrap().what;
    NewEntry {
        id: EntryId(Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0000 + u128::from(n))),
        logged_by: Some("desk".into()),
        source: Source::default(),
        embargo: None,
        events: vec![Event { what, telling: Telling::default() }],
        x: None,
        salt: n,
    }
}

/// One entry, durably, in a process that has the log open; and the same bytes with `write` and `fdatasync`.
fn append() {
    let home = tempfile::tempdir_in(".").unwrap();
    let log = Log::init(&home.path().join("events"), Zone::UTC, Uuid::nil(), chrono::Utc::now()).unwrap();
    let mut bare = OpenOptions::new().create_new(true).append(true).open(home.path().join("bare")).unwrap();
    let mut writer = log.lock(None, &mut |_| {}).unwrap();
    let line = vec![b'x'; 400];
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for n in 0..APPENDS as u64 {
        let start = Instant::now();
        bare.write_all(&line).unwrap();
        bare.sync_data().unwrap();
        theirs.push(start.elapsed());
        let start = Instant::now();
        writer.append(vec![entry(n)], chrono::Utc::now()).unwrap();
        ours.push(start.elapsed());
    }
    drop(writer);
    assert_eq!(log.verify(&[]).unwrap().entries, APPENDS as u64);
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!("durable append, p50 of {APPENDS}: {ours:?}; bare write and fdatasync: {theirs:?}; ratio {ratio:.2}");
}

/// Every line of a log on one processor, and the digest of the same bytes.
fn verify() {
    let home = tempfile::tempdir().unwrap();
    let log = Log::init(&home.path().join("events"), Zone::UTC, Uuid::nil(), chrono::Utc::now()).unwrap();
    let mut writer = log.lock(None, &mut |_| {}).unwrap();
    writer.append((0..100_000).map(entry).collect(), chrono::Utc::now()).unwrap();
    drop(writer);
    let bytes = std::fs::read(log.dir().join("000001.jsonl")).unwrap();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let start = Instant::now();
        let digest = Sha256::digest(&bytes);
        theirs.push(start.elapsed());
        assert_ne!(digest[..], [0; 32]);
        let start = Instant::now();
        assert_eq!(log.verify(&[]).unwrap().bytes, bytes.len() as u64);
        ours.push(start.elapsed());
    }
    let megabytes = |time: Duration| bytes.len() as f64 / 1e6 / time.as_secs_f64();
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "verify on one core: {:.0} MB/s; SHA-256 of the same bytes: {:.0} MB/s; ratio {ratio:.1}",
        megabytes(ours),
        megabytes(theirs)
    );
}
