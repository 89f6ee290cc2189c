//! daybook.
pub mod event;
pub mod geo;
pub mod ical;
pub mod intake;
pub mod log;
pub mod names;
pub mod projection;
pub mod query;
pub mod time;
