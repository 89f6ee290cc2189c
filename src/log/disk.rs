//! Every file operation of the room, and nothing else: the place where tests break the disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use super::LogError;

/// Turns what the system said into an error that names the deed and the path.
pub(super) fn system(doing: &'static str, path: &Path) -> impl FnOnce(io::Error) -> LogError {
    move |source| LogError::System { doing, path: path.to_owned(), source }
}

/// Whether something, be it a dangling link, has this name.
pub(super) fn exists(path: &Path) -> Result<bool, LogError> {
    match fs::symlink_metadata(path) {
        Ok(_) => Ok(true),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(error) => Err(system("look at", path)(error)),
    }
}

/// A regular file must be there: opening a named pipe would wait for ever, and a link leads outside of the log.
fn regular(path: &Path) -> Result<(), LogError> {
    let kind = fs::symlink_metadata(path).map_err(system("open", path))?.file_type();
    let what = if kind.is_file() {
        return Ok(());
    } else if kind.is_symlink() {
        "a symbolic link"
    } else if kind.is_dir() {
        "a directory"
    } else {
        "a pipe or a device"
    };
    Err(LogError::NotAFile { path: path.to_owned(), what })
}

/// Opens a file for reading.
pub(super) fn open_read(path: &Path) -> Result<File, LogError> {
    regular(path)?;
    File::open(path).map_err(system("read", path))
}

/// Opens a file so that every write goes to its end.
pub(super) fn open_append(path: &Path) -> Result<File, LogError> {
    regular(path)?;
    OpenOptions::new().read(true).append(true).open(path).map_err(system("write to", path))
}

/// Opens a file for cutting.
pub(super) fn open_write(path: &Path) -> Result<File, LogError> {
    regular(path)?;
    OpenOptions::new().read(true).write(true).open(path).map_err(system("write to", path))
}

/// Opens the lock file, making it if it is not there; its bytes do not matter.
pub(super) fn open_lock(path: &Path) -> Result<File, LogError> {
    if exists(path)? {
        regular(path)?;
    }
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path).map_err(system("lock", path))
}

/// Makes a file that must not be there yet, with these bytes, synced; the caller syncs the directory.
pub(super) fn create(path: &Path, bytes: &[u8]) -> Result<File, LogError> {
    let mut file = OpenOptions::new().read(true).append(true).create_new(true).open(path).map_err(system("create", path))?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(system("write", path))?;
    Ok(file)
}

/// The text of a small file, at most 64 KiB of it.
pub(super) fn text(path: &Path) -> Result<Vec<u8>, LogError> {
    let mut bytes = Vec::new();
    open_read(path)?.take(64 << 10).read_to_end(&mut bytes).map_err(system("read", path))?;
    Ok(bytes)
}

/// The length of an open file in bytes.
pub(super) fn length(file: &File, path: &Path) -> Result<u64, LogError> {
    file.metadata().map(|metadata| metadata.len()).map_err(system("look at", path))
}

/// One write at the end of a file.
pub(super) fn write(mut file: &File, path: &Path, bytes: &[u8]) -> Result<(), LogError> {
    file.write_all(bytes).map_err(system("write to", path))
}

/// The bytes of a file are on the disk when this returns. After a failure it must not be tried again: the kernel then believes that
/// all is written.
pub(super) fn sync(file: &File, path: &Path) -> Result<(), LogError> {
    file.sync_data().map_err(system("sync", path))
}

/// Cuts a file to a length, for good.
pub(super) fn truncate(file: &File, path: &Path, length: u64) -> Result<(), LogError> {
    file.set_len(length).and_then(|()| file.sync_all()).map_err(system("cut", path))
}

/// The names in a directory are on the disk when this returns.
#[cfg(unix)]
pub(super) fn sync_directory(path: &Path) -> Result<(), LogError> {
    File::open(path).and_then(|directory| directory.sync_all()).map_err(system("sync", path))
}

/// Elsewhere a directory cannot be opened, and its names are kept by the system's journal.
#[cfg(not(unix))]
pub(super) fn sync_directory(_: &Path) -> Result<(), LogError> {
    Ok(())
}

/// Makes a directory with those above it, and their names last.
pub(super) fn create_directory(path: &Path) -> Result<(), LogError> {
    if path.is_dir() {
        return Ok(());
    }
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        Some(_) | None => Path::new("."),
    };
    create_directory(parent)?;
    match fs::create_dir(path) {
        Ok(()) => sync_directory(parent),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && path.is_dir() => Ok(()),
        Err(error) => Err(system("create", path)(error)),
    }
}

/// The names in a directory, in no order.
pub(super) fn names(path: &Path) -> Result<Vec<String>, LogError> {
    let names = fs::read_dir(path).and_then(Iterator::collect::<io::Result<Vec<_>>>).map_err(system("read", path))?;
    Ok(names.iter().map(|entry| entry.file_name().to_string_lossy().into_owned()).collect())
}

/// Puts a file in place under another name, at once and whole.
pub(super) fn replace(path: &Path, bytes: &[u8], through: &Path) -> Result<(), LogError> {
    if exists(through)? {
        fs::remove_file(through).map_err(system("remove", through))?;
    }
    create(through, bytes)?;
    fs::rename(through, path).map_err(system("create", path))
}

/// Whether the open file is still the one of this name.
#[cfg(unix)]
pub(super) fn is_still(file: &File, path: &Path) -> Result<bool, LogError> {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata().map_err(system("look at", path))?;
    match fs::symlink_metadata(path) {
        Ok(named) => Ok((open.dev(), open.ino()) == (named.dev(), named.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(system("look at", path)(error)),
    }
}

/// Elsewhere an open file cannot be replaced.
#[cfg(not(unix))]
pub(super) fn is_still(_: &File, _: &Path) -> Result<bool, LogError> {
    Ok(true)
}

/// Copies the bytes of a file from an offset to its end into a new file, synced. The first free name of `name`, `name-2`, … is taken.
pub(super) fn copy_tail(mut file: &File, from: u64, directory: &Path, name: &str) -> Result<PathBuf, LogError> {
    use std::io::Seek as _;
    create_directory(directory)?;
    let mut path = directory.join(name);
    let mut number = 1;
    while exists(&path)? {
        number += 1;
        path = directory.join(format!("{name}-{number}"));
    }
    let copy = create(&path, b"")?;
    let copied = file.seek(io::SeekFrom::Start(from)).and_then(|_| io::copy(&mut file, &mut &copy)).and_then(|_| copy.sync_all());
    copied.map_err(system("write", &path))?;
    sync_directory(directory)?;
    Ok(path)
}
