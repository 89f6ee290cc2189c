//! iCalendar as a grammar (RFC 5545, with RFC 6868 and RFC 7986): text made safe, content lines, components, time zones, a reader.
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

mod component;
mod line;
mod read;
mod rule;
mod text;
mod zone;

#[cfg(test)]
mod tests;

pub use component::{Component, is_safe_uri};
pub use line::{FOLD_OCTETS, Line, LineError, Parameter, fold};
pub use read::{Flaw, FlawKind, MOST_NESTED, Node, Property, Reading, read};
pub use text::{escape, one_line, tidy, unescape};
pub use zone::vtimezone;
