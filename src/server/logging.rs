//! Structured logs: lines for people on a terminal, JSON everywhere else.
use std::io::IsTerminal;

use tracing_subscriber::EnvFilter;

/// Starts logging at a level; `RUST_LOG` overrides it. A second call changes nothing.
pub(super) fn start(level: &str) {
    let quiet = format!("{level},sqlx=warn,hyper=warn,notify=warn");
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(quiet));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr);
    let started = if std::io::stderr().is_terminal() {
        logs.compact().try_init()
    } else {
        logs.json()
            .flatten_event(true)
            .with_span_list(false)
            .try_init()
    };
    if let Err(error) = started {
        tracing::debug!(%error, "logging was started before");
    }
}
