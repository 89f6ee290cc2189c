//! Laws of the scanner: what is written as the log writes it is scanned, and what is scanned the validating way reads as the same entry,
//! whatever was done to the line.

use chrono::DateTime;
use daybook::event::{
    Attendance, ENTRY_EVENTS, Entry, Kind, Level, Rank, Role, TEXT_BYTES, Why, compose, scan_line, validate_line,
};
use daybook::time::write_instant;
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::{Map, Value, json};

const SHIPPED: &str = include_str!("../../events/000001.jsonl");
const GOLDEN: &str = include_str!("../golden/1.jsonl");

/// A text as sources have it: with quotation marks, line breaks, controls and other scripts, and never a NUL.
fn text() -> BoxedStrategy<String> {
    const PIECES: &[&str] = &[
        "\"",
        "\\",
        "/",
        "\n",
        "\t",
        "\r",
        "\u{8}",
        "\u{c}",
        "\u{1}",
        "\u{1f}",
        "\u{7f}",
        "é",
        "루",
        "😀",
        "u0000",
        " and so on ",
    ];
    let mixed = prop::collection::vec(prop::sample::select(PIECES), 0..9).prop_map(|pieces| pieces.concat());
    let any = any::<String>().prop_map(|text| text.replace('\0', ""));
    prop_oneof![3 => "[A-Za-z ,.']{0,30}", 2 => mixed, 1 => any, 1 => Just("long ".repeat(40))].boxed()
}

/// A name, in which nothing hides.
fn name() -> BoxedStrategy<Value> {
    "[A-Za-zéñ루 .'\"\\\\-]{1,20}".prop_map(Value::from).boxed()
}

fn id() -> BoxedStrategy<Value> {
    let word = "[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,5}";
    prop_oneof![9 => word.prop_map(Value::from), 1 => Just(json!("a".repeat(64)))].boxed()
}

fn list(of: BoxedStrategy<Value>) -> BoxedStrategy<Value> {
    prop::collection::vec(of, 1..5).prop_map(Value::from).boxed()
}

/// One of the words of a list.
fn one_of<T: Copy + std::fmt::Display + std::fmt::Debug + 'static>(words: &'static [T]) -> BoxedStrategy<Value> {
    prop::sample::select(words).prop_map(|word| json!(word.to_string())).boxed()
}

fn day() -> BoxedStrategy<String> {
    (1..=9999, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")).boxed()
}

fn moment() -> BoxedStrategy<String> {
    const ZONES: &[&str] = &["+03:00[Asia/Riyadh]", "-05:00[America/New_York]", "+05:30[Asia/Kolkata]", "+00:00[UTC]"];
    (day(), 0..24, 0..60, prop::sample::select(ZONES))
        .prop_map(|(day, hour, minute, zone)| format!("{day}T{hour:02}:{minute:02}:00{zone}"))
        .boxed()
}

/// A time that is no interval.
fn point() -> BoxedStrategy<Value> {
    let marked = (day(), prop::sample::select(&["", "~", "?"][..])).prop_map(|(day, mark)| format!("{day}{mark}"));
    let vague = (day(), prop::sample::select(&[4_usize, 7][..])).prop_map(|(day, length)| day[..length].to_owned());
    prop_oneof![3 => marked, 1 => vague, 2 => moment()].prop_map(Value::from).boxed()
}

fn when() -> BoxedStrategy<Value> {
    let end = || prop_oneof![3 => day(), 1 => moment()];
    let interval = (end(), end()).prop_map(|(one, other)| {
        let (from, to) = if one[..10] < other[..10] { (one, other) } else { (other, one) };
        if from[..10] == to[..10] { from } else { format!("{from}/{to}") }
    });
    let open = end().prop_map(|from| format!("{from}/.."));
    let within = (day(), day()).prop_map(|(one, other)| format!("[{}..{}]", one.clone().min(other.clone()), one.max(other)));
    let half = (day(), any::<bool>()).prop_map(|(day, from)| if from { format!("[{day}..]") } else { format!("[..{day}]") });
    prop_oneof![4 => point(), 3 => interval.prop_map(Value::from), 1 => open.prop_map(Value::from), 1 => within.prop_map(Value::from),
        1 => half.prop_map(Value::from)]
    .boxed()
}

fn reference() -> BoxedStrategy<Value> {
    (any::<u128>(), 1..2_000_u32).prop_map(|(id, number)| json!(format!("{}.{number}", uuid::Uuid::from_u128(id)))).boxed()
}

fn object(fields: Vec<(&'static str, BoxedStrategy<Value>, f64)>) -> BoxedStrategy<Value> {
    let fields: Vec<_> = fields
        .into_iter()
        .map(|(field, value, share)| {
            let value = if share < 1.0 { prop::option::weighted(share, value).boxed() } else { value.prop_map(Some).boxed() };
            value.prop_map(move |value| (field, value))
        })
        .collect();
    fields
        .prop_map(|fields| {
            let given = fields.into_iter().filter_map(|(field, value)| Some((field.to_owned(), value?)));
            Value::Object(given.collect::<Map<_, _>>())
        })
        .boxed()
}

fn participant() -> BoxedStrategy<Value> {
    let who = |field: &'static str| {
        vec![(field, id(), 1.0), ("role", one_of(Role::ALL), 0.5), ("attendance", one_of(Attendance::ALL), 0.5)]
    };
    prop_oneof![2 => object(who("official")), 1 => object(who("party"))].boxed()
}

fn extra() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![text().prop_map(Value::from), any::<i64>().prop_map(Value::from), Just(Value::Null), Just(json!(0.5))];
    let value = leaf.prop_recursive(3, 12, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::hash_map("[a-z]{1,3}", inner, 0..4).prop_map(|fields| json!(fields)),
        ]
    });
    value.prop_map(|value| json!({"desk": value})).boxed()
}

fn said() -> BoxedStrategy<Value> {
    let words = |field| (field, text().prop_map(Value::from).boxed(), 0.4);
    let fields = ["when", "depart", "arrive", "since", "until", "place", "from", "to"].map(words);
    object(fields.into())
        .prop_filter("words are kept, or nothing is", |said| said.as_object().is_some_and(|said| !said.is_empty()))
        .boxed()
}

/// A value for a field of a kind.
fn value(kind: Kind, field: &str) -> BoxedStrategy<Value> {
    match field {
        "official" | "party" | "place" | "trip" | "meeting" | "base" | "within" | "from" | "to" | "on_behalf_of" => id(),
        "officials" => list(id()),
        "of" if kind == Kind::Retraction => {
            list(prop_oneof![2 => reference(), 1 => any::<u128>().prop_map(|id| json!(uuid::Uuid::from_u128(id)))].boxed())
        }
        "of" | "replaces" => list(reference()),
        "name" | "title" => name(),
        "aliases" => list(name()),
        "rank" => one_of(Rank::ALL),
        "level" => one_of(Level::ALL),
        "reason" if kind == Kind::Retraction => one_of(Why::ALL),
        "depart" | "arrive" => point(),
        "since" | "until" | "when" => when(),
        "wikidata" => "Q[0-9]{1,9}".prop_map(Value::from).boxed(),
        "country" => "[A-Z]{2}".prop_map(Value::from).boxed(),
        "lat" => (-90_000..=90_000).prop_map(|thousandths| json!(f64::from(thousandths) / 1_000.0)).boxed(),
        "lon" => (-180_000..=180_000).prop_map(|thousandths| json!(f64::from(thousandths) / 1_000.0)).boxed(),
        "zone" => prop::sample::select(&["Asia/Riyadh", "UTC", "America/Argentina/Ushuaia"][..]).prop_map(Value::from).boxed(),
        "participants" => list(participant()),
        "by" => list(object(vec![("party", id(), 1.0), ("voice", text().prop_map(Value::from).boxed(), 0.5)])),
        "place_doubtful" => Just(json!(true)).boxed(),
        "about" | "topics" => list(text().prop_map(Value::from).boxed()),
        "said" => said(),
        "x" => extra(),
        _ => text().prop_map(Value::from).boxed(),
    }
}

/// Any event, with any of the fields of its kind.
fn event() -> BoxedStrategy<Value> {
    prop::sample::select(Kind::ALL).prop_flat_map(event_of).boxed()
}

fn event_of(kind: Kind) -> BoxedStrategy<Value> {
    let common = ["quote", "said", "said_by", "via", "replaces", "note", "x"];
    let must = kind.must().iter().map(|field| (*field, value(kind, field), 1.0));
    let may = kind.may().iter().map(|field| (*field, value(kind, field), 0.5));
    let fields = must.chain(may).chain(common.map(|field| (field, value(kind, field), 0.2))).collect();
    object(fields).prop_map(move |fields| whole(kind, fields)).boxed()
}

/// The event, without fields that stand only beside others.
fn whole(kind: Kind, mut event: Value) -> Value {
    let Some(fields) = event.as_object_mut() else { return event };
    fields.insert("kind".into(), json!(kind.name()));
    if fields.contains_key("lat") != fields.contains_key("lon") {
        fields.remove("lat");
        fields.remove("lon");
    }
    if !fields.contains_key("place") {
        fields.remove("place_doubtful");
    }
    if kind == Kind::Absence && fields.contains_key("place") {
        fields.remove("meeting");
    } else if kind == Kind::Absence {
        fields.entry("meeting").or_insert(json!("talks"));
    }
    event
}

fn instant() -> BoxedStrategy<Value> {
    let (first, last) = (-62_135_596_800_000_i64, 253_402_300_799_999_i64);
    (first..=last).prop_map(|at| json!(write_instant(DateTime::from_timestamp_millis(at).unwrap()))).boxed()
}

fn source() -> BoxedStrategy<Value> {
    let words = || text().prop_map(Value::from).boxed();
    let timed = (day(), 0..24, prop::sample::select(&["Z", "+01:00", "-03:30", ".250+02:00"][..]))
        .prop_map(|(day, hour, offset)| json!(format!("{day}T{hour:02}:59:07{offset}")));
    let published = prop_oneof![day().prop_map(Value::from), timed].boxed();
    let archive = object(vec![("sha256", "[0-9a-f]{64}".prop_map(Value::from).boxed(), 0.7), ("url", words(), 1.0)]);
    object(vec![
        ("outlet", words(), 0.8),
        ("title", words(), 0.5),
        ("author", words(), 0.3),
        ("url", words(), 0.5),
        ("published", published, 0.8),
        ("grade", "[A-F][1-6]".prop_map(Value::from).boxed(), 0.5),
        ("archive", archive, 0.2),
        ("record", words(), 0.2),
    ])
}

/// Any entry as a line of JSON, and the entry that it is.
fn entries() -> impl Strategy<Value = Entry> {
    let head = (1..=u64::MAX / 2, any::<u128>(), instant(), prop::option::of(text()), prop::option::of(instant()));
    let events = prop::collection::vec(event(), 1..4);
    (head, source(), events, prop::option::weighted(0.2, extra())).prop_map(
        |((seq, id, recorded, by, embargo), source, events, x)| {
            let line = json!({
                "v": 1, "seq": seq, "id": uuid::Uuid::from_u128(id), "recorded": recorded, "logged_by": by, "source": source,
                "embargo": embargo, "events": events, "x": x, "salt": "0000000000000007",
            })
            .to_string();
            validate_line(line.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{line}"))
        },
    )
}

fn chained(entry: &Entry) -> String {
    format!("{},\"chain\":\"{:064x}\"}}", compose(entry, 7).unwrap(), 11)
}

/// Something done to a line that was good.
#[derive(Clone, Debug)]
enum Harm {
    /// A byte becomes another.
    Byte(Index, u8),
    /// Something is put in.
    Insert(Index, &'static str),
    /// So many bytes are taken out.
    Cut(Index, usize),
    /// A number becomes another.
    Digits(Index, &'static str),
    /// Two fields or items change places.
    Swap(Index, Index),
    /// A field or item stands somewhere else, too.
    Double(Index, Index),
    /// A field or item is left out.
    Drop(Index),
    /// A text becomes another.
    Text(Index, &'static str),
}

const PUT_IN: &[&str] = &[
    " ",
    "\t",
    "\n",
    "\"",
    "\\",
    ",",
    ":",
    "{",
    "}",
    "[",
    "]",
    "{}",
    "[]",
    "null",
    "true",
    "0",
    "-",
    ".",
    "\\u0041",
    "\\u0000",
    "\\u001f",
    "\\u001F",
    "\\ud83d\\ude00",
    "\\/",
    "\\n",
    "\u{200b}",
    "\u{1}",
    "é",
    "\"x\":{\"a\":1,\"a\":2},",
    "\"x\":null,",
    "\"note\":null,",
    "\"note\":\"n\",",
];
const NUMBERS: &[&str] = &[
    "",
    "0",
    "-0",
    "00",
    "01",
    "1.0",
    "-1",
    "1e0",
    "1E+0",
    "0.5",
    "90.5",
    "-180.0",
    "0.1e1",
    "9999999999999999999",
    "18446744073709551615",
    "18446744073709551616",
    "123456789012345678901234567890",
    "0.12345678901234567890123",
];
const TEXTS: &[&str] = &[
    "",
    "us",
    "US",
    "a--b",
    "-a",
    "rubio ",
    "2025-02-30",
    "2025-02-18",
    "2025-02-18/2025-02-17",
    "2025-2-18",
    "0000-01-01",
    "2025-02-18/..",
    "2025-02-18t10:00:00Z",
    "2025-02-18T10:00:00.0Z",
    "2025-02-18T10:00:60Z",
    "2025-02-18T10:00:00.123Z",
    "2025-02-18T10:00:00+15:00",
    "2025-02-18T10:00:00+03:00[asia/riyadh]",
    "2025-02-18T10:00:00+03:00[Asia/Atlantis]",
    "b2",
    "B7",
    "Foreign Minister",
    "wrong",
    "\u{200b}",
    "Q",
    "SA",
    "{00000000-0000-7000-8000-000000000001}",
    "00000000000070008000000000000001",
    "00000000-0000-7000-8000-000000000001",
    "00000000-0000-7000-8000-000000000001.0",
    "00000000-0000-7000-8000-000000000001.01",
    "place",
    "presence",
    "when",
    "kind",
];

fn harm() -> impl Strategy<Value = Harm> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), any::<u8>()).prop_map(|(at, byte)| Harm::Byte(at, byte)),
        3 => (at(), prop::sample::select(PUT_IN)).prop_map(|(at, what)| Harm::Insert(at, what)),
        2 => (at(), 1..40_usize).prop_map(|(at, many)| Harm::Cut(at, many)),
        2 => (at(), prop::sample::select(NUMBERS)).prop_map(|(at, number)| Harm::Digits(at, number)),
        2 => (at(), at()).prop_map(|(one, other)| Harm::Swap(one, other)),
        2 => (at(), at()).prop_map(|(from, to)| Harm::Double(from, to)),
        2 => at().prop_map(Harm::Drop),
        5 => (at(), prop::sample::select(TEXTS)).prop_map(|(at, text)| Harm::Text(at, text)),
    ]
}

fn harmed(line: &[u8], harm: &Harm) -> Vec<u8> {
    let text = || String::from_utf8_lossy(line).into_owned();
    let joined = |change: &dyn Fn(&mut Vec<String>)| {
        let text = text();
        let mut parts = text.split(",\"").map(str::to_owned).collect();
        change(&mut parts);
        parts.join(",\"").into_bytes()
    };
    let mut bytes = line.to_vec();
    match harm {
        _ if line.is_empty() => {}
        Harm::Byte(at, byte) => bytes[at.index(line.len())] = *byte,
        Harm::Insert(at, what) => drop(bytes.splice(at.index(line.len())..at.index(line.len()), what.bytes())),
        Harm::Cut(at, many) => {
            let from = at.index(line.len());
            bytes.drain(from..line.len().min(from + many));
        }
        Harm::Digits(at, number) => {
            // The next number that is no part of a text: one behind a colon.
            let from = at.index(line.len());
            let starts = |at: &usize| line[at - 1] == b':' && (line[*at].is_ascii_digit() || line[*at] == b'-');
            if let Some(start) = (from.max(1)..line.len()).chain(1..line.len()).find(starts) {
                let length = line[start..].iter().take_while(|byte| byte.is_ascii_digit() || b"-.".contains(byte)).count();
                bytes.splice(start..start + length, number.bytes());
            }
        }
        Harm::Swap(one, other) => {
            return joined(&|parts| {
                let (one, other) = (one.index(parts.len()), other.index(parts.len()));
                parts.swap(one, other);
            });
        }
        Harm::Double(from, to) => {
            return joined(&|parts| {
                let (from, to) = (from.index(parts.len()), to.index(parts.len()));
                parts.insert(to, parts[from].clone());
            });
        }
        Harm::Drop(at) => {
            return joined(&|parts| {
                let at = at.index(parts.len());
                parts.remove(at);
            });
        }
        Harm::Text(at, other) => {
            let text = text();
            let mut parts: Vec<&str> = text.split('"').collect();
            let at = at.index(parts.len());
            parts[at] = other;
            return parts.join("\"").into_bytes();
        }
    }
    bytes
}

/// What the scanner reads, the validating way reads alike.
fn holds(line: &[u8]) {
    if let Some(scanned) = scan_line(line) {
        let shown = || String::from_utf8_lossy(line);
        let validated = validate_line(line).unwrap_or_else(|error| panic!("{error}\n{}", shown()));
        assert_eq!(scanned, validated, "{}", shown());
        // To the bytes: numbers and objects that are equal may be written in two ways.
        assert_eq!(compose(&scanned, 7).unwrap(), compose(&validated, 7).unwrap(), "{}", shown());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_the_log_writes_is_scanned(entry in entries()) {
        for line in [chained(&entry), format!("{}}}", compose(&entry, 7).unwrap())] {
            let scanned = scan_line(line.as_bytes());
            prop_assert_eq!(scanned.as_ref(), Some(&entry), "{}", line);
            holds(line.as_bytes());
        }
    }

    #[test]
    fn what_is_scanned_is_valid(entry in entries(), harms in prop::collection::vec(prop::collection::vec(harm(), 1..3), 20)) {
        let line = chained(&entry);
        for some in harms {
            holds(&some.iter().fold(line.clone().into_bytes(), |line, harm| harmed(&line, harm)));
        }
    }
}

#[test]
fn the_shipped_log_and_the_golden_lines_are_scanned() {
    for line in SHIPPED.lines().chain(GOLDEN.lines()) {
        assert!(scan_line(line.as_bytes()).is_some(), "{line}");
        holds(line.as_bytes());
    }
}

/// A good line with one text, and with so many events.
fn line(note: &str, events: usize) -> String {
    let event = format!(r#"{{"kind":"statement","speaker":"a","text":"b","note":"{note}"}}"#);
    let events = vec![event; events].join(",");
    let head = r#""v":1,"seq":1,"id":"00000000-0000-7000-8000-000000000001","recorded":"2025-02-17T18:00:00.000Z""#;
    format!(r#"{{{head},"events":[{events}],"salt":"0000000000000007","chain":"{:064x}"}}"#, 1)
}

#[test]
fn every_limit_of_a_line_is_one_of_the_scanner() {
    let nested = |deep: usize| format!("\",\"x\":{{\"a\":{}{}}},\"salt\":\"", "[".repeat(deep), "]".repeat(deep));
    let deep = |many| line("n", 1).replacen("],\"salt\":\"", &format!("]{}", &nested(many)[1..]), 1);
    let full = line("", ENTRY_EVENTS).len();
    let good = [line(&"n".repeat(TEXT_BYTES), 1), line("\\\\u0000", 1), line("n", ENTRY_EVENTS), deep(60)];
    for line in &good {
        assert!(scan_line(line.as_bytes()).is_some(), "{line}");
        holds(line.as_bytes());
    }
    let padding = "n".repeat(((1 << 20) - full) / ENTRY_EVENTS + 1);
    let bad = [
        line(&"n".repeat(TEXT_BYTES + 1), 1),
        line("\\u0000", 1),
        line("n", ENTRY_EVENTS + 1),
        line("n", 0),
        deep(127),
        line(&padding, ENTRY_EVENTS),
    ];
    for line in &bad {
        let start = &line[..line.len().min(300)];
        assert!(validate_line(line.as_bytes()).is_err(), "{start}");
        assert!(scan_line(line.as_bytes()).is_none(), "{start}");
    }
}
