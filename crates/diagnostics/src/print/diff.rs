//! The difference between two texts, as `patch` and `git apply` read it.
use similar::TextDiff;

use super::safe;

/// Lines around a change that are shown too.
const CONTEXT: usize = 3;

/// Prints a unified diff of one file; nothing when the texts are equal. Bytes that are not UTF-8 are replaced, and on
/// a terminal also signs that would act on it.
#[must_use]
pub fn diff(name: &str, before: &[u8], after: &[u8], is_terminal: bool) -> String {
    let (before, after) = (
        String::from_utf8_lossy(before),
        String::from_utf8_lossy(after),
    );
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let name = name.strip_prefix("./").unwrap_or(&name);
    let (old, new) = if name.starts_with('/') {
        (name.to_owned(), name.to_owned())
    } else {
        (format!("a/{name}"), format!("b/{name}"))
    };
    let diff = TextDiff::from_lines(&*before, &*after)
        .unified_diff()
        .context_radius(CONTEXT)
        .header(&old, &new)
        .to_string();
    if !is_terminal {
        return diff;
    }
    let lines = diff
        .split('\n')
        .map(|line| safe::replaced(line.trim_end_matches('\r')));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_shown_with_its_surroundings() {
        let before = b"a\nb\nc\nd\ne\nf\ng\nh";
        let after = b"a\nb\nc\nd\nE\nf\ng\nh";
        let want = "--- a/x.yaml\n+++ b/x.yaml\n@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+E\n f\n g\n h\n\\ No newline at end of file\n";
        assert_eq!(diff("./x.yaml", before, after, false), want);
        assert_eq!(diff("x.yaml", before, before, false), "");
        let hidden = diff("x.yaml", b"", b"\x1b[2J\r\n", true);
        assert!(!hidden.contains(['\u{1b}', '\r']), "{hidden}");
    }
}
