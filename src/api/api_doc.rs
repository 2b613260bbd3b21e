//! The server function of the API tab.
use callboard_model::view::{ApiQuery, ApiView};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Returns the definition of an API as a query wants it shown, or the APIs of what is no API itself.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "catalog/api", input = GetUrl)]
pub async fn get_api(query: ApiQuery) -> Result<ApiView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().api_view(&query).await)
}
