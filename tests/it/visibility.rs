//! What a caller may see, for random policies and entities: every list, page and count holds just what a question about
//! each entity allows, and both are what the rules of the policy say when they are read one by one.
use std::collections::{BTreeMap, BTreeSet};

use callboard_testkit::Folder;
use serde_json::{Value, json};

use crate::{
    authorization::{
        callers::{By, Call, guards},
        dice::{Dice, entities, policy},
        oracle::allows,
    },
    support::App,
};

/// Random policies that are tried; each with entities of its own.
const CASES: u64 = 96;

/// Entities by reference.
type Entities = BTreeMap<String, Value>;

/// A portal with a policy, asked by one person.
struct Portal {
    app: App,
    who: By,
}

impl Portal {
    async fn get(&self, path: &str) -> Value {
        self.answer(Call::new("GET", path)).await
    }

    async fn post(&self, path: &str, body: &Value) -> Value {
        self.answer(Call::new("POST", path).json(body)).await
    }

    async fn answer(&self, call: Call) -> Value {
        let answer = call.by(&self.who).to(&self.app).await;
        assert_eq!(answer.status, 200, "{}", answer.text);
        answer.json()
    }

    /// Asks about each entity.
    async fn authorized(&self, all: &Entities) -> BTreeSet<String> {
        let permission = json!({"type": "resource", "name": "catalog.entity.read", "resourceType": "catalog-entity",
            "attributes": {"action": "read"}});
        let item = |entity_ref: &String| json!({"id": entity_ref, "permission": permission, "resourceRef": entity_ref});
        let items: Vec<Value> = all.keys().map(item).collect();
        let answer = self
            .post("/api/permission/authorize", &json!({"items": items}))
            .await;
        let allowed = answer["items"].as_array().unwrap().iter();
        let allowed = allowed.filter(|item| item["result"] == "ALLOW");
        allowed
            .map(|item| item["id"].as_str().unwrap().to_owned())
            .collect()
    }

    /// Walks the pages of `by-query`, forwards and back again.
    async fn walked(&self, limit: u64, order: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut path = format!("/api/catalog/entities/by-query?limit={limit}{order}");
        let (mut total, mut last) = (None, Value::Null);
        loop {
            let page = self.get(&path).await;
            let items = refs(page["items"].as_array().unwrap());
            assert!(items.len() as u64 <= limit);
            found.extend(items);
            total = total.or_else(|| page["totalItems"].as_u64());
            let next = page["pageInfo"]["nextCursor"].as_str().map(str::to_owned);
            last = if last.is_null() || !page["pageInfo"]["prevCursor"].is_null() {
                page
            } else {
                last
            };
            match next {
                Some(next) => {
                    path = format!("/api/catalog/entities/by-query?limit={limit}&cursor={next}");
                }
                None => break,
            }
        }
        assert_eq!(
            total,
            Some(found.len() as u64),
            "totalItems is what there is"
        );
        let mut backwards: BTreeSet<String> = refs(last["items"].as_array().unwrap())
            .into_iter()
            .collect();
        while let Some(before) = last["pageInfo"]["prevCursor"].as_str() {
            last = self
                .get(&format!(
                    "/api/catalog/entities/by-query?limit={limit}&cursor={before}"
                ))
                .await;
            backwards.extend(refs(last["items"].as_array().unwrap()));
        }
        assert_eq!(backwards, found, "both ways lead past the same entities");
        found
    }

    /// Returns how many entities each kind of a list of counts adds up to.
    async fn counted(&self) -> [u64; 4] {
        let sum = |values: &Value| {
            let values = values.as_array().unwrap().iter();
            values.map(|value| value["count"].as_u64().unwrap()).sum()
        };
        let facets = self.get("/api/catalog/entity-facets?facet=kind").await;
        let by_body = json!({"facets": ["kind"]});
        let posted = self.post("/api/catalog/entity-facets", &by_body).await;
        let home = self.get("/fn/catalog/home?owner=").await;
        let page = self.get("/fn/catalog/entities?query%5Bq%5D=").await;
        let kinds = page["facets"].as_array().unwrap();
        let kinds = kinds.iter().find(|facet| facet["key"] == "kind").unwrap();
        assert_eq!(page["total"], page["catalog_total"]);
        assert_eq!(page["total"].as_u64().unwrap(), sum(&kinds["values"]));
        [
            sum(&facets["facets"]["kind"]),
            sum(&posted["facets"]["kind"]),
            sum(&home["kinds"]),
            page["total"].as_u64().unwrap(),
        ]
    }

    /// Asks for all entities by reference; those that are not answered are null.
    async fn by_refs(&self, all: &Entities) -> BTreeSet<String> {
        let refs: Vec<&String> = all.keys().collect();
        let answer = self
            .post(
                "/api/catalog/entities/by-refs",
                &json!({"entityRefs": refs}),
            )
            .await;
        let items = answer["items"].as_array().unwrap();
        assert_eq!(items.len(), refs.len());
        let found = refs
            .into_iter()
            .zip(items)
            .filter(|(_, item)| !item.is_null());
        found
            .map(|(entity_ref, item)| {
                assert_eq!(*entity_ref, reference(item));
                entity_ref.clone()
            })
            .collect()
    }

    /// Asks for each entity by its name.
    async fn by_name(&self, all: &Entities) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        for entity_ref in all.keys() {
            let path = entity_ref.replace(':', "/");
            let path = format!("/api/catalog/entities/by-name/{path}");
            let answer = Call::new("GET", &path).by(&self.who).to(&self.app).await;
            match answer.status.as_u16() {
                200 => assert!(found.insert(entity_ref.clone())),
                404 => {}
                other => panic!("{path}: {other} {}", answer.text),
            }
        }
        found
    }
}

/// Returns the canonical reference of an entity.
fn reference(entity: &Value) -> String {
    let text = |pointer: &str| entity.pointer(pointer).and_then(Value::as_str);
    let namespace = text("/metadata/namespace").unwrap_or("default");
    let (kind, name) = (text("/kind").unwrap(), text("/metadata/name").unwrap());
    format!("{kind}:{namespace}/{name}").to_lowercase()
}

fn refs(items: &[Value]) -> Vec<String> {
    items.iter().map(reference).collect()
}

/// Tries one random policy; returns how many entities there are and how many of them are seen.
async fn try_one(seed: u64) -> (usize, usize) {
    let mut dice = Dice::new(seed);
    let folder = Folder::new();
    folder.write("all.yaml", entities(&mut dice));
    let policy = policy(&mut dice);
    let app = App::guarded(&folder, &["all.yaml"], guards(&policy.to_string())).await;
    let root = app.session("user:default/root").await;
    let ada = app.session("user:default/ada").await;
    let mut portal = Portal { app, who: root };
    let all = portal.get("/api/catalog/entities").await;
    let all: Entities = all
        .as_array()
        .unwrap()
        .iter()
        .map(|one| (reference(one), one.clone()))
        .collect();
    portal.who = ada;

    let expected = all.iter().filter(|(_, entity)| allows(&policy, entity));
    let expected: BTreeSet<String> = expected.map(|(entity_ref, _)| entity_ref.clone()).collect();
    let told = format!("seed {seed}, policy {policy:#}");
    assert_eq!(portal.authorized(&all).await, expected, "authorize: {told}");
    let listed = portal.get("/api/catalog/entities").await;
    let listed: BTreeSet<String> = refs(listed.as_array().unwrap()).into_iter().collect();
    assert_eq!(listed, expected, "the list: {told}");
    let order = dice.one(&["", "&orderField=metadata.name,desc", "&orderField=kind,asc"]);
    let limit = dice.below(4) + 1;
    assert_eq!(
        portal.walked(limit, order).await,
        expected,
        "by-query: {told}"
    );
    assert_eq!(portal.by_refs(&all).await, expected, "by-refs: {told}");
    assert_eq!(portal.by_name(&all).await, expected, "by-name: {told}");
    let number = expected.len() as u64;
    assert_eq!(portal.counted().await, [number; 4], "counts: {told}");
    (all.len(), expected.len())
}

#[tokio::test]
async fn a_filtered_list_is_the_list_of_all_with_each_entity_authorised() {
    let mut partly = 0;
    for seed in 0..CASES {
        let (all, seen) = try_one(seed).await;
        partly += u64::from(seen > 0 && seen < all);
    }
    // Policies that show everything or nothing would prove little.
    assert!(
        partly >= CASES / 3,
        "{partly} of {CASES} policies show a part"
    );
}

#[tokio::test]
async fn a_condition_within_a_list_narrows_what_may_be_seen_and_never_widens_it() {
    let folder = Folder::new();
    folder.write("all.yaml", entities(&mut Dice::new(7)));
    let only = json!({"apiVersion": "callboard.dev/v1", "kind": "Policy", "roles": [{"name": "r", "members": ["everyone"],
        "rules": [{"allow": "catalog.entity.read", "when": {"rule": "IS_ENTITY_KIND", "params": {"kinds": ["api"]}}}]}]});
    let app = App::guarded(&folder, &["all.yaml"], guards(&only.to_string())).await;
    let who = app.session("user:default/ada").await;
    let portal = Portal { app, who };
    for filter in [
        "filter=kind=component",
        "filter=kind=component&filter=kind=system",
        "filter=spec.type=service",
    ] {
        let found = portal.get(&format!("/api/catalog/entities?{filter}")).await;
        let found = refs(found.as_array().unwrap());
        assert!(
            found.iter().all(|one| one.starts_with("api:")),
            "{filter}: {found:?}"
        );
    }
    let anything = json!({"query": {"$any": [{"kind": "Component"}, {"$not": {"kind": "API"}}]}});
    let found = portal
        .post("/api/catalog/entities/by-query", &anything)
        .await;
    assert_eq!(
        (&found["items"], &found["totalItems"]),
        (&json!([]), &json!(0))
    );
    let facets = json!({"facets": ["kind"], "query": {"$not": {"kind": "API"}}});
    let found = portal.post("/api/catalog/entity-facets", &facets).await;
    assert_eq!(found["facets"]["kind"], json!([]));
}
