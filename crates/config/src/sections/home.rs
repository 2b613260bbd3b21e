//! The section `callboard.home`: what the home page shows.
use callboard_model::view::{HomeSection, QuickLink};

use crate::cursor::Cursor;

/// The section `callboard.home`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Home {
    /// `layout`: the sections of the home page in their order, each once. Default: all of them.
    pub layout: Vec<HomeSection>,
    /// `links`: the quick links. Default: none.
    pub links: Vec<QuickLink>,
}

impl Default for Home {
    fn default() -> Self {
        Self {
            layout: HomeSection::ALL.to_vec(),
            links: Vec::new(),
        }
    }
}

impl Home {
    pub(super) fn read(section: Cursor<'_>) -> Self {
        let named = section.get("layout").list(|item| {
            let word = item.text().unwrap_or_default();
            HomeSection::from_word(&word)
        });
        let mut layout = Vec::new();
        for section in named.unwrap_or_else(|| HomeSection::ALL.map(Some).to_vec()) {
            layout.extend(section.filter(|section| !layout.contains(section)));
        }
        Self {
            layout,
            links: section.get("links").items().map(link).collect(),
        }
    }
}

fn link(item: Cursor<'_>) -> QuickLink {
    let text = |key: &str| item.get(key).text().unwrap_or_default();
    QuickLink {
        title: text("title"),
        url: text("url"),
        icon: text("icon"),
        group: text("group"),
    }
}
