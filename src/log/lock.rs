//! The lock that one writer holds: an exclusive flock on `.lock`, which is never replaced.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::{LogError, disk};

/// After how long somebody who waits is told so.
const TELL: Duration = Duration::from_secs(1);

/// The longest nap between two tries.
const NAP: Duration = Duration::from_millis(10);

/// How often the lock may turn out to be on a file that has lost its name; more often, and the file system does not know its files.
const TRIES: u32 = 100;

/// News for somebody who waits for the lock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The log.
    pub dir: PathBuf,
    /// How long it was waited for so far.
    pub waited: Duration,
}

/// Takes the lock of a directory; it is free again when the file is dropped or the process dies.
///
/// A POSIX record lock would vanish as soon as any descriptor of the file is closed; flock does not.
pub(super) fn lock(dir: &Path, wait: Option<Duration>, waiting: &mut dyn FnMut(Waiting)) -> Result<File, LogError> {
    let path = dir.join(".lock");
    let mut queue = Queue { dir, wait, waiting: Some(waiting), waited: Duration::ZERO };
    for _ in 0..TRIES {
        let file = disk::open_lock(&path)?;
        queue.stand(&file, &path)?;
        // Whoever deleted the file let two writers lock two files of one name.
        if disk::is_still(&file, &path)? {
            return Ok(file);
        }
    }
    Err(LogError::Disturbed { file: path })
}

/// Whether somebody holds the lock of a directory: whoever writes does, and no reader.
pub(super) fn is_held(dir: &Path) -> Result<bool, LogError> {
    let path = dir.join(".lock");
    if !disk::exists(&path)? {
        return Ok(false);
    }
    // Shared, so that two who look at once do not take each other for a writer.
    match disk::open_read(&path)?.try_lock_shared() {
        Ok(()) => Ok(false),
        Err(TryLockError::WouldBlock) => Ok(true),
        Err(TryLockError::Error(error)) => Err(disk::system("lock", &path)(error)),
    }
}

struct Queue<'a> {
    dir: &'a Path,
    wait: Option<Duration>,
    waiting: Option<&'a mut dyn FnMut(Waiting)>,
    /// The sum of the naps: the room has no clock.
    waited: Duration,
}

impl Queue<'_> {
    fn stand(&mut self, file: &File, path: &Path) -> Result<(), LogError> {
        let mut nap = Duration::from_millis(1);
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(()),
                Err(TryLockError::Error(error)) => return Err(disk::system("lock", path)(error)),
                Err(TryLockError::WouldBlock) => {}
            }
            let left = self.wait.map_or(NAP, |wait| wait.saturating_sub(self.waited));
            if left.is_zero() {
                return Err(LogError::Locked { dir: self.dir.to_owned(), waited: self.waited });
            }
            if self.waited >= TELL
                && let Some(waiting) = self.waiting.take()
            {
                waiting(Waiting { dir: self.dir.to_owned(), waited: self.waited });
            }
            let pause = nap.min(left);
            std::thread::sleep(pause);
            self.waited += pause;
            nap = (nap * 2).min(NAP);
        }
    }
}
