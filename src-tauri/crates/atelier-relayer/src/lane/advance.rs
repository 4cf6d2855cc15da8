//! From reserved to final: every step is committed before the next begins.

use alloy::consensus::{SignableTransaction, TxEip1559};
use alloy::eips::Encodable2718;
use alloy::primitives::{TxKind, U256};

use super::{Lane, Run};
use crate::fee::{self, Bid};
use crate::{
    Attempt, AttemptKind, Foreign, Head, Inclusion, Intent, Receipt, RelayError, SendReply, Slot, State,
    failpoint,
};

impl Lane {
    /// Takes an intent as far as it goes now.
    pub(super) async fn advance(
        &self,
        mut intent: Intent,
        head: Head,
        run: &mut Run,
    ) -> Result<(), RelayError> {
        loop {
            self.check_stop()?;
            let before = intent.state;
            match intent.state {
                State::Reserved => self.sign_original(&intent, head, run).await?,
                State::Signed => self.send_newest(&intent, head, run).await?,
                State::Sent => self.look_for_receipt(&intent, head, run).await?,
                State::Included => self.confirm(&intent, head).await?,
                State::Queued | State::Final | State::Reverted | State::Refused | State::DoneElsewhere => {
                    return Ok(());
                }
            }
            let after = self.reload(&intent.key)?;
            if after.state == before || run.halted.contains_key(&after.id) {
                return Ok(());
            }
            if after.state == State::Reverted {
                run.failed = true;
            }
            let hash = self.ledger.attempts(after.id)?.last().map(|attempt| attempt.hash);
            self.tell(&after, hash);
            intent = after;
        }
    }

    async fn sign_original(&self, intent: &Intent, head: Head, run: &mut Run) -> Result<(), RelayError> {
        let slot = self.slot(intent)?;
        // After a restart the nonce may have gone: to a stranger, or to our own transaction from a life that a
        // restored backup has forgotten. Nothing signed here can be mined then.
        if !run.fresh.contains(&intent.id) && self.wire.nonce(self.signer.address(), None).await? > slot.nonce
        {
            return self.explain_used_nonce(intent, slot, &[], head, run).await;
        }
        let fees = self.wire.fees().await?;
        let Some(bid) = fee::opening(fees, self.settings.fees) else {
            let reason =
                format!("the network asks {} wei per gas, more than the ceiling", fees.base + fees.tip);
            return self.halt(intent, "RELAY-FEE-CEILING", reason, run);
        };
        self.commit_attempt(intent, slot, bid, AttemptKind::Original, run).await?;
        Ok(())
    }

    /// Signs and commits. False when the budget has no room for it.
    async fn commit_attempt(
        &self,
        intent: &Intent,
        slot: Slot,
        bid: Bid,
        kind: AttemptKind,
        run: &mut Run,
    ) -> Result<bool, RelayError> {
        let gas_limit = intent.gas_limit.ok_or_else(|| RelayError::LedgerInconsistent {
            reason: format!("\"{}\" has a nonce but no gas limit", intent.key),
        })?;
        let transaction = TxEip1559 {
            chain_id: slot.lane.chain_id,
            nonce: slot.nonce,
            gas_limit,
            max_fee_per_gas: bid.max_fee,
            max_priority_fee_per_gas: bid.tip,
            to: intent.to.map_or(TxKind::Create, TxKind::Call),
            value: U256::from(intent.value),
            access_list: alloy::eips::eip2930::AccessList::default(),
            input: intent.calldata.clone(),
        };
        let worst = fee::worst_case(gas_limit, bid.max_fee, intent.value)?;
        failpoint::hit("before-sign");
        let signature = self.signer.sign(&transaction).await?;
        let actual = signature
            .recover_address_from_prehash(&transaction.signature_hash())
            .map_err(|error| RelayError::Sign { reason: error.to_string() })?;
        if actual != slot.lane.signer {
            return Err(RelayError::WrongSigner { expected: slot.lane.signer, actual });
        }
        let signed = transaction.into_signed(signature);
        let attempt = Attempt {
            hash: *signed.hash(),
            intent: intent.id,
            nonce: slot.nonce,
            raw: signed.encoded_2718().into(),
            max_fee: bid.max_fee,
            tip: bid.tip,
            kind,
            sent_at_block: None,
        };
        self.check_stop()?;
        match self.ledger.record_attempt(&attempt, worst) {
            Ok(()) => {}
            Err(error @ RelayError::BudgetExhausted { .. }) => {
                self.halt(intent, error.code(), error.to_string(), run)?;
                return Ok(false);
            }
            Err(error) => return Err(error),
        }
        failpoint::hit(match kind {
            AttemptKind::Original => "after-sign-commit",
            AttemptKind::Bump => "after-bump-commit",
        });
        Ok(true)
    }

    /// Sends the newest committed bytes, again or for the first time.
    async fn send_newest(&self, intent: &Intent, head: Head, run: &mut Run) -> Result<(), RelayError> {
        let Some(attempt) = self.ledger.attempts(intent.id)?.pop() else {
            return Err(RelayError::LedgerInconsistent {
                reason: format!("\"{}\" is {} without signed bytes", intent.key, intent.state.name()),
            });
        };
        self.check_stop()?;
        failpoint::hit("before-send");
        let reply = self.wire.send(&attempt.raw).await;
        failpoint::hit("after-send");
        match reply {
            // Unknown may have arrived, too low may be these very bytes: both are "sent", the chain decides.
            SendReply::Accepted
            | SendReply::AlreadyKnown
            | SendReply::NonceTooLow
            | SendReply::Underpriced
            | SendReply::Unknown { .. } => {
                self.ledger.mark_sent(attempt.hash, head.number)?;
                failpoint::hit("after-sent-commit");
                if intent.attention.is_some() {
                    self.ledger.note(intent.id, None)?;
                }
                Ok(())
            }
            SendReply::InsufficientFunds { message } => self.halt(intent, "RELAY-FUNDS-SHORT", message, run),
            SendReply::Rejected { message } => self.halt(intent, "RELAY-TX-REJECTED", message, run),
        }
    }

    async fn look_for_receipt(&self, intent: &Intent, head: Head, run: &mut Run) -> Result<(), RelayError> {
        let slot = self.slot(intent)?;
        let attempts = self.ledger.attempts(intent.id)?;
        for attempt in attempts.iter().rev() {
            if let Some(receipt) = self.believed_receipt(attempt.hash).await? {
                failpoint::hit("after-receipt-seen");
                return self.include(intent, &receipt);
            }
        }
        if self.wire.nonce(self.signer.address(), None).await? > slot.nonce {
            return self.explain_used_nonce(intent, slot, &attempts, head, run).await;
        }
        let looks = run.looks.entry(intent.id).or_insert(0);
        *looks += 1;
        // The first look of a run that did not send it itself: the node may have lost it while we were away.
        let carried = *looks == 1 && !run.fresh.contains(&intent.id);
        if carried || looks.is_multiple_of(self.settings.resend_after_polls.max(1)) {
            self.send_newest(intent, head, run).await?;
        }
        self.bump_if_stuck(intent, slot, &attempts, head, run).await
    }

    /// A receipt whose block the header chain holds.
    async fn believed_receipt(&self, hash: alloy::primitives::B256) -> Result<Option<Receipt>, RelayError> {
        let Some(receipt) = self.wire.receipt(hash).await? else { return Ok(None) };
        let canonical = self.wire.block_hash(receipt.block_number).await?;
        Ok((receipt.hash == hash && canonical == Some(receipt.block_hash)).then_some(receipt))
    }

    fn include(&self, intent: &Intent, receipt: &Receipt) -> Result<(), RelayError> {
        self.ledger.record_inclusion(&Inclusion {
            intent: intent.id,
            hash: receipt.hash,
            block_number: receipt.block_number,
            block_hash: receipt.block_hash,
            success: receipt.success,
            gas_used: receipt.gas_used,
            effective_price: receipt.effective_price,
            cost: fee::worst_case(
                receipt.gas_used,
                receipt.effective_price,
                if receipt.success { intent.value } else { 0 },
            )?,
            settled: false,
        })?;
        failpoint::hit("after-inclusion-commit");
        self.ledger.settle(intent.id)?;
        failpoint::hit("after-settle");
        Ok(())
    }

    async fn bump_if_stuck(
        &self,
        intent: &Intent,
        slot: Slot,
        attempts: &[Attempt],
        head: Head,
        run: &mut Run,
    ) -> Result<(), RelayError> {
        let Some(last) = attempts.last() else { return Ok(()) };
        let Some(sent_at) = last.sent_at_block else {
            // A bump whose bytes were committed but never sent: a kill fell in between.
            return self.send_newest(intent, head, run).await;
        };
        if head.number < sent_at + self.settings.bump_after_blocks {
            return Ok(());
        }
        if attempts.len() > self.settings.most_bumps {
            let reason =
                format!("not mined after {} bumps; the network does not take it", self.settings.most_bumps);
            return self.halt(intent, "RELAY-STUCK", reason, run);
        }
        let fees = self.wire.fees().await?;
        let before = Bid { max_fee: last.max_fee, tip: last.tip };
        let Some(bid) = fee::bump(before, fees, self.settings.fees) else {
            let reason = format!(
                "it waits since block {sent_at}; a higher fee would pass the ceiling of {} wei per gas",
                self.settings.fees.ceiling
            );
            return self.halt(intent, "RELAY-FEE-CEILING", reason, run);
        };
        if self.commit_attempt(intent, slot, bid, AttemptKind::Bump, run).await? {
            self.send_newest(intent, head, run).await?;
        }
        Ok(())
    }

    /// The chain counts our nonce as used, and none of our hashes has a receipt. That is a claim, not a proof:
    /// it is acted on when it holds at depth and the transaction that took the nonce is named.
    async fn explain_used_nonce(
        &self,
        intent: &Intent,
        slot: Slot,
        attempts: &[Attempt],
        head: Head,
        run: &mut Run,
    ) -> Result<(), RelayError> {
        let signer = self.signer.address();
        let deep = head.number.saturating_sub(self.settings.confirmations - 1);
        if self.wire.nonce(signer, Some(deep)).await? > slot.nonce
            && let Some(mined) = self.wire.mined_with_nonce(signer, slot.nonce).await?
            && !attempts.iter().any(|attempt| attempt.hash == mined.hash)
            && let Some(receipt) = self.believed_receipt(mined.hash).await?
        {
            let value = if receipt.success { mined.value } else { U256::ZERO };
            let value = u128::try_from(value).map_err(|_| RelayError::AmountTooLarge { what: "value" })?;
            tracing::info!(key = intent.key, nonce = slot.nonce, foreign = %mined.hash, "the same key was used elsewhere");
            run.fresh.remove(&intent.id);
            run.looks.remove(&intent.id);
            run.unexplained.remove(&intent.id);
            return self.ledger.absorb_foreign(
                intent.id,
                &Foreign {
                    hash: mined.hash,
                    block_number: receipt.block_number,
                    block_hash: receipt.block_hash,
                    cost: fee::worst_case(receipt.gas_used, receipt.effective_price, value)?,
                },
            );
        }
        let looks = run.unexplained.entry(intent.id).or_insert(0);
        *looks += 1;
        if *looks >= self.settings.patience {
            let reason = format!(
                "the chain counts nonce {} of {signer} as used but does not say by what; nothing is sent until it does",
                slot.nonce
            );
            return self.halt(intent, "RELAY-NONCE-UNEXPLAINED", reason, run);
        }
        Ok(())
    }

    async fn confirm(&self, intent: &Intent, head: Head) -> Result<(), RelayError> {
        let inclusion = self.ledger.inclusion(intent.id)?.ok_or_else(|| RelayError::LedgerInconsistent {
            reason: format!("\"{}\" is included without an inclusion", intent.key),
        })?;
        if !inclusion.settled {
            self.ledger.settle(intent.id)?;
            failpoint::hit("after-settle");
        }
        let attempts = self.ledger.attempts(intent.id)?;
        match self.wire.block_hash(inclusion.block_number).await? {
            Some(hash) if hash == inclusion.block_hash => {
                if self.deep_enough(inclusion.block_number, head) {
                    failpoint::hit("before-final");
                    self.ledger.finish(intent.id)?;
                    failpoint::hit("after-final");
                }
                Ok(())
            }
            Some(_) => {
                tracing::info!(
                    key = intent.key,
                    block = inclusion.block_number,
                    "its block was replaced; sending the same bytes"
                );
                let dearest = attempts.iter().map(|attempt| attempt.max_fee).max().unwrap_or(0);
                let worst = fee::worst_case(intent.gas_limit.unwrap_or(0), dearest, intent.value)?;
                self.ledger.undo_inclusion(intent.id, worst)?;
                self.resend(&attempts).await;
                Ok(())
            }
            // A node without that block lags or was rolled back: no reason to believe either.
            None => {
                self.resend(&attempts).await;
                Ok(())
            }
        }
    }

    /// Offers the newest bytes again. The answer changes nothing.
    async fn resend(&self, attempts: &[Attempt]) {
        if let Some(attempt) = attempts.last() {
            let reply = self.wire.send(&attempt.raw).await;
            tracing::debug!(hash = %attempt.hash, ?reply, "offered the same bytes again");
        }
    }

    fn slot(&self, intent: &Intent) -> Result<Slot, RelayError> {
        self.ledger.slot(intent.id)?.ok_or_else(|| RelayError::LedgerInconsistent {
            reason: format!("\"{}\" is {} without a nonce", intent.key, intent.state.name()),
        })
    }
}
