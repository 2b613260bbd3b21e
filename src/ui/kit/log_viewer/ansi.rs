//! The colours of terminals: takes the codes out of a line and says what they meant.

/// A colour by its role, so that it is readable in every theme.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// Black and grey.
    Grey,
    /// Red.
    Red,
    /// Green.
    Green,
    /// Yellow.
    Yellow,
    /// Blue.
    Blue,
    /// Magenta.
    Magenta,
    /// Cyan.
    Cyan,
}

/// A piece of a line that looks the same from its start to its end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Span {
    /// What it says.
    pub text: String,
    /// Its colour, unless it has the usual one.
    pub ink: Option<Ink>,
    /// Whether it stands out.
    pub bold: bool,
}

impl Span {
    /// Returns the classes of the piece; none when it looks as usual.
    #[must_use]
    pub fn class(&self) -> String {
        let ink = match self.ink {
            None => "",
            Some(Ink::Grey) => "grey",
            Some(Ink::Red) => "red",
            Some(Ink::Green) => "green",
            Some(Ink::Yellow) => "yellow",
            Some(Ink::Blue) => "blue",
            Some(Ink::Magenta) => "magenta",
            Some(Ink::Cyan) => "cyan",
        };
        match (ink, self.bold) {
            ("", false) => String::new(),
            ("", true) => "bold".to_owned(),
            (ink, false) => ink.to_owned(),
            (ink, true) => format!("{ink} bold"),
        }
    }
}

/// Splits a line where its look changes. Codes for anything but looks are left out, as are other control characters.
#[must_use]
pub fn spans(line: &str) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    let mut now = Span::default();
    // What a carriage return comes back to is written over, as progress bars do.
    let line = line.trim_end_matches('\r');
    let line = line.rsplit('\r').next().unwrap_or(line);
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        now.text.extend(before.chars().filter(is_shown));
        let (look, left) = code(after);
        if let Some(look) = look {
            let next = restyled(&now, look);
            if !now.text.is_empty() {
                spans.push(now);
            }
            now = next;
        }
        rest = left;
    }
    now.text.extend(rest.chars().filter(is_shown));
    if !now.text.is_empty() {
        spans.push(now);
    }
    spans
}

fn is_shown(c: &char) -> bool {
    !c.is_control() || *c == '\t'
}

/// Reads what follows an escape character: the numbers of a code for looks, and what is left of the line.
fn code(text: &str) -> (Option<&str>, &str) {
    let Some(body) = text.strip_prefix('[') else {
        // A code of another kind: one character.
        let mut chars = text.chars();
        chars.next();
        return (None, chars.as_str());
    };
    let end = body.find(|c: char| ('@'..='~').contains(&c));
    match end {
        Some(end) if body[end..].starts_with('m') => (Some(&body[..end]), &body[end + 1..]),
        Some(end) => (None, &body[end + 1..]),
        None => (None, ""),
    }
}

fn restyled(now: &Span, look: &str) -> Span {
    let mut next = Span {
        text: String::new(),
        ink: now.ink,
        bold: now.bold,
    };
    let mut numbers = look.split([';', ':']);
    while let Some(number) = numbers.next() {
        match number.parse::<u8>().unwrap_or(0) {
            0 => next = Span::default(),
            1 => next.bold = true,
            22 => next.bold = false,
            39 => next.ink = None,
            number @ (30..=37 | 90..=97) => next.ink = ink(number % 10),
            // Colours by number: the numbers that follow belong to them.
            38 | 48 => {
                let count = if numbers.next() == Some("2") { 3 } else { 1 };
                for _ in 0..count {
                    numbers.next();
                }
            }
            _ => {}
        }
    }
    next
}

fn ink(digit: u8) -> Option<Ink> {
    match digit {
        0 => Some(Ink::Grey),
        1 => Some(Ink::Red),
        2 => Some(Ink::Green),
        3 => Some(Ink::Yellow),
        4 => Some(Ink::Blue),
        5 => Some(Ink::Magenta),
        6 => Some(Ink::Cyan),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(line: &str) -> String {
        spans(line)
            .iter()
            .map(|span| format!("{}|{};", span.class(), span.text))
            .collect()
    }

    #[test]
    fn colours_become_classes() {
        assert_eq!(text("plain"), "|plain;");
        assert_eq!(
            text("\u{1b}[1;31merror\u{1b}[0m: no"),
            "red bold|error;|: no;"
        );
        assert_eq!(text("\u{1b}[32mok\u{1b}[39m."), "green|ok;|.;");
        assert_eq!(text("\u{1b}[90mold"), "grey|old;");
    }

    #[test]
    fn what_is_no_colour_is_left_out() {
        assert_eq!(text("\u{1b}[2K\u{1b}[1Gnew"), "|new;");
        assert_eq!(text("10%\r50%\r100%"), "|100%;");
        assert_eq!(text("kept\r"), "|kept;");
        assert_eq!(text("a\u{7}b"), "|ab;");
        assert_eq!(text("\u{1b}[38;5;200mx\u{1b}[38;2;1;2;3my"), "|x;|y;");
    }

    #[test]
    fn a_code_that_does_not_end_takes_nothing_with_it_but_itself() {
        assert_eq!(text("a\u{1b}[31"), "|a;");
        assert_eq!(text("a\u{1b}"), "|a;");
        assert_eq!(text("\u{1b}é!"), "|!;");
        assert_eq!(text(""), "");
    }
}
