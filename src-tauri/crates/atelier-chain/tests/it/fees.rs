use alloy::{primitives::U256, rpc::types::FeeHistory};
use atelier_chain::fees::FeeQuotes;

use crate::world::{config, deploy, practice, signer};

fn history(bases: &[u128], rewards: &[[u128; 3]]) -> FeeHistory {
    FeeHistory {
        base_fee_per_gas: bases.to_vec(),
        reward: Some(rewards.iter().map(|row| row.to_vec()).collect()),
        ..FeeHistory::default()
    }
}

fn quote(history: &FeeHistory) -> Option<FeeQuotes> {
    FeeQuotes::from_history(history, U256::from(7), "a test".to_owned())
}

#[test]
fn prices_come_from_the_window_as_documented() {
    // Four bases: three blocks and the one to come.
    let quotes = quote(&history(&[30, 20, 40, 25], &[[1, 2, 3], [2, 4, 6], [3, 6, 9]])).expect("a window");
    assert_eq!(quotes.low, U256::from(20 + 2), "lowest base and the middle of the low tips");
    assert_eq!(quotes.typical, U256::from(25 + 4), "next base and the middle tip");
    assert_eq!(quotes.high, U256::from(2 * 40 + 6), "twice the highest base and the middle of the high tips");
    assert_eq!((quotes.base_fee, quotes.tip), (U256::from(25), U256::from(4)));
    assert_eq!(quotes.cost(10), [U256::from(220), U256::from(290), U256::from(860)]);
}

#[test]
fn empty_blocks_do_not_make_tips_free() {
    let quotes = quote(&history(&[10, 10, 10], &[[0, 0, 0], [5, 5, 5]])).expect("a window");
    assert_eq!(quotes.tip, U256::from(5), "the empty block says nothing");
    let idle = quote(&history(&[10, 10], &[[0, 0, 0]])).expect("a window");
    assert_eq!(idle.tip, U256::from(7), "with nothing but empty blocks the node's suggestion counts");
    assert!(quote(&history(&[], &[])).is_none(), "no window, no quote");
}

#[test]
fn prices_are_ordered_and_survive_storage() {
    let quotes = quote(&history(&[1, u128::MAX], &[[9, 1, 4]])).expect("a window");
    assert!(quotes.low <= quotes.typical && quotes.typical <= quotes.high, "{quotes:?}");
    let stored = serde_json::to_string(&quotes).expect("it serialises");
    assert!(stored.contains(r#""tip":"1""#), "wei are decimal strings: {stored}");
    assert_eq!(serde_json::from_str::<FeeQuotes>(&stored).expect("it is readable"), quotes);
}

#[tokio::test]
async fn a_chain_is_asked() {
    let (practice, _folder) = practice().await;
    deploy(&practice, Default::default(), &config(signer("owner").address())).await;
    let quotes = FeeQuotes::ask(practice.endpoint()).await.expect("it answers");
    assert!(quotes.low > U256::ZERO && quotes.low <= quotes.typical && quotes.typical <= quotes.high);
    assert!(quotes.source.contains("127.0.0.1"), "it says whom it asked: {}", quotes.source);
}
