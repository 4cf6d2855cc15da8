use alloy::primitives::{Address, B256, Bytes, U256, b256};
use alloy::sol_types::SolValue;
use atelier_bundle::merkle::{Tree, verify};
use proptest::prelude::*;
use serde_json::{Value, json};

fn address_leaf(i: u64) -> Vec<u8> {
    let address = Address::from_word(B256::from(U256::from(i + 1)));
    (address, U256::from(i)).abi_encode_params()
}

#[test]
fn ten_thousand_leaves_have_the_root_of_openzeppelin() {
    let tree = Tree::from_encoded((0..10_000).map(address_leaf)).unwrap();
    let root = b256!("0x4ae07893f4d785fcdccffd3d04fa155f5602e1b4c95d036dfb4fbe2c2f4fc1af");
    assert_eq!(tree.root(), root, "root computed by @openzeppelin/merkle-tree 1.0.8");
    for index in [0, 1, 4_999, 9_999] {
        let proof = tree.proof(index).unwrap();
        assert!(verify(root, &address_leaf(index as u64), &proof), "proof of leaf {index}");
        assert!(!verify(root, &address_leaf(index as u64 + 1), &proof), "it proves no other leaf");
    }
}

/// Proofs that `contracts/test/unit/MerkleProofs.t.sol` hands to OpenZeppelin's `MerkleProof` on the EVM.
const PROOFS: &str = include_str!("../../../../../tests/vectors/merkle-proofs.json");

/// `ATELIER_WRITE_VECTORS=1` rewrites the file; the contract's test then says whether the EVM agrees.
#[test]
fn proofs_are_those_the_evm_verifies() {
    let tree = Tree::from_encoded((0..100).map(address_leaf)).unwrap();
    let leaves: Vec<Value> = [0usize, 1, 42, 99]
        .into_iter()
        .map(|index| {
            let encoded = Bytes::from(address_leaf(index as u64));
            json!({ "encoded": encoded, "proof": tree.proof(index).unwrap() })
        })
        .collect();
    let multi = tree.multi_proof(&[3, 17, 64]).unwrap();
    let made = json!({
        "root": tree.root(),
        "leaves": leaves,
        "multi": { "leaves": multi.leaves, "proof": multi.proof, "flags": multi.flags },
    });
    if std::env::var_os("ATELIER_WRITE_VECTORS").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../tests/vectors/merkle-proofs.json");
        std::fs::write(path, format!("{made:#}\n")).unwrap();
        return;
    }
    assert_eq!(serde_json::from_str::<Value>(PROOFS).unwrap(), made, "the proofs the EVM was given");
}

#[test]
fn one_leaf_is_its_own_root() {
    let tree = Tree::from_encoded([address_leaf(7)]).unwrap();
    assert_eq!(tree.proof(0).unwrap(), Vec::<B256>::new(), "nothing to add");
    assert!(verify(tree.root(), &address_leaf(7), &[]), "the leaf hash is the root");
}

#[test]
fn empty_trees_and_unknown_leaves_are_errors() {
    let none: [Vec<u8>; 0] = [];
    assert_eq!(Tree::from_encoded(none).unwrap_err().code(), "BUNDLE-MERKLE-EMPTY", "no leaves");
    let tree = Tree::from_encoded((0..3).map(address_leaf)).unwrap();
    assert_eq!(tree.proof(3).unwrap_err().code(), "BUNDLE-MERKLE-INDEX", "past the end");
    assert_eq!(tree.multi_proof(&[1, 1]).unwrap_err().code(), "BUNDLE-MERKLE-INDEX", "asked twice");
}

/// OpenZeppelin's `MerkleProof.processMultiProof`, transcribed: the verifier on the other side.
fn process_multi_proof(leaves: &[B256], proof: &[B256], flags: &[bool]) -> B256 {
    let pair = |a: B256, b: B256| {
        let (low, high) = if a < b { (a, b) } else { (b, a) };
        alloy::primitives::keccak256([low.0, high.0].concat())
    };
    let (mut leaves, mut proof) = (leaves.iter().copied(), proof.iter().copied());
    if flags.is_empty() {
        return leaves.next().or_else(|| proof.next()).unwrap();
    }
    let mut hashes = Vec::new();
    let mut at = 0;
    for &flag in flags {
        let mut next = || {
            leaves.next().unwrap_or_else(|| {
                at += 1;
                hashes[at - 1]
            })
        };
        let a = next();
        let b = if flag { next() } else { proof.next().unwrap() };
        hashes.push(pair(a, b));
    }
    *hashes.last().unwrap()
}

proptest! {
    #[test]
    fn every_proof_leads_to_the_root(count in 1usize..60, picks in proptest::collection::btree_set(0usize..60, 1..8)) {
        let tree = Tree::from_encoded((0..count as u64).map(address_leaf)).unwrap();
        for index in 0..count {
            let proof = tree.proof(index).unwrap();
            prop_assert!(verify(tree.root(), &address_leaf(index as u64), &proof), "leaf {index} of {count}");
        }
        let picks: Vec<usize> = picks.into_iter().filter(|pick| *pick < count).collect();
        prop_assume!(!picks.is_empty());
        let multi = tree.multi_proof(&picks).unwrap();
        let reached = process_multi_proof(&multi.leaves, &multi.proof, &multi.flags);
        prop_assert_eq!(reached, tree.root(), "several leaves at once");
    }
}
