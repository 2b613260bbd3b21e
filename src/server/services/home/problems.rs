//! Open problems as the home page needs them: how many, whose, and the worst.
use std::collections::{HashMap, HashSet};

use callboard_db::StoredProblem;
use callboard_model::{Diagnostic, Severity, view::ProblemCounts};

/// So many are shown.
const SHOWN: usize = 5;

/// Open problems, counted.
#[derive(Debug, Default)]
pub(super) struct Problems {
    /// All of them.
    pub(super) counts: ProblemCounts,
    /// Those of each entity.
    pub(super) by_entity: HashMap<String, ProblemCounts>,
    /// How many are about what is mine.
    pub(super) mine: usize,
    /// Those about what is mine first, and the worst first.
    pub(super) worst: Vec<Diagnostic>,
}

impl Problems {
    /// Counts problems; `mine` are the references of what is owned.
    pub(super) fn of(stored: Vec<StoredProblem>, mine: &HashSet<String>) -> Self {
        let mut counted = Self::default();
        let is_mine = |problem: &Diagnostic| {
            let entity_ref = problem.entity_ref.as_ref();
            entity_ref.is_some_and(|entity_ref| mine.contains(entity_ref))
        };
        for problem in &stored {
            let severity = problem.diagnostic.severity;
            counted.counts.count(severity);
            counted.mine += usize::from(is_mine(&problem.diagnostic));
            if let Some(entity_ref) = &problem.diagnostic.entity_ref {
                let of_entity = counted.by_entity.entry(entity_ref.clone()).or_default();
                of_entity.count(severity);
            }
        }
        let mut worst: Vec<_> = stored
            .into_iter()
            .map(|problem| problem.diagnostic)
            .filter(|problem| problem.severity != Severity::Info)
            .collect();
        worst.sort_by_key(|problem| (!is_mine(problem), problem.severity));
        worst.truncate(SHOWN);
        counted.worst = worst;
        counted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(entity_ref: &str, severity: Severity) -> StoredProblem {
        let mut diagnostic = Diagnostic::new("CAT010", severity, "a.yaml", "bad");
        diagnostic.entity_ref = Some(entity_ref.to_owned());
        StoredProblem {
            diagnostic,
            since: 0,
        }
    }

    #[test]
    fn what_is_mine_comes_first_and_the_worst_of_it() {
        let stored = vec![
            problem("a", Severity::Error),
            problem("b", Severity::Warning),
            problem("b", Severity::Error),
            problem("b", Severity::Info),
        ];
        let problems = Problems::of(stored, &HashSet::from(["b".to_owned()]));
        let worst = problems.worst.iter();
        let worst: Vec<_> = worst
            .map(|one| (one.entity_ref.as_deref().unwrap(), one.severity))
            .collect();
        assert_eq!(
            worst,
            [
                ("b", Severity::Error),
                ("b", Severity::Warning),
                ("a", Severity::Error)
            ]
        );
        assert_eq!((problems.mine, problems.counts.total()), (3, 4));
        assert_eq!(problems.by_entity["b"].infos, 1);
    }
}
