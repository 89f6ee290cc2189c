//! The day on one page.

use super::heading::Heading;
use super::page::Page;
use super::{everybody_text, summits_text};
use crate::query::{Summits, WhereAnswer};

/// Where everybody is, then the pending meetings.
#[must_use]
pub fn brief_text(answers: &[WhereAnswer], pending: &Summits, head: &Heading<'_>, page: &Page) -> String {
    let there = everybody_text(answers, head, page);
    let meetings = summits_text(pending, head, page);
    // Both begin with the same heading; the page bears it once.
    let rest = meetings.split_once("\n\n").map_or(meetings.as_str(), |(_, rest)| rest);
    format!("{there}\n{rest}")
}
