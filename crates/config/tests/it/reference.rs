//! The book's table of keys is the one of the program.
use std::path::Path;

use callboard_config::{schema, schema_markdown};

const START: &str = "<!-- keys: written by the program -->\n";
const END: &str = "<!-- end of keys -->";

#[test]
fn the_reference_lists_every_key() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/configuration.md");
    let text = std::fs::read_to_string(&path).expect("the page is there");
    let (_, rest) = text
        .split_once(START)
        .expect("the page marks where the table starts");
    let (table, _) = rest
        .split_once(END)
        .expect("the page marks where the table ends");
    let expected = schema_markdown();
    assert!(
        table.trim() == expected.trim(),
        "docs/configuration.md has another table than this:\n{expected}"
    );
    schema::each_key(&mut |path, _| assert!(table.contains(&format!("| `{path}` |")), "{path}"));
}
