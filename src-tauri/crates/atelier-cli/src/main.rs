//! The `atelier` command line.
fn main() {}
