//! The stops of one official in order: trips as headings, journeys between the stops, gaps as gaps.

use chrono::NaiveDate;

use super::cited;
use super::columns::Table;
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::place::{block_table, findings, journey, leg_embargo, main_report, mark, name_line, presence_embargo};
use super::style;
use super::text::{Text, counted};
use crate::names::thousands;
use crate::query::{Basis, Itinerary, ItineraryStop, LegAnswer, MeetingAnswer, Standing, Status};

/// An itinerary: a line for each stop with its meetings, distances between them.
#[must_use]
pub fn itinerary_text(itinerary: &Itinerary, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    sheet.paragraph(0, &name_line(&itinerary.name, itinerary.title.as_deref(), itinerary.party.as_ref(), head));
    findings(&mut sheet, &itinerary.findings, head, head.dates(page));
    if itinerary.stops.is_empty() && itinerary.legs.is_empty() {
        sheet.paragraph(2, &Text::plain("nothing reported for these days"));
    }
    Writer { itinerary, head, page, dates: head.dates(page), shown: vec![false; itinerary.legs.len()] }.write(&mut sheet);
    sheet.finish()
}

/// Goes through the stops; every journey is written once.
struct Writer<'a> {
    itinerary: &'a Itinerary,
    head: &'a Heading<'a>,
    page: &'a Page,
    dates: Dates,
    shown: Vec<bool>,
}

impl Writer<'_> {
    fn write(mut self, sheet: &mut Sheet<'_>) {
        let mut table = self.table();
        let mut trip: Option<&str> = None;
        for (at, stop) in self.itinerary.stops.iter().enumerate() {
            let now = self.itinerary.trips.iter().find(|group| group.stops.contains(&at)).map(|group| group.title.as_str());
            let from = stop.presence.from;
            self.gaps_before(&mut table, at, from);
            if now != trip {
                table.heading(now.map_or_else(Text::none, |title| Text::styled(style::STRONG, title)));
                trip = now;
            }
            self.legs_before(&mut table, stop);
            self.stop(&mut table, stop);
        }
        self.legs_left(&mut table);
        sheet.table(&table);
    }

    fn table(&self) -> Table {
        block_table(self.page).led_by(super::columns::Column::UpTo(16))
    }

    /// The gaps between the stop before and this one.
    fn gaps_before(&self, table: &mut Table, at: usize, from: NaiveDate) {
        let reached = self.itinerary.stops.iter().take(at).map(|stop| stop.presence.to).max();
        for gap in self.itinerary.gaps.iter().filter(|gap| gap.from < from && reached.is_some_and(|to| gap.from > to)) {
            let days = (gap.to - gap.from).num_days() + 1;
            let words = format!("· {} unknown", counted(days, "day", "days"));
            let range = self.dates.short_range(gap.from, gap.to);
            table.row(vec![Text::styled(style::FAINT, &range), Text::styled(style::FAINT, &words)]);
        }
    }

    /// The journeys that lead to a stop; where none was reported, the distance alone.
    fn legs_before(&mut self, table: &mut Table, stop: &ItineraryStop) {
        let mut found = false;
        for (leg, shown) in self.itinerary.legs.iter().zip(self.shown.iter_mut()) {
            let arrives = leg.to == stop.presence.place && leg.day.is_some_and(|day| day <= stop.presence.to);
            if !*shown && arrives {
                *shown = true;
                found = true;
                leg_row(table, leg, self.head, self.dates);
            }
        }
        if let (Some(km), false) = (stop.km_from_previous.filter(|km| *km > 0), found) {
            let words = Text::styled(style::FAINT, &format!("→ {} km", thousands(km)));
            table.row(vec![Text::none(), words]);
        }
    }

    fn legs_left(&mut self, table: &mut Table) {
        for (leg, shown) in self.itinerary.legs.iter().zip(&self.shown) {
            if !shown {
                leg_row(table, leg, self.head, self.dates);
            }
        }
    }

    fn stop(&self, table: &mut Table, stop: &ItineraryStop) {
        let presence = &stop.presence;
        let main = main_report(presence.basis, &presence.deciding);
        let (reference, source) =
            main.map_or_else(Default::default, |cited| (cited::reference(cited), cited::source(cited, self.dates).dimmed()));
        let mut lines: Vec<String> = stop.meetings_there.iter().map(|meeting| self.meeting(meeting)).collect();
        if presence.basis != Basis::Meeting || lines.is_empty() {
            lines.insert(0, main.map(|cited| cited::words(cited, self.dates)).unwrap_or_default());
        }
        if stop.stretches.len() > 1 {
            lines.push(self.stretches(stop));
        }
        let mut lines = lines.into_iter().filter(|line| !line.is_empty());
        let embargo = presence_embargo(&presence.evidence, &stop.meetings_there, main, self.head, self.dates);
        let cells = vec![
            Text::plain(&self.dates.short_range(presence.from, presence.to)),
            Text::styled(style::STRONG, &presence.name),
            style::standing(presence.standing),
            Text::plain(&lines.next().unwrap_or_default()).join("  ", embargo),
            reference,
            source,
        ];
        table.marked(mark(presence.conflict), cells);
        for line in lines {
            table.row(vec![Text::none(), Text::none(), Text::none(), Text::styled(style::FAINT, &line)]);
        }
    }

    fn meeting(&self, meeting: &MeetingAnswer) -> String {
        let when = meeting.when.map(|when| self.dates.short_when(when, self.head.place_zone(meeting.zone)));
        let by = match meeting.status {
            Status::Confirmed | Status::Scheduled => cited::voices(&meeting.confirmed_by, self.head.names),
            Status::Held | Status::Cancelled | Status::Postponed | Status::AtRisk | Status::Lapsed | Status::Proposed => {
                String::new()
            }
        };
        let by = if by.is_empty() { by } else { format!(" by {by}") };
        let when = when.map(|when| format!(", {when}")).unwrap_or_default();
        format!("{}, {}{by}{when}", meeting.title, style::status_words(meeting.status))
    }

    /// "observed until the 17th, then confirmed"
    fn stretches(&self, stop: &ItineraryStop) -> String {
        let words = |(at, stretch): (usize, &crate::query::Stretch)| {
            let name = stretch.standing.name();
            let is_last = at + 1 == stop.stretches.len();
            if is_last { name.to_owned() } else { format!("{name} until {}", self.dates.near(stretch.to)) }
        };
        stop.stretches.iter().enumerate().map(words).collect::<Vec<_>>().join(", then ")
    }
}

fn leg_row(table: &mut Table, leg: &LegAnswer, head: &Heading<'_>, dates: Dates) {
    let arrow = leg.km.map_or_else(|| "→".to_owned(), |km| format!("→ {} km", thousands(km)));
    let cited = leg.cited.last();
    let (reference, source) =
        cited.map_or_else(Default::default, |cited| (cited::reference(cited), cited::source(cited, dates).dimmed()));
    let verb = if leg.standing == Standing::Observed { "travelled" } else { "travelling" };
    let words = Text::plain(&format!("{verb} {}", journey(leg, Some(&leg.to_name), dates, None)));
    let words = words.join("  ", leg_embargo(leg, head, dates));
    table.row(vec![Text::none(), Text::styled(style::FAINT, &arrow), style::standing(leg.standing), words, reference, source]);
}
