//! A chain reached over JSON-RPC, after it proved to be the right one.
//!
//! [`Endpoint::connect`] asks for the chain id first: nothing is ever read from, let alone sent to, a chain
//! that is not the expected one. No filler, retry or fallback sits below: the relayer decides nonces and
//! fees, and a caller sees each failure once.

mod transport;

use std::sync::Arc;

use alloy::{
    eips::{BlockId, BlockNumberOrTag},
    network::Ethereum,
    primitives::{Address, B256, Bytes, U256},
    providers::{Provider, RootProvider},
    rpc::{
        client::RpcClient,
        types::{Block, FeeHistory, Filter, Log, Transaction, TransactionReceipt, TransactionRequest},
    },
    sol_types::SolCall,
    transports::{RpcError, TransportError, TransportErrorKind},
};

use crate::{
    ChainError,
    revert::decode_revert,
    wire::{self, CountedWire, HttpWire, Timeouts, Wire, WireFault},
};

/// A checked connection to one chain. Cheap to clone; clones share the call counter.
#[derive(Clone, Debug)]
pub struct Endpoint {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    label: String,
    loopback: bool,
    chain_id: u64,
    wire: Arc<CountedWire>,
    provider: RootProvider<Ethereum>,
}

impl Endpoint {
    /// Connect to `url` (http or https) and check that it serves `expected_chain_id`.
    pub async fn connect(url: &str, expected_chain_id: u64, timeouts: Timeouts) -> Result<Self, ChainError> {
        let parsed = wire::parse_url(url)?;
        let http = HttpWire::new(url, timeouts)?;
        Self::open(Arc::new(http), wire::label(&parsed), wire::is_loopback(&parsed), expected_chain_id).await
    }

    /// The same over a given wire: for tests, and for wires that are not HTTP. `label` appears in errors.
    pub async fn over(wire: Arc<dyn Wire>, label: &str, expected_chain_id: u64) -> Result<Self, ChainError> {
        Self::open(wire, label.to_owned(), true, expected_chain_id).await
    }

    /// Ask `url` which chain it serves, before there is an expectation.
    pub async fn discover_chain_id(url: &str, timeouts: Timeouts) -> Result<u64, ChainError> {
        let parsed = wire::parse_url(url)?;
        let http = HttpWire::new(url, timeouts)?;
        Self::assemble(Arc::new(http), wire::label(&parsed), wire::is_loopback(&parsed), 0)
            .fresh_chain_id()
            .await
    }

    async fn open(
        wire: Arc<dyn Wire>,
        label: String,
        loopback: bool,
        expected: u64,
    ) -> Result<Self, ChainError> {
        let endpoint = Self::assemble(wire, label, loopback, expected);
        endpoint.check_chain_id().await?;
        Ok(endpoint)
    }

    fn assemble(wire: Arc<dyn Wire>, label: String, loopback: bool, chain_id: u64) -> Self {
        let wire = Arc::new(CountedWire::new(wire));
        let transport = transport::WireTransport(Arc::clone(&wire) as Arc<dyn Wire>);
        let provider = RootProvider::new(RpcClient::new(transport, loopback));
        Self { inner: Arc::new(Inner { label, loopback, chain_id, wire, provider }) }
    }

    /// Scheme, host and port: what may be shown.
    #[must_use]
    pub fn label(&self) -> &str {
        &self.inner.label
    }

    /// True when it is on this machine.
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.inner.loopback
    }

    /// The chain id it proved to serve when it was connected.
    #[must_use]
    pub fn chain_id(&self) -> u64 {
        self.inner.chain_id
    }

    /// How many exchanges have left the process.
    #[must_use]
    pub fn calls(&self) -> u64 {
        self.inner.wire.calls()
    }

    /// The provider underneath, for calls that have no method here. It goes through the same wire.
    #[must_use]
    pub fn provider(&self) -> &RootProvider<Ethereum> {
        &self.inner.provider
    }

    /// Ask for the chain id again (an address can be pointed elsewhere while we sleep).
    pub async fn check_chain_id(&self) -> Result<(), ChainError> {
        let given = self.fresh_chain_id().await?;
        if given == self.inner.chain_id {
            return Ok(());
        }
        Err(ChainError::WrongId { endpoint: self.inner.label.clone(), expected: self.inner.chain_id, given })
    }

    async fn fresh_chain_id(&self) -> Result<u64, ChainError> {
        self.provider().get_chain_id().await.map_err(|error| self.lift("eth_chainId", error))
    }

    /// Number of the newest block.
    pub async fn block_number(&self) -> Result<u64, ChainError> {
        self.provider().get_block_number().await.map_err(|error| self.lift("eth_blockNumber", error))
    }

    /// A block with the hashes of its transactions; `None` when the node does not know it.
    pub async fn block(&self, at: BlockId) -> Result<Option<Block>, ChainError> {
        self.provider().get_block(at).await.map_err(|error| self.lift("eth_getBlock", error))
    }

    /// Base fees and rewards of the newest `blocks` blocks.
    pub async fn fee_history(&self, blocks: u64, percentiles: &[f64]) -> Result<FeeHistory, ChainError> {
        let call = self.provider().get_fee_history(blocks, BlockNumberOrTag::Latest, percentiles);
        call.await.map_err(|error| self.lift("eth_feeHistory", error))
    }

    /// Transactions ever sent by `account`, as of `at`.
    pub async fn nonce(&self, account: Address, at: BlockId) -> Result<u64, ChainError> {
        let call = self.provider().get_transaction_count(account).block_id(at);
        call.await.map_err(|error| self.lift("eth_getTransactionCount", error))
    }

    /// Balance in wei.
    pub async fn balance(&self, account: Address, at: BlockId) -> Result<U256, ChainError> {
        let call = self.provider().get_balance(account).block_id(at);
        call.await.map_err(|error| self.lift("eth_getBalance", error))
    }

    /// Runtime code; empty when there is none.
    pub async fn code(&self, account: Address, at: BlockId) -> Result<Bytes, ChainError> {
        let call = self.provider().get_code_at(account).block_id(at);
        call.await.map_err(|error| self.lift("eth_getCode", error))
    }

    /// One word of storage.
    pub async fn storage(&self, account: Address, slot: U256, at: BlockId) -> Result<U256, ChainError> {
        let call = self.provider().get_storage_at(account, slot).block_id(at);
        call.await.map_err(|error| self.lift("eth_getStorageAt", error))
    }

    /// A read-only call; a revert is [`ChainError::Reverted`].
    pub async fn call(&self, request: TransactionRequest, at: BlockId) -> Result<Bytes, ChainError> {
        let call = self.provider().call(request).block(at);
        call.await.map_err(|error| self.lift("eth_call", error))
    }

    /// A read-only call of one function of `to`, decoded.
    pub async fn read<C: SolCall>(
        &self,
        to: Address,
        call: &C,
        at: BlockId,
    ) -> Result<C::Return, ChainError> {
        let request = TransactionRequest::default().to(to).input(Bytes::from(call.abi_encode()).into());
        let answer = self.call(request, at).await?;
        C::abi_decode_returns(&answer)
            .map_err(|_| ChainError::NotOurs { address: to, function: C::SIGNATURE })
    }

    /// What `request` would use, by the node's estimate.
    pub async fn estimate_gas(&self, request: TransactionRequest, at: BlockId) -> Result<u64, ChainError> {
        let call = self.provider().estimate_gas(request).block(at);
        call.await.map_err(|error| self.lift("eth_estimateGas", error))
    }

    /// Hand over signed bytes. Any error other than [`ChainError::Refused`] leaves open whether they arrived.
    pub async fn send_raw(&self, raw: &[u8]) -> Result<B256, ChainError> {
        let sent = self.provider().send_raw_transaction(raw).await;
        sent.map(|pending| *pending.tx_hash()).map_err(|error| self.lift("eth_sendRawTransaction", error))
    }

    /// The receipt; `None` proves nothing but that this node does not have it now.
    pub async fn receipt(&self, hash: B256) -> Result<Option<TransactionReceipt>, ChainError> {
        let call = self.provider().get_transaction_receipt(hash);
        call.await.map_err(|error| self.lift("eth_getTransactionReceipt", error))
    }

    /// A transaction, pooled or included.
    pub async fn transaction(&self, hash: B256) -> Result<Option<Transaction>, ChainError> {
        let call = self.provider().get_transaction_by_hash(hash);
        call.await.map_err(|error| self.lift("eth_getTransactionByHash", error))
    }

    /// Logs that match.
    pub async fn logs(&self, filter: &Filter) -> Result<Vec<Log>, ChainError> {
        self.provider().get_logs(filter).await.map_err(|error| self.lift("eth_getLogs", error))
    }

    /// Turn a failure of [`Endpoint::provider`] into ours. `method` is the JSON-RPC method that was called.
    pub fn lift(&self, method: &'static str, error: TransportError) -> ChainError {
        let endpoint = self.inner.label.clone();
        match error {
            RpcError::ErrorResp(payload) => {
                let message = payload.message.to_string();
                if let Some(data) = payload.as_revert_data() {
                    return ChainError::Reverted { sentence: decode_revert(&data).sentence, data };
                }
                if payload.code == 3 || message.contains("execution reverted") {
                    let data = Bytes::new();
                    return ChainError::Reverted { sentence: decode_revert(&data).sentence, data };
                }
                if wants_fewer_calls(payload.code, &message) {
                    return ChainError::RateLimited { endpoint, retry_after: None };
                }
                ChainError::Refused { endpoint, method, rpc_code: payload.code, message }
            }
            RpcError::NullResp => ChainError::Rubbish { endpoint, method, reason: "null".to_owned() },
            RpcError::DeserError { err, .. } => {
                ChainError::Rubbish { endpoint, method, reason: err.to_string() }
            }
            RpcError::Transport(TransportErrorKind::Custom(cause)) => match cause.downcast::<WireFault>() {
                Ok(fault) => lift_fault(endpoint, method, &fault),
                // Not the wire's: alloy could not make sense of what came through it.
                Err(other) => ChainError::Rubbish { endpoint, method, reason: other.to_string() },
            },
            RpcError::Transport(other) => ChainError::Rubbish { endpoint, method, reason: other.to_string() },
            RpcError::UnsupportedFeature(feature) => {
                ChainError::Rubbish { endpoint, method, reason: feature.to_owned() }
            }
            RpcError::SerError(error) => ChainError::Rubbish { endpoint, method, reason: error.to_string() },
            RpcError::LocalUsageError(error) => {
                ChainError::Rubbish { endpoint, method, reason: error.to_string() }
            }
        }
    }
}

fn lift_fault(endpoint: String, method: &'static str, fault: &WireFault) -> ChainError {
    match fault {
        WireFault::TimedOut(waited) => ChainError::Slow { endpoint, waited: *waited },
        WireFault::Broken(reason) => ChainError::Unreachable { endpoint, reason: reason.clone() },
        WireFault::TooLong => ChainError::Rubbish { endpoint, method, reason: fault.to_string() },
        WireFault::Status { status: 429, retry_after } => {
            ChainError::RateLimited { endpoint, retry_after: *retry_after }
        }
        WireFault::Status { status: status @ (401 | 403), .. } => {
            ChainError::Denied { endpoint, status: *status }
        }
        WireFault::Status { status: 500.., .. } => {
            ChainError::Unreachable { endpoint, reason: fault.to_string() }
        }
        WireFault::Status { .. } => ChainError::Rubbish { endpoint, method, reason: fault.to_string() },
    }
}

fn wants_fewer_calls(code: i64, message: &str) -> bool {
    let message = message.to_ascii_lowercase();
    code == 429
        || ["rate limit", "too many requests", "exceeded its requests", "request limit"]
            .iter()
            .any(|words| message.contains(words))
}
