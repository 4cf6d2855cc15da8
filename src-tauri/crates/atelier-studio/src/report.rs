//! The report: one HTML file with its pictures, colours and type inside, and no link out of it.
//!
//! It prints on one A4 page, follows the reader's theme on screen, and says only what the project's own records
//! and the chain say.
use std::fmt::Write as _;

use base64::{Engine as _, engine::general_purpose::STANDARD};

use crate::api::{
    CheckState, Launch, NetworkKind, ProjectView, Rehearsal, Sales, Storage, TokensTable, Vouchers,
};
use crate::demo::Verified;
use crate::money::{decimals, rounded, thousands, wei};

const TOKENS: &str = include_str!("../../../../ui/src/styles/tokens.css");
const LAYOUT: &str = include_str!("report/report.css");
const INTER: &[u8] = include_bytes!("../../../../ui/src/styles/fonts/inter.woff2");

/// Above this many tokens the contact sheet shows every n-th and says so.
const SHEET: u32 = 400;

/// What the report is made from: the same answers the screens show.
pub(crate) struct Facts<'a> {
    pub(crate) project: &'a ProjectView,
    pub(crate) tokens: &'a TokensTable,
    pub(crate) storage: &'a Storage,
    pub(crate) rehearsal: &'a Rehearsal,
    pub(crate) launch: &'a Launch,
    pub(crate) vouchers: &'a Vouchers,
    pub(crate) sales: &'a Sales,
    pub(crate) verified: Option<&'a Verified>,
    pub(crate) made_at: &'a str,
}

/// Which tokens the contact sheet shows.
pub(crate) fn sheet(count: u32) -> Vec<u32> {
    let step = count.div_ceil(SHEET).max(1);
    (1..=count).step_by(step as usize).collect()
}

/// The page. `pictures` are the thumbnails (JPEG) of [`sheet`]'s tokens, in its order.
pub(crate) fn page(facts: &Facts<'_>, pictures: &[Vec<u8>]) -> String {
    let mut html = String::with_capacity(400_000);
    let title = escape(&facts.project.name);
    let style = format!(
        "{}{LAYOUT}",
        TOKENS.replace("fonts/inter.woff2", &format!("data:font/woff2;base64,{}", STANDARD.encode(INTER)))
    );
    // A String never refuses to be written to.
    let _ = write!(
        html,
        "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title}, report</title>\
         <meta name=\"viewport\" content=\"width=device-width\"><style>{}</style></head><body><main class=\"sheet\">",
        without_second_font(&style)
    );
    header(&mut html, facts, &title);
    figures(&mut html, facts);
    contact_sheet(&mut html, facts, pictures);
    html.push_str("<div class=\"two\">");
    rarity(&mut html, facts);
    places(&mut html, facts);
    html.push_str("</div><div class=\"two\">");
    bill(&mut html, facts);
    sale(&mut html, facts);
    html.push_str("</div>");
    checks(&mut html, facts);
    let _ = write!(
        html,
        "<footer><span>Made by Atelier {}. Same folder, same seed: the same {}, byte for byte.</span><span class=\"mono\">plan {}</span></footer>\
         </main></body></html>",
        env!("CARGO_PKG_VERSION"),
        facts.tokens.count,
        short(&facts.tokens.plan)
    );
    html
}

fn header(html: &mut String, facts: &Facts<'_>, title: &str) {
    let network = &facts.project.network;
    let away = match network.kind {
        NetworkKind::Practice => ", with nothing sent anywhere",
        NetworkKind::Testnet | NetworkKind::Mainnet => "",
    };
    let _ = write!(
        html,
        "<header><div><h1>{title}</h1><p>{} tokens, from a folder of layers to the chain{away}.</p></div>\
         <div class=\"end\"><span class=\"pill\">{} {}</span><div>{}</div></div></header>",
        facts.tokens.count,
        escape(&network.name),
        network.chain_id,
        escape(facts.made_at)
    );
}

fn figures(html: &mut String, facts: &Facts<'_>) {
    let traits: usize = facts.tokens.layers.iter().map(|layer| layer.traits.len()).sum();
    let (files, bytes) =
        facts.storage.bundle.as_ref().map_or((0, String::from("0")), |b| (b.files, megabytes(&b.bytes)));
    let totals = &facts.sales.totals;
    let real = match facts.project.network.kind {
        NetworkKind::Mainnet => decimals(wei(&facts.launch.spent).unwrap_or_default()),
        NetworkKind::Practice | NetworkKind::Testnet => "0".to_owned(),
    };
    let cells = [
        (
            "Made",
            facts.tokens.rendered.to_string(),
            format!("{} layers, {traits} traits", facts.tokens.layers.len()),
        ),
        ("Stored", files.to_string(), format!("files, {bytes} MB")),
        ("Minted", totals.minted.to_string(), format!("{} vouchers open", facts.vouchers.open)),
        (
            "Sold again",
            totals.sales.to_string(),
            format!("royalty {}", decimals(wei(&totals.royalty_received).unwrap_or_default())),
        ),
        ("Real money spent", real, "ETH".to_owned()),
    ];
    html.push_str("<div class=\"figs\">");
    for (what, figure, unit) in cells {
        let _ = write!(
            html,
            "<div><span class=\"t3\">{what}</span><b>{figure}</b><span class=\"t2\">{}</span></div>",
            escape(&unit)
        );
    }
    html.push_str("</div>");
}

fn contact_sheet(html: &mut String, facts: &Facts<'_>, pictures: &[Vec<u8>]) {
    let shown = sheet(facts.tokens.count);
    let head = if shown.len() == facts.tokens.count as usize {
        format!("All {}<span>in token order, #1 at the top left</span>", facts.tokens.count)
    } else {
        format!(
            "{} of {}<span>every {}th, #1 at the top left</span>",
            shown.len(),
            facts.tokens.count,
            facts.tokens.count.div_ceil(SHEET)
        )
    };
    let _ = write!(html, "<section><h2>{head}</h2><div class=\"cs\">");
    for (id, picture) in shown.iter().zip(pictures) {
        let _ = write!(
            html,
            "<img src=\"data:image/jpeg;base64,{}\" alt=\"#{id}, {}\">",
            STANDARD.encode(picture),
            escape(&traits_of(facts.tokens, *id))
        );
    }
    html.push_str("</div></section>");
}

fn traits_of(tokens: &TokensTable, id: u32) -> String {
    let at = id.saturating_sub(1) as usize;
    let name = |layer: &crate::api::TokensLayer| {
        let pick = *layer.column.get(at)?;
        Some(format!("{} {}", layer.name, layer.traits.get(usize::from(pick))?))
    };
    tokens.layers.iter().filter_map(name).collect::<Vec<_>>().join(", ")
}

/// A histogram of information content, in whole units of the data: no figure is drawn that is not counted.
fn rarity(html: &mut String, facts: &Facts<'_>) {
    const BARS: u32 = 25;
    let bits = &facts.tokens.bits;
    let (Some(low), Some(high)) = (bits.iter().min().copied(), bits.iter().max().copied()) else { return };
    let width = (high - low).div_ceil(BARS).max(1);
    let mut counts = vec![0_u32; BARS as usize];
    for bit in bits {
        counts[(((bit - low) / width).min(BARS - 1)) as usize] += 1;
    }
    let tallest = counts.iter().max().copied().unwrap_or(1).max(1);
    let _ = write!(
        html,
        "<section><h2>Rarity<span>tokens by information content, bits</span></h2>\
         <svg class=\"hi\" viewBox=\"0 0 2500 1000\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"Rarity of {} tokens\">",
        facts.tokens.count
    );
    for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
        let height = count * 1_000 / tallest;
        let _ = write!(
            html,
            "<rect x=\"{}\" y=\"{}\" width=\"88\" height=\"{height}\" fill=\"var(--chart-1)\"/>",
            at * 100 + 6,
            1_000 - height
        );
    }
    let _ = write!(
        html,
        "<path d=\"M0 1000H2500\" stroke=\"var(--hairline-strong)\" vector-effect=\"non-scaling-stroke\"/></svg>\
         <div class=\"ax\"><span>{}, common</span><span>tallest bar: {tallest}</span><span>{}, rare</span></div></section>",
        thousandths(low),
        thousandths(high)
    );
}

fn places(html: &mut String, facts: &Facts<'_>) {
    html.push_str(
        "<section><h2>Where it is<span>known before anything was sent</span></h2><div class=\"kv\">",
    );
    let mut row = |what: &str, value: &str| {
        let _ = write!(
            html,
            "<span>{what}</span><span class=\"mono\" title=\"{0}\">{1}</span>",
            escape(value),
            escape(&short(value))
        );
    };
    if let Some(drop) = &facts.launch.drop {
        row("Contract", drop);
    }
    if let Some(bundle) = &facts.storage.bundle {
        row("Images", &bundle.images_cid);
        row("Metadata", &bundle.metadata_cid);
        row("Root", &bundle.root);
        row("Manifest", &bundle.manifest);
        for signature in &bundle.signatures {
            row("Signed by", &signature.signer);
        }
    }
    if let Some(block) = &facts.sales.block {
        row("Read to block", block);
    }
    html.push_str("</div></section>");
}

fn bill(html: &mut String, facts: &Facts<'_>) {
    html.push_str(
        "<section><h2>The bill<span>as paid, beside the rehearsal</span></h2><table aria-label=\"Bill\"><thead><tr><th>What</th>\
         <th class=\"num\">gas</th><th class=\"num\">ETH</th></tr></thead><tbody>",
    );
    let mut row = |class: &str, what: &str, gas: &str, paid: &str| {
        let _ = write!(
            html,
            "<tr class=\"{class}\"><td>{}</td><td class=\"num t2\">{}</td><td class=\"num\">{}</td></tr>",
            escape(what),
            escape(gas),
            escape(paid)
        );
    };
    let sum = |picked: &dyn Fn(&crate::api::StepView) -> bool,
               of: &dyn Fn(&crate::api::StepView) -> Option<String>| {
        let steps = facts.launch.steps.iter().filter(|step| picked(step));
        steps
            .filter_map(|step| wei(&of(step)?))
            .fold(alloy::primitives::U256::ZERO, |total, value| total + value)
    };
    let batch = |step: &crate::api::StepView| step.first_token.is_some();
    let other = |step: &crate::api::StepView| step.first_token.is_none();
    let gas = |step: &crate::api::StepView| step.gas.clone();
    let paid = |step: &crate::api::StepView| step.paid.clone();
    row("", "Deploy, configure, freeze", &grouped(sum(&other, &gas)), &rounded(sum(&other, &paid)));
    row(
        "",
        &format!("Batches, {} tokens", facts.launch.minted),
        &grouped(sum(&batch, &gas)),
        &rounded(sum(&batch, &paid)),
    );
    row("s", "You", "", &rounded(wei(&facts.launch.spent).unwrap_or_default()));
    let relayer = &facts.vouchers.relayer;
    row(
        "",
        &format!("Your relayer, {} vouchers", facts.vouchers.redeemed),
        "",
        &rounded(wei(&relayer.spent).unwrap_or_default()),
    );
    if let Some(report) = &facts.rehearsal.report {
        row(
            "",
            "Rehearsed, at most",
            &grouped(wei(&report.gas).unwrap_or_default()),
            &rounded(wei(&report.cost_at_most).unwrap_or_default()),
        );
    }
    html.push_str("</tbody></table></section>");
}

fn sale(html: &mut String, facts: &Facts<'_>) {
    let Some(sale) = facts.sales.sales.first() else { return };
    let price = wei(&sale.price).unwrap_or_default();
    let royalty = wei(&sale.royalty_received).unwrap_or_default();
    let _ = write!(
        html,
        "<section><h2>One sale<span>#{} through {}, block {}</span></h2><div class=\"fl\">",
        sale.token,
        escape(&sale.market),
        escape(&sale.block)
    );
    let rows = [
        ("Buyer pays", decimals(price)),
        ("Seller receives", decimals(price.saturating_sub(royalty))),
        ("Royalty owed", decimals(wei(&sale.royalty_owed).unwrap_or_default())),
        ("Royalty received", decimals(royalty)),
    ];
    for (what, amount) in rows {
        let _ = write!(html, "<span class=\"t2\">{what}</span><span>{amount} ETH</span>");
    }
    html.push_str("</div></section>");
}

fn checks(html: &mut String, facts: &Facts<'_>) {
    let mut lines: Vec<(bool, String)> =
        vec![(facts.storage.copies_proven >= facts.storage.copies_wanted, facts.storage.sentence.clone())];
    lines.extend(facts.verified.map(Verified::sentences).unwrap_or_default());
    if let Some(report) = &facts.rehearsal.report {
        lines.extend(
            report.checks.iter().map(|check| (check.state != CheckState::Fail, check.sentence.clone())),
        );
    }
    html.push_str("<section><h2>What was verified</h2><div class=\"two\"><div class=\"ck\">");
    let half = lines.len().div_ceil(2);
    for (at, (good, text)) in lines.into_iter().enumerate() {
        if at == half {
            html.push_str("</div><div class=\"ck\">");
        }
        let (class, path) = if good {
            ("done", "<circle cx=\"7\" cy=\"7\" r=\"6\"/><path d=\"m4.5 7 2 2 3-4\"/>")
        } else {
            ("attn", "<circle cx=\"7\" cy=\"7\" r=\"6\"/><path d=\"M7 1v12\"/>")
        };
        let _ = write!(
            html,
            "<div><svg class=\"g {class}\" viewBox=\"0 0 14 14\" aria-hidden=\"true\">{path}</svg><span>{}</span></div>",
            escape(&text)
        );
    }
    html.push_str("</div></div></section>");
}

/// The mono face is left out: it would add 100 kB for a few hashes.
fn without_second_font(css: &str) -> String {
    css.lines().filter(|line| !line.contains("jetbrains-mono.woff2")).collect::<Vec<_>>().join("\n")
}

fn grouped(gas: alloy::primitives::U256) -> String {
    u64::try_from(gas).map_or_else(|_| gas.to_string(), thousands)
}

fn thousandths(value: u32) -> String {
    format!("{}.{}", value / 1_000, value % 1_000 / 100)
}

fn megabytes(bytes: &str) -> String {
    let tenths = bytes.parse::<u64>().unwrap_or(0) / 100_000;
    format!("{}.{}", tenths / 10, tenths % 10)
}

/// A hash or address shortened in the middle; short text as it is.
fn short(text: &str) -> String {
    if text.len() <= 24 || !text.is_ascii() {
        return text.to_owned();
    }
    format!("{}…{}", &text[..9], &text[text.len() - 6..])
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
