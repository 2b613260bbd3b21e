//! Types that the browser and the server share: entities, references, kinds, relations, diagnostics and the
//! views that pages show. Serde only: no socket, no clock, no database, so it compiles to WASM.
#![warn(unreachable_pub)]

pub mod dependency;
pub mod diagnostic;
pub mod entity;
pub mod entity_ref;
pub mod kind;
pub mod relation;
pub mod validate;
pub mod view;

pub use diagnostic::{Diagnostic, Fix, Position, Severity, Span};
pub use entity::{Entity, Link, Metadata, Relation, annotation};
pub use entity_ref::{EntityRef, ParseRefError};
