//! Annotations that are misspelled, deprecated, of the wrong form, or not the author's to set.
use callboard_diagnostics::{Entry, Node, codes};
use callboard_model::{
    Diagnostic, annotation,
    validate::{format::is_script_url, nearest::nearest},
};

use super::{Sheet, well_known::WELL_KNOWN};

/// Annotations that Backstage has replaced, with what replaces them; an empty text means that it is not a rename.
const DEPRECATED: &[(&str, &str, &str)] = &[
    (
        "backstage.io/github-actions-id",
        "github.com/project-slug",
        "use github.com/project-slug",
    ),
    (
        "jenkins.io/github-folder",
        "jenkins.io/job-full-name",
        "use jenkins.io/job-full-name",
    ),
    (
        "backstage.io/definition-at-location",
        "",
        "put the place of the file into spec.definition as $text",
    ),
];

/// Looks at every annotation of a document.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    let (map, is_there) = sheet.root.pointer("/metadata/annotations");
    for entry in map.entries().iter().filter(|_| is_there) {
        found.extend(key(sheet, map, entry));
        if let Some(value) = entry.value.as_str() {
            found.extend(form(sheet, entry, value));
        }
    }
}

fn key(sheet: &Sheet<'_>, map: &Node, entry: &Entry) -> Option<Diagnostic> {
    let name = entry.key.as_str();
    if [annotation::LOCATION, annotation::ORIGIN_LOCATION].contains(&name) {
        let message = format!("the catalog sets {name} itself; this value is not used");
        let mut problem = sheet
            .problem(codes::CAT_ANNOTATION_OVERWRITTEN, entry.key_span, message)
            .with_help("remove the annotation");
        problem.fix = sheet.remove_entry(map, name);
        return Some(problem);
    }
    if let Some((_, better, help)) = DEPRECATED.iter().find(|(old, ..)| *old == name) {
        let message = format!("the annotation {name} is deprecated");
        let mut problem = sheet
            .problem(codes::CAT_DEPRECATED_ANNOTATION, entry.key_span, message)
            .with_help(*help);
        problem.fix = Some(better)
            .filter(|better| !better.is_empty() && map.get(better).is_none())
            .and_then(|better| sheet.rename(entry, better));
        return Some(problem);
    }
    let meant = meant(name).filter(|meant| map.get(meant).is_none())?;
    let message = format!("nothing reads the annotation {name}");
    let mut problem = sheet
        .problem(codes::CAT_ANNOTATION_SPELLING, entry.key_span, message)
        .with_help(format!("did you mean {meant}?"));
    problem.fix = sheet.rename(entry, meant);
    Some(problem)
}

/// Returns the well-known annotation that a key is a misspelling of: its domain or its name must be right.
fn meant(key: &str) -> Option<&'static str> {
    let (domain, name) = key.split_once('/').filter(|_| !WELL_KNOWN.contains(&key))?;
    let mut near: Vec<&'static str> = Vec::new();
    for known in WELL_KNOWN {
        let (known_domain, known_name) = known.split_once('/')?;
        let is_near = (known_domain == domain && nearest(name, &[known_name]).is_some())
            || (known_name == name && nearest(domain, &[known_domain]).is_some());
        if is_near {
            near.push(known);
        }
    }
    // A domain that is known as it stands is not a misspelling of another one.
    let is_domain = WELL_KNOWN
        .iter()
        .any(|known| known.split('/').next() == Some(domain));
    near.retain(|known| !is_domain || known.split('/').next() == Some(domain));
    match near[..] {
        [only] => Some(only),
        _ => None,
    }
}

fn form(sheet: &Sheet<'_>, entry: &Entry, value: &str) -> Option<Diagnostic> {
    match entry.key.as_str() {
        "backstage.io/techdocs-ref" => techdocs(sheet, &entry.value, value),
        annotation::SOURCE_LOCATION => source_location(sheet, &entry.value, value),
        annotation::VIEW_URL | annotation::EDIT_URL if is_script_url(value) => Some(
            sheet
                .problem(
                    codes::CAT_SCRIPT_ANNOTATION,
                    entry.value.span,
                    format!("{} would run a script, so another URL is shown", entry.key),
                )
                .with_help("use an https URL"),
        ),
        "github.com/project-slug" => slug(sheet, entry, value, 2..=2),
        "gitlab.com/project-slug" => slug(sheet, entry, value, 2..=20),
        _ => None,
    }
}

fn techdocs(sheet: &Sheet<'_>, node: &Node, value: &str) -> Option<Diagnostic> {
    if let Some(folder) = value.strip_prefix("dir:") {
        return techdocs_folder(sheet, node, folder);
    }
    if value.starts_with("url:") {
        return None;
    }
    let meant = if is_web(value) {
        Some(format!("url:{value}"))
    } else if value == "." || value.starts_with("./") {
        Some(format!("dir:{value}"))
    } else {
        None
    };
    let message = format!("\"{value}\" does not say whether the documentation is a dir or a url");
    let mut problem = sheet
        .problem(codes::CAT_TECHDOCS_REF, node.span, message)
        .with_help("write dir:. for the folder of this file, or url: and a URL");
    problem.fix =
        meant.and_then(|meant| sheet.replace(node.span, &meant, format!("Write {meant}")));
    Some(problem)
}

fn techdocs_folder(sheet: &Sheet<'_>, node: &Node, folder: &str) -> Option<Diagnostic> {
    let path = crate::location::join(sheet.folder?, folder);
    (!path.is_dir()).then(|| {
        let message = format!("there is no folder {folder} beside this file");
        sheet
            .problem(codes::CAT_TECHDOCS_FOLDER, node.span, message)
            .with_help("the folder that has mkdocs.yml is meant, relative to this file")
    })
}

fn source_location(sheet: &Sheet<'_>, node: &Node, value: &str) -> Option<Diagnostic> {
    let has_type = value
        .split_once(':')
        .is_some_and(|(kind, rest)| !kind.is_empty() && !rest.is_empty() && !is_web(value));
    if has_type {
        return None;
    }
    let meant = is_web(value).then(|| format!("url:{value}"));
    let message = format!("\"{value}\" is not a location, which has a type such as url: in front");
    let mut problem = sheet
        .problem(codes::CAT_SOURCE_LOCATION, node.span, message)
        .with_help("write url: and the URL of the folder, with a slash at its end");
    problem.fix =
        meant.and_then(|meant| sheet.replace(node.span, &meant, format!("Write {meant}")));
    Some(problem)
}

fn slug(
    sheet: &Sheet<'_>,
    entry: &Entry,
    value: &str,
    parts: std::ops::RangeInclusive<usize>,
) -> Option<Diagnostic> {
    let is_part = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.'))
    };
    let is_slug =
        |text: &str| parts.contains(&text.split('/').count()) && text.split('/').all(is_part);
    if is_slug(value) {
        return None;
    }
    let host = entry.key.split('/').next().unwrap_or_default();
    let meant = value
        .strip_prefix("https://")
        .and_then(|rest| rest.strip_prefix(host))
        .map(|rest| rest.trim_matches('/').trim_end_matches(".git"))
        .filter(|rest| is_slug(rest));
    let message = format!("\"{value}\" is not a project such as owner/repository");
    let mut problem = sheet
        .problem(codes::CAT_PROJECT_SLUG, entry.value.span, message)
        .with_help("write the owner and the repository, without the host");
    problem.fix =
        meant.and_then(|meant| sheet.replace(entry.value.span, meant, format!("Write {meant}")));
    Some(problem)
}

fn is_web(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}
