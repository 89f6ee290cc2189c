//! The fuzzer's door to the law of `words`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| daybook_fuzz::words(data));
