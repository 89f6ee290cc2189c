//! An index that is not what was written, and a log that is not: whoever finds by it is never led astray.

use std::fs;

use super::ground::{By, Ground, agree, words};
use super::questions::Vocabulary;
use super::{times, vocabulary, world};
use crate::desk::Said;
use crate::dice::Dice;
use crate::program::{copy_into, tell};

/// A log with two runs and a tail, and what the whole of it answers to some questions.
struct Trial {
    ground: Ground,
    dice: Dice,
    said: Vec<(Vec<String>, Said)>,
    runs: Vec<((u64, u64), Vec<u8>)>,
}

/// Logs some long entries one by one.
fn grow(ground: &Ground, by: By, vocabulary: &Vocabulary, dice: &mut Dice, entries: u64) {
    for number in 0..entries {
        let official = &vocabulary.speakers[dice.below(vocabulary.speakers.len())];
        let text = format!("{number} {}", "We will see what the talks bring. ".repeat(140));
        let seed = dice.roll() >> 16;
        ground.run(by, seed, &["log", "statement", official, &text].map(ToOwned::to_owned));
    }
}

fn questions(ground: &Ground, vocabulary: &Vocabulary, dice: &mut Dice) -> Vec<(Vec<String>, Said)> {
    let mut asked: Vec<Vec<String>> = (0..26).map(|number| vocabulary.question(number % super::KINDS, dice)).collect();
    asked.extend([words("explain last"), words("explain 1"), words("summits --json")]);
    asked.into_iter().map(|question| (question.clone(), ground.whole(&question))).collect()
}

impl Trial {
    fn new(seed: u64) -> Self {
        let mut ground = world(220, seed);
        let mut dice = Dice::of(seed);
        let vocabulary = vocabulary(&mut ground, &mut dice);
        ground.ask(&words("summits"));
        grow(&ground, By::Index, &vocabulary, &mut dice, 25);
        let said = questions(&ground, &vocabulary, &mut dice);
        let runs: Vec<_> = ground.runs().into_iter().map(|run| (run, fs::read(ground.run_file(run)).unwrap())).collect();
        assert!(runs.len() > 1, "{:?}", ground.runs());
        Self { ground, dice, said, runs }
    }

    /// The runs as they were, and no others.
    fn restore(&self) {
        for run in self.ground.runs() {
            fs::remove_file(self.ground.run_file(run)).unwrap();
        }
        for (run, bytes) in &self.runs {
            fs::write(self.ground.run_file(*run), bytes).unwrap();
        }
    }

    /// Some of the questions are answered as the whole log answers them, again and again.
    fn holds(&mut self, what: &str, questions: usize) {
        for _ in 0..questions {
            let (question, whole) = &self.said[self.dice.below(self.said.len())];
            agree(question, &self.ground.ask(question), whole).unwrap_or_else(|differs| panic!("{what}: {differs}"));
        }
    }

    /// All of them.
    fn holds_all(&self, what: &str) {
        for (question, whole) in &self.said {
            agree(question, &self.ground.ask(question), whole).unwrap_or_else(|differs| panic!("{what}: {differs}"));
        }
    }

    /// Whether runs cover the log up to its tail, without a gap.
    fn is_indexed(&self) -> bool {
        let runs = self.ground.runs();
        runs.first().is_some_and(|run| run.0 == 1) && runs.windows(2).all(|pair| pair[0].1 + 1 == pair[1].0)
    }
}

#[test]
fn a_byte_flipped_anywhere_in_the_index_changes_no_answer() {
    let mut trial = Trial::new(31);
    let flips = 80 * times();
    let mut noticed = 0;
    for number in 0..flips {
        trial.restore();
        let (run, mut bytes) = trial.runs[trial.dice.below(trial.runs.len())].clone();
        // The last two blocks say where everything else stands.
        let place = if number % 3 == 0 { bytes.len() - 1 - trial.dice.below(8192) } else { trial.dice.below(bytes.len()) };
        bytes[place] ^= 1 << trial.dice.below(8);
        fs::write(trial.ground.run_file(run), &bytes).unwrap();
        trial.holds(&format!("byte {place} of run {run:?}"), 3);
        let now = fs::read(trial.ground.run_file(run));
        noticed += usize::from(now.is_ok_and(|now| now != bytes) || !trial.ground.runs().contains(&run));
        assert!(
            trial.is_indexed() || trial.ground.runs().is_empty() || trial.ground.runs()[0].0 > 1,
            "{:?}",
            trial.ground.runs()
        );
    }
    // What was noticed was made anew, and all of it is right.
    trial.holds_all("after the last flip");
    trial.holds_all("once more");
    tell(&format!("{flips} bytes flipped, {noticed} of them noticed and mended by three questions"));
    assert!(noticed > flips / 8, "{noticed} of {flips}");
}

#[test]
fn runs_cut_deleted_or_swapped_change_no_answer_and_are_made_anew() {
    let mut trial = Trial::new(32);
    for number in 0..40 * times() {
        trial.restore();
        let (run, bytes) = trial.runs[trial.dice.below(trial.runs.len())].clone();
        let length = if number % 4 == 0 { 4096 * (bytes.len() / 4096 - 1) } else { trial.dice.below(bytes.len()) };
        fs::write(trial.ground.run_file(run), &bytes[..length]).unwrap();
        trial.holds(&format!("run {run:?} cut to {length} bytes"), 2);
    }
    for at in 0..trial.runs.len() {
        trial.restore();
        fs::remove_file(trial.ground.run_file(trial.runs[at].0)).unwrap();
        trial.holds(&format!("without run {at}"), 6);
        assert!(trial.is_indexed(), "{:?}", trial.ground.runs());
    }
    trial.restore();
    for run in trial.ground.runs() {
        fs::remove_file(trial.ground.run_file(run)).unwrap();
    }
    trial.holds_all("without any run");
    assert!(trial.is_indexed(), "{:?}", trial.ground.runs());
    // Each under the name of the other.
    trial.restore();
    let [(one, bytes), (other, others)] = [trial.runs[0].clone(), trial.runs[1].clone()];
    fs::write(trial.ground.run_file(one), &others).unwrap();
    fs::write(trial.ground.run_file(other), &bytes).unwrap();
    trial.holds_all("runs under each other's name");
}

#[test]
fn an_index_of_another_log_or_of_another_branch_is_not_believed() {
    let mut trial = Trial::new(33);
    let other = Trial::new(34);
    for run in trial.ground.runs() {
        fs::remove_file(trial.ground.run_file(run)).unwrap();
    }
    for (run, bytes) in &other.runs {
        fs::write(trial.ground.run_file(*run), bytes).unwrap();
    }
    trial.holds_all("runs of another log");
    // Two copies of a log that went on differently.
    let vocabulary = Vocabulary::of(&trial.ground.log().read().unwrap().entries);
    let branch = trial.ground.copy();
    grow(&branch, By::Index, &vocabulary, &mut Dice::of(1), 40);
    grow(&trial.ground, By::Index, &vocabulary, &mut Dice::of(2), 36);
    trial.said = questions(&trial.ground, &vocabulary, &mut Dice::of(3));
    for run in branch.runs() {
        fs::copy(branch.run_file(run), trial.ground.run_file(run)).unwrap();
    }
    trial.holds_all("with the runs of another branch");
    grow(&trial.ground, By::Index, &vocabulary, &mut Dice::of(4), 20);
    trial.said = questions(&trial.ground, &vocabulary, &mut Dice::of(5));
    trial.holds_all("grown beside the runs of another branch");
    // The runs that fit are found beside those that do not: nothing is made again.
    let before = trial.ground.runs();
    trial.holds_all("once more");
    assert_eq!(trial.ground.runs(), before);
}

/// An earlier copy stands in the place of the log; the index and what was acknowledged are of the later state.
#[test]
fn a_log_put_back_to_an_earlier_copy_is_answered_as_it_is() {
    let mut trial = Trial::new(35);
    let early = trial.ground.copy();
    let vocabulary = Vocabulary::of(&early.log().read().unwrap().entries);
    grow(&trial.ground, By::Index, &vocabulary, &mut trial.dice, 60);
    let late = trial.ground.bytes();
    for cut in [late.len() / 2, early.bytes().len(), late.len() - 90_000] {
        let ground = trial.ground.copy();
        let end = late[..cut].iter().rposition(|byte| *byte == b'\n').unwrap() + 1;
        fs::write(ground.file("000001.jsonl"), &late[..end]).unwrap();
        for (question, whole) in questions(&ground, &vocabulary, &mut trial.dice) {
            assert!(whole.err.contains("was acknowledged on this machine"), "{}", whole.err);
            agree(&question, &ground.ask(&question), &whole).unwrap_or_else(|differs| panic!("cut to {end}: {differs}"));
        }
        // It goes on differently.
        grow(&ground, By::Index, &vocabulary, &mut trial.dice, 35);
        for (question, whole) in questions(&ground, &vocabulary, &mut trial.dice) {
            agree(&question, &ground.ask(&question), &whole).unwrap_or_else(|differs| panic!("went on from {end}: {differs}"));
        }
        ground.log().verify(&[]).unwrap();
    }
}

/// What was put there by `git pull` was acknowledged elsewhere: the mark is of an entry that the runs hold.
#[test]
fn a_mark_in_the_middle_of_the_runs_is_held_against_the_log_whatever_became_of_them() {
    let mut trial = Trial::new(36);
    let vocabulary = Vocabulary::of(&trial.ground.log().read().unwrap().entries);
    let pulled = trial.ground.copy();
    grow(&trial.ground, By::Index, &vocabulary, &mut trial.dice, 40);
    let marks = fs::read(pulled.file(".index/acknowledged")).unwrap();
    copy_into(&trial.ground.file(""), &pulled.file(""));
    fs::write(pulled.file(".index/acknowledged"), marks).unwrap();
    let questions = questions(&pulled, &vocabulary, &mut trial.dice);
    assert!(questions.iter().all(|(_, whole)| !whole.err.contains("acknowledged")));
    let kept: Vec<_> = pulled.runs().into_iter().map(|run| (run, fs::read(pulled.run_file(run)).unwrap())).collect();
    for (run, bytes) in &kept {
        for block in 0..bytes.len() / 4096 {
            for run in pulled.runs() {
                fs::remove_file(pulled.run_file(run)).unwrap();
            }
            kept.iter().for_each(|(run, bytes)| fs::write(pulled.run_file(*run), bytes).unwrap());
            let mut changed = bytes.clone();
            changed[block * 4096 + trial.dice.below(4096)] ^= 4;
            fs::write(pulled.run_file(*run), changed).unwrap();
            let (question, whole) = &questions[trial.dice.below(questions.len())];
            agree(question, &pulled.ask(question), whole).unwrap_or_else(|differs| panic!("block {block} of {run:?}: {differs}"));
        }
    }
}

/// Where no index can be kept there is none, and every answer is the same.
#[test]
fn a_log_whose_index_cannot_be_written_is_read_as_it_stands() {
    let trial = Trial::new(37);
    fs::remove_dir_all(trial.ground.file(".index")).unwrap();
    fs::write(trial.ground.file(".index"), "no directory").unwrap();
    trial.holds_all("with a file in the place of the index");
    let vocabulary = Vocabulary::of(&trial.ground.log().read().unwrap().entries);
    let before = trial.ground.log().read().unwrap().tip.seq;
    grow(&trial.ground, By::Index, &vocabulary, &mut Dice::of(9), 4);
    assert!(trial.ground.log().read().unwrap().tip.seq > before);
}

#[cfg(unix)]
#[test]
fn a_directory_that_must_not_be_written_to_is_read_all_the_same() {
    use std::os::unix::fs::PermissionsExt as _;
    let trial = Trial::new(38);
    let index = trial.ground.file(".index");
    for run in trial.ground.runs() {
        fs::remove_file(trial.ground.run_file(run)).unwrap();
    }
    // Whoever runs as root may write nevertheless, and the answers are the same.
    for folder in [&index, &trial.ground.file("")] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    }
    trial.holds_all("in a directory for readers");
    for folder in [&trial.ground.file(""), &index] {
        fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    }
    trial.holds_all("afterwards");
}

/// Who reads the line says what all who read everything say; who does not, answers as before.
#[test]
fn a_line_edited_by_hand_is_refused_by_whoever_reads_it() {
    let trial = Trial::new(39);
    let bytes = trial.ground.bytes();
    let lines: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let mut dice = Dice::of(39);
    let (mut told, mut answered) = (0, 0);
    for number in 0..12 * times() {
        let ground = trial.ground.copy();
        let at = dice.below(lines.len());
        let mut edited = lines[at].to_vec();
        match number % 4 {
            // In its words; in its number; in its chain; and its length.
            0 => {
                let place = edited.iter().rposition(|byte| *byte == b'e').unwrap().min(edited.len() - 90);
                edited[place] ^= 1;
            }
            1 => edited[15] ^= 1,
            2 => {
                let place = edited.len() - 20;
                edited[place] = if edited[place] == b'0' { b'1' } else { b'0' };
            }
            _ => edited.insert(10, b' '),
        }
        let before: usize = lines[..at].iter().map(|line| line.len()).sum();
        let log = [&bytes[..before], &edited, &bytes[before + lines[at].len()..]].concat();
        fs::write(ground.file("000001.jsonl"), log).unwrap();
        let reads_it = words(&format!("explain {}", at + 1));
        let whole = ground.whole(&reads_it);
        assert_eq!(whole.code, 3, "{}", whole.err);
        agree(&reads_it, &ground.ask(&reads_it), &whole).unwrap_or_else(|differs| panic!("line {}: {differs}", at + 1));
        for (question, sound) in &trial.said {
            let (found, whole) = (ground.ask(question), ground.whole(question));
            if found == *sound {
                answered += 1;
            } else {
                agree(question, &found, &whole).unwrap_or_else(|differs| panic!("line {}: {differs}", at + 1));
                told += 1;
            }
        }
        agree(&reads_it, &ground.ask(&reads_it), &whole).unwrap_or_else(|differs| panic!("line {}, again: {differs}", at + 1));
    }
    tell(&format!("of {} questions about edited logs {told} told of the damage, {answered} did not read it", told + answered));
    assert!(told > 0 && answered > 0, "{told} {answered}");
}

/// A writer died: what follows the last whole line is told and mended alike.
#[test]
fn a_torn_tail_is_told_and_mended_alike() {
    let trial = Trial::new(40);
    let bytes = trial.ground.bytes();
    let vocabulary = Vocabulary::of(&trial.ground.log().read().unwrap().entries);
    for cut in [1, 2, 60, 500] {
        let ground = trial.ground.copy();
        fs::remove_file(ground.file(".index/acknowledged")).unwrap();
        fs::write(ground.file("000001.jsonl"), &bytes[..bytes.len() - cut]).unwrap();
        let other = ground.copy();
        for (question, whole) in questions(&other, &vocabulary, &mut Dice::of(cut as u64)) {
            agree(&question, &ground.ask(&question), &whole).unwrap_or_else(|differs| panic!("cut by {cut}: {differs}"));
        }
        for number in 0..4 {
            let draft = vocabulary.draft(&mut Dice::of(number));
            let (found, whole) = (ground.run(By::Index, number, &draft), other.run(By::Whole, number, &draft));
            agree(&draft, &found, &whole).unwrap_or_else(|differs| panic!("cut by {cut}: {differs}"));
        }
        assert!(ground.bytes() == other.bytes(), "cut by {cut}: the two logs differ");
    }
}
