//! The use cases, one file for each step of a drop's life: `impl Studio` with the commands of that step.
mod activity;
mod artwork;
mod home;
mod keys;
pub(crate) mod launch;
mod metadata;
mod networks;
mod project;
mod rehearsal;
mod sales;
mod storage;
mod tokens;
mod vouchers;
