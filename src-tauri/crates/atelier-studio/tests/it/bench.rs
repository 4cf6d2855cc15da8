//! A studio of its own in a temporary home.
use std::path::Path;
use std::sync::Arc;

use atelier_studio::{Studio, StudioConfig, api::SampleRequest};
use tempfile::TempDir;

/// A studio and the folder it lives in.
pub(crate) struct Bench {
    pub(crate) studio: Arc<Studio>,
    pub(crate) home: TempDir,
}

impl Bench {
    pub(crate) fn new() -> Self {
        let home = TempDir::new().expect("a temporary folder");
        let studio = Self::studio(home.path());
        Self { studio, home }
    }

    /// Another studio in the same home, as after a restart.
    pub(crate) fn restarted(&self) -> Arc<Studio> {
        Self::studio(self.home.path())
    }

    fn studio(home: &Path) -> Arc<Studio> {
        let mut config = StudioConfig::for_this_user().expect("this user has a home");
        config.config_dir = home.join("config");
        config.projects_dir = home.join("projects");
        Studio::new(config).expect("a studio starts in an empty folder")
    }

    pub(crate) fn dir(&self, name: &str) -> String {
        self.home.path().join(name).to_string_lossy().into_owned()
    }

    /// The sample, open.
    pub(crate) async fn sample(&self) -> String {
        let dir = self.dir("drop");
        let request = SampleRequest { dir: Some(dir.clone()), supply: None };
        self.studio.project_sample(request).await.expect("the sample opens");
        dir
    }
}
