//! A whole phrase: one point, a range of two, a bound, or a day with a clock; perhaps with "around" before it.

use chrono::NaiveDate;

use super::point::{Date, Point, Points};
use super::token::{Word, without_article};
use super::{Direction, clock};
use crate::time::{End, Moment, Qualifier, Shape, TimeError, When, Zone};

/// What a phrase is read against.
#[derive(Clone, Copy)]
pub(super) struct Phrase<'t> {
    /// The whole text, for refusals.
    pub text: &'t str,
    /// The day of publication.
    pub today: NaiveDate,
    /// Which way the verb looks.
    pub direction: Direction,
    /// The zone that completes a clock.
    pub zone: Option<Zone>,
}

impl Phrase<'_> {
    /// Reads all of these words.
    pub(super) fn read(self, words: &[Word<'_>]) -> Result<When, TimeError> {
        match without_article(words) {
            [around, rest @ ..] if matches!(around.lower.as_str(), "around" | "about") => {
                Ok(When { shape: self.shape(rest)?, qualifier: Qualifier::Approximate })
            }
            all => self.shape(all).map(When::from),
        }
    }

    fn shape(self, words: &[Word<'_>]) -> Result<Shape, TimeError> {
        let words = without_article(words);
        let spelt: Vec<&str> = words.iter().map(|word| word.lower.as_str()).collect();
        let rest = |count: usize| words.get(count..).unwrap_or_default();
        match spelt.as_slice() {
            ["by", ..] => self.bounds(rest(1)).map(|(_, last)| Shape::Within(None, Some(last))),
            ["before", ..] => {
                let (first, _) = self.bounds(rest(1))?;
                Ok(Shape::Within(None, Some(self.points().shift(first, -1)?)))
            }
            ["not", "before", ..] => self.bounds(rest(2)).map(|(first, _)| Shape::Within(Some(first), None)),
            ["after", ..] => {
                let (_, last) = self.bounds(rest(1))?;
                Ok(Shape::Within(Some(self.points().shift(last, 1)?), None))
            }
            ["between", ..] => {
                let (from, to) = self.pair(rest(1), &["and"])?;
                let ((first, _), (_, last)) = (self.ends(from)?, self.ends(to)?);
                if last < first { Err(self.reversed()) } else { Ok(Shape::Within(Some(first), Some(last))) }
            }
            ["from", ..] => self.throughout(rest(1)),
            all if all.iter().any(|word| TO.contains(word)) => self.throughout(words),
            _ => self.point(words),
        }
    }

    fn points(&self) -> Points<'_> {
        Points { text: self.text, today: self.today, direction: self.direction }
    }

    fn unknown(self) -> TimeError {
        TimeError::Words(self.text.to_owned())
    }

    fn reversed(self) -> TimeError {
        TimeError::Reversed(self.text.to_owned())
    }

    /// One point, with a clock if it is a single day.
    fn point(self, words: &[Word<'_>]) -> Result<Shape, TimeError> {
        let Some((day, clock)) = clock::split(words) else { return self.settled(words) };
        match self.settled(day)? {
            Shape::Day(day) => Moment::read_typed(&format!("{}T{clock}", day.format("%Y-%m-%d")), self.zone).map(Shape::Exact),
            Shape::Exact(_) | Shape::Month(_) | Shape::Year(_) | Shape::Throughout(..) | Shape::Within(..) => Err(self.unknown()),
        }
    }

    fn settled(self, words: &[Word<'_>]) -> Result<Shape, TimeError> {
        let points = self.points();
        points.nearest(points.read(words)?, self.today, self.direction)
    }

    fn bounds(self, words: &[Word<'_>]) -> Result<(NaiveDate, NaiveDate), TimeError> {
        self.ends(self.settled(words)?)
    }

    /// The first and the last day of a shape.
    fn ends(self, shape: Shape) -> Result<(NaiveDate, NaiveDate), TimeError> {
        // No shape that words settle on has an exact time in it, so the zone decides nothing here.
        let span = When::from(shape).span(Zone::UTC);
        span.from.zip(span.to).ok_or_else(|| self.unknown())
    }

    fn throughout(self, words: &[Word<'_>]) -> Result<Shape, TimeError> {
        // "March to May" says neither that it lasts all the time nor that it happens once.
        let (Shape::Day(from), Shape::Day(to)) = self.pair(words, TO)? else { return Err(self.unknown()) };
        if to < from { Err(self.reversed()) } else { Ok(Shape::Throughout(End::Day(from), Some(End::Day(to)))) }
    }

    /// Two points divided by one of these words. What one end leaves out, the other tells: the nearest pair in the direction.
    fn pair(self, words: &[Word<'_>], dividers: &[&str]) -> Result<(Shape, Shape), TimeError> {
        let at = words.iter().position(|word| dividers.contains(&word.lower.as_str())).ok_or_else(|| self.unknown())?;
        let points = self.points();
        let (from, to) = (words.get(..at).unwrap_or_default(), words.get(at + 1..).unwrap_or_default());
        let (from, to) = self.shared_month(points.read(from)?, points.read(to)?)?;
        let after = |from: Shape| self.ends(from).and_then(|(first, _)| points.nearest(to, first, Direction::Forward));
        let before = |to: Shape| self.ends(to).and_then(|(_, last)| points.nearest(from, last, Direction::Back));
        // An end that leaves nothing out settles the other; else the one that the direction asks about comes first.
        let from_first = is_settled(from) || (!is_settled(to) && self.direction == Direction::Back);
        if from_first {
            let from = points.nearest(from, self.today, Direction::Back)?;
            Ok((from, after(from)?))
        } else {
            let to = points.nearest(to, self.today, Direction::Forward)?;
            Ok((before(to)?, to))
        }
    }

    /// "10 to 14 March", "March 10 to 14": the month is said once for both.
    fn shared_month(self, from: Point, to: Point) -> Result<(Point, Point), TimeError> {
        let (Point::Date(from_date), Point::Date(to_date)) = (from, to) else { return Ok((from, to)) };
        let shared = match (from_date.month, to_date.month) {
            (None, Some(_)) => (Date { month: to_date.month, year: to_date.year, ..from_date }, to_date),
            (Some(_), None) => {
                let year = to_date.year.or(from_date.year);
                (Date { year, ..from_date }, Date { month: from_date.month, year, ..to_date })
            }
            (None, None) | (Some(_), Some(_)) => return Ok((from, to)),
        };
        if shared.1.day < shared.0.day {
            return Err(self.reversed());
        }
        Ok((Point::Date(shared.0), Point::Date(shared.1)))
    }
}

/// The words and the sign between the two ends of a range that lasts.
const TO: &[&str] = &["to", "-", "through"];

fn is_settled(point: Point) -> bool {
    match point {
        Point::Settled(_) => true,
        Point::Date(date) => date.month.is_some() && date.year.is_some(),
        Point::Weekday(_) | Point::Month(_) => false,
    }
}
