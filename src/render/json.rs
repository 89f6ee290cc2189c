//! Answers for programs: one JSON object on one line, the common head first.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::query::{Clocks, Reported};
use crate::time::write_instant;

/// An answer as one line: the head, with what looks odd and with the entries under embargo that the clocks let be seen, if there are any;
/// then the fields of the body.
///
/// # Errors
/// When the body is not an object.
pub fn document(
    query: &str,
    seq: u64,
    clocks: &Clocks,
    findings: &[Reported<'_>],
    embargoed: &[(u64, DateTime<Utc>)],
    body: &impl Serialize,
) -> Result<String, serde_json::Error> {
    let mut document = Map::new();
    document.insert("query".to_owned(), json!(query));
    document.insert("log".to_owned(), json!({ "seq": seq }));
    document.insert("clocks".to_owned(), serde_json::to_value(clocks)?);
    document.insert("findings".to_owned(), serde_json::to_value(findings)?);
    if !embargoed.is_empty() {
        let one = |(entry, until): &(u64, DateTime<Utc>)| json!({ "entry": entry, "until": write_instant(*until) });
        document.insert("embargoed".to_owned(), embargoed.iter().map(one).collect());
    }
    if let Value::Object(body) = serde_json::to_value(body)? {
        document.extend(body);
    }
    Ok(format!("{}\n", Value::Object(document)))
}
