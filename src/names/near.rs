//! The names that were perhaps meant.

use strsim::{damerau_levenshtein, jaro_winkler};

use super::fold;

/// At most `n` of the candidates that are near to what was typed, the nearest first; for "did you mean".
///
/// Near is: folded, at most a third of the longer one's letters differ, and never more than three (a letter
/// changed, left out, added, or swapped with its neighbour counts once: Damerau–Levenshtein), or the candidate
/// has a word that begins with the three or more letters that were typed. Equal candidates are given once.
pub fn nearest<'a>(typed: &str, candidates: impl Iterator<Item = &'a str>, n: usize) -> Vec<&'a str> {
    let typed = fold(typed);
    if typed.is_empty() {
        return Vec::new();
    }
    let mut near: Vec<(usize, f64, &'a str)> = Vec::new();
    for candidate in candidates {
        let folded = fold(candidate);
        let longer = typed.chars().count().max(folded.chars().count());
        let distance = damerau_levenshtein(&typed, &folded);
        let near_enough = distance <= (longer / 3).min(3);
        let begun = typed.chars().count() >= 3 && format!(" {folded}").contains(&format!(" {typed}"));
        if near_enough || begun {
            let away = if begun { distance.min(1) } else { distance };
            near.push((away, jaro_winkler(&typed, &folded), candidate));
        }
    }
    near.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(b.2)));
    near.dedup_by(|a, b| a.2 == b.2);
    near.into_iter().take(n).map(|(_, _, candidate)| candidate).collect()
}
