//! Cuts a line into parts, and puts quotes around what needs them.
use std::{fmt, ops::Range};

/// A letter of a part, and whether it stood between quotes or after a backslash.
pub(super) type Letter = (char, bool);

/// One part of a line, without its quotes.
#[derive(Debug)]
pub(super) struct Token {
    /// Which bytes of the line it is.
    pub(super) at: Range<usize>,
    /// Its letters.
    pub(super) letters: Vec<Letter>,
    /// Whether a quote in it was never closed.
    pub(super) is_open: bool,
}

/// Cuts a line at its spaces, except between quotes. Within quotes a backslash takes the next letter as it is.
pub(super) fn tokens(line: &str) -> impl Iterator<Item = Token> {
    let mut letters = line.char_indices().peekable();
    std::iter::from_fn(move || {
        while letters.next_if(|(_, c)| c.is_whitespace()).is_some() {}
        let start = letters.peek()?.0;
        let mut token = Token {
            at: start..line.len(),
            letters: Vec::new(),
            is_open: false,
        };
        while let Some((at, c)) = letters.peek().copied() {
            if c.is_whitespace() && !token.is_open {
                token.at.end = at;
                break;
            }
            letters.next();
            match c {
                '"' => {
                    token.is_open = !token.is_open;
                    // An empty pair of quotes is a value that is there and empty.
                    token.letters.push(('\0', true));
                }
                '\\' if token.is_open => {
                    let (_, c) = letters.next().unwrap_or((at, '\\'));
                    token.letters.extend((c != '\0').then_some((c, true)));
                }
                // Stands for quotes here, and nobody types it.
                '\0' => {}
                c => token.letters.push((c, token.is_open)),
            }
        }
        Some(token)
    })
}

/// Returns the text of some letters, without the marks of quotes.
pub(super) fn text(letters: &[Letter]) -> String {
    let real = letters.iter().filter(|letter| **letter != ('\0', true));
    real.map(|(c, _)| c).collect()
}

/// Writes a text of its own so that it is read again as it is.
pub(super) fn quoted(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let is_plain = !text.contains(|c: char| needs_quotes(c) || c == ':')
        && !text.is_empty()
        && !text.starts_with('-')
        && !text.ends_with('*');
    write(f, text, is_plain)
}

/// Writes the value of a field so that it is read again as it is.
pub(super) fn value(f: &mut fmt::Formatter<'_>, text: &str) -> fmt::Result {
    let is_plain = !text.contains(|c: char| needs_quotes(c) || c == ',')
        && !text.is_empty()
        && !text.ends_with('*');
    write(f, text, is_plain)
}

fn needs_quotes(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\\')
}

fn write(f: &mut fmt::Formatter<'_>, text: &str, is_plain: bool) -> fmt::Result {
    if is_plain {
        return f.write_str(text);
    }
    f.write_str("\"")?;
    for c in text.chars() {
        if matches!(c, '"' | '\\') {
            f.write_str("\\")?;
        }
        write!(f, "{c}")?;
    }
    f.write_str("\"")
}
