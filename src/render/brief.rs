//! The morning meeting's page: one screen, cut with counts where there is more.

use chrono::NaiveDate;

use super::changes;
use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::meetings::{self, Marks};
use super::page::Page;
use super::sentence::sentence;
use super::style;
use super::text::{Text, counted};
use crate::event::Position;
use crate::query::{
    Agenda, Brief, Chase, Citation, Coming, Going, Lifting, MeetingAnswer, Movement, Odd, Severity, Standee, Standing, Status,
    There, Wanting,
};
use crate::time::{When, Zone};

/// The brief on one screen of the page's rows; with `all` everything.
///
/// Where everything does not fit, each part gives up lines, those first that have the most, and says how many were cut. Where that does not
/// help, places are counted, then what the days after the first bring; at last the parts move together.
#[must_use]
pub fn brief_text(brief: &Brief, all: bool, head: &Heading<'_>, page: &Page) -> String {
    if brief.is_empty() {
        let mut sheet = head.sheet(page);
        let how = "begin with who is who: daybook log official macron \"Emmanuel Macron\" --party fr; daybook log --help tells the rest";
        sheet.paragraph(0, &Text::plain(&format!("nothing is known yet; {how}")));
        return sheet.finish();
    }
    let mut text = String::new();
    for short in Short::ALL {
        let mut parts = parts(brief, short, head, page);
        let written = |parts: &[Part]| written(parts, short.close, head, page);
        if all {
            return written(&parts);
        }
        for part in &mut parts {
            part.shown = part.shown.min(page.rows);
        }
        text = written(&parts);
        while too_long(&text, page) > 0 && shrink(&mut parts, too_long(&text, page).div_ceil(LINES)) {
            text = written(&parts);
        }
        if too_long(&text, page) == 0 {
            break;
        }
    }
    text
}

/// A row seldom takes more lines: so many can be spared at once.
const LINES: usize = 4;

/// By how many lines a text is too long for the screen; the prompt wants a line, too.
fn too_long(text: &str, page: &Page) -> usize {
    (text.lines().count() + 1).saturating_sub(page.rows)
}

/// How the page is made shorter, besides giving up lines.
#[derive(Clone, Copy)]
struct Short {
    /// Places are counted instead of told.
    places: bool,
    /// So is what the days after the first bring.
    days: bool,
    /// The parts stand without an empty line between them, and say in their titles what was cut.
    close: bool,
    /// How many rows today, changes and chase keep at least.
    least: usize,
}

impl Short {
    /// The ways, the least painful first.
    const ALL: [Self; 4] = [
        Self { places: false, days: false, close: false, least: 3 },
        Self { places: true, days: false, close: false, least: 3 },
        Self { places: true, days: true, close: false, least: 2 },
        Self { places: true, days: true, close: true, least: 1 },
    ];
}

/// Takes some rows, each from the part that has the most to spare then; `false` when none has.
fn shrink(parts: &mut [Part], count: usize) -> bool {
    let mut took = false;
    for _ in 0..count {
        let most =
            parts.iter_mut().filter(|part| part.shown > part.least).max_by_key(|part| (part.shown - part.least) * part.spare);
        took |= most.is_some();
        if let Some(part) = most {
            part.shown -= 1;
        }
    }
    took
}

/// A part of the page.
struct Part {
    title: Text,
    rows: Vec<Vec<Text>>,
    /// How many of the rows are on the page.
    shown: usize,
    /// How many stay there, however small the screen is.
    least: usize,
    /// How easily a row of it is spared beside those of other parts.
    spare: usize,
    /// What stands there instead of no rows; nothing: then the part is left out.
    empty: &'static str,
    /// The command that shows the rest.
    rest: String,
}

impl Part {
    fn new(title: Text, rows: Vec<Vec<Text>>, least: usize, empty: &'static str, rest: String) -> Self {
        Self { title, shown: rows.len(), rows, least, spare: 1, empty, rest }
    }
}

fn written(parts: &[Part], close: bool, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let mut table = Table::new(&[Column::UpTo(15), Column::Rest, Column::UpTo(7), Column::UpTo(30)]).roomy(45);
    let mut told = false;
    for part in parts {
        if part.rows.is_empty() && part.empty.is_empty() {
            continue;
        }
        let cut = part.rows.len().saturating_sub(part.shown);
        if close && cut > 0 {
            let how = if told { "" } else { " (--all shows the rest)" };
            told = true;
            table.title(part.title.clone().and(style::FAINT, &format!(" · {} of {}{how}", part.shown, part.rows.len())));
        } else if close {
            table.title(part.title.clone());
        } else {
            table.heading(part.title.clone());
        }
        if part.rows.is_empty() {
            table.row(vec![Text::none(), Text::styled(style::FAINT, part.empty)]);
        }
        for row in part.rows.iter().take(part.shown) {
            table.row(row.clone());
        }
        if cut > 0 && !close {
            table.row(vec![Text::none(), Text::styled(style::FAINT, &format!("… and {cut} more: {}", part.rest))]);
        }
    }
    sheet.table(&table);
    sheet.finish()
}

/// The parts in the order in which they stand.
fn parts(brief: &Brief, short: Short, head: &Heading<'_>, page: &Page) -> Vec<Part> {
    let dates = head.dates(page);
    let clocks = head.flags();
    let (all, places) = (format!("daybook brief --all{}", head.brief_flags()), format!("daybook where{clocks}"));
    let title = |title: &str, rest: &str| Text::styled(style::STRONG, title).and(style::FAINT, rest);
    let (now, later): (Vec<&Coming>, Vec<&Coming>) = brief.coming.iter().partition(|coming| coming.day == head.on);
    let mut days = if short.days { by_day(&later, dates, page) } else { coming(&later, head, dates) };
    let undated: Vec<Vec<Text>> = brief.undated.iter().map(|one| meeting(Text::none(), one, head, dates)).collect();
    let digest = changes::digest(&brief.changes, head, dates);
    let mut news: Vec<Vec<Text>> = digest.iter().map(|(line, names)| change(line, names, head, dates)).collect();
    let late = changes::late_words(&brief.late, head, dates);
    news.extend(late.iter().map(|says| vec![Text::styled(style::FAINT, "late"), Text::plain(says)]));
    let words = digest.iter().map(|(line, _)| changes::turn_word(line));
    let turns = tally(words.chain(late.iter().map(|_| "late")));
    let chased = tally(brief.chase.iter().map(label));
    let where_to = if short.places { counts(brief, page) } else { there(brief, head, dates) };
    let since = format!(" since {}{turns}", head.instant(brief.since, page));
    if brief.later > 0 {
        let says = format!("{} after that: daybook summits{clocks}", counted(brief.later, "more meeting", "more meetings"));
        days.push(vec![Text::styled(style::FAINT, "later"), Text::styled(style::FAINT, &says)]);
    }
    // Places and days are told whole, or counted; only on the smallest of screens days are cut.
    let (most_places, most_days) = (where_to.len(), if short.close { (page.rows / 5).saturating_sub(1) } else { days.len() });
    let day = title(if head.today { "today" } else { "that day" }, &format!(", {}", dates.long(head.on)));
    let changes = format!("daybook changes --since {}{clocks}", head.moment(brief.since));
    let chased_rows: Vec<Vec<Text>> = brief.chase.iter().map(|one| chase(one, head, dates)).collect();
    let nothing = "nothing reported";
    vec![
        Part::new(title("where they are", ""), where_to, most_places, nothing, places),
        Part::new(day, coming(&now, head, dates), short.least, nothing, all.clone()),
        Part::new(title("the next seven days", ""), days, most_days, nothing, all.clone()),
        Part { spare: 3, ..Part::new(title("undated", ""), undated, 1, "", format!("daybook summits{clocks}")) },
        Part::new(title("changed", &since), news, short.least, "nothing", changes),
        Part::new(title("to chase", &chased), chased_rows, short.least, "nothing", all),
    ]
}

/// ": 3 new, 2 moved", in the order in which they come.
fn tally<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for word in words {
        match counts.iter_mut().find(|(other, _)| *other == word) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    let said: Vec<String> = counts.iter().map(|(word, count)| format!("{count} {}", word.replace('_', "\u{a0}"))).collect();
    if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) }
}

/// As many of some words as fit on a line after the label and `used` more columns.
fn fitting(words: &[String], used: usize, page: &Page) -> String {
    let room = page.columns().saturating_sub(2 + 15 + 3 + used);
    let mut said = String::new();
    for (at, word) in words.iter().enumerate() {
        let tail = if at + 1 < words.len() { ", …" } else { "" };
        let next = if at == 0 { word.clone() } else { format!("{said}, {word}") };
        if Text::plain(&format!("{next}{tail}")).width() > room {
            return if at == 0 { said } else { format!("{said}, …") };
        }
        said = next;
    }
    said
}

/// One line for all places: "unknown 92, Cairo 9, Madrid 8, …".
fn counts(brief: &Brief, page: &Page) -> Vec<Vec<Text>> {
    let mut words: Vec<String> = Vec::new();
    if !brief.unknown.is_empty() {
        words.push(format!("unknown {}", brief.unknown.len()));
    }
    words.extend(brief.there.iter().map(|there| format!("{} {}", there.name, there.people.len())));
    if words.is_empty() { Vec::new() } else { vec![vec![Text::none(), Text::plain(&fitting(&words, 0, page))]] }
}

/// A line for each day: what is on it, meetings first, as far as a line goes.
fn by_day(coming: &[&Coming], dates: Dates, page: &Page) -> Vec<Vec<Text>> {
    let mut days: Vec<(NaiveDate, Vec<String>, Vec<String>)> = Vec::new();
    for one in coming {
        if days.last().is_none_or(|(day, ..)| *day != one.day) {
            days.push((one.day, Vec::new(), Vec::new()));
        }
        let Some((_, meetings, movements)) = days.last_mut() else { continue };
        match &one.what {
            Agenda::Meeting(meeting) => meetings.push(meeting.title.clone()),
            Agenda::Movement(movement) => {
                let who = movement.officials.first().map_or("", |official| official.name.as_str());
                let more = if movement.officials.len() > 1 { " and others" } else { "" };
                movements.push(format!("{who}{more} to {}", movement.to_name));
            }
        }
    }
    let line = |(day, meetings, movements): (NaiveDate, Vec<String>, Vec<String>)| {
        let said: Vec<String> = [(meetings.len(), "meeting", "meetings"), (movements.len(), "movement", "movements")]
            .into_iter()
            .filter(|(count, ..)| *count > 0)
            .map(|(count, one, more)| counted(count, one, more))
            .collect();
        let head = format!("{}: ", said.join(", "));
        let words: Vec<String> = meetings.into_iter().chain(movements).collect();
        vec![self::day(day, dates), Text::styled(style::FAINT, &head).and(style::PLAIN, &fitting(&words, head.len(), page))]
    };
    days.into_iter().map(line).collect()
}

/// A line with the reference, and the outlet with the age of the report; marked if it must not leave the desk.
fn row(label: Text, says: Text, evidence: &[Position], cited: Option<&Citation>, head: &Heading<'_>, dates: Dates) -> Vec<Text> {
    let mark = head.embargo(evidence, cited.map(|cited| cited.event), dates);
    let says = says.join("  ", mark);
    let mut row = vec![label, says];
    row.extend(cited.into_iter().flat_map(|cited| source(cited, dates)));
    row
}

/// The reference, and the outlet with the age of the report.
fn source(cited: &Citation, dates: Dates) -> [Text; 2] {
    let from = format!("{}, {}", cited.source(), dates.age(cited.published));
    [Text::styled(style::FAINT, &cited.event.to_string()), Text::styled(style::FAINT, &from)]
}

/// A line for each place with the people there, and one for those of whom nothing is known.
fn there(brief: &Brief, head: &Heading<'_>, dates: Dates) -> Vec<Vec<Text>> {
    let mut rows: Vec<Vec<Text>> = brief
        .there
        .iter()
        .map(|there| {
            let evidence: Vec<Position> = there.people.iter().flat_map(|one| one.evidence.iter().copied()).collect();
            row(Text::plain(&there.name), people(there), &evidence, there.cited.as_ref(), head, dates)
        })
        .collect();
    if !brief.unknown.is_empty() {
        let names: Vec<&str> = brief.unknown.iter().map(|one| one.name.as_str()).collect();
        let says = if names.len() > NAMES { format!("{} officials", names.len()) } else { names.join(", ") };
        rows.push(vec![Text::styled(style::FAINT, "unknown"), Text::styled(style::FAINT, &says)]);
    }
    rows
}

/// How many names a line bears.
const NAMES: usize = 8;

/// "Marco Rubio observed; Sergei Lavrov, Yuri Ushakov planned"
fn people(there: &There) -> Text {
    let mut text = Text::none();
    let mut people = there.people.iter().take(NAMES).peekable();
    while let Some(first) = people.next() {
        let mut names = vec![name(first)];
        while let Some(next) = people.next_if(|next| next.standing == first.standing) {
            names.push(name(next));
        }
        let separator = if text.is_empty() { "" } else { "; " };
        text = text.and(style::PLAIN, &format!("{separator}{} ", names.join(", "))).join("", style::standing(first.standing));
    }
    let cut = there.people.len().saturating_sub(NAMES);
    if cut > 0 { text.and(style::FAINT, &format!(" and {cut} more")) } else { text }
}

fn name(one: &Standee) -> String {
    if one.conflict { format!("{} (conflict)", one.name) } else { one.name.clone() }
}

/// What is coming: each day after the one asked about is named on its first line.
fn coming(coming: &[&Coming], head: &Heading<'_>, dates: Dates) -> Vec<Vec<Text>> {
    let mut named = Some(head.on);
    let line = |coming: &&Coming| {
        let label = if named == Some(coming.day) { Text::none() } else { day(coming.day, dates) };
        named = Some(coming.day);
        match &coming.what {
            Agenda::Meeting(one) => meeting(label, one, head, dates),
            Agenda::Movement(one) => row(label, movement(one, head, dates), &one.evidence, one.cited.as_ref(), head, dates),
        }
    };
    coming.iter().map(line).collect()
}

fn day(day: NaiveDate, dates: Dates) -> Text {
    Text::plain(&dates.short(day).replace(' ', "\u{a0}"))
}

/// "10:00 local, 07:00 UTC  US–Russia talks, Riyadh  confirmed  US ✓  RU ✓"
fn meeting(label: Text, one: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> Vec<Text> {
    let mut text = Text::styled(style::STRONG, &one.title);
    if let Some(place) = &one.place_name {
        let probably = if one.place_doubtful { "probably " } else { "" };
        text = text.and(style::PLAIN, &format!(", {probably}{place}"));
    }
    let words = when(one, head, dates);
    if !words.is_empty() {
        text = text.and(style::PLAIN, &format!(", {words}"));
    }
    text = text.and(style::PLAIN, ": ").join("", style::status(one.status));
    if !matches!(one.status, Status::Held | Status::Cancelled) {
        text = text.join("  ", meetings::parties(one, head, &mut Marks::default()));
    }
    row(label, text, &one.evidence, one.last.as_ref(), head, dates)
}

/// The hour at the place and at the desk, the days of a longer meeting, or the words for a time.
fn when(one: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> String {
    let Some(when) = one.when else {
        return one.said.as_ref().map_or_else(String::new, |said| cited::quoted(said));
    };
    let span = when.span(one.zone);
    match hour(when, one.zone, head, dates) {
        Some(hour) => hour,
        None if span.from == span.to => String::new(),
        None => dates.short_when(when, head.place_zone(one.zone)),
    }
}

/// The hour where it is local, and at the desk: "10:00 (Asia/Riyadh), 07:00 (UTC)".
fn hour(when: When, zone: Zone, head: &Heading<'_>, dates: Dates) -> Option<String> {
    let desk = dates.zone.unwrap_or(head.zone);
    let local = Dates { zone: None, ..dates }.clock(when, head.place_zone(zone))?;
    let here = Dates { zone: Some(desk), ..dates }.clock(when, None)?;
    Some(if local == here { local } else { format!("{local}, {here}") })
}

/// "Sergei Lavrov, Yuri Ushakov leave for Riyadh, 18:00 (Europe/Moscow), planned"
fn movement(one: &Movement, head: &Heading<'_>, dates: Dates) -> Text {
    let names: Vec<String> = one.officials.iter().take(NAMES).map(|official| official.name.clone()).collect();
    let cut = one.officials.len().saturating_sub(NAMES);
    let who = if cut > 0 { format!("{} and {cut} more", names.join(", ")) } else { cited::listed(&names) };
    let many = one.officials.len() > 1;
    let verb = match (one.kind, many) {
        (Going::Departure, false) => "leaves for",
        (Going::Departure, true) => "leave for",
        (Going::Journey, false) => "travels to",
        (Going::Journey, true) => "travel to",
        (Going::Arrival, false) => "arrives in",
        (Going::Arrival, true) => "arrive in",
    };
    let mut text = Text::plain(&format!("{who} {verb} {}", one.to_name));
    let words = one
        .when
        .and_then(|when| hour(when, one.zone, head, dates).or_else(|| when.is_some_day().then(|| dates.short_when(when, None))));
    let until = one.until.filter(|_| one.kind == Going::Arrival).map(|last| format!("until {}", dates.brief(last)));
    for said in words.into_iter().chain(until) {
        text = text.and(style::PLAIN, &format!(", {said}"));
    }
    // What was announced is what one expects here; only what is firmer or weaker is news.
    if one.standing == Standing::Planned { text } else { text.join(", ", style::standing(one.standing)) }
}

fn change(line: &changes::Line<'_>, names: &[&str], head: &Heading<'_>, dates: Dates) -> Vec<Text> {
    let cut = names.len().saturating_sub(NAMES);
    let more = if cut > 0 { format!(" and {cut} more") } else { String::new() };
    let who = format!("{}{more}", names.iter().take(NAMES).copied().collect::<Vec<_>>().join(", "));
    let says = Text::styled(style::STRONG, &who).and(style::PLAIN, &format!(": {}", line.says));
    row(changes::turn(line), says, &line.evidence, line.first.cited.as_ref(), head, dates)
}

fn chase(chase: &Chase, head: &Heading<'_>, dates: Dates) -> Vec<Text> {
    match chase {
        Chase::Finding(Odd { finding, cited }) => {
            let style = if finding.severity == Severity::Error { style::ALARM } else { style::OPEN };
            let says = Text::plain(&finding.says);
            row(Text::styled(style, in_a_word(finding.finding)), says, &finding.evidence, cited.as_ref(), head, dates)
        }
        Chase::Meeting(one) => {
            let says = Text::styled(style::STRONG, &one.title).and(style::PLAIN, &format!(": {}", wanting(one, head, dates)));
            row(Text::styled(style::OPEN, lacks(one)), says, &one.evidence, one.cited.as_ref(), head, dates)
        }
        Chase::Embargo(one) => {
            let Lifting { until, telling, .. } = &**one;
            let zone = dates.zone.unwrap_or(head.zone);
            let verb = if *until <= head.now { "lifted" } else { "lifts" };
            let at = format!("{} {} ({zone})", dates.short(zone.day_at(*until)), zone.wall_at(*until).format("%H:%M"));
            let says = telling.as_ref().map_or_else(String::new, |telling| sentence(telling, head, dates));
            // The label says already what the mark would.
            let mut row = vec![Text::styled(style::ALARM, "embargo"), Text::plain(&format!("{verb} {at}: {says}"))];
            row.extend(telling.iter().flat_map(|telling| source(&telling.citation, dates)));
            row
        }
    }
}

/// Why something is to be chased, in a word.
fn label(chase: &Chase) -> &'static str {
    match chase {
        Chase::Finding(odd) => in_a_word(odd.finding.finding),
        Chase::Meeting(one) => lacks(one),
        Chase::Embargo(_) => "embargo",
    }
}

/// A finding's kind, where there is room for one word.
fn in_a_word(finding: &'static str) -> &'static str {
    match finding {
        "implausible_leg" => "too fast",
        "travel_to_moved_meeting" => "moved",
        "participant_elsewhere" => "elsewhere",
        "lapsed_meeting" => "lapsed",
        "stale_plan" => "stale",
        "likely_duplicate" => "duplicate",
        "absence_against_observation" => "absence",
        "order_by_missing_hour" => "order",
        other => other,
    }
}

fn lacks(one: &Wanting) -> &'static str {
    if one.at_risk {
        "at risk"
    } else if one.closes.is_some() {
        "closing"
    } else if one.silent.is_empty() {
        "quiet"
    } else {
        "silent"
    }
}

/// "no word from US, RU; no report for 6 days; its window closes on 18 Feb"
fn wanting(one: &Wanting, head: &Heading<'_>, dates: Dates) -> String {
    let mut said: Vec<String> = Vec::new();
    said.extend(one.closes.map(|last| {
        format!("its window closes {}", if last == head.on { "today".to_owned() } else { format!("on {}", dates.brief(last)) })
    }));
    if one.at_risk {
        let sides: Vec<String> = one.declined.iter().map(|party| head.names.side(party)).collect();
        said.push(if sides.is_empty() { "denied".to_owned() } else { format!("refused by {}", cited::listed(&sides)) });
    }
    if !one.silent.is_empty() {
        let sides: Vec<String> = one.silent.iter().map(|party| head.names.side(party)).collect();
        said.push(format!("no word from {}", cited::listed(&sides)));
    }
    said.extend(one.quiet_days.map(|days| format!("no report for {days} days")));
    match one.days_to_go {
        Some(0) => said.push("due today".to_owned()),
        Some(1) => said.push("due tomorrow".to_owned()),
        Some(days) if days > 1 => said.push(format!("due in {days} days")),
        Some(_) | None => {}
    }
    said.join("; ")
}
