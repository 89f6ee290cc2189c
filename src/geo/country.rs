//! Countries by name and code.

use super::gazetteer;
use super::place::{Country, Place};
use crate::names::fold;

/// Words before a country's name that leave it what it is, unless the whole is a name of its own ("Republic of
/// Korea", "Republic of China"), which is looked for first.
const STYLES: [&str; 7] = [
    "federal republic of ",
    "islamic republic of ",
    "peoples republic of ",
    "republic of ",
    "kingdom of ",
    "state of ",
    "sultanate of ",
];

/// The country of a name or a code (ISO 3166-1).
///
/// Names are those of now, in English and a few others ("US", "Holland", "Türkiye"), and those of the past, which
/// mean the country that lies there now ("Ceylon"; "Czechoslovakia", "Yugoslavia" and "U.S.S.R." mean the country
/// of their capital). "Korea, Republic of" is read as "Republic of Korea" too. Codes are of two or three letters in
/// either case; a name goes before a code. `None` for anything else.
pub fn country(text_or_code: &str) -> Option<Country> {
    named(text_or_code).or_else(|| country_by_code(text_or_code))
}

/// The country of a code of ISO 3166-1, two or three letters in either case ("SA", "sau"; Kosovo is "XK").
pub fn country_by_code(code: &str) -> Option<Country> {
    let code = code.trim().to_ascii_uppercase();
    match code.len() {
        2 => gazetteer::country(&code),
        3 => gazetteer::country_of_alpha3(&code),
        _ => None,
    }
}

/// The country of a name, not of a code.
pub(super) fn named(text: &str) -> Option<Country> {
    spelt(text).or_else(|| {
        let (last, first) = text.split_once(',')?;
        spelt(&format!("{first} {last}"))
    })
}

/// The country of a name that is written in its usual order.
fn spelt(text: &str) -> Option<Country> {
    let folded = fold(text);
    if folded.is_empty() {
        return None;
    }
    let joined = with_initials_joined(&folded);
    let plain = folded.strip_prefix("the ").unwrap_or(&folded);
    let mut forms = vec![folded.as_str()];
    forms.extend([joined.as_str(), plain].into_iter().filter(|form| *form != folded));
    forms.extend(STYLES.iter().filter_map(|style| plain.strip_prefix(style)));
    forms.into_iter().find_map(exactly)
}

/// The country that bears just this folded name.
fn exactly(folded: &str) -> Option<Country> {
    gazetteer::bearers(folded).find_map(|bearer| match bearer.place {
        Place::Country(country) => Some(country),
        Place::City(_) => None,
    })
}

/// A folded text with its single letters in a row joined: "u s s r" is "ussr", "washington d c" "washington dc".
pub(super) fn with_initials_joined(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    let mut single_before = false;
    for word in folded.split(' ') {
        let single = word.chars().count() == 1;
        let initials_go_on = single && single_before;
        if !out.is_empty() && !initials_go_on {
            out.push(' ');
        }
        out.push_str(word);
        single_before = single;
    }
    out
}
