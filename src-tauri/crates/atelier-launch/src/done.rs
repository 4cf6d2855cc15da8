use alloy::{
    primitives::{Address, B256, Bytes, U256, keccak256},
    sol_types::SolCall,
};
use atelier_chain::bindings::IAtelierDrop;
use serde::{Deserialize, Serialize};

use crate::LaunchError;

/// How the chain shows that a step has happened, whoever sent it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum DoneWhen {
    /// This code is at this address.
    CodeAt {
        /// Where.
        address: Address,
        /// keccak-256 of the code.
        code_hash: B256,
    },
    /// The drop's next batch comes after this one.
    NextBatchAbove {
        /// The drop.
        drop: Address,
        /// The batch.
        batch: u32,
    },
    /// The drop's metadata is frozen.
    MetadataFrozen {
        /// The drop.
        drop: Address,
    },
}

/// What to ask the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// The code at an address.
    Code {
        /// Where.
        address: Address,
    },
    /// A read-only call.
    Call {
        /// Whom.
        to: Address,
        /// With what.
        data: Bytes,
    },
}

impl DoneWhen {
    /// The question whose answer [`DoneWhen::holds`] judges.
    #[must_use]
    pub fn probe(&self) -> Probe {
        match self {
            Self::CodeAt { address, .. } => Probe::Code { address: *address },
            Self::NextBatchAbove { drop, .. } => {
                Probe::Call { to: *drop, data: IAtelierDrop::nextBatchIdCall {}.abi_encode().into() }
            }
            Self::MetadataFrozen { drop } => {
                Probe::Call { to: *drop, data: IAtelierDrop::metadataFrozenCall {}.abi_encode().into() }
            }
        }
    }

    /// True when `answer` (the code, or what the call returned) shows that the step has happened. An empty
    /// answer means that nothing is there yet.
    pub fn holds(&self, answer: &[u8]) -> Result<bool, LaunchError> {
        if answer.is_empty() {
            return Ok(false);
        }
        match self {
            Self::CodeAt { address, code_hash } => {
                let found = keccak256(answer);
                if found == *code_hash {
                    return Ok(true);
                }
                Err(LaunchError::OtherCode { address: *address, found, expected: *code_hash })
            }
            Self::NextBatchAbove { drop, batch } => IAtelierDrop::nextBatchIdCall::abi_decode_returns(answer)
                .map(|next| next > U256::from(*batch))
                .map_err(|_| LaunchError::UnreadableAnswer { address: *drop }),
            Self::MetadataFrozen { drop } => IAtelierDrop::metadataFrozenCall::abi_decode_returns(answer)
                .map_err(|_| LaunchError::UnreadableAnswer { address: *drop }),
        }
    }
}
