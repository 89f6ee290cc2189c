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

#[test]
fn the_article_is_logged_in_under_2500_typed_characters_besides_quotes() {
    let text = std::fs::read_to_string(project().join("tests/shipped/2-riyadh.day")).unwrap();
    let lines: Vec<String> = text.lines().filter(|line| !line.starts_with('#')).map(str::to_owned).collect();
    let words = shlex::split(&lines.join(" ")).unwrap();
    let mut typed = 0;
    let mut quoted = false;
    for word in &words {
        if !quoted {
            typed += word.chars().count() + 1;
        }
        quoted = word == "--quote";
    }
    assert!((500..2_500).contains(&typed), "{typed} characters");
}
