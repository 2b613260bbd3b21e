//! One entity made ready for the index: all the work that needs neither the index nor a lock.
use serde::Deserializer;
use serde_json::Value;

use super::{
    TITLE_KEY,
    flatten::{Names, flatten},
    terms::Terms,
};

/// What the index takes in of one entity.
#[derive(Debug)]
pub struct Entry {
    pub(super) entity_ref: String,
    /// Whether it has a name for people beside its name.
    pub(super) titled: bool,
    pub(super) terms: Terms,
}

/// Memory of an entry that is not needed any more.
#[derive(Debug, Default)]
pub(crate) struct Room(Terms);

impl Entry {
    /// Gives up the entry for its memory.
    pub(crate) fn into_room(self) -> Room {
        Room(self.terms.cleared())
    }

    /// Prepares an entity.
    #[must_use]
    pub fn of(entity_ref: &str, entity: &Value) -> Self {
        // A value that is in memory already is well formed.
        Self::read(entity_ref, entity, Room::default())
            .unwrap_or_else(|_| Self::new(entity_ref, Terms::default(), Names::default()))
    }

    /// Prepares an entity from its JSON text.
    ///
    /// # Errors
    /// When the text is not JSON.
    pub fn parse(entity_ref: &str, body: &str) -> Result<Self, serde_json::Error> {
        Self::parse_in(entity_ref, body, Room::default())
    }

    /// Prepares an entity in memory that may have held another.
    pub(crate) fn parse_in(
        entity_ref: &str,
        body: &str,
        room: Room,
    ) -> Result<Self, serde_json::Error> {
        let mut reader = serde_json::Deserializer::from_str(body);
        let entry = Self::read(entity_ref, &mut reader, room)?;
        reader.end()?;
        Ok(entry)
    }

    fn read<'de, D: Deserializer<'de>>(
        entity_ref: &str,
        entity: D,
        room: Room,
    ) -> Result<Self, D::Error> {
        let (terms, names) = flatten(entity, room.0)?;
        Ok(Self::new(entity_ref, terms, names))
    }

    fn new(entity_ref: &str, mut terms: Terms, names: Names) -> Self {
        let title = names.display_name.or(names.title);
        let titled = title.is_some();
        let shown = title.or(names.name).unwrap_or_default();
        terms.push_any(TITLE_KEY, Some(&shown));
        terms.finish();
        Self {
            entity_ref: entity_ref.to_owned(),
            titled,
            terms,
        }
    }
}
