//! The drawing: what of a walk is drawn, how large, and where.
use std::collections::BTreeMap;

use callboard_graph::{Direction, Edge, Layout, Options, Point, Size, Way, layout};
use callboard_model::{
    dependency::Sense,
    view::{GraphQuery, Picture, PictureEdge, PictureNode},
};

use super::{DRAWN, DRAWN_SMALL, look::Look, walk::Walk};

/// Room around the drawing.
const MARGIN: f64 = 16.0;

/// With more edges, texts beside them would hide each other.
const TEXTS: usize = 40;

/// Edges that are drawn.
const EDGES: usize = 2000;

/// Width of a letter of an edge's text.
const LETTER: f64 = 6.4;

/// How large things are.
struct Scale {
    height: f64,
    /// Least and most.
    width: (f64, f64),
    /// Width of a letter of a title.
    letter: f64,
    /// What of the width is no title.
    around: f64,
    node_gap: f64,
    rank_gap: f64,
    /// So many edges have a text at most.
    texts: usize,
}

impl Scale {
    /// Returns the size of every node: wide enough for the longest title, within limits.
    fn size(&self, nodes: &[PictureNode]) -> Size {
        let titles = nodes.iter().map(|node| &node.label.title);
        let longest = titles.map(|title| width_in_letters(title)).max();
        #[expect(clippy::cast_precision_loss, reason = "titles are short")]
        let width = self.around + self.letter * longest.unwrap_or_default() as f64;
        Size {
            width: width.clamp(self.width.0, self.width.1),
            height: self.height,
        }
    }

    fn options(&self, direction: Direction) -> Options {
        Options {
            direction,
            node_gap: self.node_gap,
            rank_gap: self.rank_gap,
            max_nodes: DRAWN,
            max_edges: EDGES,
        }
    }
}

const LARGE: Scale = Scale {
    height: 46.0,
    width: (150.0, 236.0),
    letter: 7.4,
    around: 50.0,
    node_gap: 16.0,
    rank_gap: 80.0,
    texts: TEXTS,
};

const SMALL: Scale = Scale {
    height: 34.0,
    width: (110.0, 172.0),
    letter: 7.0,
    around: 42.0,
    node_gap: 10.0,
    rank_gap: 48.0,
    texts: 0,
};

/// Sketches the nearest entities of a walk.
pub(super) fn large(look: &Look<'_>, walk: &Walk, query: &GraphQuery) -> Sketch {
    let mut nearest: Vec<usize> = (0..walk.nodes.len()).collect();
    nearest.sort_by_key(|node| walk.nodes[*node].distance);
    nearest.truncate(DRAWN);
    let direction = match query.layout.as_str() {
        "RL" => Direction::RightLeft,
        "TB" => Direction::TopBottom,
        "BT" => Direction::BottomTop,
        _ => Direction::LeftRight,
    };
    sketch(look, walk, &nearest, &LARGE, (direction, query.unmerged))
}

/// Sketches what is one relation away: some of each type of relation.
pub(super) fn small(look: &Look<'_>, walk: &Walk) -> Sketch {
    let mut by_sense: BTreeMap<(usize, usize), Vec<usize>> = BTreeMap::new();
    for (node, reached) in walk.nodes.iter().enumerate() {
        if let Some(by) = reached.by {
            let order = walk.senses[by.sense].order;
            by_sense.entry((order, by.sense)).or_default().push(node);
        }
    }
    let longest = by_sense.values().map(Vec::len).max().unwrap_or_default();
    let in_turn =
        (0..longest).flat_map(|turn| by_sense.values().filter_map(move |all| all.get(turn)));
    let mut chosen: Vec<usize> = (0..walk.roots).chain(in_turn.copied()).collect();
    chosen.truncate(DRAWN_SMALL);
    sketch(look, walk, &chosen, &SMALL, (Direction::LeftRight, false))
}

/// An arrow of the drawing with the names of its relations.
type Arrows = BTreeMap<(usize, usize), Vec<String>>;

/// What is to be drawn, with texts of its own: its places are found when the index is free for writers again.
#[derive(Debug)]
pub(super) struct Sketch {
    nodes: Vec<PictureNode>,
    arrows: Arrows,
    /// Of each node.
    size: Size,
    options: Options,
    /// Whether there are texts beside the arrows.
    has_texts: bool,
    /// How many entities there are in all.
    total: usize,
    /// How many arrows are not drawn.
    left_out: usize,
}

impl Sketch {
    /// Finds the place of everything. This takes long for a large drawing.
    pub(super) fn laid_out(self) -> Picture {
        let sizes = vec![self.size; self.nodes.len()];
        // What is drawn was cut to what is admitted.
        let drawn = layout(&sizes, &self.edges(), &self.options).unwrap_or_default();
        Picture {
            width: pixel(drawn.size.width + 2.0 * MARGIN),
            height: pixel(drawn.size.height + 2.0 * MARGIN),
            nodes: placed_nodes(self.nodes, &drawn),
            edges: placed_edges(self.arrows, &drawn, self.has_texts),
            total: self.total,
            left_out: self.left_out,
        }
    }

    fn edges(&self) -> Vec<Edge> {
        let arrows = self.arrows.iter();
        arrows
            .map(|((from, to), names)| Edge {
                from: *from,
                to: *to,
                label: text_size(&text(names), self.has_texts),
            })
            .collect()
    }
}

fn placed_nodes(nodes: Vec<PictureNode>, drawn: &Layout) -> Vec<PictureNode> {
    let nodes = nodes.into_iter().zip(&drawn.nodes);
    nodes
        .map(|(node, placed)| PictureNode {
            x: pixel(placed.corner.x + MARGIN),
            y: pixel(placed.corner.y + MARGIN),
            width: pixel(placed.size.width),
            height: pixel(placed.size.height),
            ..node
        })
        .collect()
}

fn placed_edges(arrows: Arrows, drawn: &Layout, has_texts: bool) -> Vec<PictureEdge> {
    let arrows = arrows.into_iter().zip(&drawn.edges);
    arrows
        .map(|(((from, to), names), way)| {
            let text = has_texts.then(|| text(&names));
            PictureEdge {
                from: u32::try_from(from).unwrap_or_default(),
                to: u32::try_from(to).unwrap_or_default(),
                path: curve(way),
                names,
                text,
                text_x: pixel(way.label.x + MARGIN),
                text_y: pixel(way.label.y + MARGIN),
            }
        })
        .collect()
}

/// Takes out of the index what is drawn.
fn sketch(
    look: &Look<'_>,
    walk: &Walk,
    chosen: &[usize],
    scale: &Scale,
    (direction, unmerged): (Direction, bool),
) -> Sketch {
    let mut arrows = arrows(walk, chosen, unmerged);
    let left_out = arrows.len().saturating_sub(EDGES);
    while arrows.len() > EDGES {
        // The farthest have the highest numbers.
        arrows.pop_last();
    }
    let nodes: Vec<PictureNode> = chosen
        .iter()
        .filter_map(|node| picture_node(look, walk, *node))
        .collect();
    Sketch {
        size: scale.size(&nodes),
        options: scale.options(direction),
        has_texts: arrows.len() <= scale.texts,
        total: walk.nodes.len(),
        left_out,
        nodes,
        arrows,
    }
}

/// Returns the arrows between what is drawn, from what needs to what is needed.
fn arrows(walk: &Walk, chosen: &[usize], unmerged: bool) -> Arrows {
    let mut places = vec![None; walk.nodes.len()];
    for (place, node) in chosen.iter().enumerate() {
        places[*node] = Some(place);
    }
    let mut arrows = Arrows::new();
    let mut add = |from: usize, to: usize, name: String| {
        let names: &mut Vec<String> = arrows.entry((from, to)).or_default();
        if !names.contains(&name) {
            names.push(name);
        }
    };
    for step in &walk.steps {
        let (Some(from), Some(to)) = (places[step.from], places[step.to]) else {
            continue;
        };
        let sense = &walk.senses[step.sense];
        let (from, to) = if sense.needs { (from, to) } else { (to, from) };
        let (name, inverse) = both_names(sense);
        match inverse {
            Some(inverse) if unmerged => {
                add(from, to, name);
                add(to, from, inverse);
            }
            Some(inverse) => add(from, to, format!("{name} / {inverse}")),
            None => add(from, to, name),
        }
    }
    arrows
}

/// Returns what the one that needs the other calls a relation, and what the other calls it.
fn both_names(sense: &Sense) -> (String, Option<String>) {
    match sense.inverse {
        Some(inverse) if sense.needs => (sense.name.clone(), Some(inverse.to_owned())),
        Some(inverse) => (inverse.to_owned(), Some(sense.name.clone())),
        None => (sense.name.clone(), None),
    }
}

fn picture_node(look: &Look<'_>, walk: &Walk, node: usize) -> Option<PictureNode> {
    let reached = &walk.nodes[node];
    Some(PictureNode {
        label: look.name(&reached.node)?,
        entity_type: look.value(&reached.node, "spec.type"),
        distance: reached.distance,
        x: 0,
        y: 0,
        width: 0,
        height: 0,
    })
}

/// Returns the text beside an arrow: what the one that needs the other calls each relation.
fn text(names: &[String]) -> String {
    let first = names.iter().filter_map(|name| name.split(" / ").next());
    first.collect::<Vec<_>>().join(", ")
}

fn text_size(text: &str, is_shown: bool) -> Size {
    if !is_shown {
        return Size::default();
    }
    #[expect(clippy::cast_precision_loss, reason = "texts are short")]
    let width = text.chars().count() as f64 * LETTER;
    Size {
        width,
        height: 18.0,
    }
}

/// Returns the width of a text in letters; those of East Asian scripts are twice as wide.
fn width_in_letters(text: &str) -> usize {
    let wide =
        |c: char| ('\u{1100}'..='\u{ffdc}').contains(&c) && !('\u{1e00}'..='\u{2e7f}').contains(&c);
    text.chars().map(|c| if wide(c) { 2 } else { 1 }).sum()
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a drawing has far less than two thousand million pixels"
)]
fn pixel(length: f64) -> i32 {
    length.round() as i32
}

/// Returns the curve of an edge as SVG has it.
fn curve(way: &Way) -> String {
    let spot = |point: &Point| format!("{} {}", pixel(point.x + MARGIN), pixel(point.y + MARGIN));
    let mut points = way.points.iter();
    let mut path = points
        .next()
        .map_or_else(String::new, |start| format!("M{}", spot(start)));
    for (at, point) in points.enumerate() {
        path.push(if at % 3 == 0 { 'C' } else { ' ' });
        path.push_str(&spot(point));
    }
    path
}

#[cfg(test)]
mod tests {
    use callboard_model::{EntityRef, view::EntityLabel};

    use super::*;

    fn node(name: &str) -> PictureNode {
        PictureNode {
            label: EntityLabel {
                entity_ref: EntityRef::new("component", "default", name),
                kind: "Component".to_owned(),
                title: name.to_owned(),
                exists: true,
            },
            entity_type: None,
            distance: 0,
            x: 0,
            y: 0,
            width: 0,
            height: 0,
        }
    }

    #[test]
    fn a_sketch_is_laid_out_on_its_own() {
        let nodes = vec![node("first"), node("second")];
        let names = vec!["dependsOn / dependencyOf".to_owned()];
        let sketch = Sketch {
            size: LARGE.size(&nodes),
            options: LARGE.options(Direction::LeftRight),
            nodes,
            arrows: Arrows::from([((0, 1), names.clone())]),
            has_texts: true,
            total: 7,
            left_out: 3,
        };
        let picture = sketch.laid_out();
        assert_eq!((picture.total, picture.left_out), (7, 3));
        let [first, second] = &picture.nodes[..] else {
            panic!("both nodes are drawn: {:?}", picture.nodes);
        };
        assert_eq!(first.label.title, "first");
        assert!(second.x >= first.x + first.width, "{first:?} {second:?}");
        let [edge] = &picture.edges[..] else {
            panic!("the arrow is drawn: {:?}", picture.edges);
        };
        assert_eq!((edge.from, edge.to, &edge.names), (0, 1, &names));
        assert_eq!(edge.text.as_deref(), Some("dependsOn"));
        assert!(edge.path.starts_with('M'), "{}", edge.path);
    }
}
