//! The tree of groups around one.
use callboard_model::view::OrgNode;
use leptos::prelude::*;

use crate::ui::{
    components::entity_link::EntityLink,
    kit::{
        card::Card,
        number::{counted, thousands},
    },
};

/// Groups above and below, each with its number of members.
#[component]
pub(super) fn ChartCard(
    /// The groups, each before those below it.
    nodes: Vec<OrgNode>,
    /// How many groups do not fit.
    left_out: usize,
) -> impl IntoView {
    let mut at = 0;
    let tree = branch(&nodes, &mut at, 0);
    let more = (left_out > 0).then(|| {
        let text = format!(
            "{} more below, which this tree leaves out",
            thousands(left_out)
        );
        view! { <p class="none">{text}</p> }
    });
    view! { <Card title="Organisation" id="organisation"><div class="tree">{tree}</div>{more}</Card> }
}

/// Shows the groups from one on that are as deep or deeper.
fn branch(nodes: &[OrgNode], at: &mut usize, depth: usize) -> AnyView {
    let mut items = Vec::new();
    while let Some(node) = nodes.get(*at).filter(|node| node.depth >= depth) {
        *at += 1;
        let has_below = nodes.get(*at).is_some_and(|next| next.depth > node.depth);
        let below = has_below.then(|| branch(nodes, at, node.depth + 1));
        let current = node.here.then_some("true");
        let members = (node.members > 0).then(|| {
            let text = counted(node.members, "member");
            view! { <small>{text}</small> }
        });
        let label = node.label.clone();
        items.push(
            view! { <li><div aria-current=current><EntityLink label/>{members}</div>{below}</li> },
        );
    }
    view! { <ul>{items}</ul> }.into_any()
}
