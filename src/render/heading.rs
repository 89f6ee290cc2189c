//! The first line of every answer: the day asked about, and the clocks where they are not the defaults.

use chrono::{DateTime, NaiveDate, Utc};

use super::dates::Dates;
use super::page::{Page, Sheet};
use super::style;
use super::text::Text;
use crate::query::{AsOf, Names};
use crate::time::Zone;

/// What a question was put to, for the first line of its answer.
#[derive(Clone, Copy, Debug)]
pub struct Heading<'a> {
    /// The day asked about.
    pub on: NaiveDate,
    /// Whether that is the default.
    pub today: bool,
    /// What the public could know.
    pub public_by: Option<DateTime<Utc>>,
    /// What the log held.
    pub as_of: Option<AsOf>,
    /// The zone of the log.
    pub zone: Zone,
    /// What ids are called.
    pub names: Names<'a>,
}

impl Heading<'_> {
    /// Dates as this page writes them.
    pub(super) fn dates(&self, page: &Page) -> Dates {
        Dates { on: self.on, zone: page.zone }
    }

    /// The day asked about, in the middle of a sentence.
    pub(super) fn that_day(&self) -> &'static str {
        if self.today { "today" } else { "that day" }
    }

    /// The zone of a place, unless it may only stand for one that is not known.
    pub(super) fn place_zone(&self, zone: Zone) -> Option<Zone> {
        (zone != self.zone).then_some(zone)
    }

    /// A sheet that begins with the day and the clocks.
    pub(super) fn sheet<'p>(&self, page: &'p Page) -> Sheet<'p> {
        let mut line = Text::styled(style::STRONG, &self.dates(page).long(self.on));
        if let Some(at) = self.public_by {
            line = line.and(style::PLAIN, &format!(", as public by {}", self.instant(at, page)));
        }
        match self.as_of {
            None => {}
            Some(AsOf::Seq(seq)) => line = line.and(style::PLAIN, &format!(", as the log stood at entry {seq}")),
            Some(AsOf::At(at)) => line = line.and(style::PLAIN, &format!(", as the log stood at {}", self.instant(at, page))),
        }
        let mut sheet = Sheet::new(page);
        sheet.paragraph(0, &line);
        sheet.blank();
        sheet
    }

    /// "the end of 17 Feb 2025 (UTC)" where it is one, else the exact time.
    pub(super) fn instant(&self, at: DateTime<Utc>, page: &Page) -> String {
        let day = self.zone.day_at(at);
        if at == self.zone.end_of_day(day) {
            return format!("the end of {} ({})", day.format("%-d %b %Y"), self.zone);
        }
        let zone = page.zone.unwrap_or(self.zone);
        format!("{} ({zone})", zone.wall_at(at).format("%-d %b %Y %H:%M"))
    }
}
