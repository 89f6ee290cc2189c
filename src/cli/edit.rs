//! `daybook log --edit`: an entry written in an editor. The draft is a file of its own until the entry stands in the log.
//!
//! Nothing typed is lost, whatever dies: the draft is written before the editor opens, lies outside of the log (which holds nothing but
//! entries), and is removed only once the entry is written. One that is left over is gone on with.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::failure::Failure;
use super::log::{FILE_BYTES, Writing, parse, read_text, record, show};
use super::output::Output;
use crate::book::Book;
use crate::intake::{Problem, template};

/// How the lines begin that say on top of a draft why it was refused.
const REFUSED: &str = "#! ";

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
    let mut refused: Option<Failure> = None;
    let mut line = paper.first_line();
    loop {
        let saved = editor.open(&paper, line, output).and_then(|()| paper.read(output));
        let now = saved.map_err(|failure| paper.kept(failure))?;
        if now.trim().is_empty() {
            return Err(paper.emptied(refused));
        }
        if now.trim_end() == paper.body.trim_end() {
            return Err(paper.unchanged(refused));
        }
        paper.is_fresh = false;
        paper.body = now;
        match record_draft(&paper, last, writing, output) {
            Ok(recorded) => {
                let written = recorded.written_after(last);
                paper.finish(written.is_some(), output);
                if let Some(others) = written.filter(|others| *others > 0) {
                    let entries = if others == 1 { "1 entry was".to_owned() } else { format!("{others} entries were") };
                    output.say(&format!("note: {entries} added by others while this one was written"));
                }
                return show(recorded, output);
            }
            Err(failure) if failure.kind == "refused" => {
                line = paper.refuse(&failure, last, output).map_err(|failure| paper.kept(failure))?;
                refused = Some(failure);
            }
            Err(failure) => return Err(paper.kept(failure)),
        }
    }
}

fn record_draft(
    paper: &Paper,
    last: u64,
    writing: &Writing,
    output: &mut Output<'_, '_>,
) -> Result<super::log::Recorded, Failure> {
    let draft = parse(&paper.body, &paper.name)?;
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
    /// What it said when the editor was last opened, without the refusal on top.
    body: String,
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
                let path = folder.join(format!("{}.day", book.log().id()));
                (path, "draft".to_owned(), lock(&folder, book)?)
            }
        };
        let mut paper = Self { path, name, body: String::new(), is_fresh: true, is_ours: file.is_none(), _lock: lock };
        if paper.path.exists() {
            paper.body = paper.read(output)?;
            paper.is_fresh = paper.body.trim().is_empty();
            if paper.is_ours && !paper.is_fresh && !output.json {
                output.say(&format!("going on with the draft that was left in {}", paper.path.display()));
                output.say("emptied, it is given up; the next `daybook log --edit` then begins anew");
            }
        }
        if paper.is_fresh {
            paper.body = template(book.claims(), book.zone().day_at(output.world.now));
        }
        if paper.is_fresh || paper.is_ours {
            paper.write("")?;
        }
        Ok(paper)
    }

    /// Where typing begins: the first empty line, below the source.
    fn first_line(&self) -> usize {
        self.body.lines().position(str::is_empty).map_or(1, |at| at + 2)
    }

    /// What the file says, without a refusal on top.
    fn read(&self, output: &mut Output<'_, '_>) -> Result<String, Failure> {
        let text = read_text(&self.path, &self.path.display().to_string(), FILE_BYTES, output)?;
        let is_refusal = |line: &&str| line.starts_with(REFUSED);
        Ok(text.split_inclusive('\n').skip_while(is_refusal).collect())
    }

    /// Writes the file anew, whole or not at all.
    fn write(&self, refusal: &str) -> Result<(), Failure> {
        let permissions = std::fs::metadata(&self.path).map(|file| file.permissions());
        super::file::write(&self.path, &format!("{refusal}{}", self.body)).map_err(|error| {
            Failure::refused("failed", Problem::new(format!("{} cannot be written: {error}", self.path.display())))
        })?;
        if let Ok(permissions) = permissions {
            // Of a new file they are as the system makes them; a file that was there keeps its own, where that can be.
            let _ = std::fs::set_permissions(&self.path, permissions);
        }
        Ok(())
    }

    /// Puts on top why it was refused, and returns the line that is to be mended.
    fn refuse(&self, failure: &Failure, last: u64, output: &mut Output<'_, '_>) -> Result<usize, Failure> {
        let on_top = comments(failure);
        // The lines count from the top of the file that is opened next, on which the refusal stands.
        let shifted = format!("{on_top}{}", self.body);
        let again = parse(&shifted, &self.name)
            .map_err(Failure::from)
            .and_then(|draft| record(&draft, &Writing { dry_run: true, wait: None }, Some(last), output));
        let failure = again.err().filter(|again| again.problems.len() == failure.problems.len()).unwrap_or(failure.clone());
        let on_top = comments(&failure);
        self.write(&on_top)?;
        let line =
            failure.problems.iter().find_map(|problem| problem.spot.as_ref()?.place.rsplit_once(", line ")?.1.parse().ok());
        Ok(line.unwrap_or(on_top.lines().count() + 1))
    }

    /// The entry stands in the log, or was only tried.
    fn finish(&self, is_written: bool, output: &mut Output<'_, '_>) {
        // A file that somebody named is theirs: it is left as they saved it, without a refusal.
        let settled = if self.is_ours && is_written {
            std::fs::remove_file(&self.path)
                .map_err(|error| format!("note: {} is left over and can be deleted: {error}", self.path.display()))
        } else {
            self.write("").map_err(|failure| failure.problems.into_iter().map(|problem| problem.says).collect())
        };
        if let Err(note) = settled {
            output.say(&note);
        }
        if self.is_ours && !is_written {
            output.say(&format!("note: the draft is kept in {}; `daybook log --edit` goes on with it", self.path.display()));
        }
    }

    /// The same failure, and where the draft is; of a template into which nobody typed anything nothing is kept.
    fn kept(&self, mut failure: Failure) -> Failure {
        if self.is_fresh && std::fs::read_to_string(&self.path).is_ok_and(|text| text == self.body) {
            let _ = std::fs::remove_file(&self.path);
            return failure;
        }
        // Where even that fails, the refusal stays on top: it is only comments.
        let _ = self.settle();
        let path = self.path.display();
        let hint = if self.is_ours {
            format!("the draft is kept in {path}: `daybook log --edit` goes on with it; to give it up, delete it")
        } else {
            format!("the draft is kept in {path}: `daybook log --edit {}` goes on with it", self.name)
        };
        if let Some(problem) = failure.problems.last_mut() {
            problem.hints.push(hint);
        }
        failure
    }

    /// Takes the refusal off again, so that the lines count as the last refusal on the terminal says.
    fn settle(&self) -> Result<(), Failure> {
        let text = std::fs::read_to_string(&self.path).unwrap_or_default();
        if text.starts_with(REFUSED) && text.ends_with(&self.body) { self.write("") } else { Ok(()) }
    }

    fn unchanged(&self, refused: Option<Failure>) -> Failure {
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

/// A refusal as comments.
fn comments(failure: &Failure) -> String {
    let mut text = String::new();
    for line in crate::render::error_text(&failure.problems, false).lines() {
        text.push_str(&format!("{REFUSED}{line}\n"));
    }
    text.push_str(&format!("{REFUSED}Mend it and save. Saved as it is, it is kept as a draft; emptied, it is given up.\n"));
    text
}

/// Where drafts are kept: with the other files of programs that are no settings and survive a restart.
fn folder(output: &Output<'_, '_>) -> Result<PathBuf, Failure> {
    let variable = |name: &str| (output.world.variable)(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = variable("XDG_STATE_HOME")
        .or_else(|| variable("HOME").map(|home| home.join(".local/state")))
        .or_else(|| variable("LOCALAPPDATA"));
    let Some(state) = state else {
        let problem = Problem::new("there is no place for a draft: neither $XDG_STATE_HOME nor $HOME names a directory");
        return Err(Failure::refused("failed", problem.hint("name a file of your own: daybook log --edit FILE")));
    };
    let folder = state.join("daybook").join("drafts");
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
    if let Err(std::fs::TryLockError::WouldBlock) = file.try_lock() {
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
            let Some(value) = (output.world.variable)(name) else { continue };
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
