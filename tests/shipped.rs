//! The shipped log is what the program itself writes from the words files beside this test.

use crate::desk::{Desk, Said, project};

/// The words files in order, each with the moment at which it was logged.
const ENTRIES: &[(&str, &str)] = &[
    ("1-people.day", "2025-02-17T18:00:00Z"),
    ("2-riyadh.day", "2025-02-17T18:20:00Z"),
    ("3-munich.day", "2025-02-27T09:00:00Z"),
    ("4-jerusalem.day", "2025-02-27T09:01:00Z"),
    ("5-riyadh.day", "2025-02-27T09:02:00Z"),
    ("6-abu-dhabi.day", "2025-02-27T09:03:00Z"),
];

/// Writes the log anew, as a person would at those moments.
fn written() -> Desk {
    let mut desk = Desk::new();
    for (name, now) in ENTRIES {
        desk = desk.at(now);
        let text = std::fs::read_to_string(project().join("tests/shipped").join(name)).unwrap();
        std::fs::write(desk.path(name), text).unwrap();
        let Said { err, code, .. } = desk.run(&["log", name], "");
        assert_eq!((code, err.as_str()), (0, ""), "{name}");
    }
    desk
}

#[test]
fn the_shipped_log_is_what_the_program_writes_from_the_words_files() {
    let desk = written();
    for name in ["log.json", "000001.jsonl", ".gitattributes", ".gitignore"] {
        let ours = std::fs::read(desk.path("events").join(name)).unwrap();
        let shipped = project().join("events").join(name);
        if std::env::var_os("UPDATE_SHIPPED").is_some() {
            std::fs::write(&shipped, &ours).unwrap();
        }
        let theirs = std::fs::read(&shipped).unwrap();
        assert!(ours == theirs, "{} differs; UPDATE_SHIPPED=1 writes it", shipped.display());
    }
}

/// What a person types besides the source's own words: quotes, and the texts of statements.
fn typed(name: &str) -> usize {
    let text = std::fs::read_to_string(project().join("tests/shipped").join(name)).unwrap();
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        match lines.last_mut() {
            Some(before) if line.starts_with(' ') => before.push_str(line),
            _ => lines.push(line.to_owned()),
        }
    }
    let mut count = 0;
    for words in lines.iter().map(|line| shlex::split(line).unwrap()) {
        for (at, word) in words.iter().enumerate() {
            let quote = at > 0 && words[at - 1] == "--quote";
            let statement = words[0] == "statement" && at == 2;
            count += if quote || statement { 0 } else { word.chars().count() + 1 };
        }
    }
    count
}

#[test]
fn the_article_takes_under_2500_typed_characters_besides_quotes() {
    let count = typed("2-riyadh.day");
    assert!((500..2_500).contains(&count), "{count} characters");
}
