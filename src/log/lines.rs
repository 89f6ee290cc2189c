//! The lines of a segment, read one by one in bounded memory.

use std::io::{self, BufRead as _, BufReader, Read as _};

use super::LINE_BYTES;
use super::disk::{Open, Reader};

/// The most bytes of a line that are kept: the limit of a line and some room, so that a line a little too long can still be named.
const KEPT: usize = LINE_BYTES + (64 << 10);

/// How many bytes are read at once.
const BUFFER: usize = 256 << 10;

/// The lines of an open segment.
pub(super) struct Lines {
    reader: BufReader<Reader>,
    line: Vec<u8>,
    /// Where the next line begins.
    offset: u64,
    /// How many lines were read.
    count: u64,
}

/// What comes next in a segment.
pub(super) enum Next {
    /// A line that ends with a newline.
    Line,
    /// A line that ends with a newline, but is longer than any that daybook writes; that many bytes.
    TooLong(u64),
    /// Bytes without a newline at the end of the file; that many.
    Tail(u64),
    /// The end.
    End,
}

impl Lines {
    /// The lines of a file that follow its first `count` lines, which end at `offset`.
    pub(super) fn after(file: Open, offset: u64, count: u64) -> Self {
        // A short file needs no large buffer, which would be cleared first.
        let length = file.length().map_or(BUFFER, |length| usize::try_from(length - offset.min(length)).unwrap_or(BUFFER));
        let reader = BufReader::with_capacity(length.clamp(1, BUFFER), file.from(offset));
        Self { reader, line: Vec::new(), offset, count }
    }

    /// Goes to the next line.
    pub(super) fn advance(&mut self) -> io::Result<Next> {
        self.offset += self.line.len() as u64;
        self.line.clear();
        let read = (&mut self.reader).take(KEPT as u64).read_until(b'\n', &mut self.line)?;
        if read == 0 {
            return Ok(Next::End);
        }
        self.count += 1;
        if self.line.ends_with(b"\n") {
            return Ok(Next::Line);
        }
        let mut length = read as u64;
        loop {
            let bytes = self.reader.fill_buf()?;
            if bytes.is_empty() {
                return Ok(Next::Tail(length));
            }
            let newline = bytes.iter().position(|byte| *byte == b'\n');
            let taken = newline.map_or(bytes.len(), |at| at + 1);
            self.reader.consume(taken);
            length += taken as u64;
            if newline.is_some() {
                return Ok(Next::TooLong(length));
            }
        }
    }

    /// The line, without its newline.
    pub(super) fn bytes(&self) -> &[u8] {
        self.line.strip_suffix(b"\n").unwrap_or(&self.line)
    }

    /// Where the line begins in the file.
    pub(super) fn offset(&self) -> u64 {
        self.offset
    }

    /// The number of the line in the file, from 1.
    pub(super) fn number(&self) -> u64 {
        self.count
    }
}
