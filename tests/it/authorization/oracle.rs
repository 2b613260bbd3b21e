//! A second reading of the rules, on the JSON of policies and entities, which shares nothing with the portal.
use serde_json::Value;

/// Ada, who asks.
const ADA: &str = "user:default/ada";

/// What Ada owns things as: she is a direct member of one group.
const OWN: [&str; 2] = [ADA, "group:default/crew"];

/// What names Ada as a member of a role; the department is above the crew.
const MEMBER: [&str; 4] = ["everyone", ADA, "group:default/crew", "group:default/dept"];

/// Tells whether a policy lets Ada read an entity.
pub fn allows(policy: &Value, entity: &Value) -> bool {
    let rules = rules(policy);
    let holds = |effect: &str| {
        rules
            .iter()
            .any(|rule| rule.get(effect).is_some_and(is_meant) && counts(rule, entity))
    };
    holds("allow") && !holds("deny")
}

/// Returns the rules of Ada's roles and of all that those include.
fn rules(policy: &Value) -> Vec<&Value> {
    let roles = policy["roles"].as_array().unwrap();
    let is_in = |role: &&Value| {
        strings(&role["members"])
            .iter()
            .any(|member| MEMBER.contains(member))
    };
    let mut open: Vec<&Value> = roles.iter().filter(is_in).collect();
    let mut rules = Vec::new();
    while let Some(role) = open.pop() {
        rules.extend(role["rules"].as_array().unwrap());
        let included = strings(&role["includes"]);
        open.extend(
            roles
                .iter()
                .filter(|role| included.contains(&role["name"].as_str().unwrap())),
        );
    }
    rules
}

/// One text, or a list of them, or nothing.
fn strings(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_meant(names: &Value) -> bool {
    strings(names)
        .iter()
        .any(|name| matches!(*name, "*" | "catalog.*" | "catalog.entity.read"))
}

fn counts(rule: &Value, entity: &Value) -> bool {
    let guard = rule["if"].as_str().is_none_or(|guard| match guard {
        r#"user.name == "ada""#
        | r#""group:default/dept" in user.groups"#
        | r#"permission.action == "read""# => true,
        r#"user.name == "bob""# | r#"user.ownership.exists(o, o == "group:default/dept")"# => false,
        other => panic!("{other}"),
    });
    guard && (rule["when"].is_null() || is_true(&rule["when"], entity))
}

fn is_true(condition: &Value, entity: &Value) -> bool {
    if let Some(all) = condition["allOf"].as_array() {
        return all.iter().all(|one| is_true(one, entity));
    }
    if let Some(any) = condition["anyOf"].as_array() {
        return any.iter().any(|one| is_true(one, entity));
    }
    if !condition["not"].is_null() {
        return !is_true(&condition["not"], entity);
    }
    let params = &condition["params"];
    let metadata = &entity["metadata"];
    match condition["rule"].as_str().unwrap() {
        "HAS_ANNOTATION" => has(&metadata["annotations"], &params["annotation"], params),
        "HAS_LABEL" => has(&metadata["labels"], &params["label"], params),
        "HAS_METADATA" => has(metadata, &params["key"], params),
        "HAS_SPEC" => has(&entity["spec"], &params["key"], params),
        "IS_ENTITY_KIND" => {
            let kind = entity["kind"].as_str().unwrap();
            strings(&params["kinds"])
                .iter()
                .any(|one| one.eq_ignore_ascii_case(kind))
        }
        "IS_ENTITY_OWNER" => owns(&strings(&params["claims"]), entity),
        other => panic!("{other}"),
    }
}

/// A field is there and, if a value is asked for, is it or has it in its list.
fn has(map: &Value, key: &Value, params: &Value) -> bool {
    let key = key.as_str().unwrap();
    let fields = map.as_object().into_iter().flatten();
    let mut found = fields.filter(|(name, _)| name.eq_ignore_ascii_case(key));
    let wanted = params["value"].as_str();
    found.any(|(_, field)| {
        let values = strings(field);
        wanted.map_or(!values.is_empty(), |wanted| {
            values.iter().any(|one| one.eq_ignore_ascii_case(wanted))
        })
    })
}

fn owns(claims: &[&str], entity: &Value) -> bool {
    let claims = claims.iter().flat_map(|claim| match *claim {
        "$ownerRefs" => OWN.to_vec(),
        "$currentUser" => vec![ADA],
        other => vec![other],
    });
    let claims: Vec<&str> = claims.collect();
    let relations = entity["relations"].as_array().into_iter().flatten();
    let owners = relations.filter(|relation| relation["type"] == "ownedBy");
    let mut owners = owners.filter_map(|relation| relation["targetRef"].as_str());
    owners.any(|owner| claims.iter().any(|claim| claim.eq_ignore_ascii_case(owner)))
}
