//! Stories told to a simulated disk, stopped anywhere, and what must hold of whatever is left.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::super::disk::Disk;
use super::super::*;
use super::desk::{ID, id, now, said};
use super::dice::Dice;
use super::simulated::{Fault, Simulated};
use crate::event::{Entry, NewEntry};
use crate::time::Zone;

/// Where the log is on the simulated disk.
const DIR: &str = "/desk/events";

/// So few bytes that a story rolls over several times.
const SEGMENT_BYTES: u64 = 2_000;

/// What makes a log of the tests out of one: none of its steps left out, or one.
pub(super) type Shape = Option<mutant::Mutant>;

/// What the log has told those who wrote to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Told {
    made: bool,
    /// Acknowledged: there, in this order.
    yes: Vec<u64>,
    /// Called not stored: not there.
    no: BTreeSet<u64>,
    /// Anything may be.
    unknown: BTreeSet<u64>,
}

/// An entry of a story. Some are longer than a sector, and some are shorter.
fn entry(n: u64) -> NewEntry {
    let length = usize::try_from(n * 211 % 900).unwrap();
    said(n, &format!("{n} {}", "word ".repeat(length / 5)))
}

fn open(disk: &Simulated, shape: Shape) -> Result<Log, LogError> {
    let disk: Arc<dyn Disk> = Arc::new(disk.clone());
    let log = Log::open_on(&disk, Path::new(DIR))?.with_segments_of(SEGMENT_BYTES);
    Ok(shape.into_iter().fold(log, Log::mutated))
}

/// Makes the log, if nobody has.
fn init(disk: &Simulated, told: &mut Told, shape: Shape) -> Result<Log, LogError> {
    let on: Arc<dyn Disk> = Arc::new(disk.clone());
    match Log::init_on(&on, Path::new(DIR), Zone::UTC, ID, now()) {
        Ok(_) => told.made = true,
        Err(LogError::Exists { .. }) => {}
        Err(error) => return Err(error),
    }
    open(disk, shape)
}

/// A story: a log is made, and several processes append to it, one after the other. It ends where something goes wrong.
pub(super) fn tell(disk: &Simulated, told: &mut Told, shape: Shape) -> Result<(), LogError> {
    let log = init(disk, told, shape)?;
    go_on(&log, &[&[1], &[2, 3, 4], &[5]], told)?;
    go_on(&log, &[&[6, 7, 8, 9], &[10]], told)
}

/// What comes after whatever has happened: somebody makes the log if there is none, and goes on.
pub(super) fn resume(disk: &Simulated, told: &mut Told, shape: Shape) -> Result<(), LogError> {
    let log = init(disk, told, shape)?;
    go_on(&log, &[&[101], &[102, 103]], told)
}

fn go_on(log: &Log, batches: &[&[u64]], told: &mut Told) -> Result<(), LogError> {
    let mut writer = log.lock(Some(Duration::ZERO), &mut |_| {})?;
    for batch in batches {
        match writer.append(batch.iter().map(|n| entry(*n)).collect(), now()) {
            Ok(_) => {
                told.made = true;
                told.yes.extend(*batch);
            }
            Err(error) => {
                if matches!(error, LogError::NotStored(_)) {
                    told.no.extend(*batch);
                } else {
                    told.unknown.extend(*batch);
                }
                return Err(error);
            }
        }
    }
    Ok(())
}

impl Told {
    /// The same, told by somebody who was killed: what such a process believed at last counts for nothing.
    pub(super) fn by_the_dead(mut self) -> Self {
        self.unknown.append(&mut self.no);
        self
    }
}

/// Whether a log holds what it promised.
fn holds(entries: &[Entry], told: &Told) -> Result<(), String> {
    let mut places = BTreeMap::new();
    for stored in entries {
        let n = (1..2000).find(|n| id(*n) == stored.id).ok_or_else(|| format!("an entry that nobody wrote: {}", stored.id))?;
        if stored.events != entry(n).events {
            return Err(format!("entry {n} says something else"));
        }
        if places.insert(n, stored.seq).is_some() {
            return Err(format!("entry {n} is there twice"));
        }
        if told.no.contains(&n) {
            return Err(format!("entry {n} is there, though it was called not stored"));
        }
        if !told.yes.contains(&n) && !told.unknown.contains(&n) {
            return Err(format!("entry {n} is there before it was written"));
        }
    }
    let mut last = 0;
    for n in &told.yes {
        match places.get(n) {
            None => return Err(format!("entry {n} was acknowledged and is lost")),
            Some(seq) if *seq <= last => return Err(format!("entry {n} has changed its place")),
            Some(seq) => last = *seq,
        }
    }
    Ok(())
}

/// Holds what a disk has against what was told: to a reader first, then to a writer that goes on, then after another power failure.
pub(super) fn inspect(disk: &Simulated, told: &Told, shape: Shape, dice: &mut Dice) -> Result<(), String> {
    let refused = |what: &'static str| move |error: LogError| format!("{what}: {error}");
    let process = disk.with_process(None);
    let log = match open(&process, shape) {
        Err(LogError::NoLog { .. }) if !told.made => {
            init(&process, &mut told.clone(), shape).map_err(refused("no log could be made"))?
        }
        other => other.map_err(refused("the log cannot be opened"))?,
    };
    holds(&log.read().map_err(refused("a legal image is refused"))?.entries, told)?;

    // Whoever does not know whether an entry is there logs it again, and another.
    let mut after = told.clone();
    let again: Vec<u64> = told.unknown.iter().chain(&told.no).copied().chain([999]).collect();
    let mut writer = log.lock(Some(Duration::ZERO), &mut |_| {}).map_err(refused("the log cannot be locked"))?;
    let stored = writer.append(again.iter().map(|n| entry(*n)).collect(), now()).map_err(refused("nothing can be added"))?;
    drop(writer);
    if stored.len() != again.len() {
        return Err(format!("{} answers to {} entries", stored.len(), again.len()));
    }
    (after.unknown, after.no) = (again.into_iter().collect(), BTreeSet::new());
    let missing = |entries: &[Entry]| after.unknown.iter().copied().find(|n| entries.iter().all(|entry| entry.id != id(*n)));
    let left = open(&process.after_a_power_failure(dice), None).map_err(refused("the log is gone"))?;
    for entries in [log.read(), left.read()].map(|read| read.map(|reading| reading.entries)) {
        let entries = entries.map_err(refused("what was added cannot be read"))?;
        holds(&entries, &after)?;
        if let Some(n) = missing(&entries) {
            return Err(format!("entry {n} was acknowledged after all and is lost"));
        }
    }
    Ok(())
}

/// How many images and points an exploration has looked at.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Counted {
    pub(super) points: u64,
    pub(super) images: u64,
}

impl Counted {
    fn add(&mut self, images: u64) {
        self.points += 1;
        self.images += images;
    }
}

/// A power failure at every step of a story; of each, so many of the images that it may leave.
pub(super) fn power_failures(shape: Shape, images: u64, seed: u64) -> Result<Counted, String> {
    let mut counted = Counted::default();
    for at in 0.. {
        let (disk, mut told) = (Simulated::new().with_process(Some((at, Fault::Kill))), Told::default());
        let ended = tell(&disk, &mut told, shape);
        let told = told.by_the_dead();
        let mut dice = Dice::of(seed ^ (at << 32));
        for image in 0..images {
            let left = disk.after_a_power_failure(&mut dice);
            inspect(&left, &told, shape, &mut dice).map_err(|says| format!("power failure at {at}, image {image}: {says}"))?;
        }
        counted.add(images);
        if !disk.has_come_to_its_fault() {
            ended.map_err(|error| format!("the story itself: {error}"))?;
            return Ok(counted);
        }
    }
    Ok(counted)
}

/// A process that is killed at every step, another that goes on after it on the same machine, and a power failure at every step of that.
pub(super) fn kills(shape: Shape, images: u64, seed: u64) -> Result<Counted, String> {
    second_failures(shape, images, seed, &|disk, _| disk.fork())
}

/// A power failure at every step, and another at every step of the recovery and the first appends after it.
pub(super) fn failures_in_recovery(shape: Shape, images: u64, seed: u64) -> Result<Counted, String> {
    second_failures(shape, images, seed, &|disk, dice| disk.after_a_power_failure(dice))
}

fn second_failures(
    shape: Shape,
    images: u64,
    seed: u64,
    between: &dyn Fn(&Simulated, &mut Dice) -> Simulated,
) -> Result<Counted, String> {
    let mut counted = Counted::default();
    for first in 0.. {
        let (disk, mut told) = (Simulated::new().with_process(Some((first, Fault::Kill))), Told::default());
        let _ = tell(&disk, &mut told, shape);
        let mut dice = Dice::of(seed ^ (first << 32));
        for second in 0.. {
            let mut told = told.clone().by_the_dead();
            let next = between(&disk, &mut dice).with_process(Some((second, Fault::Kill)));
            let ended = resume(&next, &mut told, shape);
            let told = told.by_the_dead();
            for image in 0..images {
                let left = next.after_a_power_failure(&mut dice);
                inspect(&left, &told, shape, &mut dice)
                    .map_err(|says| format!("stopped at {first}, then at {second}, image {image}: {says}"))?;
            }
            counted.add(images);
            if !next.has_come_to_its_fault() {
                ended.map_err(|error| format!("stopped at {first}: {error}"))?;
                break;
            }
        }
        if !disk.has_come_to_its_fault() {
            return Ok(counted);
        }
    }
    Ok(counted)
}

/// One fault at every step of a story: what was not stored is not there, and the log goes on unaided, or after the machine was started
/// anew where the disk cannot be believed before.
pub(super) fn faults(shape: Shape, fault: Fault, images: u64, seed: u64) -> Result<Counted, String> {
    let mut counted = Counted::default();
    for at in 0.. {
        let (disk, mut told) = (Simulated::new().with_process(Some((at, fault))), Told::default());
        let ended = tell(&disk, &mut told, shape);
        let mut dice = Dice::of(seed ^ (at << 32));
        let says = |says: String| format!("{fault:?} at {at}: {says}");
        let alone = disk.fork();
        match inspect(&alone, &told, shape, &mut dice) {
            Err(error) if error.contains("failed to keep what was written") && fault != Fault::Full => {}
            other => other.map_err(says)?,
        }
        for _ in 0..images {
            inspect(&disk.after_a_power_failure(&mut dice), &told, shape, &mut dice).map_err(says)?;
        }
        counted.add(images);
        if !disk.has_come_to_its_fault() {
            ended.map_err(|error| format!("the story itself: {error}"))?;
            return Ok(counted);
        }
    }
    Ok(counted)
}

/// A sync that lies, at every step, and a power failure at the end: something may be lost then, and nothing of it is passed over in
/// silence as long as the mark of what was acknowledged is there, nor is anything there that nobody wrote.
pub(super) fn lies(images: u64, seed: u64) -> Result<(Counted, u64), String> {
    let (mut counted, mut noticed) = (Counted::default(), 0);
    for at in 0.. {
        let (disk, mut told) = (Simulated::new().with_process(Some((at, Fault::Lies))), Told::default());
        let _ = tell(&disk, &mut told, None);
        let mut dice = Dice::of(seed ^ (at << 32));
        for _ in 0..images {
            let left = disk.after_a_power_failure(&mut dice);
            let Ok(log) = open(&left, None) else { continue };
            let Ok(reading) = log.read() else {
                noticed += 1;
                continue;
            };
            let all: BTreeSet<u64> = told.yes.iter().copied().collect();
            let there = Told { yes: Vec::new(), unknown: all, ..told.clone() };
            holds(&reading.entries, &there).map_err(|says| format!("a lie at {at}: {says}"))?;
            noticed += u64::from(reading.behind.is_some());
        }
        counted.add(images);
        if !disk.has_come_to_its_fault() {
            return Ok((counted, noticed));
        }
    }
    Ok((counted, noticed))
}
