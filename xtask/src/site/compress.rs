//! The compressed copies beside each file, so that the server never compresses what never changes.
use std::{fs, io::Write, path::Path};

use anyhow::{Context, Result};

use crate::repo;

const COMPRESSIBLE: [&str; 9] = [
    "css",
    "ico",
    "js",
    "json",
    "map",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// Compresses every file of the site that gains by it and returns one line per file with the sizes.
///
/// # Errors
/// When a file cannot be read or written.
pub fn folder(site: &Path) -> Result<Vec<String>> {
    let mut lines = Vec::new();
    for file in repo::files_under(site)? {
        let extension = file
            .extension()
            .and_then(|e| e.to_str())
            .unwrap_or_default();
        if !COMPRESSIBLE.contains(&extension) || file.ends_with("manifest.json") {
            continue;
        }
        let data = fs::read(&file)?;
        let copies = [("br", brotli(&data)?), ("gz", gzip(&data)?)];
        let mut line = format!("{:>8} bytes", data.len());
        for (ending, copy) in copies {
            line.push_str(&format!(", {:>7} {ending}", copy.len()));
            if copy.len() < data.len() {
                let path = file.with_extension(format!("{extension}.{ending}"));
                fs::write(&path, copy)
                    .with_context(|| format!("cannot write {}", path.display()))?;
            }
        }
        lines.push(format!(
            "{line}  {}",
            file.strip_prefix(site).unwrap_or(&file).display()
        ));
    }
    Ok(lines)
}

fn brotli(data: &[u8]) -> Result<Vec<u8>> {
    let params = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: data.len(),
        ..Default::default()
    };
    let mut out = Vec::new();
    brotli::BrotliCompress(&mut &data[..], &mut out, &params).context("brotli failed")?;
    Ok(out)
}

fn gzip(data: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(data)?;
    encoder.finish().context("gzip failed")
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn a_compressed_copy_gives_the_file_back() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let text = "p { color: red }\n".repeat(100);
        fs::write(dir.path().join("a.css"), &text).expect("a file");
        folder(dir.path()).expect("readable");

        let packed = fs::read(dir.path().join("a.css.gz")).expect("a gzip copy");
        let mut back = String::new();
        flate2::read::GzDecoder::new(&packed[..])
            .read_to_string(&mut back)
            .expect("gzip");
        assert_eq!(back, text);

        let packed = fs::read(dir.path().join("a.css.br")).expect("a brotli copy");
        let mut back = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut back).expect("brotli");
        assert_eq!(back, text.as_bytes());
    }

    #[test]
    fn what_does_not_gain_gets_no_copy() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for name in ["tiny.css", "picture.png", "manifest.json"] {
            fs::write(dir.path().join(name), "x").expect("a file");
        }
        folder(dir.path()).expect("readable");
        assert_eq!(fs::read_dir(dir.path()).expect("readable").count(), 3);
    }
}
