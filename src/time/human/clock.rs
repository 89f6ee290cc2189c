//! The time of day at the end of a phrase: "tomorrow at 15:30", "Tuesday 9:30 [Europe/Madrid]".

use super::token::Word;

/// Splits a trailing clock off, in the form that a written time has after its `T`.
///
/// An hour of one digit is completed; an offset or a zone may follow, together or as a word of its own.
pub(super) fn split<'w, 'a>(words: &'w [Word<'a>]) -> Option<(&'w [Word<'a>], String)> {
    let (last, before) = words.split_last()?;
    if last.typed.starts_with('[') {
        let (clock, before) = before.split_last()?;
        return Some((without_at(before), format!("{}{}", completed(clock.typed)?, last.typed)));
    }
    Some((without_at(before), completed(last.typed)?))
}

fn completed(clock: &str) -> Option<String> {
    let (time, _) = clock.split_once('[').unwrap_or((clock, ""));
    // "10:00-12:00" is two times to whoever writes it, never an offset of twelve hours.
    if time.contains('-') && time == clock {
        return None;
    }
    let (hour, _) = time.split_once(':')?;
    let digits = hour.bytes().all(|byte| byte.is_ascii_digit());
    match hour.len() {
        1 if digits => Some(format!("0{clock}")),
        2 if digits => Some(clock.to_owned()),
        _ => None,
    }
}

fn without_at<'w, 'a>(words: &'w [Word<'a>]) -> &'w [Word<'a>] {
    match words.split_last() {
        Some((last, before)) if last.lower == "at" => before,
        _ => words,
    }
}
