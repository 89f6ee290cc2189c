//! A simulated disk: what is shown and what would be left after a power failure are kept apart.
//!
//! Harsher than a real one in what it loses: until a file is synced, any subset of its changed sectors may be lost (each shows what was there, or
//! NULs), and any of its lengths may be left; until a directory is synced, any subset of the changes of its names may be lost. A sync
//! that fails leaves the kernel believing that all is written, so that the next one succeeds and writes nothing of it. Milder in this: what
//! is in a directory outlives the loss of its name, and nothing is written back between a write and the next sync but what is left at last.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};

use super::super::disk::{Access, Disk, DiskFile, Held, Hold, Kind, parent};
use super::dice::Dice;

/// What the disk writes whole or not at all.
const SECTOR: usize = 512;

/// What goes wrong at one step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::log) enum Fault {
    /// The process is killed before the step: nothing it does from then on has any effect.
    Kill,
    /// The step fails with this error, and has no effect; a sync loses what it should have kept.
    Fails(io::ErrorKind),
    /// A write takes half of the bytes, and the next one fails.
    Short,
    /// From this step on there is no room for more bytes.
    Full,
    /// A sync says yes, and has no effect.
    Lies,
    /// The step fails, and from it on there is no room, not even for a note that it did.
    FailsAndFills(io::ErrorKind),
}

/// The disk as one process sees it.
#[derive(Clone, Debug)]
pub(in crate::log) struct Simulated {
    machine: Arc<Mutex<Machine>>,
    process: Arc<Mutex<Process>>,
}

/// The one machine that all processes share.
#[derive(Clone, Debug, Default)]
struct Machine {
    /// Which run of the machine this is.
    boot: u64,
    files: BTreeMap<u64, Content>,
    /// The names that are shown, and those that the disk has.
    shown: Names,
    kept: Names,
    /// What has changed between the two, by directory, in order.
    changes: Vec<Change>,
    /// Who holds which lock.
    locks: BTreeMap<PathBuf, u64>,
    next: u64,
}

/// Files by name, and directories without a file.
type Names = BTreeMap<PathBuf, Option<u64>>;

#[derive(Clone, Debug)]
enum Change {
    Put(PathBuf, Option<u64>),
    Moved { from: PathBuf, to: PathBuf, file: Option<u64> },
    Gone(PathBuf),
}

#[derive(Clone, Debug, Default)]
struct Content {
    shown: Vec<u8>,
    kept: Vec<u8>,
    /// What the kernel believes to be kept, after a sync that failed.
    believed: Option<Vec<u8>>,
    /// The lengths since the last sync.
    lengths: BTreeSet<usize>,
}

/// What goes wrong for one process, and how far it has come.
#[derive(Debug, Default)]
struct Process {
    id: u64,
    /// How many times it has asked anything of the disk, and how many times it has changed something.
    steps: u64,
    changes: u64,
    plan: Option<(u64, Fault)>,
    dead: bool,
    full: bool,
    /// Whether the last write was short.
    short: bool,
}

impl Simulated {
    /// An empty disk with a directory at its top.
    pub(in crate::log) fn new() -> Self {
        let mut machine = Machine { boot: 1, ..Machine::default() };
        for names in [&mut machine.shown, &mut machine.kept] {
            names.insert(PathBuf::from("/"), None);
        }
        Self { machine: Arc::new(Mutex::new(machine)), process: Arc::default() }
    }

    /// Another process on the same machine, for which something goes wrong at some step.
    pub(in crate::log) fn with_process(&self, plan: Option<(u64, Fault)>) -> Self {
        let mut machine = self.machine();
        machine.next += 1;
        let process = Process { id: machine.next, plan, ..Process::default() };
        Self { machine: Arc::clone(&self.machine), process: Arc::new(Mutex::new(process)) }
    }

    /// The same disk apart, to be tried out.
    pub(in crate::log) fn fork(&self) -> Self {
        Self { machine: Arc::new(Mutex::new(self.machine().clone())), process: Arc::default() }
    }

    /// What a file shows.
    pub(in crate::log) fn text_of(&self, path: &Path) -> Vec<u8> {
        let machine = self.machine();
        machine.files[&machine.shown[path].unwrap()].shown.clone()
    }

    /// Puts other bytes into a file behind everybody's back, for good.
    pub(in crate::log) fn change_to(&self, path: &Path, bytes: Vec<u8>) {
        let mut machine = self.machine();
        let number = machine.shown[path].unwrap();
        machine.files.insert(number, Content { shown: bytes.clone(), kept: bytes, ..Content::default() });
    }

    /// Whether the process has come to what was to go wrong.
    pub(in crate::log) fn has_come_to_its_fault(&self) -> bool {
        let process = self.process();
        process.plan.is_some_and(|(at, fault)| at < if fault == Fault::Kill { process.changes } else { process.steps })
    }

    /// One of the disks that a power failure now may leave, with the machine started anew.
    pub(in crate::log) fn after_a_power_failure(&self, dice: &mut Dice) -> Self {
        let machine = self.machine();
        let mood = Mood::of(dice);
        let mut left = Machine { boot: machine.boot + 1, kept: machine.kept.clone(), next: machine.next, ..Machine::default() };
        machine.changes.iter().filter(|_| mood.keeps(dice)).for_each(|change| change.apply(&mut left.kept));
        left.shown = left.kept.clone();
        for (number, content) in &machine.files {
            let bytes = content.left(mood, dice);
            left.files.insert(*number, Content { shown: bytes.clone(), kept: bytes, ..Content::default() });
        }
        Self { machine: Arc::new(Mutex::new(left)), process: Arc::default() }
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap()
    }

    fn process(&self) -> MutexGuard<'_, Process> {
        self.process.lock().unwrap()
    }

    /// Goes one step further, and says what goes wrong with it. A process is killed before a step that changes something: before the
    /// others, it makes no difference.
    fn step(&self, changes: bool) -> io::Result<Option<Fault>> {
        let mut process = self.process();
        let at = |fault: Fault| if fault == Fault::Kill { process.changes } else { process.steps };
        let fault = process.plan.filter(|(when, fault)| *when == at(*fault)).map(|(_, fault)| fault);
        process.steps += 1;
        process.changes += u64::from(changes);
        if changes && fault == Some(Fault::Kill) {
            process.dead = true;
            let id = process.id;
            self.machine().locks.retain(|_, holder| *holder != id);
        }
        process.full |= matches!(fault, Some(Fault::Full | Fault::FailsAndFills(_)));
        if process.dead { Err(io::Error::other("the process was killed")) } else { Ok(fault) }
    }

    /// A step that only looks, or changes no bytes of a file: it happens, or fails.
    fn plain_step(&self, changes: bool) -> io::Result<()> {
        match self.step(changes)? {
            Some(Fault::Fails(kind) | Fault::FailsAndFills(kind)) => Err(kind.into()),
            Some(Fault::Kill | Fault::Short | Fault::Full | Fault::Lies) | None => Ok(()),
        }
    }

    fn look(&self) -> io::Result<()> {
        self.plain_step(false)
    }

    fn change(&self) -> io::Result<()> {
        self.plain_step(true)
    }

    /// A change that needs room.
    fn add(&self) -> io::Result<()> {
        self.change()?;
        if self.process().full { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }
}

/// How much a power failure spares: nothing, all, or whatever.
#[derive(Clone, Copy, Debug)]
enum Mood {
    Nothing,
    All,
    Some,
}

impl Mood {
    fn of(dice: &mut Dice) -> Self {
        match dice.below(12) {
            0 => Self::Nothing,
            1 => Self::All,
            _ => Self::Some,
        }
    }

    fn keeps(self, dice: &mut Dice) -> bool {
        match self {
            Self::Nothing => false,
            Self::All => true,
            Self::Some => dice.below(2) == 0,
        }
    }
}

impl Change {
    fn apply(&self, names: &mut Names) {
        match self {
            Self::Put(path, file) => {
                names.insert(path.clone(), *file);
            }
            Self::Moved { from, to, file } => {
                names.remove(from);
                names.insert(to.clone(), *file);
            }
            Self::Gone(path) => {
                names.remove(path);
            }
        }
    }

    fn directory(&self) -> &Path {
        match self {
            Self::Put(path, _) | Self::Gone(path) | Self::Moved { to: path, .. } => parent(path),
        }
    }
}

impl Machine {
    fn change(&mut self, change: Change) {
        change.apply(&mut self.shown);
        self.changes.push(change);
    }
}

impl Content {
    /// What a power failure leaves of a file.
    fn left(&self, mood: Mood, dice: &mut Dice) -> Vec<u8> {
        let mut lengths: Vec<usize> = self.lengths.iter().copied().chain([self.kept.len(), self.shown.len()]).collect();
        let (least, most) = (self.kept.len().min(self.shown.len()), self.kept.len().max(self.shown.len()));
        lengths.extend((least..most).filter(|length| length % SECTOR == 0));
        let length = match mood {
            Mood::Nothing => self.kept.len(),
            Mood::All => self.shown.len(),
            Mood::Some => lengths[dice.below(lengths.len())],
        };
        let mut left = padded(&self.kept, length);
        let shown = padded(&self.shown, length);
        for at in (0..length).step_by(SECTOR).filter(|_| mood.keeps(dice)) {
            let sector = at..length.min(at + SECTOR);
            left[sector.clone()].copy_from_slice(&shown[sector]);
        }
        left
    }

    /// Puts what is shown on the disk, but for what an earlier sync has lost.
    fn keep(&mut self) {
        let kept = std::mem::replace(&mut self.kept, self.shown.clone());
        self.lengths.clear();
        let Some(believed) = &self.believed else { return };
        let kept = padded(&kept, self.shown.len());
        for at in (0..self.shown.len()).step_by(SECTOR) {
            let sector = at..self.shown.len().min(at + SECTOR);
            if believed.get(sector.clone()) == self.shown.get(sector.clone()) {
                self.kept[sector.clone()].copy_from_slice(&kept[sector]);
            }
        }
    }
}

/// Bytes cut to a length, or filled up with NULs.
fn padded(bytes: &[u8], length: usize) -> Vec<u8> {
    let mut padded = bytes.to_vec();
    padded.resize(length, 0);
    padded
}

impl Disk for Simulated {
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>> {
        self.look()?;
        Ok(self.machine().shown.get(path).map(|file| if file.is_some() { Kind::File } else { Kind::Directory }))
    }

    fn names(&self, directory: &Path) -> io::Result<Vec<String>> {
        self.look()?;
        let machine = self.machine();
        if machine.shown.get(directory) != Some(&None) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let inside = machine.shown.keys().filter(|path| path.parent() == Some(directory));
        Ok(inside.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect())
    }

    fn open(&self, path: &Path, _: Access) -> io::Result<Box<dyn DiskFile>> {
        self.look()?;
        let number = self.machine().shown.get(path).copied().flatten().ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(SimulatedFile { disk: self.clone(), number }))
    }

    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>> {
        self.add()?;
        let mut machine = self.machine();
        if machine.shown.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        if machine.shown.get(parent(path)) != Some(&None) {
            return Err(io::ErrorKind::NotFound.into());
        }
        machine.next += 1;
        let number = machine.next;
        machine.files.insert(number, Content::default());
        machine.change(Change::Put(path.to_owned(), Some(number)));
        drop(machine);
        Ok(Box::new(SimulatedFile { disk: self.clone(), number }))
    }

    fn create_directory(&self, path: &Path) -> io::Result<()> {
        self.add()?;
        let mut machine = self.machine();
        if machine.shown.contains_key(path) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        machine.change(Change::Put(path.to_owned(), None));
        Ok(())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change()?;
        let mut machine = self.machine();
        let file = *machine.shown.get(from).ok_or(io::ErrorKind::NotFound)?;
        machine.change(Change::Moved { from: from.to_owned(), to: to.to_owned(), file });
        Ok(())
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change()?;
        let mut machine = self.machine();
        if !machine.shown.contains_key(path) {
            return Err(io::ErrorKind::NotFound.into());
        }
        machine.change(Change::Gone(path.to_owned()));
        Ok(())
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        match self.step(true)? {
            Some(Fault::Fails(kind) | Fault::FailsAndFills(kind)) => return Err(kind.into()),
            Some(Fault::Lies) => return Ok(()),
            Some(Fault::Kill | Fault::Short | Fault::Full) | None => {}
        }
        let mut machine = self.machine();
        let (done, left): (Vec<Change>, Vec<Change>) =
            std::mem::take(&mut machine.changes).into_iter().partition(|change| change.directory() == path);
        done.iter().for_each(|change| change.apply(&mut machine.kept));
        machine.changes = left;
        Ok(())
    }

    fn try_lock(&self, path: &Path, hold: Hold) -> io::Result<Option<Box<dyn Held>>> {
        self.look()?;
        let id = self.process().id;
        let mut machine = self.machine();
        if machine.locks.contains_key(path) {
            return Ok(None);
        }
        if !machine.shown.contains_key(path) {
            machine.next += 1;
            let number = machine.next;
            machine.files.insert(number, Content::default());
            machine.change(Change::Put(path.to_owned(), Some(number)));
        }
        if hold == Hold::Exclusive {
            machine.locks.insert(path.to_owned(), id);
        }
        Ok(Some(Box::new(Lock { machine: Arc::clone(&self.machine), path: path.to_owned(), id })))
    }

    fn boot(&self) -> Option<String> {
        Some(format!("boot {}", self.machine().boot))
    }
}

/// A lock on the simulated disk.
#[derive(Debug)]
struct Lock {
    machine: Arc<Mutex<Machine>>,
    path: PathBuf,
    id: u64,
}

impl Held for Lock {}

impl Drop for Lock {
    fn drop(&mut self) {
        let mut machine = self.machine.lock().unwrap();
        if machine.locks.get(&self.path) == Some(&self.id) {
            machine.locks.remove(&self.path);
        }
    }
}

/// An open file on the simulated disk.
#[derive(Debug)]
struct SimulatedFile {
    disk: Simulated,
    number: u64,
}

impl SimulatedFile {
    fn with<T>(&self, change: impl FnOnce(&mut Content) -> T) -> T {
        change(self.disk.machine().files.entry(self.number).or_default())
    }

    fn extend(&self, bytes: &[u8]) -> usize {
        self.with(|content| {
            content.shown.extend(bytes);
            content.lengths.insert(content.shown.len());
        });
        bytes.len()
    }
}

impl DiskFile for SimulatedFile {
    fn read_at(&self, bytes: &mut [u8], offset: u64) -> io::Result<usize> {
        self.disk.look()?;
        self.with(|content| {
            let rest = content.shown.get(usize::try_from(offset).unwrap()..).unwrap_or_default();
            let read = rest.len().min(bytes.len());
            bytes[..read].copy_from_slice(&rest[..read]);
            Ok(read)
        })
    }

    fn append(&self, bytes: &[u8]) -> io::Result<usize> {
        match self.disk.step(true)? {
            Some(Fault::Fails(kind) | Fault::FailsAndFills(kind)) => return Err(kind.into()),
            Some(Fault::Short) => {
                self.disk.process().short = true;
                return Ok(self.extend(&bytes[..bytes.len().div_ceil(2)]));
            }
            Some(Fault::Kill | Fault::Full | Fault::Lies) | None => {}
        }
        let mut process = self.disk.process();
        if process.full || std::mem::take(&mut process.short) {
            return Err(io::ErrorKind::StorageFull.into());
        }
        drop(process);
        Ok(self.extend(bytes))
    }

    fn length(&self) -> io::Result<u64> {
        self.disk.look()?;
        Ok(self.with(|content| content.shown.len() as u64))
    }

    fn truncate(&self, length: u64) -> io::Result<()> {
        self.disk.change()?;
        self.with(|content| content.shown.truncate(usize::try_from(length).unwrap()));
        Ok(())
    }

    fn sync(&self) -> io::Result<()> {
        match self.disk.step(true)? {
            Some(Fault::Fails(kind) | Fault::FailsAndFills(kind)) => {
                self.with(|content| content.believed = Some(content.shown.clone()));
                Err(kind.into())
            }
            Some(Fault::Lies) => Ok(()),
            Some(Fault::Kill | Fault::Short | Fault::Full) | None => {
                self.with(Content::keep);
                Ok(())
            }
        }
    }
}
