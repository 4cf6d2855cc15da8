//! Integration tests of `atelier-collection`: files in, plans out.

mod drop_file;
mod edits;
mod imports;
mod plans;
mod properties;
mod random;
mod rarity;
mod sample;
mod targets;
mod world;
