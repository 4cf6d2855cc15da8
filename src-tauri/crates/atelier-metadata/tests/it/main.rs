//! Integration tests of `atelier-metadata`.

mod canonical;
mod documents;
mod linting;
mod templates;
mod world;
