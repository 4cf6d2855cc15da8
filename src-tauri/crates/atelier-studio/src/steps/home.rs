//! The shelf, and how projects begin.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use atelier_collection::{DropFile, Edit, Import, ImportOptions, ListedFile, Percent, import};

use crate::Studio;
use crate::api::{
    Artwork, Empty, Home, ImportPreview, ImportPreviewRequest, ImportRequest, ImportedLayer, NewProject,
    OpenProject, ProjectView, RecentProject, SampleRequest, Topic,
};
use crate::clock::now;
use crate::error::StudioError;
use crate::files;
use crate::project::Project;
use crate::shelf::Entry;

/// Tokens a new or imported project starts with.
const FIRST_SUPPLY: u32 = 100;

impl Studio {
    /// The shelf of projects.
    pub async fn home(&self, _: Empty) -> Result<Home, StudioError> {
        let recent = self.shelf.entries().into_iter().map(|entry| RecentProject {
            present: entry.dir.join("drop.toml").is_file(),
            cover: entry
                .dir
                .join("build/images/1.png")
                .is_file()
                .then(|| format!("cover?dir={}", crate::pictures::encode(&entry.dir))),
            dir: entry.dir.to_string_lossy().into_owned(),
            name: entry.name,
            supply: entry.supply,
            sentence: entry.sentence,
            opened_at: entry.opened_at,
        });
        Ok(Home {
            recent: recent.collect(),
            sample_dir: self.free_dir("Tidepool Keepers").to_string_lossy().into_owned(),
            projects_dir: self.config.projects_dir.to_string_lossy().into_owned(),
        })
    }

    /// Start a project from nothing.
    pub async fn project_create(self: &Arc<Self>, input: NewProject) -> Result<ProjectView, StudioError> {
        let name = toml_text(&input.name);
        let text = format!(
            "schema = 1\nname = {name}\nsymbol = \"DROP\"\ndescription = \"\"\nsupply = {FIRST_SUPPLY}\nseed = {name}\n\n\
             [art]\nwidth = 1024\nheight = 1024\npreset = \"balanced\"\n\n\
             [metadata]\nname = \"#{{id}}\"\ndescription = \"\"\n\n[royalty]\npercent = \"5\"\nreceiver = \"deployer\"\n\n\
             [launch]\nbatch_size = 10\nbatched = {FIRST_SUPPLY}\nvouchers = 0\nrecipient = \"deployer\"\nfreeze = true\n\n\
             [storage]\ncopies = 1\ntargets = [\"embedded\"]\n"
        );
        let file = DropFile::parse(text)?;
        let dir = self.start_dir(&input.dir)?;
        files::write(&dir.join("drop.toml"), file.text().as_bytes())?;
        let layers = dir.join("layers");
        std::fs::create_dir_all(&layers).map_err(StudioError::file(&layers, "made"))?;
        self.opened(&dir, "project.create").await
    }

    /// Copy the bundled sample and open it.
    pub async fn project_sample(self: &Arc<Self>, input: SampleRequest) -> Result<ProjectView, StudioError> {
        let sample = self.config.sample()?;
        let wanted = input.dir.map_or_else(|| self.free_dir("Tidepool Keepers"), PathBuf::from);
        let dir = self.start_dir(&wanted.to_string_lossy())?;
        files::copy_tree(&sample, &dir)?;
        if let Some(supply) = input.supply {
            let file = DropFile::parse(files::read_text(&dir.join("drop.toml"))?)?;
            if supply != file.drop().supply {
                files::write(&dir.join("drop.toml"), file.edit(&resupply(&file, supply))?.text().as_bytes())?;
            }
        }
        self.opened(&dir, "project.sample").await
    }

    /// Make a project from a folder of layers. The source is copied, never moved.
    pub async fn project_import(self: &Arc<Self>, input: ImportRequest) -> Result<ProjectView, StudioError> {
        let source = PathBuf::from(&input.source);
        let plan = self.plan_import(&source, &input.name)?;
        let dir = self.start_dir(&input.dir)?;
        copy_pictures(&plan, &source, &dir)?;
        files::write(&dir.join("drop.toml"), plan.file.text().as_bytes())?;
        self.opened(&dir, "project.import").await
    }

    /// Bring a folder of layers into a drop that has none yet. Its name, words, royalty and seed stay.
    pub async fn layers_add(&self, input: ImportPreviewRequest) -> Result<Artwork, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        if !spec.layers.is_empty() {
            return Err(StudioError::HasLayers { count: spec.layers.len() });
        }
        let source = PathBuf::from(&input.source);
        let plan = self.plan_import(&source, &spec.name)?;
        let percent = Percent::from_parts(u32::from(spec.royalty.basis_points) * 100);
        let mut edits = vec![
            Edit::Symbol { symbol: spec.symbol },
            Edit::Description { description: spec.description },
            Edit::Seed { seed: spec.seed },
            Edit::TokenName { template: spec.metadata.name },
            Edit::TokenDescription { template: spec.metadata.description },
            Edit::Launch { launch: spec.launch },
        ];
        edits.extend(percent.map(|percent| Edit::Royalty { percent, receiver: spec.royalty.receiver }));
        let supply = plan.file.drop().supply;
        if supply != spec.supply {
            edits.extend(resupply(&plan.file, supply));
        }
        let file = plan.file.edit(&edits)?;
        copy_pictures(&plan, &source, &project.dir)?;
        project.rewrite("adding layers", &file)?;
        self.artwork(Empty {}).await
    }

    /// What an import would do; nothing is copied.
    pub async fn import_preview(&self, input: ImportPreviewRequest) -> Result<ImportPreview, StudioError> {
        let plan = self.plan_import(Path::new(&input.source), "Untitled drop")?;
        let drop = plan.file.drop();
        let hash_lips = plan.files.iter().any(|file| file.from.contains('#'));
        Ok(ImportPreview {
            convention: if hash_lips { "HashLips" } else { "Layer folders" }.to_owned(),
            traits: u32::try_from(plan.files.len()).unwrap_or(u32::MAX),
            layers: drop
                .layers
                .iter()
                .map(|layer| ImportedLayer {
                    name: layer.name.clone(),
                    folder: layer.folder.clone(),
                    traits: layer.traits.iter().map(|one| one.name.clone()).collect(),
                })
                .collect(),
            warnings: plan.warnings.into_iter().map(|warning| warning.message).collect(),
        })
    }

    /// Open a project folder.
    pub async fn project_open(self: &Arc<Self>, input: OpenProject) -> Result<ProjectView, StudioError> {
        self.opened(Path::new(&input.dir), "project.open").await
    }

    /// Close the open project.
    pub async fn project_close(&self, _: Empty) -> Result<Empty, StudioError> {
        self.shut_down().await;
        self.bell.changed(&Topic::ALL);
        Ok(Empty {})
    }

    /// Take back the last change to `drop.toml`.
    pub async fn undo(self: &Arc<Self>, _: Empty) -> Result<ProjectView, StudioError> {
        self.current().await?.undo()?;
        self.project(Empty {}).await
    }

    /// Bring back the change that was undone.
    pub async fn redo(self: &Arc<Self>, _: Empty) -> Result<ProjectView, StudioError> {
        self.current().await?.redo()?;
        self.project(Empty {}).await
    }

    async fn opened(self: &Arc<Self>, dir: &Path, how: &str) -> Result<ProjectView, StudioError> {
        {
            let mut open = self.open.write().await;
            if let Some(before) = open.take() {
                before.close().await;
            }
            let project = Project::open(dir, &self.config, &self.bell)?;
            project.records.audit("user", how, &project.dir.display().to_string())?;
            *open = Some(project);
        }
        self.bell.changed(&Topic::ALL);
        let view = self.project(Empty {}).await?;
        self.remember(&view)?;
        Ok(view)
    }

    /// Puts the open project first on the shelf, with where it stands.
    pub(crate) fn remember(&self, view: &ProjectView) -> Result<(), StudioError> {
        let standing = view.stages.iter().rev().find(|stage| stage.state != crate::api::StageState::Empty);
        self.shelf.remember(Entry {
            dir: PathBuf::from(&view.dir),
            name: view.name.clone(),
            supply: view.supply,
            sentence: standing.map_or_else(String::new, |stage| stage.sentence.clone()),
            opened_at: now(),
        })
    }

    fn plan_import(&self, source: &Path, name: &str) -> Result<Import, StudioError> {
        let decoder = crate::pictures::decoder(&self.config);
        let listing = files::listing(source)?.into_iter().map(|path| {
            let size = crate::pictures::dimensions(&decoder, &source.join(&path));
            ListedFile { path, size }
        });
        let options = ImportOptions { name: name.to_owned(), supply: FIRST_SUPPLY, seed: name.to_owned() };
        Ok(import(&listing.collect::<Vec<_>>(), &options)?)
    }

    /// Makes the folder of a new project, which must not exist or be empty.
    fn start_dir(&self, dir: &str) -> Result<PathBuf, StudioError> {
        let dir = PathBuf::from(dir);
        if !files::is_free(&dir) {
            return Err(StudioError::DirNotEmpty { dir });
        }
        std::fs::create_dir_all(&dir).map_err(StudioError::file(&dir, "made"))?;
        Ok(dir)
    }

    /// A free folder for a project of this name: "Name", "Name 2", "Name 3", …
    fn free_dir(&self, name: &str) -> PathBuf {
        let first = self.config.projects_dir.join(name);
        std::iter::once(first)
            .chain((2_u32..).map(|n| self.config.projects_dir.join(format!("{name} {n}"))))
            .find(|dir| files::is_free(dir))
            .unwrap_or_default()
    }
}

/// Copies an import's pictures to where its `drop.toml` looks for them.
fn copy_pictures(plan: &Import, source: &Path, project: &Path) -> Result<(), StudioError> {
    for file in &plan.files {
        let to = project.join(&file.to);
        let parent = to.parent().unwrap_or(project);
        std::fs::create_dir_all(parent).map_err(StudioError::file(parent, "made"))?;
        std::fs::copy(source.join(&file.from), &to).map_err(StudioError::file(&to, "written"))?;
    }
    Ok(())
}

/// A new supply with launch numbers that still fit: the same share in batches, the rest as vouchers.
pub(crate) fn resupply(file: &DropFile, supply: u32) -> Vec<Edit> {
    let mut launch = file.drop().launch.clone();
    let before = u64::from((launch.batched + launch.vouchers).max(1));
    let batched = u64::from(launch.batched) * u64::from(supply) / before;
    launch.batched = u32::try_from(batched).unwrap_or(supply).min(supply);
    launch.vouchers = if launch.vouchers == 0 { 0 } else { supply - launch.batched };
    if launch.vouchers == 0 {
        launch.batched = supply;
    }
    vec![Edit::Supply { supply }, Edit::Launch { launch }]
}

fn toml_text(text: &str) -> String {
    toml_edit::Value::from(text).to_string()
}
