//! A catalog of any size that is the same every time.
use callboard_search::Document;

use crate::support::component;

const WORDS: [&str; 24] = [
    "payment",
    "order",
    "invoice",
    "ledger",
    "customer",
    "checkout",
    "catalog",
    "shipping",
    "tracking",
    "pricing",
    "discount",
    "loyalty",
    "profile",
    "session",
    "gateway",
    "router",
    "cache",
    "queue",
    "report",
    "metric",
    "warehouse",
    "fraud",
    "notification",
    "scheduler",
];
const ENDINGS: [&str; 5] = ["api", "service", "worker", "ui", "store"];
const TAGS: [&str; 6] = ["java", "go", "rust", "kafka", "postgres", "pci"];

/// Returns so many components; `payment-order-api-0` is the first that has its words.
pub fn catalog(count: usize) -> Vec<Document> {
    (0..count).map(one).collect()
}

fn one(at: usize) -> Document {
    let word = |step: usize| WORDS[(at / step + at) % WORDS.len()];
    let (first, second) = (
        WORDS[at % WORDS.len()],
        WORDS[(at / WORDS.len()) % WORDS.len()],
    );
    let ending = ENDINGS[(at / 7) % ENDINGS.len()];
    let name = format!("{first}-{second}-{ending}-{at}");
    let text = format!(
        "Handles {} and {} for the {} of every {}.",
        word(3),
        word(5),
        word(11),
        word(13)
    );
    Document {
        tags: vec![
            TAGS[at % TAGS.len()].to_owned(),
            TAGS[(at / 6) % TAGS.len()].to_owned(),
        ],
        lifecycle: ["production", "experimental", "deprecated"][at % 3].to_owned(),
        owner: format!("team-{}", at % 10),
        owner_ref: format!("group:default/team-{}", at % 10),
        kind: if at.is_multiple_of(4) {
            "API"
        } else {
            "Component"
        }
        .to_owned(),
        ..component(&name, &text)
    }
}
