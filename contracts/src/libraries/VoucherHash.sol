// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

import {MessageHashUtils} from "@openzeppelin/contracts/utils/cryptography/MessageHashUtils.sol";

import {Voucher} from "../types/Voucher.sol";

/// @title VoucherHash
/// @notice The EIP-712 digest of a voucher.
/// @dev The domain separator is computed on every call and never cached: a clone has another address than its
/// implementation, and a chain that forks gets another id. So a signature is good on one chain and one drop only.
library VoucherHash {
    /// @dev EIP-712 domain name.
    string internal constant NAME = "Atelier Drop";

    /// @dev EIP-712 domain version. It changes when the meaning of a voucher does.
    string internal constant VERSION = "1";

    bytes32 private constant DOMAIN_TYPEHASH =
        keccak256("EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)");

    bytes32 private constant VOUCHER_TYPEHASH = keccak256(
        "Voucher(address recipient,uint256 quantity,uint256 price,uint256 validFrom,uint256 validUntil,uint256 nonce)"
    );

    /// @notice Separates this contract on this chain from every other.
    function domainSeparator() internal view returns (bytes32) {
        return keccak256(
            abi.encode(DOMAIN_TYPEHASH, keccak256(bytes(NAME)), keccak256(bytes(VERSION)), block.chainid, address(this))
        );
    }

    /// @notice What the voucher signer signs.
    function digest(Voucher calldata voucher) internal view returns (bytes32) {
        // The struct has only one-word fields, so its ABI encoding is its EIP-712 encoding.
        return MessageHashUtils.toTypedDataHash(domainSeparator(), keccak256(abi.encode(VOUCHER_TYPEHASH, voucher)));
    }
}
