//! The closed word lists of the vocabulary: ranks, levels, roles, attendance, reasons of a retraction.

use super::EventError;

macro_rules! word_list {
    ($(#[$meta:meta])* $name:ident is $what:literal { $($(#[$doc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$doc])* $variant),+ }

        impl $name {
            /// What the list is of.
            pub const WHAT: &'static str = $what;

            /// All of them, in the order of the definition.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as the log writes it.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }
        }

        impl std::str::FromStr for $name {
            type Err = EventError;

            fn from_str(text: &str) -> Result<Self, EventError> {
                // As the log writes it.
                if let Some(known) = Self::ALL.iter().copied().find(|known| known.name() == text) {
                    return Ok(known);
                }
                let word = text.trim().to_lowercase().replace(['-', ' '], "_");
                Self::ALL.iter().copied().find(|known| known.name() == word).ok_or_else(|| EventError::Word {
                    what: $what,
                    text: text.to_owned(),
                    known: Self::ALL.iter().map(|known| known.name()).collect::<Vec<_>>().join(", "),
                })
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.name())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
    };
}

word_list! {
    /// What kind of office an official holds; it orders lists and tells a summit from a ministerial.
    Rank is "rank" {
        /// A monarch or president.
        HeadOfState = "head_of_state",
        /// A prime minister or chancellor.
        HeadOfGovernment = "head_of_government",
        /// A foreign minister or secretary of state.
        ForeignMinister = "foreign_minister",
        /// Any other minister.
        Minister = "minister",
        /// An envoy or ambassador.
        Envoy = "envoy",
        /// An adviser or aide.
        Adviser = "adviser",
        /// Somebody who speaks for others.
        Spokesperson = "spokesperson",
        /// Anybody else.
        Other = "other",
    }
}

word_list! {
    /// The level of a meeting.
    Level is "level" {
        /// Heads of state or government.
        Summit = "summit",
        /// Ministers.
        Ministerial = "ministerial",
        /// Any other encounter.
        Talks = "talks",
        /// By telephone or video: it puts nobody anywhere.
        Call = "call",
    }
}

word_list! {
    /// What somebody does at a meeting.
    Role is "role" {
        /// A side's leading person; the parties of the principals are required.
        Principal = "principal",
        /// In the company of a principal.
        Delegation = "delegation",
        /// The one who receives the others.
        Host = "host",
    }
}

word_list! {
    /// Whether somebody will be at a meeting.
    Attendance is "attendance" {
        /// Will be there, as far as reported.
        Expected = "expected",
        /// It is not known whether.
        Uncertain = "uncertain",
        /// Will not be there.
        Declined = "declined",
    }
}

word_list! {
    /// Why a report is taken back. Desk errors obey only the recorded clock, source errors the published one too.
    Why is "reason of a retraction" {
        /// The source was wrong (source error).
        Wrong = "wrong",
        /// The source withdrew its story (source error).
        SourceWithdrawn = "source_withdrawn",
        /// We wrote it down wrongly (desk error).
        Typo = "typo",
        /// We took one for another (desk error).
        Identity = "identity",
        /// We had it already (desk error).
        Duplicate = "duplicate",
    }
}

impl Why {
    /// Why in words, to follow a colon.
    #[must_use]
    pub fn means(self) -> &'static str {
        match self {
            Self::Wrong => "the source was wrong",
            Self::SourceWithdrawn => "the source withdrew its story",
            Self::Typo => "it was written down wrongly",
            Self::Identity => "one was taken for another",
            Self::Duplicate => "it was there already",
        }
    }

    /// Whether the mistake was the desk's own.
    #[must_use]
    pub fn is_desk_error(self) -> bool {
        match self {
            Self::Typo | Self::Identity | Self::Duplicate => true,
            Self::Wrong | Self::SourceWithdrawn => false,
        }
    }
}
