//! The stops of one official in order: trips under a head of their own, the ways between the stops, gaps as gaps.

use super::cited;
use super::columns::Table;
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::place::{block_table, findings, journey, leg_embargo, main_report, mark, name_line, presence_embargo};
use super::style;
use super::text::{Text, counted};
use crate::event::Position;
use crate::names::thousands;
use crate::query::{
    Basis, Itinerary, ItineraryStop, Kilometres, LegAnswer, MeetingAnswer, Standing, Status, Tally, TripGroup, Way, WayBasis,
};

/// The columns of the days of a stop.
const DATES: usize = 16;

/// An itinerary: a line for each stop with its meetings, distances between them.
#[must_use]
pub fn itinerary_text(itinerary: &Itinerary, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    sheet.paragraph(0, &name_line(&itinerary.name, itinerary.title.as_deref(), itinerary.party.as_ref(), head));
    findings(&mut sheet, &itinerary.findings, head, head.dates(page));
    if itinerary.stops.is_empty() && itinerary.legs.is_empty() {
        sheet.paragraph(2, &Text::plain("nothing reported for these days"));
    }
    let summary = summary(itinerary);
    if !summary.is_empty() {
        sheet.paragraph(2, &Text::styled(style::FAINT, &summary));
    }
    Writer { itinerary, head, page, dates: head.dates(page), shown: vec![false; itinerary.legs.len()] }.write(&mut sheet);
    sheet.finish()
}

/// "28 days abroad, 2 trips"; nothing where no base is known, for then nobody knows what is abroad.
pub(super) fn summary(itinerary: &Itinerary) -> String {
    let trips = itinerary.trips.iter().filter(|trip| trip.number.is_some()).count();
    if itinerary.home.is_none() || trips == 0 {
        return String::new();
    }
    let days = counted(itinerary.days_away.total(), "day abroad", "days abroad");
    format!("{days}{}, {}", not_observed(itinerary.days_away), counted(trips as u64, "trip", "trips"))
}

/// Goes through the stops; every journey is written once.
struct Writer<'a> {
    itinerary: &'a Itinerary,
    head: &'a Heading<'a>,
    page: &'a Page,
    dates: Dates,
    shown: Vec<bool>,
}

impl<'a> Writer<'a> {
    fn write(mut self, sheet: &mut Sheet<'_>) {
        let mut table = self.table();
        let mut trip: Option<&TripGroup> = None;
        let mut ways: Vec<&Way> = Vec::new();
        let stops = &self.itinerary.stops;
        let mut at = 0;
        while let Some(stop) = stops.get(at) {
            let now = self.trip_of(at);
            if now != trip {
                leave(&mut table, trip, &ways, at);
                self.gaps_before(&mut table, at, trip);
                table.heading(now.map_or_else(Text::none, |trip| trip_head(trip, self.dates)));
                ways = now.map(|trip| shown_ways(trip, at)).unwrap_or_default();
                if let Some(before) = now.map(|trip| trip.stops_before).filter(|before| *before > 0) {
                    note(&mut table, &format!("· {} before", counted(before, "stop", "stops")));
                }
                trip = now;
            } else {
                self.gaps_before(&mut table, at, trip);
            }
            let together = 1 + stops.iter().skip(at + 1).take_while(|next| is_one_row(stop, next)).count();
            self.ways_to(&mut table, at..at + together, &mut ways, now.is_some());
            self.stop(&mut table, stops.get(at..at + together).unwrap_or_default(), now);
            at += together;
        }
        leave(&mut table, trip, &ways, at);
        self.legs_left(&mut table);
        sheet.table(&table);
    }

    /// The trip that a stop is part of, if it is one that is told of.
    fn trip_of(&self, at: usize) -> Option<&'a TripGroup> {
        self.itinerary.trips.iter().find(|group| group.stops.contains(&at)).filter(|group| {
            // Where no base is known a single stop is no trip.
            group.trip.is_some() || self.itinerary.home.is_some() || group.stops.len() > 1
        })
    }

    fn table(&self) -> Table {
        block_table(self.page).led_by(super::columns::Column::UpTo(DATES))
    }

    /// The gaps between the stop before and this one.
    fn gaps_before(&self, table: &mut Table, at: usize, trip: Option<&TripGroup>) {
        let stops = &self.itinerary.stops;
        let Some(from) = stops.get(at).map(|stop| stop.presence.from) else { return };
        let reached = stops.iter().take(at).map(|stop| stop.presence.to).max();
        for gap in self.itinerary.gaps.iter().filter(|gap| gap.from < from && reached.is_some_and(|to| gap.from > to)) {
            let days = u64::try_from((gap.to - gap.from).num_days() + 1).unwrap_or(0);
            let words = format!("· {} {} unknown", thousands(days), if days == 1 { "day" } else { "days" });
            // Of years that are unknown the stops around tell from when to when.
            let range = seen_from(trip, self.dates).short_range(gap.from, gap.to);
            let range = if range.chars().count() > DATES { String::new() } else { range };
            table.row(vec![Text::styled(style::FAINT, &range), Text::styled(style::FAINT, &words)]);
        }
    }

    /// The journeys and ways that lead to some stops of one row; where nothing else is known, the distance from the stop before.
    fn ways_to(&mut self, table: &mut Table, stops: std::ops::Range<usize>, ways: &mut Vec<&'a Way>, in_trip: bool) {
        let rows = self.itinerary.stops.get(stops.clone()).unwrap_or_default();
        let mut found = false;
        for (leg, shown) in self.itinerary.legs.iter().zip(self.shown.iter_mut()) {
            let arrives =
                |stop: &ItineraryStop| leg.to == stop.presence.place && leg.day.is_some_and(|day| day <= stop.presence.to);
            if !*shown && rows.iter().any(arrives) {
                *shown = true;
                found = true;
                leg_row(table, leg, self.head, self.dates);
            }
        }
        let last = ways.iter().rposition(|way| way.to_stop.is_some_and(|to| stops.contains(&to)));
        let leading: Vec<&Way> =
            ways.drain(..last.map_or(0, |last| last + 1)).filter(|way| way.basis != WayBasis::Reported).collect();
        let (there, before): (Vec<&Way>, Vec<&Way>) =
            leading.into_iter().partition(|way| way.to_stop.is_some_and(|to| stops.contains(&to)));
        before.iter().for_each(|way| way_row(table, &[way]));
        way_row(table, &there);
        let km = rows.first().and_then(|stop| stop.km_from_previous).filter(|km| *km > 0);
        if let (Some(km), false, false) = (km, found, in_trip) {
            note_km(table, &format!("→ {} km", thousands(km)), "");
        }
    }

    fn legs_left(&mut self, table: &mut Table) {
        for (leg, shown) in self.itinerary.legs.iter().zip(&self.shown) {
            if !shown {
                leg_row(table, leg, self.head, self.dates);
            }
        }
    }

    /// One row: a stop, or several of which one report tells.
    fn stop(&self, table: &mut Table, stops: &[ItineraryStop], trip: Option<&TripGroup>) {
        let Some(stop) = stops.first() else { return };
        let presence = &stop.presence;
        let main = main_report(presence.basis, &presence.deciding);
        let (reference, source) =
            main.map_or_else(Default::default, |cited| (cited::reference(cited), cited::source(cited, self.dates).dimmed()));
        let mut lines: Vec<String> =
            stops.iter().flat_map(|stop| &stop.meetings_there).map(|meeting| self.meeting(meeting)).collect();
        if presence.basis != Basis::Meeting || lines.is_empty() {
            lines.insert(0, main.map(|cited| cited::words(cited, self.dates)).unwrap_or_default());
        }
        if stop.stretches.len() > 1 {
            lines.push(self.stretches(stop));
        }
        let mut lines = lines.into_iter().filter(|line| !line.is_empty());
        let evidence: Vec<Position> = stops.iter().flat_map(|stop| &stop.presence.evidence).copied().collect();
        let meetings = stops.iter().flat_map(|stop| &stop.meetings_there);
        let embargo = presence_embargo(&evidence, meetings, main, self.head, self.dates);
        let names: Vec<&str> = stops.iter().map(|stop| stop.presence.name.as_str()).collect();
        let cells = vec![
            Text::plain(&seen_from(trip, self.dates).short_range(presence.from, presence.to)),
            Text::styled(style::STRONG, &names.join(", ")),
            style::standing(presence.standing),
            Text::plain(&lines.next().unwrap_or_default()).join("  ", embargo),
            reference,
            source,
        ];
        table.marked(mark(stops.iter().any(|stop| stop.presence.conflict)), cells);
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

/// Whether two stops are told of in one row: by one report, for the same days, and nothing sets them apart.
fn is_one_row(first: &ItineraryStop, next: &ItineraryStop) -> bool {
    let entries = |stop: &ItineraryStop| stop.presence.evidence.iter().map(|at| at.seq).collect::<Vec<_>>();
    let is_alike = first.stretches == next.stretches && entries(first) == entries(next);
    next.with_previous && is_alike && first.presence.conflict == next.presence.conflict
}

/// Dates of a trip, whose head bears the year.
fn seen_from(trip: Option<&TripGroup>, dates: Dates) -> Dates {
    Dates { on: trip.and_then(|trip| trip.from).unwrap_or(dates.on), ..dates }
}

/// "trip 3: 25 Feb – 6 Mar 2013, 10 countries, 10 days, ~25,600 km"; a trip that was named by its name.
fn trip_head(trip: &TripGroup, dates: Dates) -> Text {
    let name = match (&trip.trip, trip.number) {
        (Some(_), _) | (None, None) => trip.title.clone(),
        (None, Some(number)) => format!("trip {number}"),
    };
    let Some((from, to)) = trip.from.zip(trip.to) else { return Text::styled(style::STRONG, &name) };
    let mut facts = vec![dates.short_range(from, to)];
    if trip.trip.is_some() {
        let days = counted(trip.days.total(), "day", "days");
        facts.push(if trip.countries.len() > 1 { format!("{} countries, {days}", trip.countries.len()) } else { days });
    } else {
        facts.push(trip.title.clone());
    }
    if let Some(last) = facts.last_mut() {
        last.push_str(&not_observed(trip.days));
    }
    facts.extend(Some(distance(trip.kilometres)).filter(|distance| !distance.is_empty()));
    Text::styled(style::STRONG, &name).and(style::PLAIN, &format!(": {}", facts.join(", ")))
}

/// "~25,474 km", where not all of it was reported; nothing where no distance is known.
pub(super) fn distance(kilometres: Kilometres) -> String {
    let mark = if kilometres.estimated + kilometres.assumed > 0 { "~" } else { "" };
    let total = kilometres.total();
    if total == 0 { String::new() } else { format!("{mark}{} km", thousands(total)) }
}

/// " (3 to come)", or " to come" where all are: the days of a tally that nobody observed.
pub(super) fn not_observed(days: Tally) -> String {
    let parts = [(days.unverified, "unverified"), (days.coming, "to come")];
    let parts: Vec<(u64, &str)> = parts.into_iter().filter(|(many, _)| *many > 0).collect();
    match parts.as_slice() {
        [] => String::new(),
        [(many, word)] if *many == days.total() => format!(" {word}"),
        several => {
            let several: Vec<String> = several.iter().map(|(many, word)| format!("{many} {word}")).collect();
            format!(" ({})", several.join(", "))
        }
    }
}

/// What is left of a trip behind its last stop, or where another interrupts it: the ways back, and what is not shown.
fn leave(table: &mut Table, trip: Option<&TripGroup>, ways: &[&Way], at: usize) {
    let Some(trip) = trip else { return };
    for way in ways.iter().filter(|way| way.from_stop.is_some_and(|from| from < at) && way.to_stop.is_none_or(|to| to < at)) {
        way_row(table, &[way]);
    }
    if trip.stops_after > 0 && trip.stops.iter().all(|stop| *stop < at) {
        note(table, &format!("· {} after", counted(trip.stops_after, "stop", "stops")));
    }
}

/// The ways of a trip from one of its stops on whose ends are shown; the way to its first stop and from its last one if these are.
fn shown_ways(trip: &TripGroup, at: usize) -> Vec<&Way> {
    let shown = |way: &&Way| match (way.from_stop, way.to_stop) {
        (Some(_), Some(_)) => true,
        (None, Some(to)) => trip.stops.first() == Some(&to),
        (Some(_), None) => trip.stops_after == 0,
        (None, None) => false,
    };
    let to_come = |way: &&Way| way.to_stop.or(way.from_stop).is_some_and(|stop| stop >= at);
    trip.ways.iter().filter(shown).filter(to_come).collect()
}

/// The distance of some ways, and where they lead if that is none of the stops around the row.
fn way_row(table: &mut Table, ways: &[&Way]) {
    let Some(first) = ways.first() else { return };
    let far = format!("→ {}{} km", if first.rough { "~" } else { "" }, thousands(first.km));
    let between: u64 = ways.iter().skip(1).map(|way| way.km).sum();
    let between = (between > 0).then(|| format!("{} km between them", thousands(between)));
    let is_back = |way: &Way| way.from_stop.zip(way.to_stop).is_some_and(|(from, to)| to < from);
    let assumed = if first.basis == WayBasis::Base { " (assumed)" } else { "" };
    let words = match (first.from_stop, first.to_stop) {
        (None, Some(_)) => format!("from {}{assumed}", first.from_name),
        (_, None) => format!("to {}{assumed}", first.to_name),
        (Some(_), Some(_)) if is_back(first) => format!("back to {}", first.to_name),
        (Some(_), Some(_)) => String::new(),
    };
    let words: Vec<String> = [Some(words).filter(|words| !words.is_empty()), between].into_iter().flatten().collect();
    note_km(table, &far, &words.join(", "));
}

/// A distance, with a few words.
fn note_km(table: &mut Table, far: &str, words: &str) {
    table.row(vec![Text::none(), Text::styled(style::FAINT, far), Text::none(), Text::styled(style::FAINT, words)]);
}

/// What is not shown.
fn note(table: &mut Table, words: &str) {
    table.row(vec![Text::none(), Text::styled(style::FAINT, words)]);
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
