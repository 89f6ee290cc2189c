//! Partial dates: times as vague as the source left them (EDTF, ISO 8601-2 level 1, the subset in the table of [`When`]).

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike as _, NaiveDate, Utc};

use super::{Moment, TimeError, Zone};

/// When something happens, as far as anybody has said.
///
/// | text | meaning |
/// |---|---|
/// | `2025-02-18` | that day, in the place's local calendar |
/// | `2025-02-18T10:00:00+03:00[Asia/Riyadh]` | exact ([`Moment`], RFC 9557) |
/// | `2025-02`, `2025` | some time in that month, that year |
/// | `2025-02-17/2025-02-19`, `2025-02-17/..` | throughout; ends are days or exact times |
/// | `[2025-02-10..2025-02-16]`, `[..2025-03-01]`, `[2025-03-01..]` | once, on some day in that range |
/// | trailing `~`, `?` | approximate, doubtful |
///
/// Two whens are never compared for order: ask [`When::span`], which gives the first and the last day possible.
///
/// ```
/// # use daybook::time::{day, When, Zone};
/// let last_week: When = "[2025-02-10..2025-02-16]".parse()?;
/// assert_eq!(last_week.span(Zone::UTC).from, Some(day(2025, 2, 10)));
/// assert_eq!(last_week.to_string(), "[2025-02-10..2025-02-16]");
/// # Ok::<(), daybook::time::TimeError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct When {
    /// What was said.
    pub shape: Shape,
    /// How firmly, by the source's own doubt.
    pub qualifier: Qualifier,
}

/// The forms of a [`When`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A whole local day.
    Day(NaiveDate),
    /// An exact time.
    Exact(Moment),
    /// Some time in a month (its first day stands for it).
    Month(NaiveDate),
    /// Some time in a year (its first day stands for it).
    Year(NaiveDate),
    /// From the first end to the second; open when there is no second.
    Throughout(End, Option<End>),
    /// Once, on some day between the two (inclusive); at least one is given.
    Within(Option<NaiveDate>, Option<NaiveDate>),
}

/// An end of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A whole local day, included.
    Day(NaiveDate),
    /// An exact time.
    Exact(Moment),
}

/// The source's own doubt (EDTF level 1: `~` approximate, `?` uncertain).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Qualifier {
    /// Said plainly.
    #[default]
    Plain,
    /// `~`
    Approximate,
    /// `?`
    Doubtful,
}

/// The local days that a [`When`] can touch, both ends included; `None` is unbounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The first day possible.
    pub from: Option<NaiveDate>,
    /// The last day possible.
    pub to: Option<NaiveDate>,
}

impl Span {
    /// Whether every day of `other` is a day of this span.
    #[must_use]
    pub fn contains(self, other: Self) -> bool {
        let from = self.from.is_none_or(|from| other.from.is_some_and(|start| from <= start));
        let to = self.to.is_none_or(|to| other.to.is_some_and(|end| end <= to));
        from && to
    }

    /// Whether a day lies in it.
    #[must_use]
    pub fn has(self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day <= to)
    }

    /// Whether the two share a day.
    #[must_use]
    pub fn overlaps(self, other: Self) -> bool {
        let before = |to: Option<NaiveDate>, from: Option<NaiveDate>| to.zip(from).is_some_and(|(to, from)| to < from);
        !before(self.to, other.from) && !before(other.to, self.from)
    }

    /// Whether its last day is before `day`.
    #[must_use]
    pub fn is_before(self, day: NaiveDate) -> bool {
        self.to.is_some_and(|to| to < day)
    }
}

impl End {
    /// The local day of this end at a place in `zone`.
    #[must_use]
    pub fn day_in(self, zone: Zone) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Exact(moment) => moment.day_in(zone),
        }
    }
}

impl When {
    /// A plain whole day.
    #[must_use]
    pub fn day(day: NaiveDate) -> Self {
        Shape::Day(day).into()
    }

    /// Reads what somebody typed: like [`FromStr`], but an exact time may leave its zone to the place.
    ///
    /// # Errors
    /// [`TimeError`] with the rule that is broken.
    pub fn read_typed(text: &str, at: Option<Zone>) -> Result<Self, TimeError> {
        read(text, &|moment| Moment::read_typed(moment, at))
    }

    /// The days it can touch, as local days at a place in `zone`.
    #[must_use]
    pub fn span(&self, zone: Zone) -> Span {
        let (from, to) = match self.shape {
            Shape::Day(day) => (Some(day), Some(day)),
            Shape::Exact(moment) => (Some(moment.day_in(zone)), Some(moment.day_in(zone))),
            Shape::Month(first) => {
                (Some(first), first.checked_add_months(chrono::Months::new(1)).and_then(|next| next.pred_opt()))
            }
            Shape::Year(first) => (Some(first), NaiveDate::from_ymd_opt(first.year(), 12, 31)),
            // Ends in different zones may fall on days in the wrong order; nothing ends before it begins.
            Shape::Throughout(from, to) => (Some(from.day_in(zone)), to.map(|to| to.day_in(zone).max(from.day_in(zone)))),
            Shape::Within(from, to) => (from, to),
        };
        Span { from, to }
    }

    /// Whether only some day of the span is meant: a month, a year, or a range in brackets.
    #[must_use]
    pub fn is_some_day(&self) -> bool {
        matches!(self.shape, Shape::Month(_) | Shape::Year(_) | Shape::Within(..))
    }

    /// Whether it says too little to put anybody anywhere: some day of a span of more than seven days, or of an unbounded one.
    #[must_use]
    pub fn is_too_vague(&self) -> bool {
        let span = self.span(Zone::UTC);
        self.is_some_day() && span.from.zip(span.to).is_none_or(|(from, to)| (to - from).num_days() >= 7)
    }

    /// Whether nobody may be held to it: some day of a range, or marked `~` or `?`.
    #[must_use]
    pub fn is_uncertain(&self) -> bool {
        self.is_some_day() || self.qualifier != Qualifier::Plain
    }

    /// Whether it is an interval ("throughout").
    #[must_use]
    pub fn is_interval(&self) -> bool {
        matches!(self.shape, Shape::Throughout(..))
    }

    /// Its exact ends, where it has any: a lone exact time lasts one minute, an open interval ends never.
    #[must_use]
    pub fn exact(&self) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let start = |end: End| match end {
            End::Day(_) => None,
            End::Exact(moment) => Some(moment.instant()),
        };
        match self.shape {
            Shape::Exact(moment) => {
                let start = moment.instant();
                Some((start, start.checked_add_signed(chrono::Duration::minutes(1)).unwrap_or(start)))
            }
            Shape::Throughout(from, to) => start(from).zip(to.and_then(start)),
            Shape::Day(_) | Shape::Month(_) | Shape::Year(_) | Shape::Within(..) => None,
        }
    }

    /// The exact start, where it is known.
    #[must_use]
    pub fn exact_start(&self) -> Option<Moment> {
        match self.shape {
            Shape::Exact(moment) | Shape::Throughout(End::Exact(moment), _) => Some(moment),
            Shape::Day(_) | Shape::Month(_) | Shape::Year(_) | Shape::Within(..) | Shape::Throughout(End::Day(_), _) => None,
        }
    }
}

impl From<Shape> for When {
    fn from(shape: Shape) -> Self {
        Self { shape, qualifier: Qualifier::Plain }
    }
}

impl FromStr for When {
    type Err = TimeError;

    /// Reads the stored form, in which every exact time bears its offset and zone.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        as_written(text).map_or_else(|| read(text, &Moment::read_stored), Ok)
    }
}

/// The forms that most are in: a day, an interval of two, and an exact time.
fn as_written(text: &str) -> Option<When> {
    if text.len() == 10 {
        return plain_day(text).map(When::day);
    }
    let (from, to) = text.split_at_checked(10)?;
    if to.starts_with('T') {
        return Moment::as_written(text).map(|moment| Shape::Exact(moment).into());
    }
    let (from, to) = (plain_day(from)?, plain_day(to.strip_prefix('/')?)?);
    (from <= to).then(|| Shape::Throughout(End::Day(from), Some(End::Day(to))).into())
}

fn read(text: &str, moment: &dyn Fn(&str) -> Result<Moment, TimeError>) -> Result<When, TimeError> {
    let (body, qualifier) = match text.as_bytes().last() {
        Some(b'~') => (&text[..text.len() - 1], Qualifier::Approximate),
        Some(b'?') => (&text[..text.len() - 1], Qualifier::Doubtful),
        _ => (text, Qualifier::Plain),
    };
    Ok(When { shape: read_shape(body, text, moment)?, qualifier })
}

fn read_shape(body: &str, text: &str, moment: &dyn Fn(&str) -> Result<Moment, TimeError>) -> Result<Shape, TimeError> {
    if let Some(range) = body.strip_prefix('[') {
        return read_range(range.strip_suffix(']').ok_or_else(|| TimeError::Form(text.to_owned()))?, text);
    }
    // The slash inside a zone's name divides nothing.
    let mut depth = 0_u32;
    let slash = body.char_indices().find_map(|(at, c)| {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        (c == '/' && depth == 0).then_some(at)
    });
    if let Some(at) = slash {
        return read_interval(&body[..at], &body[at + 1..], text, moment);
    }
    if body.contains('T') || body.contains(':') {
        return moment(body).map(Shape::Exact);
    }
    match body.len() {
        4 => first_of(body, "01", text).map(Shape::Year),
        7 if body.as_bytes()[4] == b'-' => {
            first_of(body.get(..4).unwrap_or(""), body.get(5..).unwrap_or(""), text).map(Shape::Month)
        }
        _ => day_in(body, text).map(Shape::Day),
    }
}

fn read_range(range: &str, text: &str) -> Result<Shape, TimeError> {
    let (from, to) = range.split_once("..").ok_or_else(|| TimeError::Form(text.to_owned()))?;
    let end = |part: &str| if part.is_empty() { Ok(None) } else { day_in(part, text).map(Some) };
    let (from, to) = (end(from)?, end(to)?);
    match (from, to) {
        (None, None) => Err(TimeError::Form(text.to_owned())),
        (Some(from), Some(to)) if to < from => Err(TimeError::Reversed(text.to_owned())),
        _ => Ok(Shape::Within(from, to)),
    }
}

fn read_interval(
    from: &str,
    to: &str,
    text: &str,
    moment: &dyn Fn(&str) -> Result<Moment, TimeError>,
) -> Result<Shape, TimeError> {
    let end = |part: &str| {
        if part.contains('T') || part.contains(':') {
            moment(part).map(End::Exact)
        } else if part.len() == 10 {
            day_in(part, text).map(End::Day)
        } else {
            Err(TimeError::Interval(text.to_owned()))
        }
    };
    let from = end(from)?;
    let to = if to == ".." { None } else { Some(end(to)?) };
    let reversed = match (from, to) {
        (_, None) => false,
        // By what was believed: newer zone rules must never make a line of the log unreadable.
        (End::Exact(from), Some(End::Exact(to))) => to.believed() <= from.believed(),
        (End::Day(from), Some(End::Day(to))) => to < from,
        (End::Day(from), Some(End::Exact(to))) => to.wall().date() < from,
        (End::Exact(from), Some(End::Day(to))) => to < from.wall().date(),
    };
    if reversed { Err(TimeError::Reversed(text.to_owned())) } else { Ok(Shape::Throughout(from, to)) }
}

/// Reads one whole day, `2025-02-18`.
///
/// # Errors
/// [`TimeError::NoSuchDay`] for a day that the month does not have, else what is wrong with the form.
pub fn parse_day(text: &str) -> Result<NaiveDate, TimeError> {
    day_in(text, text)
}

/// A day of the years 0001 to 9999, in the one form that a day has; whatever is none is explained elsewhere.
pub(super) fn plain_day(text: &str) -> Option<NaiveDate> {
    let [y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
    let year = pair(*y1, *y2)? * 100 + pair(*y3, *y4)?;
    let year = i32::try_from(year).ok().filter(|year| *year > 0)?;
    NaiveDate::from_ymd_opt(year, pair(*m1, *m2)?, pair(*d1, *d2)?)
}

/// The number that two digits write.
pub(super) fn pair(tens: u8, ones: u8) -> Option<u32> {
    let digit = |byte: u8| byte.is_ascii_digit().then(|| u32::from(byte - b'0'));
    Some(digit(tens)? * 10 + digit(ones)?)
}

fn day_in(part: &str, text: &str) -> Result<NaiveDate, TimeError> {
    if let Some(day) = plain_day(part) {
        return Ok(day);
    }
    let form = || TimeError::Form(text.to_owned());
    let mut pieces = part.splitn(3, '-');
    let (year, month, day) = (pieces.next(), pieces.next(), pieces.next());
    let (year, month, day) = (year.ok_or_else(form)?, month.ok_or_else(form)?, day.ok_or_else(form)?);
    let first = first_of(year, month, text)?;
    let digits = day.len() == 2 && day.bytes().all(|b| b.is_ascii_digit());
    let day: u32 = day.parse().ok().filter(|_| digits).ok_or_else(form)?;
    first.with_day(day).ok_or_else(|| TimeError::NoSuchDay {
        text: text.to_owned(),
        month: first.format("%B %Y").to_string(),
        days: u32::from(first.num_days_in_month()),
    })
}

fn first_of(year: &str, month: &str, text: &str) -> Result<NaiveDate, TimeError> {
    let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
    if !digits(year, 4) || !digits(month, 2) {
        return Err(TimeError::Form(text.to_owned()));
    }
    let range = || TimeError::Range(text.to_owned());
    let year: i32 = year.parse().ok().filter(|year| *year > 0).ok_or_else(range)?;
    NaiveDate::from_ymd_opt(year, month.parse().map_err(|_| range())?, 1).ok_or_else(range)
}

impl fmt::Display for End {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Self::Exact(moment) => write!(f, "{moment}"),
        }
    }
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |day: Option<NaiveDate>| day.map_or(String::new(), |day| day.format("%Y-%m-%d").to_string());
        match self.shape {
            Shape::Day(day) => write!(f, "{}", day.format("%Y-%m-%d")),
            Shape::Exact(moment) => write!(f, "{moment}"),
            Shape::Month(first) => write!(f, "{}", first.format("%Y-%m")),
            Shape::Year(first) => write!(f, "{}", first.format("%Y")),
            Shape::Throughout(from, Some(to)) => write!(f, "{from}/{to}"),
            Shape::Throughout(from, None) => write!(f, "{from}/.."),
            Shape::Within(from, to) => write!(f, "[{}..{}]", day(from), day(to)),
        }?;
        f.write_str(match self.qualifier {
            Qualifier::Plain => "",
            Qualifier::Approximate => "~",
            Qualifier::Doubtful => "?",
        })
    }
}

impl serde::Serialize for When {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
