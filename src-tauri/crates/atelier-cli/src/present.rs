//! How results look on a terminal, and how they look to a script.
use std::io::Write as _;

use atelier_studio::{
    api::{
        AuditView, CheckState, ErrorReport, ImportPreview, JobView, Keys, Launch, LintFinding, Networks,
        PlanSummary, ProjectView, Rehearsal, Sales, Storage, VerifyReport, Vouchers,
    },
    demo::DemoReport,
    ether,
};
use serde::Serialize;

/// Prints a result: its JSON document, or what `human` makes of it.
pub fn result<T: Serialize + ?Sized>(value: &T, json: bool, human: impl Fn(&T) -> String) {
    let text = if json {
        serde_json::to_string(value).unwrap_or_else(|error| error.to_string())
    } else {
        human(value)
    };
    // A closed pipe (`atelier … | head`) is the reader's choice, not a failure of the command.
    writeln!(std::io::stdout(), "{}", text.trim_end()).ok();
}

/// Prints a failure to stderr: as JSON, or what happened and what to do.
pub fn failure(report: &ErrorReport, json: bool) {
    let mut err = std::io::stderr();
    if json {
        let text = serde_json::to_string(&serde_json::json!({ "error": report }))
            .unwrap_or_else(|error| error.to_string());
        writeln!(err, "{text}").ok();
        return;
    }
    writeln!(err, "{}", report.message).ok();
    if let Some(hint) = &report.hint {
        writeln!(err, "{hint}").ok();
    }
    writeln!(err, "{}", report.code).ok();
}

/// A step of a longer command, as it begins.
pub fn step(line: &str, json: bool) {
    let line = if json { serde_json::json!({ "step": line }).to_string() } else { line.to_owned() };
    writeln!(std::io::stderr(), "{line}").ok();
}

/// A mistake in how the command was called.
pub fn usage(code: &str, message: &str) -> ErrorReport {
    ErrorReport { code: code.into(), message: message.into(), hint: None, details: None, exit: 2 }
}

/// Something that is our fault.
pub fn internal(error: &dyn std::error::Error) -> ErrorReport {
    ErrorReport {
        code: "CLI-INTERNAL".into(),
        message: error.to_string(),
        hint: None,
        details: None,
        exit: 70,
    }
}

/// `status`, `init`, `import`.
pub fn project(project: &ProjectView) -> String {
    let mut text = format!("{}, {} tokens, {}\n", project.name, project.supply, project.dir);
    if let Some(recovered) = &project.recovered {
        text.push_str(&format!("{recovered}\n"));
    }
    for stage in &project.stages {
        text.push_str(&format!("  {:<10} {}\n", format!("{:?}", stage.name), stage.sentence));
    }
    text
}

/// `import --dry-run`.
pub fn import(preview: &ImportPreview) -> String {
    let mut text = format!(
        "{}: {} layers, {} traits. Nothing is copied yet.\n",
        preview.convention,
        preview.layers.len(),
        preview.traits
    );
    for layer in &preview.layers {
        text.push_str(&format!("  {:<16} {}\n", layer.name, layer.traits.join(", ")));
    }
    for warning in &preview.warnings {
        text.push_str(&format!("  {warning}\n"));
    }
    text
}

/// `plan`.
pub fn plan(plan: &PlanSummary) -> String {
    format!(
        "{} tokens, every target met ({} off), {} rules held. Plan {}",
        plan.supply, plan.deviation, plan.rules, plan.hash
    )
}

/// A finished job.
pub fn job(job: &JobView) -> String {
    match (&job.outcome, job.picked_up_at) {
        (Some(outcome), _) => outcome.clone(),
        (None, _) => {
            format!("{}: stopped at {} of {}. Run it again to continue.", job.title, job.done, job.total)
        }
    }
}

/// `metadata lint`.
pub fn lint(findings: &[LintFinding]) -> String {
    if findings.is_empty() {
        return "No finding.".to_owned();
    }
    let line = |finding: &LintFinding| {
        let token = finding.token.map_or_else(|| "all".to_owned(), |id| format!("#{id}"));
        format!(
            "{:<7} {token:<6} {:<14} {} {} {}\n",
            format!("{:?}", finding.severity),
            finding.field,
            finding.message,
            finding.fix,
            finding.code
        )
    };
    findings.iter().map(line).collect()
}

/// `sign`, `store`.
pub fn storage(storage: &Storage) -> String {
    let mut text = String::new();
    if let Some(bundle) = &storage.bundle {
        text.push_str(&format!("Root {}\nBase URI {}\n", bundle.root, bundle.base_uri));
        for signature in &bundle.signatures {
            text.push_str(&format!(
                "Signed by {} for {} on chain {}\n",
                signature.signer, signature.drop, signature.chain_id
            ));
        }
    }
    text.push_str(&storage.sentence);
    text
}

/// `verify`.
pub fn verified(report: &VerifyReport) -> String {
    let mut text = if report.ok {
        format!("All {} files hold; {} tokens prove into {}.\n", report.files, report.tokens, report.root)
    } else {
        format!("{} of {} files are wrong.\n", report.findings.len(), report.files)
    };
    for signer in &report.signers {
        text.push_str(&format!("Signed by {signer}\n"));
    }
    for finding in &report.findings {
        let token = finding.token.map_or_else(String::new, |id| format!(" (token #{id})"));
        text.push_str(&format!("  {}{token}: {} {}\n", finding.file, finding.message, finding.code));
    }
    text
}

/// `rehearse`.
pub fn rehearsal(rehearsal: &Rehearsal) -> String {
    let Some(report) = &rehearsal.report else {
        return rehearsal.blocked.clone().unwrap_or_else(|| "No rehearsal yet.".to_owned());
    };
    let mut text = format!("{}\n", report.verdict);
    for step in &report.steps {
        let end = step.revert.clone().unwrap_or_else(|| format!("{} gas", step.gas));
        text.push_str(&format!("  {:<28} {end}\n", step.sentence));
    }
    text.push_str(&format!(
        "About {}, at most {}.\n",
        ether(&report.cost_typical),
        ether(&report.cost_at_most)
    ));
    for check in &report.checks {
        let mark = match check.state {
            CheckState::Pass => "holds",
            CheckState::Warn => "look",
            CheckState::Fail => "stops",
        };
        text.push_str(&format!("  {mark:<6} {}\n", check.sentence));
    }
    text
}

/// `launch`.
pub fn launch(launch: &Launch) -> String {
    let mut text = format!("{}\n{}\n", launch.headline, launch.sentence);
    for blocker in &launch.blockers {
        text.push_str(&format!("  {blocker}\n"));
    }
    if let Some(drop) = &launch.drop {
        text.push_str(&format!("Drop {drop}, spent {}\n", ether(&launch.spent)));
    }
    text
}

/// `voucher …`.
pub fn vouchers(vouchers: &Vouchers) -> String {
    let mut text =
        format!("{} issued, {} redeemed, {} open\n", vouchers.issued, vouchers.redeemed, vouchers.open);
    for voucher in &vouchers.vouchers {
        text.push_str(&format!("  {:<8} {} {:?}\n", voucher.nonce, voucher.recipient, voucher.state));
    }
    text
}

/// `relay serve`.
pub fn relayer(vouchers: &Vouchers) -> String {
    let relayer = &vouchers.relayer;
    match (&relayer.url, &relayer.token_file) {
        (Some(url), Some(file)) => {
            format!("Listening on {url}. The bearer token is in {file}. Budget {}.", ether(&relayer.budget))
        }
        _ => format!("Stopped. Spent {}.", ether(&relayer.spent)),
    }
}

/// `holders`.
pub fn holders(sales: &Sales) -> String {
    let line = |holder: &atelier_studio::api::Holder| {
        format!("{:>6}  {} {}\n", holder.tokens, holder.address, holder.name.as_deref().unwrap_or_default())
    };
    sales.holders.iter().map(line).collect()
}

/// `sales`, `index`.
pub fn sales(sales: &Sales) -> String {
    let totals = &sales.totals;
    let mut text = format!(
        "{} of {} minted, {} holders, {} sales, {}\n",
        totals.minted,
        totals.planned,
        totals.holders,
        totals.sales,
        ether(&totals.volume)
    );
    for sale in &sales.sales {
        text.push_str(&format!(
            "  #{:<6} {} on {}, {}\n",
            sale.token,
            ether(&sale.price),
            sale.market,
            sale.transaction
        ));
    }
    text
}

/// `royalties`.
pub fn royalties(sales: &Sales) -> String {
    let totals = &sales.totals;
    let mut text =
        format!("Owed {}, received {}\n", ether(&totals.royalty_owed), ether(&totals.royalty_received));
    for sale in &sales.sales {
        text.push_str(&format!(
            "  #{:<6} owed {}, received {}\n",
            sale.token,
            ether(&sale.royalty_owed),
            ether(&sale.royalty_received)
        ));
    }
    text
}

/// `keys …`.
pub fn keys(keys: &Keys) -> String {
    let mut text = format!("{}\n", keys.place);
    if let Some(error) = &keys.error {
        text.push_str(&format!("{} {}\n", error.message, error.code));
    }
    for key in &keys.keys {
        text.push_str(&format!(
            "  {:<16} {} {:?}\n",
            key.name,
            key.address.as_deref().unwrap_or("not made yet"),
            key.state
        ));
    }
    text
}

/// `audit verify`.
pub fn audit_verdict(audit: &AuditView) -> String {
    match audit.broken_at {
        None => format!("All {} entries hold. Head {}", audit.total, audit.head),
        Some(seq) => format!("Entry {seq} of {} does not follow from the one before it.", audit.total),
    }
}

/// `audit list`.
pub fn audit(audit: &AuditView) -> String {
    audit
        .entries
        .iter()
        .map(|entry| format!("{:>6}  {}  {:<24} {}\n", entry.seq, entry.at, entry.action, entry.sentence))
        .collect()
}

/// `network`.
pub fn network(networks: &Networks) -> String {
    let chosen = &networks.chosen;
    let at = chosen.rpc.as_deref().unwrap_or("not running");
    format!("{}, chain {}, {at}", chosen.name, chosen.chain_id)
}

/// `doctor`.
pub fn doctor(networks: &Networks) -> String {
    let market = if networks.market_available {
        "The practice market can be set up."
    } else {
        "The practice market's published artifacts were not found."
    };
    format!("{}\n{market}", networks.practice_sentence)
}

/// `demo`.
pub fn demo(report: &DemoReport) -> String {
    report.text()
}
