//! Names and titles in which something hides, or is piled up: refused with its code point, at every door and for created officials too.

use super::doors::{Case, Door, Slot, acting, crossed};
use crate::desk::Desk;

const SLOTS: &[Slot] = &[
    Slot::event("name of an official", "official rubio @", r#"{"kind":"official","official":"rubio","name":@}"#),
    Slot::event("alias of an official", "official rubio --alias @", r#"{"kind":"official","official":"rubio","aliases":[@]}"#),
    Slot::event("title of an official", "official rubio --title @", r#"{"kind":"official","official":"rubio","title":@}"#),
    Slot::event("name of a party", "party us @", r#"{"kind":"party","party":"us","name":@}"#),
    Slot::event("voice of a party", "party us --voice @", r#"{"kind":"party","party":"us","aliases":[@]}"#),
    Slot::event("name of a place", "place riyadh @", r#"{"kind":"place","place":"riyadh","name":@}"#),
    Slot::event("alias of a place", "place riyadh --alias @", r#"{"kind":"place","place":"riyadh","aliases":[@]}"#),
    Slot::event("title of a trip", "trip tour @", r#"{"kind":"trip","trip":"tour","title":@}"#),
    Slot::event("title of a meeting", "propose talks --title @", r#"{"kind":"meeting_proposed","meeting":"talks","title":@}"#),
    Slot::event("title of a change", "change talks --title @", r#"{"kind":"meeting_changed","meeting":"talks","title":@}"#),
];

/// Controls of C0 and C1, separators of lines, changes of direction, what has no width: one of each kind and the ends of each range.
const HIDDEN: &[char] = &[
    '\u{1}',
    '\u{7}',
    '\u{8}',
    '\t',
    '\n',
    '\u{b}',
    '\u{c}',
    '\r',
    '\u{e}',
    '\u{1b}',
    '\u{1f}',
    '\u{7f}',
    '\u{80}',
    '\u{85}',
    '\u{90}',
    '\u{9b}',
    '\u{9d}',
    '\u{9f}',
    '\u{ad}',
    '\u{34f}',
    '\u{61c}',
    '\u{180e}',
    '\u{200b}',
    '\u{200c}',
    '\u{200d}',
    '\u{200e}',
    '\u{200f}',
    '\u{2028}',
    '\u{2029}',
    '\u{202a}',
    '\u{202b}',
    '\u{202c}',
    '\u{202d}',
    '\u{202e}',
    '\u{2060}',
    '\u{2064}',
    '\u{2066}',
    '\u{2067}',
    '\u{2068}',
    '\u{2069}',
    '\u{206f}',
    '\u{3164}',
    '\u{fe0f}',
    '\u{feff}',
    '\u{fff9}',
    '\u{fffb}',
    '\u{1d173}',
    '\u{e0001}',
    '\u{e007f}',
    '\u{e0100}',
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, hidden) in HIDDEN.iter().enumerate() {
        let says = format!("is no name: it holds the invisible character U+{:04X}", u32::from(*hidden));
        cases.extend(crossed(Door::ALL, &[SLOTS[at % SLOTS.len()]], &format!("Mar{hidden}co"), &says));
        cases.extend(crossed(Door::ALL, &[SLOTS[(at + 3) % SLOTS.len()]], &format!("\u{5d0}{hidden}"), &says));
    }
    let says = "is no name: it holds the invisible character U+202E";
    cases.extend(crossed(Door::ALL, SLOTS, "gp\u{202e}jpg.exe", says));
    for marks in [31, 100, 10_000] {
        let piled = format!("Ze{}", "\u{301}".repeat(marks));
        cases.extend(crossed(Door::ALL, &SLOTS[marks % 3..][..2], &piled, "more than 30 combining marks in a row (U+0301)"));
    }
    cases
}

#[test]
fn an_official_is_not_created_by_a_name_in_which_something_hides() {
    for (name, says) in [
        ("New\u{202e}Man", "\"New\\u{202e}Man\" is no name: it holds the invisible character U+202E"),
        ("New\u{200b}", "\"New\\u{200b}\" is no name: it holds the invisible character U+200B"),
        ("L\u{430}vrov", "but is spelt with other letters"),
    ] {
        let desk = Desk::new().logged(&["official lavrov \"Sergei Lavrov\" --party ru"]);
        let entry =
            serde_json::json!({"events": [{"kind": "presence", "officials": [name], "place": "riyadh", "when": "2025-02-17"}]});
        std::fs::write(desk.path("entries.jsonl"), format!("{entry}\n")).unwrap();
        let before = std::fs::read(desk.path("events/000001.jsonl")).unwrap();
        let said = desk.run(&["import", "--create", "entries.jsonl"], "");
        assert_eq!((said.code, acting(&said.err)), (1, None));
        assert!(said.err.contains(says), "{}", said.err);
        assert_eq!(std::fs::read(desk.path("events/000001.jsonl")).unwrap(), before);
    }
}

/// The same name in another normal form, with another accent or in its own script, is the same name.
#[test]
fn twins_match() {
    let desk =
        Desk::new().logged(&["official pena \"Santiago Peña Nieto\" --party py", "official lavrov \"Sergei Lavrov\" --party ru"]);
    for (typed, id) in [("Pen\u{303}a", "pena"), ("Pe\u{f1}a", "pena"), ("PENA", "pena"), ("Лавров", "lavrov")] {
        let answer = desk.json(&format!("where {typed} --on 2025-02-17"));
        assert_eq!(answer["official"], id, "{typed:?}");
    }
}

/// What may be said in a name: other scripts, accents, as many marks as any writing needs.
#[test]
fn names_of_any_script_are_names() {
    let hebrew = "בִּנְיָמִין נְתַנְיָהוּ";
    for name in
        ["Volodymyr Zelenský", "Володимир Зеленський", "王毅", "محمد بن سلمان", hebrew, "Nguyễn Phú Trọng", "O’Brien-Jones, Jr."]
    {
        let entry = serde_json::json!({"events": [{"kind": "official", "official": "somebody", "name": name}]});
        let said = Desk::new().run(&["log", "-"], &entry.to_string());
        assert_eq!(said.code, 0, "{name}: {}", said.err);
    }
}
