//! Metadata that says one thing twice.
use std::collections::HashSet;

use callboard_diagnostics::{Node, codes};
use callboard_model::Diagnostic;

use super::Sheet;

/// Looks at title, tags and links.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    let Some(metadata) = sheet.root.get("metadata") else {
        return;
    };
    found.extend(title(sheet, metadata));
    if let Some(tags) = metadata.get("tags") {
        repeated_tags(sheet, tags, found);
    }
    if let Some(links) = metadata.get("links") {
        repeated_links(sheet, links, found);
    }
}

fn title(sheet: &Sheet<'_>, metadata: &Node) -> Option<Diagnostic> {
    let title = metadata.get("title")?;
    let name = metadata.get("name")?.as_str()?;
    (title.as_str()? == name).then(|| {
        let mut problem = sheet
            .problem(
                codes::CAT_TITLE_IS_NAME,
                title.span,
                "the title is the name, which is shown anyway",
            )
            .with_help("remove the title, or write what people call it");
        problem.fix = sheet.remove_entry(metadata, "title");
        problem
    })
}

fn repeated_tags(sheet: &Sheet<'_>, tags: &Node, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for (at, tag) in tags.items().iter().enumerate() {
        let Some(text) = tag.as_str().filter(|text| !seen.insert(*text)) else {
            continue;
        };
        let message = format!("the tag {text} is given twice");
        let mut problem = sheet
            .problem(codes::CAT_REPEATED_TAG, tag.span, message)
            .with_help("remove one of them");
        problem.fix = sheet.remove_item(tags, at);
        found.push(problem);
    }
}

fn repeated_links(sheet: &Sheet<'_>, links: &Node, found: &mut Vec<Diagnostic>) {
    let mut seen = HashSet::new();
    for link in links.items() {
        let Some(url) = link.get("url") else { continue };
        let Some(text) = url.as_str().filter(|text| !seen.insert(*text)) else {
            continue;
        };
        let message = format!("another link leads to {text} as well");
        let problem = sheet.problem(codes::CAT_REPEATED_LINK, url.span, message);
        found.push(problem.with_help("keep the one with the better title"));
    }
}
