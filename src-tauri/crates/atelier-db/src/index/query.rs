use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row};

use super::FactsError;
use super::row::{
    Basis, Block, BlockRef, Holder, Mint, MintKind, Money, Place, Sale, Totals, TransactionRow, Transfer,
};
use crate::ledger::codec::{Count, Hex, Wei};

const NOBODY: Hex<20> = Hex([0; 20]);

pub(super) fn checkpoint(db: &Connection) -> Result<Option<BlockRef>, FactsError> {
    let sql = "SELECT block_number, block_hash FROM checkpoint";
    Ok(db
        .prepare_cached(sql)?
        .query_row([], |row| {
            Ok(BlockRef { number: row.get::<_, Count>(0)?.0, hash: row.get::<_, Hex<32>>(1)?.0 })
        })
        .optional()?)
}

pub(super) fn block_at_or_below(db: &Connection, number: u64) -> Result<Option<Block>, FactsError> {
    let sql = "SELECT number, hash, parent_hash, timestamp, touched FROM block WHERE number <= ?1
               ORDER BY number DESC LIMIT 1";
    Ok(db
        .prepare_cached(sql)?
        .query_row([Count(number)], |row| {
            Ok(Block {
                number: row.get::<_, Count>(0)?.0,
                hash: row.get::<_, Hex<32>>(1)?.0,
                parent_hash: row.get::<_, Hex<32>>(2)?.0,
                timestamp: row.get::<_, Count>(3)?.0,
                touched: row.get(4)?,
            })
        })
        .optional()?)
}

pub(super) fn owner(db: &Connection, token: u64) -> Result<Option<[u8; 20]>, FactsError> {
    let mut statement = db.prepare_cached("SELECT owner FROM owner WHERE token = ?1")?;
    let found: Option<Hex<20>> = statement.query_row([Count(token)], |row| row.get(0)).optional()?;
    Ok(found.map(|owner| owner.0))
}

pub(super) fn totals(db: &Connection) -> Result<Totals, FactsError> {
    let count =
        |sql: &str| -> Result<u64, FactsError> { Ok(db.query_row(sql, [], |row| row.get::<_, Count>(0))?.0) };
    let zero = format!("0x{}", hex::encode(NOBODY.0));
    let mut revenue: u128 = 0;
    let mut statement = db.prepare("SELECT paid_wei FROM mint WHERE paid_wei != '0'")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        revenue = sum(revenue, row.get::<_, Wei>(0)?.0)?;
    }
    Ok(Totals {
        minted: count("SELECT count(*) FROM mint")?,
        minted_by_batch: count("SELECT count(*) FROM mint WHERE kind = 'batch'")?,
        minted_by_voucher: count("SELECT count(*) FROM mint WHERE kind = 'voucher'")?,
        mint_revenue: revenue,
        burned: count(&format!("SELECT count(*) FROM transfer WHERE recipient = '{zero}'"))?,
        holders: count("SELECT count(DISTINCT owner) FROM owner")?,
        transfers: count(&format!(
            "SELECT count(*) FROM transfer WHERE recipient != '{zero}' AND sender != '{zero}'"
        ))?,
        sales: count("SELECT count(*) FROM sale")?,
        money: money(db)?,
    })
}

fn money(db: &Connection) -> Result<Vec<Money>, FactsError> {
    let mut by_currency: BTreeMap<[u8; 20], Money> = BTreeMap::new();
    let mut statement = db.prepare(
        "SELECT currency, price, owed, received FROM sale JOIN royalty USING (block_number, log_index, token)",
    )?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let currency = row.get::<_, Hex<20>>(0)?.0;
        let entry = by_currency.entry(currency).or_insert(Money {
            currency,
            volume: 0,
            royalty_owed: 0,
            royalty_received: 0,
        });
        entry.volume = sum(entry.volume, row.get::<_, Wei>(1)?.0)?;
        entry.royalty_owed = sum(entry.royalty_owed, row.get::<_, Option<Wei>>(2)?.map_or(0, |wei| wei.0))?;
        entry.royalty_received = sum(entry.royalty_received, row.get::<_, Wei>(3)?.0)?;
    }
    Ok(by_currency.into_values().collect())
}

fn sum(a: u128, b: u128) -> Result<u128, FactsError> {
    a.checked_add(b).ok_or(FactsError::AmountTooLarge)
}

pub(super) fn holders(db: &Connection, after: Option<Holder>, limit: u32) -> Result<Vec<Holder>, FactsError> {
    let (tokens, address) = after.map_or((i64::MAX, Hex([0; 20])), |last| {
        (i64::try_from(last.tokens).unwrap_or(i64::MAX), Hex(last.address))
    });
    let mut statement = db.prepare_cached(
        "SELECT owner, count(*) AS tokens FROM owner GROUP BY owner
         HAVING tokens < ?1 OR (tokens = ?1 AND owner > ?2) ORDER BY tokens DESC, owner LIMIT ?3",
    )?;
    let rows = statement.query_map((tokens, address, limit), |row| {
        Ok(Holder { address: row.get::<_, Hex<20>>(0)?.0, tokens: row.get::<_, Count>(1)?.0 })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn tokens_of(
    db: &Connection,
    holder: [u8; 20],
    after: u64,
    limit: u32,
) -> Result<Vec<u64>, FactsError> {
    let mut statement =
        db.prepare_cached("SELECT token FROM owner WHERE owner = ?1 AND token > ?2 ORDER BY token LIMIT ?3")?;
    let rows =
        statement.query_map((Hex(holder), Count(after), limit), |row| Ok(row.get::<_, Count>(0)?.0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn mints(db: &Connection, after: u64, limit: u32) -> Result<Vec<Mint>, FactsError> {
    let mut statement = db.prepare_cached(
        "SELECT block_number, log_index, tx_hash, token, recipient, kind, reference, paid_wei
         FROM mint WHERE token > ?1 ORDER BY token LIMIT ?2",
    )?;
    let rows = statement.query_map((Count(after), limit), |row| {
        let kind: String = row.get("kind")?;
        let reference: Option<String> = row.get("reference")?;
        Ok(Mint {
            place: place(row)?,
            tx_hash: row.get::<_, Hex<32>>("tx_hash")?.0,
            token: row.get::<_, Count>("token")?.0,
            to: row.get::<_, Hex<20>>("recipient")?.0,
            kind: match (kind.as_str(), reference) {
                ("batch", Some(batch)) => MintKind::Batch { batch },
                ("voucher", Some(nonce)) => MintKind::Voucher { nonce },
                _ => MintKind::Other,
            },
            paid: row.get::<_, Wei>("paid_wei")?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn history(db: &Connection, token: u64) -> Result<Vec<Transfer>, FactsError> {
    let mut statement = db.prepare_cached(
        "SELECT block_number, log_index, tx_hash, token, sender, recipient FROM transfer
         WHERE token = ?1 ORDER BY block_number, log_index",
    )?;
    let rows = statement.query_map([Count(token)], |row| {
        Ok(Transfer {
            place: place(row)?,
            tx_hash: row.get::<_, Hex<32>>("tx_hash")?.0,
            token: row.get::<_, Count>("token")?.0,
            from: row.get::<_, Hex<20>>("sender")?.0,
            to: row.get::<_, Hex<20>>("recipient")?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn sales(
    db: &Connection,
    before: Option<(Place, u64)>,
    limit: u32,
) -> Result<Vec<Sale>, FactsError> {
    let (number, index, token) = match before {
        Some((place, token)) => (bound(place.block_number), bound(place.log_index), bound(token)),
        None => (i64::MAX, i64::MAX, i64::MAX),
    };
    let mut statement = db.prepare_cached(
        "SELECT * FROM sale JOIN royalty USING (block_number, log_index, token)
         WHERE (block_number, log_index, token) < (?1, ?2, ?3)
         ORDER BY block_number DESC, log_index DESC, token DESC LIMIT ?4",
    )?;
    let rows = statement.query_map((number, index, token, limit), |row| {
        let basis: String = row.get("basis")?;
        Ok(Sale {
            place: place(row)?,
            tx_hash: row.get::<_, Hex<32>>("tx_hash")?.0,
            token: row.get::<_, Count>("token")?.0,
            market: row.get::<_, Hex<20>>("market")?.0,
            seller: row.get::<_, Hex<20>>("seller")?.0,
            buyer: row.get::<_, Hex<20>>("buyer")?.0,
            currency: row.get::<_, Hex<20>>("currency")?.0,
            price: row.get::<_, Wei>("price")?.0,
            bundle: row.get("bundle")?,
            matched: row.get("matched")?,
            mixed: row.get("mixed")?,
            royalty_receiver: row.get::<_, Option<Hex<20>>>("receiver")?.map(|receiver| receiver.0),
            royalty_owed: row.get::<_, Option<Wei>>("owed")?.map(|owed| owed.0),
            royalty_received: row.get::<_, Wei>("received")?.0,
            basis: match basis.as_str() {
                "block" => Basis::Block,
                "latest" => Basis::Latest,
                _ => Basis::Unknown,
            },
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(super) fn transactions(
    db: &Connection,
    before: Option<Place>,
    limit: u32,
) -> Result<Vec<TransactionRow>, FactsError> {
    let (number, index) = match before {
        Some(place) => (bound(place.block_number), bound(place.log_index)),
        None => (i64::MAX, i64::MAX),
    };
    let mut statement = db.prepare_cached(
        "SELECT transfer.block_number, min(transfer.log_index) AS log_index, transfer.tx_hash, block.timestamp,
                count(*) FILTER (WHERE sender = ?3) AS mints,
                count(*) FILTER (WHERE sender != ?3) AS transfers,
                (SELECT count(*) FROM sale WHERE sale.block_number = transfer.block_number
                                             AND sale.tx_hash = transfer.tx_hash) AS sales
         FROM transfer JOIN block ON block.number = transfer.block_number
         WHERE transfer.block_number <= ?1
         GROUP BY transfer.block_number, transfer.tx_hash
         HAVING (transfer.block_number, min(transfer.log_index)) < (?1, ?2)
         ORDER BY transfer.block_number DESC, log_index DESC LIMIT ?4",
    )?;
    let rows = statement.query_map((number, index, NOBODY, limit), |row| {
        Ok(TransactionRow {
            place: place(row)?,
            tx_hash: row.get::<_, Hex<32>>("tx_hash")?.0,
            timestamp: row.get::<_, Count>("timestamp")?.0,
            mints: row.get::<_, Count>("mints")?.0,
            transfers: row.get::<_, Count>("transfers")?.0,
            sales: row.get::<_, Count>("sales")?.0,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place {
        block_number: row.get::<_, Count>("block_number")?.0,
        log_index: row.get::<_, Count>("log_index")?.0,
    })
}

fn bound(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}
