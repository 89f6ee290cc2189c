//! The houses, streets and ministries that stand for a government in the news.

use super::gazetteer;
use super::place::Country;
use crate::names::fold;

/// Folded names, without "the", and the code of the country whose government they stand for.
const VOICES: [(&str, &[&str]); 25] = [
    ("AR", &["casa rosada"]),
    ("AT", &["ballhausplatz"]),
    ("AU", &["yarralumla"]),
    ("BR", &["itamaraty", "itamaraty palace", "planalto", "planalto palace"]),
    ("CL", &["la moneda", "moneda palace"]),
    ("CN", &["zhongnanhai"]),
    ("CO", &["casa de narino", "palacio de narino"]),
    ("CZ", &["prague castle", "czernin palace", "cernin palace"]),
    ("DE", &["bundeskanzleramt", "wilhelmstrasse"]),
    ("ES", &["moncloa", "moncloa palace", "la moncloa"]),
    ("FR", &["elysee", "elysee palace", "quai dorsay", "matignon", "hotel matignon"]),
    (
        "GB",
        &[
            "downing street",
            "10 downing street",
            "number 10",
            "no 10",
            "whitehall",
            "foreign office",
            "foreign and commonwealth office",
            "fcdo",
        ],
    ),
    ("IE", &["iveagh house", "aras an uachtarain"]),
    ("IN", &["south block", "raisina hill", "rashtrapati bhavan"]),
    ("IT", &["palazzo chigi", "chigi palace", "farnesina", "quirinale", "quirinal palace"]),
    ("JP", &["kantei", "gaimusho", "kasumigaseki"]),
    ("KR", &["blue house", "cheong wa dae"]),
    ("NL", &["binnenhof", "het binnenhof"]),
    ("PE", &["torre tagle", "torre tagle palace"]),
    ("PH", &["malacanang", "malacanang palace"]),
    ("RU", &["kremlin", "moscow kremlin"]),
    ("TR", &["sublime porte"]),
    ("UA", &["bankova", "bankova street"]),
    (
        "US",
        &[
            "white house",
            "oval office",
            "state department",
            "us state department",
            "department of state",
            "us department of state",
            "foggy bottom",
            "pentagon",
        ],
    ),
    ("VE", &["miraflores palace", "palacio de miraflores"]),
];

/// The country whose government a well-known house, street or ministry stands for: "the White House", "Kremlin",
/// "Quai d'Orsay". `None` for anything else; a country's own name is no such voice.
pub fn voice(text: &str) -> Option<Country> {
    let folded = super::country::with_initials_joined(&fold(text));
    let name = folded.strip_prefix("the ").unwrap_or(&folded);
    let (code, _) = VOICES.iter().find(|(_, names)| names.contains(&name))?;
    gazetteer::country(code)
}

#[cfg(test)]
pub(super) fn all() -> impl Iterator<Item = (&'static str, &'static str)> {
    VOICES.iter().flat_map(|(code, names)| names.iter().map(move |name| (*code, *name)))
}
