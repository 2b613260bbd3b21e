//! The tree of a checked expression.

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Base {
    Bool,
    Int,
    Text,
}

/// What an expression gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Type {
    One(Base),
    /// A list; of nothing in particular if it is empty.
    List(Option<Base>),
}

impl Type {
    pub(super) const BOOL: Self = Self::One(Base::Bool);
    pub(super) const INT: Self = Self::One(Base::Int);
    pub(super) const TEXT: Self = Self::One(Base::Text);

    /// Returns the type of both, if one value can be either.
    pub(super) fn common(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::List(None), Self::List(_)) => Some(other),
            (Self::List(_), Self::List(None)) => Some(self),
            _ => (self == other).then_some(self),
        }
    }

    /// Returns the type in words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::One(Base::Bool) => "a boolean",
            Self::One(Base::Int) => "a number",
            Self::One(Base::Text) => "text",
            Self::List(Some(Base::Bool)) => "a list of booleans",
            Self::List(Some(Base::Int)) => "a list of numbers",
            Self::List(Some(Base::Text)) => "a list of texts",
            Self::List(None) => "an empty list",
        }
    }
}

/// What is known about who asks and for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Ref,
    Namespace,
    Name,
    Ownership,
    Groups,
    Permission,
    Action,
}

/// An operator or function of two values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Op {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    In,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Item,
    StartsWith,
    EndsWith,
    Contains,
}

/// What a loop over a list gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Loop {
    All,
    Exists,
    ExistsOne,
    Filter,
    Map,
}

impl Loop {
    /// Returns the loop with a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        match name {
            "all" => Some(Self::All),
            "exists" => Some(Self::Exists),
            "exists_one" => Some(Self::ExistsOne),
            "filter" => Some(Self::Filter),
            "map" => Some(Self::Map),
            _ => None,
        }
    }
}

/// One part of an expression.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expr {
    Bool(bool),
    Int(i64),
    Text(String),
    List(Vec<Self>),
    Fact(Fact),
    /// The variable of a loop; 0 is the outermost.
    Local(usize),
    Not(Box<Self>),
    Negate(Box<Self>),
    Size(Box<Self>),
    And(Box<[Self; 2]>),
    Or(Box<[Self; 2]>),
    Choice(Box<[Self; 3]>),
    Binary(Op, Box<[Self; 2]>),
    /// A list and what is asked of each item.
    Loop(Loop, Box<[Self; 2]>),
}
