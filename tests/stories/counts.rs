//! How much officials travel: what counts as away, as a trip, as observed, as a distance.

use serde_json::{Value, json};

use super::desk;
use crate::desk::Desk;

/// Kilometres by the haversine, computed apart from the cities' coordinates.
const ANKARA_RIYADH: i64 = 2131;
const RIYADH_DOHA: i64 = 489;

/// A desk whose Rubio lives in Washington.
fn at_home() -> Desk {
    desk().told("2025-05-01", "official rubio --base washington")
}

/// The counts of Rubio.
fn rubio(desk: &Desk, more: &str) -> Value {
    desk.json(&format!("stats --official rubio{more}"))["people"][0].clone()
}

fn tally(observed: u64, unverified: u64, coming: u64) -> Value {
    json!({"observed": observed, "unverified": unverified, "coming": coming})
}

#[test]
fn days_away_are_distinct_days_outside_the_country_of_the_base() {
    let desk = at_home()
        .told("2025-05-20", "presence rubio --at ankara --when 2025-05-02/2025-05-04")
        .told("2025-05-20", "presence rubio --at riyadh --when 2025-05-04/2025-05-05")
        .told("2025-05-20", "presence rubio --at \"New York\" --when 2025-05-08/2025-05-10")
        .told("2025-05-20", "presence rubio --at doha --when 2025-05-15?");
    let counts = rubio(&desk, "");
    assert_eq!((&counts["home"], &counts["days_away"]), (&json!("US"), &tally(4, 0, 0)), "the 4th counts once, doubt does not");
    assert_eq!(counts["trips"], tally(1, 0, 0));
    let countries: Vec<_> =
        counts["countries"].as_array().unwrap().iter().map(|one| (&one["id"], &one["days"]["observed"])).collect();
    assert_eq!(countries, [(&json!("TR"), &json!(3)), (&json!("SA"), &json!(2))]);
    assert_eq!(rubio(&desk, " --from 2025-05-04")["days_away"], tally(2, 0, 0));
    assert_eq!(rubio(&desk, " --to 2025-05-02")["days_away"], tally(1, 0, 0));
}

#[test]
fn without_a_base_every_place_is_away() {
    let desk = desk().told("2025-05-20", "presence rubio --at \"New York\" --when 2025-05-08/2025-05-10");
    assert_eq!((&rubio(&desk, "")["home"], &rubio(&desk, "")["days_away"]), (&json!(null), &tally(3, 0, 0)));
    assert!(desk.ask("stats --official rubio").contains("no base is known"));
}

#[test]
fn observed_unverified_and_to_come_stand_apart() {
    let desk = at_home()
        .told("2025-05-03", "presence rubio --at ankara --when 2025-05-02/2025-05-05")
        .told("2025-05-03", "presence rubio --at doha --when 2025-05-20/2025-05-21");
    assert_eq!(rubio(&desk, " --on 2025-05-04")["days_away"], tally(2, 0, 4), "what is planned for that day is still to come");
    assert_eq!(rubio(&desk, " --on 2025-05-05")["days_away"], tally(2, 1, 3));
    assert_eq!(rubio(&desk, " --on 2025-05-05")["trips"], tally(1, 0, 1));
    assert_eq!(rubio(&desk, " --on 2025-06-01")["days_away"], tally(2, 4, 0));
    assert_eq!(rubio(&desk, " --on 2025-06-01")["trips"], tally(1, 1, 0));
}

#[test]
fn a_trip_is_what_bears_its_name_else_stops_away_with_no_return_home() {
    let told =
        |desk: Desk, place: &str, days: &str| desk.told("2025-05-20", &format!("presence rubio --at {place} --when {days}"));
    let run = told(told(at_home(), "ankara", "2025-05-02/2025-05-03"), "doha", "2025-05-04/2025-05-05");
    assert_eq!(rubio(&run, "")["trips"], tally(1, 0, 0), "one day after the other");
    // Home is Washington: 11,200 km from Doha, 600 from Toronto and 3,000 from Mexico City.
    let riyadh = told(run, "riyadh", "2025-05-07/2025-05-08");
    assert_eq!(rubio(&riyadh, "")["trips"], tally(1, 0, 0), "nobody flies home from Doha and back to Riyadh on the 6th");
    let weekend = told(riyadh, "ankara", "2025-05-12/2025-05-13");
    assert_eq!(rubio(&weekend, "")["trips"], tally(2, 0, 0), "there are three days for it");
    let near = told(told(at_home(), "toronto", "2025-05-02/2025-05-03"), "\"Mexico City\"", "2025-05-05/2025-05-06");
    assert_eq!(rubio(&near, "")["trips"], tally(2, 0, 0), "from Toronto he can have been home on the 4th");
    let flown =
        near.told("2025-05-20", "travel rubio --from toronto --to \"Mexico City\" --depart 2025-05-03 --arrive 2025-05-05");
    assert_eq!(rubio(&flown, "")["trips"], tally(1, 0, 0), "in transit");
    let home = told(
        told(told(at_home(), "ankara", "2025-05-02/2025-05-03"), "\"New York\"", "2025-05-04"),
        "doha",
        "2025-05-04/2025-05-05",
    );
    assert_eq!(rubio(&home, "")["trips"], tally(2, 0, 0), "he was at home");
    let named = at_home()
        .told("2025-05-01", "trip tour \"The tour\" --officials rubio")
        .told("2025-05-20", "presence rubio --at ankara --when 2025-05-02/2025-05-03 --trip tour")
        .told("2025-05-20", "presence rubio --at riyadh --when 2025-05-09/2025-05-10 --trip tour");
    assert_eq!(rubio(&named, "")["trips"], tally(1, 0, 0));
}

/// Before officials flew the same days were too few: a steamer makes a thousand kilometres a day.
#[test]
fn who_sailed_was_not_home_between_two_ports() {
    let port =
        |desk: Desk, place: &str, days: &str| desk.told("2025-05-20", &format!("presence rubio --at {place} --when {days}"));
    let voyage = |year: &str| {
        let desk = port(at_home(), "guayaquil", &format!("{year}-12-01/{year}-12-02"));
        rubio(&port(desk, "lima", &format!("{year}-12-06/{year}-12-08")), "")["trips"].clone()
    };
    // 4,400 km from Guayaquil to Washington and 5,700 from there to Lima, in three days.
    assert_eq!((voyage("1928"), voyage("1988")), (tally(1, 0, 0), tally(2, 0, 0)));
}

#[test]
fn kilometres_are_those_reported_else_estimated_within_a_trip() {
    let near = |value: &Value, km: i64| (value.as_i64().unwrap() - km).abs() <= 1;
    let stops = at_home()
        .told("2025-05-20", "presence rubio --at ankara --when 2025-05-02/2025-05-03")
        .told("2025-05-20", "presence rubio --at riyadh --when 2025-05-04/2025-05-05")
        .told("2025-05-20", "presence rubio --at doha --when 2025-05-20/2025-05-21");
    let km = rubio(&stops, "")["kilometres"].clone();
    assert!(near(&km["estimated"], ANKARA_RIYADH) && km["reported"] == 0, "{km}: not to Doha, which is another trip");
    let flown = stops.told("2025-05-20", "travel rubio --from ankara --to riyadh --depart 2025-05-04");
    let km = rubio(&flown, "")["kilometres"].clone();
    assert!(near(&km["reported"], ANKARA_RIYADH) && km["estimated"] == 0, "{km}");
    let both = flown.told("2025-05-20", "presence rubio --at doha --when 2025-05-06");
    let km = rubio(&both, "")["kilometres"].clone();
    assert!(near(&km["reported"], ANKARA_RIYADH) && near(&km["estimated"], RIYADH_DOHA), "{km}");
}

#[test]
fn meetings_are_counted_by_status_and_level_and_who_was_met_by_encounters() {
    let desk = at_home()
        .told("2025-05-20", "held one --when 2025-05-02 --at ankara --principals rubio,fidan")
        .told("2025-05-20", "held two --when 2025-05-12 --at riyadh --level ministerial --principals rubio,lavrov,fidan")
        .told("2025-05-20", "propose three --principals rubio,lavrov");
    let counts = rubio(&desk, "");
    assert_eq!(counts["meetings_by_status"], json!({"held": 2, "proposed": 1}));
    assert_eq!(counts["meetings_by_level"], json!({"ministerial": 3}), "foreign ministers");
    let met: Vec<_> =
        counts["met"].as_array().unwrap().iter().map(|one| (&one["official"], &one["encounters"], &one["days"])).collect();
    assert_eq!(met, [(&json!("fidan"), &json!(2), &json!(2)), (&json!("lavrov"), &json!(1), &json!(1))]);
    assert_eq!(rubio(&desk, " --from 2025-05-10")["meetings_by_status"], json!({"held": 1}), "the undated is on no day");
}

#[test]
fn everybody_stands_by_days_away_with_the_sum() {
    let desk = at_home()
        .told("2025-05-20", "presence rubio --at ankara --when 2025-05-02/2025-05-04")
        .told("2025-05-20", "presence lavrov --at ankara --when 2025-05-02/2025-05-06");
    let answer = desk.json("stats");
    let people: Vec<_> = answer["people"].as_array().unwrap().iter().map(|one| &one["official"]).collect();
    assert_eq!(people, ["lavrov", "rubio"], "who was never away is left out");
    assert_eq!((&answer["totals"]["days_away"], &answer["totals"]["countries"]), (&tally(8, 0, 0), &json!(1)));
}

/// Centuries are counted, not walked through: 3,652,059 days from the year 1 to the year 9999, of which 739,372 are up to 2025-05-01.
#[test]
fn centuries_are_counted_at_once() {
    let desk = at_home()
        .told("2025-05-01", "presence rubio --at ankara --when 0001-01-01/9999-12-31")
        .told("2025-05-01", "presence rubio --at doha --when 0001-01-01/9999-12-31")
        .told("2025-05-01", "presence fidan --at ankara --when 0001-01-01/9999-12-31");
    let counts = rubio(&desk, "");
    let (observed, rest) = (counts["days_away"]["observed"].as_u64().unwrap(), counts["days_away"]["coming"].as_u64().unwrap());
    assert_eq!((observed, observed + rest), (739_372, 3_652_059));
    assert_eq!(counts["met"][0]["days"], observed);
    let chart = desk.json("itinerary rubio --chart --from 2000-01-01 --to 2030-12-31");
    let bars = chart["rows"][0]["bars"].as_array().unwrap();
    assert!(bars.iter().all(|bar| bar["conflicts"] == json!([{"from": "2000-01-01", "to": "2030-12-31"}])), "{bars:?}");
}

#[test]
fn whom_one_is_to_meet_is_not_met_yet() {
    let desk = at_home()
        .told("2025-05-01", "presence rubio --at ankara --when 2025-04-29/2025-05-20")
        .told("2025-05-01", "presence fidan --at ankara --when 2025-05-10/2025-05-20");
    assert_eq!(rubio(&desk, "")["met"], json!([]), "a plan");
    let seen = desk.told("2025-05-12", "presence rubio,fidan --at ankara --when 2025-05-11/2025-05-12");
    let met = &rubio(&seen, "")["met"][0];
    assert_eq!((&met["official"], &met["encounters"], &met["days"]), (&json!("fidan"), &json!(1), &json!(2)));
}
