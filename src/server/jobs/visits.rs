//! Writing down who looked at what.
use std::time::Duration;

use crate::server::Services;

const PERIOD: Duration = Duration::from_secs(2);

/// Writes for ever.
pub(super) async fn run(services: Services) {
    loop {
        tokio::time::sleep(PERIOD).await;
        write(&services).await;
    }
}

/// Writes what waits now.
pub(super) async fn write(services: &Services) {
    if let Err(error) = services.personal().write_visits().await {
        tracing::warn!(
            error = &error as &dyn std::error::Error,
            "what people looked at could not be written down; it is tried again"
        );
    }
}
