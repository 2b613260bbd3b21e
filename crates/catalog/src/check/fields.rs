//! Fields whose name is a slip of the pen, or that stand in the wrong map.
use callboard_diagnostics::{Node, codes};
use callboard_model::{
    Diagnostic,
    kind::{self, Kind},
    validate::{METADATA_FIELDS, nearest::nearest},
};

use super::Sheet;

/// Fields of templates that the model of the catalog does not read.
const TEMPLATE_FIELDS: &[&str] = &["parameters", "output", "presentation"];

/// Fields of `metadata` that mean nothing in `spec`.
const ONLY_METADATA: &[&str] = &["annotations", "labels", "tags", "links"];

/// Looks at the names of fields.
pub(super) fn lint(sheet: &Sheet<'_>, found: &mut Vec<Diagnostic>) {
    let Some(kind) = sheet.kind() else { return };
    found.extend(kind_case(sheet, kind));
    let known = spec_fields(sheet, kind);
    if let Some(spec) = sheet.root.get("spec") {
        misspelled(sheet, "spec", spec, &known, found);
        let foreign = |key: &str| ONLY_METADATA.contains(&key) && !known.contains(&key);
        misplaced(sheet, spec, ("spec", "metadata"), foreign, found);
    }
    if let Some(metadata) = sheet.root.get("metadata") {
        misspelled(sheet, "metadata", metadata, METADATA_FIELDS, found);
        let foreign = |key: &str| known.contains(&key) && !METADATA_FIELDS.contains(&key);
        misplaced(sheet, metadata, ("metadata", "spec"), foreign, found);
    }
}

fn spec_fields(sheet: &Sheet<'_>, kind: &Kind) -> Vec<&'static str> {
    let Some(serde_json::Value::Object(spec)) = sheet.entity.get("spec") else {
        return kind.fields.iter().map(|field| field.name).collect();
    };
    let own = kind.fields_for(spec).map(|field| field.name);
    let more = TEMPLATE_FIELDS
        .iter()
        .copied()
        .filter(|_| kind.name == "Template");
    own.chain(more).collect()
}

fn kind_case(sheet: &Sheet<'_>, kind: &Kind) -> Option<Diagnostic> {
    let node = sheet.root.get("kind")?;
    let written = node.as_str().filter(|written| *written != kind.name)?;
    let message = format!(
        "Backstage knows the kind {}, and not \"{written}\"",
        kind.name
    );
    let mut problem = sheet
        .problem(codes::CAT_KIND_CASE, node.span, message)
        .with_help("it is read here, and refused there");
    problem.fix = sheet.replace(node.span, kind.name, format!("Write {}", kind.name));
    Some(problem)
}

fn misspelled(
    sheet: &Sheet<'_>,
    parent: &str,
    map: &Node,
    known: &[&'static str],
    found: &mut Vec<Diagnostic>,
) {
    let absent: Vec<&str> = known
        .iter()
        .copied()
        .filter(|name| map.get(name).is_none())
        .collect();
    for entry in map.entries() {
        if known.contains(&entry.key.as_str()) {
            continue;
        }
        let Some(meant) = nearest(&entry.key, &absent) else {
            continue;
        };
        let message = format!("nothing reads {parent}.{}", entry.key);
        let mut problem = sheet
            .problem(codes::CAT_FIELD_SPELLING, entry.key_span, message)
            .with_help(format!("did you mean {meant}?"));
        problem.fix = sheet.rename(entry, meant);
        found.push(problem);
    }
}

fn misplaced(
    sheet: &Sheet<'_>,
    map: &Node,
    (is_in, belongs_in): (&str, &str),
    is_foreign: impl Fn(&str) -> bool,
    found: &mut Vec<Diagnostic>,
) {
    for entry in map.entries().iter().filter(|entry| is_foreign(&entry.key)) {
        let message = format!(
            "nothing reads {is_in}.{0}, because {0} belongs in {belongs_in}",
            entry.key
        );
        let problem = sheet.problem(codes::CAT_FIELD_PLACE, entry.key_span, message);
        found.push(problem.with_help(format!("move it below {belongs_in}")));
    }
}

/// Returns the kind of an entity, if it is a known one.
impl Sheet<'_> {
    pub(super) fn kind(&self) -> Option<&'static Kind> {
        kind::find(self.entity.get("kind")?.as_str()?)
    }
}
