//! When officials are together: a line for each encounter; those who are at one place for the same days share it.

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::Page;
use super::place::source_width;
use super::style;
use super::text::Text;
use crate::event::Position;
use crate::query::{Encounter, Encounters, MeetingAnswer, Somebody, Status, Stretch, Together};

/// The encounters, by time.
#[must_use]
pub fn encounters_text(answer: &Encounters, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let names: Vec<String> = answer.officials.iter().map(|one| named(one, head)).collect();
    let together = if names.len() > 1 { " together" } else { "" };
    sheet.paragraph(0, &Text::styled(style::STRONG, &cited::listed(&names)).and(style::PLAIN, together));
    if answer.encounters.is_empty() {
        sheet.paragraph(2, &Text::plain("no encounter is reported"));
        return sheet.finish();
    }
    let mut table = Table::new(&[
        Column::UpTo(16),
        Column::UpTo((page.columns() / 5).clamp(14, 30)),
        Column::UpTo((page.columns() / 8).clamp(9, 20)),
        Column::UpTo(10),
        Column::Rest,
        Column::UpTo(9),
        Column::UpTo(source_width(page)),
    ]);
    for group in grouped(&answer.encounters) {
        let Some(first) = group.first() else { continue };
        let others: Vec<String> =
            group.iter().flat_map(|one| one.people.iter().skip(answer.officials.len())).map(|one| named(one, head)).collect();
        let evidence: Vec<Position> = group.iter().flat_map(|one| all_evidence(one)).copied().collect();
        table.row(cells(first, &others, &evidence, head, page));
    }
    sheet.table(&table);
    sheet.finish()
}

/// Encounters that differ only in whom they are with.
fn grouped(encounters: &[Encounter]) -> Vec<Vec<&Encounter>> {
    let mut groups: Vec<Vec<&Encounter>> = Vec::new();
    for one in encounters {
        let alike = |other: &&Encounter| {
            (&other.place, other.together, &other.stretches, &other.meetings)
                == (&one.place, one.together, &one.stretches, &one.meetings)
        };
        match groups.iter_mut().find(|group| group.first().is_some_and(alike)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// What an encounter rests on, and what is said of its meetings.
fn all_evidence(one: &Encounter) -> impl Iterator<Item = &Position> {
    one.evidence.iter().chain(one.meetings_there.iter().flat_map(|meeting| &meeting.evidence))
}

fn named(one: &Somebody, head: &Heading<'_>) -> String {
    one.party.as_ref().map_or_else(|| one.name.clone(), |party| format!("{} ({})", one.name, head.names.side(party)))
}

fn cells(one: &Encounter, others: &[String], evidence: &[Position], head: &Heading<'_>, page: &Page) -> Vec<Text> {
    let dates = head.dates(page);
    let place = match (&one.name, one.together) {
        (Some(name), _) => Text::plain(name),
        (None, Together::Call) => Text::styled(style::FAINT, "call"),
        (None, Together::Meeting | Together::Place) => Text::styled(style::FAINT, "place not known"),
    };
    let main = one.deciding.as_ref();
    let (reference, source) =
        main.map_or_else(Default::default, |cited| (cited::reference(cited), cited::source(cited, dates).dimmed()));
    vec![
        Text::plain(&dates.short_range(one.from, one.to)),
        Text::styled(style::STRONG, &others.join(", ")),
        place,
        style::standing(one.standing),
        Text::plain(&words(one, dates)).join("  ", head.embargo(evidence, main.map(|cited| cited.event), dates)),
        reference,
        source,
    ]
}

/// What brings them together, on which days how firmly, and whether among many.
fn words(one: &Encounter, dates: Dates) -> String {
    let meetings: Vec<String> = one.meetings_there.iter().map(|meeting| meeting_words(meeting, dates)).collect();
    let mut parts = if meetings.is_empty() { vec!["at the same place".to_owned()] } else { meetings };
    if let [_, .., _] = one.stretches.as_slice() {
        parts.push(stretches(&one.stretches, dates));
    }
    parts.extend(one.gathering.map(|many| format!("gathering of {many}")));
    parts.join("; ")
}

/// "US–Russia talks, held"
fn meeting_words(meeting: &MeetingAnswer, dates: Dates) -> String {
    let some_day = meeting.when.filter(|when| when.is_some_day());
    let some_day = some_day.map(|when| format!(", {}", dates.short_when(when, None))).unwrap_or_default();
    let words = match meeting.status {
        Status::Confirmed => meeting.title.clone(),
        Status::Held
        | Status::Scheduled
        | Status::Proposed
        | Status::AtRisk
        | Status::Lapsed
        | Status::Postponed
        | Status::Cancelled => format!("{}, {}", meeting.title, style::status_words(meeting.status)),
    };
    words + &some_day
}

/// "planned the 17th, then confirmed the 18th, then presumed until the 21st"
fn stretches(stretches: &[Stretch], dates: Dates) -> String {
    let words = |stretch: &Stretch| {
        let until = if stretch.from == stretch.to { "" } else { "until " };
        format!("{} {until}{}", stretch.standing.name(), dates.near(stretch.to))
    };
    stretches.iter().map(words).collect::<Vec<_>>().join(", then ")
}
