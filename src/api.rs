//! Server functions, one file per domain: the door of pages and islands to data.
pub mod catalog;
