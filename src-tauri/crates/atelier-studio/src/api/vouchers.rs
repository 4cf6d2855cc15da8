use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// How a voucher stands, matched from the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum VoucherState {
    /// Signed, not used.
    Open,
    /// On its way through the relayer.
    Sending,
    /// Minted.
    Redeemed,
    /// Cancelled on chain.
    Cancelled,
    /// Its window is over.
    Expired,
}

/// One voucher.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VoucherView {
    /// Nonce, a decimal string.
    pub nonce: String,
    /// Who receives the token, whoever sends it.
    pub recipient: String,
    /// Tokens.
    pub quantity: u32,
    /// Price for the whole voucher, wei.
    pub price: String,
    /// From when.
    pub valid_from: Option<String>,
    /// Until when.
    pub valid_until: Option<String>,
    /// How it stands.
    pub state: VoucherState,
    /// The transaction that redeemed it.
    pub transaction: Option<String>,
    /// The first token it became.
    pub token: Option<u32>,
}

/// The Vouchers sub-step of Launch.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Vouchers {
    /// Vouchers, newest first.
    pub vouchers: Vec<VoucherView>,
    /// Issued in all.
    pub issued: u32,
    /// Open.
    pub open: u32,
    /// Redeemed.
    pub redeemed: u32,
    /// Tokens still free for vouchers.
    pub left: u32,
    /// Why none can be issued yet.
    pub blocked: Option<String>,
    /// The relayer.
    pub relayer: RelayerView,
}

/// The relayer as the screen shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RelayerView {
    /// True while its endpoint listens.
    pub running: bool,
    /// Its address: `http://127.0.0.1:…`.
    pub url: Option<String>,
    /// File that holds the bearer token (mode 600); the token itself never crosses here.
    pub token_file: Option<String>,
    /// Account that pays.
    pub account: Option<String>,
    /// Budget of the campaign, wei.
    pub budget: String,
    /// Reserved for what is on its way, wei.
    pub reserved: String,
    /// Spent, wei.
    pub spent: String,
    /// Spend, line by line, newest first.
    pub lines: Vec<SpendLine>,
}

/// One line of the spend ledger.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SpendLine {
    /// When.
    pub at: String,
    /// For what.
    pub what: String,
    /// Wei.
    pub wei: String,
    /// Transaction.
    pub transaction: String,
}

/// Issue vouchers. Recipients are addresses, one voucher each; quantity is per voucher.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct IssueVouchers {
    /// Addresses that receive; may repeat.
    pub recipients: Vec<String>,
    /// Tokens per voucher.
    pub quantity: u32,
    /// Price for the whole voucher, wei; "0" can go through the relayer.
    pub price: String,
    /// Days it stays valid; `None` has no end.
    pub days: Option<u32>,
}

/// Names a voucher.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct VoucherRef {
    /// Nonce, a decimal string.
    pub nonce: String,
}

/// Start the relayer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RelayerRequest {
    /// Budget of the campaign, wei.
    pub budget: String,
    /// Port on loopback; `None` takes a free one.
    pub port: Option<u16>,
}
