//! The gazetteer's bytes: searched where they lie in the program, with nothing to load or parse.
//!
//! `gazetteer.bin` is written by `build.py` from GeoNames, `countries.tsv`, `english.tsv` and `also.tsv`. Numbers are
//! little-endian. Behind the magic words stand the sections' places, a `(start, count)` of 32 bits each:
//!
//! | section | each | sorted by |
//! |---|---|---|
//! | entries | name at, reference | the folded name's bytes; then cities, the largest first; then countries |
//! | cities | name, id, region at; lat, lon in 1/100,000 degree; population; zone; capital; country's code | people |
//! | countries | name, id at; capital's number; lat, lon; three-letter code at; zone; code | code |
//! | places | reference | the place id's bytes |
//! | zones | name at | name |
//! | text | strings, each behind one byte that says how long it is | |
//! | landmarks | the first 16 bytes of every 256th entry's name, filled up with zeros | those bytes |
//! | source | bytes: the package that the cities come from, and its version | |
//!
//! A reference is the number of a city, or of a country if its highest bit is set; the next bit says that the city
//! bears the name as its own and not as an alternate one. Every read is checked: were the bytes damaged, places
//! would not be found.

use super::place::{City, Country, Place};

static BYTES: &[u8] = include_bytes!("gazetteer.bin");

const MAGIC: &[u8] = b"daybook gazetteer 1\n";
const COUNTRY: u32 = 1 << 31;
const PRIMARY: u32 = 1 << 30;
const DEGREE: f64 = 100_000.0;

const ENTRIES: usize = 0;
const CITIES: usize = 1;
const COUNTRIES: usize = 2;
const PLACES: usize = 3;
const ZONES: usize = 4;
const TEXT: usize = 5;
const LANDMARKS: usize = 6;
const SOURCE: usize = 7;

const ENTRY_SIZE: usize = 8;
const CITY_SIZE: usize = 32;
const COUNTRY_SIZE: usize = 32;
const PLACE_SIZE: usize = 4;
const ZONE_SIZE: usize = 4;
const LANDMARK_SIZE: usize = 16;
/// Entries from one landmark to the next.
const STRIDE: usize = 256;

/// What the gazetteer was made of, and how much it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edition {
    /// The package that GeoNames' cities come from, and its version; the package gives no date.
    pub source: &'static str,
    /// Cities.
    pub cities: usize,
    /// Countries and territories.
    pub countries: usize,
    /// Names that these bear.
    pub names: usize,
}

/// What this gazetteer was made of.
pub fn edition() -> Edition {
    let (start, length) = section(SOURCE);
    let source = BYTES.get(start..start.saturating_add(length)).and_then(|bytes| str::from_utf8(bytes).ok());
    let count = |index| section(index).1;
    Edition { source: source.unwrap_or("unknown"), cities: count(CITIES), countries: count(COUNTRIES), names: count(ENTRIES) }
}

/// One that bears a name.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bearer {
    /// The city or country.
    pub(super) place: Place,
    /// Whether the name is a city's own; an alternate one otherwise. Always true of countries.
    pub(super) own: bool,
}

/// All that bear a folded name, cities first and the largest of them first.
pub(super) fn bearers(folded: &str) -> impl Iterator<Item = Bearer> {
    names_from(folded).take_while(move |(name, _)| *name == folded).filter_map(|(_, reference)| bearer(reference))
}

/// Every name from this one on, in the order of its bytes, with the reference of one that bears it.
pub(super) fn names_from(folded: &str) -> impl Iterator<Item = (&'static str, u32)> {
    let (_, count) = section(ENTRIES);
    let (low, high) = between_landmarks(folded, count);
    let first = first_not(low, high, |entry| name_of(entry).is_some_and(|name| name.as_bytes() < folded.as_bytes()));
    (first..count).map_while(|entry| Some((name_of(entry)?, number(record(ENTRIES, entry, ENTRY_SIZE)?, 4)?)))
}

/// The one that a reference stands for.
pub(super) fn bearer(reference: u32) -> Option<Bearer> {
    Some(Bearer { place: referred(reference)?, own: reference & (PRIMARY | COUNTRY) != 0 })
}

/// The place of this id.
pub(super) fn place(id: &str) -> Option<Place> {
    let (_, count) = section(PLACES);
    let at = |entry| number(record(PLACES, entry, PLACE_SIZE)?, 0).and_then(referred);
    let first = first_not(0, count, |entry| at(entry).is_some_and(|place| place.id().as_bytes() < id.as_bytes()));
    if first < count { at(first).filter(|place| place.id() == id) } else { None }
}

/// Every place whose id begins like this, by id.
pub(super) fn places_from(id: &str) -> impl Iterator<Item = Place> {
    let (_, count) = section(PLACES);
    let at = |entry| number(record(PLACES, entry, PLACE_SIZE)?, 0).and_then(referred);
    let first = first_not(0, count, |entry| at(entry).is_some_and(|place| place.id().as_bytes() < id.as_bytes()));
    (first..count).map_while(at).take_while(move |place| place.id().starts_with(id))
}

/// The country of this two-letter code, in capitals.
pub(super) fn country(code: &str) -> Option<Country> {
    let (_, count) = section(COUNTRIES);
    let first = first_not(0, count, |entry| country_at(entry).is_some_and(|country| country.code < code));
    if first < count { country_at(first).filter(|country| country.code == code) } else { None }
}

/// The country of this three-letter code, in capitals.
pub(super) fn country_of_alpha3(code: &str) -> Option<Country> {
    let (_, count) = section(COUNTRIES);
    (0..count).filter_map(country_at).find(|country| country.alpha3 == code)
}

fn referred(reference: u32) -> Option<Place> {
    let index = usize::try_from(reference & !(COUNTRY | PRIMARY)).ok()?;
    if reference & COUNTRY == 0 { city_at(index).map(Place::City) } else { country_at(index).map(Place::Country) }
}

fn city_at(index: usize) -> Option<City> {
    let bytes = record(CITIES, index, CITY_SIZE)?;
    Some(City {
        name: text(number(bytes, 0)?)?,
        id: text(number(bytes, 4)?)?,
        region: text(number(bytes, 8)?)?,
        lat: degrees(bytes, 12)?,
        lon: degrees(bytes, 16)?,
        population: number(bytes, 20)?,
        zone: zone(bytes, 24)?,
        capital: *bytes.get(26)? != 0,
        country: str::from_utf8(bytes.get(28..30)?).ok()?,
    })
}

fn country_at(index: usize) -> Option<Country> {
    let bytes = record(COUNTRIES, index, COUNTRY_SIZE)?;
    let capital = usize::try_from(number(bytes, 8)?).ok()?;
    Some(Country {
        name: text(number(bytes, 0)?)?,
        place_id: text(number(bytes, 4)?)?,
        // A number past the cities stands for none.
        capital: city_at(capital).map(|city| city.id),
        lat: degrees(bytes, 12)?,
        lon: degrees(bytes, 16)?,
        alpha3: text(number(bytes, 20)?)?,
        zone: zone(bytes, 24)?,
        code: str::from_utf8(bytes.get(28..30)?).ok()?,
    })
}

fn name_of(entry: usize) -> Option<&'static str> {
    text(number(record(ENTRIES, entry, ENTRY_SIZE)?, 0)?)
}

fn zone(bytes: &'static [u8], at: usize) -> Option<&'static str> {
    let index = u16::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?);
    text(number(record(ZONES, usize::from(index), ZONE_SIZE)?, 0)?)
}

fn text(at: u32) -> Option<&'static str> {
    let (start, _) = section(TEXT);
    let (length, rest) = BYTES.get(start.checked_add(usize::try_from(at).ok()?)?..)?.split_first()?;
    str::from_utf8(rest.get(..usize::from(*length))?).ok()
}

fn degrees(bytes: &[u8], at: usize) -> Option<f64> {
    Some(f64::from(i32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?)) / DEGREE)
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..)?.first_chunk().copied()?))
}

/// Where a section begins, and how many it holds.
fn section(index: usize) -> (usize, usize) {
    let at = |field: usize| usize::try_from(number(BYTES, MAGIC.len() + 8 * index + field)?).ok();
    (at(0).unwrap_or(BYTES.len()), at(4).unwrap_or(0))
}

fn record(section_index: usize, index: usize, size: usize) -> Option<&'static [u8]> {
    let (start, count) = section(section_index);
    if index >= count {
        return None;
    }
    let at = start.checked_add(index.checked_mul(size)?)?;
    BYTES.get(at..at.checked_add(size)?)
}

/// The entries among which the first that is not before this name is to be sought. The landmarks lie close together,
/// so that a first look-up brings few pages of the program into memory.
fn between_landmarks(folded: &str, entries: usize) -> (usize, usize) {
    let mut sought = [0; LANDMARK_SIZE];
    sought.iter_mut().zip(folded.bytes()).for_each(|(byte, of_name)| *byte = of_name);
    let (_, count) = section(LANDMARKS);
    let landmark = |index| record(LANDMARKS, index, LANDMARK_SIZE);
    let same_or_after = first_not(0, count, |index| landmark(index).is_some_and(|bytes| *bytes < sought[..]));
    let after = first_not(same_or_after, count, |index| landmark(index).is_some_and(|bytes| *bytes <= sought[..]));
    (same_or_after.saturating_sub(1) * STRIDE, entries.min(after * STRIDE))
}

/// The first of the numbers from `low` on that is not before what is sought; `high` if all are.
fn first_not(mut low: usize, mut high: usize, before: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = low + (high - low) / 2;
        if before(middle) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    low
}

#[cfg(test)]
mod tests;
