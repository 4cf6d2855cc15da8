use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use alloy::primitives::Address;
use atelier_db::index::{Holder, MintKind};
use atelier_indexer::{IndexError, IndexSettings, Indexer};

use crate::world::{CHAIN, World, sync};

#[tokio::test]
async fn facts_equal_the_chain() {
    let world = World::new().await;
    let (alice, bob) = (world.account(3), world.account(4));
    world.batch(alice, 30).await;
    world.batch(bob, 7).await;
    world.voucher(bob, 3, 100, 900).await;
    world.transfer(alice, bob, 5).await;
    world.transfer(bob, alice, 5).await;
    world.transfer(alice, bob, 6).await;
    world.burn(alice, 7).await;
    let home = world.home();

    let synced = world.sync(&home).await;

    assert_eq!(synced.checkpoint.map(|block| block.number), Some(synced.head), "level with the head");
    let facts = &home.store.facts;
    for token in 1..=40 {
        let chain = world.owner_of(token).await;
        let index = facts.owner(token).expect("reads").map(Address::from);
        assert_eq!(index, chain, "token {token} has the owner the contract names");
    }
    let totals = facts.totals().expect("reads");
    assert_eq!(
        (totals.minted, totals.minted_by_batch, totals.minted_by_voucher),
        (40, 37, 3),
        "mints by kind"
    );
    assert_eq!((totals.burned, totals.transfers, totals.holders), (1, 3, 2), "burns, moves, holders");
    assert_eq!(totals.mint_revenue, 100, "what the voucher cost");

    let mints = facts.mints(0, 100).expect("reads");
    assert_eq!(mints.len(), 40, "one row per token");
    assert_eq!(mints[0].kind, MintKind::Batch { batch: "1".to_owned() }, "token 1 came by batch 1");
    assert_eq!(mints[36].kind, MintKind::Batch { batch: "2".to_owned() }, "token 37 by batch 2");
    assert_eq!(mints[37].kind, MintKind::Voucher { nonce: "900".to_owned() }, "token 38 by the voucher");
    let paid: Vec<u128> = mints[37..].iter().map(|mint| mint.paid).collect();
    assert_eq!(paid, [34, 33, 33], "shares that add up to the price");

    let holders = facts.holders(None, 10).expect("reads");
    let rows: Vec<(Address, u64)> =
        holders.iter().map(|holder| (Address::from(holder.address), holder.tokens)).collect();
    assert_eq!(rows, [(alice, 28), (bob, 11)], "most tokens first");
    let next = facts.holders(Some(holders[0]), 10).expect("reads");
    assert_eq!(next, [Holder { address: bob.into_array(), tokens: 11 }], "the page after the first row");
    assert_eq!(facts.tokens_of(bob.into_array(), 37, 2).expect("reads"), [38, 39], "tokens in pages");
    assert_eq!(facts.history(5).expect("reads").len(), 3, "mint, there, back");

    let transactions = facts.transactions(None, 100).expect("reads");
    let counts: Vec<(u64, u64)> = transactions.iter().map(|row| (row.mints, row.transfers)).collect();
    assert_eq!(
        counts,
        [(0, 1), (0, 1), (0, 1), (0, 1), (3, 0), (7, 0), (30, 0)],
        "newest first: burn, three moves, voucher, two batches"
    );
    let second = facts.transactions(Some(transactions[0].place), 1).expect("reads");
    assert_eq!(second, transactions[1..2], "the page after the first row");
}

#[tokio::test]
async fn stopped_after_every_range_and_restarted_it_has_the_rows_of_one_run() {
    let world = World::new().await;
    let (alice, bob) = (world.account(3), world.account(4));
    for token in 1..=12 {
        world.batch(alice, 2).await;
        world.mine(3).await;
        world.transfer(alice, bob, token).await;
    }
    let home = world.home();
    let small = IndexSettings { first_range: 2, wanted_logs: 3, ..world.settings() };
    let mut runs = 0;
    loop {
        // A new indexer each time, as after a kill; told to stop after the first stored range.
        let indexer = Indexer::new(world.source(), home.store.clone(), small.clone());
        let stop = AtomicBool::new(false);
        let ranges = AtomicU32::new(0);
        let result = indexer
            .sync(&stop, &|_| {
                ranges.fetch_add(1, Ordering::SeqCst);
                stop.store(true, Ordering::SeqCst);
            })
            .await;
        runs += 1;
        match result {
            Ok(_) => break,
            Err(IndexError::Stopped { .. }) => {
                assert_eq!(ranges.load(Ordering::SeqCst), 1, "it stops between two ranges");
            }
            Err(other) => panic!("{other}"),
        }
    }

    assert!(runs > 10, "it was restarted many times: {runs}");
    assert_eq!(home.store.dump(), world.fresh_dump().await, "the same rows as one run from zero");
}

#[tokio::test]
async fn following_the_head_block_by_block_gives_the_rows_of_a_rebuild() {
    let world = World::new().await;
    let (alice, bob) = (world.account(3), world.account(4));
    let home = world.home();
    let ring = IndexSettings { ring: 8, ..world.settings() };
    let indexer = Indexer::new(world.source(), home.store.clone(), ring.clone());
    for token in 1..=10 {
        world.batch(alice, 1).await;
        sync(&indexer).await.expect("level");
        world.mine(2).await;
        world.transfer(alice, bob, token).await;
        sync(&indexer).await.expect("level");
    }

    let fresh = world.home();
    sync(&Indexer::new(world.source(), fresh.store.clone(), ring)).await.expect("level");
    assert_eq!(home.store.dump(), fresh.store.dump(), "headers kept included");

    let before = home.store.dump();
    indexer.rebuild().expect("forgets");
    assert_eq!(home.store.facts.totals().expect("reads").minted, 0, "nothing is left");
    sync(&indexer).await.expect("level");
    assert_eq!(home.store.dump(), before, "rebuilt in place: identical tables");
}

#[tokio::test]
async fn another_chain_is_refused() {
    let world = World::new().await;
    let home = world.home();
    let elsewhere = IndexSettings { chain_id: 1, pause: Duration::ZERO, ..world.settings() };

    let error =
        sync(&Indexer::new(world.source(), home.store.clone(), elsewhere)).await.expect_err("refused");

    assert!(matches!(error, IndexError::WrongChain { expected: 1, actual: CHAIN }), "{error}");
}
