//! `cargo xtask bench ui`: pages with a large catalog, as the server makes them and as a slow machine shows them.
mod table;

use std::{path::Path, process::ExitCode, time::Instant};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use self::table::Line;
use super::{catalog, options::Options, server::Server};
use crate::{
    command::{Run, program},
    repo, say,
    test::{chromium, node},
};

/// Entities when the command does not say.
const ENTITIES: u64 = 10_000;

/// Fewest entities for which the pages make sense.
const LEAST: u64 = 100;

/// How often the server is asked for each page.
const REQUESTS: usize = 200;

/// How often Chromium opens each page.
const RUNS: usize = 5;

/// A page, and the text box whose answer to typing is measured with what is typed.
struct Page {
    name: &'static str,
    path: String,
    filter: Option<(&'static str, &'static str)>,
}

/// Builds the release binary, measures the pages and prints one table; a broken budget makes the exit status 1.
///
/// # Errors
/// When an argument is unknown, the build fails, the server does not start, or Node.js or Chromium is missing.
pub fn run(args: &[String]) -> Result<ExitCode> {
    let options = Options::parse("ui", args, ENTITIES, LEAST)?;
    let Some(chromium) = chromium() else {
        bail!("Chromium is not installed; set CHROMIUM to the program's path");
    };
    node::packages()?;
    let binary = options.binary()?;
    let source = tempfile::tempdir().context("no temporary folder")?;
    catalog::generate(source.path(), options.entities)?;
    let target = source.path().join("all.yaml");
    let locations = format!("[{{ type: file, target: {} }}]", target.display());
    let dir = catalog::folder(&locations)?;
    let mut server = Server::start(&binary, dir.path())?;
    server.wait_until_ready()?;
    server.wait_for_entities(options.entities)?;
    let lines = measure(&server, &chromium);
    server.stop()?;
    let lines = lines?;
    let cells: Vec<_> = lines.iter().flat_map(Line::cells).collect();
    let header = ["page", "measured", "value", "budget", ""];
    say::line(format_args!("\n{}", say::table(&header, &cells)));
    say::line(format_args!(
        "{} entities, SQLite. Server: {REQUESTS} requests, one after the other. Browser: medians of {RUNS} first visits \
         in Chromium, processor slowed down four times, Fast 4G; sizes as they come over the wire.",
        options.entities
    ));
    Ok(if lines.iter().any(Line::is_broken) {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

fn measure(server: &Server, chromium: &Path) -> Result<Vec<Line>> {
    let pages = pages(server)?;
    let mut times = Vec::new();
    for page in &pages {
        times.push(server_time(server, &page.path)?);
    }
    let seen = in_browser(server, chromium, &pages)?;
    let lines = pages
        .iter()
        .zip(times)
        .map(|(page, (p50, p95, size))| Line {
            page: page.name,
            p50,
            p95,
            plain: size,
            seen: seen[page.name].clone(),
        });
    Ok(lines.collect())
}

/// Returns the pages, with the entity that has the most relations among the first that the catalog lists.
fn pages(server: &Server) -> Result<Vec<Page>> {
    let mut client = server.client()?;
    let answer = client.get(
        "/api/catalog/entities/by-query?filter=kind=system&limit=20",
        &["accept: application/json"],
    )?;
    let list: Value =
        serde_json::from_slice(&answer.body).context("the catalog answered no JSON")?;
    let relations = |entity: &&Value| entity["relations"].as_array().map_or(0, Vec::len);
    let items = list["items"]
        .as_array()
        .context("the catalog has no system")?;
    let busiest = items
        .iter()
        .max_by_key(relations)
        .context("the catalog has no system")?;
    let name = busiest["metadata"]["name"]
        .as_str()
        .context("a system without name")?;
    let namespace = busiest["metadata"]["namespace"]
        .as_str()
        .unwrap_or("default");
    let entity = format!("/catalog/{namespace}/system/{name}");
    let page = |name, path: String, filter| Page { name, path, filter };
    Ok(vec![
        page("home", "/".to_owned(), None),
        page(
            "catalog",
            "/catalog".to_owned(),
            Some(("[data-filter]", "service")),
        ),
        page("entity", entity.clone(), None),
        page("relations", format!("{entity}/relations"), None),
        page(
            "graph",
            format!("{entity}/relations?view=graph&depth=3"),
            None,
        ),
        page("search", "/search?q=service".to_owned(), None),
    ])
}

/// Asks for a page again and again; returns p50 and p95 in milliseconds and the size of the page in bytes.
fn server_time(server: &Server, path: &str) -> Result<(f64, f64, usize)> {
    let mut client = server.client()?;
    let (mut times, mut size) = (Vec::with_capacity(REQUESTS), 0);
    for _ in 0..REQUESTS {
        let started = Instant::now();
        let answer = client.get(path, &["accept: text/html"])?;
        times.push(started.elapsed().as_secs_f64() * 1e3);
        if answer.status != 200 {
            bail!("{path} answered {}", answer.status);
        }
        size = answer.body.len();
    }
    times.sort_by(f64::total_cmp);
    let at = |part: f64| times[((times.len() - 1) as f64 * part) as usize];
    Ok((at(0.5), at(0.95), size))
}

fn in_browser(server: &Server, chromium: &Path, pages: &[Page]) -> Result<Value> {
    let wanted: Vec<Value> = pages
        .iter()
        .map(|page| match page.filter {
            Some((filter, text)) => {
                json!({"name": page.name, "path": page.path, "filter": filter, "text": text})
            }
            None => json!({"name": page.name, "path": page.path}),
        })
        .collect();
    let mut node = program("node", &["bench/ui.mjs"]);
    let text = node
        .current_dir(repo::root().join("end2end"))
        .env("BASE_URL", server.url())
        .env("CHROMIUM", chromium)
        .env("RUNS", RUNS.to_string())
        .env("PAGES", Value::from(wanted).to_string())
        .capture()?;
    serde_json::from_str(&text).context("the measurement in Chromium printed no JSON")
}
