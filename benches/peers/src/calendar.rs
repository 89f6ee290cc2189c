//! Calendars written: `calendar FILE ROUNDS` reads an iCalendar file, and writes its events with daybook and with the `icalendar` crate in
//! turns. Prints the nanoseconds of a round in each line, ours and theirs, and refuses if the two do not say the same.

use std::collections::BTreeSet;
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

use daybook::ical::{Component, Line, Node, read, unescape};
use icalendar::{Calendar, Component as _, Event, EventLike as _, Property};

/// What an event holds, as plain values.
struct Held {
    /// The texts of these names, not escaped.
    texts: Vec<(&'static str, String)>,
    /// What is no text, as it is written, with the name of its one parameter if it has one.
    others: Vec<(&'static str, String, Option<(String, String)>)>,
}

const TEXTS: [&str; 4] = ["UID", "SUMMARY", "LOCATION", "DESCRIPTION"];
const OTHERS: [&str; 11] = [
    "DTSTAMP", "CREATED", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "DTEND", "GEO", "STATUS", "TRANSP", "CATEGORIES", "URL",
];

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [file, rounds] = words.as_slice() else { return Err("calendar FILE ROUNDS".into()) };
    let text = std::fs::read_to_string(file)?;
    let reading = read(&text);
    let nodes = reading.components.iter().flat_map(|calendar| &calendar.parts).filter(|part| part.name == "VEVENT");
    let events: Vec<Held> = nodes.map(held).collect();
    drop(text);
    if said(&ours(&events)) != said(&theirs(&events)) {
        return Err("the two calendars do not say the same".into());
    }
    eprintln!("{} events", events.len());
    for _ in 0..rounds.parse()? {
        let start = Instant::now();
        black_box(ours(&events).len());
        let our_time = start.elapsed();
        let start = Instant::now();
        black_box(theirs(&events).len());
        println!("{} {}", our_time.as_nanos(), start.elapsed().as_nanos());
    }
    Ok(())
}

fn held(node: &Node) -> Held {
    let text = |name: &'static str| Some((name, unescape(&node.property(name)?.value)));
    let other = |name: &'static str| {
        let line = node.property(name)?;
        let parameter = line.parameters.first().map(|one| (one.name.clone(), one.values.join(",")));
        Some((name, line.value.clone(), parameter))
    };
    Held { texts: TEXTS.into_iter().filter_map(text).collect(), others: OTHERS.into_iter().filter_map(other).collect() }
}

fn ours(events: &[Held]) -> String {
    let mut calendar = Component::new("VCALENDAR").raw("VERSION", "2.0").text("PRODID", "peers");
    for event in events {
        let mut part = Component::new("VEVENT");
        for (name, text) in &event.texts {
            part = part.text(name, text);
        }
        for (name, value, parameter) in &event.others {
            part = match parameter {
                None => part.raw(name, value),
                Some((key, set)) => part.line(Line::new(name, value).with(key, set)),
            };
        }
        calendar = calendar.part(part);
    }
    calendar.to_string()
}

fn theirs(events: &[Held]) -> String {
    let mut calendar = Calendar::empty();
    calendar.append_property(("VERSION", "2.0")).append_property(("PRODID", "peers"));
    for event in events {
        let mut part = Event::new();
        for (name, text) in &event.texts {
            match *name {
                "UID" => part.uid(text),
                "SUMMARY" => part.summary(text),
                "LOCATION" => part.location(text),
                _ => part.description(text),
            };
        }
        for (name, value, parameter) in &event.others {
            let mut property = Property::new(*name, value);
            if let Some((key, set)) = parameter {
                property.add_parameter(key, set);
            }
            part.append_property(property);
        }
        calendar.push(part.done());
    }
    calendar.to_string()
}

/// What a calendar says, whatever the order and the folding of its lines.
fn said(text: &str) -> Vec<BTreeSet<String>> {
    let reading = read(text);
    let nodes = reading.components.iter().flat_map(|calendar| &calendar.parts);
    nodes.map(|node| node.properties.iter().map(|property| property.content.unfolded()).collect()).collect()
}
