//! Reading the policy again when one of its files changes.
use std::{path::PathBuf, time::Duration};

use serde_json::json;

use crate::server::{
    Services,
    policy::{Reloaded, read_sources},
};

/// How often the files are looked at. They are small, and how a file was replaced makes no difference.
const PERIOD: Duration = Duration::from_secs(1);

/// Follows the files for ever.
pub(super) async fn follow(services: Services, names_from: PathBuf) {
    if services.policy().setup().all_files().next().is_none() {
        return std::future::pending().await;
    }
    let (mut complaint, mut waiting) = (None, None);
    loop {
        tokio::time::sleep(PERIOD).await;
        let setup = services.policy().setup().clone();
        let from = names_from.clone();
        let read = tokio::task::spawn_blocking(move || read_sources(&setup, &from)).await;
        let sources = match read {
            Ok(Ok(sources)) => sources,
            Ok(Err(error)) => {
                // A file that is being replaced may be gone for a moment; the policy that holds stays.
                let said = error.to_string();
                if complaint.as_ref() != Some(&said) {
                    tracing::warn!("{said}; the policy of before still holds");
                    let detail = json!({"reason": said});
                    services
                        .audit()
                        .write_own("policy.load", "failed", detail)
                        .await;
                    complaint = Some(said);
                }
                continue;
            }
            Err(_) => continue,
        };
        complaint = None;
        // A file that is being written may be a policy already, and another one.
        if waiting.as_ref() != Some(&sources) {
            waiting = Some(sources);
            continue;
        }
        match services.policy().take(sources) {
            Reloaded::Same => {}
            Reloaded::Changed => {
                tracing::info!("the policy was read again");
                let files = services.policy().state().files;
                services
                    .audit()
                    .write_own("policy.load", "ok", json!({"files": files}))
                    .await;
            }
            Reloaded::Broken => {
                let problems = services.policy().state().problems;
                let first = problems.first();
                let first =
                    first.map(|one| format!("{} {}: {}", one.code, one.place(), one.message));
                tracing::error!(
                    problems = problems.len(),
                    first,
                    "the changed policy has errors; the policy of before still holds"
                );
                let detail = json!({"problems": problems.len(), "first": first});
                services
                    .audit()
                    .write_own("policy.load", "failed", detail)
                    .await;
            }
        }
    }
}
