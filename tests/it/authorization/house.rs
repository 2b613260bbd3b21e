//! A portal where all that the requests name exists.
use std::sync::atomic::{AtomicUsize, Ordering};

use callboard::server::{ProviderSetup, Way};
use callboard_auth::provider::OAuthSettings;
use callboard_db::{StoredLocation, now_ms};
use callboard_testkit::{Folder, Host, component};

use super::{
    callers::{By, Call, guards, program},
    requests::{Body, Case, HIDDEN},
};
use crate::support::{Answer, App};

/// A portal with everything that the requests name.
pub(super) struct House {
    pub(super) app: App,
    host: Host,
    number: AtomicUsize,
    _folder: Folder,
}

impl House {
    /// The token of a program that may do everything.
    pub(super) const PROGRAM: &str = "program-with-everything";
    /// The token of a program for a plugin that none of the routes belongs to.
    pub(super) const OTHER_PROGRAM: &str = "program-of-another-plugin";

    pub(super) async fn build(policy: &str) -> Self {
        let (folder, host) = (Folder::new(), Host::start().await);
        // Each of them comes from a location that is registered, and one has a problem.
        let names = [HIDDEN, "removable-1", "removable-2"];
        let texts = names.map(|name| component(name).replace("production", "productoin"));
        host.write("all.yaml", texts.join("---\n"));
        let mut guards = guards(policy);
        guards.identity.external = vec![
            program(Self::PROGRAM, None),
            program(Self::OTHER_PROGRAM, Some(("scaffolder", &[], &[]))),
        ];
        guards.identity.providers = vec![provider()];
        let app = App::reading_guarded(&folder, &host, &[], guards).await;
        let house = Self {
            app,
            host,
            number: AtomicUsize::new(0),
            _folder: folder,
        };
        house.register("all.yaml").await;
        house.app.ingest().await;
        house.app.follow_search().await;
        house
    }

    /// Registers a location; returns its id.
    async fn register(&self, path: &str) -> String {
        let target = self.host.url(path);
        let location = StoredLocation {
            id: format!("location-{path}"),
            location_type: "url".to_owned(),
            entity_ref: format!("location:default/generated-{path}"),
            target,
        };
        self.app
            .db()
            .location_add(&location, now_ms())
            .await
            .unwrap();
        location.id
    }

    /// Sends the request of a route.
    pub(super) async fn ask(&self, case: &Case, who: &By) -> Answer {
        self.ask_with(case.row.0, case, who).await
    }

    /// Sends the request of a route with another method.
    pub(super) async fn ask_with(&self, method: &str, case: &Case, who: &By) -> Answer {
        let url = self.filled(case.at).await;
        let mut call = Call::new(method, &url).by(who);
        if url.starts_with("/api/auth/") {
            call = call.header("x-requested-with", "XMLHttpRequest");
        }
        call = match case.body {
            Body::Nothing => call,
            Body::Form(text) => call.form(text),
            Body::Json(text) => {
                let text = self.filled(text).await;
                call.header("x-hub-signature-256", &App::sign(&text))
                    .json(&serde_json::from_str(&text).unwrap())
            }
        };
        call.to(&self.app).await
    }

    /// Puts what exists in place of what a text leaves open.
    async fn filled(&self, text: &str) -> String {
        let number = self.number.fetch_add(1, Ordering::Relaxed);
        let mut text = text
            .replace("{host}", self.host.url("").trim_end_matches('/'))
            .replace("{number}", &number.to_string())
            .replace("{kind}", "component")
            .replace("{namespace}", "default")
            .replace("{name}", HIDDEN)
            .replace("{provider}", "github")
            .replace("{topic}", "github")
            .replace("{bucket}", "pages")
            .replace("{key}", "width");
        if text.contains("{id}") {
            text = text.replace("{id}", &self.register(&format!("old-{number}.yaml")).await);
        }
        for (open, name) in [
            ("{uid}", HIDDEN),
            ("{removable-1}", "removable-1"),
            ("{removable-2}", "removable-2"),
        ] {
            if text.contains(open) {
                text = text.replace(open, &self.uid(name).await);
            }
        }
        text
    }

    async fn uid(&self, name: &str) -> String {
        let refs = [format!("component:default/{name}")];
        let bodies = self.app.db().entity_bodies(&refs).await.unwrap();
        let body = bodies.into_iter().next().flatten();
        // What was removed before has no uid any more.
        let body = body.and_then(|body| serde_json::from_str::<serde_json::Value>(&body).ok());
        let uid = body.and_then(|body| Some(body.pointer("/metadata/uid")?.as_str()?.to_owned()));
        uid.unwrap_or_else(|| "gone".to_owned())
    }
}

fn provider() -> ProviderSetup {
    let secret = callboard_auth::Secret::new("client-secret");
    let callback = "http://localhost:7007/api/auth/github/handler/frame";
    ProviderSetup {
        id: "github".to_owned(),
        kind: "github".to_owned(),
        title: "GitHub".to_owned(),
        way: Way::OAuth(Box::new(OAuthSettings::github(None).with_client(
            "client",
            Some(secret),
            callback,
        ))),
        resolvers: Vec::new(),
        auto_provision: None,
        mapping: callboard_auth::ClaimMapping::default(),
        session_ms: None,
    }
}
