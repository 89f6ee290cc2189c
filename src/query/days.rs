//! A run of days.

use chrono::NaiveDate;
use serde::Serialize;

/// Consecutive local days, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Days {
    /// The first.
    pub from: NaiveDate,
    /// The last.
    pub to: NaiveDate,
}
