// SPDX-License-Identifier: MIT OR Apache-2.0
pragma solidity ^0.8.28;

/// @notice Everything a drop is created with. The factory binds all of it into the drop's address.
/// @param name ERC-721 collection name.
/// @param symbol ERC-721 collection symbol.
/// @param baseURI Prefix of every token URI, ending in "/", for example "ipfs://<CID>/".
/// @param contractURI ERC-7572 collection metadata.
/// @param owner Holds every administrative right. Never zero.
/// @param minter May mint owner batches beside the owner. Zero: the owner alone.
/// @param voucherSigner Signs vouchers: a key or an ERC-1271 contract. Zero: no voucher is valid.
/// @param maxSupply Most tokens that may ever be minted, burned ones included. At least 1; can only go down.
/// @param royaltyReceiver Receives ERC-2981 royalties. May be zero only when `royaltyBps` is zero.
/// @param royaltyBps Royalty in basis points (1/10,000) of a sale price.
/// @param provenance Merkle root of the signed bundle of artwork and metadata. Never changes.
struct DropConfig {
    string name;
    string symbol;
    string baseURI;
    string contractURI;
    address owner;
    address minter;
    address voucherSigner;
    uint32 maxSupply;
    address royaltyReceiver;
    uint16 royaltyBps;
    bytes32 provenance;
}
