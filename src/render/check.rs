//! What looks odd, the worst first: each with the reports that it rests on and the line that settles it.

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::style;
use super::text::{GLUE, Text, counted};
use crate::query::{Checked, Finding, Severity};

/// How many findings of one kind are shown where not all are asked for.
const SHOWN: usize = 5;

/// The findings by severity, each severity with its count; of every kind the newest few, unless all are wanted.
#[must_use]
pub fn check_text(checked: &[Checked], all: bool, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    if checked.is_empty() {
        let says = "nothing to check: no report contradicts another, and no plan or meeting waits for word of its outcome";
        sheet.paragraph(0, &Text::plain(says));
    }
    for group in checked.chunk_by(|a, b| a.finding.severity == b.finding.severity) {
        sheet.blank();
        sheet.paragraph(0, &title(group));
        sheet.table(&table(group, all, head, head.dates(page)));
    }
    sheet.finish()
}

/// The finding of a log that cannot be read: nothing else can be said of it.
#[must_use]
pub fn damage_text(finding: &Finding, page: &Page) -> String {
    let mut sheet = Sheet::new(page);
    let line = Text::styled(style::ALARM, "! ").and(style::PLAIN, &format!("{}: {}", finding.about, finding.says));
    sheet.paragraph(0, &line);
    sheet.paragraph(2, &Text::styled(style::FAINT, &finding.hint));
    sheet.paragraph(0, &Text::plain("nothing else could be checked"));
    sheet.finish()
}

/// "3 warnings"
fn title(group: &[Checked]) -> Text {
    let (word, style) = match group.first().map(|one| one.finding.severity) {
        Some(Severity::Error) => ("error", style::ALARM),
        Some(Severity::Warning) => ("warning", style::STRONG),
        Some(Severity::Note) | None => ("note", style::STRONG),
    };
    Text::styled(style, &counted(group.len(), word, &format!("{word}s")))
}

fn table(group: &[Checked], all: bool, head: &Heading<'_>, dates: Dates) -> Table {
    let mut table = Table::new(&[Column::UpTo(23), Column::Rest]);
    let mut sorted: Vec<&Checked> = group.iter().collect();
    // The newest of each kind first: those can still be settled with a call.
    sorted.sort_by_key(|one| (one.finding.finding, std::cmp::Reverse(one.finding.evidence.iter().max())));
    for kind in sorted.chunk_by(|a, b| a.finding.finding == b.finding.finding) {
        let shown = if all { kind.len() } else { SHOWN };
        for one in kind.iter().take(shown) {
            let name = one.finding.finding.replace('_', " ");
            table.row(vec![Text::styled(style::STRONG, &name), Text::plain(&one.finding.says)]);
            let reports: Vec<String> = one.cited.iter().map(|report| report_words(report, dates)).collect();
            let reports = Text::styled(style::FAINT, &reports.join("; "));
            table.row(vec![Text::none(), reports.join("  ", head.embargo(&one.finding.evidence, None, dates))]);
            table.row(vec![Text::none(), Text::styled(style::FAINT, &one.finding.hint)]);
        }
        if kind.len() > shown {
            let more = format!("and {} more: name officials or meetings, or add --all", kind.len() - shown);
            table.row(vec![Text::none(), Text::plain(&more)]);
        }
    }
    table
}

/// "2.8 Alejandro Baños, 12 days ago"
fn report_words(report: &crate::query::Citation, dates: Dates) -> String {
    let who = cited::attribution(report).map(|who| format!(" ({who})")).unwrap_or_default();
    let words = format!("{} {}{who}, {}", report.event, report.source(), dates.age(report.published));
    words.replace(' ', &GLUE.to_string())
}
