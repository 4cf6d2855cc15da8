//! Lazy mints: vouchers signed here, redeemed by anyone, carried by the relayer where they are free.
use std::collections::BTreeMap;
use std::sync::Arc;

use alloy::primitives::{Address, B256, U256};
use atelier_chain::voucher::{self, Voucher};
use atelier_db::state::VoucherKey;
use atelier_launch::LaunchPlan;
use atelier_relayer::{LaneId, Ledger as _, State, voucher_key};
use serde_json::Value;

use crate::Studio;
use crate::api::{
    Empty, IssueVouchers, RelayerRequest, RelayerView, Role, SpendLine, Topic, VoucherRef, VoucherState,
    VoucherView, Vouchers,
};
use crate::clock::{rfc3339, unix_seconds};
use crate::error::StudioError;
use crate::money::wei;
use crate::project::Project;
use crate::relay::{campaign, token, token_file};

const DAY: u64 = 86_400;
/// How long a redemption through the relayer is awaited before it is shown as on its way.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);

/// What the chain says of a voucher.
struct OnChain {
    transaction: String,
    token: u32,
}

impl Studio {
    /// Vouchers and the relayer.
    pub async fn vouchers(&self, _: Empty) -> Result<Vouchers, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        let plan = match super::launch::deployed(&project) {
            Ok(plan) => plan,
            Err(error) => {
                return Ok(Vouchers {
                    vouchers: Vec::new(),
                    issued: 0,
                    open: 0,
                    redeemed: 0,
                    left: spec.launch.vouchers,
                    blocked: Some(format!("{error} Vouchers are signed for the drop's address on chain.")),
                    relayer: relayer_view(&project, None).await?,
                });
            }
        };
        let minted = minted_by_voucher(&project, &plan).await?;
        let lane =
            project.keys.address(Role::Relayer)?.map(|signer| LaneId { chain_id: plan.chain_id, signer });
        let mut views = Vec::new();
        for stored in project.records.vouchers(plan.chain_id, &plan.drop.to_string().to_lowercase())? {
            let document: Value =
                serde_json::from_str(&stored.json).map_err(|error| StudioError::internal(&error))?;
            let parsed: Voucher = serde_json::from_value(document["message"].clone())
                .map_err(|error| StudioError::internal(&error))?;
            let nonce = parsed.nonce;
            let sending = match lane {
                Some(lane) => project.ledger.intent(&voucher_key(lane, plan.drop, nonce))?,
                None => None,
            };
            let found = minted.get(&nonce);
            let state = match (found, sending.map(|intent| intent.state)) {
                (Some(_), _) => VoucherState::Redeemed,
                (None, Some(State::Final | State::DoneElsewhere)) => VoucherState::Redeemed,
                (
                    None,
                    Some(State::Queued | State::Reserved | State::Signed | State::Sent | State::Included),
                ) => VoucherState::Sending,
                (None, _)
                    if !parsed.validUntil.is_zero() && parsed.validUntil < U256::from(unix_seconds()) =>
                {
                    VoucherState::Expired
                }
                (None, _) => VoucherState::Open,
            };
            views.push(VoucherView {
                nonce: nonce.to_string(),
                recipient: parsed.recipient.to_checksum(None),
                quantity: u32::try_from(parsed.quantity).unwrap_or(u32::MAX),
                price: parsed.price.to_string(),
                valid_from: time(parsed.validFrom),
                valid_until: time(parsed.validUntil),
                state,
                transaction: found.map(|found| found.transaction.clone()),
                token: found.map(|found| found.token),
            });
        }
        let count = |wanted: VoucherState| {
            u32::try_from(views.iter().filter(|view| view.state == wanted).count()).unwrap_or(u32::MAX)
        };
        let tokens = |states: &[VoucherState]| {
            views.iter().filter(|view| states.contains(&view.state)).map(|view| view.quantity).sum::<u32>()
        };
        let taken = tokens(&[VoucherState::Open, VoucherState::Sending, VoucherState::Redeemed]);
        let issued = u32::try_from(views.len()).unwrap_or(u32::MAX);
        let (open, redeemed) =
            (count(VoucherState::Open) + count(VoucherState::Sending), count(VoucherState::Redeemed));
        Ok(Vouchers {
            issued,
            open,
            redeemed,
            left: plan.vouchers.saturating_sub(taken),
            blocked: None,
            relayer: relayer_view(&project, Some(&plan)).await?,
            vouchers: views,
        })
    }

    /// Sign vouchers.
    pub async fn vouchers_issue(&self, input: IssueVouchers) -> Result<Vouchers, StudioError> {
        let project = self.current().await?;
        let plan = super::launch::deployed(&project)?;
        let price = wei(&input.price)
            .ok_or_else(|| StudioError::BadInput { what: "an amount of wei", value: input.price.clone() })?;
        if input.quantity == 0 || input.recipients.is_empty() {
            return Err(StudioError::BadInput {
                what: "a voucher",
                value: "a voucher needs a recipient and at least one token".to_owned(),
            });
        }
        let left = self.vouchers(Empty {}).await?.left;
        let wanted = u32::try_from(input.recipients.len()).unwrap_or(u32::MAX).saturating_mul(input.quantity);
        if wanted > left {
            return Err(StudioError::TooManyVouchers { wanted, left });
        }
        project.keys.unlock(Role::VoucherSigner).await?;
        let drop_text = plan.drop.to_string().to_lowercase();
        let first = project.records.vouchers(plan.chain_id, &drop_text)?.len() + 1;
        let until = input.days.map_or(0, |days| unix_seconds() + u64::from(days) * DAY);
        let mut signed = Vec::with_capacity(input.recipients.len());
        for (nonce, recipient) in (first..).zip(&input.recipients) {
            let recipient: Address = recipient
                .trim()
                .parse()
                .map_err(|_| StudioError::BadInput { what: "an address", value: recipient.clone() })?;
            let voucher = Voucher {
                recipient,
                quantity: U256::from(input.quantity),
                price,
                validFrom: U256::ZERO,
                validUntil: U256::from(until),
                nonce: U256::from(nonce),
            };
            let digest = voucher::digest(&voucher, plan.chain_id, plan.drop);
            let signature = project.keys.sign_hash(Role::VoucherSigner, digest, "Sign a voucher").await?;
            let mut document = voucher::typed_data(&voucher, plan.chain_id, plan.drop);
            document["signature"] = Value::String(signature.to_string());
            document["signer"] = Value::String(plan.config.voucherSigner.to_checksum(None));
            let key =
                VoucherKey { chain_id: plan.chain_id, drop: drop_text.clone(), nonce: nonce.to_string() };
            signed.push((key, document.to_string(), signature.to_string()));
        }
        project.records.issue_vouchers(&signed)?;
        project.records.audit(
            "user",
            "vouchers.issue",
            &format!("{} vouchers for {} tokens", signed.len(), wanted),
        )?;
        self.bell.changed(&[Topic::Vouchers, Topic::Project]);
        self.vouchers(Empty {}).await
    }

    /// The signed vouchers as `eth_signTypedData_v4` documents with signature and signer, for holders and for other tools.
    pub async fn vouchers_export(&self) -> Result<Vec<Value>, StudioError> {
        let project = self.current().await?;
        let plan = super::launch::deployed(&project)?;
        let stored = project.records.vouchers(plan.chain_id, &plan.drop.to_string().to_lowercase())?;
        stored
            .iter()
            .map(|one| serde_json::from_str(&one.json).map_err(|error| StudioError::internal(&error)))
            .collect()
    }

    /// Redeem a free voucher through the relayer's own endpoint, as any holder would.
    pub async fn voucher_redeem(&self, input: VoucherRef) -> Result<Vouchers, StudioError> {
        let project = self.current().await?;
        let plan = super::launch::deployed(&project)?;
        let address = project.relay.address().await.ok_or(StudioError::RelayerOff)?;
        let stored = project.records.vouchers(plan.chain_id, &plan.drop.to_string().to_lowercase())?;
        let found = stored.into_iter().find(|one| one.key.nonce == input.nonce);
        let found = found.ok_or_else(|| StudioError::NoSuchVoucher { nonce: input.nonce.clone() })?;
        let document: Value =
            serde_json::from_str(&found.json).map_err(|error| StudioError::internal(&error))?;
        let offered = serde_json::json!({ "voucher": document["message"], "signature": found.signature });
        let client = reqwest::Client::new();
        let outside = |error: reqwest::Error| StudioError::RelayRefused {
            code: "RELAY-UNREACHABLE".to_owned(),
            message: error.to_string(),
        };
        let answer = client
            .post(format!("http://{address}/v1/redeem"))
            .bearer_auth(token(&project)?)
            .json(&offered)
            .send()
            .await
            .map_err(outside)?;
        if !answer.status().is_success() {
            let refusal: Value = answer.json().await.map_err(outside)?;
            let text = |name: &str| refusal[name].as_str().unwrap_or_default().to_owned();
            return Err(StudioError::RelayRefused { code: text("code"), message: text("message") });
        }
        project.records.audit("relayer", "voucher.redeem", &format!("voucher {}", input.nonce))?;
        self.settled(&project, &plan, &input.nonce).await?;
        self.bell.changed(&[Topic::Vouchers, Topic::Sales, Topic::Tokens]);
        self.vouchers(Empty {}).await
    }

    /// Waits until a voucher's intent has an ending, or patience does.
    async fn settled(
        &self,
        project: &Arc<Project>,
        plan: &LaunchPlan,
        nonce: &str,
    ) -> Result<(), StudioError> {
        let lane = LaneId { chain_id: plan.chain_id, signer: project.keys.need(Role::Relayer)? };
        let number = U256::from_str_radix(nonce, 10)
            .map_err(|_| StudioError::NoSuchVoucher { nonce: nonce.to_owned() })?;
        let key = voucher_key(lane, plan.drop, number);
        let until = tokio::time::Instant::now() + PATIENCE;
        while tokio::time::Instant::now() < until {
            match project.ledger.intent(&key)? {
                Some(intent) if intent.state.is_terminal() => return Ok(()),
                _ => tokio::time::sleep(std::time::Duration::from_millis(50)).await,
            }
        }
        Ok(())
    }

    /// Start the relayer's loopback endpoint.
    pub async fn relayer_start(&self, input: RelayerRequest) -> Result<Vouchers, StudioError> {
        let project = self.current().await?;
        let budget = wei(&input.budget).and_then(|wei| u128::try_from(wei).ok());
        let budget = budget
            .ok_or_else(|| StudioError::BadInput { what: "an amount of wei", value: input.budget.clone() })?;
        self.fund_practice(&project).await?;
        project.relay.start(&project, budget, input.port.unwrap_or(0)).await?;
        project.records.audit("user", "relayer.start", &format!("budget {budget} wei"))?;
        self.bell.changed(&[Topic::Vouchers]);
        self.vouchers(Empty {}).await
    }

    /// Stop the relayer.
    pub async fn relayer_stop(&self, _: Empty) -> Result<Vouchers, StudioError> {
        let project = self.current().await?;
        project.relay.stop().await;
        project.records.audit("user", "relayer.stop", "the endpoint is closed")?;
        self.bell.changed(&[Topic::Vouchers]);
        self.vouchers(Empty {}).await
    }
}

async fn relayer_view(project: &Arc<Project>, plan: Option<&LaunchPlan>) -> Result<RelayerView, StudioError> {
    let address = project.relay.address().await;
    let account = project.keys.address(Role::Relayer)?;
    let budget = match plan {
        Some(plan) => project.ledger.campaign(&campaign(plan.chain_id, &plan.drop.to_string()))?,
        None => None,
    };
    let mut lines = Vec::new();
    if let (Some(plan), Some(signer)) = (plan, account) {
        for spend in project.ledger.spendings(LaneId { chain_id: plan.chain_id, signer })? {
            let what =
                spend.key.as_deref().and_then(|key| key.rsplit(':').next()).unwrap_or("another program");
            lines.push(SpendLine {
                at: format!("block {}", spend.block_number),
                what: format!("Voucher {what}"),
                wei: spend.cost.to_string(),
                transaction: B256::from(spend.hash).to_string(),
            });
        }
    }
    lines.reverse();
    Ok(RelayerView {
        running: address.is_some(),
        url: address.map(|address| format!("http://{address}")),
        token_file: address.map(|_| token_file(project).to_string_lossy().into_owned()),
        account: account.map(|account| account.to_checksum(None)),
        budget: budget.as_ref().map_or_else(|| "0".to_owned(), |campaign| campaign.limit.to_string()),
        reserved: budget.as_ref().map_or_else(|| "0".to_owned(), |campaign| campaign.reserved.to_string()),
        spent: budget.as_ref().map_or_else(|| "0".to_owned(), |campaign| campaign.spent.to_string()),
        lines,
    })
}

/// What the index knows of vouchers that became tokens, by nonce.
async fn minted_by_voucher(
    project: &Arc<Project>,
    plan: &LaunchPlan,
) -> Result<BTreeMap<U256, OnChain>, StudioError> {
    let mut found = BTreeMap::new();
    for mint in project.index.voucher_mints(plan)? {
        let Ok(nonce) = U256::from_str_radix(&mint.nonce, 10) else { continue };
        found.entry(nonce).or_insert(OnChain { transaction: mint.transaction, token: mint.token });
    }
    Ok(found)
}

fn time(seconds: U256) -> Option<String> {
    if seconds.is_zero() { None } else { u64::try_from(seconds).ok().map(rfc3339) }
}
