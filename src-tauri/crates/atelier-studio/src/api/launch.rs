use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Kinds of network; each looks different everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum NetworkKind {
    /// A chain on this machine; no value at stake.
    Practice,
    /// A public test network.
    Testnet,
    /// Real money.
    Mainnet,
}

/// A network as the pill shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NetworkView {
    /// Kind.
    pub kind: NetworkKind,
    /// Name.
    pub name: String,
    /// Chain id.
    pub chain_id: u32,
    /// RPC address; `None` for a practice chain that is not running.
    pub rpc: Option<String>,
    /// True when it answers.
    pub up: bool,
    /// Newest block, a decimal string.
    pub block: Option<String>,
    /// Why it does not answer.
    pub error: Option<super::ErrorReport>,
}

/// The networks known here.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Networks {
    /// The chosen one.
    pub chosen: NetworkView,
    /// True when Anvil was found and the practice chain can start.
    pub practice_available: bool,
    /// Where Anvil was found, or what to install.
    pub practice_sentence: String,
    /// True when Seaport's published artifacts were found, so that a practice sale can run.
    pub market_available: bool,
}

/// Choose a network.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NetworkChoice {
    /// `None` chooses the practice chain (started when needed), else an RPC address.
    pub rpc: Option<String>,
    /// The chain id the address must answer with.
    pub chain_id: u32,
}

/// Groups of the timeline, the same in rehearsal and launch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StepGroup {
    /// Deploy and configure.
    Prepare,
    /// Batches.
    Airdrop,
    /// Freeze.
    After,
}

/// How a step or batch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StepState {
    /// Not begun.
    Planned,
    /// Written to disk, signed.
    Signed,
    /// On the wire.
    Sent,
    /// In a block.
    Confirmed,
    /// Final.
    Final,
    /// Failed.
    Failed,
}

/// One row of the timeline.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StepView {
    /// Step id.
    pub id: String,
    /// Group.
    pub group: StepGroup,
    /// What it does, in words.
    pub sentence: String,
    /// How it stands.
    pub state: StepState,
    /// Nonce, once reserved.
    pub nonce: Option<String>,
    /// Transaction hash, once signed.
    pub transaction: Option<String>,
    /// Block number, once included.
    pub block: Option<String>,
    /// Wei paid, once included.
    pub paid: Option<String>,
    /// Gas used, once included.
    pub gas: Option<String>,
    /// Worst case in wei: fee cap × gas limit.
    pub at_most: Option<String>,
    /// First token it mints.
    pub first_token: Option<u32>,
    /// Last token it mints.
    pub last_token: Option<u32>,
    /// When it was written to disk, signed, sent, in a block, final: (what, when).
    pub history: Vec<(String, String)>,
    /// Why it failed.
    pub error: Option<super::ErrorReport>,
}

/// One cell of the batch strip.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BatchView {
    /// Batch number, from 1.
    pub number: u32,
    /// How it stands.
    pub state: StepState,
    /// First token.
    pub first_token: u32,
    /// Last token.
    pub last_token: u32,
}

/// Where the launch stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LaunchState {
    /// Something must be done first.
    Blocked,
    /// Everything is in place.
    Ready,
    /// Running.
    Running,
    /// Paused, or picked up after a restart.
    Paused,
    /// Every step is final.
    Done,
    /// A step failed.
    Failed,
}

/// The Launch screen.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Launch {
    /// Where it stands.
    pub state: LaunchState,
    /// The headline: "3 of 8 batches are final".
    pub headline: String,
    /// The line under it.
    pub sentence: String,
    /// What must be done first.
    pub blockers: Vec<String>,
    /// The network it goes to.
    pub network: NetworkView,
    /// The drop's address, known before it exists.
    pub drop: Option<String>,
    /// The deployer's address.
    pub deployer: Option<String>,
    /// Hash of the plan.
    pub plan_hash: Option<String>,
    /// Hash of the rehearsal the launch is bound to.
    pub rehearsal_hash: Option<String>,
    /// The timeline.
    pub steps: Vec<StepView>,
    /// The batch strip.
    pub batches: Vec<BatchView>,
    /// Tokens the plan mints in batches.
    pub planned: u32,
    /// Tokens minted in final batches.
    pub minted: u32,
    /// Wei spent so far.
    pub spent: String,
    /// Wei at most.
    pub budget: Option<String>,
    /// What spent is expected to end near, from the rehearsal, wei.
    pub expected: Option<String>,
    /// The word that must be typed to start on a real network; `None` on a practice chain.
    pub confirm_word: Option<String>,
    /// The running job.
    pub job: Option<super::JobView>,
}

/// Start or continue the launch.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct LaunchRequest {
    /// What was typed, on a real network.
    pub confirm: Option<String>,
}
