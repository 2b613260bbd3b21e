//! A walk over relations, nearest entities first, bounded in how many it looks at.
use std::collections::{HashMap, VecDeque};

use callboard_catalog::index::EntityId;
use callboard_model::dependency::Sense;

use super::look::{Look, Node};

/// Entities that are reached at most.
const NODES: usize = 20_000;

/// Relations that are looked at, at most.
const STEPS: usize = 300_000;

/// Which relations to follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// To what is needed.
    Out,
    /// To what needs it.
    In,
    /// To what is needed by what is needed, and to what needs what needs it.
    Both,
    /// All of them at every step.
    Any,
}

impl From<&str> for Direction {
    fn from(word: &str) -> Self {
        match word.to_ascii_lowercase().as_str() {
            "out" => Self::Out,
            "in" => Self::In,
            "any" => Self::Any,
            _ => Self::Both,
        }
    }
}

/// How far to go, and where.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ask<'a> {
    pub(super) depth: u32,
    pub(super) direction: Direction,
    /// In any case; empty for every kind.
    pub(super) kinds: &'a [String],
    /// In any case; empty for every type.
    pub(super) relations: &'a [String],
}

impl Ask<'_> {
    /// What is one relation away.
    pub(super) fn neighbours() -> Self {
        Self {
            depth: 1,
            direction: Direction::Any,
            kinds: &[],
            relations: &[],
        }
    }

    pub(super) fn without_filters(self) -> Self {
        Self {
            kinds: &[],
            relations: &[],
            ..self
        }
    }
}

/// What was reached.
#[derive(Debug)]
pub(super) struct Reached {
    pub(super) node: Node,
    /// How many relations away.
    pub(super) distance: u32,
    /// The step by which it was reached; none for what it began with.
    pub(super) by: Option<Step>,
    /// Whether it is needed by what it began with.
    pub(super) is_needed: bool,
    /// Whether it needs what it began with.
    pub(super) needs: bool,
}

/// A relation that was followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Step {
    /// Number of the entity that has the relation.
    pub(super) from: usize,
    /// Number of its other end.
    pub(super) to: usize,
    /// Number of the type.
    pub(super) sense: usize,
}

/// All that was reached, and how.
#[derive(Debug, Default)]
pub(super) struct Walk {
    /// Those it began with, and then the others.
    pub(super) nodes: Vec<Reached>,
    /// How many it began with.
    pub(super) roots: usize,
    pub(super) steps: Vec<Step>,
    pub(super) senses: Vec<Sense>,
    /// False when it ended early.
    pub(super) complete: bool,
    numbers: HashMap<Node, usize>,
}

/// One part of a walk: which ways it goes.
#[derive(Debug, Clone, Copy)]
struct Pass {
    out: bool,
    back: bool,
}

impl Walk {
    pub(super) fn from(look: &Look<'_>, roots: &[EntityId], ask: &Ask<'_>) -> Self {
        let types = look.index.relation_types();
        let mut walk = Self {
            roots: roots.len(),
            senses: types.iter().map(|name| Sense::of(name)).collect(),
            complete: true,
            ..Self::default()
        };
        for root in roots {
            walk.number(&Node::Here(*root));
        }
        let pass = |out, back| Pass { out, back };
        let passes = match ask.direction {
            Direction::Out => vec![pass(true, false)],
            Direction::In => vec![pass(false, true)],
            Direction::Both => vec![pass(true, false), pass(false, true)],
            Direction::Any => vec![pass(true, true)],
        };
        for pass in passes {
            walk.follow(look, &types, ask, pass);
        }
        walk
    }

    fn follow(&mut self, look: &Look<'_>, types: &[&str], ask: &Ask<'_>, pass: Pass) {
        let wanted: Vec<usize> = (0..types.len())
            .filter(|sense| {
                let needs = self.senses[*sense].needs;
                let goes = if needs { pass.out } else { pass.back };
                goes && is_wanted(ask.relations, types[*sense])
            })
            .collect();
        // Made once: every entity is asked for every type.
        let keys: Vec<String> = types.iter().map(|one| format!("relations.{one}")).collect();
        // By number; those that this pass has not reached have the highest.
        let mut distances: Vec<u32> = vec![0; self.roots];
        let mut open: VecDeque<usize> = (0..self.roots).collect();
        while let Some(from) = open.pop_front() {
            let distance = distances[from];
            let Node::Here(id) = self.nodes[from].node else {
                continue;
            };
            if distance == ask.depth {
                continue;
            }
            for sense in &wanted {
                for target in look.index.values(id, &keys[*sense]) {
                    if self.steps.len() == STEPS {
                        self.complete = false;
                        return;
                    }
                    let Some(to) = self.end(look, target, ask) else {
                        continue;
                    };
                    let step = Step {
                        from,
                        to,
                        sense: *sense,
                    };
                    self.steps.push(step);
                    if distances.len() <= to {
                        distances.resize(to + 1, u32::MAX);
                    }
                    if distances[to] == u32::MAX {
                        distances[to] = distance + 1;
                        self.arrive(step, distance + 1);
                        open.push_back(to);
                    }
                }
            }
        }
    }

    /// Returns the number of the other end of a relation, unless it is not wanted or one too many.
    fn end(&mut self, look: &Look<'_>, target: &str, ask: &Ask<'_>) -> Option<usize> {
        let kind = target.split(':').next().unwrap_or_default();
        if !is_wanted(ask.kinds, kind) {
            return None;
        }
        let node = look.end(target)?;
        if self.nodes.len() == NODES && !self.numbers.contains_key(&node) {
            self.complete = false;
            return None;
        }
        Some(self.number(&node))
    }

    fn number(&mut self, node: &Node) -> usize {
        if let Some(number) = self.numbers.get(node) {
            return *number;
        }
        let number = self.nodes.len();
        self.nodes.push(Reached {
            node: node.clone(),
            distance: if number < self.roots { 0 } else { u32::MAX },
            by: None,
            is_needed: false,
            needs: false,
        });
        self.numbers.insert(node.clone(), number);
        number
    }

    fn arrive(&mut self, step: Step, distance: u32) {
        let needs = self.senses[step.sense].needs;
        let reached = &mut self.nodes[step.to];
        reached.is_needed |= needs;
        reached.needs |= !needs;
        if distance < reached.distance {
            reached.distance = distance;
            reached.by = Some(step);
        }
    }
}

fn is_wanted(list: &[String], one: &str) -> bool {
    list.is_empty() || list.iter().any(|wanted| wanted.eq_ignore_ascii_case(one))
}
