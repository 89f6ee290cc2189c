//! Timelines: which days and whom they show, on a terminal and as a picture that another parser reads.

use serde_json::{Value, json};

use super::{desk, text};
use crate::desk::Desk;

/// Two weeks of three people, with a contradiction and names that try to break out of the picture.
fn busy() -> Desk {
    desk().logged(&[
        "source --outlet \"<Wire & 'Sons'>\" --published 2025-05-02",
        "official rubio \"Marco </text><script>alert(1)</script> & \\\"Sons\\\"\" --party us",
        "official wang \"王毅外交部長\" --party cn",
        "official salman \"محمد بن سلمان\" --party sa",
        "presence rubio --at ankara --when 2025-05-02/2025-05-04 --quote \"seen <there> & then\"",
        "presence rubio --at doha --when 2025-05-03/2025-05-05",
        "travel rubio --to london --depart 2025-05-12 --arrive 2025-05-13",
        "presence wang --at tokyo --when 2025-05-03/2025-05-07",
        "presence wang --at beijing --when 2025-05-07/2025-05-08",
        "presence salman --at \"saudi arabia\" --when 2025-05-07/2025-05-12",
        "presence salman --at riyadh --when 2025-05-10/2025-05-11",
        "confirm talks --title \"Talks <&> \\\"peace\\\"\" --when 2025-05-09 --at riyadh --by us --by sa --principals rubio,salman",
        "propose summit --when \"[2025-05-06..2025-05-10]\" --at \"geneva?\" --principals salman,wang --title Summit",
    ])
}

/// The ids of the rows.
fn rows(chart: &Value) -> Vec<String> {
    chart["rows"].as_array().unwrap().iter().map(|row| text(&row["official"])).collect()
}

#[test]
fn everybody_of_whom_something_is_known_stands_by_party_and_then_by_name() {
    let chart = busy().json("itinerary --chart --on 2025-05-06");
    assert_eq!(rows(&chart), ["wang", "salman", "rubio"], "China, Saudi Arabia, United States");
    let named = busy().json("itinerary rubio grossi wang --chart --on 2025-05-06");
    assert_eq!(rows(&named), ["rubio", "grossi", "wang"], "who is named has a row, in the order named");
}

#[test]
fn a_chart_shows_three_days_before_and_two_weeks_after_and_no_empty_edge() {
    let desk = desk().told("2025-05-01", "presence rubio --at ankara --when 2025-04-20/2025-06-20");
    let days = |question: &str| {
        let chart = desk.json(question);
        (text(&chart["from"]), text(&chart["to"]))
    };
    let given = |from: &str, to: &str| (from.to_owned(), to.to_owned());
    assert_eq!(days("itinerary --chart --on 2025-05-10"), given("2025-05-07", "2025-05-24"));
    assert_eq!(days("itinerary --chart --on 2025-06-18"), given("2025-06-15", "2025-06-20"), "nothing is known after");
    assert_eq!(days("itinerary --chart --on 2025-04-19"), given("2025-04-19", "2025-05-03"), "nothing is known before");
    assert_eq!(days("itinerary --chart --on 2025-05-10 --to 2025-08-01"), given("2025-05-07", "2025-08-01"), "asked for");
    assert_eq!(days("itinerary --chart --on 2025-05-10 --to 2025-05-01"), given("2025-04-20", "2025-05-01"));
}

#[test]
fn a_stop_is_clipped_carried_and_marked_where_it_is_contradicted() {
    let chart = busy().json("itinerary rubio --chart --from 2025-05-03 --to 2025-05-14");
    let bars = chart["rows"][0]["bars"].as_array().unwrap();
    let short = |bar: &Value| {
        let stretches = bar["stretches"].as_array().unwrap().iter();
        let stretches = stretches.map(|one| format!("{} {} {}", text(&one["standing"]), text(&one["from"]), text(&one["to"])));
        (
            text(&bar["place"]),
            bar["began_before"].clone(),
            bar["goes_on"].clone(),
            stretches.collect::<Vec<_>>(),
            bar["conflicts"].clone(),
        )
    };
    let clash = json!([{"from": "2025-05-03", "to": "2025-05-04"}]);
    let planned = |from: &str, to: &str| format!("planned {from} {to}");
    assert_eq!(
        bars.iter().map(short).collect::<Vec<_>>(),
        [
            ("ankara".into(), json!(true), json!(false), vec![planned("2025-05-03", "2025-05-04")], clash.clone()),
            ("doha".into(), json!(false), json!(false), vec![planned("2025-05-03", "2025-05-05")], clash),
            (
                "riyadh".into(),
                json!(false),
                json!(false),
                vec!["confirmed 2025-05-09 2025-05-09".into(), "presumed 2025-05-10 2025-05-11".into()],
                json!([]),
            ),
            (
                "london".into(),
                json!(false),
                json!(false),
                vec![planned("2025-05-13", "2025-05-13"), "presumed 2025-05-14 2025-05-14".into()],
                json!([]),
            ),
        ],
        "the carry of Riyadh ends with the journey of the 12th, that of London is beyond what is shown"
    );
}

#[test]
fn a_terminal_shows_all_days_however_narrow_it_is() {
    for width in [20, 40, 200] {
        let said = busy().wide(width).ask("itinerary rubio --chart --from 2025-05-01 --to 2025-05-20");
        assert!(said.lines().any(|line| line.contains('█') || line.contains('▓') || line.contains('▒')), "{said}");
        assert!(said.lines().all(|line| line.chars().count() <= width), "{said}");
    }
    let nothing = busy().wide(200).ask("itinerary --chart --on 2026-01-01");
    assert!(nothing.contains("something is known of 2–13 May 2025: --from 2025-05-02 --to 2025-05-13"), "{nothing}");
}

/// What a picture must hold: the chart of the same question, element by element.
fn held(desk: &Desk, question: &str) -> String {
    assert_eq!(desk.ask(&format!("itinerary {question} -o wall.svg")), "");
    let svg = std::fs::read_to_string(desk.path("wall.svg")).unwrap();
    let chart = desk.json(&format!("itinerary {question} -o again.svg"));
    assert_eq!(std::fs::read_to_string(desk.path("again.svg")).unwrap(), svg, "the same bytes");
    let read = roxmltree::Document::parse(&svg).unwrap();
    let root = read.root_element();
    assert_eq!((root.tag_name().name(), root.attribute("role")), ("svg", Some("img")));
    assert!(!svg.contains("<script") && !svg.contains("href"), "it stands alone");
    let size = |name: &str| root.attribute(name).unwrap().parse::<f64>().unwrap();
    let (wide, high) = (size("width"), size("height"));
    let with = |class: &'static str| read.descendants().filter(move |node| node.attribute("class") == Some(class));
    let rows = chart["rows"].as_array().unwrap();
    let drawn: Vec<&str> = with("row").map(|row| row.attribute("data-official").unwrap()).collect();
    assert_eq!(drawn, self::rows(&chart));
    for (node, row) in with("row").zip(rows) {
        let inside = |class: &str| node.descendants().filter(|one| one.attribute("class") == Some(class)).count();
        let count = |field: &str| row[field].as_array().unwrap().len();
        assert_eq!((inside("stop"), inside("leg"), inside("meeting")), (count("bars"), count("legs"), count("meetings")));
        let name = node.descendants().find(|one| one.attribute("class") == Some("name")).unwrap();
        assert_eq!(name.descendants().find(|one| one.has_tag_name("title")).unwrap().text(), row["name"].as_str());
        for standing in ["observed", "confirmed", "planned", "uncertain", "presumed"] {
            let stretches = row["bars"].as_array().unwrap().iter().flat_map(|bar| bar["stretches"].as_array().unwrap());
            let expected = stretches.filter(|one| one["standing"] == standing).count();
            assert_eq!(inside(standing), expected, "{standing}");
        }
    }
    let number =
        |node: &roxmltree::Node<'_, '_>, name: &str| node.attribute(name).map_or(0.0, |text| text.parse::<f64>().unwrap());
    for node in read.descendants().filter(|node| node.has_tag_name("rect")) {
        let (x, y) = (number(&node, "x"), number(&node, "y"));
        assert!(x >= 0.0 && y >= 0.0 && x + number(&node, "width") <= wide && y + number(&node, "height") <= high, "{node:?}");
    }
    // Texts of one line do not stand on each other, at half the size for a letter and the whole for one of a wide script.
    let mut boxes: Vec<(f64, f64, f64, String)> = Vec::new();
    for node in read.descendants().filter(|node| node.has_tag_name("text")) {
        let (x, y, text) = (number(&node, "x"), number(&node, "y"), node.text().unwrap().to_owned());
        let letter = |c: char| if u32::from(c) > 0x2e80 { 1.0 } else { 0.5 };
        let room = text.chars().map(letter).sum::<f64>() * number(&node, "font-size");
        let from = match node.attribute("text-anchor") {
            Some("middle") => x - room / 2.0,
            Some("end") => x - room,
            _ => x,
        };
        assert!(from >= 0.0 && from + room <= wide && y <= high, "{text} leaves the picture: {from}+{room} of {wide}");
        boxes.push((y, from, from + room, text));
    }
    for (at, (y, from, to, text)) in boxes.iter().enumerate() {
        for (other_y, other_from, other_to, other) in &boxes[at + 1..] {
            let apart = (y - other_y).abs() >= 9.0 || to <= other_from || other_to <= from;
            assert!(apart, "{text} and {other} stand on each other");
        }
    }
    svg
}

#[test]
fn a_picture_holds_what_the_chart_says_whatever_the_names() {
    for question in
        ["--on 2025-05-06", "rubio --on 2025-05-06", "--from 2025-05-01 --to 2025-12-31", "--from 2020-01-01 --to 2029-12-31"]
    {
        let svg = held(&busy(), question);
        assert!(svg.contains("&lt;script&gt;"), "the name is there, as a text");
    }
    let svg = held(&Desk::shipped(), "--on 2025-02-17 --public-by 2025-02-17");
    assert!(svg.contains("2.1 Alejandro Baños, 17"), "the tooltips name the sources");
    held(&Desk::shipped(), "--on 2025-02-17");
    held(&Desk::new(), "--on 2025-02-17");
}

/// A wall outlives the day: without `--on` the day is that of the last entry.
#[test]
fn a_picture_does_not_depend_on_when_it_is_drawn() {
    let drawn = |now: &str| {
        let desk = busy().at(now);
        assert_eq!(desk.ask("itinerary -o wall.svg"), "");
        std::fs::read(desk.path("wall.svg")).unwrap()
    };
    assert_eq!(drawn("2025-05-02T12:00:00Z"), drawn("2031-12-31T00:00:00Z"));
}

#[test]
fn what_is_under_embargo_is_in_no_picture_unless_it_is_asked_for() {
    let desk = desk().logged(&[
        "source --outlet Wire --published 2025-05-01 --embargo 2025-06-01T06:00:00Z",
        "presence rubio --at ankara --when 2025-05-01",
    ]);
    let draws = |question: &str| {
        assert_eq!(desk.ask(&format!("itinerary rubio --on 2025-05-01 -o wall.svg{question}")), "");
        std::fs::read_to_string(desk.path("wall.svg")).unwrap().contains("Ankara")
    };
    assert!(!draws(""));
    assert!(draws(" --include-embargoed"));
}

#[test]
fn a_picture_replaces_no_log_and_bears_its_ending() {
    let desk = busy();
    for (question, code) in
        [("itinerary -o events/wall.svg", 1), ("itinerary rubio -o wall.png", 2), ("itinerary", 2), ("itinerary rubio wang", 2)]
    {
        let said = desk.run(&question.split(' ').collect::<Vec<_>>(), "");
        assert_eq!((said.code, said.out.as_str()), (code, ""), "{question}");
        assert!(said.err.contains("hint:"), "{question}: {}", said.err);
    }
}

#[test]
fn a_timeline_of_ages_is_drawn_at_once() {
    let desk = desk().told("2025-05-02", "presence rubio --at riyadh --when 2025-05-02");
    let start = std::time::Instant::now();
    let said = desk.ask("itinerary rubio --chart --from 0001-01-01 --to 9999-12-31");
    assert!(said.contains("Riyadh") && said.contains("a column is about"), "{said}");
    held(&desk, "rubio --from 0001-01-01 --to 9999-12-31");
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}
