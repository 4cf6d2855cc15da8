// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {MerkleProof} from "@openzeppelin/contracts/utils/cryptography/MerkleProof.sol";

import {vm} from "../utils/Vm.sol";

/// @notice Proofs made by `atelier-bundle`, whose own test holds the file to what it makes today, verified on the EVM.
contract MerkleProofsTest {
    string private constant VECTORS = "../tests/vectors/merkle-proofs.json";
    uint256 private constant LEAVES = 4;

    function test_EveryProofLeadsToTheRoot() public view {
        string memory json = vm.readFile(VECTORS);
        bytes32 root = vm.parseJsonBytes32(json, ".root");
        for (uint256 i; i < LEAVES; ++i) {
            (bytes32 leaf, bytes32[] memory proof) = _leaf(json, i);
            require(proof.length > 0, "a tree of 100 leaves has depth");
            require(MerkleProof.verify(proof, root, leaf), "the proof leads to the root");
        }
    }

    function test_AProofProvesNoOtherLeaf() public view {
        string memory json = vm.readFile(VECTORS);
        bytes32 root = vm.parseJsonBytes32(json, ".root");
        (, bytes32[] memory proof) = _leaf(json, 0);
        (bytes32 other,) = _leaf(json, 1);
        require(!MerkleProof.verify(proof, root, other), "another leaf is refused");
        proof[0] ^= bytes32(uint256(1));
        (bytes32 leaf,) = _leaf(json, 0);
        require(!MerkleProof.verify(proof, root, leaf), "a flipped bit is refused");
    }

    function test_SeveralLeavesAtOnceLeadToTheRoot() public view {
        string memory json = vm.readFile(VECTORS);
        bytes32 root = vm.parseJsonBytes32(json, ".root");
        bytes32[] memory leaves = vm.parseJsonBytes32Array(json, ".multi.leaves");
        bytes32[] memory proof = vm.parseJsonBytes32Array(json, ".multi.proof");
        bool[] memory flags = vm.parseJsonBoolArray(json, ".multi.flags");
        require(leaves.length == 3, "three leaves were asked for");
        require(MerkleProof.multiProofVerify(proof, flags, root, leaves), "they lead to the root together");
    }

    function _leaf(string memory json, uint256 i) private pure returns (bytes32 leaf, bytes32[] memory proof) {
        string memory at = string.concat(".leaves[", vm.toString(i), "]");
        bytes memory encoded = vm.parseJsonBytes(json, string.concat(at, ".encoded"));
        leaf = keccak256(bytes.concat(keccak256(encoded)));
        proof = vm.parseJsonBytes32Array(json, string.concat(at, ".proof"));
    }
}
