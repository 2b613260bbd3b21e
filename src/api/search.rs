//! Server functions of the search. They hold no rule: each asks the portal's services and shapes nothing.
use callboard_model::view::{SearchHit, SearchQuery, SearchView};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Searches everything that the caller may read, with facets, by pages.
///
/// # Errors
/// `Internal` when the search engine fails.
#[server(prefix = "/fn", endpoint = "search/query", input = GetUrl)]
pub async fn search(query: SearchQuery) -> Result<SearchView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().search_view(&query))
}

/// Returns the best of what is found for a term that is being typed; at most 12 things.
///
/// # Errors
/// `Internal` when the search engine fails.
#[server(prefix = "/fn", endpoint = "search/suggest", input = GetUrl)]
pub async fn suggest(q: String) -> Result<Vec<SearchHit>, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().suggest(&q, 12))
}
