//! Server functions of registering and unregistering.
use callboard_model::view::{
    FollowQuery, FollowView, ImportView, NewFileForm, NewFileView, UnregisterView,
};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Says what an address would bring, and what is registered.
///
/// # Errors
/// `NotAllowed` without the permission `catalog.location.create`.
#[server(prefix = "/fn", endpoint = "register/import", input = GetUrl)]
pub async fn get_import(url: String) -> Result<ImportView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().import_view(&url).await)
}

/// Says what became of registrations.
///
/// # Errors
/// `NotAllowed` without the permission `catalog.location.create`.
#[server(prefix = "/fn", endpoint = "register/follow", input = GetUrl)]
pub async fn get_followed(query: FollowQuery) -> Result<FollowView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().follow_view(&query).await)
}

/// Returns the form for a first catalog file with what it makes.
///
/// # Errors
/// `NotAllowed` without the permission `catalog.location.create`.
#[server(prefix = "/fn", endpoint = "register/new-file", input = GetUrl)]
pub async fn get_new_file(form: NewFileForm) -> Result<NewFileView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().new_file_view(&form).await)
}

/// Says what it would mean to unregister an entity.
///
/// # Errors
/// `NotFound` when the catalog has no such entity.
#[server(prefix = "/fn", endpoint = "register/unregister", input = GetUrl)]
pub async fn get_unregister(
    kind: String,
    namespace: String,
    name: String,
) -> Result<UnregisterView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .unregister_view(&kind, &namespace, &name)
            .await,
    )
}
