//! How the catalog page stands to the views that were saved.
use callboard_model::view::{CatalogQuery, ViewState};

use crate::{error::AppError, server::access::Access};

/// Groups that views can be offered for; nobody looks through more.
const GROUPS: usize = 50;

impl Access {
    /// Returns the saved views, and which of them a query is or came from.
    pub(super) async fn view_state(&self, query: &CatalogQuery) -> Result<ViewState, AppError> {
        let views = self.saved_views().await?;
        let now = query.kept();
        let saved: Vec<CatalogQuery> = views.iter().map(|view| read(&view.query)).collect();
        let opened = views.iter().position(|view| view.id == query.view);
        // Two views can say the same: the one that was opened counts.
        let current = opened.or_else(|| saved.iter().position(|saved| *saved == now));
        let user = self.caller().user();
        let groups = user.into_iter().flat_map(|user| &user.ownership);
        let groups = groups.filter(|own| own.starts_with("group:"));
        Ok(ViewState {
            current,
            is_changed: current.is_some_and(|at| saved[at] != now),
            groups: groups
                .take(GROUPS)
                .filter_map(|group| self.label_of(group))
                .collect(),
            views,
        })
    }
}

/// Reads the query string of a view.
fn read(query: &str) -> CatalogQuery {
    let pairs: Vec<_> = url::form_urlencoded::parse(query.as_bytes()).collect();
    let pairs = pairs.iter().map(|(key, value)| (&**key, &**value));
    CatalogQuery::of_pairs(pairs).kept()
}
