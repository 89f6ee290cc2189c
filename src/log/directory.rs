//! The directory of a log: what stands in it, how it is made, and `log.json`, which names it.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Deserialize;
use uuid::Uuid;

use super::disk::{Disk, RealDisk, parent, system};
use super::mutant::Mutant;
use super::{Cause, LogError, SEGMENT_BYTES, lock};
use crate::time::{Zone, parse_instant, write_instant};

/// The version of the directory's format.
///
/// | version | since | change |
/// |---|---|---|
/// | 1 | 0.1.0 | the first |
const FORMAT: u64 = 1;

/// The name card of the log; while it is not there, there is no log.
const CARD: &str = "log.json";

/// Where the name card is written before it gets its name.
const UNFINISHED: &str = ".log.json";

/// Where bytes are kept that are no part of the log.
const ASIDE: &str = ".aside";

/// Git must not convert line ends, which breaks every digest, nor merge two branches, which gives two entries one number.
const ATTRIBUTES: &str = "* -text -merge";

/// What belongs to one machine, or can be made again.
const IGNORED: &str = ".lock\n.poison\n.aside/\n.index/";

/// A log in its directory, known by its id. Holds no file open.
#[derive(Clone, Debug)]
pub struct Log {
    disk: Arc<dyn Disk>,
    dir: PathBuf,
    id: Uuid,
    zone: Zone,
    created: DateTime<Utc>,
    segment_bytes: u64,
    #[cfg(test)]
    mutant: Option<Mutant>,
}

/// The files of a log.
pub(super) struct Files {
    /// The numbers of the segments: 1, 2, 3 … without gaps.
    pub(super) segments: Vec<u32>,
    /// Names that look like files of a log and are none, sorted.
    pub(super) strays: Vec<String>,
}

#[derive(Deserialize)]
struct Card {
    log: Uuid,
    zone: String,
    created: String,
}

/// The version alone, for a name card whose shape is not known.
#[derive(Deserialize)]
struct Version {
    format: u64,
}

impl Log {
    /// Makes a log: the directory, what git must know, and last of all `log.json`. All of it is on the disk when this returns.
    ///
    /// # Errors
    /// [`LogError::Exists`] when there is one already; [`LogError::Damage`] when there are entries without their `log.json`;
    /// otherwise what the system refuses.
    pub fn init(dir: &Path, zone: Zone, id: Uuid, created: DateTime<Utc>) -> Result<Self, LogError> {
        Self::init_on(&(Arc::new(RealDisk) as Arc<dyn Disk>), dir, zone, id, created)
    }

    /// Opens a log by its `log.json`. Its entries are not looked at.
    ///
    /// # Errors
    /// [`LogError::NoLog`] when there is none, [`LogError::Newer`] when it is from the future, [`LogError::Damage`] when `log.json` is
    /// not as it was written.
    pub fn open(dir: &Path) -> Result<Self, LogError> {
        Self::open_on(&(Arc::new(RealDisk) as Arc<dyn Disk>), dir)
    }

    /// [`Log::init`] on some disk.
    pub(super) fn init_on(
        disk: &Arc<dyn Disk>,
        dir: &Path,
        zone: Zone,
        id: Uuid,
        created: DateTime<Utc>,
    ) -> Result<Self, LogError> {
        let card = dir.join(CARD);
        if disk.exists(&card)? {
            return Err(LogError::Exists { dir: dir.to_owned() });
        }
        disk.directory(dir)?;
        // Also when somebody else made it or one above it, and died before its name was on the disk.
        disk.keep_names(parent(dir))?;
        for above in parent(dir).ancestors().skip(1).filter(|above| !above.as_os_str().is_empty()) {
            // Those that may not be opened were there before anybody could make a log below them.
            let _ = disk.keep_names(above);
        }
        // Two that begin at once must not overwrite each other's id.
        let _lock = lock::lock(disk.as_ref(), dir, Some(Duration::from_secs(10)), &mut |_| {})?;
        if disk.exists(&card)? {
            return Err(LogError::Exists { dir: dir.to_owned() });
        }
        no_segments(disk.as_ref(), dir)?;
        add_lines(disk.as_ref(), &dir.join(".gitattributes"), ATTRIBUTES)?;
        add_lines(disk.as_ref(), &dir.join(".gitignore"), IGNORED)?;
        disk.keep_names(dir)?;
        let created = write_instant(created);
        let text = format!("{{\"format\": {FORMAT}, \"log\": \"{id}\", \"zone\": \"{zone}\", \"created\": \"{created}\"}}\n");
        put_card(disk.as_ref(), dir, text.as_bytes())?;
        Self::open_on(disk, dir)
    }

    /// Gives the name card to another copy of the log, whose own is lost or damaged; what is left of that is set aside.
    pub(super) fn lend_card(&self, to: &Path) -> Result<(), LogError> {
        let _lock = lock::lock(self.disk(), to, Some(Duration::from_secs(10)), &mut |_| {})?;
        let damaged = to.join(CARD);
        if self.disk().exists(&damaged)? {
            self.disk().set_aside(&to.join(ASIDE), CARD, &self.disk().reading(&damaged)?, 0)?;
        }
        put_card(self.disk(), to, &self.disk().text(&self.dir.join(CARD))?)
    }

    /// [`Log::open`] on some disk.
    pub(super) fn open_on(disk: &Arc<dyn Disk>, dir: &Path) -> Result<Self, LogError> {
        let path = dir.join(CARD);
        if !disk.exists(&path)? {
            if disk.is_directory(dir)? {
                no_segments(disk.as_ref(), dir)?;
            }
            return Err(LogError::NoLog { dir: dir.to_owned() });
        }
        let bytes = disk.text(&path)?;
        let damage = |says: String| damaged_file(&path, says, Cause::Card);
        let Version { format } = serde_json::from_slice(&bytes).map_err(|error| damage(error.to_string()))?;
        if format > FORMAT {
            return Err(LogError::Newer { file: path, line: 0, what: format!("format {format}") });
        }
        if format < FORMAT {
            return Err(damage(format!("there is no format {format}")));
        }
        let card: Card = serde_json::from_slice(&bytes).map_err(|error| damage(error.to_string()))?;
        let zone = card.zone.parse().map_err(|error: crate::time::TimeError| damage(error.to_string()))?;
        let created = parse_instant(&card.created).map_err(|error| damage(error.to_string()))?;
        Ok(Self {
            disk: Arc::clone(disk),
            dir: dir.to_owned(),
            id: card.log,
            zone,
            created,
            segment_bytes: SEGMENT_BYTES,
            #[cfg(test)]
            mutant: None,
        })
    }

    /// The same log with smaller segments.
    #[cfg(test)]
    pub(super) fn with_segments_of(self, segment_bytes: u64) -> Self {
        Self { segment_bytes, ..self }
    }

    /// The same log with a step left out.
    #[cfg(test)]
    pub(super) fn mutated(self, mutant: Mutant) -> Self {
        Self { mutant: Some(mutant), ..self }
    }

    /// Whether a step is left out, which only a test can ask for.
    #[cfg(test)]
    pub(super) fn has(&self, mutant: Mutant) -> bool {
        self.mutant == Some(mutant)
    }

    /// Whether a step is left out, which only a test can ask for.
    #[cfg(not(test))]
    pub(super) const fn has(&self, _: Mutant) -> bool {
        false
    }

    /// The disk, for another log on it.
    pub(super) fn shared_disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Where its files are kept.
    pub(super) fn disk(&self) -> &dyn Disk {
        self.disk.as_ref()
    }

    /// The version of its format; of others, none is opened.
    #[must_use]
    pub fn format(&self) -> u64 {
        FORMAT
    }

    /// Whether another process holds the lock now. Nothing is written, not even the file of a lock that nobody took yet.
    ///
    /// # Errors
    /// What the system refuses.
    pub fn is_locked(&self) -> Result<bool, LogError> {
        lock::is_held(self.disk(), &self.dir)
    }

    /// The name of the log for good.
    #[must_use]
    pub fn id(&self) -> Uuid {
        self.id
    }

    /// The zone in which a bare day of publication ends.
    #[must_use]
    pub fn zone(&self) -> Zone {
        self.zone
    }

    /// When the log was made.
    #[must_use]
    pub fn created(&self) -> DateTime<Utc> {
        self.created
    }

    /// Where the log is.
    #[must_use]
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The log of this name in another directory.
    pub(super) fn at(&self, dir: &Path) -> Self {
        Self { dir: dir.to_owned(), ..self.clone() }
    }

    /// The path of the name card.
    pub(super) fn card(&self) -> PathBuf {
        self.dir.join(CARD)
    }

    /// Where bytes are kept that are no part of the log.
    pub(super) fn aside(&self) -> PathBuf {
        self.dir.join(ASIDE)
    }

    /// From how many bytes on a segment is full.
    pub(super) fn segment_bytes(&self) -> u64 {
        self.segment_bytes
    }

    /// The path of a segment.
    pub(super) fn segment(&self, number: u32) -> PathBuf {
        self.dir.join(segment_name(number))
    }

    /// What is in the directory.
    pub(super) fn files(&self) -> Result<Files, LogError> {
        let files = list(self.disk(), &self.dir)?;
        let gap = (1..).zip(&files.segments).find(|(expected, number)| expected != *number);
        match gap {
            None => Ok(files),
            Some((expected, next)) => Err(missing(&self.segment(expected), *next)),
        }
    }
}

/// The file name of a segment.
pub(super) fn segment_name(number: u32) -> String {
    format!("{number:06}.jsonl")
}

/// The number of a segment by its file name.
pub(super) fn segment_number(name: &str) -> Option<u32> {
    let digits = name.strip_suffix(".jsonl")?;
    let number = digits.parse().ok()?;
    (number > 0 && segment_name(number) == name).then_some(number)
}

/// The files of a directory as they are, gaps and all.
pub(super) fn list(disk: &dyn Disk, dir: &Path) -> Result<Files, LogError> {
    let mut files = Files { segments: Vec::new(), strays: Vec::new() };
    for name in disk.names(dir).map_err(system("read", dir))? {
        match segment_number(&name) {
            Some(number) => files.segments.push(number),
            None if name != CARD && !name.starts_with('.') && name.contains(".json") => files.strays.push(name),
            None => {}
        }
    }
    files.segments.sort_unstable();
    files.strays.sort();
    Ok(files)
}

/// Entries without `log.json` cannot be checked, and a new id would make all of them wrong.
fn no_segments(disk: &dyn Disk, dir: &Path) -> Result<(), LogError> {
    match list(disk, dir)?.segments.first() {
        None => Ok(()),
        Some(first) => Err(missing(&dir.join(CARD), *first)),
    }
}

fn missing(path: &Path, but: u32) -> LogError {
    damaged_file(path, format!("is missing, but {} is there", segment_name(but)), Cause::MissingFile)
}

/// The damage of a file, or of a directory, as a whole.
pub(super) fn damaged_file(path: &Path, says: String, cause: Cause) -> LogError {
    LogError::Damage { file: path.to_owned(), line: 0, byte: 0, says, cause: Some(cause) }
}

/// Puts the name card in its place, whole or not at all.
fn put_card(disk: &dyn Disk, dir: &Path, text: &[u8]) -> Result<(), LogError> {
    disk.replacing(&dir.join(CARD), &dir.join(UNFINISHED), text)?;
    disk.keep_names(dir)
}

/// Makes a file of these lines; one that is there already is somebody's, and keeps what it says before ours.
fn add_lines(disk: &dyn Disk, path: &Path, lines: &str) -> Result<(), LogError> {
    if !disk.exists(path)? {
        return disk.creating(path, format!("{lines}\n").as_bytes()).map(|_| ());
    }
    let there = String::from_utf8_lossy(&disk.text(path)?).into_owned();
    let missing: Vec<&str> = lines.lines().filter(|line| !there.lines().any(|other| other == *line)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let start = if there.is_empty() || there.ends_with('\n') { "" } else { "\n" };
    let file = disk.appending(path)?;
    file.write(format!("{start}{}\n", missing.join("\n")).as_bytes())?;
    file.sync()
}
