//! How does the site get to the branch that a host publishes?

mod git;
mod remote;

pub(crate) use git::Git;
pub use remote::{Repository, without_secrets};
