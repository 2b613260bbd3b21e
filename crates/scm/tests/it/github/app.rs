//! GitHub Apps: which installation reads what, and with which token.
use callboard_scm::{ErrorKind, GithubApp, Reader, Secret};
use serde_json::{Value, json};

use super::{SITE, host, settings, state};
use crate::stub::Stub;

fn app(key: &str, owners: &[&str]) -> GithubApp {
    GithubApp {
        app_id: 7,
        private_key: Secret::new(key),
        allowed_owners: owners.iter().map(|&owner| owner.to_owned()).collect(),
    }
}

#[tokio::test]
async fn an_app_reads_with_the_token_of_its_installation_and_asks_for_it_once() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    stub.change(&json!({"app": {"id": 7, "installations": {"acme": 70}}}))
        .await;
    let mut host = host(&stub, Some("ghp_unused"));
    // As it stands in an environment variable: one line.
    host.apps = vec![app(&stub.private_key.replace('\n', "\\n"), &[])];
    let reader = Reader::new(settings(host));
    let target = format!("{SITE}/blob/main/catalog-info.yaml");
    let reads = futures::future::join_all((0..5).map(|_| reader.read(&target, None))).await;
    assert!(reads.iter().all(Result::is_ok), "{reads:?}");
    let requests = stub.requests().await;
    let asked = |part: &str| {
        let has = |request: &&Value| request["url"].as_str().unwrap().contains(part);
        requests.iter().filter(has).count()
    };
    assert_eq!(
        (
            asked("/installation"),
            asked("/access_tokens"),
            asked("/contents/")
        ),
        (2, 1, 5)
    );
    let last = requests.last().unwrap()["authorization"].as_str().unwrap();
    assert!(last.starts_with("Bearer ghs_"), "{last}");

    stub.revoke().await;
    assert!(
        reader.read(&target, None).await.is_ok(),
        "a new token is asked for"
    );
    let shown = format!("{reader:?}");
    assert!(!shown.contains("PRIVATE KEY") && !shown.contains("ghp_unused"));
}

#[tokio::test]
async fn owners_without_an_installation_are_read_with_the_token() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    stub.change(&json!({"app": {"id": 7, "installations": {"other": 71}}}))
        .await;
    let target = format!("{SITE}/blob/main/catalog-info.yaml");
    for owners in [&[][..], &["other"]] {
        let mut host = host(&stub, Some("ghp_acme"));
        host.apps = vec![app(&stub.private_key, owners)];
        let reader = Reader::new(settings(host));
        assert!(reader.read(&target, None).await.is_ok());
        assert!(reader.read(&target, None).await.is_ok());
    }
    let requests = stub.requests().await;
    let lookups = requests
        .iter()
        .filter(|request| request["status"] == 404)
        .count();
    assert_eq!(
        lookups, 2,
        "one as an organisation, one as a user, none where the app is for others"
    );
}

#[tokio::test]
async fn an_app_with_a_key_that_is_none_says_so() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    let mut host = host(&stub, None);
    host.apps = vec![app("not a key", &[])];
    let reader = Reader::new(settings(host));
    let error = reader
        .read(&format!("{SITE}/blob/main/x.yaml"), None)
        .await
        .unwrap_err();
    assert_eq!(error.kind, ErrorKind::Unauthorized);
    assert_eq!(
        error.message,
        "the private key of the GitHub App 7 is not an RSA key in PEM form"
    );
    assert_eq!(stub.requests().await.len(), 0);
}
