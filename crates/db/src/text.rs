//! Texts from outside: what PostgreSQL cannot keep is replaced, and what is too long is cut.

/// Returns whether a text can be looked up at all: PostgreSQL keeps no text with the character 0, so none is stored.
pub(crate) fn can_be_stored(text: &str) -> bool {
    !text.contains('\0')
}

/// Returns a text as it is stored: at most `limit` characters, the character 0 replaced.
pub(crate) fn stored(text: &str, limit: usize) -> String {
    let character = |c| {
        if c == '\0' {
            char::REPLACEMENT_CHARACTER
        } else {
            c
        }
    };
    text.chars().take(limit).map(character).collect()
}

/// Returns a pattern for `LIKE … ESCAPE '\'` that finds a text anywhere.
pub(crate) fn anywhere(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for character in text.chars() {
        if matches!(character, '%' | '_' | '\\') {
            pattern.push('\\');
        }
        pattern.push(character);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_takes_its_own_signs_as_they_are() {
        assert_eq!(anywhere(r"50%_\"), r"%50\%\_\\%");
    }

    #[test]
    fn a_stored_text_is_cut_by_characters() {
        assert_eq!(stored("ä\0öü", 3), "ä\u{fffd}ö");
        assert!(!can_be_stored("\0") && can_be_stored(""));
    }
}
