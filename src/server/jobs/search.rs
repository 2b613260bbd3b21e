//! Keeping the search engine where the catalog is.
use std::time::Duration;

use crate::server::Services;

/// The index is a moment behind the log when a change was just written, and the search follows the index.
const MOMENT: Duration = Duration::from_millis(20);

/// Follows for ever; trouble is logged and tried again.
pub(super) async fn follow(services: Services) {
    let mut wake = services.db().wake().await;
    loop {
        match services.follow_search().await {
            Ok(true) => {
                tokio::time::sleep(MOMENT).await;
                continue;
            }
            Ok(false) => {}
            Err(error) => tracing::error!(
                error = &error as &dyn std::error::Error,
                "the search cannot follow the change log"
            ),
        }
        wake.changed().await;
    }
}
