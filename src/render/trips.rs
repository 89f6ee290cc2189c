//! The trips of one official, a line each: for a life that nobody reads stop by stop.

use super::columns::{Column, Table};
use super::heading::Heading;
use super::itinerary::{distance, not_observed, summary};
use super::page::Page;
use super::place::{findings, name_line};
use super::style;
use super::text::{Text, counted};
use crate::event::Position;
use crate::query::{Itinerary, TripGroup};

/// The trips: number, days, distance, and the places in order.
#[must_use]
pub fn trips_text(itinerary: &Itinerary, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let dates = head.dates(page);
    sheet.paragraph(0, &name_line(&itinerary.name, itinerary.title.as_deref(), itinerary.party.as_ref(), head));
    findings(&mut sheet, &itinerary.findings, head, dates);
    let summary = summary(itinerary);
    if !summary.is_empty() {
        sheet.paragraph(2, &Text::styled(style::FAINT, &summary));
    }
    let mut table = Table::new(&[Column::UpTo(4), Column::UpTo(27), Column::UpTo(9), Column::UpTo(10), Column::Rest]);
    for trip in itinerary.trips.iter() {
        let Some((from, to)) = trip.from.zip(trip.to) else { continue };
        let evidence: Vec<Position> = trip.stops.iter().flat_map(|at| evidence(itinerary, *at)).collect();
        let words = Text::plain(&places(itinerary, trip)).join("  ", head.embargo(&evidence, None, dates));
        table.row(vec![
            Text::styled(style::FAINT, &trip.number.map(|number| number.to_string()).unwrap_or_default()),
            Text::plain(&dates.short_range(from, to)),
            Text::plain(&format!("{}{}", counted(trip.days.total(), "day", "days"), not_observed(trip.days))),
            Text::plain(&distance(trip.kilometres)),
            words,
        ]);
    }
    if itinerary.trips.iter().all(|trip| trip.from.is_none()) {
        sheet.paragraph(2, &Text::plain("no trip is reported for these days"));
    }
    sheet.blank();
    sheet.table(&table);
    sheet.finish()
}

fn evidence(itinerary: &Itinerary, stop: usize) -> impl Iterator<Item = Position> + '_ {
    itinerary.stops.get(stop).into_iter().flat_map(|stop| stop.presence.evidence.iter().copied())
}

/// "Rubio's Middle East tour: Jerusalem, Riyadh, Abu Dhabi": each place once, and how many stops are not among the days asked about.
fn places(itinerary: &Itinerary, trip: &TripGroup) -> String {
    let mut names: Vec<&str> = Vec::new();
    for stop in trip.stops.iter().filter_map(|at| itinerary.stops.get(*at)) {
        if !names.contains(&stop.presence.name.as_str()) {
            names.push(&stop.presence.name);
        }
    }
    let mut words = names.join(", ");
    if trip.trip.is_some() {
        words = format!("{}: {words}", trip.title);
    }
    let hidden = trip.stops_before + trip.stops_after;
    if hidden > 0 { format!("{words} and {} on other days", counted(hidden, "stop", "stops")) } else { words }
}
