//! iCalendar as a grammar (RFC 5545, with RFC 6868 and RFC 7986): text made safe, content lines, components, time
//! zones, a reader, a strict check.
//!
//! Knows only [`crate::time`], reads no clock and decides nothing about meetings: the same components give the same bytes.
//!
//! | file | holds |
//! |---|---|
//! | `text` | TEXT values: escaped, and rid of what could begin a property of its own |
//! | `line` | one content line: parameters, and folding at 75 octets |
//! | `component` | BEGIN to END: the writer, with a method for each kind of value |
//! | `zone` | VTIMEZONE from the rules of a [`crate::time::Zone`] |
//! | `read` | the way back: a tolerant reader that keeps line numbers |
//! | `value` | values that are no TEXT, read |
//! | `recur` | recurrence rules, followed |
//! | `agenda` | somebody else's calendar, as times that something takes place |
//! | `lint` | what a file does against the rules, with the line and the section |

mod agenda;
mod component;
mod line;
mod lint;
mod read;
mod recur;
mod rule;
mod text;
mod value;
mod zone;

#[cfg(test)]
mod tests;

pub use agenda::{
    Agenda, AgendaClock, AgendaEvent, AgendaStatus, AgendaTime, LeftOut, MOST_EVENTS, MOST_LINES, Wanted, Why, agenda,
};
pub use component::{Component, is_safe_uri};
pub use line::{FOLD_OCTETS, Line, LineError, Parameter, fold};
pub use lint::{Fault, Linted, MOST_FAULTS, Severity, lint};
pub use read::{Flaw, FlawKind, MOST_NESTED, Node, Property, Reading, read};
pub use text::{escape, one_line, tidy, unescape};
pub use zone::vtimezone;
