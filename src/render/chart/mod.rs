//! Timelines: the days of several officials side by side, on a terminal ([`chart_text`]) and as a picture ([`chart_svg`]).

mod lanes;
mod paint;
mod picture;
mod strip;

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::heading::Heading;
use super::page::Page;
use super::style;
use super::text::Text;
use crate::event::{Attendance, Level, PlaceId};
use crate::query::{Chart, ChartMeeting, ChartRow, Days, Standing, Status};
use lanes::{Placed, codes, lanes};
use strip::{Strip, columns};

pub use picture::chart_svg;

/// The fewest columns of a day.
const NARROWEST_DAY: usize = 3;
/// The most columns of a day.
const WIDEST_DAY: usize = 12;

/// How many days a timeline on this page can show.
#[must_use]
pub fn chart_days(page: &Page) -> u64 {
    let days = (page.columns() - margin(page)) / NARROWEST_DAY;
    u64::try_from(days).unwrap_or(1).max(1)
}

/// The columns before the first day, where the names stand.
fn margin(page: &Page) -> usize {
    (page.columns() / 4).clamp(8, 30)
}

/// A timeline: a row for each official, the days along the top, and below it what the marks mean.
#[must_use]
pub fn chart_text(chart: &Chart, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let paper = Paper::new(chart, head, page);
    if chart.rows.iter().all(ChartRow::is_empty) {
        sheet.paragraph(0, &Text::plain(&nothing(chart, head, page)));
        return sheet.finish();
    }
    for line in paper.days() {
        sheet.line(0, &line);
    }
    let mut used = Used::default();
    for row in &chart.rows {
        for line in paper.row(row, &mut used) {
            sheet.line(0, &line);
        }
        let mark = head.embargo(&row.evidence(), None, head.dates(page));
        if !mark.is_empty() {
            sheet.paragraph(margin(page), &mark);
        }
    }
    sheet.blank();
    for line in used.legend(chart) {
        sheet.paragraph(0, &line);
    }
    if let Some(cut) = &chart.cut {
        let left = head.dates(page).short_range(cut.from, cut.to);
        let says = format!("{left} did not fit: --from {} shows them, and -o FILE.svg draws all", cut.from);
        sheet.paragraph(0, &Text::styled(style::OPEN, &says));
    }
    sheet.finish()
}

/// Why there is nothing to show, and where there is something.
fn nothing(chart: &Chart, head: &Heading<'_>, page: &Page) -> String {
    let dates = head.dates(page);
    let days = dates.short_range(chart.from, chart.to);
    match chart.known {
        None => format!("nothing is reported for {days}, nor for any other day"),
        Some(Days { from, to }) => {
            let range = dates.range(from, to);
            format!("nothing is reported for {days}; something is known of {range}: --from {from} --to {to}")
        }
    }
}

impl ChartRow {
    fn is_empty(&self) -> bool {
        self.bars.is_empty() && self.legs.is_empty() && self.meetings.is_empty()
    }
}

/// The mark that fills a stop: firmer is darker.
fn fill(standing: Standing) -> char {
    match standing {
        Standing::Observed => '█',
        Standing::Confirmed => '▓',
        Standing::Planned => '▒',
        Standing::Uncertain => '░',
        Standing::Presumed => '╌',
    }
}

/// The mark of a meeting: full once it is firm.
fn meeting_mark(status: Status) -> char {
    match status {
        Status::Held | Status::Confirmed => '◆',
        Status::Scheduled | Status::Proposed | Status::AtRisk | Status::Lapsed | Status::Postponed | Status::Cancelled => '◇',
    }
}

/// A meeting in a few words: its title, and every doubt.
fn meeting_title(meeting: &ChartMeeting) -> String {
    let mut words = meeting.title.clone();
    if meeting.level == Level::Call && !meeting.title.to_lowercase().contains("call") {
        words.push_str(", call");
    }
    match meeting.status {
        Status::Held | Status::Confirmed => {}
        Status::Scheduled | Status::Proposed | Status::AtRisk | Status::Lapsed | Status::Postponed | Status::Cancelled => {
            words = format!("{words}, {}", style::status_words(meeting.status));
        }
    }
    if meeting.attendance == Attendance::Uncertain {
        words.push_str(", attendance uncertain");
    }
    words
}

/// Words that stay on one line with the mark before them.
fn glued(words: &str) -> String {
    format!(" {words}").replace(' ', &super::text::GLUE.to_string())
}

/// A text that is cut where it would not fit.
fn shortened(text: &str, room: usize) -> String {
    if columns(text) <= room {
        return text.to_owned();
    }
    let mut kept = String::new();
    for c in text.chars() {
        if columns(&kept) + columns(&c.to_string()) >= room {
            break;
        }
        kept.push(c);
    }
    format!("{}…", kept.trim_end())
}

fn is_weekend(day: NaiveDate) -> bool {
    matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// Which marks stand on the page and have to be explained.
#[derive(Default)]
struct Used {
    standings: BTreeSet<Standing>,
    places: BTreeSet<PlaceId>,
    meetings: BTreeSet<char>,
    legs: bool,
    conflicts: bool,
}

impl Used {
    fn legend(&self, chart: &Chart) -> Vec<Text> {
        let mut marks = Text::none();
        for standing in self.standings.iter().rev() {
            let mark = Text::styled(style::of_standing(*standing), &fill(*standing).to_string().repeat(2));
            marks = marks.join("   ", mark.and(style::PLAIN, &glued(standing.name())));
        }
        let others = [
            (self.legs, '▸', "journey", style::PLAIN),
            (self.meetings.contains(&'◆'), '◆', "meeting", style::PLAIN),
            (self.meetings.contains(&'◇'), '◇', "meeting, not firm", style::PLAIN),
            (self.conflicts, '!', "contradicted", style::ALARM),
        ];
        for (_, mark, words, colour) in others.into_iter().filter(|(used, ..)| *used) {
            marks = marks.join("   ", Text::styled(colour, &mark.to_string()).and(style::PLAIN, &glued(words)));
        }
        let mut places = Text::none();
        let codes = codes(chart);
        let named: BTreeSet<(&String, &str)> = chart
            .rows
            .iter()
            .flat_map(|row| &row.bars)
            .filter(|bar| self.places.contains(&bar.place))
            .filter_map(|bar| Some((codes.get(&bar.place)?, bar.name.as_str())))
            .collect();
        for (code, name) in named {
            places = places.join("   ", Text::styled(style::STRONG, code).and(style::PLAIN, &glued(name)));
        }
        [marks, places].into_iter().filter(|line| !line.is_empty()).collect()
    }
}

/// The grid of a page: where each day stands.
struct Paper<'a> {
    chart: &'a Chart,
    head: &'a Heading<'a>,
    margin: usize,
    /// Columns of a day.
    day: usize,
    days: usize,
    codes: std::collections::BTreeMap<&'a PlaceId, String>,
}

impl<'a> Paper<'a> {
    fn new(chart: &'a Chart, head: &'a Heading<'a>, page: &Page) -> Self {
        let margin = margin(page);
        let days = usize::try_from((chart.to - chart.from).num_days() + 1).unwrap_or(1).max(1);
        let day = ((page.columns() - margin) / days).clamp(1, WIDEST_DAY);
        Self { chart, head, margin, day, days, codes: codes(chart) }
    }

    fn width(&self) -> usize {
        self.days * self.day
    }

    /// The first column of a day.
    fn column(&self, day: NaiveDate) -> usize {
        usize::try_from((day - self.chart.from).num_days()).unwrap_or(0) * self.day
    }

    fn strip(&self) -> Strip {
        Strip::new(self.width())
    }

    fn each_day(&self) -> impl Iterator<Item = NaiveDate> {
        self.chart.from.iter_days().take(self.days)
    }

    /// Months, days of the week, days, and a mark below the day asked about.
    fn days(&self) -> Vec<Text> {
        let (mut months, mut weekdays, mut numbers) = (self.strip(), self.strip(), self.strip());
        for day in self.each_day() {
            let at = self.column(day);
            let faint = if is_weekend(day) { style::FAINT } else { style::PLAIN };
            let asked = if day == self.head.on { style::STRONG.invert() } else { faint };
            let name = day.format("%a").to_string();
            weekdays.words(at, asked, if self.day > NARROWEST_DAY { &name } else { name.get(..2).unwrap_or(&name) });
            numbers.words(at, asked, &day.day().to_string());
            let month = day.format("%B %Y").to_string();
            if (day == self.chart.from || day.day() == 1) && months.is_free(at..(at + columns(&month)).min(self.width())) {
                let rest = chrono::Days::new(31 - u64::from(day.day0()).min(30));
                let end = day.checked_add_days(rest).map_or(self.width(), |next| self.column(next.with_day(1).unwrap_or(next)));
                let fits = columns(&month) < end.min(self.width()).saturating_sub(at);
                months.words(at, style::STRONG, &if fits { month } else { day.format("%b").to_string() });
            }
        }
        let mut lines = vec![months, weekdays, numbers];
        if (self.chart.from..=self.chart.to).contains(&self.head.on) {
            let mut mark = self.strip();
            mark.words(self.column(self.head.on), style::STRONG, "▼");
            lines.push(mark);
        }
        lines.into_iter().map(|line| self.beside("", line)).collect()
    }

    /// A line with something before it.
    fn beside(&self, label: &str, strip: Strip) -> Text {
        let text = strip.into_text();
        let label = Text::styled(style::STRONG, label);
        if text.is_empty() {
            return label;
        }
        let missing = self.margin.saturating_sub(label.width());
        label.and(style::PLAIN, &" ".repeat(missing)).join("", text)
    }

    /// The lines of an official: the stops, and the meetings below them.
    fn row(&self, row: &ChartRow, used: &mut Used) -> Vec<Text> {
        let placed = lanes(row);
        let lanes = placed.iter().map(|one| one.lane + 1).max().unwrap_or(1);
        let mut strips = vec![self.strip(); lanes];
        for one in &placed {
            if let Some(strip) = strips.get_mut(one.lane) {
                self.bar(strip, *one, used);
            }
        }
        self.legs(row, &placed, &mut strips, used);
        for strip in &mut strips {
            self.background(strip);
        }
        strips.extend(self.meetings(row, used));
        let party = row.party.as_ref().map(|party| format!(" ({})", self.head.names.side(party)));
        let name = Text::plain(&format!("{}{}", row.name, party.unwrap_or_default()));
        let labels = name.wrap(self.margin.saturating_sub(2));
        let height = labels.len().max(strips.len());
        let mut strips = strips.into_iter();
        let mut labels = labels.into_iter();
        (0..height)
            .map(|_| {
                let label = labels.next().unwrap_or_default().into_string();
                self.beside(&label, strips.next().unwrap_or_else(|| self.strip()))
            })
            .collect()
    }

    /// Weekends, and the day asked about, where nothing stands.
    fn background(&self, strip: &mut Strip) {
        for day in self.each_day() {
            let at = self.column(day);
            if day == self.head.on && strip.is_free(at..at + self.day) {
                strip.mark(at, style::FAINT, '│');
            } else if is_weekend(day) && strip.is_free(at..at + self.day) {
                strip.mark(at + self.day / 2, style::FAINT, '·');
            }
        }
    }

    /// The columns of some days of a stop.
    fn span(&self, one: Placed<'_>, from: NaiveDate, to: NaiveDate) -> std::ops::Range<usize> {
        let late = if one.begins_late && from == one.bar.from { self.day / 2 } else { 0 };
        let early = if one.ends_early && to == one.bar.to { self.day - self.day / 2 } else { 0 };
        self.column(from) + late..self.column(to) + self.day - early
    }

    fn bar(&self, strip: &mut Strip, one: Placed<'_>, used: &mut Used) {
        let bar = one.bar;
        for stretch in &bar.stretches {
            used.standings.insert(stretch.standing);
            for at in self.span(one, stretch.from, stretch.to) {
                strip.mark(at, style::of_standing(stretch.standing), fill(stretch.standing));
            }
        }
        let whole = self.span(one, bar.from, bar.to);
        // Two stops that touch are told apart.
        let ends_open = whole.len() > NARROWEST_DAY && !bar.goes_on;
        let whole = whole.start..whole.end.saturating_sub(usize::from(ends_open));
        if ends_open {
            strip.mark(whole.end, style::PLAIN, ' ');
        }
        let code = self.codes.get(&bar.place).map_or("", String::as_str);
        let room = whole.len().saturating_sub(1);
        let (at, label) = if columns(&bar.name) <= room {
            (whole.start + 1, bar.name.as_str())
        } else if columns(code) <= room {
            used.places.insert(bar.place.clone());
            (whole.start + 1, code)
        } else {
            used.places.insert(bar.place.clone());
            (whole.start, code.get(..whole.len().min(code.len())).unwrap_or(code))
        };
        let weak = bar.stretches.first().map_or(Standing::Presumed, |stretch| stretch.standing);
        let label_style = if weak == Standing::Presumed { style::FAINT } else { style::of_standing(weak).invert() };
        strip.words(at, label_style, label);
        for run in &bar.conflicts {
            used.conflicts = true;
            let days = self.span(one, run.from, run.to);
            for column in [days.start, days.end.min(whole.end) - 1] {
                let is_named = (at..at + columns(label)).contains(&column);
                strip.mark(if is_named { whole.start } else { column }, style::ALARM, '!');
            }
        }
    }

    /// Journeys: an arrow over the free columns before the stop where they end, or at its first column.
    fn legs(&self, row: &ChartRow, placed: &[Placed<'_>], strips: &mut [Strip], used: &mut Used) {
        for leg in &row.legs {
            used.legs = true;
            let end = placed
                .iter()
                .find(|one| one.bar.place == leg.leg.to && one.bar.to >= leg.first_day && one.bar.from <= leg.last_day);
            let colour = style::of_standing(leg.leg.standing);
            let (lane, arrives) = match end {
                Some(one) => (one.lane, self.span(*one, one.bar.from, one.bar.to).start),
                None => (0, self.column(leg.last_day) + self.day - 1),
            };
            let Some(strip) = strips.get_mut(lane) else { continue };
            if !strip.is_free(arrives.saturating_sub(1)..arrives) || arrives == 0 {
                strip.mark(arrives, colour, '▸');
                continue;
            }
            strip.mark(arrives - 1, colour, '▸');
            let leaves = self.column(leg.first_day) + self.day / 2;
            for at in (leaves..arrives - 1).rev() {
                if !strip.is_free(at..at + 1) {
                    break;
                }
                strip.mark(at, colour, '─');
            }
        }
    }

    /// The meetings, each on the first line that has room for its title, before or behind its mark.
    fn meetings(&self, row: &ChartRow, used: &mut Used) -> Vec<Strip> {
        let mut strips: Vec<Strip> = Vec::new();
        for meeting in &row.meetings {
            let mark = meeting_mark(meeting.status);
            used.meetings.insert(mark);
            let at = self.column(meeting.from);
            let title = meeting_title(meeting);
            let days = if meeting.some_day && meeting.from < meeting.to { self.column(meeting.to) + self.day - at } else { 1 };
            let wide = columns(&title) + 1;
            let behind = at..(at + days + wide).max(at + 1);
            let before = at.saturating_sub(wide)..at + days;
            let fits_behind = behind.end <= self.width();
            let (range, words_at) = match (fits_behind, wide <= at) {
                (true, _) => (behind, at + days + 1),
                (false, true) => (before.clone(), before.start),
                // Upon its days, then.
                (false, false) => (at..(at + days).max(at + 2 + wide).min(self.width()), at + 2),
            };
            let lane = strips.iter().position(|strip| strip.is_free(range.start..(range.end + 1).min(self.width())));
            let lane = lane.unwrap_or_else(|| {
                strips.push(self.strip());
                strips.len() - 1
            });
            let Some(strip) = strips.get_mut(lane) else { continue };
            for column in at..at + days {
                strip.mark(column, style::of_status(meeting.status), if column == at { mark } else { '╌' });
            }
            strip.words(words_at, style::PLAIN, &shortened(&title, range.end.saturating_sub(words_at)));
        }
        strips
    }
}
