//! Who is at a place: those who are there, and apart from them those whose attendance is uncertain.

use super::cited;
use super::columns::{Column, Table};
use super::heading::Heading;
use super::page::Page;
use super::place::{main_report, mark, meeting_words, presence_embargo, source_width};
use super::style;
use super::text::Text;
use crate::query::{Basis, Person, Standing, Who};

/// The people at a place on a day, the firmest first.
#[must_use]
pub fn who_text(who: &Who, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    sheet.paragraph(0, &Text::styled(style::STRONG, &who.name));
    if who.people.is_empty() {
        sheet.paragraph(2, &Text::plain("nobody is reported there"));
    } else {
        sheet.table(&people(&who.people, who, head, page));
    }
    if !who.uncertain.is_empty() {
        sheet.blank();
        sheet.paragraph(0, &Text::styled(style::OPEN, "attendance uncertain:"));
        sheet.table(&people(&who.uncertain, who, head, page));
    }
    sheet.finish()
}

fn people(people: &[Person], who: &Who, head: &Heading<'_>, page: &Page) -> Table {
    let mut table = Table::new(&[
        Column::UpTo(26),
        Column::UpTo(14),
        Column::UpTo(10),
        Column::UpTo(18),
        Column::Rest,
        Column::UpTo(9),
        Column::UpTo(source_width(page)),
    ]);
    let dates = head.dates(page);
    for person in people {
        let place = if person.place == who.place { Text::none() } else { Text::plain(&person.place_name) };
        let main = main_report(person.basis, &person.deciding);
        let (reference, source) =
            main.map_or_else(Default::default, |cited| (cited::reference(cited), cited::source(cited, dates).dimmed()));
        let party = person.party.as_ref().map_or_else(Text::none, |party| Text::plain(&head.names.side(party)));
        let name = Text::styled(style::STRONG, &person.name);
        let embargo = presence_embargo(&person.evidence, &person.meetings, main, head, dates);
        let why = Text::plain(&why(person, head, page)).join("  ", embargo);
        let cells = vec![name, party, style::standing(person.standing), place, why, reference, source];
        table.marked(mark(person.conflict), cells);
    }
    table
}

fn why(person: &Person, head: &Heading<'_>, page: &Page) -> String {
    let dates = head.dates(page);
    let main = main_report(person.basis, &person.deciding);
    match person.basis {
        Basis::Meeting => {
            let meeting = person.meetings.iter().find(|meeting| Some(&meeting.meeting) == person.meeting.as_ref());
            meeting.map_or_else(|| "at a meeting".to_owned(), |meeting| meeting_words(meeting, &person.official, head, dates))
        }
        Basis::Presence => main.map_or_else(|| "reported there".to_owned(), |cited| cited::words(cited, dates)),
        Basis::Travel => {
            let arrival = if person.standing == Standing::Observed { "arrived" } else { "to arrive" };
            let who = main.and_then(cited::attribution).map(|who| format!(" ({who})")).unwrap_or_default();
            let day = if person.from == dates.on { head.that_day().to_owned() } else { dates.near(person.from) };
            format!("{arrival} {day}{who}")
        }
        Basis::Carried => format!("carried from {}", dates.near(person.to)),
    }
}
