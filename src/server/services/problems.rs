//! The problems page.
use std::collections::BTreeMap;

use callboard_catalog::Index;
use callboard_db::StoredProblem;
use callboard_model::{
    Entity, annotation,
    view::{FacetValue, ProblemCounts, ProblemGroup, ProblemRow, ProblemsQuery, ProblemsView},
};

use crate::{error::AppError, server::access::Access};

/// Most problems on one page.
const MAX_ROWS: usize = 500;

/// Value of the owner filter that stands for no owner.
const NO_OWNER: &str = "none";

/// Problems that say which other entities there are.
pub(super) const OF_OTHERS: &[&str] = &[
    callboard_diagnostics::codes::CAT_DANGLING,
    callboard_diagnostics::codes::CAT_OWNER_MISSING,
];

impl Access {
    /// Answers the problems page.
    ///
    /// # Errors
    /// `Internal` when the database does not answer.
    pub async fn problems_view(&self, query: &ProblemsQuery) -> Result<ProblemsView, AppError> {
        let rows: Vec<ProblemRow> = self
            .problems()
            .await?
            .into_iter()
            .map(|problem| self.problem_row(problem))
            .collect();
        let mut view = ProblemsView::default();
        for row in &rows {
            view.counts.count(row.diagnostic.severity);
        }
        view.owners = values(&rows, &query.owner, |row| {
            (owner_value(row), owner_title(row))
        });
        view.codes = values(&rows, &query.code, |row| {
            let code = row.diagnostic.code.clone();
            let name = callboard_diagnostics::rule(&code).map_or("", |rule| rule.summary);
            (code.clone(), format!("{code} {name}"))
        });
        let mut found: Vec<_> = rows.into_iter().filter(|row| matches(row, query)).collect();
        view.total = found.len();
        found.truncate(MAX_ROWS);
        view.groups = groups(found, query.group == "owner");
        Ok(view)
    }

    /// Returns the open problems that the caller may see: those of entities it may read. Problems of files that brought
    /// no entity are for whoever may look at the ingestion.
    pub(super) async fn problems(&self) -> Result<Vec<StoredProblem>, AppError> {
        let mut all = self.db().problem_list().await?;
        self.keep_visible(&mut all);
        Ok(all)
    }

    /// Returns the open problems of one entity, and the errors of its file that are about no entity, as far as the
    /// caller may see them.
    pub(super) async fn problems_of(
        &self,
        entity: &Entity,
    ) -> Result<Vec<StoredProblem>, AppError> {
        let file = self.place_of(entity, annotation::LOCATION);
        let file = file.unwrap_or_default();
        let text = entity.entity_ref().to_string();
        let mut all = self.db().problem_list_of(&text, &file).await?;
        self.keep_visible(&mut all);
        all.sort_by_key(|problem| problem.diagnostic.severity);
        Ok(all)
    }

    pub(super) fn keep_visible(&self, problems: &mut Vec<StoredProblem>) {
        let sees_files = self.sees_all() || self.has("catalog.ingestion.read");
        problems.retain(|problem| match &problem.diagnostic.entity_ref {
            Some(entity_ref) if self.index().read().id(entity_ref).is_some() => {
                let is_of_others = OF_OTHERS.contains(&problem.diagnostic.code.as_str());
                self.sees_ref(entity_ref) && (sees_files || !is_of_others)
            }
            _ => sees_files,
        });
    }

    pub(super) fn problem_row(&self, problem: StoredProblem) -> ProblemRow {
        let entity = problem
            .diagnostic
            .entity_ref
            .as_deref()
            .and_then(|text| self.label_of(text))
            .filter(|label| label.exists);
        let owner = entity.as_ref().and_then(|entity| {
            let index = self.index().read();
            first_owner(&index, &entity.entity_ref.to_string())
        });
        let owner = owner.and_then(|owner| self.label_of(&owner));
        ProblemRow {
            diagnostic: problem.diagnostic,
            entity,
            owner,
            since: problem.since,
        }
    }
}

fn first_owner(index: &Index, entity_ref: &str) -> Option<String> {
    let id = index.id(entity_ref)?;
    index.value(id, "relations.ownedby").map(str::to_owned)
}

fn owner_value(row: &ProblemRow) -> String {
    row.owner
        .as_ref()
        .map_or_else(|| NO_OWNER.to_owned(), |owner| owner.entity_ref.to_string())
}

fn owner_title(row: &ProblemRow) -> String {
    row.owner
        .as_ref()
        .map_or_else(|| "No owner".to_owned(), |owner| owner.title.clone())
}

fn matches(row: &ProblemRow, query: &ProblemsQuery) -> bool {
    let is = |want: &str, got: &str| want.is_empty() || want.eq_ignore_ascii_case(got);
    is(&query.severity, row.diagnostic.severity.as_str())
        && is(&query.code, &row.diagnostic.code)
        && is(&query.owner, &owner_value(row))
}

fn values(
    rows: &[ProblemRow],
    chosen: &str,
    value: impl Fn(&ProblemRow) -> (String, String),
) -> Vec<FacetValue> {
    let mut counts: BTreeMap<String, (String, usize)> = BTreeMap::new();
    for row in rows {
        let (value, label) = value(row);
        counts.entry(value).or_insert((label, 0)).1 += 1;
    }
    let facet = |(value, (label, count)): (String, (String, usize))| FacetValue {
        selected: value.eq_ignore_ascii_case(chosen),
        value,
        label,
        count,
    };
    let mut values: Vec<_> = counts.into_iter().map(facet).collect();
    values.sort_by(|a, b| (b.count, &a.value).cmp(&(a.count, &b.value)));
    values
}

fn groups(rows: Vec<ProblemRow>, by_owner: bool) -> Vec<ProblemGroup> {
    let mut groups: BTreeMap<String, ProblemGroup> = BTreeMap::new();
    for row in rows {
        let (key, title, owner) = if by_owner {
            (owner_value(&row), owner_title(&row), row.owner.clone())
        } else {
            (
                row.diagnostic.file.clone(),
                row.diagnostic.file.clone(),
                None,
            )
        };
        let group = groups.entry(key).or_insert_with(|| ProblemGroup {
            title,
            owner,
            problems: Vec::new(),
        });
        group.problems.push(row);
    }
    // The worst first: those with most errors.
    let mut groups: Vec<_> = groups.into_values().collect();
    let errors = |group: &ProblemGroup| {
        let mut counts = ProblemCounts::default();
        group
            .problems
            .iter()
            .for_each(|row| counts.count(row.diagnostic.severity));
        (counts.errors, counts.warnings)
    };
    groups.sort_by(|a, b| {
        errors(b)
            .cmp(&errors(a))
            .then_with(|| a.title.cmp(&b.title))
    });
    groups
}
