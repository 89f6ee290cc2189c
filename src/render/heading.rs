//! The first line of every answer: the day asked about, and the clocks where they are not the defaults.

use chrono::{DateTime, NaiveDate, Utc};

use super::dates::Dates;
use super::page::{Page, Sheet};
use super::style;
use super::text::Text;
use crate::event::Position;
use crate::query::{AsOf, Citation, Names};
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
    /// The moment of asking, by which embargoes are judged.
    pub now: DateTime<Utc>,
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

    /// The mark of a claim that rests on an entry under embargo: "EMBARGO until 18 Feb 06:00 (UTC)", with the entries that are, unless it is
    /// the one that is cited beside it.
    pub(super) fn embargo(&self, evidence: &[Position], cited: Option<Position>, dates: Dates) -> Text {
        let mut entries: Vec<u64> = evidence.iter().chain(&cited).map(|position| position.seq).collect();
        entries.sort_unstable();
        entries.dedup();
        let open = |seq: &u64| self.names.embargo(*seq).is_some_and(|until| until > self.now);
        entries.retain(open);
        let Some(until) = entries.iter().filter_map(|seq| self.names.embargo(*seq)).max() else { return Text::none() };
        let zone = dates.zone.unwrap_or(self.zone);
        let wall = zone.wall_at(until);
        let day = dates.brief(wall.date());
        let end = if until == zone.end_of_day(wall.date()) {
            format!("the end of {day} ({zone})")
        } else {
            format!("{day} {} ({zone})", wall.format("%H:%M"))
        };
        let mark = Text::styled(style::ALARM, &format!("EMBARGO until {end}"));
        if cited.is_some_and(|cited| entries == [cited.seq]) {
            return mark;
        }
        let entries: Vec<String> = entries.iter().map(ToString::to_string).collect();
        mark.and(style::ALARM, &format!(": entry {}", entries.join(", ")))
    }

    /// The same of one report.
    pub(super) fn embargo_of(&self, cited: &Citation, dates: Dates) -> Text {
        self.embargo(&[], Some(cited.event), dates)
    }

    /// The day and the clocks.
    pub(super) fn words(&self, page: &Page) -> Text {
        let mut line = Text::styled(style::STRONG, &self.dates(page).long(self.on));
        if let Some(at) = self.public_by {
            line = line.and(style::PLAIN, &format!(", as public by {}", self.instant(at, page)));
        }
        match self.as_of {
            None => {}
            Some(AsOf::Seq(seq)) => line = line.and(style::PLAIN, &format!(", as the log stood at entry {seq}")),
            Some(AsOf::At(at)) => line = line.and(style::PLAIN, &format!(", as the log stood at {}", self.instant(at, page))),
        }
        line
    }

    /// The flags that ask about the same day under the same clocks.
    pub(super) fn flags(&self) -> String {
        let mut flags = if self.today { String::new() } else { format!(" --on {}", self.on) };
        if let Some(at) = self.public_by {
            flags.push_str(&format!(" --public-by {}", self.moment(at)));
        }
        match self.as_of {
            None => {}
            Some(AsOf::Seq(seq)) => flags.push_str(&format!(" --as-of {seq}")),
            Some(AsOf::At(at)) => flags.push_str(&format!(" --as-of {}", self.moment(at))),
        }
        flags
    }

    /// The same for a brief, which knows what was public by the end of its day anyway.
    pub(super) fn brief_flags(&self) -> String {
        let implied = self.public_by.is_some_and(|at| !self.today && at == self.zone.end_of_day(self.on));
        Self { public_by: self.public_by.filter(|_| !implied), ..*self }.flags()
    }

    /// A moment as it is typed: a day where its end is meant.
    pub(super) fn moment(&self, at: DateTime<Utc>) -> String {
        let day = self.zone.day_at(at);
        if at == self.zone.end_of_day(day) { day.to_string() } else { crate::time::write_instant(at) }
    }

    /// A sheet that begins with the day and the clocks.
    pub(super) fn sheet<'p>(&self, page: &'p Page) -> Sheet<'p> {
        let mut sheet = Sheet::new(page);
        sheet.paragraph(0, &self.words(page));
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
