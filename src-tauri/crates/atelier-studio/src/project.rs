//! An open project: its folder, its databases, its keys, its running work.
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use atelier_collection::{Drop as DropSpec, DropFile, Edit, Plan};
use atelier_db::{ProjectLock, state::ArtifactKind};

use crate::adapters::outbox::OutboxLedger;
use crate::api::Topic;
use crate::clock::now;
use crate::error::StudioError;
use crate::events::Bell;
use crate::files;
use crate::jobs::Jobs;
use crate::keys::Keyring;
use crate::network::Network;
use crate::records::Records;
use crate::relay::Relay;
use crate::studio::StudioConfig;

/// The folder of databases inside a project.
const INNER: &str = atelier_db::FOLDER;

/// An open project.
pub(crate) struct Project {
    pub(crate) dir: PathBuf,
    pub(crate) bell: Bell,
    pub(crate) records: Arc<Records>,
    pub(crate) jobs: Arc<Jobs>,
    pub(crate) ledger: Arc<OutboxLedger>,
    pub(crate) index: Arc<crate::adapters::index::IndexStore>,
    pub(crate) keys: Keyring,
    pub(crate) gallery: crate::pictures::Gallery,
    pub(crate) network: Network,
    pub(crate) relay: Relay,
    pub(crate) gateway: tokio::sync::Mutex<Option<atelier_storage::gateway::Gateway>>,
    pub(crate) recovered: Option<String>,
    file: Mutex<DropFile>,
    _lock: ProjectLock,
}

impl Project {
    /// Opens a folder that holds `drop.toml`.
    pub(crate) fn open(dir: &Path, config: &StudioConfig, bell: &Bell) -> Result<Arc<Self>, StudioError> {
        let toml = dir.join("drop.toml");
        if !toml.is_file() {
            return Err(StudioError::NotAProject { dir: dir.to_owned() });
        }
        let dir = std::fs::canonicalize(dir).map_err(StudioError::file(dir, "opened"))?;
        let inner = dir.join(INNER);
        std::fs::create_dir_all(&inner).map_err(StudioError::file(&inner, "made"))?;
        let lock = ProjectLock::acquire(&dir)?;
        let file = DropFile::parse(files::read_text(&toml)?)?;
        let records = Arc::new(Records::open(&dir)?);
        let jobs = Arc::new(Jobs::open(Arc::clone(&records), bell.clone())?);
        let ledger = Arc::new(OutboxLedger::open(&dir)?);
        let index = Arc::new(crate::adapters::index::IndexStore::new(&dir));
        let keys = Keyring::open(&inner, bell)?;
        let network = Network::open(config, &inner, &records, bell)?;
        let recovered = Self::recovered(&jobs)?;
        Ok(Arc::new(Self {
            dir,
            bell: bell.clone(),
            records,
            jobs,
            ledger,
            index,
            keys,
            gallery: crate::pictures::Gallery::new(config),
            network,
            relay: Relay::default(),
            gateway: tokio::sync::Mutex::new(None),
            recovered,
            file: Mutex::new(file),
            _lock: lock,
        }))
    }

    /// What a restart picked up, in a sentence.
    fn recovered(jobs: &Jobs) -> Result<Option<String>, StudioError> {
        let picked = jobs
            .list()?
            .into_iter()
            .find(|job| job.picked_up_at.is_some() && job.state == crate::api::JobState::Paused);
        Ok(picked.map(|job| {
            format!("Nothing was lost. {}: picked up at {} of {}.", job.title, job.done, job.total)
        }))
    }

    /// Pauses work at safe points and stops what listens.
    pub(crate) async fn close(&self) {
        self.jobs.pause_all().await;
        self.relay.stop().await;
        if let Some(gateway) = self.gateway.lock().await.take() {
            gateway.stop().await;
        }
        self.network.stop().await;
        self.keys.lock_all();
    }

    fn file(&self) -> MutexGuard<'_, DropFile> {
        // The file is replaced as a whole, so a panic elsewhere cannot leave half of one here.
        self.file.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What `drop.toml` says now, read again where it was edited outside.
    pub(crate) fn spec(&self) -> Result<DropSpec, StudioError> {
        Ok(self.refreshed()?.drop().clone())
    }

    /// `drop.toml` as it is on disk.
    pub(crate) fn refreshed(&self) -> Result<DropFile, StudioError> {
        let text = files::read_text(&self.toml())?;
        let mut file = self.file();
        if file.text() != text {
            *file = DropFile::parse(text)?;
        }
        Ok(file.clone())
    }

    /// Changes `drop.toml`: the name of the change is what undo will say.
    pub(crate) fn edit(&self, name: &str, edits: &[Edit]) -> Result<DropSpec, StudioError> {
        let before = self.refreshed()?;
        let after = before.edit(edits)?;
        if after.text() == before.text() {
            return Ok(after.drop().clone());
        }
        self.rewrite(name, &after)?;
        Ok(after.drop().clone())
    }

    /// Puts another `drop.toml` in the place of the present one, as one named change.
    pub(crate) fn rewrite(&self, name: &str, after: &DropFile) -> Result<(), StudioError> {
        let before = self.refreshed()?;
        // The history first: a change that cannot be taken back is not made.
        self.records.add_edit(name, before.text(), after.text())?;
        self.replace(after)?;
        self.records.audit("user", "drop.edit", name)
    }

    /// Takes back the newest change; `None` where there is none.
    pub(crate) fn undo(&self) -> Result<Option<String>, StudioError> {
        let Some(edit) = self.records.next_undo()? else { return Ok(None) };
        self.replace(&DropFile::parse(edit.before.as_str())?)?;
        self.records.mark_undone(edit.seq)?;
        self.records.audit("user", "drop.undo", &edit.name)?;
        Ok(Some(edit.name))
    }

    /// Brings back the change that was undone; `None` where there is none.
    pub(crate) fn redo(&self) -> Result<Option<String>, StudioError> {
        let Some(edit) = self.records.next_redo()? else { return Ok(None) };
        self.replace(&DropFile::parse(edit.after.as_str())?)?;
        self.records.mark_redone(edit.seq)?;
        self.records.audit("user", "drop.redo", &edit.name)?;
        Ok(Some(edit.name))
    }

    fn replace(&self, file: &DropFile) -> Result<(), StudioError> {
        files::write(&self.toml(), file.text().as_bytes())?;
        *self.file() = file.clone();
        self.bell.changed(&[
            Topic::Project,
            Topic::Artwork,
            Topic::Tokens,
            Topic::Metadata,
            Topic::Storage,
            Topic::Rehearsal,
            Topic::Launch,
        ]);
        Ok(())
    }

    /// The newest plan, whether or not it still fits `drop.toml`.
    pub(crate) fn plan(&self) -> Result<Option<StoredPlan>, StudioError> {
        let Some(made) = self.records.latest::<Plan>(ArtifactKind::Plan)? else { return Ok(None) };
        made.value.validate()?;
        Ok(Some(StoredPlan { plan: made.value, made_at: made.made_at }))
    }

    /// The newest plan, if it fits `drop.toml` as it is now.
    pub(crate) fn fresh_plan(&self) -> Result<(DropSpec, Plan), StudioError> {
        let spec = self.spec()?;
        let stored = self.plan()?.ok_or(StudioError::NoPlan)?;
        if !stored.fits(&spec) {
            return Err(StudioError::PlanStale);
        }
        Ok((spec, stored.plan))
    }

    pub(crate) fn toml(&self) -> PathBuf {
        self.dir.join("drop.toml")
    }

    pub(crate) fn layers(&self) -> PathBuf {
        self.dir.join("layers")
    }

    pub(crate) fn build(&self) -> PathBuf {
        self.dir.join("build")
    }

    pub(crate) fn inner(&self) -> PathBuf {
        self.dir.join(INNER)
    }

    /// When `drop.toml` was last written.
    pub(crate) fn saved_at(&self) -> String {
        let modified = std::fs::metadata(self.toml()).and_then(|meta| meta.modified()).ok();
        modified
            .and_then(|at| jiff::Timestamp::try_from(at).ok())
            .and_then(|at| at.round(jiff::Unit::Second).ok())
            .map_or_else(now, |at| at.to_string())
    }
}

/// A plan and when it was made.
pub(crate) struct StoredPlan {
    pub(crate) plan: Plan,
    pub(crate) made_at: String,
}

impl StoredPlan {
    /// True when the plan is one that `drop.toml` as it is now would accept.
    pub(crate) fn fits(&self, spec: &DropSpec) -> bool {
        self.plan.supply == spec.supply
            && self.plan.seed == atelier_collection::random::Seed::from_text(&spec.seed).bytes()
            && atelier_collection::check_plan(spec, &self.plan).is_ok()
    }
}
