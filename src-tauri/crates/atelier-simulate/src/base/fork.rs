use std::{future::Future, sync::Arc};

use alloy::{
    eips::BlockId,
    primitives::{Address, B256, Bytes, KECCAK256_EMPTY, U256, keccak256},
};
use atelier_chain::{ChainError, Endpoint};
use revm::{bytecode::Bytecode, state::AccountInfo};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use tokio::runtime::Handle;

use crate::{ForkCache, ForkItem, SimulateError};

/// A chain at one block hash, read on demand. Everything is asked for by that hash (EIP-1898), so that a
/// reorganisation or a node behind a load balancer cannot mix two states.
#[derive(Debug)]
pub(crate) struct ForkState {
    chain_id: u64,
    block_hash: B256,
    endpoint: Option<Endpoint>,
    cache: Arc<dyn ForkCache>,
    runtime: Handle,
}

/// What a rehearsal needs of the pinned block.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Header {
    pub(crate) number: u64,
    pub(crate) timestamp: u64,
    pub(crate) gas_limit: u64,
    pub(crate) base_fee: u64,
    pub(crate) beneficiary: Address,
    pub(crate) mix_hash: B256,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Account {
    balance: U256,
    nonce: u64,
    code: Bytes,
}

impl ForkState {
    /// Must be called inside a tokio runtime; everything but [`ForkState::header`] outside its workers.
    pub(crate) fn new(
        chain_id: u64,
        block_hash: B256,
        endpoint: Option<Endpoint>,
        cache: Arc<dyn ForkCache>,
    ) -> Self {
        Self { chain_id, block_hash, endpoint, cache, runtime: Handle::current() }
    }

    pub(crate) async fn header(&self) -> Result<Header, SimulateError> {
        if let Some(known) = self.cached(ForkItem::Header)? {
            return Ok(known);
        }
        let hash = self.block_hash;
        let block = self.endpoint(ForkItem::Header)?.block(BlockId::hash(hash)).await?;
        let header = block.ok_or(SimulateError::BlockUnknown { hash })?.header;
        let header = Header {
            number: header.number,
            timestamp: header.timestamp,
            gas_limit: header.gas_limit,
            base_fee: header.base_fee_per_gas.unwrap_or_default(),
            beneficiary: header.beneficiary,
            mix_hash: header.mix_hash,
        };
        self.keep(ForkItem::Header, &header)?;
        Ok(header)
    }

    pub(crate) fn account(&self, address: Address) -> Result<Option<AccountInfo>, SimulateError> {
        let account: Account = self.read(ForkItem::Account(address), |endpoint, at| async move {
            let (balance, nonce, code) = tokio::try_join!(
                endpoint.balance(address, at),
                endpoint.nonce(address, at),
                endpoint.code(address, at)
            )?;
            Ok(Account { balance, nonce, code })
        })?;
        if account.balance.is_zero() && account.nonce == 0 && account.code.is_empty() {
            // EIP-161: an empty account does not exist, and bringing it to life costs gas.
            return Ok(None);
        }
        let hash = if account.code.is_empty() { KECCAK256_EMPTY } else { keccak256(&account.code) };
        let code = Bytecode::new_raw(account.code);
        Ok(Some(AccountInfo::new(account.balance, account.nonce, hash, code)))
    }

    pub(crate) fn storage(&self, address: Address, slot: U256) -> Result<U256, SimulateError> {
        self.read(ForkItem::Storage(address, slot), |endpoint, at| async move {
            endpoint.storage(address, slot, at).await
        })
    }

    pub(crate) fn block_hash(&self, number: u64) -> Result<B256, SimulateError> {
        self.read(ForkItem::BlockHash(number), |endpoint, _| async move {
            let block = endpoint.block(BlockId::number(number)).await?;
            Ok(block.map_or(B256::ZERO, |block| block.header.hash))
        })
    }

    fn read<T, F>(&self, item: ForkItem, ask: impl FnOnce(Endpoint, BlockId) -> F) -> Result<T, SimulateError>
    where
        T: Serialize + DeserializeOwned,
        F: Future<Output = Result<T, ChainError>>,
    {
        if let Some(known) = self.cached(item)? {
            return Ok(known);
        }
        let endpoint = self.endpoint(item)?.clone();
        let value = self.runtime.block_on(ask(endpoint, BlockId::hash(self.block_hash)))?;
        self.keep(item, &value)?;
        Ok(value)
    }

    fn endpoint(&self, item: ForkItem) -> Result<&Endpoint, SimulateError> {
        self.endpoint.as_ref().ok_or_else(|| SimulateError::NotCached { item: item.to_string() })
    }

    fn cached<T: DeserializeOwned>(&self, item: ForkItem) -> Result<Option<T>, SimulateError> {
        let kept = self.cache.get(self.chain_id, self.block_hash, item);
        let kept = kept.map_err(|reason| SimulateError::Cache { reason })?;
        // An entry of another version is as good as none.
        Ok(kept.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    fn keep<T: Serialize>(&self, item: ForkItem, value: &T) -> Result<(), SimulateError> {
        let broken = |reason: String| SimulateError::Cache { reason };
        let bytes = serde_json::to_vec(value).map_err(|error| broken(error.to_string()))?;
        self.cache.put(self.chain_id, self.block_hash, item, &bytes).map_err(broken)
    }
}
