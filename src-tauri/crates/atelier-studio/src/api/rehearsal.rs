use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::StepGroup;

/// The Rehearsal screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Rehearsal {
    /// The newest report.
    pub report: Option<RehearsalReport>,
    /// True when something upstream changed since: the launch will refuse.
    pub stale: bool,
    /// Why a rehearsal cannot run yet, in a sentence.
    pub blocked: Option<String>,
}

/// Run a rehearsal.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RehearseRequest {
    /// An RPC to fork; `None` uses a clean chain in memory and no network.
    pub rpc: Option<String>,
}

/// What happened when the plan ran on a copy.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RehearsalReport {
    /// SHA-256 of this report; a launch is bound to it.
    pub hash: String,
    /// SHA-256 of the LaunchPlan it ran.
    pub plan_hash: String,
    /// Chain id.
    pub chain_id: u32,
    /// "a clean chain" or "a copy of … at block …".
    pub source: String,
    /// When.
    pub made_at: String,
    /// Steps, in order.
    pub steps: Vec<RehearsedStep>,
    /// Gas of all steps, a decimal string.
    pub gas: String,
    /// Cost of all steps in wei at the low fee.
    pub cost_low: String,
    /// … at the typical fee.
    pub cost_typical: String,
    /// … at most: the high fee on every step's limit.
    pub cost_at_most: String,
    /// Fee per gas used for typical, wei.
    pub fee_typical: String,
    /// Where the fees came from, in words.
    pub fee_source: String,
    /// What a buyer pays to redeem one voucher, gas.
    pub voucher_gas: Option<String>,
    /// First transfer gas by token id: flat, by design.
    pub resale: Vec<ResaleGas>,
    /// The go/no-go list.
    pub checks: Vec<Check>,
    /// True when every check that blocks passed.
    pub go: bool,
    /// The verdict in one sentence.
    pub verdict: String,
}

/// One step as it ran.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RehearsedStep {
    /// Step id.
    pub id: String,
    /// Group on the timeline.
    pub group: StepGroup,
    /// What it does, in words.
    pub sentence: String,
    /// Gas used, a decimal string.
    pub gas: String,
    /// Cost in wei at the typical fee.
    pub cost: String,
    /// Who pays.
    pub actor: String,
    /// True when it went through.
    pub ok: bool,
    /// Why not, decoded.
    pub revert: Option<String>,
}

/// Gas of the first transfer of one token.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ResaleGas {
    /// Token id.
    pub token: u32,
    /// Gas.
    pub gas: u32,
}

/// How a check ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    /// Holds.
    Pass,
    /// Worth knowing; does not block.
    Warn,
    /// Blocks the launch.
    Fail,
}

/// One line of the go/no-go list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Check {
    /// Stable id.
    pub id: String,
    /// How it ended.
    pub state: CheckState,
    /// The sentence.
    pub sentence: String,
}
