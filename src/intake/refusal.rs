//! A refusal: a small letter to the person who typed.

/// Where something was typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spot {
    /// "riyadh.day, line 5", "entry.json, event 2".
    pub place: String,
    /// The line itself, if it was one.
    pub line: Option<String>,
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// One sentence.
    pub says: String,
    /// Where.
    pub spot: Option<Spot>,
    /// The words that are wrong, as they stand in the line.
    pub text: Option<String>,
    /// What to type.
    pub hints: Vec<String>,
}

/// Everything that is wrong with an entry, all at once. Nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// At least one.
    pub problems: Vec<Problem>,
}

impl Problem {
    /// A problem in one sentence.
    #[must_use]
    pub fn new(says: impl Into<String>) -> Self {
        Self { says: says.into(), spot: None, text: None, hints: Vec::new() }
    }

    /// The refusal of bytes that are no text: the first of them by its number in the file, and by line and column, all from 1.
    #[must_use]
    pub fn no_utf8(name: &str, byte: u64, line: u64, column: u64) -> Self {
        let spot = Spot { place: format!("{name}, line {line}, column {column}"), line: None };
        Self::new(format!("{name} is no UTF-8 text: byte {byte}")).at(Some(spot)).hint("save it as UTF-8")
    }

    /// With the words that are wrong.
    #[must_use]
    pub fn about(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// With what to type.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// With where it is, unless that is known already.
    #[must_use]
    pub fn at(mut self, spot: Option<Spot>) -> Self {
        self.spot = self.spot.or(spot);
        self
    }
}

impl From<Problem> for Refusal {
    fn from(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }
}

impl std::fmt::Display for Refusal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let says: Vec<&str> = self.problems.iter().map(|problem| problem.says.as_str()).collect();
        f.write_str(&says.join("; "))
    }
}

impl std::error::Error for Refusal {}
