//! A large desk: two hundred officials, five thousand entries over five months, drawn from a fixed seed.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::dice::Dice;

/// How many officials it follows.
pub const OFFICIALS: usize = 200;
/// How many entries its log has.
pub const ENTRIES: usize = 5000;

const FIRST: [&str; 20] = [
    "Anna", "Boris", "Carla", "David", "Elena", "Farid", "Greta", "Hugo", "Ines", "Jonas", "Karin", "Luca", "Maria", "Nils",
    "Olga", "Pedro", "Rosa", "Stefan", "Tamar", "Viktor",
];
const LAST: [&str; 10] = ["Almeida", "Berger", "Costa", "Dubois", "Eriksen", "Fischer", "Garcia", "Haddad", "Ivanov", "Jansen"];
const PARTIES: [&str; 20] =
    ["us", "ru", "fr", "de", "gb", "it", "es", "pl", "ua", "sa", "ae", "tr", "il", "eg", "cn", "jp", "in", "br", "za", "no"];
const PLACES: [&str; 16] = [
    "Riyadh",
    "Geneva",
    "Vienna",
    "Brussels",
    "Doha",
    "Cairo",
    "Ankara",
    "Istanbul",
    "Beijing",
    "Tokyo",
    "Oslo",
    "Rome",
    "Madrid",
    "Warsaw",
    "Jeddah",
    "New Delhi",
];

fn pick<'a>(dice: &mut Dice, from: &[&'a str]) -> &'a str {
    from[dice.below(from.len())]
}

fn id(official: usize) -> String {
    format!("{}-{}", FIRST[official % 20], LAST[official / 20]).to_lowercase()
}

fn day(number: usize) -> String {
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    (first + chrono::Days::new(number as u64)).to_string()
}

/// The log as one file for `daybook import`: two hundred officials in the first entry, then reports, day after day.
pub fn file() -> String {
    let ranks = ["head_of_state", "head_of_government", "foreign_minister", "minister", "envoy"];
    let officials: Vec<Value> = (0..OFFICIALS)
        .map(|one| {
            let name = format!("{} {}", FIRST[one % 20], LAST[one / 20]);
            json!({"kind": "official", "official": id(one), "name": name, "party": PARTIES[one % 20], "rank": ranks[one % 5]})
        })
        .collect();
    let mut lines = vec![json!({"source": {"published": "2025-01-01"}, "events": officials}).to_string()];
    let (mut dice, mut meetings) = (Dice::of(7), Vec::<(String, usize, usize)>::new());
    for number in 1..ENTRIES {
        let today = 1 + number * 150 / ENTRIES;
        let outlet = pick(&mut dice, &["Wire", "Herald", "Gazette", "Tribune", "Ministry"]);
        let event = report(&mut dice, &mut meetings, today, number);
        lines.push(json!({"source": {"outlet": outlet, "published": day(today)}, "events": [event]}).to_string());
    }
    lines.join("\n") + "\n"
}

fn report(dice: &mut Dice, meetings: &mut Vec<(String, usize, usize)>, today: usize, number: usize) -> Value {
    let who = dice.below(OFFICIALS);
    match dice.below(10) {
        0..=3 => {
            let out = today + dice.below(8);
            json!({"kind": "travel", "officials": [id(who)], "to": pick(dice, &PLACES), "depart": day(out), "arrive": day(out + dice.below(2))})
        }
        4 => {
            let from = today.saturating_sub(dice.below(2));
            json!({"kind": "presence", "officials": [id(who)], "place": pick(dice, &PLACES), "when": format!("{}/{}", day(from), day(from + dice.below(3)))})
        }
        5 => {
            // Somebody of another country, so that two sides are needed.
            let other = (who + 1 + 20 * dice.below(9)) % OFFICIALS;
            let meeting = format!("meeting-{number}");
            meetings.push((meeting.clone(), who, other));
            let mut event = json!({"kind": "meeting_proposed", "meeting": meeting, "title": format!("{} and {}", id(who), id(other)),
                "participants": [{"official": id(who)}, {"official": id(other)}], "place": pick(dice, &PLACES), "by": [PARTIES[who % 20]]});
            if dice.below(4) > 0 {
                event["when"] = json!(day(today + 1 + dice.below(20)));
            }
            event
        }
        6..=8 if !meetings.is_empty() => {
            let at = meetings.len().saturating_sub(1 + dice.below(60));
            let (meeting, one, other) = meetings[at].clone();
            let party = PARTIES[if dice.below(3) == 0 { one % 20 } else { other % 20 }];
            match dice.below(8) {
                0 => json!({"kind": "meeting_postponed", "meeting": meeting, "by": [party]}),
                1 => json!({"kind": "meeting_cancelled", "meeting": meeting, "by": [party]}),
                2 => json!({"kind": "meeting_changed", "meeting": meeting, "when": day(today + 1 + dice.below(10))}),
                3 => json!({"kind": "meeting_held", "meeting": meeting, "when": day(today)}),
                _ => json!({"kind": "meeting_confirmed", "meeting": meeting, "by": [party]}),
            }
        }
        _ => json!({"kind": "statement", "speaker": id(who), "text": "We remain in contact", "topics": ["talks"]}),
    }
}

/// The desk with that log; it is the evening of the last day that it tells of.
pub fn desk() -> Desk {
    let desk = Desk::new().at("2025-05-31T20:00:00Z");
    std::fs::write(desk.path("large.jsonl"), file()).unwrap();
    let said = desk.run(&["import", "large.jsonl"], "");
    assert_eq!(said.code, 0, "{}", said.err);
    desk
}
