//! Who or what a typed name may mean, found without a look at everybody: the names of a registry by what they have in common with what is typed.

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;
use std::sync::OnceLock;

use super::registry::words_of;
use crate::names;

/// The ids that bear a name, by the folded id, by the key of a whole name, and by the keys of its words. What was forgotten since may be among
/// them: whoever asks looks at the record.
#[derive(Clone, Debug)]
pub(super) struct Lookup<I> {
    folded: HashMap<String, BTreeSet<I>>,
    whole: HashMap<String, BTreeSet<I>>,
    words: HashMap<String, BTreeSet<I>>,
}

impl<I: Ord + Clone + Hash> Lookup<I> {
    fn new() -> Self {
        Self { folded: HashMap::new(), whole: HashMap::new(), words: HashMap::new() }
    }

    fn learn(&mut self, id: &I, text: &str) {
        add(&mut self.folded, names::fold(text), id);
        add(&mut self.whole, names::key(text), id);
        for word in words_of(text) {
            add(&mut self.words, word, id);
        }
    }

    /// Everybody whom a typed name can mean: as an id, as a whole name, or as a run of words, in either order of a person's names.
    fn candidates(&self, typed: &str) -> BTreeSet<I> {
        let turned = names::reordered(typed);
        let mut found: BTreeSet<I> = self.folded.get(&names::fold(typed)).cloned().unwrap_or_default();
        for way in std::iter::once(typed).chain(turned.as_deref()) {
            found.extend(self.whole.get(&names::key(way)).into_iter().flatten().cloned());
            // Whoever bears a run of words bears the rarest of them; a run of no words is one of every name.
            let bearers = words_of(way).into_iter().map(|word| self.words.get(&word));
            match bearers.min_by_key(|bearers| bearers.map_or(0, BTreeSet::len)) {
                Some(rarest) => found.extend(rarest.into_iter().flatten().cloned()),
                None => found.extend(self.folded.values().flatten().cloned()),
            }
        }
        found
    }
}

fn add<I: Ord + Clone>(map: &mut HashMap<String, BTreeSet<I>>, key: String, id: &I) {
    map.entry(key).or_default().insert(id.clone());
}

/// A lookup that is made when it is first asked, and learns from then on. It says nothing that the records do not say.
#[derive(Clone, Debug)]
pub(super) struct Lazy<I>(OnceLock<Lookup<I>>);

impl<I> Default for Lazy<I> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<I> PartialEq for Lazy<I> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<I: Ord + Clone + Hash> Lazy<I> {
    /// Takes in the names of something, if anybody has asked.
    pub fn learn<'t>(&mut self, id: &I, texts: impl Iterator<Item = &'t str>) {
        if let Some(lookup) = self.0.get_mut() {
            texts.for_each(|text| lookup.learn(id, text));
        }
    }

    /// Everybody whom a typed name can mean; `all` are the names of everybody.
    pub fn candidates<'t, T: Iterator<Item = &'t str>>(&self, typed: &str, all: impl Iterator<Item = (&'t I, T)>) -> BTreeSet<I>
    where
        I: 't,
    {
        let lookup = self.0.get_or_init(|| {
            let mut lookup = Lookup::new();
            all.for_each(|(id, texts)| texts.for_each(|text| lookup.learn(id, text)));
            lookup
        });
        lookup.candidates(typed)
    }
}
