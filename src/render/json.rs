//! Answers for programs: one JSON object on one line, the common head first.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::query::{Clocks, Finding};

/// An answer as one line: head, then the fields of the body, then what looks odd.
///
/// # Errors
/// When the body is not an object.
pub fn document(
    query: &str,
    seq: u64,
    clocks: &Clocks,
    findings: &[Finding],
    body: &impl Serialize,
) -> Result<String, serde_json::Error> {
    let mut document = Map::new();
    document.insert("query".to_owned(), json!(query));
    document.insert("log".to_owned(), json!({ "seq": seq }));
    document.insert("clocks".to_owned(), serde_json::to_value(clocks)?);
    document.insert("findings".to_owned(), serde_json::to_value(findings)?);
    if let Value::Object(body) = serde_json::to_value(body)? {
        document.extend(body);
    }
    Ok(format!("{}\n", Value::Object(document)))
}
