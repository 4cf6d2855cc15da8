//! Why a contract refused, in plain words.

use alloy::{
    primitives::{Bytes, U256},
    sol_types::{ContractError, Panic, Revert, SolError, SolInterface},
};
use serde::{Deserialize, Serialize};

use crate::bindings::{
    IAtelierDrop::IAtelierDropErrors as DropError, IAtelierFactory::IAtelierFactoryErrors as FactoryError,
};

/// A decoded revert.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecodedRevert {
    /// The error's Solidity name (`Drop_SupplyExceeded`, `Error`, `Panic`), or `unknown`.
    pub name: String,
    /// What it means.
    pub sentence: String,
    /// The bytes themselves.
    pub data: Bytes,
}

/// Decode revert data: our own errors, `Error(string)` and `Panic(uint256)`.
#[must_use]
pub fn decode_revert(data: &[u8]) -> DecodedRevert {
    let (name, sentence) = explain(data);
    DecodedRevert { name: name.to_owned(), sentence, data: Bytes::copy_from_slice(data) }
}

fn explain(data: &[u8]) -> (&'static str, String) {
    if data.is_empty() {
        return ("unknown", "the contract refused without saying why".to_owned());
    }
    match data.first_chunk() {
        Some(selector) if DropError::valid_selector(*selector) => {
            if let Ok(error) = DropError::abi_decode(data) {
                return (DropError::name_by_selector(*selector).unwrap_or("unknown"), explain_drop(&error));
            }
        }
        Some(selector) if FactoryError::valid_selector(*selector) => {
            if let Ok(error) = FactoryError::abi_decode(data) {
                return (
                    FactoryError::name_by_selector(*selector).unwrap_or("unknown"),
                    explain_factory(&error),
                );
            }
        }
        Some(selector) if *selector == Revert::SELECTOR => {
            if let Ok(ContractError::Revert(revert)) = ContractError::<DropError>::abi_decode(data) {
                return ("Error", format!("the contract says \"{}\"", revert.reason()));
            }
        }
        Some(selector) if *selector == Panic::SELECTOR => {
            if let Ok(panic) = Panic::abi_decode(data) {
                return ("Panic", explain_panic(panic.code));
            }
        }
        Some(_) | None => {}
    }
    let shown = alloy::hex::encode_prefixed(&data[..data.len().min(4)]);
    ("unknown", format!("the contract refused with an error we do not know ({shown})"))
}

fn explain_factory(error: &FactoryError) -> String {
    match error {
        FactoryError::Factory_AlreadyDeployed(e) => {
            format!("a drop with exactly this configuration exists already at {}", e.drop)
        }
        FactoryError::Factory_NoImplementation(e) => {
            format!("there is no contract at {}, which every drop would run", e.implementation)
        }
        FactoryError::FailedDeployment(_) => "the drop could not be created".to_owned(),
        FactoryError::InsufficientBalance(e) => {
            format!("{} wei are needed, and there are {}", e.needed, e.balance)
        }
    }
}

fn explain_drop(error: &DropError) -> String {
    match error {
        DropError::Drop_BatchAlreadyUsed(e) => format!("batch {} has been minted before", e.batchId),
        DropError::Drop_BatchOutOfOrder(e) => {
            format!("batch {} came out of order: batch {} is next", e.given, e.expected)
        }
        DropError::Drop_SupplyExceeded(e) => {
            format!("{} more tokens were asked for, and the supply has {} left", e.wanted, e.left)
        }
        DropError::Drop_ZeroQuantity(_) | DropError::ERC721Runs_ZeroQuantity(_) => {
            "nothing was asked for: the quantity is zero".to_owned()
        }
        DropError::Drop_NotMinter(e) => format!("{} may not mint batches of this drop", e.caller),
        DropError::Drop_NotOwner(e) => format!("{} does not own this drop", e.caller),
        DropError::Drop_NotPendingOwner(e) => format!("this drop was not offered to {}", e.caller),
        DropError::Drop_NotVoucherSigner(e) => format!("{} may not cancel vouchers of this drop", e.caller),
        DropError::Drop_InvalidMaxSupply(e) => {
            format!("a supply of {} is not between {} and {}", e.given, e.lowest, e.highest)
        }
        DropError::Drop_MintPaused(_) => "minting is paused".to_owned(),
        DropError::Drop_VoucherUsed(e) => format!("voucher {} was redeemed or cancelled before", e.nonce),
        DropError::Drop_VoucherNotYetValid(e) => {
            format!("the voucher is not valid before unix time {}", e.validFrom)
        }
        DropError::Drop_VoucherExpired(e) => {
            format!("the voucher was valid until unix time {}", e.validUntil)
        }
        DropError::Drop_VoucherWrongSigner(e) => {
            format!("the voucher is signed by {}, who may not sign vouchers of this drop", e.signer)
        }
        DropError::Drop_VoucherWrongPayment(e) => {
            format!("the voucher costs {} wei, and {} wei were sent", e.expected, e.given)
        }
        DropError::Drop_MetadataFrozen(_) => "the metadata is frozen and cannot change any more".to_owned(),
        DropError::Drop_RoyaltyTooHigh(e) => format!("a royalty of {} basis points is over the cap", e.bps),
        DropError::Drop_AlreadyInitialized(_) => "this drop has been set up before".to_owned(),
        DropError::Drop_ZeroAddress(_) => "an address is missing (zero)".to_owned(),
        DropError::ERC721IncorrectOwner(e) => {
            format!("token {} belongs to {}, not to {}", e.tokenId, e.owner, e.sender)
        }
        DropError::ERC721InsufficientApproval(e) => {
            format!("{} may not move token {}", e.operator, e.tokenId)
        }
        DropError::ERC721InvalidApprover(e) => format!("{} may not give that permission", e.approver),
        DropError::ERC721InvalidOperator(e) => format!("{} cannot be given that permission", e.operator),
        DropError::ERC721InvalidOwner(e) => format!("{} cannot own tokens", e.owner),
        DropError::ERC721InvalidReceiver(e) => format!("{} cannot receive tokens", e.receiver),
        DropError::ERC721InvalidSender(e) => format!("{} cannot send tokens", e.sender),
        DropError::ERC721NonexistentToken(e) => format!("there is no token {}", e.tokenId),
        DropError::SafeCastOverflowedUintDowncast(e) => {
            format!("{} does not fit a number of {} bits", e.value, e.bits)
        }
        DropError::Drop_WithdrawFailed(_) => "the receiver refused the money".to_owned(),
    }
}

fn explain_panic(code: U256) -> String {
    let what = match u64::try_from(code) {
        Ok(0x01) => "an assertion does not hold",
        Ok(0x11) => "a number overflowed",
        Ok(0x12) => "a division by zero",
        Ok(0x21) => "a value is outside its enumeration",
        Ok(0x32) => "an index is outside its list",
        Ok(0x41) => "too much memory was asked for",
        Ok(_) | Err(_) => "an internal check failed",
    };
    format!("the contract panicked: {what} (code {code:#x})")
}
