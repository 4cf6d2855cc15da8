//! The real ledger behind the relayer's trait. The shapes are equal, so this is field by field.

use std::path::Path;

use alloy::primitives::B256;
use atelier_db::ledger as db;
use atelier_relayer::{
    Attempt, AttemptKind, Attention, Campaign, Cap, Enqueued, Foreign, Inclusion, Intent, LaneId, Ledger,
    NewIntent, RelayError, Slot, State,
};

pub struct SqliteLedger(pub db::Outbox);

impl SqliteLedger {
    pub fn open(project: &Path) -> Self {
        Self(db::Outbox::open(project).expect("the ledger opens"))
    }
}

fn lift(error: db::LedgerError) -> RelayError {
    let code = error.code().to_owned();
    match error {
        db::LedgerError::KeyConflict { key } => RelayError::KeyConflict { key },
        db::LedgerError::CampaignUnknown { campaign } => RelayError::CampaignUnknown { campaign },
        db::LedgerError::BudgetExhausted { campaign, needed, left } => {
            RelayError::BudgetExhausted { campaign, needed, left }
        }
        db::LedgerError::CapReached { subject, used, limit } => {
            RelayError::CapReached { subject, used, limit }
        }
        db::LedgerError::AmountTooLarge => RelayError::AmountTooLarge { what: "a sum in the ledger" },
        db::LedgerError::Inconsistent { reason } => RelayError::LedgerInconsistent { reason },
        db::LedgerError::Sqlite(source) => RelayError::Ledger { code, reason: source.to_string() },
    }
}

fn lane(lane: LaneId) -> db::LaneId {
    db::LaneId { chain_id: lane.chain_id, signer: lane.signer.into_array() }
}

fn lane_back(lane: db::LaneId) -> LaneId {
    LaneId { chain_id: lane.chain_id, signer: lane.signer.into() }
}

fn state(state: State) -> db::IntentState {
    match state {
        State::Queued => db::IntentState::Queued,
        State::Reserved => db::IntentState::Reserved,
        State::Signed => db::IntentState::Signed,
        State::Sent => db::IntentState::Sent,
        State::Included => db::IntentState::Included,
        State::Final => db::IntentState::Final,
        State::Reverted => db::IntentState::Reverted,
        State::Refused => db::IntentState::Refused,
        State::DoneElsewhere => db::IntentState::DoneElsewhere,
    }
}

fn state_back(state: db::IntentState) -> State {
    State::from_name(state.name()).expect("both sides use the same names")
}

fn attention(attention: &Attention) -> db::Attention {
    db::Attention { code: attention.code.clone(), reason: attention.reason.clone() }
}

fn intent(row: db::Intent) -> Intent {
    Intent {
        id: row.id,
        key: row.key,
        lane: lane_back(row.lane),
        to: row.to.map(Into::into),
        calldata: row.calldata.into(),
        value: row.value,
        gas_limit: row.gas_limit,
        campaign: row.campaign,
        subject: row.subject,
        units: row.units,
        reserved: row.reserved,
        state: state_back(row.state),
        attention: row.attention.map(|why| Attention { code: why.code, reason: why.reason }),
    }
}

fn campaign(row: db::Campaign) -> Campaign {
    Campaign { id: row.id, limit: row.limit, reserved: row.reserved, spent: row.spent }
}

fn slot(row: db::Slot) -> Slot {
    Slot { lane: lane_back(row.lane), nonce: row.nonce, intent: row.intent }
}

impl Ledger for SqliteLedger {
    fn open_campaign(&self, id: &str, limit: u128) -> Result<Campaign, RelayError> {
        self.0.open_campaign(id, limit).map(campaign).map_err(lift)
    }

    fn campaign(&self, id: &str) -> Result<Option<Campaign>, RelayError> {
        Ok(self.0.campaign(id).map_err(lift)?.map(campaign))
    }

    fn enqueue(&self, new: &NewIntent, cap: Option<Cap>) -> Result<Enqueued, RelayError> {
        let row = db::NewIntent {
            key: new.key.clone(),
            payload_hash: new.payload_hash().0,
            lane: lane(new.lane),
            to: new.to.map(alloy::primitives::Address::into_array),
            calldata: new.calldata.to_vec(),
            value: new.value,
            gas_limit: new.gas_limit,
            campaign: new.campaign.clone(),
            subject: new.subject.clone(),
            units: new.units,
            hold: new.hold,
        };
        let (stored, fresh) = self.0.enqueue(&row, cap.map(|cap| cap.units)).map_err(lift)?;
        Ok(Enqueued { intent: intent(stored), fresh })
    }

    fn intent(&self, key: &str) -> Result<Option<Intent>, RelayError> {
        Ok(self.0.intent(key).map_err(lift)?.map(intent))
    }

    fn open_intents(&self, of: LaneId) -> Result<Vec<Intent>, RelayError> {
        Ok(self.0.open_intents(lane(of)).map_err(lift)?.into_iter().map(intent).collect())
    }

    fn slot(&self, id: i64) -> Result<Option<Slot>, RelayError> {
        Ok(self.0.slot(id).map_err(lift)?.map(slot))
    }

    fn reserve(&self, id: i64, nonce: u64, gas: u64, worst: u128) -> Result<Slot, RelayError> {
        self.0.reserve(id, nonce, gas, worst).map(slot).map_err(lift)
    }

    fn record_attempt(&self, attempt: &Attempt, worst: u128) -> Result<(), RelayError> {
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
        self.0.record_attempt(&row, worst).map_err(lift)
    }

    fn attempts(&self, id: i64) -> Result<Vec<Attempt>, RelayError> {
        let rows = self.0.attempts(id).map_err(lift)?;
        Ok(rows
            .into_iter()
            .map(|row| Attempt {
                hash: row.hash.into(),
                intent: row.intent,
                nonce: row.nonce,
                raw: row.raw.into(),
                max_fee: row.max_fee,
                tip: row.tip,
                kind: if row.bump { AttemptKind::Bump } else { AttemptKind::Original },
                sent_at_block: row.sent_at_block,
            })
            .collect())
    }

    fn mark_sent(&self, hash: B256, block: u64) -> Result<(), RelayError> {
        self.0.mark_sent(hash.0, block).map_err(lift)
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
        self.0.record_inclusion(&row).map_err(lift)
    }

    fn inclusion(&self, id: i64) -> Result<Option<Inclusion>, RelayError> {
        let row = self.0.inclusion(id).map_err(lift)?;
        Ok(row.map(|row| Inclusion {
            intent: row.intent,
            hash: row.hash.into(),
            block_number: row.block_number,
            block_hash: row.block_hash.into(),
            success: row.success,
            gas_used: row.gas_used,
            effective_price: row.effective_price,
            cost: row.cost,
            settled: row.settled,
        }))
    }

    fn settle(&self, id: i64) -> Result<(), RelayError> {
        self.0.settle(id).map_err(lift)
    }

    fn undo_inclusion(&self, id: i64, worst: u128) -> Result<(), RelayError> {
        self.0.undo_inclusion(id, worst).map_err(lift)
    }

    fn finish(&self, id: i64) -> Result<State, RelayError> {
        self.0.finish(id).map(state_back).map_err(lift)
    }

    fn absorb_foreign(&self, id: i64, foreign: &Foreign) -> Result<(), RelayError> {
        let row = db::Foreign {
            hash: foreign.hash.0,
            block_number: foreign.block_number,
            block_hash: foreign.block_hash.0,
            cost: foreign.cost,
        };
        self.0.absorb_foreign(id, &row).map_err(lift)
    }

    fn set_aside(&self, id: i64, to: State, why: &Attention) -> Result<(), RelayError> {
        self.0.set_aside(id, state(to), &attention(why)).map_err(lift)
    }

    fn requeue(&self, id: i64) -> Result<(), RelayError> {
        self.0.requeue(id).map_err(lift)
    }

    fn note(&self, id: i64, why: Option<&Attention>) -> Result<(), RelayError> {
        self.0.note(id, why.map(attention).as_ref()).map_err(lift)
    }

    fn spent(&self, of: LaneId) -> Result<u128, RelayError> {
        self.0.spent(lane(of)).map_err(lift)
    }
}
