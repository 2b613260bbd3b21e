//! Who I am, and what counts as mine.
use callboard_model::view::{AccountView, EntityLabel, OwnershipRow};
use leptos::prelude::*;

use crate::ui::{
    components::{
        entity_link::{EntityLink, EntityName},
        kind,
    },
    kit::{avatar::Avatar, card::Card, copy_button::CopyButton, icon::Icon, key_value::KeyValue},
};

/// Why a person counts as the owner of what is theirs.
const YOU: &str = "you";

/// Name, reference, address, and how this was proved.
#[component]
pub(super) fn ProfileCard(
    /// Who asks.
    account: AccountView,
) -> impl IntoView {
    let label = account.user;
    let reference = label.entity_ref.to_string();
    let absent = (!label.exists && !account.is_guest).then(|| {
        view! {
            <p class="quiet">"The catalog has no User entity of this name. Add one to have a profile and groups."</p>
        }
    });
    let name = if label.exists {
        view! { <b><EntityName label=label.clone()/></b> }.into_any()
    } else {
        view! { <b>{label.title.clone()}</b> }.into_any()
    };
    let email = account
        .email
        .map(|email| view! { <KeyValue name="Email">{email}</KeyValue> });
    view! {
        <Card title="Profile" id="profile">
            <div class="profile">
                <Avatar name=label.title/>
                <p>{name}<span class="ref"><code>{reference.clone()}</code><CopyButton source=reference label="Copy the reference"/></span></p>
            </div>
            <dl class="kv">{email} <KeyValue name="Signed in by">{account.signed_in_by}</KeyValue></dl>
            {absent}
        </Card>
    }
}

/// Everything that counts as the user's own, and why.
#[component]
pub(super) fn OwnershipCard(
    /// References with their reasons.
    ownership: Vec<OwnershipRow>,
    /// Whether groups above the direct ones count.
    nested: bool,
) -> impl IntoView {
    let count = ownership.len();
    let rows = ownership
        .into_iter()
        .map(|row| view! { <li>{owner(row.label, &row.why)}<small>{row.why}</small></li> })
        .collect_view();
    let above = match (nested, count > 1) {
        (true, _) => {
            view! { <p class="quiet">"Groups above your groups count as well."</p> }.into_any()
        }
        (false, true) => view! {
            <p class="quiet">"Groups above these do not count. "<code>"callboard.auth.nestedGroups"</code>" changes that for everybody."</p>
        }
        .into_any(),
        (false, false) => view! {
            <p class="quiet">"Groups count too, once the catalog says that you are a member of them."</p>
        }
        .into_any(),
    };
    view! {
        <Card title="What counts as mine" id="mine" count=count>
            <ul class="mine">{rows}</ul>
            {above}
        </Card>
    }
}

/// Names one owner. The person themselves is not missing, even if the catalog does not know them.
fn owner(label: EntityLabel, why: &str) -> AnyView {
    if label.exists || why != YOU {
        return view! { <EntityLink label/> }.into_any();
    }
    let (glyph, colour) = kind::look(&label.kind);
    view! { <span class=format!("el {colour}")><Icon glyph/>{label.title}</span> }.into_any()
}
