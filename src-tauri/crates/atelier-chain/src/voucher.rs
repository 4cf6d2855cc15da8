//! Vouchers: EIP-712 messages that let their recipient mint.
//!
//! Domain `{name: "Atelier Drop", version: "1", chainId, verifyingContract: drop}`; the type is
//! `Voucher(address recipient,uint256 quantity,uint256 price,uint256 validFrom,uint256 validUntil,uint256 nonce)`.

use alloy::{
    primitives::{Address, B256, Signature},
    sol_types::{Eip712Domain, SolStruct},
};
use serde_json::{Value, json};

use crate::ChainError;
pub use crate::bindings::Voucher;

/// Name in the signing domain of every drop.
pub const DOMAIN_NAME: &str = "Atelier Drop";
/// Version in the signing domain.
pub const DOMAIN_VERSION: &str = "1";

/// The signing domain of one drop on one chain.
#[must_use]
pub fn domain(chain_id: u64, drop: Address) -> Eip712Domain {
    Eip712Domain::new(
        Some(DOMAIN_NAME.into()),
        Some(DOMAIN_VERSION.into()),
        Some(alloy::primitives::U256::from(chain_id)),
        Some(drop),
        None,
    )
}

/// The 32 bytes a voucher signer signs.
#[must_use]
pub fn digest(voucher: &Voucher, chain_id: u64, drop: Address) -> B256 {
    voucher.eip712_signing_hash(&domain(chain_id, drop))
}

/// The message in the JSON form of `eth_signTypedData_v4`, as viem and ethers take it. Numbers are decimal
/// strings: they do not fit JavaScript's.
#[must_use]
pub fn typed_data(voucher: &Voucher, chain_id: u64, drop: Address) -> Value {
    let field = |name: &str, kind: &str| json!({ "name": name, "type": kind });
    json!({
        "types": {
            "EIP712Domain": [
                field("name", "string"),
                field("version", "string"),
                field("chainId", "uint256"),
                field("verifyingContract", "address"),
            ],
            "Voucher": [
                field("recipient", "address"),
                field("quantity", "uint256"),
                field("price", "uint256"),
                field("validFrom", "uint256"),
                field("validUntil", "uint256"),
                field("nonce", "uint256"),
            ],
        },
        "primaryType": "Voucher",
        "domain": {
            "name": DOMAIN_NAME,
            "version": DOMAIN_VERSION,
            "chainId": chain_id,
            "verifyingContract": drop.to_string(),
        },
        "message": {
            "recipient": voucher.recipient.to_string(),
            "quantity": voucher.quantity.to_string(),
            "price": voucher.price.to_string(),
            "validFrom": voucher.validFrom.to_string(),
            "validUntil": voucher.validUntil.to_string(),
            "nonce": voucher.nonce.to_string(),
        },
    })
}

/// Who signed `digest`. `signature` is r, s, v (65 bytes, v 27 or 28, low s: EIP-2).
pub fn recover(digest: B256, signature: &[u8]) -> Result<Address, ChainError> {
    let bad = |reason: &str| ChainError::BadSignature { reason: reason.to_owned() };
    if signature.len() != 65 {
        return Err(bad("its length is wrong"));
    }
    if !matches!(signature[64], 27 | 28) {
        return Err(bad("its last byte is neither 27 nor 28"));
    }
    let parsed = Signature::from_raw(signature).map_err(|error| bad(&error.to_string()))?;
    if parsed.normalize_s().is_some() {
        return Err(bad("its s is in the upper half, which the contract rejects"));
    }
    parsed.recover_address_from_prehash(&digest).map_err(|error| bad(&error.to_string()))
}
