//! Reading Rust as text: the lines that are code, and whether one names something.

/// Returns the numbered lines of a file that are code, up to the test module at its end.
pub fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines: Vec<&str> = text.lines().collect();
    let end = tests_start(&lines).unwrap_or(lines.len());
    let code = lines
        .into_iter()
        .take(end)
        .enumerate()
        .map(|(index, line)| (index + 1, line));
    code.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// Finds the line where the tests begin: `#[cfg(test)]` followed by a module with a body.
fn tests_start(lines: &[&str]) -> Option<usize> {
    lines.iter().enumerate().position(|(index, line)| {
        let next = lines[index + 1..]
            .iter()
            .find(|line| !line.trim_start().starts_with("#["));
        *line == "#[cfg(test)]"
            && next.is_some_and(|next| next.starts_with("mod ") && next.ends_with('{'))
    })
}

/// Returns a line with the contents of its string literals left out: a text may mention what code may not use.
pub fn without_strings(line: &str) -> String {
    let (mut out, mut inside, mut escaped) = (String::new(), false, false);
    for c in line.chars() {
        let quote = c == '"' && !escaped;
        escaped = inside && c == '\\' && !escaped;
        if !inside || quote {
            out.push(c);
        }
        inside ^= quote;
    }
    out
}

/// Tells whether a line names something: the text with no letter, digit or underscore on either side.
pub fn names(line: &str, name: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(name).any(|(start, _)| {
        let before = line[..start].chars().next_back();
        let after = line[start + name.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_the_test_module_are_not_code() {
        let text = "//! Text.\nuse a;\n    // why\n\n#[cfg(test)]\n#[expect(x)]\nmod tests {\n    use b;\n}\n";
        let code: Vec<_> = code_lines(text).collect();
        assert_eq!(code, [(2, "use a;"), (4, "")]);
    }

    #[test]
    fn a_test_module_in_another_file_hides_nothing() {
        let code: Vec<_> = code_lines("#[cfg(test)]\nmod tests;\nuse a;").collect();
        assert_eq!(code.len(), 3);
    }

    #[test]
    fn what_a_string_says_is_left_out() {
        assert_eq!(
            without_strings(r#"f("a \" b", c) + "d""#),
            r#"f("", c) + """#
        );
        assert_eq!(without_strings("plain('x')"), "plain('x')");
    }

    #[test]
    fn a_name_is_a_whole_word() {
        assert!(names("use sqlx::Row;", "sqlx"));
        assert!(names("(sqlx)", "sqlx"));
        assert!(!names("use sqlx_core;", "sqlx"));
        assert!(!names("mysqlx()", "sqlx"));
        assert!(!names("task::spawn_blocking(f)", "task::spawn"));
    }
}
