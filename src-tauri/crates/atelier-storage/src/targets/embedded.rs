use std::time::Duration;

use async_trait::async_trait;
use atelier_bundle::Watch;
use atelier_bundle::manifest::Manifest;

use crate::blocks::BlockStore;
use crate::error::StorageError;
use crate::gateway::Gateway;
use crate::ipfs_api::{Http, Timeouts};
use crate::recheck::{hash_stream, recheck};
use crate::target::{BundleCars, Kind, Proof, Scope, Stored, Target};

/// Blocks on the creator's own disk: the copy that needs nobody.
#[derive(Debug, Clone)]
pub struct EmbeddedTarget {
    id: String,
    store: BlockStore,
}

impl EmbeddedTarget {
    /// Keeps bundles in `store`.
    pub fn new(id: impl Into<String>, store: BlockStore) -> Self {
        Self { id: id.into(), store }
    }

    /// The blocks, for a [`Gateway`].
    pub fn store(&self) -> &BlockStore {
        &self.store
    }
}

#[async_trait]
impl Target for EmbeddedTarget {
    fn id(&self) -> &str {
        &self.id
    }

    fn kind(&self) -> Kind {
        Kind::Embedded
    }

    async fn put(&self, cars: &BundleCars, watch: &Watch) -> Result<Stored, StorageError> {
        let stored = Stored {
            target: self.id.clone(),
            roots: cars.cars.iter().map(|car| car.root).collect(),
            bytes: cars.bytes(),
        };
        let (store, cars, watch) = (self.store.clone(), cars.clone(), watch.clone());
        let import = tokio::task::spawn_blocking(move || store.import(&cars, &watch));
        match import.await {
            Ok(done) => done.map(|()| stored),
            Err(stopped) if stopped.is_panic() => std::panic::resume_unwind(stopped.into_panic()),
            Err(_) => Err(StorageError::Cancelled),
        }
    }

    /// Reads back as a stranger would: over HTTP, by folder and name, through a gateway of its own.
    async fn verify(&self, manifest: &Manifest, scope: &Scope, watch: &Watch) -> Result<Proof, StorageError> {
        let gateway = Gateway::start(self.store.clone(), 0).await?;
        let timeouts = Timeouts { answer: Duration::from_secs(60), ..Timeouts::default() };
        let http = Http::new(&format!("http://{}", gateway.address()), timeouts)?;
        let proof = recheck((&self.id, self.kind()), manifest, scope, watch, |cid, name, bytes| {
            let path = match name {
                Some(name) => format!("ipfs/{cid}/{name}"),
                None => format!("ipfs/{cid}"),
            };
            let http = &http;
            async move {
                let response = http.get(&path).await?;
                hash_stream(http.body(&path, response), bytes).await
            }
        })
        .await;
        gateway.stop().await;
        proof
    }
}
