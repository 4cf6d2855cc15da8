//! The sample drop, planned.

use atelier_collection::{Drop, DropFile, Plan, SolveOptions, solve};

const TEXT: &str = include_str!("../../../../../assets/samples/tidepool/drop.toml");

/// The sample and its plan.
pub fn sample() -> (Drop, Plan) {
    let file = DropFile::parse(TEXT).expect("the sample is valid");
    let plan = solve(file.drop(), SolveOptions::default()).expect("solvable");
    (file.drop().clone(), plan)
}

/// A content address like those that bundles make.
pub fn image(id: u32) -> String {
    format!("ipfs://bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi/{id}.png")
}
