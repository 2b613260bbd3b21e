//! YAML with places, the registry of diagnostic rules, and the printing of problems. Pure: no I/O.
#![warn(unreachable_pub)]

pub mod codes;
mod node;
pub mod print;
mod rules;
mod yaml;

pub use node::{Data, Entry, Node};
pub use rules::{Rule, rule, rules};
pub use yaml::{Document, Limits, Stream, read_stream};
