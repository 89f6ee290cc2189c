//! Cities and countries, as the gazetteer gives them.

/// A city of the gazetteer (GeoNames).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct City {
    /// The place id: `riyadh`, `paris-us`.
    pub id: &'static str,
    /// The English name: "Riyadh".
    pub name: &'static str,
    /// The country's code of ISO 3166-1, two letters: "SA". Kosovo is "XK".
    pub country: &'static str,
    /// GeoNames' code of the first-order division within the country: "TX", "ENG", "10"; empty if none is given.
    pub region: &'static str,
    /// Degrees north of the equator.
    pub lat: f64,
    /// Degrees east of Greenwich.
    pub lon: f64,
    /// The time zone's IANA name: "Asia/Riyadh".
    pub zone: &'static str,
    /// People who live there, as GeoNames has it; 0 if unknown.
    pub population: u32,
    /// Whether it is the capital of its country or territory.
    pub capital: bool,
}

/// A country or territory (ISO 3166-1, and Kosovo).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Country {
    /// The two-letter code of ISO 3166-1: "SA". Kosovo, which has none there, is "XK".
    pub code: &'static str,
    /// The three-letter code of ISO 3166-1: "SAU". Kosovo is "XKX".
    pub alpha3: &'static str,
    /// The present English name: "Saudi Arabia".
    pub name: &'static str,
    /// The place id: `saudi-arabia`.
    pub place_id: &'static str,
    /// The place id of the capital; `None` where there is no capital, or none in the gazetteer (Palau, Antarctica).
    pub capital: Option<&'static str>,
    /// The IANA name of the capital's time zone. Other parts of the country may have others.
    pub zone: &'static str,
    /// Degrees north of the equator of the capital, or of the settlement that stands for the country.
    pub lat: f64,
    /// Degrees east of Greenwich, likewise.
    pub lon: f64,
}

/// A place: a city or a country.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Place {
    /// A city.
    City(City),
    /// A country, when no city is named.
    Country(Country),
}

impl Place {
    /// The place id: `riyadh`, `saudi-arabia`.
    pub fn id(&self) -> &'static str {
        match self {
            Place::City(city) => city.id,
            Place::Country(country) => country.place_id,
        }
    }

    /// The English name: "Riyadh", "Saudi Arabia".
    pub fn name(&self) -> &'static str {
        match self {
            Place::City(city) => city.name,
            Place::Country(country) => country.name,
        }
    }

    /// The two-letter code of the country that the place is, or is in (ISO 3166-1): "SA".
    pub fn country_code(&self) -> &'static str {
        match self {
            Place::City(city) => city.country,
            Place::Country(country) => country.code,
        }
    }

    /// The IANA name of the place's time zone; of a country, that of its capital.
    pub fn zone(&self) -> &'static str {
        match self {
            Place::City(city) => city.zone,
            Place::Country(country) => country.zone,
        }
    }

    /// Degrees north and degrees east; of a country, those of its capital.
    pub fn coordinates(&self) -> (f64, f64) {
        match self {
            Place::City(city) => (city.lat, city.lon),
            Place::Country(country) => (country.lat, country.lon),
        }
    }
}

/// What a text means as a place.
#[derive(Debug, Clone, PartialEq)]
pub enum Found {
    /// This place.
    One(Place),
    /// Any of these, and the country has to be asked for: the largest five that bear the name and every capital
    /// that does, the largest first. Never fewer than two.
    Several(Vec<Place>),
    /// No place of the gazetteer.
    Nothing,
}

impl Found {
    /// This, or what the other way finds if this is nothing.
    pub(super) fn or_else(self, other: impl FnOnce() -> Self) -> Self {
        match self {
            Self::Nothing => other(),
            found @ (Self::One(_) | Self::Several(_)) => found,
        }
    }
}
