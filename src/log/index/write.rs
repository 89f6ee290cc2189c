//! Writing a run: of what was collected, or of several runs that follow each other.

use std::path::Path;

use super::super::disk::{Disk, Open};
use super::Broken;
use super::meetings::PENDING;
use super::run::{BLOCK, Footer, PAYLOAD, Posting, Run, Spot, blocks, checked, checksum};
use crate::event::Key;

/// How many blocks are written, or read for a merge, at once.
const AT_ONCE: u64 = 64;

/// Writes a run of postings in order, and of the spots of its entries.
pub(super) fn write(disk: &dyn Disk, path: &Path, footer: &Footer, postings: &[Posting], spots: &[Spot]) -> Result<(), Broken> {
    let mut writer = Writer::new(disk, path, footer)?;
    for posting in postings {
        writer.posting(*posting)?;
    }
    writer.rest(footer, spots.iter().map(|spot| Ok(*spot)))
}

/// Writes one run of several that follow each other. What was pending counts as the last of them says.
pub(super) fn merge(disk: &dyn Disk, path: &Path, runs: &[Run], log: uuid::Uuid) -> Result<(), Broken> {
    let (first, last) = runs.first().zip(runs.last()).ok_or(Broken)?;
    let mut postings = 0;
    for (at, run) in runs.iter().enumerate() {
        postings += run.footer.postings - if at + 1 < runs.len() { pending(run)? } else { 0 };
    }
    let footer = Footer::new(log, first.footer.after, last.footer.end, postings);
    let mut writer = Writer::new(disk, path, &footer)?;
    let mut readers: Vec<Records<'_>> =
        runs.iter().map(|run| Records::new(run, 0, run.footer.postings, Posting::BYTES)).collect();
    let mut heads: Vec<Option<Posting>> = readers.iter_mut().map(Records::posting).collect::<Result<_, _>>()?;
    while let Some((at, posting)) =
        heads.iter().enumerate().filter_map(|(at, head)| head.map(|head| (at, head))).min_by_key(|(_, head)| *head)
    {
        if posting.key != PENDING || at + 1 == runs.len() {
            writer.posting(posting)?;
        }
        if let (Some(reader), Some(head)) = (readers.get_mut(at), heads.get_mut(at)) {
            *head = reader.posting()?;
        }
    }
    let spots = runs.iter().flat_map(|run| {
        let mut records = Records::new(run, blocks(run.footer.postings, Posting::BYTES), run.footer.entries(), 8);
        std::iter::from_fn(move || records.spot().transpose())
    });
    writer.rest(&footer, spots)
}

fn pending(run: &Run) -> Result<u64, Broken> {
    let mut found = Vec::new();
    run.find(PENDING, i32::MIN, i32::MAX, &mut found)?;
    Ok(found.len() as u64)
}

/// The records of a section of a run, in order.
struct Records<'r> {
    run: &'r Run,
    /// The next block to be read, and how many records are left from it on.
    block: u64,
    left: u64,
    bytes: usize,
    payloads: Vec<u8>,
    at: usize,
}

impl<'r> Records<'r> {
    fn new(run: &'r Run, block: u64, left: u64, bytes: usize) -> Self {
        Self { run, block, left, bytes, payloads: Vec::new(), at: 0 }
    }

    fn next(&mut self) -> Result<Option<&[u8]>, Broken> {
        if self.left == 0 {
            return Ok(None);
        }
        if self.at == self.payloads.len() {
            let count = AT_ONCE.min(blocks(self.left, self.bytes));
            let blocks = self.run.blocks(self.block, count)?;
            self.payloads.clear();
            let used = PAYLOAD / self.bytes * self.bytes;
            for (number, block) in (self.block..).zip(blocks.chunks_exact(BLOCK)) {
                self.payloads.extend_from_slice(checked(block, number)?.get(..used).ok_or(Broken)?);
            }
            self.block += count;
            self.at = 0;
        }
        self.left -= 1;
        let start = self.at;
        self.at += self.bytes;
        Ok(self.payloads.get(start..self.at))
    }

    fn posting(&mut self) -> Result<Option<Posting>, Broken> {
        self.next()?.map(Posting::read).transpose()
    }

    fn spot(&mut self) -> Result<Option<Spot>, Broken> {
        let Some(bytes) = self.next()? else { return Ok(None) };
        let bytes = bytes.try_into().map_err(|_| Broken)?;
        Ok(Some(Spot(u64::from_le_bytes(bytes))))
    }
}

/// A run that is being written.
struct Writer {
    file: Open,
    /// Whole blocks that are not written yet.
    done: Vec<u8>,
    /// The payload of the block that is being filled.
    payload: Vec<u8>,
    /// The number of that block.
    number: u64,
    /// How many postings were written, and for each bucket how many before it.
    count: u32,
    buckets: Vec<u32>,
    footer: Footer,
}

impl Writer {
    fn new(disk: &dyn Disk, path: &Path, footer: &Footer) -> Result<Self, Broken> {
        let file = disk.making(path).map_err(|_| Broken)?;
        Ok(Self { file, done: Vec::new(), payload: Vec::new(), number: 0, count: 0, buckets: Vec::new(), footer: footer.clone() })
    }

    fn record(&mut self, bytes: &[u8]) -> Result<(), Broken> {
        if self.payload.len() + bytes.len() > PAYLOAD {
            self.end_block()?;
        }
        self.payload.extend_from_slice(bytes);
        Ok(())
    }

    fn end_block(&mut self) -> Result<(), Broken> {
        self.payload.resize(PAYLOAD, 0);
        self.done.extend_from_slice(&self.payload);
        self.done.extend_from_slice(&checksum(&self.payload, self.number));
        self.payload.clear();
        self.number += 1;
        if self.done.len() >= BLOCK * 64 { self.flush() } else { Ok(()) }
    }

    fn flush(&mut self) -> Result<(), Broken> {
        self.file.write(&self.done).map_err(|_| Broken)?;
        self.done.clear();
        Ok(())
    }

    fn end_section(&mut self) -> Result<(), Broken> {
        if self.payload.is_empty() { Ok(()) } else { self.end_block() }
    }

    fn posting(&mut self, posting: Posting) -> Result<(), Broken> {
        self.reach(posting.key)?;
        self.count = self.count.checked_add(1).ok_or(Broken)?;
        self.record(&posting.write())
    }

    /// Notes where the buckets up to that of a key begin.
    fn reach(&mut self, key: Key) -> Result<(), Broken> {
        let bucket = usize::try_from(self.footer.bucket(key)).map_err(|_| Broken)?;
        while self.buckets.len() <= bucket {
            self.buckets.push(self.count);
        }
        Ok(())
    }

    fn rest(mut self, footer: &Footer, spots: impl Iterator<Item = Result<Spot, Broken>>) -> Result<(), Broken> {
        self.end_section()?;
        for spot in spots {
            self.record(&spot?.0.to_le_bytes())?;
        }
        self.end_section()?;
        let buckets = usize::try_from(footer.buckets()).map_err(|_| Broken)?;
        self.buckets.resize(buckets, self.count);
        for bucket in std::mem::take(&mut self.buckets) {
            self.record(&bucket.to_le_bytes())?;
        }
        self.end_section()?;
        let text = serde_json::to_vec(footer).map_err(|_| Broken)?;
        self.record(&text)?;
        self.end_section()?;
        self.flush()
    }
}
