//! What the components of one calendar have to do with each other: zones that are named and defined, and identities.

use std::collections::{BTreeMap, BTreeSet};

use super::stamps::{self, Form};
use super::{Faults, Node, quoted};
use crate::ical::{Property, unescape};

/// Several calendars in one file are allowed, and not all programs read them.
pub(super) fn only_one(components: &[Node], faults: &mut Faults) {
    if let Some(second) = components.iter().filter(|node| node.name == "VCALENDAR").nth(1) {
        let says = "the file holds several calendars; many programs read only the first";
        faults.warning(second.line, "RFC 5545, 3.4", says);
    }
}

/// Checks a calendar as a whole.
pub(super) fn check(calendar: &Node, faults: &mut Faults) {
    let Some(first) = calendar.parts.first() else {
        faults.error(calendar.line, "RFC 5545, 3.6", "VCALENDAR holds no component; it has one at least");
        return;
    };
    if let Some(late) = calendar.properties.iter().find(|property| property.line > first.line) {
        faults.warning(late.line, "RFC 5545, 3.7", "a property of the calendar stands after a component; all come before");
    }
    languages(calendar, faults);
    zones(calendar, faults);
    identities(calendar, faults);
}

/// A name and a description of the calendar, once in each language (RFC 7986, sections 5.1 and 5.2).
fn languages(calendar: &Node, faults: &mut Faults) {
    let mut seen: BTreeSet<(&str, String)> = BTreeSet::new();
    for property in &calendar.properties {
        let line = &property.content;
        let section = match line.name.as_str() {
            "NAME" => "RFC 7986, 5.1",
            "DESCRIPTION" => "RFC 7986, 5.2",
            _ => continue,
        };
        let language = line.parameter("LANGUAGE").unwrap_or_default().to_ascii_lowercase();
        if !seen.insert((&line.name, language)) {
            faults.error(property.line, section, format!("{} stands twice in one language", line.name));
        }
    }
}

/// Every TZID that is named is defined, once, in the same calendar (RFC 5545, sections 3.2.19 and 3.6.5).
fn zones(calendar: &Node, faults: &mut Faults) {
    let mut defined: BTreeMap<String, usize> = BTreeMap::new();
    for zone in calendar.parts.iter().filter(|part| part.name == "VTIMEZONE") {
        if !zone.parts.iter().any(|part| matches!(part.name.as_str(), "STANDARD" | "DAYLIGHT")) {
            faults.error(zone.line, "RFC 5545, 3.6.5", "VTIMEZONE holds neither STANDARD nor DAYLIGHT; it has one at least");
        }
        let Some(name) = zone.property("TZID") else { continue };
        if let Some(before) = defined.insert(unescape(&name.value), zone.line) {
            let says = format!("the zone {} has a VTIMEZONE already, on line {before}", quoted(&name.value));
            faults.error(zone.line, "RFC 5545, 3.6.5", says);
        }
    }
    let mut told: BTreeSet<&str> = BTreeSet::new();
    for part in calendar.parts.iter().filter(|part| part.name != "VTIMEZONE") {
        named(part, &defined, &mut told, faults);
    }
}

/// Says of each zone that is not defined, once, where it is first named. A name that begins with `/` is of a register elsewhere.
fn named<'n>(node: &'n Node, defined: &BTreeMap<String, usize>, told: &mut BTreeSet<&'n str>, faults: &mut Faults) {
    for property in &node.properties {
        let Some(zone) = property.content.parameter("TZID") else { continue };
        if !zone.is_empty() && !zone.starts_with('/') && !defined.contains_key(zone) && told.insert(zone) {
            let says = format!("the zone {} has no VTIMEZONE in this calendar", quoted(zone));
            faults.error(property.line, "RFC 5545, 3.2.19", says);
        }
    }
    for part in &node.parts {
        named(part, defined, told, faults);
    }
}

/// The form of the start of a series, and the names of its days that were changed.
#[derive(Default)]
struct Series<'n> {
    start: Option<Form>,
    changed: Vec<&'n Property>,
}

/// A UID; of one day of a series, its RECURRENCE-ID too, with its TZID.
type Identity<'n> = (&'n str, Option<(&'n str, &'n str)>);

/// One UID, and one RECURRENCE-ID of it, is one component; and a changed day is named as its series names days.
fn identities(calendar: &Node, faults: &mut Faults) {
    let mut known: BTreeMap<Identity<'_>, usize> = BTreeMap::new();
    let mut series: BTreeMap<&str, Series<'_>> = BTreeMap::new();
    for node in calendar.parts.iter().filter(|part| matches!(part.name.as_str(), "VEVENT" | "VTODO" | "VJOURNAL" | "VFREEBUSY")) {
        let Some(uid) = node.properties.iter().find(|property| property.content.name == "UID") else { continue };
        let name = uid.content.value.as_str();
        let changed = node.properties.iter().find(|property| property.content.name == "RECURRENCE-ID");
        let which =
            changed.map(|property| (property.content.value.as_str(), property.content.parameter("TZID").unwrap_or_default()));
        if let Some(before) = known.insert((name, which), uid.line) {
            let same = if which.is_some() { " and RECURRENCE-ID" } else { "" };
            let says = format!("the UID{same} {} stands already on line {before}", quoted(name));
            faults.error(uid.line, "RFC 5545, 3.8.4.7", says);
        }
        let of = series.entry(name).or_default();
        match changed {
            Some(property) => of.changed.push(property),
            None => of.start = of.start.or_else(|| node.property("DTSTART").and_then(stamps::of).map(|(_, form)| form)),
        }
    }
    for Series { start, changed } in series.into_values() {
        let Some(start) = start else { continue };
        for property in changed {
            let Some((_, is)) = stamps::of(&property.content) else { continue };
            if !is.goes_with(start) {
                let says = format!("RECURRENCE-ID is {}, and the DTSTART of its series is {}", is.words(), start.words());
                faults.error(property.line, "RFC 5545, 3.8.4.4", says);
            }
        }
    }
}
