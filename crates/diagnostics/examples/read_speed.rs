//! Measures how fast YAML is read: `cargo run --release -p callboard-diagnostics --example read_speed [FILE…]`.
use std::{fmt::Write as _, time::Instant};

use callboard_diagnostics::{Limits, read_stream};

fn main() -> std::io::Result<()> {
    let files: Vec<_> = std::env::args().skip(1).collect();
    let mut out = std::io::stdout().lock();
    if files.is_empty() {
        return measure("10,000 documents", generated(10_000).as_bytes(), &mut out);
    }
    for file in files {
        measure(&file, &std::fs::read(&file)?, &mut out)?;
    }
    Ok(())
}

fn measure(name: &str, bytes: &[u8], out: &mut impl std::io::Write) -> std::io::Result<()> {
    let started = Instant::now();
    let stream = read_stream(name, bytes, &Limits::default());
    let took = started.elapsed();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = bytes.len() as f64 / 1e6 / took.as_secs_f64();
    writeln!(
        out,
        "{name}: {} bytes, {} documents, {} problems in {took:?} = {rate:.0} MB/s",
        bytes.len(),
        stream.documents.len(),
        stream.diagnostics.len(),
    )
}

/// Entities of the size that catalogs have.
fn generated(count: usize) -> String {
    let mut text = String::new();
    for at in 0..count {
        let _ = write!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: service-{at}\n  \
             title: Service number {at}\n  description: >-\n    Takes orders, checks them against stock and\n    \
             hands them to the warehouse: see the façade.\n  annotations:\n    github.com/project-slug: org/service-{at}\n    \
             backstage.io/techdocs-ref: dir:.\n    example.com/cost-centre: \"{at}\"\n  labels:\n    tier: gold\n    \
             region: eu-west-1\n  tags: [java, spring, data]\n  links:\n    - url: https://example.com/dash/{at}\n      \
             title: Dashboard\n      icon: dashboard\n    - url: https://example.com/run/{at}\n      title: Runbook\n\
             spec:\n  type: service\n  lifecycle: production\n  owner: group:default/team-{}\n  system: shop\n  \
             dependsOn:\n    - resource:default/db-{at}\n    - component:service-{}\n  providesApis:\n    - api-{at}\n",
            at % 50,
            at / 2,
        );
    }
    text
}
