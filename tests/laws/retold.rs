//! The law of lines to paste: typed again, a report is the same event of the same source, under the same embargo.

use daybook::book::Book;
use daybook::event::{Attendance, Entry, Event, Meeting, What};
use daybook::projection::{Scope, View};
use daybook::query::retold;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use crate::desk::Desk;

/// A text with whatever a shell, the grammar or a list may take for its own.
fn text() -> impl Strategy<Value = Option<String>> {
    let hostile = "[-'\"$`\\\\ a,=?*é#]{1,9}".prop_filter("a blank text is none", |text| !text.trim().is_empty());
    let usual = prop::sample::select(vec!["-5C, said he", "--by", "a spokesman", "Dmitry Peskov", "in the spring"]);
    prop::option::of(prop_oneof![hostile, usual.prop_map(str::to_owned)])
}

fn some(values: &'static [&'static str]) -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(values))
}

fn seats() -> impl Strategy<Value = Value> {
    let seat = |who: Value| {
        (some(&["principal", "delegation", "host"]), some(&["expected", "uncertain", "declined"])).prop_map(move |(role, how)| {
            let mut seat = who.clone();
            seat["role"] = json!(role);
            seat["attendance"] = json!(how);
            seat
        })
    };
    let all =
        vec![json!({"official": "rubio"}), json!({"official": "waltz"}), json!({"official": "lavrov"}), json!({"party": "sa"})];
    prop::sample::subsequence(all, 0..=4)
        .prop_flat_map(move |who| who.into_iter().map(seat).collect::<Vec<_>>())
        .prop_map(Value::Array)
}

fn voices() -> impl Strategy<Value = Value> {
    let us = prop::sample::select(vec![None, Some("White House"), Some("A desk officer"), Some("Kremlin"), Some("USA")]);
    let ru = prop::sample::select(vec![None, Some("Kremlin"), Some("Dmitry Peskov, spokesman"), Some("a,b"), Some("x=y")]);
    (us, ru, 0..3_usize).prop_map(|(us, ru, first)| {
        let all = [json!({"party": "us", "voice": us}), json!({"party": "ru", "voice": ru})];
        Value::Array(all.into_iter().skip(first.min(1)).collect())
    })
}

fn movements() -> impl Strategy<Value = Value> {
    let who = prop::sample::subsequence(vec!["rubio", "waltz", "lavrov"], 1..=3);
    let day = some(&["2025-05-03", "2025-05-04~", "2025-05", "2025-05-05T10:00:00+03:00[Asia/Riyadh]"]);
    (who, some(&["ankara"]), day, some(&["2025-05-06?", "[2025-05-06..2025-05-09]"]), text(), 0..3_usize).prop_map(
        |(who, from, depart, arrive, purpose, kind)| match kind {
            0 => json!({"kind": "travel", "officials": who, "to": "riyadh", "from": from, "depart": depart, "arrive": arrive, "purpose": purpose}),
            1 => json!({"kind": "presence", "officials": who, "place": "riyadh", "when": depart.unwrap_or("2025-05-01/.."), "purpose": purpose}),
            _ => json!({"kind": "absence", "officials": who, "meeting": "talks", "when": depart}),
        },
    )
}

fn meetings() -> impl Strategy<Value = Value> {
    let kind = prop::sample::select(vec![
        "meeting_proposed",
        "meeting_confirmed",
        "meeting_held",
        "meeting_changed",
        "meeting_declined",
        "meeting_postponed",
        "meeting_cancelled",
    ]);
    let when = some(&["2025-05-20", "2025-05~", "2025-05-20T10:00:00+03:00[Asia/Riyadh]"]);
    (kind, seats(), voices(), when, text(), text(), any::<bool>()).prop_map(|(kind, seats, by, when, title, more, doubt)| match kind {
        "meeting_declined" => json!({"kind": kind, "meeting": "talks", "by": by}),
        "meeting_postponed" => json!({"kind": kind, "meeting": "talks", "by": by, "when": when, "reason": more}),
        "meeting_cancelled" => json!({"kind": kind, "meeting": "talks", "by": by, "reason": more}),
        _ => {
            let doubt = doubt.then_some(true);
            json!({"kind": kind, "meeting": "talks", "participants": seats, "by": by, "when": when, "title": title, "agenda": more,
                "place": "riyadh", "place_doubtful": doubt, "outcome": more.filter(|_| kind == "meeting_held")})
        }
    })
}

fn entries() -> impl Strategy<Value = Value> {
    let telling = (text(), text(), text(), text(), text());
    let source = (text(), text(), text(), text(), text(), some(&["2025-04-30", "2025-04-30T10:00:00+03:00"]), some(&["B2"]));
    let event = prop_oneof![movements(), meetings()];
    (event, telling, source, some(&["2025-06-01T06:00:00.000Z"])).prop_map(|(mut event, telling, source, embargo)| {
        let (quote, said_by, via, note, said) = telling;
        let told = json!({"quote": quote, "said_by": said_by, "via": via, "note": note, "said": said.map(|said| json!({"when": said}))});
        event.as_object_mut().unwrap().extend(told.as_object().unwrap().clone());
        let (outlet, title, author, url, record, published, grade) = source;
        let source = json!({"outlet": outlet, "title": title, "author": author, "url": url, "record": record, "published": published,
            "grade": grade});
        given(json!({"source": source, "embargo": embargo, "events": [event]}))
    })
}

/// Without what is null.
fn given(value: Value) -> Value {
    match value {
        Value::Object(fields) => {
            let fields: Map<String, Value> =
                fields.into_iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name, given(value))).collect();
            Value::Object(fields)
        }
        Value::Array(values) => Value::Array(values.into_iter().map(given).collect()),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

/// An event as far as a reader of the log can tell: who is named is expected unless otherwise said, in whatever order.
fn meant(event: &Event) -> Event {
    let mut event = event.clone();
    if let What::MeetingProposed(Meeting { participants, .. })
    | What::MeetingConfirmed(Meeting { participants, .. })
    | What::MeetingHeld(Meeting { participants, .. })
    | What::MeetingChanged(Meeting { participants, .. }) = &mut event.what
    {
        participants.iter_mut().for_each(|one| one.attendance = one.attendance.or(Some(Attendance::Expected)));
        participants.sort_by_key(|one| format!("{:?}", one.who));
    }
    event
}

fn desk() -> Desk {
    Desk::new().at("2025-05-01T12:00:00Z").logged(&[
        "official rubio \"Marco Rubio\" --party us --rank foreign_minister",
        "official waltz \"Mike Waltz\" --party us --rank adviser",
        "official lavrov \"Sergei Lavrov\" --party ru --rank foreign_minister",
        "party us --voice \"White House\"",
        "party sa",
        "presence waltz --at ankara --when 2025-01-01",
        "confirm talks --title Talks --at riyadh --by us --by ru --principals rubio,lavrov --delegation waltz",
    ])
}

fn last(desk: &Desk) -> (Book, Entry) {
    let book = Book::open(&desk.path("events")).unwrap();
    let entry = book.claims().entries().next_back().unwrap().clone();
    (book, entry)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn a_retold_line_typed_again_is_the_same_report(entry in entries()) {
        let desk = desk();
        let said = desk.run(&["log", "-"], &entry.to_string());
        prop_assume!(said.code == 0);
        let (book, old) = last(&desk);
        let event = old.events.first().unwrap();
        let line = retold(event, &old, View::new(book.claims(), Scope::default()).registry()).unwrap();
        let typed = shlex::split(&format!("log {line}")).unwrap();
        let said = desk.run(&typed.iter().map(String::as_str).collect::<Vec<_>>(), "");
        prop_assert_eq!(said.code, 0, "{}: {}", line, said.err);
        let (_, new) = last(&desk);
        prop_assert_eq!(new.seq, old.seq + 1);
        prop_assert_eq!(new.events.iter().map(meant).collect::<Vec<_>>(), [meant(event)], "{}", line);
        prop_assert_eq!((new.source, new.embargo), (old.source.clone(), old.embargo), "{}", line);
    }
}
