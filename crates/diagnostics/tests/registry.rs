//! The registry of rules and the pages about them say the same, and the examples on the pages are true.
use std::collections::BTreeSet;

use callboard_diagnostics::{Limits, codes, read_stream, rule, rules};

const PAGES: [&str; 4] = [
    include_str!("../../../docs/diagnostics/yaml.md"),
    include_str!("../../../docs/diagnostics/catalog.md"),
    include_str!("../../../docs/diagnostics/config.md"),
    include_str!("../../../docs/diagnostics/policy.md"),
];

/// One section of a page.
struct Section {
    code: &'static str,
    summary: &'static str,
    /// Lines between the heading and the first example.
    text: Vec<&'static str>,
    /// Fenced examples in order: what not to do, what to do.
    examples: Vec<String>,
}

fn sections() -> Vec<Section> {
    PAGES
        .iter()
        .flat_map(|page| page.split("\n## ").skip(1))
        .map(section)
        .collect()
}

fn section(text: &'static str) -> Section {
    let (heading, body) = text.split_once('\n').expect("a section has text");
    let (code, summary) = heading
        .split_once(' ')
        .expect("a heading has code and summary");
    let (prose, examples) = body
        .split_once("\nNot like this")
        .expect("a section has a bad example");
    let fenced = examples.split("```yaml\n").skip(1);
    Section {
        code,
        summary,
        text: prose.lines().filter(|line| !line.is_empty()).collect(),
        examples: fenced
            .map(|text| text.split("\n```").next().unwrap_or("").to_owned())
            .collect(),
    }
}

#[test]
fn every_rule_has_a_section_that_says_the_same() {
    let sections = sections();
    for rule in rules() {
        let section = sections.iter().find(|section| section.code == rule.code);
        let section = section.unwrap_or_else(|| panic!("{} has no section", rule.code));
        assert_eq!(section.summary, rule.summary, "{}", rule.code);
        let kind = format!("`{}`, {}.", rule.name, rule.severity.as_str());
        assert_eq!(section.text[0], kind, "{}", rule.code);
        assert_eq!(
            section.text[1..].join(" "),
            rule.explanation,
            "{}",
            rule.code
        );
    }
}

#[test]
fn every_section_has_a_rule() {
    for section in sections() {
        assert!(
            rule(section.code).is_some(),
            "{} is on a page only",
            section.code
        );
    }
    assert_eq!(sections().len(), rules().len(), "no rule has two sections");
}

#[test]
fn codes_and_names_are_unique_and_every_constant_has_a_rule() {
    let all: BTreeSet<_> = rules().iter().map(|rule| rule.code).collect();
    let names: BTreeSet<_> = rules().iter().map(|rule| rule.name).collect();
    assert_eq!((all.len(), names.len()), (rules().len(), rules().len()));
    let source = include_str!("../src/codes.rs");
    let constants: BTreeSet<_> = source.split('"').skip(1).step_by(2).collect();
    assert_eq!(constants, all);
}

#[test]
fn summaries_are_one_line_and_explanations_are_sentences() {
    for rule in rules() {
        assert!(
            rule.summary.len() <= 60 && !rule.summary.ends_with('.'),
            "{}",
            rule.summary
        );
        assert!(rule.explanation.ends_with('.'), "{}", rule.code);
    }
}

#[test]
fn every_example_is_yaml_except_where_it_shows_that_it_is_not() {
    let not_shown = [codes::YML_BINARY, codes::YML_TOO_DEEP];
    for section in sections()
        .iter()
        .filter(|section| !not_shown.contains(&section.code))
    {
        let found: Vec<_> = section.examples.iter().map(|text| codes_in(text)).collect();
        let Some((good, bad)) = found.split_last() else {
            continue;
        };
        assert!(
            good.is_empty(),
            "{}: the good example gives {good:?}",
            section.code
        );
        let is_about_yaml = section.code.starts_with("YML") && !bad.is_empty();
        let wanted: &[String] = if is_about_yaml {
            &[section.code.to_owned()]
        } else {
            &[]
        };
        let broken = section.code == codes::CAT_LAST_GOOD;
        assert!(
            broken || bad.iter().all(|bad| bad == wanted),
            "{}: {bad:?}",
            section.code
        );
    }
}

fn codes_in(text: &str) -> Vec<String> {
    let stream = read_stream("example.yaml", text.as_bytes(), &Limits::default());
    stream
        .diagnostics
        .into_iter()
        .map(|found| found.code)
        .collect()
}
