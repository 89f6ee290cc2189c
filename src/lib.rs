//! daybook.
pub mod time;
