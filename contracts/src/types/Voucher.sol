// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

/// @notice A signed permission to mint (EIP-712). Anyone may send it; the tokens go to `recipient` whoever does.
/// @param recipient Receives the tokens. Never zero.
/// @param quantity Number of tokens. At least 1.
/// @param price Wei for the whole voucher, not per token. The transaction must carry exactly this.
/// @param validFrom First second (unix time) at which the voucher is valid.
/// @param validUntil Last second at which it is valid. Zero: no end.
/// @param nonce Unique per drop, in any order. Spent by the mint or by a cancellation.
struct Voucher {
    address recipient;
    uint256 quantity;
    uint256 price;
    uint256 validFrom;
    uint256 validUntil;
    uint256 nonce;
}
