//! daybook.
pub mod event;
pub mod geo;
pub mod names;
pub mod projection;
pub mod query;
pub mod time;
pub mod ical;
