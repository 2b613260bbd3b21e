//! Requests per second of the REST interface, on one connection and on sixteen, beside what Backstage gave on a
//! machine of the same size.
//!
//! The rates of Backstage were recorded on another day, so they tell the order of magnitude and no more.
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::{Row, Verdict, server::Server, what};
use crate::say;

/// How long each request is sent.
pub const TIME: Duration = Duration::from_secs(2);
const CONNECTIONS: usize = 16;

/// A request with the rates of Backstage 1.55 on 10,000 entities: on one connection and on sixteen.
struct Request {
    name: &'static str,
    path: &'static str,
    peer: [f64; 2],
}

const REQUESTS: [Request; 5] = [
    Request {
        name: "by_name",
        path: "/api/catalog/entities/by-name/component/default/NAME",
        peer: [434.0, 706.0],
    },
    Request {
        name: "list20",
        path: "/api/catalog/entities/by-query?limit=20&filter=kind=component",
        peer: [70.0, 162.0],
    },
    Request {
        name: "list20_ordered",
        path: "/api/catalog/entities/by-query?limit=20&orderField=metadata.name,asc&filter=kind=component",
        peer: [32.0, 74.0],
    },
    Request {
        name: "list20_text",
        path: "/api/catalog/entities/by-query?limit=20&orderField=metadata.name,asc&filter=kind=component\
               &fullTextFilterTerm=payment&fullTextFilterFields=metadata.name,metadata.title,spec.profile.displayName",
        peer: [12.0, 32.0],
    },
    Request {
        name: "facets",
        path: "/api/catalog/entity-facets?facet=spec.type&facet=spec.lifecycle&facet=metadata.tags\
               &filter=kind=component",
        peer: [20.0, 42.0],
    },
];

/// Measures every request on one connection and on sixteen.
///
/// # Errors
/// When the server cannot be asked for the name of a component.
pub fn rows(server: &Server) -> Result<Vec<Row>> {
    let name = component(server)?;
    let mut rows = Vec::new();
    for request in REQUESTS {
        let path = request.path.replace("NAME", &name);
        for (connections, peer) in [1, CONNECTIONS].into_iter().zip(request.peer) {
            let row = match run(server, &path, connections) {
                Ok(times) => row(request.name, connections, times, peer),
                Err(error) => Row::missing("requests", format!("{}: {error:#}", request.name)),
            };
            say::note(format_args!("{}: {} {}", row.what, row.measured, row.note));
            rows.push(row);
        }
    }
    Ok(rows)
}

fn component(server: &Server) -> Result<String> {
    let answer = server.client()?.get(
        "/api/catalog/entities/by-query?limit=1&filter=kind=component",
        &[],
    )?;
    let value: Value =
        serde_json::from_slice(&answer.body).context("the list of entities is no JSON")?;
    let name = value["items"][0]["metadata"]["name"].as_str();
    Ok(name.context("the catalog has no component")?.to_owned())
}

/// Sends one request after the other on each connection for a while and returns how long each took.
///
/// # Errors
/// When an answer is not 200.
pub fn run(server: &Server, path: &str, connections: usize) -> Result<Vec<Duration>> {
    let one = || -> Result<Vec<Duration>> {
        let mut client = server.client()?;
        let mut times = Vec::new();
        let started = Instant::now();
        while started.elapsed() < TIME {
            let asked = Instant::now();
            let answer = client.get(path, &[])?;
            if answer.status != 200 {
                bail!("answered {}", answer.status);
            }
            times.push(asked.elapsed());
        }
        Ok(times)
    };
    let results: Vec<Result<Vec<Duration>>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(one)).collect();
        let joined = threads.into_iter().map(std::thread::ScopedJoinHandle::join);
        joined
            .map(|result| result.unwrap_or_else(|_| bail!("a client panicked")))
            .collect()
    });
    Ok(results.into_iter().collect::<Result<Vec<_>>>()?.concat())
}

fn row(name: &str, connections: usize, mut times: Vec<Duration>, peer: f64) -> Row {
    times.sort_unstable();
    let rate = times.len() as f64 / TIME.as_secs_f64();
    let at = |share: f64| {
        milliseconds(
            times
                .get((times.len() as f64 * share) as usize)
                .copied()
                .unwrap_or_default(),
        )
    };
    Row {
        name: "requests",
        what: format!(
            "{}: {name}, {connections} conn.",
            what("requests").split(" with").next().unwrap_or_default()
        ),
        measured: format!("{rate:.0} /s"),
        budget: format!("(Backstage {peer:.0} /s)"),
        verdict: Verdict::None,
        note: format!(
            "p50 {:.1}, p95 {:.1}, p99 {:.1} ms",
            at(0.5),
            at(0.95),
            at(0.99)
        ),
    }
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rate_is_told_with_its_percentiles() {
        let times = (1..=200).map(Duration::from_millis).collect();
        let row = row("facets", 1, times, 20.0);
        assert_eq!(row.measured, "100 /s");
        assert_eq!(row.note, "p50 101.0, p95 191.0, p99 199.0 ms");
    }
}
