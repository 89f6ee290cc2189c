//! A run: the index of a stretch of the log, one file that is written once and never changed.
//!
//! ```text
//! postings   24 bytes each, in the order of key and first day: key, first day, last day, spot
//! spots      8 bytes for each entry of the stretch, in log order
//! buckets    4 bytes each: how many postings have a key with smaller leading bits
//! footer     one block of JSON: which log and stretch, and how many of each
//! ```
//!
//! All in blocks of 4 KiB that end with their own checksum, so that whatever is read is known to be what was written; a block that is not
//! read costs nothing.

use std::cell::RefCell;
use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::super::disk::{Disk, Open};
use super::{Broken, Stand};
use crate::event::{FOOTPRINT, Key};

/// The version of the files; of others, none is read.
///
/// | version | since | change |
/// |---|---|---|
/// | 1 | 0.1.0 | the first |
const FORMAT: u32 = 1;

pub(super) const BLOCK: usize = 4096;
const CHECKSUM: usize = 8;
/// The bytes of a block that say something.
pub(super) const PAYLOAD: usize = BLOCK - CHECKSUM;

/// How many blocks of a run are kept in memory at most: 8 MiB.
const KEPT: usize = 2048;

/// How many postings share a bucket, about: half a block.
const IN_BUCKET: u64 = 85;

/// Where an entry stands: the number of its segment and its offset in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Spot(pub(super) u64);

impl Spot {
    pub(in crate::log) fn new(segment: u32, offset: u64) -> Self {
        Self(u64::from(segment) << 40 | offset)
    }

    pub(super) fn segment(self) -> u32 {
        u32::try_from(self.0 >> 40).unwrap_or(u32::MAX)
    }

    pub(super) fn offset(self) -> u64 {
        self.0 & ((1 << 40) - 1)
    }
}

/// That an entry is about something on some days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Posting {
    pub key: Key,
    pub from: i32,
    pub to: i32,
    pub at: Spot,
}

impl Posting {
    pub const BYTES: usize = 24;

    pub fn write(self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..8].copy_from_slice(&self.key.0.to_le_bytes());
        bytes[8..12].copy_from_slice(&self.from.to_le_bytes());
        bytes[12..16].copy_from_slice(&self.to.to_le_bytes());
        bytes[16..].copy_from_slice(&self.at.0.to_le_bytes());
        bytes
    }

    pub fn read(bytes: &[u8]) -> Result<Self, Broken> {
        Ok(Self {
            key: Key(number(bytes, 0)?),
            from: i32::from_le_bytes(part(bytes, 8)?),
            to: i32::from_le_bytes(part(bytes, 12)?),
            at: Spot(number(bytes, 16)?),
        })
    }
}

fn part<const N: usize>(bytes: &[u8], at: usize) -> Result<[u8; N], Broken> {
    bytes.get(at..at + N).and_then(|part| part.try_into().ok()).ok_or(Broken)
}

fn number(bytes: &[u8], at: usize) -> Result<u64, Broken> {
    part(bytes, at).map(u64::from_le_bytes)
}

/// Which log and which stretch of it a run is of, and how large it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Footer {
    format: u32,
    footprint: u32,
    log: Uuid,
    /// Where the stretch begins.
    pub after: Stand,
    /// Where it ends.
    pub end: Stand,
    pub postings: u64,
    /// How many leading bits of a key name its bucket.
    bits: u32,
}

impl Footer {
    pub fn new(log: Uuid, after: Stand, end: Stand, postings: u64) -> Self {
        let bits = (postings / IN_BUCKET).max(1).ilog2().min(30);
        Self { format: FORMAT, footprint: FOOTPRINT, log, after, end, postings, bits }
    }

    pub fn is_of(&self, log: Uuid) -> bool {
        (self.format, self.footprint, self.log) == (FORMAT, FOOTPRINT, log)
    }

    pub fn entries(&self) -> u64 {
        self.end.seq - self.after.seq
    }

    pub fn buckets(&self) -> u64 {
        (1 << self.bits) + 1
    }

    /// The bucket of a key.
    pub fn bucket(&self, key: Key) -> u64 {
        if self.bits == 0 { 0 } else { key.0 >> (64 - self.bits) }
    }

    fn spots_block(&self) -> u64 {
        blocks(self.postings, Posting::BYTES)
    }

    fn buckets_block(&self) -> u64 {
        self.spots_block() + blocks(self.entries(), 8)
    }

    fn own_block(&self) -> u64 {
        self.buckets_block() + blocks(self.buckets(), 4)
    }
}

/// How many blocks so many records take, of which none crosses the end of a block.
pub(super) fn blocks(records: u64, bytes: usize) -> u64 {
    records.div_ceil((PAYLOAD / bytes) as u64)
}

/// The checksum of a block.
pub(super) fn checksum(payload: &[u8], number: u64) -> [u8; CHECKSUM] {
    xxh3_64_with_seed(payload, number).to_le_bytes()
}

/// What a block says, if it is as it was written.
pub(super) fn checked(block: &[u8], number: u64) -> Result<&[u8], Broken> {
    let (payload, sum) = block.split_at_checked(PAYLOAD).ok_or(Broken)?;
    if checksum(payload, number) == sum { Ok(payload) } else { Err(Broken) }
}

/// An open run.
#[derive(Debug)]
pub(super) struct Run {
    file: Open,
    pub footer: Footer,
    seen: RefCell<HashMap<u64, Arc<Vec<u8>>>>,
}

impl Run {
    /// Opens a run of a log.
    pub fn open(disk: &dyn Disk, path: &Path, log: Uuid) -> Result<Self, Broken> {
        let file = disk.reading(path).map_err(|_| Broken)?;
        let length = file.length().map_err(|_| Broken)?;
        let last = (length / BLOCK as u64).checked_sub(1).ok_or(Broken)?;
        let mut block = vec![0; BLOCK];
        file.exactly(&mut block, last * BLOCK as u64).map_err(|_| Broken)?;
        let text = checked(&block, last)?;
        let end = text.iter().position(|byte| *byte == 0).unwrap_or(text.len());
        let footer: Footer = text.get(..end).and_then(|text| serde_json::from_slice(text).ok()).ok_or(Broken)?;
        let whole = footer.is_of(log) && footer.own_block() == last && length == (last + 1) * BLOCK as u64;
        if whole { Ok(Self { file, footer, seen: RefCell::default() }) } else { Err(Broken) }
    }

    /// The blocks from one on, as many as are asked for; not kept.
    pub fn blocks(&self, first: u64, count: u64) -> Result<Vec<u8>, Broken> {
        let mut bytes = vec![0; usize::try_from(count).map_err(|_| Broken)? * BLOCK];
        self.file.exactly(&mut bytes, first * BLOCK as u64).map_err(|_| Broken)?;
        Ok(bytes)
    }

    fn block(&self, number: u64) -> Result<Arc<Vec<u8>>, Broken> {
        if let Some(block) = self.seen.borrow().get(&number) {
            return Ok(Arc::clone(block));
        }
        let payload = Arc::new(self.blocks(number, 1)?);
        checked(&payload, number)?;
        if self.seen.borrow().len() >= KEPT {
            self.seen.borrow_mut().clear();
        }
        self.seen.borrow_mut().insert(number, Arc::clone(&payload));
        Ok(payload)
    }

    /// A record of a section that begins with some block.
    fn record<T>(&self, section: u64, at: u64, bytes: usize, read: impl Fn(&[u8]) -> Result<T, Broken>) -> Result<T, Broken> {
        let in_block = (PAYLOAD / bytes) as u64;
        let block = self.block(section + at / in_block)?;
        let start = usize::try_from(at % in_block).map_err(|_| Broken)? * bytes;
        read(block.get(start..start + bytes).ok_or(Broken)?)
    }

    fn posting(&self, at: u64) -> Result<Posting, Broken> {
        self.record(0, at, Posting::BYTES, Posting::read)
    }

    /// Where an entry of the stretch stands, by its number in the log.
    pub fn spot(&self, seq: u64) -> Result<Spot, Broken> {
        let at = seq.checked_sub(self.footer.after.seq + 1).filter(|at| *at < self.footer.entries()).ok_or(Broken)?;
        self.record(self.footer.spots_block(), at, 8, |bytes| number(bytes, 0).map(Spot))
    }

    fn bucket_start(&self, bucket: u64) -> Result<u64, Broken> {
        self.record(self.footer.buckets_block(), bucket, 4, |bytes| part(bytes, 0).map(u32::from_le_bytes).map(u64::from))
    }

    /// Where the postings of a key begin and end whose first day is not before `from`; the end is that of the bucket.
    fn start(&self, key: Key, from: i32) -> Result<(u64, u64), Broken> {
        let bucket = self.footer.bucket(key);
        let (mut low, end) = (self.bucket_start(bucket)?, self.bucket_start(bucket + 1)?);
        let mut high = end;
        while low < high {
            let middle = low + (high - low) / 2;
            let posting = self.posting(middle)?;
            if (posting.key, posting.from) < (key, from) { low = middle + 1 } else { high = middle }
        }
        Ok((low, end))
    }

    /// Adds the postings of a key whose first day lies between two.
    pub fn find(&self, key: Key, from: i32, to: i32, found: &mut Vec<Posting>) -> Result<(), Broken> {
        let (start, end) = self.start(key, from)?;
        for at in start..end {
            let posting = self.posting(at)?;
            if posting.key != key || posting.from > to {
                break;
            }
            found.push(posting);
        }
        Ok(())
    }

    /// The first day of the last posting of a key that begins before a day.
    pub fn before(&self, key: Key, day: i32) -> Result<Option<i32>, Broken> {
        let (start, _) = self.start(key, day)?;
        let Some(at) = start.checked_sub(1) else { return Ok(None) };
        let posting = self.posting(at)?;
        Ok((posting.key == key).then_some(posting.from))
    }

    /// The first day of the first posting of a key that begins after a day.
    pub fn after(&self, key: Key, day: i32) -> Result<Option<i32>, Broken> {
        let Some(next) = day.checked_add(1) else { return Ok(None) };
        let (start, end) = self.start(key, next)?;
        if start == end {
            return Ok(None);
        }
        let posting = self.posting(start)?;
        Ok((posting.key == key).then_some(posting.from))
    }
}
