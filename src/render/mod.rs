//! Values to bytes, for people on a terminal: answers as text that fits the width.
//!
//! Decides nothing and computes no answer: what is shown stands in the answer. Every text passes through [`Text`], which writes
//! control characters and their like as visible escapes, so nothing in a log can move a cursor or turn a line around.

mod agenda;
mod brief;
mod calendar;
mod changes;
mod chart;
mod check;
mod cited;
mod columns;
mod dates;
mod diary;
mod doctor;
mod encounters;
mod explain;
mod heading;
mod itinerary;
mod json;
mod letter;
mod lint;
mod logged;
mod meetings;
mod numbers;
mod page;
mod place;
mod schema;
mod sentence;
mod sifted;
mod statements;
mod stats;
mod story;
mod style;
mod svg;
mod table;
mod text;
mod trips;
mod upkeep;
mod vdir;
mod who;

#[cfg(test)]
mod tests;

pub use agenda::Imported;
pub use brief::brief_text;
pub use calendar::calendar;
pub use changes::changes_text;
pub use chart::{chart_svg, chart_text};
pub use check::{check_text, damage_text};
pub use dates::Dates;
pub use diary::diary_text;
pub use doctor::{
    CardCheckup, Checkup, ClockCheckup, DraftsCheckup, FoundBy, GazetteerCheckup, Health, HoldsCheckup, LogCheckup,
    TerminalCheckup, doctor_text,
};
pub use encounters::encounters_text;
pub use explain::explain_text;
pub use heading::Heading;
pub use itinerary::itinerary_text;
pub use json::document;
pub use letter::{Harm, error_json, error_text};
pub use lint::{LintAnswer, LintedFile, lint_text};
pub use logged::{Logged, came_between, logged_json, logged_text};
pub use meetings::summits_text;
pub use page::Page;
pub use place::{everybody_text, where_text};
pub use schema::{ANSWERS_SCHEMA, entry_schema};
pub use sifted::{FIRST, Sheet as SheetAnswer, progress, rejected};
pub use statements::statements_text;
pub use stats::{stats_by_table, stats_table, stats_text};
pub use story::meeting_text;
pub use table::csv_text;
pub use text::{Text, counted, visible};
pub use trips::trips_text;
pub use upkeep::{Repair, SetAside, Whole, adopted_text, backup_text, repair_json, repair_text, whole_text};
pub use vdir::{Origin, VDIR_COLOR, VdirFile, vdir_files, vdir_label, vdir_name, vdir_origin};
pub use who::who_text;
