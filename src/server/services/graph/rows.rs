//! The table: what was reached by type of relation, with the way to it, and what there is to filter by.
use std::collections::{BTreeMap, HashSet};

use callboard_model::{
    relation,
    view::{FacetValue, GraphQuery, GraphView, Reach, RelatedGroup, RelatedRow},
};

use super::{
    PAGE_SIZE,
    look::{Look, Node},
    walk::{Step, Walk},
};

/// Returns the steps that make rows: every relation of what it began with, and for what is farther away the one by which
/// it was reached. Each is there once.
fn steps(walk: &Walk) -> Vec<Step> {
    let mut seen = HashSet::new();
    let direct = walk.steps.iter().filter(|step| step.from < walk.roots);
    let direct: Vec<Step> = direct
        .filter(|step| seen.insert((step.sense, step.to)))
        .copied()
        .collect();
    let far = walk.nodes.iter().filter(|reached| reached.distance > 1);
    direct
        .into_iter()
        .chain(far.filter_map(|reached| reached.by))
        .collect()
}

fn distance(walk: &Walk, step: Step) -> u32 {
    if step.from < walk.roots {
        1
    } else {
        walk.nodes[step.to].distance
    }
}

/// Puts one page of rows into the answer.
pub(super) fn fill(look: &Look<'_>, walk: &Walk, page: u32, view: &mut GraphView) {
    let mut rows: Vec<_> = steps(walk)
        .into_iter()
        .map(|step| {
            let sense = &walk.senses[step.sense];
            let name = look.sort_name(&walk.nodes[step.to].node);
            let key = (sense.order, &sense.name, distance(walk, step), name);
            (key, step)
        })
        .collect();
    rows.sort();
    let pages = rows.len().div_ceil(PAGE_SIZE).max(1);
    let page = (page.max(1) as usize).min(pages);
    let shown = rows.iter().skip((page - 1) * PAGE_SIZE).take(PAGE_SIZE);
    for (_, step) in shown {
        let name = &walk.senses[step.sense].name;
        if view.groups.last().map(|group| &group.relation_type) != Some(name) {
            view.groups.push(RelatedGroup {
                relation_type: name.clone(),
                title: relation::title(name),
                rows: Vec::new(),
                total: rows
                    .iter()
                    .filter(|(_, other)| other.sense == step.sense)
                    .count(),
            });
        }
        let group = view.groups.last_mut();
        if let (Some(group), Some(row)) = (group, row(look, walk, *step)) {
            group.rows.push(row);
        }
    }
    view.total = rows.len();
    view.page = u32::try_from(page).unwrap_or(u32::MAX);
    view.pages = u32::try_from(pages).unwrap_or(u32::MAX);
}

fn row(look: &Look<'_>, walk: &Walk, step: Step) -> Option<RelatedRow> {
    let node = &walk.nodes[step.to].node;
    let mut path = Vec::new();
    let mut at = step.from;
    // A way is never longer than the depth.
    while at >= walk.roots
        && let Some(by) = walk.nodes[at].by
    {
        path.extend(look.name(&walk.nodes[at].node));
        at = by.from;
    }
    path.reverse();
    Some(RelatedRow {
        label: look.name(node)?,
        distance: distance(walk, step),
        path,
        owner: look.owner(node),
        lifecycle: look.value(node, "spec.lifecycle"),
    })
}

/// Counts what was reached.
pub(super) fn reach(look: &Look<'_>, walk: &Walk) -> Reach {
    let mut reach = Reach {
        complete: walk.complete,
        ..Reach::default()
    };
    let mut systems = HashSet::new();
    for reached in &walk.nodes[walk.roots..] {
        let direct = usize::from(reached.distance == 1);
        reach.all += 1;
        reach.missing += usize::from(matches!(reached.node, Node::Missing(_)));
        if reached.is_needed {
            reach.dependencies += 1;
            reach.direct_dependencies += direct;
        }
        if reached.needs {
            reach.dependents += 1;
            reach.direct_dependents += direct;
            systems.extend(own_systems(look, &reached.node));
        }
    }
    reach.systems = systems.len();
    reach
}

/// Returns the systems that something is, or is part of.
fn own_systems(look: &Look<'_>, node: &Node) -> Vec<Node> {
    let Node::Here(id) = node else {
        return Vec::new();
    };
    if look.reference(node).starts_with("system:") {
        return vec![node.clone()];
    }
    let wholes = look.index.related(*id, "partof");
    wholes
        .filter(|whole| whole.starts_with("system:"))
        .filter_map(|whole| look.end(whole))
        .collect()
}

/// Returns the kinds and the types of relations to filter by.
pub(super) fn facets(
    look: &Look<'_>,
    walk: &Walk,
    query: &GraphQuery,
) -> (Vec<FacetValue>, Vec<FacetValue>) {
    let mut kinds: BTreeMap<String, usize> = BTreeMap::new();
    for reached in &walk.nodes[walk.roots..] {
        let reference = look.reference(&reached.node);
        let kind = reference.split(':').next().unwrap_or_default();
        *kinds.entry(kind.to_owned()).or_default() += 1;
    }
    let mut types: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for step in steps(walk) {
        let sense = &walk.senses[step.sense];
        *types.entry((sense.order, sense.name.clone())).or_default() += 1;
    }
    let mut kinds: Vec<_> = kinds
        .into_iter()
        .map(|(kind, count)| (kind.clone(), kind, count))
        .collect();
    kinds.sort_by(|a, b| b.2.cmp(&a.2).then(a.0.cmp(&b.0)));
    let types = types
        .into_iter()
        .map(|((_, name), count)| (relation::title(&name), name, count))
        .collect();
    (values(kinds, &query.kind), values(types, &query.relation))
}

/// Makes values of labels, values and counts; what is chosen is there even if nothing has it.
fn values(found: Vec<(String, String, usize)>, chosen: &[String]) -> Vec<FacetValue> {
    let is_chosen = |value: &str| chosen.iter().any(|one| one.eq_ignore_ascii_case(value));
    let mut values: Vec<FacetValue> = found
        .into_iter()
        .map(|(label, value, count)| FacetValue {
            selected: is_chosen(&value),
            label,
            value,
            count,
        })
        .collect();
    for one in chosen {
        if !values
            .iter()
            .any(|value| value.value.eq_ignore_ascii_case(one))
        {
            values.push(FacetValue {
                value: one.clone(),
                label: one.clone(),
                count: 0,
                selected: true,
            });
        }
    }
    values
}
