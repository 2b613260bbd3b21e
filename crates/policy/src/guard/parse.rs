//! Has the cel crate parse an expression, on a stack that is large enough for whatever it is given.
use std::thread;

use cel::{Env, IdedExpr, ParseErrors};

use super::{Problem, lower, tree::Expr};

/// The parser needs up to 100 kB for each bracket; the memory is used only as far as it is needed.
const STACK: usize = 64 * 1024 * 1024;

/// Parses and checks an expression.
pub(super) fn parse(text: &str) -> Result<Expr, Problem> {
    let ended = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let started = thread.spawn_scoped(scope, || parse_here(text));
        started.map(|thread| thread.join())
    });
    match ended {
        Ok(Ok(result)) => result,
        Ok(Err(_)) => Err(Problem::new("the expression cannot be read").help(HELP)),
        Err(error) => Err(Problem::new(format!(
            "the expression was not read, because no thread could be started: {error}"
        ))
        .help("try again when the machine has memory to spare")),
    }
}

const HELP: &str = "write CEL, such as 'size(user.groups) == 0'";

fn parse_here(text: &str) -> Result<Expr, Problem> {
    // Without macros, so that loops are still the calls that were written.
    let env = Env::default().with_optional_support(false);
    let (root, info) = env
        .parser()
        .parse_with_source_info(text)
        .map_err(|errors| syntax(text, &errors))?;
    lower::lower(&root).map_err(|found| {
        let at = info.offset_for(found.id);
        let at = at.filter(|_| text.is_ascii());
        Problem {
            at: at.map(|(first, last)| word_around(text, first as usize, last as usize)),
            ..found.problem
        }
    })
}

/// The parser numbers a field at its dot and a call at its bracket; what is meant is the word beside it.
fn word_around(text: &str, first: usize, last: usize) -> (usize, usize) {
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let (before, behind) = (text.get(..first), text.get(first + 1..));
    let (Some(before), Some(behind)) = (before, behind) else {
        return (first, last);
    };
    match text.as_bytes().get(first) {
        Some(b'.') => {
            let start = before.trim_end_matches(is_word).len();
            let word = behind.len() - behind.trim_start_matches(is_word).len();
            (start, first + word)
        }
        Some(b'(') if before.ends_with(is_word) => (
            before.trim_end_matches(is_word).len(),
            first.saturating_sub(1),
        ),
        _ => (first, last),
    }
}

/// The first thing that the parser says, without the list of all it would have taken.
fn syntax(text: &str, errors: &ParseErrors) -> Problem {
    let Some(first) = errors.errors.first() else {
        return Problem::new("the expression is not CEL").help(HELP);
    };
    let said = first.msg.lines().next().unwrap_or_default();
    let said = said.split(" expecting ").next().unwrap_or(said);
    let quoted = said
        .split_once('\'')
        .and_then(|(_, rest)| rest.rsplit_once('\''));
    let token: String = quoted
        .map_or("", |(token, _)| token)
        .trim()
        .chars()
        .take(40)
        .collect();
    let (what, help) = match token.as_str() {
        "<EOF>" => ("it ends too early".to_owned(), HELP),
        "=" => (
            "`=` is not expected here".to_owned(),
            "two values are compared with `==`",
        ),
        "" => ("it cannot be read".to_owned(), HELP),
        token => (format!("`{token}` is not expected here"), HELP),
    };
    let mut problem = Problem::new(format!("the expression is not CEL: {what}")).help(help);
    problem.at = offset(text, first.pos).filter(|_| text.is_ascii());
    problem
}

fn offset(text: &str, (line, column): (isize, isize)) -> Option<(usize, usize)> {
    let line = usize::try_from(line).ok()?.checked_sub(1)?;
    let column = usize::try_from(column).ok()?.checked_sub(1)?;
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let at = before.checked_add(column)?;
    (at < text.len()).then_some((at, at))
}

/// A problem at a part that the parser numbered.
pub(super) struct Found {
    pub(super) problem: Problem,
    pub(super) id: u64,
}

impl Found {
    pub(super) fn at(expr: &IdedExpr, problem: Problem) -> Self {
        Self {
            problem,
            id: expr.id,
        }
    }
}
