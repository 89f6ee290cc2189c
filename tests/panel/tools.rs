//! Other programs, installed once: under the target folder where no rights are needed, and kept for later runs.
//!
//! With `DAYBOOK_JUDGES` set a judge that cannot be had fails the test that wants it; without it the test says so and passes, for a machine
//! may be without network.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use crate::desk::project;

/// What of PyPI the judges are, at releases that are known to work together; the time zones are the newest there are.
const PYTHON: &[&str] = &[
    "icalendar==7.3.0",
    "ics==0.7.3",
    "vobject==0.9.9",
    "khal==0.14.1",
    "radicale==3.9.0",
    "vdirsyncer==0.21.0",
    "recurring-ical-events==3.8.2",
    "tzdata",
];

const ICAL_JS: &str = "ical.js@2.2.1";

/// What Debian calls what the judge in C needs.
const LIBICAL: &[&str] = &["libical-dev", "pkg-config", "gcc", "libc6-dev"];

/// A program that was found or installed, or why not.
type Found<T> = Result<T, String>;

/// The judges.
pub struct Tools {
    /// An interpreter with all of [`PYTHON`].
    python: Found<PathBuf>,
    /// The folder where npm put ical.js.
    ical_js: Found<PathBuf>,
    /// What `tests/judges/libical.c` became.
    libical: Found<PathBuf>,
}

/// The judges; the first who asks waits for what must be installed, in this process and in any other.
pub fn tools() -> &'static Tools {
    static TOOLS: OnceLock<Tools> = OnceLock::new();
    TOOLS.get_or_init(|| {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("judges");
        std::fs::create_dir_all(&folder).unwrap();
        let lock = File::create(folder.join("lock")).unwrap();
        lock.lock().unwrap();
        Tools { python: python(&folder.join("python")), ical_js: ical_js(&folder.join("npm")), libical: libical(&folder) }
    })
}

impl Tools {
    pub fn python(&self) -> Option<&Path> {
        here("icalendar, ics, vobject, khal, Radicale, vdirsyncer, recurring-ical-events", &self.python)
    }

    pub fn ical_js(&self) -> Option<&Path> {
        here("ical.js", &self.ical_js)
    }

    pub fn libical(&self) -> Option<&Path> {
        here("libical", &self.libical)
    }
}

/// A judge that is there; one that is not is an objection only where judges are wanted.
fn here<'t>(judge: &str, found: &'t Found<PathBuf>) -> Option<&'t Path> {
    match found {
        Ok(path) => Some(path),
        Err(why) => {
            assert!(std::env::var_os("DAYBOOK_JUDGES").is_none(), "wanted, and not there: {judge}: {why}");
            eprintln!("not judged by {judge}: {why}");
            None
        }
    }
}

/// What a script of `tests/judges` says, run by the interpreter of the judges, else by any; `None` where there is none.
pub fn judged_by(script: &str, arguments: &[&OsStr]) -> Option<Output> {
    let script = project().join("tests/judges").join(script);
    let installed = tools().python();
    let mut command = Command::new(installed.unwrap_or(Path::new("python3")));
    if installed.is_some() {
        // The rules of PyPI, not the machine's, which may be old.
        command.env("PYTHONTZPATH", "");
    }
    command.arg("-B").arg(script).args(arguments).output().ok()
}

/// Both streams of a program.
pub fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Makes an environment of Python's with the packages, unless it is there from an earlier run.
fn python(folder: &Path) -> Found<PathBuf> {
    let program = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    // Written when all is there; a half one is made again.
    let stamp = folder.join("installed");
    let wanted = PYTHON.join("\n");
    if std::fs::read_to_string(&stamp).is_ok_and(|there| there == wanted) && run(&program, &["--version"]).is_ok() {
        return Ok(program);
    }
    let place = folder.as_os_str();
    let install = ["pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "--timeout", "20"];
    if run("python3", &[OsStr::new("-m"), "venv".as_ref(), "--clear".as_ref(), place]).is_ok() {
        run(&program, &[&["-m"], &install[..], PYTHON].concat())?;
    } else {
        // Debian has the module that makes environments apart from the one that puts pip into them.
        run("python3", &[OsStr::new("-m"), "venv".as_ref(), "--clear".as_ref(), "--without-pip".as_ref(), place])?;
        let into = ["-m", "pip", "--python", program.to_str().unwrap()];
        run("python3", &[&into, &install[1..], PYTHON].concat())?;
    }
    std::fs::write(stamp, wanted).unwrap();
    Ok(program)
}

fn ical_js(folder: &Path) -> Found<PathBuf> {
    run("node", &["--version"])?;
    let stamp = folder.join("installed");
    if std::fs::read_to_string(&stamp).is_ok_and(|there| there == ICAL_JS) {
        return Ok(folder.to_owned());
    }
    std::fs::create_dir_all(folder).unwrap();
    let quiet = ["install", "--no-audit", "--no-fund", "--fetch-retries=1", "--fetch-timeout=20000", "--prefix"];
    run("npm", &[&quiet[..], &[folder.to_str().unwrap(), ICAL_JS]].concat())?;
    std::fs::write(stamp, ICAL_JS).unwrap();
    Ok(folder.to_owned())
}

/// Compiles the judge in C, with Debian's libical where root may install it.
fn libical(folder: &Path) -> Found<PathBuf> {
    let flags = || run("pkg-config", &["--cflags", "--libs", "libical"]);
    let flags = flags().or_else(|why| {
        let root = run("id", &["-u"]).is_ok_and(|id| id.trim() == "0");
        if !root {
            return Err(why);
        }
        let _ = run("apt-get", &["update", "-qq"]);
        run("apt-get", &[&["install", "--yes", "-qq"], LIBICAL].concat())?;
        flags()
    })?;
    let program = folder.join("libical");
    let source = project().join("tests/judges/libical.c");
    let mut arguments: Vec<OsString> = ["-Wall", "-Wextra", "-Werror", "-o"].map(OsString::from).to_vec();
    arguments.extend([program.clone().into(), source.into()]);
    arguments.extend(flags.split_whitespace().map(OsString::from));
    run("gcc", &arguments)?;
    Ok(program)
}

/// Runs a program to its good end; else the last that it said.
fn run(program: impl AsRef<OsStr>, arguments: &[impl AsRef<OsStr>]) -> Found<String> {
    let name = program.as_ref().to_string_lossy().into_owned();
    let ended = Command::new(program).args(arguments).env("DEBIAN_FRONTEND", "noninteractive").output();
    let ended = ended.map_err(|error| format!("{name}: {error}"))?;
    let text = said(&ended);
    if ended.status.success() {
        return Ok(text);
    }
    let last = text.lines().rfind(|line| !line.trim().is_empty()).unwrap_or_default();
    Err(format!("{name}: {last}"))
}
