//! daybook.
pub mod event;
pub mod names;
pub mod projection;
pub mod time;
