//! Stories: chains of reports as a desk receives them, each with one point; the rule that it shows stands in its name or above it.

mod absences;
mod agendas;
mod brief;
mod carry;
mod changes;
mod charts;
mod clocks;
mod completions;
mod conflicts;
mod counts;
mod dates;
mod doctor;
mod edit;
mod embargo;
mod encounters;
mod exports;
mod findings;
mod journeys;
mod lint;
mod meetings;
mod pager;
mod parties;
mod people;
mod references;
mod resemblances;
mod retractions;
mod sheets;
mod statements;
mod trust;
mod vdir;

use serde_json::{Value, json};

use crate::desk::{Desk, Said};

/// A desk on the 1st of May that knows the people of these stories (entry 1); Grossi acts for nobody.
fn desk() -> Desk {
    Desk::new().at("2025-05-01T12:00:00Z").logged(&[
        "official rubio \"Marco Rubio\" --party us --rank foreign_minister",
        "official waltz \"Mike Waltz\" --party us --rank adviser",
        "official lavrov \"Sergei Lavrov\" --party ru --rank foreign_minister",
        "official fidan \"Hakan Fidan\" --party tr --rank foreign_minister",
        "official bin-farhan \"Faisal bin Farhan\" --party sa --rank foreign_minister",
        "official grossi \"Rafael Grossi\"",
    ])
}

impl Desk {
    /// An outlet's report of a day, logged at noon of that day.
    fn told(self, day: &str, line: &str) -> Self {
        let noon = format!("{day}T12:00:00Z");
        self.at(&noon).logged(&[&format!("source --outlet Wire --published {day}"), line])
    }

    /// A report of a day that the desk finds only later: the clock stays where it is.
    fn found(self, day: &str, line: &str) -> Self {
        self.logged(&[&format!("source --outlet Archive --published {day}"), line])
    }

    /// Places and standings of `where`, such as "ankara planned".
    fn there(&self, question: &str) -> Vec<String> {
        let answer = self.json(&format!("where {question}"));
        let words = |one: &Value| format!("{} {}", text(&one["place"]), text(&one["standing"]));
        answer["presences"].as_array().unwrap().iter().map(words).collect()
    }

    /// The ends of the legs of `where`.
    fn legs(&self, question: &str) -> Vec<String> {
        let answer = self.json(&format!("where {question}"));
        answer["legs"].as_array().unwrap().iter().map(|leg| text(&leg["to"])).collect()
    }

    /// One field of `meeting`.
    fn meeting(&self, question: &str, field: &str) -> Value {
        self.json(&format!("meeting {question}"))[field].clone()
    }

    /// The status of a meeting.
    fn status(&self, question: &str) -> String {
        text(&self.meeting(question, "status"))
    }

    /// The parties of a field of `meeting`, sorted.
    fn sides(&self, question: &str, field: &str) -> Vec<String> {
        let sides = self.meeting(question, field);
        let mut sides: Vec<String> =
            sides.as_array().unwrap().iter().map(|side| text(side.get("party").unwrap_or(side))).collect();
        sides.sort();
        sides
    }

    /// The ids of people or of the uncertain in `who`.
    fn who(&self, question: &str, list: &str) -> Vec<String> {
        let answer = self.json(&format!("who {question}"));
        answer[list].as_array().unwrap().iter().map(|person| text(&person["official"])).collect()
    }

    /// A question that is refused.
    fn refused(&self, question: &str) -> Said {
        let words: Vec<&str> = question.split(' ').collect();
        let said = self.run(&words, "");
        assert_eq!((said.code, said.out.as_str()), (1, ""), "{question}");
        said
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap().to_owned()
}

/// Nobody, nowhere, nothing.
const NONE: [&str; 0] = [];

/// "when" and "ended_by" of a date given up.
fn previous(when: &str, ended_by: &str) -> Value {
    json!({"when": when, "ended_by": ended_by})
}
