//! daybook.
pub mod event;
pub mod time;
