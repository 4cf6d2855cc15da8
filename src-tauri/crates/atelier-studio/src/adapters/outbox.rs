//! The relayer's [`Ledger`] on `ledger.sqlite`. The rows have the same fields on both sides; this only renames.
use alloy::primitives::{Address, B256};
use atelier_db::ledger::{self as db, IntentState, LedgerError, Outbox};
use atelier_relayer::{
    Attempt, AttemptKind, Attention, Campaign, Cap, Enqueued, Foreign, Inclusion, Intent, LaneId, Ledger,
    NewIntent, RelayError, Slot, State,
};

/// The outbox of one project.
pub(crate) struct OutboxLedger {
    outbox: Outbox,
}

impl OutboxLedger {
    pub(crate) fn open(project: &std::path::Path) -> Result<Self, atelier_db::DbError> {
        Ok(Self { outbox: Outbox::open(project)? })
    }

    /// The spend ledger of a lane.
    pub(crate) fn spendings(&self, lane: LaneId) -> Result<Vec<db::Spend>, RelayError> {
        self.outbox.spendings(lane_row(lane)).map_err(lift)
    }
}

fn lift(error: LedgerError) -> RelayError {
    match error {
        LedgerError::KeyConflict { key } => RelayError::KeyConflict { key },
        LedgerError::CampaignUnknown { campaign } => RelayError::CampaignUnknown { campaign },
        LedgerError::BudgetExhausted { campaign, needed, left } => {
            RelayError::BudgetExhausted { campaign, needed, left }
        }
        LedgerError::CapReached { subject, used, limit } => RelayError::CapReached { subject, used, limit },
        LedgerError::AmountTooLarge => RelayError::AmountTooLarge { what: "a sum in the ledger" },
        LedgerError::Inconsistent { reason } => RelayError::LedgerInconsistent { reason },
        LedgerError::Sqlite(_) => {
            RelayError::Ledger { code: error.code().to_owned(), reason: error.to_string() }
        }
    }
}

fn lane_row(lane: LaneId) -> db::LaneId {
    db::LaneId { chain_id: lane.chain_id, signer: lane.signer.into_array() }
}

fn lane(row: db::LaneId) -> LaneId {
    LaneId { chain_id: row.chain_id, signer: Address::from(row.signer) }
}

fn state(row: IntentState) -> State {
    match row {
        IntentState::Queued => State::Queued,
        IntentState::Reserved => State::Reserved,
        IntentState::Signed => State::Signed,
        IntentState::Sent => State::Sent,
        IntentState::Included => State::Included,
        IntentState::Final => State::Final,
        IntentState::Reverted => State::Reverted,
        IntentState::Refused => State::Refused,
        IntentState::DoneElsewhere => State::DoneElsewhere,
    }
}

fn state_row(state: State) -> IntentState {
    match state {
        State::Queued => IntentState::Queued,
        State::Reserved => IntentState::Reserved,
        State::Signed => IntentState::Signed,
        State::Sent => IntentState::Sent,
        State::Included => IntentState::Included,
        State::Final => IntentState::Final,
        State::Reverted => IntentState::Reverted,
        State::Refused => IntentState::Refused,
        State::DoneElsewhere => IntentState::DoneElsewhere,
    }
}

fn attention_row(attention: &Attention) -> db::Attention {
    db::Attention { code: attention.code.clone(), reason: attention.reason.clone() }
}

fn intent(row: db::Intent) -> Intent {
    Intent {
        id: row.id,
        key: row.key,
        lane: lane(row.lane),
        to: row.to.map(Address::from),
        calldata: row.calldata.into(),
        value: row.value,
        gas_limit: row.gas_limit,
        campaign: row.campaign,
        subject: row.subject,
        units: row.units,
        reserved: row.reserved,
        state: state(row.state),
        attention: row.attention.map(|note| Attention { code: note.code, reason: note.reason }),
    }
}

fn campaign(row: db::Campaign) -> Campaign {
    Campaign { id: row.id, limit: row.limit, reserved: row.reserved, spent: row.spent }
}

fn slot(row: db::Slot) -> Slot {
    Slot { lane: lane(row.lane), nonce: row.nonce, intent: row.intent }
}

fn attempt(row: db::Attempt) -> Attempt {
    Attempt {
        hash: B256::from(row.hash),
        intent: row.intent,
        nonce: row.nonce,
        raw: row.raw.into(),
        max_fee: row.max_fee,
        tip: row.tip,
        kind: if row.bump { AttemptKind::Bump } else { AttemptKind::Original },
        sent_at_block: row.sent_at_block,
    }
}

impl Ledger for OutboxLedger {
    fn open_campaign(&self, id: &str, limit: u128) -> Result<Campaign, RelayError> {
        self.outbox.open_campaign(id, limit).map(campaign).map_err(lift)
    }

    fn campaign(&self, id: &str) -> Result<Option<Campaign>, RelayError> {
        Ok(self.outbox.campaign(id).map_err(lift)?.map(campaign))
    }

    fn enqueue(&self, new: &NewIntent, cap: Option<Cap>) -> Result<Enqueued, RelayError> {
        let row = db::NewIntent {
            key: new.key.clone(),
            payload_hash: new.payload_hash().0,
            lane: lane_row(new.lane),
            to: new.to.map(Address::into_array),
            calldata: new.calldata.to_vec(),
            value: new.value,
            gas_limit: new.gas_limit,
            campaign: new.campaign.clone(),
            subject: new.subject.clone(),
            units: new.units,
            hold: new.hold,
        };
        let (stored, fresh) = self.outbox.enqueue(&row, cap.map(|cap| cap.units)).map_err(lift)?;
        Ok(Enqueued { intent: intent(stored), fresh })
    }

    fn intent(&self, key: &str) -> Result<Option<Intent>, RelayError> {
        Ok(self.outbox.intent(key).map_err(lift)?.map(intent))
    }

    fn open_intents(&self, lane: LaneId) -> Result<Vec<Intent>, RelayError> {
        Ok(self.outbox.open_intents(lane_row(lane)).map_err(lift)?.into_iter().map(intent).collect())
    }

    fn slot(&self, intent: i64) -> Result<Option<Slot>, RelayError> {
        Ok(self.outbox.slot(intent).map_err(lift)?.map(slot))
    }

    fn reserve(
        &self,
        intent: i64,
        chain_nonce: u64,
        gas_limit: u64,
        worst_case: u128,
    ) -> Result<Slot, RelayError> {
        self.outbox.reserve(intent, chain_nonce, gas_limit, worst_case).map(slot).map_err(lift)
    }

    fn record_attempt(&self, attempt: &Attempt, worst_case: u128) -> Result<(), RelayError> {
        let row = db::Attempt {
            hash: attempt.hash.0,
            intent: attempt.intent,
            nonce: attempt.nonce,
            raw: attempt.raw.to_vec(),
            max_fee: attempt.max_fee,
            tip: attempt.tip,
            bump: attempt.kind == AttemptKind::Bump,
            sent_at_block: attempt.sent_at_block,
        };
        self.outbox.record_attempt(&row, worst_case).map_err(lift)
    }

    fn attempts(&self, intent: i64) -> Result<Vec<Attempt>, RelayError> {
        Ok(self.outbox.attempts(intent).map_err(lift)?.into_iter().map(attempt).collect())
    }

    fn mark_sent(&self, hash: B256, block: u64) -> Result<(), RelayError> {
        self.outbox.mark_sent(hash.0, block).map_err(lift)
    }

    fn record_inclusion(&self, inclusion: &Inclusion) -> Result<(), RelayError> {
        let row = db::Inclusion {
            intent: inclusion.intent,
            hash: inclusion.hash.0,
            block_number: inclusion.block_number,
            block_hash: inclusion.block_hash.0,
            success: inclusion.success,
            gas_used: inclusion.gas_used,
            effective_price: inclusion.effective_price,
            cost: inclusion.cost,
            settled: inclusion.settled,
        };
        self.outbox.record_inclusion(&row).map_err(lift)
    }

    fn inclusion(&self, intent: i64) -> Result<Option<Inclusion>, RelayError> {
        let row = self.outbox.inclusion(intent).map_err(lift)?;
        Ok(row.map(|row| Inclusion {
            intent: row.intent,
            hash: B256::from(row.hash),
            block_number: row.block_number,
            block_hash: B256::from(row.block_hash),
            success: row.success,
            gas_used: row.gas_used,
            effective_price: row.effective_price,
            cost: row.cost,
            settled: row.settled,
        }))
    }

    fn settle(&self, intent: i64) -> Result<(), RelayError> {
        self.outbox.settle(intent).map_err(lift)
    }

    fn undo_inclusion(&self, intent: i64, worst_case: u128) -> Result<(), RelayError> {
        self.outbox.undo_inclusion(intent, worst_case).map_err(lift)
    }

    fn finish(&self, intent: i64) -> Result<State, RelayError> {
        self.outbox.finish(intent).map(state).map_err(lift)
    }

    fn absorb_foreign(&self, intent: i64, foreign: &Foreign) -> Result<(), RelayError> {
        let row = db::Foreign {
            hash: foreign.hash.0,
            block_number: foreign.block_number,
            block_hash: foreign.block_hash.0,
            cost: foreign.cost,
        };
        self.outbox.absorb_foreign(intent, &row).map_err(lift)
    }

    fn set_aside(&self, intent: i64, state: State, why: &Attention) -> Result<(), RelayError> {
        self.outbox.set_aside(intent, state_row(state), &attention_row(why)).map_err(lift)
    }

    fn requeue(&self, intent: i64) -> Result<(), RelayError> {
        self.outbox.requeue(intent).map_err(lift)
    }

    fn note(&self, intent: i64, attention: Option<&Attention>) -> Result<(), RelayError> {
        self.outbox.note(intent, attention.map(attention_row).as_ref()).map_err(lift)
    }

    fn spent(&self, lane: LaneId) -> Result<u128, RelayError> {
        self.outbox.spent(lane_row(lane)).map_err(lift)
    }
}
