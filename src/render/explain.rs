//! Why we say so: what is said, then each event that decides it, with everything about how it was told.

use super::cited;
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::place::block;
use super::sentence::sentence;
use super::story::standing;
use super::style;
use super::text::Text;
use crate::query::{Explained, Explanation, Telling};

/// An explanation: the answer, and a paragraph for each event that it rests on.
#[must_use]
pub fn explain_text(explanation: &Explanation, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let dates = head.dates(page);
    match &explanation.about {
        Explained::Official(answer) => block(&mut sheet, answer, head, page),
        Explained::Meeting(meeting) => {
            sheet.paragraph(0, &Text::styled(style::STRONG, &meeting.title));
            sheet.paragraph(2, &standing(meeting, head, dates));
        }
        Explained::Event(_) => {}
    }
    if explanation.deciding.is_empty() {
        sheet.blank();
        sheet.paragraph(0, &Text::plain("no report decides this"));
    } else if !matches!(explanation.about, Explained::Event(_)) {
        sheet.blank();
        sheet.paragraph(0, &Text::styled(style::STRONG, "Because"));
    }
    for (at, telling) in explanation.deciding.iter().enumerate() {
        if at > 0 {
            sheet.blank();
        }
        tell(&mut sheet, telling, head, dates);
    }
    sheet.finish()
}

fn tell(sheet: &mut Sheet<'_>, telling: &Telling, head: &Heading<'_>, dates: Dates) {
    let cited = &telling.citation;
    let reference = cited.event.to_string();
    let style_of_words = if telling.counts { style::PLAIN } else { style::STRUCK };
    let says = sentence(telling, head, dates);
    let indent = reference.len().max(4) + 4;
    let gap = " ".repeat(indent.saturating_sub(reference.len() + 2));
    let first = Text::styled(style::STRONG, &reference).and(style::PLAIN, &gap).and(style_of_words, &says);
    sheet.hanging(2, indent, &first);
    if !telling.counts {
        let struck = cited::struck(&telling.strikers);
        let words = if struck.is_empty() { "does not count under these clocks".to_owned() } else { struck };
        sheet.hanging(indent, indent + 2, &Text::styled(style::NO, &format!("✗ {words}")));
    }
    if !telling.replaces.is_empty() {
        let replaced: Vec<String> = telling.replaces.iter().map(ToString::to_string).collect();
        sheet.hanging(indent, indent, &Text::plain(&format!("in place of {}", cited::listed(&replaced))));
    }
    if let Some(quote) = &cited.quote {
        sheet.hanging(indent, indent, &Text::plain(&cited::quoted(quote)));
    }
    if let Some(who) = cited::attribution(cited) {
        let words = if cited.said_by.is_some() { format!("said by {who}") } else { who };
        sheet.hanging(indent, indent, &Text::plain(&words));
    }
    if let Some(note) = &telling.says.note {
        sheet.hanging(indent, indent, &Text::plain(&format!("note: {note}")));
    }
    sheet.hanging(indent, indent, &Text::styled(style::FAINT, &source(telling, dates)));
    if let Some(url) = &cited.url {
        sheet.hanging(indent, indent, &Text::styled(style::FAINT, url));
    }
}

/// "El País, Alejandro Baños, Mon 17 Feb 2025, grade B2"
fn source(telling: &Telling, dates: Dates) -> String {
    let cited = &telling.citation;
    let mut parts: Vec<String> = vec![cited.source().to_owned()];
    if cited.outlet.is_some() {
        parts.extend(cited.author.clone());
    }
    parts.extend(cited.title.as_deref().filter(|title| *title != cited.source()).map(cited::quoted));
    parts.push(dates.long(cited.published));
    parts.extend(telling.grade.as_ref().map(|grade| format!("grade {grade}")));
    parts.join(", ")
}
