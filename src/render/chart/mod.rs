//! Timelines: the days of several officials side by side, on a terminal ([`chart_text`]) and as a picture ([`chart_svg`]).

mod axis;
mod calendar;
mod dense;
mod lanes;
mod paint;
mod picture;
mod scale;
mod strip;

use std::collections::BTreeSet;

use chrono::{Datelike as _, NaiveDate, Weekday};

use super::heading::Heading;
use super::page::Page;
use super::style;
use super::text::Text;
use crate::event::{Attendance, Level, PlaceId};
use crate::query::{Chart, ChartMeeting, ChartRow, Days, Standing, Status};
use lanes::{Codes, Placed, codes, lanes};
use scale::{Grain, NARROWEST_DAY, Scale};
use strip::{Strip, columns};

pub use picture::chart_svg;

/// The most lines of meetings where a column has several days.
const DENSE_LINES: usize = 3;

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
    for line in used.legend(chart, &paper.codes) {
        sheet.paragraph(0, &line);
    }
    if paper.scale.grain() == Grain::Dense {
        let says = format!("a column is about {}", roughly(paper.scale.days_in_column()));
        sheet.paragraph(0, &Text::styled(style::FAINT, &says));
    }
    sheet.finish()
}

/// So many days in the unit that says it in few words.
fn roughly(days: usize) -> String {
    let (many, one, more) = match days {
        0..60 => (days, "day", "days"),
        60..700 => ((days * 12 + 183) / 365, "month", "months"),
        _ => ((days + 183) / 365, "year", "years"),
    };
    format!("{many} {}", if many == 1 { one } else { more })
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
    fn legend(&self, chart: &Chart, codes: &Codes<'_>) -> Vec<Text> {
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
    scale: Scale,
    /// The columns where weeks, months or years begin, where days have no names.
    guides: Vec<usize>,
    codes: Codes<'a>,
}

impl<'a> Paper<'a> {
    fn new(chart: &'a Chart, head: &'a Heading<'a>, page: &Page) -> Self {
        let margin = margin(page);
        let scale = Scale::new(chart.from, chart.to, page.columns() - margin);
        let guides = axis::guides(&scale, chart.from, chart.to);
        // Where a column has several days nothing is so short that letters would stand for it.
        let codes = if scale.grain() == Grain::Dense { Codes::new() } else { codes(chart) };
        Self { chart, head, margin, scale, guides, codes }
    }

    fn width(&self) -> usize {
        self.scale.columns()
    }

    fn strip(&self) -> Strip {
        Strip::new(self.width())
    }

    fn each_day(&self) -> impl Iterator<Item = NaiveDate> {
        self.chart.from.iter_days().take_while(|day| *day <= self.chart.to)
    }

    /// What the columns are, and a mark below the day asked about.
    fn days(&self) -> Vec<Text> {
        let mut lines = match self.scale.grain() {
            Grain::Wide => self.named_days(),
            Grain::Narrow | Grain::Dense => axis::lines(&self.scale, self.chart.from, self.chart.to),
        };
        if (self.chart.from..=self.chart.to).contains(&self.head.on) {
            let mut mark = self.strip();
            mark.words(self.scale.start(self.head.on), style::STRONG, "▼");
            lines.push(mark);
        }
        lines.into_iter().map(|line| self.beside("", line)).collect()
    }

    /// Months, days of the week, days.
    fn named_days(&self) -> Vec<Strip> {
        let (mut months, mut weekdays, mut numbers) = (self.strip(), self.strip(), self.strip());
        for day in self.each_day() {
            let at = self.scale.start(day);
            let faint = if is_weekend(day) { style::FAINT } else { style::PLAIN };
            let asked = if day == self.head.on { style::STRONG.invert() } else { faint };
            let name = day.format("%a").to_string();
            let short = if self.scale.a_day() > NARROWEST_DAY { &name } else { name.get(..2).unwrap_or(&name) };
            weekdays.words(at, asked, short);
            numbers.words(at, asked, &day.day().to_string());
            let month = day.format("%B %Y").to_string();
            if (day == self.chart.from || day.day() == 1) && months.is_free(at..(at + columns(&month)).min(self.width())) {
                let rest = chrono::Days::new(31 - u64::from(day.day0()).min(30));
                let end =
                    day.checked_add_days(rest).map_or(self.width(), |next| self.scale.start(next.with_day(1).unwrap_or(next)));
                let fits = columns(&month) < end.min(self.width()).saturating_sub(at);
                months.words(at, style::STRONG, &if fits { month } else { day.format("%b").to_string() });
            }
        }
        vec![months, weekdays, numbers]
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
        let mut strips = match self.scale.grain() {
            Grain::Wide | Grain::Narrow => self.stops(row, used),
            Grain::Dense => vec![dense::strip(&self.scale, row, used)],
        };
        for strip in &mut strips {
            self.background(strip);
        }
        strips.extend(self.meetings(row, used));
        // A side that is everybody's would only make the names longer where there are lives of them.
        let says_side = self.scale.grain() != Grain::Dense || self.chart.rows.iter().any(|other| other.party != row.party);
        let party = row.party.as_ref().filter(|_| says_side).map(|party| format!(" ({})", self.head.names.side(party)));
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

    /// The stops and journeys, each stop where it has room.
    fn stops(&self, row: &ChartRow, used: &mut Used) -> Vec<Strip> {
        let placed = lanes(row, self.scale.a_day() > 1);
        let lanes = placed.iter().map(|one| one.lane + 1).max().unwrap_or(1);
        let mut strips = vec![self.strip(); lanes];
        for one in &placed {
            strips.get_mut(one.lane).into_iter().for_each(|strip| self.bar(strip, *one, used));
        }
        // A name stands where no other stop does.
        for one in &placed {
            strips.get_mut(one.lane).into_iter().for_each(|strip| self.name(strip, *one, used));
        }
        self.legs(row, &placed, &mut strips, used);
        strips
    }

    /// The day asked about, and weekends, or where weeks, months or years begin, where nothing stands.
    fn background(&self, strip: &mut Strip) {
        if (self.chart.from..=self.chart.to).contains(&self.head.on) {
            let at = self.scale.start(self.head.on);
            if strip.is_free(at..self.scale.end(self.head.on)) {
                strip.mark(at, style::FAINT, '│');
            }
        }
        for at in self.guides.iter().filter(|at| **at > 0) {
            if strip.is_free(*at..at + 1) {
                strip.mark(*at, style::FAINT, '·');
            }
        }
        if self.scale.grain() == Grain::Wide {
            for day in self.each_day().filter(|day| is_weekend(*day)) {
                let (at, end) = (self.scale.start(day), self.scale.end(day));
                if strip.is_free(at..end) {
                    strip.mark(at + (end - at) / 2, style::FAINT, '·');
                }
            }
        }
    }

    /// The columns of some days of a stop: never none.
    fn span(&self, one: Placed<'_>, from: NaiveDate, to: NaiveDate) -> std::ops::Range<usize> {
        let half = |day: NaiveDate| (self.scale.end(day) - self.scale.start(day)) / 2;
        let late = if one.begins_late && from == one.bar.from { half(from) } else { 0 };
        let early = if one.ends_early && to == one.bar.to { self.scale.end(to) - self.scale.start(to) - half(to) } else { 0 };
        let start = self.scale.start(from) + late;
        start..(self.scale.end(to) - early).max(start + 1)
    }

    fn bar(&self, strip: &mut Strip, one: Placed<'_>, used: &mut Used) {
        for stretch in &one.bar.stretches {
            used.standings.insert(stretch.standing);
            for at in self.span(one, stretch.from, stretch.to) {
                strip.mark(at, style::of_standing(stretch.standing), fill(stretch.standing));
            }
        }
        let (shown, whole) = self.shown(one);
        if shown.end < whole.end {
            strip.mark(shown.end, style::PLAIN, ' ');
        }
    }

    /// The columns of a stop that are filled, and all that it has: two that touch are told apart where there is room.
    fn shown(&self, one: Placed<'_>) -> (std::ops::Range<usize>, std::ops::Range<usize>) {
        let whole = self.span(one, one.bar.from, one.bar.to);
        let ends_open = self.scale.grain() == Grain::Wide && whole.len() > NARROWEST_DAY && !one.bar.goes_on;
        (whole.start..whole.end.saturating_sub(usize::from(ends_open)), whole)
    }

    /// The name of a stop: in it, else behind it, else two letters, else as many of these as there is room for.
    fn name(&self, strip: &mut Strip, one: Placed<'_>, used: &mut Used) {
        let bar = one.bar;
        let (whole, _) = self.shown(one);
        let code = self.codes.get(&bar.place).map_or("", String::as_str);
        let room = whole.len().saturating_sub(1);
        let is_narrow = self.scale.grain() == Grain::Narrow;
        let (at, label) = if columns(&bar.name) <= room {
            (whole.start + 1, bar.name.as_str())
        } else if is_narrow && strip.is_free(whole.end..whole.end + columns(&bar.name) + 1) {
            strip.words(whole.end, style::PLAIN, &bar.name);
            (whole.end, "")
        } else if columns(code) <= room {
            used.places.insert(bar.place.clone());
            (whole.start + 1, code)
        } else if is_narrow && whole.len() < code.len() {
            (whole.start, "")
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
                None => (0, self.scale.end(leg.last_day) - 1),
            };
            let Some(strip) = strips.get_mut(lane) else { continue };
            if !strip.is_free(arrives.saturating_sub(1)..arrives) || arrives == 0 {
                strip.mark(arrives, colour, '▸');
                continue;
            }
            strip.mark(arrives - 1, colour, '▸');
            let leaves = self.scale.start(leg.first_day) + self.scale.a_day() / 2;
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
            let at = self.scale.start(meeting.from);
            let title = meeting_title(meeting);
            let days = if meeting.some_day && meeting.from < meeting.to { self.scale.end(meeting.to) - at } else { 1 };
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
            let full = self.scale.grain() == Grain::Dense && strips.len() >= DENSE_LINES;
            if let (None, true) = (lane, full) {
                // Of too many the marks must do.
                strips.last_mut().into_iter().for_each(|strip| strip.mark(at, style::of_status(meeting.status), mark));
                continue;
            }
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
