//! The real program in a real folder of its own: what the tests of processes and of disks run.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};

use daybook::event::EntryId;
use daybook::log::{Log, Verified};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_daybook");

/// A working directory with a log in `events`.
pub struct Folder {
    _throw_away: Option<TempDir>,
    path: PathBuf,
}

/// What a process said, and how it ended.
#[derive(Debug)]
pub struct Ran {
    pub out: String,
    pub err: String,
    pub status: ExitStatus,
}

impl Ran {
    /// Waits for a process.
    pub fn of(child: Child) -> Self {
        let output = child.wait_with_output().unwrap();
        Self {
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
            status: output.status,
        }
    }

    /// The exit code; none after a signal.
    pub fn code(&self) -> Option<i32> {
        self.status.code()
    }

    /// A run that did what it was asked.
    #[track_caller]
    pub fn fine(self) -> Self {
        assert!(self.status.success(), "{self:?}");
        self
    }

    /// A run that was refused, with this exit code: one error, and what to do about it.
    #[track_caller]
    pub fn refused(self, code: i32, says: &str) -> Self {
        assert_eq!(self.code(), Some(code), "{self:?}");
        assert_eq!(self.err.matches("error:").count(), 1, "{self:?}");
        assert!(self.err.contains(says) && self.err.contains("hint:"), "{says} is not in {self:?}");
        self
    }
}

impl Folder {
    /// A folder without a log.
    pub fn bare() -> Self {
        let home = tempfile::tempdir().unwrap();
        Self { path: home.path().to_owned(), _throw_away: Some(home) }
    }

    /// A folder that somebody else made, and keeps.
    pub fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), _throw_away: None }
    }

    /// A folder with an empty log.
    pub fn new() -> Self {
        let folder = Self::bare();
        folder.run(&["init"], "").fine();
        folder
    }

    /// A folder with a log of these many entries, the first of which makes Rubio known.
    pub fn of(entries: u64) -> Self {
        let folder = Self::new();
        let lines: String = (1..=entries).map(|n| format!("{}\n", entry(n, &format!("word {n}")))).collect();
        folder.run(&["import", "-"], &lines).fine();
        folder
    }

    /// The same folder somewhere else, the dotted files of the log too.
    pub fn copy(&self) -> Self {
        let copy = Self::bare();
        copy_into(&self.path, &copy.path);
        copy
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// A file of the log.
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join("events").join(name)
    }

    pub fn log(&self) -> Log {
        Log::open(&self.path("events")).unwrap()
    }

    /// A program that is to be run here.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.path);
        // The libraries that cargo names are none of the program's; a loader that looks there first makes calls of its own.
        command.env_remove("DAYBOOK_LOG").env_remove("RUST_BACKTRACE").env_remove("LD_LIBRARY_PATH");
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Starts the program with some standard input, which fits a pipe.
    pub fn start(&self, arguments: &[&str], input: &str) -> Child {
        fed(self.command(PROGRAM).args(arguments), input)
    }

    /// Runs the program.
    pub fn run(&self, arguments: &[&str], input: &str) -> Ran {
        Ran::of(self.start(arguments, input))
    }

    /// Logs an entry; whatever comes of it.
    pub fn entered(&self, n: u64) -> Ran {
        self.run(&["log", "-"], &entry(n, &format!("word {n}")).to_string())
    }

    /// The log, which must be whole.
    #[track_caller]
    pub fn verified(&self) -> Verified {
        self.log().verify(&[]).unwrap()
    }

    /// How often an entry is in the log, which must be readable.
    #[track_caller]
    pub fn count(&self, n: u64) -> usize {
        self.log().read().unwrap().entries.iter().filter(|entry| entry.id == id(n)).count()
    }

    /// The bytes of the files in the log's directory by their names, but for the empty lock and what can be made again.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        for entry in std::fs::read_dir(self.path("events")).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            if entry.file_type().unwrap().is_file() && name != ".lock" {
                files.insert(name, std::fs::read(entry.path()).unwrap());
            }
        }
        files
    }
}

/// The id of an entry.
pub fn id(n: u64) -> EntryId {
    EntryId(Uuid::from_u128(0x0195_0000_0000_7000_8000_0000_0000_0000 + u128::from(n)))
}

/// An entry as programs write it; the first makes Rubio known, who says all that follows.
pub fn entry(n: u64, text: &str) -> Value {
    let event = match n {
        1 => json!({"kind": "official", "official": "rubio", "name": "Marco Rubio"}),
        _ => json!({"kind": "statement", "speaker": "rubio", "text": text}),
    };
    json!({"id": id(n).to_string(), "events": [event]})
}

/// An entry of sixteen texts; of almost 1 MiB, if the text is of almost 64 KiB.
pub fn large(n: u64, text: &str) -> String {
    let event = json!({"kind": "statement", "speaker": "rubio", "text": text});
    json!({"id": id(n).to_string(), "events": vec![event; 16]}).to_string()
}

/// Starts a process and gives it some standard input.
pub fn fed(command: &mut Command, input: &str) -> Child {
    let mut child = command.spawn().unwrap();
    // Whoever ends before it has read all of it says why itself.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child
}

/// Copies the files of a folder into another.
pub fn copy_into(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_into(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Says something that is heard of a test that passes too.
pub fn tell(line: &str) {
    let _ = writeln!(std::io::stderr(), "{line}");
}

/// Whether a tool runs here and may do what is wanted of it. Where it does not, nothing is tried, and that is said.
pub fn has(tool: &str, probe: &mut Command, what: &str) -> bool {
    let runs =
        probe.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok_and(|status| status.success());
    if !runs {
        tell(&format!("not tried: {what}: {tool} does not run here"));
    }
    runs
}
