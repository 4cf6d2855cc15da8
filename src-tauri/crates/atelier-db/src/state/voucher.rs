use rusqlite::{Connection, OptionalExtension, Row, params};

use super::words;
use crate::DbError;

words! {
    /// How a voucher stands.
    VoucherState, "state of a voucher" {
        /// Signed, not used.
        Issued = "issued",
        /// Minted.
        Redeemed = "redeemed",
        /// Cancelled on chain.
        Cancelled = "cancelled",
        /// Its window is over.
        Expired = "expired",
    }
}

/// Names a voucher: a nonce is unique for one drop on one chain.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct VoucherKey {
    /// The chain it is valid on.
    pub chain_id: u64,
    /// The drop it is valid for, "0x" and 40 lower-case hex digits.
    pub drop: String,
    /// Its nonce, a decimal string.
    pub nonce: String,
}

/// A voucher as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Voucher {
    /// Its name.
    pub key: VoucherKey,
    /// What was signed, JSON.
    pub json: String,
    /// The signature, "0x" hex.
    pub signature: String,
    /// How it stands.
    pub state: VoucherState,
    /// The transaction that redeemed or cancelled it, "0x" hex.
    pub tx_hash: Option<String>,
    /// The first token it became.
    pub first_token: Option<u64>,
    /// When it was signed, ms.
    pub issued_ms: i64,
    /// When it last moved, ms.
    pub updated_ms: i64,
}

/// Signed vouchers.
pub struct Vouchers<'c>(pub(super) &'c Connection);

impl Vouchers<'_> {
    /// Writes a signed voucher down. The same one twice is once.
    ///
    /// # Errors
    /// [`DbError::Conflict`] when its nonce was signed for something else: two vouchers with one nonce must
    /// never be handed out.
    pub fn issue(&self, key: &VoucherKey, json: &str, signature: &str, now_ms: i64) -> Result<(), DbError> {
        let added = self.0.execute(
            "INSERT INTO voucher (chain_id, drop_hex, nonce, json, signature, state, issued_ms, updated_ms)
             VALUES (?1, ?2, ?3, ?4, ?5, 'issued', ?6, ?6) ON CONFLICT DO NOTHING",
            params![key.chain_id, key.drop, key.nonce, json, signature, now_ms],
        )?;
        if added == 1 {
            return Ok(());
        }
        match self.get(key)? {
            Some(known) if known.json == json && known.signature == signature => Ok(()),
            _ => Err(DbError::Conflict { what: "voucher", id: key.nonce.clone() }),
        }
    }

    /// The voucher with this name.
    pub fn get(&self, key: &VoucherKey) -> Result<Option<Voucher>, DbError> {
        let sql = "SELECT * FROM voucher WHERE chain_id = ?1 AND drop_hex = ?2 AND nonce = ?3";
        Ok(self.0.query_row(sql, params![key.chain_id, key.drop, key.nonce], read).optional()?)
    }

    /// The vouchers of a drop, by nonce.
    pub fn list(&self, chain_id: u64, drop: &str) -> Result<Vec<Voucher>, DbError> {
        let mut statement = self.0.prepare_cached(
            "SELECT * FROM voucher WHERE chain_id = ?1 AND drop_hex = ?2 ORDER BY length(nonce), nonce",
        )?;
        let rows = statement.query_map(params![chain_id, drop], read)?.collect::<Result<_, _>>()?;
        Ok(rows)
    }

    /// It was minted.
    ///
    /// # Errors
    /// [`DbError::NoRow`].
    pub fn redeemed(
        &self,
        key: &VoucherKey,
        tx_hash: &str,
        first_token: u64,
        now_ms: i64,
    ) -> Result<(), DbError> {
        self.set(key, VoucherState::Redeemed, Some(tx_hash), Some(first_token), now_ms)
    }

    /// It was cancelled on chain.
    ///
    /// # Errors
    /// [`DbError::NoRow`].
    pub fn cancelled(&self, key: &VoucherKey, tx_hash: &str, now_ms: i64) -> Result<(), DbError> {
        self.set(key, VoucherState::Cancelled, Some(tx_hash), None, now_ms)
    }

    /// Its window is over and it was not used.
    ///
    /// # Errors
    /// [`DbError::NoRow`].
    pub fn expired(&self, key: &VoucherKey, now_ms: i64) -> Result<(), DbError> {
        self.set(key, VoucherState::Expired, None, None, now_ms)
    }

    /// It is open again: a reorganisation took back what used it.
    ///
    /// # Errors
    /// [`DbError::NoRow`].
    pub fn reopened(&self, key: &VoucherKey, now_ms: i64) -> Result<(), DbError> {
        self.set(key, VoucherState::Issued, None, None, now_ms)
    }

    /// The chain decides how a voucher stands, so any state may follow any other.
    fn set(
        &self,
        key: &VoucherKey,
        state: VoucherState,
        tx_hash: Option<&str>,
        first_token: Option<u64>,
        now_ms: i64,
    ) -> Result<(), DbError> {
        let changed = self.0.execute(
            "UPDATE voucher SET state = ?4, tx_hash = ?5, first_token = ?6, updated_ms = ?7
             WHERE chain_id = ?1 AND drop_hex = ?2 AND nonce = ?3",
            params![key.chain_id, key.drop, key.nonce, state, tx_hash, first_token, now_ms],
        )?;
        if changed == 0 {
            return Err(DbError::NoRow { what: "voucher", id: key.nonce.clone() });
        }
        Ok(())
    }
}

fn read(row: &Row<'_>) -> rusqlite::Result<Voucher> {
    Ok(Voucher {
        key: VoucherKey {
            chain_id: row.get("chain_id")?,
            drop: row.get("drop_hex")?,
            nonce: row.get("nonce")?,
        },
        json: row.get("json")?,
        signature: row.get("signature")?,
        state: row.get("state")?,
        tx_hash: row.get("tx_hash")?,
        first_token: row.get("first_token")?,
        issued_ms: row.get("issued_ms")?,
        updated_ms: row.get("updated_ms")?,
    })
}
