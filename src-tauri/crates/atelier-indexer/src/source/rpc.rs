use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::network::Ethereum;
use alloy::primitives::{Address, B256, TxKind, U256};
use alloy::providers::{Provider, RootProvider};
use alloy::rpc::types::{Filter, Log, TransactionInput, TransactionRequest};
use alloy::sol_types::SolCall;
use alloy::transports::{RpcError, TransportError};
use async_trait::async_trait;
use atelier_chain::bindings::IAtelierDrop;

use super::{Header, LogSource, LogsError, Query, RoyaltyAnswer};
use crate::{BlockRef, IndexError};

/// [`LogSource`] over JSON-RPC.
#[derive(Debug, Clone)]
pub struct RpcSource {
    provider: RootProvider<Ethereum>,
}

impl RpcSource {
    /// Reads through `provider`, which should carry a time-out.
    pub fn new(provider: RootProvider<Ethereum>) -> Self {
        Self { provider }
    }
}

fn failed(method: &'static str, error: &TransportError) -> IndexError {
    IndexError::Source { method, reason: error.to_string() }
}

/// Nodes say "too much" in many words; none of them says it with one code.
pub(crate) fn looks_too_large(code: i64, message: &str) -> bool {
    let text = message.to_ascii_lowercase();
    let words = [
        "too many",
        "too large",
        "too big",
        "too wide",
        "limit exceeded",
        "exceeds",
        "exceeded",
        "more than",
        "block range",
        "max range",
        "query returned",
        "response size",
        "query timeout",
    ];
    let rate_limit = ["rate", "per second", "too many requests"].iter().any(|word| text.contains(word));
    !rate_limit && (code == -32005 || words.iter().any(|word| text.contains(word)))
}

fn filter(query: &Query) -> Filter {
    Filter::new().address(query.address).event_signature(query.events.clone())
}

#[async_trait]
impl LogSource for RpcSource {
    async fn chain_id(&self) -> Result<u64, IndexError> {
        self.provider.get_chain_id().await.map_err(|error| failed("eth_chainId", &error))
    }

    async fn head(&self) -> Result<u64, IndexError> {
        self.provider.get_block_number().await.map_err(|error| failed("eth_blockNumber", &error))
    }

    async fn header(&self, number: u64) -> Result<Option<Header>, IndexError> {
        let block = self
            .provider
            .get_block_by_number(BlockNumberOrTag::Number(number))
            .await
            .map_err(|error| failed("eth_getBlockByNumber", &error))?;
        Ok(block.map(|block| Header {
            number: block.header.number,
            hash: block.header.hash,
            parent_hash: block.header.parent_hash,
            timestamp: block.header.timestamp,
            logs_bloom: block.header.logs_bloom,
        }))
    }

    async fn logs(&self, from: u64, to: u64, query: &Query) -> Result<Vec<Log>, LogsError> {
        match self.provider.get_logs(&filter(query).from_block(from).to_block(to)).await {
            Ok(logs) => Ok(logs),
            Err(RpcError::ErrorResp(payload)) if looks_too_large(payload.code, &payload.message) => {
                Err(LogsError::TooLarge(payload.message.to_string()))
            }
            Err(error) => Err(LogsError::Failed(failed("eth_getLogs", &error))),
        }
    }

    async fn logs_of_block(&self, hash: B256, query: &Query) -> Result<Vec<Log>, IndexError> {
        self.provider
            .get_logs(&filter(query).at_block_hash(hash))
            .await
            .map_err(|error| failed("eth_getLogs", &error))
    }

    async fn transaction_logs(&self, tx: B256) -> Result<Option<(BlockRef, Vec<Log>)>, IndexError> {
        let receipt = self
            .provider
            .get_transaction_receipt(tx)
            .await
            .map_err(|error| failed("eth_getTransactionReceipt", &error))?;
        Ok(receipt.and_then(|receipt| {
            let block = BlockRef { number: receipt.block_number?, hash: receipt.block_hash? };
            Some((block, receipt.inner.logs().to_vec()))
        }))
    }

    async fn royalty(
        &self,
        collection: Address,
        token: u64,
        price: U256,
        at: Option<BlockRef>,
    ) -> Result<Option<RoyaltyAnswer>, IndexError> {
        let call = IAtelierDrop::royaltyInfoCall { tokenId: U256::from(token), salePrice: price };
        let request = TransactionRequest {
            to: Some(TxKind::Call(collection)),
            input: TransactionInput::both(call.abi_encode().into()),
            ..TransactionRequest::default()
        };
        let block = at.map_or(BlockId::latest(), |block| BlockId::hash(block.hash));
        match self.provider.call(request).block(block).await {
            Ok(bytes) => Ok(IAtelierDrop::royaltyInfoCall::abi_decode_returns(&bytes)
                .ok()
                .map(|answer| RoyaltyAnswer { receiver: answer.receiver, amount: answer.royaltyAmount })),
            // No such function, or a state the node has dropped.
            Err(RpcError::ErrorResp(_)) => Ok(None),
            Err(error) => Err(failed("eth_call", &error)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::looks_too_large;

    /// Texts as hosted and own nodes send them.
    #[test]
    fn too_large_is_told_from_too_often() {
        for (code, text) in [
            (-32005, "query returned more than 10000 results"),
            (
                -32602,
                "Log response size exceeded. You can make eth_getLogs requests with up to a 2K block range",
            ),
            (-32000, "exceed maximum block range: 5000"),
            (-32600, "eth_getLogs is limited to a 10,000 range: block range too large"),
        ] {
            assert!(looks_too_large(code, text), "{text}");
        }
        for (code, text) in [
            (-32005, "daily request count exceeded, request rate limited"),
            (-32029, "Too Many Requests"),
            (-32000, "header not found"),
        ] {
            assert!(!looks_too_large(code, text), "{text}");
        }
    }
}
