//! `daybook log --edit`: an entry written in an editor. The draft is a file of its own until the entry stands in the log.
//!
//! Nothing typed is lost, whatever dies: the draft is written before the editor opens, lies outside of the log (which holds nothing but
//! entries), and is removed only once the entry is written. One that is left over is gone on with.

use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::failure::Failure;
use super::output::Output;
use super::writing::{FILE_BYTES, Recorded, Writing, parse, record, show, text_of};
use crate::book::Book;
use crate::intake::{Problem, template};
use crate::log::Log;

/// How the lines begin that say on top of a draft why it was refused.
const REFUSED: &str = "#! ";

/// The last of those lines.
const MEND_IT: &str = "#! Mend it and save. Saved as it is, it is kept as a draft; emptied, it is given up.";

/// What is wrong with a draft itself, and can be mended in the editor.
const MENDED_THERE: [&str; 4] = ["refused", "nothing_logged", "too_long", "unreadable"];

/// Editors to look for where none is named.
const EDITORS: [&str; 3] = ["editor", "nano", "vi"];

/// Editors that take `+7` for the seventh line.
const NUMBERED: [&str; 8] = ["vi", "vim", "nvim", "view", "nano", "pico", "emacs", "emacsclient"];

/// Opens an editor on `file`, or on the draft of this log, until what it saves is admitted or given up.
pub fn run(file: Option<&Path>, writing: &Writing, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let editor = Editor::find(output)?;
    let book = output.open()?;
    let last = book.claims().last_seq();
    let mut paper = Paper::begin(file, &book, output)?;
    drop(book);
    let mut line = paper.first_line();
    // A draft that was left and is no text is mended like any other.
    let mut refused = paper.text().err();
    if let Some(failure) = &refused {
        line = paper.refuse(failure, last, output).map_err(|failure| paper.kept(failure))?;
    }
    loop {
        let saved = editor.open(&paper, line, output).and_then(|()| paper.read());
        let now = saved.map_err(|failure| paper.kept(failure))?;
        // A file that is gone was not emptied: its editor may have died between deleting and saving.
        if paper.is_lost() && !paper.is_fresh {
            return Err(paper.kept(nothing("the editor left no file behind")));
        }
        if now.trim_ascii().is_empty() {
            return Err(paper.emptied(refused));
        }
        if now.trim_ascii_end() == paper.body.trim_ascii_end() {
            return Err(paper.unchanged(refused));
        }
        paper.is_fresh = false;
        paper.body = now;
        match paper.text().and_then(|text| record_draft(&text, &paper.name, last, writing, output)) {
            Ok(recorded) => {
                let written = recorded.written_after(last);
                paper.finish(written.is_some(), output);
                if let Some(others) = written.filter(|others| *others > 0) {
                    let entries = crate::render::counted(others, "entry was", "entries were");
                    output.say(&format!("note: {entries} added by others while this one was written"));
                }
                return show(recorded, output);
            }
            Err(failure) if MENDED_THERE.contains(&failure.kind) => {
                line = paper.refuse(&failure, last, output).map_err(|failure| paper.kept(failure))?;
                refused = Some(failure);
            }
            Err(failure) => return Err(paper.kept(failure)),
        }
    }
}

fn record_draft(text: &str, name: &str, last: u64, writing: &Writing, output: &mut Output<'_, '_>) -> Result<Recorded, Failure> {
    let draft = parse(text, name)?;
    if draft.entry.events.is_empty() {
        return Err(nothing("there is no event in the draft"));
    }
    record(&draft, writing, Some(last), output)
}

fn nothing(why: &str) -> Failure {
    Failure::refused("nothing_logged", Problem::new(format!("nothing was logged: {why}")))
}

/// The file that is edited.
struct Paper {
    path: PathBuf,
    /// What it is called in refusals.
    name: String,
    /// What it said when the editor was last opened, without the refusal on top: as it was saved, which may be no text.
    body: Vec<u8>,
    /// The refusal that was put on top last.
    on_top: String,
    /// Whether nobody typed anything into it yet.
    is_fresh: bool,
    /// Whether it is the draft of the log, and not a file that somebody named.
    is_ours: bool,
    /// Held while the draft of the log is edited.
    _lock: Option<File>,
}

impl Paper {
    fn begin(file: Option<&Path>, book: &Book, output: &mut Output<'_, '_>) -> Result<Self, Failure> {
        let (path, name, lock) = match file {
            Some(file) => {
                let path = output.world.path(file);
                super::file::guard(&path, file, output.dir()).map_err(|mut failure| {
                    failure.problems.iter_mut().for_each(|problem| problem.hints = vec!["name another file, or none".to_owned()]);
                    failure
                })?;
                (path, file.display().to_string(), None)
            }
            None => {
                let folder = folder(output)?;
                let path = draft_of(&folder, book.log());
                (path, "draft".to_owned(), lock(&folder, book)?)
            }
        };
        let mut paper =
            Self { path, name, body: Vec::new(), on_top: String::new(), is_fresh: true, is_ours: file.is_none(), _lock: lock };
        if paper.path.exists() {
            paper.go_on(output);
        }
        if paper.is_fresh {
            paper.body = template(book.claims(), book.zone().day_at(output.world.now)).into_bytes();
            paper.write()?;
        }
        Ok(paper)
    }

    /// Takes up what was left. What cannot be read is for the editor to open all the same.
    fn go_on(&mut self, output: &mut Output<'_, '_>) {
        match self.read() {
            Ok(body) => {
                // A run that died could not take its refusal off; it is taken off with the next one, or at the end.
                let lines: Vec<&[u8]> = body.split_inclusive(|byte| *byte == b'\n').collect();
                self.on_top = String::from_utf8_lossy(&lines.get(refusal(&lines)).unwrap_or_default().concat()).into_owned();
                self.body = without(&body, &self.on_top);
                self.is_fresh = self.body.trim_ascii().is_empty();
            }
            Err(failure) => {
                self.is_fresh = false;
                failure.problems.iter().for_each(|problem| output.say(&format!("note: {}", problem.says)));
            }
        }
        if self.is_ours && !self.is_fresh && !output.json {
            output.say(&format!("going on with the draft that was left in {}", self.path.display()));
            output.say("emptied, it is given up; the next `daybook log --edit` then begins anew");
        }
        if !self.is_fresh {
            // Where it cannot be taken off, it is only comments.
            let _ = self.settle();
        }
    }

    /// Where typing begins: the first empty line, below the source.
    fn first_line(&self) -> usize {
        String::from_utf8_lossy(&self.body).lines().position(str::is_empty).map_or(1, |at| at + 2)
    }

    /// What the file says, without the refusal on top and a byte order mark. One that is gone says nothing.
    fn read(&self) -> Result<Vec<u8>, Failure> {
        let bytes = match std::fs::read(&self.path) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            read => read.map_err(|error| failed(format!("{} cannot be read: {error}", self.path.display())))?,
        };
        let below = without(bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes), &self.on_top);
        Ok(below)
    }

    /// The text that it is.
    fn text(&self) -> Result<String, Failure> {
        text_of(self.body.clone(), &self.name, FILE_BYTES)
    }

    /// Writes the file anew, whole or not at all.
    fn write(&self) -> Result<(), Failure> {
        let permissions = std::fs::metadata(&self.path).map(|file| file.permissions());
        super::file::write(&self.path, &[self.on_top.as_bytes(), &self.body].concat())
            .map_err(|error| failed(format!("{} cannot be written: {error}", self.path.display())))?;
        if let Ok(permissions) = permissions {
            // Of a new file they are as the system makes them; a file that was there keeps its own, where that can be.
            let _ = std::fs::set_permissions(&self.path, permissions);
        }
        Ok(())
    }

    /// Puts on top why it was refused, and returns the line that is to be mended.
    fn refuse(&mut self, failure: &Failure, last: u64, output: &mut Output<'_, '_>) -> Result<usize, Failure> {
        // The lines count from the top of the file that is opened next, on which the refusal stands.
        let shifted = [comments(failure).as_bytes(), &self.body].concat();
        let tried = Writing { dry_run: true, ..Writing::default() };
        let again = text_of(shifted, &self.name, FILE_BYTES)
            .and_then(|text| record_draft(&text, &self.name, last, &tried, output))
            .err()
            .filter(|again| again.kind == failure.kind && again.problems.len() == failure.problems.len());
        let failure = again.as_ref().unwrap_or(failure);
        self.on_top = comments(failure);
        self.write()?;
        Ok(failure.problems.iter().find_map(line_of).unwrap_or(self.on_top.lines().count() + 1))
    }

    /// The entry stands in the log, or was only tried.
    fn finish(&mut self, is_written: bool, output: &mut Output<'_, '_>) {
        // A file that somebody named is theirs: it is left as they saved it, without a refusal.
        let settled = if self.is_ours && is_written {
            std::fs::remove_file(&self.path)
                .map_err(|error| format!("note: {} is left over and can be deleted: {error}", self.path.display()))
        } else {
            self.settle().map_err(|failure| failure.problems.into_iter().map(|problem| problem.says).collect())
        };
        if let Err(note) = settled {
            output.say(&note);
        }
        if self.is_ours && !is_written {
            output.say(&format!("note: the draft is kept in {}; `daybook log --edit` goes on with it", self.path.display()));
        }
    }

    /// The same failure, and where the draft is; of a template into which nobody typed anything nothing is kept.
    fn kept(&mut self, mut failure: Failure) -> Failure {
        if self.is_fresh && std::fs::read(&self.path).is_ok_and(|bytes| bytes == self.body) {
            let _ = std::fs::remove_file(&self.path);
            return failure;
        }
        if self.is_lost() {
            // An editor that died between deleting and saving: what was typed before is still known here.
            self.on_top.clear();
            if self.is_fresh || self.write().is_err() {
                return failure;
            }
        }
        // Where even that fails, the refusal stays on top: it is only comments.
        let _ = self.settle();
        let path = self.path.display();
        let name = if self.is_ours { String::new() } else { format!(" {}", self.name) };
        let mut hint = format!("the draft is kept in {path}: `daybook log --edit{name}` goes on with it");
        if failure.of_log {
            // Nothing is wrong with the draft, so there is nothing to edit.
            hint.push_str(&format!(", `daybook log {path}` logs it as it is"));
        }
        if self.is_ours {
            hint.push_str("; to give it up, delete it");
        }
        if let Some(problem) = failure.problems.last_mut() {
            problem.hints.push(hint);
        }
        failure
    }

    /// Whether there is no file any more.
    fn is_lost(&self) -> bool {
        std::fs::symlink_metadata(&self.path).is_err_and(|error| error.kind() == std::io::ErrorKind::NotFound)
    }

    /// Takes the refusal off again, so that the lines count as the last refusal on the terminal says.
    fn settle(&mut self) -> Result<(), Failure> {
        if self.on_top.is_empty() {
            return Ok(());
        }
        self.body = self.read()?;
        self.on_top.clear();
        self.write()
    }

    fn unchanged(&mut self, refused: Option<Failure>) -> Failure {
        match refused {
            Some(refused) => self.kept(refused),
            None if self.is_fresh => self.kept(nothing("the template was left as it is")),
            None => {
                let mut failure = nothing("the draft was left as it is");
                if let Some(problem) = failure.problems.first_mut() {
                    problem.hints.push(format!("`daybook log {}` logs it as it is", self.path.display()));
                }
                self.kept(failure)
            }
        }
    }

    fn emptied(&self, refused: Option<Failure>) -> Failure {
        if self.is_ours {
            let _ = std::fs::remove_file(&self.path);
        }
        let mut failure = nothing("the draft was emptied");
        failure.problems.extend(refused.into_iter().flat_map(|refused| refused.problems));
        failure
    }
}

fn failed(says: String) -> Failure {
    Failure::refused("failed", Problem::new(says))
}

/// A refusal as comments.
fn comments(failure: &Failure) -> String {
    let mut text = String::new();
    for line in crate::render::error_text(&failure.problems, false).lines() {
        text.push_str(&format!("{REFUSED}{line}\n"));
    }
    text.push_str(&format!("{MEND_IT}\n"));
    text
}

/// A text without the refusal that was put on top of it: whatever else stands there is somebody's own.
fn without(text: &[u8], on_top: &str) -> Vec<u8> {
    let lines: Vec<&[u8]> = text.split_inclusive(|byte| *byte == b'\n').collect();
    let mut ours: Vec<&str> = on_top.lines().map(str::trim_ascii_end).collect();
    let mut is_ours = |line: &&[u8]| {
        let at = ours.iter().position(|one| one.as_bytes() == line.trim_ascii_end());
        at.map(|at| ours.remove(at)).is_some()
    };
    let mut dropped: Vec<bool> = lines.iter().map(&mut is_ours).collect();
    if !ours.is_empty() {
        // Some of it was changed, as a replacement throughout the file does: then it goes from its first line to its last.
        dropped.get_mut(refusal(&lines)).into_iter().for_each(|all| all.fill(true));
    }
    lines.iter().zip(dropped).filter(|(_, dropped)| !dropped).flat_map(|(line, _)| line.iter().copied()).collect()
}

/// Where a refusal stands in the lines of a text, from its first line to its last.
fn refusal(lines: &[&[u8]]) -> Range<usize> {
    let on_top = lines.iter().take_while(|line| line.starts_with(REFUSED.as_bytes()));
    let on_top: Vec<&[u8]> = on_top.map(|line| line.trim_ascii_end()).collect();
    let first = on_top.iter().position(|line| line.starts_with(b"#! error: "));
    let last = on_top.iter().position(|line| *line == MEND_IT.as_bytes());
    first.zip(last).filter(|(first, last)| first < last).map_or(0..0, |(first, last)| first..last + 1)
}

/// The line of the draft in which something is wrong.
fn line_of(problem: &Problem) -> Option<usize> {
    let (_, line) = problem.spot.as_ref()?.place.rsplit_once(", line ")?;
    line.split(',').next()?.parse().ok()
}

/// Where drafts are kept: with the other files of programs that are no settings and survive a restart.
pub fn drafts(output: &Output<'_, '_>) -> Option<PathBuf> {
    let variable = |name: &str| output.world.named(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = variable("XDG_STATE_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".local/state")))
        .or_else(|| variable("LOCALAPPDATA"));
    state.map(|state| state.join("daybook").join("drafts"))
}

/// The draft of a log in their folder.
pub fn draft_of(folder: &Path, log: &Log) -> PathBuf {
    folder.join(format!("{}.day", log.id()))
}

/// The folder of drafts, made if it is not there.
fn folder(output: &Output<'_, '_>) -> Result<PathBuf, Failure> {
    let Some(folder) = drafts(output) else {
        let problem = Problem::new("there is no place for a draft: neither $XDG_STATE_HOME nor $HOME names a directory");
        return Err(Failure::refused("failed", problem.hint("name a file of your own: daybook log --edit FILE")));
    };
    make(&folder).map_err(|error| {
        let problem = Problem::new(format!("no draft can be kept in {}: {error}", folder.display()));
        Failure::refused("failed", problem.hint("name a file of your own: daybook log --edit FILE"))
    })?;
    Ok(folder)
}

/// Makes a directory that nobody else looks into: a draft may be under embargo.
fn make(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// Lets nobody else edit the same draft; a file system that has no locks does without.
fn lock(folder: &Path, book: &Book) -> Result<Option<File>, Failure> {
    let Ok(file) = File::create(folder.join(format!("{}.lock", book.log().id()))) else { return Ok(None) };
    // Whatever else this process has just started may hold a copy of an earlier lock until it runs itself.
    let held = (0..100).all(|at| {
        let held = matches!(file.try_lock(), Err(std::fs::TryLockError::WouldBlock));
        std::thread::sleep(Duration::from_millis(if held && at < 99 { 2 } else { 0 }));
        held
    });
    if held {
        let problem = Problem::new("another `daybook log --edit` of this log is open");
        return Err(Failure::refused("locked", problem.hint("end it first, or name a file: daybook log --edit FILE")));
    }
    Ok(Some(file))
}

/// The editor, and those to be tried after it if it is not there.
struct Editor {
    candidates: Vec<Vec<String>>,
    /// Who named it.
    named_by: Option<&'static str>,
}

impl Editor {
    /// `$VISUAL`, else `$EDITOR`, in words as a shell splits them; at a terminal else the first of the usual ones.
    fn find(output: &Output<'_, '_>) -> Result<Self, Failure> {
        for name in ["VISUAL", "EDITOR"] {
            let Some(value) = output.world.named(name) else { continue };
            let words = value.to_str().and_then(shlex::split).filter(|words| !words.is_empty());
            let Some(words) = words else {
                let says = format!("${name} names no editor: {}", value.display());
                return Err(Failure::refused("editor", Problem::new(says).hint("a command and its arguments: \"code --wait\"")));
            };
            return Ok(Self { candidates: vec![words], named_by: Some(name) });
        }
        if !output.world.interactive {
            let problem = Problem::new("there is no terminal, and neither $VISUAL nor $EDITOR names an editor");
            return Err(Failure::refused("editor", problem.hint("write the entry to a file, then: daybook log FILE")));
        }
        Ok(Self { candidates: EDITORS.map(|name| vec![name.to_owned()]).to_vec(), named_by: None })
    }

    /// Opens the file at a line, and waits until the editor closes.
    fn open(&self, paper: &Paper, line: usize, output: &Output<'_, '_>) -> Result<(), Failure> {
        for words in &self.candidates {
            let Some((program, arguments)) = words.split_first() else { continue };
            let mut command = Command::new(program);
            command.args(arguments);
            let name = Path::new(program).file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| NUMBERED.contains(&name)) {
                command.arg(format!("+{line}"));
            }
            if let Some(directory) = &output.world.directory {
                command.current_dir(directory);
            }
            match command.arg(&paper.path).status() {
                Ok(status) if status.success() => return Ok(()),
                Ok(status) => return Err(editor(format!("the editor `{}` failed: {status}", words.join(" ")))),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                Err(error) => return Err(editor(format!("the editor `{}` cannot be run: {error}", words.join(" ")))),
            }
        }
        let names: Vec<String> = self.candidates.iter().map(|words| words.join(" ")).collect();
        Err(editor(match self.named_by {
            Some(variable) => format!("there is no editor `{}`, which ${variable} names", names.join(" ")),
            None => {
                format!("there is no editor: neither $VISUAL nor $EDITOR names one, and none of {} is there", names.join(", "))
            }
        }))
    }
}

fn editor(says: String) -> Failure {
    Failure::refused("editor", Problem::new(says))
}
