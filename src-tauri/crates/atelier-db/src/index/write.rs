use rusqlite::{Connection, named_params};

use super::FactsError;
use super::row::{Basis, Batch, BlockRef, MintKind};
use crate::ledger::codec::{Count, Hex, Wei};

/// One header in this many is kept for ever, so that an ancestor of any reorg is found.
const SPARSE: u64 = 10_000;
const NOBODY: [u8; 20] = [0; 20];

pub(super) fn append(
    db: &Connection,
    chain_id: u64,
    collection: [u8; 20],
    batch: &Batch,
) -> Result<(), FactsError> {
    let mut block = db.prepare_cached(
        "INSERT INTO block (number, hash, parent_hash, timestamp, touched) VALUES (?1, ?2, ?3, ?4, ?5)",
    )?;
    for row in &batch.blocks {
        block.execute((
            Count(row.number),
            Hex(row.hash),
            Hex(row.parent_hash),
            Count(row.timestamp),
            row.touched,
        ))?;
    }
    let mut transfer = db.prepare_cached(
        "INSERT INTO transfer (block_number, log_index, tx_hash, token, sender, recipient)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?;
    let mut own = db.prepare_cached(
        "INSERT OR REPLACE INTO owner (token, owner, block_number, log_index) VALUES (?1, ?2, ?3, ?4)",
    )?;
    let mut disown = db.prepare_cached("DELETE FROM owner WHERE token = ?1")?;
    for row in &batch.transfers {
        let (number, index) = (Count(row.place.block_number), Count(row.place.log_index));
        transfer.execute((number, index, Hex(row.tx_hash), Count(row.token), Hex(row.from), Hex(row.to)))?;
        if row.to == NOBODY {
            disown.execute([Count(row.token)])?;
        } else {
            own.execute((Count(row.token), Hex(row.to), number, index))?;
        }
    }
    append_mints(db, batch)?;
    append_sales(db, batch)?;
    set_checkpoint(db, chain_id, collection, Some(batch.checkpoint))?;
    db.execute(
        "DELETE FROM block WHERE touched = 0 AND number < ?1 AND number % ?2 != 0",
        (Count(batch.prune_below), Count(SPARSE)),
    )?;
    Ok(())
}

fn append_mints(db: &Connection, batch: &Batch) -> Result<(), FactsError> {
    let mut mint = db.prepare_cached(
        "INSERT INTO mint (token, block_number, log_index, tx_hash, recipient, kind, reference, paid_wei)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for row in &batch.mints {
        let (kind, reference) = match &row.kind {
            MintKind::Batch { batch } => ("batch", Some(batch)),
            MintKind::Voucher { nonce } => ("voucher", Some(nonce)),
            MintKind::Other => ("other", None),
        };
        mint.execute((
            Count(row.token),
            Count(row.place.block_number),
            Count(row.place.log_index),
            Hex(row.tx_hash),
            Hex(row.to),
            kind,
            reference,
            Wei(row.paid),
        ))?;
    }
    Ok(())
}

fn append_sales(db: &Connection, batch: &Batch) -> Result<(), FactsError> {
    let mut sale = db.prepare_cached(
        "INSERT INTO sale (block_number, log_index, token, tx_hash, market, seller, buyer, currency, price, bundle,
                           matched, mixed)
         VALUES (:number, :index, :token, :tx, :market, :seller, :buyer, :currency, :price, :bundle, :matched, :mixed)",
    )?;
    let mut royalty = db.prepare_cached(
        "INSERT INTO royalty (block_number, log_index, token, receiver, owed, received, basis)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for row in &batch.sales {
        let (number, index) = (Count(row.place.block_number), Count(row.place.log_index));
        sale.execute(named_params! {
            ":number": number,
            ":index": index,
            ":token": Count(row.token),
            ":tx": Hex(row.tx_hash),
            ":market": Hex(row.market),
            ":seller": Hex(row.seller),
            ":buyer": Hex(row.buyer),
            ":currency": Hex(row.currency),
            ":price": Wei(row.price),
            ":bundle": row.bundle,
            ":matched": row.matched,
            ":mixed": row.mixed,
        })?;
        royalty.execute((
            number,
            index,
            Count(row.token),
            row.royalty_receiver.map(Hex),
            row.royalty_owed.map(Wei),
            Wei(row.royalty_received),
            match row.basis {
                Basis::Block => "block",
                Basis::Latest => "latest",
                Basis::Unknown => "unknown",
            },
        ))?;
    }
    Ok(())
}

pub(super) fn rewind(
    db: &Connection,
    chain_id: u64,
    collection: [u8; 20],
    ancestor: Option<BlockRef>,
) -> Result<(), FactsError> {
    // -1 keeps nothing: block 0 goes as well.
    let keep = match ancestor {
        Some(block) => i64::try_from(block.number)
            .map_err(|error| rusqlite::Error::ToSqlConversionFailure(Box::new(error)))?,
        None => -1,
    };
    let moved: Vec<Count> = db
        .prepare("SELECT DISTINCT token FROM transfer WHERE block_number > ?1")?
        .query_map([keep], |row| row.get(0))?
        .collect::<Result<_, _>>()?;
    for table in ["royalty", "sale", "mint", "transfer"] {
        db.execute(&format!("DELETE FROM {table} WHERE block_number > ?1"), [keep])?;
    }
    db.execute("DELETE FROM block WHERE number > ?1", [keep])?;
    let mut disown = db.prepare("DELETE FROM owner WHERE token = ?1")?;
    let mut restore = db.prepare(
        "INSERT INTO owner (token, owner, block_number, log_index)
         SELECT token, recipient, block_number, log_index FROM
            (SELECT * FROM transfer WHERE token = ?1 ORDER BY block_number DESC, log_index DESC LIMIT 1)
         WHERE recipient != ?2",
    )?;
    for token in moved {
        disown.execute([token])?;
        restore.execute((token, Hex(NOBODY)))?;
    }
    set_checkpoint(db, chain_id, collection, ancestor)
}

fn set_checkpoint(
    db: &Connection,
    chain_id: u64,
    collection: [u8; 20],
    block: Option<BlockRef>,
) -> Result<(), FactsError> {
    match block {
        Some(block) => db.execute(
            "INSERT OR REPLACE INTO checkpoint (one, chain_id, collection, block_number, block_hash)
             VALUES (1, ?1, ?2, ?3, ?4)",
            (Count(chain_id), Hex(collection), Count(block.number), Hex(block.hash)),
        )?,
        None => db.execute("DELETE FROM checkpoint", [])?,
    };
    Ok(())
}
