//! How many typing mistakes lie between two words; two letters that changed places are one.

/// Returns how many mistakes are forgiven in a word of this length.
pub(crate) fn forgiven(word: &str) -> u8 {
    match word.chars().count() {
        0..4 => 0,
        4..8 => 1,
        _ => 2,
    }
}

/// Returns the number of mistakes between what was typed and a word, or its start; nothing when there are more than
/// `most`.
pub(crate) fn between(typed: &str, word: &str, is_start: bool, most: u8) -> Option<u8> {
    let typed: Vec<char> = typed.chars().collect();
    let mut word: Vec<char> = word.chars().collect();
    let most = usize::from(most);
    if is_start {
        // A start that is longer by more than the mistakes costs more than they are.
        word.truncate(typed.len() + most);
    }
    if word.len().abs_diff(typed.len()) > most && (!is_start || word.len() < typed.len()) {
        return None;
    }
    // Row by row of the table of distances between starts; two rows back, for letters that changed places.
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=word.len()).collect();
    for (row, letter) in typed.iter().enumerate() {
        let mut now = Vec::with_capacity(word.len() + 1);
        now.push(row + 1);
        for (column, other) in word.iter().enumerate() {
            let mut least = (above[column] + usize::from(letter != other))
                .min(above[column + 1] + 1)
                .min(now[column] + 1);
            let changed_places =
                row > 0 && column > 0 && *letter == word[column - 1] && typed[row - 1] == *other;
            if changed_places {
                least = least.min(before[column - 1] + 1);
            }
            now.push(least);
        }
        if now.iter().all(|least| *least > most) {
            return None;
        }
        before = std::mem::replace(&mut above, now);
    }
    let least = if is_start {
        above.iter().min().copied()
    } else {
        above.last().copied()
    };
    least
        .filter(|least| *least <= most)
        .and_then(|least| u8::try_from(least).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mistakes_are_counted() {
        for (typed, word, want) in [
            ("booking", "booking", Some(0)),
            ("boking", "booking", Some(1)),
            ("bookking", "booking", Some(1)),
            ("bopking", "booking", Some(1)),
            ("oboking", "booking", Some(1)),
            ("bokign", "booking", Some(2)),
            ("abcdef", "booking", None),
            ("bo", "booking", None),
            ("", "ab", Some(2)),
        ] {
            assert_eq!(between(typed, word, false, 2), want, "{typed} {word}");
        }
    }

    #[test]
    fn the_start_of_a_word_may_have_mistakes_too() {
        assert_eq!(between("chekc", "checkout", true, 1), Some(1));
        assert_eq!(between("chec", "checkout", true, 1), Some(0));
        assert_eq!(between("xyck", "checkout", true, 1), None);
    }

    #[test]
    fn short_words_have_to_be_right() {
        assert_eq!(
            ["api", "apis", "service", "services"].map(forgiven),
            [0, 1, 1, 2]
        );
    }
}
