//! What the command palette shows.
use serde::{Deserialize, Serialize};

/// Things of one sort under a heading.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaletteGroup {
    /// Heading, for example `Entities`.
    pub title: String,
    /// The things, the best first.
    pub items: Vec<PaletteItem>,
}

/// Something to open or to do.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaletteItem {
    /// Name of its icon in `icons.svg`, and the colour class after a space, if it has one.
    pub look: String,
    /// Its name, in pieces of which every second one matches what was typed.
    pub title: Vec<String>,
    /// What tells it from others of the same name.
    pub hint: String,
    /// Where it leads; empty for what is done on the page.
    pub href: String,
    /// What is done on the page: `theme light`, `keys`, `copy TEXT` or `type TEXT`, which goes on typing; empty for a
    /// link.
    pub command: String,
    /// What else can be done with it.
    pub actions: Vec<PaletteAction>,
}

/// Another thing to do with an item.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaletteAction {
    /// What it does.
    pub title: String,
    /// Where it leads; empty for what is done on the page.
    pub href: String,
    /// As for an item.
    pub command: String,
}
