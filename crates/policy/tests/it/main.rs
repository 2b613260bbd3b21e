//! Policies through the public door: files in, decisions and problems out.
mod built_in;
mod decide;
mod documents;
mod hostile;
mod load;
mod oracle;
mod problems;
mod rbac;

use callboard_model::Diagnostic;
use callboard_policy::{Asked, Decision, Policy, Settings, Source, Sources, Verdict, Who, find};

/// Settings of a portal that asks policies.
fn enabled() -> Settings {
    Settings {
        enabled: true,
        ..Settings::default()
    }
}

fn source(file: &str, text: &str) -> Source {
    Source {
        file: file.to_owned(),
        text: text.to_owned(),
    }
}

/// The sources with one policy file, whose head is added.
fn own(roles: &str) -> Sources {
    let head = "apiVersion: callboard.dev/v1\nkind: Policy\n";
    Sources {
        policies: vec![source("policy.yaml", &format!("{head}{roles}"))],
        settings: enabled(),
        ..Sources::default()
    }
}

fn load(sources: Sources) -> Policy {
    let (policy, found) = Policy::load(sources);
    policy.unwrap_or_else(|| panic!("{}", told(&found)))
}

/// Problems as lines.
fn told(found: &[Diagnostic]) -> String {
    let lines = found.iter().map(|problem| {
        let end = problem.span.map_or(0, |span| span.end.column);
        format!(
            "{}-{end} {} {}\n    {}\n    = {}\n",
            problem.place(),
            problem.severity.as_str(),
            problem.code,
            problem.message,
            problem.help.as_deref().unwrap_or("NO HELP"),
        )
    });
    lines.collect()
}

/// A user with direct groups and groups further up.
fn user(name: &str, direct: &[&str], far: &[&str]) -> Who {
    let group = |name: &&str| format!("group:default/{name}");
    let user = format!("user:default/{name}");
    let near = direct.iter().map(|name| (group(name), 1));
    let far = far
        .iter()
        .enumerate()
        .map(|(at, name)| (group(name), at + 2));
    Who {
        user: Some(user.clone()),
        ownership: [user].into_iter().chain(direct.iter().map(group)).collect(),
        groups: near.chain(far).collect(),
    }
}

fn asked(name: &str) -> Asked<'static> {
    find(name).expect("the permission exists").into()
}

/// Decides in both ways, which have to agree.
fn decide(policy: &Policy, who: &Who, name: &str) -> Verdict {
    let verdict = policy.decide(who, &asked(name));
    assert_eq!(
        verdict.decision,
        policy.decision(who, &asked(name)),
        "{name}"
    );
    verdict
}

fn allows(policy: &Policy, who: &Who, name: &str) -> bool {
    match decide(policy, who, name).decision {
        Decision::Allow => true,
        Decision::Deny => false,
        Decision::Conditional(condition) => panic!("{name} depends on {condition:?}"),
    }
}

/// The condition under which something is allowed, as JSON.
fn condition(policy: &Policy, who: &Who, name: &str) -> serde_json::Value {
    match decide(policy, who, name).decision {
        Decision::Conditional(condition) => serde_json::to_value(condition).expect("it is JSON"),
        other => panic!("{name} is {other:?}"),
    }
}
