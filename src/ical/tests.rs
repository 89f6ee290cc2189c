//! The grammar against itself (laws), against the examples of the RFCs, VTIMEZONEs against the zones they are made from, and lint against
//! files with one fault each.

mod expansion;
mod grammar;
mod lint;
mod zones;
