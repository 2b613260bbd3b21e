//! What the server tells every page about its surroundings.
use std::collections::BTreeMap;

/// Names of the hashed files that a page loads, as absolute URL paths.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Assets {
    /// Script that loads and starts the WASM of the islands.
    pub boot: String,
    /// Glue of the WASM module, made by wasm-bindgen.
    pub js: String,
    /// The WASM module.
    pub wasm: String,
    /// The stylesheet.
    pub css: String,
    /// Further stylesheets by name, for pages that need more.
    pub sheets: BTreeMap<String, String>,
    /// Further scripts of `public/` by name, for pages that need more.
    pub scripts: BTreeMap<String, String>,
}

/// The colours a person chose.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the operating system says.
    #[default]
    System,
    /// Light, whatever the system says.
    Light,
    /// Dark, whatever the system says.
    Dark,
}

/// Name of the cookie that keeps the theme.
pub const THEME_COOKIE: &str = "callboard-theme";

/// Name of the cookie that keeps the density.
pub const DENSITY_COOKIE: &str = "callboard-density";

/// Name of the cookie that keeps whose things the home page shows.
pub const OWNER_COOKIE: &str = "callboard-owner";

impl Theme {
    /// Returns the word kept in the cookie and in `data-theme`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Reads the word of the cookie; anything unknown is the system's choice.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::System,
        }
    }
}

/// How close the rows of tables stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Density {
    /// 32 pixels a row.
    Compact,
    /// 40 pixels a row.
    #[default]
    Default,
    /// 48 pixels a row.
    Comfortable,
}

impl Density {
    /// Returns the word kept in the cookie and in `data-density`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Default => "default",
            Self::Comfortable => "comfortable",
        }
    }

    /// Reads the word of the cookie; anything unknown is the default.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "compact" => Self::Compact,
            "comfortable" => Self::Comfortable,
            _ => Self::Default,
        }
    }
}

/// Everything a page needs to know beside its own data; the server provides it as context.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    /// Files to load.
    pub assets: Assets,
    /// `app.title`, or `Callboard`.
    pub title: String,
    /// `organization.name`, if configured.
    pub organization: Option<String>,
    /// Chosen colours.
    pub theme: Theme,
    /// Chosen density.
    pub density: Density,
    /// Owner reference of the cookie [`OWNER_COOKIE`], or empty.
    pub owner: String,
    /// Version of the portal.
    pub version: String,
    /// Path and query of this request, for links that lead back here.
    pub here: String,
    /// Who asks; absent when nobody is signed in.
    pub user: Option<FrameUser>,
    /// Whether that person may read the audit log.
    pub sees_audit: bool,
    /// Whether that person may read the policy.
    pub sees_policy: bool,
    /// Whether there is a way to sign in as somebody.
    pub can_sign_in: bool,
}

/// Who asks, as every page shows it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FrameUser {
    /// Reference of the user.
    pub user_ref: String,
    /// Name for people.
    pub title: String,
    /// Whether this is the guest, who proved nothing.
    pub is_guest: bool,
}

/// What was wrong with a form that was sent, as a sentence; the server provides it to the page that shows the form again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormMistake(pub String);
