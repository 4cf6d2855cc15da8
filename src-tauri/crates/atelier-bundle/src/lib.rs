//! CIDs, CAR, manifest, Merkle root, EIP-712 signature and offline verification of a bundle.
