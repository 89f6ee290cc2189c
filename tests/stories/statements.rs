//! Statements: by whom, about what, and with which words.

use serde_json::Value;

use super::{desk, text};
use crate::desk::Desk;

fn spoken() -> Desk {
    desk()
        .told("2025-05-01", "statement lavrov \"We leave the tensions behind\" --topics bilateral-relations,Ukraine --about ru")
        .told("2025-05-02", "statement \"a spokesman\" \"Volodymyr Zelensky will come\" --note \"heard in the Élysée\"")
        .told(
            "2025-05-03",
            "statement rubio \"No comment\" --quote \"Sin comentarios: behind the tensions, nothing\" --topics ukraine",
        )
        .told("2025-05-04", "statement \"the Kremlin's spokesman\" \"Мы за мир\" --about rubio --topics \"Нефть и газ\"")
        .found("2025-04-30", "statement waltz \"Later, we will see\"")
}

impl Desk {
    /// The speakers of the statements that match, in order.
    fn spoke(&self, arguments: &[&str]) -> Vec<String> {
        let said = self.run(&[&["statements", "--json"], arguments].concat(), "");
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{arguments:?}");
        let answer: Value = serde_json::from_str(&said.out).unwrap();
        answer["statements"].as_array().unwrap().iter().map(|one| text(&one["speaker"])).collect()
    }

    fn not_asked(&self, arguments: &[&str]) -> (u8, String) {
        let said = self.run(&[&["statements"], arguments].concat(), "");
        assert_eq!(said.out, "", "{arguments:?}");
        (said.code, said.err)
    }
}

const SPOKESMAN: &str = "a spokesman";
const KREMLIN: &str = "the Kremlin's spokesman";

#[test]
fn the_newest_stands_last_and_an_old_one_found_late_where_it_belongs() {
    assert_eq!(spoken().spoke(&[]), ["waltz", "lavrov", SPOKESMAN, "rubio", KREMLIN]);
    assert_eq!(spoken().spoke(&["--public-by", "2025-05-02"]), ["waltz", "lavrov", SPOKESMAN]);
    assert_eq!(spoken().spoke(&["--as-of", "3"]), ["lavrov", SPOKESMAN]);
}

#[test]
fn words_are_searched_for_in_text_quote_and_note() {
    let desk = spoken();
    for (search, found) in [
        ("tensions", &["lavrov", "rubio"][..]),
        ("BEHIND tensions", &["lavrov", "rubio"]),
        ("\"tensions behind\"", &["lavrov"]),
        ("\"behind the tensions\"", &["rubio"]),
        ("elysee", &[SPOKESMAN]),
        ("Зеленський", &[SPOKESMAN]),
        ("zelenskyy come", &[SPOKESMAN]),
        ("mir", &[KREMLIN]),
        ("spokesman", &[]),
        ("tension", &["lavrov", "rubio"]),
        ("te", &[]),
    ] {
        assert_eq!(desk.spoke(&["--search", search]), found, "{search}");
    }
    for nothing in ["", "  ", "\"\"", "—"] {
        let (code, err) = desk.not_asked(&["--search", nothing]);
        assert_eq!((code, err.lines().next()), (2, Some("error: there is no word to search for")), "{nothing}");
    }
}

#[test]
fn by_officials_or_by_names_as_given() {
    let desk = spoken();
    assert_eq!(desk.spoke(&["--by", "a spokesman"]), [SPOKESMAN]);
    assert_eq!(desk.spoke(&["--by", "Spokesman"]), [SPOKESMAN, KREMLIN], "a run of the words that were given");
    assert_eq!(desk.spoke(&["--by", "kremlins spokesman,Marco Rubio"]), ["rubio", KREMLIN]);
    let (code, err) = desk.not_asked(&["--by", "spokeswoman"]);
    assert_eq!(code, 1);
    assert!(err.starts_with("error: no official is called \"spokeswoman\""), "{err}");
}

#[test]
fn topics_in_any_spelling_and_only_those_that_exist() {
    let desk = spoken();
    assert_eq!(desk.spoke(&["--topic", "UKRAINE"]), ["lavrov", "rubio"]);
    assert_eq!(desk.spoke(&["--topic", "bilateral relations"]), ["lavrov"]);
    assert_eq!(desk.spoke(&["--topic", "neft i gaz"]), [KREMLIN]);
    let (code, err) = desk.not_asked(&["--topic", "Ukrain"]);
    assert_eq!((code, err.as_str()), (1, "error: no statement has the topic \"Ukrain\"\nhint: close to Ukraine, ukraine\n"));
    assert!(desk.not_asked(&["--topic", "fish"]).1.contains("hint: `daybook statements` shows each with its topics"));
    assert!(super::desk().not_asked(&["--topic", "fish"]).1.contains("hint: no statement of this log has a topic"));
}

#[test]
fn all_conditions_hold_together() {
    let desk = spoken();
    assert_eq!(desk.spoke(&["--search", "tensions", "--topic", "ukraine", "--by", "rubio"]), ["rubio"]);
    assert_eq!(desk.spoke(&["--search", "tensions", "--about", "Russia"]), ["lavrov"]);
    assert_eq!(desk.spoke(&["--about", "rubio", "--by", "spokesman"]), [KREMLIN]);
    assert_eq!(desk.spoke(&["--about", "rubio", "--search", "tensions"]), super::NONE);
    assert_eq!(desk.ask("statements --about rubio --by lavrov").lines().last(), Some("no statements"));
    assert_eq!(desk.ask("statements --by lavrov").lines().nth(2), Some("1 statement"));
}

#[test]
fn a_statement_taken_back_is_not_found() {
    let desk = spoken();
    desk.ask("retract 2 --reason wrong");
    assert_eq!(desk.spoke(&["--search", "tensions"]), ["rubio"]);
    assert_eq!(desk.spoke(&["--search", "tensions", "--as-of", "6"]), ["lavrov", "rubio"]);
}
