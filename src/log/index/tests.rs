//! Laws of runs: what is found is what stands there, a merge is the run of all, and what was changed is never believed.

use std::fs;
use std::path::{Path, PathBuf};

use proptest::prelude::*;
use uuid::Uuid;

use super::meetings::PENDING;
use super::run::{BLOCK, Footer, Posting, Run, Spot};
use super::{Broken, Stand, write};
use crate::event::Key;
use crate::log::Chain;
use crate::log::disk::RealDisk;

const LOG: Uuid = Uuid::from_u128(0x6f1c_1f0e_0000_4000_8000_0000_0000_0001);

/// Keys that many postings have: neighbours, the ends of the range, and the one that merges treat otherwise.
const FREQUENT: &[u64] = &[0, 1, 1 << 63, (1 << 63) + 1, u64::MAX, PENDING.0];

fn stand(seq: u64) -> Stand {
    Stand { seq, chain: Chain::start(LOG), recorded: None, segment: 1, length: seq * 100, lines: seq }
}

fn spot(seq: u64) -> Spot {
    Spot::new(1, seq * 100)
}

/// A run in a file of its own, of a stretch and its postings.
fn made(path: &Path, after: u64, end: u64, postings: &[Posting]) -> Run {
    let footer = Footer::new(LOG, stand(after), stand(end), postings.len() as u64);
    let spots: Vec<Spot> = (after + 1..=end).map(spot).collect();
    write::write(&RealDisk, path, &footer, postings, &spots).unwrap();
    Run::open(&RealDisk, path, LOG).unwrap()
}

fn sorted(mut postings: Vec<Posting>) -> Vec<Posting> {
    postings.sort_unstable();
    postings
}

fn keys() -> impl Strategy<Value = Key> {
    prop_oneof![4 => prop::sample::select(FREQUENT), 1 => any::<u64>()].prop_map(Key)
}

fn days() -> impl Strategy<Value = i32> {
    prop_oneof![8 => -20..20_i32, 1 => prop::sample::select(&[i32::MIN, i32::MIN + 1, i32::MAX - 1, i32::MAX][..])]
}

fn postings(most: usize) -> impl Strategy<Value = Vec<Posting>> {
    let posting = (keys(), days(), days(), 1..40_u64).prop_map(|(key, from, to, seq)| Posting { key, from, to, at: spot(seq) });
    prop::collection::vec(posting, 0..most).prop_map(|mut postings| {
        postings.sort_unstable();
        postings.dedup();
        postings
    })
}

/// All that can be read of a run, question by question.
fn read(run: &Run, keys: &[Key]) -> Vec<Result<Vec<Posting>, Broken>> {
    let all = |key: &Key| {
        let mut found = Vec::new();
        run.find(*key, i32::MIN, i32::MAX, &mut found).map(|()| found)
    };
    keys.iter().map(all).collect()
}

fn in_folder(name: &str) -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join(name);
    (home, path)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_run_finds_what_a_look_at_all_postings_finds(
        postings in postings(1500), asked in prop::collection::vec((keys(), days(), days()), 1..40),
    ) {
        let (_home, path) = in_folder("run");
        let run = made(&path, 7, 60, &postings);
        for (key, from, to) in asked {
            let of = |posting: &&Posting| posting.key == key;
            let expected: Vec<Posting> =
                postings.iter().filter(of).filter(|posting| from <= posting.from && posting.from <= to).copied().collect();
            let mut found = Vec::new();
            run.find(key, from, to, &mut found).unwrap();
            prop_assert_eq!(found, expected, "{:?} {} {}", key, from, to);
            let firsts = || postings.iter().filter(of).map(|posting| posting.from);
            prop_assert_eq!(run.before(key, from), Ok(firsts().filter(|first| *first < from).max()));
            prop_assert_eq!(run.after(key, from), Ok(firsts().filter(|first| *first > from).min()));
        }
        for seq in 0..70 {
            let expected = if (8..=60).contains(&seq) { Ok(spot(seq)) } else { Err(Broken) };
            prop_assert_eq!(run.spot(seq), expected);
        }
    }

    /// What was pending counts as the last of them says; all else stays, also what two of them say.
    #[test]
    fn a_merge_is_the_run_of_all_to_the_last_byte(parts in prop::collection::vec((postings(700), 1..900_u64), 2..5)) {
        let home = tempfile::tempdir().unwrap();
        let (mut runs, mut all, mut end) = (Vec::new(), Vec::new(), 0);
        for (at, (postings, entries)) in parts.iter().enumerate() {
            runs.push(made(&home.path().join(format!("part-{at}")), end, end + entries, postings));
            end += entries;
            let is_last = at + 1 == parts.len();
            all.extend(postings.iter().filter(|posting| is_last || posting.key != PENDING));
        }
        let (merged, whole) = (home.path().join("merged"), home.path().join("whole"));
        write::merge(&RealDisk, &merged, &runs, LOG).unwrap();
        made(&whole, 0, end, &sorted(all));
        prop_assert!(fs::read(&merged).unwrap() == fs::read(&whole).unwrap());
    }

    #[test]
    fn a_run_that_was_changed_says_what_was_written_or_nothing(
        postings in postings(700), at in any::<prop::sample::Index>(), flip in 1..=255_u8, near_end in any::<bool>(),
    ) {
        let (_home, path) = in_folder("run");
        let keys: Vec<Key> = FREQUENT.iter().copied().map(Key).chain(postings.iter().map(|posting| posting.key)).collect();
        let run = made(&path, 0, 700, &postings);
        let said = read(&run, &keys);
        let spots: Vec<_> = (1..=700).map(|seq| run.spot(seq)).collect();
        let mut bytes = fs::read(&path).unwrap();
        let place = if near_end { bytes.len() - 1 - at.index(BLOCK) } else { at.index(bytes.len()) };
        bytes[place] ^= flip;
        fs::write(&path, &bytes).unwrap();
        let mut broken = 0;
        match Run::open(&RealDisk, &path, LOG) {
            Err(Broken) => broken += 1,
            Ok(changed) => {
                for (now, before) in read(&changed, &keys).into_iter().zip(said) {
                    prop_assert!(now == before || now == Err(Broken));
                    broken += usize::from(now == Err(Broken));
                }
                for (seq, before) in (1..=700).zip(spots) {
                    let now = changed.spot(seq);
                    prop_assert!(now == before || now == Err(Broken));
                    broken += usize::from(now == Err(Broken));
                }
            }
        }
        prop_assert!(broken > 0, "a byte that nobody reads: {}", place);
    }

    #[test]
    fn a_run_that_was_cut_or_grew_is_none(postings in postings(300), cut in any::<prop::sample::Index>(), more in 1..9000_usize) {
        let (_home, path) = in_folder("run");
        made(&path, 0, 30, &postings);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, &bytes[..cut.index(bytes.len())]).unwrap();
        prop_assert!(Run::open(&RealDisk, &path, LOG).is_err());
        fs::write(&path, [bytes, vec![0; more]].concat()).unwrap();
        prop_assert!(Run::open(&RealDisk, &path, LOG).is_err());
    }
}

/// A key of many thousand postings fills blocks and its bucket alone; its neighbours are still found.
#[test]
fn a_very_frequent_key_is_found_by_its_days_and_hides_no_other() {
    let (_home, path) = in_folder("run");
    let key = Key(0x8000_0000_0000_0000);
    let one = |key: Key, day: i32| Posting { key, from: day, to: day + 2, at: spot(1) };
    let neighbours = [Key(key.0 - 1), Key(key.0 + 1)];
    let all = (0..20_000).map(|day| one(key, day)).chain(neighbours.map(|key| one(key, 5)));
    let run = made(&path, 0, 3, &sorted(all.collect()));
    for (from, to) in [(0, 19_999), (9_990, 10_010), (19_999, i32::MAX), (i32::MIN, 0), (170, 169)] {
        let mut found = Vec::new();
        run.find(key, from, to, &mut found).unwrap();
        let expected: Vec<Posting> = (from.max(0)..=to.min(19_999)).map(|day| one(key, day)).collect();
        assert_eq!(found, expected);
    }
    assert_eq!((run.before(key, 10_000), run.after(key, 10_000)), (Ok(Some(9_999)), Ok(Some(10_001))));
    assert_eq!((run.before(key, 0), run.after(key, 19_999)), (Ok(None), Ok(None)));
    for neighbour in neighbours {
        let mut found = Vec::new();
        run.find(neighbour, i32::MIN, i32::MAX, &mut found).unwrap();
        assert_eq!(found, [one(neighbour, 5)]);
    }
}

#[test]
fn a_run_of_another_log_is_none() {
    let (_home, path) = in_folder("run");
    made(&path, 0, 3, &[]);
    assert_eq!(Run::open(&RealDisk, &path, Uuid::nil()).err(), Some(Broken));
}
