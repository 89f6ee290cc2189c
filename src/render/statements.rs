//! What was said, by whom, about what.

use super::cited::{attribution, quoted, source};
use super::heading::Heading;
use super::page::Page;
use super::style;
use super::text::{Text, counted};
use crate::query::{StatementAnswer, Statements};

/// The statements, a block each, in the order in which they became public.
#[must_use]
pub fn statements_text(statements: &Statements, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    if statements.statements.is_empty() {
        sheet.paragraph(0, &Text::plain(&none(statements.near.as_deref())));
    } else {
        let many = statements.statements.len();
        let count = counted(many, "statement", "statements, the newest last");
        sheet.paragraph(0, &Text::styled(style::FAINT, &count));
    }
    for statement in &statements.statements {
        sheet.blank();
        let who = head.names.official(&statement.speaker);
        let party =
            statement.on_behalf_of.as_ref().map(|party| format!(" for {}", head.names.party(party.as_str()))).unwrap_or_default();
        sheet.paragraph(0, &Text::styled(style::STRONG, &who).and(style::PLAIN, &party));
        sheet.paragraph(2, &Text::plain(&quoted(&statement.text)));
        if let Some(quote) = statement.quote.as_ref().filter(|quote| **quote != statement.text) {
            sheet.paragraph(2, &Text::plain(&format!("in its words: {}", quoted(quote))));
        }
        if let Some(note) = &statement.note {
            sheet.paragraph(2, &Text::plain(&format!("note: {note}")));
        }
        let embargo = head.embargo(&statement.evidence, statement.cited.as_ref().map(|cited| cited.event), head.dates(page));
        sheet.paragraph(2, &Text::styled(style::FAINT, &details(statement, head, page)).join("  ", embargo));
    }
    sheet.finish()
}

/// That there is none, and what helps.
fn none(near: Option<&[String]>) -> String {
    match near {
        None => "no statements".to_owned(),
        Some([]) => "no statement matches; words match from their beginning, and all must occur".to_owned(),
        Some(near) => format!("no statement matches; words match from their beginning; nearest words: {}", near.join(", ")),
    }
}

fn details(statement: &StatementAnswer, head: &Heading<'_>, page: &Page) -> String {
    let dates = head.dates(page);
    let mut parts: Vec<String> = Vec::new();
    parts.extend(statement.when.map(|when| format!("said {}", dates.when(when, None))));
    if !statement.about.is_empty() {
        parts.push(format!("about {}", statement.about.join(", ")));
    }
    parts.extend(statement.topics.iter().cloned());
    if let Some(cited) = &statement.cited {
        parts.extend(attribution(cited));
        parts.push(format!("{}  {}", source(cited, dates).into_string(), cited.event));
    }
    parts.join("; ")
}
