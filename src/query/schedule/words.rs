//! Words for people in calendar items: days and vague times, participants, and the reports that decide.

use chrono::NaiveDate;

use crate::event::{Attendance, By, Kind, PlaceId, Position, What};
use crate::names::is_hidden;
use crate::projection::{Party, Registry, Seat, View};
use crate::query::Citation;
use crate::query::citation::public_order;
use crate::time::{End, Moment, Qualifier, Shape, When, Zone};

use super::Timing;

/// `18 Feb 2025`.
pub(super) fn day(day: NaiveDate) -> String {
    day.format("%-d %b %Y").to_string()
}

/// `10–16 Feb 2025`, both days included.
pub(in crate::query) fn days(from: NaiveDate, to: NaiveDate) -> String {
    format!("{}{}", range(from, to), to.format(" %Y"))
}

/// `10–16 Feb`: the year is named only where it is not the same, for the calendar shows it.
fn range(from: NaiveDate, to: NaiveDate) -> String {
    use chrono::Datelike as _;
    let last = to.format("%-d %b");
    if from == to {
        last.to_string()
    } else if from.year() != to.year() {
        format!("{} – {last}", day(from))
    } else if from.month() != to.month() {
        format!("{} – {last}", from.format("%-d %b"))
    } else {
        format!("{}–{last}", from.format("%-d"))
    }
}

/// `10:00 on 18 Feb 2025 (Asia/Riyadh)`.
pub(super) fn moment(moment: Moment) -> String {
    format!("{} on {} ({})", moment.wall().format("%H:%M"), day(moment.wall().date()), moment.zone())
}

/// How vague a time is: `some day 10–16 Feb`, `some day in February`, `about 18 Feb`, `perhaps some day in 2025`.
pub(super) fn vague(when: When, zone: Zone) -> String {
    let some_day = |base: String| match when.qualifier {
        Qualifier::Plain => format!("some day {base}"),
        Qualifier::Approximate => format!("about some day {base}"),
        Qualifier::Doubtful => format!("perhaps some day {base}"),
    };
    let known = |base: String| match when.qualifier {
        Qualifier::Plain => base,
        Qualifier::Approximate => format!("about {base}"),
        Qualifier::Doubtful => format!("perhaps {base}"),
    };
    let span = when.span(zone);
    match when.shape {
        Shape::Month(first) => some_day(format!("in {}", first.format("%B"))),
        Shape::Year(first) => some_day(format!("in {}", first.format("%Y"))),
        Shape::Within(Some(from), Some(to)) if from != to => some_day(range(from, to)),
        Shape::Within(None, Some(to)) => known(format!("by {}", to.format("%-d %b"))),
        Shape::Within(Some(from), None) => known(format!("not before {}", from.format("%-d %b"))),
        Shape::Exact(start) => known(format!("{} on {}", start.wall().format("%H:%M"), start.wall().format("%-d %b"))),
        Shape::Throughout(_, None) => known(format!("from {}", span.from.map(|from| range(from, from)).unwrap_or_default())),
        Shape::Day(_) | Shape::Throughout(..) | Shape::Within(..) => {
            known(span.from.zip(span.to).map(|(from, to)| range(from, to)).unwrap_or_default())
        }
    }
}

/// A time in words, with its year.
pub(in crate::query) fn when(when: When) -> String {
    let end = |end: End| match end {
        End::Day(of) => day(of),
        End::Exact(at) => moment(at),
    };
    let base = match when.shape {
        Shape::Day(of) => day(of),
        Shape::Exact(at) => moment(at),
        Shape::Month(first) => format!("some day in {}", first.format("%B %Y")),
        Shape::Year(first) => format!("some day in {}", first.format("%Y")),
        Shape::Throughout(from, Some(to)) => format!("{} to {}", end(from), end(to)),
        Shape::Throughout(from, None) => format!("from {}", end(from)),
        Shape::Within(Some(from), Some(to)) => format!("some day {}", days(from, to)),
        Shape::Within(None, Some(to)) => format!("by {}", day(to)),
        Shape::Within(Some(from), None) => format!("not before {}", day(from)),
        Shape::Within(None, None) => "some day".to_owned(),
    };
    match when.qualifier {
        Qualifier::Plain => base,
        Qualifier::Approximate => format!("about {base}"),
        Qualifier::Doubtful => format!("perhaps {base}"),
    }
}

/// What must be said of a time because the calendar cannot show it.
pub(super) fn time(reported: When, timing: &Timing) -> Option<String> {
    let open = super::meetings::is_open(reported);
    match timing {
        Timing::Exact { end_assumed: true, .. } => Some("The end was not reported: one hour is shown.".to_owned()),
        Timing::Exact { .. } => None,
        Timing::Days { .. } if open => Some("It goes on after the first day; the end was not reported.".to_owned()),
        Timing::Days { .. } => match reported.shape {
            Shape::Throughout(End::Exact(_), _) | Shape::Throughout(_, Some(End::Exact(_))) => {
                Some(format!("Time: {}", when(reported)))
            }
            Shape::Throughout(..) | Shape::Day(_) | Shape::Exact(_) | Shape::Month(_) | Shape::Year(_) | Shape::Within(..) => {
                None
            }
        },
        Timing::Vague { .. } => Some(format!("Time: {}", when(reported))),
    }
}

/// A place and those that it lies in: `Riyadh, Saudi Arabia`.
pub(super) fn location(registry: &Registry, place: &PlaceId) -> String {
    let around = |id: &&PlaceId| registry.places.get(*id).and_then(|record| record.within.as_ref());
    // Places may lie in each other by mistake; nobody writes more than four.
    let ids = std::iter::successors(Some(place), around).take(4);
    let mut names: Vec<&str> = ids.map(|id| registry.place_name(id)).collect();
    names.dedup();
    names.join(", ")
}

/// `Marco Rubio (United States), principal, attendance uncertain`.
pub(super) fn participant(registry: &Registry, seat: &Seat) -> String {
    let mut words = match &seat.who {
        Ok(official) => registry.official_name(official).to_owned(),
        Err(party) => registry.party_name(party).to_owned(),
    };
    if let (Ok(_), Some(party)) = (&seat.who, &seat.party) {
        words.push_str(&format!(" ({})", registry.party_name(party)));
    }
    words.push_str(&format!(", {}", seat.role));
    words.push_str(match seat.attendance {
        Attendance::Expected => "",
        Attendance::Uncertain => ", attendance uncertain",
        Attendance::Declined => ", will not attend",
    });
    words
}

/// `United States (White House)`.
pub(super) fn party(registry: &Registry, party: &Party) -> String {
    let name = registry.party_name(&party.party);
    party.voice.as_ref().map_or_else(|| name.to_owned(), |voice| format!("{name} ({voice})"))
}

/// Reports, the newest first.
pub(super) struct Reports(Vec<(Citation, Vec<String>)>);

impl Reports {
    /// The reports behind some events, by when they became public.
    pub(super) fn of(view: &View<'_>, events: &[Position]) -> Self {
        let mut found: Vec<_> = events
            .iter()
            .filter_map(|at| {
                let entry = view.claims().entry(at.seq)?;
                let event = entry.event(at.number)?;
                let citation = Citation::of(view, entry, event, *at);
                Some((public_order(view, *at), (citation, voices(&event.what))))
            })
            .collect();
        found.sort_by(|(a, _), (b, _)| b.cmp(a));
        Self(found.into_iter().map(|(_, report)| report).collect())
    }

    /// One line each: who said it, outlet, date, link. What would be the same line twice is one.
    pub(super) fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = Vec::new();
        for (citation, voices) in &self.0 {
            let line = line(citation, voices);
            if !lines.contains(&line) {
                lines.push(line);
            }
        }
        if !lines.is_empty() {
            lines.insert(0, "Reports:".to_owned());
        }
        lines
    }

    /// Where they come from, each once.
    pub(super) fn sources(&self) -> Vec<String> {
        once(self.0.iter().map(|(citation, _)| citation.source().to_owned()))
    }

    /// Who said so, each once: `a spokesman via AFP`.
    pub(super) fn speakers(&self) -> Vec<String> {
        once(self.0.iter().filter_map(|(citation, _)| {
            let via = citation.via.as_ref().map_or_else(String::new, |via| format!(" via {via}"));
            citation.said_by.as_ref().map(|who| format!("{who}{via}"))
        }))
    }

    /// The day on which the newest was published.
    pub(super) fn published(&self) -> Option<NaiveDate> {
        self.0.first().map(|(citation, _)| citation.published)
    }

    /// Whether any of them is an event of this kind.
    pub(super) fn has(&self, kind: Kind) -> bool {
        self.0.iter().any(|(citation, _)| citation.kind == kind)
    }

    /// The newest link that leads to the web.
    pub(super) fn newest_link(&self) -> Option<String> {
        self.0.iter().find_map(|(citation, _)| citation.url.clone().filter(|url| is_web_link(url)))
    }
}

fn once(texts: impl Iterator<Item = String>) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for text in texts {
        if !found.contains(&text) {
            found.push(text);
        }
    }
    found
}

fn line(citation: &Citation, voices: &[String]) -> String {
    let who = citation.said_by.clone().or_else(|| (!voices.is_empty()).then(|| voices.join(", ")));
    let via = citation.via.as_ref().map(|via| format!("via {via}"));
    let said: Vec<String> = who.into_iter().chain(via).collect();
    let said = if said.is_empty() { String::new() } else { format!("{}: ", said.join(" ")) };
    let link = citation.url.as_ref().filter(|url| is_web_link(url)).map(|url| format!(", {url}")).unwrap_or_default();
    format!("- {said}{}, {}{link}", citation.source(), day(citation.published))
}

/// A link that other programs may open: on the web, and of one piece.
fn is_web_link(url: &str) -> bool {
    let scheme = |scheme: &str| {
        url.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && url.len() > scheme.len()
    };
    (scheme("http://") || scheme("https://"))
        && !url.contains(|c: char| c.is_whitespace() || is_hidden(c) || matches!(c, '"' | '<' | '>' | '\\'))
}

/// The voices that spoke in an event.
fn voices(what: &What) -> Vec<String> {
    let by: &[By] = match what {
        What::MeetingProposed(meeting)
        | What::MeetingConfirmed(meeting)
        | What::MeetingHeld(meeting)
        | What::MeetingChanged(meeting) => &meeting.by,
        What::MeetingDeclined(declined) => &declined.by,
        What::MeetingPostponed(postponed) => &postponed.by,
        What::MeetingCancelled(cancelled) => &cancelled.by,
        What::Official(_) | What::Party(_) | What::Place(_) | What::Trip(_) | What::Travel(_) | What::TravelCancelled(_) => &[],
        What::Presence(_) | What::Absence(_) | What::Statement(_) | What::Retraction(_) => &[],
    };
    by.iter().filter_map(|by| by.voice.clone()).collect()
}
