//! The officials of a world: 2,000 people with a party, an office and a place where they are at home.

use std::collections::HashSet;

use super::atlas::{Atlas, told};
use super::dice::Dice;
use super::words::{FAMILIES, GIVEN, MINISTRIES};
use crate::event::{Event, EventError, Official, OfficialId, Rank, What};

/// How many officials there are.
const OFFICIALS: usize = 2_000;

/// All officials, by their numbers.
pub(super) struct People {
    pub all: Vec<Person>,
}

/// An official.
pub(super) struct Person {
    pub id: OfficialId,
    pub name: String,
    alias: Option<String>,
    title: &'static str,
    pub rank: Rank,
    pub country: usize,
    /// Whether the log knows them.
    is_introduced: bool,
    /// Whether they have a tour or a meeting before them: then they are in no other.
    pub is_engaged: bool,
}

impl People {
    /// Draws them, country by country in turn, so that every country has its president before any has a second envoy.
    ///
    /// # Errors
    /// When a name makes no id, which a test rules out.
    pub fn draw(dice: &mut Dice, countries: usize) -> Result<Self, EventError> {
        let mut taken = HashSet::new();
        let mut all = Vec::with_capacity(OFFICIALS);
        while all.len() < OFFICIALS {
            let (given, family) = (dice.word(GIVEN), dice.word(FAMILIES));
            if !taken.insert((given, family)) {
                continue;
            }
            let (office, country) = (all.len() / countries, all.len() % countries);
            let (rank, title) = self::office(office, dice);
            let initial = given.get(..1).unwrap_or_default();
            let alias = dice.chance(15).then(|| [initial, ". ", family].concat());
            all.push(Person {
                id: [family, "-", given].concat().to_ascii_lowercase().parse()?,
                name: [given, " ", family].concat(),
                alias,
                title,
                rank,
                country,
                is_introduced: false,
                is_engaged: false,
            });
        }
        Ok(Self { all })
    }

    /// The event that makes an official known, and those for their party and the place where they are at home, unless they are known.
    pub fn introduce(&mut self, number: usize, atlas: &mut Atlas, added: &mut Vec<Event>) {
        let person = &mut self.all[number];
        if std::mem::replace(&mut person.is_introduced, true) {
            return;
        }
        let country = &atlas.countries[person.country];
        let base = country.capital();
        added.push(told(What::Official(Official {
            official: person.id.clone(),
            name: Some(person.name.clone()),
            aliases: person.alias.iter().cloned().collect(),
            title: Some(person.title.to_owned()),
            party: Some(country.party.clone()),
            rank: Some(person.rank),
            base: Some(atlas.places[base].id.clone()),
            since: None,
            until: None,
            wikidata: None,
        })));
        atlas.introduce_party(person.country, added);
        atlas.introduce_place(base, added);
    }
}

/// The rank and the title of the official who comes so far down in a country.
fn office(place: usize, dice: &mut Dice) -> (Rank, &'static str) {
    match place {
        0 => (Rank::HeadOfState, "President"),
        1 => (Rank::HeadOfGovernment, "Prime Minister"),
        2 => (Rank::ForeignMinister, "Minister of Foreign Affairs"),
        3..=6 => (Rank::Minister, dice.word(MINISTRIES)),
        7 | 8 => (Rank::Envoy, "Special Envoy"),
        9 | 10 => (Rank::Adviser, "National Security Adviser"),
        11 => (Rank::Spokesperson, "Spokesperson of the Government"),
        _ => (Rank::Other, "Member of Parliament"),
    }
}
