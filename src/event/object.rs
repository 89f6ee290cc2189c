//! Objects of the wire: read by the names of their fields, each at most once, and never from a list, which serde would take by position.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};

use super::wire::WireBy;

/// A struct that serde's derive can read from the fields of an object.
pub(super) trait Fields<'de>: Sized {
    /// Reads the fields.
    fn fields<A: MapAccess<'de>>(object: A) -> Result<Self, A::Error>;
}

/// Reads an object of named fields.
pub(super) fn read<'de, D: Deserializer<'de>, T: Fields<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(Object(PhantomData))
}

struct Object<T>(PhantomData<T>);

impl<'de, T: Fields<'de>> Visitor<'de> for Object<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::fields(object)
    }
}

/// Makes a struct with `#[serde(remote = "Self")]` one that is read from objects only.
macro_rules! object {
    ($($name:ident),+) => {
        $(impl<'de> crate::event::object::Fields<'de> for $name {
            fn fields<A: serde::de::MapAccess<'de>>(object: A) -> Result<Self, A::Error> {
                Self::deserialize(serde::de::value::MapAccessDeserializer::new(object))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                crate::event::object::read(deserializer)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        })+
    };
}
pub(super) use object;

/// Reads the words kept for times; a map of serde's would silently keep the last of two.
pub(super) fn read_said<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<BTreeMap<String, String>>, D::Error> {
    Ok(Option::<Said>::deserialize(deserializer)?.map(|Said(words)| words))
}

struct Said(BTreeMap<String, String>);

impl<'de> Deserialize<'de> for Said {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        read(deserializer)
    }
}

impl<'de> Fields<'de> for Said {
    fn fields<A: MapAccess<'de>>(mut object: A) -> Result<Self, A::Error> {
        let mut words = BTreeMap::new();
        while let Some((field, text)) = object.next_entry::<String, String>()? {
            if words.contains_key(&field) {
                return Err(A::Error::custom(twice(&field)));
            }
            words.insert(field, text);
        }
        Ok(Self(words))
    }
}

/// The refusal of a key that is given twice.
#[must_use]
pub fn twice(key: &str) -> String {
    format!("\"{key}\" is there twice")
}

/// A party with its voice, as the log holds it.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Full {
    party: String,
    #[serde(default)]
    voice: Option<String>,
}

impl<'de> Deserialize<'de> for WireBy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ByVisitor)
    }
}

struct ByVisitor;

impl<'de> Visitor<'de> for ByVisitor {
    type Value = WireBy;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name, or {\"party\": …, \"voice\": …}")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<WireBy, E> {
        Ok(WireBy::Name(name.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<WireBy, A::Error> {
        let Full { party, voice } = Full::deserialize(MapAccessDeserializer::new(object))?;
        Ok(WireBy::Full { party, voice })
    }
}
