//! A timeline as a picture: SVG 1.1 that stands alone, for a screen or a wall.
//!
//! Fonts differ from machine to machine, so the width of a text is estimated, on the safe side; what would not fit is named beside its stop,
//! or by two letters that are explained below.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::lanes::{Codes, Placed, codes, lanes};
use super::meeting_title;
use super::paint::{self, INK, LINE, PAPER, QUIET, RED};
use crate::event::PlaceId;
use crate::query::{Chart, ChartLeg, ChartMeeting, ChartRow, Citation, Standing, Status};
use crate::render::heading::Heading;
use crate::render::page::Page;
use crate::render::style;
use crate::render::svg::{Svg, px};
use crate::render::text::counted;

/// The height of a stop.
const BAR: f64 = 24.0;
/// The room above a stop, where journeys are drawn.
const TRAVEL: f64 = 12.0;
/// The height of a line of meetings.
const MEETING: f64 = 18.0;
/// The room around the whole.
const EDGE: f64 = 24.0;
/// From the top to the first row.
pub(super) const HEAD: f64 = 118.0;
/// The most lines of meetings of a row; those beyond have their title in the tooltip only.
const MEETING_LINES: usize = 8;

/// Pixels of a day, by how many days there are.
const DAY_WIDTHS: [(i64, f64); 6] = [(21, 64.0), (31, 48.0), (45, 36.0), (100, 24.0), (200, 14.0), (400, 9.0)];
/// Pixels of all days together where there are more: no sheet and no screen is wider.
const WIDEST: f64 = 4200.0;

/// The timeline as a picture; the same chart gives the same bytes.
#[must_use]
pub fn chart_svg(chart: &Chart, head: &Heading<'_>, page: &Page) -> String {
    let picture = Picture::new(chart, head, page);
    let rows: Vec<Row<'_>> = chart.rows.iter().map(|row| picture.lay_out(row)).collect();
    picture.draw(&rows)
}

/// The columns that a text fills at a size, estimated: Latin letters at six tenths of the size, those of wide scripts at the whole.
pub(super) fn width(text: &str, size: f64) -> f64 {
    let ems: f64 = crate::render::visible(text)
        .chars()
        .map(|c| match unicode_width::UnicodeWidthChar::width(c).unwrap_or(0) {
            0 => 0.0,
            1 if c.is_ascii_uppercase() || c == 'm' || c == 'w' => 0.72,
            1 if "iljt.,:;'| ()-".contains(c) => 0.34,
            1 => 0.58,
            _ => 1.05,
        })
        .sum();
    ems * size
}

pub(super) struct Picture<'a> {
    pub chart: &'a Chart,
    pub head: &'a Heading<'a>,
    page: &'a Page,
    codes: Codes<'a>,
    /// Where the first day begins.
    pub left: f64,
    /// Pixels of a day.
    pub day: f64,
    pub days: i64,
}

/// A row with everything in its place.
struct Row<'a> {
    row: &'a ChartRow,
    placed: Vec<Placed<'a>>,
    lanes: usize,
    meetings: Vec<PlacedMeeting<'a>>,
    meeting_lines: usize,
}

struct PlacedMeeting<'a> {
    meeting: &'a ChartMeeting,
    line: usize,
    title: Option<Label>,
}

/// A text, where it begins or ends.
#[derive(Clone)]
struct Label {
    x: f64,
    anchor: &'static str,
    text: String,
}

/// What the legend has to explain.
#[derive(Default)]
struct Used {
    standings: BTreeSet<Standing>,
    places: BTreeSet<PlaceId>,
    unnamed: usize,
    legs: bool,
    conflicts: bool,
    firm_meetings: bool,
    open_meetings: bool,
}

impl Row<'_> {
    fn height(&self) -> f64 {
        let lanes = self.lanes.max(1) as f64 * (BAR + TRAVEL);
        (lanes + self.meeting_lines as f64 * MEETING + 14.0).max(52.0)
    }
}

impl<'a> Picture<'a> {
    fn new(chart: &'a Chart, head: &'a Heading<'a>, page: &'a Page) -> Self {
        let widest = chart.rows.iter().map(|row| width(&row.name, 15.5)).fold(90.0, f64::max).min(260.0);
        let days = (chart.to - chart.from).num_days() + 1;
        let usual =
            DAY_WIDTHS.iter().find(|(most, _)| days <= *most).map_or((WIDEST / days as f64).min(9.0), |(_, width)| *width);
        // Many rows would make it higher than a sheet that lies on its side: then days are wider.
        let height = chart.rows.len() as f64 * 62.0 + 200.0;
        let to_lie = ((height * 1.4 - widest - 60.0) / days as f64).floor().min(110.0);
        Self { chart, head, page, codes: codes(chart), left: (EDGE + widest + 16.0).ceil(), day: usual.max(to_lie), days }
    }

    pub fn right(&self) -> f64 {
        self.left + self.day * self.days as f64
    }

    /// Where a day begins.
    pub fn x(&self, day: NaiveDate) -> f64 {
        self.left + (day - self.chart.from).num_days() as f64 * self.day
    }

    /// From where to where a stop is drawn on some of its days.
    fn span(&self, one: Placed<'_>, from: NaiveDate, to: NaiveDate) -> (f64, f64) {
        let late = if one.begins_late && from == one.bar.from { self.day / 2.0 } else { 0.0 };
        let early = if one.ends_early && to == one.bar.to { self.day / 2.0 } else { 0.0 };
        (self.x(from) + late, self.x(to) + self.day - early)
    }

    fn lay_out(&self, row: &'a ChartRow) -> Row<'a> {
        let mut placed = lanes(row, true);
        if self.day < 1.0 {
            // Where a stop is but a hair, one line shows when there were any; what overlaps is told by fewer days.
            placed.iter_mut().for_each(|one| (one.lane, one.begins_late, one.ends_early) = (0, false, false));
        }
        let count = placed.iter().map(|one| one.lane + 1).max().unwrap_or(0);
        let mut taken: Vec<Vec<(f64, f64)>> = Vec::new();
        let mut meetings = Vec::new();
        for meeting in &row.meetings {
            let (x, title) = (self.x(meeting.from) + self.day.min(16.0) / 2.0, meeting_title(meeting));
            let marked = if meeting.some_day { self.x(meeting.to) + self.day } else { x + 8.0 };
            let wide = width(&title, 12.0);
            let (ends, label) = if marked + 5.0 + wide <= self.right() || x - 12.0 - wide < self.left {
                ((x - 8.0, marked + 11.0 + wide), Label { x: marked + 5.0, anchor: "start", text: title })
            } else {
                ((x - 18.0 - wide, marked + 4.0), Label { x: x - 12.0, anchor: "end", text: title })
            };
            let is_free = |line: &Vec<(f64, f64)>| line.iter().all(|(from, to)| ends.1 <= *from || *to <= ends.0);
            let line = taken.iter().position(is_free).unwrap_or(taken.len());
            if line < MEETING_LINES {
                taken.resize(taken.len().max(line + 1), Vec::new());
                taken[line].push(ends);
                meetings.push(PlacedMeeting { meeting, line, title: Some(label) });
            } else {
                meetings.push(PlacedMeeting { meeting, line: MEETING_LINES - 1, title: None });
            }
        }
        Row { row, placed, lanes: count, meetings, meeting_lines: taken.len() }
    }

    fn draw(&self, rows: &[Row<'_>]) -> String {
        let mut body = Svg::default();
        let mut used = Used::default();
        let mut top = HEAD;
        for row in rows {
            self.row(&mut body, row, top, &mut used);
            top += row.height();
        }
        if self.chart.rows.iter().all(ChartRow::is_empty) {
            let says = super::nothing(self.chart, self.head, self.page);
            paint::words(&mut body, EDGE, top + 24.0, 14.0, QUIET, "start", &says);
            top += 40.0;
        }
        let mut legend = Svg::default();
        let bottom = self.legend(&mut legend, top + 18.0, &used) + EDGE;
        // A chart of few days is as wide as its heading.
        let wide = (self.right() + EDGE).max(self.left + 560.0);
        let (title, under) = (self.title(), self.under_title());
        let mut svg = Svg::default();
        let (width_px, height_px) = (px(wide), px(bottom));
        let view = format!("0 0 {width_px} {height_px}");
        let names = self.chart.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>().join(", ");
        svg.open(
            "svg",
            &[
                ("xmlns", "http://www.w3.org/2000/svg"),
                ("version", "1.1"),
                ("width", &width_px),
                ("height", &height_px),
                ("viewBox", &view),
                ("role", "img"),
                ("aria-label", &format!("{title}: {names}")),
                ("font-family", "Helvetica, Arial, 'Liberation Sans', sans-serif"),
            ],
        );
        svg.text("title", &[], &title);
        svg.text("desc", &[], &format!("{under}. A row for each of: {names}"));
        paint::patterns(&mut svg);
        paint::block(&mut svg, (0.0, 0.0), (wide, bottom), PAPER);
        paint::strong(&mut svg, EDGE, 36.0, 21.0, INK, &title);
        paint::words(&mut svg, EDGE, 56.0, 12.0, QUIET, "start", &under);
        self.calendar(&mut svg, top);
        svg.finish_with([body, legend])
    }

    fn title(&self) -> String {
        let days = self.head.dates(self.page).range(self.chart.from, self.chart.to);
        match self.chart.rows.as_slice() {
            [one] => format!("{}, {days}", one.name),
            _ => format!("Itineraries, {days}"),
        }
    }

    fn under_title(&self) -> String {
        format!("As seen from {}", self.head.words(self.page).into_string())
    }

    fn row(&self, svg: &mut Svg, row: &Row<'_>, top: f64, used: &mut Used) {
        svg.open("g", &[("class", "row"), ("data-official", row.row.official.as_str())]);
        let name_top = top + TRAVEL + 15.0;
        svg.open("g", &[("class", "name")]);
        svg.text("title", &[], &row.row.name);
        let name = paint::shortened(&row.row.name, self.left - EDGE - 8.0, 15.5);
        paint::strong(svg, EDGE, name_top, 14.0, INK, &name);
        svg.close();
        if let Some(party) = &row.row.party {
            paint::words(svg, EDGE, name_top + 15.0, 11.0, QUIET, "start", &self.head.names.party(party.as_str()));
        }
        for one in &row.placed {
            self.stop(svg, *one, row, top, used);
        }
        for leg in &row.row.legs {
            used.legs = true;
            self.leg(svg, leg, row, top);
        }
        let meetings = top + row.lanes.max(1) as f64 * (BAR + TRAVEL) + 2.0;
        for one in &row.meetings {
            self.meeting(svg, one, meetings + one.line as f64 * MEETING, used);
        }
        let bottom = top + row.height();
        paint::line(svg, (EDGE, bottom), (self.right(), bottom), LINE, None);
        svg.close();
    }

    fn stop(&self, svg: &mut Svg, one: Placed<'_>, row: &Row<'_>, top: f64, used: &mut Used) {
        let bar = one.bar;
        let y = top + TRAVEL + one.lane as f64 * (BAR + TRAVEL);
        svg.open("g", &[("class", "stop"), ("data-place", bar.place.as_str())]);
        svg.text("title", &[], &self.told(&bar.name, &self.stretches(one), &bar.cited));
        for stretch in &bar.stretches {
            used.standings.insert(stretch.standing);
            let (start, end) = self.span(one, stretch.from, stretch.to);
            paint::standing(svg, (start + 1.0, y), ((end - start - 2.0).max(1.5), BAR), stretch.standing);
        }
        // Where a day is but a hair, a contradiction of two days is none to be seen, and its mark would hide the stop.
        for run in bar.conflicts.iter().filter(|_| self.day >= 1.0) {
            used.conflicts = true;
            let (start, end) = self.span(one, run.from, run.to);
            paint::frame(svg, (start + 1.0, y - 1.5), ((end - start - 2.0).max(2.0), BAR + 3.0), RED, 2.0);
            paint::alarm(svg, (start + end) / 2.0, y - 2.0);
        }
        self.label(svg, one, row, y, used);
        svg.close();
    }

    /// The name of a stop: on its first stretch that is wide enough, else behind it, else as two letters.
    fn label(&self, svg: &mut Svg, one: Placed<'_>, row: &Row<'_>, y: f64, used: &mut Used) {
        let bar = one.bar;
        let baseline = y + BAR / 2.0 + 4.5;
        let fits = |wide: f64| {
            let spans = bar.stretches.iter().map(|stretch| (stretch.standing, self.span(one, stretch.from, stretch.to)));
            spans.clone().find(|(_, (from, to))| wide <= to - from)
        };
        let end = self.span(one, bar.from, bar.to).1;
        let later = row.placed.iter().filter(|other| other.lane == one.lane && other.bar.from >= bar.to && other.bar != bar);
        let free_until = later.map(|other| self.span(*other, other.bar.from, other.bar.to).0).fold(self.right(), f64::min);
        let code = self.codes.get(&bar.place).map_or("", String::as_str);
        let (wide, narrow) = (width(&bar.name, 13.0), width(code, 11.0));
        if let Some((standing, (from, _))) = fits(wide + 11.0) {
            paint::plate(svg, (from + 5.0, y), (wide, BAR), standing);
            paint::words(svg, from + 6.0, baseline, 13.0, paint::ink_on(standing), "start", &bar.name);
        } else if wide + 8.0 <= free_until - end {
            paint::words(svg, end + 3.0, baseline, 13.0, INK, "start", &bar.name);
        } else if let Some((standing, (from, to))) = fits(narrow + 3.0) {
            used.places.insert(bar.place.clone());
            let middle = (from + to) / 2.0;
            paint::plate(svg, (middle - narrow / 2.0, y), (narrow, BAR), standing);
            paint::words(svg, middle, baseline, 11.0, paint::ink_on(standing), "middle", code);
        } else {
            used.unnamed += 1;
        }
    }

    /// "17–18 Feb 2025 observed, 19 Feb 2025 presumed"
    fn stretches(&self, one: Placed<'_>) -> String {
        let dates = self.head.dates(self.page);
        let words = one.bar.stretches.iter().map(|stretch| {
            let range = dates.range(stretch.from, stretch.to);
            format!("{range} {}", stretch.standing.name())
        });
        let contradicted = if one.bar.conflicts.is_empty() { "" } else { "; contradicted by another report" };
        format!("{}{contradicted}", words.collect::<Vec<_>>().join(", "))
    }

    /// A tooltip: what, and who says so.
    fn told(&self, what: &str, how: &str, cited: &[Citation]) -> String {
        let dates = self.head.dates(self.page);
        let sources: Vec<String> = cited
            .iter()
            .map(|cited| {
                let quote = cited.quote.as_deref().map(|quote| format!(": {}", crate::render::cited::quoted(quote)));
                let source = crate::render::cited::source(cited, dates).into_string();
                format!("{} {source}{}", cited.event, quote.unwrap_or_default())
            })
            .collect();
        let sources = if sources.is_empty() { String::new() } else { format!(" — {}", sources.join("; ")) };
        format!("{what}: {how}{sources}")
    }

    /// A thin arrow above the stops, to where the journey ends.
    fn leg(&self, svg: &mut Svg, leg: &ChartLeg, row: &Row<'_>, top: f64) {
        let ends = |one: &&Placed<'_>| one.bar.place == leg.leg.to && one.bar.to >= leg.first_day && one.bar.from <= leg.last_day;
        let end = row.placed.iter().find(ends);
        let (lane, to) = match end {
            Some(one) => (one.lane, self.span(*one, one.bar.from, one.bar.to).0 + 5.0),
            None => (0, self.x(leg.last_day) + self.day - 2.0),
        };
        let y = top + TRAVEL / 2.0 + lane as f64 * (BAR + TRAVEL);
        let from = (self.x(leg.first_day) + self.day * 0.3).min(to - 14.0).max(self.left - 6.0);
        let how = [Some(leg.leg.standing.name().to_owned()), leg.leg.km.map(|km| format!("{km} km"))];
        let origin = leg.leg.from_name.as_ref().map(|from| format!("{from} to ")).unwrap_or_default();
        let what = format!("{origin}{}", leg.leg.to_name);
        svg.open("g", &[("class", "leg")]);
        svg.text("title", &[], &self.told(&what, &how.into_iter().flatten().collect::<Vec<_>>().join(", "), &leg.leg.cited));
        paint::arrow(svg, from, to, y, leg.leg.standing != Standing::Observed);
        svg.close();
    }

    fn meeting(&self, svg: &mut Svg, one: &PlacedMeeting<'_>, y: f64, used: &mut Used) {
        let meeting = one.meeting;
        let is_firm = matches!(meeting.status, Status::Held | Status::Confirmed);
        used.firm_meetings |= is_firm;
        used.open_meetings |= !is_firm;
        let x = self.x(meeting.from) + self.day.min(16.0) / 2.0;
        let when = self.head.dates(self.page).range(meeting.from, meeting.to);
        let when = if meeting.some_day { format!("some day {when}") } else { when };
        let place = meeting.place_name.as_ref().map(|place| format!(", {place}")).unwrap_or_default();
        let how = format!("{}, {when}{place}", style::status_words(meeting.status));
        svg.open("g", &[("class", "meeting"), ("data-meeting", meeting.meeting.as_str())]);
        svg.text("title", &[], &self.told(&meeting.title, &how, &meeting.cited));
        if meeting.some_day && meeting.from < meeting.to {
            paint::line(svg, (x, y + 8.0), (self.x(meeting.to) + self.day - 2.0, y + 8.0), INK, Some("3 3"));
        }
        paint::diamond(svg, x, y + 8.0, is_firm);
        if let Some(label) = &one.title {
            paint::words(svg, label.x, y + 12.0, 12.0, INK, label.anchor, &label.text);
        }
        svg.close();
    }

    /// What the marks mean, from `top` down; returns where it ends.
    fn legend(&self, svg: &mut Svg, top: f64, used: &Used) -> f64 {
        let right = self.right().max(self.left + 536.0);
        let mut cursor = paint::Cursor { x: EDGE, y: top, left: EDGE, right };
        svg.open("g", &[("class", "legend")]);
        for standing in used.standings.iter().rev() {
            let at = cursor.take(34.0, standing.name());
            paint::standing(svg, (at.0, at.1), (26.0, 14.0), *standing);
            paint::words(svg, at.0 + 32.0, at.1 + 11.0, 12.0, INK, "start", standing.name());
        }
        if used.legs {
            let at = cursor.take(34.0, "journey");
            paint::arrow(svg, at.0, at.0 + 26.0, at.1 + 7.0, false);
            paint::words(svg, at.0 + 32.0, at.1 + 11.0, 12.0, INK, "start", "journey");
        }
        for (shown, is_firm, words) in [(used.firm_meetings, true, "meeting"), (used.open_meetings, false, "meeting, not firm")] {
            if shown {
                let at = cursor.take(20.0, words);
                paint::diamond(svg, at.0 + 7.0, at.1 + 7.0, is_firm);
                paint::words(svg, at.0 + 18.0, at.1 + 11.0, 12.0, INK, "start", words);
            }
        }
        if used.conflicts {
            let at = cursor.take(34.0, "contradicted");
            paint::frame(svg, at, (26.0, 14.0), RED, 2.0);
            paint::words(svg, at.0 + 32.0, at.1 + 11.0, 12.0, INK, "start", "contradicted");
        }
        let named: BTreeSet<(&String, &str)> = (self.chart.rows.iter().flat_map(|row| &row.bars))
            .filter(|bar| used.places.contains(&bar.place))
            .filter_map(|bar| Some((self.codes.get(&bar.place)?, bar.name.as_str())))
            .collect();
        if !named.is_empty() {
            cursor.next_line();
        }
        for (code, name) in named {
            let at = cursor.take(24.0, name);
            paint::strong(svg, at.0, at.1 + 11.0, 11.0, INK, code);
            paint::words(svg, at.0 + 22.0, at.1 + 11.0, 12.0, INK, "start", name);
        }
        if used.unnamed > 0 {
            cursor.next_line();
            let stops = counted(used.unnamed, "stop is", "stops are");
            let words = format!("{stops} too short to be named at this scale; fewer days show more");
            paint::words(svg, EDGE, cursor.y + 11.0, 12.0, QUIET, "start", &words);
        }
        svg.close();
        cursor.y + 16.0
    }
}
