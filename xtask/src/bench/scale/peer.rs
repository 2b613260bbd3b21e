//! What Backstage 1.55 gave for the same catalogs and requests on a machine of this size: the production build on
//! PostgreSQL 15, two cores. Recorded on another day, so only the order of magnitude can be compared.

/// One request on one connection and on sixteen: requests per second, and the 95th percentile in milliseconds.
type Request = (&'static str, [Rate; 2]);

/// How a request went.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rate {
    /// Requests per second.
    pub per_second: f64,
    /// The 95th percentile in milliseconds.
    pub p95: f64,
}

/// Figures for one size of catalog.
#[derive(Debug)]
pub struct Peer {
    /// Number of entities they were recorded with.
    pub entities: u64,
    /// Seconds until all entities were served.
    pub ingestion: f64,
    /// Peak of resident memory while they were read, in megabytes.
    pub memory: f64,
    /// Size of the database on disk in megabytes.
    pub database: f64,
    /// Seconds from a warm start to ready, with an almost empty catalog.
    pub restart: f64,
    requests: &'static [Request],
}

const fn rate(per_second: f64, p95: f64) -> Rate {
    Rate { per_second, p95 }
}

const TEN_THOUSAND: Peer = Peer {
    entities: 10_000,
    ingestion: 151.0,
    memory: 893.0,
    database: 470.0,
    restart: 5.0,
    requests: &[
        ("list20", [rate(70.0, 22.0), rate(162.0, 133.0)]),
        ("list20_ordered", [rate(32.0, 45.0), rate(74.0, 267.0)]),
        ("list20_text", [rate(12.0, 214.0), rate(32.0, 1789.0)]),
        ("facets", [rate(20.0, 79.0), rate(42.0, 460.0)]),
        ("by_name", [rate(434.0, 5.6), rate(706.0, 34.0)]),
    ],
};

const FIFTY_THOUSAND: Peer = Peer {
    entities: 50_000,
    ingestion: 704.0,
    memory: 2207.0,
    database: 2000.0,
    restart: 5.0,
    requests: &[
        ("list20", [rate(14.0, 90.0), rate(35.0, 542.0)]),
        ("list20_ordered", [rate(6.4, 205.0), rate(18.0, 1810.0)]),
        ("list20_text", [rate(2.9, 453.0), rate(7.8, 2492.0)]),
        ("facets", [rate(2.2, 1352.0), rate(5.6, 3243.0)]),
        ("by_name", [rate(208.0, 12.0), rate(602.0, 45.0)]),
    ],
};

impl Peer {
    /// Returns the figures to compare a catalog of some size with: those of the nearest size that was recorded.
    pub fn for_entities(entities: u64) -> &'static Self {
        if entities > 30_000 {
            &FIFTY_THOUSAND
        } else {
            &TEN_THOUSAND
        }
    }

    /// Returns how a request went; `at` is 0 for one connection and 1 for sixteen.
    pub fn request(&self, name: &str, at: usize) -> Option<Rate> {
        let found = self.requests.iter().find(|(known, _)| *known == name)?;
        found.1.get(at).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_size_is_compared() {
        assert_eq!(Peer::for_entities(10_000).entities, 10_000);
        assert_eq!(Peer::for_entities(100_000).entities, 50_000);
        let rate = Peer::for_entities(100_000).request("by_name", 1);
        assert_eq!(rate.map(|rate| rate.per_second), Some(602.0));
        assert_eq!(Peer::for_entities(10_000).request("search", 0), None);
    }
}
