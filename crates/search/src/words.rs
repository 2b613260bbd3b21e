//! Words: how a text is parted and folded, so that case, accents and the way a name is written make no difference.
use std::ops::Range;

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// Bytes of one word; what is longer is no word that anybody types.
const MAX_BYTES: usize = 96;

/// A word as it is compared, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) range: Range<usize>,
}

/// Parts a text at everything that is no letter and no digit.
pub(crate) fn runs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (start, first) = chars.by_ref().find(|(_, c)| c.is_alphanumeric())?;
        let mut end = start + first.len_utf8();
        if !is_ideograph(first) {
            while let Some((at, c)) = chars.next_if(|(_, c)| is_inside(*c) && !is_ideograph(*c)) {
                end = at + c.len_utf8();
            }
        }
        Some(start..end)
    })
}

/// Returns the words of what somebody looks for.
pub(crate) fn asked(text: &str) -> Vec<String> {
    let words = runs(text).map(|range| fold(&text[range]));
    words.filter(|word| !word.is_empty()).collect()
}

/// Returns the words of a text that can be found: `JavaScript` as such, and `java` and `script`.
pub(crate) fn found(text: &str) -> Vec<Word> {
    let mut words = Vec::new();
    let mut push = |range: Range<usize>| {
        let folded = fold(&text[range.clone()]);
        if !folded.is_empty() {
            words.push(Word {
                text: folded,
                range,
            });
        }
    };
    for run in runs(text) {
        let parts = humps(text, run.clone());
        if parts.len() > 1 {
            parts.into_iter().for_each(&mut push);
        }
        push(run);
    }
    words
}

/// Returns a text without everything that parts words: what `checkout-api`, `Checkout API` and `checkoutApi` share.
pub(crate) fn joined(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars().filter(|c| is_inside(*c)) {
        fold_char(c, &mut |c| folded.push(c));
        if folded.len() >= MAX_BYTES {
            break;
        }
    }
    folded
}

/// Returns a word as it is compared.
pub(crate) fn fold(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    for c in word.chars() {
        fold_char(c, &mut |c| folded.push(c));
        if folded.len() >= MAX_BYTES {
            break;
        }
    }
    folded
}

/// Makes a letter small and takes its accents off.
pub(crate) fn fold_char(c: char, push: &mut impl FnMut(char)) {
    if c.is_ascii() {
        push(c.to_ascii_lowercase());
        return;
    }
    for lower in c.to_lowercase() {
        decompose_compatible(lower, |part| match part {
            '\u{300}'..='\u{36f}' | '\u{591}'..='\u{5c7}' | '\u{64b}'..='\u{65f}' => {}
            'ß' => "ss".chars().for_each(&mut *push),
            'æ' => "ae".chars().for_each(&mut *push),
            'œ' => "oe".chars().for_each(&mut *push),
            'þ' => "th".chars().for_each(&mut *push),
            'ø' => push('o'),
            'ł' => push('l'),
            'đ' | 'ð' => push('d'),
            'ı' => push('i'),
            other => push(other),
        });
    }
}

/// Whether a character goes on with a word.
fn is_inside(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// Whether a letter is a word of its own: these scripts do not part words.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3ffff}')
}

/// Parts a word where a capital follows a small letter, and before the last of several capitals: `HTTPServer`.
fn humps(text: &str, run: Range<usize>) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = run.start;
    let mut last: Option<char> = None;
    let mut chars = text[run.clone()].char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let at = run.start + at;
        let next_is_small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
        let begins = last.is_some_and(|last| !last.is_uppercase() || next_is_small);
        if c.is_uppercase() && begins {
            parts.push(start..at);
            start = at;
        }
        last = Some(c);
    }
    parts.push(start..run.end);
    parts
}

/// The words of a text for the index.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words;

/// Words on their way into the index.
pub(crate) struct WordStream {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream {
        WordStream {
            words: found(text).into_iter(),
            token: Token::default(),
        }
    }
}

impl TokenStream for WordStream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else {
            return false;
        };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.range.start;
        self.token.offset_to = word.range.end;
        self.token.text = word.text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        found(text).into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn names_are_parted_at_marks_and_humps() {
        assert_eq!(
            words("checkout-api_v2.core/x"),
            ["checkout", "api", "v2", "core", "x"]
        );
        assert_eq!(words("checkoutApi"), ["checkout", "api", "checkoutapi"]);
        assert_eq!(words("HTTPServer"), ["http", "server", "httpserver"]);
        assert_eq!(words("oauth2"), ["oauth2"]);
        assert_eq!(words("--- ..."), [""; 0]);
    }

    #[test]
    fn case_and_accents_make_no_difference() {
        assert_eq!(
            asked("Fährüber STRASSE Straße Øre"),
            ["fahruber", "strasse", "strasse", "ore"]
        );
        assert_eq!(fold("e\u{301}"), "e");
        assert_eq!(fold("ＡＰＩ"), "api");
    }

    #[test]
    fn what_is_asked_for_is_not_parted_at_humps() {
        assert_eq!(asked("JavaScript"), ["javascript"]);
        assert_eq!(
            asked("component:default/Ferry"),
            ["component", "default", "ferry"]
        );
    }

    #[test]
    fn scripts_without_spaces_are_parted_into_letters() {
        assert_eq!(asked("検索api"), ["検", "索", "api"]);
    }

    #[test]
    fn a_name_is_the_same_however_it_is_written() {
        for name in [
            "checkout-api",
            "Checkout API",
            "checkoutApi",
            "checkout.api",
        ] {
            assert_eq!(joined(name), "checkoutapi");
        }
    }

    #[test]
    fn a_range_is_where_the_word_stands() {
        let text = "Über dieGrenze";
        for word in found(text) {
            assert_eq!(fold(&text[word.range.clone()]), word.text);
        }
    }

    #[test]
    fn a_word_without_end_is_cut() {
        assert!(words(&"a".repeat(10_000))[0].len() <= MAX_BYTES);
        assert!(joined(&"ß".repeat(10_000)).len() <= MAX_BYTES + 4);
    }
}
