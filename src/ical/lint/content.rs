//! One property held against the tables: its name, its parameters, the type of its value, the value.

use super::properties::{Property, Rule, is_color, known};
use super::values::{self, Duration, Kind};
use super::{Wrong, components, either, is_one_of, is_private, parameters, quoted, short, stamps};
use crate::ical::Line;
use crate::ical::component::is_on_earth;

const VALUE: &str = "RFC 5545, 3.2.20";
const TZID: &str = "RFC 5545, 3.2.19";

/// Checks a property of a component; the first rule that it breaks is its fault.
pub(super) fn property(line: &Line, component: &str) -> Result<(), Wrong> {
    parameters::check(line)?;
    let Some(property) = known(&line.name) else {
        if is_private(&line.name) {
            return Ok(());
        }
        let says = format!("no RFC knows the property {}; a name of one's own begins with X-", short(&line.name));
        return Err(Wrong::warning("RFC 5545, 3.8.8.2", says));
    };
    let kind = kind(line, property)?;
    encoding(line, kind)?;
    zone(line, property, kind)?;
    let bare = matches!(property.rule, Rule::Geo | Rule::RequestStatus);
    if !bare && property.list {
        values::listed(&line.value).try_for_each(|value| one(value, line, property, kind))?;
    } else if !bare {
        one(&line.value, line, property, kind)?;
    }
    rule(line, property, kind, component)
}

/// The type of its value: the one that it says, else its own.
fn kind(line: &Line, property: &Property) -> Result<Kind, Wrong> {
    let names: Vec<&str> = property.kinds.iter().map(|kind| kind.name()).collect();
    let name = property.name;
    match line.parameter("VALUE") {
        Some(said) => {
            let kind = Kind::named(said).filter(|kind| property.kinds.contains(kind));
            kind.ok_or_else(|| Wrong::error(VALUE, format!("{name} holds {}, not {}", either(&names), quoted(said))))
        }
        None if property.says_kind => {
            Err(Wrong::error(property.section, format!("{name} lacks its type; write VALUE={}", either(&names))))
        }
        None => property.kinds.first().copied().ok_or_else(|| Wrong::error(VALUE, format!("{name} holds nothing"))),
    }
}

/// BINARY and BASE64 need each other.
fn encoding(line: &Line, kind: Kind) -> Result<(), Wrong> {
    let is_encoded = line.parameter("ENCODING").is_some_and(|encoding| encoding.eq_ignore_ascii_case("BASE64"));
    match (is_encoded, kind == Kind::Binary) {
        (true, false) => Err(Wrong::error("RFC 5545, 3.2.7", "ENCODING=BASE64 needs VALUE=BINARY")),
        (false, true) => Err(Wrong::error("RFC 5545, 3.3.1", "VALUE=BINARY needs ENCODING=BASE64")),
        (true, true) | (false, false) => Ok(()),
    }
}

/// Which properties may name a zone.
fn zone(line: &Line, property: &Property, kind: Kind) -> Result<(), Wrong> {
    let Some(zone) = line.parameter("TZID") else { return Ok(()) };
    let name = property.name;
    let wrong = |says: String| Err(Wrong::error(TZID, says));
    if zone.is_empty() {
        return wrong("TZID names no zone".to_owned());
    }
    if property.rule == Rule::Utc {
        return wrong(format!("{name} is always in UTC and has no TZID"));
    }
    if kind == Kind::Date {
        return wrong(format!("{name} is a date, and a date has no TZID"));
    }
    if matches!(kind, Kind::DateTime | Kind::Period) { Ok(()) } else { wrong(format!("{name} has no TZID")) }
}

/// One value of a property.
fn one(value: &str, line: &Line, property: &Property, kind: Kind) -> Result<(), Wrong> {
    values::check(kind, value)?;
    let name = property.name;
    if kind == Kind::Period {
        return in_zone(value.split('/').any(|part| part.ends_with(['Z', 'z'])), line, name);
    }
    if !matches!(kind, Kind::Date | Kind::DateTime) {
        return Ok(());
    }
    let stamp = stamps::read(value)?;
    match (kind == Kind::Date, stamp.time.is_none()) {
        (true, false) => Err(Wrong::error("RFC 5545, 3.3.4", format!("{name} says VALUE=DATE and holds a time"))),
        (false, true) => Err(lacks_time(line, property)),
        (true, true) | (false, false) => in_zone(stamp.utc, line, name),
    }
}

/// A date where a date with its time must be: most often only the parameter was forgotten.
fn lacks_time(line: &Line, property: &Property) -> Wrong {
    let name = property.name;
    if property.kinds.contains(&Kind::Date) && line.parameter("VALUE").is_none() {
        return Wrong::error(property.section, format!("{name} is a date and does not say so; write VALUE=DATE"));
    }
    Wrong::error("RFC 5545, 3.3.5", format!("{name} is a date without a time, such as 20250218T090000Z"))
}

fn in_zone(utc: bool, line: &Line, name: &str) -> Result<(), Wrong> {
    if utc && line.parameter("TZID").is_some() {
        return Err(Wrong::error(TZID, format!("{name} has both Z and TZID; leave one away")));
    }
    Ok(())
}

/// What its value must be besides being of its type.
fn rule(line: &Line, property: &Property, kind: Kind, component: &str) -> Result<(), Wrong> {
    let (name, value) = (property.name, line.value.as_str());
    let wrong = |says: String| Err(Wrong::error(property.section, says));
    match property.rule {
        Rule::None => Ok(()),
        Rule::Filled if value.trim().is_empty() => wrong(format!("{name} is empty")),
        Rule::Filled => Ok(()),
        Rule::Utc => utc(line, property, kind),
        Rule::Positive => match Duration::read(value)? {
            Duration { negative: true, .. } => wrong(format!("{name} is a duration above zero, and goes not back")),
            Duration { zero: true, .. } => Err(Wrong::warning(property.section, format!("{name} is a duration above zero"))),
            Duration { .. } => Ok(()),
        },
        Rule::Between(first, last) => match values::integer(value) {
            Some(number) if (first..=last).contains(&number) => Ok(()),
            Some(_) | None if last == i32::MAX => wrong(format!("{name} is {first} or more, not {}", short(value))),
            Some(_) | None => wrong(format!("{name} goes from {first} to {last}, and is not {}", short(value))),
        },
        Rule::OneOf(words) if is_one_of(value, words) => Ok(()),
        Rule::OneOf(words) => wrong(format!("{name} is {}, not {}", either(words), quoted(value))),
        Rule::State => {
            let words = components::known(component).map_or(&[][..], |component| component.states);
            if words.is_empty() || is_one_of(value, words) {
                return Ok(());
            }
            wrong(format!("the STATUS of a {component} is {}, not {}", either(words), quoted(value)))
        }
        Rule::Color if is_color(value) => Ok(()),
        Rule::Color => wrong(format!("{} is no name of a colour in CSS 3, such as steelblue", quoted(value))),
        Rule::Geo => geo(value, property),
        Rule::RequestStatus => request_status(value, property),
        Rule::Deprecated => Err(Wrong::warning(property.section, format!("{name} is deprecated; write the dates as EXDATE"))),
    }
}

fn utc(line: &Line, property: &Property, kind: Kind) -> Result<(), Wrong> {
    let (name, section) = (property.name, property.section);
    let is_utc = |time: &str| time.ends_with(['Z', 'z']);
    let good = match kind == Kind::Period {
        // A duration is of no zone.
        true => values::listed(&line.value)
            .flat_map(|period| period.split('/'))
            .all(|time| time.starts_with(['P', 'p', '+', '-']) || is_utc(time)),
        false => kind != Kind::DateTime || is_utc(&line.value),
    };
    if !good {
        return Err(Wrong::error(section, format!("{name} is local time; it is written in UTC, with Z")));
    }
    // Of the properties in UTC only TRIGGER may be something else as well.
    if kind == Kind::DateTime && name == "TRIGGER" && line.parameter("RELATED").is_some() {
        return Err(Wrong::error(section, "RELATED goes only with a TRIGGER that is a duration"));
    }
    Ok(())
}

fn geo(value: &str, property: &Property) -> Result<(), Wrong> {
    let degrees = value.split_once(';').and_then(|(north, east)| Some((values::float(north)?, values::float(east)?)));
    match degrees {
        Some((north, east)) if is_on_earth(north, east) => Ok(()),
        Some(_) => Err(Wrong::error(property.section, "GEO is not on Earth: latitude is -90 to 90, longitude -180 to 180")),
        None => {
            let says = format!("GEO is latitude, semicolon, longitude, such as 37.386;-122.083, not {}", quoted(value));
            Err(Wrong::error(property.section, says))
        }
    }
}

/// `2.0;Success`: digits in two or three levels, a description, and perhaps data.
fn request_status(value: &str, property: &Property) -> Result<(), Wrong> {
    let (code, rest) = value.split_once(';').unwrap_or((value, ""));
    let levels: Vec<&str> = code.splitn(4, '.').collect();
    let is_number = |level: &&str| !level.is_empty() && level.bytes().all(|byte| byte.is_ascii_digit());
    if !matches!(levels.len(), 2 | 3) || !levels.iter().all(is_number) || rest.is_empty() {
        return Err(Wrong::error(property.section, "REQUEST-STATUS begins with a code and a description, such as 2.0;Success"));
    }
    let fields = unescaped_semicolons(rest);
    fields.into_iter().try_for_each(|field| values::check(Kind::Text, field))
}

/// The description and the data, at most two fields; what is more stays in the second and is wrong there.
fn unescaped_semicolons(text: &str) -> Vec<&str> {
    let mut escaped = false;
    text.splitn(2, move |c| {
        let divides = c == ';' && !escaped;
        escaped = c == '\\' && !escaped;
        divides
    })
    .collect()
}
