// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

/// @title ERC-7572: contract-level metadata
/// @notice https://eips.ethereum.org/EIPS/eip-7572
interface IERC7572 {
    /// @notice The collection metadata moved or changed.
    event ContractURIUpdated();

    /// @notice Where the collection metadata (JSON) lives.
    function contractURI() external view returns (string memory);
}
