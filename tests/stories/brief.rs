//! The morning meeting's page.

use crate::desk::{Desk, Said};
use crate::large;

/// The parts of the page, in the order in which they stand.
const TITLES: [&str; 7] = ["where they are", "today", "that day", "the next seven days", "undated", "changed", "to chase"];

/// A part of the page: its title, which may take more lines than one, and the lines under it.
fn part<'p>(page: &'p str, title: &str) -> (String, Vec<&'p str>) {
    let own = page.lines().skip_while(|line| !line.starts_with(title));
    let ends = |line: &&str| line.is_empty() || TITLES.iter().any(|other| *other != title && line.starts_with(other));
    let (title, lines): (Vec<&str>, Vec<&str>) = own.take_while(|line| !ends(line)).partition(|line| !line.starts_with(' '));
    (title.join(" "), lines)
}

#[test]
fn a_desk_of_two_hundred_officials_gets_one_screen_with_everything_on_it_counted() {
    let desk = large::desk();
    let all = desk.json("brief");
    let count = |what: &str| all[what].as_array().unwrap().len();
    assert!(count("coming") > 40 && count("changes") > 20 && count("chase") > 20, "a page with nothing to cut proves nothing");
    let mut desk = desk;
    for (width, rows) in [(80, 24), (80, 50), (100, 40), (200, 24), (200, 60)] {
        desk = desk.wide(width).tall(rows);
        let Said { out: page, .. } = desk.run(&["brief"], "");
        assert!(page.lines().count() < rows, "{} lines of {rows}:\n{page}", page.lines().count());
        for line in page.lines() {
            assert!(line.chars().count() <= width, "{line}");
        }
        for title in ["today", "undated", "changed", "to chase"] {
            let (head, lines) = part(&page, title);
            assert!(!lines.is_empty(), "{title} is missing in\n{page}");
            let counted = lines.iter().any(|line| line.contains("… and ")) || head.contains(" of ");
            assert!(counted, "{title} is cut and does not say so: {lines:?}");
        }
        let unknown = format!("unknown {}, ", count("unknown"));
        assert!(part(&page, "where they are").1[0].contains(&unknown), "{page}");
        let (_, lines) = part(&page, "the next seven days");
        let labels = lines.iter().map(|line| line.trim_start().split("  ").next().unwrap());
        let week: Vec<&str> = labels.filter(|label| *label != "later").collect();
        let days = ["Sun 1 Jun", "Mon 2 Jun", "Tue 3 Jun", "Wed 4 Jun", "Thu 5 Jun", "Fri 6 Jun", "Sat 7 Jun"];
        assert_eq!(week, days[..if rows > 24 { 7 } else { week.len().max(2) }], "{page}");
    }
    let whole = desk.ask("brief --all");
    assert!(!whole.contains("… and "), "nothing is cut");
}

#[test]
fn the_shipped_log_fits_the_smallest_of_terminals() {
    for (width, rows) in [(80, 24), (100, 24), (200, 24)] {
        let page = Desk::shipped().wide(width).tall(rows).ask("brief --on 2025-02-17");
        assert!(page.lines().count() < rows, "{page}");
        for shown in
            ["Riyadh", "Sergei Lavrov and Yuri Ushakov leave for Riyadh", "US–Russia talks", "Trump–Putin meeting", "silent"]
        {
            assert!(page.contains(shown), "{shown} is missing in\n{page}");
        }
    }
}

#[test]
fn each_line_of_the_page_names_outlet_age_and_reference() {
    let page = Desk::shipped().wide(200).ask("brief --on 2025-02-17");
    for title in ["that day", "the next seven days", "undated", "changed", "to chase"] {
        let (_, lines) = part(&page, title);
        assert!(!lines.is_empty(), "{title} is missing in\n{page}");
        for line in lines {
            let cited = line.trim_end().ends_with("Alejandro Baños, today");
            let reference =
                line.split_whitespace().any(|word| word.starts_with("2.") && word[2..].bytes().all(|b| b.is_ascii_digit()));
            assert!(cited && reference, "{line}");
        }
    }
}

/// A desk on a Thursday, with what was reported on the two days before.
fn desk() -> Desk {
    Desk::new().at("2025-05-06T12:00:00Z").logged(&[
        "source --outlet Wire --published 2025-05-06",
        "official rubio \"Marco Rubio\" --party us --rank foreign_minister",
        "official lavrov \"Sergei Lavrov\" --party ru --rank foreign_minister",
        "official waltz \"Mike Waltz\" --party us",
        "confirm talks --title \"The talks\" --at riyadh --when 2025-05-12T10:00 --by us --principals rubio,lavrov",
        "travel rubio --to riyadh --depart 2025-05-11 --arrive 2025-05-12",
        "travel lavrov waltz --to riyadh --depart 2025-05-11",
        "presence waltz --at doha --when 2025-05-09/2025-05-10",
        "propose visit --title \"The visit\" --at ankara --when \"[2025-05-04..2025-05-10]\" --principals rubio,lavrov --by ru",
        "propose call --title \"The call\" --level call --when soon --principals rubio,lavrov",
        "confirm far --title \"Far ahead\" --at oslo --when 2025-07-01 --by us --principals rubio,lavrov",
    ])
}

/// What a day brings, as `day what`.
fn coming(desk: &Desk, question: &str) -> Vec<String> {
    let brief = desk.json(question);
    let line = |one: &serde_json::Value| {
        let movement = &one["movement"];
        let what = match one["meeting"]["meeting"].as_str() {
            Some(meeting) => meeting.to_owned(),
            None => {
                let who: Vec<&str> =
                    movement["officials"].as_array().unwrap().iter().map(|who| who["official"].as_str().unwrap()).collect();
                format!("{} {} {}", who.join("+"), movement["kind"].as_str().unwrap(), movement["to"].as_str().unwrap())
            }
        };
        format!("{} {what}", one["day"].as_str().unwrap())
    };
    brief["coming"].as_array().unwrap().iter().map(line).collect()
}

#[test]
fn what_is_coming_stands_by_date_with_those_who_go_together_on_one_line() {
    assert_eq!(
        coming(&desk(), "brief --on 2025-05-08"),
        [
            "2025-05-08 visit",
            "2025-05-09 waltz arrival doha",
            "2025-05-11 lavrov+waltz departure riyadh",
            "2025-05-11 rubio departure riyadh",
            "2025-05-12 talks",
            "2025-05-12 rubio arrival riyadh",
        ]
    );
}

#[test]
fn eight_days_are_told_and_no_more() {
    assert_eq!(
        coming(&desk(), "brief --on 2025-05-05 --public-by 2025-05-06").last().unwrap(),
        "2025-05-12 rubio arrival riyadh"
    );
    assert!(!coming(&desk(), "brief --on 2025-05-04 --public-by 2025-05-06").iter().any(|line| line.contains("talks")));
    assert_eq!(desk().json("brief --on 2025-05-08")["later"], 1, "what is later is counted");
}

#[test]
fn an_hour_is_told_at_the_place_and_at_the_desk() {
    let page = desk().ask("brief --on 2025-05-08");
    assert!(page.contains("The talks, Riyadh, 10:00 (Asia/Riyadh), 07:00 (UTC)"), "{page}");
}

#[test]
fn what_is_missing_is_chased_the_most_pressing_first() {
    let desk = desk();
    let chased = |question: &str| -> Vec<String> {
        let brief = desk.json(question);
        let wanting = brief["chase"].as_array().unwrap().iter().filter(|one| one["what"] == "meeting");
        wanting
            .map(|one| {
                format!("{} silent {} quiet {} closes {}", one["meeting"], one["silent"], one["quiet_days"], one["closes"])
            })
            .collect()
    };
    // Four days after the last report nobody has been silent for long; the window of the visit closes in three days' time, not in four.
    assert_eq!(
        chased("brief --on 2025-05-06"),
        [
            "\"visit\" silent [\"us\"] quiet null closes null",
            "\"talks\" silent [\"ru\"] quiet null closes null",
            "\"call\" silent [\"us\",\"ru\"] quiet null closes null",
        ]
    );
    assert_eq!(chased("brief --on 2025-05-07")[0], "\"visit\" silent [\"us\"] quiet null closes \"2025-05-10\"");
    assert!(chased("brief --on 2025-05-10").iter().all(|line| line.contains("quiet null")));
    assert!(chased("brief --on 2025-05-11").iter().all(|line| line.contains("quiet 5")));
    assert_eq!(chased("brief --on 2025-05-11").len(), 3, "the visit has lapsed; what is far ahead is chased for its silence now");
}

#[test]
fn an_embargo_that_lifts_is_told_until_it_has() {
    let desk = desk().at("2025-05-07T12:00:00Z").logged(&[
        "source --outlet Ministry --published 2025-05-07 --embargo 2025-05-09T06:00:00Z",
        "travel waltz --to cairo --depart 2025-05-20",
    ]);
    let lifting = |question: &str| -> Vec<u64> {
        let brief = desk.json(question);
        let embargoes = brief["chase"].as_array().unwrap().iter().filter(|one| one["what"] == "embargo");
        embargoes.map(|one| one["entry"].as_u64().unwrap()).collect()
    };
    assert_eq!(lifting("brief --on 2025-05-08"), [2]);
    assert_eq!(lifting("brief --on 2025-05-09"), [2], "that morning it is news");
    assert_eq!(lifting("brief --on 2025-05-10"), [0; 0]);
    assert!(desk.ask("brief --on 2025-05-08").contains("lifts Fri 9 May 06:00 (UTC): Mike Waltz travels to Cairo"));
}

#[test]
fn what_changed_is_told_since_yesterday_or_since_a_moment_that_is_named() {
    let desk =
        desk().at("2025-05-08T12:00:00Z").logged(&["source --outlet Gazette --published 2025-05-08", "confirm talks --by ru"]);
    let changed = |question: &str| -> Vec<String> {
        let brief = desk.json(question);
        let changes = brief["changes"].as_array().unwrap().iter().filter(|one| one["subject"]["meeting"] == "talks");
        changes.map(|one| format!("{} {} {}", one["what"], one["field"], one["cause"])).collect()
    };
    assert_eq!(changed("brief --on 2025-05-08"), ["\"firmer\" \"status\" \"2.1\"", "\"firmer\" \"confirmed_by\" \"2.1\""]);
    assert_eq!(changed("brief --on 2025-05-09"), [""; 0]);
    assert_eq!(changed("brief --on 2025-05-09 --since 2025-05-07").len(), 2);
    assert_eq!(changed("brief --on 2025-05-09 --since 2025-05-05"), ["\"new\" null \"1.4\""]);
}
