//! The few calls whose body differs between server and browser.
use crate::error::AppError;

/// Sets the HTTP status of the page or server function that is being answered; does nothing in the browser.
#[cfg(feature = "ssr")]
pub fn set_status(status: u16) {
    if let (Some(options), Ok(status)) = (
        leptos::prelude::use_context::<leptos_axum::ResponseOptions>(),
        axum::http::StatusCode::from_u16(status),
    ) {
        options.set_status(status);
    }
}

/// Sets the HTTP status of the page or server function that is being answered; does nothing in the browser.
#[cfg(not(feature = "ssr"))]
pub fn set_status(_status: u16) {}

/// Passes a result through and gives the response the status of its error.
///
/// # Errors
/// The given error, unchanged.
pub fn answer<T>(result: Result<T, AppError>) -> Result<T, AppError> {
    result.inspect_err(|error| set_status(error.status()))
}

/// Returns the time now in milliseconds since 1970-01-01 UTC.
#[cfg(feature = "ssr")]
#[must_use]
pub fn now_ms() -> i64 {
    callboard_db::now_ms()
}
