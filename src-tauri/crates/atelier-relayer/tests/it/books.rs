//! The ledger by itself: nonces, budgets, and what it refuses.

use alloy::primitives::{Address, B256, Bytes};
use atelier_relayer::{Attempt, AttemptKind, Cap, Inclusion, LaneId, Ledger, NewIntent, RelayError, State};

use crate::ledger::SqliteLedger;

const LANE: LaneId = LaneId { chain_id: 1, signer: Address::repeat_byte(1) };

fn intent(key: &str, hold: u128) -> NewIntent {
    NewIntent {
        key: key.to_owned(),
        lane: LANE,
        to: Some(Address::repeat_byte(2)),
        calldata: Bytes::from(key.as_bytes().to_vec()),
        value: 0,
        gas_limit: None,
        campaign: "c".to_owned(),
        subject: Some("alice".to_owned()),
        units: 2,
        hold,
    }
}

fn attempt(intent: i64, nonce: u64, byte: u8) -> Attempt {
    Attempt {
        hash: B256::repeat_byte(byte),
        intent,
        nonce,
        raw: Bytes::from(vec![byte; 8]),
        max_fee: 10,
        tip: 1,
        kind: AttemptKind::Original,
        sent_at_block: None,
    }
}

fn inclusion(intent: i64, byte: u8, cost: u128) -> Inclusion {
    Inclusion {
        intent,
        hash: B256::repeat_byte(byte),
        block_number: 9,
        block_hash: B256::repeat_byte(9),
        success: true,
        gas_used: 1,
        effective_price: cost,
        cost,
        settled: false,
    }
}

fn fresh() -> (tempfile::TempDir, SqliteLedger) {
    let folder = tempfile::tempdir().expect("a folder");
    let ledger = SqliteLedger::open(folder.path());
    ledger.open_campaign("c", 100).expect("a budget");
    (folder, ledger)
}

#[test]
fn nonces_are_handed_out_once_and_holes_are_filled_first() {
    let (_folder, ledger) = fresh();
    let mut taken = Vec::new();
    for (key, chain_nonce) in [("a", 5), ("b", 5), ("c", 3), ("d", 3), ("e", 3), ("f", 0)] {
        let id = ledger.enqueue(&intent(key, 0), None).expect("queued").intent.id;
        taken.push(ledger.reserve(id, chain_nonce, 21_000, 1).expect("reserved").nonce);
    }
    assert_eq!(taken, [5, 6, 3, 4, 7, 0], "the lowest nonce without a row at or above the chain's");
}

#[test]
fn money_is_held_reserved_settled_and_taken_back_exactly() {
    let (_folder, ledger) = fresh();
    let books = || {
        let campaign = ledger.campaign("c").expect("reads").expect("is there");
        (campaign.reserved, campaign.spent, campaign.left())
    };
    let id = ledger.enqueue(&intent("a", 30), None).expect("queued").intent.id;
    assert_eq!(books(), (30, 0, 70), "the hold counts at once");
    ledger.reserve(id, 0, 1, 60).expect("fits");
    assert_eq!(books(), (60, 0, 40), "the reservation replaces the hold");
    ledger.record_attempt(&attempt(id, 0, 1), 60).expect("committed");
    let bump = Attempt { kind: AttemptKind::Bump, hash: B256::repeat_byte(2), ..attempt(id, 0, 2) };
    ledger.mark_sent(B256::repeat_byte(1), 8).expect("sent");
    assert!(
        matches!(ledger.record_attempt(&bump, 101), Err(RelayError::BudgetExhausted { left: 100, .. })),
        "a bump past the budget is refused"
    );
    assert_eq!(ledger.attempts(id).expect("reads").len(), 1, "and leaves no row");
    ledger.record_attempt(&bump, 90).expect("fits");
    assert_eq!(books(), (90, 0, 10), "a bump raises the reservation");
    ledger.record_inclusion(&inclusion(id, 2, 7)).expect("included");
    ledger.settle(id).expect("settled");
    ledger.settle(id).expect("twice is once");
    assert_eq!(books(), (0, 7, 93), "the actual cost, the rest released");
    assert_eq!(ledger.spent(LANE).expect("a sum"), 7, "and it is in the spend ledger");
    ledger.undo_inclusion(id, 90).expect("undone");
    assert_eq!((books(), ledger.spent(LANE).expect("a sum")), ((90, 0, 10), 0), "a reorg takes it back");
    ledger.record_inclusion(&inclusion(id, 1, 5)).expect("the other attempt was mined");
    ledger.settle(id).expect("settled");
    assert_eq!(ledger.finish(id).expect("finished"), State::Final, "and that is the end");
    assert_eq!(books(), (0, 5, 95), "to the wei");
}

#[test]
fn a_step_out_of_order_changes_nothing() {
    let (_folder, ledger) = fresh();
    let id = ledger.enqueue(&intent("a", 0), None).expect("queued").intent.id;
    let wrong: [(&str, Result<(), RelayError>); 5] = [
        ("sign without a nonce", ledger.record_attempt(&attempt(id, 0, 1), 1)),
        ("settle without a receipt", ledger.settle(id)),
        ("finish without a receipt", ledger.finish(id).map(|_| ())),
        ("undo without a receipt", ledger.undo_inclusion(id, 1)),
        ("requeue what is queued", ledger.requeue(id)),
    ];
    for (what, result) in wrong {
        assert!(matches!(result, Err(RelayError::LedgerInconsistent { .. })), "{what}: {result:?}");
    }
    ledger.reserve(id, 0, 1, 10).expect("reserved");
    assert!(ledger.reserve(id, 0, 1, 10).is_err(), "one nonce per intent");
    assert!(
        ledger.record_attempt(&attempt(id, 1, 1), 10).is_err(),
        "bytes for another nonce than the one held are refused"
    );
    assert_eq!(ledger.intent("a").expect("reads").expect("is there").state, State::Reserved, "all as it was");
}

#[test]
fn caps_count_what_may_still_be_minted() {
    let (_folder, ledger) = fresh();
    let cap = Some(Cap { units: 4 });
    ledger.enqueue(&intent("a", 0), cap).expect("two of four");
    let second = ledger.enqueue(&intent("b", 0), cap).expect("four of four").intent.id;
    assert!(
        matches!(ledger.enqueue(&intent("c", 0), cap), Err(RelayError::CapReached { used: 4, limit: 4, .. })),
        "the fifth and sixth are refused"
    );
    assert!(!ledger.enqueue(&intent("a", 0), cap).expect("known").fresh, "a known key is not counted again");
    let why = atelier_relayer::Attention { code: "X".to_owned(), reason: "y".to_owned() };
    ledger.set_aside(second, State::Refused, &why).expect("set aside");
    ledger.enqueue(&intent("c", 0), cap).expect("a refused one frees its units");
}

#[test]
fn an_unknown_budget_and_a_hold_too_large_queue_nothing() {
    let (_folder, ledger) = fresh();
    let elsewhere = NewIntent { campaign: "nowhere".to_owned(), ..intent("a", 0) };
    assert!(
        matches!(ledger.enqueue(&elsewhere, None), Err(RelayError::CampaignUnknown { .. })),
        "no such budget"
    );
    assert!(
        matches!(ledger.enqueue(&intent("b", 101), None), Err(RelayError::BudgetExhausted { left: 100, .. })),
        "a hold past the limit"
    );
    assert_eq!(ledger.open_intents(LANE).expect("reads"), [], "nothing was queued");
}

#[test]
fn a_reopened_ledger_knows_everything() {
    let (folder, ledger) = fresh();
    let id = ledger.enqueue(&intent("a", 5), None).expect("queued").intent.id;
    ledger.reserve(id, 7, 21_000, 20).expect("reserved");
    ledger.record_attempt(&attempt(id, 7, 1), 20).expect("committed");
    drop(ledger);

    let again = SqliteLedger::open(folder.path());
    let open = again.open_intents(LANE).expect("reads");
    assert_eq!(open.len(), 1, "the intent is there");
    assert_eq!(
        (open[0].state, open[0].reserved, open[0].gas_limit),
        (State::Signed, 20, Some(21_000)),
        "as it was"
    );
    assert_eq!(again.attempts(id).expect("reads"), [attempt(id, 7, 1)], "with its bytes");
}
