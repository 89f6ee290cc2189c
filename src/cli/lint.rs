//! `daybook lint`.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;

use super::agenda::{CALENDAR_BYTES, check_lines};
use super::failure::Failure;
use super::import::too_long;
use super::output::Output;
use crate::ical::lint;
use crate::intake::Problem;
use crate::render::{self, LintAnswer, LintedFile};

/// Check calendars (.ics) strictly against RFC 5545 and RFC 7986, line by line; any calendars, and no log is needed
///
/// An error is against a rule that must be kept. A warning is against one that should be, or is read differently by different programs.
/// At most 100 faults of a file are shown; with --json, 10000.
#[derive(Debug, Args)]
#[command(
    after_help = "Example: daybook export ics | daybook lint -   (exit code 1 when there are errors; warnings alone are 0)"
)]
pub struct Arguments {
    /// The files; - is standard input
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

pub fn run(arguments: &Arguments, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    let mut files = Vec::new();
    let mut unread: Option<Failure> = None;
    for file in &arguments.files {
        let name = file.display().to_string();
        match read(file, &name, output) {
            Ok(bytes) => files.push(LintedFile::new(name, lint(&bytes))),
            Err(failure) => match &mut unread {
                Some(before) => before.problems.extend(failure.problems),
                None => unread = Some(failure),
            },
        }
    }
    let answer = LintAnswer::new(files);
    show(&answer, output)?;
    if let Some(failure) = unread {
        return Err(failure);
    }
    if answer.errors > 0 { Err(Failure::refused("faulty", Problem::new(answer.count()))) } else { Ok(()) }
}

/// The answer, unless no file could be read. Where there are errors, how many is the error that the run ends with.
fn show(answer: &LintAnswer, output: &mut Output<'_, '_>) -> Result<(), Failure> {
    if answer.files.is_empty() {
        return Ok(());
    }
    let text = if output.json {
        let document = serde_json::to_string(answer).map_err(|error| {
            Failure::refused("failed", Problem::new(format!("the answer cannot be written as JSON: {error}")))
        })?;
        format!("{document}\n")
    } else {
        let count = if answer.errors == 0 && answer.warnings > 0 { format!("{}\n", answer.count()) } else { String::new() };
        format!("{}{count}", render::lint_text(answer))
    };
    output.show(&text);
    Ok(())
}

/// The bytes of a file, or of standard input.
fn read(file: &Path, name: &str, output: &mut Output<'_, '_>) -> Result<Vec<u8>, Failure> {
    let input = super::file::open(file, name, output)?;
    let mut bytes = Vec::new();
    input.take(CALENDAR_BYTES + 1).read_to_end(&mut bytes).map_err(|error| Failure::unreadable(name, &error))?;
    if bytes.len() as u64 > CALENDAR_BYTES {
        return Err(too_long(name, CALENDAR_BYTES));
    }
    check_lines(&bytes, name)?;
    Ok(bytes)
}
