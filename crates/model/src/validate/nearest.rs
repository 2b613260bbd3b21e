//! Which of a few known words somebody most likely meant.

/// Longest text that is compared; nobody mistypes one word at greater length.
const LONGEST: usize = 100;

/// Returns the known word that a text is a misspelling of, if there is exactly one that is close enough.
///
/// Case and separators never count; beyond that, one slip is forgiven in words of four letters and two from seven on.
///
/// ```
/// use callboard_model::validate::nearest::nearest;
/// assert_eq!(nearest("prodution", &["production", "deprecated"]), Some("production"));
/// assert_eq!(nearest("staging", &["production", "deprecated"]), None);
/// ```
#[must_use]
pub fn nearest<'a>(text: &str, known: &[&'a str]) -> Option<&'a str> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = bare(text);
    let slips = match plain.len() {
        0..4 => 0,
        4..7 => 1,
        _ => 2,
    };
    let mut best: Option<(usize, &str)> = None;
    let mut is_tie = false;
    for word in known {
        let found = distance(&plain, &bare(word));
        if found > slips {
            continue;
        }
        match best {
            Some((least, _)) if found > least => {}
            Some((least, _)) if found == least => is_tie = true,
            _ => {
                best = Some((found, word));
                is_tie = false;
            }
        }
    }
    best.filter(|_| !is_tie).map(|(_, word)| word)
}

/// Letters and digits in lower case.
fn bare(text: &str) -> Vec<char> {
    text.chars()
        .filter(|c| !matches!(c, '-' | '_' | ' ' | '.'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// Counts the letters to insert, remove, change or swap with their neighbour.
fn distance(left: &[char], right: &[char]) -> usize {
    const MOST: usize = 3;
    if left.len().abs_diff(right.len()) >= MOST {
        return MOST;
    }
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=right.len()).collect();
    for (i, a) in left.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, b) in right.iter().enumerate() {
            let mut least = (last[j] + usize::from(a != b))
                .min(last[j + 1] + 1)
                .min(row[j] + 1);
            if i > 0 && j > 0 && *a == right[j - 1] && left[i - 1] == *b {
                least = least.min(before[j - 1] + 1);
            }
            row.push(least);
        }
        before = std::mem::replace(&mut last, row);
    }
    last[right.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_case_and_separators_are_forgiven() {
        let known = ["dependsOn", "providesApis", "type", "owner"];
        for (text, meant) in [
            ("dependson", "dependsOn"),
            ("depends_on", "dependsOn"),
            ("dependOn", "dependsOn"),
            ("providesAPIs", "providesApis"),
            ("onwer", "owner"),
            ("tpye", "type"),
        ] {
            assert_eq!(nearest(text, &known), Some(meant), "{text}");
        }
    }

    #[test]
    fn what_is_far_away_short_or_between_two_words_is_nothing() {
        assert_eq!(nearest("tp", &["type"]), None);
        assert_eq!(nearest("lifecycle", &["type", "owner"]), None);
        assert_eq!(nearest("teams", &["team1", "team2"]), None);
        assert_eq!(nearest(&"a".repeat(1_000_000), &["type"]), None);
    }
}
