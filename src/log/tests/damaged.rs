//! Damage on the simulated disk: every bit flipped; repairs and backups that are stopped anywhere, which the same command again finishes, and no
//! byte is lost on the way.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use super::super::disk::Disk;
use super::super::mutant::Mutant;
use super::super::*;
use super::desk::{ID, now, said};
use super::dice::Dice;
use super::simulated::{Fault, Simulated};
use crate::time::Zone;

const DIR: &str = "/desk/events";
const COPY: &str = "/desk/copy";

fn on(disk: &Simulated) -> Result<Log, LogError> {
    Ok(Log::open_on(&(Arc::new(disk.clone()) as Arc<dyn Disk>), Path::new(DIR))?.with_segments_of(700))
}

/// A log of nine entries in several segments, all on the disk.
fn told() -> Simulated {
    let disk = Simulated::new();
    let shared: Arc<dyn Disk> = Arc::new(disk.clone());
    Log::init_on(&shared, Path::new(DIR), Zone::UTC, ID, now()).unwrap();
    let log = on(&disk).unwrap();
    let entries = (1..=9).map(|n| said(n, &format!("word {n}"))).collect();
    log.lock(None, &mut |_| {}).unwrap().append(entries, now()).unwrap();
    disk
}

fn text(disk: &Simulated, path: &Path) -> String {
    String::from_utf8(disk.text_of(path)).unwrap()
}

fn segments(disk: &Simulated, dir: &str) -> Vec<PathBuf> {
    let mut names = disk.names(Path::new(dir)).unwrap();
    names.retain(|name| name.ends_with(".jsonl") && !name.starts_with('.'));
    names.sort();
    names.into_iter().map(|name| Path::new(dir).join(name)).collect()
}

fn repair(disk: &Simulated) -> Result<Repaired, LogError> {
    on(disk)?.repair(None, &[], false, Some(Duration::ZERO), &mut |_| {})
}

/// Everything that lies in the log's directory and in what was set aside.
fn all_text(disk: &Simulated) -> String {
    let aside = Path::new(DIR).join(".aside");
    let names = disk.names(&aside).unwrap_or_default();
    let files = segments(disk, DIR).into_iter().chain(names.into_iter().map(|name| aside.join(name)));
    files.map(|path| text(disk, &path)).collect()
}

/// Stops a repair at every step, by a kill and by a power failure, and runs it again.
fn stop_everywhere(spoilt: &Simulated, entries: u64) -> u64 {
    let before = all_text(spoilt);
    let mut points = 0;
    for at in 0.. {
        let disk = spoilt.fork().with_process(Some((at, Fault::Kill)));
        let ended = repair(&disk);
        let mut dice = Dice::of(at);
        let images = (0..20).map(|_| disk.after_a_power_failure(&mut dice)).chain([disk.fork()]);
        for left in images {
            let repaired = repair(&left).unwrap();
            assert_eq!(repaired.entries, entries, "stopped at {at}");
            assert_eq!(on(&left).unwrap().verify(&[]).unwrap().entries, entries, "stopped at {at}");
            let after = all_text(&left);
            let lines = before.split(['\n', '\r']).filter(|line| !line.is_empty());
            lines.for_each(|line| assert!(after.contains(line), "stopped at {at}: {line} is lost"));
        }
        points += 1;
        if !disk.has_come_to_its_fault() {
            assert_eq!(ended.unwrap().entries, entries);
            return points;
        }
    }
    points
}

/// Flips every bit of a log of several segments: on the machine that wrote it, and on another. Says how many were found.
pub(super) fn flips(shape: Option<Mutant>) -> Result<u64, String> {
    let mut found = 0;
    for forgotten in [false, true] {
        let disk = told();
        if forgotten {
            disk.remove(&Path::new(DIR).join(".index/acknowledged")).unwrap();
        }
        let log = shape.into_iter().fold(on(&disk).unwrap(), Log::mutated);
        let paths = segments(&disk, DIR);
        for (number, path) in (1..).zip(&paths) {
            let whole = disk.text_of(path);
            for (at, bit) in (0..whole.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
                let mut bytes = whole.clone();
                bytes[at] ^= 1 << bit;
                disk.change_to(path, bytes);
                let line = 1 + whole[..at].iter().filter(|byte| **byte == b'\n').count() as u64;
                let last = number == paths.len() && at == whole.len() - 1 && forgotten;
                match log.read() {
                    // A mutant is caught by what it believes, not by what it says.
                    Err(LogError::Damage { file, line: there, cause, .. })
                        if (&file, there) == (path, line) && (cause.is_some() || shape.is_some()) => {}
                    // The last newline alone: what it ended is a torn tail, unless it is known to have been acknowledged.
                    Ok(reading) if last && reading.torn.is_some() && reading.entries.len() == 8 => {}
                    other => return Err(format!("segment {number}, byte {at}, bit {bit}: {other:?}")),
                }
                found += 1;
            }
            disk.change_to(path, whole);
        }
    }
    Ok(found)
}

#[test]
fn every_flipped_bit_is_found_in_its_line() {
    let found = flips(None).unwrap();
    eprintln!("{found} flipped bits, each found in its line");
    assert!(found >= 40_000);
}

#[test]
fn a_repair_that_is_stopped_is_finished_by_the_next() {
    let disk = told();
    let paths = segments(&disk, DIR);
    assert!(paths.len() >= 4);
    let words: Vec<String> = paths.iter().map(|path| text(&disk, path)).collect();

    // Two segments converted by an editor, two with the lines of each other.
    let spoilt = disk.fork();
    spoilt.change_to(&paths[0], words[0].replace('\n', "\r\n").into_bytes());
    spoilt.change_to(&paths[1], words[2].clone().into_bytes());
    spoilt.change_to(&paths[2], words[1].clone().into_bytes());
    spoilt.change_to(&paths[3], format!("\u{feff}{}", words[3]).into_bytes());
    assert!(stop_everywhere(&spoilt, 9) > 10);

    // An edited line in the second: what follows goes aside.
    let spoilt = disk.fork();
    spoilt.change_to(&paths[1], words[1].replace("word", "sword").into_bytes());
    let kept = words[0].lines().count() as u64;
    assert!(stop_everywhere(&spoilt, kept) > 10);
}

#[test]
fn a_backup_that_is_stopped_is_finished_by_the_next() {
    let disk = told();
    let whole: Vec<String> = segments(&disk, DIR).iter().map(|path| text(&disk, path)).collect();
    let mut points = 0;
    for at in 0.. {
        let process = disk.fork().with_process(Some((at, Fault::Kill)));
        let ended = on(&process).and_then(|log| log.back_up(Path::new(COPY)));
        let mut dice = Dice::of(at);
        let images = (0..20).map(|_| process.after_a_power_failure(&mut dice)).chain([process.fork()]);
        for left in images {
            let done = on(&left).unwrap().back_up(Path::new(COPY)).unwrap();
            assert_eq!(done.seal.seq, 9, "stopped at {at}");
            let copied: Vec<String> = segments(&left, COPY).iter().map(|path| text(&left, path)).collect();
            assert_eq!(copied, whole, "stopped at {at}");
        }
        points += 1;
        if !process.has_come_to_its_fault() {
            ended.unwrap();
            break;
        }
    }
    assert!(points > 20);
}
