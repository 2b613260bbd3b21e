//! The loaded policy: roles, their members and rules, and the answers that follow from them.
use std::{collections::HashSet, ops::Range, sync::Arc};

use callboard_model::{Diagnostic, Severity};

use crate::{
    Asked, Decision, Effect, Precedence, Sources, Verdict, Who,
    draft::{Draft, Rule},
    guard::Facts,
    read::{self, Mode},
};

mod combine;
mod index;
mod members;
mod outcome;
mod set;
mod trace;

use combine::Tally;
use index::{Entry, Index};
use members::Members;

/// Who may do what, ready to be asked.
#[derive(Debug)]
pub struct Policy {
    mode: Mode,
    precedence: Precedence,
    roles: Vec<Role>,
    members: Members,
    /// The rules of all roles, one role after the other.
    rules: Vec<Rule>,
    /// Where the rules of each role stand.
    ranges: Vec<Range<usize>>,
    index: Index,
}

/// A role, as a page shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Its complete name, such as `role:default/developer`.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// Who has it: references, `everyone` and `anonymous`.
    pub members: Vec<String>,
    /// Other roles whose rules its members get too.
    pub includes: Vec<String>,
    /// How many rules it has itself.
    pub rules: usize,
    /// The file that defines it; `built-in` or `app-config.yaml` where no policy file does.
    pub file: String,
    /// Line, counted from 1; 0 where no policy file defines it.
    pub line: u32,
}

impl Policy {
    /// Reads files into a policy; there is none if anything in them is an error.
    #[must_use]
    pub fn load(sources: Sources) -> (Option<Self>, Vec<Diagnostic>) {
        let (mut draft, found) = read::read(&sources);
        if found
            .iter()
            .any(|problem| problem.severity == Severity::Error)
        {
            return (None, found);
        }
        let settings = &sources.settings;
        let has_source = !sources.policies.is_empty()
            || sources.csv.is_some()
            || sources.conditional.is_some()
            || settings.default_role.is_some();
        let mode = match (settings.enabled, has_source) {
            (false, _) => Mode::Open,
            (true, false) => Mode::BuiltIn,
            (true, true) => Mode::Files,
        };
        if mode != Mode::Files {
            draft = draft.without_roles();
        }
        read::add_built_in(mode, &mut draft);
        let policy = Self::build(draft, mode, settings.precedence, settings.max_depth);
        (Some(policy), found)
    }

    fn build(draft: Draft, mode: Mode, precedence: Precedence, max_depth: Option<usize>) -> Self {
        let members = Members::new(&draft, max_depth);
        let (mut roles, mut rules, mut ranges) = (Vec::new(), Vec::new(), Vec::new());
        for role in draft.roles {
            let (line, _) = role.place.line_and_column();
            let start = rules.len();
            roles.push(Role {
                name: role.name,
                description: role.description,
                members: members::subjects(&role.members),
                includes: role
                    .includes
                    .into_iter()
                    .map(|include| include.role)
                    .collect(),
                rules: role.rules.len(),
                file: role.place.file.to_string(),
                line,
            });
            rules.extend(role.rules);
            ranges.push(start..rules.len());
        }
        let index = Index::new(&rules, &ranges);
        Self {
            mode,
            precedence,
            roles,
            members,
            rules,
            ranges,
            index,
        }
    }

    /// Answers a question and says which rules led to the answer.
    #[must_use]
    pub fn decide(&self, who: &Who, asked: &Asked<'_>) -> Verdict {
        trace::decide(self, who, asked)
    }

    /// Answers a question.
    #[must_use]
    pub fn decision(&self, who: &Who, asked: &Asked<'_>) -> Decision {
        let roles = self.members.roles(who);
        if self.members.is_super_user(&roles) {
            return Decision::Allow;
        }
        let scanned;
        let entry = match self.index.get(asked) {
            Some(entry) => entry,
            None => {
                scanned = Entry::new(asked, &self.rules, &self.ranges);
                &scanned
            }
        };
        let counts = entry.what_counts(&roles, self.precedence);
        let mut tally = Tally::default();
        entry.tally_always(&roles, counts, &mut tally);
        if tally.is_denied() {
            return Decision::Deny;
        }
        let facts = Facts::new(who, *asked);
        // Rules with the same condition share it, so that it is resolved once.
        let mut seen = HashSet::new();
        for at in entry.others(&roles) {
            let rule = &self.rules[at];
            let is_needed = rule.effect == Effect::Deny || !tally.is_allowed();
            let shared = rule.condition.as_ref().filter(|_| rule.guard.is_none());
            let is_new = shared.is_none_or(|c| seen.insert((rule.effect, Arc::as_ptr(c))));
            if counts.includes(rule.origin) && is_needed && is_new {
                tally.add(rule.effect, outcome::of(rule, who, asked, &facts).known);
            }
        }
        tally.decision()
    }

    /// Returns the roles in the order of their files.
    #[must_use]
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// Tells whether everything is allowed to everybody, except what concerns the portal itself, because
    /// permissions are switched off.
    #[must_use]
    pub fn is_allow_all(&self) -> bool {
        self.mode == Mode::Open
    }
}
