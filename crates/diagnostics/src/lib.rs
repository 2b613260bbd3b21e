//! YAML with places, the registry of diagnostic rules, repairs, and the printing of problems. Pure: no I/O.
#![warn(unreachable_pub)]

pub mod codes;
mod fix;
mod node;
pub mod print;
mod rules;
mod severities;
mod yaml;

pub use fix::{Fixed, apply_fixes};
pub use node::{Data, Entry, Node};
pub use rules::{Rule, rule, rules};
pub use severities::{Level, Severities, problem_with};
pub use yaml::{Document, Limits, Stream, read_stream};
