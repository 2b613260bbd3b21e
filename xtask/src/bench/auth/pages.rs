//! Pages that show only what the user may read.
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use super::times::Times;
use crate::{bench::server::Server, say};

/// Milliseconds for a page, 95th percentile.
pub const BUDGET: f64 = 20.0;

/// How long each page is asked for.
const TIME: Duration = Duration::from_secs(4);

/// The pages with their names.
const PAGES: [(&str, &str); 4] = [
    (
        "by-query, 20 in order",
        "/api/catalog/entities/by-query?limit=20&orderField=metadata.name,asc",
    ),
    ("catalog page", "/catalog"),
    ("catalog page, one kind", "/catalog?kind=component"),
    (
        "catalog page, chosen and ordered",
        "/catalog?kind=component&lifecycle=production&tag=java&sort=-owner",
    ),
];

/// What somebody sees.
pub struct Seen {
    /// How many entities.
    pub entities: u64,
    /// Each page with its times.
    pub pages: Vec<(&'static str, Times)>,
}

/// Asks for each page again and again.
///
/// # Errors
/// When a page is not answered with 200.
pub fn measure(server: &Server, cookie: &str, who: &str) -> Result<Seen> {
    let mut client = server.client()?;
    let answer = client.get("/api/catalog/entities/by-query?limit=1", &[cookie])?;
    let list: Value = serde_json::from_slice(&answer.body).context("the list is no JSON")?;
    let entities = list["totalItems"].as_u64();
    let mut pages = Vec::new();
    for (name, path) in PAGES {
        let times = Times::measure(TIME, |_| {
            let answer = client.get(path, &[cookie])?;
            match answer.status {
                200 => Ok(()),
                status => bail!("{path} answered {status}"),
            }
        })?;
        say::note(format_args!("{who}: {name} {}", times.shown()));
        pages.push((name, times));
    }
    Ok(Seen {
        entities: entities.context("the list has no number of items")?,
        pages,
    })
}
