//! Whether the brackets of a text in a programming language fit together.

/// How a language writes comments and strings.
#[derive(Debug, Clone, Copy)]
pub(super) struct Language {
    line_comment: &'static str,
    block_comment: Option<(&'static str, &'static str)>,
    block_string: Option<&'static str>,
    quotes: &'static [char],
}

/// GraphQL's schema language.
pub(super) const GRAPHQL: Language = Language {
    line_comment: "#",
    block_comment: None,
    block_string: Some("\"\"\""),
    quotes: &['"'],
};

/// Protocol buffers.
pub(super) const PROTO: Language = Language {
    line_comment: "//",
    block_comment: Some(("/*", "*/")),
    block_string: None,
    quotes: &['"', '\''],
};

/// Says which bracket has no partner, if one has none.
pub(super) fn unbalanced(text: &str, language: Language) -> Option<String> {
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut rest = text;
    let mut line = 1;
    while let Some(first) = rest.chars().next() {
        let length = skipped(rest, language).unwrap_or_else(|| {
            let closes = match first {
                '(' | '[' | '{' => {
                    open.push((first, line));
                    None
                }
                ')' => Some('('),
                ']' => Some('['),
                '}' => Some('{'),
                _ => None,
            };
            match closes {
                Some(partner) if open.last().is_none_or(|(last, _)| *last != partner) => 0,
                Some(_) => {
                    open.pop();
                    1
                }
                None => first.len_utf8(),
            }
        });
        if length == 0 {
            return Some(format!("line {line}: \"{first}\" closes nothing"));
        }
        line += rest[..length].matches('\n').count();
        rest = &rest[length..];
    }
    open.first()
        .map(|(bracket, line)| format!("line {line}: \"{bracket}\" is not closed"))
}

/// Returns the length of the comment or string that a text begins with.
fn skipped(text: &str, language: Language) -> Option<usize> {
    if text.starts_with(language.line_comment) {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if let Some(mark) = language.block_string.filter(|mark| text.starts_with(mark)) {
        return Some(until(text, mark.len(), mark));
    }
    if let Some((_, end)) = language
        .block_comment
        .filter(|(start, _)| text.starts_with(start))
    {
        return Some(until(text, 2, end));
    }
    let quote = text
        .chars()
        .next()
        .filter(|c| language.quotes.contains(c))?;
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            '\n' => return Some(at),
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return Some(at + 1),
            _ => {}
        }
    }
    Some(text.len())
}

fn until(text: &str, from: usize, end: &str) -> usize {
    text[from..]
        .find(end)
        .map_or(text.len(), |at| from + at + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn brackets_in_comments_and_strings_do_not_count() {
        let graphql = "# {\n\"\"\"a } b\"\"\"\ntype Query { \"(\" a(b: [Int!] = 1): String }\n";
        assert_eq!(unbalanced(graphql, GRAPHQL), None);
        let proto = "// {\n/* } */ message A { string b = 1 [default = \"}\\\"\"]; }\n";
        assert_eq!(unbalanced(proto, PROTO), None);
    }

    #[test]
    fn the_bracket_without_a_partner_is_named_with_its_line() {
        let open = "type Query {\n  a: String\n";
        assert_eq!(
            unbalanced(open, GRAPHQL).as_deref(),
            Some("line 1: \"{\" is not closed")
        );
        assert_eq!(
            unbalanced("message A {\n)", PROTO).as_deref(),
            Some("line 2: \")\" closes nothing")
        );
    }

    #[test]
    fn long_hostile_texts_take_one_pass() {
        assert!(unbalanced(&"{".repeat(1_000_000), GRAPHQL).is_some());
        assert!(unbalanced(&"\"".repeat(1_000_000), PROTO).is_none());
    }
}
