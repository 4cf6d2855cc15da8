//! One Tauri command per entry of the studio's command list, so that capabilities apply per window.
use std::sync::Arc;

use atelier_studio::{
    Studio,
    api::{
        AddKubo, Artwork, AuditView, Empty, ErrorReport, Home, ImportPreview, ImportPreviewRequest,
        ImportRequest, IssueVouchers, JobRef, JobView, Jobs, KeyRef, Keys, Launch, LaunchRequest, Metadata,
        MetadataEdit, NetworkChoice, Networks, NewProject, OpenProject, PlanSummary, PracticeSale,
        ProjectView, Rehearsal, RehearseRequest, RelayerRequest, ReportFile, RuleRef, RuleSpec, Sales,
        SampleRequest, SetSupply, SetTarget, Storage, TargetRef, TokenDetail, TokenRef, TokensTable,
        VerifyPath, VerifyReport, VoucherRef, Vouchers,
    },
};
use tauri::{Runtime, State, ipc::Invoke};

macro_rules! wrap {
    ($($name:ident($input:ident) -> $output:ident, $doc:literal;)*) => {
        $(
            #[doc = $doc]
            #[tauri::command]
            async fn $name(studio: State<'_, Arc<Studio>>, input: $input) -> Result<$output, ErrorReport> {
                studio.$name(input).await.map_err(|error| error.report())
            }
        )*

        /// The handler for every command of the list.
        pub fn handler<R: Runtime>() -> impl Fn(Invoke<R>) -> bool + Send + Sync + 'static {
            tauri::generate_handler![$($name),*]
        }
    };
}
atelier_studio::with_commands!(wrap);
