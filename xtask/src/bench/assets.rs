//! What a visitor has to load: the catalog page, the style sheet, JavaScript and WASM, and how they are served.
use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{Row, Verdict, server::Server, what};
use crate::{http::Client, repo};

/// Scripts of which a page loads one at most, beside those of every page.
const SOME_PAGES: [&str; 4] = ["catalog", "follow", "graph", "kit"];

/// Measures everything over HTTP, as a browser gets it.
///
/// # Errors
/// When the site has no manifest or the server does not answer.
pub fn rows(server: &Server) -> Result<Vec<Row>> {
    let text = std::fs::read_to_string(repo::site_dir().join("manifest.json"))
        .context("the site has no manifest")?;
    let manifest: Map<String, Value> =
        serde_json::from_str(&text).context("the site's manifest is no JSON object")?;
    let mut client = server.client()?;
    let page = client.get("/catalog", &["accept: text/html", "accept-encoding: br"])?;
    let plain = client.get("/catalog", &["accept: text/html"])?;
    let note = if page.status == 200 {
        format!("{:.1} kB before compression", kilobytes(plain.body.len()))
    } else {
        format!("answered {}", page.status)
    };
    let mut rows = vec![Row::limited(
        "page",
        kilobytes(page.body.len()),
        30.0,
        "kB",
        note,
    )];
    let (mut scripts, mut careless) = (0, Vec::new());
    let (mut main, mut heaviest, mut further) = (0, (0, String::new()), 0);
    for (key, url) in &manifest {
        let file = fetch(
            &mut client,
            url.as_str()
                .context("the manifest holds something that is no URL")?,
        )?;
        careless.extend(file.problem);
        if key == "css" {
            main = file.packed;
        } else if key.starts_with("sheet-") {
            heaviest = heaviest.max((file.packed, key.clone()));
        } else if SOME_PAGES.contains(&key.as_str()) {
            further = further.max(file.packed);
        } else {
            scripts += file.packed;
        }
    }
    rows.push(Row::limited(
        "css",
        kilobytes(main + heaviest.0),
        20.0,
        "kB",
        format!("the sheet of all pages, and {}", heaviest.1),
    ));
    rows.push(Row::limited(
        "script",
        kilobytes(scripts + further),
        160.0,
        "kB",
        "",
    ));
    rows.push(cache_row(&careless));
    Ok(rows)
}

struct File {
    packed: usize,
    problem: Option<String>,
}

fn fetch(client: &mut Client, url: &str) -> Result<File> {
    let packed = client.get(url, &["accept-encoding: br"])?;
    let plain = client.get(url, &[])?;
    let kept = packed
        .header("cache-control")
        .is_some_and(|value| value.contains("immutable"));
    let smaller = packed.header("content-encoding") == Some("br");
    let problem = match (packed.status, kept, smaller) {
        (200, true, true) => None,
        (200, true, false) if plain.body.len() < 200 => None,
        (200, kept, _) => Some(format!(
            "{url} is not {}",
            if kept { "compressed" } else { "immutable" }
        )),
        (status, ..) => Some(format!("{url} answered {status}")),
    };
    Ok(File {
        packed: packed.body.len(),
        problem,
    })
}

fn cache_row(careless: &[String]) -> Row {
    let good = careless.is_empty();
    Row {
        name: "cache",
        what: what("cache").to_owned(),
        measured: if good { "all" } else { "not all" }.to_owned(),
        budget: "all".to_owned(),
        verdict: if good { Verdict::Kept } else { Verdict::Broken },
        note: careless.join(", "),
    }
}

fn kilobytes(bytes: usize) -> f64 {
    (bytes as f64 / 100.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_not_kept_breaks_the_row() {
        assert_eq!(cache_row(&[]).verdict, Verdict::Kept);
        let row = cache_row(&["/pkg/a.js is not immutable".to_owned()]);
        assert_eq!(
            (row.verdict, row.note.as_str()),
            (Verdict::Broken, "/pkg/a.js is not immutable")
        );
    }
}
