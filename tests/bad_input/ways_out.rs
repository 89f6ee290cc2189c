//! Every way out: a text that would act on whoever reads it is kept in the log as it was written, and acts on nobody.

use serde_json::{Value, json};

use super::doors::acting;
use crate::desk::{Desk, Said};

/// A text of a source that tries everything: the clipboard, colours, another direction, what has no width, all ends of lines, properties of
/// a calendar, cells of a table, elements of a page.
const HOSTILE: &str = "=H\u{1b}]52;c;cm0gLXJm\u{7}\u{1b}[31m\u{9b}2J\u{8}\u{7f}\u{202e}\u{2066}\u{200b}\u{200d}\u{feff}\u{ad}\r\nBEGIN:VALARM\rX:1\nY:2\u{85}Z:3\u{2028}W\u{2029}\
                       \u{b}\u{c},;:\"'\\<script>alert(1)</script>&\u{e0041}\u{fff9}\t=1+1 ";

/// The same with ten thousand accents on its last letter.
fn piled() -> String {
    format!("{HOSTILE}Zalgo{}", "\u{301}".repeat(10_000))
}

/// An entry of each kind, `text` in every field that may hold any text, `long` in some of them.
fn entries(text: &str, long: &str, url: &str) -> Vec<Value> {
    let by = json!([{"party": "us", "voice": text}]);
    let seats = json!([{"official": "rubio"}, {"official": "lavrov"}]);
    let meeting = |kind: &str, id: &str, more: Value| {
        merged(
            json!({"kind": kind, "meeting": id, "title": format!("Talks <{id}>"), "place": "riyadh", "participants": seats, "agenda": text, "by": by}),
            more,
        )
    };
    let events = vec![
        json!({"kind": "official", "official": "rubio", "name": "Marco Rubio", "party": "us", "rank": "foreign_minister"}),
        json!({"kind": "official", "official": "lavrov", "name": "Sergei Lavrov", "party": "ru", "rank": "foreign_minister"}),
        json!({"kind": "party", "party": "us", "aliases": ["White House"]}),
        json!({"kind": "place", "place": "diriyah-palace", "name": "Diriyah <Palace> & \"Gardens\"", "within": "riyadh"}),
        json!({"kind": "trip", "trip": "tour", "title": "The <tour>", "officials": ["rubio"]}),
        json!({"kind": "travel", "officials": ["rubio", "lavrov"], "from": "paris", "to": "riyadh", "depart": "2025-02-17", "purpose": text, "trip": "tour"}),
        json!({"kind": "travel", "officials": ["lavrov"], "to": "doha", "depart": "2025-02-20", "purpose": text}),
        json!({"kind": "travel_cancelled", "of": ["7.1"], "reason": text}),
        json!({"kind": "presence", "officials": ["rubio"], "place": "diriyah-palace", "when": "2025-02-17", "purpose": text}),
        json!({"kind": "presence", "officials": ["rubio"], "place": "paris", "when": "2025-02-17", "purpose": text}),
        json!({"kind": "absence", "officials": ["lavrov"], "place": "riyadh", "when": "2025-02-18"}),
        meeting("meeting_proposed", "first", json!({"when": "2025-02-19"})),
        meeting("meeting_confirmed", "second", json!({"when": "2025-02-18"})),
        meeting("meeting_held", "third", json!({"when": "2025-02-16", "outcome": text})),
        meeting("meeting_proposed", "fourth", json!({"when": "2025-02-18"})),
        meeting("meeting_changed", "fourth", json!({"when": "2025-02-19"})),
        json!({"kind": "meeting_declined", "meeting": "first", "by": by}),
        json!({"kind": "meeting_postponed", "meeting": "second", "by": by, "reason": text}),
        json!({"kind": "meeting_cancelled", "meeting": "fourth", "by": by, "reason": text}),
        json!({"kind": "statement", "speaker": text, "text": long, "about": ["second"], "topics": [text], "language": text, "on_behalf_of": "us"}),
        json!({"kind": "statement", "speaker": "lavrov", "text": text, "about": ["rubio"], "topics": [text]}),
        json!({"kind": "retraction", "of": ["10.1"], "reason": "typo"}),
    ];
    let telling = json!({"quote": long, "said_by": text, "via": text, "note": text, "said": {"when": text}, "x": {"own": text}});
    let source = json!({"outlet": text, "title": text, "author": text, "url": url, "record": text, "published": "2025-02-17",
                        "archive": {"url": text, "sha256": text}});
    let numbered = (1..).zip(events);
    let entry = |(number, event): (u32, Value)| {
        let source = merged(source.clone(), json!({"record": format!("{text}{number}")}));
        json!({"source": source, "logged_by": text, "x": {"own": text}, "events": [merged(event, telling.clone())]})
    };
    numbered.map(entry).collect()
}

fn merged(mut one: Value, more: Value) -> Value {
    let Value::Object(more) = more else { panic!("{more} is no object") };
    one.as_object_mut().unwrap().extend(more);
    one
}

fn logged(entries: &[Value]) -> (Desk, Vec<Said>) {
    let desk = Desk::new();
    let said: Vec<Said> = entries.iter().map(|entry| desk.run(&["log", "-"], &entry.to_string())).collect();
    for said in &said {
        assert_eq!(said.code, 0, "{}", said.err);
    }
    (desk, said)
}

fn hostile() -> (Desk, Vec<Said>) {
    logged(&entries(HOSTILE, &piled(), "javascript:alert(1)//\r\nATTACH:x"))
}

/// The questions, each for people and as JSON.
const QUESTIONS: &[&str] = &[
    "where",
    "where rubio lavrov --on 2025-02-17",
    "where rubio lavrov --on 2025-02-17 --why",
    "where lavrov --on 2025-02-18",
    "who riyadh --on 2025-02-18",
    "who diriyah-palace --on 2025-02-17",
    "itinerary rubio --on 2025-02-17",
    "itinerary lavrov --on 2025-02-25",
    "itinerary rubio lavrov --chart --on 2025-02-17",
    "encounters rubio lavrov --on 2025-02-25",
    "summits --on 2025-02-17",
    "summits --all --on 2025-02-25",
    "meeting first --on 2025-02-17",
    "meeting second --on 2025-02-17",
    "meeting third --on 2025-02-17",
    "meeting fourth --on 2025-02-17",
    "statements --on 2025-02-17",
    "statements --by lavrov --on 2025-02-17",
    "changes --since 1 --clock recorded --on 2025-02-17",
    "changes --since 2025-02-10 --on 2025-02-17",
    "stats --official rubio --on 2025-02-25",
    "explain first --on 2025-02-17",
    "explain second --on 2025-02-17",
    "explain rubio --on 2025-02-17",
    "explain 6.1 --on 2025-02-17",
    "explain 8",
    "explain 20.1 --on 2025-02-17",
    "brief --on 2025-02-17 --all",
    "brief --on 2025-02-18 --since 2025-02-01 --all",
    "check --on 2025-02-25 --all",
    "verify",
    "doctor",
];

/// What leaves the desk.
const EXPORTS: &[&str] = &[
    "export ics --on 2025-02-17",
    "export csv --on 2025-02-17",
    "export diary --on 2025-02-17",
    "itinerary rubio lavrov --on 2025-02-17 -o wall.svg",
];

/// An answer: none of its characters acts; a table and a calendar end their lines with CR LF.
fn tame(question: &str, text: &str) {
    assert!(!text.is_empty(), "{question} says nothing");
    assert_eq!(acting(&text.replace("\r\n", "\n")), None, "{question}:\n{text}");
}

fn words(question: &str) -> Vec<&str> {
    question.split(' ').collect()
}

#[test]
fn the_log_keeps_what_was_said_as_it_was_said() {
    let given = entries(HOSTILE, &piled(), "javascript:alert(1)//\r\nATTACH:x");
    let (desk, _) = logged(&given);
    let log = std::fs::read_to_string(desk.path("events/000001.jsonl")).unwrap();
    let free = [
        "quote", "said", "said_by", "via", "note", "x", "purpose", "reason", "agenda", "outcome", "text", "topics", "language",
        "by",
    ];
    let mut kept = 0;
    for (given, line) in given.iter().zip(log.lines()) {
        let line: Value = serde_json::from_str(line).unwrap();
        for field in ["source", "logged_by", "x"] {
            assert_eq!(line[field], given[field], "{field}");
        }
        let (given, event) = (&given["events"][0], &line["events"][0]);
        // A reason of a retraction is a word of a list, and stays one, too.
        for field in free.into_iter().filter(|field| !given[*field].is_null()) {
            assert_eq!(event[field], given[field], "{field} of {}", given["kind"]);
            kept += 1;
        }
    }
    assert!(kept > 150 && log.lines().count() == given.len(), "{kept} fields");
    assert_eq!(acting(&log).filter(|c| *c < ' '), None, "controls are escapes in JSON");
}

#[test]
fn no_answer_to_people_carries_what_acts() {
    let (desk, said) = hostile();
    for said in said {
        tame("log", &said.out);
        assert_eq!(acting(&said.err), None, "{}", said.err);
    }
    for question in QUESTIONS {
        for width in [40, 100] {
            let said = run_wide(&desk, question, width);
            assert_eq!(said.code, 0, "{question}: {}", said.err);
            tame(question, &said.out);
            assert_eq!(acting(&said.err), None, "{question}");
        }
    }
    // Much of it is told: an answer that left the texts out would act on nobody either.
    let told = QUESTIONS.iter().filter(|question| desk.ask(question).contains("\\u{1b}]52;c;")).count();
    assert!(told > 12, "only {told} tell what was said");
}

fn run_wide(desk: &Desk, question: &str, width: usize) -> Said {
    let columns = Desk::bare().wide(width);
    let log = desk.path("events").display().to_string();
    let arguments = [words(question), vec!["--log", &log]].concat();
    columns.run(&arguments, "")
}

#[test]
fn json_is_one_line_of_json_and_its_texts_are_those_of_the_log() {
    let (desk, _) = hostile();
    let mut whole = 0;
    for question in QUESTIONS.iter().copied().chain(["export json --on 2025-02-17"]) {
        let said = desk.run(&[words(question), vec!["--json"]].concat(), "");
        assert_eq!(said.code, 0, "{question}: {}", said.err);
        let line = said.out.strip_suffix('\n').unwrap();
        assert!(!line.contains(|c: char| c < ' '), "{question}: JSON writes controls as escapes");
        let answer: Value = serde_json::from_str(line).unwrap();
        whole += usize::from(answer.to_string().contains(&json!(HOSTILE).to_string()));
    }
    assert!(whole > 5, "only {whole} have a text as it was written");
}

#[test]
fn no_export_carries_what_acts() {
    let (desk, _) = hostile();
    for export in EXPORTS {
        let said = desk.run(&words(export), "");
        assert_eq!(said.code, 0, "{export}: {}", said.err);
        let file = desk.path("wall.svg");
        let text = if export.ends_with("svg") { std::fs::read_to_string(file).unwrap() } else { said.out };
        // RFC 5545 has the tab in texts, and a cell may hold one, too, but not begin with it.
        let may_tab = ["export ics", "export csv"].iter().any(|start| export.starts_with(start));
        tame(export, &if may_tab { text.replace('\t', " ") } else { text.clone() });
        let is_page = export.ends_with("svg");
        assert!(!is_page || !text.contains("<script") && !text.contains("href"), "{export}");
    }
}

/// The lines of a calendar with their names, unfolded.
fn properties(calendar: &str) -> Vec<String> {
    for line in calendar.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n', '\u{85}', '\u{2028}', '\u{2029}']), "{line:?}");
    }
    let unfolded = calendar.replace("\r\n ", "");
    unfolded.split_terminator("\r\n").map(|line| line.split([':', ';']).next().unwrap().to_owned()).collect()
}

#[test]
fn one_property_stays_one_property_and_one_row_one_row() {
    let (hostile, _) = hostile();
    let (plain, _) = logged(&entries("H", "long", "javascript:alert(1)"));
    let calendar = |desk: &Desk| properties(&desk.ask("export ics --on 2025-02-17 --cancelled keep"));
    let found = calendar(&hostile);
    assert_eq!(found, calendar(&plain), "the same properties in the same order, whatever is in them");
    assert!(found.len() > 60 && !found.contains(&"URL".to_owned()), "{found:?}");
    let shape = |desk: &Desk| -> Vec<usize> {
        let table = desk.ask("export csv --on 2025-02-17");
        let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(table.as_bytes());
        reader.records().map(|row| row.unwrap().len()).collect()
    };
    let rows = shape(&hostile);
    assert!(rows.len() > 5 && rows.iter().all(|cells| *cells == rows[0]), "{rows:?}");
    assert_eq!(rows, shape(&plain));
}

#[test]
fn a_link_is_one_that_only_leads_somewhere() {
    for (url, is_link) in [
        ("https://example.org/a?b=c&d=e,f;g", true),
        ("http://example.org", true),
        // A report is read on the web: these are allowed in a calendar, but lead to none.
        ("mailto:desk@example.org", false),
        ("tel:+1-202-555-0100", false),
        ("HTTPS://EXAMPLE.ORG", true),
        ("javascript:alert(1)", false),
        ("JaVaScRiPt:alert(1)", false),
        (" javascript:alert(1)", false),
        ("java\nscript:alert(1)", false),
        ("data:text/html,<script>alert(1)</script>", false),
        ("vbscript:x", false),
        ("file:///etc/passwd", false),
        ("https://example.org/\r\nATTACH:x", false),
        ("https://example.org/\nATTACH:x", false),
        ("https://example.org/\rATTACH:x", false),
        ("https://example.org/\u{85}ATTACH:x", false),
        ("https://example.org/\u{2028}ATTACH:x", false),
        ("https://example.org/\u{202e}gpj.exe", false),
        ("https://example.org/\u{200b}", false),
        ("https://example.org/\"><script>", false),
        ("//example.org", false),
        ("../../etc/passwd", false),
    ] {
        let (desk, _) = logged(&entries("H", "long", url)[..13]);
        let names = properties(&desk.ask("export ics --on 2025-02-17"));
        assert_eq!(names.contains(&"URL".to_owned()), is_link, "{url:?}");
        assert!(!names.contains(&"ATTACH".to_owned()), "{url:?}");
    }
}

#[test]
fn letters_of_any_length_are_folded_whole() {
    for letter in ["a", "é", "外", "🕊"] {
        for length in 15..=40 {
            let title = letter.repeat(length);
            let desk = Desk::new().logged(&[&format!("propose talks --title {title} --when 2025-02-18 --at riyadh")]);
            let calendar = desk.ask("export ics --on 2025-02-17");
            properties(&calendar);
            let unfolded = calendar.replace("\r\n ", "");
            let summary = unfolded.lines().find(|line| line.starts_with("SUMMARY:")).unwrap();
            assert!(summary.contains(&title), "{summary}");
        }
    }
}

#[test]
fn no_cell_is_a_formula_and_numbers_stay_numbers() {
    for start in ["=", "+", "-", "@", "\t", "\r", "\n=", "\t\r=", " \u{200b}=", "\u{202e}="] {
        let text = format!("{start}HYPERLINK(\"https://example.org\")");
        let (desk, _) = logged(&entries(&text, &text, "https://example.org"));
        let table = desk.ask("export csv --on 2025-02-17");
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let (mut cells, mut numbers) = (0, 0);
        for row in reader.records() {
            for cell in &row.unwrap() {
                let is_number = cell.parse::<f64>().is_ok();
                numbers += usize::from(is_number);
                cells += usize::from(cell.contains("HYPERLINK"));
                assert!(is_number || !cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n']), "{cell:?}");
            }
        }
        assert!(cells > 5 && numbers > 5, "{cells} cells, {numbers} numbers");
    }
}

/// File names come from the person who asks, never from what is in a log.
#[test]
fn nothing_outside_the_folder_is_touched() {
    let desk = Desk::new()
        .logged(&["official con \"../../Con\" --party us", "presence con --at riyadh --when 2025-02-17 --quote ../../x"]);
    let long = "x".repeat(64);
    assert_eq!(desk.log(&[&format!("official {long} Name")]).code, 0, "64 characters are an id, and so is con");
    for export in ["export ics --on 2025-02-17 -o out.ics", "export csv -o out.csv", "itinerary con --on 2025-02-17 -o out.svg"] {
        assert_eq!(desk.run(&words(export), "").code, 0);
    }
    let mut there: Vec<String> =
        std::fs::read_dir(desk.path("")).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    there.sort();
    assert_eq!(there, ["entry.day", "events", "out.csv", "out.ics", "out.svg"]);
}
