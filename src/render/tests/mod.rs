//! Whole pages of answers from small logs, and what no text may do.

mod desk;
mod laws;
mod people;
mod stories;
