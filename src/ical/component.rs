//! Components: BEGIN to END, with a method for each kind of value.

use std::fmt;
use std::fmt::Write as _;

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};

use super::line::{Line, fold};
use super::text::{escape, one_line};
use crate::time::{Moment, Zone};

/// A component and its properties in the order they were added, then the components within it.
///
/// Values are made safe here and nowhere else: whatever text goes in, one call writes at most one property.
///
/// ```
/// # use daybook::ical::Component;
/// let event = Component::new("VEVENT").text("SUMMARY", "Talks, with\nBEGIN:VALARM").uri("URL", "javascript:alert(1)");
/// assert_eq!(event.to_string(), "BEGIN:VEVENT\r\nSUMMARY:Talks\\, with\\nBEGIN:VALARM\r\nEND:VEVENT\r\n");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Component {
    name: &'static str,
    lines: Vec<Line>,
    parts: Vec<Component>,
}

impl Component {
    /// An empty component, such as `VEVENT`.
    #[must_use]
    pub fn new(name: &'static str) -> Self {
        Self { name, lines: Vec::new(), parts: Vec::new() }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// A property as it is, for kinds that have no method here.
    #[must_use]
    pub fn line(mut self, line: Line) -> Self {
        self.lines.push(line);
        self
    }

    /// A TEXT (RFC 5545, section 3.3.11), escaped.
    #[must_use]
    pub fn text(self, name: &'static str, text: &str) -> Self {
        self.line(Line::new(name, &escape(text)))
    }

    /// A list of TEXTs in one property, such as `CATEGORIES`. An empty list writes nothing.
    #[must_use]
    pub fn texts<'t>(self, name: &'static str, texts: impl IntoIterator<Item = &'t str>) -> Self {
        let escaped: Vec<String> = texts.into_iter().map(escape).collect();
        if escaped.is_empty() { self } else { self.line(Line::new(name, &escaped.join(","))) }
    }

    /// A value that is no TEXT: a number, a status, a duration, a recurrence rule. Not escaped; line breaks become spaces.
    #[must_use]
    pub fn raw(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.line(Line::new(name, &one_line(&value.to_string())))
    }

    /// A raw value with its `VALUE` parameter, such as `REFRESH-INTERVAL;VALUE=DURATION:PT1H`.
    #[must_use]
    pub fn typed(self, name: &'static str, kind: &'static str, value: impl fmt::Display) -> Self {
        self.line(Line::new(name, &one_line(&value.to_string())).with("VALUE", kind))
    }

    /// A whole day, `VALUE=DATE` (RFC 5545, section 3.3.4). The end of an event is the day after its last.
    #[must_use]
    pub fn date(self, name: &'static str, day: NaiveDate) -> Self {
        self.typed(name, "DATE", day.format("%Y%m%d"))
    }

    /// An exact time with its `TZID`; the calendar needs the zone's VTIMEZONE ([`super::vtimezone`]).
    ///
    /// A wall clock that is shown twice means its first time there (RFC 5545, section 3.3.5), but libical, ical.js, vobject and pytz read its
    /// second: it is written in UTC. So is a moment in the zone `UTC`, which must not have a `TZID`.
    #[must_use]
    pub fn date_time(self, name: &'static str, moment: Moment) -> Self {
        let zone = moment.zone();
        if zone == Zone::UTC || moment.is_ambiguous() {
            return self.instant(name, moment.instant());
        }
        self.line(Line::new(name, &local(moment.wall())).with("TZID", zone.name()))
    }

    /// An instant in UTC, as `DTSTAMP` and its kin must be. Parts of a second are left out.
    #[must_use]
    pub fn instant(self, name: &'static str, at: DateTime<Utc>) -> Self {
        self.line(Line::new(name, &format!("{}Z", local(at.naive_utc()))))
    }

    /// A link, left out if it is not safe ([`is_safe_uri`]); what RFC 3986 has no place for is written in percent, as browsers do.
    #[must_use]
    pub fn uri(self, name: &'static str, uri: &str) -> Self {
        if is_safe_uri(uri) { self.line(Line::new(name, &percent_coded(uri))) } else { self }
    }

    /// `GEO` in degrees north and east (RFC 5545, section 3.8.1.6), with six decimals at most; left out if it is not on Earth.
    #[must_use]
    pub fn geo(self, latitude: f64, longitude: f64) -> Self {
        if is_on_earth(latitude, longitude) {
            self.raw("GEO", format_args!("{};{}", degrees(latitude), degrees(longitude)))
        } else {
            self
        }
    }

    /// A component within this one.
    #[must_use]
    pub fn part(mut self, part: Component) -> Self {
        self.parts.push(part);
        self
    }

    fn write(&self, out: &mut impl fmt::Write) -> fmt::Result {
        out.write_str(&fold(&Line::new("BEGIN", self.name).unfolded()))?;
        for line in &self.lines {
            out.write_str(&fold(&line.unfolded()))?;
        }
        for part in &self.parts {
            part.write(out)?;
        }
        out.write_str(&fold(&Line::new("END", self.name).unfolded()))
    }
}

impl fmt::Display for Component {
    /// Folded lines, each ended by CR LF.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f)
    }
}

/// A local date and time without zone (RFC 5545, section 3.3.5).
pub(super) fn local(wall: NaiveDateTime) -> String {
    wall.format("%Y%m%dT%H%M%S").to_string()
}

/// Whether degrees north and east name a point.
pub(super) fn is_on_earth(latitude: f64, longitude: f64) -> bool {
    (-90.0..=90.0).contains(&latitude) && (-180.0..=180.0).contains(&longitude)
}

/// Six decimals at most, about a tenth of a metre, and no trailing zeros.
fn degrees(value: f64) -> String {
    let written = format!("{value:.6}");
    let short = written.trim_end_matches('0').trim_end_matches('.');
    if short == "-0" { "0".to_owned() } else { short.to_owned() }
}

/// A link in ASCII (RFC 3987, section 3.1): `/ü` becomes `/%C3%BC`; a percent sign that begins no code becomes one.
fn percent_coded(uri: &str) -> String {
    let mut coded = String::with_capacity(uri.len());
    for (at, c) in uri.char_indices() {
        let is_code = || uri.as_bytes().get(at + 1..at + 3).is_some_and(|code| code.iter().all(u8::is_ascii_hexdigit));
        if c.is_ascii() && !matches!(c, '^' | '`' | '{' | '|' | '}') && (c != '%' || is_code()) {
            coded.push(c);
            continue;
        }
        for byte in c.encode_utf8(&mut [0; 4]).bytes() {
            // Writing to a String cannot fail.
            let _ = write!(coded, "%{byte:02X}");
        }
    }
    coded
}

/// Whether a link may stand in a calendar that others open: `http`, `https`, `mailto` or `tel`, and no control character, white
/// space, quotation mark, angle bracket, backslash or character that turns the direction of text.
#[must_use]
pub fn is_safe_uri(uri: &str) -> bool {
    let Some((scheme, rest)) = uri.split_once(':') else { return false };
    let scheme = scheme.to_ascii_lowercase();
    let rest = match scheme.as_str() {
        "http" | "https" => rest.strip_prefix("//").unwrap_or_default(),
        "mailto" | "tel" => rest,
        _ => return false,
    };
    !rest.is_empty()
        && !uri.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '\\'))
        && super::tidy(uri) == uri
}
