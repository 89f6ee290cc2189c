//! What stands over a picture: months with their weeks or days, or years, and lines down from them.

use chrono::{Datelike as _, NaiveDate};

use super::paint::{self, INK, LINE, QUIET, RED, SHADE};
use super::picture::{HEAD, Picture, width};
use super::{axis, is_weekend};
use crate::render::svg::Svg;

/// The line from a beginning of months or years down.
const RULE: &str = "#9aa5b1";
/// From how many pixels on a day has a name.
const EACH_DAY: f64 = 20.0;
/// How wide a letter of a year or month is, with some air.
const LETTER: f64 = 9.0;

impl Picture<'_> {
    /// Months, weeks or days along the top, weekends shaded, and a line on the day asked about.
    pub(super) fn calendar(&self, svg: &mut Svg, bottom: f64) {
        if self.day >= 4.5 {
            self.weeks(svg, bottom);
        } else {
            self.years(svg, bottom);
        }
        paint::line(svg, (self.left, HEAD), (self.right(), HEAD), RULE, None);
        paint::line(svg, (self.right(), 92.0), (self.right(), bottom), LINE, None);
        if (self.chart.from..=self.chart.to).contains(&self.head.on) {
            let x = self.x(self.head.on);
            if self.day >= EACH_DAY {
                paint::frame(svg, (x + 1.0, 90.0), (self.day - 2.0, 27.0), RED, 4.0);
            }
            paint::line(svg, (x, HEAD), (x, bottom), RED, Some("2 3"));
        }
    }

    /// The beginnings of months or years that have room for their names.
    fn years(&self, svg: &mut Svg, bottom: f64) {
        let (from, to) = (self.chart.from, self.chart.to);
        let room = ((self.right() - self.left) / LETTER) as usize;
        let mut named_until = f64::MIN;
        for tick in axis::ticks_above(from, to, room) {
            let x = self.x(tick.day);
            paint::line(svg, (x, 68.0), (x, bottom), RULE, None);
            if x >= named_until && x + width(&tick.name, 14.3) < self.right() {
                paint::strong(svg, x + 3.0, 82.0, 13.0, INK, &tick.name);
                named_until = x + width(&tick.name, 14.3) + 6.0;
            }
        }
        for tick in axis::ticks_below(from, to, room) {
            let x = self.x(tick.day);
            paint::line(svg, (x, 92.0), (x, bottom), LINE, None);
            if x + width(&tick.name, 11.0) + 6.0 < self.right() {
                paint::words(svg, x + 3.0, 106.0, 11.0, INK, "start", &tick.name);
            }
        }
    }

    /// Months over their weeks or days, weekends shaded.
    fn weeks(&self, svg: &mut Svg, bottom: f64) {
        let days: Vec<NaiveDate> = self.chart.from.iter_days().take(usize::try_from(self.days).unwrap_or(0)).collect();
        let each_day = self.day >= EACH_DAY;
        let mut named_until = f64::MIN;
        for day in &days {
            let x = self.x(*day);
            if is_weekend(*day) {
                paint::block(svg, (x, 92.0), (self.day, bottom - 92.0), SHADE);
            }
            let first_of_month = *day == self.chart.from || day.day() == 1;
            if first_of_month {
                let left = i64::from(31 - day.day()).min((self.chart.to - *day).num_days()) as f64 * self.day;
                let words = [day.format("%B %Y").to_string(), day.format("%b").to_string()];
                let fits = |words: &&String| width(words, 13.0) * 1.1 <= left + self.day && x >= named_until;
                if let Some(words) = words.iter().find(fits) {
                    paint::strong(svg, x + 3.0, 82.0, 13.0, INK, words);
                    named_until = x + width(words, 13.0) * 1.1 + 6.0;
                }
            }
            if first_of_month && *day != self.chart.from {
                paint::line(svg, (x, 68.0), (x, bottom), RULE, None);
            } else if each_day || day.weekday() == chrono::Weekday::Mon {
                paint::line(svg, (x, 92.0), (x, bottom), LINE, None);
            }
            let colour = if is_weekend(*day) { QUIET } else { INK };
            if each_day {
                let middle = x + self.day / 2.0;
                let weekday = day.format("%a").to_string();
                let weekday = if self.day >= 30.0 { weekday.as_str() } else { weekday.get(..2).unwrap_or("") };
                paint::words(svg, middle, 100.0, 10.0, QUIET, "middle", weekday);
                paint::words(svg, middle, 113.0, 12.0, colour, "middle", &day.day().to_string());
            } else if day.weekday() == chrono::Weekday::Mon && *day < self.chart.to {
                paint::words(svg, x + 3.0, 106.0, 11.0, colour, "start", &day.day().to_string());
            }
        }
    }
}
