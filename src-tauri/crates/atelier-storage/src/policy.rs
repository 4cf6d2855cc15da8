//! "k of n copies proven": whether a launch may rely on what is stored.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::target::{Kind, Proof};

/// What the creator asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policy {
    /// How many different targets must have proven their copy; at least one is always needed.
    pub copies: usize,
    /// Whether one of them must be permanent.
    pub one_permanent: bool,
}

/// Why a target does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lacking {
    /// The target's id.
    pub target: String,
    /// A sentence.
    pub reason: String,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Whether the policy is met.
    pub met: bool,
    /// Copies asked for.
    pub needed: usize,
    /// Targets whose copy is proven.
    pub proven: Vec<String>,
    /// Whether a permanent copy is asked for and not proven.
    pub permanent_missing: bool,
    /// Targets that do not count, and why.
    pub lacking: Vec<Lacking>,
}

impl Policy {
    /// Judges the newest proof of each of the project's targets against the manifest about to be launched.
    pub fn judge<'a>(
        &self,
        manifest_sha256: [u8; 32],
        targets: impl IntoIterator<Item = (&'a str, Kind, Option<&'a Proof>)>,
    ) -> Verdict {
        let manifest = hex::encode(manifest_sha256);
        let mut seen = BTreeSet::new();
        let (mut proven, mut lacking, mut permanent) = (Vec::new(), Vec::new(), false);
        for (target, kind, proof) in targets {
            if !seen.insert(target) {
                continue;
            }
            match reason_against(target, &manifest, proof) {
                None => {
                    proven.push(target.to_owned());
                    permanent |= kind.is_permanent();
                }
                Some(reason) => lacking.push(Lacking { target: target.to_owned(), reason }),
            }
        }
        let needed = self.copies.max(1);
        let permanent_missing = self.one_permanent && !permanent;
        let met = proven.len() >= needed && !permanent_missing;
        Verdict { met, needed, proven, permanent_missing, lacking }
    }
}

fn reason_against(target: &str, manifest: &str, proof: Option<&Proof>) -> Option<String> {
    let Some(proof) = proof else { return Some("its copy has not been checked yet".into()) };
    if proof.target != target || proof.manifest_sha256 != manifest {
        return Some("its copy was checked against another version of the bundle".into());
    }
    if let Some(failure) = proof.failures.first() {
        let more = proof.failures.len() - 1;
        return Some(match more {
            0 => failure.reason.clone(),
            _ => format!("{} ({more} more files failed)", failure.reason),
        });
    }
    (!proof.holds()).then(|| "nothing was fetched back from it".into())
}
