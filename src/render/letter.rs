//! Errors: a small letter to the person who typed. What is wrong, where, and what to type.

use anstyle::{AnsiColor, Style};
use serde::Serialize;
use serde_json::json;
use unicode_width::UnicodeWidthStr as _;

use super::visible;
use crate::intake::{Problem, Spot};

const ERROR: Style = Style::new().bold().fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));
const HINT: Style = Style::new().bold();

/// The problems as text for people.
#[must_use]
pub fn error_text(problems: &[Problem], colour: bool) -> String {
    let word = |style: Style, word: &str| if colour { format!("{style}{word}{style:#}") } else { word.to_owned() };
    let mut text = String::new();
    for problem in problems.iter().take(MOST) {
        text.push_str(&format!("{}: {}\n", word(ERROR, "error"), visible(&shortened(&problem.says))));
        if let Some(spot) = &problem.spot {
            text.push_str(&place(spot, problem.text.as_deref()));
        }
        for (at, hint) in problem.hints.iter().enumerate() {
            let label = if at == 0 { format!("{}:", word(HINT, "hint")) } else { "     ".to_owned() };
            text.push_str(&format!("{label} {}\n", visible(&shortened(hint))));
        }
    }
    if problems.len() > MOST {
        text.push_str(&format!("… and {} more\n", problems.len() - MOST));
    }
    text
}

/// The most problems that are shown at once.
const MOST: usize = 50;

/// The most characters that are shown of a sentence or on either side of what is wrong in a line.
const AROUND: usize = 400;

/// How many of them are the last ones of a longer sentence, which most often say what the rule is.
const END: usize = 250;

/// A text that fills no screens.
fn shortened(text: &str) -> String {
    let letters = text.chars().count();
    if letters <= AROUND {
        return text.to_owned();
    }
    let start: String = text.chars().take(AROUND - END).collect();
    let end: String = text.chars().skip(letters - END).collect();
    format!("{start}…{end}")
}

/// A long line, cut around what is wrong in it.
fn window<'a>(line: &'a str, wrong: Option<&str>) -> &'a str {
    if line.len() <= 2 * AROUND {
        return line;
    }
    let at = wrong.and_then(|wrong| line.find(wrong)).unwrap_or(0);
    let from = line.char_indices().map(|(byte, _)| byte).rfind(|byte| *byte <= at.saturating_sub(AROUND)).unwrap_or(0);
    let to = line.char_indices().map(|(byte, _)| byte).find(|byte| *byte >= at + AROUND).unwrap_or(line.len());
    line.get(from..to).unwrap_or(line)
}

/// The place, the line, and carets under the words that are wrong.
fn place(spot: &Spot, wrong: Option<&str>) -> String {
    match &spot.line {
        None if spot.place.is_empty() => String::new(),
        None => format!("  {}\n", visible(&spot.place)),
        Some(line) => {
            let shown = visible(window(line, wrong));
            let head = format!("  {}:  ", visible(&spot.place));
            let mut text = format!("{head}{shown}\n");
            let wrong = wrong.map(visible).filter(|wrong| !wrong.is_empty());
            if let Some(wrong) = wrong
                && let Some(at) = shown.find(wrong.as_ref())
            {
                let before = head.width() + shown.get(..at).map_or(0, |before| before.width());
                text.push_str(&format!("{}{}\n", " ".repeat(before), "^".repeat(wrong.width().max(1))));
            }
            text
        }
    }
}

/// Where a log is damaged, for programs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Harm {
    /// The file.
    pub file: String,
    /// The line, from 1; `None` for the file as a whole.
    pub line: Option<u64>,
    /// The first byte that is known to be wrong, else the first of the line, counted from 0.
    pub byte: u64,
    /// The kind of damage in one word.
    pub damage: &'static str,
    /// How that usually comes about.
    pub cause: Option<String>,
}

/// The problems as one JSON object on one line.
#[must_use]
pub fn error_json(kind: &str, problems: &[Problem], harm: Option<&Harm>) -> String {
    let one = |problem: &Problem| {
        json!({
            "says": problem.says,
            "where": problem.spot.as_ref().map(|spot| &spot.place).filter(|place| !place.is_empty()),
            "hint": (!problem.hints.is_empty()).then(|| problem.hints.join("; ")),
        })
    };
    let says: Vec<&str> = problems.iter().map(|problem| problem.says.as_str()).collect();
    let hints: Vec<&str> = problems.iter().flat_map(|problem| &problem.hints).map(String::as_str).collect();
    let mut error = json!({
        "kind": kind,
        "says": says.join("; "),
        "hint": (!hints.is_empty()).then(|| hints.join("; ")),
        "problems": problems.iter().map(one).collect::<Vec<_>>(),
    });
    if let Some(harm) = harm {
        error["harm"] = json!(harm);
    }
    format!("{}\n", json!({ "error": error }))
}
