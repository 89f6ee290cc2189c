//! The words of reports, resolved by hand against a paper calendar: February 2025 begins on a Saturday, its 17th is a Monday.

use proptest::prelude::*;

use super::{Direction, Spoken, VAGUE_WORDS, read_words};
use crate::time::{TimeError, When, Zone, day};

use Direction::{Back, Forward};

fn riyadh() -> Zone {
    "Asia/Riyadh".parse().unwrap()
}

/// What words come to when published on a day of February 2025, as text.
fn on(published: u32, text: &str, direction: Direction) -> String {
    match read_words(text, day(2025, 2, published), direction, Some(riyadh())) {
        Ok(Spoken::When(when)) => when.to_string(),
        Ok(Spoken::Vague) => "vague".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn monday(text: &str, direction: Direction) -> String {
    on(17, text, direction)
}

#[test]
fn words_of_a_report_published_on_monday_17_february_2025() {
    // Words, what they mean of a plan, what they mean of something past.
    let table = [
        ("today", "2025-02-17", "2025-02-17"),
        ("this morning", "2025-02-17", "2025-02-17"),
        ("tonight", "2025-02-17", "2025-02-17"),
        ("later today", "2025-02-17", "2025-02-17"),
        ("tomorrow", "2025-02-18", "2025-02-18"),
        ("yesterday evening", "2025-02-16", "2025-02-16"),
        ("last night", "2025-02-16", "2025-02-16"),
        ("the day after tomorrow", "2025-02-19", "2025-02-19"),
        ("the day before yesterday", "2025-02-15", "2025-02-15"),
        ("Tuesday", "2025-02-18", "2025-02-11"),
        ("on Tuesday", "2025-02-18", "2025-02-11"),
        ("this Tue", "2025-02-18", "2025-02-11"),
        ("Tuesday evening", "2025-02-18", "2025-02-11"),
        ("Monday", "2025-02-17", "2025-02-17"),
        ("coming Monday", "2025-02-24", "2025-02-24"),
        ("this coming Tuesday", "2025-02-18", "2025-02-18"),
        ("last Sunday", "2025-02-16", "2025-02-16"),
        ("last Monday", "2025-02-10", "2025-02-10"),
        ("next Tuesday", "2025-02-25", "2025-02-25"),
        ("next Monday", "2025-02-24", "2025-02-24"),
        ("last week", "[2025-02-10..2025-02-16]", "[2025-02-10..2025-02-16]"),
        ("next week", "[2025-02-24..2025-03-02]", "[2025-02-24..2025-03-02]"),
        ("this week", "[2025-02-17..2025-02-23]", "[2025-02-17..2025-02-17]"),
        ("later this week", "[2025-02-17..2025-02-23]", "[2025-02-17..2025-02-17]"),
        ("last weekend", "[2025-02-15..2025-02-16]", "[2025-02-15..2025-02-16]"),
        ("this weekend", "[2025-02-22..2025-02-23]", "[2025-02-15..2025-02-16]"),
        ("at the weekend", "[2025-02-22..2025-02-23]", "[2025-02-15..2025-02-16]"),
        ("next weekend", "[2025-03-01..2025-03-02]", "[2025-03-01..2025-03-02]"),
        ("last month", "2025-01", "2025-01"),
        ("this month", "2025-02", "2025-02"),
        ("next month", "2025-03", "2025-03"),
        ("last year", "2024", "2024"),
        ("this year", "2025", "2025"),
        ("next year", "2026", "2026"),
        ("in March", "2025-03", "2024-03"),
        ("February", "2025-02", "2025-02"),
        ("last March", "2024-03", "2024-03"),
        ("next March", "2025-03", "2025-03"),
        ("last February", "2024-02", "2024-02"),
        ("next Feb", "2026-02", "2026-02"),
        ("March 2026", "2026-03", "2026-03"),
        ("in 2026", "2026", "2026"),
        ("18 Feb", "2025-02-18", "2024-02-18"),
        ("18 February", "2025-02-18", "2024-02-18"),
        ("Feb. 18", "2025-02-18", "2024-02-18"),
        ("February 18", "2025-02-18", "2024-02-18"),
        ("18th of February", "2025-02-18", "2024-02-18"),
        ("on the 18th of February", "2025-02-18", "2024-02-18"),
        ("17 Feb", "2025-02-17", "2025-02-17"),
        ("February 18, 2025", "2025-02-18", "2025-02-18"),
        ("18 February 2025", "2025-02-18", "2025-02-18"),
        ("the 18th", "2025-02-18", "2025-01-18"),
        ("the 31st", "2025-03-31", "2025-01-31"),
        ("29 Feb", "2028-02-29", "2024-02-29"),
        ("Tuesday 18 February 2025", "2025-02-18", "2025-02-18"),
        ("Tuesday, February 18, 2025", "2025-02-18", "2025-02-18"),
        ("Tuesday the 18th", "2025-02-18", "\"Tuesday the 18th\" contradicts itself: 2025-01-18 is a Saturday"),
        ("10-14 March", "2025-03-10/2025-03-14", "2024-03-10/2024-03-14"),
        ("10–14 March", "2025-03-10/2025-03-14", "2024-03-10/2024-03-14"),
        ("10 to 14 March", "2025-03-10/2025-03-14", "2024-03-10/2024-03-14"),
        ("from 10 to 14 March", "2025-03-10/2025-03-14", "2024-03-10/2024-03-14"),
        ("March 10 through 14", "2025-03-10/2025-03-14", "2024-03-10/2024-03-14"),
        ("Feb 18-20, 2026", "2026-02-18/2026-02-20", "2026-02-18/2026-02-20"),
        ("15-18 February", "2025-02-15/2025-02-18", "2025-02-15/2025-02-18"),
        ("10 March to 2 April", "2025-03-10/2025-04-02", "2024-03-10/2024-04-02"),
        ("28 December to 3 January", "2025-12-28/2026-01-03", "2024-12-28/2025-01-03"),
        ("28 December 2026 to 3 January", "2026-12-28/2027-01-03", "2026-12-28/2027-01-03"),
        ("28 December to 3 January 2026", "2025-12-28/2026-01-03", "2025-12-28/2026-01-03"),
        ("Monday to Wednesday", "2025-02-17/2025-02-19", "2025-02-17/2025-02-19"),
        ("Thursday to Saturday", "2025-02-20/2025-02-22", "2025-02-13/2025-02-15"),
        ("Friday to yesterday", "2025-02-14/2025-02-16", "2025-02-14/2025-02-16"),
        ("today to Friday", "2025-02-17/2025-02-21", "2025-02-17/2025-02-21"),
        ("2025-02-10 to 2025-02-14", "2025-02-10/2025-02-14", "2025-02-10/2025-02-14"),
        ("between 10 and 14 March", "[2025-03-10..2025-03-14]", "[2024-03-10..2024-03-14]"),
        ("between March and May", "[2025-03-01..2025-05-31]", "[2024-03-01..2024-05-31]"),
        ("by 1 March", "[..2025-03-01]", "[..2024-03-01]"),
        ("by Friday", "[..2025-02-21]", "[..2025-02-14]"),
        ("by next week", "[..2025-03-02]", "[..2025-03-02]"),
        ("before 1 March", "[..2025-02-28]", "[..2024-02-29]"),
        ("not before 1 March", "[2025-03-01..]", "[2024-03-01..]"),
        ("after 1 March", "[2025-03-02..]", "[2024-03-02..]"),
        ("after March", "[2025-04-01..]", "[2024-04-01..]"),
        ("by 2025-03", "[..2025-03-31]", "[..2025-03-31]"),
        ("around 18 Feb", "2025-02-18~", "2024-02-18~"),
        ("about the 18th", "2025-02-18~", "2025-01-18~"),
        ("18 Feb?", "2025-02-18?", "2024-02-18?"),
        ("tomorrow at 15:30", "2025-02-18T15:30:00+03:00[Asia/Riyadh]", "2025-02-18T15:30:00+03:00[Asia/Riyadh]"),
        ("Tuesday 9:05", "2025-02-18T09:05:00+03:00[Asia/Riyadh]", "2025-02-11T09:05:00+03:00[Asia/Riyadh]"),
        ("2025-02-18 10:00", "2025-02-18T10:00:00+03:00[Asia/Riyadh]", "2025-02-18T10:00:00+03:00[Asia/Riyadh]"),
        ("2025-02-18 at 10:00", "2025-02-18T10:00:00+03:00[Asia/Riyadh]", "2025-02-18T10:00:00+03:00[Asia/Riyadh]"),
        ("today 10:00 [Europe/Madrid]", "2025-02-17T10:00:00+01:00[Europe/Madrid]", "2025-02-17T10:00:00+01:00[Europe/Madrid]"),
        ("today 10:00Z", "2025-02-17T13:00:00+03:00[Asia/Riyadh]", "2025-02-17T13:00:00+03:00[Asia/Riyadh]"),
        ("2025-02-17/..", "2025-02-17/..", "2025-02-17/.."),
        ("[2025-02-10..2025-02-16]~", "[2025-02-10..2025-02-16]~", "[2025-02-10..2025-02-16]~"),
        ("2025", "2025", "2025"),
        ("very soon", "vague", "vague"),
        ("In  the COMING days", "vague", "vague"),
        ("near future", "vague", "vague"),
    ];
    for (text, plan, past) in table {
        assert_eq!((monday(text, Forward).as_str(), monday(text, Back).as_str()), (plan, past), "{text}");
    }
}

#[test]
fn a_week_looks_different_from_its_last_day() {
    // Sunday, 23 February 2025.
    assert_eq!(on(23, "this week", Forward), "[2025-02-23..2025-02-23]");
    assert_eq!(on(23, "this week", Back), "[2025-02-17..2025-02-23]");
    assert_eq!(on(23, "next Tuesday", Forward), "2025-02-25");
    assert_eq!(on(23, "last Sunday", Forward), "2025-02-16");
    assert_eq!(on(23, "Sunday", Back), "2025-02-23");
    assert_eq!(on(23, "this weekend", Back), "[2025-02-22..2025-02-23]");
    assert_eq!(on(23, "this weekend", Forward), "[2025-02-23..2025-02-23]");
    assert_eq!(on(23, "last weekend", Back), "[2025-02-15..2025-02-16]");
}

#[test]
fn capitals_and_spare_space_make_no_difference() {
    for text in ["this tuesday", "  THIS   Tuesday ", "This\tTUE", "on the Tuesday"] {
        assert_eq!(monday(text, Forward), "2025-02-18", "{text}");
    }
}

#[test]
fn every_vague_word_is_vague_and_hides_no_date() {
    for text in VAGUE_WORDS {
        assert_eq!(monday(text, Forward), "vague", "{text}");
        assert_eq!(monday(&text.to_uppercase(), Back), "vague", "{text}");
    }
}

#[test]
fn what_is_refused_says_which_rule_is_broken() {
    let refused = |text: &str| read_words(text, day(2025, 2, 17), Forward, None).unwrap_err();
    let no_such_day = |text: &str, month: &str, days| TimeError::NoSuchDay { text: text.into(), month: month.into(), days };

    assert_eq!(refused("2025-02-30"), no_such_day("2025-02-30", "February 2025", 28));
    assert_eq!(refused("30 Feb"), no_such_day("30 Feb", "February", 29));
    assert_eq!(refused("29 Feb 2025"), no_such_day("29 Feb 2025", "February 2025", 28));
    assert_eq!(refused("31-33 March"), no_such_day("31-33 March", "March", 31));
    assert_eq!(refused("14 to 10 March"), TimeError::Reversed("14 to 10 March".into()));
    assert_eq!(refused("tomorrow to yesterday"), TimeError::Reversed("tomorrow to yesterday".into()));
}

#[test]
fn words_outside_the_grammar_are_not_guessed_at() {
    let texts = [
        "",
        " ",
        "on",
        "the",
        "10",
        "the 32nd",
        "March to May",
        "between",
        "by",
        "from to",
        "- 10",
        "Tuesday 10:00-12:00",
        "next week at 10:00",
        "before soon",
        "around very soon",
        "next",
        "this that",
        "0 March",
        "Tuesday March 2026",
        "~",
        "?",
        "around 18 Feb?",
        "tomorrow tomorrow",
        "18 Feb 25",
        "Февраль",
        "é",
        "٣ March",
        "18 Brumaire",
    ];
    for text in texts {
        let result = read_words(text, day(2025, 2, 17), Forward, Some(riyadh()));
        assert_eq!(result, Err(TimeError::Words(text.trim().to_owned())), "{text}");
    }
}

#[test]
fn a_clock_needs_a_zone_and_an_hour_that_exists() {
    let at = |text: &str, zone: Option<&str>| {
        let zone = zone.map(|name| name.parse().unwrap());
        read_words(text, day(2025, 3, 29), Forward, zone).unwrap_err().to_string()
    };
    assert_eq!(
        at("tomorrow at 15:30", None),
        "\"2025-03-30T15:30\" has no time zone and the place is not known: write 2025-03-30T15:30[Area/City]"
    );
    assert_eq!(
        at("tomorrow at 2:30", Some("Europe/Madrid")),
        "2025-03-30T02:30 does not exist in Europe/Madrid: clocks are put forward over it, from +01:00 to +02:00"
    );
    assert!(at("tomorrow at 25:00", Some("Europe/Madrid")).starts_with("\"2025-03-30T25:00\" is no time of day"));
}

#[test]
fn texts_that_try_to_be_edtf_get_its_errors() {
    let refused = |text: &str| read_words(text, day(2025, 2, 17), Forward, None).unwrap_err();
    assert_eq!(refused("[2025-02-10"), TimeError::Form("[2025-02-10".into()));
    assert_eq!(refused("2025-02-10/2025-02"), TimeError::Interval("2025-02-10/2025-02".into()));
    assert_eq!(refused("2025-13-01"), TimeError::Range("2025-13-01".into()));
    assert_eq!(refused("2025-02-19/2025-02-18"), TimeError::Reversed("2025-02-19/2025-02-18".into()));
}

/// Words strung together at random, most of them near the grammar.
fn phrases() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        prop::sample::select(vec![
            "this",
            "next",
            "last",
            "coming",
            "by",
            "before",
            "after",
            "not",
            "between",
            "and",
            "from",
            "to",
            "-",
            "the",
            "on",
            "of",
            "around",
            "Tuesday",
            "sun",
            "week",
            "weekend",
            "month",
            "year",
            "March",
            "feb",
            "29",
            "31",
            "18th",
            "0001",
            "9999",
            "2025",
            "2025-02-30",
            "at",
            "10:00",
            "24:61",
            "[UTC]",
            "tomorrow",
            "yesterday",
            "?",
            "~",
            "é:é",
            "-:",
            "1-",
        ])
        .prop_map(str::to_owned),
        "\\PC{0,6}",
    ];
    prop::collection::vec(word, 0..7).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// No text makes the reader fall over, whatever the day, and what it gives can be written down and read again.
    #[test]
    fn any_words_are_read_or_refused(text in phrases(), year in prop::sample::select(vec![-262143, 0, 1, 2, 2025, 9998, 9999, 262142]), leap in 0_u32..366, forward: bool) {
        let today = chrono::NaiveDate::from_yo_opt(year, leap + 1).unwrap_or_else(|| day(year, 6, 30));
        let direction = if forward { Forward } else { Back };
        if let Ok(Spoken::When(when)) = read_words(&text, today, direction, Some(riyadh())) {
            prop_assert_eq!(when.to_string().parse::<When>(), Ok(when));
        }
    }

    /// A day of the week is within six days of today on the side that the verb looks to, and bears its name.
    #[test]
    fn a_named_day_is_the_nearest(offset in 0_i64..20_000, name in prop::sample::select(vec!["Monday", "Wednesday", "Sunday"]), forward: bool) {
        let today = day(1990, 1, 1) + chrono::Duration::days(offset);
        let direction = if forward { Forward } else { Back };
        let Ok(Spoken::When(when)) = read_words(name, today, direction, None) else { panic!("{name} is a day") };
        let found = when.span(Zone::UTC).from.unwrap();
        let away = if forward { (found - today).num_days() } else { (today - found).num_days() };
        prop_assert!((0..7).contains(&away));
        prop_assert_eq!(found.format("%A").to_string(), name);
    }

    /// Whatever stands written is read as itself, in any direction.
    #[test]
    fn a_written_day_needs_no_words(offset in 0_i64..40_000, forward: bool) {
        let written = (day(1950, 1, 1) + chrono::Duration::days(offset)).format("%Y-%m-%d").to_string();
        let direction = if forward { Forward } else { Back };
        let Ok(Spoken::When(when)) = read_words(&written, day(2025, 2, 17), direction, None) else { panic!("{written} is a day") };
        prop_assert_eq!(when.to_string(), written);
    }
}
