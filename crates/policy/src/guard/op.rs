//! The operators and functions of two values: how they are called, and what they take and give.
use super::tree::{Op, Type};

impl Op {
    /// Returns the operator or function that the parser calls so.
    pub(super) fn named(name: &str) -> Option<Self> {
        let found = OPS.iter().find(|(_, of_parser, _)| *of_parser == name);
        found.map(|(op, ..)| *op)
    }

    /// Whether it is called on its first value, as in `a.startsWith(b)`.
    pub(super) fn is_method(self) -> bool {
        matches!(self, Self::StartsWith | Self::EndsWith | Self::Contains)
    }

    /// Returns the type of its result; nothing if it does not take such values.
    pub(super) fn gives(self, left: Type, right: Type) -> Option<Type> {
        match self {
            Self::Equal | Self::NotEqual => left.common(right).map(|_| Type::BOOL),
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => {
                (left == right && matches!(left, Type::One(_))).then_some(Type::BOOL)
            }
            Self::In => match (left, right) {
                (Type::One(item), Type::List(base)) => {
                    base.is_none_or(|base| base == item).then_some(Type::BOOL)
                }
                _ => None,
            },
            Self::Add if left == Type::BOOL => None,
            Self::Add => left.common(right),
            Self::Subtract | Self::Multiply | Self::Divide | Self::Remainder => {
                (left == Type::INT && right == Type::INT).then_some(Type::INT)
            }
            Self::Item => match left {
                Type::List(Some(base)) if right == Type::INT => Some(Type::One(base)),
                _ => None,
            },
            Self::StartsWith | Self::EndsWith | Self::Contains => {
                (left == Type::TEXT && right == Type::TEXT).then_some(Type::BOOL)
            }
        }
    }

    pub(super) fn shown(self) -> &'static str {
        OPS.iter()
            .find(|(op, ..)| *op == self)
            .map_or("", |(_, _, shown)| shown)
    }
}

/// Operators, the names that the parser gives them, and how they are written.
const OPS: &[(Op, &str, &str)] = &[
    (Op::Equal, "_==_", "=="),
    (Op::NotEqual, "_!=_", "!="),
    (Op::Less, "_<_", "<"),
    (Op::LessOrEqual, "_<=_", "<="),
    (Op::Greater, "_>_", ">"),
    (Op::GreaterOrEqual, "_>=_", ">="),
    (Op::In, "@in", "in"),
    (Op::Add, "_+_", "+"),
    (Op::Subtract, "_-_", "-"),
    (Op::Multiply, "_*_", "*"),
    (Op::Divide, "_/_", "/"),
    (Op::Remainder, "_%_", "%"),
    (Op::Item, "_[_]", "[ ]"),
    (Op::StartsWith, "startsWith", "startsWith"),
    (Op::EndsWith, "endsWith", "endsWith"),
    (Op::Contains, "contains", "contains"),
];
