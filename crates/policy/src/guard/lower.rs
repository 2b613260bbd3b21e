//! Turns what the cel crate parsed into the tree that runs, and refuses what has no meaning here.
use callboard_model::validate::nearest::nearest;
use cel::{
    IdedExpr,
    common::ast::{CallExpr, Expr as Cel, ListExpr, LiteralValue, SelectExpr},
};

use super::{
    Problem,
    parse::Found,
    tree::{Base, Expr, Fact, Loop, Op, Type},
};

/// How deep the parts of an expression may be nested.
const MAX_DEPTH: usize = 40;

/// How deep loops may be nested.
const MAX_LOOPS: usize = 2;

/// The functions and loops that there are.
const FUNCTIONS: &[&str] = &[
    "size",
    "startsWith",
    "endsWith",
    "contains",
    "has",
    "all",
    "exists",
    "exists_one",
    "filter",
    "map",
];

type Lowered = Result<(Expr, Type), Found>;

/// Checks an expression, which has to give a boolean.
pub(super) fn lower(root: &IdedExpr) -> Result<Expr, Found> {
    let (expr, found) = Scope::default().lower(root)?;
    if found == Type::BOOL {
        return Ok(expr);
    }
    let message = format!("the expression gives {}, not a boolean", found.name());
    let problem = Problem::new(message).help("compare it with something");
    Err(Found::at(root, problem))
}

/// What is around the current place.
#[derive(Default)]
struct Scope {
    depth: usize,
    /// Variables of loops with their types.
    locals: Vec<(String, Base)>,
}

impl Scope {
    fn lower(&mut self, expr: &IdedExpr) -> Lowered {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            let message = format!("the expression is nested more than {MAX_DEPTH} deep");
            return Err(Found::at(
                expr,
                Problem::new(message).help("make several rules of it"),
            ));
        }
        let result = match &expr.expr {
            Cel::Literal(literal) => self.literal(expr, literal),
            Cel::Ident(name) => self.ident(expr, name),
            Cel::Select(select) => self.select(expr, select),
            Cel::List(list) => self.list(expr, list),
            Cel::Call(call) => self.call(expr, call),
            _ => Err(unsupported(expr, "maps and messages are not used here")),
        };
        self.depth -= 1;
        result
    }

    fn literal(&self, expr: &IdedExpr, literal: &LiteralValue) -> Lowered {
        match literal {
            LiteralValue::Boolean(value) => Ok((Expr::Bool(*value.inner()), Type::BOOL)),
            LiteralValue::Int(value) => Ok((Expr::Int(*value.inner()), Type::INT)),
            LiteralValue::String(text) => Ok((Expr::Text(text.inner().to_owned()), Type::TEXT)),
            _ => Err(unsupported(
                expr,
                "values are texts, whole numbers, `true` and `false`",
            )),
        }
    }

    fn ident(&self, expr: &IdedExpr, name: &str) -> Lowered {
        if let Some(at) = self.locals.iter().rposition(|(local, _)| local == name) {
            return Ok((Expr::Local(at), Type::One(self.locals[at].1)));
        }
        let problem = match name {
            "user" | "permission" => Problem::new(format!("`{name}` alone is no value"))
                .help(format!("write one of its fields: {}", fields_of(name))),
            _ => {
                let locals = self.locals.iter().map(|(local, _)| local.as_str());
                let known: Vec<_> = ["user", "permission"].into_iter().chain(locals).collect();
                let problem = Problem::new(format!("there is no variable `{name}`"));
                problem.help(match nearest(name, &known) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => format!(
                        "there are {} and {}",
                        fields_of("user"),
                        fields_of("permission")
                    ),
                })
            }
        };
        Err(Found::at(expr, problem))
    }

    fn select(&mut self, expr: &IdedExpr, select: &SelectExpr) -> Lowered {
        let Cel::Ident(of) = &select.operand.expr else {
            return Err(unsupported(
                expr,
                "only `user` and `permission` have fields",
            ));
        };
        let is_local = self.locals.iter().any(|(local, _)| local == of);
        if is_local || !matches!(of.as_str(), "user" | "permission") {
            self.lower(&select.operand)?;
            return Err(unsupported(
                expr,
                "only `user` and `permission` have fields",
            ));
        }
        let texts = Type::List(Some(Base::Text));
        let (fact, found) = match (of.as_str(), select.field.as_str()) {
            ("user", "ref") => (Fact::Ref, Type::TEXT),
            ("user", "namespace") => (Fact::Namespace, Type::TEXT),
            ("user", "name") => (Fact::Name, Type::TEXT),
            ("user", "ownership") => (Fact::Ownership, texts),
            ("user", "groups") => (Fact::Groups, texts),
            ("permission", "name") => (Fact::Permission, Type::TEXT),
            ("permission", "action") => (Fact::Action, Type::TEXT),
            (of, field) => {
                let problem = Problem::new(format!("`{of}` has no field `{field}`"));
                let known = ["ref", "namespace", "name", "ownership", "groups", "action"];
                let help = match nearest(field, &known) {
                    Some(meant) if fields_of(of).contains(&format!(".{meant}`")) => {
                        format!("did you mean `{of}.{meant}`?")
                    }
                    _ => format!("there are {}", fields_of(of)),
                };
                return Err(Found::at(expr, problem.help(help)));
            }
        };
        Ok((Expr::Fact(fact), found))
    }

    fn list(&mut self, expr: &IdedExpr, list: &ListExpr) -> Lowered {
        let mut base = None;
        let mut items = Vec::with_capacity(list.elements.len());
        for element in &list.elements {
            let (item, found) = self.lower(element)?;
            match found {
                Type::One(found) if base.is_none_or(|base| base == found) => base = Some(found),
                _ => {
                    return Err(unsupported(
                        expr,
                        "the items of a list are all texts, all numbers or all booleans",
                    ));
                }
            }
            items.push(item);
        }
        Ok((Expr::List(items), Type::List(base)))
    }

    fn call(&mut self, expr: &IdedExpr, call: &CallExpr) -> Lowered {
        let (name, args) = (call.func_name.as_str(), call.args.as_slice());
        if let (Some(kind), Some(range), [variable, body]) = (Loop::named(name), &call.target, args)
        {
            return self.repeat(expr, kind, range, variable, body);
        }
        match (name, &call.target, args) {
            ("!_", None, [inner]) => {
                let inner = self.typed(inner, Type::BOOL)?;
                Ok((Expr::Not(Box::new(inner)), Type::BOOL))
            }
            ("-_", None, [inner]) => {
                let inner = self.typed(inner, Type::INT)?;
                Ok((Expr::Negate(Box::new(inner)), Type::INT))
            }
            ("_&&_" | "_||_", None, [left, right]) => {
                let both = Box::new([
                    self.typed(left, Type::BOOL)?,
                    self.typed(right, Type::BOOL)?,
                ]);
                let make = if name == "_&&_" { Expr::And } else { Expr::Or };
                Ok((make(both), Type::BOOL))
            }
            ("_?_:_", None, [condition, yes, no]) => self.choice(expr, [condition, yes, no]),
            ("size", None, [inner]) => self.size(inner),
            ("size", Some(inner), []) => self.size(inner),
            ("has", None, [inner]) if matches!(inner.expr, Cel::Select(_)) => {
                self.lower(inner)?;
                Ok((Expr::Bool(true), Type::BOOL))
            }
            (_, target, args) => match (Op::named(name), target.as_deref(), args) {
                (Some(op), None, [left, right]) if !op.is_method() => {
                    self.binary(expr, op, left, right)
                }
                (Some(op), Some(left), [right]) if op.is_method() => {
                    self.binary(expr, op, left, right)
                }
                _ => Err(no_function(expr, name)),
            },
        }
    }

    /// Lowers what has to be of one type.
    fn typed(&mut self, expr: &IdedExpr, wanted: Type) -> Result<Expr, Found> {
        let (lowered, found) = self.lower(expr)?;
        if found == wanted {
            return Ok(lowered);
        }
        let message = format!(
            "{} is needed here, and this is {}",
            wanted.name(),
            found.name()
        );
        Err(Found::at(
            expr,
            Problem::new(message).help("compare it, or take another value"),
        ))
    }

    fn size(&mut self, inner: &IdedExpr) -> Lowered {
        let (lowered, found) = self.lower(inner)?;
        if found == Type::TEXT || matches!(found, Type::List(_)) {
            return Ok((Expr::Size(Box::new(lowered)), Type::INT));
        }
        Err(mismatch(inner, "size", &[found]))
    }

    fn choice(&mut self, expr: &IdedExpr, parts: [&IdedExpr; 3]) -> Lowered {
        let condition = self.typed(parts[0], Type::BOOL)?;
        let (yes, left) = self.lower(parts[1])?;
        let (no, right) = self.lower(parts[2])?;
        match left.common(right) {
            Some(found) => Ok((Expr::Choice(Box::new([condition, yes, no])), found)),
            None => Err(mismatch(expr, "? :", &[left, right])),
        }
    }

    fn binary(&mut self, expr: &IdedExpr, op: Op, left: &IdedExpr, right: &IdedExpr) -> Lowered {
        let (left, of_left) = self.lower(left)?;
        let (right, of_right) = self.lower(right)?;
        match op.gives(of_left, of_right) {
            Some(found) => Ok((Expr::Binary(op, Box::new([left, right])), found)),
            None => Err(mismatch(expr, op.shown(), &[of_left, of_right])),
        }
    }

    fn repeat(
        &mut self,
        expr: &IdedExpr,
        kind: Loop,
        range: &IdedExpr,
        variable: &IdedExpr,
        body: &IdedExpr,
    ) -> Lowered {
        let (range_lowered, found) = self.lower(range)?;
        let Type::List(base) = found else {
            let message = format!("a list is needed here, and this is {}", found.name());
            return Err(Found::at(range, Problem::new(message)));
        };
        let Cel::Ident(name) = &variable.expr else {
            let message = "the first value of a loop is the name of its variable";
            return Err(Found::at(variable, Problem::new(message)));
        };
        if self.locals.len() == MAX_LOOPS {
            let message = format!("loops are nested more than {MAX_LOOPS} deep");
            return Err(Found::at(
                expr,
                Problem::new(message).help("make several rules of it"),
            ));
        }
        self.locals.push((name.clone(), base.unwrap_or(Base::Text)));
        let lowered = match kind {
            Loop::Map => self.lower(body),
            _ => self.typed(body, Type::BOOL).map(|body| (body, Type::BOOL)),
        };
        self.locals.pop();
        let (body_lowered, of_body) = lowered?;
        let gives = match (kind, of_body) {
            (Loop::Filter, _) => found,
            (Loop::Map, Type::One(base)) => Type::List(Some(base)),
            (Loop::Map, Type::List(_)) => {
                return Err(unsupported(body, "there are no lists of lists"));
            }
            _ => Type::BOOL,
        };
        let parts = Box::new([range_lowered, body_lowered]);
        Ok((Expr::Loop(kind, parts), gives))
    }
}

fn fields_of(variable: &str) -> &'static str {
    match variable {
        "user" => "`user.ref`, `user.namespace`, `user.name`, `user.ownership`, `user.groups`",
        _ => "`permission.name`, `permission.action`",
    }
}

fn unsupported(expr: &IdedExpr, why: &str) -> Found {
    let problem = Problem::new(format!("this part of CEL has no meaning here: {why}"));
    Found::at(expr, problem)
}

fn no_function(expr: &IdedExpr, name: &str) -> Found {
    let problem = if FUNCTIONS.contains(&name) {
        Problem::new(format!("`{name}` is not called in this way"))
            .help("write size(a), a.startsWith(b), a.endsWith(b), a.contains(b), or a.exists(x, …) and the like")
    } else {
        let help = match nearest(name, FUNCTIONS) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("there are {}", FUNCTIONS.join(", ")),
        };
        let shown: String = name.chars().take(60).collect();
        Problem::new(format!("there is no function `{shown}` here")).help(help)
    };
    Found::at(expr, problem)
}

fn mismatch(expr: &IdedExpr, op: &str, types: &[Type]) -> Found {
    let types: Vec<_> = types.iter().map(|found| found.name()).collect();
    let message = format!("`{op}` does not go with {}", types.join(" and "));
    Found::at(
        expr,
        Problem::new(message).help("both sides have to be of one type"),
    )
}
