//! One range: logs, headers, receipts, royalties, and the checks between them.

use std::collections::{BTreeMap, BTreeSet};

use alloy::primitives::{Address, B256, U256};
use alloy::rpc::types::Log;
use futures::{StreamExt, TryStreamExt, stream};

use super::Indexer;
use crate::range::SPARSE;
use crate::sale::{Trade, trades};
use crate::{
    Basis, Batch, BlockRef, Header, IndexError, LogsError, Place, Query, Sale, Transfer, batch, mint,
};

/// Questions under way at once.
const PARALLEL: usize = 16;

pub(super) enum Reading {
    /// The facts of the range, and of how many logs they were made.
    Facts { batch: Batch, logs: usize },
    /// Ask for less.
    TooLarge(String),
    /// The answers do not fit together: a reorg in between, or a node that is wrong. Read again.
    Trouble(IndexError),
}

impl Indexer {
    pub(super) async fn read(
        &self,
        parent: Option<BlockRef>,
        from: u64,
        to: u64,
        head: u64,
    ) -> Result<Reading, IndexError> {
        let query = batch::query(self.settings.collection);
        let logs = match self.source.logs(from, to, &query).await {
            Ok(logs) => batch::sort(logs, &query, from, to),
            Err(LogsError::TooLarge(reason)) => return Ok(Reading::TooLarge(reason)),
            Err(LogsError::Failed(error)) => return Err(error),
        };
        match self.believe(parent, from, to, head, &query, logs).await {
            Ok((batch, logs)) => Ok(Reading::Facts { batch, logs }),
            Err(
                error @ (IndexError::LogMismatch { .. }
                | IndexError::LogMissing { .. }
                | IndexError::Unstable { .. }),
            ) => Ok(Reading::Trouble(error)),
            Err(error) => Err(error),
        }
    }

    async fn believe(
        &self,
        parent: Option<BlockRef>,
        from: u64,
        to: u64,
        head: u64,
        query: &Query,
        mut logs: Vec<Log>,
    ) -> Result<(Batch, usize), IndexError> {
        let unstable = || IndexError::Unstable { block: to, times: super::TRIES };
        // The oldest header of the ring that stands once the head is reached.
        let ring_from = (head + 1).saturating_sub(self.settings.ring);
        let mut wanted: BTreeSet<u64> = logs.iter().filter_map(|log| log.block_number).collect();
        wanted.extend(from.max(ring_from)..=to);
        wanted.extend((from.div_ceil(SPARSE) * SPARSE..=to).step_by(SPARSE as usize));
        wanted.insert(to);
        let mut headers = self.headers(&wanted).await?.ok_or_else(unstable)?;
        if !batch::linked(parent.map(|block| (block.number, block.hash)), &headers) {
            return Err(unstable());
        }
        for header in batch::suspicious(&headers, &logs, query) {
            let hidden = self.source.logs_of_block(header.hash, query).await?;
            logs.extend(batch::sort(hidden, query, header.number, header.number));
        }
        let logs = batch::sort(logs, query, from, to);
        batch::check_hashes(&logs, &headers)?;
        let transfers = batch::transfers(&logs)?;
        batch::check_owners(&transfers, self.store.as_ref())?;
        let mints = mint::mints(&transfers, &logs)?;
        let sales = self.sales(&transfers, &headers).await?;

        // Everything above was asked of one chain only if its ends have not moved meanwhile.
        let end = headers.get(&to).copied().ok_or_else(unstable)?;
        if !self.still_there(end.number, end.hash).await? {
            return Err(unstable());
        }
        if let Some(parent) = parent
            && !self.still_there(parent.number, parent.hash).await?
        {
            return Err(unstable());
        }
        let touched: BTreeSet<u64> = logs.iter().filter_map(|log| log.block_number).collect();
        headers.retain(|number, _| {
            touched.contains(number) || *number >= ring_from || number.is_multiple_of(SPARSE)
        });
        let batch = Batch {
            parent,
            checkpoint: BlockRef { number: end.number, hash: end.hash },
            blocks: batch::blocks(&headers, &touched),
            transfers,
            mints,
            sales,
            prune_below: ring_from,
        };
        Ok((batch, logs.len()))
    }

    /// The headers with these numbers; `None` when one is not there.
    async fn headers(&self, numbers: &BTreeSet<u64>) -> Result<Option<BTreeMap<u64, Header>>, IndexError> {
        let found: Vec<Option<Header>> = stream::iter(numbers.iter().copied())
            .map(|number| self.source.header(number))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        Ok(found.into_iter().map(|header| header.map(|header| (header.number, header))).collect())
    }

    async fn still_there(&self, number: u64, hash: B256) -> Result<bool, IndexError> {
        Ok(self.source.header(number).await?.is_some_and(|header| header.hash == hash))
    }

    async fn sales(
        &self,
        transfers: &[Transfer],
        headers: &BTreeMap<u64, Header>,
    ) -> Result<Vec<Sale>, IndexError> {
        let mut moved: BTreeMap<(u64, B256), Vec<Transfer>> = BTreeMap::new();
        for transfer in transfers {
            if transfer.from != Address::ZERO && transfer.to != Address::ZERO {
                moved.entry((transfer.place.block_number, transfer.tx_hash)).or_default().push(*transfer);
            }
        }
        let receipts: Vec<_> = stream::iter(moved.keys().copied())
            .map(|(_, tx)| self.source.transaction_logs(tx))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        let mut sales = Vec::new();
        for (((number, tx_hash), moves), receipt) in moved.iter().zip(receipts) {
            let block = headers.get(number).map(|header| BlockRef { number: *number, hash: header.hash });
            let (Some(block), Some((given, logs))) = (block, receipt) else {
                return Err(IndexError::Unstable { block: *number, times: super::TRIES });
            };
            if given != block {
                return Err(IndexError::LogMismatch {
                    block: *number,
                    given: given.hash,
                    header: Some(block.hash),
                });
            }
            for trade in trades(self.settings.collection, &self.settings.markets, &logs, moves) {
                if let Some(sale) = self.price(&trade, *tx_hash, block).await? {
                    sales.push(sale);
                }
            }
        }
        sales.sort_by_key(|sale| (sale.place, sale.token));
        Ok(sales)
    }

    /// Asks what royalty a trade owes. `None` when its figures are no money (a worthless currency with absurd
    /// amounts).
    async fn price(&self, trade: &Trade, tx_hash: B256, block: BlockRef) -> Result<Option<Sale>, IndexError> {
        let ask = |at| self.source.royalty(self.settings.collection, trade.token, trade.price, at);
        let (answer, basis) = match ask(Some(block)).await? {
            Some(answer) => (Some(answer), Basis::Block),
            None => match ask(None).await? {
                Some(answer) => (Some(answer), Basis::Latest),
                None => (None, Basis::Unknown),
            },
        };
        let received = answer.map_or(U256::ZERO, |answer| trade.received_by(answer.receiver));
        let money = |amount: U256| u128::try_from(amount).ok();
        let (Some(price), Some(received)) = (money(trade.price), money(received)) else {
            tracing::warn!(token = trade.token, tx = %tx_hash, "a sale with an absurd price was left out");
            return Ok(None);
        };
        Ok(Some(Sale {
            place: Place { block_number: block.number, log_index: trade.log_index },
            tx_hash,
            token: trade.token,
            market: trade.market,
            seller: trade.seller,
            buyer: trade.buyer,
            currency: trade.currency,
            price,
            bundle: trade.parts > 1,
            matched: trade.matched,
            mixed: trade.mixed,
            royalty_receiver: answer.map(|answer| answer.receiver),
            royalty_owed: answer.and_then(|answer| money(answer.amount)),
            royalty_received: received,
            basis,
        }))
    }
}
