//! Entities that are, by way of others, part of themselves.
use std::collections::{BTreeMap, HashMap, HashSet};

use callboard_diagnostics::codes;
use callboard_model::Diagnostic;

use super::graph::{Member, by_reference, neighbours};

/// Most entities of a circle that a message names.
const NAMED: usize = 5;

/// Reports each circle of parents once, at its alphabetically first entity.
pub(super) fn lint(members: &[Member<'_>], found: &mut Vec<Diagnostic>) {
    let known = by_reference(members);
    for (forward, reverse) in [("partOf", "hasPart"), ("childOf", "parentOf")] {
        let up = neighbours(members, forward, reverse);
        for circle in circles(&known, &up) {
            let Some(first) = known.get(circle[0]) else {
                continue;
            };
            let on_the_way = |target: &str| circle.contains(&target);
            let edge = first.draft.edges.iter().find(|edge| {
                [forward, reverse].contains(&edge.rule.forward) && on_the_way(&edge.target)
            });
            let span = edge.and_then(|edge| edge.span).or(first.draft.name_span);
            let mut way = circle[1..].iter().take(NAMED).copied().collect::<Vec<_>>();
            if circle.len() > NAMED + 1 {
                way.push("…");
            }
            let message = format!(
                "{} is above itself, by way of {}",
                circle[0],
                way.join(", ")
            );
            let problem = first.problem(codes::CAT_CIRCLE, span, message);
            found.push(problem.with_help("remove one of the references of this circle"));
        }
    }
}

/// Finds circles of two or more by walking upwards; each entity is walked from once.
fn circles<'a>(
    known: &BTreeMap<&'a str, Member<'a>>,
    up: &HashMap<&'a str, Vec<&'a str>>,
) -> Vec<Vec<&'a str>> {
    let mut done: HashSet<&str> = HashSet::new();
    let mut found = Vec::new();
    for start in known.keys() {
        // The way from the start to where we are, with how many neighbours of each have been tried.
        let mut way: Vec<(&str, usize)> = Vec::new();
        let mut on_way: HashMap<&str, usize> = HashMap::new();
        if done.insert(start) {
            on_way.insert(start, 0);
            way.push((start, 0));
        }
        while let Some((here, tried)) = way.last_mut() {
            let next = up.get(here).and_then(|all| all.get(*tried)).copied();
            *tried += 1;
            match next {
                None => {
                    on_way.remove(*here);
                    way.pop();
                }
                Some(next) => {
                    if let Some(at) = on_way.get(next) {
                        let circle: Vec<&str> = way[*at..].iter().map(|(name, _)| *name).collect();
                        if circle.len() > 1 {
                            found.push(from_first(circle));
                        }
                    } else if done.insert(next) {
                        on_way.insert(next, way.len());
                        way.push((next, 0));
                    }
                }
            }
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// Turns a circle so that its first name in the alphabet comes first.
fn from_first(mut circle: Vec<&str>) -> Vec<&str> {
    let first = circle
        .iter()
        .enumerate()
        .min_by_key(|(_, name)| **name)
        .map_or(0, |(at, _)| at);
    circle.rotate_left(first);
    circle
}
