//! Reads all sources into one draft; everything that is wrong is collected.
use callboard_model::Diagnostic;

use crate::{Sources, draft::Draft};

mod built_in;
mod condition;
mod conditional;
mod csv;
mod document;
mod includes;
mod names;
mod params;
mod report;
mod role;
mod rule;

pub(crate) use built_in::{Mode, SUPER_ROLE, add as add_built_in};
pub(crate) use names::{ANONYMOUS, EVERYONE};
use report::Report;

/// Reads what the sources say.
pub(crate) fn read(sources: &Sources) -> (Draft, Vec<Diagnostic>) {
    let mut draft = Draft::default();
    let mut found = Vec::new();
    for source in &sources.policies {
        let mut report = Report::new(&source.file);
        document::read(source, &mut draft, &mut report);
        found.extend(report.finish());
    }
    if let Some(source) = &sources.csv {
        let mut report = Report::new(&source.file);
        csv::read(source, &mut draft, &mut report);
        found.extend(report.finish());
    }
    if let Some(source) = &sources.conditional {
        let mut report = Report::new(&source.file);
        conditional::read(source, &mut draft, &mut report);
        found.extend(report.finish());
    }
    let mut report = Report::new(built_in::CONFIGURATION);
    built_in::read_settings(&sources.settings, &mut draft, &mut report);
    found.extend(report.finish());
    found.extend(includes::check(&draft));
    (draft, in_order(sources, found))
}

/// Puts the problems in the order of the files and, in each, of the lines.
fn in_order(sources: &Sources, mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let files = sources
        .policies
        .iter()
        .chain(&sources.csv)
        .chain(&sources.conditional);
    let files: Vec<_> = files.map(|source| source.file.as_str()).collect();
    found.sort_by_cached_key(|problem| {
        let file = files.iter().position(|file| *file == problem.file);
        // What is about the file as a whole, such as that there are more problems, comes last.
        let line = problem.span.map_or(usize::MAX, |span| span.start.offset);
        (file.unwrap_or(files.len()), line)
    });
    found
}
