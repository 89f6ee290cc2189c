//! Meetings as a list: each with its date, status, parties, slips and the age of its last report.

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::place::{meeting_embargo, place_words};
use super::style;
use super::text::{GLUE, Text};
use crate::event::PartyId;
use crate::query::{MeetingAnswer, Status, Summits};

/// The meetings by date, undated last.
#[must_use]
pub fn summits_text(summits: &Summits, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    list(&mut sheet, summits, head, page);
    sheet.finish()
}

pub(super) fn list(sheet: &mut Sheet<'_>, summits: &Summits, head: &Heading<'_>, page: &Page) {
    let dates = head.dates(page);
    if summits.meetings.is_empty() {
        sheet.paragraph(0, &Text::plain("no meetings"));
        return;
    }
    // What still lies ahead comes first; of what lapsed, only its outcome is missing.
    let (lapsed, open): (Vec<&MeetingAnswer>, Vec<&MeetingAnswer>) =
        summits.meetings.iter().partition(|meeting| meeting.status == Status::Lapsed);
    let mut table =
        Table::new(&[Column::UpTo(20), Column::UpTo(13), Column::Rest, Column::UpTo(9), Column::UpTo(page.columns() / 4)]);
    let mut marks = Marks::default();
    for meeting in open.into_iter().chain(lapsed) {
        let away = meeting.when.and_then(|when| dates.to_go(when, meeting.zone)).unwrap_or_default();
        table.row(vec![
            date(meeting, head, dates),
            Text::plain(&away),
            Text::styled(style::STRONG, &meeting.title),
            style::status(meeting.status),
            parties(meeting, head, &mut marks),
        ]);
        for detail in details(meeting, head, dates) {
            table.row(vec![Text::none(), Text::none(), detail]);
        }
    }
    sheet.table(&table);
    sheet.blank();
    sheet.paragraph(0, &marks.legend());
}

/// The date without its hour, which stands below.
fn date(meeting: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> Text {
    match meeting.when {
        Some(when) => Text::plain(&dates.day_of(when, head.place_zone(meeting.zone))),
        None => Text::styled(style::FAINT, "undated"),
    }
}

fn details(meeting: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> Vec<Text> {
    let mut details = Vec::new();
    let mut facts: Vec<String> = Vec::new();
    facts.extend(meeting.when.and_then(|when| dates.clock(when, head.place_zone(meeting.zone))));
    facts.extend(meeting.said.iter().filter(|_| meeting.when.is_none()).map(|said| cited::quoted(said)));
    facts.push(place_words(meeting).unwrap_or_else(|| "place not known".to_owned()));
    facts.extend(slips(meeting, dates));
    details.push(Text::plain(&facts.join("; ")));
    if meeting.is_unverified() {
        details.push(Text::styled(style::OPEN, "its date is past, and nobody reported that it took place"));
    }
    if let Some(last) = &meeting.last {
        let age = dates.age(last.published);
        let line = format!("last report {age}: {}  {}", last.source(), last.event);
        details.push(Text::styled(style::FAINT, &line).join("  ", meeting_embargo(meeting, head, dates)));
    }
    details
}

/// "slipped twice, first from 15 Feb"
pub fn slips(meeting: &MeetingAnswer, dates: Dates) -> Option<String> {
    let first = meeting.previous.first()?;
    let times = match meeting.previous.len() {
        1 => "slipped once".to_owned(),
        2 => "slipped twice".to_owned(),
        many => format!("slipped {many} times"),
    };
    let word = if meeting.previous.len() == 1 { "from" } else { "first from" };
    Some(format!("{times}, {word} {}", dates.short_when(first.when, None)))
}

/// Which marks a page uses, for the line that explains them.
#[derive(Default)]
pub(super) struct Marks {
    yes: bool,
    no: bool,
    silent: bool,
    proposed: bool,
}

impl Marks {
    /// What the marks mean.
    pub(super) fn legend(&self) -> Text {
        let words =
            [(self.yes, "✓ said yes"), (self.no, "✗ said no"), (self.proposed, "? proposed it"), (self.silent, "– silent")];
        let used: Vec<String> =
            words.iter().filter(|(used, _)| *used).map(|(_, words)| words.replace(' ', &GLUE.to_string())).collect();
        Text::styled(style::FAINT, &used.join("   "))
    }
}

/// The required parties that proposed the meeting, and whose word does not count as a yes until another says so.
pub(super) fn proposing(meeting: &MeetingAnswer) -> Vec<&PartyId> {
    let spoke = |party: &PartyId| meeting.confirmed_by.iter().chain(&meeting.declined_by).any(|one| one.party == *party);
    meeting.required.iter().filter(|party| !spoke(party) && !meeting.silent.contains(party)).collect()
}

/// "US ✓  RU –": the required parties, and any other that spoke.
pub(super) fn parties(meeting: &MeetingAnswer, head: &Heading<'_>, marks: &mut Marks) -> Text {
    let mut all = meeting.required.clone();
    for spoke in meeting.confirmed_by.iter().chain(&meeting.declined_by) {
        if !all.contains(&spoke.party) {
            all.push(spoke.party.clone());
        }
    }
    let mut line = Text::none();
    for party in &all {
        let (mark, style) = if meeting.declined_by.iter().any(|one| one.party == *party) {
            marks.no = true;
            ("✗", style::NO)
        } else if meeting.confirmed_by.iter().any(|one| one.party == *party) {
            marks.yes = true;
            ("✓", style::YES)
        } else if proposing(meeting).contains(&party) {
            marks.proposed = true;
            ("?", style::OPEN)
        } else {
            marks.silent = true;
            ("–", style::OPEN)
        };
        let name = head.names.side(party).replace(' ', &GLUE.to_string());
        line = line.join("  ", Text::plain(&format!("{name}{GLUE}")).and(style, mark));
    }
    if line.is_empty() && meeting.status != Status::Held {
        return Text::styled(style::FAINT, "no parties named");
    }
    line
}

/// "confirmed, Tue 18 Feb, Riyadh, confirmed by White House, Kremlin"
pub(super) fn in_short(answer: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> String {
    let mut words = vec![style::status_words(answer.status).to_owned()];
    words.push(match (answer.when, &answer.said) {
        (Some(when), _) => dates.short_when(when, head.place_zone(answer.zone)),
        (None, Some(said)) => format!("no date (\"{said}\")"),
        (None, None) => "no date".to_owned(),
    });
    if let Some(place) = &answer.place_name {
        words.push(if answer.place_doubtful { format!("probably {place}") } else { place.clone() });
    }
    if !answer.confirmed_by.is_empty() {
        words.push(format!("confirmed by {}", cited::voices(&answer.confirmed_by, head.names)));
    }
    words.join(", ")
}
