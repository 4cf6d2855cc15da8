//! The relayer's signer on the vault: one role key, one purpose, never the key itself.
use std::sync::Arc;

use alloy::consensus::TxEip1559;
use alloy::primitives::{Address, Signature};
use async_trait::async_trait;
use atelier_relayer::{RelayError, Sign};

use crate::api::Role;
use crate::project::Project;

/// Signs transactions with one of the project's keys.
pub(crate) struct VaultSigner {
    project: Arc<Project>,
    role: Role,
    address: Address,
    purpose: &'static str,
}

impl VaultSigner {
    pub(crate) fn new(project: Arc<Project>, role: Role, address: Address, purpose: &'static str) -> Self {
        Self { project, role, address, purpose }
    }
}

#[async_trait]
impl Sign for VaultSigner {
    fn address(&self) -> Address {
        self.address
    }

    async fn sign(&self, transaction: &TxEip1559) -> Result<Signature, RelayError> {
        let signed = self.project.keys.sign_transaction(self.role, transaction, self.purpose);
        signed.map_err(|error| RelayError::Sign { reason: format!("{error} ({})", error.code()) })
    }
}
