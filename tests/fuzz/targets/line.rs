//! The fuzzer's door to the law of `line`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| daybook_fuzz::line(data));
