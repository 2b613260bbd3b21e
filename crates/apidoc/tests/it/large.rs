//! A specification of 2 MB: read, searched and shown within bounds.
use std::{
    fmt::Write,
    time::{Duration, Instant},
};

use callboard_apidoc::{Budget, read};

const OPERATIONS: usize = 1_500;
const SCHEMAS: usize = 2_000;

fn specification() -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Large, version: 1.0.0}\npaths:\n".to_owned();
    for number in 0..OPERATIONS {
        let _ = write!(
            text,
            "  /resources-{number}/{{id}}:\n    get:\n      operationId: getResource{number}\n      tags: [group-{group}]\n      \
             summary: Returns resource {number}\n      description: |\n        Returns the resource with this id, with everything that belongs to it.\n        \
             It is **never** older than a minute; see the [guide](https://example.org/{number}).\n      parameters:\n        - name: id\n          in: path\n          \
             required: true\n          schema: {{type: string, maxLength: 63}}\n        - {{name: expand, in: query, description: What to include, schema: {{type: array, items: {{type: string, enum: [a, b, c]}}}}}}\n      \
             responses:\n        '200':\n          description: The resource\n          content:\n            application/json:\n              schema:\n                $ref: '#/components/schemas/Type{number}'\n        \
             '404': {{description: There is no such resource}}\n",
            group = number / 50
        );
    }
    text.push_str("components:\n  schemas:\n");
    for number in 0..SCHEMAS {
        let _ = write!(
            text,
            "    Type{number}:\n      type: object\n      description: One of many types, number {number}\n      required: [id, name]\n      properties:\n        \
             id: {{type: string, format: uuid, readOnly: true, description: The id}}\n        name: {{type: string, maxLength: 63, pattern: '^[a-z]+$'}}\n        \
             count: {{type: integer, format: int64, minimum: 0, default: 0}}\n        state: {{type: string, enum: [open, closed, lost]}}\n        \
             next: {{$ref: '#/components/schemas/Type{next}'}}\n        others:\n          type: array\n          items: {{$ref: '#/components/schemas/Type{other}'}}\n",
            next = (number + 1) % SCHEMAS,
            other = (number * 7) % SCHEMAS
        );
    }
    text
}

/// Returns how long this thread has computed; waiting for others on the machine does not count where that can be told.
fn computed(since: Instant) -> Duration {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds = stat.split(' ').next().and_then(|text| text.parse().ok());
    nanoseconds.map_or_else(|| since.elapsed(), Duration::from_nanos)
}

/// Returns the fastest of several tries.
fn best<T>(done: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    let tries = (0..5).map(|_| {
        let before = computed(start);
        std::hint::black_box(done());
        computed(start).saturating_sub(before)
    });
    tries.min().unwrap_or_default()
}

#[test]
fn two_megabytes_are_fast() {
    let yaml = specification();
    assert!(yaml.len() > 1_900_000, "{} bytes", yaml.len());
    let doc = read(&yaml, "openapi");
    assert_eq!(doc.problems, []);
    assert_eq!(
        (doc.operations.len(), doc.types.len()),
        (OPERATIONS, SCHEMAS)
    );
    let reading = best(|| read(&yaml, "openapi"));
    let search = best(|| doc.find("resource-1 nothing", 50));
    let fields = best(|| doc.find("count", 50));
    let show = best(|| doc.expanded_operation(&doc.operations[700], &mut Budget::default()));
    let uses = best(|| doc.uses("Type7", 30));
    println!(
        "{} bytes of YAML: read {reading:?}, search {search:?} and {fields:?}, show {show:?}, uses {uses:?}, {} bytes in memory",
        yaml.len(),
        doc.weight()
    );
    // Without optimisation everything is ten times slower, and nobody waits for it.
    let factor = if cfg!(debug_assertions) { 40 } else { 1 };
    assert!(reading < Duration::from_millis(150) * factor, "{reading:?}");
    assert!(search < Duration::from_millis(20) * factor, "{search:?}");
    assert!(show < Duration::from_millis(10) * factor, "{show:?}");
    assert!(uses < Duration::from_millis(20) * factor, "{uses:?}");
}
