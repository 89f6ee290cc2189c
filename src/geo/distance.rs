//! Great circles.

/// The Earth's mean radius, in kilometres (IUGG).
const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The great-circle distance in kilometres between two points, each in degrees north and degrees east: the
/// haversine formula on a sphere of the Earth's mean radius, within about half a percent of the true distance.
pub fn distance_km(a: (f64, f64), b: (f64, f64)) -> f64 {
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let across = ((b.1 - a.1).to_radians() / 2.0).sin();
    let along = ((lat_b - lat_a) / 2.0).sin();
    let haversine = along * along + lat_a.cos() * lat_b.cos() * across * across;
    // Rounding may carry opposite points a hair past 1, which has no arcsine.
    2.0 * EARTH_RADIUS_KM * haversine.sqrt().min(1.0).asin()
}
