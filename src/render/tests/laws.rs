//! What holds on every page: lines fit, colours add nothing but colour, and no text of a log can act on a terminal.

use expect_test::expect;

use super::desk::{Ask, Desk, on, slipping};
use crate::render::{Dates, visible};
use crate::time::{When, Zone, day};

/// Every kind of page of a log.
fn pages(desk: &Desk, ask: Ask) -> Vec<String> {
    vec![
        desk.where_is(&["rubio", "lavrov", "macron"], ask),
        desk.everybody(ask),
        desk.itinerary("rubio", ask),
        desk.chart(ask),
        desk.encounters("rubio", ask),
        desk.stats("rubio", ask),
        desk.who("sa", ask),
        desk.summits(ask),
        desk.meeting("riyadh-talks", ask),
        desk.explain_official("rubio", ask),
        desk.explain_meeting("trump-putin", ask),
    ]
}

fn desks() -> Vec<Desk> {
    vec![Desk::riyadh_and_after(), Desk::contradicted(), slipping(), hostile()]
}

/// Quotes, speakers and outlets that try to act on the terminal, and a very long word.
fn hostile() -> Desk {
    Desk::riyadh().logged(
        r#"{"outlet":"\u001b]0;title\u0007 외교부 통신사","published":"2025-02-17"}"#,
        &r#"[{"kind":"official","official":"rubio","name":"Marco Rubio","title":"外務大臣"},{"kind":"presence","officials":["rubio"],"place":"riyadh","when":"2025-02-17","quote":"LONG\u200b\u0001\u009b31m","said_by":"Mar\u202eco \u001b[31mRubio\nand more"}]"#
            .replace("LONG", &"wordswithoutend".repeat(20)),
    )
}

fn without_colour(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').unwrap().1;
    }
    plain + rest
}

#[test]
fn every_line_fits_from_twenty_columns_up() {
    for desk in desks() {
        for width in (20..=130).step_by(3).chain([200, 1000]) {
            for page in pages(&desk, on("2025-02-18", width)) {
                for line in page.lines() {
                    let columns: usize = line.chars().filter_map(unicode_width::UnicodeWidthChar::width).sum();
                    assert!(columns <= width, "{columns} columns of {width}: {line}");
                    assert!(!line.ends_with(' '), "a space ends: {line:?}");
                }
                assert!(page.ends_with('\n') && !page.ends_with("\n\n") && !page.contains("\n\n\n"), "{page}");
            }
        }
        for width in 0..20 {
            assert!(pages(&desk, on("2025-02-18", width)).iter().all(|page| !page.is_empty()));
        }
    }
}

#[test]
fn colours_add_nothing_but_colour() {
    for desk in desks() {
        let ask = on("2025-02-18", 80);
        let mut coloured = ask;
        coloured.page.colour = true;
        for (plain, coloured) in pages(&desk, ask).iter().zip(pages(&desk, coloured)) {
            assert!(coloured.contains('\u{1b}'));
            assert_eq!(*plain, without_colour(&coloured));
        }
    }
}

#[test]
fn nothing_in_a_log_acts_on_the_terminal() {
    for page in pages(&hostile(), on("2025-02-18", 80)) {
        assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{page:?}");
        assert!(!page.contains(['\u{202e}', '\u{200b}']), "{page:?}");
    }
}

#[test]
fn what_would_not_show_is_written_out() {
    assert_eq!(visible("Zoë 外 \u{301}é"), "Zoë 外 \u{301}é");
    assert_eq!(visible("a\u{1b}[2Jb\u{9b}c\u{7f}"), r"a\u{1b}[2Jb\u{9b}c\u{7f}");
    assert_eq!(visible("\u{202e}evil\u{2066}\u{200b}\u{feff}\u{ad}"), r"\u{202e}evil\u{2066}\u{200b}\u{feff}\u{ad}");
    assert_eq!(visible("one\ntwo\tthree"), r"one\ntwo\tthree");
    assert_eq!(visible(&"\u{301}".repeat(32)), format!(r"{}\u{{301}}\u{{301}}", "\u{301}".repeat(30)));
}

#[test]
fn dates_in_words() {
    let dates = Dates { on: day(2025, 2, 18), zone: None };
    let riyadh: Zone = "Asia/Riyadh".parse().unwrap();
    let mut table = String::new();
    for text in [
        "2025-02-18",
        "2025-02-19",
        "2026-01-01",
        "2025-02-18T10:00:00+03:00[Asia/Riyadh]",
        "2025-02-18T22:30:00+01:00[Europe/Madrid]",
        "2025-02",
        "2026-02",
        "2025",
        "2025-02-17/2025-02-19",
        "2025-02-28/2025-03-02",
        "2024-12-30/2025-03-02",
        "2025-02-17/..",
        "2025-02-18T10:00:00+03:00[Asia/Riyadh]/2025-02-18T12:00:00+03:00[Asia/Riyadh]",
        "2025-02-18T23:00:00+03:00[Asia/Riyadh]/2025-02-19T01:00:00+03:00[Asia/Riyadh]",
        "2025-02-18/2025-02-19T12:00:00+03:00[Asia/Riyadh]",
        "[2025-02-10..2025-02-16]",
        "[2025-02-20..2025-02-24]",
        "[..2025-03-01]",
        "[2025-03-01..]",
        "2025-02-20~",
        "[2025-02-10..2025-02-26]?",
    ] {
        let when: When = text.parse().unwrap();
        let away = dates.to_go(when, riyadh).unwrap_or_default();
        table += &format!("{} | {} | {away}\n", dates.when(when, Some(riyadh)), dates.short_when(when, None));
    }
    expect![[r#"
        Tue 18 Feb 2025 | Tue 18 Feb | today
        Wed 19 Feb 2025 | Wed 19 Feb | tomorrow
        Thu 1 Jan 2026 | Thu 1 Jan 2026 | in 317 days
        Tue 18 Feb 2025 10:00 (Asia/Riyadh) | Tue 18 Feb 10:00 (Asia/Riyadh) | today
        Wed 19 Feb 2025 00:30 (Asia/Riyadh) | Tue 18 Feb 22:30 (Europe/Madrid) | tomorrow
        in February 2025 | in February | any day now
        in February 2026 | in February 2026 | in 348 days at the earliest
        in 2025 | in 2025 | any day now
        17–19 Feb 2025 | 17–19 Feb | under way
        28 Feb – 2 Mar 2025 | 28 Feb – 2 Mar | in 10 days
        30 Dec 2024 – 2 Mar 2025 | 30 Dec 2024 – 2 Mar 2025 | under way
        from Mon 17 Feb 2025 on | from Mon 17 Feb on | under way
        Tue 18 Feb 2025 10:00–12:00 (Asia/Riyadh) | Tue 18 Feb 10:00–12:00 (Asia/Riyadh) | today
        Tue 18 Feb 2025 23:00 – Wed 19 Feb 2025 01:00 (Asia/Riyadh) | Tue 18 Feb 23:00 – Wed 19 Feb 01:00 (Asia/Riyadh) | from today
        Tue 18 Feb 2025 – Wed 19 Feb 2025 12:00 (Asia/Riyadh) | Tue 18 Feb – Wed 19 Feb 12:00 (Asia/Riyadh) | from today
        some day 10–16 Feb 2025 | some day 10–16 Feb | 2 days ago
        some day 20–24 Feb 2025 | some day 20–24 Feb | in 2 days at the earliest
        by 1 Mar 2025 | by 1 Mar | any day now
        not before 1 Mar 2025 | not before 1 Mar | in 11 days at the earliest
        about Thu 20 Feb 2025 | about Thu 20 Feb | in 2 days
        some day 10–26 Feb 2025 (doubtful) | some day 10–26 Feb (doubtful) | any day now
    "#]].assert_eq(&table);
}
