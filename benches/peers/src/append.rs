//! Durable appends in a process: `append beside LOG DATABASE N` writes to both in turns and prints the medians in nanoseconds;
//! `append each LOG N TAG` takes the lock for every entry, as many processes do that write at once.

use std::error::Error;
use std::path::Path;
use std::time::{Duration, Instant};

use daybook::event::{EntryId, Event, NewEntry, Source, Telling, wire::WireEvent};
use daybook::log::Log;
use rusqlite::Connection;
use uuid::Uuid;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    match words.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["beside", log, database, many] => beside(Path::new(log), database, many.parse()?),
        ["each", log, many, tag] => each(Path::new(log), many.parse()?, tag.parse()?),
        _ => Err("append beside LOG DATABASE N | append each LOG N TAG".into()),
    }
}

fn text(n: u64) -> String {
    format!("Report {n}: the talks will go on, and nobody knows how long they will take.")
}

fn entry(tag: u64, n: u64) -> Result<NewEntry, Box<dyn Error>> {
    let wire = WireEvent {
        kind: "statement".into(),
        speaker: Some("a spokesman".into()),
        text: Some(text(n)),
        ..WireEvent::default()
    };
    let id = 0x0195_0000_0000_7000_8000_0000_0000_0000_u128 | u128::from(tag) << 40 | u128::from(n);
    Ok(NewEntry {
        id: EntryId(Uuid::from_u128(id)),
        logged_by: Some("desk".into()),
        source: Source::default(),
        embargo: None,
        events: vec![Event { what: Event::try_from(&wire)?.what, telling: Telling::default() }],
        x: None,
        salt: n,
    })
}

fn median(mut times: Vec<Duration>) -> u128 {
    times.sort_unstable();
    times.get(times.len() / 2).map_or(0, Duration::as_nanos)
}

fn beside(log: &Path, database: &str, many: u64) -> Result<(), Box<dyn Error>> {
    let mut writer = Log::open(log)?.lock_indexed(None, &mut |_| {})?;
    let connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.execute_batch("CREATE TABLE IF NOT EXISTS lines (seq INTEGER PRIMARY KEY, line TEXT NOT NULL)")?;
    let mut insert = connection.prepare("INSERT INTO lines (line) VALUES (?1)")?;
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for n in 0..many {
        let one = entry(1, n)?;
        let start = Instant::now();
        let stored = writer.append(vec![one], chrono::Utc::now())?;
        ours.push(start.elapsed());
        // As long as the line that the log got.
        let line = format!("{:360}{}", text(n), stored.len());
        let start = Instant::now();
        insert.execute([line])?;
        theirs.push(start.elapsed());
    }
    println!("{} {}", median(ours), median(theirs));
    Ok(())
}

fn each(log: &Path, many: u64, tag: u64) -> Result<(), Box<dyn Error>> {
    let log = Log::open(log)?;
    for n in 0..many {
        log.lock_indexed(None, &mut |_| {})?.append(vec![entry(tag, n)?], chrono::Utc::now())?;
    }
    Ok(())
}
