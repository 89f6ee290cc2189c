//! The day on one page.

use super::heading::Heading;
use super::page::Page;
use super::{meetings, place};
use crate::query::{Summits, WhereAnswer};

/// Where everybody is, then the pending meetings.
#[must_use]
pub fn brief_text(answers: &[WhereAnswer], pending: &Summits, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    place::everybody(&mut sheet, answers, head, page);
    sheet.blank();
    meetings::list(&mut sheet, pending, head, page);
    sheet.finish()
}
