//! How much officials travel: a table of everybody, of years or of countries, or a page for each who was named.

use std::collections::BTreeMap;

use super::columns::{Column, Table};
use super::heading::Heading;
use super::numbers::{Numbers, Word};
use super::page::{Page, Sheet};
use super::place::name_line;
use super::style;
use super::text::Text;
use crate::event::Position;
use crate::names::thousands;
use crate::query::{Breakdown, By, Counted, Kilometres, Met, OfficialStats, Stats, Tally, Visited};

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
    let mut table = Numbers::new("official", &[TRIPS, DAYS, COMING, COUNTRIES, KILOMETRES]);
    for one in stats.people.iter().take(shown) {
        let party = one.party.as_ref().map(|party| format!(" ({})", head.names.side(party))).unwrap_or_default();
        let name = Text::styled(style::STRONG, &one.name).and(style::PLAIN, &party);
        table.row(name, numbers(one.trips, one.days_away, count(one.countries.len()), one.kilometres));
    }
    more(&mut table, stats.people.len().saturating_sub(shown));
    let totals = stats.totals;
    table.row(Text::styled(style::FAINT, "all"), numbers(totals.trips, totals.days_away, totals.countries, totals.kilometres));
    table.write(&mut sheet, page);
    sheet.blank();
    unverified(&mut sheet, totals.days_away);
    estimated(&mut sheet, totals.kilometres);
    let evidence: Vec<Position> = stats.people.iter().flat_map(|one| &one.evidence).copied().collect();
    embargo(&mut sheet, 0, &evidence, head, page);
    sheet.finish()
}

/// The counts by year or by country, and the sum.
#[must_use]
pub fn stats_by_table(breakdown: &Breakdown, all: bool, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    if breakdown.rows.is_empty() {
        sheet.paragraph(0, &Text::plain("nobody is reported away"));
        return sheet.finish();
    }
    let dates = head.dates(page);
    // Years are few, and in order: none is left out.
    let shown = if all || breakdown.by == By::Year { breakdown.rows.len() } else { ROWS };
    let mut table = match breakdown.by {
        By::Year => Numbers::new("year", &[OFFICIALS, TRIPS, DAYS, COMING, COUNTRIES, KILOMETRES]),
        By::Country => Numbers::new("country", &[OFFICIALS, TRIPS, DAYS, COMING, LAST]),
    };
    for one in breakdown.rows.iter().take(shown) {
        let mut cells = numbers(one.trips, one.days_away, one.countries, one.kilometres.unwrap_or_default());
        if breakdown.by == By::Country {
            cells.truncate(3);
            cells.push(dates.range(one.last, one.last));
        }
        cells.insert(0, thousands(one.officials));
        table.row(Text::styled(style::STRONG, &one.name), cells);
    }
    more(&mut table, breakdown.rows.len().saturating_sub(shown));
    if breakdown.by == By::Year {
        table.row(Text::styled(style::FAINT, "all"), sum(&breakdown.rows));
    }
    table.write(&mut sheet, page);
    sheet.blank();
    let days = breakdown.rows.iter().fold(Tally::default(), |sum, one| Tally {
        observed: sum.observed + one.days_away.observed,
        unverified: sum.unverified + one.days_away.unverified,
        coming: sum.coming + one.days_away.coming,
    });
    unverified(&mut sheet, days);
    if let Some(one) = breakdown.rows.iter().filter_map(|one| one.kilometres).find(|km| km.estimated + km.assumed > 0) {
        estimated(&mut sheet, one);
    }
    embargo(&mut sheet, 0, &breakdown.evidence, head, page);
    sheet.finish()
}

/// The sums of years; of officials and countries there are none, for they come again.
fn sum(years: &[Counted]) -> Vec<String> {
    let (mut trips, mut days, mut coming, mut km, mut estimated) = (0, 0, 0, 0, 0);
    for year in years {
        trips += year.trips.total();
        days += year.days_away.observed + year.days_away.unverified;
        coming += year.days_away.coming;
        let kilometres = year.kilometres.unwrap_or_default();
        km += kilometres.total();
        estimated += kilometres.total() - kilometres.reported;
    }
    let coming = if coming == 0 { String::new() } else { thousands(coming) };
    let mark = if estimated > 0 { "~" } else { "" };
    vec![String::new(), thousands(trips), thousands(days), coming, String::new(), format!("{mark}{}", thousands(km))]
}

const OFFICIALS: Word = Word::behind("official", "officials");
const TRIPS: Word = Word::behind("trip", "trips");
const DAYS: Word = Word::behind("day away", "days away");
const COMING: Word = Word::behind("to come", "to come");
const COUNTRIES: Word = Word::behind("country", "countries");
const KILOMETRES: Word = Word::behind("km", "km");
const LAST: Word = Word::before("last");

/// How many lines were left out.
fn more(table: &mut Numbers, rest: usize) {
    if rest > 0 {
        table.row(Text::styled(style::FAINT, &format!("and {rest} more: --all")), Vec::new());
    }
}

fn unverified(sheet: &mut Sheet<'_>, days: Tally) {
    if days.unverified > 0 {
        let many = thousands(days.unverified);
        let says = format!("unverified: {many} of the days away (planned, and nobody reported that it was so)");
        sheet.paragraph(0, &Text::styled(style::FAINT, &says));
    }
}

fn estimated(sheet: &mut Sheet<'_>, kilometres: Kilometres) {
    if kilometres.estimated + kilometres.assumed > 0 {
        let says = "~ great circles between the stops of a trip, and the way from the base and back, assumed";
        sheet.paragraph(0, &Text::styled(style::FAINT, says));
    }
}

/// The columns of the table: trips, days away that are past or observed and those to come, countries, kilometres.
fn numbers(trips: Tally, days: Tally, countries: u64, kilometres: Kilometres) -> Vec<String> {
    let mark = if kilometres.estimated + kilometres.assumed > 0 { "~" } else { "" };
    let distance = format!("{mark}{}", thousands(kilometres.total()));
    let [past, coming] =
        [days.observed + days.unverified, days.coming].map(|days| if days == 0 { String::new() } else { thousands(days) });
    vec![thousands(trips.total()), past, coming, thousands(countries), distance]
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

/// "4,846: 2,151 estimated between stops, 2,695 assumed from the base and back"
fn distance(kilometres: Kilometres) -> String {
    let total = thousands(kilometres.total());
    let parts = [
        (kilometres.reported, "reported"),
        (kilometres.estimated, "estimated between stops"),
        (kilometres.assumed, "assumed from the base and back"),
    ];
    let parts: Vec<(u64, &str)> = parts.into_iter().filter(|(km, _)| *km > 0).collect();
    match parts.as_slice() {
        [] | [(_, "reported")] => total,
        [(_, only)] => format!("{total}, {only}"),
        several => {
            let several = several.iter().map(|(km, words)| format!("{} {words}", thousands(*km)));
            format!("{total}: {}", several.collect::<Vec<_>>().join(", "))
        }
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
