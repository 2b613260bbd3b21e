//! The requests that every comparison uses, and how they went.
use std::{fs, path::Path, time::Duration};

use anyhow::{Context, Result};

use super::{Line, line::Limit, peer::Peer};
use crate::{
    bench::{load, server::Server},
    say,
};

/// One page of the facets that the catalog page shows.
const SIX_FACETS: &str = "/api/catalog/entity-facets?facet=spec.type&facet=spec.lifecycle&facet=metadata.tags\
                          &facet=kind&facet=spec.owner&facet=relations.ownedBy&filter=kind=component";

/// What the palette and the search page ask: the start of a word, a mistake, and a whole page.
const SEARCHES: [(&str, &str); 3] = [
    ("suggest", "/fn/search/suggest?q=paym"),
    ("suggest typo", "/fn/search/suggest?q=chekcout"),
    ("search page", "/search?q=payment"),
];

/// Requests that are asked for on one connection and on so many.
const CONNECTIONS: [usize; 2] = [1, 16];

/// A request with its name.
#[derive(Debug, PartialEq, Eq)]
pub struct Request {
    name: String,
    path: String,
}

/// Reads the file of requests, one `name path` on each line, and adds the page of six facets.
///
/// # Errors
/// When the file cannot be read.
pub fn read(file: &Path, names: &Path) -> Result<Vec<Request>> {
    let shown = |file: &Path| format!("cannot read {}", file.display());
    let text = fs::read_to_string(file).with_context(|| shown(file))?;
    let names = fs::read_to_string(names).with_context(|| shown(names))?;
    let component = names
        .lines()
        .find_map(|line| line.strip_prefix("component "));
    let component = component.context("the generated catalog has no component")?;
    Ok(parse(&text, component.trim()))
}

fn parse(text: &str, component: &str) -> Vec<Request> {
    let lines = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.starts_with('#'));
    let mut requests: Vec<Request> = lines
        .filter_map(|line| line.split_once(char::is_whitespace))
        .map(|(name, path)| Request {
            name: name.to_owned(),
            path: path.trim().replace("NAME", component),
        })
        .collect();
    requests.push(Request {
        name: "six facets".to_owned(),
        path: SIX_FACETS.to_owned(),
    });
    requests.extend(SEARCHES.map(|(name, path)| Request {
        name: name.to_owned(),
        path: path.to_owned(),
    }));
    requests
}

/// Sends every request for a while, on one connection and on sixteen.
pub fn measure(
    server: &Server,
    requests: &[Request],
    entities: u64,
    database: &'static str,
) -> Vec<Line> {
    let mut lines = Vec::new();
    for request in requests {
        for (at, connections) in CONNECTIONS.into_iter().enumerate() {
            let line = match load::run(server, &request.path, connections) {
                Ok(times) => line(request, at, times, entities, database),
                Err(error) => Line::without(&request.name, database, format!("{error:#}")),
            };
            say::note(format_args!("{database}: {} {}", line.what, line.measured));
            lines.push(line);
        }
    }
    lines
}

fn line(
    request: &Request,
    at: usize,
    mut times: Vec<Duration>,
    entities: u64,
    database: &'static str,
) -> Line {
    times.sort_unstable();
    let milliseconds = |share: f64| {
        let time = times.get((times.len() as f64 * share) as usize);
        time.copied().unwrap_or_default().as_secs_f64() * 1e3
    };
    let rate = times.len() as f64 / load::TIME.as_secs_f64();
    let (p50, p95, p99) = (milliseconds(0.5), milliseconds(0.95), milliseconds(0.99));
    let connections = CONNECTIONS[at];
    let mut line = Line::without(
        &format!("{}, {connections} conn.", request.name),
        database,
        format!("{rate:.0} /s, {p50:.1}/{p95:.1}/{p99:.1} ms"),
    );
    // With sixteen at once most of the time is spent waiting for one of two cores, so one alone is held to a budget.
    if at == 0 {
        line.hold(p95, budget(&request.name, entities), "ms p95");
    }
    if let Some(peer) = Peer::for_entities(entities).request(&request.name, at) {
        line.peer = format!("{} /s, p95 {} ms", peer.per_second, peer.p95);
        line.ratio = format!("{:.0} x", rate / peer.per_second);
    }
    line
}

fn budget(name: &str, entities: u64) -> Option<f64> {
    let limit = match name {
        "six facets" | "facets" => Limit::Facets,
        name if name.starts_with("list") => Limit::Page,
        _ => return None,
    };
    Some(limit.for_entities(entities))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_read_with_the_name_of_a_component() {
        let found = parse("# a  b\nby_name   /api/NAME\n\n", "x-1");
        let texts: Vec<_> = found
            .iter()
            .map(|one| (one.name.as_str(), one.path.as_str()))
            .collect();
        assert_eq!(
            texts[..2],
            [("by_name", "/api/x-1"), ("six facets", SIX_FACETS)]
        );
        assert_eq!(texts[2..], SEARCHES);
    }

    #[test]
    fn a_page_is_held_to_its_budget_on_one_connection_and_compared_on_both() {
        let request = Request {
            name: "list20".to_owned(),
            path: String::new(),
        };
        let times: Vec<_> = (1..=100).map(Duration::from_millis).collect();
        let alone = line(&request, 0, times.clone(), 100_000, "sqlite");
        assert!(alone.is_broken());
        assert_eq!(alone.measured, "50 /s, 51.0/96.0/100.0 ms");
        assert_eq!(alone.ratio, "4 x");
        let crowded = line(&request, 1, times, 100_000, "sqlite");
        assert!(!crowded.is_broken());
        assert_eq!(crowded.ratio, "1 x");
    }
}
