//! Which batch or voucher minted which token.

use alloy::primitives::{Address, B256, U256};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use atelier_chain::bindings::IAtelierDrop::{BatchMinted, VoucherRedeemed};

use crate::batch::malformed;
use crate::{IndexError, Mint, MintKind, Transfer};

/// A run of tokens minted by one event.
struct Run {
    tx_hash: B256,
    first: u64,
    quantity: u64,
    to: Address,
    kind: MintKind,
    price: u128,
}

/// Pairs mint transfers with the events that announce them.
///
/// # Errors
/// [`IndexError::LogMissing`] when an event announces a token whose transfer did not arrive.
pub(crate) fn mints(transfers: &[Transfer], logs: &[Log]) -> Result<Vec<Mint>, IndexError> {
    let runs = runs(logs)?;
    let minted: Vec<&Transfer> = transfers.iter().filter(|transfer| transfer.from == Address::ZERO).collect();
    for (run, block) in &runs {
        let arrived = minted
            .iter()
            .filter(|transfer| {
                transfer.tx_hash == run.tx_hash && covers(run, transfer) && transfer.to == run.to
            })
            .count();
        if u64::try_from(arrived) != Ok(run.quantity) {
            return Err(IndexError::LogMissing {
                block: *block,
                what: format!("{} tokens were announced, {arrived} arrived", run.quantity),
            });
        }
    }
    Ok(minted
        .into_iter()
        .map(|transfer| {
            let run = runs
                .iter()
                .map(|(run, _)| run)
                .find(|run| run.tx_hash == transfer.tx_hash && covers(run, transfer));
            Mint {
                place: transfer.place,
                tx_hash: transfer.tx_hash,
                token: transfer.token,
                to: transfer.to,
                kind: run.map_or(MintKind::Other, |run| run.kind.clone()),
                paid: run.map_or(0, |run| share(run, transfer.token)),
            }
        })
        .collect())
}

fn covers(run: &Run, transfer: &Transfer) -> bool {
    transfer.token.checked_sub(run.first).is_some_and(|offset| offset < run.quantity)
}

/// Equal shares; the first token carries what does not divide, so that the shares add up to the price.
fn share(run: &Run, token: u64) -> u128 {
    let quantity = u128::from(run.quantity);
    let rest = if token == run.first { run.price % quantity } else { 0 };
    run.price / quantity + rest
}

fn runs(logs: &[Log]) -> Result<Vec<(Run, u64)>, IndexError> {
    let mut runs = Vec::new();
    for log in logs {
        let block = log.block_number.unwrap_or_default();
        let tx_hash = log.transaction_hash.unwrap_or_default();
        let run = match log.topic0() {
            Some(topic) if *topic == BatchMinted::SIGNATURE_HASH => {
                let event = BatchMinted::decode_log(&log.inner).map_err(|error| malformed(block, &error))?;
                Run {
                    tx_hash,
                    first: number(block, event.firstTokenId)?,
                    quantity: number(block, event.quantity)?,
                    to: event.to,
                    kind: MintKind::Batch { batch: event.batchId.to_string() },
                    price: 0,
                }
            }
            Some(topic) if *topic == VoucherRedeemed::SIGNATURE_HASH => {
                let event =
                    VoucherRedeemed::decode_log(&log.inner).map_err(|error| malformed(block, &error))?;
                Run {
                    tx_hash,
                    first: number(block, event.firstTokenId)?,
                    quantity: number(block, event.quantity)?,
                    to: event.recipient,
                    kind: MintKind::Voucher { nonce: event.nonce.to_string() },
                    price: u128::try_from(event.price).map_err(|error| malformed(block, &error))?,
                }
            }
            _ => continue,
        };
        if run.quantity == 0 {
            return Err(malformed(block, &"a mint of nothing"));
        }
        runs.push((run, block));
    }
    Ok(runs)
}

fn number(block: u64, value: U256) -> Result<u64, IndexError> {
    u64::try_from(value).map_err(|error| malformed(block, &error))
}
