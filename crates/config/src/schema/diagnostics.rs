//! Keys of `callboard.diagnostics`.
use super::{Form, Key};

/// `callboard.diagnostics`; its keys are codes, which `severities` checks.
pub(super) const DIAGNOSTICS: Key = Key::new(
    "diagnostics",
    &[Form::Map],
    "How much problems matter, by their codes: `off`, `info`, `warning` or `error`.",
);
