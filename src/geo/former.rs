//! Where the places of a state lie now: those that fell apart, and those that held lands overseas.

use super::country::{country, country_by_code};
use super::find::{far_larger, within};
use super::place::{City, Country, Found, Place};

/// States that are gone, and the codes of all the countries whose land was theirs; the first is the one that the name means now.
const FELL_APART: [(&[&str], &[&str]); 11] = [
    (
        &["ussr", "u.s.s.r.", "soviet union", "union of soviet socialist republics", "russian empire"],
        &["RU", "UA", "BY", "UZ", "KZ", "GE", "AZ", "LT", "MD", "LV", "KG", "TJ", "AM", "TM", "EE"],
    ),
    (
        &[
            "yugoslavia",
            "jugoslavia",
            "socialist federal republic of yugoslavia",
            "federal republic of yugoslavia",
            "kingdom of serbs, croats and slovenes",
        ],
        &["RS", "HR", "SI", "BA", "MK", "ME", "XK"],
    ),
    (&["serbia-montenegro", "serbia and montenegro"], &["RS", "ME", "XK"]),
    (&["czechoslovakia", "czecho-slovakia", "czechoslovak socialist republic"], &["CZ", "SK"]),
    (&["netherlands antilles", "dutch antilles", "netherlands west indies"], &["CW", "SX", "BQ", "AW"]),
    (&["austria-hungary", "austro-hungarian empire"], &["AT", "HU", "CZ", "SK", "SI", "HR", "BA"]),
    (&["ottoman empire"], &["TR", "SY", "LB", "IL", "PS", "JO", "IQ", "SA", "EG"]),
    (&["straits settlements"], &["SG", "MY"]),
    (&["newfoundland", "labrador", "dominion of newfoundland"], &["CA"]),
    (&["tanganyika", "zanzibar"], &["TZ"]),
    (&["kingdom of hawaii", "republic of hawaii"], &["US"]),
];

/// Countries, and the lands overseas that they hold or held in the time of aircraft and liners, each with a code of its own today.
const HELD: [(&str, &[&str]); 8] = [
    ("CN", &["HK", "MO"]),
    ("DK", &["GL", "FO", "IS", "VI"]),
    ("ES", &["CU", "PR", "PH", "EH", "GQ"]),
    (
        "FR",
        &[
            "GP", "MQ", "GF", "RE", "YT", "PF", "NC", "PM", "BL", "MF", "WF", "DZ", "MA", "TN", "SN", "VN", "LA", "KH", "ML",
            "CI", "NE", "BF", "BJ", "TD", "CF", "CG", "GA", "GN", "MG", "MR", "DJ", "SY", "LB",
        ],
    ),
    (
        "GB",
        &[
            "BM", "GI", "HK", "KY", "TC", "VG", "AI", "MS", "FK", "SH", "IO", "GG", "JE", "IM", "JM", "BB", "TT", "BS", "AG",
            "DM", "GD", "LC", "VC", "KN", "GY", "BZ", "GM", "GH", "SL", "NG", "KE", "UG", "TZ", "ZM", "ZW", "MW", "BW", "CY",
            "MT", "EG", "SD", "PS", "IL", "JO", "IQ", "AE", "QA", "BH", "KW", "YE", "IN", "PK", "BD", "LK", "MM", "SG", "MY",
            "BN", "FJ", "IE",
        ],
    ),
    ("NL", &["CW", "SX", "BQ", "AW", "SR", "ID"]),
    ("PT", &["AO", "MZ", "CV", "GW", "ST", "MO", "TL"]),
    ("US", &["PR", "VI", "GU", "AS", "MP", "UM", "PH", "PA"]),
];

/// The countries in whose land a country's places may lie today, by any name that it has or had; the first stands for the country itself.
///
/// "France" is France alone; "U.S.S.R." is Russia, and then the fourteen others; "Yugoslavia (Kosovo)" and "Denmark (Greenland)" are the part
/// that is named, and then the rest. Empty for what is no country.
pub fn lands(name: &str) -> Vec<Country> {
    let is_former = |names: &[&str]| names.iter().any(|former| crate::names::fold(former) == crate::names::fold(name));
    if let Some((_, codes)) = FELL_APART.iter().find(|(names, _)| is_former(names)) {
        return codes.iter().filter_map(|code| country_by_code(code)).collect();
    }
    let whole = country(name);
    let parts = name.trim_end().strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let mut lands: Vec<Country> = whole.into_iter().collect();
    if let Some((outer, inner)) = parts {
        let more = country(inner).into_iter().chain(self::lands(outer));
        lands.extend(more);
    }
    let mut seen: Vec<&str> = Vec::new();
    lands.retain(|land| {
        let is_new = !seen.contains(&land.code);
        seen.push(land.code);
        is_new
    });
    lands
}

/// The city of a name within some lands, or one of these lands itself.
///
/// If several lands have one of the name, the rule of [`find`](super::find()) decides among them: a capital, or one with five times the people
/// of the next.
pub fn find_in(name: &str, lands: &[Country]) -> Found {
    decided(lands.iter().map(|land| within(name, land.name)))
}

/// The place of a name overseas, where none of these lands has one: a land that one of them holds or held ("Bermuda" of the United Kingdom), or a
/// city there, if no other such land has one of the name ("Port Antonio" of the same).
pub fn find_overseas(name: &str, lands: &[Country]) -> Found {
    let held = |land: &Country| HELD.iter().find(|(code, _)| *code == land.code).map_or(&[][..], |(_, held)| held);
    let overseas: Vec<Country> = lands.iter().flat_map(held).filter_map(|code| country_by_code(code)).collect();
    let itself = country(name).filter(|land| overseas.iter().any(|held| held.code == land.code));
    itself.map_or_else(|| find_in(name, &overseas), |land| Found::One(Place::Country(land)))
}

/// One of what was found in several lands.
fn decided(found: impl Iterator<Item = Found>) -> Found {
    let mut all: Vec<Place> = Vec::new();
    for one in found {
        match one {
            Found::One(place) => all.push(place),
            Found::Several(places) => all.extend(places),
            Found::Nothing => {}
        }
    }
    let mut cities: Vec<City> = all.iter().filter_map(city_of).collect();
    cities.sort_by_key(|city| (std::cmp::Reverse(city.capital), std::cmp::Reverse(city.population)));
    match (all.as_slice(), cities.as_slice()) {
        ([], _) => Found::Nothing,
        ([only], _) => Found::One(*only),
        (_, [first, next, ..]) if first.capital && !next.capital || far_larger(first, next) => Found::One(Place::City(*first)),
        _ => Found::Several(all),
    }
}

fn city_of(place: &Place) -> Option<City> {
    match place {
        Place::City(city) => Some(*city),
        Place::Country(_) => None,
    }
}
