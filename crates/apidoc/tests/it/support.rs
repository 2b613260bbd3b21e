//! What the tests of all formats share.
use callboard_apidoc::ApiDoc;
use callboard_model::view::{ApiOperation, ApiSchema};

/// Returns an operation that is there.
pub fn operation<'d>(doc: &'d ApiDoc, id: &str) -> &'d ApiOperation {
    doc.operation(id).unwrap_or_else(|| {
        let ids: Vec<&str> = doc.operations.iter().map(|one| one.id.as_str()).collect();
        panic!("no {id} among {ids:?}; {:?}", doc.problems)
    })
}

/// Returns a field that is there.
pub fn field<'s>(schema: &'s ApiSchema, name: &str) -> &'s ApiSchema {
    let found = schema.fields.iter().find(|field| field.name == name);
    &found
        .unwrap_or_else(|| panic!("no field {name} in {schema:#?}"))
        .schema
}

/// Returns the value of a fact.
pub fn fact<'s>(schema: &'s ApiSchema, name: &str) -> Option<&'s str> {
    let found = schema.facts.iter().find(|fact| fact.name == name);
    found.map(|fact| fact.value.as_str())
}
