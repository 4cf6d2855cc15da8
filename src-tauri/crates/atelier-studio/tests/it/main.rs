//! The use cases without a window and without a keychain: what can be asked, in what order, and what is refused.
mod bench;
mod commands;
mod gate;
mod projects;
