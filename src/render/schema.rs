//! The shapes that other programs rely on, as JSON Schema (draft 2020-12).

use serde_json::{Map, Value, json};

use crate::event::{Attendance, Kind, Level, Rank, Role, Why};

/// The schema of the answers.
pub const ANSWERS_SCHEMA: &str = include_str!("answers.schema.json");

/// The schema of an entry as programs send it, made from the table of kinds and fields.
#[must_use]
pub fn entry_schema() -> String {
    let kinds: Vec<Value> = Kind::ALL.iter().map(|kind| event(*kind)).collect();
    let text = json!({"type": "string"});
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An entry as programs send it",
        "type": "object",
        "required": ["events"],
        "additionalProperties": false,
        "properties": {
            "id": {"type": "string", "format": "uuid"},
            "logged_by": text,
            "source": {
                "type": "object",
                "additionalProperties": false,
                "properties": {
                    "outlet": text, "title": text, "author": text, "url": text,
                    "published": {"type": "string", "description": "a day, an RFC 3339 time, or words such as yesterday; now if absent"},
                    "grade": {"type": "string", "description": "the Admiralty grade, A1 to F6"},
                    "archive": {"type": "object", "additionalProperties": false, "properties": {"sha256": text, "url": text}},
                    "record": {"type": "string", "description": "the source's own key of the record"},
                },
            },
            "embargo": {"type": "string", "description": "an instant, RFC 3339"},
            "events": {"type": "array", "minItems": 1, "maxItems": crate::event::ENTRY_EVENTS, "items": {"oneOf": kinds}},
            "x": {"type": "object", "description": "ignored by daybook"},
        },
    });
    format!("{schema:#}\n")
}

fn event(kind: Kind) -> Value {
    let mut fields = Map::new();
    fields.insert("kind".to_owned(), json!({"const": kind.name()}));
    for field in kind.must().iter().chain(kind.may()) {
        fields.insert((*field).to_owned(), shape(kind, field));
    }
    for (field, shape) in [
        ("quote", json!({"type": "string", "description": "the source's own words"})),
        (
            "said",
            json!({"type": "object", "additionalProperties": {"type": "string"}, "description": "its words for a time or place, by field"}),
        ),
        ("said_by", json!({"type": "string", "description": "an official, or a name as given"})),
        ("via", json!({"type": "string"})),
        (
            "replaces",
            json!({"type": "array", "items": {"type": "string"}, "description": "events: 17.2, or +17.2 for a line of the same file"}),
        ),
        ("note", json!({"type": "string"})),
        ("x", json!({"type": "object"})),
    ] {
        fields.insert(field.to_owned(), shape);
    }
    let required: Vec<&str> = std::iter::once("kind").chain(kind.must().iter().copied()).collect();
    json!({"title": kind.name(), "type": "object", "required": required, "additionalProperties": false, "properties": fields})
}

fn shape(kind: Kind, field: &str) -> Value {
    let words = |names: Vec<&str>| json!({"enum": names});
    let names = json!({"type": "array", "items": {"type": "string"}});
    match field {
        "officials" | "of" | "aliases" | "about" | "topics" => names,
        "lat" => json!({"type": "number", "minimum": -90, "maximum": 90}),
        "lon" => json!({"type": "number", "minimum": -180, "maximum": 180}),
        "place_doubtful" => json!({"type": "boolean"}),
        "rank" => words(Rank::ALL.iter().map(|word| word.name()).collect()),
        "level" => words(Level::ALL.iter().map(|word| word.name()).collect()),
        "reason" if kind == Kind::Retraction => words(Why::ALL.iter().map(|word| word.name()).collect()),
        "when" | "depart" | "arrive" | "since" | "until" => {
            json!({"type": "string", "description": "EDTF, an RFC 9557 time, or words such as \"this Tuesday\""})
        }
        "by" => json!({"type": "array", "items": {"oneOf": [
            {"type": "string", "description": "a party or a voice of one"},
            {"type": "object", "required": ["party"], "additionalProperties": false,
             "properties": {"party": {"type": "string"}, "voice": {"type": "string"}}},
        ]}}),
        "participants" => json!({"type": "array", "items": {
            "type": "object",
            "additionalProperties": false,
            "oneOf": [{"required": ["official"]}, {"required": ["party"]}],
            "properties": {
                "official": {"type": "string"}, "party": {"type": "string"},
                "role": words(Role::ALL.iter().map(|word| word.name()).collect()),
                "attendance": words(Attendance::ALL.iter().map(|word| word.name()).collect()),
            },
        }}),
        _ => json!({"type": "string"}),
    }
}
