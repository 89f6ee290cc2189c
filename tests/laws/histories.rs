//! Small random histories: a registry, and reports of three people, five places and two meetings in May 2025.

use chrono::{DateTime, NaiveDate, Utc};
use daybook::event::{Entry, parse_line};
use daybook::projection::{AsOf, Scope};
use daybook::time::day;
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// The places: a country with two of its cities, and two far away from it and each other.
pub const PLACES: &[&str] = &["saudi-arabia", "riyadh", "jeddah", "ankara", "honolulu"];
const OFFICIALS: &[&str] = &["ann", "bob", "cyd"];
const PARTIES: &[&str] = &["us", "ru", "sa"];

/// The hour (of [`at`]) after which [`later_reports`] are published.
pub const LATER: u16 = 300;

/// Reports in log order; entry 1 is the registry, the first report is entry 2.
#[derive(Clone, Debug)]
pub struct History {
    pub reports: Vec<Report>,
}

/// An entry before it has its place in the log.
#[derive(Clone, Debug)]
pub struct Report {
    published: String,
    embargo: Option<String>,
    events: Vec<Said>,
}

/// An event, and what it refers to, chosen among whatever is earlier.
#[derive(Clone, Debug)]
struct Said {
    event: Value,
    refers: Refers,
}

#[derive(Clone, Copy, Debug)]
enum Refers {
    No,
    /// Takes over an earlier event.
    Replaces((u8, u8)),
    /// Cancels or retracts an earlier event, or an entry.
    Of((u8, u8), bool),
}

/// A question: clocks and carry.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    pub scope: Scope,
    pub on: NaiveDate,
    pub carry: i64,
}

/// Any history of up to nine reports.
pub fn histories() -> impl Strategy<Value = History> {
    prop::collection::vec(report(0..LATER, true), 0..9).prop_map(|reports| History { reports })
}

/// Longer ones, of which much is taken back, replaced and told again.
pub fn dense_histories() -> impl Strategy<Value = History> {
    prop::collection::vec(report(0..LATER, true), 8..36).prop_map(|reports| History { reports })
}

/// Histories of sources that name the time, each another, and that refer to nothing.
pub fn timed_histories() -> impl Strategy<Value = History> {
    prop::collection::vec((plain_event(), 0..48_u16), 0..8).prop_map(|said| {
        let timed = |(number, (event, hour)): (u16, (Value, u16))| Report {
            published: at(number * 48 + hour),
            embargo: None,
            events: vec![Said { event, refers: Refers::No }],
        };
        History { reports: (0..).zip(said).map(timed).collect() }
    })
}

/// Reports that are published after all others, none of them the desk's own correction.
pub fn later_reports() -> impl Strategy<Value = Vec<Report>> {
    let timed = report(LATER + 1..LATER + 99, false)
        .prop_filter("a bare day is public at the latest when recorded", |report| report.published.contains('T'));
    prop::collection::vec(timed, 1..4)
}

/// Any question about those weeks.
pub fn questions() -> impl Strategy<Value = Question> {
    let public_by = prop::option::of(0..LATER).prop_map(|hour| hour.map(|hour| instant(&at(hour))));
    let as_of = prop::option::of(1..10_u64).prop_map(|seq| seq.map(AsOf::Seq));
    (public_by, as_of, -3..25_i64, 0..6_i64).prop_map(|(public_by, as_of, days, carry)| Question {
        scope: Scope { as_of, public_by },
        on: day(2025, 5, 1) + chrono::Duration::days(days),
        carry,
    })
}

/// So many hours into May.
pub fn at(hour: u16) -> String {
    let at = instant("2025-05-01T00:00:00Z") + chrono::Duration::hours(i64::from(hour));
    at.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub fn instant(text: &str) -> DateTime<Utc> {
    crate::desk::instant(text)
}

fn report(hours: std::ops::Range<u16>, corrections: bool) -> impl Strategy<Value = Report> {
    let events = prop::collection::vec(said(corrections), 1..3);
    (hours, any::<bool>(), prop::option::weighted(0.1, 0..LATER), events).prop_map(|(hour, timed, embargo, events)| {
        let published = if timed { at(hour) } else { at(hour)[..10].to_owned() };
        Report { published, embargo: embargo.map(at), events }
    })
}

fn said(corrections: bool) -> impl Strategy<Value = Said> {
    let no = plain_event().prop_map(|event| Said { event, refers: Refers::No });
    let replaces = (moving(), any::<(u8, u8)>()).prop_map(|(event, pick)| Said { event, refers: Refers::Replaces(pick) });
    let off = (any::<(u8, u8)>(), prop::sample::subsequence(OFFICIALS, 0..2)).prop_map(|(pick, stay)| {
        let event = with(json!({"kind": "travel_cancelled"}), "officials", (!stay.is_empty()).then(|| json!(stay)));
        Said { event, refers: Refers::Of(pick, false) }
    });
    let reasons: &[&str] = if corrections {
        &["wrong", "source_withdrawn", "typo", "identity", "duplicate"]
    } else {
        &["wrong", "source_withdrawn"]
    };
    let retraction = (any::<(u8, u8)>(), any::<bool>(), prop::sample::select(reasons)).prop_map(|(pick, whole, reason)| Said {
        event: json!({"kind": "retraction", "reason": reason}),
        refers: Refers::Of(pick, whole),
    });
    prop_oneof![8 => no, 2 => replaces, 1 => off, 2 => retraction]
}

fn plain_event() -> impl Strategy<Value = Value> {
    prop_oneof![3 => moving(), 1 => absence(), 4 => meeting()]
}

fn with(mut event: Value, field: &str, value: Option<Value>) -> Value {
    if let Some(value) = value {
        event[field] = value;
    }
    event
}

fn may(number: u32) -> String {
    day(2025, 5, number).to_string()
}

/// A time as vague as sources leave it.
fn when() -> impl Strategy<Value = String> {
    let days = || (1..18_u32, 0..9_u32);
    prop_oneof![
        4 => (1..20_u32).prop_map(may),
        3 => days().prop_map(|(from, more)| format!("{}/{}", may(from), may(from + more))),
        1 => (1..20_u32).prop_map(|from| format!("{}/..", may(from))),
        1 => days().prop_map(|(from, more)| format!("[{}..{}]", may(from), may(from + more + 1))),
        1 => (1..20_u32, prop::sample::select(&["~", "?"][..])).prop_map(|(from, mark)| format!("{}{mark}", may(from))),
        1 => Just("2025-05".to_owned()),
        1 => (1..20_u32).prop_map(|from| format!("[{}..]", may(from))),
        1 => moment(),
    ]
}

fn moment() -> impl Strategy<Value = String> {
    (1..20_u32, 0..24_u32).prop_map(|(date, hour)| format!("{}T{hour:02}:00:00+03:00[Asia/Riyadh]", may(date)))
}

fn point() -> impl Strategy<Value = String> {
    prop_oneof![4 => (1..20_u32).prop_map(may), 1 => moment(), 1 => Just("2025-05".to_owned())]
}

fn people() -> impl Strategy<Value = Vec<&'static str>> {
    prop::sample::subsequence(OFFICIALS, 1..3)
}

fn place() -> impl Strategy<Value = &'static str> {
    prop::sample::select(PLACES)
}

/// A presence or a journey.
fn moving() -> BoxedStrategy<Value> {
    let presence = (people(), place(), when())
        .prop_map(|(officials, place, when)| json!({"kind": "presence", "officials": officials, "place": place, "when": when}));
    let travel = (people(), prop::option::of(place()), place(), prop::option::of(point()), prop::option::of(point())).prop_map(
        |(officials, from, to, depart, arrive)| {
            let event = json!({"kind": "travel", "officials": officials, "to": to});
            let event = with(event, "from", from.map(Value::from));
            with(with(event, "depart", depart.map(Value::from)), "arrive", arrive.map(Value::from))
        },
    );
    prop_oneof![3 => presence, 2 => travel].boxed()
}

fn absence() -> impl Strategy<Value = Value> {
    let from = prop_oneof![3 => place().prop_map(|id| ("place", id)), 1 => prop::sample::select(&["one", "two"][..]).prop_map(|id| ("meeting", id))];
    (people(), from, prop::option::of(when())).prop_map(|(officials, (field, id), when)| {
        with(json!({"kind": "absence", "officials": officials, field: id}), "when", when.map(Value::from))
    })
}

/// What is said of a meeting.
fn meeting() -> impl Strategy<Value = Value> {
    let kinds = [
        "meeting_proposed",
        "meeting_confirmed",
        "meeting_held",
        "meeting_changed",
        "meeting_declined",
        "meeting_postponed",
        "meeting_cancelled",
    ];
    let seat =
        (0..OFFICIALS.len(), prop::option::of(prop::sample::select(&["principal", "delegation", "host"][..])), attendance());
    let seats = prop::collection::btree_map(0..OFFICIALS.len(), seat, 0..3);
    let by = prop::sample::subsequence(PARTIES, 0..3);
    let id = prop::sample::select(&["one", "two"][..]);
    (
        prop::sample::select(kinds.to_vec()),
        id,
        prop::option::weighted(0.7, when()),
        prop::option::weighted(0.7, (place(), any::<bool>())),
        by,
        seats,
    )
        .prop_map(|(kind, id, when, place, by, seats)| {
            let by: Vec<Value> = by.into_iter().map(|party| json!({"party": party})).collect();
            let by = if by.is_empty() && kind == "meeting_confirmed" { vec![json!({"party": "us"})] } else { by };
            let event = with(json!({"kind": kind, "meeting": id}), "by", (!by.is_empty()).then(|| json!(by)));
            if matches!(kind, "meeting_declined" | "meeting_cancelled") {
                return event;
            }
            let event = with(event, "when", when.map(Value::from));
            if kind == "meeting_postponed" {
                return event;
            }
            let event = with(event, "place", place.map(|(place, _)| json!(place)));
            let event = with(event, "place_doubtful", place.filter(|(_, doubtful)| *doubtful).map(|_| json!(true)));
            let seats: Vec<Value> = seats.into_iter().map(|(at, (_, role, attendance))| seated(at, role, attendance)).collect();
            with(event, "participants", (!seats.is_empty()).then(|| json!(seats)))
        })
}

fn attendance() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(&["expected", "uncertain", "declined"][..]))
}

fn seated(at: usize, role: Option<&str>, attendance: Option<&str>) -> Value {
    let seat = with(json!({"official": OFFICIALS[at]}), "role", role.map(Value::from));
    with(seat, "attendance", attendance.map(Value::from))
}

/// The entries of a history: the registry first, each recorded a minute after the one before, after all that is published.
pub fn built(history: &History) -> Vec<Entry> {
    let mut entries = vec![entry(1, "2025-05-01", None, &registry())];
    for (seq, report) in (2..).zip(&history.reports) {
        let events: Vec<Value> = report.events.iter().map(|said| referring(&entries, said)).collect();
        entries.push(entry(seq, &report.published, report.embargo.as_deref(), &events));
    }
    entries
}

fn registry() -> Vec<Value> {
    let place = |id: &str, country: &str, zone: &str, (lat, lon): (f64, f64), within: Option<&str>| {
        let event = json!({"kind": "place", "place": id, "name": id, "country": country, "lat": lat, "lon": lon, "zone": zone});
        with(event, "within", within.map(Value::from))
    };
    let official = |(id, party): (&&str, &&str)| json!({"kind": "official", "official": id, "name": id, "party": party});
    let places = [
        place("saudi-arabia", "SA", "Asia/Riyadh", (24.0, 45.0), None),
        place("riyadh", "SA", "Asia/Riyadh", (24.7, 46.7), Some("saudi-arabia")),
        place("jeddah", "SA", "Asia/Riyadh", (21.5, 39.2), Some("saudi-arabia")),
        place("ankara", "TR", "Europe/Istanbul", (39.9, 32.9), None),
        place("honolulu", "US", "Pacific/Honolulu", (21.3, -157.9), None),
    ];
    OFFICIALS.iter().zip(PARTIES).map(official).chain(places).collect()
}

/// An event with its reference settled; one that finds nothing to refer to becomes a remark.
fn referring(entries: &[Entry], said: &Said) -> Value {
    let event = said.event.clone();
    match said.refers {
        Refers::No => event,
        Refers::Replaces(_) | Refers::Of(..) if entries.len() < 2 => {
            json!({"kind": "statement", "speaker": "nobody", "text": "nothing"})
        }
        Refers::Replaces(pick) => with(event, "replaces", Some(json!([reference(&entries[1..], pick, false)]))),
        Refers::Of(pick, whole) => with(event, "of", Some(json!([reference(&entries[1..], pick, whole)]))),
    }
}

/// An earlier event, or where that is allowed now and then a whole entry.
pub fn reference(entries: &[Entry], (entry, event): (u8, u8), whole: bool) -> String {
    let target = &entries[usize::from(entry) % entries.len()];
    let number = usize::from(event) % target.events.len() + 1;
    if whole && event % 3 == 0 { target.id.to_string() } else { format!("{}.{number}", target.id) }
}

/// An entry as the log holds it.
pub fn entry(seq: u64, published: &str, embargo: Option<&str>, events: &[Value]) -> Entry {
    let recorded = instant("2025-06-20T00:00:00Z") + chrono::Duration::minutes(i64::try_from(seq).unwrap());
    let mut line = Map::new();
    line.insert("v".into(), json!(1));
    line.insert("seq".into(), json!(seq));
    line.insert("id".into(), json!(format!("00000000-0000-7000-8000-{seq:012}")));
    line.insert("recorded".into(), json!(recorded.format("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()));
    line.insert("source".into(), json!({"outlet": "Wire", "published": published}));
    if let Some(embargo) = embargo {
        line.insert("embargo".into(), json!(embargo));
    }
    line.insert("events".into(), json!(events));
    line.insert("salt".into(), json!("0000000000000007"));
    let text = Value::Object(line).to_string();
    parse_line(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// Answers with their references renamed: `3.1` becomes the first event of the entry that `old` gives for 3.
pub fn renumbered(answers: &Value, old: &dyn Fn(usize) -> usize) -> Value {
    match answers {
        Value::Array(items) => items.iter().map(|item| renumbered(item, old)).collect(),
        Value::Object(fields) => fields.iter().map(|(name, value)| (name.clone(), renumbered(value, old))).collect(),
        Value::String(text) => match text.split_once('.').map(|(seq, number)| (seq.parse::<usize>(), number.parse::<u32>())) {
            Some((Ok(seq), Ok(number))) => json!(format!("{}.{number}", old(seq))),
            _ => json!(text),
        },
        other @ (Value::Null | Value::Bool(_) | Value::Number(_)) => other.clone(),
    }
}

/// Answers with the lists of which log order alone decides the order, evidence and legs, sorted by their text.
pub fn laid_out(answers: &Value) -> Value {
    match answers {
        Value::Array(items) => items.iter().map(laid_out).collect(),
        Value::Object(fields) => fields
            .iter()
            .map(|(name, value)| {
                let mut value = laid_out(value);
                if let ("evidence" | "legs" | "struck_by", Value::Array(items)) = (name.as_str(), &mut value) {
                    items.sort_by_key(ToString::to_string);
                }
                (name.clone(), value)
            })
            .collect(),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_)) => other.clone(),
    }
}
