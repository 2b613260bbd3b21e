//! Texts that the page fills its pieces with.

/// Longer than anything should be, without a space.
pub(super) const LONG_WORD: &str =
    "checkout-payment-reconciliation-service-for-northern-harbours-2";

/// A name of 63 characters is the longest that an entity can have.
pub(super) const LONG_TEXT: &str = "A name that somebody made so long that no place on any page was ever made for it, and that has to be shown anyway";

/// Arabic: written from right to left.
pub(super) const RTL: &str = "خدمة الدفع والحجز";

/// A small file.
pub(super) const YAML: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ferry-booking\n  description: Sells and changes tickets\nspec:\n  type: service\n  lifecycle: production\n  owner: team-tickets\n";

/// The same file, changed.
pub(super) const YAML_AFTER: &str = "apiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: ferry-booking\n  description: Sells, changes and refunds tickets\n  tags: [java, payments]\nspec:\n  type: service\n  lifecycle: production\n  owner: team-payments\n";

/// What a step of a template printed.
pub(super) const LOG: &str = "\u{1b}[90m12:04:01\u{1b}[0m \u{1b}[36mfetch\u{1b}[0m github.com/merrow/ferry-template@main\n\u{1b}[90m12:04:02\u{1b}[0m read 14 files, 38 kB\n\u{1b}[90m12:04:02\u{1b}[0m \u{1b}[33mwarning\u{1b}[0m: `owner` is not set, the value of the form is taken\n\u{1b}[90m12:04:03\u{1b}[0m render \u{1b}[34mcatalog-info.yaml\u{1b}[0m\n\u{1b}[90m12:04:03\u{1b}[0m render \u{1b}[34mREADME.md\u{1b}[0m\n\u{1b}[90m12:04:05\u{1b}[0m \u{1b}[1;32mdone\u{1b}[0m in 4.1 s\n";

/// The same with an error and a line that is too long.
pub(super) const LOG_FAILED: &str = "\u{1b}[90m12:04:01\u{1b}[0m publish to github.com/merrow/ferry-booking\n\u{1b}[90m12:04:02\u{1b}[0m \u{1b}[1;31merror\u{1b}[0m: GitHub said 403 to POST https://api.github.com/orgs/merrow/repos?visibility=internal&template=ferry-template&request=0f3c9a71b2: the token lacks contents:write\n";
