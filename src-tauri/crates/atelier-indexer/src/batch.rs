//! From a range of logs to facts, with every check that can be made before they are believed.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use alloy::primitives::{Address, B256, BloomInput};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use atelier_chain::bindings::IAtelierDrop;

use crate::{Block, Header, IndexError, Place, Query, Store, Transfer};

pub(crate) fn malformed(block: u64, reason: &impl Display) -> IndexError {
    IndexError::LogMalformed { block, reason: reason.to_string() }
}

/// The collection's logs that become facts.
pub(crate) fn query(collection: Address) -> Query {
    Query {
        address: collection,
        events: vec![
            IAtelierDrop::Transfer::SIGNATURE_HASH,
            IAtelierDrop::BatchMinted::SIGNATURE_HASH,
            IAtelierDrop::VoucherRedeemed::SIGNATURE_HASH,
        ],
    }
}

/// Puts logs in order and drops what was not asked for: other contracts, other events, repetitions.
pub(crate) fn sort(logs: Vec<Log>, query: &Query, from: u64, to: u64) -> Vec<Log> {
    let mut sorted: BTreeMap<Place, Log> = BTreeMap::new();
    for log in logs {
        let wanted = log.address() == query.address
            && log.topic0().is_some_and(|topic| query.events.contains(topic))
            && !log.removed;
        if let (true, Some(block_number), Some(log_index)) = (wanted, log.block_number, log.log_index)
            && (from..=to).contains(&block_number)
        {
            sorted.insert(Place { block_number, log_index }, log);
        }
    }
    sorted.into_values().collect()
}

/// Every log must be in the block the header chain has at its height.
pub(crate) fn check_hashes(logs: &[Log], headers: &BTreeMap<u64, Header>) -> Result<(), IndexError> {
    for log in logs {
        let block = log.block_number.unwrap_or_default();
        let header = headers.get(&block).map(|header| header.hash);
        let given = log.block_hash.unwrap_or_default();
        if header != Some(given) {
            return Err(IndexError::LogMismatch { block, given, header });
        }
    }
    Ok(())
}

/// Neighbouring headers must be parent and child, the first one a child of `parent`.
pub(crate) fn linked(parent: Option<(u64, B256)>, headers: &BTreeMap<u64, Header>) -> bool {
    let mut before = parent;
    for header in headers.values() {
        if let Some((number, hash)) = before
            && number + 1 == header.number
            && hash != header.parent_hash
        {
            return false;
        }
        before = Some((header.number, header.hash));
    }
    true
}

/// The headers whose bloom promises logs that did not arrive. A bloom may promise too much, never too little.
pub(crate) fn suspicious(headers: &BTreeMap<u64, Header>, logs: &[Log], query: &Query) -> Vec<Header> {
    let seen: BTreeSet<u64> = logs.iter().filter_map(|log| log.block_number).collect();
    let promises = |header: &Header| {
        header.logs_bloom.contains_input(BloomInput::Raw(query.address.as_slice()))
            && query
                .events
                .iter()
                .any(|topic| header.logs_bloom.contains_input(BloomInput::Raw(topic.as_slice())))
    };
    headers.values().filter(|header| !seen.contains(&header.number) && promises(header)).copied().collect()
}

/// Decodes the Transfer events among `logs`.
pub(crate) fn transfers(logs: &[Log]) -> Result<Vec<Transfer>, IndexError> {
    let mut transfers = Vec::new();
    for log in logs {
        if log.topic0() != Some(&IAtelierDrop::Transfer::SIGNATURE_HASH) {
            continue;
        }
        let block_number = log.block_number.unwrap_or_default();
        let event = IAtelierDrop::Transfer::decode_log(&log.inner)
            .map_err(|error| malformed(block_number, &error))?;
        transfers.push(Transfer {
            place: Place { block_number, log_index: log.log_index.unwrap_or_default() },
            tx_hash: log.transaction_hash.unwrap_or_default(),
            token: u64::try_from(event.tokenId).map_err(|error| malformed(block_number, &error))?,
            from: event.from,
            to: event.to,
        });
    }
    Ok(transfers)
}

/// A token can only leave whoever holds it. If it does not, an earlier log is missing.
pub(crate) fn check_owners(transfers: &[Transfer], store: &dyn Store) -> Result<(), IndexError> {
    let mut moved: BTreeMap<u64, Address> = BTreeMap::new();
    for transfer in transfers {
        let holder = match moved.get(&transfer.token) {
            Some(holder) => *holder,
            None => store.owner(transfer.token)?.unwrap_or(Address::ZERO),
        };
        if holder != transfer.from {
            return Err(IndexError::LogMissing {
                block: transfer.place.block_number,
                what: format!(
                    "token {} leaves {}, but {holder} held it; rebuild the index",
                    transfer.token, transfer.from
                ),
            });
        }
        moved.insert(transfer.token, transfer.to);
    }
    Ok(())
}

/// The rows for the headers worth keeping.
pub(crate) fn blocks(headers: &BTreeMap<u64, Header>, touched: &BTreeSet<u64>) -> Vec<Block> {
    headers
        .values()
        .map(|header| Block {
            number: header.number,
            hash: header.hash,
            parent_hash: header.parent_hash,
            timestamp: header.timestamp,
            touched: touched.contains(&header.number),
        })
        .collect()
}
