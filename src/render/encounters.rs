//! When officials are together: a line for each encounter; those who are at one place for the same days share it, and so do places on
//! days that follow each other. Of very many a line tells of a year, or of all times together.

use std::collections::BTreeMap;

use chrono::{Datelike as _, NaiveDate};

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::Page;
use super::place::source_width;
use super::style;
use super::text::{Text, counted};
use crate::event::Position;
use crate::query::{Encounter, Encounters, MeetingAnswer, Somebody, Standing, Status, Stretch, Together};

/// From how many lines on they are told by year, or all together.
const MANY: usize = 60;
/// How many places a line of many encounters names.
const PLACES: usize = 5;

/// The encounters, by time; each of them if `all`.
#[must_use]
pub fn encounters_text(answer: &Encounters, all: bool, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let names: Vec<String> = answer.officials.iter().map(|one| named(one, head)).collect();
    let title = if names.is_empty() { "everybody".to_owned() } else { cited::listed(&names) };
    let together = if names.len() > 1 { " together" } else { "" };
    sheet.paragraph(0, &Text::styled(style::STRONG, &title).and(style::PLAIN, together));
    if answer.encounters.is_empty() {
        sheet.paragraph(2, &Text::plain("no encounter is reported"));
        return sheet.finish();
    }
    let lines = Lines { answer, head, page, dates: head.dates(page) };
    let rows = lines.rows();
    if all || rows.len() <= MANY {
        sheet.table(&lines.each(&rows));
        return sheet.finish();
    }
    let years = lines.folded(|day| Some(day.year()));
    let folded = if years.len() <= MANY { years } else { lines.folded(|_| None) };
    sheet.table(&lines.many(&folded));
    sheet.blank();
    let says = format!("{}: --all shows each", counted(answer.encounters.len() as u64, "encounter", "encounters"));
    sheet.paragraph(0, &Text::styled(style::FAINT, &says));
    sheet.finish()
}

/// What the lines are made of.
struct Lines<'a> {
    answer: &'a Encounters,
    head: &'a Heading<'a>,
    page: &'a Page,
    dates: Dates,
}

/// A line of one encounter: the same people, on the same days at one place, or on days that follow each other at several.
struct Row<'a> {
    first: &'a Encounter,
    others: Vec<&'a Somebody>,
    /// The places, in order.
    places: Vec<&'a str>,
    to: NaiveDate,
    encounters: Vec<&'a Encounter>,
}

/// Many encounters with the same people.
struct Folded<'a> {
    others: Vec<&'a Somebody>,
    year: Option<i32>,
    encounters: Vec<&'a Encounter>,
}

impl<'a> Lines<'a> {
    /// Those whom the answer does not name already.
    fn others(&self, one: &'a Encounter) -> Vec<&'a Somebody> {
        one.people.iter().skip(self.answer.officials.len()).collect()
    }

    /// The encounters of one line each, by time.
    fn rows(&self) -> Vec<Row<'a>> {
        let mut rows: Vec<Row<'a>> = Vec::new();
        for group in alike(&self.answer.encounters, self.answer.officials.is_empty()) {
            let Some(first) = group.first().copied() else { continue };
            let mut others: Vec<&Somebody> = Vec::new();
            for one in group.iter().flat_map(|one| self.others(one)) {
                if !others.contains(&one) {
                    others.push(one);
                }
            }
            let follows = |row: &&mut Row<'_>| row.others == others && follows(row, first);
            if let Some(row) = rows.iter_mut().rev().find(follows) {
                row.to = row.to.max(first.to);
                row.places.extend(first.name.as_deref().filter(|name| !row.places.contains(name)));
                row.encounters.extend(group);
            } else {
                rows.push(Row {
                    first,
                    others,
                    places: first.name.as_deref().into_iter().collect(),
                    to: first.to,
                    encounters: group,
                });
            }
        }
        rows
    }

    fn each(&self, rows: &[Row<'_>]) -> Table {
        let columns = self.page.columns();
        let mut table = Table::new(&[
            Column::UpTo(16),
            Column::UpTo((columns / 5).clamp(14, 30)),
            Column::UpTo((columns / 6).clamp(9, 30)),
            Column::UpTo(10),
            Column::Rest,
            Column::UpTo(9),
            Column::UpTo(source_width(self.page)),
        ]);
        for row in rows {
            table.row(self.cells(row));
        }
        table
    }

    fn cells(&self, row: &Row<'_>) -> Vec<Text> {
        let one = row.first;
        let place = match (row.places.as_slice(), one.together) {
            ([], Together::Call) => Text::styled(style::FAINT, "call"),
            ([], Together::Meeting | Together::Place) => Text::styled(style::FAINT, "place not known"),
            (places, _) => Text::plain(&places.join(", ")),
        };
        let main = one.deciding.as_ref();
        let (reference, source) =
            main.map_or_else(Default::default, |cited| (cited::reference(cited), cited::source(cited, self.dates).dimmed()));
        let evidence: Vec<Position> = row.encounters.iter().flat_map(|one| all_evidence(one)).copied().collect();
        let mark = self.head.embargo(&evidence, main.map(|cited| cited.event), self.dates);
        vec![
            Text::plain(&self.dates.short_range(one.from, row.to)),
            Text::styled(style::STRONG, &self.names(&row.others)),
            place,
            style::standing(one.standing),
            Text::plain(&words(one, self.dates)).join("  ", mark),
            reference,
            source,
        ]
    }

    fn names(&self, people: &[&Somebody]) -> String {
        let names: Vec<String> = people.iter().map(|one| named(one, self.head)).collect();
        // Each two of everybody are no list.
        names.join(if self.answer.officials.is_empty() { " and " } else { ", " })
    }

    /// The encounters by whom they are with, and by what is made of their first day; in the order of the first of each.
    fn folded(&self, year: impl Fn(NaiveDate) -> Option<i32>) -> Vec<Folded<'a>> {
        let mut folded: Vec<Folded<'a>> = Vec::new();
        let mut known: BTreeMap<(Vec<&Somebody>, Option<i32>), usize> = BTreeMap::new();
        for one in &self.answer.encounters {
            let (others, year) = (self.others(one), year(one.from));
            let at = *known.entry((others.clone(), year)).or_insert_with(|| {
                folded.push(Folded { others, year, encounters: Vec::new() });
                folded.len() - 1
            });
            folded.get_mut(at).into_iter().for_each(|row| row.encounters.push(one));
        }
        folded
    }

    fn many(&self, rows: &[Folded<'_>]) -> Table {
        let mut table = Table::new(&[Column::UpTo(11), Column::UpTo((self.page.columns() / 3).clamp(14, 60)), Column::Rest]);
        for row in rows {
            let evidence: Vec<Position> = row.encounters.iter().flat_map(|one| all_evidence(one)).copied().collect();
            let mark = self.head.embargo(&evidence, None, self.dates);
            let cells = vec![
                Text::plain(&when(row)),
                Text::styled(style::STRONG, &self.names(&row.others)),
                Text::plain(&many_words(&row.encounters)).join("  ", mark),
            ];
            table.row(cells);
        }
        table
    }
}

/// "1997", "1993–2000"
fn when(row: &Folded<'_>) -> String {
    let first = row.encounters.iter().map(|one| one.from.year()).min().unwrap_or_default();
    let last = row.encounters.iter().map(|one| one.to.year()).max().unwrap_or_default();
    match row.year {
        Some(year) => year.to_string(),
        None if first == last => first.to_string(),
        None => format!("{first}–{last}"),
    }
}

/// "12 times on 25 days (3 not observed): Paris, Madrid, London and 9 more"
fn many_words(encounters: &[&Encounter]) -> String {
    let mut places: Vec<(&str, usize)> = Vec::new();
    for name in encounters.iter().filter_map(|one| one.name.as_deref()) {
        match places.iter_mut().find(|(known, _)| *known == name) {
            Some((_, many)) => *many += 1,
            None => places.push((name, 1)),
        }
    }
    // Those where they were most often first; the sort keeps the order of time among the others.
    places.sort_by_key(|(_, many)| std::cmp::Reverse(*many));
    let mut named: Vec<String> = places.iter().take(PLACES).map(|(name, _)| (*name).to_owned()).collect();
    if places.len() > PLACES {
        named.push(format!("{} more places", places.len() - PLACES));
    }
    let times = counted(encounters.len() as u64, "time", "times");
    let open = encounters.iter().filter(|one| one.standing != Standing::Observed).count();
    let open = if open > 0 { format!(" ({open} not observed)") } else { String::new() };
    let places = if named.is_empty() { String::new() } else { format!(": {}", cited::listed(&named)) };
    format!("{times} on {}{open}{places}", counted(days(encounters), "day", "days"))
}

/// On how many distinct days.
fn days(encounters: &[&Encounter]) -> u64 {
    let mut runs: Vec<(NaiveDate, NaiveDate)> = encounters.iter().map(|one| (one.from, one.to)).collect();
    runs.sort_unstable();
    let mut reached: Option<NaiveDate> = None;
    let mut many = 0;
    for (from, to) in runs {
        let from = reached.and_then(|last| last.succ_opt()).map_or(from, |next| next.max(from));
        many += u64::try_from((to - from).num_days() + 1).unwrap_or(0);
        reached = reached.max(Some(to));
    }
    many
}

/// Encounters that differ only in whom they are with; of each two of everybody none are, for nobody is in all of them.
fn alike(encounters: &[Encounter], each_two: bool) -> Vec<Vec<&Encounter>> {
    let mut groups: Vec<Vec<&Encounter>> = Vec::new();
    for one in encounters {
        let alike = |other: &&Encounter| {
            (&other.place, other.together, &other.stretches, &other.meetings)
                == (&one.place, one.together, &one.stretches, &one.meetings)
        };
        // They are in the order of their days: those that are alike are among the last.
        let mut recent = groups.iter_mut().rev().take_while(|group| group.first().is_some_and(|first| first.from == one.from));
        match recent.find(|group| !each_two && group.first().is_some_and(alike)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

/// Whether an encounter goes on where a line ends: elsewhere on the same days or the next, without a meeting to tell of.
fn follows(row: &Row<'_>, next: &Encounter) -> bool {
    let is_plain = |one: &Encounter| one.together == Together::Place && one.meetings.is_empty() && one.stretches.len() == 1;
    let days = row.to.succ_opt().is_some_and(|day| next.from <= day);
    days && is_plain(row.first) && is_plain(next) && row.first.standing == next.standing && row.first.gathering == next.gathering
}

/// What an encounter rests on, and what is said of its meetings.
fn all_evidence(one: &Encounter) -> impl Iterator<Item = &Position> {
    one.evidence.iter().chain(one.meetings_there.iter().flat_map(|meeting| &meeting.evidence))
}

fn named(one: &Somebody, head: &Heading<'_>) -> String {
    one.party.as_ref().map_or_else(|| one.name.clone(), |party| format!("{} ({})", one.name, head.names.side(party)))
}

/// What brings them together, on which days how firmly, and whether among many.
fn words(one: &Encounter, dates: Dates) -> String {
    let meetings: Vec<String> = one.meetings_there.iter().map(|meeting| meeting_words(meeting, dates)).collect();
    let mut parts = if meetings.is_empty() { vec![place_words(one)] } else { meetings };
    if let [_, .., _] = one.stretches.as_slice() {
        parts.push(stretches(&one.stretches, dates));
    }
    parts.extend(one.gathering.map(|many| format!("gathering of {many}")));
    parts.join("; ")
}

/// What the report says, if it says more than that they are there: of two who travel together it names the other.
fn place_words(one: &Encounter) -> String {
    let said =
        one.deciding.as_ref().and_then(|cited| cited.purpose.clone().or_else(|| cited.quote.as_deref().map(cited::quoted)));
    said.unwrap_or_else(|| "at the same place".to_owned())
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
