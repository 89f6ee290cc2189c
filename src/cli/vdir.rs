//! `daybook export ics --split`: the files of a vdir, of which only those that changed are touched.
//!
//! Programs that watch a vdir go by the time of a file, so one whose bytes are the same is left as it is. A file is ours if this program wrote
//! it (PRODID), its UID is of this log, and it bears the name that we give this UID: only such a one is ever removed.

use std::collections::BTreeSet;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::failure::Failure;
use super::file;
use super::output::Output;
use crate::intake::Problem;
use crate::query::Schedule;
use crate::render::{self, VdirFile, counted};

/// The file with the name of the calendar.
const NAME: &str = "displayname";

/// The file with its colour.
const COLOR: &str = "color";

/// What was done.
#[derive(Default)]
struct Done {
    written: usize,
    kept: usize,
    removed: usize,
    foreign: usize,
}

/// Makes a directory hold the files of a schedule, and says how many were touched.
pub fn write(dir: &Path, schedule: &Schedule, name: &str, log: &str, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let path = output.world.path(dir);
    guard(&path, dir, output.dir())?;
    let files = render::vdir_files(schedule);
    let done = fill(&path, dir, &files, name, log)?;
    let Done { written, kept, removed, foreign } = done;
    let files = |count| counted(count, "file", "files");
    output.say(&format!("note: {} written, {kept} as they were, {removed} removed", files(written)));
    if foreign > 0 {
        output.say(&format!("note: {} there from elsewhere, left alone", files(foreign)));
    }
    Ok(())
}

/// Nothing but the log is kept in its directory, by whatever name it goes.
fn guard(path: &Path, shown: &Path, log: &Path) -> Result<(), Failure> {
    if path.exists() && !path.is_dir() {
        return Err(refused(shown, "it is no directory"));
    }
    // What is not there yet lies where its nearest neighbour above lies.
    let there = path.ancestors().find_map(|above| above.canonicalize().ok());
    if there.zip(log.canonicalize().ok()).is_some_and(|(there, log)| there.starts_with(log)) {
        return Err(refused(shown, "it lies in the log's own directory"));
    }
    Ok(())
}

/// Writes what is new or changed, then removes what is no longer part of it, so that nobody misses an event that stands.
fn fill(path: &Path, shown: &Path, files: &[VdirFile], name: &str, log: &str) -> Result<Done, Failure> {
    std::fs::create_dir_all(path).map_err(|error| failed(shown, &error))?;
    let mut changed: Vec<(PathBuf, &[u8])> = Vec::new();
    for file in files {
        let place = path.join(&file.name);
        let there = there(&place, &shown.join(&file.name))?;
        let ours = |text: &[u8]| origin(text).is_some_and(|origin| origin.uid == file.uid);
        if there.as_deref().is_some_and(|text| !ours(text)) {
            return Err(occupied(&shown.join(&file.name)));
        }
        if there.as_deref() != Some(file.text.as_bytes()) {
            changed.push((place, file.text.as_bytes()));
        }
    }
    let label = render::vdir_label(name);
    changed.extend(label_changes(path, shown, label.as_bytes())?);
    let events = changed.iter().filter(|(place, _)| place.extension().is_some()).count();
    for (place, bytes) in &changed {
        file::place(place, bytes).map_err(|error| failed(shown, &error))?;
    }
    let (removed, foreign) = clear(path, files, log).map_err(|error| failed(shown, &error))?;
    Ok(Done { written: events, kept: files.len().saturating_sub(events), removed, foreign })
}

/// What of the calendar's own name and colour must be written. The colour is a matter of taste: one that is there stays.
fn label_changes<'b>(path: &Path, shown: &Path, label: &'b [u8]) -> Result<Vec<(PathBuf, &'b [u8])>, Failure> {
    let mut changes = Vec::new();
    if there(&path.join(NAME), &shown.join(NAME))?.as_deref() != Some(label) {
        changes.push((path.join(NAME), label));
    }
    if there(&path.join(COLOR), &shown.join(COLOR))?.is_none() {
        changes.push((path.join(COLOR), render::VDIR_COLOR.as_bytes()));
    }
    Ok(changes)
}

/// What a file holds; `None` if there is none. Anything but an ordinary file is in the way.
fn there(place: &Path, shown: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match std::fs::symlink_metadata(place) {
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(failed(shown, &error)),
        Ok(there) if !there.is_file() => Err(occupied(shown)),
        Ok(_) => std::fs::read(place).map(Some).map_err(|error| failed(shown, &error)),
    }
}

/// Removes what an earlier export left; counts that, and what is there from elsewhere.
fn clear(path: &Path, files: &[VdirFile], log: &str) -> std::io::Result<(usize, usize)> {
    let known: BTreeSet<&str> = files.iter().map(|file| file.name.as_str()).chain([NAME, COLOR]).collect();
    let (mut removed, mut foreign) = (0, 0);
    for entry in std::fs::read_dir(path)? {
        let entry = entry?;
        let name = entry.file_name();
        if name.to_str().is_some_and(|name| known.contains(name)) {
            continue;
        }
        if entry.file_type()?.is_file() && is_ours(&entry.path(), log) {
            std::fs::remove_file(entry.path())?;
            removed += 1;
        } else {
            foreign += 1;
        }
    }
    Ok((removed, foreign))
}

/// Whether an earlier export wrote a file and nobody has written it since.
fn is_ours(path: &Path, log: &str) -> bool {
    let Some(name) = path.file_name().and_then(|name| name.to_str()).filter(|name| name.ends_with(".ics")) else { return false };
    let origin = std::fs::read(path).ok().and_then(|text| origin(&text));
    origin.is_some_and(|origin| {
        let of_log = origin.uid.rsplit_once('@').is_some_and(|(_, of)| of == log);
        origin.is_product && of_log && render::vdir_name(&origin.uid) == name
    })
}

fn origin(text: &[u8]) -> Option<render::Origin> {
    std::str::from_utf8(text).ok().and_then(render::vdir_origin)
}

fn refused(shown: &Path, why: &str) -> Failure {
    let says = format!("{} cannot be written: {why}", shown.display());
    Failure::refused("failed", Problem::new(says).hint("name another directory"))
}

fn occupied(shown: &Path) -> Failure {
    let says = format!("{} cannot be written: what is there comes from elsewhere", shown.display());
    Failure::refused("failed", Problem::new(says).hint("move it away, or name another directory"))
}

fn failed(shown: &Path, error: &std::io::Error) -> Failure {
    Failure::refused("failed", Problem::new(format!("{} cannot be written: {error}", shown.display())))
}
