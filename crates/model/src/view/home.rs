//! What the home page shows.
use serde::{Deserialize, Serialize};

use super::{ChangeRow, EntityLabel, EntityRow, KindCount, MarkedRow, ProblemCounts};
use crate::Diagnostic;

/// A part of the home page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HomeSection {
    /// What I own and its state.
    Owned,
    /// What I starred.
    Starred,
    /// What I looked at.
    Recent,
    /// What changed.
    Changed,
    /// What is wrong.
    Problems,
    /// Links that the configuration names.
    Links,
    /// How much there is of each kind.
    Kinds,
}

impl HomeSection {
    /// All of them in the order that holds when the configuration says nothing.
    pub const ALL: [Self; 7] = [
        Self::Kinds,
        Self::Owned,
        Self::Problems,
        Self::Starred,
        Self::Recent,
        Self::Links,
        Self::Changed,
    ];

    /// Returns the word of the configuration.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Owned => "owned",
            Self::Starred => "starred",
            Self::Recent => "recent",
            Self::Changed => "changed",
            Self::Problems => "problems",
            Self::Links => "links",
            Self::Kinds => "kinds",
        }
    }

    /// Returns the section of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|section| section.as_str() == word)
    }

    /// Whether it belongs into the wide column, where tables have their place.
    #[must_use]
    pub fn is_wide(self) -> bool {
        matches!(self, Self::Owned | Self::Problems)
    }
}

/// A link of the home page that the configuration names.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuickLink {
    /// What it is called.
    pub title: String,
    /// Where it leads: http, https, mailto, or a path of this portal.
    pub url: String,
    /// A word for its picture; empty for the usual one.
    pub icon: String,
    /// Heading under which it stands; empty for none.
    pub group: String,
}

/// One thing that somebody owns, with its state.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnedRow {
    /// The entity.
    pub row: EntityRow,
    /// Its open problems.
    pub problems: ProblemCounts,
    /// Whether it is starred.
    pub starred: bool,
}

/// Everything the home page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HomeView {
    /// `organization.name`, or `app.title`.
    pub organization: String,
    /// Sections in their order.
    pub layout: Vec<HomeSection>,
    /// Entities by kind, the most frequent first.
    pub kinds: Vec<KindCount>,
    /// Everyone "what I own" can be shown for: groups, then users.
    pub owners: Vec<EntityLabel>,
    /// For whom `owned` is shown, when someone is chosen.
    pub owner: Option<EntityLabel>,
    /// What that owner owns, directly or through groups; at most 10 rows, those with problems first.
    pub owned: Vec<OwnedRow>,
    /// How many they own in all.
    pub owned_total: usize,
    /// What the caller starred, the newest first; at most 10.
    pub starred: Vec<MarkedRow>,
    /// How many they starred in all.
    pub starred_total: usize,
    /// What the caller looked at, the newest first; at most 8.
    pub recent: Vec<MarkedRow>,
    /// Links that the configuration names.
    pub links: Vec<QuickLink>,
    /// Latest changes, newest first; at most 10.
    pub changes: Vec<ChangeRow>,
    /// Whether these are the changes of what is owned or watched alone.
    pub changes_mine: bool,
    /// Open problems.
    pub problem_counts: ProblemCounts,
    /// How many of them are about what is owned.
    pub problems_mine: usize,
    /// Those of what is owned first, and the worst first; at most 5.
    pub problems: Vec<Diagnostic>,
    /// True until the first ingestion of a new database is complete.
    pub ingesting: bool,
}
