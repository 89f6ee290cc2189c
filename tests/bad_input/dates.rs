//! Dates that are none: days and hours that do not exist, years that cannot be written, intervals that run backwards, offsets that
//! contradict their zone. None is moved to one that exists.

use super::doors::{Case, Door, Slot, crossed};

const WHEN: &[Slot] = &[
    Slot::event(
        "when of a presence",
        "presence rubio --at riyadh --when @",
        r#"{"kind":"presence","officials":["rubio"],"place":"riyadh","when":@}"#,
    ),
    Slot::event(
        "when of an absence",
        "absence rubio --at riyadh --when @",
        r#"{"kind":"absence","officials":["rubio"],"place":"riyadh","when":@}"#,
    ),
    Slot::event("when of a proposal", "propose talks --when @", r#"{"kind":"meeting_proposed","meeting":"talks","when":@}"#),
    Slot::event(
        "when of a confirmation",
        "confirm talks --by us --when @",
        r#"{"kind":"meeting_confirmed","meeting":"talks","by":["us"],"when":@}"#,
    ),
    Slot::event("when it was held", "held talks --when @", r#"{"kind":"meeting_held","meeting":"talks","when":@}"#),
    Slot::event("when of a change", "change talks --when @", r#"{"kind":"meeting_changed","meeting":"talks","when":@}"#),
    Slot::event(
        "when it is postponed to",
        "postpone talks --when @",
        r#"{"kind":"meeting_postponed","meeting":"talks","when":@}"#,
    ),
    Slot::event(
        "when of a statement",
        "statement rubio words --when @",
        r#"{"kind":"statement","speaker":"rubio","text":"words","when":@}"#,
    ),
    Slot::event("since of an official", "official rubio --since @", r#"{"kind":"official","official":"rubio","since":@}"#),
    Slot::event("until of an official", "official rubio --until @", r#"{"kind":"official","official":"rubio","until":@}"#),
];

/// Single times.
const ONCE: &[Slot] = &[
    Slot::event(
        "departure",
        "travel rubio --from paris --to riyadh --depart @",
        r#"{"kind":"travel","officials":["rubio"],"from":"paris","to":"riyadh","depart":@}"#,
    ),
    Slot::event(
        "arrival",
        "travel rubio --to riyadh --arrive @",
        r#"{"kind":"travel","officials":["rubio"],"to":"riyadh","arrive":@}"#,
    ),
];

/// Bounds and days of publication, which may have a fraction of a second.
const PUBLISHED: &[Slot] = &[
    Slot::source("publication", "--published @", r#""source":{"published":@}"#),
    Slot::source("embargo", "--embargo @", r#""embargo":@"#),
];

/// Days that do not exist, by the calendar.
fn no_such_days() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let names = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    for (month, (days, name)) in (1..).zip(months.into_iter().zip(names)) {
        for day in [days + 1, 0, 99] {
            let text = format!("2025-{month:02}-{day:02}");
            found.push((text.clone(), format!("\"{text}\" does not exist: {name} 2025 has {days} days")));
        }
    }
    // Every fourth year is a leap year, but not every hundredth, but every four hundredth.
    for (year, days) in [(1900, 28), (2000, 29), (2024, 29), (2100, 28)] {
        let text = format!("{year}-02-30");
        found.push((text.clone(), format!("\"{text}\" does not exist: February {year} has {days} days")));
    }
    found
}

const RANGE: &str = "is no date: months go from 01 to 12 and years from 0001 to 9999";
const CLOCK: &str = "is no time of day: hours go from 00 to 23, minutes and seconds from 00 to 59";
const OFFSET: &str = "has an impossible offset: offsets go from -14:00 to +14:00";

/// Broken alike in every date, typed or stored.
fn everywhere() -> Vec<(String, String)> {
    let mut found = no_such_days();
    let ranged = ["0000-01-01", "0000-12-31", "2025-00-10", "2025-13-01", "2025-99-01", "9999-13-31"];
    found.extend(ranged.map(|text| (text.to_owned(), format!("\"{text}\" {RANGE}"))));
    let clocks = ["24:00", "24:00:00", "25:00", "99:99", "10:60", "23:60", "10:00:60", "23:59:60", "10:00:99"];
    for clock in clocks {
        for text in [format!("2025-02-18T{clock}Z"), format!("2025-02-18T{clock}+03:00")] {
            found.push((text.clone(), format!("\"{text}\" {CLOCK}")));
        }
    }
    for offset in ["+14:01", "+14:30", "+15:00", "-14:01", "-15:00", "+23:59", "-99:00", "+10:60", "-00:99"] {
        let text = format!("2025-02-18T10:00:00{offset}");
        found.push((text.clone(), format!("\"{text}\" {OFFSET}")));
    }
    for zone in ["Europe/Atlantis", "Mars/Olympus", "../../etc/passwd", "", "Riyadh", "GMT+25"] {
        let text = format!("2025-02-18T10:00:00+03:00[{zone}]");
        found.push((text, "is no time zone: zones are named as in the IANA list, such as Europe/Madrid".to_owned()));
    }
    let offsets = ["+3", "+0300", "+03", "+03:0", "-04.00", "+٠٣:٠٠", "Zulu"];
    for text in offsets.map(|offset| format!("2025-02-18T10:00:00{offset}")) {
        found.push((
            text.clone(),
            format!("\"{text}\" has an offset that cannot be read: it is Z, or hours and minutes such as +03:00"),
        ));
    }
    for clock in ["1:00", "10", "10:0", "10:00:0", "10:00:00:00", "ten"] {
        let text = format!("2025-02-18T{clock}Z");
        found.push((text.clone(), format!("\"{text}\" has a time of day that cannot be read")));
    }
    for fraction in [",5", ".", ".1234567890", ".5x"] {
        let text = format!("2025-02-18T10:00:00{fraction}Z");
        found.push((text.clone(), format!("\"{text}\" has a fraction of a second that cannot be read")));
    }
    found
}

/// Texts that are no date at all; what acts on a terminal is shown escaped.
const NOTHING: &[&str] = &[
    "10000-01-01",
    "-0001-01-01",
    "2025-2-3x",
    "2025-02-18-",
    "2025-02-1８",
    "２０２５-02-18",
    "2025-02-18\u{1b}[31m",
    "2025-02-18\u{1b}]52;c;cm0gLXJm\u{7}",
    "2025-02-18\u{9b}2J",
    "2025\u{202e}81-20-",
    "\u{200b}2025-02-18",
    "2025-02-18\u{feff}",
    "2025\u{85}02-18",
    "1e400",
    "18446744073709551616",
    "..\\etc\\passwd",
    "javascript:alert(1)",
    "<script>",
    "'; drop table",
];

/// Intervals and ranges that run backwards.
const REVERSED: &[&str] = &[
    "2025-02-19/2025-02-17",
    "2025-02-18/2025-02-17?",
    "2025-02-18/2025-02-17~",
    "2026-01-01/2025-12-31",
    "[2025-03-01..2025-02-01]",
    "[2025-02-02..2025-02-01]?",
    "[9999-12-31..0001-01-01]",
    "2025-02-18T10:00:00+03:00[Asia/Riyadh]/2025-02-18T09:00:00+03:00[Asia/Riyadh]",
    "2025-02-18/2025-02-17T10:00:00+03:00[Asia/Riyadh]",
    "2025-02-18T10:00:00+03:00[Asia/Riyadh]/2025-02-17",
];

/// Broken at the doors alone: rules of zones change, and must never make a line of the log unreadable.
const BY_THE_CLOCKS: &[(&str, &str)] = &[
    ("2025-03-30T02:30[Europe/Madrid]", "2025-03-30T02:30 does not exist in Europe/Madrid: clocks are put forward over it"),
    ("2025-03-30T02:00:00[Europe/Berlin]", "2025-03-30T02:00 does not exist in Europe/Berlin"),
    ("2025-03-09T02:59[America/New_York]", "2025-03-09T02:59 does not exist in America/New_York"),
    (
        "2025-10-26T02:30[Europe/Madrid]",
        "2025-10-26T02:30 exists twice in Europe/Madrid: write 2025-10-26T02:30+02:00 for the first",
    ),
    ("2025-11-02T01:00[America/New_York]", "2025-11-02T01:00 exists twice in America/New_York"),
    ("2025-02-18T10:00:00+01:00[Asia/Riyadh]", "contradicts itself: clocks in Asia/Riyadh show +03:00 at that time"),
    ("2025-07-01T10:00:00+01:00[Europe/Madrid]", "contradicts itself: clocks in Europe/Madrid show +02:00 at that time"),
    ("2025-01-01T10:00:00-04:00[America/New_York]", "contradicts itself: clocks in America/New_York show -05:00 at that time"),
];

/// Every value at every door, each in another slot; and the first of each rule in every slot.
fn spread(doors: &[Door], slots: &[Slot], values: &[(String, String)]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (at, (value, says)) in values.iter().enumerate() {
        let slot = slots[at % slots.len()];
        // An embargo stands in the log as an instant: a day is none.
        let fits = |door: &Door| !(*door == Door::Log && slot.name == "embargo" && !value.contains('T'));
        let doors: Vec<Door> = doors.iter().copied().filter(fits).collect();
        cases.extend(crossed(&doors, &[slot], value, says));
    }
    cases
}

pub fn cases() -> Vec<Case> {
    let rules = everywhere();
    let own = |values: &[&str], says: &str| -> Vec<(String, String)> {
        values.iter().map(|value| ((*value).to_owned(), says.to_owned())).collect()
    };
    let every: Vec<Slot> = [WHEN, ONCE, PUBLISHED].concat();
    let mut cases = spread(Door::ALL, &every, &rules);
    cases.extend(spread(Door::ALL, &every, &own(NOTHING, "is no date")));
    cases.extend(spread(Door::ALL, WHEN, &own(REVERSED, "ends before it begins")));
    cases.extend(spread(
        Door::ALL,
        ONCE,
        &own(&["2025-02-17/2025-02-18", "2025-02-17/.."], "is an interval; a departure or arrival is one time"),
    ));
    let clocks: Vec<(String, String)> =
        BY_THE_CLOCKS.iter().map(|(value, says)| ((*value).to_owned(), (*says).to_owned())).collect();
    cases.extend(spread(Door::TYPED, &every, &clocks));
    let exact = ["2025-02-18T10:00:00.5+03:00[Asia/Riyadh]", "2025-02-18T10:00:00.001+03:00[Asia/Riyadh]"];
    cases.extend(spread(Door::ALL, &[WHEN, ONCE].concat(), &own(&exact, "what happens does so at a whole second")));
    for (value, says) in [
        ("2025-06-40", "June 2025 has 30 days"),
        ("0000-06-01", RANGE),
        ("2025-06-01T24:00:00Z", CLOCK),
        ("2025-06-01T10:00:00-16:00", OFFSET),
    ] {
        for slot in every.iter().copied() {
            cases.extend(spread(Door::ALL, &[slot], &own(&[value], says)));
        }
    }
    cases
}
