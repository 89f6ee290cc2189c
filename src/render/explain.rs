//! Why we say so: what is said, then each event that decides it, with everything about how it was told.

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::Page;
use super::place::{block, meeting_embargo};
use super::sentence::{said_by, sentence};
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
        Explained::Official(answer) => block(&mut sheet, answer, true, head, page),
        Explained::Meeting(meeting) => {
            sheet.paragraph(0, &Text::styled(style::STRONG, &meeting.title));
            sheet.paragraph(2, &standing(meeting, head, dates).join("  ", meeting_embargo(meeting, head, dates)));
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
    let mut table = Table::new(&[Column::UpTo(9), Column::Rest]);
    for (at, telling) in explanation.deciding.iter().enumerate() {
        if at > 0 {
            table.heading(Text::none());
        }
        tell(&mut table, telling, head, dates);
    }
    sheet.table(&table);
    sheet.finish()
}

fn tell(table: &mut Table, telling: &Telling, head: &Heading<'_>, dates: Dates) {
    let cited = &telling.citation;
    let says = sentence(telling, head, dates);
    let says = Text::styled(if telling.counts { style::PLAIN } else { style::STRUCK }, &says);
    table.row(vec![Text::styled(style::STRONG, &cited.event.to_string()), says]);
    let mut row = |text: Text| table.row(vec![Text::none(), text]);
    let mut line = |style: anstyle::Style, words: &str| row(Text::styled(style, words));
    if !telling.counts {
        let struck = cited::struck(&telling.strikers);
        line(style::NO, &format!("✗ {}", if struck.is_empty() { "does not count under these clocks" } else { &struck }));
    }
    if !telling.replaces.is_empty() {
        let replaced: Vec<String> = telling.replaces.iter().map(ToString::to_string).collect();
        line(style::PLAIN, &format!("in place of {}", cited::listed(&replaced)));
    }
    if let Some(quote) = &cited.quote {
        line(style::PLAIN, &cited::quoted(quote));
    }
    if let Some(words) = said_by(cited) {
        line(style::PLAIN, &words);
    }
    if let Some(note) = &telling.says.note {
        line(style::PLAIN, &format!("note: {note}"));
    }
    row(Text::styled(style::FAINT, &source(telling, dates)).join("  ", head.embargo_of(cited, dates)));
    if let Some(url) = &cited.url {
        row(Text::styled(style::FAINT, url));
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
