//! Ids that are none, and names that nobody bears: paths, reserved words in capitals, what cannot be seen, what looks like another.

use super::doors::{Case, Door, Slot, crossed};

const IDS: &[Slot] = &[
    Slot::event("id of an official", "official @ Name", r#"{"kind":"official","official":@,"name":"Name"}"#),
    Slot::event("id of a party", "party @ Name", r#"{"kind":"party","party":@,"name":"Name"}"#),
    Slot::event("id of a place", "place @ Name --within riyadh", r#"{"kind":"place","place":@,"name":"Name","within":"riyadh"}"#),
    Slot::event("id of a trip", "trip @ Name", r#"{"kind":"trip","trip":@,"title":"Name"}"#),
    Slot::event("id of a meeting", "propose @ --title Name", r#"{"kind":"meeting_proposed","meeting":@,"title":"Name"}"#),
    Slot::event("id of a meeting that was held", "held @ --title Name", r#"{"kind":"meeting_held","meeting":@,"title":"Name"}"#),
];

const FORM: &str = "ids are lower-case ASCII words joined by hyphens, such as";

fn no_ids() -> Vec<String> {
    let written = [
        "../../etc/passwd",
        "..",
        ".",
        "/etc/passwd",
        "c:\\windows",
        "CON",
        "Con",
        "nul.txt",
        "com1:",
        "Rubio",
        "a b",
        "a--b",
        "a-",
        "a_b",
        "a.b",
        "a/b",
        "~",
        "$HOME",
        "`id`",
        "$(id)",
        "a;b",
        "a|b",
        "a*",
        "é",
        "rubió",
        "лавров",
        "l\u{430}vrov",
        "ﬁ",
        "１２",
        "𝐚",
        "ß",
        "a'b",
        "a\"b",
        "a\nb",
        "a\rb",
        "a\tb",
        "a\u{1b}[31mb",
        "a\u{9b}b",
        "ru\u{202e}oib",
        "ru\u{200b}bio",
        "\u{feff}rubio",
        "rubio\u{301}",
        "<b>",
        "javascript:x",
        "%2e%2e",
        "=1+1",
        "@x",
        "a,b",
        "外務",
        "\u{7f}",
    ];
    let long = [65, 100, 300, 4_096].map(|length| "x".repeat(length));
    written.iter().map(|text| (*text).to_owned()).chain(long).chain([format!("{}-{}", "x".repeat(32), "y".repeat(32))]).collect()
}

/// Where names of the log are given: at the doors they are looked up, in the log they are ids.
const NAMES: &[(Slot, &str)] = &[
    (
        Slot::event(
            "officials of a presence",
            "presence @ --at riyadh --when today",
            r#"{"kind":"presence","officials":[@],"place":"riyadh","when":"2025-02-17"}"#,
        ),
        "no official is called",
    ),
    (
        Slot::event("officials of a journey", "travel @ --to riyadh", r#"{"kind":"travel","officials":[@],"to":"riyadh"}"#),
        "no official is called",
    ),
    (
        Slot::event(
            "place of a presence",
            "presence rubio --when today --at @",
            r#"{"kind":"presence","officials":["rubio"],"place":@,"when":"2025-02-17"}"#,
        ),
        "no place is called",
    ),
    (
        Slot::event("end of a journey", "travel rubio --to @", r#"{"kind":"travel","officials":["rubio"],"to":@}"#),
        "no place is called",
    ),
    (
        Slot::event(
            "start of a journey",
            "travel rubio --to riyadh --from @",
            r#"{"kind":"travel","officials":["rubio"],"to":"riyadh","from":@}"#,
        ),
        "no place is called",
    ),
    (
        Slot::event("base of an official", "official rubio --base @", r#"{"kind":"official","official":"rubio","base":@}"#),
        "no place is called",
    ),
    (
        Slot::event("party of an official", "official rubio --party @", r#"{"kind":"official","official":"rubio","party":@}"#),
        "no party and no voice of one is called",
    ),
    (
        Slot::event("meeting that is declined", "decline @ --by us", r#"{"kind":"meeting_declined","meeting":@,"by":["us"]}"#),
        "no meeting is called",
    ),
    (
        Slot::event("meeting that is off", "cancel @ --by us", r#"{"kind":"meeting_cancelled","meeting":@,"by":["us"]}"#),
        "no meeting is called",
    ),
    (
        Slot::event("meeting that is changed", "change @ --title New", r#"{"kind":"meeting_changed","meeting":@,"title":"New"}"#),
        "no meeting is called",
    ),
    (
        Slot::event(
            "trip of a journey",
            "travel rubio --to riyadh --trip @",
            r#"{"kind":"travel","officials":["rubio"],"to":"riyadh","trip":@}"#,
        ),
        "no trip is called",
    ),
    (
        Slot::event(
            "party that is spoken for",
            "statement rubio words --on-behalf-of @",
            r#"{"kind":"statement","speaker":"rubio","text":"words","on_behalf_of":@}"#,
        ),
        "no party and no voice of one is called",
    ),
];

const NOBODY: &[&str] = &[
    "../../etc/passwd",
    "Zz\u{1b}[31mqx",
    "Zz\u{1b}]52;c;eA==\u{7}qx",
    "Zz\u{9b}qx",
    "Zz\u{202e}qx",
    "Zz\u{200b}qx",
    "Zz\u{2066}qx\u{2069}",
    "Zz\u{e0041}qx",
    "=Zzqx(1)",
    "<script>zzqx</script>",
    "javascript:zzqx",
    "Zzqx Zzqx Zzqx",
];

/// Names spelt with letters of another script that look the same.
const LOOK_ALIKES: &[&str] = &[
    "L\u{430}vrov",
    "Lavr\u{43e}v",
    "L\u{430}vr\u{43e}v",
    "Rubi\u{3bf}",
    "Rubi\u{43e}",
    "Sergei L\u{430}vrov",
    "Marco Rubi\u{43e}",
];

const REFERENCES: &[Slot] = &[
    Slot::event("what is retracted", "retract @ --reason typo", r#"{"kind":"retraction","of":[@],"reason":"typo"}"#),
    Slot::event("what is called off", "cancel-travel @", r#"{"kind":"travel_cancelled","of":[@]}"#),
    Slot::event(
        "what is replaced",
        "travel lavrov --to riyadh --replaces @",
        r#"{"kind":"travel","officials":["lavrov"],"to":"riyadh","replaces":[@]}"#,
    ),
];

pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, value) in no_ids().iter().enumerate() {
        cases.extend(crossed(Door::ALL, &[IDS[at % IDS.len()]], value, FORM));
    }
    cases.extend(crossed(Door::ALL, IDS, "../passwd", FORM));
    for (slot, says) in NAMES {
        for value in NOBODY {
            cases.extend(crossed(Door::TYPED, &[*slot], value, says));
        }
        cases.extend(crossed(&[Door::Log], &[*slot], "../passwd", FORM));
    }
    for value in LOOK_ALIKES {
        let alike = crossed(Door::TYPED, &[NAMES[0].0, NAMES[1].0], value, "no official is called");
        cases.extend(alike.into_iter().map(|case| case.hint("but is spelt with other letters")));
    }
    for value in
        ["seventeen", "1.0", "1.1.1", "18446744073709551616", "1.4294967296", "+", "1.\u{1b}[31m", "\u{202e}1", "1 1", "١"]
    {
        let typed = crossed(Door::ALL, REFERENCES, value, "is no reference");
        cases.extend(typed.into_iter().map(|case| case.hint("an entry is written 17, its second event 17.2")));
    }
    for value in ["17", "17.2", "99999"] {
        cases.extend(crossed(Door::TYPED, REFERENCES, value, "its last entry is 1"));
    }
    cases.extend(crossed(Door::TYPED, REFERENCES, "1.99", "there is no event 1.99: entry 1 has"));
    cases.extend(crossed(&[Door::Log], REFERENCES, "01951511-2500-7c6e-b372-fe94f82be700.1", "which is no earlier entry"));
    cases
}
