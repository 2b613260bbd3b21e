//! The catalog engine: reads entity files, decides what the catalog should hold, and answers reads from memory.
//!
//! The way of an entity: `scan` reads files into drafts, `retain` keeps the last good version of what could not be
//! read, `stitch` adds relations and hashes, `ingest` writes the difference to the change log, `follow` keeps the
//! in-memory [`Index`] in step with the log. Writing never touches the index and reading never touches files.
#![warn(unreachable_pub)]

mod bundle;
mod check;
mod difference;
mod draft;
mod error;
mod follow;
pub mod index;
mod ingest;
mod location;
mod parallel;
mod parse;
mod pattern;
mod placeholder;
mod preview;
mod provided;
pub mod query;
mod read;
mod remote;
mod retain;
mod rules;
mod scan;
mod settings;
mod stitch;
mod watch;

pub use check::{FixedFile, Fixes, check_paths, fix_paths};
pub use error::CatalogError;
pub use follow::{Follower, SharedIndex};
pub use index::{Filter, Index};
pub use ingest::{Ingester, Report, is_complete};
pub use location::LocationRef;
pub use preview::{Preview, PreviewedFile};
pub use read::MAX_FILE_BYTES;
pub use scan::{NOT_READ_YET, Scanner};
pub use settings::{Allow, LocationPattern, Registered, Rule, Settings};
pub use watch::Watcher;
