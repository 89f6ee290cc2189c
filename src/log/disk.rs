//! The seam between the log and the disk: every file operation of the room, and nothing else. It is where tests break the disk.
//!
//! [`Disk`] and [`DiskFile`] are what a disk must do, in the system's own terms and with its own errors. Above them, [`Open`] and the
//! functions of `dyn Disk` say the same in the log's terms: with the path and the deed in every error.

mod real;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

pub(super) use real::RealDisk;

use super::LogError;

/// A place where files are kept.
///
/// What a disk promises is little: bytes that were written can be read at once, by everybody, but are there after a power failure only
/// if [`DiskFile::sync`] said so since; names likewise, with [`Disk::sync_directory`]. A sync that failed must not be tried again.
pub(super) trait Disk: fmt::Debug + Send + Sync {
    /// What bears this name, if anything does; a link is not followed.
    fn kind(&self, path: &Path) -> io::Result<Option<Kind>>;
    /// The names in a directory, in no order.
    fn names(&self, directory: &Path) -> io::Result<Vec<String>>;
    /// Opens a file that is there.
    fn open(&self, path: &Path, access: Access) -> io::Result<Box<dyn DiskFile>>;
    /// Makes a file that must not be there, and opens it for appending.
    fn create(&self, path: &Path) -> io::Result<Box<dyn DiskFile>>;
    /// Makes a directory in one that is there.
    fn create_directory(&self, path: &Path) -> io::Result<()>;
    /// Gives a file another name in its directory, at once, in the place of what bore it.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// The names in a directory last when this returns. An [`Unreached`] directory is an error, but no sync that failed.
    fn sync_directory(&self, path: &Path) -> io::Result<()>;
    /// Locks a file by its name, without waiting; `None` when somebody else holds it. It is free again when the value is dropped or
    /// the process dies. An exclusive lock makes the file if it is not there; a shared one may be of a file only that is there.
    fn try_lock(&self, path: &Path, hold: Hold) -> io::Result<Option<Box<dyn Held>>>;
    /// What tells one run of the machine from the next; `None` where the system does not say.
    fn boot(&self) -> Option<String>;
}

/// An open file.
pub(super) trait DiskFile: fmt::Debug + Send + Sync {
    /// Reads some bytes from a place on; 0 at the end.
    fn read_at(&self, bytes: &mut [u8], offset: u64) -> io::Result<usize>;
    /// Writes some bytes at the end, and says how many.
    fn append(&self, bytes: &[u8]) -> io::Result<usize>;
    /// How many bytes the file has.
    fn length(&self) -> io::Result<u64>;
    /// Cuts the file to a length.
    fn truncate(&self, length: u64) -> io::Result<()>;
    /// The bytes of the file, and how many they are, last when this returns.
    fn sync(&self) -> io::Result<()>;
}

/// A directory that could not even be opened to be synced, for want of descriptors say.
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub(super) struct Unreached(io::Error);

/// A lock that is held as long as the value lives.
pub(super) trait Held: fmt::Debug + Send + Sync {}

/// What bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Directory,
    Link,
    Other,
}

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Access {
    Read,
    /// Reading too, and cutting.
    Append,
}

/// How a lock is held: by one, or by all who only look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hold {
    Exclusive,
    Shared,
}

/// Turns what the system said into an error that names the deed and the path.
pub(super) fn system(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> LogError {
    move |source| LogError::System { doing, path: path.to_owned(), source }
}

/// The directory that a path lies in.
pub(super) fn parent(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

impl dyn Disk + '_ {
    /// Whether something, be it a dangling link, has this name.
    pub(super) fn exists(&self, path: &Path) -> Result<bool, LogError> {
        Ok(self.kind(path).map_err(system("look at", path))?.is_some())
    }

    /// Whether this names a directory; a link to one does.
    pub(super) fn is_directory(&self, path: &Path) -> Result<bool, LogError> {
        Ok(match self.kind(path).map_err(system("look at", path))? {
            Some(Kind::Directory) => true,
            Some(Kind::Link) => self.names(path).is_ok(),
            Some(Kind::File | Kind::Other) | None => false,
        })
    }

    /// A regular file must be there: opening a named pipe would wait for ever, and a link leads outside of the log.
    fn regular(&self, path: &Path) -> Result<(), LogError> {
        let what = match self.kind(path).map_err(system("open", path))? {
            Some(Kind::File) => return Ok(()),
            None => return Err(system("open", path)(io::ErrorKind::NotFound.into())),
            Some(Kind::Link) => "a symbolic link",
            Some(Kind::Directory) => "a directory",
            Some(Kind::Other) => "a pipe or a device",
        };
        Err(LogError::NotAFile { path: path.to_owned(), what })
    }

    /// Opens a file for reading.
    pub(super) fn reading(&self, path: &Path) -> Result<Open, LogError> {
        self.regular(path)?;
        let file = self.open(path, Access::Read).map_err(system("read", path))?;
        Ok(Open { path: path.to_owned(), file })
    }

    /// Opens a file for appending and cutting.
    pub(super) fn appending(&self, path: &Path) -> Result<Open, LogError> {
        self.regular(path)?;
        let file = self.open(path, Access::Append).map_err(system("write to", path))?;
        Ok(Open { path: path.to_owned(), file })
    }

    /// Makes a file that must not be there yet, with these bytes, synced; the caller syncs the directory.
    pub(super) fn creating(&self, path: &Path, bytes: &[u8]) -> Result<Open, LogError> {
        let file = Disk::create(self, path).map_err(system("create", path))?;
        let open = Open { path: path.to_owned(), file };
        open.write(bytes)?;
        open.sync()?;
        Ok(open)
    }

    /// The same for a file that need not outlive a power failure.
    pub(super) fn writing(&self, path: &Path, bytes: &[u8]) -> Result<(), LogError> {
        let file = Disk::create(self, path).map_err(system("create", path))?;
        Open { path: path.to_owned(), file }.write(bytes)
    }

    /// Makes a file anew, in the place of what bears its name, that need not outlive a power failure.
    pub(super) fn making(&self, path: &Path) -> Result<Open, LogError> {
        if self.exists(path)? {
            self.take_away(path)?;
        }
        let file = Disk::create(self, path).map_err(system("create", path))?;
        Ok(Open { path: path.to_owned(), file })
    }

    /// The text of a small file, at most 64 KiB of it.
    pub(super) fn text(&self, path: &Path) -> Result<Vec<u8>, LogError> {
        self.reading(path)?.bytes(0, 64 << 10)
    }

    /// The names in a directory last when this returns.
    pub(super) fn keep_names(&self, directory: &Path) -> Result<(), LogError> {
        self.sync_directory(directory).map_err(|error| match error.downcast::<Unreached>() {
            Ok(Unreached(error)) => system("open", directory)(error),
            Err(error) => system("sync", directory)(error),
        })
    }

    /// Takes a file away.
    pub(super) fn take_away(&self, path: &Path) -> Result<(), LogError> {
        self.remove(path).map_err(system("remove", path))
    }

    /// Gives a file another name, in the place of what bore it.
    pub(super) fn put_in_place(&self, from: &Path, to: &Path) -> Result<(), LogError> {
        self.rename(from, to).map_err(system("create", to))
    }

    /// Puts a file of these bytes in the place of what bears its name, whole or not at all: it is made under another name first. The caller
    /// syncs the directory.
    pub(super) fn replacing(&self, path: &Path, unfinished: &Path, bytes: &[u8]) -> Result<(), LogError> {
        if self.exists(unfinished)? {
            self.take_away(unfinished)?;
        }
        self.creating(unfinished, bytes)?;
        self.put_in_place(unfinished, path)
    }

    /// Makes a directory with those above it, and their names last.
    pub(super) fn directory(&self, path: &Path) -> Result<(), LogError> {
        if self.is_directory(path)? {
            return Ok(());
        }
        let parent = parent(path);
        self.directory(parent)?;
        match self.create_directory(path) {
            Ok(()) => self.keep_names(parent),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && self.is_directory(path)? => Ok(()),
            Err(error) => Err(system("create", path)(error)),
        }
    }

    /// Makes a new file in a directory, which is made too, under the first free name of `name`, `name-2`, …; it is on the disk with
    /// these bytes when this returns.
    pub(super) fn set_aside(&self, directory: &Path, name: &str, from: &Open, offset: u64) -> Result<PathBuf, LogError> {
        self.directory(directory)?;
        // Also when somebody else made it, and died before its name was on the disk.
        self.keep_names(parent(directory))?;
        let mut path = directory.join(name);
        let mut number = 1;
        while self.exists(&path)? {
            number += 1;
            path = directory.join(format!("{name}-{number}"));
        }
        let copy = self.creating(&path, b"")?;
        from.copy_to(&copy, offset)?;
        copy.sync()?;
        self.keep_names(directory)?;
        Ok(path)
    }
}

/// An open file that knows its path, so that its errors name it.
#[derive(Debug)]
pub(super) struct Open {
    path: PathBuf,
    file: Box<dyn DiskFile>,
}

impl Open {
    /// How many bytes it has.
    pub(super) fn length(&self) -> Result<u64, LogError> {
        self.file.length().map_err(system("look at", &self.path))
    }

    /// Writes at the end: in one piece, where the disk takes it so. The error is the disk's own reason why it took no more.
    pub(super) fn write(&self, bytes: &[u8]) -> Result<(), LogError> {
        let mut left = bytes;
        while !left.is_empty() {
            match self.file.append(left) {
                Ok(0) => return Err(system("write to", &self.path)(io::ErrorKind::WriteZero.into())),
                Ok(written) => left = left.get(written..).unwrap_or_default(),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(system("write to", &self.path)(error)),
            }
        }
        Ok(())
    }

    /// The bytes of the file are on the disk when this returns. After a failure it must not be tried again: the kernel then believes
    /// that all is written.
    pub(super) fn sync(&self) -> Result<(), LogError> {
        self.file.sync().map_err(system("sync", &self.path))
    }

    /// Cuts the file to a length; a power failure may bring the rest back before it is synced.
    pub(super) fn cut(&self, length: u64) -> Result<(), LogError> {
        self.file.truncate(length).map_err(system("cut", &self.path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// At most so many of its bytes, from an offset on.
    pub(super) fn bytes(&self, offset: u64, most: usize) -> Result<Vec<u8>, LogError> {
        let left = usize::try_from(self.length()?.saturating_sub(offset)).unwrap_or(most);
        self.upto(offset, most.min(left))
    }

    /// Fills some bytes from an offset on.
    pub(super) fn exactly(&self, bytes: &mut [u8], offset: u64) -> Result<(), LogError> {
        if self.fill(bytes, offset)? < bytes.len() {
            return Err(system("read", &self.path)(io::ErrorKind::UnexpectedEof.into()));
        }
        Ok(())
    }

    /// Fills as many bytes from an offset on as there are; says how many.
    fn fill(&self, bytes: &mut [u8], offset: u64) -> Result<usize, LogError> {
        let mut filled = 0;
        while filled < bytes.len() {
            let place = bytes.get_mut(filled..).unwrap_or_default();
            match self.file.read_at(place, offset + filled as u64) {
                Ok(0) => break,
                Ok(read) => filled += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(system("read", &self.path)(error)),
            }
        }
        Ok(filled)
    }

    /// The same as [`Open::bytes`] for a few bytes, for which it is not worth asking how many there are.
    pub(super) fn upto(&self, offset: u64, most: usize) -> Result<Vec<u8>, LogError> {
        let mut bytes = vec![0; most];
        let filled = self.fill(&mut bytes, offset)?;
        bytes.truncate(filled);
        Ok(bytes)
    }

    /// All of its bytes.
    pub(super) fn all(&self) -> Result<Vec<u8>, LogError> {
        self.bytes(0, usize::MAX)
    }

    /// Its bytes from an offset on, read in order.
    pub(super) fn from(self, offset: u64) -> Reader {
        Reader { open: self, offset }
    }

    fn copy_to(&self, copy: &Self, mut offset: u64) -> Result<(), LogError> {
        loop {
            let bytes = self.bytes(offset, 1 << 20)?;
            if bytes.is_empty() {
                return Ok(());
            }
            copy.write(&bytes)?;
            offset += bytes.len() as u64;
        }
    }
}

/// An open file that is read in order.
#[derive(Debug)]
pub(super) struct Reader {
    open: Open,
    offset: u64,
}

impl io::Read for Reader {
    fn read(&mut self, bytes: &mut [u8]) -> io::Result<usize> {
        let read = self.open.file.read_at(bytes, self.offset)?;
        self.offset += read as u64;
        Ok(read)
    }
}
