//! Texts that no entry can hold: with a NUL in them, or longer than a text may be. All else that a source said is kept as it was.

use super::doors::{Case, Door, Slot, crossed};

/// Every text that may be anything.
pub const FREE: &[Slot] = &[
    Slot::source("outlet", "--outlet @", r#""source":{"outlet":@}"#),
    Slot::source("headline", "--headline @", r#""source":{"title":@}"#),
    Slot::source("author", "--author @", r#""source":{"author":@}"#),
    Slot::source("url", "--url @", r#""source":{"url":@}"#),
    Slot::source("record", "--record @", r#""source":{"record":@}"#),
    Slot::source("logged by", "--logged-by @", r#""logged_by":@"#),
    telling("quote", "party us --quote @", r#"{"kind":"party","party":"us","quote":@}"#),
    telling("said by", "party us --said-by @", r#"{"kind":"party","party":"us","said_by":@}"#),
    telling("via", "party us --via @", r#"{"kind":"party","party":"us","via":@}"#),
    telling("note", "party us --note @", r#"{"kind":"party","party":"us","note":@}"#),
    telling("words for when", "party us --said when=@", r#"{"kind":"party","party":"us","said":{"when":@}}"#),
    telling(
        "purpose",
        "travel rubio --to riyadh --purpose @",
        r#"{"kind":"travel","officials":["rubio"],"to":"riyadh","purpose":@}"#,
    ),
    telling("agenda", "propose talks --agenda @", r#"{"kind":"meeting_proposed","meeting":"talks","agenda":@}"#),
    telling("outcome", "held talks --outcome @", r#"{"kind":"meeting_held","meeting":"talks","outcome":@}"#),
    telling("reason", "cancel talks --reason @", r#"{"kind":"meeting_cancelled","meeting":"talks","reason":@}"#),
    telling("reason of a delay", "postpone talks --reason @", r#"{"kind":"meeting_postponed","meeting":"talks","reason":@}"#),
    telling(
        "voice",
        "decline talks --by us=@",
        r#"{"kind":"meeting_declined","meeting":"talks","by":[{"party":"us","voice":@}]}"#,
    ),
    telling("statement", "statement rubio @", r#"{"kind":"statement","speaker":"rubio","text":@}"#),
    telling("speaker", "statement @ words", r#"{"kind":"statement","speaker":@,"text":"words"}"#),
    telling("topic", "statement rubio words --topics @", r#"{"kind":"statement","speaker":"rubio","text":"words","topics":[@]}"#),
    telling(
        "language",
        "statement rubio words --language @",
        r#"{"kind":"statement","speaker":"rubio","text":"words","language":@}"#,
    ),
];

const fn telling(name: &'static str, words: &'static str, event: &'static str) -> Slot {
    Slot::event(name, words, event)
}

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for value in ["\0", "a\0", "\0a", "a\0b", "\\\0", "\u{1b}\0[31m"] {
        cases.extend(crossed(Door::ALL, FREE, value, "NUL character (U+0000), which no text has"));
    }
    for (at, slot) in FREE.iter().enumerate() {
        // One byte too many, in letters of one and of two bytes.
        let long = if at % 2 == 0 { "x".repeat(65_537) } else { "é".repeat(32_769) };
        let says = format!("has {} bytes: a text has at most 64 KiB (65536 bytes)", long.len());
        let refused = crossed(Door::ALL, &[*slot], &long, &says);
        cases.extend(refused.into_iter().map(|case| case.hint("quote the passage that matters, and link the whole")));
    }
    cases
}
