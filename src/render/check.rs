//! What looks odd, the worst first: each with the reports that it rests on and the line that settles it.

use std::collections::BTreeMap;

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::style;
use super::text::{GLUE, Text, counted};
use crate::query::{Checked, Citation, Finding, Severity};

/// How many findings of one kind are shown where not all are asked for.
const SHOWN: usize = 5;
/// How long the words of a report are at most that stay in one line; longer ones are parted at a comma.
const GLUED: usize = 40;
/// How many days old reports are at most whose age is told in days.
const YEAR_DAYS: i64 = 365;

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

/// "3 warnings"; where not all may be shown, how many of each kind.
fn title(group: &[Checked]) -> Text {
    let (word, style) = match group.first().map(|one| one.finding.severity) {
        Some(Severity::Error) => ("error", style::ALARM),
        Some(Severity::Warning) => ("warning", style::STRONG),
        Some(Severity::Note) | None => ("note", style::STRONG),
    };
    let count = Text::styled(style, &counted(group.len(), word, &format!("{word}s")));
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for one in group {
        *kinds.entry(one.finding.finding).or_default() += 1;
    }
    if kinds.values().all(|count| *count <= SHOWN) {
        return count;
    }
    let kinds: Vec<String> = kinds.iter().map(|(kind, count)| format!("{} {count}", in_words(kind))).collect();
    count.and(style::PLAIN, &format!(": {}", kinds.join(", ")))
}

/// A kind of finding as people read it.
fn in_words(kind: &str) -> String {
    kind.replace('_', " ")
}

fn table(group: &[Checked], all: bool, head: &Heading<'_>, dates: Dates) -> Table {
    let mut table = Table::new(&[Column::UpTo(23), Column::Rest]);
    let mut sorted: Vec<&Checked> = group.iter().collect();
    // The newest of each kind first: those can still be settled with a call.
    sorted.sort_by_key(|one| (one.finding.finding, std::cmp::Reverse(one.finding.evidence.iter().max())));
    for kind in sorted.chunk_by(|a, b| a.finding.finding == b.finding.finding) {
        let shown = if all { kind.len() } else { SHOWN };
        for one in kind.iter().take(shown) {
            table.row(vec![Text::styled(style::STRONG, &in_words(one.finding.finding)), Text::plain(&one.finding.says)]);
            let reports = one.cited.chunk_by(|a, b| words_of(a, dates) == words_of(b, dates));
            let reports: Vec<String> = reports.map(|of_entry| report_words(of_entry, dates)).collect();
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

/// "2.8 Alejandro Baños, 12 days ago", "31.1, 31.2 Office of the Historian, record 4238, 5 May 2016": reports of one entry in one.
fn report_words(reports: &[Citation], dates: Dates) -> String {
    let events: Vec<String> = reports.iter().map(|report| report.event.to_string()).collect();
    let (_, words) = reports.first().map(|report| words_of(report, dates)).unwrap_or_default();
    let words = format!("{} {words}", events.join(", "));
    if words.chars().count() <= GLUED {
        return words.replace(' ', &GLUE.to_string());
    }
    let parts: Vec<String> = words.split(", ").map(|part| part.replace(' ', &GLUE.to_string())).collect();
    parts.join(", ")
}

/// The entry of a report, and its source as the desk finds it again.
fn words_of(report: &Citation, dates: Dates) -> (u64, String) {
    let who = cited::attribution(report).map(|who| format!(" ({who})")).unwrap_or_default();
    let record = report.record.as_ref().map(|record| format!(", record {record}")).unwrap_or_default();
    // Of last year nobody counts the days.
    let is_old = (dates.on - report.published).num_days() > YEAR_DAYS;
    let age = if is_old { dates.brief(report.published) } else { dates.age(report.published) };
    (report.event.seq, format!("{}{who}{record}, {age}", report.source()))
}
