//! Sections that Backstage or its common plugins read and the portal does not.
use super::Key;

pub(super) const PROXY: Key = Key::unused("proxy", "Calls passed on to other services.");
pub(super) const TECHDOCS: Key = Key::unused("techdocs", "How documentation is built and kept.");
pub(super) const SCAFFOLDER: Key = Key::unused("scaffolder", "How templates run.");
pub(super) const SEARCH: Key = Key::unused("search", "How the search index is built.");
pub(super) const KUBERNETES: Key = Key::unused("kubernetes", "Clusters whose workloads are shown.");
pub(super) const NOTIFICATIONS: Key = Key::unused("notifications", "How notifications are sent.");
pub(super) const SIGNALS: Key = Key::unused("signals", "How open pages are told about news.");
pub(super) const DISCOVERY: Key =
    Key::unused("discovery", "Where Backstage's plugins find each other.");
pub(super) const MCP_ACTIONS: Key = Key::unused("mcpActions", "Actions offered to assistants.");
pub(super) const DEV_TOOLS: Key =
    Key::unused("devTools", "Backstage's page for its own operators.");
pub(super) const HOME: Key = Key::unused("home", "Backstage's home page.");
pub(super) const COST_INSIGHTS: Key = Key::unused("costInsights", "The plugin about cloud costs.");
pub(super) const EXPLORE: Key = Key::unused("explore", "The plugin with a page of tools.");
pub(super) const NOTIFICATIONS_TESTER: Key = Key::unused(
    "notificationsTester",
    "The plugin that sends notifications for a test.",
);
pub(super) const USER_SETTINGS: Key =
    Key::unused("userSettings", "Where Backstage keeps settings of people.");
pub(super) const DYNAMIC_PLUGINS: Key = Key::unused(
    "dynamicPlugins",
    "Plugins that a Backstage distribution loads without a build.",
);
