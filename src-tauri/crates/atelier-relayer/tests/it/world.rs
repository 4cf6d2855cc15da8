//! One practice world: a node, a deployed drop, three keys, a ledger in a temporary folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use alloy::consensus::{SignableTransaction, TxEip1559};
use alloy::eips::Encodable2718;
use alloy::network::TxSignerSync;
use alloy::node_bindings::{Anvil, AnvilInstance};
use alloy::primitives::{Address, B256, Bytes, Signature, TxKind, U256};
use alloy::providers::{Provider, ext::AnvilApi};
use alloy::rpc::types::{TransactionInput, TransactionRequest};
use alloy::signers::SignerSync;
use alloy::signers::local::PrivateKeySigner;
use alloy::sol_types::SolCall;
use async_trait::async_trait;
use atelier_chain::artifacts::Artifacts;
use atelier_chain::bindings::{DropConfig, IAtelierDrop, IAtelierFactory};
use atelier_chain::create2::{Deployment, PROXY, SALT, proxy_calldata};
use atelier_chain::practice::{find_anvil, send_unlocked};
use atelier_chain::voucher::{Voucher, digest};
use atelier_chain::{Endpoint, Timeouts};
use atelier_relayer::{
    AlreadyDone, FeePolicy, Intent, Lane, LaneId, LaneSettings, Ledger, NewIntent, Redeemable, RelayError,
    RpcWire, Sign, VoucherPolicy, Wire,
};

use crate::ledger::SqliteLedger;

pub const CHAIN: u64 = 31_337;
pub const FEES: FeePolicy = FeePolicy { ceiling: 500_000_000_000, least_tip: 1_000_000 };

/// Kept by name, so that the node ends with the world.
pub struct World {
    pub node: AnvilInstance,
    pub endpoint: Endpoint,
    pub deployer: PrivateKeySigner,
    pub voucher_signer: PrivateKeySigner,
    pub relayer: PrivateKeySigner,
    pub drop: Address,
    pub project: tempfile::TempDir,
}

pub fn anvil_binary() -> PathBuf {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..");
    find_anvil(None, Some(&checkout))
        .unwrap_or_else(|error| panic!("this test needs Anvil: {error}. Run `npm ci` in contracts/"))
}

pub fn timeouts() -> Timeouts {
    Timeouts { connect: Duration::from_secs(5), call: Duration::from_secs(30) }
}

impl World {
    pub async fn new() -> Self {
        let node = Anvil::at(anvil_binary())
            .chain_id(CHAIN)
            .args(["--host", "127.0.0.1"])
            .try_spawn()
            .expect("Anvil starts");
        let endpoint = Endpoint::connect(&node.endpoint(), CHAIN, timeouts()).await.expect("Anvil answers");
        let key =
            |index: usize| PrivateKeySigner::from(node.nth_key(index).expect("Anvil makes ten keys").clone());
        let (deployer, voucher_signer, relayer) = (key(0), key(1), key(2));
        let drop =
            put_drop(&endpoint, node.addresses()[9], deployer.address(), voucher_signer.address()).await;
        let project = tempfile::tempdir().expect("a temporary folder");
        Self { node, endpoint, deployer, voucher_signer, relayer, drop, project }
    }

    pub fn ledger(&self) -> Arc<SqliteLedger> {
        Arc::new(SqliteLedger::open(self.project.path()))
    }

    pub fn wire(&self) -> Arc<RpcWire> {
        Arc::new(RpcWire::new(self.endpoint.provider().clone()))
    }

    pub fn lane_id(&self) -> LaneId {
        LaneId { chain_id: CHAIN, signer: self.deployer.address() }
    }

    /// A launch lane with the deployer's key.
    pub fn lane(&self, ledger: Arc<dyn Ledger>, wire: Arc<dyn Wire>) -> Lane {
        self.lane_with(ledger, wire, settings())
    }

    pub fn lane_with(&self, ledger: Arc<dyn Ledger>, wire: Arc<dyn Wire>, settings: LaneSettings) -> Lane {
        Lane::new(
            ledger,
            wire,
            Arc::new(Key(self.deployer.clone())),
            settings,
            Arc::new(AtomicBool::new(false)),
        )
    }

    /// The intents of `batches` owner batches of `quantity` tokens.
    pub fn batches(&self, batches: u64, quantity: u64) -> Vec<NewIntent> {
        batch_intents(self.deployer.address(), self.drop, batches, quantity)
    }

    pub async fn read<C: SolCall>(&self, call: C) -> C::Return {
        let request = TransactionRequest {
            to: Some(TxKind::Call(self.drop)),
            input: TransactionInput::both(call.abi_encode().into()),
            ..TransactionRequest::default()
        };
        let bytes = self.endpoint.provider().call(request).await.expect("the drop answers");
        C::abi_decode_returns(&bytes).expect("the answer decodes")
    }

    pub async fn minted(&self) -> u64 {
        self.read(IAtelierDrop::totalMintedCall {}).await.to::<u64>()
    }

    pub async fn balance(&self, account: Address) -> U256 {
        self.endpoint.provider().get_balance(account).await.expect("a balance")
    }

    pub async fn mine(&self, blocks: u64) {
        self.endpoint.provider().anvil_mine(Some(blocks), None).await.expect("blocks are mined");
    }

    pub async fn automine(&self, on: bool) {
        self.endpoint.provider().anvil_set_auto_mine(on).await.expect("automine is set");
    }

    /// A transfer by a lane's key that the ledger knows nothing of: the same wallet in another app.
    pub async fn foreign_transfer(&self, key: &PrivateKeySigner, nonce: u64, max_fee: u128) -> B256 {
        let mut transaction = TxEip1559 {
            chain_id: CHAIN,
            nonce,
            gas_limit: 21_000,
            max_fee_per_gas: max_fee,
            max_priority_fee_per_gas: 2_000_000_000,
            to: TxKind::Call(Address::repeat_byte(0x77)),
            value: U256::from(1_234_567_u64),
            ..TxEip1559::default()
        };
        let signature = key.sign_transaction_sync(&mut transaction).expect("a local key signs");
        let raw = transaction.into_signed(signature).encoded_2718();
        *self.endpoint.provider().send_raw_transaction(&raw).await.expect("the node takes it").tx_hash()
    }

    pub fn policy(&self) -> VoucherPolicy {
        VoucherPolicy {
            drop: self.drop,
            voucher_signer: self.voucher_signer.address(),
            lane: LaneId { chain_id: CHAIN, signer: self.relayer.address() },
            campaign: "lazy".to_owned(),
            tokens_per_recipient: Some(5),
            fees: FEES,
        }
    }

    pub fn signed(&self, voucher: Voucher) -> Redeemable {
        let hash = digest(&voucher, CHAIN, self.drop);
        let signature = self.voucher_signer.sign_hash_sync(&hash).expect("a local key signs");
        Redeemable { voucher, signature: Bytes::from(signature.as_bytes().to_vec()) }
    }
}

pub fn voucher(nonce: u64) -> Voucher {
    Voucher {
        recipient: Address::repeat_byte(0x42),
        quantity: U256::from(1),
        price: U256::ZERO,
        validFrom: U256::ZERO,
        validUntil: U256::ZERO,
        nonce: U256::from(nonce),
    }
}

/// Launch settings with a pace for tests.
pub fn settings() -> LaneSettings {
    LaneSettings { poll: Duration::from_millis(15), ..LaneSettings::launch(CHAIN, 1, FEES) }
}

pub fn batch_intents(signer: Address, drop: Address, batches: u64, quantity: u64) -> Vec<NewIntent> {
    (1..=batches)
        .map(|batch| NewIntent {
            key: format!("batch-{batch}"),
            lane: LaneId { chain_id: CHAIN, signer },
            to: Some(drop),
            calldata: IAtelierDrop::mintBatchCall {
                batchId: U256::from(batch),
                to: signer,
                quantity: U256::from(quantity),
            }
            .abi_encode()
            .into(),
            value: 0,
            gas_limit: Some(400_000),
            campaign: "launch".to_owned(),
            subject: None,
            units: quantity,
            hold: 0,
        })
        .collect()
}

async fn put_drop(endpoint: &Endpoint, payer: Address, owner: Address, voucher_signer: Address) -> Address {
    let artifacts = Artifacts::embedded().expect("the committed artifacts");
    let deployment = Deployment::of(&artifacts);
    let config = DropConfig {
        name: "Kill Test".to_owned(),
        symbol: "KILL".to_owned(),
        baseURI: "ipfs://base/".to_owned(),
        contractURI: "ipfs://contract".to_owned(),
        owner,
        minter: owner,
        voucherSigner: voucher_signer,
        maxSupply: 1_000,
        royaltyReceiver: owner,
        royaltyBps: 500,
        provenance: B256::repeat_byte(7),
    };
    let drop = deployment.drop(B256::ZERO, &config);
    let create = IAtelierFactory::createDropCall { salt: B256::ZERO, config }.abi_encode();
    for (to, data) in [
        (PROXY, proxy_calldata(SALT, &deployment.implementation_code)),
        (PROXY, proxy_calldata(SALT, &deployment.factory_code)),
        (deployment.factory, create.into()),
    ] {
        let request = TransactionRequest {
            to: Some(TxKind::Call(to)),
            input: TransactionInput::both(data),
            ..TransactionRequest::default()
        };
        send_unlocked(endpoint, payer, request, "the fixture").await.expect("the fixture is deployed");
    }
    drop
}

/// A local key behind the relayer's trait.
pub struct Key(pub PrivateKeySigner);

#[async_trait]
impl Sign for Key {
    fn address(&self) -> Address {
        self.0.address()
    }

    async fn sign(&self, transaction: &TxEip1559) -> Result<Signature, RelayError> {
        self.0
            .sign_hash_sync(&transaction.signature_hash())
            .map_err(|error| RelayError::Sign { reason: error.to_string() })
    }
}

/// Asks the drop whether a batch was minted.
pub struct BatchMinted {
    pub wire: Arc<dyn Wire>,
    pub drop: Address,
}

#[async_trait]
impl AlreadyDone for BatchMinted {
    async fn already_done(&self, intent: &Intent) -> Result<bool, RelayError> {
        let call =
            IAtelierDrop::mintBatchCall::abi_decode(&intent.calldata).expect("only batches are queued");
        let question = atelier_relayer::Call {
            from: intent.lane.signer,
            to: Some(self.drop),
            data: IAtelierDrop::nextBatchIdCall {}.abi_encode().into(),
            value: 0,
        };
        match self.wire.call(&question).await? {
            atelier_relayer::Called::Returned(bytes) => {
                let next = IAtelierDrop::nextBatchIdCall::abi_decode_returns(&bytes).expect("a number");
                Ok(next > call.batchId)
            }
            atelier_relayer::Called::Reverted { message, .. } => {
                Err(RelayError::Wire { method: "eth_call", reason: message })
            }
        }
    }
}
