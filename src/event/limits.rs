//! How large an entry may be, and what no text of it holds: one rule for the door and for the log.

/// The most bytes that one line of the log may have, its newline included.
pub const LINE_BYTES: usize = 1 << 20;

/// The most events that one entry may have.
pub const ENTRY_EVENTS: usize = 1_000;

/// The most bytes that one text in an entry may have.
pub const TEXT_BYTES: usize = 64 << 10;

/// What the room of a chain value takes at the end of a line.
const CHAIN_BYTES: usize = 80;

/// Why an entry cannot stand on a line.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// It says nothing.
    #[error("it has no events: an entry has at least one")]
    NoEvents,
    /// It says too much.
    #[error("it has {0} events: an entry has at most 1,000")]
    TooManyEvents(usize),
    /// It is too long.
    #[error("its line has {0} bytes: a line has at most 1 MiB (1048576 bytes)")]
    TooLong(usize),
    /// One of its texts is too long.
    #[error("`{field}` has {bytes} bytes: a text has at most 64 KiB (65536 bytes)")]
    TextTooLong {
        /// The field.
        field: String,
        /// Its length.
        bytes: usize,
    },
    /// One of its texts holds what ends a text elsewhere.
    #[error("it holds a NUL character (U+0000), which no text has")]
    Nul,
}

impl LimitError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoEvents => None,
            Self::Nul => Some("leave it out"),
            Self::TooManyEvents(_) | Self::TooLong(_) => Some("split it into several entries"),
            Self::TextTooLong { .. } => Some("quote the passage that matters, and link the whole"),
        }
    }
}

/// Holds an entry of some events, as [`super::compose`] writes it, against the limits.
///
/// # Errors
/// [`LimitError`].
pub fn check_limits(events: usize, composed: &str) -> Result<(), LimitError> {
    match events {
        0 => return Err(LimitError::NoEvents),
        1..=ENTRY_EVENTS => {}
        _ => return Err(LimitError::TooManyEvents(events)),
    }
    if find_nul(composed).is_some() {
        return Err(LimitError::Nul);
    }
    let length = composed.len() + CHAIN_BYTES;
    if length > LINE_BYTES {
        return Err(LimitError::TooLong(length));
    }
    // Only a line that is longer than one text may be can have a text that is too long.
    if composed.len() > TEXT_BYTES
        && let Ok(value) = serde_json::from_str(&format!("{composed}}}"))
    {
        check_text("entry", &value)?;
    }
    Ok(())
}

/// Where JSON writes a NUL: an escape that is not itself escaped.
#[must_use]
pub fn find_nul(json: &str) -> Option<usize> {
    let mut from = 0;
    // From escape to escape, of which most lines have few.
    while let Some(at) = json.get(from..).and_then(|rest| rest.find('\\')) {
        let at = from + at;
        if json.get(at..).is_some_and(|rest| rest.starts_with("\\u0000")) {
            return Some(at);
        }
        from = at + 2;
    }
    None
}

fn check_text(field: &str, value: &serde_json::Value) -> Result<(), LimitError> {
    use serde_json::Value;
    let fits = |text: &str| {
        let too_long = || LimitError::TextTooLong { field: field.to_owned(), bytes: text.len() };
        (text.len() <= TEXT_BYTES).then_some(()).ok_or_else(too_long)
    };
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
        Value::String(text) => fits(text),
        Value::Array(values) => values.iter().try_for_each(|value| check_text(field, value)),
        Value::Object(fields) => fields.iter().try_for_each(|(key, value)| fits(key).and_then(|()| check_text(key, value))),
    }
}

#[cfg(test)]
mod tests {
    use super::find_nul;

    #[test]
    fn a_nul_is_told_from_what_is_written_like_one() {
        assert_eq!(find_nul(r#"{"a":"b\\u0000"}"#), None, "a backslash, and u0000 behind it");
        assert_eq!(find_nul(r#"{"a":"\n\\\u0000"}"#), Some(10));
        assert_eq!(find_nul(r#"{"a":"é\\é\u00001"}"#), Some(12));
        assert_eq!(find_nul("\\"), None);
        assert_eq!(find_nul("\\é\\u0000"), None, "an escape that JSON does not know: it is refused for that");
    }
}
