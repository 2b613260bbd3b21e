//! Queries of which everybody would say what has to come first.
use callboard_search::Engine;

use crate::{
    generated::catalog,
    support::{ask, engine, ids, sample},
};

/// What is typed into the search of the sample organisation, and what should be first.
const SAMPLE: &[(&str, &str)] = &[
    // Names as they are, in any case and any way of writing.
    ("booking-service", "component:default/booking-service"),
    ("Booking Service", "component:default/booking-service"),
    ("bookingservice", "component:default/booking-service"),
    ("BOOKING_SERVICE", "component:default/booking-service"),
    (
        "component:default/fare-engine",
        "component:default/fare-engine",
    ),
    ("fare engine", "component:default/fare-engine"),
    ("crew app", "component:default/crew-app"),
    ("sea-kit", "component:default/sea-kit"),
    ("tideline", "component:default/tideline"),
    ("monday-report", "component:default/monday-report"),
    ("booking-team", "group:default/booking-team"),
    ("data-team", "group:default/data-team"),
    // The words of a name in another order, or some of them.
    ("service booking", "component:default/booking-service"),
    ("mailer", "component:default/booking-mailer"),
    ("scanner", "component:default/gate-scanner"),
    ("roster", "component:default/crew-roster"),
    ("passenger", "domain:default/passenger"),
    ("tracker", "component:default/voyage-tracker"),
    // Words that are still being typed.
    ("booking-w", "component:default/booking-website"),
    ("punct", "component:default/punctuality-pipeline"),
    ("custom", "component:freight/customs-connector"),
    ("refu", "component:default/refund-worker"),
    ("weat", "component:default/weather-watch"),
    ("legacy res", "component:default/legacy-reservations"),
    ("departure b", "component:default/departure-boards"),
    // Mistakes.
    ("bokking service", "component:default/booking-service"),
    ("wether watch", "component:default/weather-watch"),
    (
        "timtable assistant",
        "component:default/timetable-assistant",
    ),
    ("tidelnie", "component:default/tideline"),
    ("cargo servcie", "component:freight/cargo-service"),
    ("passanger manifest", "component:default/passenger-manifest"),
    ("punctualty pipe", "component:default/punctuality-pipeline"),
    ("roseter", "component:default/crew-roster"),
    ("scaner", "component:default/gate-scanner"),
    // People, with and without accents.
    ("ingrid", "user:default/ingrid.solheim"),
    ("zielinski", "user:default/tomasz.zielinski"),
    ("Zieliński", "user:default/tomasz.zielinski"),
    ("hana sato", "user:default/hana.sato"),
    ("Satō", "user:default/hana.sato"),
    ("callum reid", "user:default/callum.reid"),
    ("okafor", "user:default/amara.okafor"),
    // What something does.
    ("coastguard", "component:default/passenger-manifest"),
    ("brochure", "component:default/fare-rules"),
    ("wind waves", "component:default/weather-watch"),
    ("card acquirer ledger", "component:default/payment-service"),
    ("directors monday", "component:default/monday-report"),
    ("handheld scanners", "component:default/gate-scanner"),
    // With a kind or an owner.
    ("cargo api", "api:freight/cargo-api"),
    ("cargo-db", "resource:freight/cargo-db"),
    ("system freight desk", "system:freight/freight-desk"),
    ("payments group", "group:default/payments-team"),
];

/// The same for a generated catalog of 2,000 components.
const GENERATED: &[(&str, &str)] = &[
    (
        "payment-payment-api-0",
        "component:default/payment-payment-api-0",
    ),
    (
        "order-payment-api-1",
        "component:default/order-payment-api-1",
    ),
    (
        "checkout order 29",
        "component:default/checkout-order-store-29",
    ),
    (
        "order warhouse 481",
        "component:default/order-warehouse-ui-481",
    ),
    ("1999", "component:default/shipping-loyalty-api-1999"),
    (
        "scheduler payment 23",
        "component:default/scheduler-payment-ui-23",
    ),
];

/// Returns the mean of what the places are worth: 1 for the first, a half for the second, and so on.
fn mean_reciprocal_rank(engine: &Engine, golden: &[(&str, &str)]) -> (f64, Vec<String>) {
    let mut sum = 0.0;
    let mut misses = Vec::new();
    for (term, want) in golden {
        let answer = ask(engine, term);
        let found = ids(&answer);
        let place = found.iter().position(|id| id == want);
        sum += place.map_or(0.0, |place| 1.0 / (place + 1) as f64);
        if place != Some(0) {
            misses.push(format!("{term}: {:?}", &found[..found.len().min(5)]));
        }
    }
    (sum / golden.len() as f64, misses)
}

#[test]
fn the_sample_organisation_is_found() {
    let engine = engine(&sample());
    assert!(engine.len() > 60, "only {} documents", engine.len());
    let (rank, misses) = mean_reciprocal_rank(&engine, SAMPLE);
    assert!(rank >= 0.97, "{rank}: {misses:#?}");
}

#[test]
fn a_generated_catalog_is_found() {
    let documents = catalog(2_000);
    let engine = engine(&documents);
    let (rank, misses) = mean_reciprocal_rank(&engine, GENERATED);
    assert!(rank >= 0.97, "{rank}: {misses:#?}");
    // Every name is the first that is found for itself.
    for document in documents.iter().step_by(37) {
        let answer = ask(&engine, &document.name);
        assert_eq!(answer.hits[0].document.id, document.id);
    }
}
