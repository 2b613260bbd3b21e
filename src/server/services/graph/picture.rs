//! The drawing: what of a walk is drawn, how large, and where.
use std::collections::BTreeMap;

use callboard_graph::{Direction, Edge, Options, Point, Size, Way, layout};
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

/// Draws the nearest entities of a walk.
pub(super) fn large(look: &Look<'_>, walk: &Walk, query: &GraphQuery) -> Picture {
    let mut nearest: Vec<usize> = (0..walk.nodes.len()).collect();
    nearest.sort_by_key(|node| walk.nodes[*node].distance);
    nearest.truncate(DRAWN);
    let direction = match query.layout.as_str() {
        "RL" => Direction::RightLeft,
        "TB" => Direction::TopBottom,
        "BT" => Direction::BottomTop,
        _ => Direction::LeftRight,
    };
    draw(look, walk, &nearest, &LARGE, (direction, query.unmerged))
}

/// Draws what is one relation away: some of each type of relation.
pub(super) fn small(look: &Look<'_>, walk: &Walk) -> Picture {
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
    draw(look, walk, &chosen, &SMALL, (Direction::LeftRight, false))
}

/// An arrow of the drawing with the names of its relations.
type Arrows = BTreeMap<(usize, usize), Vec<String>>;

fn draw(
    look: &Look<'_>,
    walk: &Walk,
    chosen: &[usize],
    scale: &Scale,
    (direction, unmerged): (Direction, bool),
) -> Picture {
    let mut arrows = arrows(walk, chosen, unmerged);
    let left_out = arrows.len().saturating_sub(EDGES);
    while arrows.len() > EDGES {
        // The farthest have the highest numbers.
        arrows.pop_last();
    }
    let has_texts = arrows.len() <= scale.texts;
    let nodes: Vec<PictureNode> = chosen
        .iter()
        .filter_map(|node| picture_node(look, walk, *node))
        .collect();
    let longest = nodes
        .iter()
        .map(|node| width_in_letters(&node.label.title))
        .max();
    #[expect(clippy::cast_precision_loss, reason = "titles are short")]
    let width = scale.around + scale.letter * longest.unwrap_or_default() as f64;
    let size = Size {
        width: width.clamp(scale.width.0, scale.width.1),
        height: scale.height,
    };
    let edges: Vec<Edge> = arrows
        .iter()
        .map(|((from, to), names)| Edge {
            from: *from,
            to: *to,
            label: text_size(&text(names), has_texts),
        })
        .collect();
    let options = Options {
        direction,
        node_gap: scale.node_gap,
        rank_gap: scale.rank_gap,
        max_nodes: DRAWN,
        max_edges: EDGES,
    };
    // What is drawn was cut to what is admitted.
    let drawn = layout(&vec![size; nodes.len()], &edges, &options).unwrap_or_default();
    let nodes = nodes
        .into_iter()
        .zip(&drawn.nodes)
        .map(|(node, placed)| PictureNode {
            x: pixel(placed.corner.x + MARGIN),
            y: pixel(placed.corner.y + MARGIN),
            width: pixel(placed.size.width),
            height: pixel(placed.size.height),
            ..node
        });
    let edges = arrows
        .into_iter()
        .zip(&drawn.edges)
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
        });
    Picture {
        width: pixel(drawn.size.width + 2.0 * MARGIN),
        height: pixel(drawn.size.height + 2.0 * MARGIN),
        nodes: nodes.collect(),
        edges: edges.collect(),
        total: walk.nodes.len(),
        left_out,
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
