//! What people type or send becomes an entry, or a refusal that says what to type instead.
//!
//! Flags, words files and JSON all become the same [`Draft`] (the wire shape, with names and spoken dates in it); a [`Door`] resolves it
//! against what the log knows. Nothing is written here.

mod add;
mod ask;
mod calendar;
mod dates;
mod door;
mod draft;
mod file;
mod json;
mod known;
mod lines;
mod location;
mod meeting;
mod people;
mod places;
mod reference;
mod refusal;
mod resolve;
mod sense;
mod sheet;
mod split;
mod template;
mod told;
mod worded;
mod words;

pub use calendar::{Act, Deed, QUOTED, Reviewed, Whose, check_calendar};
pub use door::{Admitted, Door, Echo};
pub use file::read_words_file;
pub use json::read_json_entry;
pub use known::Known;
pub use lines::{Checked, Lines, check_lines};
pub use reference::{Typed, typed_reference};
pub use refusal::{Problem, Refusal, Spot};
pub use sheet::{Dialect, Edition, Fate, Map, Row, Rows, Sifted, Unplaced, check_sheet};
pub use template::{source_line, template};
pub use told::Told;
pub use words::{RetractWords, SourceWords, Words};

use crate::event::wire::WireNewEntry;

/// An entry as it was typed or sent, and where each of its events was.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Draft {
    /// The entry, with names and spoken dates.
    pub entry: WireNewEntry,
    /// Where each event was typed, in the same order.
    pub spots: Vec<Spot>,
    /// Where the source was typed.
    pub source_spot: Option<Spot>,
}

impl Draft {
    /// Where an event was typed.
    fn spot(&self, event: usize) -> Option<Spot> {
        self.spots.get(event).cloned()
    }
}
