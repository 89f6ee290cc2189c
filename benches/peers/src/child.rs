//! Starts programs for the runner, and says what each took: a small process, since a child counts the memory of who started it as its own.
//!
//! A request is a file for the output, a file for the errors, `NAME=value` or nothing, and the words, parted by U+001F and ended by U+001E.
//! The answer is a line: nanoseconds by the clock, microseconds of processor time, the most kilobytes held, and the exit code (-1: a signal).

use std::error::Error;
use std::fs::File;
use std::io::{BufRead as _, Write as _, stdin, stdout};
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4 as _;

fn main() -> Result<(), Box<dyn Error>> {
    let (mut requests, mut request, mut out) = (stdin().lock(), Vec::new(), stdout().lock());
    while requests.read_until(0x1e, &mut request)? > 0 {
        let text = std::str::from_utf8(request.strip_suffix(b"\x1e").ok_or("a request that does not end")?)?;
        let mut parts = text.split('\u{1f}');
        let mut next = || parts.next().ok_or("a request that is too short");
        let (output, errors, setting, program) = (next()?, next()?, next()?, next()?);
        let mut command = Command::new(program);
        command.args(parts).stdin(Stdio::null()).stdout(File::create(output)?).stderr(File::create(errors)?);
        if let Some((name, value)) = setting.split_once('=') {
            command.env(name, value);
        }
        let start = Instant::now();
        let used = command.spawn()?.wait4()?;
        let took = start.elapsed().as_nanos();
        let processor = (used.rusage.utime + used.rusage.stime).as_micros();
        // Kilobytes on Linux, as the crate hands them on in bytes.
        let held = used.rusage.maxrss / 1024;
        writeln!(out, "{took} {processor} {held} {}", used.status.code().unwrap_or(-1))?;
        out.flush()?;
        request.clear();
    }
    Ok(())
}
