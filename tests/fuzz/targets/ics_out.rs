//! The fuzzer's door to the law of `ics_out`.

#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| daybook_fuzz::ics_out(data));
