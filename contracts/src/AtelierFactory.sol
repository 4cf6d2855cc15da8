// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity 0.8.37;

import {Clones} from "@openzeppelin/contracts/proxy/Clones.sol";

import {IAtelierDrop} from "./interfaces/IAtelierDrop.sol";
import {IAtelierFactory} from "./interfaces/IAtelierFactory.sol";
import {DropConfig} from "./types/DropConfig.sol";

/// @title AtelierFactory
/// @notice Creates drops as ERC-1167 clones of one implementation. It has no owner, keeps no money and takes no fee.
/// Deployed with the same constructor argument through the deterministic CREATE2 proxy, it has one address on every
/// chain, and so has each drop.
contract AtelierFactory is IAtelierFactory {
    /// @inheritdoc IAtelierFactory
    address public immutable implementation;

    /// @param implementation_ A deployed `AtelierDrop`.
    constructor(address implementation_) {
        // A clone of an address without code would accept every call and do nothing.
        if (implementation_.code.length == 0) revert Factory_NoImplementation(implementation_);
        implementation = implementation_;
    }

    /// @inheritdoc IAtelierFactory
    function createDrop(bytes32 salt, DropConfig calldata config) external returns (address drop) {
        bytes32 cloneSalt = _cloneSalt(salt, config);
        drop = Clones.predictDeterministicAddress(implementation, cloneSalt);
        if (drop.code.length != 0) revert Factory_AlreadyDeployed(drop);

        Clones.cloneDeterministic(implementation, cloneSalt);
        IAtelierDrop(drop).initialize(config);
        emit DropCreated(drop, config.owner, implementation, salt);
    }

    /// @inheritdoc IAtelierFactory
    function predictDrop(bytes32 salt, DropConfig calldata config) external view returns (address) {
        return Clones.predictDeterministicAddress(implementation, _cloneSalt(salt, config));
    }

    /// @dev Binds the whole configuration into the address: nobody can occupy it with another one.
    function _cloneSalt(bytes32 salt, DropConfig calldata config) private pure returns (bytes32) {
        return keccak256(abi.encode(salt, keccak256(abi.encode(config))));
    }
}
