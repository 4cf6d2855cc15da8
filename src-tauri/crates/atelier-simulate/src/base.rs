//! The state a rehearsal starts from, as the EVM reads it.

mod fork;

use alloy::primitives::{Address, B256, U256};
use atelier_chain::create2;
use revm::{
    DatabaseRef,
    bytecode::Bytecode,
    context::BlockEnv,
    primitives::{StorageKey, StorageValue},
    state::AccountInfo,
};

use crate::{SimulateError, Source, SourceView};
use fork::ForkState;

/// Gas limit of a clean chain's blocks: Ethereum's today.
const BLOCK_GAS: u64 = 60_000_000;

#[derive(Debug)]
pub(crate) enum Base {
    Clean,
    Fork(ForkState),
}

/// A base together with the block that is newest in it.
pub(crate) struct Opened {
    pub(crate) base: Base,
    pub(crate) block: BlockEnv,
    pub(crate) view: SourceView,
}

impl Base {
    pub(crate) async fn open(source: Source) -> Result<Opened, SimulateError> {
        match source {
            Source::Clean { timestamp, .. } => {
                let block = BlockEnv {
                    timestamp: U256::from(timestamp),
                    gas_limit: BLOCK_GAS,
                    prevrandao: Some(B256::ZERO),
                    ..BlockEnv::default()
                };
                Ok(Opened { base: Self::Clean, block, view: SourceView::Clean { timestamp } })
            }
            Source::Fork { chain_id, block_hash, endpoint, cache } => {
                let state = ForkState::new(chain_id, block_hash, endpoint, cache);
                let header = state.header().await?;
                let block = BlockEnv {
                    number: U256::from(header.number),
                    beneficiary: header.beneficiary,
                    timestamp: U256::from(header.timestamp),
                    gas_limit: header.gas_limit,
                    basefee: header.base_fee,
                    prevrandao: Some(header.mix_hash),
                    ..BlockEnv::default()
                };
                let view =
                    SourceView::Fork { block_number: header.number, block_hash, timestamp: header.timestamp };
                Ok(Opened { base: Self::Fork(state), block, view })
            }
        }
    }
}

impl DatabaseRef for Base {
    type Error = SimulateError;

    fn basic_ref(&self, address: Address) -> Result<Option<AccountInfo>, SimulateError> {
        match self {
            // The proxy is put on every chain by a transaction anyone can send; Anvil has it too.
            Self::Clean if address == create2::PROXY => {
                let code = Bytecode::new_legacy(create2::PROXY_CODE);
                Ok(Some(AccountInfo::new(U256::ZERO, 1, create2::PROXY_CODE_HASH, code)))
            }
            Self::Clean => Ok(None),
            Self::Fork(state) => state.account(address),
        }
    }

    fn code_by_hash_ref(&self, code_hash: B256) -> Result<Bytecode, SimulateError> {
        // Accounts come with their code, so that nobody has to ask by hash.
        Err(SimulateError::Engine { reason: format!("code {code_hash} was asked for without its account") })
    }

    fn storage_ref(&self, address: Address, slot: StorageKey) -> Result<StorageValue, SimulateError> {
        match self {
            Self::Clean => Ok(U256::ZERO),
            Self::Fork(state) => state.storage(address, slot),
        }
    }

    fn block_hash_ref(&self, number: u64) -> Result<B256, SimulateError> {
        match self {
            Self::Clean => Ok(B256::ZERO),
            Self::Fork(state) => state.block_hash(number),
        }
    }
}
