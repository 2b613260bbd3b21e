//! Server functions, one file per domain: the door of pages and islands to data.
pub mod account;
pub mod admin;
pub mod api_doc;
pub mod catalog;
pub mod graph;
pub mod palette;
pub mod register;
pub mod search;
