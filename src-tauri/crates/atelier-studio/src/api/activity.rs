use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Kinds of long work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum JobKind {
    /// Tokens to pictures.
    Render,
    /// Pictures and metadata to a bundle.
    Bundle,
    /// Bundle to a storage target.
    Store,
    /// Read a copy back and hash it.
    Prove,
    /// The plan on a copy.
    Rehearse,
    /// The launch.
    Launch,
}

/// How a job stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum JobState {
    /// Waiting to run.
    Queued,
    /// Running.
    Running,
    /// Paused by a person or by a restart.
    Paused,
    /// Ended by a person.
    Cancelled,
    /// Ended by an error.
    Failed,
    /// Done.
    Done,
}

/// One row of Activity.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct JobView {
    /// Id.
    pub id: String,
    /// Kind.
    pub kind: JobKind,
    /// What, in words: "Render 100 tokens".
    pub title: String,
    /// The step it is at.
    pub step: String,
    /// How it stands.
    pub state: JobState,
    /// Done.
    pub done: u32,
    /// Of all; 0 where unknown.
    pub total: u32,
    /// Per minute, once steady for 5 s.
    pub per_minute: Option<u32>,
    /// Seconds left, once steady for 5 s.
    pub seconds_left: Option<u32>,
    /// Where a restart picked it up.
    pub picked_up_at: Option<u32>,
    /// What it ended with, in a sentence.
    pub outcome: Option<String>,
    /// Why it failed.
    pub error: Option<super::ErrorReport>,
    /// True where pause has an effect.
    pub can_pause: bool,
    /// When it began.
    pub started_at: String,
    /// When it last changed.
    pub updated_at: String,
}

/// The Activity panel.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Jobs {
    /// Jobs, newest first.
    pub jobs: Vec<JobView>,
}

/// Names a job.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct JobRef {
    /// Its id.
    pub id: String,
}

/// The audit log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditView {
    /// Entries, newest first (at most 500).
    pub entries: Vec<AuditEntry>,
    /// Entries in all.
    pub total: u32,
    /// True when the chain of hashes holds from the first entry to the last.
    pub intact: bool,
    /// The first entry that does not hold.
    pub broken_at: Option<u32>,
    /// Hash of the last entry.
    pub head: String,
}

/// One entry of the audit log.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AuditEntry {
    /// Sequence number, from 1.
    pub seq: u32,
    /// When.
    pub at: String,
    /// Who: `user`, `studio`, `relayer`.
    pub actor: String,
    /// What: `launch.start`.
    pub action: String,
    /// In words.
    pub sentence: String,
    /// Its hash.
    pub hash: String,
}

/// What a screen shows; an event names those to ask for again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Topic {
    /// The frame.
    Project,
    /// Artwork.
    Artwork,
    /// Tokens.
    Tokens,
    /// Metadata.
    Metadata,
    /// Storage.
    Storage,
    /// Rehearsal.
    Rehearsal,
    /// Launch.
    Launch,
    /// Vouchers and relayer.
    Vouchers,
    /// Sales.
    Sales,
    /// Jobs and audit.
    Activity,
    /// Keys.
    Keys,
    /// Networks.
    Networks,
}

/// What the studio says unasked.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum StudioEvent {
    /// A job moved.
    Job {
        /// As it is now.
        job: Box<JobView>,
    },
    /// Screens to ask for again.
    Changed {
        /// Which.
        topics: Vec<Topic>,
    },
}

impl Topic {
    /// Every topic.
    pub const ALL: [Self; 12] = [
        Self::Project,
        Self::Artwork,
        Self::Tokens,
        Self::Metadata,
        Self::Storage,
        Self::Rehearsal,
        Self::Launch,
        Self::Vouchers,
        Self::Sales,
        Self::Activity,
        Self::Keys,
        Self::Networks,
    ];
}
