// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {DropConfig} from "../types/DropConfig.sol";

/// @title IAtelierFactory
/// @notice Creates drops at addresses that are known before they exist.
interface IAtelierFactory {
    /// @notice A drop was created.
    /// @param drop Its address.
    /// @param owner Its first owner.
    /// @param implementation The code it runs, for ever.
    /// @param salt The caller's salt, as given to `createDrop`.
    event DropCreated(address indexed drop, address indexed owner, address indexed implementation, bytes32 salt);

    /// @notice This configuration has been deployed with this salt before.
    error Factory_AlreadyDeployed(address drop);

    /// @notice There is no code at the implementation's address.
    error Factory_NoImplementation(address implementation);

    /// @notice The contract every drop of this factory delegates to. Never changes.
    function implementation() external view returns (address);

    /// @notice Deploys and initialises a drop, in one step. Anyone may: the address belongs to exactly this salt and
    /// this configuration, so whoever sends it can only deploy what was meant.
    /// @param salt Chosen freely. Another salt gives the same configuration another address.
    /// @param config The drop's configuration.
    /// @return drop The new drop, at the address `predictDrop` tells.
    function createDrop(bytes32 salt, DropConfig calldata config) external returns (address drop);

    /// @notice The address `createDrop` would give. The ERC-1167 clone's CREATE2 salt is
    /// `keccak256(abi.encode(salt, keccak256(abi.encode(config))))`.
    function predictDrop(bytes32 salt, DropConfig calldata config) external view returns (address);
}
