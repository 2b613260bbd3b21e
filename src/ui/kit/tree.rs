//! Things inside of things: folders, pages, groups. Branches are `details` elements, so they fold without a script.
use leptos::prelude::*;

use super::{
    badge::{Badge, Tone},
    icon::{Glyph, Icon},
};

/// How deep branches are shown; what is below is left to a page of its own.
const DEPTH: usize = 24;

/// A branch or a leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Node {
    /// What it is called.
    pub text: String,
    /// Where it leads; leaves only.
    pub href: Option<String>,
    /// Picture before the text.
    pub glyph: Option<Glyph>,
    /// A word about it: what changed, how many.
    pub badge: Option<(Tone, String)>,
    /// Whether it is the page that is shown.
    pub current: bool,
    /// Whether a branch is unfolded at first.
    pub open: bool,
    /// What is inside.
    pub children: Vec<Self>,
}

/// The whole tree.
#[component]
pub fn Tree(
    /// What it is a tree of.
    #[prop(into)]
    label: String,
    /// What is at the top.
    nodes: Vec<Node>,
) -> impl IntoView {
    view! { <div class="branches" role="group" aria-label=label>{level(nodes, DEPTH)}</div> }
}

fn level(nodes: Vec<Node>, depth: usize) -> AnyView {
    if depth == 0 {
        return view! { <ul><li class="none">"There is more below."</li></ul> }.into_any();
    }
    let nodes = nodes
        .into_iter()
        .map(|node| view! { <li>{show(node, depth)}</li> })
        .collect_view();
    view! { <ul>{nodes}</ul> }.into_any()
}

fn show(node: Node, depth: usize) -> AnyView {
    let icon = node.glyph.map(|glyph| view! { <Icon glyph/> });
    let badge = node.badge.map(|(tone, text)| view! { <Badge tone text/> });
    let text = view! { <bdi>{node.text}</bdi> };
    if !node.children.is_empty() {
        return view! {
            <details open=node.open>
                <summary>{icon}{text}{badge}</summary>
                {level(node.children, depth - 1)}
            </details>
        }
        .into_any();
    }
    match node.href {
        Some(href) => {
            let current = node.current.then_some("page");
            view! { <a href=href aria-current=current>{icon}{text}{badge}</a> }.into_any()
        }
        None => view! { <span class="leaf">{icon}{text}{badge}</span> }.into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_very_deep_tree_is_cut_off_and_says_so() {
        let mut node = Node::default();
        for _ in 0..200 {
            node = Node {
                children: vec![node],
                ..Node::default()
            };
        }
        let html = level(vec![node], DEPTH).to_html();
        assert_eq!(html.matches("<details").count(), DEPTH);
        assert!(html.contains("There is more below."), "{html}");
    }
}
