//! Where officials are: a block for each who was named, one line for each when everybody is asked for.

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::style;
use super::text::{Text, counted};
use crate::event::{Attendance, OfficialId, Position};
use crate::query::{Basis, Citation, LegAnswer, MeetingAnswer, PresenceAnswer, Standing, Status, WhereAnswer};
use crate::time::When;

/// How many further reports of a stop are shown, unless all are asked for; the others are counted.
const FURTHER: usize = 1;

/// Where each of some officials is: every presence and journey of the day with how we know (`all` that we know by, or the deciding report
/// and one more), what was before and what is next.
#[must_use]
pub fn where_text(answers: &[WhereAnswer], all: bool, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    for answer in answers {
        sheet.blank();
        block(&mut sheet, answer, all, head, page);
    }
    sheet.finish()
}

/// Where everybody is: a line each, those in transit after those who are somewhere, then those of whom only something to come is known,
/// the unknown together at the end.
#[must_use]
pub fn everybody_text(answers: &[WhereAnswer], head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    everybody(&mut sheet, answers, head, page);
    sheet.finish()
}

pub(super) fn everybody(sheet: &mut Sheet<'_>, answers: &[WhereAnswer], head: &Heading<'_>, page: &Page) {
    let dates = head.dates(page);
    let mut table = Table::new(&[Column::UpTo(28), Column::UpTo(20), Column::UpTo(10), Column::Rest, Column::UpTo(8)]);
    let (there, elsewhere): (Vec<&WhereAnswer>, Vec<&WhereAnswer>) =
        answers.iter().partition(|answer| !answer.presences.is_empty());
    let (moving, unknown): (Vec<&WhereAnswer>, Vec<&WhereAnswer>) =
        elsewhere.into_iter().partition(|answer| !answer.legs.is_empty());
    let (coming, unknown): (Vec<&WhereAnswer>, Vec<&WhereAnswer>) =
        unknown.into_iter().partition(|answer| answer.next.leg.is_some() || answer.next_meeting.is_some());
    for answer in there {
        for (at, presence) in answer.presences.iter().enumerate() {
            let name = if at == 0 { short_name(answer, head) } else { Text::none() };
            let why = why(presence, &answer.meetings, &answer.official, false, head, dates);
            let cited = deciding(presence).map_or_else(Text::none, |cited| cited::reference(cited).dimmed());
            let embargo = presence_embargo(&presence.evidence, shown_meeting(presence, answer), deciding(presence), head, dates);
            let why = Text::plain(&why).join("  ", embargo);
            let cells = vec![name, Text::plain(&presence.name), style::standing(presence.standing), why, cited];
            table.marked(mark(presence.conflict), cells);
        }
    }
    for answer in moving {
        for (at, leg) in answer.legs.iter().enumerate() {
            let name = if at == 0 { short_name(answer, head) } else { Text::none() };
            let label = Text::plain(&format!("→ {}", leg.to_name));
            let cited = leg.cited.last().map_or_else(Text::none, |cited| cited::reference(cited).dimmed());
            let words = Text::plain(&format!("{} {}", verb(leg), journey(leg, None, dates, Some(head))));
            let words = words.join("  ", leg_embargo(leg, head, dates));
            table.row(vec![name, label, style::standing(leg.standing), words, cited]);
        }
    }
    for answer in coming {
        let (words, cited, evidence) = first_news(answer, head, dates);
        let embargo = head.embargo(evidence, cited.map(|cited| cited.event), dates);
        let cited = cited.map_or_else(Text::none, |cited| cited::reference(cited).dimmed());
        let unknown = Text::styled(style::OPEN, "unknown");
        let words = Text::plain(&format!("next {words}")).join("  ", embargo);
        table.row(vec![short_name(answer, head), unknown, Text::none(), words, cited]);
    }
    sheet.table(&table);
    if !unknown.is_empty() {
        sheet.blank();
        let names: Vec<&str> = unknown.iter().map(|answer| answer.name.as_str()).collect();
        let count = Text::plain(&format!("unknown ({}): ", unknown.len()));
        sheet.paragraph(2, &count.and(style::FAINT, &names.join(", ")));
    }
    if answers.is_empty() {
        sheet.paragraph(0, &Text::plain("the log knows no officials"));
    }
}

/// The next move of somebody of whom today is unknown, else the next meeting; the earlier of the two, with its report and its evidence.
fn first_news<'a>(answer: &'a WhereAnswer, head: &Heading<'_>, dates: Dates) -> (String, Option<&'a Citation>, &'a [Position]) {
    let meeting = answer.next_meeting.as_ref();
    let leg = answer.next.leg.as_ref().filter(|leg| meeting.is_none_or(|meeting| leg.day <= meeting.first_day));
    match (leg, meeting) {
        (Some(leg), _) => (journey(leg, Some(&leg.to_name), dates, Some(head)), leg.cited.last(), &leg.evidence),
        (None, Some(meeting)) => {
            let when = meeting.when.map(|when| dates.short_when(when, head.place_zone(meeting.zone)));
            let parts = [Some(meeting.title.clone()), when, place_words(meeting), doubt(meeting, &answer.official)];
            (parts.into_iter().flatten().collect::<Vec<_>>().join(", "), meeting.last.as_ref(), &meeting.evidence)
        }
        (None, None) => (String::new(), None, &[]),
    }
}

/// "attendance uncertain", of those of whom it is not known whether they come.
fn doubt(meeting: &MeetingAnswer, official: &OfficialId) -> Option<String> {
    let seat = meeting.participants.iter().find(|seat| seat.official.as_ref() == Some(official))?;
    (seat.attendance == Attendance::Uncertain).then(|| "attendance uncertain".to_owned())
}

fn short_name(answer: &WhereAnswer, head: &Heading<'_>) -> Text {
    let name = Text::styled(style::STRONG, &answer.name);
    match &answer.party {
        Some(party) => name.and(style::PLAIN, &format!(" ({})", head.names.side(party))),
        None => name,
    }
}

/// "Marco Rubio, Secretary of State (US)"
pub fn name_line(name: &str, title: Option<&str>, party: Option<&crate::event::PartyId>, head: &Heading<'_>) -> Text {
    let mut line = Text::styled(style::STRONG, name);
    if let Some(title) = title {
        line = line.and(style::PLAIN, &format!(", {title}"));
    }
    match party {
        Some(party) => line.and(style::PLAIN, &format!(" ({})", head.names.side(party))),
        None => line,
    }
}

/// The columns of a block: place, standing, how we know, reference, source.
pub fn block_table(page: &Page) -> Table {
    Table::new(&[Column::UpTo(22), Column::UpTo(10), Column::Rest, Column::UpTo(9), Column::UpTo(source_width(page))])
}

/// The width of the column that names the source: half of what forty columns leave.
pub fn source_width(page: &Page) -> usize {
    (page.columns().saturating_sub(40) / 2).clamp(12, 34)
}

/// The mark before a line that another contradicts.
pub fn mark(conflict: bool) -> Text {
    if conflict { Text::styled(style::ALARM, "!") } else { Text::none() }
}

/// What looks odd, a line each.
pub fn findings(sheet: &mut Sheet<'_>, findings: &[crate::query::Finding], head: &Heading<'_>, dates: Dates) {
    for finding in findings {
        let references: Vec<String> = finding.evidence.iter().map(ToString::to_string).collect();
        let line = Text::styled(style::ALARM, "! ").and(style::PLAIN, &finding.says);
        let line = line.and(style::FAINT, &format!("  {}", references.join(", ")));
        sheet.paragraph(0, &line.join("  ", head.embargo(&finding.evidence, None, dates)));
    }
}

/// One official: the name, every line of the day, before and next.
pub(super) fn block(sheet: &mut Sheet<'_>, answer: &WhereAnswer, all: bool, head: &Heading<'_>, page: &Page) {
    let dates = head.dates(page);
    sheet.paragraph(0, &name_line(&answer.name, answer.title.as_deref(), answer.party.as_ref(), head));
    findings(sheet, &answer.findings, head, dates);
    if answer.presences.is_empty() && answer.legs.is_empty() {
        sheet.paragraph(2, &unknown(answer, head, dates));
    }
    let mut table = block_table(page);
    let mut shown: Vec<&LegAnswer> = Vec::new();
    for presence in &answer.presences {
        let arriving = |leg: &&LegAnswer| leg.to == presence.place;
        for leg in answer.legs.iter().filter(arriving) {
            leg_rows(&mut table, leg, head, dates);
            shown.push(leg);
        }
        let has_leg = answer.legs.iter().any(|leg| arriving(&leg));
        presence_rows(&mut table, presence, answer, Reports { has_leg, all }, head, dates);
    }
    for leg in answer.legs.iter().filter(|leg| !shown.contains(leg)) {
        leg_rows(&mut table, leg, head, dates);
    }
    // Of the unknown it is said already, and of what is carried too.
    let is_said = |last: &crate::query::LastKnown| {
        let carried = |one: &PresenceAnswer| one.basis == Basis::Carried && one.place == last.place;
        (answer.presences.is_empty() && answer.legs.is_empty()) || answer.presences.iter().any(carried)
    };
    if let Some(last) = answer.last_known.as_ref().filter(|last| !is_said(last)) {
        let text = Text::plain(&format!("{}, {}", last.name, dates.near(last.on)));
        let text = text.join("  ", head.embargo(&last.evidence, None, dates));
        table.row(vec![Text::styled(style::FAINT, "before"), Text::none(), text]);
    }
    next_rows(&mut table, answer, head, dates);
    sheet.table(&table);
}

fn unknown(answer: &WhereAnswer, head: &Heading<'_>, dates: Dates) -> Text {
    let text = Text::styled(style::OPEN, "unknown");
    match &answer.last_known {
        None => text.and(style::PLAIN, "; nothing firm is known before"),
        Some(last) => {
            let days = counted(last.days_ago, "day", "days");
            let text = text.and(style::PLAIN, &format!("; last known {}, {}, {days} before", last.name, dates.short(last.on)));
            text.join("  ", head.embargo(&last.evidence, None, dates))
        }
    }
}

/// Which reports of a presence are told.
#[derive(Clone, Copy)]
struct Reports {
    /// Whether the line of the journey that led there is.
    has_leg: bool,
    /// Whether all others are.
    all: bool,
}

fn presence_rows(
    table: &mut Table,
    presence: &PresenceAnswer,
    answer: &WhereAnswer,
    Reports { has_leg, all }: Reports,
    head: &Heading<'_>,
    dates: Dates,
) {
    let main = deciding(presence);
    let mut further: Vec<&Citation> = presence.deciding.iter().chain(&presence.others).collect();
    further.retain(|cited| main.is_none_or(|main| main.event != cited.event));
    // What the line of the journey already says is not said again.
    further.retain(|cited| !has_leg || cited.kind != crate::event::Kind::Travel);
    // Nor what the lines of the meetings of that day say.
    let first = usize::from(presence.basis == Basis::Meeting);
    let others = presence.meetings.iter().skip(first);
    let also: Vec<&MeetingAnswer> =
        others.filter_map(|id| answer.meetings.iter().find(|meeting| meeting.meeting == *id)).collect();
    further.retain(|cited| cited.quote.is_some() || !also.iter().any(|meeting| meeting.evidence.contains(&cited.event)));
    if presence.basis == Basis::Carried {
        further.clear();
    }
    further.sort_by_key(|cited| cited.event);
    let extent = extent(presence, dates);
    let mut text = why(presence, &answer.meetings, &answer.official, has_leg, head, dates);
    let alone = further.is_empty() && !extent.is_empty();
    if alone {
        text = format!("{text}; {extent}");
    }
    let (reference, source) =
        main.map_or_else(Default::default, |main| (cited::reference(main), cited::source(main, dates).dimmed()));
    let place = Text::styled(style::STRONG, &presence.name);
    let embargo = presence_embargo(&presence.evidence, shown_meeting(presence, answer), main, head, dates);
    let text = Text::plain(&text).join("  ", embargo);
    table.marked(mark(presence.conflict), vec![place, style::standing(presence.standing), text, reference, source]);
    for meeting in also {
        let cited = presence.deciding.iter().chain(&presence.others).rfind(|cited| meeting.evidence.contains(&cited.event));
        let (reference, source) =
            cited.map_or_else(Default::default, |cited| (cited::reference(cited), cited::source(cited, dates).dimmed()));
        let text = Text::plain(&meeting_words(meeting, &answer.official, head, dates));
        let text = text.join("  ", meeting_embargo(meeting, head, dates));
        table.row(vec![Text::none(), Text::none(), text, reference, source]);
    }
    let shown = if all { further.len() } else { FURTHER };
    for (at, cited) in further.iter().take(shown).enumerate() {
        let words = cited::words(cited, dates);
        let words = if at == 0 && !extent.is_empty() { format!("{extent}, {words}") } else { words };
        let words = Text::plain(&words).dimmed().join("  ", head.embargo_of(cited, dates));
        let (reference, source) = (cited::reference(cited).dimmed(), cited::source(cited, dates).dimmed());
        table.row(vec![Text::none(), Text::none(), words, reference, source]);
    }
    if further.len() > shown {
        let more = format!("and {} more: --why", further.len() - shown);
        table.row(vec![Text::none(), Text::none(), Text::styled(style::FAINT, &more)]);
    }
}

/// The report that the line names: the last of the kind that the presence rests on.
pub fn deciding(presence: &PresenceAnswer) -> Option<&Citation> {
    main_report(presence.basis, &presence.deciding)
}

/// The last report of the kind that a presence rests on.
pub fn main_report(basis: Basis, deciding: &[Citation]) -> Option<&Citation> {
    let fits = |cited: &&Citation| match basis {
        Basis::Presence => cited.kind == crate::event::Kind::Presence,
        Basis::Meeting => cited.kind.is_of_meeting(),
        Basis::Travel => cited.kind == crate::event::Kind::Travel,
        Basis::Carried => true,
    };
    deciding.iter().rfind(fits).or_else(|| deciding.last())
}

/// How we know, in a few words.
fn why(
    presence: &PresenceAnswer,
    meetings: &[MeetingAnswer],
    official: &OfficialId,
    has_leg: bool,
    head: &Heading<'_>,
    dates: Dates,
) -> String {
    match presence.basis {
        Basis::Meeting => presence
            .meeting
            .as_ref()
            .and_then(|id| meetings.iter().find(|meeting| meeting.meeting == *id))
            .map_or_else(|| "at a meeting".to_owned(), |meeting| meeting_words(meeting, official, head, dates)),
        Basis::Presence => deciding(presence).map_or_else(|| "reported there".to_owned(), |cited| cited::words(cited, dates)),
        Basis::Travel if has_leg => "from then on".to_owned(),
        Basis::Travel => {
            let who = deciding(presence).and_then(cited::attribution).map(|who| format!(" ({who})")).unwrap_or_default();
            // The journey that decides the day ends on it; the stop may begin with another's.
            match (presence.from == dates.on, presence.standing == Standing::Observed) {
                (false, true) => format!("arrived{who}"),
                (true, _) | (false, false) => format!("on arrival{who}"),
            }
        }
        Basis::Carried => format!("carried from {}", dates.near(presence.to)),
    }
}

/// A meeting that somebody is at: its title, who confirmed it, and every doubt.
pub fn meeting_words(meeting: &MeetingAnswer, official: &OfficialId, head: &Heading<'_>, dates: Dates) -> String {
    let mut words = meeting.title.clone();
    if let Some(clock) = meeting.when.and_then(|when| dates.clock(when, head.place_zone(meeting.zone))) {
        words = format!("{words}, {clock}");
    }
    let by = cited::voices(&meeting.confirmed_by, head.names);
    match meeting.status {
        Status::Held => words.push_str(", held"),
        Status::Confirmed | Status::Scheduled if !by.is_empty() => words = format!("{words}: {by}"),
        Status::AtRisk if !meeting.declined_by.is_empty() => {
            words = format!("{words}, at risk: {} said no", cited::voices(&meeting.declined_by, head.names));
        }
        Status::Lapsed => words.push_str(", of which nobody reported that it took place"),
        Status::Confirmed | Status::Scheduled | Status::AtRisk | Status::Proposed | Status::Postponed | Status::Cancelled => {
            words = format!("{words}, {}", style::status_words(meeting.status));
        }
    }
    let seat = meeting.participants.iter().find(|one| one.official.as_ref() == Some(official));
    if seat.is_some_and(|seat| seat.attendance == Attendance::Uncertain) {
        words.push_str("; attendance uncertain");
    }
    if meeting.place_doubtful {
        words.push_str("; place only probable");
    }
    if meeting.when.is_some_and(|when| when.is_some_day()) {
        words.push_str(&meeting.when.map(|when| format!("; {}", dates.short_when(when, None))).unwrap_or_default());
    }
    words
}

/// The stop beyond the day asked about: "since the 17th", "until the 19th".
fn extent(presence: &PresenceAnswer, dates: Dates) -> String {
    if presence.basis == Basis::Carried || presence.basis == Basis::Travel {
        return String::new();
    }
    match (presence.from < dates.on, presence.to > dates.on) {
        (true, true) => format!("from {} to {}", dates.near(presence.from), dates.near(presence.to)),
        (true, false) => format!("since {}", dates.near(presence.from)),
        (false, true) => format!("until {}", dates.near(presence.to)),
        (false, false) => String::new(),
    }
}

/// The mark of a presence that rests on an entry under embargo, or of which what is said of its meetings does.
pub(super) fn presence_embargo<'a>(
    evidence: &[Position],
    meetings: impl IntoIterator<Item = &'a MeetingAnswer>,
    main: Option<&Citation>,
    head: &Heading<'_>,
    dates: Dates,
) -> Text {
    let told = meetings.into_iter().flat_map(|meeting| meeting.evidence.iter().copied());
    let all: Vec<Position> = evidence.iter().copied().chain(told).collect();
    head.embargo(&all, main.map(|main| main.event), dates)
}

/// The meeting that the line of a presence tells of.
fn shown_meeting<'a>(presence: &PresenceAnswer, answer: &'a WhereAnswer) -> Option<&'a MeetingAnswer> {
    answer.meetings.iter().find(|meeting| Some(&meeting.meeting) == presence.meeting.as_ref())
}

/// The mark of a journey that rests on an entry under embargo.
pub(super) fn leg_embargo(leg: &LegAnswer, head: &Heading<'_>, dates: Dates) -> Text {
    head.embargo(&leg.evidence, leg.cited.last().map(|cited| cited.event), dates)
}

/// The mark of a meeting that rests on an entry under embargo.
pub(super) fn meeting_embargo(meeting: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> Text {
    head.embargo(&meeting.evidence, meeting.last.as_ref().map(|cited| cited.event), dates)
}

fn verb(leg: &LegAnswer) -> &'static str {
    if leg.standing == Standing::Observed { "travelled" } else { "travelling" }
}

fn leg_rows(table: &mut Table, leg: &LegAnswer, head: &Heading<'_>, dates: Dates) {
    let main = leg.cited.last();
    let (reference, source) =
        main.map_or_else(Default::default, |main| (cited::reference(main), cited::source(main, dates).dimmed()));
    let words = Text::plain(&journey(leg, Some(&leg.to_name), dates, Some(head)));
    let words = words.join("  ", leg_embargo(leg, head, dates));
    table.row(vec![Text::plain(verb(leg)), style::standing(leg.standing), words, reference, source]);
    for cited in leg.cited.iter().filter(|cited| cited.quote.is_some()) {
        let text = cited.quote.as_deref().map(cited::quoted).unwrap_or_default();
        table.row(vec![Text::none(), Text::none(), Text::styled(style::FAINT, &text)]);
    }
}

/// "to Riyadh today, from Moscow (Dmitry Peskov)"; without a heading, every day by its date.
pub(super) fn journey(leg: &LegAnswer, to: Option<&str>, dates: Dates, head: Option<&Heading<'_>>) -> String {
    let mut words = timing(leg, head, dates);
    if let Some(to) = to {
        let is_that_day = head.is_some_and(|head| words == head.that_day());
        words = format!("to {to}{} {words}", if is_that_day { "" } else { "," });
    }
    if let Some(from) = &leg.from_name {
        words = format!("{words}, from {from}");
    }
    match leg.cited.last().and_then(cited::attribution) {
        Some(who) => format!("{words} ({who})"),
        None => words,
    }
}

fn timing(leg: &LegAnswer, head: Option<&Heading<'_>>, dates: Dates) -> String {
    let said = |when: When| match head {
        Some(head) if when == When::day(dates.on) => head.that_day().to_owned(),
        Some(_) | None => dates.short_when(when, None),
    };
    match (leg.depart, leg.arrive) {
        (Some(one), None) | (None, Some(one)) if head.is_some() && one == When::day(dates.on) => said(one),
        (Some(depart), Some(arrive)) if depart == arrive => said(depart),
        (Some(depart), Some(arrive)) => format!("leaving {}, arriving {}", said(depart), said(arrive)),
        (Some(depart), None) => format!("leaving {}", said(depart)),
        (None, Some(arrive)) => format!("arriving {}", said(arrive)),
        (None, None) => "on a day not known".to_owned(),
    }
}

fn next_rows(table: &mut Table, answer: &WhereAnswer, head: &Heading<'_>, dates: Dates) {
    let mut label = Text::styled(style::FAINT, "next");
    if let Some(leg) = &answer.next.leg {
        let reference = leg.cited.last().map_or_else(Text::none, cited::reference);
        let source = leg.cited.last().map_or_else(Text::none, |cited| cited::source(cited, dates).dimmed());
        let words = Text::plain(&journey(leg, Some(&leg.to_name), dates, Some(head)));
        let words = words.join("  ", leg_embargo(leg, head, dates));
        table.row(vec![std::mem::take(&mut label), style::standing(leg.standing), words, reference, source]);
    }
    if let Some(meeting) = &answer.next_meeting {
        let mut words = meeting.title.clone();
        if let Some(when) = meeting.when {
            words = format!("{words}, {}", dates.short_when(when, head.place_zone(meeting.zone)));
            if let Some(away) = dates.to_go(when, meeting.zone) {
                words = format!("{words}, {away}");
            }
        }
        for part in [place_words(meeting), doubt(meeting, &answer.official)].into_iter().flatten() {
            words = format!("{words}, {part}");
        }
        let last = meeting.last.as_ref();
        let reference = last.map_or_else(Text::none, cited::reference);
        let source = last.map_or_else(Text::none, |cited| cited::source(cited, dates).dimmed());
        let words = Text::plain(&words).join("  ", meeting_embargo(meeting, head, dates));
        table.row(vec![std::mem::take(&mut label), style::status(meeting.status), words, reference, source]);
    }
    if answer.next.leg.is_none() && answer.next_meeting.is_none() {
        table.row(vec![label, Text::none(), Text::plain("nothing reported")]);
    }
}

/// "Riyadh", "probably Saudi Arabia"
pub fn place_words(meeting: &MeetingAnswer) -> Option<String> {
    let name = meeting.place_name.as_ref()?;
    Some(if meeting.place_doubtful { format!("probably {name}") } else { name.clone() })
}
