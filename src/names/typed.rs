//! Texts as they are typed: words of a line that a shell, or a words file, reads as they were.

use super::is_hidden;

/// A flag with its value; one that begins with a hyphen is joined to it, or it would be taken for a flag itself.
#[must_use]
pub fn flag(name: &str, value: &str) -> String {
    let between = if value.starts_with('-') { "=" } else { " " };
    format!("{name}{between}{}", quote(value))
}

/// A text as one word of a line, which a shell reads as it was; what cannot be seen is written as an escape. An exclamation mark does not
/// stand in double quotes, where shells look for an earlier line.
#[must_use]
pub fn quote(text: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | '/' | ':' | ',' | '@' | '+');
    if !text.is_empty() && text.chars().all(is_plain) {
        return text.to_owned();
    }
    let mut quoted = String::with_capacity(text.len() + 2);
    if text.contains('!') && !text.contains('\'') && !text.chars().any(is_hidden) {
        return format!("'{text}'");
    }
    if text.contains('!') || text.chars().any(is_hidden) {
        quoted.push_str("$'");
        for c in text.chars() {
            match c {
                '\n' => quoted.push_str("\\n"),
                '\t' => quoted.push_str("\\t"),
                '\r' => quoted.push_str("\\r"),
                '\\' | '\'' => quoted.extend(['\\', c]),
                '!' => quoted.push_str("\\u0021"),
                _ if !is_hidden(c) => quoted.push(c),
                _ if u32::from(c) <= 0xffff => quoted.push_str(&format!("\\u{:04x}", u32::from(c))),
                _ => quoted.push_str(&format!("\\U{:08x}", u32::from(c))),
            }
        }
        quoted.push('\'');
        return quoted;
    }
    quoted.push('"');
    for c in text.chars() {
        if matches!(c, '"' | '\\' | '$' | '`') {
            quoted.push('\\');
        }
        quoted.push(c);
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
mod tests {
    use super::{flag, quote};

    #[test]
    fn what_is_seen_is_quoted_as_people_do() {
        assert_eq!(quote("AFP"), "AFP");
        assert_eq!(quote("El País"), "\"El País\"");
        assert_eq!(quote(""), "\"\"");
        assert_eq!(quote(r#"a "b" $c \d"#), r#""a \"b\" \$c \\d""#);
        assert_eq!(quote("a\u{1b}[31m'\n"), r"$'a\u001b[31m\'\n'");
        assert_eq!(quote("a deal!"), "'a deal!'");
        assert_eq!(quote("it's a deal!"), r"$'it\'s a deal\u0021'");
    }

    #[test]
    fn what_looks_like_a_flag_is_joined_to_its_own() {
        assert_eq!(flag("--quote", "-5C, said he"), "--quote=\"-5C, said he\"");
        assert_eq!(flag("--via", "AFP"), "--via AFP");
    }
}
