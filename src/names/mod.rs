//! How names are compared: folding, keys of persons' names, ids, look-alikes, and the nearest of several names; how numbers, lists and
//! words to paste are written.
//!
//! This room knows no other room.

mod fold;
mod hidden;
mod key;
mod listed;
mod near;
mod number;
mod script;
mod slug;
mod typed;
mod words;

pub use fold::fold;
pub use hidden::{MOST_MARKS, is_hidden, shown, unshown};
pub use key::key;
pub use listed::listed;
pub use near::nearest;
pub use number::thousands;
pub use script::{mixed_script, skeleton};
pub use slug::slug;
pub use typed::{flag, quote};
pub use words::{has_run, reordered, words};

#[cfg(test)]
mod tests;
