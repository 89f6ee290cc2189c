//! What a VTIMEZONE says of an instant, by RFC 5545, section 3.6.5 alone: a second, simple way to the same answer.

use chrono::{DateTime, Datelike as _, Duration, NaiveDate, NaiveDateTime, Utc, Weekday};

use crate::ical::Node;

/// The onsets that a VTIMEZONE has until the year 2040: instant and offset from then on in seconds, in order.
pub fn onsets(zone: &Node) -> Vec<(DateTime<Utc>, i64)> {
    let mut onsets: Vec<(DateTime<Utc>, i64)> = zone.parts.iter().flat_map(observance).collect();
    onsets.sort_unstable();
    onsets
}

/// The offset at an instant: that of the last onset before it.
pub fn offset_at(onsets: &[(DateTime<Utc>, i64)], at: DateTime<Utc>) -> Option<i64> {
    let after = onsets.partition_point(|(onset, _)| *onset <= at);
    onsets[..after].last().map(|(_, offset)| *offset)
}

fn observance(node: &Node) -> Vec<(DateTime<Utc>, i64)> {
    let value = |name: &str| node.property(name).map(|line| line.value.clone());
    let from = seconds(&value("TZOFFSETFROM").unwrap());
    let to = seconds(&value("TZOFFSETTO").unwrap());
    let start = wall(&value("DTSTART").unwrap());
    let instant = |wall: NaiveDateTime| (wall - Duration::seconds(from)).and_utc();
    let mut found = vec![(instant(start), to)];
    if let Some(rule) = value("RRULE") {
        let part = |name: &str| rule.split(';').find_map(|part| part.strip_prefix(name)).map(str::to_owned);
        assert_eq!(part("FREQ=").as_deref(), Some("YEARLY"));
        let month: u32 = part("BYMONTH=").unwrap().parse().unwrap();
        let until = part("UNTIL=").map(|until| wall(until.strip_suffix('Z').unwrap()).and_utc());
        let days = part("BYMONTHDAY=").map(|days| days.split(',').map(|day| day.parse().unwrap()).collect::<Vec<u32>>());
        for year in start.year()..2040 {
            let day = day_of(year, month, &part("BYDAY=").unwrap(), days.as_deref());
            let at = day.and_time(start.time());
            if at > start && until.is_none_or(|until| instant(at) <= until) {
                found.push((instant(at), to));
            }
        }
    }
    found
}

/// The one day of a month that BYDAY and BYMONTHDAY leave.
fn day_of(year: i32, month: u32, by_day: &str, by_month_day: Option<&[u32]>) -> NaiveDate {
    let (nth, name) = by_day.split_at(by_day.len() - 2);
    let weekday = match name {
        "MO" => Weekday::Mon,
        "TU" => Weekday::Tue,
        "WE" => Weekday::Wed,
        "TH" => Weekday::Thu,
        "FR" => Weekday::Fri,
        "SA" => Weekday::Sat,
        "SU" => Weekday::Sun,
        other => panic!("{other} is no day"),
    };
    let such: Vec<NaiveDate> =
        (1..=31).filter_map(|day| NaiveDate::from_ymd_opt(year, month, day)).filter(|day| day.weekday() == weekday).collect();
    let chosen: Vec<NaiveDate> = match (nth.parse::<i64>(), by_month_day) {
        (Ok(-1), None) => such.last().copied().into_iter().collect(),
        (Ok(nth), None) => vec![such[usize::try_from(nth - 1).unwrap()]],
        (Err(_), Some(days)) => such.into_iter().filter(|day| days.contains(&day.day())).collect(),
        (other, _) => panic!("{other:?} and BYMONTHDAY"),
    };
    assert_eq!(chosen.len(), 1, "{year}-{month} {by_day} {by_month_day:?}");
    chosen[0]
}

fn wall(text: &str) -> NaiveDateTime {
    NaiveDateTime::parse_from_str(text, "%Y%m%dT%H%M%S").unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn seconds(offset: &str) -> i64 {
    let (sign, digits) = offset.split_at(1);
    let part = |from: usize| digits.get(from..from + 2).map_or(0, |part| part.parse::<i64>().unwrap());
    let all = part(0) * 3600 + part(2) * 60 + part(4);
    if sign == "-" { -all } else { all }
}
