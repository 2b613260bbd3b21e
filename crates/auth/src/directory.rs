//! How the resolvers ask the catalog for users.

/// The User entities of the catalog. The catalog is in memory, so nothing here waits.
pub trait Directory: Send + Sync {
    /// Returns the references of User entities that have a value below a dotted search key, for example
    /// `spec.profile.email` or `metadata.annotations.github.com/user-id`; more than two are not needed.
    ///
    /// Values compare as they do in a filter of the catalog: without regard to case.
    fn users_where(&self, key: &str, value: &str) -> Vec<String>;

    /// Tells whether there is a User entity with this reference.
    fn user(&self, user_ref: &str) -> bool;
}
