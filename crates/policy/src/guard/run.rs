//! Evaluates a checked expression with a bound on the number of steps.
use std::{borrow::Cow, fmt, rc::Rc};

use super::{
    Facts,
    tree::{Expr, Loop, Op},
};

/// How many steps one evaluation may take; a loop over a thousand groups takes a few thousand.
const MAX_STEPS: usize = 200_000;

/// One value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value<'a> {
    Bool(bool),
    Int(i64),
    Text(Cow<'a, str>),
    List(Rc<Vec<Self>>),
}

/// Why an expression gave nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It takes too many steps.
    TooLong,
    /// A list has no item at the place it asks for.
    NoItem,
    /// A number is too large, or something was divided by zero.
    Number,
    /// It gave something else than was checked; nothing should lead here.
    Type,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::TooLong => "it takes too many steps for this user",
            Self::NoItem => "it asks for an item that the list does not have",
            Self::Number => "a number is too large, or it divides by zero",
            Self::Type => "it gave no boolean",
        })
    }
}

/// Evaluates an expression that gives a boolean.
pub(super) fn run<'a>(root: &'a Expr, facts: &Facts<'a>) -> Result<bool, Failure> {
    let mut run = Run {
        facts,
        locals: Vec::new(),
        steps: MAX_STEPS,
    };
    run.bool(root)
}

struct Run<'e, 'f> {
    facts: &'f Facts<'e>,
    /// Variables of the loops around the current place.
    locals: Vec<Value<'e>>,
    /// Steps that are left.
    steps: usize,
}

impl<'e> Run<'e, '_> {
    fn eval(&mut self, expr: &'e Expr) -> Result<Value<'e>, Failure> {
        self.pay(1)?;
        Ok(match expr {
            Expr::Bool(value) => Value::Bool(*value),
            Expr::Int(value) => Value::Int(*value),
            Expr::Text(text) => Value::Text(Cow::Borrowed(text)),
            Expr::List(items) => {
                let items: Result<_, _> = items.iter().map(|item| self.eval(item)).collect();
                Value::List(Rc::new(items?))
            }
            Expr::Fact(fact) => self.facts.get(*fact),
            Expr::Local(at) => self.locals.get(*at).cloned().ok_or(Failure::Type)?,
            Expr::Not(inner) => Value::Bool(!self.bool(inner)?),
            Expr::Negate(inner) => {
                Value::Int(self.int(inner)?.checked_neg().ok_or(Failure::Number)?)
            }
            Expr::Size(inner) => Value::Int(match self.eval(inner)? {
                Value::Text(text) => {
                    self.pay(text.len() / 16)?;
                    int(text.chars().count())
                }
                Value::List(items) => int(items.len()),
                _ => return Err(Failure::Type),
            }),
            Expr::And(both) => Value::Bool(self.either(both, false)?),
            Expr::Or(both) => Value::Bool(self.either(both, true)?),
            Expr::Choice(parts) => {
                let [condition, yes, no] = &**parts;
                let chosen = if self.bool(condition)? { yes } else { no };
                self.eval(chosen)?
            }
            Expr::Binary(op, both) => {
                let [left, right] = &**both;
                let (left, right) = (self.eval(left)?, self.eval(right)?);
                self.binary(*op, left, right)?
            }
            Expr::Loop(kind, parts) => self.repeat(*kind, parts)?,
        })
    }

    /// Takes steps away.
    fn pay(&mut self, steps: usize) -> Result<(), Failure> {
        self.steps = self.steps.checked_sub(steps).ok_or(Failure::TooLong)?;
        Ok(())
    }

    fn bool(&mut self, expr: &'e Expr) -> Result<bool, Failure> {
        match self.eval(expr)? {
            Value::Bool(value) => Ok(value),
            _ => Err(Failure::Type),
        }
    }

    fn int(&mut self, expr: &'e Expr) -> Result<i64, Failure> {
        match self.eval(expr)? {
            Value::Int(value) => Ok(value),
            _ => Err(Failure::Type),
        }
    }

    /// `&&` and `||`: as CEL says, what one side decides is not undone by a failure of the other.
    fn either(&mut self, both: &'e [Expr; 2], deciding: bool) -> Result<bool, Failure> {
        let left = self.bool(&both[0]);
        if left == Ok(deciding) || left == Err(Failure::TooLong) {
            return left;
        }
        let right = self.bool(&both[1])?;
        if right == deciding {
            return Ok(right);
        }
        left
    }

    fn binary(&mut self, op: Op, left: Value<'e>, right: Value<'e>) -> Result<Value<'e>, Failure> {
        self.pay((left.weight() + right.weight()) / 16)?;
        Ok(match (op, left, right) {
            (Op::Equal, left, right) => Value::Bool(left == right),
            (Op::NotEqual, left, right) => Value::Bool(left != right),
            (Op::In, item, Value::List(items)) => Value::Bool(items.contains(&item)),
            (Op::Item, Value::List(items), Value::Int(at)) => {
                let at = usize::try_from(at).map_err(|_| Failure::NoItem)?;
                items.get(at).cloned().ok_or(Failure::NoItem)?
            }
            (Op::StartsWith, Value::Text(text), Value::Text(part)) => {
                Value::Bool(text.starts_with(&*part))
            }
            (Op::EndsWith, Value::Text(text), Value::Text(part)) => {
                Value::Bool(text.ends_with(&*part))
            }
            (Op::Contains, Value::Text(text), Value::Text(part)) => {
                Value::Bool(text.contains(&*part))
            }
            (Op::Add, Value::Text(left), Value::Text(right)) => Value::Text(left + right),
            (Op::Add, Value::List(left), Value::List(right)) => {
                Value::List(Rc::new([left.as_slice(), right.as_slice()].concat()))
            }
            (op, Value::Int(left), Value::Int(right)) => numbers(op, left, right)?,
            (op, Value::Text(left), Value::Text(right)) => compare(op, &left, &right)?,
            (op, Value::Bool(left), Value::Bool(right)) => compare(op, &left, &right)?,
            _ => return Err(Failure::Type),
        })
    }

    fn repeat(&mut self, kind: Loop, parts: &'e [Expr; 2]) -> Result<Value<'e>, Failure> {
        let Value::List(items) = self.eval(&parts[0])? else {
            return Err(Failure::Type);
        };
        let mut kept = Vec::new();
        let mut failure = None;
        let mut count = 0_usize;
        for item in items.iter() {
            self.locals.push(item.clone());
            let found = self.eval(&parts[1]);
            self.locals.pop();
            match (kind, found) {
                (_, Err(Failure::TooLong)) => return Err(Failure::TooLong),
                // As with `&&` and `||`, a later item may still decide.
                (Loop::All | Loop::Exists, Err(error)) => failure = Some(error),
                (_, Err(error)) => return Err(error),
                (Loop::Map, Ok(value)) => kept.push(value),
                (Loop::All, Ok(Value::Bool(false))) => return Ok(Value::Bool(false)),
                (Loop::Exists, Ok(Value::Bool(true))) => return Ok(Value::Bool(true)),
                (Loop::ExistsOne, Ok(Value::Bool(true))) => count += 1,
                (Loop::Filter, Ok(Value::Bool(true))) => kept.push(item.clone()),
                (_, Ok(Value::Bool(_))) => {}
                (_, Ok(_)) => return Err(Failure::Type),
            }
        }
        match (kind, failure) {
            (_, Some(failure)) => Err(failure),
            (Loop::All, None) => Ok(Value::Bool(true)),
            (Loop::Exists, None) => Ok(Value::Bool(false)),
            (Loop::ExistsOne, None) => Ok(Value::Bool(count == 1)),
            (Loop::Filter | Loop::Map, None) => Ok(Value::List(Rc::new(kept))),
        }
    }
}

impl Value<'_> {
    /// How much there is to look at.
    fn weight(&self) -> usize {
        match self {
            Self::Bool(_) | Self::Int(_) => 1,
            Self::Text(text) => text.len(),
            // Comparing two short texts costs about as much as one step.
            Self::List(items) => items.len() * 16,
        }
    }
}

/// Lengths are far below what an `i64` holds.
fn int(length: usize) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX)
}

fn numbers<'a>(op: Op, left: i64, right: i64) -> Result<Value<'a>, Failure> {
    let result = match op {
        Op::Add => left.checked_add(right),
        Op::Subtract => left.checked_sub(right),
        Op::Multiply => left.checked_mul(right),
        Op::Divide => left.checked_div(right),
        Op::Remainder => left.checked_rem(right),
        _ => return compare(op, &left, &right),
    };
    result.map(Value::Int).ok_or(Failure::Number)
}

fn compare<'a, T: Ord + ?Sized>(op: Op, left: &T, right: &T) -> Result<Value<'a>, Failure> {
    Ok(Value::Bool(match op {
        Op::Less => left < right,
        Op::LessOrEqual => left <= right,
        Op::Greater => left > right,
        Op::GreaterOrEqual => left >= right,
        _ => return Err(Failure::Type),
    }))
}
