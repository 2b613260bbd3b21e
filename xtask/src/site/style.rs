//! The style sheet: `style/main.css` with everything it imports in one file, minified, for browsers since spring 2024.
use std::path::Path;

use anyhow::{Result, anyhow};
use lightningcss::{
    bundler::{Bundler, FileProvider},
    printer::PrinterOptions,
    stylesheet::{MinifyOptions, ParserOptions},
    targets::{Browsers, Targets},
};

use super::Mode;

/// Returns the style sheet as one text.
///
/// # Errors
/// When a file is missing or not CSS; the message names the file and the place.
pub fn bundle(main: &Path, mode: Mode) -> Result<String> {
    let targets = Targets::from(Browsers {
        chrome: Some(123 << 16),
        firefox: Some(125 << 16),
        safari: Some((17 << 16) | (5 << 8)),
        ..Browsers::default()
    });
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(main).map_err(|error| anyhow!("{error}"))?;
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|error| anyhow!("{error}"))?;
    let minify = mode == Mode::Release;
    let printer = PrinterOptions {
        minify,
        targets,
        ..PrinterOptions::default()
    };
    Ok(sheet
        .to_css(printer)
        .map_err(|error| anyhow!("{error}"))?
        .code)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    fn styles(files: &[(&str, &str)]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for (name, text) in files {
            fs::write(dir.path().join(name), text).expect("a file");
        }
        dir
    }

    #[test]
    fn imports_become_one_sheet_with_their_layers() {
        let main =
            "@layer base, kit;\n@import \"a.css\" layer(base);\n@import \"b.css\" layer(kit);";
        let dir = styles(&[
            ("main.css", main),
            ("a.css", "p { color: red }"),
            ("b.css", "a { top: 0 }"),
        ]);
        let css = bundle(&dir.path().join("main.css"), Mode::Release).expect("valid CSS");
        assert_eq!(css, "@layer base{p{color:red}}@layer kit{a{top:0}}");
    }

    #[test]
    fn a_missing_import_is_named() {
        let dir = styles(&[("main.css", "@import \"gone.css\";")]);
        let error =
            bundle(&dir.path().join("main.css"), Mode::Release).expect_err("the file is missing");
        assert!(
            error.to_string().contains("main.css") || error.to_string().contains("gone.css"),
            "{error}"
        );
    }
}
