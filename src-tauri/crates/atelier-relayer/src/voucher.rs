//! What is asked of a voucher before a wei is promised for it.

use std::sync::Arc;

use alloy::primitives::{Address, Bytes, U256};
use alloy::sol_types::SolCall;
use async_trait::async_trait;
use atelier_chain::bindings::IAtelierDrop;
use atelier_chain::revert::decode_revert;
use atelier_chain::voucher::{Voucher, digest, recover};

use crate::{
    AlreadyDone, Call, Called, Cap, Enqueued, FeePolicy, Intent, LaneId, Ledger, NewIntent, RelayError,
    State, Wire, fee,
};

/// Which vouchers are carried, and at whose cost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherPolicy {
    /// The only drop.
    pub drop: Address,
    /// The key that signs its vouchers.
    pub voucher_signer: Address,
    /// The relayer key's queue.
    pub lane: LaneId,
    /// The budget that pays.
    pub campaign: String,
    /// Most tokens carried for one recipient; `None` leaves it to the vouchers.
    pub tokens_per_recipient: Option<u64>,
    /// What may be paid per gas.
    pub fees: FeePolicy,
}

/// A voucher and its signature, as sent by its holder.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Redeemable {
    /// The voucher; numbers as decimal strings.
    pub voucher: Voucher,
    /// 65 bytes in hex.
    pub signature: Bytes,
}

/// Why a voucher is not carried. No wei was spent on it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Refusal {
    /// HTTP status.
    #[serde(skip)]
    pub status: u16,
    /// Stable code.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do about it.
    pub hint: String,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &'static str, message: impl Into<String>, hint: &str) -> Self {
        Self { status, code, message: message.into(), hint: hint.to_owned() }
    }
}

/// The idempotency key of a voucher: its nonce in its drop.
pub fn voucher_key(lane: LaneId, drop: Address, nonce: U256) -> String {
    format!("voucher:{}:{drop:#x}:{nonce}", lane.chain_id)
}

/// Checks a voucher, cheapest test first (a forged one never reaches the node), and puts it into the outbox.
pub(crate) async fn accept(
    policy: &VoucherPolicy,
    ledger: &dyn Ledger,
    wire: &dyn Wire,
    now: u64,
    offered: &Redeemable,
) -> Result<Enqueued, Refusal> {
    let voucher = &offered.voucher;
    let units = check_terms(policy, offered)?;
    let calldata: Bytes =
        IAtelierDrop::mintVoucherCall { voucher: voucher.clone(), signature: offered.signature.clone() }
            .abi_encode()
            .into();
    let key = voucher_key(policy.lane, policy.drop, voucher.nonce);
    let known = ledger.intent(&key).map_err(|error| ours(&error))?;
    if let Some(intent) = &known {
        if intent.calldata != calldata {
            return Err(nonce_taken());
        }
        if intent.state != State::Refused {
            return Ok(Enqueued { intent: intent.clone(), fresh: false });
        }
    }
    check_window(voucher, now)?;
    if used_on_chain(wire, policy, voucher.nonce).await.map_err(|error| ours(&error))? {
        return Err(Refusal::new(
            409,
            "VOUCHER-USED",
            format!("voucher {} was redeemed or cancelled before", voucher.nonce),
            "Each voucher works once. Ask the artist for a new one.",
        ));
    }
    let gas = simulate(wire, policy, &calldata).await?;
    let fees = wire.fees().await.map_err(|error| ours(&error))?;
    let Some(bid) = fee::opening(fees, policy.fees) else {
        return Err(Refusal::new(
            503,
            "RELAY-FEE-CEILING",
            "the network is dearer now than this campaign pays",
            "Try again later; the voucher stays valid.",
        ));
    };
    let gas_limit = gas.saturating_add(gas / 5);
    let hold = fee::worst_case(gas_limit, bid.max_fee, 0).map_err(|error| ours(&error))?;
    if let Some(refused) = known {
        ledger.requeue(refused.id).map_err(|error| ours(&error))?;
        let intent = ledger.intent(&key).map_err(|error| ours(&error))?.unwrap_or(refused);
        return Ok(Enqueued { intent, fresh: false });
    }
    let new = NewIntent {
        key,
        lane: policy.lane,
        to: Some(policy.drop),
        calldata,
        value: 0,
        gas_limit: None,
        campaign: policy.campaign.clone(),
        subject: Some(format!("{:#x}", voucher.recipient)),
        units,
        hold,
    };
    let cap = policy.tokens_per_recipient.map(|units| Cap { units });
    ledger.enqueue(&new, cap).map_err(|error| match error {
        RelayError::KeyConflict { .. } => nonce_taken(),
        RelayError::BudgetExhausted { .. } => Refusal::new(
            503,
            "RELAY-BUDGET-EXHAUSTED",
            "the budget for carrying vouchers is used up",
            "Redeem the voucher with your own wallet, or ask the artist.",
        ),
        RelayError::CapReached { .. } => Refusal::new(
            429,
            "RELAY-CAP-REACHED",
            error.to_string(),
            "Redeem further vouchers with your own wallet.",
        ),
        other => ours(&other),
    })
}

/// What can be said of a voucher without asking anyone. Answers its quantity.
fn check_terms(policy: &VoucherPolicy, offered: &Redeemable) -> Result<u64, Refusal> {
    let voucher = &offered.voucher;
    if voucher.recipient == Address::ZERO {
        return Err(Refusal::new(
            422,
            "VOUCHER-NO-RECIPIENT",
            "the voucher names no recipient",
            "Ask the artist for a voucher made out to your address.",
        ));
    }
    let units = u64::try_from(voucher.quantity).ok().filter(|quantity| *quantity > 0).ok_or_else(|| {
        Refusal::new(
            422,
            "VOUCHER-QUANTITY",
            format!("a voucher over {} tokens cannot be carried", voucher.quantity),
            "Ask the artist for a voucher with a sensible quantity.",
        )
    })?;
    if voucher.price != U256::ZERO {
        return Err(Refusal::new(
            422,
            "VOUCHER-PRICED",
            format!("this voucher costs {} wei, and a relayer cannot pay for you", voucher.price),
            "Send it with your own wallet.",
        ));
    }
    let signed = digest(voucher, policy.lane.chain_id, policy.drop);
    match recover(signed, &offered.signature) {
        Ok(signer) if signer == policy.voucher_signer => Ok(units),
        Ok(_) => Err(Refusal::new(
            422,
            "VOUCHER-FORGED",
            "the signature is not by this drop's voucher signer for exactly this voucher",
            "Check that the voucher is complete, unchanged, and for this drop on this chain.",
        )),
        Err(error) => Err(Refusal::new(
            422,
            "VOUCHER-BAD-SIGNATURE",
            error.to_string(),
            "Check that the voucher was copied completely.",
        )),
    }
}

fn check_window(voucher: &Voucher, now: u64) -> Result<(), Refusal> {
    let now = U256::from(now);
    if now < voucher.validFrom {
        return Err(Refusal::new(
            422,
            "VOUCHER-EARLY",
            format!("the voucher is valid from unix time {}", voucher.validFrom),
            "Come back then.",
        ));
    }
    if voucher.validUntil != U256::ZERO && now > voucher.validUntil {
        return Err(Refusal::new(
            422,
            "VOUCHER-EXPIRED",
            format!("the voucher was valid until unix time {}", voucher.validUntil),
            "Ask the artist for a new one.",
        ));
    }
    Ok(())
}

async fn simulate(wire: &dyn Wire, policy: &VoucherPolicy, calldata: &Bytes) -> Result<u64, Refusal> {
    let call = Call { from: policy.lane.signer, to: Some(policy.drop), data: calldata.clone(), value: 0 };
    match wire.estimate(&call).await.map_err(|error| ours(&error))? {
        Called::Returned(gas) => Ok(gas),
        Called::Reverted { data, message } => {
            let why = if data.is_empty() { message } else { decode_revert(&data).sentence };
            Err(Refusal::new(
                422,
                "VOUCHER-WOULD-REVERT",
                format!("the contract would refuse it: {why}"),
                "Nothing was spent. Try again when the cause is gone.",
            ))
        }
    }
}

async fn used_on_chain(wire: &dyn Wire, policy: &VoucherPolicy, nonce: U256) -> Result<bool, RelayError> {
    let call = Call {
        from: policy.lane.signer,
        to: Some(policy.drop),
        data: IAtelierDrop::voucherUsedCall { nonce }.abi_encode().into(),
        value: 0,
    };
    match wire.call(&call).await? {
        Called::Returned(bytes) => {
            IAtelierDrop::voucherUsedCall::abi_decode_returns(&bytes).map_err(|error| RelayError::Wire {
                method: "eth_call",
                reason: format!("voucherUsed answered rubbish: {error}"),
            })
        }
        Called::Reverted { message, .. } => {
            Err(RelayError::Wire { method: "eth_call", reason: format!("voucherUsed reverted: {message}") })
        }
    }
}

fn nonce_taken() -> Refusal {
    Refusal::new(
        409,
        "VOUCHER-NONCE-TAKEN",
        "another voucher with this number was given in before",
        "Ask the artist for a voucher with its own number.",
    )
}

/// Our side failed; the voucher is not at fault.
fn ours(error: &RelayError) -> Refusal {
    tracing::warn!(code = error.code(), %error, "a voucher could not be checked");
    Refusal::new(
        502,
        error.code(),
        "the relayer could not check the voucher now",
        "Try again in a minute; the voucher stays valid.",
    )
}

/// [`AlreadyDone`] for redemptions: asks the drop whether the voucher's number is used.
pub struct VoucherUsed {
    wire: Arc<dyn Wire>,
    policy: VoucherPolicy,
}

impl VoucherUsed {
    /// Asks through `wire`.
    pub fn new(wire: Arc<dyn Wire>, policy: VoucherPolicy) -> Self {
        Self { wire, policy }
    }
}

#[async_trait]
impl AlreadyDone for VoucherUsed {
    async fn already_done(&self, intent: &Intent) -> Result<bool, RelayError> {
        match IAtelierDrop::mintVoucherCall::abi_decode(&intent.calldata) {
            Ok(call) => used_on_chain(self.wire.as_ref(), &self.policy, call.voucher.nonce).await,
            // Not a voucher: another kind of intent in the relayer's lane.
            Err(_) => Ok(false),
        }
    }
}
