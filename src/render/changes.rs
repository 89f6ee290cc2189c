//! What changed: a line for each subject and cause, before and after in words.

use chrono::NaiveDate;

use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::page::{Page, Sheet};
use super::style;
use super::text::Text;
use super::{cited, meetings};
use crate::event::{Attendance, Position};
use crate::query::{
    About, AsOf, Change, Changes, Clock, Journey, Late, ParticipantAnswer, Party, Since, Standing, Stay, Turn, Value, Whereat,
};

/// Changes of one subject that one event caused.
pub(super) struct Line<'c> {
    /// The most telling direction of them.
    pub what: Turn,
    /// The first of them, for subject, name and cause.
    pub first: &'c Change,
    /// The events that they rest on, but for the cause.
    pub evidence: Vec<Position>,
    /// Before and after, in words.
    pub says: String,
}

/// What changed since a moment, then what arrived late.
#[must_use]
pub fn changes_text(changes: &Changes, since: Since, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let by = match since.clock() {
        Clock::Published => "published",
        Clock::Recorded => "recorded in this log",
    };
    let since = match since {
        Since::Recorded(AsOf::Seq(seq)) => format!("entry {seq}"),
        Since::Published(at) | Since::Recorded(AsOf::At(at)) => head.instant(at, page),
    };
    let lines = lines(&changes.changes, head, head.dates(page));
    let title = if lines.is_empty() { "nothing changed" } else { "changed" };
    sheet.paragraph(0, &Text::styled(style::STRONG, title).and(style::PLAIN, &format!(" by what was {by} since {since}")));
    sheet.table(&table(&lines, head, page));
    if !changes.late.is_empty() {
        sheet.blank();
        late(&mut sheet, &changes.late, head, page);
    }
    sheet.finish()
}

/// The lines under a heading for each subject, in the order in which they were first touched.
fn table(lines: &[Line<'_>], head: &Heading<'_>, page: &Page) -> Table {
    let dates = head.dates(page);
    let mut subjects: Vec<&About> = Vec::new();
    for line in lines {
        if !subjects.contains(&&line.first.subject) {
            subjects.push(&line.first.subject);
        }
    }
    let mut table = Table::new(&[Column::UpTo(12), Column::Rest, Column::UpTo(8), Column::UpTo(28)]);
    for subject in subjects {
        let own: Vec<&Line<'_>> = lines.iter().filter(|line| line.first.subject == *subject).collect();
        if let Some(line) = own.first() {
            table.heading(Text::styled(style::STRONG, &line.first.name).and(style::FAINT, &format!("  {}", subject.id())));
        }
        for line in own {
            let (at, source) = citation(line.first, dates);
            let mark = head.embargo(&line.evidence, Some(line.first.cause), dates);
            table.row(vec![turn(line), Text::plain(&line.says).join("  ", mark), at, source]);
        }
    }
    table
}

/// Reference and source of a cause.
pub(super) fn citation(change: &Change, dates: Dates) -> (Text, Text) {
    let source = change.cited.as_ref().map_or_else(Text::none, |cited| cited::source(cited, dates).dimmed());
    (Text::styled(style::FAINT, &change.cause.to_string()), source)
}

/// A line for each source of which something arrived late: "Office of the Historian: published 26 Feb, recorded 27 Feb: 3–6".
fn late(sheet: &mut Sheet<'_>, late: &[Late], head: &Heading<'_>, page: &Page) {
    let title = Text::styled(style::STRONG, "late arrivals").and(style::PLAIN, ": public before, recorded since");
    sheet.paragraph(0, &title);
    for says in late_words(late, head, head.dates(page)) {
        sheet.paragraph(2, &Text::plain(&says));
    }
}

/// What arrived late, by source, with the days and the numbers of the entries.
pub(super) fn late_words(late: &[Late], head: &Heading<'_>, dates: Dates) -> Vec<String> {
    let mut sources: Vec<(&str, Vec<&Late>)> = Vec::new();
    for one in late {
        match sources.iter_mut().find(|(source, _)| *source == one.source) {
            Some((_, entries)) => entries.push(one),
            None => sources.push((&one.source, vec![one])),
        }
    }
    let ends = |days: &mut dyn Iterator<Item = NaiveDate>| {
        let days: Vec<NaiveDate> = days.collect();
        days.iter().min().zip(days.iter().max()).map_or_else(String::new, |(first, last)| dates.short_range(*first, *last))
    };
    let line = |(source, entries): (&str, Vec<&Late>)| {
        let published = ends(&mut entries.iter().map(|one| one.published));
        let recorded = ends(&mut entries.iter().map(|one| head.zone.day_at(one.recorded)));
        let what = if entries.len() == 1 { "entry" } else { "entries" };
        format!("{source}: published {published}, recorded {recorded}: {what} {}", numbers(&entries))
    };
    sources.into_iter().map(line).collect()
}

/// "3–6, 9"
fn numbers(entries: &[&Late]) -> String {
    let mut runs: Vec<(u64, u64)> = Vec::new();
    for one in entries {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == one.entry => *last = one.entry,
            _ => runs.push((one.entry, one.entry)),
        }
    }
    let run = |(first, last): (u64, u64)| if first == last { first.to_string() } else { format!("{first}–{last}") };
    let cut = runs.len().saturating_sub(RUNS);
    let said: Vec<String> = runs.into_iter().take(RUNS).map(run).collect();
    if cut > 0 { format!("{} and {cut} more", said.join(", ")) } else { said.join(", ") }
}

/// How many runs of numbers are written out.
const RUNS: usize = 12;

/// The word for the direction of a line; who is no longer said to be somewhere was not called off.
pub(super) fn turn_word(line: &Line<'_>) -> &'static str {
    match line.what {
        Turn::Cancelled if line.first.field.is_some_and(|field| field == "stays" || field == "journeys") => "gone",
        Turn::New => "new",
        Turn::Moved => "moved",
        Turn::Firmer => "firmer",
        Turn::Weaker => "weaker",
        Turn::Participants => "participants",
        Turn::Cancelled => "cancelled",
        Turn::Held => "held",
        Turn::Retracted => "retracted",
    }
}

/// The word for a direction, in its colour.
pub(super) fn turn(line: &Line<'_>) -> Text {
    let style = match line.what {
        Turn::New => style::STRONG,
        Turn::Moved | Turn::Weaker => style::OPEN,
        Turn::Firmer | Turn::Held => style::YES,
        Turn::Participants => style::PLAIN,
        Turn::Cancelled | Turn::Retracted => style::NO,
    };
    Text::styled(style, turn_word(line))
}

/// How soon a direction is told on a page of many changes: what upsets plans first.
fn rank(turn: Turn) -> u8 {
    match turn {
        Turn::Cancelled => 0,
        Turn::Retracted => 1,
        Turn::Moved => 2,
        Turn::Weaker => 3,
        Turn::New => 4,
        Turn::Held => 5,
        Turn::Firmer => 6,
        Turn::Participants => 7,
    }
}

/// How much a direction tells beside another of the same subject and cause.
fn weight(turn: Turn) -> u8 {
    match turn {
        Turn::Held => 0,
        Turn::Cancelled => 1,
        Turn::Retracted => 2,
        Turn::New => 3,
        Turn::Moved => 4,
        Turn::Weaker => 5,
        Turn::Firmer => 6,
        Turn::Participants => 7,
    }
}

/// The changes as lines: one for each subject and cause.
pub(super) fn lines<'c>(changes: &'c [Change], head: &Heading<'_>, dates: Dates) -> Vec<Line<'c>> {
    let mut lines: Vec<(Line<'c>, Vec<String>)> = Vec::new();
    for change in changes.iter().filter(|change| !says_the_same(change, changes)) {
        let says = words(change, head, dates);
        let known = lines.iter_mut().find(|(line, _)| (&line.first.subject, line.first.cause) == (&change.subject, change.cause));
        match known {
            Some((line, said)) => {
                line.evidence.extend(&change.evidence);
                if weight(change.what) < weight(line.what) {
                    line.what = change.what;
                }
                line.evidence.extend(&change.evidence);
                said.extend(says);
            }
            None => {
                let line = Line { what: change.what, first: change, evidence: change.evidence.clone(), says: String::new() };
                lines.push((line, says.into_iter().collect()));
            }
        }
    }
    let spoken = lines.into_iter().filter(|(_, said)| !said.is_empty());
    spoken.map(|(line, said)| Line { says: said.join("; "), ..line }).collect()
}

/// The changes of many subjects in few lines: meetings first, what upsets plans first; officials of whom one entry says the same stand
/// together, and a journey is not told beside the stay at its end.
pub(super) fn digest<'c>(changes: &'c [Change], head: &Heading<'_>, dates: Dates) -> Vec<(Line<'c>, Vec<&'c str>)> {
    let mut found: Vec<(Line<'c>, Vec<&'c str>)> = Vec::new();
    for line in lines(changes, head, dates) {
        if arrives_where_it_stays(line.first, changes) {
            continue;
        }
        let name = line.first.name.as_str();
        let same = |(other, _): &&mut (Line<'c>, Vec<&'c str>)| {
            (other.what, &other.says, other.first.cause.seq) == (line.what, &line.says, line.first.cause.seq)
        };
        match found.iter_mut().find(same) {
            Some((_, names)) => names.push(name),
            None => found.push((line, vec![name])),
        }
    }
    found.sort_by_key(|(line, _)| (matches!(line.first.subject, About::Official(_)), rank(line.what)));
    found
}

/// Whether a journey is told by a stay at its end that the same entry brought.
fn arrives_where_it_stays(change: &Change, changes: &[Change]) -> bool {
    let Some(Value::Journeys(legs)) = &change.after else { return false };
    let goes_to = |stay: &Stay| legs.iter().all(|leg| leg.to == stay.place);
    changes.iter().any(|other| {
        let stays = if let Some(Value::Stays(stays)) = &other.after { stays.as_slice() } else { &[] };
        (&other.subject, other.cause.seq) == (&change.subject, change.cause.seq) && stays.iter().any(goes_to)
    })
}

/// Whether a journey only says what a stay at its end says, for the same cause.
fn says_the_same(change: &Change, changes: &[Change]) -> bool {
    change.field == Some("journeys")
        && changes
            .iter()
            .any(|other| other.field == Some("stays") && (&other.subject, other.cause) == (&change.subject, change.cause))
}

/// Before and after, in words; nothing where another field says it.
fn words(change: &Change, head: &Heading<'_>, dates: Dates) -> Option<String> {
    let zone = head.place_zone(change.zone);
    let pair = |from: String, to: String| Some(format!("{from} -> {to}"));
    let date = |value: &Option<Value>| match value {
        Some(Value::When(when)) => dates.short_when(*when, zone),
        Some(_) | None => "no date".to_owned(),
    };
    match (&change.before, &change.after) {
        (Some(Value::Status(from)), Some(Value::Status(to))) => {
            pair(style::status_words(*from).to_owned(), style::status_words(*to).to_owned())
        }
        (Some(Value::When(_)), _) | (_, Some(Value::When(_))) => pair(date(&change.before), date(&change.after)),
        (from, Some(Value::Said(to))) => match from {
            Some(Value::Said(from)) => pair(cited::quoted(from), cited::quoted(to)),
            Some(_) | None => Some(cited::quoted(to)),
        },
        (Some(Value::Said(_)), _) => None,
        (from, to) if change.field == Some("place") => pair(place(from.as_ref()), place(to.as_ref())),
        (from, to) if change.field == Some("participants") => Some(participants(list(from.as_ref()), list(to.as_ref()))),
        (from, to) if change.field == Some("confirmed_by") => {
            parties(sides(from.as_ref()), sides(to.as_ref()), ["yes from", "no more yes from", "yes now by"], head)
        }
        (from, to) if change.field == Some("declined_by") => {
            parties(sides(from.as_ref()), sides(to.as_ref()), ["refused by", "no more refused by", "refused now by"], head)
        }
        (Some(Value::Journeys(_)), None) => Some(format!("no longer {}", whole(change.before.as_ref(), head, dates)?)),
        (from, to) => match (from.is_some(), to.is_some()) {
            (false, true) => whole(to.as_ref(), head, dates),
            (true, false) => pair(whole(from.as_ref(), head, dates)?, "no longer reported".to_owned()),
            (_, _) => pair(whole(from.as_ref(), head, dates)?, whole(to.as_ref(), head, dates)?),
        },
    }
}

fn place(value: Option<&Value>) -> String {
    match value {
        Some(Value::Place(Whereat { name, place_doubtful: true, .. })) => format!("probably {name}"),
        Some(Value::Place(Whereat { name, .. })) => name.clone(),
        Some(_) | None => "no place".to_owned(),
    }
}

fn list(value: Option<&Value>) -> &[ParticipantAnswer] {
    if let Some(Value::Participants(list)) = value { &list.0 } else { &[] }
}

fn sides(value: Option<&Value>) -> &[Party] {
    if let Some(Value::Parties(list)) = value { &list.0 } else { &[] }
}

/// "with Dmitry Peskov; without Donald Trump; Yuri Ushakov: uncertain"
fn participants(from: &[ParticipantAnswer], to: &[ParticipantAnswer]) -> String {
    let who = |one: &ParticipantAnswer| (one.official.clone(), one.official.is_none().then(|| one.party.clone()));
    let find = |list: &'_ [ParticipantAnswer], one: &ParticipantAnswer| list.iter().position(|other| who(other) == who(one));
    let coming = |one: &ParticipantAnswer| match one.attendance {
        Attendance::Expected => one.name.clone(),
        Attendance::Uncertain | Attendance::Declined => format!("{} ({})", one.name, one.attendance.name()),
    };
    let came: Vec<String> = to.iter().filter(|one| find(from, one).is_none()).map(coming).collect();
    let left: Vec<String> = from.iter().filter(|one| find(to, one).is_none()).map(|one| one.name.clone()).collect();
    let mut said: Vec<String> = Vec::new();
    if !came.is_empty() {
        said.push(format!("with {}", cited::listed(&came)));
    }
    if !left.is_empty() {
        said.push(format!("without {}", cited::listed(&left)));
    }
    for one in to {
        let Some(old) = find(from, one).and_then(|at| from.get(at)).filter(|old| *old != one) else { continue };
        let role = if old.role == one.role { String::new() } else { format!("{}, ", one.role.name()) };
        said.push(format!("{}: {role}{}", one.name, one.attendance.name()));
    }
    said.join("; ")
}

/// "yes from Kremlin"
fn parties(from: &[Party], to: &[Party], verbs: [&str; 3], head: &Heading<'_>) -> Option<String> {
    let [gained, lost, other] = verbs;
    let missing = |these: &[Party], those: &[Party]| -> Vec<Party> {
        these.iter().filter(|party| !those.iter().any(|other| other.party == party.party)).cloned().collect()
    };
    let (came, left) = (missing(to, from), missing(from, to));
    let mut said: Vec<String> = Vec::new();
    if !came.is_empty() {
        said.push(format!("{gained} {}", cited::voices(&came, head.names)));
    }
    if !left.is_empty() {
        said.push(format!("{lost} {}", cited::voices(&left, head.names)));
    }
    if said.is_empty() {
        let voices: Vec<Party> = to.iter().filter(|party| !from.contains(party)).cloned().collect();
        if !voices.is_empty() {
            said.push(format!("{other} {}", cited::voices(&voices, head.names)));
        }
    }
    (!said.is_empty()).then(|| said.join(", "))
}

/// A meeting, stays or journeys in words.
fn whole(value: Option<&Value>, head: &Heading<'_>, dates: Dates) -> Option<String> {
    match value? {
        Value::Meeting(meeting) => Some(meetings::in_short(meeting, head, dates)),
        Value::Stays(stays) => Some(stays_words(stays, dates)),
        Value::Journeys(legs) => Some(legs.iter().map(|leg| journey(leg, dates)).collect::<Vec<_>>().join(", ")),
        Value::Status(_) | Value::When(_) | Value::Said(_) | Value::Place(_) | Value::Participants(_) | Value::Parties(_) => None,
    }
}

/// "Riyadh 17 Feb (observed), 18–19 Feb (planned)"
fn stays_words(stays: &[Stay], dates: Dates) -> String {
    let mut said: Vec<String> = Vec::new();
    let mut place = None;
    for stay in stays {
        let here = if place == Some(&stay.place) { String::new() } else { format!("{} ", stay.name) };
        place = Some(&stay.place);
        let days = if stay.open && stay.from == stay.to && stay.standing == Standing::Planned {
            format!("from {}", dates.brief(stay.from))
        } else {
            dates.short_range(stay.from, stay.to)
        };
        said.push(format!("{here}{days} ({})", stay.standing.name()));
    }
    said.join(", ")
}

/// "to Riyadh, leaving Mon 17 Feb (planned)"
fn journey(leg: &Journey, dates: Dates) -> String {
    let mut said = vec![format!("to {}", leg.name)];
    said.extend(leg.depart.map(|when| format!("leaving {}", dates.short_when(when, None))));
    said.extend(leg.arrive.map(|when| format!("arriving {}", dates.short_when(when, None))));
    format!("{} ({})", said.join(", "), leg.standing.name())
}

/// What an entry changes, a line for each subject: "lavrov: unknown -> Riyadh from 17 Feb (planned)".
pub(super) fn effects(changes: &[Change], head: &Heading<'_>, dates: Dates) -> Vec<Text> {
    let lines = lines(changes, head, dates);
    let says = |line: &Line<'_>| {
        let is_new = line.what == Turn::New && line.first.before.is_none() && line.first.field != Some("journeys");
        let unknown = if is_new { "unknown -> " } else { "" };
        let says = Text::plain(&format!("{}: {unknown}{}", line.first.subject.id(), line.says));
        says.join("  ", head.embargo(&line.evidence, Some(line.first.cause), dates))
    };
    lines.iter().map(says).collect()
}
