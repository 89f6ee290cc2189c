//! Long lives: 150 years of journeys as trips, counts, encounters and timelines, at any width; held by a script that knows only the list,
//! by numbers that were worked out from it by hand, and by laws.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};

use chrono::NaiveDate;
use daybook::book::Book;
use daybook::event::OfficialId;
use daybook::projection::{CARRY_DAYS, Scope};
use daybook::query::{Asked, By, ChartOptions, Names, chart, encounters, itinerary, stats, stats_by};
use daybook::render::{
    Heading, Page, chart_svg, chart_text, encounters_text, itinerary_text, stats_by_table, stats_table, stats_text, trips_text,
};
use daybook::time::Zone;
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::desk::{Desk, instant, project};
use crate::panel::tools::{judged_by, said};

const KERRY: &str = "kerry-john-forbes";

/// The directory of a log with the whole list of the Office of the Historian, imported once in a run.
fn log() -> &'static Path {
    static LOG: OnceLock<PathBuf> = OnceLock::new();
    LOG.get_or_init(|| {
        let desk = Desk::new().at("2025-11-01T12:00:00Z");
        let (table, map) = (project().join("tests/data/travels.tsv"), project().join("tests/data/travels.toml"));
        let said = desk.run(&["import", table.to_str().unwrap(), "--map", map.to_str().unwrap()], "");
        assert_eq!(said.code, 0, "{}", said.err);
        let kept = Path::new(env!("CARGO_TARGET_TMPDIR")).join("lives");
        let _ = std::fs::remove_dir_all(&kept);
        copy(&desk.path("events"), &kept);
        kept
    })
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for file in ["log.json", "000001.jsonl"] {
        std::fs::copy(from.join(file), to.join(file)).unwrap();
    }
}

/// A desk with that log.
pub fn desk() -> Desk {
    let desk = Desk::bare().at("2025-11-01T12:00:00Z");
    copy(log(), &desk.path("events"));
    desk
}

fn ask(question: &str) -> String {
    let desk = Desk::bare().at("2025-11-01T12:00:00Z").wide(200);
    let arguments: Vec<&str> = question.split(' ').chain(["--log", log().to_str().unwrap()]).collect();
    let said = desk.run(&arguments, "");
    assert_eq!(said.code, 0, "{question}: {}", said.err);
    said.out
}

fn answer(question: &str) -> Value {
    serde_json::from_str(&ask(&format!("{question} --json"))).unwrap()
}

#[test]
fn a_script_that_knows_only_the_list_counts_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let mut arguments = vec![project().join("tests/data/travels.tsv"), project().join("tests/data/places.tsv")];
    let questions = [
        "stats",
        "stats --by year",
        "stats --by country",
        "encounters",
        "itinerary kerry",
        "itinerary hull",
        "itinerary wilson",
        "itinerary dulles",
        "itinerary george-w",
        "itinerary seward",
    ];
    for (number, question) in questions.iter().enumerate() {
        let question = if question.ends_with("george-w") { "itinerary bush-george-w" } else { question };
        let file = folder.path().join(format!("{number}.json"));
        std::fs::write(&file, answer(question).to_string()).unwrap();
        arguments.push(file);
    }
    let arguments: Vec<&std::ffi::OsStr> = arguments.iter().map(|file| file.as_os_str()).collect();
    if let Some(judged) = judged_by("travels.py", &arguments) {
        assert!(judged.status.success(), "{}", said(&judged));
        assert!(said(&judged).contains("55 officials: 8671 days away"), "{}", said(&judged));
    }
}

/// The distances were worked out by a haversine in Python over coordinates from another list, the days by hand from the rows.
#[test]
fn the_tours_of_a_secretary_read_as_trips() {
    let answer = answer("itinerary kerry --from 2013-02 --to 2013-03");
    assert_eq!(answer["official"], KERRY, "by one of his names");
    assert_eq!(
        answer["days_away"],
        json!({"observed": 18, "unverified": 0, "coming": 0}),
        "10 from 25 February, 8 from 20 March"
    );
    let stops = answer["stops"].as_array().unwrap();
    let trips = answer["trips"].as_array().unwrap();
    let facts: Vec<Value> = trips
        .iter()
        .map(|trip| json!([trip["number"], trip["trip"], trip["from"], trip["to"], trip["days"]["observed"], trip["title"]]))
        .collect();
    assert_eq!(
        facts,
        [
            json!([1, null, "2013-02-25", "2013-03-06", 10, "10 countries, 10 days"]),
            json!([2, null, "2013-03-20", "2013-03-27", 8, "6 countries, 8 days"]),
        ]
    );
    let expected = [
        vec![
            ("Washington", "London", 5_898),
            ("London", "Berlin", 931),
            ("Berlin", "Paris", 877),
            ("Paris", "Rome", 1_105),
            ("Rome", "Ankara", 1_722),
            ("Ankara", "Cairo", 1_110),
            ("Cairo", "Riyadh", 1_634),
            ("Riyadh", "Abu Dhabi", 778),
            ("Abu Dhabi", "Doha", 301),
            ("Doha", "Shannon", 5_825),
            ("Shannon", "Washington", 5_287),
        ],
        vec![
            ("Washington", "Jerusalem", 9_497),
            ("Jerusalem", "Ramallah", 13),
            ("Ramallah", "Amman", 69),
            ("Amman", "Baghdad", 806),
            ("Baghdad", "Kabul", 2_285),
            ("Kabul", "Paris", 5_581),
            ("Paris", "Washington", 6_165),
        ],
    ];
    let id = |name: &str| name.to_lowercase().replace(' ', "-");
    for (trip, expected) in trips.iter().zip(expected) {
        let ways = trip["ways"].as_array().unwrap();
        let ends: Vec<(String, String)> =
            ways.iter().map(|way| (way["from"].as_str().unwrap().into(), way["to"].as_str().unwrap().into())).collect();
        assert_eq!(ends, expected.iter().map(|(from, to, _)| (id(from), id(to))).collect::<Vec<_>>());
        for (way, (from, to, km)) in ways.iter().zip(&expected) {
            assert!(way["km"].as_i64().unwrap().abs_diff(*km) <= 10, "{from} to {to} is {km} km, not {}", way["km"]);
            let is_home = *from == "Washington" || *to == "Washington";
            assert_eq!(way["basis"], if is_home { "base" } else { "stops" });
        }
        let on_trip: Vec<&str> = trip["stops"]
            .as_array()
            .unwrap()
            .iter()
            .map(|at| stops[at.as_u64().unwrap() as usize]["name"].as_str().unwrap())
            .collect();
        assert_eq!(on_trip, expected.iter().skip(1).map(|(from, ..)| *from).collect::<Vec<_>>());
    }
    let text = ask("itinerary kerry --from 2013-02 --to 2013-03");
    for line in [
        "  18 days abroad, 2 trips",
        "trip 1: 25 Feb – 6 Mar 2013, 10 countries, 10 days, ~25,474 km",
        "trip 2: 20–27 Mar 2013, 6 countries, 8 days, ~24,419 km",
    ] {
        assert!(text.lines().any(|one| one == line), "{line} is not in\n{text}");
    }
    assert_eq!(text.matches("from Washington (assumed)").count(), 2, "{text}");
    assert_eq!(text.matches("to Washington (assumed)").count(), 2, "{text}");
}

/// On 7 April 2013 he was in Istanbul, and two rows more tell of Ramallah and of "Jerusalem, Tel Aviv" (7 to 9 April).
#[test]
fn places_of_one_row_are_one_line_and_no_way_to_and_fro() {
    let text = ask("itinerary kerry --from 2013-04-07 --to 2013-04-14");
    let line = text.lines().find(|line| line.contains("Tel Aviv")).unwrap();
    assert!(line.starts_with("  7–9 Apr ") && line.contains("Jerusalem, Tel Aviv   observed"), "{line}");
    assert_eq!(text.matches("Shimon Peres").count(), 1, "the row is quoted once");
    let answer = answer("itinerary kerry --from 2013-04-07 --to 2013-04-14");
    let ways: Vec<(String, String)> = answer["trips"][0]["ways"]
        .as_array()
        .unwrap()
        .iter()
        .map(|way| (way["from"].as_str().unwrap().to_owned(), way["to"].as_str().unwrap().to_owned()))
        .collect();
    let path =
        ["washington", "istanbul", "ramallah", "jerusalem", "tel-aviv", "london", "seoul", "beijing", "tokyo", "washington"];
    assert_eq!(ways, path.windows(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect::<Vec<_>>());
    let stop = |name: &str| answer["stops"].as_array().unwrap().iter().find(|stop| stop["name"] == name).unwrap().clone();
    assert_eq!((&stop("Tel Aviv")["with_previous"], &stop("Jerusalem")["with_previous"]), (&json!(true), &json!(false)));
    assert!(stop("Tel Aviv")["conflict"] == false && stop("Jerusalem")["conflict"] == false);
}

/// A span that cuts a trip says what it leaves out, and the head still tells of the whole.
#[test]
fn a_trip_that_is_cut_says_so() {
    let text = ask("itinerary kerry --from 2013-03-03 --to 2013-03-04");
    assert!(text.contains("  2 days abroad, 1 trip\n"), "{text}");
    assert!(text.contains("trip 1: 25 Feb – 6 Mar 2013, 10 countries, 10 days, ~25,474 km\n"), "{text}");
    // London, Berlin, Paris, Rome and Ankara lie before; Doha and Shannon after.
    assert!(text.contains("· 5 stops before") && text.contains("· 2 stops after") && !text.contains("assumed"), "{text}");
}

/// Hull sailed to the conference in Lima and back, with days at sea between the ports; the rows say that he left on 25 November 1938.
#[test]
fn a_voyage_is_one_trip() {
    let trips = answer("itinerary hull --from 1938-11 --to 1939-01")["trips"].clone();
    let [trip] = trips.as_array().unwrap().as_slice() else { panic!("{trips}") };
    assert_eq!((&trip["from"], &trip["to"]), (&json!("1938-11-30"), &json!("1939-01-03")));
    assert_eq!(trip["days"]["observed"], 28, "two in Panama, one each in five ports, 21 in Peru");
}

#[test]
fn months_and_years_bound_from_their_first_to_their_last_day() {
    let same = |a: &str, b: &str| assert_eq!(answer(a)["stops"], answer(b)["stops"], "{a}");
    same("itinerary kerry --from 2013-02 --to 2013-03", "itinerary kerry --from 2013-02-01 --to 2013-03-31");
    same("itinerary kerry --from 2016 --to 2016", "itinerary kerry --from 2016-01-01 --to 2016-12-31");
    same("itinerary kerry --to 2016-02", "itinerary kerry --to 2016-02-29");
    let said = Desk::shipped().run(&["itinerary", "rubio", "--from", "2025-03", "--to", "2025-02"], "");
    assert!(said.code == 2 && said.err.contains("--from 2025-03-01 is after --to 2025-02-28"), "{}", said.err);
}

#[test]
fn each_two_of_everybody_who_met_stand_in_one_line() {
    let text = ask("encounters");
    // As everybody knows who served with whom; the list has nobody else.
    for (president, secretary, years) in [
        ("Woodrow Wilson", "Robert Lansing", "1918–1919"),
        ("Ronald Reagan", "George Pratt Shultz", "1982–1988"),
        ("George W. Bush", "Condoleezza Rice", "2005–2008"),
        ("Barack Obama", "John Forbes Kerry", "2013–2016"),
    ] {
        let found = |line: &&str| [president, secretary, years].iter().all(|word| line.contains(word));
        assert!(text.lines().any(|line| found(&line)), "{president} and {secretary}, {years}, are not in\n{text}");
    }
    let bermuda = answer("encounters eisenhower dulles --from 1953-12 --to 1953-12");
    assert_eq!(bermuda["encounters"][0]["name"], "Bermuda", "an island is not too wide to meet on");
}

/// The list at hand, asked without a program around it; answers for many widths would take long otherwise.
struct Hall {
    book: Book,
}

impl Hall {
    fn with<T>(put: impl FnOnce(&Asked<'_>) -> T) -> T {
        static HALL: OnceLock<Mutex<Hall>> = OnceLock::new();
        let hall = HALL.get_or_init(|| Mutex::new(Self { book: Book::open(log()).unwrap() }));
        let hall = hall.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        put(&hall.book.ask(Scope::default(), day(2025, 11, 1), CARRY_DAYS))
    }
}

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn heading<'n>(asked: &'n Asked<'_>) -> Heading<'n> {
    Heading {
        on: asked.on,
        today: false,
        public_by: None,
        as_of: None,
        zone: Zone::UTC,
        now: instant("2025-11-01T12:00:00Z"),
        names: Names::of(asked),
    }
}

fn page(width: usize) -> Page {
    Page { width, rows: 40, colour: false, zone: None }
}

#[track_caller]
fn fits(text: &str, width: usize) {
    for line in text.lines() {
        let columns: usize = line.chars().filter_map(unicode_width::UnicodeWidthChar::width).sum();
        assert!(columns <= width, "{columns} columns of {width}: {line}");
    }
}

#[test]
fn every_answer_about_150_years_fits_every_width() {
    Hall::with(|asked| {
        let head = heading(asked);
        let (kerry, hull): (OfficialId, OfficialId) = (KERRY.parse().unwrap(), "hull-cordell".parse().unwrap());
        let lives: Vec<_> = [&kerry, &hull].map(|official| itinerary(asked, official, None, None)).into();
        let (all, one) = (stats(asked, &[], None, None), stats(asked, std::slice::from_ref(&kerry), None, None));
        let by = [By::Year, By::Country].map(|by| stats_by(asked, by, &[], None, None));
        let met = [encounters(asked, &[], None, None), encounters(asked, &[kerry], None, None)];
        for width in [20, 27, 40, 55, 60, 72, 80, 100, 120, 143, 200, 300] {
            let page = page(width);
            for life in &lives {
                fits(&itinerary_text(life, &head, &page), width);
                fits(&trips_text(life, &head, &page), width);
            }
            fits(&stats_table(&all, true, &head, &page), width);
            fits(&stats_text(&one, true, &head, &page), width);
            by.iter().for_each(|by| fits(&stats_by_table(by, true, &head, &page), width));
            for met in &met {
                fits(&encounters_text(met, true, &head, &page), width);
                fits(&encounters_text(met, false, &head, &page), width);
            }
        }
    });
}

/// Where a day stands on a timeline of some days, by the definition: three columns a day at least, and twelve at the most, else all days
/// share what room there is.
fn column(at: NaiveDate, from: NaiveDate, to: NaiveDate, room: usize) -> usize {
    let days = usize::try_from((to - from).num_days() + 1).unwrap();
    let offset = usize::try_from((at - from).num_days()).unwrap();
    let a_day = (room / days).min(12);
    if a_day >= 3 { offset * a_day } else { offset * room / days }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn no_timeline_is_too_wide_and_every_stay_is_on_it(
        width in 20_usize..=300,
        from in 0_i64..58_000,
        length in prop_oneof![0_i64..20, 20_i64..200, 200_i64..3_000, 3_000_i64..60_000],
        chosen in prop::collection::vec(0_usize..55, 1..6),
    ) {
        Hall::with(|asked| {
            let head = Heading { on: day(1800, 1, 1), ..heading(asked) };
            let all: Vec<OfficialId> = asked.registry().officials.keys().cloned().collect();
            let officials: Vec<OfficialId> = chosen.iter().map(|at| all[at % all.len()].clone()).collect();
            // Some stay of the first one is among the days.
            let stops = asked.whereabouts(&officials[0]).stops;
            let stop = &stops[from as usize % stops.len()];
            let first = stop.from - chrono::Duration::days(from % (length + 1));
            let last = first + chrono::Duration::days(length);
            let options = |officials: &[OfficialId]| ChartOptions { officials: officials.to_vec(), from: Some(first), to: Some(last) };
            let several = chart(asked, &options(&officials));
            fits(&chart_text(&several, &head, &page(width)), width);
            roxmltree::Document::parse(&chart_svg(&several, &head, &page(width))).unwrap();
            let one = chart(asked, &options(&officials[..1]));
            let text = chart_text(&one, &head, &page(width));
            let bars = &one.rows[0].bars;
            assert!(!bars.is_empty(), "{text}");
            let margin = (width / 4).clamp(8, 30);
            let lines = text.lines().skip_while(|line| line.starts_with(char::is_whitespace) || line.is_empty() || line.starts_with("Wed 1 Jan"));
            let row: Vec<Vec<char>> = lines.take_while(|line| !line.is_empty()).map(|line| line.chars().collect()).collect();
            for bar in bars {
                for stay in [bar.from, bar.to] {
                    let at = column(stay, first, last, width - margin);
                    let end = column(stay + chrono::Duration::days(1), first, last, width - margin).max(at + 1);
                    let marks = |line: &Vec<char>| line[margin..].iter().skip(at).take(end - at).any(|c| !matches!(c, ' ' | '·' | '│'));
                    assert!(row.iter().filter(|line| line.len() > margin).any(marks), "{} on {stay} is not at {at} of\n{text}", bar.name);
                }
            }
        });
    }
}
