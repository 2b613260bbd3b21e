//! Problems as a compiler prints them: the message, the lines, what to do, and a repair.
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet};
use callboard_model::{Diagnostic, Fix, Severity};

use super::{Summary, excerpt, safe, sorted};

/// Prints problems for people, with the lines of their files and a summary at the end.
///
/// `sources` returns the text of a file by the name it has in the problems. A problem whose file cannot be
/// had, or has changed since, is printed without lines.
#[must_use]
pub fn human(
    diagnostics: &[Diagnostic],
    sources: &dyn Fn(&str) -> Option<String>,
    colour: bool,
) -> String {
    let renderer = if colour {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let mut out = String::new();
    let mut file = None;
    let mut source = None;
    for found in sorted(diagnostics) {
        if file != Some(&found.file) {
            source = sources(&found.file);
            file = Some(&found.file);
        }
        out.push_str(&one(found, source.as_deref(), &renderer));
        out.push_str("\n\n");
    }
    out.push_str(&Summary::of(diagnostics).to_string());
    out.push('\n');
    out
}

fn one(found: &Diagnostic, source: Option<&str>, renderer: &Renderer) -> String {
    let level = match found.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let message = safe::escaped(&found.message);
    let title = level.primary_title(message).id(safe::escaped(&found.code));
    let mut group = Group::with_title(title);
    let excerpt = found
        .span
        .zip(source)
        .and_then(|(span, source)| excerpt::cut(source, span));
    // The renderer counts the column from the lines it is given, unless it is told the place before.
    if excerpt.as_ref().is_none_or(|excerpt| !excerpt.has_start) {
        group = group.element(origin(found));
    }
    if let Some(excerpt) = &excerpt {
        let snippet = Snippet::source(excerpt.text.as_str())
            .line_start(excerpt.line)
            .fold(false);
        let path = excerpt.has_start.then(|| safe::escaped(&found.file));
        let annotation = AnnotationKind::Primary.span(excerpt.range.clone());
        group = group.element(snippet.path(path).annotation(annotation));
    }
    let is_repeated = found
        .fix
        .as_ref()
        .is_some_and(|fix| found.help.as_ref() == Some(&fix.title));
    if let Some(help) = found.help.as_ref().filter(|_| !is_repeated) {
        let lines: Vec<_> = help.split('\n').map(safe::escaped).collect();
        group = group.element(Level::HELP.message(lines.join("\n")));
    }
    let mut groups = vec![group];
    groups.extend(found.fix.as_ref().map(|fix| repair(fix, source)));
    renderer.render(&groups)
}

fn origin(found: &Diagnostic) -> Origin<'static> {
    let origin = Origin::path(safe::escaped(&found.file));
    match found.span {
        Some(span) => origin
            .line(span.start.line as usize)
            .char_column(span.start.column as usize),
        None => origin,
    }
}

/// A repair is shown as a change of lines, or named alone when it is too large for that.
fn repair<'a>(fix: &Fix, source: Option<&str>) -> Group<'a> {
    let title = safe::escaped(&fix.title);
    let excerpt = source.and_then(|source| excerpt::cut(source, fix.span));
    match excerpt.filter(|excerpt| excerpt.is_whole) {
        Some(excerpt) => {
            let lines: Vec<_> = fix.replacement.split('\n').map(safe::replaced).collect();
            let mut replacement = lines.join("\n");
            // The line break at the end of whole lines is not part of the excerpt.
            if replacement.ends_with('\n') && !excerpt.text[excerpt.range.clone()].ends_with('\n') {
                replacement.pop();
            }
            let snippet = Snippet::source(excerpt.text).line_start(excerpt.line);
            let patch = Patch::new(excerpt.range, replacement);
            Group::with_title(Level::HELP.secondary_title(title)).element(snippet.patch(patch))
        }
        None => {
            Group::with_title(Level::HELP.secondary_title(format!("{title} ({})", change(fix))))
        }
    }
}

/// Names a repair that is not shown: its new text if that is short, otherwise its lines.
fn change(fix: &Fix) -> String {
    const SHORT: usize = 60;
    let (first, last) = (fix.span.start.line, fix.span.end.line);
    if first != last {
        return format!("lines {first} to {last}");
    }
    if fix.replacement.len() > SHORT || fix.replacement.trim().is_empty() {
        return format!("line {first}");
    }
    format!("line {first}: `{}`", safe::escaped(&fix.replacement))
}
