//! Server functions of the catalog. They hold no rule: each asks the portal's services and shapes nothing.
use callboard_model::view::{
    CatalogPage, CatalogQuery, Comparison, EntityHead, EntityProblems, EntityText, EntityView,
    FilterAnswer, HomeView, MissingView, OrgQuery, OrgView, ProblemsQuery, ProblemsView, TextForm,
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Lists entities with facets, filtered, sorted and paged.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "catalog/entities", input = GetUrl)]
pub async fn list_entities(query: CatalogQuery) -> Result<CatalogPage, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().catalog_page(&query).await)
}

/// Lists entities as [`list_entities`] does, drawn already, for a page that is there.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "catalog/filter", input = GetUrl)]
pub async fn filter_entities(query: CatalogQuery) -> Result<FilterAnswer, AppError> {
    use crate::{platform::answer, server::Access, ui::components::catalog_results};
    let page = answer(expect_context::<Access>().catalog_page(&query).await)?;
    Ok(FilterAnswer {
        total: page.total,
        catalog_total: page.catalog_total,
        html: catalog_results::html(page, query),
    })
}

/// Puts a few entities, by their references with spaces between, side by side.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "catalog/compare", input = GetUrl)]
pub async fn compare_entities(refs: String) -> Result<Comparison, AppError> {
    use crate::{platform::answer, server::Access};
    let refs: Vec<String> = refs.split_whitespace().map(str::to_owned).collect();
    answer(expect_context::<Access>().comparison(&refs).await)
}

/// Returns everything the entity page shows.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "catalog/entity", input = GetUrl)]
pub async fn get_entity(
    kind: String,
    namespace: String,
    name: String,
) -> Result<EntityView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .entity_view(&kind, &namespace, &name)
            .await,
    )
}

/// Returns what stands above every tab of an entity's page.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "catalog/entity-head", input = GetUrl)]
pub async fn get_entity_head(
    kind: String,
    namespace: String,
    name: String,
) -> Result<EntityHead, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .entity_head(&kind, &namespace, &name)
            .await,
    )
}

/// Returns what only the pages of groups and users show.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "catalog/entity-org", input = GetUrl)]
pub async fn get_entity_org(
    kind: String,
    namespace: String,
    name: String,
    query: OrgQuery,
) -> Result<OrgView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .org_view(&kind, &namespace, &name, &query)
            .await,
    )
}

/// Returns what is wrong with one entity, with the lines around it.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "catalog/entity-problems", input = GetUrl)]
pub async fn get_entity_problems(
    kind: String,
    namespace: String,
    name: String,
) -> Result<EntityProblems, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .entity_problems(&kind, &namespace, &name)
            .await,
    )
}

/// Returns one entity as text, as `yaml`, `json` or as its `file` has it, and the way it came in.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "catalog/entity-text", input = GetUrl)]
pub async fn get_entity_text(
    kind: String,
    namespace: String,
    name: String,
    form: TextForm,
) -> Result<EntityText, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .entity_text(&kind, &namespace, &name, form)
            .await,
    )
}

/// Returns what is known of an entity that the catalog does not have.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "catalog/missing", input = GetUrl)]
pub async fn get_missing(
    kind: String,
    namespace: String,
    name: String,
) -> Result<MissingView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .missing_view(&kind, &namespace, &name)
            .await,
    )
}

/// Returns what the home page shows, with the things that `owner` (an entity reference, or empty) owns, and the changes
/// of what is `mine` or of `all`.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "catalog/home", input = GetUrl)]
pub async fn get_home(owner: String, changes: Option<String>) -> Result<HomeView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .home_view(&owner, changes.as_deref().unwrap_or_default())
            .await,
    )
}

/// Lists open problems, grouped by file or owner.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "catalog/problems", input = GetUrl)]
pub async fn list_problems(query: ProblemsQuery) -> Result<ProblemsView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().problems_view(&query).await)
}
