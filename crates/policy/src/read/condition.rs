//! Reads a condition in a file, where the type of thing may be left out.
use callboard_diagnostics::{Data, Node, codes};

use super::{Report, names, params};
use crate::{
    Condition, RULES, RuleInfo,
    condition::{MAX_COUNT, MAX_DEPTH},
    find_rule,
};

/// Reads a condition about things of a type; `None` for the type if it is not known.
pub(super) fn read(node: &Node, wanted: Option<&str>, report: &mut Report) -> Option<Condition> {
    let before = report.count();
    let mut reader = Reader {
        wanted,
        report,
        count: 0,
    };
    let condition = reader.read(node, 1);
    condition.filter(|_| report.count() == before)
}

struct Reader<'r, 'w> {
    wanted: Option<&'w str>,
    report: &'r mut Report,
    count: usize,
}

impl Reader<'_, '_> {
    fn read(&mut self, node: &Node, depth: usize) -> Option<Condition> {
        self.count += 1;
        if depth > MAX_DEPTH || self.count > MAX_COUNT {
            // Said once; what is further in or behind is not looked at.
            if depth > MAX_DEPTH || self.count == MAX_COUNT + 1 {
                let message = "the condition is too large";
                let help = format!("it may be {MAX_DEPTH} deep and have {MAX_COUNT} parts");
                self.report
                    .error(codes::POL_CONDITION, node.place(""), message, help);
            }
            return None;
        }
        if !matches!(node.data, Data::Mapping(_)) {
            let message = format!(
                "a condition has to be a map, and this is {}",
                node.type_name()
            );
            let help =
                "write `{ rule: NAME, params: { … } }`, or one of `allOf`, `anyOf` and `not`";
            self.report.error(codes::POL_TYPE, node.span, message, help);
            return None;
        }
        let joining = ["allOf", "anyOf", "not"];
        let Some(entry) = joining.iter().find_map(|key| node.entry(key)) else {
            return self.rule(node);
        };
        if let Some(other) = node.entries().iter().find(|other| other.key != entry.key) {
            let message = format!("`{}` has to stand alone", entry.key);
            let help = "put both into `allOf` or `anyOf`";
            self.report
                .error(codes::POL_CONDITION, other.key_span, message, help);
        }
        match entry.key.as_str() {
            "not" => {
                let inner = self.read(&entry.value, depth + 1)?;
                Some(Condition::Not(Box::new(inner)))
            }
            key => {
                let items = self.list(&entry.value, key, depth)?;
                Some(match key {
                    "allOf" => Condition::AllOf(items),
                    _ => Condition::AnyOf(items),
                })
            }
        }
    }

    fn list(&mut self, node: &Node, key: &str, depth: usize) -> Option<Vec<Condition>> {
        let items = self.report.list(node, &format!("`{key}`"));
        if items.is_empty() && matches!(node.data, Data::Sequence(_)) {
            let message = format!("`{key}` holds no condition");
            let help = "add one, or leave it out";
            self.report
                .error(codes::POL_CONDITION, node.span, message, help);
        }
        let mut read = Vec::with_capacity(items.len());
        for item in items {
            if self.count > MAX_COUNT {
                return None;
            }
            read.extend(self.read(item, depth + 1));
        }
        (!read.is_empty()).then_some(read)
    }

    fn rule(&mut self, node: &Node) -> Option<Condition> {
        self.report.map(
            node,
            "a condition",
            &["rule", "resourceType", "params", "allOf", "anyOf", "not"],
        );
        let Some(name) = node.get("rule") else {
            let message = "the condition has no `rule`";
            let help = "add `rule:`, such as `rule: IS_ENTITY_OWNER`";
            self.report
                .error(codes::POL_MISSING, node.place(""), message, help);
            return None;
        };
        let text = self.report.text(name, "the name of a rule")?;
        let info = self.known(name, text)?;
        if let Some(written) = node.get("resourceType") {
            let text = self.report.text(written, "`resourceType`")?;
            if text != info.resource_type {
                let message = format!("`{}` is not about a {}", info.name, names::shown(text));
                let help = format!("write `{}`, or leave it out", info.resource_type);
                self.report
                    .error(codes::POL_CONDITION, written.span, message, help);
            }
        }
        let params = params::read(node, info, self.report)?;
        Some(Condition::Rule {
            rule: info.name.to_owned(),
            resource_type: info.resource_type.to_owned(),
            params,
        })
    }

    fn known(&mut self, node: &Node, text: &str) -> Option<&'static RuleInfo> {
        let fitting = RULES.iter().filter(|rule| {
            self.wanted
                .is_none_or(|wanted| rule.resource_type == wanted)
        });
        let fitting: Vec<_> = fitting.map(|rule| rule.name).collect();
        let (message, help) = match (find_rule(text), self.wanted) {
            (None, _) => {
                let message = format!("there is no rule `{}`", names::shown(text));
                (message, names::meant(text, &fitting))
            }
            (Some(info), Some(wanted)) if info.resource_type != wanted => {
                let message = format!("`{text}` is about a {}, not a {wanted}", info.resource_type);
                (message, format!("there are {}", names::listed(&fitting)))
            }
            (found, _) => return found,
        };
        self.report.error(codes::POL_RULE, node.span, message, help);
        None
    }
}
