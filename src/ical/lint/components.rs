//! A table of the components that RFCs know: where they lie, and which properties they must and may have, and how often.

use std::collections::BTreeMap;

use super::properties::known as known_property;
use super::{Faults, Node, either, is_private, short};

/// What a component may hold, as the grammar of its section has it.
pub(super) struct Component {
    /// Its name in capitals.
    pub name: &'static str,
    /// Where it is defined.
    pub section: &'static str,
    /// The components that it lies in; none for the outermost.
    pub within: &'static [&'static str],
    /// Once and no more.
    pub must: &'static [&'static str],
    /// At most once.
    pub once: &'static [&'static str],
    /// Rather not more than once.
    pub seldom: &'static [&'static str],
    /// As often as wanted.
    pub many: &'static [&'static str],
    /// Properties that exclude each other.
    pub apart: &'static [(&'static str, &'static str)],
    /// The words of its STATUS.
    pub states: &'static [&'static str],
    /// Whether other properties are none of our business.
    pub open: bool,
}

/// Properties that any component may have as often as it wants (RFC 9073 and RFC 9253).
const ANYWHERE: &[&str] = &["CONCEPT", "LINK", "REFID", "STYLED-DESCRIPTION", "STRUCTURED-DATA", "RELATED-TO", "COMMENT"];

/// What an event and a to-do may have as often as they want (RFC 5545, sections 3.6.1 and 3.6.2, and RFC 7986).
const OFTEN: &[&str] = &[
    "ATTACH",
    "ATTENDEE",
    "CATEGORIES",
    "CONTACT",
    "EXDATE",
    "EXRULE",
    "REQUEST-STATUS",
    "RESOURCES",
    "RDATE",
    "CONFERENCE",
    "IMAGE",
];

const NONE: Component = Component {
    name: "",
    section: "",
    within: &[],
    must: &[],
    once: &[],
    seldom: &[],
    many: &[],
    apart: &[],
    states: &[],
    open: false,
};

/// A component of which only the place is checked.
const fn placed(name: &'static str, section: &'static str, within: &'static [&'static str]) -> Component {
    Component { name, section, within, open: true, ..NONE }
}

const OBSERVANCE: Component = Component {
    section: "RFC 5545, 3.6.5",
    within: &["VTIMEZONE"],
    must: &["DTSTART", "TZOFFSETTO", "TZOFFSETFROM"],
    seldom: &["RRULE"],
    many: &["RDATE", "TZNAME"],
    ..NONE
};

const COMPONENTS: &[Component] = &[
    Component {
        name: "VCALENDAR",
        section: "RFC 5545, 3.6",
        must: &["PRODID", "VERSION"],
        once: &["CALSCALE", "METHOD", "UID", "LAST-MODIFIED", "URL", "REFRESH-INTERVAL", "SOURCE", "COLOR"],
        many: &["NAME", "DESCRIPTION", "CATEGORIES", "IMAGE"],
        ..NONE
    },
    Component {
        name: "VEVENT",
        section: "RFC 5545, 3.6.1",
        within: &["VCALENDAR"],
        must: &["DTSTAMP", "UID"],
        once: &[
            "DTSTART",
            "CLASS",
            "CREATED",
            "DESCRIPTION",
            "GEO",
            "LAST-MODIFIED",
            "LOCATION",
            "ORGANIZER",
            "PRIORITY",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "TRANSP",
            "URL",
            "RECURRENCE-ID",
            "DTEND",
            "DURATION",
            "COLOR",
        ],
        seldom: &["RRULE"],
        many: OFTEN,
        apart: &[("DTEND", "DURATION")],
        states: &["TENTATIVE", "CONFIRMED", "CANCELLED"],
        ..NONE
    },
    Component {
        name: "VTODO",
        section: "RFC 5545, 3.6.2",
        within: &["VCALENDAR"],
        must: &["DTSTAMP", "UID"],
        once: &[
            "CLASS",
            "COMPLETED",
            "CREATED",
            "DESCRIPTION",
            "DTSTART",
            "GEO",
            "LAST-MODIFIED",
            "LOCATION",
            "ORGANIZER",
            "PERCENT-COMPLETE",
            "PRIORITY",
            "RECURRENCE-ID",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "URL",
            "DUE",
            "DURATION",
            "COLOR",
        ],
        seldom: &["RRULE"],
        many: OFTEN,
        apart: &[("DUE", "DURATION")],
        states: &["NEEDS-ACTION", "COMPLETED", "IN-PROCESS", "CANCELLED"],
        ..NONE
    },
    Component {
        name: "VJOURNAL",
        section: "RFC 5545, 3.6.3",
        within: &["VCALENDAR"],
        must: &["DTSTAMP", "UID"],
        once: &[
            "CLASS",
            "CREATED",
            "DTSTART",
            "LAST-MODIFIED",
            "ORGANIZER",
            "RECURRENCE-ID",
            "SEQUENCE",
            "STATUS",
            "SUMMARY",
            "URL",
            "COLOR",
        ],
        seldom: &["RRULE"],
        many: &[
            "ATTACH",
            "ATTENDEE",
            "CATEGORIES",
            "CONTACT",
            "DESCRIPTION",
            "EXDATE",
            "EXRULE",
            "RDATE",
            "REQUEST-STATUS",
            "IMAGE",
        ],
        states: &["DRAFT", "FINAL", "CANCELLED"],
        ..NONE
    },
    Component {
        name: "VFREEBUSY",
        section: "RFC 5545, 3.6.4",
        within: &["VCALENDAR"],
        must: &["DTSTAMP", "UID"],
        once: &["CONTACT", "DTSTART", "DTEND", "ORGANIZER", "URL"],
        many: &["ATTENDEE", "FREEBUSY", "REQUEST-STATUS"],
        ..NONE
    },
    Component {
        name: "VTIMEZONE",
        section: "RFC 5545, 3.6.5",
        within: &["VCALENDAR"],
        must: &["TZID"],
        once: &["LAST-MODIFIED", "TZURL", "TZUNTIL"],
        many: &["TZID-ALIAS-OF"],
        ..NONE
    },
    Component { name: "STANDARD", ..OBSERVANCE },
    Component { name: "DAYLIGHT", ..OBSERVANCE },
    Component {
        name: "VALARM",
        section: "RFC 5545, 3.6.6",
        within: &["VEVENT", "VTODO"],
        must: &["ACTION", "TRIGGER"],
        once: &["DURATION", "REPEAT", "DESCRIPTION", "SUMMARY", "UID", "ACKNOWLEDGED", "PROXIMITY"],
        many: &["ATTACH", "ATTENDEE"],
        ..NONE
    },
    placed("VAVAILABILITY", "RFC 7953, 3.1", &["VCALENDAR"]),
    placed("AVAILABLE", "RFC 7953, 3.1", &["VAVAILABILITY"]),
    placed("PARTICIPANT", "RFC 9073, 7.1", &["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY"]),
    placed("VLOCATION", "RFC 9073, 7.2", &["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "PARTICIPANT", "VALARM"]),
    placed("VRESOURCE", "RFC 9073, 7.3", &["VEVENT", "VTODO", "VJOURNAL", "VFREEBUSY", "PARTICIPANT"]),
];

/// The component of a name in capitals.
pub(super) fn known(name: &str) -> Option<&'static Component> {
    COMPONENTS.iter().find(|component| component.name == name)
}

/// Whether a component may lie where it lies.
pub(super) fn place(node: &Node, parent: Option<&Node>, faults: &mut Faults) {
    let name = short(&node.name);
    let Some(component) = known(&node.name) else {
        if parent.is_none() {
            faults.error(node.line, "RFC 5545, 3.4", format!("{name} stands outside of every VCALENDAR"));
        } else if !is_private(&node.name) {
            let says = format!("no RFC knows the component {name}; a name of one's own begins with X-");
            faults.warning(node.line, "RFC 5545, 3.6", says);
        }
        return;
    };
    let lies = match parent {
        None if component.within.is_empty() => return,
        None => "stands outside of every VCALENDAR".to_owned(),
        // What a private component holds is its own business.
        Some(parent) if component.within.contains(&parent.name.as_str()) || known(&parent.name).is_none() => return,
        Some(_) if component.within.is_empty() => "is the outermost, and lies in no other component".to_owned(),
        Some(parent) => format!("lies in {}, not in {}", either(component.within), short(&parent.name)),
    };
    faults.error(node.line, component.section, format!("{name} {lies}"));
}

/// Whether a component has what it must have, no more than it may, and nothing that belongs elsewhere.
pub(super) fn counts(node: &Node, faults: &mut Faults) {
    let Some(component) = known(&node.name).filter(|component| !component.open) else { return };
    let (name, section) = (component.name, component.section);
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    for property in &node.properties {
        let called = property.content.name.as_str();
        let before = first.get(called).copied();
        first.entry(called).or_insert(property.line);
        let has = |list: &[&str]| list.contains(&called);
        if let Some(before) = before {
            let says = format!("{} stands twice in {name}, on line {before} before", short(called));
            if has(component.must) || has(component.once) {
                faults.error(property.line, section, says);
            } else if has(component.seldom) {
                faults.warning(property.line, section, says);
            }
        } else if !(has(component.must) || has(component.once) || has(component.seldom) || has(component.many) || has(ANYWHERE)) {
            let unknown = known_property(called).is_none();
            if !unknown {
                faults.error(property.line, section, format!("{called} does not belong in {name}"));
            }
        }
    }
    for must in component.must.iter().filter(|must| !first.contains_key(**must)) {
        faults.error(node.line, section, format!("{name} lacks {must}"));
    }
    for (one, other) in component.apart {
        if let (Some(line), Some(before)) = (first.get(one), first.get(other)) {
            let says = format!("{one} and {other} exclude each other: leave one away");
            faults.error(*line.max(before), section, says);
        }
    }
}
