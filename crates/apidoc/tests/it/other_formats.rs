//! AsyncAPI, GraphQL, protobuf and everything else, by what of it is shown.
use callboard_apidoc::{Budget, read};

use crate::support::{fact, field, operation};

#[test]
fn asyncapi_2_and_3_have_channels_and_messages() {
    let old = read(
        r##"
asyncapi: 2.6.0
info: {title: Lights, version: 1.0.0}
servers: {prod: {url: "test.example.org:{port}", protocol: mqtt, variables: {port: {default: "1883"}}, security: [{k: []}]}}
channels:
  light/{id}/measured:
    parameters: {id: {schema: {type: string}, description: Which one.}}
    publish: {operationId: measured, summary: Told, tags: [{name: lights}], message: {$ref: "#/components/messages/M"}}
    subscribe: {message: {oneOf: [{$ref: "#/components/messages/M"}, {payload: {type: string}}]}}
components:
  messages: {M: {name: m, title: Measured, contentType: application/json, headers: {type: object, properties: {h: {type: integer}}}, payload: {$ref: "#/components/schemas/L"}, examples: [{payload: {lumens: 3}}]}}
  schemas: {L: {type: object, properties: {lumens: {type: integer, minimum: 0}}}}
  securitySchemes: {k: {type: userPassword}}
"##,
        "asyncapi",
    );
    assert_eq!(old.problems, []);
    assert_eq!(old.head.servers[0].protocol.as_deref(), Some("mqtt"));
    let publish = operation(&old, "PUBLISH light/{id}/measured");
    assert_eq!(old.groups[publish.group].title, "lights");
    assert_eq!(publish.parameters[0].name, "id");
    let message = &publish.request.as_ref().expect("a message").contents[0];
    assert_eq!(message.name, "Measured · application/json");
    assert!(message.headers.is_some() && message.examples[0].text.contains("lumens"));
    assert_eq!(
        operation(&old, "SUBSCRIBE light/{id}/measured")
            .request
            .as_ref()
            .expect("two")
            .contents
            .len(),
        2
    );

    let new = read(
        r##"
asyncapi: 3.0.0
info: {title: Chat, version: 1.0.0}
servers: {prod: {host: "chat.example.org", pathname: /ws, protocol: wss}}
channels: {room: {address: "room/{name}", parameters: {name: {enum: [a, b], description: Its name}}, messages: {said: {$ref: "#/components/messages/Said"}}}}
operations: {say: {action: send, title: Say it, channel: {$ref: "#/channels/room"}, messages: [{$ref: "#/channels/room/messages/said"}], reply: {channel: {$ref: "#/channels/room"}}}}
components: {messages: {Said: {payload: {schemaFormat: "application/vnd.aai.asyncapi+json;version=3.0.0", schema: {type: object, properties: {text: {type: string}}}}},
  Avro: {payload: {schemaFormat: "application/vnd.apache.avro;version=1.9.0", schema: {type: record}}}}}
"##,
        "asyncapi",
    );
    assert_eq!(new.problems, []);
    assert_eq!(new.head.servers[0].url, "chat.example.org/ws");
    let say = operation(&new, "SEND say");
    assert_eq!(
        (say.path.as_str(), say.summary.as_deref()),
        ("room/{name}", Some("Say it"))
    );
    assert_eq!(say.parameters[0].schema.values.len(), 2);
    let said = &say.request.as_ref().expect("a message").contents[0];
    assert_eq!(
        field(said.schema.as_ref().expect("a payload"), "text").label,
        "string"
    );
    assert_eq!(say.responses[0].status, "Reply");
}

#[test]
fn graphql_has_operations_types_inputs_enums_unions_and_directives() {
    let doc = read(
        r##"
"""All of it"""
schema { query: Root }
"What can be asked" type Root {
  "One boat" boat(id: ID! = "1", with: [Filter!]): Boat @deprecated(reason: "Use fleet")
  fleet: [Boat!]!
}
type Mutation { never: Int }
interface Node { id: ID! }
type Boat implements Node @key(fields: "id") { id: ID! name(style: Style = PLAIN): String crew: [Thing] }
extend type Boat { added: Int }
enum Style { PLAIN "Loud" LOUD @deprecated }
union Thing = Boat | Person
type Person { name: String! }
input Filter { name: String! = "x", deep: Filter }
scalar Date @specifiedBy(url: "https://x.example")
directive @key(fields: String!) repeatable on OBJECT | INTERFACE
"##,
        "graphql",
    );
    assert_eq!(doc.problems, []);
    assert_eq!(doc.head.description.as_deref(), Some("All of it"));
    let boat = operation(&doc, "QUERY boat");
    assert!(boat.deprecated);
    assert!(boat.facts.iter().any(|fact| fact.value == "Use fleet"));
    assert_eq!(boat.description.as_deref(), Some("One boat"));
    assert_eq!(
        (
            boat.parameters[0].required,
            boat.parameters[1].schema.label.as_str()
        ),
        (false, "[Filter!]")
    );
    let query = &boat.request.as_ref().expect("a query").contents[0].examples[0].text;
    assert!(
        query.starts_with(
            "query boat($id: ID!, $with: [Filter!]) {\n  boat(id: $id, with: $with) {\n    id"
        ),
        "{query}"
    );
    assert!(
        doc.operation("MUTATION never").is_some(),
        "`schema` says nothing about mutations"
    );
    assert!(doc.named("Root").is_none());
    let kinds: Vec<_> = doc
        .types
        .iter()
        .map(|named| format!("{} {}", named.kind, named.name))
        .collect();
    assert_eq!(
        kinds,
        [
            "interface Node",
            "type Boat",
            "enum Style",
            "union Thing",
            "type Person",
            "input Filter",
            "scalar Date",
            "directive @key"
        ]
    );
    let named = &doc.named("Boat").expect("a boat").schema;
    assert_eq!(
        field(named, "added").label,
        "Int",
        "an extension adds to its type"
    );
    assert_eq!(fact(named, "implements"), Some("Node"));
    assert_eq!(named.fields[1].arguments[0].name, "style");
    assert!(
        doc.named("Style").expect("an enum").schema.values[1]
            .value
            .contains("Deprecated")
    );
    let filter = doc
        .expanded_type("Filter", &mut Budget::default())
        .expect("an input");
    assert!(field(&filter, "deep").cut);
    let shown = doc.expanded_operation(boat, &mut Budget::default());
    let example = &shown.responses[0].contents[0].examples[0].text;
    assert!(
        example.contains("\"id\": \"1\"") && example.contains("\"added\": 1"),
        "{example}"
    );
    assert_eq!(doc.find("crew", 9).entries[0].schema, "Boat");
}

#[test]
fn protobuf_has_services_messages_and_comments() {
    let doc = read(
        r#"
syntax = "proto3";
package boats.v1;
import "google/protobuf/timestamp.proto";
// Everything about boats.
service Boats {
  // Returns one.
  rpc Get(GetRequest) returns (Boat) { option deprecated = true; }
  rpc Watch(stream GetRequest) returns (stream .boats.v1.Boat);
  rpc Put(stream Boat) returns (GetRequest);
  rpc List(GetRequest) returns (stream Boat);
}
message GetRequest { string id = 1; }
// A boat.
message Boat {
  string id = 1; // Its number.
  repeated Part parts = 2;
  map<string, Part> by_name = 3;
  oneof power { bool sail = 4; int32 watts = 5; }
  State state = 6 [deprecated = true];
  google.protobuf.Timestamp built = 7;
  optional int64 mass = 8;
  message Part { string name = 1; Boat of = 2; }
  enum State { STATE_UNKNOWN = 0; AFLOAT = 1; }
}
"#,
        "grpc",
    );
    assert_eq!(doc.problems, []);
    assert_eq!(
        (doc.head.format.as_str(), doc.head.title.as_str()),
        ("Protobuf proto3", "boats.v1")
    );
    assert_eq!(
        doc.groups[0].description.as_deref(),
        Some("Everything about boats.")
    );
    let verbs: Vec<_> = doc
        .operations
        .iter()
        .map(|one| (one.path.as_str(), one.verb.as_str()))
        .collect();
    assert_eq!(
        verbs,
        [
            ("Get", "UNARY"),
            ("Watch", "BIDI STREAM"),
            ("Put", "CLIENT STREAM"),
            ("List", "SERVER STREAM")
        ]
    );
    let get = operation(&doc, "boats.v1.Boats/Get");
    assert!(get.deprecated);
    assert_eq!(get.description.as_deref(), Some("Returns one."));
    let back = operation(&doc, "boats.v1.Boats/Watch").responses[0].contents[0]
        .schema
        .as_ref();
    assert_eq!(back.and_then(|one| one.link.as_deref()), Some("Boat"));
    let kinds: Vec<_> = doc
        .types
        .iter()
        .map(|named| format!("{} {}", named.kind, named.name))
        .collect();
    assert_eq!(
        kinds,
        [
            "message GetRequest",
            "message Boat",
            "message Boat.Part",
            "enum Boat.State"
        ]
    );
    let boat = &doc.named("Boat").expect("a boat").schema;
    assert_eq!(boat.description.as_deref(), Some("A boat."));
    assert_eq!(
        field(boat, "id").description.as_deref(),
        Some("Its number.")
    );
    assert_eq!(field(boat, "parts").label, "repeated Boat.Part");
    assert_eq!(field(boat, "by_name").label, "map<string, Boat.Part>");
    assert!(field(boat, "state").deprecated);
    assert_eq!(field(boat, "built").link, None, "it is in another file");
    assert_eq!(fact(field(boat, "mass"), "optional"), Some(""));
    assert_eq!(boat.choices[0].name.as_deref(), Some("power"));
    assert_eq!(boat.choices[0].schemas.len(), 2);
    let shown = doc.expanded_operation(get, &mut Budget::default());
    assert_eq!(
        shown.request.expect("a message").contents[0].examples[0].text,
        "{\n  \"id\": \"text\"\n}"
    );
}

#[test]
fn protobuf_knows_proto2_and_editions() {
    let doc = read(
        "message A { required int32 a = 1 [default = 5]; optional group G = 2 { optional int32 x = 1; } }",
        "grpc",
    );
    assert_eq!(doc.problems, []);
    assert_eq!(doc.head.format, "Protobuf proto2");
    assert!(doc.named("A").expect("a message").schema.fields[0].required);
    let doc = read(
        "// first\nedition = \"2023\";\nmessage A { int32 a = 1; }",
        "grpc",
    );
    assert_eq!(
        (doc.problems.len(), doc.head.format.as_str()),
        (0, "Protobuf edition 2023")
    );
}

#[test]
fn anything_else_is_shown_as_text() {
    let doc = read("export const router = 1", "trpc");
    assert!(!doc.rendered && doc.problems.is_empty() && doc.operations.is_empty());
}
