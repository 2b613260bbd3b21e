//! Server functions about signing in and about oneself. They hold no rule: each asks the portal's services.
use callboard_model::view::{AccountView, SignInView};
use leptos::prelude::*;
use server_fn::codec::GetUrl;

use crate::error::AppError;

/// Returns the ways to sign in that lead back to `back`, and why the attempt named `failure` failed.
///
/// # Errors
/// `Internal` when the database does not answer.
#[server(prefix = "/fn", endpoint = "account/sign-in", input = GetUrl)]
pub async fn get_sign_in(back: String, failure: String) -> Result<SignInView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(
        expect_context::<Access>()
            .sign_in_view(&back, &failure)
            .await,
    )
}

/// Returns who asks, where they are signed in, and their tokens.
///
/// # Errors
/// `NotAllowed` when nobody is signed in or a program asks.
#[server(prefix = "/fn", endpoint = "account/me", input = GetUrl)]
pub async fn get_account() -> Result<AccountView, AppError> {
    use crate::{platform::answer, server::Access};
    answer(expect_context::<Access>().account_view().await)
}
