//! The scene: who and where everybody is, what time it is, and the entry that is being written.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use super::atlas::Atlas;
use super::dice::Dice;
use super::people::People;
use super::words::{DESK, ENDINGS, HEADLINES, MIDDLES, NOTES, OPENINGS, OUTLETS, REMARKS, TOPICS, VOICES};
use crate::event::{By, EntryId, Event, EventError, EventRef, NewEntry, OfficialId, PartyId, PlaceId, Source, Telling, What};
use crate::time::{Moment, Published, Shape, When, shifted};

/// How many officials are looked at before it is given up to find one who has nothing before them.
const LOOKS: u32 = 20;

/// How old a report is at most that counts after those of the hour before.
const SOON_MINUTES: u32 = 15;

/// How many bytes of speech call for one more sentence.
const BRIEF: usize = 100;

/// Everything that the tellers of a world share.
pub(super) struct Scene {
    pub dice: Dice,
    pub atlas: Atlas,
    pub people: People,
    /// The hour, counted from the first.
    pub hour: u32,
    /// When the entries of this hour are recorded.
    pub now: DateTime<Utc>,
    /// The day of that.
    pub today: NaiveDate,
    /// The entry that is being written.
    pub entry: EntryId,
    /// The events that make known what it names.
    added: Vec<Event>,
}

/// What one entry is to say.
pub(super) struct Draft {
    pub events: Vec<Event>,
    /// What the headline is about.
    pub subject: &'static str,
    pub timing: Timing,
    /// Whether it may be told to the desk alone for some days.
    pub may_wait: bool,
}

/// When the source of an entry came out.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Timing {
    /// Within the last minutes or hours, or today.
    Usual,
    /// Since the entries of the hour before were recorded: so it counts after them.
    Soon,
    /// Today, which counts as just now: after everything that was written before.
    Last,
    /// On that day, longer ago.
    Late(NaiveDate),
}

impl Draft {
    pub fn of(events: Vec<Event>, subject: &'static str) -> Self {
        Self { events, subject, timing: Timing::Usual, may_wait: false }
    }
}

impl Scene {
    /// # Errors
    /// When the tables of names hold what is no id, which a test rules out.
    pub fn new(seed: u64, start: DateTime<Utc>) -> Result<Self, EventError> {
        let mut dice = Dice::new(seed);
        let atlas = Atlas::read()?;
        let people = People::draw(&mut dice, atlas.countries.len())?;
        let entry = EntryId(Uuid::nil());
        Ok(Self { dice, atlas, people, hour: 0, now: start, today: start.date_naive(), entry, added: Vec::new() })
    }

    /// An id of now: a UUID v7 (RFC 9562) whose random bits are drawn.
    pub fn new_id(&mut self) -> Uuid {
        let bits = u128::from(self.dice.bits()) << 64 | u128::from(self.dice.bits());
        let mut random = [0; 10];
        random.copy_from_slice(&bits.to_be_bytes()[..10]);
        let milliseconds = u64::try_from(self.now.timestamp_millis()).unwrap_or(0);
        uuid::Builder::from_unix_timestamp_millis(milliseconds, &random).into_uuid()
    }

    /// The entry that says what a draft says, and makes known what it names.
    pub fn written(&mut self, draft: Draft) -> NewEntry {
        let Draft { mut events, subject, timing, may_wait } = draft;
        events.append(&mut self.added);
        let source = self.source(subject, timing);
        let wait = may_wait && self.dice.chance(2);
        let embargo = wait.then(|| self.now + TimeDelta::hours(self.dice.between(4, 72).into()));
        let logged_by = self.dice.chance(25).then(|| self.dice.word(DESK).to_owned());
        NewEntry { id: self.entry, logged_by, source, embargo, events, x: None, salt: self.dice.bits() }
    }

    /// Whether the entry that is being written makes something known.
    pub fn introduces(&self) -> bool {
        !self.added.is_empty()
    }

    fn source(&mut self, subject: &'static str, timing: Timing) -> Source {
        let dice = &mut self.dice;
        let (outlet, site) = OUTLETS.get(dice.index(OUTLETS.len())).copied().unwrap_or_default();
        let is_day = match timing {
            Timing::Usual => dice.chance(35),
            Timing::Soon => false,
            Timing::Last | Timing::Late(_) => true,
        };
        let published = match timing {
            Timing::Late(day) => Published::Day(day),
            Timing::Usual | Timing::Soon | Timing::Last if is_day => Published::Day(self.today),
            // To the minute, and never after it was recorded.
            Timing::Usual | Timing::Soon | Timing::Last => {
                let most = if timing == Timing::Soon { SOON_MINUTES } else { 90 };
                let at = self.now.timestamp() - i64::from(dice.between(1, most)) * 60;
                let at = DateTime::from_timestamp(at - at.rem_euclid(60), 0).unwrap_or(self.now);
                Published::At(at.fixed_offset())
            }
        };
        let topic = dice.index(TOPICS.len());
        let title = dice.chance(65).then(|| {
            let mut title = String::with_capacity(64);
            title.push_str(dice.word(HEADLINES));
            title.push_str(TOPICS[topic]);
            if !subject.is_empty() && dice.chance(40) {
                title.push_str(": ");
                title.push_str(subject);
            }
            title
        });
        let url = dice.chance(60).then(|| {
            let mut url = String::with_capacity(32);
            url.push_str("https://");
            url.push_str(site);
            url.push('/');
            push_number(&mut url, dice.between(1_000_000, 9_999_999));
            url
        });
        let grade = dice.chance(60).then(|| dice.word(&["A1", "A2", "B2", "B2", "B3", "C3", "D4", "F6"]).parse().ok()).flatten();
        Source { outlet: Some(outlet.to_owned()), title, url, published: Some(published), grade, ..Source::default() }
    }

    /// An official as an entry names them: if for the first time, it makes them known.
    pub fn official(&mut self, number: usize) -> OfficialId {
        self.people.introduce(number, &mut self.atlas, &mut self.added);
        self.people.all[number].id.clone()
    }

    /// The same for several.
    pub fn officials(&mut self, numbers: &[usize]) -> Vec<OfficialId> {
        numbers.iter().map(|number| self.official(*number)).collect()
    }

    /// The same for a place.
    pub fn place(&mut self, number: usize) -> PlaceId {
        self.atlas.introduce_place(number, &mut self.added);
        self.atlas.places[number].id.clone()
    }

    /// The same for the party of a country.
    pub fn party(&mut self, country: usize) -> PartyId {
        self.atlas.introduce_party(country, &mut self.added);
        self.atlas.countries[country].party.clone()
    }

    /// A party, most times with the voice that spoke for it.
    pub fn by(&mut self, country: usize) -> By {
        let voice = self.dice.chance(60).then(|| self.atlas.voice(country).to_owned());
        By { party: self.party(country), voice }
    }

    /// The place where an official is at home: their capital.
    pub fn base(&self, official: usize) -> usize {
        self.atlas.countries[self.people.all[official].country].capital()
    }

    /// The name of a place, which makes nothing known.
    pub fn place_name(&self, place: usize) -> &'static str {
        self.atlas.places[place].name
    }

    /// The name of the place where an official is at home.
    pub fn base_name(&self, official: usize) -> &'static str {
        self.atlas.places[self.base(official)].name
    }

    /// An official who has nothing before them; of one country, if it is given.
    pub fn free_official(&mut self, country: Option<usize>) -> Option<usize> {
        let (count, countries) = (self.people.all.len(), self.atlas.countries.len());
        for _ in 0..LOOKS {
            let drawn = self.dice.index(count);
            let number = country.map_or(drawn, |country| drawn - drawn % countries + country);
            if self.people.all.get(number).is_some_and(|person| !person.is_engaged) {
                return Some(number);
            }
        }
        None
    }

    /// Takes officials for a tour or a meeting, or lets them go.
    pub fn engage(&mut self, officials: &[usize], is_engaged: bool) {
        for official in officials {
            self.people.all[*official].is_engaged = is_engaged;
        }
    }

    /// Some city outside of a country, more often a capital than not.
    pub fn city_abroad(&mut self, home: usize) -> usize {
        let count = self.atlas.countries.len();
        // The smaller of two numbers is more often small: some countries are visited more than others.
        let drawn = self.dice.index(count).min(self.dice.index(count));
        let country = if drawn == home { (home + 1) % count } else { drawn };
        let country = &self.atlas.countries[country];
        if self.dice.chance(65) { country.capital() } else { country.place + 1 + self.dice.index(country.cities) }
    }

    /// The day so many days from today.
    pub fn day(&self, days: i64) -> NaiveDate {
        shifted(self.today, days)
    }

    /// The first hour, counted as [`Scene::hour`] is, of a day.
    pub fn hour_of(&self, day: NaiveDate) -> u32 {
        let days = (day - self.today).num_days();
        let today = self.hour - self.hour % 24;
        u32::try_from(i64::from(today) + days * 24).unwrap_or(self.hour)
    }

    /// An exact time on a day, when offices are open at a place; the day where the clocks are just then put forward or back.
    pub fn office_hour(&mut self, day: NaiveDate, place: usize) -> When {
        let (hour, minute) = (self.dice.between(9, 17), self.dice.below(4) * 15);
        let wall = day.and_hms_opt(hour, minute, 0).unwrap_or_default();
        Moment::of_wall(wall, self.atlas.places[place].zone).map_or(When::day(day), |moment| Shape::Exact(moment).into())
    }

    /// What an event says, and how its source told it: `words` begin the quote.
    pub fn tell(&mut self, what: What, words: &[&str]) -> Event {
        let dice = &mut self.dice;
        let quote = (!words.is_empty() && dice.chance(65)).then(|| {
            let topic = dice.word(TOPICS);
            let mut quote = String::with_capacity(160);
            words.iter().for_each(|word| quote.push_str(word));
            if dice.chance(40) {
                quote.push_str(", according to ");
                quote.push_str(dice.word(VOICES));
            }
            if dice.chance(15) {
                quote.push_str("; \"");
                quote.push_str(dice.word(OPENINGS));
                quote.push_str(topic);
                quote.push('"');
            }
            quote
        });
        let said_by = dice.chance(15).then(|| dice.word(VOICES).to_owned());
        let via = dice.chance(10).then(|| dice.word(&["AFP", "AP", "Reuters"]).to_owned());
        let note = dice.chance(3).then(|| dice.word(NOTES).to_owned());
        Event { what, telling: Telling { quote, said_by, via, note, ..Telling::default() } }
    }

    /// What somebody says of one or two topics, at least a hundred characters long.
    pub fn speech(&mut self, topic: usize, also: Option<usize>) -> String {
        let mut text = String::with_capacity(256);
        text.push_str(self.dice.word(OPENINGS));
        text.push_str(TOPICS[topic]);
        if let Some(also) = also {
            text.push_str(self.dice.word(MIDDLES));
            text.push_str(TOPICS[also]);
        }
        text.push_str(self.dice.word(ENDINGS));
        if text.len() < BRIEF {
            text.push_str(self.dice.word(REMARKS));
        }
        text
    }

    /// The reference to an event of the entry that is being written.
    pub fn reference(&self, number: u32) -> EventRef {
        EventRef { entry: self.entry, number }
    }
}

/// Adds a whole number to a text.
pub(super) fn push_number(text: &mut String, number: u32) {
    let mut digits = [0_u8; 10];
    let (mut at, mut rest) = (digits.len(), number);
    loop {
        at -= 1;
        digits[at] = b'0' + u8::try_from(rest % 10).unwrap_or_default();
        rest /= 10;
        if rest == 0 {
            break;
        }
    }
    text.extend(digits[at..].iter().map(|digit| char::from(*digit)));
}
