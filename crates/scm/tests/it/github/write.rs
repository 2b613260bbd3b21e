//! Pull requests with a new file: what is written, what is refused and why, and what is left behind.
use callboard_scm::{ErrorKind, GithubApp, Proposal, ProposeError, Reader, Secret};
use serde_json::{Value, json};

use super::{SITE, host, settings, state};
use crate::stub::Stub;

fn proposal(repository: &str) -> Proposal {
    Proposal {
        repository: repository.to_owned(),
        path: "docs/catalog-info.yaml".to_owned(),
        text: "kind: Component\n# ä\n".to_owned(),
        branch: "add/catalog-info".to_owned(),
        title: "Add catalog-info.yaml".to_owned(),
        body: "Why".to_owned(),
    }
}

async fn stub_and_reader(change: &Value) -> Option<(Stub, Reader)> {
    let stub = Stub::start(&state()).await?;
    stub.change(change).await;
    let reader = Reader::new(settings(host(&stub, Some("ghp_acme"))));
    Some((stub, reader))
}

fn writers() -> Value {
    json!({"writers": ["ghp_acme"]})
}

async fn asked(stub: &Stub) -> Vec<String> {
    let requests = stub.requests().await;
    let text = |request: &Value| {
        let url = request["url"].as_str().unwrap();
        let route = url.split_once("/repos/acme/site").unwrap().1;
        format!("{} {route}", request["method"].as_str().unwrap())
    };
    requests.iter().map(text).collect()
}

#[tokio::test]
async fn a_file_is_proposed_with_a_branch_a_commit_and_a_pull_request() {
    let Some((stub, reader)) = stub_and_reader(&writers()).await else {
        return;
    };
    let opened = reader.propose(&proposal(SITE)).await.unwrap();
    assert_eq!(
        (opened.number, opened.base.as_str(), opened.url.as_str()),
        (1, "main", "https://github.com/acme/site/pull/1")
    );
    assert_eq!(
        asked(&stub).await,
        [
            "GET ",
            "GET /git/ref/heads/main",
            "POST /git/refs",
            "PUT /contents/docs/catalog-info.yaml",
            "POST /pulls",
        ]
    );
    let target = format!("{SITE}/blob/add%2Fcatalog-info/docs/catalog-info.yaml");
    let answer = crate::server::found(reader.read(&target, None).await.unwrap());
    assert_eq!(answer.files[0].bytes, "kind: Component\n# ä\n".as_bytes());
    let main = format!("{SITE}/blob/main/docs/catalog-info.yaml");
    assert_eq!(
        reader.read(&main, None).await.unwrap_err().kind,
        ErrorKind::NotFound
    );
}

#[tokio::test]
async fn a_branch_or_a_file_that_is_there_is_not_changed() {
    let Some((stub, reader)) = stub_and_reader(&writers()).await else {
        return;
    };
    reader.propose(&proposal(SITE)).await.unwrap();
    let again = reader.propose(&proposal(SITE)).await.unwrap_err();
    assert!(matches!(again, ProposeError::BranchExists(..)), "{again}");
    let there = Proposal {
        path: "catalog-info.yaml".to_owned(),
        branch: "other".to_owned(),
        ..proposal(SITE)
    };
    let error = reader.propose(&there).await.unwrap_err();
    assert!(matches!(error, ProposeError::FileExists(..)), "{error}");
    let last = asked(&stub).await.pop().unwrap();
    assert_eq!(
        last, "DELETE /git/refs/heads/other",
        "nothing is left behind"
    );
}

#[tokio::test]
async fn a_refused_pull_request_leaves_no_branch() {
    let change = json!({"writers": ["ghp_acme"], "noPulls": true});
    let Some((stub, reader)) = stub_and_reader(&change).await else {
        return;
    };
    let error = reader.propose(&proposal(SITE)).await.unwrap_err();
    assert!(matches!(error, ProposeError::NoPermission(..)), "{error}");
    stub.change(&json!({"noPulls": false})).await;
    assert!(reader.propose(&proposal(SITE)).await.is_ok());
}

#[tokio::test]
async fn each_refusal_is_told_by_its_cause() {
    let Some((stub, reader)) = stub_and_reader(&json!({"writers": []})).await else {
        return;
    };
    let error = reader.propose(&proposal(SITE)).await.unwrap_err();
    assert!(matches!(error, ProposeError::NoPermission(..)), "{error}");
    assert_eq!(asked(&stub).await, ["GET "], "nothing was written");
    let none = reader
        .propose(&proposal("https://ghe.example/acme/none"))
        .await
        .unwrap_err();
    assert!(matches!(none, ProposeError::NoRepository(_)), "{none}");
    let archived = json!({"writers": ["ghp_acme"], "repos": {
        "acme/site": {"archived": true, "branches": {"main": {"a": "b"}}},
        "acme/empty": {"branches": {}},
    }});
    stub.change(&archived).await;
    let error = reader.propose(&proposal(SITE)).await.unwrap_err();
    assert!(matches!(error, ProposeError::Archived(_)), "{error}");
    let empty = proposal("https://ghe.example/acme/empty.git");
    let error = reader.propose(&empty).await.unwrap_err();
    assert!(matches!(error, ProposeError::Empty(_)), "{error}");
    for other in ["https://gitlab.com/a/b", "https://bitbucket.org/a/b"] {
        let error = reader.propose(&proposal(other)).await.unwrap_err();
        assert!(matches!(error, ProposeError::NotSupported(_)), "{error}");
    }
    let nobody = Reader::new(settings(host(&stub, None)));
    let error = nobody.propose(&proposal(SITE)).await.unwrap_err();
    assert!(matches!(error, ProposeError::NoCredentials(_)), "{error}");
    for wrong in [
        "not a url",
        "https://ghe.example/acme",
        "https://web.example/a/b",
    ] {
        let error = reader.propose(&proposal(wrong)).await.unwrap_err();
        assert!(matches!(error, ProposeError::Failed(_)), "{error}");
    }
}

#[tokio::test]
async fn a_host_that_wants_fewer_requests_is_left_alone() {
    let Some((stub, reader)) = stub_and_reader(&json!({"secondary": 30})).await else {
        return;
    };
    let error = reader.propose(&proposal(SITE)).await.unwrap_err();
    let ProposeError::Failed(error) = error else {
        panic!("{error}");
    };
    assert_eq!(error.kind, ErrorKind::Throttled);
    assert!(reader.propose(&proposal(SITE)).await.is_err());
    assert_eq!(stub.requests().await.len(), 1);
}

#[tokio::test]
async fn an_app_proposes_with_the_token_of_its_installation() {
    let Some(stub) = Stub::start(&state()).await else {
        return;
    };
    stub.change(&json!({"app": {"id": 7, "installations": {"acme": 70}, "writes": true}}))
        .await;
    let mut host = host(&stub, None);
    host.apps = vec![GithubApp {
        app_id: 7,
        private_key: Secret::new(stub.private_key.clone()),
        allowed_owners: Vec::new(),
    }];
    let reader = Reader::new(settings(host));
    assert_eq!(reader.propose(&proposal(SITE)).await.unwrap().number, 1);
}

#[tokio::test]
async fn the_page_of_a_repository_stands_for_all_its_catalog_files() {
    let Some((_stub, reader)) = stub_and_reader(&json!({})).await else {
        return;
    };
    let below = |target: &str| reader.pattern_below(target, "catalog-info.yaml");
    let all = "https://ghe.example/acme/site/blob/HEAD/**/catalog-info.yaml";
    for page in ["", "/", ".git", "?tab=readme#x"] {
        assert_eq!(
            below(&format!("{SITE}{page}")).as_deref(),
            Some(all),
            "{page}"
        );
    }
    assert_eq!(
        below(&format!("{SITE}/tree/main/a/")).as_deref(),
        Some("https://ghe.example/acme/site/tree/main/a/**/catalog-info.yaml")
    );
    for other in [
        format!("{SITE}/blob/main/catalog-info.yaml"),
        format!("{SITE}/blob/main/**/x.yaml"),
        format!("{SITE}/issues"),
        "https://ghe.example/acme".to_owned(),
        "https://web.example/a/b".to_owned(),
        "javascript:alert(1)".to_owned(),
    ] {
        assert_eq!(below(&other), None, "{other}");
    }
    let found = crate::server::found(reader.read(all, None).await.unwrap());
    assert!(found.files.len() >= 3, "{found:?}");
}
