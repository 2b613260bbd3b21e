//! Keeps text from files from steering the terminal or the tool that reads our output.
use std::fmt::Write as _;

/// Returns text in which signs that would act on a terminal are written out, as in `\u{1b}`.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if acts(character) => {
                // Writing to a string cannot fail.
                let _ = write!(out, "{}", character.escape_unicode());
            }
            _ => out.push(character),
        }
    }
    out
}

/// Returns a line of source in which such signs are replaced; tabs stay.
pub(super) fn replaced(line: &str) -> String {
    let replace = |character: char| character != '\t' && acts(character);
    line.chars()
        .map(|character| {
            if replace(character) {
                '\u{FFFD}'
            } else {
                character
            }
        })
        .collect()
}

/// Returns JSON in which such signs are written as JSON escapes; they only ever stand inside its strings.
pub(super) fn json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if character != '\n' && acts(character) {
            let _ = write!(out, "\\u{:04x}", u32::from(character));
        } else {
            out.push(character);
        }
    }
    out
}

/// Control characters, and those that change the direction of text or are not seen.
fn acts(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
