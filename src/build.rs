//! What the linker is told: the program goes to a fixed place in memory.
//!
//! One that can be loaded anywhere has some 50,000 addresses to be put right each time it starts (zones, gazetteer, texts), which takes longer than an
//! answer.

fn main() {
    println!("cargo:rerun-if-changed=src/build.rs");
    let is = |key: &str, value: &str| std::env::var(key).is_ok_and(|set| set == value);
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
