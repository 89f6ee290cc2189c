//! JSON that is none, or is not of the shape of an entry: one sentence with line and column, and the nearest name of a field.

use super::doors::{Case, Door, Slot, pieces};

const TEXTS: &[&str] = &[
    r#"{"kind":"party","party":"us","quote":@}"#,
    r#"{"kind":"party","party":"us","said_by":@}"#,
    r#"{"kind":"party","party":"us","via":@}"#,
    r#"{"kind":"party","party":"us","note":@}"#,
    r#"{"kind":"party","party":"us","name":@}"#,
    r#"{"kind":"party","party":"us","said":{"when":@}}"#,
    r#"{"kind":"official","official":"rubio","title":@}"#,
    r#"{"kind":"official","official":"rubio","since":@}"#,
    r#"{"kind":"official","official":"rubio","aliases":[@]}"#,
    r#"{"kind":"meeting_proposed","meeting":"talks","when":@}"#,
    r#"{"kind":"meeting_proposed","meeting":"talks","participants":[{"official":"rubio","role":@}]}"#,
    r#"{"kind":"meeting_confirmed","meeting":"talks","by":[{"party":"us","voice":@}]}"#,
    r#"{"kind":"retraction","of":["1"],"reason":@}"#,
];

const LISTS: &[&str] = &[
    r#"{"kind":"presence","officials":@,"place":"riyadh","when":"2025-02-17"}"#,
    r#"{"kind":"party","party":"us","aliases":@}"#,
    r#"{"kind":"party","party":"us","replaces":@}"#,
    r#"{"kind":"statement","speaker":"rubio","text":"words","topics":@}"#,
    r#"{"kind":"meeting_proposed","meeting":"talks","participants":@}"#,
    r#"{"kind":"meeting_confirmed","meeting":"talks","by":@}"#,
];

const OBJECTS: &[&str] =
    &[r#"{"kind":"party","party":"us","said":@}"#, r#"{"kind":"meeting_proposed","meeting":"talks","participants":[@]}"#, "@"];

const NUMBERS: &[&str] = &[r#"{"kind":"place","place":"riyadh","lat":@,"lon":46.7}"#];

/// What stands where something else belongs, in the words of JSON.
const WRONG: &[(&str, &str)] = &[
    ("5", "the number 5 stands"),
    ("-7", "the number -7 stands"),
    ("1.5", "the number 1.5 stands"),
    ("18446744073709551616", "the number 1.8446744073709552e+19 stands"),
    ("true", "true stands"),
    ("\"two\\nlines\"", "stands"),
    ("[]", "a list stands"),
    ("[1]", "a list stands"),
    ("{}", "an object stands"),
    ("{\"a\":1}", "an object stands"),
];

fn wrong_types() -> Vec<Case> {
    let mut cases = Vec::new();
    for (events, belongs, fits) in [
        (TEXTS, "where a text belongs", "\""),
        (LISTS, "where a list belongs", "["),
        (OBJECTS, "where an object belongs", "{"),
        (NUMBERS, "where a number belongs", "-0123456789"),
    ] {
        for (at, event) in events.iter().enumerate() {
            // A slot has its event as its name: there are no two alike.
            let slot = Slot::event(event, "", event);
            for (json, found) in WRONG.iter().filter(|(json, _)| !fits.contains(&json[..1])) {
                let says = if at == 0 { format!("{found} {belongs}") } else { belongs.to_owned() };
                let says = if json.starts_with('"') { belongs.to_owned() } else { says };
                cases.extend(pieces(&[slot], json, &says));
            }
        }
    }
    cases
}

/// Whole entries, with what is said of them.
const ENTRIES: &[(&str, &str)] = &[
    // Fields that are there twice, at every level.
    (r#"{"events":[],"events":[{"kind":"party","party":"us"}]}"#, "\"events\" is there twice"),
    (r#"{"logged_by":"a","logged_by":"b","events":[{"kind":"party","party":"us"}]}"#, "\"logged_by\" is there twice"),
    (r#"{"source":{"outlet":"a","outlet":"b"},"events":[{"kind":"party","party":"us"}]}"#, "\"outlet\" is there twice"),
    (r#"{"source":{"archive":{"url":"a","url":"b"}},"events":[{"kind":"party","party":"us"}]}"#, "\"url\" is there twice"),
    (r#"{"events":[{"kind":"party","kind":"place","party":"us"}]}"#, "\"kind\" is there twice"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"a","quote":"a"}]}"#, "\"quote\" is there twice"),
    (r#"{"events":[{"kind":"party","party":"us","said":{"when":"a","when":"b"}}]}"#, "\"when\" is there twice"),
    (r#"{"events":[{"kind":"party","party":"us","said":{"when":"a","wh\u0065n":"b"}}]}"#, "\"when\" is there twice"),
    (
        r#"{"events":[{"kind":"meeting_proposed","meeting":"talks","participants":[{"official":"a","official":"b"}]}]}"#,
        "\"official\" is there twice",
    ),
    (
        r#"{"events":[{"kind":"meeting_confirmed","meeting":"talks","by":[{"party":"us","party":"ru"}]}]}"#,
        "\"party\" is there twice",
    ),
    (r#"{"x":{"a":1,"a":1},"events":[{"kind":"party","party":"us"}]}"#, "\"a\" is there twice"),
    (r#"{"x":{"a":[{"b":{"c":1,"\u0063":2}}]},"events":[{"kind":"party","party":"us"}]}"#, "\"c\" is there twice"),
    (r#"{"events":[{"kind":"party","party":"us","x":{"a":{"b":1,"b":2}}}]}"#, "\"b\" is there twice"),
    (r#"{"events":[{"kind":"party","party":"us","x":{"\u202e":1,"\u202e":2}}]}"#, "\" is there twice"),
    // Numbers that would not be what was written.
    (
        r#"{"x":{"a":9007199254740993.0},"events":[{"kind":"party","party":"us"}]}"#,
        "a number in `x` would be rounded: write it as text",
    ),
    (
        r#"{"x":{"a":18446744073709551616},"events":[{"kind":"party","party":"us"}]}"#,
        "a number in `x` would be rounded: write it as text",
    ),
    (
        r#"{"x":{"a":-9223372036854775809},"events":[{"kind":"party","party":"us"}]}"#,
        "a number in `x` would be rounded: write it as text",
    ),
    (r#"{"x":{"a":[1e300]},"events":[{"kind":"party","party":"us"}]}"#, "a number in `x` would be rounded: write it as text"),
    (
        r#"{"events":[{"kind":"party","party":"us","x":{"a":{"b":9007199254740993.0}}}]}"#,
        "a number in `x` would be rounded: write it as text",
    ),
    (r#"{"x":{"a":1e400},"events":[{"kind":"party","party":"us"}]}"#, "a number is out of range"),
    (r#"{"x":{"a":-1e400},"events":[{"kind":"party","party":"us"}]}"#, "a number is out of range"),
    (r#"{"events":[{"kind":"place","place":"riyadh","lat":1e400,"lon":0}]}"#, "a number is out of range"),
    (r#"{"x":{"a":01},"events":[{"kind":"party","party":"us"}]}"#, "a number is written wrongly"),
    (r#"{"x":{"a":1.},"events":[{"kind":"party","party":"us"}]}"#, "a number is written wrongly"),
    (r#"{"x":{"a":-},"events":[{"kind":"party","party":"us"}]}"#, "a number is written wrongly"),
    (r#"{"x":{"a":NaN},"events":[{"kind":"party","party":"us"}]}"#, "this is not JSON"),
    // Texts that are none.
    (r#"{"events":[{"kind":"party","party":"us","quote":"\ud800"}]}"#, "half a surrogate pair stands alone"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"\ud800x"}]}"#, "half a surrogate pair stands alone"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"\ud800\ud800"}]}"#, "half a surrogate pair stands alone"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"\ud800\n"}]}"#, "half a surrogate pair stands alone"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"\udc00"}]}"#, "half a surrogate pair stands alone"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"\udfff\udc00"}]}"#, "half a surrogate pair stands alone"),
    (r#"{"x":{"\udbff":1},"events":[{"kind":"party","party":"us"}]}"#, "half a surrogate pair stands alone"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"\x41"}]}"#, "an escape in a text is none"),
    (r#"{"events":[{"kind":"party","party":"us","quote":"\u12g4"}]}"#, "an escape in a text is none"),
    (r#"{"x":{"a":"\u0000"},"events":[{"kind":"party","party":"us"}]}"#, "NUL character (U+0000), which no text has"),
    (r#"{"x":{"\u0000":1},"events":[{"kind":"party","party":"us"}]}"#, "NUL character (U+0000), which no text has"),
    ("{\"events\":[{\"kind\":\"party\",\"party\":\"us\",\"quote\":\"a\0b\"}]}", "a control character stands bare in a text"),
    ("{\"events\":[{\"kind\":\"party\",\"party\":\"us\",\"quote\":\"a\tb\"}]}", "a control character stands bare in a text"),
    (
        "{\"events\":[{\"kind\":\"party\",\"party\":\"us\",\"quote\":\"a\u{1b}[31mb\"}]}",
        "a control character stands bare in a text",
    ),
    // `x` is an object.
    (r#"{"x":5,"events":[{"kind":"party","party":"us"}]}"#, "`x` is an object: {\"key\": \"value\"}"),
    (r#"{"x":[1],"events":[{"kind":"party","party":"us"}]}"#, "`x` is an object: {\"key\": \"value\"}"),
    (r#"{"events":[{"kind":"party","party":"us","x":"text"}]}"#, "`x` is an object: {\"key\": \"value\"}"),
    // Events that lack something, or have what belongs to others.
    (r#"{"events":[]}"#, "has no events"),
    (r#"{"events":[{"kind":"travel","to":"riyadh"}]}"#, "travel needs `officials`"),
    (
        r#"{"events":[{"kind":"presence","officials":[],"place":"riyadh","when":"2025-02-17"}]}"#,
        "presence needs at least one of `officials`",
    ),
    (r#"{"events":[{"kind":"presence","officials":["rubio"],"when":"2025-02-17"}]}"#, "presence needs `place`"),
    (
        r#"{"events":[{"kind":"presence","officials":["rubio"],"place":"riyadh","when":"2025-02-17","to":"riyadh"}]}"#,
        "presence has no `to`",
    ),
    (r#"{"events":[{"kind":"absence","officials":["rubio"]}]}"#, "give exactly one of `place` and `meeting`"),
    (
        r#"{"events":[{"kind":"absence","officials":["rubio"],"place":"riyadh","meeting":"talks"}]}"#,
        "give exactly one of `place` and `meeting`",
    ),
    (r#"{"events":[{"kind":"meeting_confirmed","meeting":"talks"}]}"#, "meeting_confirmed needs `by`"),
    (r#"{"events":[{"kind":"meeting_confirmed","meeting":"talks","by":[]}]}"#, "meeting_confirmed needs at least one of `by`"),
    (
        r#"{"events":[{"kind":"meeting_proposed","meeting":"talks","participants":[{"role":"host"}]}]}"#,
        "give exactly one of `official` and `party`",
    ),
    (
        r#"{"events":[{"kind":"meeting_proposed","meeting":"talks","participants":[{"official":"rubio","party":"us"}]}]}"#,
        "give exactly one of `official` and `party`",
    ),
    (r#"{"events":[{"kind":"meeting_proposed","meeting":"talks","place_doubtful":true}]}"#, "`place_doubtful` needs `place`"),
    (r#"{"events":[{"kind":"statement","speaker":"rubio"}]}"#, "statement needs `text`"),
    (r#"{"events":[{"kind":"place","place":"nowhere","lat":1}]}"#, "`lat` and `lon` go together"),
    (
        r#"{"events":[{"kind":"meeting_confirmed","meeting":"talks","by":[5]}]}"#,
        "the number 5 stands where a name, or {\"party\": …, \"voice\": …} belongs",
    ),
    (
        r#"{"events":[{"kind":"meeting_confirmed","meeting":"talks","by":[{"voice":"White House"}]}]}"#,
        "it lacks the field \"party\"",
    ),
    // Cut short.
    (r#"{"events":[{"kind":"party","party":"us"},]}"#, "a comma stands before the end"),
    (r#"{"events":[{"kind":"party","party":"us",}]}"#, "a comma stands before the end"),
    (r#"{"events":[{"kind":"party",party:"us"}]}"#, "the name of a field is a text in double quotes"),
    (r#"{"events":[{"kind":"party","party":'us'}]}"#, "this is not JSON"),
    (r#"{"events":[{"kind":"party","party":us}]}"#, "this is not JSON"),
    (r#"{"events":[{"kind":"party" "party":"us"}]}"#, "this is not JSON"),
];

/// Fields that nobody knows, and the nearest that is known.
const FIELDS: &[(&str, &str, &str)] = &[
    (r#"{"evnts":1,"events":[{"kind":"party","party":"us"}]}"#, "evnts", "close to events"),
    (r#"{"emabrgo":1,"events":[{"kind":"party","party":"us"}]}"#, "emabrgo", "close to embargo"),
    (r#"{"loged_by":1,"events":[{"kind":"party","party":"us"}]}"#, "loged_by", "close to logged_by"),
    (r#"{"source":{"outlett":1},"events":[{"kind":"party","party":"us"}]}"#, "outlett", "close to outlet"),
    (r#"{"source":{"athor":1},"events":[{"kind":"party","party":"us"}]}"#, "athor", "close to author"),
    (r#"{"source":{"publishd":1},"events":[{"kind":"party","party":"us"}]}"#, "publishd", "close to published"),
    (r#"{"source":{"archive":{"sha265":1}},"events":[{"kind":"party","party":"us"}]}"#, "sha265", "close to sha256"),
    (r#"{"events":[{"kind":"presence","oficials":1}]}"#, "oficials", "close to officials"),
    (r#"{"events":[{"kind":"party","party":"us","qoute":1}]}"#, "qoute", "close to quote"),
    (r#"{"events":[{"kind":"party","party":"us","on_behalf_off":1}]}"#, "on_behalf_off", "close to on_behalf_of"),
    (r#"{"events":[{"kind":"presence","officials":["rubio"],"at":"riyadh"}]}"#, "at", "where something is stands in `place`"),
    (r#"{"events":[{"kind":"meeting_proposed","meeting":"talks","participants":[{"rolle":1}]}]}"#, "rolle", "close to role"),
    (
        r#"{"events":[{"kind":"meeting_proposed","meeting":"talks","participants":[{"attendence":1}]}]}"#,
        "attendence",
        "close to attendance",
    ),
    (r#"{"events":[{"kind":"meeting_confirmed","meeting":"talks","by":[{"party":"us","voise":1}]}]}"#, "voise", "close to voice"),
    (r#"{"events":[{"kind":"party","party":"us","zzqxzzqx":1}]}"#, "zzqxzzqx", "your own go into \"x\": {…}"),
    (r#"{"events":[{"kind":"party","party":"us","\u001b[31m":1}]}"#, "\\u{1b}[31m", "your own go into \"x\": {…}"),
    (r#"{"events":[{"kind":"party","party":"us","\u202e\u200b":1}]}"#, "\\u{202e}\\u{200b}", "your own go into \"x\": {…}"),
    (r#"{"events":[{"kind":"party","party":"us","`, expected":1}]}"#, "`, expected", "your own go into \"x\": {…}"),
];

/// What is not an object at all, or goes on behind one: a line of the log begins with one always.
const FILES: &[(&str, &str)] = &[
    ("{", "it ends before it is complete"),
    ("{\"events\":", "it ends before it is complete"),
    ("{\"events\":[", "it ends before it is complete: a list is not closed"),
    ("{\"events\":[{\"kind\":\"par", "it ends before it is complete: a text is not closed"),
    ("{\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]", "it ends before it is complete: an object is not closed"),
    ("{\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]} x", "something stands behind the end of the object"),
    ("{\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]}{}", "something stands behind the end of the object"),
    ("{\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]}\u{1b}[31m", "something stands behind the end of the object"),
    ("{\"events\":[{\"kind\":\"coronation\",\"party\":\"us\"}]}", "is no kind of event"),
    ("{\"events\":[{\"kind\":\"pa\\u0007rty\",\"party\":\"us\"}]}", "is no kind of event"),
    ("{\"events\":[{\"kind\":\"\",\"party\":\"us\"}]}", "is no kind of event"),
    ("{\"events\":[{}]}", "is no kind of event"),
    ("{}", "has no events"),
    ("{\"id\":\"not-an-id\",\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]}", "\"not-an-id\" is no reference"),
    ("{\"events\": {}}", "an object stands where a list belongs"),
    ("{\"events\":null}", "null stands where a list belongs"),
    ("{\"source\":[\"AFP\"],\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]}", "a list stands where an object belongs"),
    (
        "{\"source\":\"AFP\",\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]}",
        "the text \"AFP\" stands where an object belongs",
    ),
];

/// Lists and objects in one another, deeper than anybody means; of a depth that would end a program that follows it.
fn nested() -> Vec<Case> {
    let mut cases = Vec::new();
    for depth in [128, 1_000, 100_000] {
        for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
            let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
            let slot = Slot::event("own data", "", r#"{"kind":"party","party":"us","x":{"a":@}}"#);
            cases.extend(pieces(&[slot], &deep, "it is nested too deep"));
        }
    }
    cases
}

pub fn cases() -> Vec<Case> {
    let mut cases = wrong_types();
    let at = |door: &Door, entry: &str, says: &str| Case::json(*door, "an entry", entry, entry, says);
    for (entry, says) in ENTRIES {
        cases.extend(Door::JSON.iter().map(|door| at(door, entry, says)));
    }
    for (entry, field, hint) in FIELDS {
        let says = format!("there is no field \"{field}\" here");
        cases.extend(Door::JSON.iter().map(|door| at(door, entry, &says).hint(hint)));
    }
    for (entry, says) in FILES {
        cases.extend([Door::Json, Door::Lines].iter().map(|door| at(door, entry, says)));
    }
    cases.extend(nested());
    cases
}

/// What an entry has of its own is kept as it was sent: a float of seventeen digits to the last one, a whole number to 2^64 - 1.
#[test]
fn numbers_that_can_be_kept_are_kept_to_the_last_digit() {
    let numbers = "[94.95886283158103,-18.183216676054286,-97.64560034263705,121.52807123852625,0.1,1e-300,2251799813685248.5,\
                   9007199254740993,18446744073709551615,-9223372036854775808]";
    let desk = crate::desk::Desk::new();
    let entry = format!("{{\"x\":{{\"own\":{numbers}}},\"events\":[{{\"kind\":\"party\",\"party\":\"us\"}}]}}");
    assert_eq!(desk.run(&["log", "-"], &entry).code, 0);
    let log = std::fs::read_to_string(desk.path("events/000001.jsonl")).unwrap();
    assert!(log.contains(&format!("\"x\":{{\"own\":{numbers}}}")), "{log}");
}
