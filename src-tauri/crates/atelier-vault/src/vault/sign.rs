use alloy::consensus::{SignableTransaction, TxEip1559, TxEnvelope};
use alloy::eips::Encodable2718;
use alloy::primitives::{Address, B256, Bytes, Signature, eip191_hash_message};
use alloy::signers::SignerSync;
use alloy::sol_types::{Eip712Domain, SolStruct};

use super::Vault;
use crate::{Role, VaultError};

/// Who is to sign, and what for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Request<'a> {
    /// The key.
    pub role: Role,
    /// What for, in words: "Mint batch 3 of 8". Goes to the log.
    pub purpose: &'a str,
}

/// A transaction that can be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedTransaction {
    /// The bytes for `eth_sendRawTransaction` (EIP-2718).
    pub raw: Bytes,
    /// Its hash.
    pub hash: B256,
    /// The signature alone.
    pub signature: Signature,
    /// Who signed.
    pub signer: Address,
}

impl Vault {
    /// Signs 32 bytes as they are. What they stand for cannot be seen from them: prefer the other methods.
    ///
    /// Signatures have a low s (EIP-2) and, by RFC 6979, are the same each time.
    ///
    /// # Errors
    /// [`VaultError::Absent`], [`VaultError::Closed`].
    pub fn sign_hash(&self, request: &Request<'_>, hash: B256) -> Result<Signature, VaultError> {
        self.sign(request, "hash", hash).map(|(signature, _)| signature)
    }

    /// Signs typed data (EIP-712).
    ///
    /// # Errors
    /// [`VaultError::Absent`], [`VaultError::Closed`].
    pub fn sign_typed<T: SolStruct>(
        &self,
        request: &Request<'_>,
        data: &T,
        domain: &Eip712Domain,
    ) -> Result<Signature, VaultError> {
        self.sign(request, "typed data", data.eip712_signing_hash(domain)).map(|(signature, _)| signature)
    }

    /// Signs a message (EIP-191, `personal_sign`).
    ///
    /// # Errors
    /// [`VaultError::Absent`], [`VaultError::Closed`].
    pub fn sign_message(&self, request: &Request<'_>, message: &[u8]) -> Result<Signature, VaultError> {
        self.sign(request, "message", eip191_hash_message(message)).map(|(signature, _)| signature)
    }

    /// Signs a transaction (EIP-1559), exactly as it is.
    ///
    /// # Errors
    /// [`VaultError::Absent`], [`VaultError::Closed`].
    pub fn sign_transaction(
        &self,
        request: &Request<'_>,
        transaction: &TxEip1559,
    ) -> Result<SignedTransaction, VaultError> {
        let (signature, signer) = self.sign(request, "transaction", transaction.signature_hash())?;
        let signed = transaction.clone().into_signed(signature);
        let hash = *signed.hash();
        Ok(SignedTransaction { raw: TxEnvelope::from(signed).encoded_2718().into(), hash, signature, signer })
    }

    fn sign(
        &self,
        request: &Request<'_>,
        what: &'static str,
        digest: B256,
    ) -> Result<(Signature, Address), VaultError> {
        let role = request.role;
        let known = self.address(role).is_some();
        let desk = self.desk();
        let Some(open) = desk.open.get(&role) else {
            return Err(if known { VaultError::Closed { role } } else { VaultError::Absent { role } });
        };
        let signature = open
            .signer
            .sign_hash_sync(&digest)
            .map_err(|error| VaultError::Signing { role, reason: error.to_string() })?;
        tracing::info!(role = role.word(), purpose = request.purpose, what, %digest, "signed");
        Ok((signature, open.signer.address()))
    }
}
