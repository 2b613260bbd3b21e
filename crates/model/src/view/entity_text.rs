//! The text of an entity, and where it came from.
use serde::{Deserialize, Serialize};

use super::EntityLabel;

/// How an entity is written down.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TextForm {
    /// As YAML, as the catalog sees it.
    #[default]
    Yaml,
    /// As JSON, as the catalog sees it.
    Json,
    /// As its file has it.
    File,
}

impl TextForm {
    /// Returns the word of the URL.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Yaml => "yaml",
            Self::Json => "json",
            Self::File => "file",
        }
    }

    /// Reads the word of the URL; anything unknown is YAML.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "json" => Self::Json,
            "file" => Self::File,
            _ => Self::Yaml,
        }
    }
}

/// One entity on the way by which another came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ancestor {
    /// Who it is.
    pub label: EntityLabel,
    /// The file it was read from, as a person would name it.
    pub source: Option<String>,
}

/// Everything the YAML tab of an entity's page shows.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntityText {
    /// How it is written.
    pub form: TextForm,
    /// The text, or its beginning.
    pub text: String,
    /// How many bytes the whole text has.
    pub bytes: usize,
    /// Whether the text goes on.
    pub is_cut: bool,
    /// Number of the first line, where the text is part of a file.
    pub line: u32,
    /// Whether the text of its file can be shown.
    pub has_file: bool,
    /// The file, as a person would name it.
    pub source: Option<String>,
    /// The registered location, as a person would name it.
    pub origin: Option<String>,
    /// `metadata.uid`.
    pub uid: Option<String>,
    /// `metadata.etag`.
    pub etag: Option<String>,
    /// The way it came in, the entity itself last.
    pub ancestry: Vec<Ancestor>,
    /// The first entities that the same file brought.
    pub colocated: Vec<EntityLabel>,
    /// How many the same file brought.
    pub colocated_total: usize,
}
