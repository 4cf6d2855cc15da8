//! The bundle, its signature, and its copies.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use atelier_bundle::Watch;
use atelier_bundle::build::{BuildInput, Bundle, Facts};
use atelier_bundle::images::{ImageFile, ImageSet};
use atelier_bundle::signature::{Scheme, SignatureFile, SignedStatement};
use atelier_bundle::statement::Statement;
use atelier_bundle::verify::{self, Severity};
use atelier_collection::{Drop as DropSpec, Edit, StorageTarget};
use atelier_storage::blocks::BlockStore;
use atelier_storage::gateway::Gateway;
use atelier_storage::ipfs_api::KuboApi;
use atelier_storage::policy::{Policy, Verdict};
use atelier_storage::targets::{EmbeddedTarget, KuboTarget};
use atelier_storage::{BundleCars, Proof, Scope, Target};
use serde::{Deserialize, Serialize};

use crate::Studio;
use crate::api::{
    AddKubo, BundleView, Empty, Finding, JobKind, JobView, SignatureView, Storage, TargetKind, TargetRef,
    TargetState, TargetView, Topic, VerifyPath, VerifyReport,
};
use crate::clock::now;
use crate::error::StudioError;
use crate::jobs::{Control, JobSeed};
use crate::project::Project;
use crate::records::StoredJob;

const BUNDLE_TOPICS: &[Topic] =
    &[Topic::Project, Topic::Tokens, Topic::Storage, Topic::Rehearsal, Topic::Launch, Topic::Activity];

/// How a copy stands, as stored: the newest proof, or the newest failure.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct CopyRecord {
    at: String,
    manifest: String,
    proof: Option<Proof>,
    error: Option<crate::api::ErrorReport>,
}

impl Studio {
    /// The bundle and its copies.
    pub async fn storage(&self, _: Empty) -> Result<Storage, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        let bundle = bundle(&project)?;
        let verdict = verdict(&project, &spec, bundle.as_ref())?;
        let targets = targets(&project, &spec, bundle.as_ref())?;
        let gateway =
            project.gateway.lock().await.as_ref().map(|gateway| format!("http://{}", gateway.address()));
        let proven = u32::try_from(verdict.proven.len()).unwrap_or(u32::MAX);
        Ok(Storage {
            bundle_stale: bundle.as_ref().is_some_and(|bundle| is_stale(&project, &spec, bundle)),
            bundle: bundle.as_ref().map(|bundle| bundle_view(&project, bundle)).transpose()?,
            copies_wanted: spec.storage.copies.max(1),
            copies_proven: proven,
            sentence: format!("{proven} of {} copies proven", spec.storage.copies.max(1)),
            targets,
            gateway,
        })
    }

    /// Build the bundle: CIDs, CARs, manifest, root.
    pub async fn bundle_build(self: &Arc<Self>, _: Empty) -> Result<JobView, StudioError> {
        self.bundle_as(None).await
    }

    pub(crate) async fn bundle_as(
        self: &Arc<Self>,
        before: Option<StoredJob>,
    ) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        let (spec, plan) = project.fresh_plan()?;
        let rendered = crate::pictures::rendered(&project)?.len();
        if rendered != plan.tokens.len() {
            return Err(StudioError::NotRendered {
                rendered: u32::try_from(rendered).unwrap_or(u32::MAX),
                supply: plan.supply,
            });
        }
        let seed =
            JobSeed::new(JobKind::Bundle, format!("Bundle {} tokens", plan.supply), serde_json::Value::Null);
        let seed = match before {
            Some(before) => seed.again(before),
            None => seed,
        };
        let jobs = Arc::clone(&project.jobs);
        jobs.start(seed, BUNDLE_TOPICS, move |control| async move {
            let built = tokio::task::spawn_blocking({
                let project = Arc::clone(&project);
                move || build(&project, &spec, &plan, &control)
            })
            .await
            .map_err(|error| StudioError::internal(&error))??;
            let root = built.manifest.merkle_root;
            project.records.audit(
                "user",
                "bundle.build",
                &format!("root {root}, base URI {}", built.manifest.base_uri),
            )?;
            Ok(format!("{} files, root {root}", built.manifest.files.len()))
        })
    }

    /// Sign the bundle with the deployer key, for the chosen network and the drop's address there.
    pub async fn bundle_sign(&self, _: Empty) -> Result<Storage, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        let bundle = bundle(&project)?.ok_or(StudioError::NoBundle)?;
        if is_stale(&project, &spec, &bundle) {
            return Err(StudioError::BundleStale);
        }
        let target = super::launch::target(&project, &spec, &bundle)?;
        let statement = Statement::new(
            &bundle.manifest,
            project.network.chain_id(),
            target.drop,
            target.config.royaltyReceiver,
            target.config.royaltyBps,
        );
        let signature =
            project.keys.sign_hash(crate::api::Role::Deployer, statement.digest(), "Sign the bundle").await?;
        let signed = SignedStatement::new(&statement, target.deployer, Scheme::Ecdsa, signature)?;
        let mut file = SignatureFile::read(&bundle.dir)?.unwrap_or_default();
        file.attach(signed);
        file.write(&bundle.dir)?;
        project.records.audit(
            "user",
            "bundle.sign",
            &format!(
                "root {} for {} on chain {}",
                bundle.manifest.merkle_root,
                target.drop,
                project.network.chain_id()
            ),
        )?;
        self.bell.changed(BUNDLE_TOPICS);
        self.storage(Empty {}).await
    }

    /// Check a bundle, with no network.
    pub async fn bundle_verify(&self, input: VerifyPath) -> Result<VerifyReport, StudioError> {
        let dir = match input.path {
            Some(path) => PathBuf::from(path),
            None => self.current().await?.build(),
        };
        let report = tokio::task::spawn_blocking(move || verify::verify(&dir, &Watch::silent()))
            .await
            .map_err(|error| StudioError::internal(&error))??;
        Ok(VerifyReport {
            ok: report.is_sound(),
            files: u32::try_from(report.files_checked).unwrap_or(u32::MAX),
            bytes: report.bytes_checked.to_string(),
            tokens: report.tokens_checked,
            root: report
                .manifest
                .as_ref()
                .map(|manifest| manifest.merkle_root.to_string())
                .unwrap_or_default(),
            signers: report.signers.iter().map(|signer| signer.signer.to_checksum(None)).collect(),
            findings: report
                .findings
                .iter()
                .filter(|finding| finding.severity == Severity::Damage)
                .map(|finding| Finding {
                    code: finding.code.as_str().to_owned(),
                    file: finding.file.clone().unwrap_or_default(),
                    token: finding.token,
                    message: finding.detail.clone(),
                })
                .collect(),
        })
    }

    /// Add a Kubo node as a target.
    pub async fn storage_add_kubo(&self, input: AddKubo) -> Result<Storage, StudioError> {
        let project = self.current().await?;
        let mut storage = project.spec()?.storage;
        // Asked before it is written down: an address that cannot be one is refused here.
        KuboApi::new(&input.url, atelier_storage::ipfs_api::Timeouts::default())?;
        if !storage.targets.contains(&input.id) {
            storage.targets.push(input.id.clone());
        }
        let target = StorageTarget {
            id: input.id.clone(),
            kind: "kubo".to_owned(),
            url: Some(input.url),
            gateway: None,
        };
        let edits = [
            Edit::DescribeTarget { target },
            Edit::Storage { copies: storage.copies, targets: storage.targets },
        ];
        project.edit(&format!("storage target {}", input.id), &edits)?;
        self.storage(Empty {}).await
    }

    /// Store the bundle on a target and prove it.
    pub async fn storage_put(self: &Arc<Self>, input: TargetRef) -> Result<JobView, StudioError> {
        self.store_as(input, None).await
    }

    /// Read every file back and hash it.
    pub async fn storage_prove(self: &Arc<Self>, input: TargetRef) -> Result<JobView, StudioError> {
        self.prove_as(input, None).await
    }

    pub(crate) async fn store_as(
        self: &Arc<Self>,
        input: TargetRef,
        before: Option<StoredJob>,
    ) -> Result<JobView, StudioError> {
        self.copy_as(JobKind::Store, input, before).await
    }

    pub(crate) async fn prove_as(
        self: &Arc<Self>,
        input: TargetRef,
        before: Option<StoredJob>,
    ) -> Result<JobView, StudioError> {
        self.copy_as(JobKind::Prove, input, before).await
    }

    async fn copy_as(
        self: &Arc<Self>,
        kind: JobKind,
        input: TargetRef,
        before: Option<StoredJob>,
    ) -> Result<JobView, StudioError> {
        let project = self.current().await?;
        let spec = project.spec()?;
        let bundle = bundle(&project)?.ok_or(StudioError::NoBundle)?;
        if is_stale(&project, &spec, &bundle) {
            return Err(StudioError::BundleStale);
        }
        let target = open_target(&project, &spec, &input.id)?;
        let title = match kind {
            JobKind::Store => format!("Store the bundle on {}", input.id),
            _ => format!("Read back {}", input.id),
        };
        let value = serde_json::to_value(&input).map_err(|error| StudioError::internal(&error))?;
        let seed = JobSeed::new(kind, title, value);
        let seed = match before {
            Some(before) => seed.again(before),
            None => seed,
        };
        let jobs = Arc::clone(&project.jobs);
        jobs.start(seed, BUNDLE_TOPICS, move |control| async move {
            let ended = store_and_prove(kind, target.as_ref(), &bundle, &control).await;
            let manifest = hex::encode(bundle.manifest_sha256);
            let record = match &ended {
                Ok(proof) => CopyRecord { at: now(), manifest, proof: Some(proof.clone()), error: None },
                Err(error) if error.is_stopped() => return ended.map(|_| String::new()),
                Err(error) => CopyRecord { at: now(), manifest, proof: None, error: Some(error.report()) },
            };
            project.records.set_note(&copy_key(&input.id), &record)?;
            let proof = ended?;
            project.records.audit(
                "user",
                "storage.prove",
                &format!("{} of {} files on {}", proof.files_proven, proof.files_total, input.id),
            )?;
            match proof.failures.first() {
                None => Ok(format!("{} of {} files proven", proof.files_proven, proof.files_total)),
                Some(failure) => Err(StudioError::CopyDiffers {
                    path: failure.path.clone(),
                    reason: failure.reason.clone(),
                }),
            }
        })
    }
}

async fn store_and_prove(
    kind: JobKind,
    target: &dyn Target,
    bundle: &Bundle,
    control: &Arc<Control>,
) -> Result<Proof, StudioError> {
    let watch = watch(control);
    if kind == JobKind::Store {
        control.step("Storing");
        target.put(&BundleCars::of(bundle), &watch).await?;
    }
    control.step("Reading back");
    let proof = target.verify(&bundle.manifest, &Scope::All, &watch).await?;
    Ok(proof)
}

/// A room's watch that follows a job's control.
fn watch(control: &Arc<Control>) -> Watch {
    let clip = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let reporter = {
        let control = Arc::clone(control);
        move |progress: atelier_bundle::Progress| control.progress(clip(progress.done), clip(progress.total))
    };
    Watch::new(reporter, control.stop())
}

fn build(
    project: &Project,
    spec: &DropSpec,
    plan: &atelier_collection::Plan,
    control: &Arc<Control>,
) -> Result<Bundle, StudioError> {
    let watch = watch(control);
    let out = project.build();
    control.step("Hashing pictures");
    let files = plan.tokens.iter().map(|token| ImageFile {
        name: format!("{}.png", token.id),
        token: Some(token.id),
        media: "image/png".to_owned(),
    });
    let images = ImageSet::hash(&out.join("images"), files.collect(), &watch)?;
    control.step("Writing metadata");
    let metadata = super::metadata::all(spec, plan, |id| images.uri(id))?;
    let contract_json = super::metadata::collection_json(spec, images.uri(1))?;
    control.step("Packing");
    let facts = Facts {
        drop: spec.name.clone(),
        tool: format!("Atelier {}", env!("CARGO_PKG_VERSION")),
        plan: plan.hash,
        encoder: crate::pictures::encoder(spec).to_owned(),
        reveal_commitment: alloy::primitives::B256::ZERO,
    };
    let input = BuildInput {
        out_dir: &out,
        images: &images,
        metadata: &metadata,
        contract_json: &contract_json,
        facts,
    };
    Ok(atelier_bundle::build::build(&input, &watch)?)
}

/// The bundle in the project's build folder, where there is one.
pub(crate) fn bundle(project: &Project) -> Result<Option<Bundle>, StudioError> {
    let dir = project.build();
    if !dir.join(atelier_bundle::names::MANIFEST).is_file() {
        return Ok(None);
    }
    Ok(Some(Bundle::open(&dir)?))
}

/// True when what the bundle was made from has changed: the plan, a picture, or what the metadata would say now.
pub(crate) fn is_stale(project: &Project, spec: &DropSpec, bundle: &Bundle) -> bool {
    let Ok((_, plan)) = project.fresh_plan() else { return true };
    let manifest = &bundle.manifest;
    if manifest.plan != plan.hash
        || manifest.drop != spec.name
        || manifest.encoder != crate::pictures::encoder(spec)
    {
        return true;
    }
    let Ok(rendered) = crate::pictures::hashes(project) else { return true };
    let same_pictures = plan.tokens.iter().all(|token| {
        manifest
            .image(token.id)
            .is_some_and(|file| rendered.get(&token.id).is_some_and(|hash| *hash == hex::encode(file.sha256)))
    });
    !same_pictures || !super::metadata::matches(spec, &plan, manifest)
}

fn bundle_view(project: &Project, bundle: &Bundle) -> Result<BundleView, StudioError> {
    let manifest = &bundle.manifest;
    let signatures = SignatureFile::read(&bundle.dir)?.unwrap_or_default();
    let ours = project.keys.address(crate::api::Role::Deployer)?;
    Ok(BundleView {
        root: manifest.merkle_root.to_string(),
        manifest: format!("0x{}", hex::encode(bundle.manifest_sha256)),
        images_cid: manifest.images_cid.to_string(),
        metadata_cid: manifest.metadata_cid.to_string(),
        contract_cid: manifest.contract_cid.to_string(),
        base_uri: manifest.base_uri.clone(),
        files: u32::try_from(manifest.files.len()).unwrap_or(u32::MAX),
        bytes: manifest.files.iter().map(|file| file.bytes).sum::<u64>().to_string(),
        tokens: manifest.supply,
        dir: bundle.dir.to_string_lossy().into_owned(),
        built_at: written_at(&bundle.dir.join(atelier_bundle::names::MANIFEST)),
        signatures: signatures
            .signatures()
            .iter()
            .map(|signed| {
                let statement = signed.statement();
                SignatureView {
                    signer: signed.signer().to_checksum(None),
                    role: (ours == Some(signed.signer())).then(|| "Deployer".to_owned()),
                    chain_id: u32::try_from(statement.chain_id).unwrap_or(u32::MAX),
                    drop: statement.drop.to_checksum(None),
                    valid: statement.is_about(manifest, bundle.manifest_sha256) && signed.check().is_ok(),
                }
            })
            .collect(),
    })
}

fn written_at(path: &Path) -> String {
    let modified = std::fs::metadata(path).and_then(|meta| meta.modified()).ok();
    let at = modified
        .and_then(|at| jiff::Timestamp::try_from(at).ok())
        .and_then(|at| at.round(jiff::Unit::Second).ok());
    at.map_or_else(String::new, |at| at.to_string())
}

fn copy_key(target: &str) -> String {
    format!("copy/{target}")
}

/// Judges the newest proof of every target against the bundle as it is.
pub(crate) fn verdict(
    project: &Project,
    spec: &DropSpec,
    bundle: Option<&Bundle>,
) -> Result<Verdict, StudioError> {
    let policy = Policy { copies: spec.storage.copies.max(1) as usize, one_permanent: false };
    let mut proofs = Vec::new();
    for id in &spec.storage.targets {
        let copy: Option<CopyRecord> = project.records.note(&copy_key(id))?;
        proofs.push((id.as_str(), kind_of(spec, id), copy.and_then(|copy| copy.proof)));
    }
    let manifest = bundle.map(|bundle| bundle.manifest_sha256).unwrap_or_default();
    Ok(policy.judge(manifest, proofs.iter().map(|(id, kind, proof)| (*id, *kind, proof.as_ref()))))
}

fn kind_of(spec: &DropSpec, id: &str) -> atelier_storage::Kind {
    match spec.storage.described.iter().find(|target| target.id == id).map(|target| target.kind.as_str()) {
        Some("kubo") => atelier_storage::Kind::Kubo,
        Some(_) | None => atelier_storage::Kind::Embedded,
    }
}

fn targets(
    project: &Project,
    spec: &DropSpec,
    bundle: Option<&Bundle>,
) -> Result<Vec<TargetView>, StudioError> {
    let manifest = bundle.map(|bundle| hex::encode(bundle.manifest_sha256));
    let total = bundle.map_or(0, |bundle| u32::try_from(bundle.manifest.files.len()).unwrap_or(u32::MAX));
    let busy = project.jobs.active(JobKind::Store).or_else(|| project.jobs.active(JobKind::Prove));
    spec.storage
        .targets
        .iter()
        .map(|id| {
            let copy: Option<CopyRecord> = project.records.note(&copy_key(id))?;
            let described = spec.storage.described.iter().find(|target| target.id == *id);
            let kind = match kind_of(spec, id) {
                atelier_storage::Kind::Kubo => TargetKind::Kubo,
                atelier_storage::Kind::Embedded | atelier_storage::Kind::Arweave => TargetKind::Embedded,
            };
            let current = copy.as_ref().filter(|copy| Some(&copy.manifest) == manifest.as_ref());
            let running = busy.as_ref().is_some_and(|job| job.title.ends_with(id.as_str()));
            let state = match (&copy, current) {
                _ if running => TargetState::Running,
                (None, _) => TargetState::Empty,
                (Some(_), None) => TargetState::Stale,
                (_, Some(copy)) => match &copy.proof {
                    Some(proof) if proof.holds() => TargetState::Proven,
                    Some(_) | None => TargetState::Failed,
                },
            };
            let proof = current.and_then(|copy| copy.proof.as_ref());
            Ok(TargetView {
                id: id.clone(),
                kind,
                name: match kind {
                    TargetKind::Embedded => "This computer".to_owned(),
                    TargetKind::Kubo => format!("Kubo node {id}"),
                },
                place: described
                    .and_then(|target| target.url.clone())
                    .unwrap_or_else(|| project.inner().join("blocks").to_string_lossy().into_owned()),
                state,
                proven: proof.map_or(0, |proof| u32::try_from(proof.files_proven).unwrap_or(u32::MAX)),
                total,
                proven_at: current
                    .filter(|copy| copy.proof.as_ref().is_some_and(Proof::holds))
                    .map(|copy| copy.at.clone()),
                price: match kind {
                    TargetKind::Embedded => "Free: your own disk".to_owned(),
                    TargetKind::Kubo => "Free: your own node".to_owned(),
                },
                error: current.and_then(|copy| copy.error.clone()),
            })
        })
        .collect()
}

fn open_target(project: &Project, spec: &DropSpec, id: &str) -> Result<Box<dyn Target>, StudioError> {
    if !spec.storage.targets.iter().any(|target| target == id) {
        return Err(StudioError::NoSuchTarget { id: id.to_owned() });
    }
    let described = spec.storage.described.iter().find(|target| target.id == id);
    match (kind_of(spec, id), described.and_then(|target| target.url.as_deref())) {
        (atelier_storage::Kind::Kubo, Some(url)) => Ok(Box::new(KuboTarget::new(
            id,
            KuboApi::new(url, atelier_storage::ipfs_api::Timeouts::default())?,
        ))),
        (atelier_storage::Kind::Kubo, None) => Err(StudioError::NoSuchTarget { id: id.to_owned() }),
        (atelier_storage::Kind::Embedded | atelier_storage::Kind::Arweave, _) => {
            Ok(Box::new(EmbeddedTarget::new(id, blocks(project)?)))
        }
    }
}

/// The embedded block store of a project.
pub(crate) fn blocks(project: &Project) -> Result<BlockStore, StudioError> {
    Ok(BlockStore::open(&project.inner().join("blocks"))?)
}

/// The loopback gateway of a project, started where it does not run yet: its address.
pub(crate) async fn gateway(project: &Project) -> Result<std::net::SocketAddr, StudioError> {
    let mut running = project.gateway.lock().await;
    if let Some(gateway) = &*running {
        return Ok(gateway.address());
    }
    let gateway = Gateway::start(blocks(project)?, 0).await?;
    let address = gateway.address();
    *running = Some(gateway);
    Ok(address)
}
