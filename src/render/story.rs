//! One meeting with its whole story: how it stands, who takes part, and every report of it.

use super::cited;
use super::columns::{Column, Table};
use super::dates::Dates;
use super::heading::Heading;
use super::meetings::proposing;
use super::page::Page;
use super::place::{meeting_embargo, place_words, source_width};
use super::style;
use super::text::Text;
use crate::event::{Attendance, Kind, Level, Role};
use crate::query::{History, MeetingAnswer, MeetingStory, ParticipantAnswer, Status};

/// A meeting from first report to outcome; what no longer counts is struck out.
#[must_use]
pub fn meeting_text(story: &MeetingStory, head: &Heading<'_>, page: &Page) -> String {
    let mut sheet = head.sheet(page);
    let dates = head.dates(page);
    let meeting = &story.meeting;
    sheet.paragraph(0, &Text::styled(style::STRONG, &meeting.title).and(style::PLAIN, level(meeting.level)));
    sheet.paragraph(0, &standing(meeting, head, dates));
    if meeting.is_unverified() {
        sheet.paragraph(0, &Text::styled(style::OPEN, "its date is past, and nobody reported that it took place"));
    }
    sheet.blank();
    sheet.table(&facts(meeting, head, dates));
    sheet.blank();
    sheet.paragraph(0, &Text::styled(style::STRONG, "History"));
    sheet.table(&history(&story.history, head, page));
    sheet.finish()
}

fn level(level: Level) -> &'static str {
    match level {
        Level::Summit => ", a summit",
        Level::Ministerial => ", between ministers",
        Level::Talks => "",
        Level::Call => ", a call",
    }
}

/// "confirmed, Tue 18 Feb 2025, tomorrow, Riyadh"
pub(super) fn standing(meeting: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> Text {
    let mut line = style::status(meeting.status);
    match (&meeting.when, &meeting.said) {
        (Some(when), _) => {
            let mut words = dates.when(*when, head.place_zone(meeting.zone));
            if let Some(away) = dates.to_go(*when, meeting.zone) {
                words = format!("{words}, {away}");
            }
            line = line.and(style::PLAIN, &format!(", {words}"));
        }
        (None, Some(said)) => line = line.and(style::PLAIN, &format!(", undated: {}", cited::quoted(said))),
        (None, None) => line = line.and(style::PLAIN, ", undated"),
    }
    match place_words(meeting) {
        Some(place) => line.and(style::PLAIN, &format!(", {place}")),
        None => line,
    }
}

fn facts(meeting: &MeetingAnswer, head: &Heading<'_>, dates: Dates) -> Table {
    let mut table = Table::new(&[Column::UpTo(14), Column::Rest]);
    let mut fact = |label: &str, text: Text| {
        if !text.is_empty() {
            table.row(vec![Text::styled(style::FAINT, label), text]);
        }
    };
    let people = |keep: &dyn Fn(&ParticipantAnswer) -> bool| {
        let names: Vec<String> = meeting.participants.iter().filter(|one| keep(one)).map(|one| participant(one, head)).collect();
        Text::plain(&names.join(", "))
    };
    let expected = |role: Role| people(&|one| one.role == role && one.attendance == Attendance::Expected);
    fact("principals", expected(Role::Principal));
    fact("delegations", expected(Role::Delegation));
    fact("host", expected(Role::Host));
    fact("uncertain", people(&|one| one.attendance == Attendance::Uncertain));
    fact("not coming", people(&|one| one.attendance == Attendance::Declined));
    let voices = |parties: &[crate::query::Party]| Text::plain(&spoke(parties, head));
    fact("said yes", voices(&meeting.confirmed_by));
    fact("said no", voices(&meeting.declined_by));
    let silent: Vec<String> = meeting.silent.iter().map(|party| head.names.party(party.as_str())).collect();
    let proposing: Vec<String> = proposing(meeting).iter().map(|party| head.names.party(party.as_str())).collect();
    fact("proposed it", Text::plain(&proposing.join(", ")));
    if meeting.status.is_pending() {
        fact("silent", Text::plain(&silent.join(", ")));
    }
    let before: Vec<String> = meeting
        .previous
        .iter()
        .map(|old| {
            let when = dates.short_when(old.when, None);
            format!("{when} (until {})", old.ended_by)
        })
        .collect();
    fact("earlier dates", Text::plain(&before.join(", ")));
    fact("about", Text::plain(meeting.agenda.as_deref().unwrap_or_default()));
    fact("outcome", Text::plain(meeting.outcome.as_deref().unwrap_or_default()));
    let trip = meeting.trip.as_ref().map(|trip| head.names.trip(trip.as_str()));
    fact("part of", Text::plain(&trip.unwrap_or_default()));
    if let Some(last) = &meeting.last {
        let source = cited::source(last, dates).into_string();
        let line = Text::plain(&format!("{}: {source}  {}", dates.age(last.published), last.event));
        fact("last report", line.join("  ", meeting_embargo(meeting, head, dates)));
    }
    table
}

/// "White House (US), Kremlin (RU)"
fn spoke(parties: &[crate::query::Party], head: &Heading<'_>) -> String {
    let one = |party: &crate::query::Party| match &party.voice {
        Some(voice) => format!("{voice} ({})", head.names.side(&party.party)),
        None => head.names.party(party.party.as_str()),
    };
    parties.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn participant(one: &ParticipantAnswer, head: &Heading<'_>) -> String {
    match (&one.official, &one.party) {
        (Some(_), Some(party)) => format!("{} ({})", one.name, head.names.side(party)),
        (Some(_) | None, _) => one.name.clone(),
    }
}

fn history(reports: &[History], head: &Heading<'_>, page: &Page) -> Table {
    let dates = head.dates(page);
    let mut table =
        Table::new(&[Column::UpTo(11), Column::Rest, Column::UpTo(11), Column::UpTo(9), Column::UpTo(source_width(page))]);
    let mut status = None;
    for report in reports {
        let day = Text::plain(&dates.brief(report.citation.published));
        let outlet = Text::styled(style::FAINT, report.citation.source());
        let words = report_words(report, head, dates);
        let embargo = head.embargo_of(&report.citation, dates);
        let reference = cited::reference(&report.citation);
        if !report.counts {
            let struck = cited::struck(&report.strikers);
            let struck = if struck.is_empty() { "does not count".to_owned() } else { struck };
            table.marked(
                Text::styled(style::NO, "✗"),
                vec![day, Text::styled(style::STRUCK, &words).join("  ", embargo), Text::none(), reference.dimmed(), outlet],
            );
            table.row(vec![Text::none(), Text::styled(style::NO, &format!("✗ {struck}"))]);
            continue;
        }
        let changed = report.status.filter(|now| status != Some(*now) && !says_itself(report, *now));
        let now = changed.map_or_else(Text::none, |now| Text::plain("→ ").join("", style::status(now)));
        status = report.status.or(status);
        table.row(vec![day, Text::plain(&words).join("  ", embargo), now, reference, outlet]);
        let mut told: Vec<String> = report.citation.quote.iter().map(|quote| cited::quoted(quote)).collect();
        told.extend(cited::attribution(&report.citation));
        if !told.is_empty() {
            table.row(vec![Text::none(), Text::styled(style::FAINT, &told.join(", "))]);
        }
    }
    table
}

/// Whether the words of a report already are the status that it led to.
fn says_itself(report: &History, now: Status) -> bool {
    match now {
        Status::Held => report.citation.kind == Kind::MeetingHeld,
        Status::Cancelled => report.citation.kind == Kind::MeetingCancelled,
        Status::Postponed => report.citation.kind == Kind::MeetingPostponed,
        Status::Confirmed => report.citation.kind == Kind::MeetingConfirmed,
        Status::Proposed => report.citation.kind == Kind::MeetingProposed,
        Status::AtRisk | Status::Lapsed | Status::Scheduled => false,
    }
}

/// "confirmed for Tue 18 Feb by White House, Kremlin"
fn report_words(report: &History, head: &Heading<'_>, dates: Dates) -> String {
    let when = report.when.map(|when| dates.short_when(when, None));
    let said = report.said.get("when").filter(|_| when.is_none()).map(|said| cited::quoted(said));
    let by = cited::voices(&report.by, head.names);
    let mut words = match (report.citation.kind, when) {
        (Kind::MeetingProposed, Some(when)) => format!("proposed for {when}"),
        (Kind::MeetingProposed, None) => "proposed".to_owned(),
        (Kind::MeetingConfirmed, Some(when)) => format!("confirmed for {when}"),
        (Kind::MeetingConfirmed, None) => "confirmed".to_owned(),
        (Kind::MeetingHeld, Some(when)) => format!("held {when}"),
        (Kind::MeetingHeld, None) => "held".to_owned(),
        (Kind::MeetingChanged, Some(when)) => format!("changed to {when}"),
        (Kind::MeetingChanged, None) => "details changed".to_owned(),
        (Kind::MeetingDeclined, _) if by.is_empty() => "denied".to_owned(),
        (Kind::MeetingDeclined, _) => "refused".to_owned(),
        (Kind::MeetingPostponed, Some(when)) => format!("postponed to {when}"),
        (Kind::MeetingPostponed, None) => "postponed".to_owned(),
        (Kind::MeetingCancelled, _) => "called off".to_owned(),
        (Kind::Official | Kind::Party | Kind::Place | Kind::Trip | Kind::Travel | Kind::TravelCancelled, _)
        | (Kind::Presence | Kind::Absence | Kind::Statement | Kind::Retraction, _) => {
            cited::kind_words(report.citation.kind).to_owned()
        }
    };
    if !by.is_empty() {
        words = format!("{words} by {by}");
    }
    if report.citation.kind == Kind::MeetingPostponed && report.when.is_none() {
        words.push_str(", no new date");
    }
    if let Some(said) = said {
        words = format!("{words}, {said}");
    }
    match &report.reason {
        Some(reason) => format!("{words}: {reason}"),
        None => words,
    }
}
