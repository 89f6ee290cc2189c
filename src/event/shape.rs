//! What is wrong with a text that should be JSON of a known shape: serde's messages as sentences, the same at every door.

/// What is wrong, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// One sentence.
    pub says: String,
    /// The field, if one is there that should not be.
    pub unknown_field: Option<String>,
    /// Whether it is no JSON from its start.
    pub is_no_json: bool,
    /// The line, from 1; 0 where nothing was read.
    pub line: usize,
    /// The byte in the line, from 1.
    pub column: usize,
}

/// Sentences for the messages of `serde_json` about the syntax.
const SYNTAX: &[(&str, &str)] = &[
    ("recursion limit exceeded", "it is nested too deep: lists and objects stand in one another at most 127 deep"),
    ("number out of range", "a number is out of range: numbers go up to about 1.8e308"),
    ("lone leading surrogate in hex escape", SURROGATE),
    ("unexpected end of hex escape", SURROGATE),
    (
        "control character (\\u0000-\\u001F) found while parsing a string",
        "a control character stands bare in a text: JSON writes it as an escape, such as \\n or \\u001b",
    ),
    ("trailing characters", "something stands behind the end of the object"),
    ("EOF while parsing a value", "it ends before it is complete"),
    ("EOF while parsing a list", "it ends before it is complete: a list is not closed"),
    ("EOF while parsing an object", "it ends before it is complete: an object is not closed"),
    ("EOF while parsing a string", "it ends before it is complete: a text is not closed"),
    ("invalid unicode code point", "it is no UTF-8 text"),
    (
        "invalid escape",
        "an escape in a text is none: JSON knows \\\" \\\\ \\/ \\b \\f \\n \\r \\t and \\u with four hexadecimal digits",
    ),
    ("invalid number", "a number is written wrongly: JSON writes 5, -0.5 or 1e6"),
    ("trailing comma", "a comma stands before the end of a list or object"),
    ("key must be a string", "the name of a field is a text in double quotes"),
];

const SURROGATE: &str = "half a surrogate pair stands alone: \\ud800 to \\udfff are escapes that come in twos";

impl Shape {
    /// What `serde_json` found.
    #[must_use]
    pub fn of(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let message = text.rfind(" at line ").and_then(|at| text.get(..at)).unwrap_or(&text);
        let unknown_field =
            message.strip_prefix("unknown field `").and_then(|rest| rest.rsplit_once("`, expected")).map(|(field, _)| field);
        let says = match unknown_field {
            Some(field) => format!("there is no field \"{field}\" here"),
            None => sentence(message),
        };
        Self {
            says,
            unknown_field: unknown_field.map(str::to_owned),
            is_no_json: message.starts_with("expected"),
            line: error.line(),
            column: error.column().max(1),
        }
    }
}

fn sentence(message: &str) -> String {
    if let Some((_, says)) = SYNTAX.iter().find(|(known, _)| message.starts_with(known)) {
        return (*says).to_owned();
    }
    if message.starts_with("expected") {
        return "this is not JSON".to_owned();
    }
    if let Some(field) = message.strip_prefix("duplicate field `").and_then(|rest| rest.strip_suffix('`')) {
        return super::object::twice(field);
    }
    if let Some(field) = message.strip_prefix("missing field `").and_then(|rest| rest.strip_suffix('`')) {
        return format!("it lacks the field \"{field}\"");
    }
    let invalid = message.strip_prefix("invalid type: ").or_else(|| message.strip_prefix("invalid value: "));
    match invalid.and_then(|rest| rest.rsplit_once(", expected ")) {
        Some((found, expected)) => format!("{} stands where {} belongs", kind(found), kind(expected)),
        None => message.to_owned(),
    }
}

/// serde's word for a kind of value in the words of JSON.
fn kind(word: &str) -> String {
    let (name, value) = word.split_once(' ').unwrap_or((word, ""));
    match name {
        "integer" | "floating" => format!("the number {}", value.trim_start_matches("point ").trim_matches('`')),
        "string" => format!("the text {value}"),
        "boolean" => value.trim_matches('`').to_owned(),
        "sequence" => "a list".to_owned(),
        "map" => "an object".to_owned(),
        _ => match word {
            "a string" | "a borrowed string" => "a text".to_owned(),
            "a sequence" => "a list".to_owned(),
            "f64" => "a number".to_owned(),
            "a boolean" => "true or false".to_owned(),
            "u32" | "u64" => "a whole number".to_owned(),
            _ => word.to_owned(),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;
    use crate::event::wire::WireNewEntry;

    fn says(json: &str) -> String {
        serde_json::from_str::<WireNewEntry>(json).map_err(|error| Shape::of(&error).says).err().unwrap_or_default()
    }

    #[test]
    fn what_stands_in_a_wrong_place_is_said_in_the_words_of_json() {
        assert_eq!(says(r#"{"events":[{"note":5}]}"#), "the number 5 stands where a text belongs");
        assert_eq!(says(r#"{"events":[{"note":-0.5}]}"#), "the number -0.5 stands where a text belongs");
        assert_eq!(says(r#"{"events":[{"note":["a"]}]}"#), "a list stands where a text belongs");
        assert_eq!(says(r#"{"events":[{"note":{}}]}"#), "an object stands where a text belongs");
        assert_eq!(says(r#"{"events":[{"note":true}]}"#), "true stands where a text belongs");
        assert_eq!(says(r#"{"events":[{"lat":"north"}]}"#), "the text \"north\" stands where a number belongs");
        assert_eq!(
            says(r#"{"events":[{"officials":"a, expected b"}]}"#),
            "the text \"a, expected b\" stands where a list belongs"
        );
        assert_eq!(says(r#"{"events":[{"place_doubtful":1}]}"#), "the number 1 stands where true or false belongs");
        assert_eq!(says(r#"{"events":null}"#), "null stands where a list belongs");
    }

    #[test]
    fn an_object_is_never_read_from_a_list() {
        for json in
            ["[]", r#"{"source":["AFP"]}"#, r#"{"events":[["presence"]]}"#, r#"{"events":[{"participants":[["rubio"]]}]}"#]
        {
            assert_eq!(says(json), "a list stands where an object belongs", "{json}");
        }
    }
}
