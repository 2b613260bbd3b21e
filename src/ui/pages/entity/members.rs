//! Who belongs to a group, and to which groups somebody belongs.
use callboard_model::{
    EntityRef,
    view::{EntityLabel, Member, Members, OrgQuery},
};
use leptos::prelude::*;

use super::link::safe;
use crate::{
    paths,
    ui::{
        components::entity_link::{EntityLinks, EntityName},
        kit::{avatar::Avatar, card::Card, number::thousands, pagination::Pagination},
    },
};

/// A page of members, with those of the groups below if wanted.
#[component]
pub(super) fn MembersCard(
    /// The members.
    members: Members,
    /// The group.
    of: EntityRef,
    /// What the page asks for.
    query: OrgQuery,
) -> impl IntoView {
    let shown = if members.with_below {
        members.all
    } else {
        members.direct
    };
    let choice = (members.all > members.direct).then(|| {
        let tab = |word: &'static str, text: &'static str, count: usize, on: bool| {
            let href = address(&of, &query, "members", word);
            let current = on.then_some("true");
            view! { <li><a href=href aria-current=current>{text}" "<b>{thousands(count)}</b></a></li> }
        };
        view! {
            <nav class="choice" aria-label="Whose members">
                <ul class="tabs">
                    {tab("direct", "Direct", members.direct, !members.with_below)}
                    {tab("all", "With groups below", members.all, members.with_below)}
                </ul>
            </nav>
        }
    });
    let people = members.shown.into_iter().map(member).collect_view();
    let content = if shown == 0 {
        view! {
            <p class="none">"Nobody. Name the group under "<code>"spec.memberOf"</code>" in the file of a user."</p>
        }
        .into_any()
    } else {
        view! { <ul class="people">{people}</ul> }.into_any()
    };
    let href = move |page: u32| {
        let page = page.to_string();
        let asked = [
            ("members", query.members.as_str()),
            ("owned", query.owned.as_str()),
            ("page", page.as_str()),
        ];
        format!("{}#members", paths::entity_tab_with(&of, "", &asked))
    };
    view! {
        <Card title="Members" id="members" count=shown>
            {choice} {content}
            <Pagination page=members.page pages=members.pages href=Box::new(href)/>
        </Card>
    }
}

fn member(member: Member) -> impl IntoView {
    let name = member.label.title.clone();
    let email = member.email.map(|email| {
        let url = format!("mailto:{email}");
        match safe(&url) {
            Some(url) => view! { <small><a href=url.to_owned()>{email}</a></small> }.into_any(),
            None => view! { <small>{email}</small> }.into_any(),
        }
    });
    view! { <li><Avatar name/><div><EntityName label=member.label/>{email}</div></li> }
}

/// Shows the groups of a user; nothing when there are none.
pub(super) fn groups_card(groups: Vec<EntityLabel>, total: usize) -> Option<impl IntoView> {
    (total > 0).then(|| {
        let more = total - groups.len().min(total);
        let more = (more > 0).then(|| view! { <p class="none">{format!("and {} more", thousands(more))}</p> });
        view! { <Card title="Groups" id="groups" count=total><EntityLinks labels=groups/>{more}</Card> }
    })
}

/// Returns the page with one thing asked for otherwise, and the first page of members.
pub(super) fn address(of: &EntityRef, query: &OrgQuery, key: &str, word: &str) -> String {
    let value = |name: &str, now: &str| {
        if name == key {
            word.to_owned()
        } else {
            now.to_owned()
        }
    };
    let (members, owned) = (
        value("members", &query.members),
        value("owned", &query.owned),
    );
    let asked = [("members", members.as_str()), ("owned", owned.as_str())];
    format!("{}#{key}", paths::entity_tab_with(of, "", &asked))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_choice_leaves_the_other_as_it_is() {
        let of = EntityRef::new("group", "default", "a");
        let query = OrgQuery {
            members: "all".to_owned(),
            ..OrgQuery::default()
        };
        assert_eq!(
            address(&of, &query, "owned", "all"),
            "/catalog/default/group/a?members=all&owned=all#owned"
        );
        assert_eq!(
            address(&of, &query, "members", ""),
            "/catalog/default/group/a#members"
        );
    }
}
