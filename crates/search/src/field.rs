//! What documents can be filtered by and counted by.

/// A field with values that are compared as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// The type of document.
    Type,
    /// The kind of entity.
    Kind,
    /// `spec.type`.
    ComponentType,
    /// `spec.lifecycle`.
    Lifecycle,
    /// The reference of the owner.
    Owner,
    /// The owner as written.
    OwnerText,
    /// The namespace.
    Namespace,
    /// The name.
    Name,
    /// Each of the tags.
    Tag,
}

impl Field {
    /// All of them.
    pub(crate) const ALL: [Self; 9] = [
        Self::Type,
        Self::Kind,
        Self::ComponentType,
        Self::Lifecycle,
        Self::Owner,
        Self::OwnerText,
        Self::Namespace,
        Self::Name,
        Self::Tag,
    ];

    /// Returns the name of its column.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::Type => "by_type",
            Self::Kind => "by_kind",
            Self::ComponentType => "by_component_type",
            Self::Lifecycle => "by_lifecycle",
            Self::Owner => "by_owner",
            Self::OwnerText => "by_owner_text",
            Self::Namespace => "by_namespace",
            Self::Name => "by_name",
            Self::Tag => "by_tag",
        }
    }
}
