//! From what was typed to the studio's commands.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use atelier_studio::{
    Passphrase, Studio, StudioConfig, StudioError,
    api::{
        Empty, ErrorReport, ImportPreviewRequest, ImportRequest, IssueVouchers, JobState, JobView, KeyRef,
        LaunchRequest, LintSeverity, NetworkChoice, Networks, NewProject, OpenProject, RehearseRequest,
        RelayerRequest, Role, SampleRequest, SetSupply, TargetRef, VerifyPath, VoucherRef, VoucherState,
    },
};
use serde::Serialize;

use crate::arguments::{
    Arguments, AuditCommand, Command, KeysCommand, LaunchArguments, MetadataCommand, Network,
    NetworkArguments, RelayCommand, RoleName, VoucherCommand,
};
use crate::{present, wait};

/// Exit code of a check that found something wrong.
const FOUND: u8 = 1;
/// Exit code of work that was interrupted and can be resumed.
const INTERRUPTED: u8 = 5;

/// What a command ends with: an exit code, after its result was printed.
type Ended = Result<u8, ErrorReport>;

/// Runs one command line and returns its exit code.
pub async fn run(arguments: Arguments) -> u8 {
    let json = arguments.json;
    let ended = match StudioConfig::for_this_user().map_err(|error| error.report()) {
        Ok(config) => match Studio::new(config).map_err(|error| error.report()) {
            Ok(studio) => {
                let ended = Line {
                    studio: Arc::clone(&studio),
                    project: arguments.project,
                    json,
                    yes: arguments.yes,
                }
                .run(arguments.command)
                .await;
                studio.shut_down().await;
                ended
            }
            Err(report) => Err(report),
        },
        Err(report) => Err(report),
    };
    ended.unwrap_or_else(|report| {
        present::failure(&report, json);
        report.exit
    })
}

struct Line {
    studio: Arc<Studio>,
    project: PathBuf,
    json: bool,
    yes: bool,
}

impl Line {
    async fn run(&self, command: Command) -> Ended {
        let studio = &self.studio;
        match command {
            Command::Init { sample: true, .. } => self.show(
                studio.project_sample(SampleRequest { dir: Some(self.dir()), supply: None }).await,
                present::project,
            ),
            Command::Init { sample: false, name } => {
                self.show(studio.project_create(NewProject { dir: self.dir(), name }).await, present::project)
            }
            Command::Import { source, dry_run: true, .. } => {
                let request = ImportPreviewRequest { source: text(&source) };
                self.show(studio.import_preview(request).await, present::import)
            }
            Command::Import { source, name, dry_run: false } => {
                let request = ImportRequest { source: text(&source), dir: self.dir(), name };
                self.show(studio.project_import(request).await, present::project)
            }
            Command::Verify { path: Some(path) } => self.verify(Some(path)).await,
            Command::Doctor => self.show(studio.networks(Empty {}).await, present::doctor),
            Command::Demo(demo) => self.demo(demo.count).await,
            #[cfg(feature = "bridge")]
            Command::Bridge { ui, port } => crate::bridge::serve(studio, &ui, port).await.map(|()| 0),
            project_command => {
                studio.project_open(OpenProject { dir: self.dir() }).await.map_err(|error| error.report())?;
                if needs_key(&project_command) && reported(studio.keys_need_passphrase().await)? {
                    self.passphrase().await?;
                }
                Box::pin(self.in_project(project_command)).await
            }
        }
    }

    async fn in_project(&self, command: Command) -> Ended {
        let studio = &self.studio;
        match command {
            Command::Plan { count, seed } => {
                if count.is_some() || seed.is_some() {
                    let now = reported(studio.artwork(Empty {}).await)?;
                    let change = SetSupply { supply: count.unwrap_or(now.supply), seed };
                    reported(studio.artwork_set_supply(change).await)?;
                }
                self.show(studio.plan_tokens(Empty {}).await, present::plan)
            }
            Command::Render => self.job(studio.render(Empty {}).await).await,
            Command::Metadata(MetadataCommand::Lint) => {
                let metadata = reported(studio.metadata(Empty {}).await)?;
                let errors = metadata.lint.iter().any(|finding| finding.severity == LintSeverity::Error);
                present::result(&metadata.lint, self.json, |lint| present::lint(lint));
                Ok(if errors { FOUND } else { 0 })
            }
            Command::Bundle => self.job(studio.bundle_build(Empty {}).await).await,
            Command::Sign => self.show(studio.bundle_sign(Empty {}).await, present::storage),
            Command::Verify { path } => self.verify(path).await,
            Command::Store { target } => self.job(studio.storage_put(TargetRef { id: target }).await).await,
            Command::Rehearse { rpc } => {
                let job = reported(
                    wait::job(studio, studio.rehearse(RehearseRequest { rpc }).await, self.json).await,
                )?;
                let ended = ended(&job)?;
                let rehearsal = reported(studio.rehearsal(Empty {}).await)?;
                let go = rehearsal.report.as_ref().is_some_and(|report| report.go);
                present::result(&rehearsal, self.json, present::rehearsal);
                Ok(if ended == 0 && !go { FOUND } else { ended })
            }
            Command::Network(choice) => {
                present::result(&self.choose(&choice).await?, self.json, present::network);
                Ok(0)
            }
            Command::Launch(launch) => self.launch(launch).await,
            Command::Status => self.show(studio.project(Empty {}).await, present::project),
            Command::Index { follow } => self.index(follow).await,
            Command::Holders => self.show(studio.sales(Empty {}).await, present::holders),
            Command::Sales => self.show(studio.sales(Empty {}).await, present::sales),
            Command::Royalties => self.show(studio.sales(Empty {}).await, present::royalties),
            Command::Voucher(voucher) => self.voucher(voucher).await,
            Command::Relay(RelayCommand::Serve { budget_wei, port }) => self.relay(budget_wei, port).await,
            Command::Keys(KeysCommand::List) => self.show(studio.keys(Empty {}).await, present::keys),
            Command::Keys(KeysCommand::Create { role, encrypted_file }) => {
                if encrypted_file {
                    reported(studio.keys_use_encrypted_file().await)?;
                    self.passphrase().await?;
                }
                self.show(studio.key_create(KeyRef { role: role_of(role) }).await, present::keys)
            }
            Command::Audit(AuditCommand::Verify) => {
                let audit = reported(studio.audit(Empty {}).await)?;
                present::result(&audit, self.json, present::audit_verdict);
                Ok(if audit.intact { 0 } else { FOUND })
            }
            Command::Audit(AuditCommand::List) => self.show(studio.audit(Empty {}).await, present::audit),
            Command::Init { .. } | Command::Import { .. } | Command::Doctor | Command::Demo(_) => Ok(0),
            #[cfg(feature = "bridge")]
            Command::Bridge { .. } => Ok(0),
        }
    }

    /// Opens the encrypted file with a passphrase from the terminal, or from the first line of standard input.
    async fn passphrase(&self) -> Result<(), ErrorReport> {
        use std::io::IsTerminal as _;
        let typed = if std::io::stdin().is_terminal() {
            rpassword::prompt_password("Passphrase of the encrypted vault: ")
        } else {
            rpassword::read_password()
        };
        let typed = typed.map_err(|error| present::internal(&error))?;
        reported(self.studio.keys_passphrase(Passphrase::new(typed)).await)
    }

    async fn verify(&self, path: Option<PathBuf>) -> Ended {
        let request = VerifyPath { path: path.as_deref().map(text) };
        let report = reported(self.studio.bundle_verify(request).await)?;
        present::result(&report, self.json, present::verified);
        Ok(if report.ok { 0 } else { FOUND })
    }

    async fn launch(&self, launch: LaunchArguments) -> Ended {
        if launch.network.is_some() || launch.rpc.is_some() {
            let network = launch.network.unwrap_or(Network::Practice);
            self.choose(&NetworkArguments { network, rpc: launch.rpc, chain_id: launch.chain_id }).await?;
        }
        let confirm = match launch.confirm {
            None if self.yes => reported(self.studio.launch(Empty {}).await)?.confirm_word,
            typed => typed,
        };
        let job =
            wait::job(&self.studio, self.studio.launch_start(LaunchRequest { confirm }).await, self.json)
                .await;
        let ended = ended(&reported(job)?)?;
        let view = reported(self.studio.launch(Empty {}).await)?;
        present::result(&view, self.json, present::launch);
        Ok(ended)
    }

    async fn choose(&self, choice: &NetworkArguments) -> Result<Networks, ErrorReport> {
        if choice.rpc.is_none() && !matches!(choice.network, Network::Practice) {
            return Err(present::usage("CLI-NO-RPC", "This network needs --rpc with the address of a node."));
        }
        let chain_id = choice.chain_id.unwrap_or_else(|| choice.network.chain_id());
        reported(self.studio.network_choose(NetworkChoice { rpc: choice.rpc.clone(), chain_id }).await)
    }

    async fn index(&self, follow: bool) -> Ended {
        loop {
            let sales = reported(self.studio.index_sync(Empty {}).await)?;
            present::result(&sales, self.json, present::sales);
            if !follow {
                return Ok(0);
            }
            tokio::select! {
                () = tokio::time::sleep(std::time::Duration::from_secs(2)) => {}
                _ = tokio::signal::ctrl_c() => return Ok(0),
            }
        }
    }

    async fn voucher(&self, command: VoucherCommand) -> Ended {
        let studio = &self.studio;
        match command {
            VoucherCommand::List => self.show(studio.vouchers(Empty {}).await, present::vouchers),
            // A document for other programs: JSON in both forms.
            VoucherCommand::Export => self.show(studio.vouchers_export().await, |vouchers| {
                format!("{:#}", serde_json::json!(vouchers))
            }),
            VoucherCommand::Issue { recipients, quantity, price_wei, days } => {
                let request = IssueVouchers { recipients, quantity, price: price_wei, days };
                self.show(studio.vouchers_issue(request).await, present::vouchers)
            }
            VoucherCommand::Redeem { nonces, budget_wei } => {
                reported(studio.relayer_start(RelayerRequest { budget: budget_wei, port: None }).await)?;
                let mut last = reported(studio.vouchers(Empty {}).await)?;
                for nonce in nonces {
                    last = reported(studio.voucher_redeem(VoucherRef { nonce }).await)?;
                }
                let sending = last.vouchers.iter().any(|voucher| voucher.state == VoucherState::Sending);
                present::result(&last, self.json, present::vouchers);
                Ok(if sending { INTERRUPTED } else { 0 })
            }
        }
    }

    async fn relay(&self, budget: String, port: Option<u16>) -> Ended {
        let view = reported(self.studio.relayer_start(RelayerRequest { budget, port }).await)?;
        present::result(&view, self.json, present::relayer);
        // An error here means the signal handler could not be set: serving on is then all there is to do.
        tokio::signal::ctrl_c().await.ok();
        self.show(self.studio.relayer_stop(Empty {}).await, present::relayer)
    }

    async fn demo(&self, count: u32) -> Ended {
        let json = self.json;
        let say = move |line: &str| present::step(line, json);
        let report = reported(atelier_studio::demo::run(&self.studio, &self.project, count, &say).await)?;
        present::result(&report, self.json, present::demo);
        Ok(if report.ok { 0 } else { FOUND })
    }

    async fn job(&self, started: Result<JobView, StudioError>) -> Ended {
        let job = reported(wait::job(&self.studio, started, self.json).await)?;
        let ended = ended(&job)?;
        present::result(&job, self.json, present::job);
        Ok(ended)
    }

    fn show<T: Serialize>(&self, result: Result<T, StudioError>, human: impl Fn(&T) -> String) -> Ended {
        present::result(&reported(result)?, self.json, human);
        Ok(0)
    }

    fn dir(&self) -> String {
        text(&self.project)
    }
}

/// Commands that sign with a role key.
fn needs_key(command: &Command) -> bool {
    matches!(
        command,
        Command::Sign
            | Command::Launch(_)
            | Command::Voucher(VoucherCommand::Issue { .. } | VoucherCommand::Redeem { .. })
            | Command::Relay(_)
            | Command::Keys(KeysCommand::Create { encrypted_file: false, .. })
    )
}

fn ended(job: &JobView) -> Ended {
    match (job.state, &job.error) {
        (JobState::Failed, Some(error)) => Err(error.clone()),
        (JobState::Paused | JobState::Cancelled | JobState::Queued | JobState::Running, _) => Ok(INTERRUPTED),
        (JobState::Failed | JobState::Done, _) => Ok(0),
    }
}

fn reported<T>(result: Result<T, StudioError>) -> Result<T, ErrorReport> {
    result.map_err(|error| error.report())
}

fn text(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn role_of(role: RoleName) -> Role {
    match role {
        RoleName::Deployer => Role::Deployer,
        RoleName::VoucherSigner => Role::VoucherSigner,
        RoleName::Relayer => Role::Relayer,
    }
}
