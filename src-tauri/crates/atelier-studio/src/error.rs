//! Every way a use case can end badly: each room's own errors, and the studio's.
use std::path::PathBuf;

use atelier_art::ArtError;
use atelier_bundle::BundleError;
use atelier_chain::ChainError;
use atelier_collection::CollectionError;
use atelier_db::DbError;
use atelier_indexer::IndexError;
use atelier_launch::LaunchError;
use atelier_metadata::MetadataError;
use atelier_relayer::RelayError;
use atelier_simulate::SimulateError;
use atelier_storage::StorageError;
use atelier_vault::VaultError;
use thiserror::Error;

use crate::api::ErrorReport;

/// Exit codes of the command line (DESIGN.md, "The command line").
mod exit {
    pub(super) const FOUND: u8 = 1;
    pub(super) const USAGE: u8 = 2;
    pub(super) const REFUSED: u8 = 3;
    pub(super) const OUTSIDE: u8 = 4;
    pub(super) const RESUMABLE: u8 = 5;
    pub(super) const OURS: u8 = 70;
}

/// Everything that can go wrong in a use case. Rooms' errors pass through with their own codes.
#[derive(Debug, Error)]
pub enum StudioError {
    /// Planning and `drop.toml`.
    #[error(transparent)]
    Collection(#[from] CollectionError),
    /// Pictures.
    #[error(transparent)]
    Art(#[from] ArtError),
    /// Metadata.
    #[error(transparent)]
    Metadata(#[from] MetadataError),
    /// The bundle.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// Storage targets.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Databases.
    #[error(transparent)]
    Db(#[from] DbError),
    /// Keys.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// Chain endpoints and the practice chain.
    #[error(transparent)]
    Chain(#[from] ChainError),
    /// Rehearsal.
    #[error(transparent)]
    Simulate(#[from] SimulateError),
    /// The launch plan.
    #[error(transparent)]
    Launch(#[from] LaunchError),
    /// The relayer.
    #[error(transparent)]
    Relay(#[from] RelayError),
    /// The index.
    #[error(transparent)]
    Index(#[from] IndexError),

    /// No project is open.
    #[error("No project is open.")]
    NoProject,
    /// A folder without `drop.toml`.
    #[error("{} holds no drop.toml, so it is not a project.", dir.display())]
    NotAProject {
        /// The folder.
        dir: PathBuf,
    },
    /// A new project would overwrite something.
    #[error("{} exists and is not empty. Nothing was changed.", dir.display())]
    DirNotEmpty {
        /// The folder.
        dir: PathBuf,
    },
    /// The bundled sample was not found.
    #[error("The bundled sample was not found in {}.", looked.display())]
    NoSample {
        /// Where it was looked for.
        looked: PathBuf,
    },
    /// The operating system's own refusal.
    #[error("{} could not be {what}: {source}.", path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What was tried: "read", "written".
        what: &'static str,
        /// The system's words.
        #[source]
        source: std::io::Error,
    },
    /// A name that cannot be one.
    #[error("{value:?} cannot be {what}.")]
    BadInput {
        /// What it should be: "an amount of wei".
        what: &'static str,
        /// What was given.
        value: String,
    },
    /// Layers are brought into an empty drop only.
    #[error("This drop has {count} layers already. Nothing was changed.")]
    HasLayers {
        /// How many.
        count: usize,
    },
    /// Nothing was planned.
    #[error("There is no plan yet.")]
    NoPlan,
    /// The plan is older than `drop.toml`.
    #[error("drop.toml changed after the plan was made.")]
    PlanStale,
    /// Pictures are missing.
    #[error("{rendered} of {supply} tokens are rendered.")]
    NotRendered {
        /// Rendered and matching the plan.
        rendered: u32,
        /// Wanted.
        supply: u32,
    },
    /// Metadata has errors.
    #[error("The metadata has errors. The first: {first}")]
    LintErrors {
        /// The first.
        first: String,
    },
    /// No bundle.
    #[error("There is no bundle yet.")]
    NoBundle,
    /// The bundle is older than what it is made from.
    #[error("Pictures or metadata changed after the bundle was built.")]
    BundleStale,
    /// The bundle is not signed for this network and drop.
    #[error("The bundle is not signed for this network.")]
    NotSigned,
    /// The storage policy is not met.
    #[error("{proven} of {wanted} copies are proven.")]
    NotStored {
        /// Proven.
        proven: u32,
        /// Wanted.
        wanted: u32,
    },
    /// A copy that is not what was stored.
    #[error("{path} did not come back as it was stored: {reason}")]
    CopyDiffers {
        /// Which file.
        path: String,
        /// Why.
        reason: String,
    },
    /// No rehearsal.
    #[error("The launch has not been rehearsed.")]
    NoRehearsal,
    /// The rehearsal is for another plan.
    #[error("What was rehearsed is not what would be launched now.")]
    RehearsalStale,
    /// The rehearsal said no.
    #[error("The rehearsal ended with no-go: {verdict}")]
    NoGo {
        /// Its sentence.
        verdict: String,
    },
    /// The typed confirmation is missing or another word.
    #[error("This launch spends real money and cannot be undone; the drop's name was not typed.")]
    NotConfirmed,
    /// Another launch of this project is on another chain.
    #[error("This drop was already launched on chain {chain_id}.")]
    LaunchedElsewhere {
        /// That chain.
        chain_id: u64,
    },
    /// The drop is not on chain yet.
    #[error("The drop is not deployed on the chosen network yet.")]
    NotDeployed,
    /// A launch step reverted.
    #[error("{step} did not go through: {why}")]
    StepFailed {
        /// The step in words.
        step: String,
        /// The decoded reason.
        why: String,
    },
    /// A target that is not in `drop.toml`.
    #[error("There is no storage target called {id}.")]
    NoSuchTarget {
        /// Its id.
        id: String,
    },
    /// A token that is not planned.
    #[error("There is no token #{id}.")]
    NoSuchToken {
        /// Its id.
        id: u32,
    },
    /// A picture that is not there.
    #[error("There is no picture at {path}.")]
    NoSuchPicture {
        /// The path asked for.
        path: String,
    },
    /// A voucher that was not issued here.
    #[error("There is no voucher with nonce {nonce}.")]
    NoSuchVoucher {
        /// Its nonce.
        nonce: String,
    },
    /// More vouchers than tokens are left.
    #[error("{wanted} tokens were asked for and {left} are left for vouchers.")]
    TooManyVouchers {
        /// Asked.
        wanted: u32,
        /// Left.
        left: u32,
    },
    /// The relayer said no.
    #[error("{message}")]
    RelayRefused {
        /// Its code.
        code: String,
        /// Its sentence.
        message: String,
    },
    /// The relayer is not running.
    #[error("The relayer is not running.")]
    RelayerOff,
    /// A job that is not in the list.
    #[error("There is no job {id}.")]
    NoSuchJob {
        /// Its id.
        id: String,
    },
    /// The same kind of work is running.
    #[error("{title} is still running.")]
    JobBusy {
        /// What runs.
        title: String,
    },
    /// A job this one waited for did not end well.
    #[error("{title} did not end well{}", report.as_ref().map_or_else(|| ".".to_owned(), |report| format!(": {}", report.message)))]
    JobEnded {
        /// Which.
        title: String,
        /// Why, where it failed.
        report: Option<Box<ErrorReport>>,
    },
    /// A job stopped at a safe point because it was asked to.
    #[error("It stopped where it was asked to.")]
    Stopped,
    /// The practice market cannot be set up.
    #[error("The practice market needs Seaport's published artifacts, which were not found.")]
    NoMarket,
    /// Only a practice chain can do that.
    #[error("Only the practice chain can do that.")]
    PracticeOnly,
    /// What is on chain is not what was signed.
    #[error("On chain, {what} is not the signed bundle's.")]
    ChainMismatch {
        /// What differs.
        what: String,
    },
    /// Our fault.
    #[error("Something went wrong inside Atelier: {message}.")]
    Internal {
        /// What.
        message: String,
    },
}

impl StudioError {
    /// A lock whose holder panicked.
    pub(crate) fn poisoned(what: &str) -> Self {
        Self::Internal { message: format!("the lock on {what} was left broken") }
    }

    /// Something that should not happen.
    pub(crate) fn internal(error: &dyn std::fmt::Display) -> Self {
        Self::Internal { message: error.to_string() }
    }

    /// A file error with its path.
    pub(crate) fn file(path: &std::path::Path, what: &'static str) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.to_owned();
        move |source| Self::File { path, what, source }
    }

    /// True when work stopped because it was asked to.
    pub(crate) fn is_stopped(&self) -> bool {
        match self {
            Self::Stopped
            | Self::Collection(CollectionError::Cancelled)
            | Self::Bundle(BundleError::Cancelled) => true,
            Self::Relay(RelayError::Stopped)
            | Self::Storage(StorageError::Cancelled | StorageError::Bundle(BundleError::Cancelled)) => true,
            Self::Art(error) => error.code() == "ART-CANCELLED",
            _ => false,
        }
    }

    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Collection(error) => error.code(),
            Self::Art(error) => error.code(),
            Self::Metadata(error) => error.code(),
            Self::Bundle(error) => error.code(),
            Self::Storage(error) => error.code(),
            Self::Db(error) => error.code(),
            Self::Vault(error) => error.code(),
            Self::Chain(error) => error.code(),
            Self::Simulate(error) => error.code(),
            Self::Launch(error) => error.code(),
            Self::Relay(error) => error.code(),
            Self::Index(error) => error.code(),
            Self::NoProject => "PROJECT-NONE",
            Self::NotAProject { .. } => "PROJECT-NOT-ONE",
            Self::DirNotEmpty { .. } => "PROJECT-DIR-NOT-EMPTY",
            Self::NoSample { .. } => "PROJECT-NO-SAMPLE",
            Self::File { source, .. } => file_code(source),
            Self::BadInput { .. } => "INPUT-BAD",
            Self::HasLayers { .. } => "PROJECT-HAS-LAYERS",
            Self::NoPlan => "PLAN-NONE",
            Self::PlanStale => "PLAN-STALE",
            Self::NotRendered { .. } => "ART-NOT-RENDERED",
            Self::LintErrors { .. } => "META-LINT-ERRORS",
            Self::NoBundle => "BUNDLE-NONE",
            Self::BundleStale => "BUNDLE-STALE",
            Self::NotSigned => "BUNDLE-NOT-SIGNED",
            Self::NotStored { .. } => "STORE-POLICY-UNMET",
            Self::CopyDiffers { .. } => "STORE-COPY-DIFFERS",
            Self::NoRehearsal => "REHEARSAL-NONE",
            Self::RehearsalStale => "REHEARSAL-STALE",
            Self::NoGo { .. } => "REHEARSAL-NO-GO",
            Self::NotConfirmed => "LAUNCH-NOT-CONFIRMED",
            Self::LaunchedElsewhere { .. } => "LAUNCH-ELSEWHERE",
            Self::NotDeployed => "LAUNCH-NOT-DEPLOYED",
            Self::StepFailed { .. } => "LAUNCH-STEP-FAILED",
            Self::NoSuchTarget { .. } => "STORE-NO-TARGET",
            Self::NoSuchToken { .. } => "TOKEN-NONE",
            Self::NoSuchPicture { .. } => "PICTURE-NONE",
            Self::NoSuchVoucher { .. } => "VOUCHER-NONE",
            Self::TooManyVouchers { .. } => "VOUCHER-TOO-MANY",
            Self::RelayRefused { code, .. } => code,
            Self::RelayerOff => "RELAY-OFF",
            Self::NoSuchJob { .. } => "JOB-NONE",
            Self::JobBusy { .. } => "JOB-BUSY",
            Self::JobEnded { report, .. } => {
                report.as_ref().map_or("JOB-STOPPED", |report| report.code.as_str())
            }
            Self::Stopped => "JOB-STOPPED",
            Self::NoMarket => "MARKET-NONE",
            Self::PracticeOnly => "PRACTICE-ONLY",
            Self::ChainMismatch { .. } => "CHAIN-MISMATCH",
            Self::Internal { .. } => "STUDIO-INTERNAL",
        }
    }

    /// What to do about it.
    fn hint(&self) -> Option<String> {
        let hint = match self {
            Self::NoProject | Self::NotAProject { .. } => {
                "Open a project folder, or make one with `atelier init`."
            }
            Self::DirNotEmpty { .. } => "Choose an empty folder or a new name.",
            Self::NoPlan | Self::PlanStale => "Plan the tokens; it takes a moment.",
            Self::NotRendered { .. } => "Render the rest.",
            Self::NoBundle | Self::BundleStale => "Build the bundle.",
            Self::NotSigned => "Sign the bundle with the Deployer key.",
            Self::NotStored { .. } => "Store the bundle and let it be read back.",
            Self::NoRehearsal | Self::RehearsalStale => "Rehearse the launch.",
            Self::NotConfirmed => "Type the drop's name to go on.",
            Self::NotDeployed => "Launch first.",
            Self::RelayerOff => "Start the relayer.",
            Self::NoMarket => "Run `cargo xtask setup`, which installs them.",
            Self::File { source, .. } => return file_hint(source).map(str::to_owned),
            Self::JobEnded { report, .. } => return report.as_ref().and_then(|report| report.hint.clone()),
            Self::Collection(error) => return error.hint().map(str::to_owned),
            _ => return None,
        };
        Some(hint.to_owned())
    }

    fn exit(&self) -> u8 {
        match self {
            Self::Collection(_)
            | Self::Art(_)
            | Self::Metadata(_)
            | Self::NoProject
            | Self::NotAProject { .. }
            | Self::DirNotEmpty { .. }
            | Self::NoSample { .. }
            | Self::BadInput { .. }
            | Self::HasLayers { .. }
            | Self::NoPlan
            | Self::PlanStale
            | Self::NotRendered { .. }
            | Self::NoBundle
            | Self::NoSuchTarget { .. }
            | Self::NoSuchToken { .. }
            | Self::NoSuchPicture { .. }
            | Self::NoSuchVoucher { .. }
            | Self::NoSuchJob { .. }
            | Self::TooManyVouchers { .. } => exit::USAGE,
            Self::LintErrors { .. }
            | Self::Bundle(_)
            | Self::ChainMismatch { .. }
            | Self::CopyDiffers { .. }
            | Self::StepFailed { .. } => exit::FOUND,
            Self::BundleStale
            | Self::NotSigned
            | Self::NotStored { .. }
            | Self::NoRehearsal
            | Self::RehearsalStale
            | Self::NoGo { .. }
            | Self::NotConfirmed
            | Self::LaunchedElsewhere { .. }
            | Self::NotDeployed
            | Self::RelayRefused { .. }
            | Self::RelayerOff
            | Self::PracticeOnly
            | Self::Launch(_)
            | Self::JobBusy { .. } => exit::REFUSED,
            Self::Storage(_)
            | Self::Db(_)
            | Self::Vault(_)
            | Self::Chain(_)
            | Self::Simulate(_)
            | Self::Relay(_)
            | Self::Index(_)
            | Self::File { .. }
            | Self::NoMarket => exit::OUTSIDE,
            Self::Stopped => exit::RESUMABLE,
            Self::JobEnded { report, .. } => report.as_ref().map_or(exit::RESUMABLE, |report| report.exit),
            Self::Internal { .. } => exit::OURS,
        }
    }

    /// The error as it crosses to a skin.
    #[must_use]
    pub fn report(&self) -> ErrorReport {
        ErrorReport {
            code: self.code().to_owned(),
            message: self.to_string(),
            hint: self.hint(),
            details: std::error::Error::source(self).map(ToString::to_string),
            exit: self.exit(),
        }
    }
}

fn file_code(error: &std::io::Error) -> &'static str {
    match error.kind() {
        std::io::ErrorKind::NotFound => "FILE-MISSING",
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => "FILE-READ-ONLY",
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => "FILE-DISK-FULL",
        _ => "FILE-FAILED",
    }
}

fn file_hint(error: &std::io::Error) -> Option<&'static str> {
    match error.kind() {
        std::io::ErrorKind::PermissionDenied | std::io::ErrorKind::ReadOnlyFilesystem => {
            Some("Nothing was changed. Choose a folder you may write to.")
        }
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            Some("Nothing was lost. Free some space and go on.")
        }
        _ => None,
    }
}
