use std::time::Duration;

use alloy::{
    primitives::{Address, U256},
    providers::{Provider, ext::AnvilApi},
    rpc::types::{TransactionReceipt, TransactionRequest},
};

use crate::{ChainError, Endpoint};

/// Polls of 20 ms for a receipt, with a kick to the miner every half second (its automining can miss a
/// transaction that arrives with others).
const POLLS: u32 = 500;
const KICK_EVERY: u32 = 25;
const PAUSE: Duration = Duration::from_millis(20);

/// Give `account` exactly `wei`. Only Anvil can.
pub async fn fund(endpoint: &Endpoint, account: Address, wei: U256) -> Result<(), ChainError> {
    let call = endpoint.provider().anvil_set_balance(account, wei);
    call.await.map_err(|error| endpoint.lift("anvil_setBalance", error))
}

/// Mine `blocks` blocks. Only Anvil can.
pub async fn mine(endpoint: &Endpoint, blocks: u64) -> Result<(), ChainError> {
    let call = endpoint.provider().anvil_mine(Some(blocks), None);
    call.await.map_err(|error| endpoint.lift("anvil_mine", error))
}

/// Send a transaction from any account without its key, and wait for its receipt. Only Anvil can.
pub async fn send_unlocked(
    endpoint: &Endpoint,
    from: Address,
    transaction: TransactionRequest,
    what: &str,
) -> Result<TransactionReceipt, ChainError> {
    let node = endpoint.provider();
    let lift = |method| move |error| endpoint.lift(method, error);
    node.anvil_impersonate_account(from).await.map_err(lift("anvil_impersonateAccount"))?;
    let sent = node.send_transaction(transaction.from(from)).await;
    let stopped = node.anvil_stop_impersonating_account(from).await;
    let hash = *sent.map_err(lift("eth_sendTransaction"))?.tx_hash();
    stopped.map_err(lift("anvil_stopImpersonatingAccount"))?;
    for poll in 1..=POLLS {
        if let Some(receipt) = endpoint.receipt(hash).await? {
            if receipt.status() {
                return Ok(receipt);
            }
            let what = format!("{what} (it reverted)");
            return Err(ChainError::PracticeTransaction { what, hash: Some(hash) });
        }
        if poll % KICK_EVERY == 0 {
            mine(endpoint, 1).await?;
        }
        tokio::time::sleep(PAUSE).await;
    }
    let what = format!("{what} (it was never mined)");
    Err(ChainError::PracticeTransaction { what, hash: Some(hash) })
}
