//! The catalog as a file: every row that a query finds, not those of one page only.
use axum::body::{Body, Bytes};
use callboard_catalog::{Filter, index::REF_KEY};
use callboard_model::view::{CatalogCell, CatalogQuery};
use serde_json::{Map, Value};

use super::{Columns, columns::Column, order};
use crate::{
    error::AppError,
    server::{access::Access, csv},
};

/// Most rows of one file.
const ROWS: usize = 100_000;

/// Rows that are read at a time; a file of any length needs memory for so many.
const CHUNK: usize = 200;

/// References that can be named one by one.
const NAMED: usize = 1_000;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::server) enum ExportForm {
    /// A table with a line of headings (RFC 4180).
    Csv,
    /// A JSON array of objects.
    Json,
}

/// What is exported, and how.
#[derive(Debug, Clone)]
pub(in crate::server) struct Export {
    pub(in crate::server) query: CatalogQuery,
    /// References of the entities that are meant, whatever the query says; empty means all that it finds.
    pub(in crate::server) refs: Vec<String>,
    pub(in crate::server) form: ExportForm,
}

/// A file on its way out.
struct Writer {
    access: Access,
    refs: Vec<String>,
    columns: Vec<Column>,
    form: ExportForm,
    /// How many references are done.
    at: usize,
    is_empty: bool,
}

impl Access {
    /// Writes every row that the caller may read and that is meant.
    ///
    /// # Errors
    /// `Internal` when the database does not answer at the start; later than that, the connection is cut.
    pub(in crate::server) async fn catalog_export(&self, export: Export) -> Result<Body, AppError> {
        let asked = self.asked(&export.query).await?;
        let refs = {
            let index = self.index().read();
            let filter = if export.refs.is_empty() {
                asked.filter("")
            } else {
                let refs = export.refs.into_iter().take(NAMED).collect();
                Filter::Is(REF_KEY.to_owned(), refs)
            };
            let found = self.found(&index, filter);
            let ids = index.ordered(&found, &order(&export.query.sort).0, 0, ROWS);
            let labels = ids.iter().filter_map(|id| index.label(*id));
            labels.map(|label| label.entity_ref.to_owned()).collect()
        };
        let writer = Writer {
            access: self.clone(),
            refs,
            columns: Columns::of(&export.query).shown().to_vec(),
            form: export.form,
            at: 0,
            is_empty: true,
        };
        let head = Bytes::from(writer.head());
        let first = futures::stream::once(async { Ok::<_, std::io::Error>(head) });
        let rest = futures::stream::try_unfold(Some(writer), |writer| async move {
            let Some(mut writer) = writer else {
                return Ok(None);
            };
            let text = writer.next().await.map_err(std::io::Error::other)?;
            Ok(Some(match text {
                Some(text) => (Bytes::from(text), Some(writer)),
                None => (Bytes::from(writer.end()), None),
            }))
        });
        Ok(Body::from_stream(futures::StreamExt::chain(first, rest)))
    }
}

impl Writer {
    fn head(&self) -> String {
        match self.form {
            ExportForm::Json => "[".to_owned(),
            ExportForm::Csv => {
                let columns = self.columns.iter().map(|column| csv::cell(&column.key));
                let all = ["entity".to_owned(), "title".to_owned()].into_iter();
                let all: Vec<String> = all.chain(columns).collect();
                format!("{}\r\n", all.join(","))
            }
        }
    }

    fn end(&self) -> &'static str {
        match self.form {
            ExportForm::Json => "\n]\n",
            ExportForm::Csv => "",
        }
    }

    /// Writes the next rows; nothing when all are written.
    async fn next(&mut self) -> Result<Option<String>, AppError> {
        if self.at == self.refs.len() {
            return Ok(None);
        }
        let end = (self.at + CHUNK).min(self.refs.len());
        let entities = self.access.entities(&self.refs[self.at..end]).await?;
        self.at = end;
        let mut text = String::new();
        for entity in &entities {
            let own = [
                entity.entity_ref().to_string(),
                entity.display_name().to_owned(),
            ];
            let cells = self.columns.iter();
            let cells = cells.map(|column| self.access.cell(entity, &column.key, true));
            match self.form {
                ExportForm::Csv => {
                    let all = own.into_iter().chain(cells.map(|cell| plain(&cell)));
                    let all: Vec<String> = all.map(|cell| csv::cell(&cell)).collect();
                    text.push_str(&all.join(","));
                    text.push_str("\r\n");
                }
                ExportForm::Json => {
                    let [entity_ref, title] = own;
                    let mut object = Map::new();
                    object.insert("entity".to_owned(), entity_ref.into());
                    object.insert("title".to_owned(), title.into());
                    for (column, cell) in self.columns.iter().zip(cells) {
                        object.insert(column.key.clone(), value(&cell));
                    }
                    text.push_str(if self.is_empty { "\n" } else { ",\n" });
                    text.push_str(&Value::Object(object).to_string());
                }
            }
            self.is_empty = false;
        }
        Ok(Some(text))
    }
}

/// Returns a cell as one text; entities by their references, since names are not unique.
fn plain(cell: &CatalogCell) -> String {
    match cell {
        CatalogCell::Empty => String::new(),
        CatalogCell::Text(text) | CatalogCell::Prose(text) | CatalogCell::Lifecycle(text) => {
            text.clone()
        }
        CatalogCell::Entity(label) => label.entity_ref.to_string(),
        CatalogCell::Tags(tags) => tags.join(" "),
    }
}

fn value(cell: &CatalogCell) -> Value {
    match cell {
        CatalogCell::Empty => Value::Null,
        CatalogCell::Tags(tags) => tags.clone().into(),
        other => plain(other).into(),
    }
}
