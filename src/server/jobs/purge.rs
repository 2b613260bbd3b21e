//! Letting go of sign-ins, sessions and keys that have ended.
use std::time::Duration;

use crate::server::Services;

const PERIOD: Duration = Duration::from_secs(600);

/// Tidies for ever.
pub(super) async fn run(services: Services) {
    loop {
        if let Err(error) = services.identity().purge(callboard_db::now_ms()).await {
            tracing::warn!(
                error = &error as &dyn std::error::Error,
                "what has ended could not be removed"
            );
        }
        tokio::time::sleep(PERIOD).await;
    }
}
