//! One checker for each type of value (RFC 5545, section 3.3).

use super::{Wrong, is_one_of, quoted, recur, stamps};
use crate::ical::value;

/// The types of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Binary,
    Boolean,
    CalAddress,
    Date,
    DateTime,
    Duration,
    Float,
    Integer,
    Period,
    Recur,
    Text,
    Time,
    Uri,
    UtcOffset,
    /// RFC 9253, section 7.
    Uid,
    /// RFC 9253, section 7.
    XmlReference,
}

impl Kind {
    const ALL: &[(Self, &'static str)] = &[
        (Self::Binary, "BINARY"),
        (Self::Boolean, "BOOLEAN"),
        (Self::CalAddress, "CAL-ADDRESS"),
        (Self::Date, "DATE"),
        (Self::DateTime, "DATE-TIME"),
        (Self::Duration, "DURATION"),
        (Self::Float, "FLOAT"),
        (Self::Integer, "INTEGER"),
        (Self::Period, "PERIOD"),
        (Self::Recur, "RECUR"),
        (Self::Text, "TEXT"),
        (Self::Time, "TIME"),
        (Self::Uri, "URI"),
        (Self::UtcOffset, "UTC-OFFSET"),
        (Self::Uid, "UID"),
        (Self::XmlReference, "XML-REFERENCE"),
    ];

    /// The type that a `VALUE` names.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)).map(|(kind, _)| *kind)
    }

    /// Its name in a `VALUE`.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(kind, _)| *kind == self).map_or("", |(_, name)| name)
    }
}

/// Checks one value by its type; a list is taken apart before.
pub(super) fn check(kind: Kind, value: &str) -> Result<(), Wrong> {
    let (is_good, section, form) = match kind {
        Kind::Text => return text(value),
        Kind::Recur => return recur::check(value),
        Kind::Date | Kind::DateTime => return stamps::read(value).map(|_| ()),
        Kind::Duration => return Duration::read(value).map(|_| ()),
        Kind::Period => return period(value),
        Kind::Uri | Kind::CalAddress | Kind::XmlReference => return uri(value),
        Kind::Uid => (!value.is_empty(), "RFC 9253, 7", "a UID"),
        Kind::Binary => (is_base64(value), "RFC 5545, 3.3.1", "BASE64, letters and digits in groups of four"),
        Kind::Boolean => (is_one_of(value, &["TRUE", "FALSE"]), "RFC 5545, 3.3.2", "TRUE or FALSE"),
        Kind::Float => (float(value).is_some(), "RFC 5545, 3.3.7", "a number, such as 37.386"),
        Kind::Integer => (integer(value).is_some(), "RFC 5545, 3.3.8", "a whole number from -2147483648 to 2147483647"),
        Kind::Time => (stamps::read_time(value).is_some(), "RFC 5545, 3.3.12", "a time, such as 083000"),
        Kind::UtcOffset => (is_offset(value), "RFC 5545, 3.3.14", "an offset such as +0100 or -0530, and zero is +0000"),
    };
    if is_good { Ok(()) } else { Err(Wrong::error(section, format!("{} is not {form}", quoted(value)))) }
}

/// The values of a list, taken apart at the commas that are not escaped.
pub(super) fn listed(value: &str) -> impl Iterator<Item = &str> {
    let mut escaped = false;
    value.split(move |c| {
        let divides = c == ',' && !escaped;
        escaped = c == '\\' && !escaped;
        divides
    })
}

fn text(value: &str) -> Result<(), Wrong> {
    let wrong = |says: String| Err(Wrong::error("RFC 5545, 3.3.11", says));
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        match c {
            ',' => return wrong("a comma in a text is written \\,".to_owned()),
            ';' => return wrong("a semicolon in a text is written \\;".to_owned()),
            '\\' => match characters.next() {
                Some('\\' | ';' | ',' | 'n' | 'N') => {}
                Some(other) => return wrong(format!("there is no escape \\{other}; a backslash in a text is written \\\\")),
                None => return wrong("a text ends with half an escape; a backslash is written \\\\".to_owned()),
            },
            _ => {}
        }
    }
    Ok(())
}

fn uri(value: &str) -> Result<(), Wrong> {
    let wrong = |says: String| Err(Wrong::error("RFC 5545, 3.3.13", says));
    let is_scheme = |scheme: &str| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    };
    if !value.split_once(':').is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty()) {
        return wrong(format!("{} is no address with its scheme, such as https: or mailto:", quoted(value)));
    }
    // What RFC 3986 has no place for; it is written in percent.
    let stray = value.chars().find(|c| !c.is_ascii() || c.is_ascii_control() || " \"<>\\^`{|}".contains(*c));
    if let Some(stray) = stray {
        return wrong(format!("an address has no \"{stray}\"; it is written in percent, such as %20"));
    }
    let is_coded = |after: &str| after.len() >= 2 && after.bytes().take(2).all(|byte| byte.is_ascii_hexdigit());
    if !value.split('%').skip(1).all(is_coded) {
        return wrong("after % an address has two hexadecimal digits; the sign itself is %25".to_owned());
    }
    Ok(())
}

/// Whole weeks, or days and a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Duration {
    /// Whether it goes back.
    pub negative: bool,
    /// Whether it is of no length.
    pub zero: bool,
    /// Whether it has hours, minutes or seconds.
    pub has_time: bool,
}

impl Duration {
    /// Reads `P2W`, `P1DT2H`, `-PT15M`: hours, minutes and seconds without a gap (RFC 5545, section 3.3.6).
    pub fn read(value: &str) -> Result<Self, Wrong> {
        let says = || format!("{} is no duration, such as P1W, P2D, PT1H30M or P1DT6H", quoted(value));
        Self::of(value).ok_or_else(|| Wrong::error("RFC 5545, 3.3.6", says()))
    }

    fn of(value: &str) -> Option<Self> {
        let upper = value.to_ascii_uppercase();
        let (negative, unsigned) = match upper.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, upper.strip_prefix('+').unwrap_or(&upper)),
        };
        let body = unsigned.strip_prefix('P')?;
        let (days, time) = body.split_once('T').map_or((body, None), |(days, time)| (days, Some(time)));
        let day_units = units(days, "WD")?;
        let time_units = time.map_or(Some(String::new()), |time| units(time, "HMS"))?;
        let days_fit = matches!(day_units.as_str(), "" | "D") || (day_units == "W" && time.is_none());
        let time_fits = match time {
            Some(_) => matches!(time_units.as_str(), "H" | "M" | "S" | "HM" | "MS" | "HMS"),
            None => !day_units.is_empty(),
        };
        let zero = !body.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
        (days_fit && time_fits).then_some(Self { negative, zero, has_time: time.is_some() })
    }
}

/// The units of a run of numbers, each with its unit: "HM" of "1H30M". None if it is no such run.
fn units(text: &str, known: &str) -> Option<String> {
    let mut found = String::new();
    let mut digits = 0;
    for c in text.chars() {
        if c.is_ascii_digit() {
            digits += 1;
        } else if digits > 0 && known.contains(c) && found.len() < known.len() {
            found.push(c);
            digits = 0;
        } else {
            return None;
        }
    }
    (digits == 0).then_some(found)
}

fn period(value: &str) -> Result<(), Wrong> {
    let wrong = |says: String| Err(Wrong::error("RFC 5545, 3.3.9", says));
    let Some((start, end)) = value.split_once('/') else {
        return wrong(format!("{} is no period: a start, a slash, and an end or a duration", quoted(value)));
    };
    let from = stamps::read(start)?;
    if end.starts_with(['P', 'p', '+', '-']) {
        let length = Duration::read(end)?;
        return if length.negative || length.zero { wrong("the duration of a period is above zero".to_owned()) } else { Ok(()) };
    }
    let to = stamps::read(end)?;
    match (from.time, to.time) {
        (Some(_), Some(_)) if from.utc == to.utc && to.wall() <= from.wall() => {
            wrong("the end of a period is later than its start".to_owned())
        }
        (Some(_), Some(_)) => Ok(()),
        _ => wrong("the start and the end of a period are times, not only dates".to_owned()),
    }
}

fn is_base64(value: &str) -> bool {
    let body = value.trim_end_matches('=');
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'+' || byte == b'/';
    value.len().is_multiple_of(4) && value.len() - body.len() <= 2 && body.bytes().all(is_letter)
}

/// Digits with a sign, as many numbers are written.
fn unsigned(value: &str) -> Option<&str> {
    let digits = value.strip_prefix(['+', '-']).unwrap_or(value);
    (!digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}

/// A whole number.
pub(super) fn integer(value: &str) -> Option<i32> {
    unsigned(value).and_then(|_| value.parse().ok())
}

/// A number with decimals.
pub(super) fn float(value: &str) -> Option<f64> {
    let (whole, decimals) = value.split_once('.').map_or((value, "0"), |(whole, decimals)| (whole, decimals));
    let are_digits = !decimals.is_empty() && decimals.bytes().all(|byte| byte.is_ascii_digit());
    unsigned(whole).filter(|_| are_digits).and_then(|_| value.parse().ok())
}

/// Hours, minutes and perhaps seconds; there is no zero below zero.
fn is_offset(text: &str) -> bool {
    value::offset(text).is_some_and(|seconds| seconds != 0 || text.starts_with('+'))
}
