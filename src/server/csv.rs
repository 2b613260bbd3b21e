//! Cells of CSV files (RFC 4180), for the exports.

/// Writes a cell so that it stays one, and so that a spreadsheet takes it for text and not for a formula.
pub(super) fn cell(text: &str) -> String {
    let is_formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if is_formula {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    if text.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_one_cell_and_never_a_formula() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a,b"), "\"a,b\"");
        assert_eq!(cell("say \"x\""), "\"say \"\"x\"\"\"");
        assert_eq!(cell("=HYPERLINK(1)"), "'=HYPERLINK(1)");
        assert_eq!(cell("@x\ny"), "\"'@x\ny\"");
        for start in ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\r=1"] {
            let written = cell(start);
            let bare = written.trim_start_matches('"');
            assert!(bare.starts_with('\''), "{written:?}");
        }
    }
}
