use alloy::consensus::TxEip1559;
use alloy::primitives::{Address, Signature};
use async_trait::async_trait;

use crate::RelayError;

/// The one thing the relayer asks of the key's keeper. The key itself never comes here.
#[async_trait]
pub trait Sign: Send + Sync {
    /// The address the signatures recover to.
    fn address(&self) -> Address;

    /// Signs exactly this transaction. May take as long as a person needs to approve it.
    ///
    /// # Errors
    /// [`RelayError::Sign`] when the keeper is locked, absent or refuses.
    async fn sign(&self, transaction: &TxEip1559) -> Result<Signature, RelayError>;
}
