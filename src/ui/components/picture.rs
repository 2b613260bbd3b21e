//! A drawing of entities and their relations as plain SVG, readable without JavaScript.
use callboard_model::view::{Picture, PictureEdge, PictureNode};
use leptos::prelude::*;

use super::kind;
use crate::{paths, ui::kit::number::counted};

/// Height from which a node has a second line.
const TWO_LINES: i32 = 40;

/// Width of a letter of a title.
const LETTER: i32 = 7;

/// The drawing in a box that scrolls.
#[component]
pub fn Drawing(
    /// What to draw.
    picture: Picture,
    /// What is drawn, for people who do not see it.
    #[prop(into)]
    label: String,
) -> impl IntoView {
    let Picture {
        width,
        height,
        nodes,
        edges,
        ..
    } = picture;
    let label = format!(
        "{label}: {} and {}",
        counted(nodes.len(), "node"),
        counted(edges.len(), "arrow")
    );
    let lines = edges.iter().map(|edge| line(edge, &nodes)).collect_view();
    let texts = edges.iter().filter_map(text).collect_view();
    let nodes = nodes.into_iter().map(node).collect_view();
    let size = format!("0 0 {width} {height}");
    view! {
        <div class="graph-box" tabindex="0" role="group" aria-label=label>
            <svg class="graph" viewBox=size width=width height=height>
                <defs>
                    <marker id="arrow" viewBox="0 0 8 8" refX="7.5" refY="4" markerWidth="7" markerHeight="7" orient="auto">
                        <path d="M0 0L8 4L0 8z"></path>
                    </marker>
                </defs>
                <g>{lines}</g>
                <g>{texts}</g>
                {nodes}
            </svg>
        </div>
    }
}

/// Draws one arrow.
fn line(edge: &PictureEdge, nodes: &[PictureNode]) -> impl IntoView + use<> {
    let name = |node: u32| {
        let node = nodes.get(node as usize);
        node.map_or_else(String::new, |node| node.label.title.clone())
    };
    let title = format!(
        "{}: {} → {}",
        edge.names.join(", "),
        name(edge.from),
        name(edge.to)
    );
    view! {
        <g class="edge">
            <title>{title}</title>
            <path class="grip" d=edge.path.clone()></path>
            <path d=edge.path.clone() marker-end="url(#arrow)"></path>
        </g>
    }
}

/// Writes what an arrow means beside it.
fn text(edge: &PictureEdge) -> Option<impl IntoView + use<>> {
    let text = edge.text.clone()?;
    Some(view! { <text class="edge-text" x=edge.text_x y=edge.text_y>{text}</text> })
}

/// Draws one entity.
fn node(node: PictureNode) -> AnyView {
    let (glyph, colour) = kind::look(&node.label.kind);
    let root = if node.distance == 0 { " root" } else { "" };
    let missing = !node.label.exists;
    let reference = node.label.entity_ref.to_string();
    let told = if missing {
        format!("{} ({reference}): not in the catalog", node.label.title)
    } else {
        format!("{} ({reference})", node.label.title)
    };
    let place = format!("translate({} {})", node.x, node.y);
    let two_lines = node.height >= TWO_LINES;
    let letters = usize::try_from((node.width - 48) / LETTER).unwrap_or_default();
    let title = shortened(&node.label.title, letters);
    let below = if missing {
        "not in the catalog".to_owned()
    } else {
        let kind = kind::name(&node.label.kind);
        node.entity_type
            .map_or(kind.clone(), |text| format!("{kind} · {text}"))
    };
    let below = shortened(&below, letters + letters / 4);
    let middle = node.height / 2;
    let (first, second) = if two_lines { (19, 35) } else { (middle + 5, 0) };
    let below = two_lines.then(|| view! { <text class="below" x="38" y=second>{below}</text> });
    let inside = view! {
        <title>{told}</title>
        <rect width=node.width height=node.height rx="8"></rect>
        <use class="i" href=glyph.href() x="12" y=middle - 8 width="16" height="16"></use>
        <text x="38" y=first>{title}</text>
        {below}
    };
    let class = format!("node {colour}{root}");
    if missing {
        return view! { <g transform=place><g class=format!("{class} gone")>{inside}</g></g> }
            .into_any();
    }
    let href = paths::entity(&node.label.entity_ref);
    let current = (node.distance == 0).then_some("true");
    view! { <g transform=place><a class=class href=href aria-current=current>{inside}</a></g> }
        .into_any()
}

/// Returns the start of a text that is too long.
fn shortened(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let mut start: String = text.chars().take(letters.saturating_sub(1)).collect();
    start.truncate(start.trim_end().len());
    start.push('…');
    start
}

#[cfg(test)]
mod tests {
    use super::shortened;

    #[test]
    fn long_titles_are_cut_and_say_so() {
        assert_eq!(shortened("billing", 7), "billing");
        assert_eq!(shortened("billing", 6), "billi…");
        assert_eq!(shortened("a b", 3), "a b");
        assert_eq!(shortened("ab cd", 4), "ab…");
        assert_eq!(shortened("éé", 1), "…");
    }
}
