//! Merkle trees in the layout of OpenZeppelin's `StandardMerkleTree`.
//!
//! Leaves are `keccak256(keccak256(abi.encode(..)))`, sorted; pairs are hashed in sorted order; nodes lie in
//! one array with the root first. Proofs made here verify with OpenZeppelin's `MerkleProof` on chain and
//! with `@openzeppelin/merkle-tree` in JavaScript. The tree takes encoded leaves, so bundles and allow-lists
//! share it.

use alloy::primitives::{B256, keccak256};

use crate::error::BundleError;

/// A complete tree.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    nodes: Vec<B256>,
    /// For each leaf in the order given, its place in `nodes`.
    places: Vec<usize>,
}

/// A proof for several leaves at once (`MerkleProof.multiProofVerify`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MultiProof {
    /// The proven leaves in the order the verifier expects them.
    pub leaves: Vec<B256>,
    /// Sibling hashes.
    pub proof: Vec<B256>,
    /// Whether each step takes the next proven hash (true) or the next of `proof`.
    pub flags: Vec<bool>,
}

/// The double hash of an encoded leaf. Hashing twice keeps a 64-byte leaf from passing as an inner node.
pub fn leaf_hash(encoded: &[u8]) -> B256 {
    keccak256(keccak256(encoded))
}

fn pair_hash(a: B256, b: B256) -> B256 {
    let (low, high) = if a <= b { (a, b) } else { (b, a) };
    let mut both = [0u8; 64];
    both[..32].copy_from_slice(low.as_slice());
    both[32..].copy_from_slice(high.as_slice());
    keccak256(both)
}

impl Tree {
    /// Builds the tree over ABI-encoded tuples. Equal leaves are allowed, as in OpenZeppelin's.
    ///
    /// # Errors
    /// [`BundleError::MerkleEmpty`] without leaves.
    pub fn from_encoded<L: AsRef<[u8]>>(leaves: impl IntoIterator<Item = L>) -> Result<Self, BundleError> {
        let mut hashed: Vec<(B256, usize)> =
            leaves.into_iter().enumerate().map(|(at, leaf)| (leaf_hash(leaf.as_ref()), at)).collect();
        if hashed.is_empty() {
            return Err(BundleError::MerkleEmpty);
        }
        hashed.sort();
        let count = hashed.len();
        let last = 2 * count - 2;
        let mut nodes = vec![B256::ZERO; last + 1];
        let mut places = vec![0; count];
        for (rank, (hash, at)) in hashed.into_iter().enumerate() {
            nodes[last - rank] = hash;
            places[at] = last - rank;
        }
        for at in (0..count - 1).rev() {
            nodes[at] = pair_hash(nodes[2 * at + 1], nodes[2 * at + 2]);
        }
        Ok(Self { nodes, places })
    }

    /// The hash that commits to every leaf.
    pub fn root(&self) -> B256 {
        self.nodes[0]
    }

    /// Number of leaves; at least one.
    pub fn leaf_count(&self) -> usize {
        self.places.len()
    }

    /// The proof for the leaf given `index`-th.
    ///
    /// # Errors
    /// [`BundleError::MerkleIndex`].
    pub fn proof(&self, index: usize) -> Result<Vec<B256>, BundleError> {
        let mut at = self.place(index)?;
        let mut proof = Vec::new();
        while at > 0 {
            proof.push(self.nodes[sibling(at)]);
            at = (at - 1) / 2;
        }
        Ok(proof)
    }

    /// One proof for several leaves.
    ///
    /// # Errors
    /// [`BundleError::MerkleIndex`] for an unknown or repeated position.
    pub fn multi_proof(&self, indexes: &[usize]) -> Result<MultiProof, BundleError> {
        let mut places = Vec::with_capacity(indexes.len());
        for &index in indexes {
            let place = self.place(index)?;
            if places.contains(&place) {
                return Err(self.no_leaf(index));
            }
            places.push(place);
        }
        places.sort_unstable_by(|a, b| b.cmp(a));
        let leaves = places.iter().map(|&at| self.nodes[at]).collect();
        let (mut proof, mut flags) = (Vec::new(), Vec::new());
        if places.is_empty() {
            proof.push(self.root());
        }
        let mut queue = std::collections::VecDeque::from(places);
        while let Some(at) = queue.pop_front().filter(|&at| at > 0) {
            let beside = sibling(at);
            let known = queue.front() == Some(&beside);
            if known {
                queue.pop_front();
            } else {
                proof.push(self.nodes[beside]);
            }
            flags.push(known);
            queue.push_back((at - 1) / 2);
        }
        Ok(MultiProof { leaves, proof, flags })
    }

    fn place(&self, index: usize) -> Result<usize, BundleError> {
        self.places.get(index).copied().ok_or_else(|| self.no_leaf(index))
    }

    fn no_leaf(&self, index: usize) -> BundleError {
        BundleError::MerkleIndex { index, leaves: self.leaf_count() }
    }
}

fn sibling(at: usize) -> usize {
    if at % 2 == 1 { at + 1 } else { at - 1 }
}

/// Whether `proof` leads from the encoded leaf to `root`.
pub fn verify(root: B256, encoded: &[u8], proof: &[B256]) -> bool {
    proof.iter().fold(leaf_hash(encoded), |hash, beside| pair_hash(hash, *beside)) == root
}
