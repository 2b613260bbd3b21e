//! `/catalog-import` and what belongs to it: registering by an address, following it, a first catalog file, and
//! unregistering.
mod excerpt;
mod files;
mod follow;
mod hosts;
mod import;
mod locations;
mod new_file;
mod notice;
mod outer;
mod proposal;
mod steps;
mod unregister;

pub(super) use follow::FollowPage;
pub(super) use import::ImportPage;
pub(super) use new_file::NewFilePage;
pub use notice::Unregistered;
pub(super) use notice::UnregisteredNotice;
pub(super) use unregister::UnregisterPage;
