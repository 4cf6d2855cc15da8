//! The studio itself: configuration, the open project, and the command list as one dispatcher.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::RwLock;

use crate::api::{
    AddKubo, Artwork, AuditView, Empty, Home, ImportPreview, ImportPreviewRequest, ImportRequest,
    IssueVouchers, JobRef, JobView, Jobs, KeyRef, Keys, Launch, LaunchRequest, Metadata, MetadataEdit,
    NetworkChoice, Networks, NewProject, OpenProject, PlanSummary, PracticeSale, ProjectView, Rehearsal,
    RehearseRequest, RelayerRequest, ReportFile, RuleRef, RuleSpec, Sales, SampleRequest, SetSupply,
    SetTarget, Storage, TargetRef, TokenDetail, TokenRef, TokensTable, VerifyPath, VerifyReport, VoucherRef,
    Vouchers,
};
use crate::error::StudioError;
use crate::events::{Bell, Events};
use crate::project::Project;
use crate::shelf::Shelf;

/// Where the studio keeps and finds things that belong to no project.
#[derive(Clone, Debug)]
pub struct StudioConfig {
    /// The shelf of recent projects, and nothing secret.
    pub config_dir: PathBuf,
    /// Where new projects go by default.
    pub projects_dir: PathBuf,
    /// The installed application's resources, where there are any.
    pub resources: Option<PathBuf>,
    /// The checkout, where this runs from one.
    pub checkout: Option<PathBuf>,
    /// The program that decodes untrusted pictures when called with `__decode`.
    pub decoder: PathBuf,
}

impl StudioConfig {
    /// The configuration of this user and this program.
    ///
    /// # Errors
    /// When the user has no home folder or the program cannot name itself.
    pub fn for_this_user() -> Result<Self, StudioError> {
        let directories = directories::ProjectDirs::from("studio", "atelier", "atelier")
            .ok_or_else(|| StudioError::internal(&"this user has no home folder"))?;
        let documents = directories::UserDirs::new().and_then(|user| user.document_dir().map(Path::to_owned));
        let decoder = std::env::current_exe().map_err(|error| StudioError::internal(&error))?;
        Ok(Self {
            config_dir: directories.config_dir().to_owned(),
            projects_dir: documents.unwrap_or_else(|| directories.data_dir().to_owned()).join("Atelier"),
            resources: None,
            checkout: checkout(),
            decoder,
        })
    }

    /// The bundled sample: in the resources, else in the checkout.
    pub(crate) fn sample(&self) -> Result<PathBuf, StudioError> {
        let installed = self.resources.as_ref().map(|dir| dir.join("samples/tidepool"));
        let ours = self.checkout.as_ref().map(|dir| dir.join("assets/samples/tidepool"));
        let candidates: Vec<PathBuf> = installed.into_iter().chain(ours).collect();
        candidates
            .iter()
            .find(|dir| dir.join("drop.toml").is_file())
            .cloned()
            .ok_or_else(|| StudioError::NoSample { looked: candidates.last().cloned().unwrap_or_default() })
    }

    /// The folder of npm `@opensea/seaport-js`, whose published artifacts make the practice market.
    pub(crate) fn seaport(&self) -> Option<PathBuf> {
        let installed = self.resources.as_ref().map(|dir| dir.join("seaport-js"));
        let ours = self
            .checkout
            .as_ref()
            .map(|dir| dir.join("tests/peers/oracles/node_modules/@opensea/seaport-js"));
        installed.into_iter().chain(ours).find(|dir| atelier_chain::seaport::market_available(dir))
    }
}

/// The checkout this program was built from, while it still exists.
fn checkout() -> Option<PathBuf> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(3)?;
    top.join("contracts/foundry.toml").is_file().then(|| top.to_owned())
}

/// The application: at most one open project, and everything that may be asked.
pub struct Studio {
    pub(crate) config: StudioConfig,
    pub(crate) bell: Bell,
    pub(crate) shelf: Shelf,
    pub(crate) open: RwLock<Option<Arc<Project>>>,
}

impl Studio {
    /// Starts the studio with no project open.
    ///
    /// # Errors
    /// When the configuration folder cannot be used.
    pub fn new(config: StudioConfig) -> Result<Arc<Self>, StudioError> {
        let shelf = Shelf::open(&config.config_dir)?;
        Ok(Arc::new(Self { config, bell: Bell::new(), shelf, open: RwLock::new(None) }))
    }

    /// What the studio says unasked, from now on.
    #[must_use]
    pub fn events(&self) -> Events {
        self.bell.listen()
    }

    /// The open project.
    pub(crate) async fn current(&self) -> Result<Arc<Project>, StudioError> {
        self.open.read().await.clone().ok_or(StudioError::NoProject)
    }

    /// Pauses work at safe points, stops what listens, and closes the project.
    pub async fn shut_down(&self) {
        let project = self.open.write().await.take();
        if let Some(project) = project {
            project.close().await;
        }
    }
}

macro_rules! dispatcher {
    ($($name:ident($input:ident) -> $output:ident, $doc:literal;)*) => {
        impl Studio {
            /// Calls a command by name with JSON in and out; `None` where no command has that name.
            pub async fn call(self: &Arc<Self>, name: &str, input: serde_json::Value) -> Option<Result<serde_json::Value, StudioError>> {
                match name {
                    $(stringify!($name) => {
                        let input: $input = match serde_json::from_value(input) {
                            Ok(input) => input,
                            Err(error) => {
                                return Some(Err(StudioError::BadInput { what: concat!("the input of ", stringify!($name)), value: error.to_string() }));
                            }
                        };
                        let output: Result<$output, StudioError> = Box::pin(self.$name(input)).await;
                        Some(output.and_then(|output| serde_json::to_value(output).map_err(|error| StudioError::internal(&error))))
                    })*
                    _ => None,
                }
            }
        }
    };
}
crate::with_commands!(dispatcher);
