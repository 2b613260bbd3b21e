//! A definition that was read.
use std::collections::HashMap;

use callboard_model::view::{ApiHead, ApiNamed, ApiOperation, ApiProblem};

/// Operations that belong together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Group {
    /// Its name.
    pub title: String,
    /// What it is, as Markdown.
    pub description: Option<String>,
}

/// A definition as operations and types.
#[derive(Debug, Clone)]
pub struct ApiDoc {
    /// What it says about itself.
    pub head: ApiHead,
    /// Whether there is more to show than the text.
    pub rendered: bool,
    /// Groups of operations.
    pub groups: Vec<Group>,
    /// Operations, in the order of the definition.
    pub operations: Vec<ApiOperation>,
    /// Named types, in the order of the definition.
    pub types: Vec<ApiNamed>,
    /// What could not be shown.
    pub problems: Vec<ApiProblem>,
    by_id: HashMap<String, usize>,
    by_name: HashMap<String, usize>,
    weight: usize,
}

impl ApiDoc {
    pub(crate) fn new(
        head: ApiHead,
        rendered: bool,
        groups: Vec<Group>,
        operations: Vec<ApiOperation>,
        types: Vec<ApiNamed>,
        problems: Vec<ApiProblem>,
        weight: usize,
    ) -> Self {
        let places = |names: Vec<&String>| -> HashMap<String, usize> {
            names.into_iter().cloned().zip(0..).collect()
        };
        Self {
            by_id: places(operations.iter().map(|operation| &operation.id).collect()),
            by_name: places(types.iter().map(|named| &named.name).collect()),
            head,
            rendered,
            groups,
            operations,
            types,
            problems,
            weight,
        }
    }

    /// Returns an operation by its id.
    #[must_use]
    pub fn operation(&self, id: &str) -> Option<&ApiOperation> {
        self.by_id.get(id).map(|place| &self.operations[*place])
    }

    /// Returns a type by its name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&ApiNamed> {
        self.by_name.get(name).map(|place| &self.types[*place])
    }

    /// Returns about how many bytes of memory it takes.
    #[must_use]
    pub fn weight(&self) -> usize {
        self.weight
    }
}
