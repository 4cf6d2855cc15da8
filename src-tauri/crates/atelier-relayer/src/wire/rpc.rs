use alloy::consensus::Transaction as _;
use alloy::eips::{BlockId, BlockNumberOrTag};
use alloy::network::{Ethereum, TransactionResponse as _};
use alloy::primitives::{Address, B256, Bytes, TxKind, U256};
use alloy::providers::{Provider, RootProvider};
use alloy::rpc::types::{TransactionInput, TransactionRequest};
use alloy::transports::{RpcError, TransportError};
use async_trait::async_trait;

use super::{Call, Called, Head, Mined, Receipt, SendReply, Wire, classify_refusal};
use crate::{Fees, RelayError};

/// [`Wire`] over JSON-RPC. No fillers, no retries, no fallback: the lane decides what an answer means.
#[derive(Debug, Clone)]
pub struct RpcWire {
    provider: RootProvider<Ethereum>,
}

impl RpcWire {
    /// Speaks through `provider`, which should carry a time-out.
    pub fn new(provider: RootProvider<Ethereum>) -> Self {
        Self { provider }
    }

    /// Finds the block in which `account`'s nonce passed `nonce` by bisection, for nodes without
    /// `eth_getTransactionBySenderAndNonce`. `None` when the node has dropped the states this needs.
    async fn scan_for_nonce(&self, account: Address, nonce: u64) -> Result<Option<B256>, RelayError> {
        let mut low = 0;
        let mut high = self.head().await?.number;
        while low < high {
            let middle = low + (high - low) / 2;
            match self.nonce(account, Some(middle)).await {
                Ok(count) if count > nonce => high = middle,
                Ok(_) => low = middle + 1,
                Err(_) => return Ok(None),
            }
        }
        let block = self
            .provider
            .get_block_by_number(BlockNumberOrTag::Number(low))
            .full()
            .await
            .map_err(|error| failed("eth_getBlockByNumber", &error))?;
        let transactions = block.map(|block| block.transactions).unwrap_or_default();
        Ok(transactions
            .txns()
            .find(|transaction| transaction.from() == account && (**transaction).nonce() == nonce)
            .map(|transaction| transaction.tx_hash()))
    }
}

fn failed(method: &'static str, error: &TransportError) -> RelayError {
    RelayError::Wire { method, reason: error.to_string() }
}

fn request(call: &Call) -> TransactionRequest {
    TransactionRequest {
        from: Some(call.from),
        to: Some(call.to.map_or(TxKind::Create, TxKind::Call)),
        input: TransactionInput::both(call.data.clone()),
        value: Some(U256::from(call.value)),
        ..TransactionRequest::default()
    }
}

/// An error answer to a simulated call is a revert; anything else is the wire's failure.
fn reverted<T>(method: &'static str, error: &TransportError) -> Result<Called<T>, RelayError> {
    match error {
        RpcError::ErrorResp(payload) if looks_like_revert(payload.code, &payload.message) => {
            Ok(Called::Reverted {
                data: payload.as_revert_data().unwrap_or_default(),
                message: payload.message.to_string(),
            })
        }
        _ => Err(failed(method, error)),
    }
}

fn looks_like_revert(code: i64, message: &str) -> bool {
    let text = message.to_ascii_lowercase();
    code == 3 || text.contains("revert") || text.contains("out of gas") || text.contains("invalid opcode")
}

#[async_trait]
impl Wire for RpcWire {
    async fn chain_id(&self) -> Result<u64, RelayError> {
        self.provider.get_chain_id().await.map_err(|error| failed("eth_chainId", &error))
    }

    async fn head(&self) -> Result<Head, RelayError> {
        let block = self
            .provider
            .get_block_by_number(BlockNumberOrTag::Latest)
            .await
            .map_err(|error| failed("eth_getBlockByNumber", &error))?
            .ok_or_else(|| RelayError::Wire {
                method: "eth_getBlockByNumber",
                reason: "there is no newest block".to_owned(),
            })?;
        Ok(Head { number: block.header.number, timestamp: block.header.timestamp })
    }

    async fn block_hash(&self, number: u64) -> Result<Option<B256>, RelayError> {
        let block = self
            .provider
            .get_block_by_number(BlockNumberOrTag::Number(number))
            .await
            .map_err(|error| failed("eth_getBlockByNumber", &error))?;
        Ok(block.map(|block| block.header.hash))
    }

    async fn nonce(&self, account: Address, at: Option<u64>) -> Result<u64, RelayError> {
        let block = at.map_or(BlockId::latest(), BlockId::number);
        self.provider
            .get_transaction_count(account)
            .block_id(block)
            .await
            .map_err(|error| failed("eth_getTransactionCount", &error))
    }

    async fn balance(&self, account: Address) -> Result<U256, RelayError> {
        self.provider.get_balance(account).await.map_err(|error| failed("eth_getBalance", &error))
    }

    async fn fees(&self) -> Result<Fees, RelayError> {
        let block = self
            .provider
            .get_block_by_number(BlockNumberOrTag::Latest)
            .await
            .map_err(|error| failed("eth_getBlockByNumber", &error))?;
        let base = block.and_then(|block| block.header.base_fee_per_gas).ok_or_else(|| RelayError::Wire {
            method: "eth_getBlockByNumber",
            reason: "the newest block has no base fee; this chain does not speak EIP-1559".to_owned(),
        })?;
        let tip = self
            .provider
            .get_max_priority_fee_per_gas()
            .await
            .map_err(|error| failed("eth_maxPriorityFeePerGas", &error))?;
        Ok(Fees { base: u128::from(base), tip })
    }

    async fn receipt(&self, hash: B256) -> Result<Option<Receipt>, RelayError> {
        let receipt = self
            .provider
            .get_transaction_receipt(hash)
            .await
            .map_err(|error| failed("eth_getTransactionReceipt", &error))?;
        Ok(receipt.and_then(|receipt| {
            Some(Receipt {
                hash: receipt.transaction_hash,
                // A pending receipt has no block: as good as none.
                block_number: receipt.block_number?,
                block_hash: receipt.block_hash?,
                success: receipt.status(),
                gas_used: receipt.gas_used,
                effective_price: receipt.effective_gas_price,
            })
        }))
    }

    async fn mined_with_nonce(&self, account: Address, nonce: u64) -> Result<Option<Mined>, RelayError> {
        let named = self.provider.get_transaction_by_sender_nonce(account, nonce).await;
        let transaction = match named {
            Ok(Some(transaction)) if transaction.block_hash.is_some() => Some(transaction),
            Ok(_) | Err(RpcError::ErrorResp(_)) => match self.scan_for_nonce(account, nonce).await? {
                Some(hash) => self
                    .provider
                    .get_transaction_by_hash(hash)
                    .await
                    .map_err(|error| failed("eth_getTransactionByHash", &error))?,
                None => None,
            },
            Err(error) => return Err(failed("eth_getTransactionBySenderAndNonce", &error)),
        };
        Ok(transaction.map(|transaction| Mined { hash: transaction.tx_hash(), value: transaction.value() }))
    }

    async fn call(&self, call: &Call) -> Result<Called<Bytes>, RelayError> {
        match self.provider.call(request(call)).block(BlockId::latest()).await {
            Ok(bytes) => Ok(Called::Returned(bytes)),
            Err(error) => reverted("eth_call", &error),
        }
    }

    async fn estimate(&self, call: &Call) -> Result<Called<u64>, RelayError> {
        match self.provider.estimate_gas(request(call)).block(BlockId::latest()).await {
            Ok(gas) => Ok(Called::Returned(gas)),
            Err(error) => reverted("eth_estimateGas", &error),
        }
    }

    async fn send(&self, raw: &Bytes) -> SendReply {
        // The raw request, so that the answer is not wrapped into a watcher that polls behind our back.
        let reply: Result<B256, TransportError> =
            self.provider.client().request("eth_sendRawTransaction", (raw.clone(),)).await;
        match reply {
            Ok(_) => SendReply::Accepted,
            Err(RpcError::ErrorResp(payload)) => classify_refusal(&payload.message),
            Err(error) => SendReply::Unknown { message: error.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::looks_like_revert;

    #[test]
    fn a_node_that_is_down_is_not_a_revert() {
        assert!(looks_like_revert(3, "execution reverted"), "geth");
        assert!(looks_like_revert(-32000, "execution reverted: custom error"), "older nodes");
        assert!(
            !looks_like_revert(-32005, "daily request count exceeded"),
            "a rate limit says nothing about the call"
        );
    }
}
