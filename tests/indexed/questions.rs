//! Random questions about a log, and random drafts for it, in the words that stand in it and in others.

use chrono::{Days, NaiveDate};
use daybook::event::{Entry, What};

use crate::dice::Dice;

/// What can be asked about.
#[derive(Debug, Default)]
pub struct Vocabulary {
    pub officials: Vec<String>,
    pub places: Vec<String>,
    pub meetings: Vec<String>,
    pub speakers: Vec<String>,
    pub trips: Vec<String>,
    /// The days on which entries were recorded, in order.
    pub days: Vec<NaiveDate>,
    pub entries: usize,
}

/// The verbs that find by the index, as [`Vocabulary::question`] asks them.
pub const KINDS: usize = 13;

fn one<'t>(dice: &mut Dice, texts: &'t [String]) -> &'t str {
    if texts.is_empty() { "nobody" } else { &texts[dice.below(texts.len())] }
}

fn add(texts: &mut Vec<String>, text: &str) {
    if !texts.iter().any(|known| known == text) {
        texts.push(text.to_owned());
    }
}

impl Vocabulary {
    /// What the entries speak of, by id and by name.
    pub fn of(entries: &[Entry]) -> Self {
        let mut words = Self { entries: entries.len(), ..Self::default() };
        for entry in entries {
            let day = entry.recorded.date_naive();
            if words.days.last() != Some(&day) {
                words.days.push(day);
            }
            for event in &entry.events {
                event.what.moves().iter().for_each(|official| add(&mut words.officials, official.as_str()));
                event.what.meeting().into_iter().for_each(|id| add(&mut words.meetings, id.as_str()));
                let title = event.what.of_meeting().and_then(|meeting| meeting.title.as_deref());
                title.into_iter().for_each(|title| add(&mut words.meetings, title));
                if let What::Official(official) = &event.what {
                    add(&mut words.officials, official.official.as_str());
                    official.name.iter().chain(&official.aliases).for_each(|name| add(&mut words.officials, name));
                }
                if let What::Place(place) = &event.what {
                    add(&mut words.places, place.place.as_str());
                    place.name.iter().chain(&place.aliases).for_each(|name| add(&mut words.places, name));
                }
                if let What::Trip(trip) = &event.what {
                    add(&mut words.trips, trip.trip.as_str());
                }
                if let What::Statement(statement) = &event.what {
                    add(&mut words.speakers, &statement.speaker);
                    statement.about.iter().for_each(|id| add(&mut words.speakers, id));
                }
            }
        }
        words
    }

    /// A name as somebody may type it: mostly as it stands there.
    fn typed(dice: &mut Dice, texts: &[String]) -> String {
        let name = one(dice, texts);
        match dice.below(12) {
            0 => name.to_uppercase(),
            1 => name.split(' ').next_back().unwrap().to_owned(),
            2 => name.chars().take(name.chars().count().saturating_sub(1)).collect(),
            3 => name.replace(['-', ' '], " "),
            4 => format!("{name}x"),
            5 => name.replace('e', "é"),
            _ => name.to_owned(),
        }
    }

    /// A day from some weeks before the first entry to some after the last.
    fn day(&self, dice: &mut Dice) -> String {
        let (first, last) = (self.days[0], self.days[self.days.len() - 1]);
        let length = usize::try_from((last - first).num_days()).unwrap();
        let day = if dice.below(40) == 0 { dice.below(9000) } else { dice.below(length + 50) };
        (first - Days::new(25) + Days::new(day as u64)).to_string()
    }

    fn clocks(&self, dice: &mut Dice, into: &mut Vec<String>) {
        if dice.below(5) > 0 {
            into.extend(["--on".to_owned(), self.day(dice)]);
        }
        if dice.below(3) == 0 {
            into.extend(["--public-by".to_owned(), self.day(dice)]);
        }
        if dice.below(4) == 0 {
            let seq = match dice.below(12) {
                0 => "last".to_owned(),
                1 => (self.entries + 1).to_string(),
                2..6 => self.day(dice),
                _ => (1 + dice.below(self.entries)).to_string(),
            };
            into.extend(["--as-of".to_owned(), seq]);
        }
        if dice.below(6) == 0 {
            into.extend(["--carry".to_owned(), dice.below(60).to_string()]);
        }
    }

    /// A question of one of [`KINDS`].
    pub fn question(&self, kind: usize, dice: &mut Dice) -> Vec<String> {
        let verb = |text: &str| -> Vec<String> { text.split(' ').map(ToOwned::to_owned).collect() };
        let mut asked = match kind {
            0 => [verb("where"), vec![Self::typed(dice, &self.officials)]].concat(),
            1 => {
                let why = if dice.below(2) == 0 { verb("where --why") } else { verb("where") };
                [why, vec![Self::typed(dice, &self.officials), Self::typed(dice, &self.officials)]].concat()
            }
            2 => [verb("itinerary"), vec![Self::typed(dice, &self.officials)]].concat(),
            3 | 4 => {
                let mut asked = [verb("itinerary"), vec![Self::typed(dice, &self.officials)]].concat();
                let mut days = [self.day(dice), self.day(dice)];
                days.sort();
                let [from, to] = days;
                let ends = dice.below(5);
                if ends != 1 {
                    asked.extend(["--from".to_owned(), from]);
                }
                if ends != 2 {
                    asked.extend(["--to".to_owned(), to]);
                }
                if kind == 4 {
                    asked.push("--trips".to_owned());
                }
                asked
            }
            5 => [verb("who"), vec![Self::typed(dice, &self.places)]].concat(),
            6 => [verb("meeting"), vec![Self::typed(dice, &self.meetings)]].concat(),
            7 => verb("summits"),
            8 => [verb("statements --by"), vec![Self::typed(dice, &self.speakers)]].concat(),
            9 => {
                let about = [&self.officials, &self.meetings, &self.places, &self.speakers][dice.below(4)];
                let mut asked = [verb("statements --about"), vec![Self::typed(dice, about)]].concat();
                if dice.below(3) == 0 {
                    asked.extend(["--by".to_owned(), Self::typed(dice, &self.officials)]);
                }
                asked
            }
            10 => [verb("explain"), vec![Self::typed(dice, &self.officials)]].concat(),
            11 => [verb("explain"), vec![Self::typed(dice, &self.meetings)]].concat(),
            _ => {
                let seq = 1 + dice.below(self.entries);
                let what = [seq.to_string(), format!("{seq}.1"), format!("{seq}.2"), "last".to_owned()];
                [verb("explain"), vec![what[dice.below(4)].clone()]].concat()
            }
        };
        self.clocks(dice, &mut asked);
        if dice.below(5) < 2 {
            asked.push("--json".to_owned());
        }
        asked
    }

    /// A development in words: of people, places and meetings that are known, mostly, on days around the end of the log.
    pub fn draft(&self, dice: &mut Dice) -> Vec<String> {
        let last = self.days[self.days.len() - 1];
        let day = |dice: &mut Dice| (last - Days::new(30) + Days::new(dice.below(50) as u64)).to_string();
        let official =
            if dice.below(8) == 0 { Self::typed(dice, &self.officials) } else { one(dice, &self.officials).to_owned() };
        let other = one(dice, &self.officials).to_owned();
        let place = [one(dice, &self.places), "Paris", "Geneva", "Kiev"][dice.below(9).saturating_sub(5)].to_owned();
        let meeting = one(dice, &self.meetings).to_owned();
        let target = match dice.below(6) {
            0 => "last".to_owned(),
            1 => (1 + dice.below(self.entries)).to_string(),
            2 => format!("{}.2", 1 + dice.below(self.entries)),
            _ => format!("{}.1", 1 + dice.below(self.entries)),
        };
        let day = day(dice);
        let words: Vec<&str> = match dice.below(20) {
            0 | 1 => vec!["presence", &official, "--at", &place, "--when", &day],
            2 => vec!["presence", &official, &other, "--at", &place, "--when", &day, "--replaces", &target],
            3 => vec!["travel", &official, "--to", &place, "--depart", &day],
            4 => vec!["travel", &official, &other, "--to", &place, "--arrive", &day, "--said-by", &other],
            5 => vec!["absence", &official, "--at", &place, "--when", &day],
            6 => vec!["absence", &official, "--meeting", &meeting],
            7 => vec!["propose", "fresh-talks", "--principals", &official, "--at", &place, "--when", &day],
            8 => vec!["propose", &meeting, "--principals", &official, "--when", &day],
            9 => vec!["confirm", &meeting, "--by", "us", "--when", &day],
            10 => vec!["held", &meeting],
            11 => vec!["change", &meeting, "--at", &place, "--delegation", &other],
            12 => vec!["postpone", &meeting, "--when", &day],
            13 => vec!["cancel", &meeting, "--reason", "illness"],
            14 => vec!["statement", &official, "We will see what the talks bring.", "--about", &meeting],
            15 => vec!["cancel-travel", &target, "--stay", &official],
            16 | 17 => vec!["retract", &target, "--reason", ["wrong", "typo", "identity"][dice.below(3)]],
            18 => vec!["official", &official, "Another Name", "--party", "us"],
            _ => vec!["decline", &meeting],
        };
        let mut draft = vec!["log".to_owned()];
        draft.extend(words.into_iter().map(ToOwned::to_owned));
        if dice.below(3) > 0 {
            draft.extend(["--outlet".to_owned(), "Wire".to_owned(), "--published".to_owned(), last.to_string()]);
        }
        if dice.below(12) == 0 {
            draft.extend(["--embargo".to_owned(), (last + Days::new(9)).to_string()]);
        }
        if dice.below(3) == 0 {
            draft.push("--json".to_owned());
        }
        draft
    }
}
