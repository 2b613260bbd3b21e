//! The command palette: entities, pages and commands for what somebody typed.
//!
//! `>` asks for commands alone, `@` for people and groups, `#` for a tag.
mod commands;
mod entities;

use callboard_model::view::{PaletteGroup, PaletteItem};

use crate::{error::AppError, server::access::Access};

/// Longest text that is looked for, in characters.
const LONGEST: usize = 100;

/// Most entities that are shown.
const ENTITIES: usize = 8;

/// Most commands that are shown beside entities.
const COMMANDS: usize = 6;

impl Access {
    /// Answers what the palette shows for a text; without one, where to begin.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn palette(&self, text: &str) -> Result<Vec<PaletteGroup>, AppError> {
        let text: String = text.trim().chars().take(LONGEST).collect();
        let mut groups = Vec::new();
        match text.split_at_checked(1) {
            Some((">", rest)) => add(&mut groups, "Commands", self.commands(rest, usize::MAX)),
            Some(("@", rest)) => {
                let people = self.palette_people(rest, ENTITIES)?;
                add(&mut groups, "People and groups", people);
            }
            Some(("#", rest)) => {
                add(&mut groups, "Tags", self.palette_tags(rest, ENTITIES));
            }
            _ if text.is_empty() => {
                add(
                    &mut groups,
                    "Recently viewed",
                    self.palette_recents(ENTITIES).await?,
                );
                add(&mut groups, "Go to", self.commands("", COMMANDS));
            }
            _ => {
                add(
                    &mut groups,
                    "Entities",
                    self.palette_entities(&text, ENTITIES)?,
                );
                add(&mut groups, "Commands", self.commands(&text, COMMANDS));
                add(&mut groups, "Everything", vec![entities::search_all(&text)]);
            }
        }
        Ok(groups)
    }
}

fn add(groups: &mut Vec<PaletteGroup>, title: &str, items: Vec<PaletteItem>) {
    if !items.is_empty() {
        groups.push(PaletteGroup {
            title: title.to_owned(),
            items,
        });
    }
}
