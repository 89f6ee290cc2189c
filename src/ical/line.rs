//! One content line (RFC 5545, section 3.1): name, parameters, value; and how it is folded.

use std::fmt::Write as _;

use super::text::{one_line, tidy};

/// The most octets of a line without its line break (RFC 5545, section 3.1).
pub const FOLD_OCTETS: usize = 75;

/// A parameter with its values, already decoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parameter {
    /// Its name, such as `TZID`.
    pub name: String,
    /// Its values, one or more.
    pub values: Vec<String>,
}

/// A content line before folding. The value is as it stands in the file: a TEXT is still escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The name of the property, such as `DTSTART`.
    pub name: String,
    /// Its parameters, in order.
    pub parameters: Vec<Parameter>,
    /// Its value, in the form of the file.
    pub value: String,
}

/// Why a line is no content line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LineError {
    /// No `:` ends the name and the parameters.
    #[error("no colon divides the property from its value; a line that goes on begins with a space")]
    NoColon,
    /// The name is empty or has other characters than letters, digits and `-`.
    #[error("the name of a property is letters, digits and -")]
    Name,
    /// A parameter without `=`, or with a name that is none.
    #[error("a parameter is written NAME=value")]
    Parameter,
    /// A quoted value of a parameter that does not end, or goes on after its end.
    #[error("a quoted parameter is closed by a quotation mark, and then only , ; or : may follow")]
    Quote,
}

impl Line {
    /// A line without parameters. Characters that a name cannot have are left out of it; line breaks in a value become spaces.
    #[must_use]
    pub fn new(name: &str, value: &str) -> Self {
        Self { name: token(name), parameters: Vec::new(), value: one_line(value).into_owned() }
    }

    /// The same line with one more parameter.
    #[must_use]
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.parameters.push(Parameter { name: token(name), values: vec![value.to_owned()] });
        self
    }

    /// The first value of a parameter; names of parameters know no capitals.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&str> {
        let found = self.parameters.iter().find(|parameter| parameter.name.eq_ignore_ascii_case(name))?;
        found.values.first().map(String::as_str)
    }

    /// The line as one string, not folded, without a line break: no field can add a second line.
    #[must_use]
    pub fn unfolded(&self) -> String {
        let mut line = token(&self.name);
        for parameter in &self.parameters {
            let values: Vec<String> = parameter.values.iter().map(|value| parameter_value(value)).collect();
            // Writing to a String cannot fail.
            let _ = write!(line, ";{}={}", token(&parameter.name), values.join(","));
        }
        line.push(':');
        line.push_str(&one_line(&self.value));
        line
    }

    /// Reads a line that is unfolded already.
    ///
    /// # Errors
    /// [`LineError`] with the rule that is broken.
    pub fn parse(line: &str) -> Result<Self, LineError> {
        let end = line.find([';', ':']).ok_or(LineError::NoColon)?;
        let (name, mut rest) = line.split_at(end);
        if !is_token(name) {
            return Err(LineError::Name);
        }
        let mut parameters = Vec::new();
        while let Some(after) = rest.strip_prefix(';') {
            let (parameter, left) = parse_parameter(after)?;
            parameters.push(parameter);
            rest = left;
        }
        let value = rest.strip_prefix(':').ok_or(LineError::NoColon)?;
        Ok(Self { name: name.to_owned(), parameters, value: value.to_owned() })
    }
}

fn parse_parameter(text: &str) -> Result<(Parameter, &str), LineError> {
    let (name, mut rest) = text.split_once('=').ok_or(LineError::Parameter)?;
    if !is_token(name) {
        return Err(LineError::Parameter);
    }
    // Nearly all have one: a hostile line of thousands of parameters takes no more than it must.
    let mut values = Vec::with_capacity(1);
    loop {
        let (value, left) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').ok_or(LineError::Quote)?,
            None => rest.split_at(rest.find([',', ';', ':']).ok_or(LineError::NoColon)?),
        };
        values.push(caret_decoded(value));
        match left.strip_prefix(',') {
            Some(next) => rest = next,
            None if left.starts_with([';', ':']) => return Ok((Parameter { name: name.to_owned(), values }, left)),
            None => return Err(LineError::Quote),
        }
    }
}

/// Folds a line and ends it: CR LF, then a space, at [`FOLD_OCTETS`] octets at most and never inside a character.
#[must_use]
pub fn fold(line: &str) -> String {
    let mut folded = String::with_capacity(line.len() + line.len() / 32 + 2);
    let mut octets = 0;
    if line.is_ascii() {
        let mut rest = line;
        while let Some((head, tail)) = rest.split_at_checked(FOLD_OCTETS - octets).filter(|(_, tail)| !tail.is_empty()) {
            folded.push_str(head);
            folded.push_str("\r\n ");
            (rest, octets) = (tail, 1);
        }
        folded.push_str(rest);
        folded.push_str("\r\n");
        return folded;
    }
    for c in line.chars() {
        if octets + c.len_utf8() > FOLD_OCTETS {
            folded.push_str("\r\n ");
            octets = 1;
        }
        folded.push(c);
        octets += c.len_utf8();
    }
    folded.push_str("\r\n");
    folded
}

/// A parameter's value: caret-encoded (RFC 6868), and quoted where a bare one would end early.
fn parameter_value(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for c in tidy(value).chars() {
        match c {
            '^' => encoded.push_str("^^"),
            '\n' => encoded.push_str("^n"),
            '"' => encoded.push_str("^'"),
            other => encoded.push(other),
        }
    }
    if encoded.contains([':', ';', ',']) { format!("\"{encoded}\"") } else { encoded }
}

fn caret_decoded(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut characters = value.chars().peekable();
    while let Some(c) = characters.next() {
        let meant = match (c, characters.peek()) {
            ('^', Some('^')) => '^',
            ('^', Some('n')) => '\n',
            ('^', Some('\'')) => '"',
            // RFC 6868, section 3.2: a caret before anything else stands for itself.
            _ => {
                decoded.push(c);
                continue;
            }
        };
        characters.next();
        decoded.push(meant);
    }
    decoded
}

/// Whether a name is one: letters, digits and `-`, at least one.
pub(super) fn is_token(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(is_token_byte)
}

fn is_token_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'-'
}

fn token(name: &str) -> String {
    name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}
