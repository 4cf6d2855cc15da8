use crate::world::World;

/// A block of each kind, and something in between: equal empty blocks would have equal hashes.
async fn live(world: &World, rounds: u64, first_token: u64) {
    let (alice, bob) = (world.account(3), world.account(4));
    for round in 0..rounds {
        world.batch(alice, 2).await;
        world.transfer(alice, bob, first_token + round * 2).await;
        if round % 5 == 4 {
            world.burn(bob, first_token + round * 2).await;
        }
    }
}

#[tokio::test]
async fn reorgs_of_many_depths_heal_to_the_rows_of_a_fresh_index() {
    for depth in [1, 2, 3, 7, 12, 33, 64] {
        let world = World::new().await;
        live(&world, 36, 1).await;
        let home = world.home();
        let before = world.sync(&home).await;
        let old = home.store.dump();

        // The replaced blocks had facts; the new ones have none.
        world.reorg(depth).await;
        world.mine(1).await;
        let after = world.sync(&home).await;

        assert!(after.undone >= depth, "depth {depth}: {} blocks were undone", after.undone);
        assert!(after.head > before.head, "depth {depth}: the new chain is longer");
        assert_ne!(home.store.dump(), old, "depth {depth}: the reorg took facts away");
        assert_eq!(home.store.dump(), world.fresh_dump().await, "depth {depth}: equal to a fresh index");
    }
}

#[tokio::test]
async fn a_reorg_deeper_than_the_header_ring_finds_its_ancestor_among_the_facts() {
    let world = World::new().await;
    live(&world, 4, 1).await;
    world.mine(600).await;
    live(&world, 4, 9).await;
    let home = world.home();
    world.sync(&home).await;

    // The 8 newest blocks with facts, the 600 empty ones (of which 512 headers are kept), and 2 older ones.
    world.reorg(610).await;
    world.mine(1).await;
    world.sync(&home).await;

    let fresh = world.home();
    world.sync(&fresh).await;
    assert_eq!(
        home.store.facts.totals().expect("reads"),
        fresh.store.facts.totals().expect("reads"),
        "totals"
    );
    assert_eq!(home.store.dump(), fresh.store.dump(), "equal to a fresh index");
}

#[tokio::test]
async fn a_reorg_to_nothing_at_all_starts_over() {
    let world = World::new().await;
    live(&world, 3, 1).await;
    let home = world.home();
    let synced = world.sync(&home).await;

    // Everything but the first blocks goes, the drop's deployment included.
    world.reorg(synced.head - 1).await;
    world.mine(1).await;
    world.sync(&home).await;

    assert_eq!(home.store.facts.totals().expect("reads").minted, 0, "nothing was minted on this chain");
    assert_eq!(home.store.dump(), world.fresh_dump().await, "equal to a fresh index");
}
