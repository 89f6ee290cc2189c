//! What properties of one component must have to do with each other: starts and ends, rules and their starts, alarms and their events.

use super::recur::Rule;
use super::stamps::{self, Form};
use super::values::Duration;
use super::{Faults, Node, Wrong, is_one_of};
use crate::ical::{Line, Property};

const RECUR: &str = "RFC 5545, 3.3.10";
const ALARM: &str = "RFC 5545, 3.6.6";

/// Checks a component by its name.
pub(super) fn check(node: &Node, parent: Option<&Node>, faults: &mut Faults) {
    match node.name.as_str() {
        "VEVENT" => {
            start_of_event(node, parent, faults);
            end(node, "DTEND", "RFC 5545, 3.8.2.2", faults);
            duration(node, faults);
            recurrence(node, faults);
        }
        "VTODO" => {
            floating(node, faults);
            end(node, "DUE", "RFC 5545, 3.8.2.3", faults);
            duration(node, faults);
            recurrence(node, faults);
        }
        "VJOURNAL" => {
            floating(node, faults);
            recurrence(node, faults);
        }
        "VFREEBUSY" => free_busy(node, faults),
        "STANDARD" | "DAYLIGHT" => observance(node, faults),
        "VALARM" => alarm(node, parent, faults),
        _ => {}
    }
}

fn find<'n>(node: &'n Node, name: &str) -> Option<&'n Property> {
    node.properties.iter().find(|property| property.content.name == name)
}

fn has(node: &Node, name: &str) -> bool {
    find(node, name).is_some()
}

/// The form of a property that is read well.
fn form(property: Option<&Property>) -> Option<Form> {
    stamps::of(&property?.content).map(|(_, form)| form)
}

fn start_of_event(node: &Node, calendar: Option<&Node>, faults: &mut Faults) {
    let is_message = calendar.is_some_and(|calendar| has(calendar, "METHOD"));
    if !is_message && !has(node, "DTSTART") {
        faults.error(node.line, "RFC 5545, 3.6.1", "VEVENT lacks DTSTART, which it may only in a calendar with METHOD");
    }
    floating(node, faults);
}

fn floating(node: &Node, faults: &mut Faults) {
    if let Some(start) = find(node, "DTSTART")
        && form(Some(start)) == Some(Form::Floating)
    {
        let says = "DTSTART floats: it is another instant wherever it is read; name the zone with TZID, or write UTC, with Z";
        faults.warning(start.line, "RFC 5545, 3.3.5", says);
    }
}

/// An end is of the form of its start, and later.
fn end(node: &Node, name: &'static str, section: &'static str, faults: &mut Faults) {
    let (Some(start), Some(end)) = (find(node, "DTSTART"), find(node, name)) else { return };
    let (Some(from), Some(to)) = (form(Some(start)), form(Some(end))) else { return };
    if !to.goes_with(from) {
        let says = format!("{name} is {}, and DTSTART is {}; both are of one form", to.words(), from.words());
        faults.error(end.line, section, says);
    } else if stamps::is_later(&end.content, &start.content) == Some(false) {
        let hint = if to == Form::Date { "; the end of a day is the day after" } else { "" };
        faults.error(end.line, section, format!("{name} is not later than DTSTART{hint}"));
    }
}

fn duration(node: &Node, faults: &mut Faults) {
    let Some(duration) = find(node, "DURATION") else { return };
    let Some(start) = find(node, "DTSTART") else {
        if node.name == "VTODO" {
            faults.error(duration.line, "RFC 5545, 3.6.2", "DURATION needs DTSTART, which the VTODO lacks");
        }
        return;
    };
    let has_time = Duration::read(&duration.content.value).is_ok_and(|duration| duration.has_time);
    if has_time && form(Some(start)) == Some(Form::Date) {
        faults.error(duration.line, "RFC 5545, 3.8.2.5", "DTSTART is a date, and so DURATION has only days or weeks");
    }
}

/// RRULE, EXDATE and RDATE against the start that they repeat.
fn recurrence(node: &Node, faults: &mut Faults) {
    let Some(start) = find(node, "DTSTART") else {
        if let Some(rule) = find(node, "RRULE") {
            faults.error(rule.line, "RFC 5545, 3.8.2.4", format!("RRULE needs DTSTART, which the {} lacks", node.name));
        }
        return;
    };
    let Some(from) = form(Some(start)) else { return };
    for property in &node.properties {
        let line = &property.content;
        let wrong = match line.name.as_str() {
            "RRULE" => rule(line, from),
            "EXDATE" => listed(line, from, "RFC 5545, 3.8.5.1", "it excludes nothing"),
            "RDATE" => listed(line, from, "RFC 5545, 3.8.5.2", "programs differ about what it adds"),
            _ => Ok(()),
        };
        if let Err(wrong) = wrong {
            faults.add(property.line, wrong);
        }
    }
}

/// A rule against the form of its start.
fn rule(line: &Line, from: Form) -> Result<(), Wrong> {
    let rule = Rule::of(&line.value);
    if from == Form::Date
        && let Some(part) = rule.of_hours()
    {
        return Err(Wrong::error(RECUR, format!("DTSTART is a date, and so the rule has no {part}")));
    }
    let Some(until) = rule.until() else { return Ok(()) };
    let should = match from {
        Form::Date | Form::Floating => from,
        Form::Utc | Form::Zoned => Form::Utc,
    };
    let is = until.form(false);
    if is == should {
        return Ok(());
    }
    Err(Wrong::error(
        RECUR,
        format!("UNTIL is {}, and DTSTART is {}; UNTIL is {} then", is.words(), from.words(), should.words()),
    ))
}

/// The first of listed dates against the form of the start. No rule says that they are alike, and programs compare them as if one did.
fn listed(line: &Line, from: Form, section: &'static str, effect: &str) -> Result<(), Wrong> {
    let first = line.value.split(['/', ',']).next().unwrap_or_default();
    let Ok(stamp) = stamps::read(first) else { return Ok(()) };
    // A date that does not say that it is one is a fault of its own.
    let is_untold = stamp.time.is_none() && !line.parameter("VALUE").is_some_and(|value| is_one_of(value, &["DATE"]));
    let is = stamp.form(line.parameter("TZID").is_some());
    if is.goes_with(from) || is_untold {
        return Ok(());
    }
    Err(Wrong::warning(section, format!("{} is {}, and DTSTART is {}: {effect}", line.name, is.words(), from.words())))
}

fn free_busy(node: &Node, faults: &mut Faults) {
    for (name, section) in [("DTSTART", "RFC 5545, 3.8.2.4"), ("DTEND", "RFC 5545, 3.8.2.2")] {
        if let Some(property) = find(node, name)
            && form(Some(property)).is_some_and(|form| form != Form::Utc)
        {
            faults.error(property.line, section, format!("the {name} of a VFREEBUSY is in UTC, with Z"));
            return;
        }
    }
    end(node, "DTEND", "RFC 5545, 3.8.2.2", faults);
}

/// Changes of a clock are written as that clock shows them.
fn observance(node: &Node, faults: &mut Faults) {
    for property in &node.properties {
        let line = &property.content;
        let (name, section) = match line.name.as_str() {
            "DTSTART" => ("DTSTART", "RFC 5545, 3.8.2.4"),
            "RDATE" => ("RDATE", "RFC 5545, 3.6.5"),
            "RRULE" => {
                if let Some(until) = Rule::of(&line.value).until()
                    && until.form(false) != Form::Utc
                {
                    faults.error(property.line, RECUR, "UNTIL in a time zone is in UTC, with Z");
                }
                continue;
            }
            _ => continue,
        };
        if stamps::of(line).is_some_and(|(_, form)| form != Form::Floating) {
            let says = format!("the {name} of a {} is local time, without Z, TZID or VALUE=DATE", node.name);
            faults.error(property.line, section, says);
        }
    }
}

fn alarm(node: &Node, event: Option<&Node>, faults: &mut Faults) {
    let lacks = |faults: &mut Faults, name: &str, why: &str| {
        faults.error(node.line, ALARM, format!("the VALARM lacks {name}, which it must have {why}"));
    };
    if has(node, "REPEAT") && !has(node, "DURATION") {
        lacks(faults, "DURATION", "beside REPEAT");
    }
    if has(node, "DURATION") && !has(node, "REPEAT") {
        lacks(faults, "REPEAT", "beside DURATION");
    }
    let action = find(node, "ACTION").map(|action| action.content.value.to_ascii_uppercase()).unwrap_or_default();
    let (must, why): (&[&str], &str) = match action.as_str() {
        "DISPLAY" => (&["DESCRIPTION"], "for ACTION:DISPLAY"),
        "EMAIL" => (&["DESCRIPTION", "SUMMARY", "ATTENDEE"], "for ACTION:EMAIL"),
        _ => (&[], ""),
    };
    for name in must.iter().filter(|name| !has(node, name)) {
        lacks(faults, name, why);
    }
    if action == "AUDIO"
        && let Some(second) = node.properties.iter().filter(|property| property.content.name == "ATTACH").nth(1)
    {
        faults.error(second.line, ALARM, "an alarm with ACTION:AUDIO has one ATTACH, its sound");
    }
    if let (Some(trigger), Some(event)) = (find(node, "TRIGGER"), event) {
        anchor(trigger, event, faults);
    }
}

/// What a trigger that is a duration counts from must be there.
fn anchor(trigger: &Property, event: &Node, faults: &mut Faults) {
    let line = &trigger.content;
    if Duration::read(&line.value).is_err() {
        return;
    }
    let at_end = line.parameter("RELATED").is_some_and(|related| is_one_of(related, &["END"]));
    let starts = has(event, "DTSTART");
    let ends = has(event, "DTEND") || has(event, "DUE") || (starts && has(event, "DURATION"));
    // An event of a message has its times elsewhere.
    if !starts && event.name != "VTODO" {
        return;
    }
    if at_end && !ends {
        faults.error(trigger.line, ALARM, format!("TRIGGER counts from the end, which the {} does not have", event.name));
    } else if !at_end && !starts {
        faults.error(
            trigger.line,
            ALARM,
            format!("TRIGGER counts from DTSTART, which the {} lacks; RELATED=END counts from its end", event.name),
        );
    }
}
