use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::NetworkView;

/// A command that needs no input, or returns nothing worth showing.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
pub struct Empty {}

/// An error as a person and a script see it: a stable code, a sentence, and what to do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ErrorReport {
    /// Stable code, such as `STORE-CID-MISMATCH`.
    pub code: String,
    /// What happened, in one sentence.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// Facts to copy into a report; never a secret.
    pub details: Option<String>,
    /// The process exit code the command line uses for it (DESIGN.md, "The command line").
    pub exit: u8,
}

/// The shelf: projects opened before, newest first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Home {
    /// Projects opened before, newest first.
    pub recent: Vec<RecentProject>,
    /// Where the sample would be created by default.
    pub sample_dir: String,
    /// Where new projects are created by default.
    pub projects_dir: String,
}

/// A project on the shelf.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RecentProject {
    /// Its folder.
    pub dir: String,
    /// The drop's name.
    pub name: String,
    /// Tokens planned.
    pub supply: u32,
    /// Where it stands, in a few words ("8 of 8 batches are final").
    pub sentence: String,
    /// When it was last opened.
    pub opened_at: String,
    /// False where the folder is gone.
    pub present: bool,
    /// URL path of a cover picture under the picture protocol, where one was rendered.
    pub cover: Option<String>,
}

/// Start a project from nothing.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NewProject {
    /// The folder to create; must not exist or be empty.
    pub dir: String,
    /// The drop's name.
    pub name: String,
}

/// Copy the bundled sample into a folder.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SampleRequest {
    /// The folder to create; `None` takes the default with a free number.
    pub dir: Option<String>,
    /// Tokens to plan; `None` keeps the sample's own 100.
    pub supply: Option<u32>,
}

/// Make a project from a folder of layers. The source is copied, never moved.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportRequest {
    /// Folder of layer folders.
    pub source: String,
    /// The project folder to create; must not exist or be empty.
    pub dir: String,
    /// The drop's name.
    pub name: String,
}

/// Open a project folder.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct OpenProject {
    /// The folder that holds `drop.toml`.
    pub dir: String,
}

/// The steps of a drop's life, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StageName {
    /// Layers, traits, rules.
    Artwork,
    /// The planned and rendered tokens.
    Tokens,
    /// Names, descriptions, lint.
    Metadata,
    /// The signed bundle and its copies.
    Storage,
    /// The launch, run on a copy.
    Rehearsal,
    /// The launch.
    Launch,
    /// Mints, holders, sales, royalties.
    Sales,
}

/// How a step stands (design/NOTES.md section 6: one glyph each).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum StageState {
    /// Nothing here yet.
    Empty,
    /// Something wants a look.
    Attention,
    /// Ready for the next step.
    Ready,
    /// Done, final.
    Done,
    /// Something upstream changed.
    Stale,
    /// Work is running.
    Running,
    /// It failed.
    Failed,
}

/// One entry of the rail.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StageView {
    /// Which step.
    pub name: StageName,
    /// How it stands.
    pub state: StageState,
    /// Why, in a sentence (tooltip and accessible name).
    pub sentence: String,
    /// 0..=100 while running.
    pub percent: Option<u8>,
}

/// One item of the status bar, most important first.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct StatusItem {
    /// The words.
    pub text: String,
    /// True where it wants a look.
    pub warn: bool,
}

/// The open project as the frame shows it.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ProjectView {
    /// Its folder.
    pub dir: String,
    /// The drop's name.
    pub name: String,
    /// Token symbol.
    pub symbol: String,
    /// Tokens planned.
    pub supply: u32,
    /// The seed of the plan.
    pub seed: String,
    /// The rail.
    pub stages: Vec<StageView>,
    /// The status bar.
    pub status: Vec<StatusItem>,
    /// When `drop.toml` was last written.
    pub saved_at: String,
    /// Name of the change that undo would take back.
    pub undo: Option<String>,
    /// Name of the change that redo would bring back.
    pub redo: Option<String>,
    /// The chosen network.
    pub network: NetworkView,
    /// URL path of a cover picture, once something is rendered.
    pub cover: Option<String>,
    /// Jobs that are running or paused.
    pub active_jobs: u32,
    /// Set when work was found unfinished at opening: "Nothing was lost. 3 of 8 batches are final."
    pub recovered: Option<String>,
}

/// A file the studio wrote for a person.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReportFile {
    /// Absolute path of the HTML file.
    pub path: String,
}
