//! A node with a deployed drop that things happen to.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use alloy::node_bindings::{Anvil, AnvilInstance};
use alloy::primitives::{Address, B256, Bytes, TxKind, U256};
use alloy::providers::{Provider, ext::AnvilApi};
use alloy::rpc::types::anvil::ReorgOptions;
use alloy::rpc::types::{TransactionInput, TransactionReceipt, TransactionRequest};
use alloy::signers::SignerSync;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol_types::SolCall;
use atelier_chain::artifacts::Artifacts;
use atelier_chain::bindings::{DropConfig, IAtelierDrop, IAtelierFactory};
use atelier_chain::create2::{Deployment, PROXY, SALT, proxy_calldata};
use atelier_chain::practice::{find_anvil, send_unlocked};
use atelier_chain::voucher::{Voucher, digest};
use atelier_chain::{Endpoint, Timeouts};
use atelier_indexer::{IndexError, IndexSettings, Indexer, LogSource, Progress, RpcSource, Synced};

use crate::store::SqliteStore;

pub const CHAIN: u64 = 31_337;

pub struct World {
    pub node: AnvilInstance,
    pub endpoint: Endpoint,
    pub owner: PrivateKeySigner,
    pub voucher_signer: PrivateKeySigner,
    pub drop: Address,
    pub markets: Vec<Address>,
    next_batch: std::cell::Cell<u64>,
}

/// A store in its own folder.
pub struct Home {
    pub store: Arc<SqliteStore>,
    _folder: tempfile::TempDir,
}

pub fn checkout() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

impl World {
    pub async fn new() -> Self {
        let anvil = find_anvil(None, Some(&checkout()))
            .unwrap_or_else(|error| panic!("this test needs Anvil: {error}. Run `npm ci` in contracts/"));
        let node = Anvil::at(anvil)
            .chain_id(CHAIN)
            .args(["--host", "127.0.0.1", "--gas-limit", "60000000"])
            .try_spawn()
            .expect("Anvil starts");
        let timeouts = Timeouts { connect: Duration::from_secs(5), call: Duration::from_secs(30) };
        let endpoint = Endpoint::connect(&node.endpoint(), CHAIN, timeouts).await.expect("Anvil answers");
        let key = |index: usize| PrivateKeySigner::from(node.nth_key(index).expect("ten keys").clone());
        let (owner, voucher_signer) = (key(0), key(1));
        let artifacts = Artifacts::embedded().expect("the committed artifacts");
        let deployment = Deployment::of(&artifacts);
        let config = DropConfig {
            name: "Index Test".to_owned(),
            symbol: "IDX".to_owned(),
            baseURI: "ipfs://base/".to_owned(),
            contractURI: "ipfs://contract".to_owned(),
            owner: owner.address(),
            minter: owner.address(),
            voucherSigner: voucher_signer.address(),
            maxSupply: 100_000,
            // Not the owner: a royalty to the seller is another case.
            royaltyReceiver: Address::repeat_byte(0xaa),
            royaltyBps: 500,
            provenance: B256::repeat_byte(7),
        };
        let drop = deployment.drop(B256::ZERO, &config);
        let world = Self {
            node,
            endpoint,
            owner,
            voucher_signer,
            drop,
            markets: Vec::new(),
            next_batch: std::cell::Cell::new(1),
        };
        let create = IAtelierFactory::createDropCall { salt: B256::ZERO, config }.abi_encode();
        world.send(world.account(9), PROXY, proxy_calldata(SALT, &deployment.implementation_code), 0).await;
        world.send(world.account(9), PROXY, proxy_calldata(SALT, &deployment.factory_code), 0).await;
        world.send(world.account(9), deployment.factory, create.into(), 0).await;
        world
    }

    pub fn account(&self, index: usize) -> Address {
        self.node.addresses()[index]
    }

    pub async fn send(&self, from: Address, to: Address, data: Bytes, value: u64) -> TransactionReceipt {
        let request = TransactionRequest {
            to: Some(TxKind::Call(to)),
            input: TransactionInput::both(data),
            value: Some(U256::from(value)),
            ..TransactionRequest::default()
        };
        send_unlocked(&self.endpoint, from, request, "a step of the test").await.expect("it is mined")
    }

    pub async fn batch(&self, to: Address, quantity: u64) {
        let batch = self.next_batch.replace(self.next_batch.get() + 1);
        let call =
            IAtelierDrop::mintBatchCall { batchId: U256::from(batch), to, quantity: U256::from(quantity) };
        self.send(self.owner.address(), self.drop, call.abi_encode().into(), 0).await;
    }

    pub async fn voucher(&self, recipient: Address, quantity: u64, price: u64, nonce: u64) {
        let voucher = Voucher {
            recipient,
            quantity: U256::from(quantity),
            price: U256::from(price),
            validFrom: U256::ZERO,
            validUntil: U256::ZERO,
            nonce: U256::from(nonce),
        };
        let hash = digest(&voucher, CHAIN, self.drop);
        let signature = self.voucher_signer.sign_hash_sync(&hash).expect("signs").as_bytes().to_vec().into();
        let call = IAtelierDrop::mintVoucherCall { voucher, signature };
        self.send(self.account(5), self.drop, call.abi_encode().into(), price).await;
    }

    pub async fn transfer(&self, from: Address, to: Address, token: u64) {
        let call = IAtelierDrop::transferFromCall { from, to, tokenId: U256::from(token) };
        self.send(from, self.drop, call.abi_encode().into(), 0).await;
    }

    pub async fn burn(&self, from: Address, token: u64) {
        let call = IAtelierDrop::burnCall { tokenId: U256::from(token) };
        self.send(from, self.drop, call.abi_encode().into(), 0).await;
    }

    pub async fn mine(&self, blocks: u64) {
        self.endpoint.provider().anvil_mine(Some(blocks), None).await.expect("blocks are mined");
    }

    /// Replaces the newest `depth` blocks by empty ones.
    pub async fn reorg(&self, depth: u64) {
        let options = ReorgOptions { depth, tx_block_pairs: Vec::new() };
        self.endpoint.provider().anvil_reorg(options).await.expect("the node reorgs");
    }

    pub async fn owner_of(&self, token: u64) -> Option<Address> {
        let call = IAtelierDrop::ownerOfCall { tokenId: U256::from(token) };
        let request = TransactionRequest {
            to: Some(TxKind::Call(self.drop)),
            input: TransactionInput::both(call.abi_encode().into()),
            ..TransactionRequest::default()
        };
        let bytes = self.endpoint.provider().call(request).await.ok()?;
        IAtelierDrop::ownerOfCall::abi_decode_returns(&bytes).ok()
    }

    pub fn home(&self) -> Home {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Arc::new(SqliteStore::open(folder.path(), CHAIN, self.drop));
        Home { store, _folder: folder }
    }

    pub fn source(&self) -> Arc<RpcSource> {
        Arc::new(RpcSource::new(self.endpoint.provider().clone()))
    }

    pub fn settings(&self) -> IndexSettings {
        IndexSettings {
            pause: Duration::from_millis(5),
            ..IndexSettings::new(CHAIN, self.drop, 0, self.markets.clone())
        }
    }

    pub fn indexer(&self, source: Arc<dyn LogSource>, home: &Home) -> Indexer {
        Indexer::new(source, home.store.clone(), self.settings())
    }

    pub async fn sync(&self, home: &Home) -> Synced {
        sync(&self.indexer(self.source(), home)).await.expect("the index reaches the head")
    }

    /// What an index made from nothing says now.
    pub async fn fresh_dump(&self) -> String {
        let home = self.home();
        self.sync(&home).await;
        home.store.dump()
    }
}

pub async fn sync(indexer: &Indexer) -> Result<Synced, IndexError> {
    indexer.sync(&AtomicBool::new(false), &|_: Progress| {}).await
}
