//! A line without end: refused without being kept.

use std::io::{self, Read};
use std::process::{Command, Stdio};

use daybook::intake::Lines;

/// Gives so many bytes of one letter, then a good line; counts what was asked of it at once at most.
struct Endless {
    left: u64,
    rest: &'static [u8],
    most: usize,
}

const REST: &[u8] = b"\n{\"events\":[{\"kind\":\"party\",\"party\":\"us\"}]}\n";

impl Read for Endless {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.most = self.most.max(buffer.len());
        if self.left == 0 {
            return self.rest.read(buffer);
        }
        let length = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        buffer[..length].fill(b'x');
        self.left -= length as u64;
        Ok(length)
    }
}

#[test]
fn a_line_without_end_is_measured_and_not_kept() {
    let bytes = 64 << 20;
    let mut endless = Endless { left: bytes, rest: REST, most: 0 };
    let lines = Lines::read(&mut io::BufReader::new(&mut endless), "endless").unwrap();
    assert_eq!(lines.bytes(), bytes + REST.len() as u64, "it is read to its end");
    assert!(endless.most <= 4 << 20, "{} bytes were wanted at once", endless.most);
    let told = format!("{lines:?}");
    assert!(told.contains("its line has 67108865 bytes: a line has at most 1 MiB") && told.len() < 1_000, "{told}");
    assert!(told.contains("party"), "the line behind it is read");
}

/// The most memory that the program may take for a line of any length, in KiB.
const MOST: u64 = 64 << 10;

/// The program itself, of which the system says how much memory it took at most.
#[cfg(target_os = "linux")]
#[test]
fn the_program_takes_little_memory_for_a_line_without_end() {
    let desk = crate::desk::Desk::new();
    for (arguments, says) in [
        (["import", "-"], "its line has 134217728 bytes: a line has at most 1 MiB (1048576 bytes)"),
        (["log", "-"], "is longer than 2097152 bytes"),
    ] {
        let mut program = Command::new(env!("CARGO_BIN_EXE_daybook"))
            .args(arguments)
            .arg("--log")
            .arg(desk.path("events"))
            .stdin(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut input = program.stdin.take().unwrap();
        let mut endless = Endless { left: 128 << 20, rest: b"", most: 0 };
        // A program that has heard enough does not read on.
        let _ = io::copy(&mut endless, &mut input);
        let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).unwrap();
        drop(input);
        let said = program.wait_with_output().unwrap();
        let err = String::from_utf8(said.stderr).unwrap();
        assert_eq!(said.status.code(), Some(1), "{err}");
        assert!(err.contains(says), "{err}");
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        // Whoever has ended already has no memory any more.
        let Some(peak) = peak else { continue };
        let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        assert!(peak < MOST, "{peak} KiB");
    }
}
