//! The same folder and seed give the same bytes.
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use atelier_tests::World;
use sha2::{Digest as _, Sha256};

#[test]
fn one_thread_and_two_threads_give_byte_identical_trees() -> Result<()> {
    let world = World::new()?;
    let mut trees = Vec::new();
    for threads in ["1", "2"] {
        let project = world.path(&format!("threads-{threads}"));
        world.atelier(&project, &["init", "--sample"])?.ok();
        world.atelier(&project, &["plan", "--count", "40"])?.ok();
        world.atelier_with(&project, &["render"], &[("RAYON_NUM_THREADS", threads)])?.ok();
        trees.push(tree(&project.join("build/images"))?);
    }
    assert_eq!(trees[0].len(), 40, "every token has a picture");
    assert_eq!(trees[0], trees[1], "pictures do not depend on the number of threads");
    Ok(())
}

fn tree(dir: &Path) -> Result<BTreeMap<String, String>> {
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(dir)? {
        let entry = entry?;
        files.insert(
            entry.file_name().to_string_lossy().into_owned(),
            hex::encode(Sha256::digest(std::fs::read(entry.path())?)),
        );
    }
    Ok(files)
}
