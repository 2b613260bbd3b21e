//! The roles of the policy.
use callboard_model::view::RoleRow;
use leptos::prelude::*;

use crate::ui::{
    components::entity_text::EntityText,
    kit::{card::Card, number::thousands},
};

/// How many members a role shows before the rest folds away.
const MEMBERS: usize = 6;

/// A table of roles.
#[component]
pub(super) fn RolesCard(
    /// The roles.
    roles: Vec<RoleRow>,
) -> impl IntoView {
    if roles.is_empty() {
        return view! {
            <Card title="Roles" id="roles">
                <p class="none">"The policy names no roles. Name its files under "<code>"callboard.policy.files"</code>"."</p>
            </Card>
        }
        .into_any();
    }
    let count = roles.len();
    let rows = roles.into_iter().map(row).collect_view();
    view! {
        <Card title="Roles" id="roles" count=count class="flush">
            <table class="table stacked">
                <caption class="vh">"Roles"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Role"</th>
                        <th scope="col">"Members"</th>
                        <th scope="col">"Rules"</th>
                        <th scope="col">"Place"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </Card>
    }
    .into_any()
}

fn row(role: RoleRow) -> impl IntoView {
    let description = role
        .description
        .map(|text| view! { <span class="quiet">{text}</span> });
    view! {
        <tr>
            <td><span class="lines"><b class="code-text">{role.name}</b>{description}</span></td>
            <td data-label="Members">{members(role.members)}</td>
            <td data-label="Rules">{thousands(role.rules)}</td>
            <td data-label="Place"><code>{role.place}</code></td>
        </tr>
    }
}

/// Members in one line, the rest of many folded away.
fn members(mut members: Vec<String>) -> AnyView {
    if members.is_empty() {
        return view! { <span class="quiet">"Nobody"</span> }.into_any();
    }
    let total = members.len();
    let rest = if total > MEMBERS + 2 {
        members.split_off(MEMBERS)
    } else {
        Vec::new()
    };
    let line = |members: Vec<String>| {
        let members = members.into_iter();
        let members = members
            .map(|text| view! { <EntityText text/> })
            .collect_view();
        view! { <span class="els">{members}</span> }
    };
    let more = (!rest.is_empty()).then(|| {
        view! {
            <details class="fold">
                <summary>{format!("Show all {}", thousands(total))}</summary>
                {line(rest)}
            </details>
        }
    });
    view! { {line(members)} {more} }.into_any()
}
