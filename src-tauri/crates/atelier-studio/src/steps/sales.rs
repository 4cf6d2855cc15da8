//! What the chain says: mints, holders, sales, royalty owed beside royalty received.
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use alloy::eips::BlockId;
use alloy::primitives::{Address, B256, U256};
use atelier_chain::bindings::IAtelierDrop;
use atelier_chain::seaport::{self, Market, SaleRequest};
use atelier_db::index as db;
use atelier_indexer::{IndexSettings, Indexer, RpcSource};
use atelier_launch::LaunchPlan;
use sha2::{Digest as _, Sha256};

use crate::Studio;
use crate::adapters::index::FactsStore;
use crate::api::{
    Empty, Holder, Mint, MintKind, PracticeSale, ReportFile, Role, SaleView, Sales, SalesTotals, Topic,
};
use crate::clock::{now, rfc3339};
use crate::demo::Verified;
use crate::error::StudioError;
use crate::money::wei;
use crate::project::Project;

const TOPICS: &[Topic] = &[Topic::Project, Topic::Tokens, Topic::Sales, Topic::Vouchers];
const MARKET: &str = "practice/market";
const VERIFIED: &str = "verified";
/// Rows a screen shows of each list.
const SHOWN: u32 = 1_000;
/// What a practice buyer has beside the price, for gas.
const POCKET: u128 = 1_000_000_000_000_000_000;

impl Studio {
    /// Mints, holders, sales and royalties.
    pub async fn sales(&self, _: Empty) -> Result<Sales, StudioError> {
        let project = self.current().await?;
        view(self, &project)
    }

    /// Read the chain up to its newest block.
    pub async fn index_sync(&self, _: Empty) -> Result<Sales, StudioError> {
        let project = self.current().await?;
        let plan = super::launch::deployed(&project)?;
        let endpoint = project.network.endpoint().await?;
        let facts = project.index.of(&plan)?;
        let settings =
            IndexSettings::new(plan.chain_id, plan.drop, first_block(&project, &plan)?, markets(&project)?);
        let source = Arc::new(RpcSource::new(endpoint.provider().clone()));
        Indexer::new(source, facts, settings).sync(&AtomicBool::new(false), &|_| {}).await?;
        self.bell.changed(TOPICS);
        view(self, &project)
    }

    /// List a token on the practice market and buy it from a practice account.
    pub async fn practice_sale(self: &Arc<Self>, input: PracticeSale) -> Result<Sales, StudioError> {
        let project = self.current().await?;
        if !project.network.is_practice() {
            return Err(StudioError::PracticeOnly);
        }
        let price = wei(&input.price).filter(|wei| !wei.is_zero());
        let price = price
            .ok_or_else(|| StudioError::BadInput { what: "a price in wei", value: input.price.clone() })?;
        let plan = super::launch::deployed(&project)?;
        let endpoint = project.network.endpoint().await?;
        let seaport_js = self.config.seaport().ok_or(StudioError::NoMarket)?;
        let market = seaport::deploy_practice_market(&endpoint, &seaport_js).await?;
        project.records.set_note(MARKET, &market)?;
        project.keys.unlock(Role::Deployer).await?;

        let seller = plan.deployer;
        let token = U256::from(input.token);
        let buyer = super::networks::practice_account(u32::MAX - input.token);
        atelier_chain::practice::fund(&endpoint, buyer, price + U256::from(POCKET)).await?;
        approve(&project, &plan, market, token).await?;
        let request = SaleRequest {
            drop: plan.drop,
            token,
            seller,
            buyer,
            price,
            salt: U256::from_be_bytes(crate::relay::random()),
        };
        let listing = seaport::prepare_listing(&endpoint, market, &request).await?;
        let signature = project
            .keys
            .sign_hash(Role::Deployer, listing.digest, "List a token on the practice market")
            .await?;
        let sale = seaport::buy(&endpoint, market, listing, signature, buyer).await?;
        project.records.audit(
            "user",
            "practice.sale",
            &format!("#{} for {} wei in transaction {}", input.token, price, sale.transaction),
        )?;
        self.index_sync(Empty {}).await
    }

    /// Write the report as one HTML file.
    pub async fn report_write(self: &Arc<Self>, _: Empty) -> Result<ReportFile, StudioError> {
        let project = self.current().await?;
        let e = Empty {};
        let tokens = self.tokens(e.clone()).await?;
        let pictures = crate::report::sheet(tokens.count)
            .into_iter()
            .map(|id| crate::pictures::thumb(&project, id, 128));
        let pictures = pictures.collect::<Result<Vec<_>, _>>()?;
        let verified: Option<Verified> = project.records.note(VERIFIED)?;
        let facts = crate::report::Facts {
            project: &self.project(e.clone()).await?,
            tokens: &tokens,
            storage: &self.storage(e.clone()).await?,
            rehearsal: &self.rehearsal(e.clone()).await?,
            launch: &self.launch(e.clone()).await?,
            vouchers: &self.vouchers(e.clone()).await?,
            sales: &self.sales(e).await?,
            verified: verified.as_ref(),
            made_at: &now(),
        };
        let path = project.dir.join("report.html");
        crate::files::write(&path, crate::report::page(&facts, &pictures).as_bytes())?;
        project.records.audit("user", "report.write", &path.display().to_string())?;
        Ok(ReportFile { path: path.to_string_lossy().into_owned() })
    }

    /// Checks every token against the signed bundle: its URI on chain, and the bytes behind it through the gateway.
    pub(crate) async fn verify_on_chain(self: &Arc<Self>) -> Result<Verified, StudioError> {
        let project = self.current().await?;
        let plan = super::launch::deployed(&project)?;
        let bundle = super::storage::bundle(&project)?.ok_or(StudioError::NoBundle)?;
        let manifest = &bundle.manifest;
        let endpoint = project.network.endpoint().await?;
        let latest = BlockId::latest();
        let base = endpoint.read(plan.drop, &IAtelierDrop::baseURICall {}, latest).await?;
        let provenance = endpoint.read(plan.drop, &IAtelierDrop::provenanceCall {}, latest).await?;
        let minted: Vec<u32> = project
            .index
            .of(&plan)?
            .mints()?
            .iter()
            .filter_map(|mint| u32::try_from(mint.token).ok())
            .collect();
        let mut verified = Verified {
            planned: manifest.supply,
            minted: u32::try_from(minted.len()).unwrap_or(u32::MAX),
            contract: base == manifest.base_uri && provenance == manifest.merkle_root,
            ..Verified::default()
        };
        for id in minted {
            let uri = endpoint
                .read(plan.drop, &IAtelierDrop::tokenURICall { tokenId: U256::from(id) }, latest)
                .await?;
            verified.uris += u32::from(uri == format!("{}{id}.json", manifest.base_uri));
        }
        let gateway = super::storage::gateway(&project).await?;
        let client = reqwest::Client::new();
        let mut bytes = 0_u64;
        for id in 1..=manifest.supply {
            let (Some(json), Some(image)) = (manifest.metadata(id), manifest.image(id)) else { continue };
            let mut good = true;
            for file in [json, image] {
                let (cid, name) = manifest.location(file)?;
                let path = name.map_or_else(|| cid.to_string(), |name| format!("{cid}/{name}"));
                let answer = client.get(format!("http://{gateway}/ipfs/{path}")).send().await;
                let body = match answer {
                    Ok(answer) if answer.status().is_success() => answer.bytes().await.unwrap_or_default(),
                    Ok(_) | Err(_) => Default::default(),
                };
                bytes += body.len() as u64;
                good &= Sha256::digest(&body)[..] == file.sha256[..];
            }
            verified.tokens += u32::from(good);
        }
        verified.bytes = bytes.to_string();
        project.records.set_note(VERIFIED, &verified)?;
        project.records.audit(
            "studio",
            "chain.verify",
            &format!("{} of {} tokens hold", verified.tokens, verified.planned),
        )?;
        Ok(verified)
    }
}

/// Lets the market move one token, through the outbox like every other transaction of ours.
async fn approve(
    project: &Arc<Project>,
    plan: &LaunchPlan,
    market: Market,
    token: U256,
) -> Result<(), StudioError> {
    let endpoint = project.network.endpoint().await?;
    let approved = endpoint
        .read(plan.drop, &IAtelierDrop::getApprovedCall { tokenId: token }, BlockId::latest())
        .await?;
    if approved == market.seaport {
        return Ok(());
    }
    let (to, calldata) = seaport::approval(market, plan.drop, token);
    crate::relay::send_once(project, plan, &format!("practice-approve-{token}"), to, calldata).await
}

fn view(studio: &Studio, project: &Arc<Project>) -> Result<Sales, StudioError> {
    let spec = project.spec()?;
    let Ok(plan) = super::launch::deployed(project) else {
        return Ok(Sales {
            block: None,
            totals: SalesTotals { planned: spec.supply, ..SalesTotals::zero() },
            mints: Vec::new(),
            sales: Vec::new(),
            holders: Vec::new(),
            empty: Some(
                "Nothing minted yet. Mints appear here block by block once the launch begins.".to_owned(),
            ),
            practice_sale: false,
            sellable: Vec::new(),
        });
    };
    let facts = project.index.of(&plan)?;
    let checkpoint = facts.read(db::Facts::checkpoint)?;
    let totals = facts.read(db::Facts::totals)?;
    let clip = |value: u64| u32::try_from(value).unwrap_or(u32::MAX);
    let native = totals.money.iter().find(|money| money.currency == [0; 20]);
    let amount = |pick: fn(&db::Money) -> u128| native.map_or(0, pick).to_string();
    let sales = sales_of(project, &facts)?;
    let unpaid = sales.iter().filter(|sale| wei(&sale.royalty_received) < wei(&sale.royalty_owed)).count();
    let sellable = facts.read(|facts| facts.tokens_of(plan.deployer.into_array(), 0, SHOWN))?;
    Ok(Sales {
        empty: checkpoint.is_none().then(|| "The chain has not been read yet.".to_owned()),
        block: checkpoint.map(|block| block.number.to_string()),
        totals: SalesTotals {
            minted: clip(totals.minted),
            planned: spec.supply,
            holders: clip(totals.holders),
            sales: clip(totals.sales),
            volume: amount(|money| money.volume),
            royalty_owed: amount(|money| money.royalty_owed),
            royalty_received: amount(|money| money.royalty_received),
            unpaid_sales: u32::try_from(unpaid).unwrap_or(u32::MAX),
        },
        mints: mints_of(&facts)?,
        holders: holders_of(project, &facts)?,
        sales,
        practice_sale: project.network.is_practice()
            && studio.config.seaport().is_some()
            && !sellable.is_empty(),
        sellable: sellable.into_iter().map(clip).collect(),
    })
}

fn sales_of(project: &Project, facts: &FactsStore) -> Result<Vec<SaleView>, StudioError> {
    let practice: Option<Market> = project.records.note(MARKET)?;
    let rows = facts.read(|facts| facts.sales(None, SHOWN))?;
    rows.into_iter()
        .map(|sale| {
            let market = Address::from(sale.market);
            let name = match market {
                _ if practice.is_some_and(|practice| practice.seaport == market) => "Seaport 1.6".to_owned(),
                seaport::SEAPORT_1_6 => "Seaport 1.6".to_owned(),
                seaport::SEAPORT_1_5 => "Seaport 1.5".to_owned(),
                other => other.to_checksum(None),
            };
            Ok(SaleView {
                token: u32::try_from(sale.token).unwrap_or(u32::MAX),
                price: sale.price.to_string(),
                currency: if sale.currency == [0; 20] {
                    "ETH".to_owned()
                } else {
                    Address::from(sale.currency).to_checksum(None)
                },
                seller: Address::from(sale.seller).to_checksum(None),
                buyer: Address::from(sale.buyer).to_checksum(None),
                market: name,
                royalty_owed: sale.royalty_owed.unwrap_or(0).to_string(),
                royalty_received: sale.royalty_received.to_string(),
                transaction: B256::from(sale.tx_hash).to_string(),
                block: sale.place.block_number.to_string(),
                at: block_time(facts, sale.place.block_number)?,
                bundle: sale.bundle,
            })
        })
        .collect()
}

/// Mints by transaction: a run of tokens to one holder is one row, newest first.
fn mints_of(facts: &FactsStore) -> Result<Vec<Mint>, StudioError> {
    let mut rows: Vec<Mint> = Vec::new();
    for mint in facts.mints()? {
        let token = u32::try_from(mint.token).unwrap_or(u32::MAX);
        let (transaction, to) =
            (B256::from(mint.tx_hash).to_string(), Address::from(mint.to).to_checksum(None));
        if let Some(last) = rows.last_mut()
            && (last.transaction.as_str(), last.to.as_str()) == (transaction.as_str(), to.as_str())
            && last.first_token + last.quantity == token
        {
            last.quantity += 1;
            continue;
        }
        rows.push(Mint {
            kind: match mint.kind {
                db::MintKind::Batch { .. } => MintKind::Batch,
                db::MintKind::Voucher { .. } => MintKind::Voucher,
                db::MintKind::Other => MintKind::Other,
            },
            first_token: token,
            quantity: 1,
            to,
            transaction,
            block: mint.place.block_number.to_string(),
            at: block_time(facts, mint.place.block_number)?,
        });
    }
    rows.reverse();
    Ok(rows)
}

fn holders_of(project: &Project, facts: &FactsStore) -> Result<Vec<Holder>, StudioError> {
    let mut ours = BTreeMap::new();
    for (role, name) in
        [(Role::Deployer, "Deployer"), (Role::VoucherSigner, "Voucher signer"), (Role::Relayer, "Relayer")]
    {
        if let Some(address) = project.keys.address(role)? {
            ours.insert(address, name);
        }
    }
    let rows = facts.read(|facts| facts.holders(None, SHOWN))?;
    let holder = |row: db::Holder| {
        let address = Address::from(row.address);
        Holder {
            address: address.to_checksum(None),
            name: ours.get(&address).map(|name| (*name).to_owned()),
            tokens: u32::try_from(row.tokens).unwrap_or(u32::MAX),
        }
    };
    Ok(rows.into_iter().map(holder).collect())
}

fn block_time(facts: &FactsStore, number: u64) -> Result<String, StudioError> {
    Ok(facts.read(|facts| facts.block_time(number))?.map_or_else(String::new, rfc3339))
}

/// The block the drop was created in: nothing of it lies earlier.
fn first_block(project: &Project, plan: &LaunchPlan) -> Result<u64, StudioError> {
    use atelier_relayer::Ledger as _;
    let created = project.ledger.intent(&super::launch::key(plan, "create-drop"))?;
    let inclusion = match created {
        Some(intent) => project.ledger.inclusion(intent.id)?,
        None => None,
    };
    Ok(inclusion.map_or(0, |inclusion| inclusion.block_number))
}

/// Seaport deployments whose events are believed: the canonical ones, and the practice market where it was set up.
fn markets(project: &Project) -> Result<Vec<Address>, StudioError> {
    let practice: Option<Market> = project.records.note(MARKET)?;
    Ok([seaport::SEAPORT_1_6, seaport::SEAPORT_1_5]
        .into_iter()
        .chain(practice.map(|market| market.seaport))
        .collect())
}
