use async_trait::async_trait;
use atelier_bundle::Watch;
use atelier_bundle::manifest::Manifest;

use crate::error::StorageError;
use crate::ipfs_api::KuboApi;
use crate::recheck::recheck;
use crate::target::{BundleCars, FetchFailure, Kind, Proof, Scope, Stored, Target};

/// Any IPFS node with the Kubo RPC.
#[derive(Debug, Clone)]
pub struct KuboTarget {
    id: String,
    api: KuboApi,
}

impl KuboTarget {
    /// Stores through `api`.
    pub fn new(id: impl Into<String>, api: KuboApi) -> Self {
        Self { id: id.into(), api }
    }
}

#[async_trait]
impl Target for KuboTarget {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> Kind {
        Kind::Kubo
    }

    /// Sends whole archives: the node never builds a folder, so its settings cannot change an identifier.
    async fn put(&self, cars: &BundleCars, watch: &Watch) -> Result<Stored, StorageError> {
        // A wrong address is better found now than in the middle of an upload, where a server that does not
        // read just breaks the connection.
        self.api.version().await?;
        let total = cars.bytes();
        let mut sent = 0;
        let mut roots = Vec::new();
        for car in &cars.cars {
            if watch.is_cancelled() {
                return Err(StorageError::Cancelled);
            }
            let root = self.api.dag_import(car, (sent, total), watch).await?;
            if root != car.root {
                return Err(StorageError::WrongRoot {
                    endpoint: self.api.endpoint().to_owned(),
                    car: car.name.clone(),
                    expected: Box::new(car.root),
                    returned: root.to_string(),
                });
            }
            if !self.api.is_pinned(&root).await? {
                self.api.pin_add(&root).await?;
            }
            roots.push(root);
            sent += car.bytes;
        }
        Ok(Stored { target: self.id.clone(), roots, bytes: total })
    }

    /// Asks for every file by its folder and name, and whether the roots are kept.
    async fn verify(&self, manifest: &Manifest, scope: &Scope, watch: &Watch) -> Result<Proof, StorageError> {
        let mut proof =
            recheck((&self.id, self.kind()), manifest, scope, watch, |cid, name, bytes| async move {
                self.api.cat(&cid, name.as_deref(), bytes).await
            })
            .await?;
        for car in &manifest.cars {
            let failure = match self.api.is_pinned(&car.root).await {
                Ok(true) => continue,
                Ok(false) => {
                    StorageError::NotPinned { endpoint: self.api.endpoint().to_owned(), cid: car.root }
                }
                Err(error) if error.is_of_the_endpoint() => return Err(error),
                Err(error) => error,
            };
            proof.failures.push(FetchFailure {
                path: car.path.clone(),
                token: None,
                code: failure.code().to_owned(),
                reason: failure.to_string(),
            });
        }
        Ok(proof)
    }
}
