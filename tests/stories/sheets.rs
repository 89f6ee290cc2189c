//! A table comes in by a map: what becomes of its rows, what a second import does, what a bad row or map is told.

use serde_json::{Value, json};

use crate::desk::{Desk, Said};

const MAP: &str = r#"
[columns]
who = { split = ";" }
city = { split = "," }
from = { date = "%d/%m/%Y" }
to = { date = "%d/%m/%Y" }

[source]
outlet = "Planning desk"
published = "{as_of}"
record = "{no}"

[[event]]
kind = "presence"
officials = "{who}"
place = { name = "{city}", country = "{country}" }
when = ["{from}/{to}", "{from}"]
purpose = "{what}"
"#;

const HEAD: &str = "no,who,from,to,city,country,what,as_of\n";
const PARIS: &str = "1,macron,10/02/2025,11/02/2025,Paris,France,AI summit,2025-02-01\n";
const TWO: &str = "2,macron; barrot,18/02/2025,,\"Lyon, Marseille\",France,,2025-02-01\n";

/// A desk on 1 March 2025 that knows two officials and has the map.
fn desk() -> Desk {
    let desk = Desk::new().at("2025-03-01T12:00:00Z").logged(&[
        "official macron \"Emmanuel Macron\" --party fr --rank head_of_state",
        "official barrot \"Jean-Noël Barrot\" --party fr --rank foreign_minister",
    ]);
    std::fs::write(desk.path("map.toml"), MAP).unwrap();
    desk
}

fn import(desk: &Desk, rows: &[&str], more: &str) -> Said {
    std::fs::write(desk.path("plan.csv"), format!("{HEAD}{}", rows.concat())).unwrap();
    let mut words = vec!["import", "plan.csv", "--map", "map.toml"];
    words.extend(more.split_whitespace());
    desk.run(&words, "")
}

/// Imports; the line of counts.
fn counts(desk: &Desk, rows: &[&str], more: &str) -> String {
    let said = import(desk, rows, more);
    assert_eq!(said.code, 0, "{}", said.err);
    said.out.trim_end().to_owned()
}

/// Every stop of an official in a year: place, from, to.
fn stops(desk: &Desk, official: &str, more: &str) -> Vec<String> {
    let answer = desk.json(&format!("itinerary {official} --from 2025-01-01 --to 2025-12-31 {more}"));
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let one = |stop: &Value| format!("{} {} {}", text(&stop["name"]), text(&stop["from"]), text(&stop["to"]));
    answer["stops"].as_array().unwrap().iter().map(one).collect()
}

#[test]
fn a_row_is_an_entry_and_a_cell_may_hold_several() {
    let desk = desk();
    assert_eq!(counts(&desk, &[PARIS, TWO], ""), "2 rows: 2 added, 0 changed, 0 there already, 0 refused; 0 taken back");
    assert_eq!(
        stops(&desk, "macron", ""),
        ["Paris 2025-02-10 2025-02-11", "Lyon 2025-02-18 2025-02-18", "Marseille 2025-02-18 2025-02-18"]
    );
    assert_eq!(stops(&desk, "barrot", ""), ["Lyon 2025-02-18 2025-02-18", "Marseille 2025-02-18 2025-02-18"]);
    let entry = &desk.lines_of("events/000001.jsonl")[1];
    assert_eq!(entry["source"], json!({"outlet": "Planning desk", "published": "2025-02-01", "record": "1"}));
}

#[test]
fn the_same_file_adds_nothing_and_a_changed_row_replaces() {
    let desk = desk();
    counts(&desk, &[PARIS, TWO], "");
    assert_eq!(counts(&desk, &[TWO, PARIS], ""), "2 rows: 0 added, 0 changed, 2 there already, 0 refused; 0 taken back");
    let moved = TWO.replace("Lyon, Marseille", "Nice").replace("2025-02-01", "2025-02-05");
    assert_eq!(counts(&desk, &[PARIS, &moved], ""), "2 rows: 0 added, 1 changed, 1 there already, 0 refused; 0 taken back");
    assert_eq!(stops(&desk, "barrot", ""), ["Nice 2025-02-18 2025-02-18"]);
    assert_eq!(
        stops(&desk, "barrot", "--public-by 2025-02-04"),
        ["Lyon 2025-02-18 2025-02-18", "Marseille 2025-02-18 2025-02-18"]
    );
    // And back again, by a later edition: no earlier word counts beside the last.
    let back = TWO.replace("2025-02-01", "2025-02-07");
    assert!(counts(&desk, &[PARIS, &back], "").contains("1 changed"));
    assert_eq!(stops(&desk, "barrot", ""), ["Lyon 2025-02-18 2025-02-18", "Marseille 2025-02-18 2025-02-18"]);
    assert_eq!(desk.run(&["verify"], "").code, 0);
}

#[test]
fn an_older_edition_undoes_nothing() {
    let desk = desk();
    counts(&desk, &[&PARIS.replace("Paris", "Nice").replace("2025-02-01", "2025-02-06")], "");
    let said = import(&desk, &[PARIS], "");
    assert_eq!(said.out, "1 row: 0 added, 0 changed, 0 there already, 0 refused; 0 taken back\n");
    assert_eq!(said.err, "note: 1 row is left as the log has a later revision: line 2\n");
    assert_eq!(stops(&desk, "macron", ""), ["Nice 2025-02-10 2025-02-11"]);
}

#[test]
fn a_vanished_row_stays_unless_it_is_to_be_taken_back_and_may_return() {
    let desk = desk();
    counts(&desk, &[PARIS, TWO], "--published 2025-02-01");
    let said = import(&desk, &[TWO], "--published 2025-02-05");
    assert_eq!(said.err, "note: 1 row of this list no longer in it, and kept: 1; --retract-missing takes back what it said\n");
    assert_eq!(stops(&desk, "macron", "")[0], "Paris 2025-02-10 2025-02-11");
    let missing = "--published 2025-02-05 --retract-missing";
    assert!(counts(&desk, &[TWO], missing).ends_with("1 there already, 0 refused; 1 taken back"));
    assert_eq!(stops(&desk, "macron", "").len(), 2, "Lyon and Marseille");
    assert_eq!(stops(&desk, "macron", "--public-by 2025-02-04").len(), 3, "the list as it stood");
    assert!(counts(&desk, &[TWO], missing).ends_with("0 taken back"), "once");
    assert!(counts(&desk, &[PARIS, TWO], "--published 2025-02-07 --retract-missing").contains("1 added"));
    for (day, count) in [("2025-02-04", 3), ("2025-02-06", 2), ("2025-02-08", 3)] {
        assert_eq!(stops(&desk, "macron", &format!("--public-by {day}")).len(), count, "{day}");
    }
}

#[test]
fn what_the_desk_took_back_is_not_told_again() {
    let desk = desk();
    counts(&desk, &[PARIS], "");
    desk.ask("retract 2 --reason wrong");
    assert!(counts(&desk, &[PARIS], "").contains("1 there already"));
    let other = PARIS.replace("AI summit", "Summit on artificial intelligence").replace("2025-02-01", "2025-02-05");
    assert!(counts(&desk, &[&other], "").contains("1 added"), "it says something else");
}

#[test]
fn all_rows_are_checked_before_the_first_is_written() {
    let desk = desk();
    let bad = [
        PARIS,
        "2,nobody,18/02/2025,,Lyon,France,,2025-02-01\n",
        "3,macron,2025-02-20,,Lyon,Frankreich?,,2025-02-01\n",
        "4,macron\n",
    ];
    let said = import(&desk, &bad, "");
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    for words in [
        "no official is called \"nobody\"\n  plan.csv, line 3\n",
        "column from: \"2025-02-20\" is no date of the form %d/%m/%Y\n  plan.csv, line 4\n",
        "the row has 2 cells, and the table 8 columns\n  plan.csv, line 5\n",
        "3 rows are refused; nothing was written. --keep-going writes the others",
    ] {
        assert!(said.err.contains(words), "{words}\n{}", said.err);
    }
    assert_eq!(desk.lines_of("events/000001.jsonl").len(), 1);
    let said = import(&desk, &bad, "--keep-going");
    assert_eq!(said.out, "4 rows: 1 added, 0 changed, 0 there already, 3 refused; 0 taken back\n");
    let rejected = std::fs::read_to_string(desk.path("plan.rejected.csv")).unwrap();
    assert!(rejected.starts_with(
        "no,who,from,to,city,country,what,as_of,daybook_record,daybook_line,daybook_reason\n2,nobody,18/02/2025,,Lyon,France,,2025-02-01,2,3,"
    ));
    assert_eq!(rejected.lines().count(), 4);
    // What was mended there is imported by the same map.
    let mended = rejected.replace("nobody", "barrot").replace("2025-02-20", "20/02/2025").replace("Frankreich?", "France");
    std::fs::write(desk.path("mended.csv"), mended).unwrap();
    let said = desk.run(&["import", "mended.csv", "--map", "map.toml", "--keep-going"], "");
    assert!(said.out.starts_with("3 rows: 2 added, 0 changed, 0 there already, 1 refused"), "{said:?}");
}

#[test]
fn places_are_where_they_lie_now_and_the_name_of_then_is_kept() {
    let desk = desk();
    let rows: Vec<String> = [
        ("Kiev", "U.S.S.R.", "kyiv"),
        ("", "U.S.S.R.", "russia"),
        ("Zagreb", "Yugoslavia", "zagreb"),
        ("Bonn", "Germany, Federal Republic of", "bonn"),
        ("Colombo", "Ceylon", "colombo"),
        ("Kinshasa", "Zaire", "kinshasa"),
        ("\"Mexico, D.F.\"", "Mexico", "mexico-city"),
        ("Calgary (Alberta)", "Canada", "calgary"),
        ("Algiers (Algeria)", "France", "algiers"),
        ("Chequers", "United Kingdom", "chequers-united-kingdom"),
    ]
    .iter()
    .enumerate()
    .map(|(at, (city, country, _))| format!("{at},macron,0{}/02/2025,,{city},\"{country}\",,2025-02-15\n", at % 9 + 1))
    .collect();
    let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
    let said = import(&desk, &rows, "");
    let lines = desk.lines_of("events/000001.jsonl");
    let told = |at: usize| lines[at + 1]["events"][0].clone();
    let places: Vec<Value> = (0..rows.len()).map(|at| told(at)["place"].clone()).collect();
    assert_eq!(
        json!(places),
        json!([
            "kyiv",
            "russia",
            "zagreb",
            "bonn",
            "colombo",
            "kinshasa",
            "mexico-city",
            "calgary",
            "algiers",
            "chequers-united-kingdom"
        ])
    );
    assert_eq!(told(0)["said"], json!({"place": "Kiev, U.S.S.R."}));
    assert_eq!(told(1)["said"], json!({"place": "U.S.S.R."}));
    assert!(desk.ask("explain 2.1").contains("is in Kyiv (\"Kiev, U.S.S.R.\")"));
    assert!(said.err.contains("\"Chequers, United Kingdom\"  (1 row, first in line 11)"), "{}", said.err);
    let chequers = lines[10]["events"].as_array().unwrap().iter().find(|event| event["name"] == "Chequers").unwrap().clone();
    assert_eq!((&chequers["within"], &chequers["lat"]), (&json!("united-kingdom"), &Value::Null), "where it is was not guessed");
}

#[test]
fn two_places_of_a_cell_are_two_and_a_misspelt_one_takes_nobodys_place() {
    let desk = desk();
    let row = |no: u8, city: &str| format!("{no},macron,0{no}/02/2025,,\"{city}\",United Kingdom,,2025-02-15\n");
    let said = import(&desk, &[&row(1, "London, Cornwall"), &row(2, "Lonndon"), &row(3, "London")], "");
    assert_eq!(said.code, 0, "{said:?}");
    let stops = stops(&desk, "macron", "");
    assert_eq!(stops[0..2], ["London 2025-02-01 2025-02-01", "Cornwall 2025-02-01 2025-02-01"]);
    assert_eq!(stops[2..], ["Lonndon 2025-02-02 2025-02-02", "London 2025-02-03 2025-02-03"]);
    // The map says what is meant; the row becomes an update.
    std::fs::write(desk.path("map.toml"), format!("{MAP}\n[places]\n\"Lonndon\" = \"London\"\n")).unwrap();
    assert!(
        counts(&desk, &[&row(1, "London, Cornwall"), &row(2, "Lonndon"), &row(3, "London")], "")
            .contains("1 changed, 2 there already")
    );
}

#[test]
fn who_is_who_is_said_once_and_people_are_meant_by_the_words_of_their_row() {
    let desk = Desk::new().at("2025-03-01T12:00:00Z");
    let map = "[source]\noutlet = \"Visits\"\nrecord = \"{id}\"\n\n[[event]]\nkind = \"official\"\nofficial = \"{name} {of}\"\nname = \"{name}\"\n\n\
               [[event]]\nkind = \"presence\"\nofficials = \"{name} {of}\"\nplace = \"United States\"\nwhen = \"{day}\"\n";
    std::fs::write(desk.path("visits.toml"), map).unwrap();
    let rows = "id\tname\tof\tday\n1\tKing Hussein\tJordan\t1959-03-24\n2\tKing Hussein\tJordan\t1964-04-14\n3\tKing Hussein\tHejaz\t1920-01-01\n";
    std::fs::write(desk.path("visits.tsv"), rows).unwrap();
    let import = || desk.run(&["import", "visits.tsv", "--map", "visits.toml"], "").out;
    assert_eq!(import(), "3 rows: 3 added, 0 changed, 0 there already, 0 refused; 0 taken back\n");
    assert_eq!(import(), "3 rows: 0 added, 0 changed, 3 there already, 0 refused; 0 taken back\n");
    let jordan = desk.json("itinerary king-hussein-jordan --from 1950-01-01 --to 1970-01-01");
    assert_eq!(jordan["stops"].as_array().unwrap().len(), 2);
    assert_eq!(
        desk.lines_of("events/000001.jsonl")[1]["events"].as_array().unwrap().len(),
        1,
        "the second row says only where he was"
    );
}

#[test]
fn a_map_that_is_wrong_says_where() {
    let desk = desk();
    for (map, says) in [
        (MAP.replace("outlet = \"Planning desk\"\n", ""), "[source] does not say who publishes it"),
        (MAP.replace("{city}", "{town}"), "the map names a column \"town\", and the table has none"),
        (MAP.replace("{city}", "{city"), "a brace is opened and not closed"),
        (MAP.replace("purpose", "porpoise"), "\"porpoise\" is no field of an event"),
        (MAP.replace("\"presence\"", "\"presents\""), "\"presents\" is no kind of event"),
        (MAP.replace("[source]", "[source"), "map.toml, line 8"),
        (format!("{MAP}\n[places]\n\"Lutetia\" = \"Nowhereville\"\n"), "no place is called \"Nowhereville\""),
    ] {
        std::fs::write(desk.path("map.toml"), &map).unwrap();
        let said = import(&desk, &[PARIS], "");
        assert_eq!(said.code, 1, "{says}");
        assert!(said.err.contains(says), "{says}\n{}", said.err);
    }
    let said = desk.run(&["import", "plan.csv"], "");
    assert_eq!(said.code, 2);
    assert!(said.err.contains("is a table, and it is not said what its columns mean"), "{}", said.err);
}

#[test]
fn rows_of_one_key_are_told_apart_by_their_order() {
    let desk = desk();
    let again = PARIS.replace("10/02/2025,11/02/2025,Paris", "20/02/2025,20/02/2025,Nice");
    let said = import(&desk, &[PARIS, &again, PARIS], "");
    assert_eq!(said.out, "3 rows: 2 added, 0 changed, 1 there already, 0 refused; 0 taken back\n");
    assert!(said.err.contains("1 row bears the key of another and says something else"), "{}", said.err);
    assert!(counts(&desk, &[PARIS, &again], "").contains("2 there already"));
}

#[test]
fn the_answer_for_programs_names_everything() {
    let desk = desk();
    import(&desk, &[PARIS], "");
    let moved = PARIS.replace("Paris", "Brégançon").replace("2025-02-01", "2025-02-05");
    let said: Value = serde_json::from_str(&import(&desk, &[&moved, TWO], "--dry-run --json").out).unwrap();
    assert_eq!((&said["rows"], &said["new"], &said["already"]), (&json!(2), &json!(1), &json!(0)));
    assert_eq!(said["changed"], json!([{"record": "1", "of": "2.1"}]));
    assert_eq!(said["unplaced"][0]["name"], "Brégançon");
    assert_eq!(said["first"][0]["events"][0]["place"], "bregancon-france");
    assert_eq!(desk.lines_of("events/000001.jsonl").len(), 2, "nothing was written");
}

#[test]
fn a_rejected_row_keeps_its_key_and_its_file_is_no_list() {
    let desk = desk();
    let second = PARIS.replace("Paris", "Nice").replace("macron", "nobody");
    let said = import(&desk, &[PARIS, &second], "--keep-going");
    assert!(said.out.starts_with("2 rows: 1 added"), "{said:?}");
    let mended = std::fs::read_to_string(desk.path("plan.rejected.csv")).unwrap().replace("1,nobody", "1,macron");
    std::fs::write(desk.path("mended.csv"), mended).unwrap();
    let said = desk.run(&["import", "mended.csv", "--map", "map.toml", "--retract-missing"], "");
    assert!(said.err.starts_with("error: these are the rejected rows of a list, and not all of it"), "{said:?}");
    let said = desk.run(&["import", "mended.csv", "--map", "map.toml"], "");
    assert_eq!((said.out.starts_with("1 row: 1 added, 0 changed"), said.err.as_str()), (true, ""), "{said:?}");
    assert_eq!(stops(&desk, "macron", "").len(), 2, "neither took the place of the other");
    let said = desk.run(&["import", "mended.csv", "--map", "map.toml", "--keep-going", "--rejected", "mended.csv"], "");
    assert_eq!(said.code, 0, "nothing is rejected, and nothing overwritten: {said:?}");
}

#[test]
fn nothing_stands_in_the_way_of_rejected_rows_and_is_overwritten() {
    let desk = desk();
    for file in ["plan.csv", "map.toml"] {
        let said =
            import(&desk, &[PARIS, "2,nobody,18/02/2025,,Lyon,France,,2025-02-01\n"], &format!("--keep-going --rejected {file}"));
        assert!(said.err.contains("is in the way of the rejected rows"), "{said:?}");
    }
    assert_eq!(desk.lines_of("events/000001.jsonl").len(), 1, "nothing was written");
    assert_eq!(import(&desk, &[PARIS], "--rejected no.csv").code, 2);
}

#[test]
fn an_older_edition_brings_nothing_back_that_a_later_one_let_fall() {
    let desk = desk();
    counts(&desk, &[PARIS, TWO], "--published 2025-02-01");
    counts(&desk, &[TWO], "--published 2025-02-05 --retract-missing");
    let said = import(&desk, &[PARIS, TWO], "--published 2025-02-03");
    assert_eq!(said.out, "2 rows: 0 added, 0 changed, 1 there already, 0 refused; 0 taken back\n");
    assert_eq!(stops(&desk, "macron", "").len(), 2);
}

#[test]
fn a_table_without_rows_takes_nothing_back_and_an_embargo_covers_what_is() {
    let desk = desk();
    counts(&desk, &[PARIS, TWO], "");
    let said = import(&desk, &[], "--retract-missing");
    assert!(said.err.contains("the table has no rows, so that all of the list would be missing"), "{said:?}");
    counts(&desk, &[TWO], "--published 2025-02-05 --retract-missing --embargo 2030-01-01");
    assert_eq!(stops(&desk, "macron", "--public-by 2025-02-20").len(), 3, "not public yet");
}

#[test]
fn a_row_that_no_event_is_about_any_more_is_missing() {
    let desk = desk();
    std::fs::write(
        desk.path("map.toml"),
        MAP.replace("purpose = ", "only_if = { what = [\"AI summit\", \"Visit\"] }\npurpose = "),
    )
    .unwrap();
    let said = import(&desk, &[PARIS, TWO], "");
    assert_eq!(said.out, "2 rows: 1 added, 0 changed, 0 there already, 0 refused; 0 taken back\n");
    assert_eq!(said.err, "note: 1 row is one that no event of the map is about\n");
    let off = PARIS.replace("AI summit", "off");
    assert!(counts(&desk, &[&off, TWO], "--retract-missing").ends_with("1 taken back"));
    assert_eq!(stops(&desk, "macron", ""), [""; 0]);
}

#[test]
fn meetings_and_places_of_rows_are_known_again_too() {
    let desk = desk();
    let map = "[source]\noutlet = \"Summits\"\nrecord = \"{no}\"\npublished = \"2025-02-01\"\n\n[[event]]\nkind = \"place\"\nplace = \"{city}\"\n\
               name = \"{city}\"\nwithin = \"France\"\n\n[[event]]\nkind = \"meeting_held\"\nmeeting = \"{what}\"\nparticipants = [\"macron\", \"barrot\"]\n\
               place = \"{city}\"\nwhen = \"{from}\"\n";
    std::fs::write(desk.path("map.toml"), map).unwrap();
    let row = "1,,2025-02-10,,Bregancon,,talks at the fort,\n";
    assert!(counts(&desk, &[row], "").contains("1 added"));
    let title = desk.json("meeting talks-at-the-fort")["title"].clone();
    assert!(counts(&desk, &[row], "").contains("1 there already"));
    assert!(counts(&desk, &[&row.replace("-10", "-11")], "").contains("1 changed"));
    assert!(counts(&desk, &[&row.replace("-10", "-11")], "").contains("1 there already"));
    let meeting = desk.json("meeting talks-at-the-fort");
    assert_eq!((&meeting["title"], &meeting["when"]), (&title, &json!("2025-02-11")), "what the door said of it stays");
}

#[test]
fn a_list_may_get_another_title() {
    let desk = desk();
    let titled = |title: &str| {
        std::fs::write(desk.path("map.toml"), MAP.replace("[source]", &format!("[source]\ntitle = \"{title}\""))).unwrap()
    };
    titled("Journeys 2024");
    counts(&desk, &[PARIS, TWO], "");
    titled("Journeys 2025");
    assert!(counts(&desk, &[TWO], "--retract-missing").ends_with("1 taken back"));
    titled("Another list");
    let other = "9,macron,01/02/2025,,Nice,France,,2025-02-01\n";
    assert!(counts(&desk, &[other], "--retract-missing").ends_with("0 taken back"), "it is not the same list");
}
