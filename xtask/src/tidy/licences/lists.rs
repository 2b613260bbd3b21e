//! The lists of licences in `deny.toml`, which cargo-deny reads too, so that each licence is written down once.
//!
//! This reads as much TOML as that file uses: tables, lists of texts, and inline tables of one line each.

/// Which licences are allowed where.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lists {
    /// What everything may have.
    pub allowed: Vec<String>,
    /// Packages with a licence that is allowed for them alone.
    pub exceptions: Vec<Exception>,
}

/// A package with licences that are allowed for it alone.
#[derive(Debug, PartialEq, Eq)]
pub struct Exception {
    /// Its name.
    pub package: String,
    /// The licences.
    pub allowed: Vec<String>,
}

impl Lists {
    /// Reads the table `licenses`. A list that is not there is empty, and then nothing is allowed.
    pub fn read(text: &str) -> Self {
        let items = |key| list(text, key).into_iter();
        Self {
            allowed: items("allow").flat_map(texts).collect(),
            exceptions: items("exceptions").filter_map(exception).collect(),
        }
    }

    /// Returns what one package may have, where exceptions count.
    pub fn with_exceptions_for(&self, package: &str) -> Vec<&str> {
        let own = self
            .exceptions
            .iter()
            .filter(|exception| exception.package == package);
        let own = own.flat_map(|exception| &exception.allowed);
        self.allowed.iter().chain(own).map(String::as_str).collect()
    }
}

/// Returns the lines of a list that is spread over lines in the table `licenses`, without comments.
fn list<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let lines = text.lines().map(without_comment);
    let table = lines
        .skip_while(|line| *line != "[licenses]")
        .skip(1)
        .take_while(|line| !line.starts_with('['));
    let opening = format!("{key} = [");
    table
        .skip_while(|line| *line != opening)
        .skip(1)
        .take_while(|line| *line != "]")
        .collect()
}

/// No text of the lists has a `#` in it.
fn without_comment(line: &str) -> &str {
    line.split('#').next().unwrap_or_default().trim()
}

/// Returns what stands in quotation marks.
fn texts(line: &str) -> Vec<String> {
    line.split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// Reads `{ crate = "name", allow = ["A", "B"] },`.
fn exception(line: &str) -> Option<Exception> {
    let (package, allowed) = line.strip_prefix("{ crate = ")?.split_once(", allow = [")?;
    Some(Exception {
        package: texts(package).pop()?,
        allowed: texts(allowed),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = r#"
[bans]
allow = [
    "no-licence",
]

[licenses]
confidence-threshold = 0.9
allow = [
    "MIT", # everybody's
    # "GPL-3.0",
    "Apache-2.0",
]
exceptions = [
    { crate = "tool", allow = ["MPL-2.0"] },
]

[sources]
exceptions = [
    { crate = "other", allow = ["X"] },
]
"#;

    #[test]
    fn the_lists_of_the_right_table_are_read_without_comments() {
        let lists = Lists::read(TEXT);
        assert_eq!(lists.allowed, ["MIT", "Apache-2.0"]);
        assert_eq!(lists.exceptions.len(), 1);
        assert_eq!(lists.exceptions[0].package, "tool");
        assert_eq!(
            lists.with_exceptions_for("tool"),
            ["MIT", "Apache-2.0", "MPL-2.0"]
        );
        assert_eq!(lists.with_exceptions_for("other"), ["MIT", "Apache-2.0"]);
    }

    #[test]
    fn what_is_not_there_allows_nothing() {
        for text in ["", "[licenses]\n", "[bans]\nallow = [\n\"MIT\",\n]\n"] {
            assert_eq!(Lists::read(text), Lists::default(), "{text:?}");
        }
    }
}
