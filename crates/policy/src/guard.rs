//! The expressions of `if`: a bounded, typed part of CEL that is checked when a file is read and cannot hang or panic.
//!
//! The cel crate parses; what it read is turned into a small tree of our own, so that types are known before anything
//! runs, and each step of an evaluation is counted.
use std::fmt;

mod facts;
mod lower;
mod op;
mod parse;
mod run;
mod tree;

pub(crate) use facts::Facts;
pub(crate) use run::Failure;

/// Longest expression, in characters.
pub(crate) const MAX_LENGTH: usize = 2_000;

/// An expression that gives a boolean.
#[derive(Debug, PartialEq)]
pub(crate) struct Guard {
    root: tree::Expr,
}

/// What is wrong with an expression.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// One sentence, lower-case start, no full stop.
    pub(crate) message: String,
    /// What to do about it.
    pub(crate) help: Option<String>,
    /// First and last byte of the part that is wrong, if that is known.
    pub(crate) at: Option<(usize, usize)>,
}

impl Problem {
    fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            help: None,
            at: None,
        }
    }

    /// There are more expressions than are read.
    pub(crate) fn too_many(most: usize) -> Self {
        Self::new(format!("there are more than {most} different expressions"))
            .help("write those that say the same in the same words, or ask for groups")
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Guard {
    /// Reads and checks an expression.
    pub(crate) fn read(text: &str) -> Result<Self, Problem> {
        let length = text.chars().count();
        if length > MAX_LENGTH {
            let message =
                format!("the expression has {length} characters; {MAX_LENGTH} are allowed");
            return Err(Problem::new(message).help("make several rules of it"));
        }
        parse::parse(text).map(|root| Self { root })
    }

    /// Tells whether it is true for somebody who asks for something.
    pub(crate) fn holds<'a>(&'a self, facts: &Facts<'a>) -> Result<bool, Failure> {
        run::run(&self.root, facts)
    }
}

#[cfg(test)]
mod tests;
