//! A program that does nothing but what every program of this kind does: read its words, and know the time zones.

use clap::Parser;

/// Nothing.
#[derive(Parser)]
#[command(version)]
struct Words {
    /// A zone.
    #[arg(long, default_value = "Europe/Madrid")]
    zone: String,
}

fn main() {
    let words = Words::parse();
    let zone: Result<chrono_tz::Tz, _> = words.zone.parse();
    if zone.is_err() {
        std::process::exit(1);
    }
}
