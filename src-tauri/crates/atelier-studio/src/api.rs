//! What crosses between the studio and its skins.
//!
//! Every type here is plain data: serialisable, exported to TypeScript (`cargo xtask codegen`), and free of key
//! material. Money is a decimal string of wei, times are RFC 3339 in UTC, hashes and addresses are `0x` hex,
//! counts are `u32`, shares are whole ten-thousandths. There is no float.
mod activity;
mod artwork;
mod keys;
mod launch;
mod metadata;
mod project;
mod rehearsal;
mod sales;
mod storage;
mod tokens;
mod vouchers;

pub use activity::{AuditEntry, AuditView, JobKind, JobRef, JobState, JobView, Jobs, StudioEvent, Topic};
pub use artwork::{
    Artwork, BlendMode, ImportPreview, ImportPreviewRequest, ImportedLayer, LayerView, PlanSummary, RuleKind,
    RuleRef, RuleSpec, RuleView, SetSupply, SetTarget, Target, TraitView,
};
pub use keys::{KeyRef, KeyState, KeyView, Keys, Role, VaultKind};
pub use launch::{
    BatchView, Launch, LaunchRequest, LaunchState, NetworkChoice, NetworkKind, NetworkView, Networks,
    StepGroup, StepState, StepView,
};
pub use metadata::{LintFinding, LintSeverity, Metadata, MetadataEdit, MetadataExample};
pub use project::{
    Empty, ErrorReport, Home, ImportRequest, NewProject, OpenProject, ProjectView, RecentProject, ReportFile,
    SampleRequest, StageName, StageState, StageView, StatusItem,
};
pub use rehearsal::{
    Check, CheckState, Rehearsal, RehearsalReport, RehearseRequest, RehearsedStep, ResaleGas,
};
pub use sales::{Holder, Mint, MintKind, PracticeSale, SaleView, Sales, SalesTotals};
pub use storage::{
    AddKubo, BundleView, Finding, SignatureView, Storage, TargetKind, TargetRef, TargetState, TargetView,
    VerifyPath, VerifyReport,
};
pub use tokens::{TokenDetail, TokenRef, TokenTrait, TokensLayer, TokensTable};
pub use vouchers::{
    IssueVouchers, RelayerRequest, RelayerView, SpendLine, VoucherRef, VoucherState, VoucherView, Vouchers,
};
