//! Engines with documents to look for.
use std::path::{Path, PathBuf};

use callboard_model::Entity;
use callboard_search::{Answer, Document, Engine, Request};
use serde::Deserialize;

/// Returns an engine with these documents.
pub fn engine(documents: &[Document]) -> Engine {
    let engine = Engine::open().unwrap();
    engine.put(documents).unwrap();
    engine.commit().unwrap();
    engine
}

/// Returns a component of this name with a description.
pub fn component(name: &str, text: &str) -> Document {
    Document {
        id: format!("component:default/{}", name.to_lowercase()),
        doc_type: "software-catalog".to_owned(),
        title: name.to_owned(),
        text: text.to_owned(),
        name: name.to_owned(),
        kind: "Component".to_owned(),
        namespace: "default".to_owned(),
        component_type: "service".to_owned(),
        lifecycle: "production".to_owned(),
        owner: "team-a".to_owned(),
        owner_ref: "group:default/team-a".to_owned(),
        ..Document::default()
    }
}

/// Looks for a term among everything.
pub fn ask(engine: &Engine, term: &str) -> Answer {
    let request = Request {
        term: term.to_owned(),
        limit: 25,
        ..Request::default()
    };
    engine.search(&request, None).unwrap()
}

/// Returns the ids of what was found.
pub fn ids(answer: &Answer) -> Vec<&str> {
    let hits = answer.hits.iter();
    hits.map(|hit| hit.document.id.as_str()).collect()
}

/// Returns the names of what is found for a term.
pub fn names(engine: &Engine, term: &str) -> Vec<String> {
    let hits = ask(engine, term).hits.into_iter();
    hits.map(|hit| hit.document.name).collect()
}

/// Returns the documents of the sample organisation.
pub fn sample() -> Vec<Document> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples/catalog");
    let mut files = Vec::new();
    collect(&root, &mut files);
    let documents = files.iter().flat_map(|file| of_file(file));
    documents.collect()
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if path.is_dir() && name != "definitions" && name != "problems" {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            files.push(path);
        }
    }
}

fn of_file(file: &Path) -> Vec<Document> {
    let text = std::fs::read_to_string(file).unwrap();
    let parts = serde_yaml::Deserializer::from_str(&text);
    let entities = parts.filter_map(|part| Entity::deserialize(part).ok());
    let documents = entities.map(|entity| Document::of_entity(&entity, String::new()));
    documents.collect()
}
