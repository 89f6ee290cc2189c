//! Regions of countries, as they are written behind a city's name.

use super::country::with_initials_joined;
use crate::names::fold;

/// A first-order division of a country (GeoNames admin1).
pub(super) struct Region {
    /// The country's two-letter code (ISO 3166-1).
    pub(super) country: &'static str,
    /// GeoNames' code of the region.
    pub(super) code: &'static str,
    /// What post offices write for it; empty if nothing.
    short: &'static str,
    /// The English name.
    name: &'static str,
}

/// The regions that bear a name or postal abbreviation: "Texas", "TX". More than one may: "NT" is Australian and
/// Canadian.
pub(super) fn named(text: &str) -> impl Iterator<Item = &'static Region> {
    let folded = with_initials_joined(&fold(text));
    REGIONS.iter().filter(move |region| {
        !folded.is_empty() && [region.short, region.name].iter().any(|name| name.eq_ignore_ascii_case(&folded))
    })
}

/// Whether a text is the name or postal abbreviation of a region of a country, given by its two-letter code (ISO 3166-1). Known for the
/// United States, Canada, Australia and the United Kingdom.
pub fn is_region(text: &str, country: &str) -> bool {
    named(text).any(|region| region.country == country)
}

/// The English name of a region by the country's two-letter code (ISO 3166-1) and the region's code in
/// [`City::region`](super::City::region): "Illinois" for "US", "IL". Known for the United States, Canada, Australia
/// and the United Kingdom; `None` elsewhere.
pub fn region_name(country: &str, code: &str) -> Option<&'static str> {
    REGIONS.iter().find(|region| region.country == country && region.code == code).map(|region| region.name)
}

const fn region(country: &'static str, code: &'static str, short: &'static str, name: &'static str) -> Region {
    Region { country, code, short, name }
}

/// Names are written so that they fold to themselves but for capitals.
const REGIONS: [Region; 76] = [
    region("AU", "01", "ACT", "Australian Capital Territory"),
    region("AU", "02", "NSW", "New South Wales"),
    region("AU", "03", "NT", "Northern Territory"),
    region("AU", "04", "QLD", "Queensland"),
    region("AU", "05", "SA", "South Australia"),
    region("AU", "06", "TAS", "Tasmania"),
    region("AU", "07", "VIC", "Victoria"),
    region("AU", "08", "WA", "Western Australia"),
    region("CA", "01", "AB", "Alberta"),
    region("CA", "02", "BC", "British Columbia"),
    region("CA", "03", "MB", "Manitoba"),
    region("CA", "04", "NB", "New Brunswick"),
    region("CA", "05", "NL", "Newfoundland and Labrador"),
    region("CA", "13", "NT", "Northwest Territories"),
    region("CA", "07", "NS", "Nova Scotia"),
    region("CA", "14", "NU", "Nunavut"),
    region("CA", "08", "ON", "Ontario"),
    region("CA", "09", "PE", "Prince Edward Island"),
    region("CA", "10", "QC", "Quebec"),
    region("CA", "11", "SK", "Saskatchewan"),
    region("CA", "12", "YT", "Yukon"),
    region("GB", "ENG", "", "England"),
    region("GB", "NIR", "", "Northern Ireland"),
    region("GB", "SCT", "", "Scotland"),
    region("GB", "WLS", "", "Wales"),
    region("US", "AK", "AK", "Alaska"),
    region("US", "AL", "AL", "Alabama"),
    region("US", "AR", "AR", "Arkansas"),
    region("US", "AZ", "AZ", "Arizona"),
    region("US", "CA", "CA", "California"),
    region("US", "CO", "CO", "Colorado"),
    region("US", "CT", "CT", "Connecticut"),
    region("US", "DC", "DC", "District of Columbia"),
    region("US", "DE", "DE", "Delaware"),
    region("US", "FL", "FL", "Florida"),
    region("US", "GA", "GA", "Georgia"),
    region("US", "HI", "HI", "Hawaii"),
    region("US", "IA", "IA", "Iowa"),
    region("US", "ID", "ID", "Idaho"),
    region("US", "IL", "IL", "Illinois"),
    region("US", "IN", "IN", "Indiana"),
    region("US", "KS", "KS", "Kansas"),
    region("US", "KY", "KY", "Kentucky"),
    region("US", "LA", "LA", "Louisiana"),
    region("US", "MA", "MA", "Massachusetts"),
    region("US", "MD", "MD", "Maryland"),
    region("US", "ME", "ME", "Maine"),
    region("US", "MI", "MI", "Michigan"),
    region("US", "MN", "MN", "Minnesota"),
    region("US", "MO", "MO", "Missouri"),
    region("US", "MS", "MS", "Mississippi"),
    region("US", "MT", "MT", "Montana"),
    region("US", "NC", "NC", "North Carolina"),
    region("US", "ND", "ND", "North Dakota"),
    region("US", "NE", "NE", "Nebraska"),
    region("US", "NH", "NH", "New Hampshire"),
    region("US", "NJ", "NJ", "New Jersey"),
    region("US", "NM", "NM", "New Mexico"),
    region("US", "NV", "NV", "Nevada"),
    region("US", "NY", "NY", "New York"),
    region("US", "OH", "OH", "Ohio"),
    region("US", "OK", "OK", "Oklahoma"),
    region("US", "OR", "OR", "Oregon"),
    region("US", "PA", "PA", "Pennsylvania"),
    region("US", "RI", "RI", "Rhode Island"),
    region("US", "SC", "SC", "South Carolina"),
    region("US", "SD", "SD", "South Dakota"),
    region("US", "TN", "TN", "Tennessee"),
    region("US", "TX", "TX", "Texas"),
    region("US", "UT", "UT", "Utah"),
    region("US", "VA", "VA", "Virginia"),
    region("US", "VT", "VT", "Vermont"),
    region("US", "WA", "WA", "Washington"),
    region("US", "WI", "WI", "Wisconsin"),
    region("US", "WV", "WV", "West Virginia"),
    region("US", "WY", "WY", "Wyoming"),
];
