//! The lock that one writer holds: an exclusive lock on `.lock`, which is never replaced.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::disk::{Disk, Held, Hold, Kind, system};
use super::{LogError, disk};

/// After how long somebody who waits is told so.
const TELL: Duration = Duration::from_secs(1);

/// The first nap between two tries, and the longest.
const NAP: (Duration, Duration) = (Duration::from_micros(100), Duration::from_millis(2));

/// News for somebody who waits for the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The log.
    pub dir: PathBuf,
    /// How long it was waited for so far.
    pub waited: Duration,
}

/// Takes the lock of a directory; it is free again when the value is dropped or the process dies.
///
/// The time waited is the sum of the naps: the room has no clock.
pub(super) fn lock(
    disk: &dyn Disk,
    dir: &Path,
    wait: Option<Duration>,
    waiting: &mut dyn FnMut(Waiting),
) -> Result<Box<dyn Held>, LogError> {
    let path = dir.join(".lock");
    let (mut nap, longest) = NAP;
    let (mut waited, mut told) = (Duration::ZERO, false);
    loop {
        no_stranger(disk, &path)?;
        if let Some(held) = disk.try_lock(&path, Hold::Exclusive).map_err(system("lock", &path))? {
            return Ok(held);
        }
        let left = wait.map_or(longest, |wait| wait.saturating_sub(waited));
        if left.is_zero() {
            return Err(LogError::Locked { dir: dir.to_owned(), waited });
        }
        if waited >= TELL && !told {
            told = true;
            waiting(Waiting { dir: dir.to_owned(), waited });
        }
        let pause = nap.min(left);
        std::thread::sleep(pause);
        waited += pause;
        nap = (nap * 2).min(longest);
    }
}

/// Whether somebody holds the lock of a directory: whoever writes does, and no reader.
pub(super) fn is_held(disk: &dyn Disk, dir: &Path) -> Result<bool, LogError> {
    let path = dir.join(".lock");
    if !disk.exists(&path)? {
        return Ok(false);
    }
    no_stranger(disk, &path)?;
    // Shared, so that two who look at once do not take each other for a writer.
    Ok(disk.try_lock(&path, Hold::Shared).map_err(system("lock", &path))?.is_none())
}

/// What is locked must be a file, or nothing yet.
fn no_stranger(disk: &dyn Disk, path: &Path) -> Result<(), LogError> {
    match disk.kind(path).map_err(disk::system("look at", path))? {
        None | Some(Kind::File) => Ok(()),
        Some(Kind::Link | Kind::Directory | Kind::Other) => disk.reading(path).map(|_| ()),
    }
}
