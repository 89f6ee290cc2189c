//! How much officials travel: a table of everybody, or a page for each who was named.

use std::collections::BTreeMap;

use super::columns::{Column, Table};
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::place::name_line;
use super::style;
use super::text::{GLUE, Text};
use crate::event::Position;
use crate::names::thousands;
use crate::query::{Kilometres, Met, OfficialStats, Stats, Tally, Visited};

/// The most lines of a list, unless all are asked for.
const SHOWN: usize = 10;
/// The most officials of the table, unless all are asked for.
const ROWS: usize = 20;

/// Everybody who was away, the longest first, and the sum.
#[must_use]
pub fn stats_table(stats: &Stats, all: bool, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    if stats.people.is_empty() {
        sheet.paragraph(0, &Text::plain("nobody is reported away"));
        return sheet.finish();
    }
    let shown = if all { stats.people.len() } else { ROWS };
    let mut rows: Vec<(Text, [String; 5])> = Vec::new();
    for one in stats.people.iter().take(shown) {
        let party = one.party.as_ref().map(|party| format!(" ({})", head.names.side(party))).unwrap_or_default();
        let name = Text::styled(style::STRONG, &one.name).and(style::PLAIN, &party);
        rows.push((name, numbers(one.trips, one.days_away, count(one.countries.len()), one.kilometres)));
    }
    if stats.people.len() > shown {
        let rest = format!("and {} more: --all", stats.people.len() - shown);
        rows.push((Text::styled(style::FAINT, &rest), Default::default()));
    }
    let totals = stats.totals;
    let sum = numbers(totals.trips, totals.days_away, totals.countries, totals.kilometres);
    rows.push((Text::styled(style::FAINT, "all"), sum));
    sheet.table(&numbered(&rows));
    sheet.blank();
    if totals.days_away.unverified > 0 {
        let many = thousands(totals.days_away.unverified);
        let says = format!("unverified: {many} of the days away (planned, and nobody reported that it was so)");
        sheet.paragraph(0, &Text::styled(style::FAINT, &says));
    }
    if totals.kilometres.estimated > 0 {
        sheet.paragraph(0, &Text::styled(style::FAINT, "~ wholly or partly estimated, between the stops of a trip"));
    }
    let evidence: Vec<Position> = stats.people.iter().flat_map(|one| &one.evidence).copied().collect();
    embargo(&mut sheet, 0, &evidence, head, page);
    sheet.finish()
}

/// The columns of the table: trips, days away that are past or observed and those to come, countries, kilometres.
fn numbers(trips: Tally, days: Tally, countries: u64, kilometres: Kilometres) -> [String; 5] {
    let mark = if kilometres.estimated > 0 { "~" } else { "" };
    let distance = format!("{mark}{}", thousands(kilometres.total()));
    let [past, coming] =
        [days.observed + days.unverified, days.coming].map(|days| if days == 0 { String::new() } else { thousands(days) });
    [thousands(trips.total()), past, coming, thousands(countries), distance]
}

/// A table of names and numbers, these at the right of their columns; a column without a number is left out.
fn numbered(rows: &[(Text, [String; 5])]) -> Table {
    let titles = ["trips", "days away", "to come", "countries", "km"];
    let used: Vec<usize> = (0..titles.len()).filter(|at| rows.iter().any(|(_, numbers)| !numbers[*at].is_empty())).collect();
    let wide = |at: usize| rows.iter().map(|(_, numbers)| numbers[at].chars().count()).chain([titles[at].len()]).max();
    let columns = used.iter().map(|at| Column::UpTo(wide(*at).unwrap_or(0)));
    let mut table = Table::new(&std::iter::once(Column::Rest).chain(columns).collect::<Vec<_>>());
    let right = |at: usize, text: &str| {
        let missing = wide(at).unwrap_or(0).saturating_sub(text.chars().count());
        Text::plain(&GLUE.to_string().repeat(missing)).and(style::PLAIN, &text.replace(' ', &GLUE.to_string()))
    };
    let heads = used.iter().map(|at| right(*at, titles[*at]).dimmed());
    table.row(std::iter::once(Text::styled(style::FAINT, "official")).chain(heads).collect());
    for (name, numbers) in rows {
        let cells = used.iter().map(|at| if numbers[*at].is_empty() { Text::none() } else { right(*at, &numbers[*at]) });
        table.row(std::iter::once(name.clone()).chain(cells).collect());
    }
    table
}

/// The entries under embargo that counts rest on.
fn embargo(sheet: &mut Sheet<'_>, indent: usize, evidence: &[Position], head: &Heading<'_>, page: &Page) {
    let mark = head.embargo(evidence, None, head.dates(page));
    if !mark.is_empty() {
        sheet.paragraph(indent, &mark);
    }
}

fn count(number: usize) -> u64 {
    u64::try_from(number).unwrap_or(u64::MAX)
}

/// A page for each of some officials.
#[must_use]
pub fn stats_text(stats: &Stats, all: bool, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    for one in &stats.people {
        sheet.blank();
        block(&mut sheet, one, all, head);
        embargo(&mut sheet, 2, &one.evidence, head, page);
    }
    sheet.finish()
}

fn block(sheet: &mut Sheet<'_>, one: &OfficialStats, all: bool, head: &Heading<'_>) {
    sheet.paragraph(0, &name_line(&one.name, one.title.as_deref(), one.party.as_ref(), head));
    let mut table = Table::new(&[Column::UpTo(14), Column::Rest]);
    let mut line = |label: &str, words: Text| {
        if !words.is_empty() {
            table.row(vec![Text::styled(style::FAINT, label), words]);
        }
    };
    let away = if one.home.is_some() { "days away" } else { "days on record" };
    line("trips", tally(one.trips));
    line(away, tally(one.days_away));
    line("countries", Text::plain(&one.countries.len().to_string()));
    line("kilometres", Text::plain(&distance(one.kilometres)));
    line("most days in", list(&one.countries, all, visited));
    line("and at", list(&one.places, all, visited));
    line("meetings", Text::plain(&counts(&one.meetings_by_status)));
    line("of level", Text::plain(&counts(&one.meetings_by_level)));
    line("met most", list(&one.met, all, |met| met_words(met, head)));
    sheet.table(&table);
    if one.home.is_none() {
        let says = "no base is known, so every place counts as away";
        sheet.paragraph(2, &Text::styled(style::FAINT, says));
    }
}

/// "12: 9 observed, 1 unverified, 2 to come"
fn tally(tally: Tally) -> Text {
    let parts = [(tally.observed, "observed"), (tally.unverified, "unverified"), (tally.coming, "to come")];
    let parts: Vec<String> =
        parts.into_iter().filter(|(many, _)| *many > 0).map(|(many, word)| format!("{many} {word}")).collect();
    match parts.as_slice() {
        [] => Text::plain("0"),
        [one] => Text::plain(one),
        several => Text::plain(&format!("{}: {}", tally.total(), several.join(", "))),
    }
}

/// "4,846, all of it estimated"
fn distance(kilometres: Kilometres) -> String {
    let total = thousands(kilometres.total());
    match (kilometres.reported, kilometres.estimated) {
        (_, 0) => total,
        (0, _) => format!("{total}, all estimated"),
        (_, estimated) => format!("{total}, {} of them estimated", thousands(estimated)),
    }
}

fn list<T>(items: &[T], all: bool, words: impl Fn(&T) -> String) -> Text {
    let shown = if all { items.len() } else { SHOWN };
    let mut parts: Vec<String> = items.iter().take(shown).map(words).collect();
    if items.len() > shown {
        parts.push(format!("and {} more (--all)", items.len() - shown));
    }
    Text::plain(&parts.join(", "))
}

fn visited(one: &Visited) -> String {
    format!("{} {}", one.name, one.days.total())
}

/// "Sergei Lavrov (RU) 2 times"
fn met_words(met: &Met, head: &Heading<'_>) -> String {
    let party = met.who.party.as_ref().map(|party| format!(" ({})", head.names.side(party))).unwrap_or_default();
    let times = if met.encounters == 1 { "once".to_owned() } else { format!("{} times", met.encounters) };
    format!("{}{party} {times}", met.who.name)
}

/// "2 held, 1 proposed"
fn counts(counts: &BTreeMap<&'static str, u64>) -> String {
    counts.iter().map(|(word, many)| format!("{many} {}", word.replace('_', " "))).collect::<Vec<_>>().join(", ")
}
