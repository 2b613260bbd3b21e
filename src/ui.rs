//! The user interface: pieces that know nothing of the domain, pieces that do, islands, and pages made of them.
pub mod components;
pub mod frame;
pub mod islands;
pub mod kit;
pub mod layout;
#[cfg(feature = "ssr")]
pub mod pages;
