//! Files that come in, and those that leave the desk: written whole, and never over the log.

use std::io::{Read, Write as _};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::output::Output;
use crate::intake::Problem;

/// A file to read, or standard input for `-`; `name` is what it is called in refusals.
pub fn open<'i>(file: &Path, name: &str, output: &'i mut Output<'_, '_>) -> Result<Box<dyn Read + 'i>, Failure> {
    if file == Path::new("-") {
        return Ok(Box::new(&mut *output.world.input));
    }
    let file = std::fs::File::open(output.world.path(file)).map_err(|error| Failure::unreadable(name, &error))?;
    Ok(Box::new(file))
}

/// Writes a text to a file, in the place of what the file held.
pub fn replace(file: &Path, text: &str, output: &Output<'_, '_>) -> Result<(), Failure> {
    let path = output.world.path(file);
    guard(&path, file, output.dir())?;
    write(&path, text.as_bytes())
        .map_err(|error| Failure::refused("failed", Problem::new(format!("{} cannot be written: {error}", file.display()))))
}

/// An export replaces a file, never one of the log, by whatever name it goes, and never a device or a pipe.
pub fn guard(path: &Path, shown: &Path, log: &Path) -> Result<(), Failure> {
    let refuse = |why: &str| {
        let says = format!("{} cannot be written: {why}", shown.display());
        Err(Failure::refused("failed", Problem::new(says).hint("name another file, or leave -o away and redirect the output")))
    };
    let target = target(path);
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let (Ok(parent), Ok(log)) = (parent.canonicalize(), log.canonicalize())
        && parent.starts_with(&log)
    {
        let link = path.is_symlink();
        return refuse(if link { "it leads into the log's own directory" } else { "it lies in the log's own directory" });
    }
    match std::fs::metadata(&target) {
        Ok(there) if !there.is_file() => refuse("it is no ordinary file"),
        Ok(there) if is_linked_from(log, &there) => refuse("it is a file of the log under another name"),
        Ok(_) | Err(_) => Ok(()),
    }
}

/// The file that is written: a link is written through.
fn target(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Whether a file bears a name in a directory too. What replaces it would leave the log as it is, but an editor writes into it.
#[cfg(unix)]
fn is_linked_from(directory: &Path, file: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let same = |other: std::fs::Metadata| (other.dev(), other.ino()) == (file.dev(), file.ino());
    std::fs::read_dir(directory).into_iter().flatten().flatten().any(|entry| entry.metadata().is_ok_and(same))
}

/// Elsewhere files have no number to know them by.
#[cfg(not(unix))]
fn is_linked_from(_: &Path, _: &std::fs::Metadata) -> bool {
    false
}

/// Writes a whole file beside its place and moves it there, so that a subscriber never reads half of it. A link is written through.
pub fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    place(&target(path), bytes)
}

/// The same, but a link is what is replaced.
pub fn place(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    // The name beside is our own, and nobody's file is taken for it. Whoever reads a vdir passes over what ends so.
    let mut beside = path.as_os_str().to_owned();
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = PathBuf::from(beside);
    let mut file = std::fs::File::create_new(&beside)?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    let moved = written.and_then(|()| std::fs::rename(&beside, path));
    if moved.is_err() {
        // What is left of it is of no use to anybody.
        let _ = std::fs::remove_file(&beside);
    }
    moved
}
