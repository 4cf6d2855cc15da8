//! The sample drop, end to end, on this machine: composed, signed, stored, rehearsed, launched in batches and by
//! vouchers, sold once, and read back from the chain.
//!
//! It calls the same commands as a person would, in the same order, and reports what they answered. It knows no
//! figure of its own except how many vouchers it redeems and what it asks for the one token it sells.
mod verified;

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use self::verified::Verified;
use crate::Studio;
use crate::api::{
    Empty, IssueVouchers, JobState, JobView, KeyRef, KeyState, LaunchRequest, LintSeverity, NetworkChoice,
    PracticeSale, RehearseRequest, RelayerRequest, Role, SampleRequest, TargetRef, VerifyPath, VoucherRef,
};
use crate::error::StudioError;
use crate::money::ether;

/// Vouchers the demo redeems through the relayer; the rest stay open.
const REDEEMED: usize = 6;
/// What the demo asks for the token it sells: half an ether of practice money.
const PRICE: &str = "500000000000000000";
/// The practice chain's id.
const PRACTICE_ID: u32 = 31_337;
/// What the demo lets the relayer spend: a tenth of an ether of practice money.
const BUDGET: &str = "100000000000000000";

/// What the demo made and what it checked.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DemoReport {
    /// True when everything planned is minted or open, verified, and paid as owed.
    pub ok: bool,
    /// The project folder.
    pub project: String,
    /// The HTML report.
    pub report: String,
    /// Tokens planned.
    pub planned: u32,
    /// Tokens minted, by the chain's own count.
    pub minted: u32,
    /// Tokens of vouchers that are still open.
    pub open: u32,
    /// Tokens whose URI, metadata and picture were fetched another way and hash to the signed bundle.
    pub verified_tokens: u32,
    /// Lazy mints.
    pub lazy: LazyReport,
    /// Sales.
    pub sales: Vec<SaleReport>,
    /// What it cost, wei: the launch as paid, and the relayer as paid.
    pub cost: CostReport,
    /// The drop's address.
    pub drop: String,
    /// Merkle root of the signed bundle.
    pub root: String,
    /// The base URI on chain.
    pub base_uri: String,
    /// Who signed the bundle.
    pub signed_by: Vec<String>,
    /// The rehearsal's verdict.
    pub rehearsal: String,
    /// Entries of the audit log, all of which hold.
    pub audit_entries: u32,
    /// What was checked, in sentences.
    pub checks: Vec<String>,
}

/// Lazy mints in figures.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct LazyReport {
    /// Vouchers issued.
    pub issued: u32,
    /// Vouchers redeemed through the relayer.
    pub redeemed: u32,
}

/// One sale.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SaleReport {
    /// Token.
    pub token: u32,
    /// Price, wei.
    pub price: String,
    /// Royalty owed, wei.
    pub royalty_owed: String,
    /// Royalty received, wei.
    pub royalty_received: String,
    /// Transaction.
    pub transaction: String,
}

/// Costs, wei.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct CostReport {
    /// The launch.
    pub launch: String,
    /// The relayer.
    pub relayer: String,
    /// What the rehearsal said the launch would cost at most.
    pub at_most: String,
}

/// Runs it in `dir`, which must not exist or be empty. `say` hears each step as it begins.
///
/// # Errors
/// The first command that fails, with its own code.
pub async fn run(
    studio: &Arc<Studio>,
    dir: &Path,
    count: u32,
    say: &(dyn Fn(&str) + Sync),
) -> Result<DemoReport, StudioError> {
    let e = Empty {};
    say("Copying the sample");
    let request = SampleRequest { dir: Some(dir.to_string_lossy().into_owned()), supply: Some(count) };
    studio.project_sample(request).await?;
    say("Planning");
    let plan = studio.plan_tokens(e.clone()).await?;
    say(&format!("Rendering {} tokens", plan.supply));
    finished(studio, studio.render(e.clone()).await?).await?;
    let lint = studio.metadata(e.clone()).await?.lint;
    if let Some(error) = lint.into_iter().find(|finding| finding.severity == LintSeverity::Error) {
        return Err(StudioError::LintErrors { first: error.message });
    }

    say("Making keys in the keychain");
    for key in studio.keys(e.clone()).await?.keys {
        if key.state == KeyState::Absent {
            studio.key_create(KeyRef { role: key.role }).await?;
        }
    }
    for role in [Role::Deployer, Role::VoucherSigner, Role::Relayer] {
        studio.key_unlock(KeyRef { role }).await?;
    }
    say("Starting the practice chain");
    studio.network_choose(NetworkChoice { rpc: None, chain_id: PRACTICE_ID }).await?;

    say("Building the bundle");
    finished(studio, studio.bundle_build(e.clone()).await?).await?;
    say("Signing it");
    let storage = studio.bundle_sign(e.clone()).await?;
    let bundle = storage.bundle.ok_or(StudioError::NoBundle)?;
    let offline = studio.bundle_verify(VerifyPath { path: None }).await?;
    say("Storing it and reading every file back");
    finished(studio, studio.storage_put(TargetRef { id: "embedded".to_owned() }).await?).await?;

    say("Rehearsing the launch");
    finished(studio, studio.rehearse(RehearseRequest { rpc: None }).await?).await?;
    let rehearsal = studio.rehearsal(e.clone()).await?.report.ok_or(StudioError::NoRehearsal)?;
    say("Launching");
    finished(studio, studio.launch_start(LaunchRequest { confirm: None }).await?).await?;
    let launch = studio.launch(e.clone()).await?;

    let lazy = studio.vouchers(e.clone()).await?.left;
    let mut vouchers = studio.vouchers(e.clone()).await?;
    if lazy > 0 {
        say(&format!("Issuing {lazy} vouchers"));
        let recipients = studio.practice_recipients(lazy).await?;
        let issue = IssueVouchers { recipients, quantity: 1, price: "0".to_owned(), days: Some(30) };
        vouchers = studio.vouchers_issue(issue).await?;
        let nonces: Vec<String> =
            vouchers.vouchers.iter().map(|voucher| voucher.nonce.clone()).take(REDEEMED).collect();
        say(&format!("Redeeming {} of them through the relayer", nonces.len()));
        studio.relayer_start(RelayerRequest { budget: BUDGET.to_owned(), port: None }).await?;
        for nonce in nonces {
            vouchers = studio.voucher_redeem(VoucherRef { nonce }).await?;
        }
        studio.relayer_stop(e.clone()).await?;
    }

    say("Reading the chain");
    let mut sales = studio.index_sync(e.clone()).await?;
    if let (true, Some(token)) = (sales.practice_sale, sales.sellable.first().copied()) {
        say(&format!("Selling #{token} on the practice market for {}", ether(PRICE)));
        sales = studio.practice_sale(PracticeSale { token, price: PRICE.to_owned() }).await?;
    }
    say("Checking every token against the signed bundle");
    let verified = studio.verify_on_chain().await?;
    let audit = studio.audit(e.clone()).await?;
    let report = studio.report_write(e.clone()).await?;

    let paid = sales.sales.iter().all(|sale| sale.royalty_owed == sale.royalty_received);
    let whole = sales.totals.minted + vouchers.open == plan.supply;
    Ok(DemoReport {
        ok: whole
            && paid
            && offline.ok
            && audit.intact
            && verified.tokens == plan.supply
            && !sales.sales.is_empty(),
        project: studio.project(e).await?.dir,
        report: report.path,
        planned: plan.supply,
        minted: sales.totals.minted,
        open: vouchers.open,
        verified_tokens: verified.tokens,
        lazy: LazyReport { issued: vouchers.issued, redeemed: vouchers.redeemed },
        sales: sales
            .sales
            .iter()
            .map(|sale| SaleReport {
                token: sale.token,
                price: sale.price.clone(),
                royalty_owed: sale.royalty_owed.clone(),
                royalty_received: sale.royalty_received.clone(),
                transaction: sale.transaction.clone(),
            })
            .collect(),
        cost: CostReport {
            launch: launch.spent,
            relayer: vouchers.relayer.spent,
            at_most: rehearsal.cost_at_most,
        },
        drop: launch.drop.unwrap_or_default(),
        root: bundle.root,
        base_uri: bundle.base_uri,
        signed_by: offline.signers,
        rehearsal: rehearsal.verdict,
        audit_entries: audit.total,
        checks: verified.sentences().into_iter().map(|(_, text)| text).collect(),
    })
}

async fn finished(studio: &Arc<Studio>, job: JobView) -> Result<JobView, StudioError> {
    let mut events = studio.events();
    loop {
        let now = studio.jobs(Empty {}).await?.jobs.into_iter().find(|other| other.id == job.id);
        match now {
            Some(ended) if ended.state == JobState::Done => return Ok(ended),
            Some(ended) if !matches!(ended.state, JobState::Running | JobState::Queued) => {
                return Err(StudioError::JobEnded { title: ended.title, report: ended.error.map(Box::new) });
            }
            Some(_) => {
                events.next().await;
            }
            None => return Err(StudioError::NoSuchJob { id: job.id }),
        }
    }
}

impl DemoReport {
    /// The report for a terminal.
    #[must_use]
    pub fn text(&self) -> String {
        let mut lines = vec![
            format!(
                "{} planned, {} minted, {} vouchers open, {} verified against the signed bundle.",
                self.planned, self.minted, self.open, self.verified_tokens
            ),
            format!(
                "{} vouchers issued, {} redeemed through the relayer.",
                self.lazy.issued, self.lazy.redeemed
            ),
        ];
        for sale in &self.sales {
            lines.push(format!(
                "#{} sold for {}: royalty owed {}, received {}.",
                sale.token,
                ether(&sale.price),
                ether(&sale.royalty_owed),
                ether(&sale.royalty_received)
            ));
        }
        lines.push(format!(
            "The launch cost {}, rehearsed at most {}; the relayer {}.",
            ether(&self.cost.launch),
            ether(&self.cost.at_most),
            ether(&self.cost.relayer)
        ));
        lines.push(format!("Drop {}, root {}.", self.drop, self.root));
        lines.extend(self.checks.iter().cloned());
        lines.push(format!("Audit log: all {} entries hold.", self.audit_entries));
        lines.push(format!("Project {}", self.project));
        lines.push(format!("Report  {}", self.report));
        if !self.ok {
            lines.push("Something does not add up: see the lines above.".to_owned());
        }
        lines.join("\n")
    }
}
