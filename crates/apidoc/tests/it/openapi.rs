//! OpenAPI in all its versions, by what of it is shown.
use callboard_apidoc::{Budget, read};

use crate::support::{fact, field, operation};

const OPENAPI: &str = r##"
openapi: 3.0.3
info: {title: Boats, version: 1.2, description: "All *boats*.", license: {name: MIT}}
servers: [{url: "https://{region}.example.org", variables: {region: {default: eu, enum: [eu, us]}}}]
security: [{key: []}]
tags: [{name: boats, description: What floats.}]
paths:
  /boats/{id}:
    parameters: [{$ref: "#/components/parameters/Id"}]
    get:
      operationId: getBoat
      summary: One boat
      tags: [boats, fleet]
      parameters: [{name: deep, in: query, deprecated: true, schema: {type: boolean, default: false}}]
      responses:
        "200":
          description: The boat.
          headers: {X-Left: {schema: {type: integer}, description: Requests left.}}
          content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}, examples: {one: {summary: A boat, value: {id: 7}}}}}
        "404": {$ref: "#/components/responses/Gone"}
    put:
      deprecated: true
      security: []
      requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/Boat"}}, application/xml: {schema: {type: string}}}}
      responses: {"204": {description: Done}}
components:
  parameters: {Id: {name: id, in: path, required: true, schema: {type: integer, format: int64, minimum: 1}}}
  responses: {Gone: {description: No such boat.}}
  securitySchemes: {key: {type: apiKey, in: header, name: X-Key}, oauth: {type: oauth2, flows: {implicit: {authorizationUrl: "https://a.example", scopes: {read: Reads}}}}}
  schemas:
    Boat:
      type: object
      required: [id]
      properties:
        id: {type: integer, format: int64, readOnly: true}
        name: {type: string, nullable: true, pattern: "^[a-z]+$", maxLength: 20, example: ada}
        state: {type: string, enum: [afloat, docked]}
        crew: {type: array, items: {$ref: "#/components/schemas/Person"}}
        meta: {type: object, additionalProperties: {type: string}}
        tug: {$ref: "#/components/schemas/Boat"}
    Person: {allOf: [{$ref: "#/components/schemas/Named"}, {type: object, properties: {born: {type: string, format: date}}}]}
    Named: {type: object, properties: {name: {type: string}}}
    Cargo: {oneOf: [{$ref: "#/components/schemas/Boat"}, {type: string}], discriminator: {propertyName: kind}}
"##;

#[test]
fn openapi_3_has_operations_with_parameters_bodies_and_security() {
    let doc = read(OPENAPI, "openapi");
    assert_eq!(doc.problems, []);
    assert_eq!(
        (doc.head.title.as_str(), doc.head.version.as_str()),
        ("Boats", "1.2")
    );
    assert_eq!(doc.head.format, "OpenAPI 3.0.3");
    assert_eq!(doc.head.servers[0].variables[0].value, "eu (of eu, us)");
    assert_eq!(doc.head.security[0].kind, "API key `X-Key` in header");
    assert!(
        doc.head.security[1]
            .facts
            .iter()
            .any(|fact| fact.name == "scope read")
    );
    let get = operation(&doc, "GET /boats/{id}");
    assert_eq!(doc.groups[get.group].title, "boats");
    assert_eq!(
        doc.groups[get.group].description.as_deref(),
        Some("What floats.")
    );
    let names: Vec<_> = get
        .parameters
        .iter()
        .map(|one| {
            (
                one.name.as_str(),
                one.place.as_str(),
                one.required,
                one.deprecated,
            )
        })
        .collect();
    assert_eq!(
        names,
        [("id", "path", true, false), ("deep", "query", false, true)]
    );
    assert_eq!(get.security, Some(vec!["key".to_owned()]));
    assert_eq!(get.responses[0].headers[0].name, "X-Left");
    assert_eq!(get.responses[0].contents[0].examples[0].name, "A boat");
    assert_eq!(
        get.responses[1].description.as_deref(),
        Some("No such boat.")
    );
    let put = operation(&doc, "PUT /boats/{id}");
    assert!(put.deprecated);
    assert_eq!(
        put.security,
        Some(Vec::new()),
        "nothing is needed, which is not the same as nothing said"
    );
    assert_eq!(
        put.request.as_ref().map(|body| body.contents.len()),
        Some(2)
    );
}

#[test]
fn schemas_have_fields_constraints_values_and_links() {
    let doc = read(OPENAPI, "openapi");
    let boat = &doc.named("Boat").expect("a boat").schema;
    assert!(boat.fields[0].required);
    assert_eq!(field(boat, "id").format.as_deref(), Some("int64"));
    assert_eq!(fact(field(boat, "id"), "read only"), Some(""));
    assert_eq!(fact(field(boat, "name"), "pattern"), Some("^[a-z]+$"));
    assert_eq!(field(boat, "state").values.len(), 2);
    assert_eq!(field(boat, "crew").label, "array of Person");
    assert_eq!(field(boat, "crew").link.as_deref(), Some("Person"));
    assert_eq!(field(boat, "meta").label, "map of string");
    assert_eq!(
        doc.named("Cargo").expect("cargo").schema.choices[0]
            .name
            .as_deref(),
        Some("kind")
    );
    let shown = doc
        .expanded_type("Boat", &mut Budget::default())
        .expect("a boat");
    let tug = field(&shown, "tug");
    assert!(
        tug.cut && tug.fields.is_empty(),
        "a type that contains itself stays a link"
    );
    let person = field(&shown, "crew").items.as_ref().expect("items");
    assert_eq!(
        person.choices[0].schemas[0].fields[0].name, "name",
        "links are followed"
    );
}

#[test]
fn examples_are_made_where_there_are_none() {
    let doc = read(OPENAPI, "openapi");
    let put = doc.expanded_operation(operation(&doc, "PUT /boats/{id}"), &mut Budget::default());
    let body = put.request.expect("a body");
    let example = &body.contents[0].examples[0];
    assert!(example.made);
    assert!(
        example.text.contains("\"name\": \"ada\"")
            && example.text.contains("\"state\": \"afloat\""),
        "{}",
        example.text
    );
    assert!(
        example.text.contains("\"born\": \"2026-01-31\""),
        "{}",
        example.text
    );
    assert!(
        body.contents[1].examples.is_empty(),
        "none for what is not JSON"
    );
}

#[test]
fn search_finds_operations_types_parameters_and_fields() {
    let doc = read(OPENAPI, "openapi");
    let find = |text: &str| -> Vec<String> {
        let found = doc.find(text, 20).entries.into_iter();
        found
            .map(|hit| {
                format!(
                    "{}{} {}",
                    hit.op,
                    hit.schema,
                    hit.summary.unwrap_or_default()
                )
            })
            .collect()
    };
    assert_eq!(find("getboat"), ["GET /boats/{id} One boat"]);
    assert_eq!(find("CREW"), ["Boat field crew: array of Person"]);
    assert_eq!(
        find("deep"),
        ["GET /boats/{id} query parameter deep: boolean"]
    );
    assert_eq!(find("docked"), ["Boat value docked"]);
    assert_eq!(find("get boats"), ["GET /boats/{id} One boat"]);
    assert!(find("nothing-like-it").is_empty() && find("").is_empty());
    assert_eq!(doc.find("boat", 1).entries.len(), 1);
    let uses: Vec<_> = doc
        .uses("Boat", 20)
        .into_iter()
        .map(|one| format!("{}{}", one.op, one.schema))
        .collect();
    assert_eq!(uses, ["GET /boats/{id}", "PUT /boats/{id}", "Cargo"]);
}

#[test]
fn swagger_2_is_read_like_its_successors() {
    let doc = read(
        r##"{"swagger":"2.0","info":{"title":"Old","version":"1"},"host":"api.example.org","basePath":"/v1","schemes":["https"],
        "consumes":["application/json"],"produces":["application/json","application/xml"],
        "paths":{"/a":{"post":{"parameters":[{"in":"body","name":"b","required":true,"schema":{"$ref":"#/definitions/A"}},
          {"in":"query","name":"n","type":"integer","maximum":5}],"responses":{"200":{"description":"ok","schema":{"type":"array","items":{"$ref":"#/definitions/A"}},"examples":{"application/json":[{"a":1}]}}}},
          "put":{"consumes":["multipart/form-data"],"parameters":[{"in":"formData","name":"f","type":"file","description":"A file"}],"responses":{}}}},
        "definitions":{"A":{"type":"object","properties":{"a":{"type":"integer"}}}},
        "securityDefinitions":{"b":{"type":"basic"}}}"##,
        "openapi",
    );
    assert_eq!(doc.problems, []);
    assert_eq!(doc.head.format, "Swagger 2.0");
    assert_eq!(doc.head.servers[0].url, "https://api.example.org/v1");
    let post = operation(&doc, "POST /a");
    assert_eq!(post.parameters.len(), 1);
    assert_eq!(fact(&post.parameters[0].schema, "≤"), Some("5"));
    let body = post.request.as_ref().expect("a body");
    assert!(body.required);
    assert_eq!(
        body.contents[0]
            .schema
            .as_ref()
            .and_then(|one| one.link.as_deref()),
        Some("A")
    );
    assert_eq!(
        post.responses[0].contents[0].name,
        "application/json, application/xml"
    );
    assert!(
        post.responses[0].contents[0].examples[0]
            .text
            .contains("\"a\": 1")
    );
    let form = &operation(&doc, "PUT /a")
        .request
        .as_ref()
        .expect("a form")
        .contents[0];
    assert_eq!(form.name, "multipart/form-data");
    assert_eq!(form.schema.as_ref().expect("fields").fields[0].name, "f");
}

#[test]
fn openapi_3_1_and_3_2_have_webhooks_several_types_and_other_methods() {
    let doc = read(
        r##"
openapi: 3.2.0
info: {title: New, summary: In short., version: "2", license: {name: Apache, identifier: Apache-2.0}}
webhooks: {arrived: {post: {responses: {"200": {description: ok}}}}}
paths:
  /q: {query: {responses: {"200": {description: ok, content: {application/jsonl: {itemSchema: {$ref: "#/components/schemas/T"}}}}}}, additionalOperations: {COPY: {responses: {}}}}
components: {schemas: {T: {type: [string, "null"], const: x, examples: [y]}, U: {$ref: "#/components/schemas/T", description: Said beside it}, P: {type: array, prefixItems: [{type: string}], items: false}}}
"##,
        "openapi",
    );
    assert_eq!(doc.problems, []);
    operation(&doc, "COPY /q");
    let query = operation(&doc, "QUERY /q");
    assert_eq!(
        query.responses[0].contents[0]
            .schema
            .as_ref()
            .and_then(|one| one.link.as_deref()),
        Some("T")
    );
    assert_eq!(
        doc.groups[operation(&doc, "POST arrived").group].title,
        "Webhooks"
    );
    let named = &doc.named("T").expect("a type").schema;
    assert_eq!(
        (
            named.label.as_str(),
            fact(named, "always"),
            named.example.as_deref()
        ),
        ("string or null", Some("x"), Some("y"))
    );
    assert_eq!(
        doc.named("U")
            .expect("a type")
            .schema
            .description
            .as_deref(),
        Some("Said beside it")
    );
    assert_eq!(
        field(&doc.named("P").expect("a type").schema, "[0]").label,
        "string"
    );
}
