//! A table of the properties that RFCs know: what each may hold.

use super::colors::COLORS;
use super::values::Kind;
use super::values::Kind::{
    Binary, CalAddress, Date, DateTime, Duration, Float, Integer, Period, Recur, Text, Uid, Uri, UtcOffset, XmlReference,
};

/// What a property may hold.
#[derive(Clone, Copy, Debug)]
pub(super) struct Property {
    /// Its name in capitals.
    pub name: &'static str,
    /// Where it is defined.
    pub section: &'static str,
    /// The types of its value, the one that it has without `VALUE` first.
    pub kinds: &'static [Kind],
    /// Whether it may hold several values, divided by commas.
    pub list: bool,
    /// Whether `VALUE` must be written, for there is no default.
    pub says_kind: bool,
    /// What else its value must be.
    pub rule: Rule,
}

/// What a value must be besides being of its type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    None,
    /// Not empty.
    Filled,
    /// In UTC.
    Utc,
    /// A duration above zero.
    Positive,
    /// A number from the first to the last.
    Between(i32, i32),
    /// One of these words.
    OneOf(&'static [&'static str]),
    /// One of the words that the component has for it.
    State,
    /// The name of a colour.
    Color,
    /// Latitude and longitude.
    Geo,
    /// Code, description and data, divided by semicolons.
    RequestStatus,
    /// Nobody should write it any more.
    Deprecated,
}

const fn new(name: &'static str, section: &'static str, kinds: &'static [Kind]) -> Property {
    Property { name, section, kinds, list: false, says_kind: false, rule: Rule::None }
}

impl Property {
    const fn list(self) -> Self {
        Self { list: true, ..self }
    }

    const fn says_kind(self) -> Self {
        Self { says_kind: true, ..self }
    }

    const fn rule(self, rule: Rule) -> Self {
        Self { rule, ..self }
    }
}

/// The property of a name in capitals.
pub(super) fn known(name: &str) -> Option<&'static Property> {
    PROPERTIES.iter().find(|property| property.name == name)
}

const PROPERTIES: &[Property] = &[
    // Of the calendar.
    new("CALSCALE", "RFC 5545, 3.7.1", &[Text]).rule(Rule::OneOf(&["GREGORIAN"])),
    new("METHOD", "RFC 5545, 3.7.2", &[Text]).rule(Rule::Filled),
    new("PRODID", "RFC 5545, 3.7.3", &[Text]).rule(Rule::Filled),
    new("VERSION", "RFC 5545, 3.7.4", &[Text]).rule(Rule::OneOf(&["2.0"])),
    // Descriptive.
    new("ATTACH", "RFC 5545, 3.8.1.1", &[Uri, Binary]),
    new("CATEGORIES", "RFC 5545, 3.8.1.2", &[Text]).list(),
    new("CLASS", "RFC 5545, 3.8.1.3", &[Text]).rule(Rule::Filled),
    new("COMMENT", "RFC 5545, 3.8.1.4", &[Text]),
    new("DESCRIPTION", "RFC 5545, 3.8.1.5", &[Text]),
    new("GEO", "RFC 5545, 3.8.1.6", &[Float]).rule(Rule::Geo),
    new("LOCATION", "RFC 5545, 3.8.1.7", &[Text]),
    new("PERCENT-COMPLETE", "RFC 5545, 3.8.1.8", &[Integer]).rule(Rule::Between(0, 100)),
    new("PRIORITY", "RFC 5545, 3.8.1.9", &[Integer]).rule(Rule::Between(0, 9)),
    new("RESOURCES", "RFC 5545, 3.8.1.10", &[Text]).list(),
    new("STATUS", "RFC 5545, 3.8.1.11", &[Text]).rule(Rule::State),
    new("SUMMARY", "RFC 5545, 3.8.1.12", &[Text]),
    // Dates and times.
    new("COMPLETED", "RFC 5545, 3.8.2.1", &[DateTime]).rule(Rule::Utc),
    new("DTEND", "RFC 5545, 3.8.2.2", &[DateTime, Date]),
    new("DUE", "RFC 5545, 3.8.2.3", &[DateTime, Date]),
    new("DTSTART", "RFC 5545, 3.8.2.4", &[DateTime, Date]),
    new("DURATION", "RFC 5545, 3.8.2.5", &[Duration]).rule(Rule::Positive),
    new("FREEBUSY", "RFC 5545, 3.8.2.6", &[Period]).list().rule(Rule::Utc),
    new("TRANSP", "RFC 5545, 3.8.2.7", &[Text]).rule(Rule::OneOf(&["OPAQUE", "TRANSPARENT"])),
    // Time zones.
    new("TZID", "RFC 5545, 3.8.3.1", &[Text]).rule(Rule::Filled),
    new("TZNAME", "RFC 5545, 3.8.3.2", &[Text]),
    new("TZOFFSETFROM", "RFC 5545, 3.8.3.3", &[UtcOffset]),
    new("TZOFFSETTO", "RFC 5545, 3.8.3.4", &[UtcOffset]),
    new("TZURL", "RFC 5545, 3.8.3.5", &[Uri]),
    new("TZUNTIL", "RFC 7808, 7.1", &[DateTime]).rule(Rule::Utc),
    new("TZID-ALIAS-OF", "RFC 7808, 7.2", &[Text]),
    // Relationships.
    new("ATTENDEE", "RFC 5545, 3.8.4.1", &[CalAddress]),
    new("CONTACT", "RFC 5545, 3.8.4.2", &[Text]),
    new("ORGANIZER", "RFC 5545, 3.8.4.3", &[CalAddress]),
    new("RECURRENCE-ID", "RFC 5545, 3.8.4.4", &[DateTime, Date]),
    new("RELATED-TO", "RFC 5545, 3.8.4.5", &[Text, Uri, Uid]),
    new("URL", "RFC 5545, 3.8.4.6", &[Uri]),
    new("UID", "RFC 5545, 3.8.4.7", &[Text]).rule(Rule::Filled),
    new("CONCEPT", "RFC 9253, 8.1", &[Uri]),
    new("LINK", "RFC 9253, 8.2", &[Uri, Uid, XmlReference, Text]),
    new("REFID", "RFC 9253, 8.3", &[Text]),
    // Recurrence.
    new("EXDATE", "RFC 5545, 3.8.5.1", &[DateTime, Date]).list(),
    new("RDATE", "RFC 5545, 3.8.5.2", &[DateTime, Date, Period]).list(),
    new("RRULE", "RFC 5545, 3.8.5.3", &[Recur]),
    new("EXRULE", "RFC 5545, A.3", &[Recur]).rule(Rule::Deprecated),
    // Alarms.
    new("ACTION", "RFC 5545, 3.8.6.1", &[Text]).rule(Rule::Filled),
    new("REPEAT", "RFC 5545, 3.8.6.2", &[Integer]).rule(Rule::Between(0, i32::MAX)),
    new("TRIGGER", "RFC 5545, 3.8.6.3", &[Duration, DateTime]).rule(Rule::Utc),
    new("ACKNOWLEDGED", "RFC 9074, 6.1", &[DateTime]).rule(Rule::Utc),
    new("PROXIMITY", "RFC 9074, 8.1", &[Text]),
    // Change management.
    new("CREATED", "RFC 5545, 3.8.7.1", &[DateTime]).rule(Rule::Utc),
    new("DTSTAMP", "RFC 5545, 3.8.7.2", &[DateTime]).rule(Rule::Utc),
    new("LAST-MODIFIED", "RFC 5545, 3.8.7.3", &[DateTime]).rule(Rule::Utc),
    new("SEQUENCE", "RFC 5545, 3.8.7.4", &[Integer]).rule(Rule::Between(0, i32::MAX)),
    new("REQUEST-STATUS", "RFC 5545, 3.8.8.3", &[Text]).rule(Rule::RequestStatus),
    // Of the calendar and of what it shows.
    new("NAME", "RFC 7986, 5.1", &[Text]),
    new("REFRESH-INTERVAL", "RFC 7986, 5.7", &[Duration]).says_kind().rule(Rule::Positive),
    new("SOURCE", "RFC 7986, 5.8", &[Uri]),
    new("COLOR", "RFC 7986, 5.9", &[Text]).rule(Rule::Color),
    new("IMAGE", "RFC 7986, 5.10", &[Uri, Binary]).says_kind(),
    new("CONFERENCE", "RFC 7986, 5.11", &[Uri]).says_kind(),
    // Availability, and what others have added.
    new("BUSYTYPE", "RFC 7953, 3.2", &[Text]),
    new("LOCATION-TYPE", "RFC 9073, 6.1", &[Text]).list(),
    new("PARTICIPANT-TYPE", "RFC 9073, 6.2", &[Text]),
    new("RESOURCE-TYPE", "RFC 9073, 6.3", &[Text]),
    new("CALENDAR-ADDRESS", "RFC 9073, 6.4", &[CalAddress]),
    new("STYLED-DESCRIPTION", "RFC 9073, 6.5", &[Text, Uri]),
    new("STRUCTURED-DATA", "RFC 9073, 6.6", &[Text, Uri, Binary]),
];

/// Whether a word is the name of a colour.
pub(super) fn is_color(word: &str) -> bool {
    COLORS.binary_search(&word.to_ascii_lowercase().as_str()).is_ok()
}
