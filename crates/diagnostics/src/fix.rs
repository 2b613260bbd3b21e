//! Applies repairs to a text, byte for byte the same everywhere else.
use callboard_model::Fix;

/// A text after its repairs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    /// The text.
    pub text: Vec<u8>,
    /// Which of the repairs were made, by their place in the list that was given.
    pub applied: Vec<usize>,
}

/// Makes all repairs that do not touch one another; of two that do, the one that begins first.
///
/// A repair whose place is not in the text, or splits a character, is left out.
#[must_use]
pub fn apply_fixes(text: &[u8], fixes: &[&Fix]) -> Fixed {
    let range = |fix: &Fix| (fix.span.start.offset, fix.span.end.offset);
    let mut order: Vec<usize> = (0..fixes.len()).collect();
    order.sort_by_key(|at| range(fixes[*at]));
    let mut out = Vec::with_capacity(text.len());
    let mut applied = Vec::new();
    let mut done = 0;
    let mut last_start = None;
    for at in order {
        let (start, end) = range(fixes[at]);
        let fits = done <= start && start <= end && end <= text.len();
        if !fits || last_start == Some(start) || !(is_border(text, start) && is_border(text, end)) {
            continue;
        }
        out.extend_from_slice(&text[done..start]);
        out.extend_from_slice(fixes[at].replacement.as_bytes());
        done = end;
        last_start = Some(start);
        applied.push(at);
    }
    out.extend_from_slice(&text[done..]);
    Fixed { text: out, applied }
}

/// Whether a character begins at a byte, or the text ends there.
fn is_border(text: &[u8], at: usize) -> bool {
    text.get(at).is_none_or(|byte| byte & 0xC0 != 0x80)
}

#[cfg(test)]
mod tests {
    use callboard_model::{Position, Span};

    use super::*;

    fn fix(from: usize, to: usize, replacement: &str) -> Fix {
        let position = |offset| Position {
            offset,
            ..Position::default()
        };
        Fix {
            title: String::new(),
            span: Span {
                start: position(from),
                end: position(to),
            },
            replacement: replacement.to_owned(),
        }
    }

    fn check(text: &str, fixes: &[Fix], want: &str, applied: &[usize]) {
        let fixes: Vec<_> = fixes.iter().collect();
        let fixed = apply_fixes(text.as_bytes(), &fixes);
        assert_eq!(
            (String::from_utf8_lossy(&fixed.text), &fixed.applied[..]),
            (want.into(), applied)
        );
    }

    #[test]
    fn repairs_are_made_in_any_order_and_leave_the_rest_alone() {
        check(
            "\u{feff}a: b\r\nc: d\r\n",
            &[fix(12, 13, "e"), fix(6, 7, "long")],
            "\u{feff}a: long\r\nc: e\r\n",
            &[1, 0],
        );
    }

    #[test]
    fn of_two_repairs_that_touch_only_the_first_is_made() {
        check(
            "abcdef",
            &[fix(2, 4, "X"), fix(3, 5, "Y"), fix(4, 6, "Z")],
            "abXZ",
            &[0, 2],
        );
        check("abc", &[fix(1, 2, ""), fix(1, 2, "")], "ac", &[0]);
        check("abc", &[fix(1, 1, "x"), fix(1, 2, "y")], "axbc", &[0]);
    }

    #[test]
    fn a_repair_that_does_not_fit_the_text_is_left_out() {
        check(
            "é",
            &[fix(1, 2, "x"), fix(0, 9, "x"), fix(2, 1, "x")],
            "é",
            &[],
        );
    }
}
