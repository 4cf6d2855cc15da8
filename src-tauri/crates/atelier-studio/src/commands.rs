//! The one command list.

/// Calls `$callback!` with every command a skin may ask for: `name(Input) -> Output, "what it does";`.
///
/// Tauri wrappers, the test bridge, the TypeScript bindings and [`Studio`](crate::Studio)'s own dispatcher are
/// made from this list; a missing adapter does not compile.
#[macro_export]
macro_rules! with_commands {
    ($callback:ident) => {
        $callback! {
            home(Empty) -> Home, "The shelf of projects.";
            project_create(NewProject) -> ProjectView, "Start a project from nothing.";
            project_sample(SampleRequest) -> ProjectView, "Copy the bundled sample and open it.";
            project_import(ImportRequest) -> ProjectView, "Make a project from a folder of layers.";
            layers_add(ImportPreviewRequest) -> Artwork, "Bring a folder of layers into a drop that has none yet.";
            import_preview(ImportPreviewRequest) -> ImportPreview, "What an import would do; nothing is copied.";
            project_open(OpenProject) -> ProjectView, "Open a project folder.";
            project_close(Empty) -> Empty, "Close the open project.";
            project(Empty) -> ProjectView, "The open project as the frame shows it.";
            undo(Empty) -> ProjectView, "Take back the last change to drop.toml.";
            redo(Empty) -> ProjectView, "Bring back the change that was undone.";
            artwork(Empty) -> Artwork, "Layers, traits, rules and their three bars.";
            artwork_set_target(SetTarget) -> Artwork, "Change one target.";
            artwork_set_supply(SetSupply) -> Artwork, "Change the supply or the seed.";
            rule_add(RuleSpec) -> Artwork, "Add a rule, or replace the one with its id.";
            rule_remove(RuleRef) -> Artwork, "Remove a rule.";
            plan_tokens(Empty) -> PlanSummary, "Find a plan that meets every target.";
            render(Empty) -> JobView, "Render what is missing or changed.";
            tokens(Empty) -> TokensTable, "The grid's table.";
            token(TokenRef) -> TokenDetail, "One token.";
            metadata(Empty) -> Metadata, "Templates, examples and lint.";
            metadata_set(MetadataEdit) -> Metadata, "Change templates.";
            storage(Empty) -> Storage, "The bundle and its copies.";
            bundle_build(Empty) -> JobView, "Build the bundle: CIDs, CARs, manifest, root.";
            bundle_sign(Empty) -> Storage, "Sign the bundle with the deployer key.";
            bundle_verify(VerifyPath) -> VerifyReport, "Check a bundle, with no network.";
            storage_add_kubo(AddKubo) -> Storage, "Add a Kubo node as a target.";
            storage_put(TargetRef) -> JobView, "Store the bundle on a target and prove it.";
            storage_prove(TargetRef) -> JobView, "Read every file back and hash it.";
            networks(Empty) -> Networks, "The networks known here.";
            network_choose(NetworkChoice) -> Networks, "Choose the practice chain or an RPC.";
            practice_start(Empty) -> Networks, "Start the practice chain.";
            practice_stop(Empty) -> Networks, "Stop the practice chain.";
            rehearsal(Empty) -> Rehearsal, "The newest rehearsal.";
            rehearse(RehearseRequest) -> JobView, "Run the plan on a clean chain or a fork.";
            launch(Empty) -> Launch, "The launch as it stands.";
            launch_start(LaunchRequest) -> JobView, "Start or continue the launch.";
            vouchers(Empty) -> Vouchers, "Vouchers and the relayer.";
            vouchers_issue(IssueVouchers) -> Vouchers, "Sign vouchers.";
            voucher_redeem(VoucherRef) -> Vouchers, "Redeem a free voucher through the relayer.";
            relayer_start(RelayerRequest) -> Vouchers, "Start the relayer's loopback endpoint.";
            relayer_stop(Empty) -> Vouchers, "Stop the relayer.";
            sales(Empty) -> Sales, "Mints, holders, sales and royalties.";
            index_sync(Empty) -> Sales, "Read the chain up to its newest block.";
            practice_sale(PracticeSale) -> Sales, "List a token on the practice market and buy it.";
            jobs(Empty) -> Jobs, "Every job, newest first.";
            job_pause(JobRef) -> JobView, "Pause a job.";
            job_resume(JobRef) -> JobView, "Continue a paused job.";
            job_cancel(JobRef) -> JobView, "Cancel a job.";
            job_retry(JobRef) -> JobView, "Try a failed or cancelled job again.";
            audit(Empty) -> AuditView, "The audit log, verified.";
            keys(Empty) -> Keys, "Keys and how they stand; never a secret.";
            key_create(KeyRef) -> Keys, "Make a key in the keychain.";
            key_unlock(KeyRef) -> Keys, "Open a key for a while.";
            key_lock(KeyRef) -> Keys, "Close a key now.";
            report_write(Empty) -> ReportFile, "Write the report as one HTML file.";
        }
    };
}
