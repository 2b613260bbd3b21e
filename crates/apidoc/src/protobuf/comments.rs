//! Comments by the place of what they are about.
use std::collections::HashMap;

use prost_types::FileDescriptorProto;

/// Comments of a file.
pub(super) struct Comments<'f>(HashMap<&'f [i32], &'f str>);

impl<'f> Comments<'f> {
    pub(super) fn of(file: &'f FileDescriptorProto) -> Self {
        let places = file.source_code_info.iter().flat_map(|info| &info.location);
        let commented = places.filter_map(|place| {
            let text = place
                .leading_comments
                .as_deref()
                .or(place.trailing_comments.as_deref())?;
            Some((place.path.as_slice(), text))
        });
        Self(commented.collect())
    }

    /// Returns the comment at a place, without the space in front of its lines.
    pub(super) fn at(&self, path: &[i32]) -> Option<String> {
        let text = self.0.get(path)?;
        let lines: Vec<&str> = text
            .trim()
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end())
            .collect();
        Some(lines.join("\n"))
    }
}
