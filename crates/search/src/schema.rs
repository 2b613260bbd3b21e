//! The fields of the index.
use tantivy::{
    Index, IndexSettings, TantivyDocument,
    directory::RamDirectory,
    schema::{
        FAST, Field as Handle, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
        TextOptions,
    },
    store::Compressor,
    tokenizer::TextAnalyzer,
};

use crate::{
    Document, Field, SearchError, id_hash,
    words::{Words, fold, joined},
};

/// The column of hashes of ids.
pub(crate) const HASH: &str = "hash";
/// The column that documents are sorted by when nothing else tells them apart.
pub(crate) const SORT: &str = "sort";
/// The column of lengths of titles.
pub(crate) const LENGTH: &str = "length";

const WORDS: &str = "words";

/// Handles of the fields.
#[derive(Debug, Clone)]
pub(crate) struct Fields {
    /// The whole document as JSON.
    pub(crate) stored: Handle,
    pub(crate) id: Handle,
    /// Words of name and title.
    pub(crate) name: Handle,
    /// Name and title, each in one word.
    pub(crate) whole: Handle,
    pub(crate) tags: Handle,
    /// Kind, namespace, type, lifecycle, owner.
    pub(crate) meta: Handle,
    pub(crate) text: Handle,
    hash: Handle,
    sort: Handle,
    length: Handle,
    columns: Vec<(Field, Handle)>,
}

/// Makes an empty index in memory.
pub(crate) fn create() -> Result<(Index, Fields), SearchError> {
    let mut schema = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let words = TextOptions::default().set_indexing_options(indexing);
    let raw = TextOptions::default().set_fast("raw");
    let fields = Fields {
        stored: schema.add_text_field("stored", STORED),
        id: schema.add_text_field("id", STRING),
        name: schema.add_text_field("name", words.clone()),
        whole: schema.add_text_field("whole", STRING),
        tags: schema.add_text_field("tags", words.clone()),
        meta: schema.add_text_field("meta", words.clone()),
        text: schema.add_text_field("text", words),
        hash: schema.add_u64_field(HASH, FAST),
        sort: schema.add_text_field(SORT, raw.clone()),
        length: schema.add_u64_field(LENGTH, FAST),
        columns: Field::ALL
            .iter()
            .map(|field| (*field, schema.add_text_field(field.column(), raw.clone())))
            .collect(),
    };
    let settings = IndexSettings {
        docstore_compression: Compressor::None,
        docstore_compress_dedicated_thread: false,
        ..IndexSettings::default()
    };
    let index = Index::create(RamDirectory::create(), schema.build(), settings)?;
    index
        .tokenizers()
        .register(WORDS, TextAnalyzer::from(Words));
    Ok((index, fields))
}

impl Fields {
    /// Makes of a document what the index takes.
    pub(crate) fn row(&self, document: &Document) -> Result<TantivyDocument, SearchError> {
        let mut row = TantivyDocument::new();
        let stored = serde_json::to_string(document).map_err(SearchError::Stored)?;
        row.add_text(self.stored, stored);
        row.add_text(self.id, &document.id);
        row.add_u64(self.hash, id_hash(&document.id));
        // Titles may be the same; with the id, every key is another.
        row.add_text(
            self.sort,
            format!("{}\0{}", fold(document.shown()), document.id),
        );
        row.add_u64(self.length, document.shown().chars().count() as u64);
        row.add_text(self.name, &document.name);
        row.add_text(self.whole, joined(&document.name));
        for other in [&document.title, &document.display] {
            if *other != document.name && !other.is_empty() {
                row.add_text(self.name, other);
                row.add_text(self.whole, joined(other));
            }
        }
        for tag in &document.tags {
            row.add_text(self.tags, tag);
        }
        for text in [
            &document.kind,
            &document.namespace,
            &document.component_type,
            &document.lifecycle,
            &document.owner,
        ] {
            row.add_text(self.meta, text);
        }
        row.add_text(self.text, &document.text);
        for (field, handle) in &self.columns {
            for value in values(document, *field) {
                row.add_text(*handle, value);
            }
        }
        Ok(row)
    }
}

/// Returns the values that a document has in a field.
fn values(document: &Document, field: Field) -> impl Iterator<Item = &str> {
    let (one, many): (&str, &[String]) = match field {
        Field::Type => (&document.doc_type, &[]),
        Field::Kind => (&document.kind, &[]),
        Field::ComponentType => (&document.component_type, &[]),
        Field::Lifecycle => (&document.lifecycle, &[]),
        Field::Owner => (&document.owner_ref, &[]),
        Field::OwnerText => (&document.owner, &[]),
        Field::Namespace => (&document.namespace, &[]),
        Field::Name => (&document.name, &[]),
        Field::Tag => ("", &document.tags),
    };
    let many = many.iter().map(String::as_str);
    std::iter::once(one)
        .chain(many)
        .filter(|value| !value.is_empty())
}
