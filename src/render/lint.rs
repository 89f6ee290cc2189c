//! What is wrong with calendars, as compilers say it: file, line, sentence, and the rule.

use serde::Serialize;

use super::text::{counted, visible};
use crate::ical::{Fault, Linted, MOST_FAULTS, Severity};

/// How many faults of a file are shown to people; programs get all that were kept.
const SHOWN: usize = 100;

/// A file that was checked.
#[derive(Clone, Debug, Serialize)]
pub struct LintedFile {
    /// Its name as it was typed.
    pub file: String,
    /// How many errors it has.
    pub errors: usize,
    /// How many warnings it has.
    pub warnings: usize,
    /// The first of them, in the order of the lines.
    pub faults: Vec<Fault>,
    /// How many more there are.
    pub left_out: usize,
}

impl LintedFile {
    /// What was found in a file.
    #[must_use]
    pub fn new(file: String, linted: Linted) -> Self {
        let Linted { faults, errors, warnings } = linted;
        let left_out = (errors + warnings).saturating_sub(faults.len());
        Self { file, errors, warnings, faults, left_out }
    }
}

/// All files that were checked, with what programs are told besides.
#[derive(Clone, Debug, Serialize)]
pub struct LintAnswer {
    query: &'static str,
    /// How many errors there are in all files.
    pub errors: usize,
    /// How many warnings there are in all files.
    pub warnings: usize,
    most_faults: usize,
    /// The files, in the order in which they were named.
    pub files: Vec<LintedFile>,
}

impl LintAnswer {
    /// Counts over all files.
    #[must_use]
    pub fn new(files: Vec<LintedFile>) -> Self {
        let (errors, warnings) =
            files.iter().fold((0, 0), |(errors, warnings), file| (errors + file.errors, warnings + file.warnings));
        Self { query: "lint", errors, warnings, most_faults: MOST_FAULTS, files }
    }

    /// "2 errors and 1 warning in 3 files"
    #[must_use]
    pub fn count(&self) -> String {
        let errors = (self.errors > 0).then(|| counted(self.errors, "error", "errors"));
        let warnings = (self.warnings > 0).then(|| counted(self.warnings, "warning", "warnings"));
        let found: Vec<String> = errors.into_iter().chain(warnings).collect();
        let found = if found.is_empty() { "no fault".to_owned() } else { found.join(" and ") };
        format!("{found} in {}", counted(self.files.len(), "file", "files"))
    }
}

/// One line for each fault, and one for each file that has none.
#[must_use]
pub fn lint_text(answer: &LintAnswer) -> String {
    let mut text = String::new();
    for file in &answer.files {
        let name = visible(&file.file);
        if file.errors + file.warnings == 0 {
            text.push_str(&format!("{name}: no fault found\n"));
        }
        for Fault { line, severity, says, section } in file.faults.iter().take(SHOWN) {
            let warning = match severity {
                Severity::Error => "",
                Severity::Warning => "warning: ",
            };
            text.push_str(&format!("{name}:{line}: {warning}{} ({section})\n", visible(says)));
        }
        let more = (file.errors + file.warnings).saturating_sub(SHOWN);
        if more > 0 {
            text.push_str(&format!("{name}: and {}\n", counted(more, "more fault", "more faults")));
        }
    }
    text
}
