//! Nodes that leave out, invent, mix, lag and limit.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use alloy::primitives::{Address, B256, U256};
use alloy::rpc::types::Log;
use alloy::sol_types::SolEvent;
use async_trait::async_trait;
use atelier_chain::bindings::IAtelierDrop;
use atelier_indexer::{
    BlockRef, Header, IndexError, IndexSettings, Indexer, LogSource, LogsError, Query, RoyaltyAnswer,
    RpcSource,
};

use crate::world::{World, sync};

#[derive(Clone, Copy, PartialEq)]
enum Lie {
    /// All logs of the last block with any are left out of ranges, not of single blocks.
    HideBlock,
    /// One Transfer of a batch is left out everywhere.
    HideOneMint,
    /// The first person-to-person transfer is left out everywhere.
    HideOneTransfer,
    /// A log names a block hash of another fork.
    WrongHash,
    /// A log of a strange contract is slipped in.
    StrangeContract,
    /// Each log comes twice.
    Twice,
    /// The node is some blocks behind.
    Lags(u64),
    /// At most so many blocks a range.
    MostBlocks(u64),
}

struct Liar {
    honest: Arc<RpcSource>,
    lie: Lie,
    /// Lies so many times, then is honest.
    left: AtomicU32,
    longest: AtomicU32,
}

impl Liar {
    fn new(world: &World, lie: Lie, times: u32) -> Arc<Self> {
        Arc::new(Self { honest: world.source(), lie, left: times.into(), longest: 0.into() })
    }

    fn lies(&self) -> bool {
        self.left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1)).is_ok()
    }

    fn twist(&self, mut logs: Vec<Log>) -> Vec<Log> {
        let is_transfer = |log: &Log| log.topic0() == Some(&IAtelierDrop::Transfer::SIGNATURE_HASH);
        let from_nobody = |log: &Log| log.topics().get(1).is_some_and(|from| from.is_zero());
        match self.lie {
            Lie::HideBlock => {
                let last = logs.last().and_then(|log| log.block_number);
                logs.retain(|log| log.block_number != last);
            }
            Lie::HideOneMint => {
                if let Some(at) = logs.iter().position(|log| is_transfer(log) && from_nobody(log)) {
                    logs.remove(at);
                }
            }
            Lie::HideOneTransfer => {
                if let Some(at) = logs.iter().position(|log| is_transfer(log) && !from_nobody(log)) {
                    logs.remove(at);
                }
            }
            Lie::WrongHash => {
                if let Some(log) = logs.last_mut() {
                    log.block_hash = Some(B256::repeat_byte(0xee));
                }
            }
            Lie::StrangeContract => {
                if let Some(mut log) = logs.last().cloned() {
                    log.inner.address = Address::repeat_byte(0xbb);
                    log.log_index = Some(99);
                    logs.push(log);
                }
            }
            Lie::Twice => logs = logs.iter().chain(logs.iter()).cloned().collect(),
            Lie::Lags(_) | Lie::MostBlocks(_) => {}
        }
        logs
    }
}

#[async_trait]
impl LogSource for Liar {
    async fn chain_id(&self) -> Result<u64, IndexError> {
        self.honest.chain_id().await
    }

    async fn head(&self) -> Result<u64, IndexError> {
        let head = self.honest.head().await?;
        Ok(match self.lie {
            Lie::Lags(behind) => head - behind,
            _ => head,
        })
    }

    async fn header(&self, number: u64) -> Result<Option<Header>, IndexError> {
        if matches!(self.lie, Lie::Lags(_)) && number > self.head().await? {
            return Ok(None);
        }
        self.honest.header(number).await
    }

    async fn logs(&self, from: u64, to: u64, query: &Query) -> Result<Vec<Log>, LogsError> {
        let blocks = to - from + 1;
        if let Lie::MostBlocks(most) = self.lie {
            if blocks > most {
                return Err(LogsError::TooLarge(format!("block range limit is {most}")));
            }
            self.longest.fetch_max(u32::try_from(blocks).expect("small"), Ordering::SeqCst);
        }
        let logs = self.honest.logs(from, to, query).await?;
        Ok(if self.lies() { self.twist(logs) } else { logs })
    }

    async fn logs_of_block(&self, hash: B256, query: &Query) -> Result<Vec<Log>, IndexError> {
        let logs = self.honest.logs_of_block(hash, query).await?;
        let everywhere = matches!(self.lie, Lie::HideOneMint | Lie::HideOneTransfer);
        Ok(if everywhere && self.lies() { self.twist(logs) } else { logs })
    }

    async fn transaction_logs(&self, tx: B256) -> Result<Option<(BlockRef, Vec<Log>)>, IndexError> {
        self.honest.transaction_logs(tx).await
    }

    async fn royalty(
        &self,
        collection: Address,
        token: u64,
        price: U256,
        at: Option<BlockRef>,
    ) -> Result<Option<RoyaltyAnswer>, IndexError> {
        self.honest.royalty(collection, token, price, at).await
    }
}

async fn lively() -> World {
    let world = World::new().await;
    let (alice, bob, carol) = (world.account(3), world.account(4), world.account(6));
    world.batch(alice, 10).await;
    world.transfer(alice, bob, 3).await;
    world.mine(2).await;
    world.transfer(bob, carol, 3).await;
    world.voucher(carol, 2, 0, 1).await;
    world
}

#[tokio::test]
async fn a_passing_lie_changes_nothing() {
    let world = lively().await;
    let truth = world.fresh_dump().await;
    for lie in [
        Lie::HideBlock,
        Lie::HideOneMint,
        Lie::HideOneTransfer,
        Lie::WrongHash,
        Lie::StrangeContract,
        Lie::Twice,
    ] {
        let home = world.home();
        let liar = Liar::new(&world, lie, 2);
        sync(&world.indexer(liar.clone(), &home)).await.expect("it reaches the head");
        assert!(liar.left.load(Ordering::SeqCst) < 2, "the lie was told");
        assert_eq!(home.store.dump(), truth, "the tables are the truth");
    }
}

#[tokio::test]
async fn a_lasting_lie_is_named_and_stores_nothing_false() {
    let world = lively().await;
    for (lie, code) in [
        (Lie::HideOneMint, "INDEX-LOG-MISSING"),
        (Lie::HideOneTransfer, "INDEX-LOG-MISSING"),
        (Lie::WrongHash, "INDEX-LOG-MISMATCH"),
    ] {
        let home = world.home();
        let liar = Liar::new(&world, lie, u32::MAX);
        let error = sync(&world.indexer(liar, &home)).await.expect_err("the node cannot be used");
        assert_eq!(error.code(), code, "{error}");
        assert_eq!(home.store.facts.totals().expect("reads").minted, 0, "{code}: nothing was believed");

        sync(&world.indexer(world.source(), &home)).await.expect("an honest node");
        assert_eq!(home.store.dump(), world.fresh_dump().await, "{code}: and all is right");
    }
}

#[tokio::test]
async fn a_block_hidden_for_ever_is_found_by_its_bloom() {
    let world = lively().await;
    let home = world.home();
    sync(&world.indexer(Liar::new(&world, Lie::HideBlock, u32::MAX), &home)).await.expect("found");
    assert_eq!(
        home.store.dump(),
        world.fresh_dump().await,
        "the header promised logs, the block was asked for"
    );
}

#[tokio::test]
async fn a_node_that_lags_is_not_a_reorg() {
    let world = lively().await;
    let home = world.home();
    world.sync(&home).await;
    let truth = home.store.dump();

    let synced = sync(&world.indexer(Liar::new(&world, Lie::Lags(3), 0), &home)).await.expect("no error");

    assert!(synced.lagging, "it is told");
    assert_eq!(synced.undone, 0, "nothing was undone");
    assert_eq!(home.store.dump(), truth, "nothing changed");
}

#[tokio::test]
async fn limits_are_learned() {
    let world = lively().await;
    world.mine(120).await;
    let truth = world.fresh_dump().await;
    for most in [1, 2, 7, 50] {
        let home = world.home();
        let limited = Liar::new(&world, Lie::MostBlocks(most), 0);
        sync(&world.indexer(limited.clone(), &home)).await.expect("it reaches the head");
        let longest = u64::from(limited.longest.load(Ordering::SeqCst));
        assert!(longest <= most && longest * 2 > most, "ranges of up to {most} blocks: {longest}");
        assert_eq!(home.store.dump(), truth, "at most {most} blocks: the same rows");
    }
    let home = world.home();
    let nothing = Indexer::new(
        Liar::new(&world, Lie::MostBlocks(0), 0),
        home.store.clone(),
        IndexSettings { first_range: 64, ..world.settings() },
    );
    let error = sync(&nothing).await.expect_err("not even one block");
    assert_eq!(error.code(), "INDEX-BLOCK-TOO-LARGE", "{error}");
}
