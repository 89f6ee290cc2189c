//! What ends a run: a refusal with its exit code.

use crate::intake::{Problem, Refusal};
use crate::log::{Cause, LogError};
use crate::render::Harm;
use crate::time::TimeError;

/// A refusal, and the exit code that it ends with.
#[derive(Clone, Debug)]
pub struct Failure {
    /// A word for programs.
    pub kind: &'static str,
    /// 1 refused or failed, 2 wrong usage, 3 the log is damaged.
    pub code: u8,
    /// What is wrong; at least one.
    pub problems: Vec<Problem>,
    /// Whether it is the log's, and nothing is wrong with what was to be written.
    pub of_log: bool,
    /// Where the log is damaged, if it is.
    pub harm: Option<Box<Harm>>,
}

impl Failure {
    /// A refusal, and the exit code that it ends with.
    pub fn of(kind: &'static str, code: u8, problems: Vec<Problem>) -> Self {
        Self { kind, code, problems, of_log: false, harm: None }
    }

    /// A refusal in one sentence.
    pub fn refused(kind: &'static str, problem: Problem) -> Self {
        Self::of(kind, 1, vec![problem])
    }

    /// A file that the system did not give.
    pub fn unreadable(name: &str, error: &std::io::Error) -> Self {
        Self::refused("unreadable", Problem::new(format!("{name} cannot be read: {error}")))
    }

    /// Wrong usage in one sentence.
    pub fn wrong_usage(problem: Problem) -> Self {
        Self::of("usage", 2, vec![problem])
    }

    /// What clap says, in our shape.
    pub fn usage(error: &clap::Error) -> Self {
        let text = error.to_string();
        let body = text.strip_prefix("error: ").unwrap_or(&text);
        let mut says = String::new();
        let mut problem_hints = Vec::new();
        for line in body.lines() {
            let line = line.trim();
            if let Some(tip) = line.strip_prefix("tip: ") {
                problem_hints.push(tip.to_owned());
            } else if let Some(usage) = line.strip_prefix("Usage: ") {
                problem_hints.push(format!("usage: {usage}"));
            } else if line.starts_with("For more information") {
                problem_hints.push("--help tells more".to_owned());
            } else if !line.is_empty() {
                if !says.is_empty() {
                    says.push(' ');
                }
                says.push_str(line);
            }
        }
        let mut problem = Problem::new(says);
        // A word too many is most often the second half of a date or a name.
        let too_many = error.kind() == clap::error::ErrorKind::UnknownArgument && !body.contains("argument '-");
        problem.hints.extend(too_many.then(|| "words that belong together want quotes: --when \"31 November\"".to_owned()));
        problem.hints.extend(problem_hints);
        Self::wrong_usage(problem)
    }
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Self {
        let code = if error.is_damage() { 3 } else { 1 };
        let kind = error.word();
        let mut problem = Problem::new(error.to_string());
        problem.hints.extend(error.hint());
        let of_log = !error.is_refusal();
        Self { of_log, harm: harm(error).map(Box::new), ..Self::of(kind, code, vec![problem]) }
    }
}

fn harm(error: LogError) -> Option<Harm> {
    let LogError::Damage { file, line, byte, says: _, cause } = error else { return None };
    Some(Harm {
        file: file.display().to_string(),
        line: (line > 0).then_some(line),
        byte,
        damage: cause.as_ref().map_or("rule", Cause::word),
        cause: cause.map(|cause| cause.to_string()),
    })
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::of("refused", 1, refusal.problems)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::refused("refused", problem)
    }
}

impl From<TimeError> for Failure {
    fn from(error: TimeError) -> Self {
        Self::wrong_usage(Problem::new(error.to_string()))
    }
}
