//! Words that are not in their list, numbers out of range, and words files that are none.

use super::doors::{Case, Door, Slot, crossed, pieces};

const LISTS: &[(Slot, &[&str], &str)] = &[
    (
        Slot::event("rank", "official rubio --rank @", r#"{"kind":"official","official":"rubio","rank":@}"#),
        &["kingpin", "minster", "head\u{1b}[31m", "1", "м\u{438}nister", "foreign\u{200b}minister"],
        "is no rank: it is one of head_of_state, head_of_government, foreign_minister, minister, envoy, adviser, spokesperson, other",
    ),
    (
        Slot::event("level", "propose talks --level @", r#"{"kind":"meeting_proposed","meeting":"talks","level":@}"#),
        &["top", "submit", "call\u{7}", "\u{202e}llac", "0"],
        "is no level: it is one of summit, ministerial, talks, call",
    ),
    (
        Slot::event("reason of a retraction", "retract 1.5 --reason @", r#"{"kind":"retraction","of":["1.5"],"reason":@}"#),
        &["oops", "because", "typo\u{1b}c", "dup"],
        "is no reason of a retraction: it is one of wrong, source_withdrawn, typo, identity, duplicate",
    ),
    (
        Slot::source("grade", "--grade @", r#""source":{"grade":@}"#),
        &["G1", "A7", "A0", "AA", "1A", "A1 ", "A１", "Ａ1", "B2\u{200b}", "\u{1b}[1mB2", "excellent", "B2B2"],
        "is no grade: the Admiralty grade is a letter A to F and a digit 1 to 6, such as B2",
    ),
    (
        Slot::event("Wikidata item", "official rubio --wikidata @", r#"{"kind":"official","official":"rubio","wikidata":@}"#),
        &[
            "324546",
            "Q",
            "q324546",
            "Q-1",
            "Q1e400",
            "P31",
            "https://www.wikidata.org/wiki/Q1",
            "javascript:alert(1)",
            "Q1\u{202e}",
            "Q１",
        ],
        "is no Wikidata item: items are written Q324546",
    ),
    (
        Slot::event("zone of a place", "place riyadh --zone @", r#"{"kind":"place","place":"riyadh","zone":@}"#),
        &[
            "Riyadh",
            "+03:00",
            "../../etc/localtime",
            "Europe/Atlantis",
            "UTC+3",
            "Asia/\u{1b}[31mRiyadh",
            "Asia\u{2044}Riyadh",
            "Asia/Riyadh\u{200b}",
        ],
        "is no time zone: zones are named as in the IANA list, such as Europe/Madrid",
    ),
    (
        Slot::event(
            "words for a time or place",
            "presence rubio --at riyadh --when 2025-02-17 --said @=soon",
            r#"{"kind":"presence","officials":["rubio"],"place":"riyadh","when":"2025-02-17","said":{@:"soon"}}"#,
        ),
        &["whenever", "wen", "When", "quote", "Place", "\u{1b}[31m", "when\u{200b}", "../when"],
        "is none: it is one of when, depart, arrive, since, until, place, from, to",
    ),
];

/// Positions that are nowhere, as JSON writes them.
const NOWHERE: &[&str] =
    &["91", "-91", "90.000001", "1e300", "18446744073709551616", "-18446744073709551616", "180.5", "9007199254740993"];

const LATITUDE: Slot =
    Slot::event("latitude", "place riyadh --lat @ --lon 46.7", r#"{"kind":"place","place":"riyadh","lat":@,"lon":46.7}"#);
const LONGITUDE: Slot =
    Slot::event("longitude", "place riyadh --lat 24.7 --lon @", r#"{"kind":"place","place":"riyadh","lat":24.7,"lon":@}"#);
const EARTH: &str = "is nowhere: latitude goes from -90 to 90, longitude from -180 to 180";

/// Words files that are none: with the number of the line that is wrong.
const FILES: &[(&str, &str)] = &[
    ("presence rubio --at \"riyadh --when today", "a quotation mark is not closed"),
    ("presence rubio --at 'riyadh --when today", "a quotation mark is not closed"),
    ("travle rubio --to riyadh", "no such verb: 'travle'"),
    ("\u{1b}[31mtravel rubio --to riyadh", "no such verb"),
    ("presence rubio --at riyadh", "the following required arguments were not provided: --when"),
    ("presence rubio --at riyadh --when today --mood bright", "unexpected argument '--mood'"),
    ("presence rubio --at riyadh --at paris --when today", "the argument '--at <AT>' cannot be used multiple times"),
    (
        "presence rubio --at riyadh --when today --quote a --quote b",
        "the argument '--quote <QUOTE>' cannot be used multiple times",
    ),
    ("presence rubio --at riyadh --when today --said when=a --said when=b", "\"when\" is there twice"),
    ("presence rubio --at riyadh --when today --said a --said b", "\"when\" is there twice"),
    ("place riyadh --lat north --lon 1", "invalid value 'north' for '--lat <LAT>'"),
    ("source --outlet AFP\nsource --outlet AP\nparty us", "a second source: the entry has one already, in line 1"),
    ("null", "no such verb: 'null'"),
    ("# nothing but a comment", "the entry has no events"),
    ("source --outlet AFP", "the entry has no events"),
    ("presence rubio --at riyadh --when “today”", "is no date"),
    ("\u{feff}\u{feff}\u{200b}party us", "no such verb"),
    ("party us\u{0}", "NUL character (U+0000), which no text has"),
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (slot, values, says) in LISTS {
        for value in *values {
            let doors = if slot.name == "reason of a retraction" { Door::TYPED } else { Door::ALL };
            cases.extend(crossed(doors, &[*slot], value, says));
        }
    }
    for (at, value) in NOWHERE.iter().enumerate() {
        let slot = if at < 4 { LATITUDE } else { LONGITUDE };
        cases.extend([Door::Flags, Door::Words].map(|door| Case::new(door, &slot, value, EARTH)));
        cases.extend(pieces(&[slot], value, EARTH));
    }
    for value in ["inf", "-inf", "nan", "1e400", "-1e400"] {
        for slot in [LATITUDE, LONGITUDE] {
            cases.extend([Door::Flags, Door::Words].map(|door| Case::new(door, &slot, value, EARTH)));
        }
    }
    cases.extend(FILES.iter().map(|(file, says)| Case::words("a words file", file, says)));
    cases
}
