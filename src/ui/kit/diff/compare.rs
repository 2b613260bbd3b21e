//! Finds the lines in which two texts differ.
use super::{Change, Line};
use crate::ui::kit::number::counted;

/// How many pairs of lines are compared at most; beyond, everything between the first and the last difference counts
/// as replaced.
const PAIRS: usize = 4_000_000;

/// Returns the lines of both texts, with this many around each change that are as they were.
#[must_use]
pub fn lines(before: &str, after: &str, context: usize) -> Vec<Line> {
    let old: Vec<&str> = before.lines().collect();
    let new: Vec<&str> = after.lines().collect();
    let start = old
        .iter()
        .zip(&new)
        .take_while(|(old, new)| old == new)
        .count();
    let tail = old[start..]
        .iter()
        .rev()
        .zip(new[start..].iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    let middle_old = &old[start..old.len() - tail];
    let middle_new = &new[start..new.len() - tail];
    let mut all = Vec::with_capacity(old.len() + new.len());
    let mut writer = Writer {
        all: &mut all,
        before: 0,
        after: 0,
    };
    for line in &old[..start] {
        writer.write(Change::Same, line);
    }
    for (change, line) in between(middle_old, middle_new) {
        writer.write(change, line);
    }
    for line in &old[old.len() - tail..] {
        writer.write(Change::Same, line);
    }
    folded(all, context)
}

/// Numbers lines as they come.
struct Writer<'a> {
    all: &'a mut Vec<Line>,
    before: usize,
    after: usize,
}

impl Writer<'_> {
    fn write(&mut self, change: Change, text: &str) {
        let is_old = change != Change::Added;
        let is_new = change != Change::Removed;
        self.before += usize::from(is_old);
        self.after += usize::from(is_new);
        self.all.push(Line {
            change,
            before: is_old.then_some(self.before),
            after: is_new.then_some(self.after),
            text: text.to_owned(),
        });
    }
}

/// Compares by the longest common subsequence.
fn between<'a>(old: &[&'a str], new: &[&'a str]) -> Vec<(Change, &'a str)> {
    let replaced = || {
        let removed = old.iter().map(|line| (Change::Removed, *line));
        let added = new.iter().map(|line| (Change::Added, *line));
        removed.chain(added).collect()
    };
    if old.is_empty() || new.is_empty() || old.len().saturating_mul(new.len()) > PAIRS {
        return replaced();
    }
    let width = new.len() + 1;
    // For each pair of places, how many lines both have in common from there on.
    let mut common = vec![0_u32; (old.len() + 1) * width];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * width + j] = if old[i] == new[j] {
                common[(i + 1) * width + j + 1] + 1
            } else {
                common[(i + 1) * width + j].max(common[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::with_capacity(old.len() + new.len());
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            out.push((Change::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len()
            || (i < old.len() && common[(i + 1) * width + j] >= common[i * width + j + 1])
        {
            out.push((Change::Removed, old[i]));
            i += 1;
        } else {
            out.push((Change::Added, new[j]));
            j += 1;
        }
    }
    out
}

/// Replaces what is far from every change by a line that says how many lines are missing.
fn folded(all: Vec<Line>, context: usize) -> Vec<Line> {
    let mut keep = vec![false; all.len()];
    for (place, _) in all
        .iter()
        .enumerate()
        .filter(|(_, line)| line.change != Change::Same)
    {
        let end = (place + context + 1).min(all.len());
        keep[place.saturating_sub(context)..end].fill(true);
    }
    let mut out = Vec::new();
    let mut missing = 0;
    for (line, keep) in all.into_iter().zip(keep) {
        if keep {
            push_gap(&mut out, missing);
            missing = 0;
            out.push(line);
        } else {
            missing += 1;
        }
    }
    push_gap(&mut out, missing);
    out
}

fn push_gap(out: &mut Vec<Line>, missing: usize) {
    if missing > 0 {
        out.push(Line {
            change: Change::Gap,
            before: None,
            after: None,
            text: format!("{} unchanged", counted(missing, "line")),
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(before: &str, after: &str, context: usize) -> String {
        let shown: Vec<String> = lines(before, after, context)
            .iter()
            .map(|line| match line.change {
                Change::Same => format!(" {}", line.text),
                Change::Added => format!("+{}", line.text),
                Change::Removed => format!("-{}", line.text),
                Change::Gap => format!("…{}", line.text),
            })
            .collect();
        shown.join("|")
    }

    #[test]
    fn changed_lines_are_found_between_those_that_stay() {
        assert_eq!(signs("a\nb\nc", "a\nc", 9), " a|-b| c");
        assert_eq!(signs("a\nc", "a\nb\nc", 9), " a|+b| c");
        assert_eq!(signs("a\nb\nc\nd", "b\nx\nd", 9), "-a| b|-c|+x| d");
        assert_eq!(signs("", "a", 9), "+a");
        assert_eq!(signs("a", "", 9), "-a");
    }

    #[test]
    fn what_is_far_from_changes_is_folded() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9";
        assert_eq!(
            signs(before, &before.replace('5', "x"), 1),
            "…3 lines unchanged| 4|-5|+x| 6|…3 lines unchanged"
        );
        assert_eq!(signs("a\nb", "a\nb", 1), "…2 lines unchanged");
    }

    #[test]
    fn lines_have_their_numbers_before_and_after() {
        let numbers: Vec<_> = lines("a\nb\nc", "a\nc", 9)
            .iter()
            .map(|line| (line.before, line.after))
            .collect();
        assert_eq!(
            numbers,
            [(Some(1), Some(1)), (Some(2), None), (Some(3), Some(2))]
        );
    }

    #[test]
    fn long_texts_without_anything_in_common_are_replaced_whole() {
        let text = |word: &str| {
            (0..3_000)
                .map(|n| format!("{word} {n}\n"))
                .collect::<String>()
        };
        let all = lines(&text("a"), &text("b"), 3);
        assert_eq!(all.len(), 6_000);
        assert!(
            all[..3_000]
                .iter()
                .all(|line| line.change == Change::Removed)
        );
    }
}
