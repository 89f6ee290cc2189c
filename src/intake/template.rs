//! What an editor opens for a new entry: the source that was used last, and what one may need to look up while writing.

use chrono::NaiveDate;
use clap::{Command, Subcommand as _};

use super::Words;
use crate::event::{Entry, Kind, Source};
use crate::names::flag;
use crate::projection::{Claims, Meeting, Meetings, Scope, View};
use crate::time::write_instant;

/// The most names of a kind that are listed.
const NAMES: usize = 12;

/// A words file to begin with: the source of the last entry that has one, ready to be used again; below it, as comments, the verbs, the
/// meetings pending on the day `on`, and the officials named last.
#[must_use]
pub fn template(claims: &Claims, on: NaiveDate) -> String {
    let view = View::new(claims, Scope::default());
    // Its embargo and its record were that entry's own.
    let source = claims.entries().rev().find_map(|entry| source_line(&of_the_same(entry)));
    let mut text = "\
        # One entry: the source, then one event a line. A line that begins with a space goes on with the one before;\n\
        # what begins with # is left out. Save and close to log it; emptied, or saved as it is, nothing is logged.\n"
        .to_owned();
    text.push_str(&source.unwrap_or_else(|| "# source --outlet AFP --title \"…\" --url https://… --published today".to_owned()));
    text.push_str("\n\n\n# The verbs, each with an example (`daybook log VERB --help` tells the rest):\n");
    for example in examples() {
        text.push_str(&format!("#   {example}\n"));
    }
    let lists = [("meetings pending", pending(&view, on)), ("officials named last", officials(claims, &view))];
    for (what, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        text.push_str(&format!("# {what}: {}\n", names.join(", ")));
    }
    if claims.last_seq() > 0 {
        text.push_str(&format!("# the last entry, `last`: {}\n", claims.last_seq()));
    }
    text
}

/// An entry from the same source that says nothing yet.
fn of_the_same(entry: &Entry) -> Entry {
    let source = Source { record: None, ..entry.source.clone() };
    Entry { source, embargo: None, events: Vec::new(), x: None, logged_by: entry.logged_by.clone(), ..*entry }
}

/// The source of an entry as a line of a words file, with its embargo and who logged it; `None` if nothing is known of it. Read again it is
/// the same source, but for an archived copy, which has no words.
#[must_use]
pub fn source_line(entry: &Entry) -> Option<String> {
    let Source { outlet, title, author, url, published, grade, archive: _, record } = &entry.source;
    let flags = [
        ("--outlet", outlet.clone()),
        ("--title", title.clone()),
        ("--author", author.clone()),
        ("--url", url.clone()),
        ("--published", published.map(|published| published.to_string())),
        ("--grade", grade.map(|grade| grade.to_string())),
        ("--record", record.clone()),
    ];
    let given = |(name, value): (&str, Option<String>)| value.filter(|value| !value.is_empty()).map(|value| flag(name, &value));
    let mut words: Vec<String> = flags.into_iter().filter_map(given).collect();
    if words.is_empty() {
        return None;
    }
    let beside = [("--embargo", entry.embargo.map(write_instant)), ("--logged-by", entry.logged_by.clone())];
    words.extend(beside.into_iter().filter_map(given));
    Some(format!("source {}", words.join(" ")))
}

/// The example of every verb, as its help gives it.
fn examples() -> Vec<String> {
    let verbs = Words::augment_subcommands(Command::new("log"));
    let example = |verb: &Command| Some(verb.get_after_help()?.to_string().strip_prefix("Example: ")?.to_owned());
    verbs.get_subcommands().filter_map(example).collect()
}

/// The meetings that are pending, those without a date last.
fn pending(view: &View<'_>, on: NaiveDate) -> Vec<String> {
    let mut meetings: Vec<Meeting> =
        Meetings::of(view, on).iter().filter(|meeting| meeting.status.is_pending()).cloned().collect();
    let day = |meeting: &Meeting| meeting.when.and_then(|when| when.span(meeting.zone).from);
    meetings.sort_by_key(|meeting| (day(meeting).is_none(), day(meeting), meeting.id.clone()));
    meetings.iter().take(NAMES).map(|meeting| meeting.id.to_string()).collect()
}

/// The officials whom the latest entries name.
fn officials(claims: &Claims, view: &View<'_>) -> Vec<String> {
    let mut officials: Vec<String> = Vec::new();
    for what in claims.entries().rev().flat_map(|entry| entry.events.iter().map(|event| &event.what)) {
        for (_, id) in what.names().into_iter().filter(|(kind, _)| *kind == Kind::Official) {
            let is_one = id.parse().is_ok_and(|id| view.registry().officials.contains_key(&id));
            if is_one && !officials.contains(&id) {
                officials.push(id);
            }
        }
        if officials.len() >= NAMES {
            break;
        }
    }
    officials.truncate(NAMES);
    officials
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset, NaiveDate, TimeZone as _, Utc};
    use proptest::prelude::*;

    use super::source_line;
    use crate::event::wire::WireSource;
    use crate::event::{Entry, EntryId, Source};
    use crate::intake::read_words_file;
    use crate::time::Published;

    /// Any text but the empty one, which is the same as none, and one with a NUL, which no entry holds.
    fn text() -> impl Strategy<Value = Option<String>> {
        prop::option::of(
            prop_oneof![any::<String>(), "[-#$'\"\\\\ a\u{1b}\u{202e}\n\r\té]{1,8}"]
                .prop_filter("none", |t| !t.is_empty() && !t.contains(char::from(0))),
        )
    }

    fn published() -> impl Strategy<Value = Option<Published>> {
        let day = (0..40_000_i32).prop_map(|day| Published::Day(NaiveDate::from_epoch_days(20_000 - day).unwrap_or_default()));
        let at = (0..2_000_000_000_i64, -840..840_i32).prop_map(|(seconds, minutes)| {
            let offset =
                FixedOffset::east_opt(minutes * 60).map(|offset| offset.from_utc_datetime(&at(seconds * 1000).naive_utc()));
            Published::At(offset.unwrap_or_default())
        });
        prop::option::of(prop_oneof![day, at])
    }

    fn at(ms: i64) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(ms).unwrap_or_default()
    }

    fn source() -> impl Strategy<Value = Source> {
        let grade = prop::option::of("[A-F][1-6]".prop_map(|grade| grade.parse().ok())).prop_map(Option::flatten);
        (text(), text(), text(), text(), text(), published(), grade).prop_map(
            |(outlet, title, author, url, record, published, grade)| Source {
                outlet,
                title,
                author,
                url,
                record,
                published,
                grade,
                archive: None,
            },
        )
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_source_line_is_read_as_the_same_source(
            source in source(), embargo in prop::option::of(0..2_000_000_000_000_i64), logged_by in text(),
        ) {
            let entry = Entry {
                seq: 1, id: EntryId(uuid::Uuid::nil()), recorded: at(0), logged_by, source, embargo: embargo.map(at), events: Vec::new(), x: None,
            };
            let Some(line) = source_line(&entry) else {
                prop_assert_eq!(&entry.source, &Source::default());
                return Ok(());
            };
            prop_assert_eq!(line.lines().count(), 1, "{}", line);
            prop_assert!(!line.chars().any(crate::names::is_hidden), "{}", line);
            let draft = read_words_file(&format!("# a comment\n{line}\n"), "draft").unwrap_or_default();
            let Source { outlet, title, author, url, record, published, grade, archive: _ } = entry.source;
            let WireSource { published: day, grade: graded, .. } = draft.entry.source.clone().unwrap_or_default();
            prop_assert_eq!(day.as_deref().and_then(|text| text.parse::<Published>().ok()), published);
            prop_assert_eq!(graded.as_deref().and_then(|text| text.parse().ok()), grade);
            let wire = WireSource { outlet, title, author, url, record, published: day, grade: graded, archive: None };
            prop_assert_eq!(draft.entry.source, Some(wire));
            prop_assert_eq!(draft.entry.embargo.and_then(|text| crate::time::parse_instant(&text).ok()), entry.embargo);
            prop_assert_eq!(draft.entry.logged_by, entry.logged_by);
        }
    }
}
