//! The grammar against itself (laws), against the examples of the RFCs, and VTIMEZONEs against the zones they are made from.

mod expansion;
mod grammar;
mod zones;
