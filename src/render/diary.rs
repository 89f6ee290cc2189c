//! A diary as the wire services send it: plain text, eighty columns wide on every terminal.

use chrono::{Datelike as _, NaiveDate};

use super::cited::listed;
use super::text::Text;
use crate::query::{Diary, DiaryLine, DiaryMeeting, DiaryPerson, Doing, Status};
use crate::time::{Moment, Zone};

/// The columns of a wire's text.
const COLUMNS: usize = 80;

/// Before what is new or changed; further lines of every paragraph stand as deep.
const FRESH: &str = "** ";

/// The diary: a heading for each day, one paragraph for each line. Exact times are local ones, or those of `zone` if one is wanted.
#[must_use]
pub fn diary_text(diary: &Diary, zone: Option<Zone>) -> String {
    let mut written = String::new();
    let days = diary.days.iter().map(|day| (heading(day.day, diary.on), &day.lines));
    let undated = std::iter::once(("UNDATED".to_owned(), &diary.undated));
    for (heading, lines) in days.chain(undated).filter(|(_, lines)| !lines.is_empty()) {
        if !written.is_empty() {
            written.push('\n');
        }
        written.push_str(&format!("{heading}\n"));
        for line in lines {
            paragraph(&mut written, line.fresh, &sentence(line, diary.on, zone));
        }
    }
    written
}

/// `TUESDAY, FEBRUARY 18`, with the year where it is another than that of the day asked about.
fn heading(day: NaiveDate, on: NaiveDate) -> String {
    format!("{}, {}", day.format("%A"), date(day, on)).to_uppercase()
}

fn date(day: NaiveDate, on: NaiveDate) -> String {
    day.format(if day.year() == on.year() { "%B %-d" } else { "%B %-d, %Y" }).to_string()
}

fn paragraph(written: &mut String, fresh: bool, sentence: &str) {
    let lines = Text::plain(sentence).wrap(COLUMNS - FRESH.len());
    for (at, line) in lines.iter().enumerate() {
        let before = match (at, fresh) {
            (0, true) => FRESH,
            (0, false) => "",
            _ => "   ",
        };
        written.push_str(before);
        line.write(written, false);
        written.push('\n');
    }
}

/// `RIYADH - … meets …, 1000 local/0700 GMT (confirmed by …).`
fn sentence(line: &DiaryLine, on: NaiveDate, zone: Option<Zone>) -> String {
    let place = line.place.as_ref().map_or_else(|| "PLACE NOT KNOWN".to_owned(), |place| place.to_uppercase());
    let mut sentence = format!("{place} - {}", doing(&line.doing));
    if let Some(at) = line.at {
        sentence.push_str(&format!(", {}", clock(at, zone)));
    }
    if let Some(until) = line.until {
        sentence.push_str(&format!(", until {}", date(until, on)));
    }
    let notes = notes(line);
    if !notes.is_empty() {
        sentence.push_str(&format!(" ({})", notes.join("; ")));
    }
    sentence.push('.');
    sentence
}

/// `1000 local/0700 GMT`, with the day where that is another in Greenwich.
fn clock(at: Moment, zone: Option<Zone>) -> String {
    let local = zone.map_or(at.wall(), |zone| zone.wall_at(at.instant()));
    let name = zone.map_or("local", Zone::name);
    let gmt = at.instant().naive_utc();
    let day = if gmt.date() == local.date() { String::new() } else { gmt.format(" %A").to_string() };
    format!("{} {name}/{} GMT{day}", local.format("%H%M"), gmt.format("%H%M"))
}

fn doing(doing: &Doing) -> String {
    match doing {
        Doing::Meeting(meeting) => meets(meeting),
        Doing::Leaves { who, to, from_known: true, .. } => format!("{} leaves for {to}", person(who)),
        Doing::Leaves { who, from_known: false, .. } => format!("{} sets out for here", person(who)),
        Doing::Arrives { who, from: Some(from), .. } => format!("{} arrives from {from}", person(who)),
        Doing::Arrives { who, from: None, .. } => format!("{} arrives", person(who)),
        Doing::Visits { who, .. } => format!("{} visits", person(who)),
    }
}

/// `Secretary of State Marco Rubio (United States)`: no adjectives, of which no complete list is at hand.
fn person(person: &DiaryPerson) -> String {
    let title = person.title.as_ref().map_or_else(String::new, |title| format!("{title} "));
    let party = person.party.as_ref().map_or_else(String::new, |party| format!(" ({party})"));
    format!("{title}{}{party}", person.name)
}

fn meets(meeting: &DiaryMeeting) -> String {
    let sides: Vec<String> = meeting.sides.iter().map(|side| listed(&side.iter().map(person).collect::<Vec<_>>())).collect();
    let sentence = match (sides.as_slice(), meeting.sides.as_slice()) {
        ([first, others @ ..], [people, _, ..]) => {
            let verb = verb(meeting, people.len() > 1);
            format!("{first} {verb} {}: {}", listed(others), meeting.title)
        }
        ([only], _) => format!("{}: {only}", meeting.title),
        ([], _) | (_, []) | (_, [_]) => meeting.title.clone(),
    };
    format!("{}{sentence}", mark(meeting.status))
}

/// What must be seen at once.
fn mark(status: Status) -> &'static str {
    match status {
        Status::Held | Status::Confirmed => "",
        Status::Scheduled | Status::Proposed => "TENTATIVE: ",
        Status::AtRisk => "AT RISK: ",
        Status::Cancelled => "CANCELLED: ",
        Status::Postponed => "POSTPONED: ",
        Status::Lapsed => "UNVERIFIED: ",
    }
}

fn verb(meeting: &DiaryMeeting, plural: bool) -> &'static str {
    let call = meeting.is_call;
    match meeting.status {
        Status::Held => ["met", "spoke by phone with"][usize::from(call)],
        Status::Confirmed => {
            let verbs = if plural { ["meet", "speak by phone with"] } else { ["meets", "speaks by phone with"] };
            verbs[usize::from(call)]
        }
        Status::Scheduled | Status::Proposed | Status::AtRisk => ["may meet", "may speak by phone with"][usize::from(call)],
        Status::Cancelled | Status::Postponed | Status::Lapsed => {
            let verbs = if plural {
                ["were to meet", "were to speak by phone with"]
            } else {
                ["was to meet", "was to speak by phone with"]
            };
            verbs[usize::from(call)]
        }
    }
}

fn notes(line: &DiaryLine) -> Vec<String> {
    let mut notes: Vec<String> = line.vague.iter().cloned().collect();
    match &line.doing {
        Doing::Meeting(meeting) => notes.extend(meeting_notes(meeting, line.told_by.as_ref())),
        Doing::Leaves { standing, .. } | Doing::Arrives { standing, .. } | Doing::Visits { standing, .. } => {
            let told_by = line.told_by.as_ref().map_or_else(String::new, |who| format!(", {who}"));
            notes.push(format!("{}{told_by}", standing.name()));
        }
    }
    notes
}

/// `cancelled by Kremlin: "an election"`
fn called_off(meeting: &DiaryMeeting) -> Option<String> {
    let verb = if meeting.status == Status::Postponed { "postponed" } else { "cancelled" };
    let by = if meeting.called_off_by.is_empty() { String::new() } else { format!(" by {}", listed(&meeting.called_off_by)) };
    let reason = meeting.reason.as_ref().map(|reason| format!(": {}", super::cited::quoted(reason))).unwrap_or_default();
    let is_told = !(by.is_empty() && reason.is_empty());
    is_told.then(|| format!("{verb}{by}{reason}"))
}

fn meeting_notes(meeting: &DiaryMeeting, told_by: Option<&String>) -> Vec<String> {
    let named = |label: &str, names: &[String]| (!names.is_empty()).then(|| format!("{label} {}", listed(names)));
    let mut notes: Vec<String> = meeting.said.iter().map(|said| format!("\"{said}\"")).collect();
    if meeting.place_doubtful {
        notes.push("the place is only probable".to_owned());
    }
    // Between two sides the verb says so.
    notes.extend((meeting.status == Status::Held && meeting.sides.len() < 2).then(|| "held".to_owned()));
    notes.extend((meeting.status == Status::Proposed).then(|| "proposed".to_owned()));
    notes.extend(called_off(meeting));
    notes.extend((meeting.status == Status::Postponed).then(|| "no new date".to_owned()));
    notes.extend((meeting.status == Status::Lapsed).then(|| "nobody reported that it took place".to_owned()));
    notes.extend(named("confirmed by", &meeting.confirmed_by));
    notes.extend(named("nothing heard from", &meeting.silent));
    notes.extend(named("declined by", &meeting.declined_by));
    if meeting.confirmed_by.is_empty() && meeting.declined_by.is_empty() {
        notes.extend(told_by.cloned());
    }
    notes.extend(named("with", &meeting.delegation));
    notes.extend(named("attendance uncertain:", &meeting.uncertain));
    notes
}
