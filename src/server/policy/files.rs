//! Reading the files of the policy.
use std::path::Path;

use callboard_policy::{Source, Sources};

use super::PolicySetup;

/// Largest file. A policy of a thousand roles has a few hundred kilobytes.
const MAX_BYTES: u64 = 5 * 1024 * 1024;

/// A policy file that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("cannot read the policy file {file}: {reason}")]
pub(in crate::server) struct Unreadable {
    file: String,
    reason: String,
}

/// Reads every file of the policy.
///
/// # Errors
/// When one of them cannot be read; without it, the policy would be another one.
pub(in crate::server) fn read_sources(
    setup: &PolicySetup,
    names_from: &Path,
) -> Result<Sources, Unreadable> {
    let read = |path: &Path| read(path, names_from);
    Ok(Sources {
        policies: setup
            .files
            .iter()
            .map(|path| read(path))
            .collect::<Result<_, _>>()?,
        csv: setup.csv.as_deref().map(read).transpose()?,
        conditional: setup.conditional.as_deref().map(read).transpose()?,
        settings: setup.settings.clone(),
    })
}

fn read(path: &Path, names_from: &Path) -> Result<Source, Unreadable> {
    let shown = path.strip_prefix(names_from).unwrap_or(path);
    let file = shown.to_string_lossy().into_owned();
    let unreadable = |reason: String| Unreadable {
        file: file.clone(),
        reason,
    };
    let size = std::fs::metadata(path).map_err(|error| unreadable(error.to_string()))?;
    if size.len() > MAX_BYTES {
        return Err(unreadable(format!(
            "it has {} bytes, more than {MAX_BYTES}",
            size.len()
        )));
    }
    let text = std::fs::read(path).map_err(|error| unreadable(error.to_string()))?;
    let text = String::from_utf8(text).map_err(|_| unreadable("it is not UTF-8".to_owned()))?;
    Ok(Source { file, text })
}
