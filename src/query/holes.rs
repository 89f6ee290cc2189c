//! Days of which nothing is known.

use chrono::NaiveDate;

use super::{Asked, Days};
use crate::projection::Whereabouts;

/// The days among some of which nothing is known of an official: neither by what is `known`, in order of the first day, nor because
/// a stop is carried on into them.
pub(super) fn holes(asked: &Asked<'_>, whereabouts: &Whereabouts, days: Days, known: &[Days]) -> Vec<Days> {
    // A carry ends soon, however many days there are.
    let first = days.from.iter_days().take_while(|day| *day <= days.to).take(usize::try_from(asked.carry).unwrap_or(0));
    let carried = first.take_while(|day| !whereabouts.on(*day, asked.registry()).is_empty()).last();
    let carried = carried.map(|last| Days { from: days.from, to: last });
    let mut open = Some(days.from);
    let mut found = Vec::new();
    for one in carried.iter().chain(known) {
        let Some(from) = open.filter(|from| *from <= days.to) else { break };
        if one.from > days.to {
            break;
        }
        if one.to < from {
            continue;
        }
        found.extend(one.from.pred_opt().filter(|to| from <= *to).map(|to| Days { from, to }));
        open = one.to.succ_opt();
    }
    found.extend(open.filter(|from| *from <= days.to).map(|from| Days { from, to: days.to }));
    found
}

/// The days strictly between two.
pub(super) fn between(last: NaiveDate, next: NaiveDate) -> Option<Days> {
    let (from, to) = last.succ_opt().zip(next.pred_opt())?;
    (from <= to).then_some(Days { from, to })
}
