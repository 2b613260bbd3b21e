//! What can be wrong with `app-config.yaml` and its companions.
use callboard_model::Severity::{Error, Warning};

use super::{Rule, row};
use crate::codes;

pub(super) const RULES: &[Rule] = &[
    row(
        codes::CFG_UNREADABLE,
        "config-unreadable",
        Error,
        "A configuration file cannot be read",
        "A file that was named with `--config`, or one of the default files, exists but cannot be read, or it is missing. Check the path and the permissions.",
    ),
    row(
        codes::CFG_VALUE,
        "config-value",
        Error,
        "The value of a known key is wrong",
        "The key is known and its value has the wrong type or form; the message names the value and what is accepted. All such problems are reported at once.",
    ),
    row(
        codes::CFG_UNKNOWN_KEY,
        "config-unknown-key",
        Warning,
        "A key is not known",
        "Nothing reads this key, which is often a spelling mistake. Configurations written for Backstage may hold keys of plugins; those do no harm.",
    ),
    row(
        codes::CFG_UNSET_VARIABLE,
        "variable-not-set",
        Warning,
        "An environment variable is not set",
        "The value names a variable that is not set, so the key is treated as absent, as Backstage treats it. Set the variable, or give a default with `${NAME:-default}`.",
    ),
    row(
        codes::CFG_INCLUDE,
        "config-include",
        Error,
        "An included file cannot be read",
        "The file behind `$include` or `$file` is missing, cannot be read or has no such key. Paths are relative to the file that names them.",
    ),
    row(
        codes::CFG_DOLLAR,
        "config-dollar-key",
        Error,
        "A key with a dollar sign is used wrongly",
        "`$env`, `$file` and `$include` stand alone in their map and have text as their value. Write a dollar sign that is meant as text twice.",
    ),
    row(
        codes::CFG_ENV_VALUE,
        "config-variable",
        Error,
        "An APP_CONFIG_ variable is wrong",
        "A variable that starts with `APP_CONFIG_` sets the key that the rest of its name spells, and this name or value cannot be used. Parts are joined with `_`, and values that are not JSON are text.",
    ),
    row(
        codes::CFG_UNUSED_SECTION,
        "config-unused-section",
        Warning,
        "A section is not used yet",
        "Backstage knows this section, and Callboard reads past it for now. It can stay; the part of the portal it configures does not exist here yet.",
    ),
    row(
        codes::CFG_CONTRADICTION,
        "config-contradiction",
        Error,
        "Values contradict each other",
        "Each value is fine on its own, and together they cannot be followed. The message names both; change one.",
    ),
    row(
        codes::CFG_DEPRECATED_KEY,
        "config-deprecated-key",
        Warning,
        "A key is deprecated or removed",
        "The key has been replaced, or what it configured is gone. The message names what to use instead.",
    ),
];
