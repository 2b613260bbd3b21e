//! The policy that holds: read from its files, read again when they change, and asked by every door.
mod condition;
mod explain;
mod files;
mod simulate;

use std::{
    path::PathBuf,
    sync::{Arc, PoisonError, RwLock},
};

use callboard_db::now_ms;
use callboard_model::Diagnostic;
use callboard_policy::{Policy, Settings, Source, Sources};

pub(super) use condition::{condition_filter, nothing};
pub(super) use explain::verdict_word;
pub(super) use files::read_sources;

/// Where the policy stands and what the configuration says about it.
#[derive(Debug, Clone, Default)]
pub struct PolicySetup {
    /// Policy files of our own format, in their order.
    pub files: Vec<PathBuf>,
    /// The CSV of Backstage's RBAC plugin.
    pub csv: Option<PathBuf>,
    /// The conditional policies of that plugin.
    pub conditional: Option<PathBuf>,
    /// What the configuration says.
    pub settings: Settings,
}

impl PolicySetup {
    /// Returns every file.
    pub(super) fn all_files(&self) -> impl Iterator<Item = &PathBuf> {
        self.files.iter().chain(&self.csv).chain(&self.conditional)
    }
}

/// The policy that holds now. Cheap to ask, replaced as a whole.
#[derive(Debug)]
pub struct PolicyHolder {
    setup: PolicySetup,
    now: RwLock<Held>,
}

#[derive(Debug, Clone)]
struct Held {
    policy: Arc<Policy>,
    /// Texts the policy was last tried to be read from.
    tried: Sources,
    /// When the policy that holds was read, in milliseconds since 1970.
    loaded_at: i64,
    /// Problems of the texts that were tried last.
    problems: Vec<Diagnostic>,
}

/// What a policy file that changed led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reloaded {
    /// Nothing changed.
    Same,
    /// The new policy holds.
    Changed,
    /// The files have errors; the policy of before still holds.
    Broken,
}

/// What is known of the policy as a whole.
#[derive(Debug, Clone)]
pub(super) struct PolicyState {
    pub(super) loaded_at: i64,
    pub(super) problems: Vec<Diagnostic>,
    pub(super) files: Vec<String>,
}

impl PolicyHolder {
    /// Reads the policy for the first time.
    ///
    /// # Errors
    /// The problems of the files, when one of them is an error: a portal does not start with a policy that it does
    /// not understand.
    pub fn open(setup: PolicySetup, sources: Sources) -> Result<Self, Vec<Diagnostic>> {
        let (policy, problems) = Policy::load(sources.clone());
        let Some(policy) = policy else {
            return Err(problems);
        };
        let held = Held {
            policy: Arc::new(policy),
            tried: sources,
            loaded_at: now_ms(),
            problems,
        };
        Ok(Self {
            setup,
            now: RwLock::new(held),
        })
    }

    /// Holds the policy that the settings alone make.
    ///
    /// # Panics
    /// Never: without files there is nothing to be wrong.
    #[must_use]
    pub fn of_settings(settings: Settings) -> Self {
        let setup = PolicySetup {
            settings: settings.clone(),
            ..PolicySetup::default()
        };
        let sources = Sources {
            settings,
            ..Sources::default()
        };
        Self::open(setup, sources).expect("settings without files have no mistakes")
    }

    /// Returns the policy.
    #[must_use]
    pub fn now(&self) -> Arc<Policy> {
        Arc::clone(&self.held().policy)
    }

    /// Returns where the policy stands.
    pub(super) fn setup(&self) -> &PolicySetup {
        &self.setup
    }

    /// Returns what is known of the policy as a whole.
    pub(super) fn state(&self) -> PolicyState {
        let held = self.held();
        let all = held.tried.policies.iter();
        let all = all.chain(&held.tried.csv).chain(&held.tried.conditional);
        PolicyState {
            loaded_at: held.loaded_at,
            problems: held.problems.clone(),
            files: all.map(|source| source.file.clone()).collect(),
        }
    }

    /// Returns the texts of the files as they were tried last, with one of our own in place of all of our own.
    pub(super) fn with_text(&self, text: &str) -> Sources {
        let mut sources = self.held().tried.clone();
        sources.settings.enabled = true;
        sources.policies = vec![Source {
            file: "the changed policy".to_owned(),
            text: text.to_owned(),
        }];
        sources
    }

    /// Takes texts in place of those that were tried last.
    pub(super) fn take(&self, sources: Sources) -> Reloaded {
        if self.held().tried == sources {
            return Reloaded::Same;
        }
        let (policy, problems) = Policy::load(sources.clone());
        let mut held = self.now.write().unwrap_or_else(PoisonError::into_inner);
        held.tried = sources;
        held.problems = problems;
        match policy {
            Some(policy) => {
                held.policy = Arc::new(policy);
                held.loaded_at = now_ms();
                Reloaded::Changed
            }
            None => Reloaded::Broken,
        }
    }

    fn held(&self) -> std::sync::RwLockReadGuard<'_, Held> {
        self.now.read().unwrap_or_else(PoisonError::into_inner)
    }
}
